"""The charter as a contract: versions that are kept whole. Every table and column of this release stands here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, WHOLE, of_project

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "version",
        of_project(),
        sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("revision", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("schema_version", WHOLE, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
