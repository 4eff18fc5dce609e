"""Who cleared ethics, and when."""

from __future__ import annotations

from storage.migrations.columns import add, day, words

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    add("ethics", words("cleared_by", 300), day("cleared_on"))
