"""The first schema: charters, their revisions, and a table per part and per list of a part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    MOMENT,
    REAL,
    WHOLE,
    choice,
    currency,
    day,
    link,
    links,
    of_project,
    part,
    real,
    records,
    whole,
    words,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "charter",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("archived", sa.Integer(), sa.CheckConstraint("archived IN (0, 1)", name="archived"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("done_share", REAL, nullable=False),
        sa.Column("blockers", sa.Integer(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_charter_archived_name_key"), "charter", ["archived", "name_key"])
    op.create_index(op.f("ix_charter_archived_saved_at"), "charter", ["archived", "saved_at"])
    op.create_table(
        "person",
        sa.Column("device", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "revision",
        of_project(),
        sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_revision_project_id_part_number"), "revision", ["project_id", "part", "number"])
    part(
        "project",
        words("name", 300),
        words("owner", 300),
        words("summary", 10000),
        words("decision_asked", 10000),
        words("sponsor", 300),
        currency(),
        words("rhythm", 10000),
    )
    records(
        "project_assumptions",
        words("statement", 10000),
        words("owner", 300),
        day("due"),
        choice("state", "open", "confirmed", "wrong"),
    )
    records("project_signatures", words("role", 300), words("name", 300), day("signed_on"), words("remark", 10000))
    part(
        "problems",
        words("decision_changed", 10000),
        words("in_scope", 10000),
        words("out_of_scope", 10000),
        words("link_to_strategy", 10000),
    )
    records(
        "problems_problems",
        words("statement", 10000),
        words("who_is_affected", 300),
        whole("how_many", 0),
        words("baseline_metric", 300),
        real("baseline_value"),
        whole("cost_of_doing_nothing"),
        currency(),
        choice("cost_period", "year", "quarter", "month", "once"),
        whole("rank", 1, 999),
        words("observed_outcome", 10000),
        words("how_much_each", 300),
        words("measured_how", 300),
        day("measured_on"),
        words("why_now", 10000),
        words("tried_before", 10000),
        words("current_process", 10000),
        words("owner", 300),
    )
    records(
        "problems_goals",
        words("statement", 10000),
        whole("rank", 1, 999),
        link("problem"),
        choice("type", "efficiency", "effectiveness", "equity"),
        words("constraint", 300),
        words("measure", 300),
    )
    records(
        "problems_stakeholders",
        words("name", 300),
        choice("side", "business", "technical", "affected", "oversight"),
        choice("raci", "responsible", "accountable", "consulted", "informed"),
        words("wants", 10000),
    )
    records(
        "problems_actions",
        words("action", 300),
        words("executed_by", 300),
        words("acts_on", 300),
        words("how_often", 300),
        words("channel", 300),
        words("today", 10000),
    )
    part("solutions", words("why_this_one", 10000), words("why_learning", 10000))
    records(
        "solutions_solutions",
        words("name", 300),
        links("problems"),
        choice("approach", "ml", "rules", "process", "buy", "nothing"),
        choice("standing", "considered", "chosen", "parked", "rejected"),
        choice("data", "unstructured", "structured"),
        choice("novelty", "new", "existing"),
        words("description", 10000),
        words("input_x", 10000),
        words("target_y", 10000),
        words("label_source", 300),
        words("who_acts", 300),
        words("decision_enabled", 10000),
        words("process_change", 10000),
        words("integration", 10000),
        choice("posture", "augment", "automate"),
        words("wait", 300),
        words("horizon", 300),
        words("simple_baseline", 10000),
        words("because", 10000),
        words("revisit_when", 10000),
    )
    part("feasibility", choice("slices_are", "exclusive", "overlapping"))
    records(
        "feasibility_evidence",
        link("solution"),
        choice("check", "hlp", "features", "history", "benchmark", "other"),
        words("finding", 10000),
        choice("grade", "opinion", "precedent", "pilot", "measured"),
        choice("speaks", "for", "mixed", "against"),
        words("metric", 300),
        real("value"),
        words("source", 300),
        day("found_on"),
        words("owner", 300),
        words("similarity", 10000),
        choice("same_inputs", "yes", "no"),
        whole("labellers", 0),
        whole("items", 0),
        real("agreement", 0, 100),
        choice("truth", "external", "human"),
        choice("serving", "yes", "no"),
        words("delay", 300),
    )
    records(
        "feasibility_verdicts",
        link("solution"),
        choice("opinion", "feasible", "doubtful", "not_feasible", "too_little"),
        words("reason", 10000),
        words("decided_by", 300),
        day("decided_on"),
        words("next_check", 10000),
    )
    records(
        "feasibility_slices",
        words("name", 300),
        real("model", 0, 100),
        real("hlp", 0, 100),
        real("share", 0, 100),
        whole("ease", 1, 5),
        whole("importance", 1, 5),
    )
    part(
        "value",
        words("minimum_improvement", 10000),
        words("guardrails", 10000),
        words("measured_how", 10000),
        words("cost_of_error", 10000),
        whole("horizon_years", 1, 30),
    )
    records(
        "value_rungs",
        whole("order", 1, 99),
        words("metric", 300),
        words("unit", 300),
        real("current"),
        real("target"),
        choice("technical", "accepts", "objects"),
        choice("business", "accepts", "objects"),
        real("low"),
        real("likely"),
        real("high"),
        choice("evidence", "guess", "estimate", "measured"),
        words("technical_by", 300),
        day("technical_on"),
        words("technical_reservation", 10000),
        words("business_by", 300),
        day("business_on"),
        words("business_reservation", 10000),
    )
    records(
        "value_benefits",
        words("name", 300),
        whole("low"),
        whole("likely"),
        whole("high"),
        currency(),
        choice("period", "once", "month", "year"),
        choice("evidence", "guess", "estimate", "measured"),
        words("source", 300),
        words("accrues_to", 300),
    )
    records(
        "value_costs",
        words("name", 300),
        whole("low"),
        whole("likely"),
        whole("high"),
        currency(),
        choice("period", "once", "month", "year"),
        choice("evidence", "guess", "estimate", "measured"),
        words("source", 300),
        choice("kind", "build", "data", "run", "people", "other"),
    )
    part(
        "ethics",
        choice("net_positive", "yes", "no"),
        words("net_positive_reason", 10000),
        choice("is_fair", "yes", "no"),
        words("is_fair_reason", 10000),
        choice("aired", "yes", "no"),
        words("aired_how", 10000),
    )
    records(
        "ethics_concerns",
        words("concern", 10000),
        choice("outcome", "open", "accepted", "mitigated", "overruled"),
        words("owner", 300),
        words("raised_by", 300),
        day("raised_on"),
        words("debated_by", 300),
        day("debated_on"),
        words("reason", 10000),
    )
    records(
        "ethics_checklist",
        words("question", 10000),
        choice("answered", "yes", "no", "not_applicable"),
        words("note", 10000),
        words("owner", 300),
        words("area", 300),
    )
    part(
        "data_sources",
        words("input_x", 10000),
        words("target_y", 10000),
        words("label_rule", 10000),
        words("edge_cases", 10000),
        words("split_plan", 10000),
        words("metadata", 10000),
        words("lineage", 10000),
        words("production", 10000),
    )
    records(
        "data_sources_sources",
        words("name", 300),
        choice("origin", "owned", "crowdsourced", "paid_labels", "purchased", "partner", "public", "wished"),
        real("amount", 0),
        words("unit", 300),
        whole("cost", 0),
        whole("days", 0, 10000),
        currency(),
        choice("quality", "3", "2", "1", "0"),
        choice("privacy", "none", "personal", "sensitive"),
        words("owner", 300),
        words("rights", 10000),
        choice("labelling", "not_needed", "in_house", "outsourced", "crowd"),
        words("qualified", 300),
        words("contents", 10000),
        words("refresh", 300),
        words("join_key", 300),
        words("stored_where", 300),
        words("known_bias", 10000),
        words("recent_change", 10000),
    )
    part("milestones", words("benchmark", 10000), words("budget_note", 10000))
    records(
        "milestones_milestones",
        words("deliverable", 300),
        words("owner", 300),
        day("start"),
        day("due"),
        choice("kind", "poc", "training", "test", "business", "launch", "other"),
        links("depends_on"),
        words("kill_criteria", 10000),
        words("decider", 300),
        words("people", 10000),
        words("data_needed", 10000),
        words("compute", 300),
        words("help_from", 300),
        whole("money", 0),
        currency(),
    )
    records(
        "milestones_targets",
        link("milestone"),
        choice("family", "ml", "software", "business"),
        words("metric", 300),
        choice("direction", "at_least", "at_most"),
        real("target"),
        words("unit", 300),
        real("baseline"),
        words("slice", 300),
        words("measured_how", 300),
    )
    part(
        "rollout",
        choice("case", "new", "manual", "replace"),
        choice("pattern", "shadow", "canary", "blue_green"),
        choice("automation_now", "human", "shadow", "assistance", "partial", "full"),
        choice("automation_end", "human", "shadow", "assistance", "partial", "full"),
        choice("timing", "real_time", "batch"),
        words("rollback_owner", 300),
        real("start_share", 0, 100),
        choice("place", "cloud", "edge", "browser"),
        words("rollback_how", 10000),
        words("fallback", 10000),
        words("load", 300),
        words("latency", 300),
        words("compute", 300),
        words("logging", 10000),
        words("security", 10000),
        words("truth_later", 10000),
        choice("drift", "slow", "fast"),
        words("maintenance_owner", 300),
    )
    records(
        "rollout_monitors",
        words("trouble", 10000),
        choice("signal", "software", "input", "output"),
        words("metric", 300),
        choice("bound", "above", "below"),
        real("threshold"),
        words("who_reacts", 300),
        words("unit", 300),
        words("reaction", 10000),
        choice("retrain", "by_hand", "automatic", "no"),
        words("checked", 300),
    )
    op.create_index(op.f("ix_milestones_milestones_project_id_due"), "milestones_milestones", ["project_id", "due"])
