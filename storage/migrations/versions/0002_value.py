"""Value in ranges, with timing, common causes, what errors cost and what came of it; ratings for the portfolio."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import CURRENCIES, add, choice, currency, day, link, real, records, whole, words

revision = "0002"
down_revision = "0001"

SHAPES = ("pert", "triangular", "uniform", "lognormal", "metalog")


def upgrade() -> None:
    records("project_ratings", words("criterion", 300), real("low", 0), real("likely", 0), real("high", 0), words("reason", 10000))
    add("project", real("people_needed", 0, 10_000))
    add("value", real("discount_rate", 0, 100), choice("linked_costs", "none", "data", "milestones", "both"))
    add("value_rungs", link("below"), choice("shape", *SHAPES), words("source", 300))
    add(
        "value_benefits",
        choice("shape", *SHAPES),
        whole("starts_month", 0, 360),
        whole("ramp_months", 0, 360),
        whole("lasts_months", 1, 360),
        words("cause", 300),
        real("pull", -1, 1),
        link("solution"),
        link("rung"),
    )
    add(
        "value_costs",
        choice("shape", *SHAPES),
        whole("starts_month", 0, 360),
        whole("ramp_months", 0, 360),
        whole("lasts_months", 1, 360),
        words("cause", 300),
        real("pull", -1, 1),
        link("solution"),
    )
    records(
        "value_stakes",
        words("name", 300),
        whole("cases_per_month", 0),
        real("positive_share", 0, 100),
        whole("value_tp"),
        whole("cost_fp", 0),
        whole("cost_fn", 0),
        currency(),
        whole("cost_per_case", 0),
        whole("cost_per_error", 0),
        real("average_error", 0),
        real("average_error_today", 0),
        words("source", 300),
    )
    records(
        "value_operating_points",
        words("name", 300),
        link("stake"),
        real("precision", 0, 100),
        real("recall", 0, 100),
        words("source", 300),
    )
    records("value_rates", choice("foreign", *CURRENCIES), real("rate", 0), day("as_of"), words("source", 300))
    records("value_realised", link("benefit"), day("month"), whole("amount"), currency(), words("source", 300))
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
