"""Indexes that hold all that long lists are ordered and filtered by, so that wide rows are read for the page that is shown only."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

MILESTONES = "milestones_milestones"


def upgrade() -> None:
    for table, *columns in (
        ("charter", "archived", "saved_at"),
        ("charter", "archived", "name_key"),
        (MILESTONES, "project_id", "due"),
    ):
        op.drop_index("_".join(("ix", table, *columns)), table)
    for table, *columns in (
        ("charter", "archived", "saved_at", "id"),
        ("charter", "archived", "name_key", "id"),
        ("charter", "archived", "met", "name_key", "id"),
        ("health", "project_id", "from_day", "to_day", "word", "late_since"),
        (MILESTONES, "project_id", "removed", "due"),
    ):
        op.create_index("_".join(("ix", table, *columns)), table, columns)
    op.create_index(f"ix_{MILESTONES}_all", MILESTONES, ["removed", "project_id", "id", "due", "row_order", "owner"])
