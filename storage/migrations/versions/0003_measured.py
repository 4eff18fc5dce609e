"""Feasibility measured on data: benchmarks, history, measurements; data sources planned: buying, labelling, reports."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storage.migrations.columns import CURRENCIES, add, choice, day, link, real, records, whole, words

revision = "0003"
down_revision = "0002"

METHODS = ("hlp", "signal", "slices", "profile")


def better(name: str) -> sa.Column[Any]:
    return choice(name, "higher", "lower")


def similar(name: str) -> sa.Column[Any]:
    return choice(name, "high", "some", "low")


def rating(name: str) -> sa.Column[Any]:
    return choice(name, "3", "2", "1", "0")


def yes_no(name: str) -> sa.Column[Any]:
    return choice(name, "yes", "no")


def share(name: str) -> sa.Column[Any]:
    return real(name, 0, 100)


def measurement() -> tuple[sa.Column[Any], ...]:
    return (
        words("headline", 300),
        choice("method", *METHODS),
        words("version", 300),
        words("file_name", 300),
        words("file_hash", 300),
        whole("rows", 0),
        whole("rows_used", 0),
        day("measured_on"),
        words("author", 300),
        words("settings", 30_000),
        words("result", 30_000),
    )


def upgrade() -> None:
    _feasibility()
    _data_sources()


def _feasibility() -> None:
    add(
        "feasibility",
        words("asked_metric", 300),
        real("asked_value"),
        better("asked_better"),
        choice("resembles", "purchases", "weather", "dna", "chatter", "stock"),
        words("resembles_why", 10_000),
    )
    add("feasibility_evidence", real("low"), real("high"), link("measurement"))
    add("feasibility_slices", choice("kind", "ordinary", "rare", "protected"), whole("cases", 0), whole("errors", 0))
    records(
        "feasibility_benchmarks",
        words("name", 300),
        choice("kind", "literature", "company", "competitor", "older_system"),
        words("metric", 300),
        real("value"),
        day("found_on"),
        similar("data_similarity"),
        similar("setting_similarity"),
        better("better"),
        words("unit", 300),
        words("link", 300),
        link("solution"),
        words("remarks", 10_000),
    )
    records(
        "feasibility_history",
        day("when"),
        real("value"),
        words("metric", 300),
        better("better"),
        real("hlp"),
        link("solution"),
        words("release", 300),
        words("source", 300),
    )
    records("feasibility_measurements", *measurement())


def _data_sources() -> None:
    add(
        "data_sources",
        yes_no("uncertain_class"),
        whole("labels_per_item", 1, 100),
        whole("items_to_label", 0),
        real("minutes_per_item", 0),
        whole("label_rate", 0),
        share("agreement_target"),
        real("wanted_amount", 0),
        words("wanted_unit", 300),
        whole("budget", 0),
        sa.Column(
            "currency",
            sa.Text(),
            sa.CheckConstraint(f'"currency" IN ({", ".join(map(repr, CURRENCIES))})', name="currency_choice"),
            nullable=False,
            server_default="USD",
        ),
        whole("wanted_days", 0, 10_000),
        real("loop_days", 0, 1_000),
        share("target_error"),
        whole("examples", 0),
        share("positive_share"),
        share("train_share"),
        share("dev_share"),
        share("test_share"),
    )
    add(
        "data_sources_sources",
        choice("divisible", "part", "whole"),
        whole("fixed_cost", 0),
        real("minimum_order", 0),
        whole("lead_days", 0, 10_000),
        share("usefulness"),
        words("shares_with", 300),
        rating("accuracy"),
        rating("timeliness"),
        rating("accessibility"),
        rating("interpretability"),
        rating("coherence"),
        choice("legal_basis", "not_needed", "consent", "contract", "obligation", "vital", "public_task", "legitimate"),
        words("retention", 300),
        words("provenance", 10_000),
        words("meta_data", 10_000),
    )
    records("data_sources_cases", words("case", 10_000), words("label", 300), words("decided_by", 300), words("reason", 10_000))
    records(
        "data_sources_pipelines",
        words("step", 300),
        words("poc_how", 300),
        yes_no("replicable"),
        link("from_milestone"),
        words("owner", 300),
        words("lineage", 10_000),
    )
    records("data_sources_learning_points", real("size", 0), share("error"), day("measured_on"), words("source", 300))
    records("data_sources_reports", *measurement(), link("source"))
