"""What the interface asks anew. Every table and column that this release adds stands here; charters are counted anew after it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.columns import add, choice, words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    add("project", choice("kind", "numbers", "decisions", "pictures", "language", "search", "unusual", "other"))
    add("problems_stakeholders", words("gains", 10000), words("loses", 10000), words("spoken_for_by", 300))
    # What somebody chose for their browser: a currency for new projects.
    add("person", sa.Column("wishes", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
