"""No new column: gates, legal class and words are judged by other rules, so what stands beside each charter is counted anew."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
