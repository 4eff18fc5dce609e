"""Workshops: what people did in each, move by move, and who they were. Every table and column of this release stands here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, WHOLE, add, words

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("planned_at", MOMENT),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("follows", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_workshop_code", "workshop", ["code"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("ix_workshop_link", "workshop", ["link"], unique=True)
    op.create_index("ix_workshop_project_id_made_at", "workshop", ["project_id", "made_at"])
    op.create_table(
        "workshop_person",
        _of_workshop(),
        sa.Column("device", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "workshop_move",
        _of_workshop(),
        sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "workshop_template",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    # The workshop in which a change was made, and who can live with a milestone.
    add("revision", sa.Column("workshop", sa.Text(), nullable=False, server_default=""))
    add("milestones_milestones", words("accepted_by", 10_000))


def _of_workshop() -> sa.Column[str]:
    return sa.Column("workshop_id", sa.Text(), sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
