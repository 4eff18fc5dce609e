"""Milestones planned with ranges and people, frozen, tracked and closed; tokens for programs that report readings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, WHOLE, add, choice, currency, day, link, of_project, real, records, whole, words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _milestones()
    _rollout()
    op.create_table(
        "kept_file",
        of_project(),
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "access_token",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE"), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT),
        sqlite_strict=True,
    )
    op.create_index("ix_access_token_project_id", "access_token", ["project_id"])


def _milestones() -> None:
    add(
        "milestones",
        choice("work_week", "mon_fri", "sun_thu", "mon_sat", "all"),
        words("reference_kind", 300),
        real("usual_overrun", 0.1, 20),
        real("bad_overrun", 0.1, 50),
        words("overrun_source", 300),
    )
    add(
        "milestones_milestones",
        day("reached_on"),
        real("best_days", 0, 10_000),
        real("likely_days", 0, 10_000),
        real("worst_days", 0, 10_000),
        choice("gate", "go", "rework", "stop"),
        day("gate_on"),
        words("gate_reason", 10_000),
    )
    add("milestones_targets", words("metric_key", 300))
    records(
        "milestones_readings",
        link("target"),
        day("when"),
        real("value"),
        words("source", 300),
        words("author", 300),
        words("run", 300),
    )
    records(
        "milestones_people",
        words("name", 300),
        real("share", 0, 100),
        whole("day_rate", 0),
        currency(),
        day("away_from"),
        day("away_to"),
    )
    records("milestones_assignments", link("milestone"), link("person"), real("share", 0, 100))
    records("milestones_holidays", day("day"), words("name", 300))
    records(
        "milestones_moves",
        link("milestone"),
        words("reason", 10_000),
        day("moved_on"),
        day("before"),
        day("after"),
        words("author", 300),
    )
    records(
        "milestones_checkins",
        day("held_on"),
        words("changed", 10_000),
        whole("confidence", 1, 5),
        words("risks", 10_000),
        words("help_needed", 10_000),
        words("author", 300),
    )
    records(
        "milestones_baselines",
        words("name", 300),
        day("frozen_on"),
        words("author", 300),
        words("reason", 10_000),
        words("plan", 30_000),
    )


def _rollout() -> None:
    add(
        "rollout",
        day("closed_on"),
        choice("closed_as", "delivered", "partly", "stopped", "merged"),
        words("exit_benefits", 10_000),
        words("learnt_business", 10_000),
        words("learnt_data", 10_000),
        words("learnt_model", 10_000),
        words("learnt_team", 10_000),
    )
    records("rollout_readings", link("monitor"), day("when"), real("value"), words("source", 300), words("author", 300))
    records("rollout_next_steps", words("step", 300), words("owner", 300), day("due"))
