"""The health of projects and the states of milestones by day, so that they are found without reading a charter.

The rows are worked out by the rules of the version that runs, when the store is opened: those of older versions are not kept here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import DAY, choice, day, of_project

revision = "0007"
down_revision = "0006"

WORDS = ("late", "at_risk", "ready", "draft", "signed", "on_track", "stopped", "closed")
STATES = ("late", "at_risk", "unknown", "on_track", "not_started", "done", "stopped")


def upgrade() -> None:
    op.create_table(
        "health",
        of_project(),
        sa.Column("from_day", DAY, primary_key=True),
        sa.Column("to_day", DAY, nullable=False),
        choice("word", *WORDS, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        day("late_since"),
        sqlite_strict=True,
    )
    op.create_table(
        "milestone_state",
        of_project(),
        sa.Column("milestone", sa.Text(), primary_key=True),
        sa.Column("from_day", DAY, primary_key=True),
        sa.Column("to_day", DAY, nullable=False),
        choice("state", *STATES, nullable=False),
        sqlite_strict=True,
    )
    columns = ["state", "from_day", "to_day", "project_id", "milestone"]
    op.create_index("ix_milestone_state_" + "_".join(columns), "milestone_state", columns)
