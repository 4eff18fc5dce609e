"""What the interface asks anew. Every table and column that this release adds stands here; charters are counted anew after it."""

from __future__ import annotations

from storage.migrations.columns import add, choice, day, link, real, records, whole, words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    feasibility()


def feasibility() -> None:
    """Features, the plan for a proof of concept with its first steps, and why a group of cases is important."""
    for name in ("read_up", "simple_baseline", "overfitted", "error_loop"):
        add("feasibility", choice(name, "yes", "not_yet"))
    add("feasibility_slices", choice("must_not_fail", "yes", "no"), words("importance_why", 10000))
    records(
        "feasibility_features",
        words("name", 300),
        choice("known_when", "before", "at", "after"),
        words("source", 300),
        words("why", 10000),
        words("checked_by", 300),
        choice("signal", "carries", "none", "leak"),
        day("checked_on"),
        link("measurement"),
    )
    records(
        "feasibility_hypotheses",
        words("belief", 10000),
        words("how", 10000),
        words("data", 300),
        words("metric", 300),
        real("success"),
        real("stop"),
        choice("better", "higher", "lower"),
        words("owner", 300),
        day("due"),
        real("days", 0),
        words("manual", 10000),
        link("solution"),
        choice("check", "hlp", "features", "history", "benchmark", "other"),
        link("milestone"),
        real("result"),
        whole("cases", 0),
        day("tried_on"),
        choice("came_out", "confirmed", "refuted", "unclear"),
        words("learnt", 10000),
    )
