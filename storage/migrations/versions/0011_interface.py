"""What the interface asks anew. Every table and column that this release adds stands here; charters are counted anew after it."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    DAY,
    REAL,
    WHOLE,
    add,
    choice,
    currency,
    day,
    link,
    links,
    of_project,
    real,
    records,
    whole,
    words,
)

revision = "0011"
down_revision = "0010"

SCREENING = (
    "decides_people",
    "watches_people",
    "special_data",
    "could_hurt",
    "hard_to_undo",
    "hidden_machine",
    "groups_worse",
    "outside_objects",
)
SAYS = {
    ("quick_harm", "none"): ("could_hurt", "no"),
    ("quick_harm", "nuisance"): ("could_hurt", "no"),
    ("quick_harm", "loss"): ("could_hurt", "yes"),
    ("quick_harm", "grave"): ("could_hurt", "yes"),
    ("quick_undo", "never"): ("hard_to_undo", "yes"),
}
"""What the three questions of the first impression say about the eight. Who decides in the end does not say whether it is about
people, and what can be undone may still be hard to notice, so these stay open."""


WORDS = ("late", "at_risk", "ready", "draft", "signed", "on_track", "stopped", "closed")
YES_NO = ("yes", "no")


def value_and_data() -> None:
    """Where a metric shows; steps of the data with what they read and break; meta-data kept; data to add for a group."""
    add("value_rungs", choice("level", "model", "software", "people", "business", "company"))
    add("data_sources_sources", choice("may_use", "ours", "contract", "licence", "consent", "not_allowed"))
    kept = ("labeller", "time", "device", "place", "rule", "code", "origin")
    add("data_sources", *(choice(f"keeps_{name}", *YES_NO) for name in kept))
    add(
        "data_sources_pipelines",
        links("reads_sources"),
        links("reads_steps"),
        words("makes", 300),
        words("breaks", 10000),
        links("monitors"),
        words("downstream", 10000),
    )
    records(
        "data_sources_additions",
        words("what", 300),
        link("group"),
        choice("way", "collect", "augment", "synthesise", "clean"),
        choice("realistic", *YES_NO),
        choice("people_do_well", *YES_NO),
        choice("fails_today", *YES_NO),
        words("tells_apart", 10000),
        real("amount", 0),
        words("unit", 300),
        whole("cost", 0),
        currency(),
        whole("days", 0, 10_000),
    )


def upgrade() -> None:
    run()
    add("project", choice("kind", "numbers", "decisions", "pictures", "language", "search", "unusual", "other"))
    add("problems_stakeholders", words("gains", 10000), words("loses", 10000), words("spoken_for_by", 300))
    # What somebody chose for their browser: a currency for new projects.
    add("person", sa.Column("wishes", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
    value_and_data()
    portfolio()
    feasibility()
    _ethics()


def _ethics() -> None:
    for name in SCREENING:
        add("ethics", choice(name, "yes", "no"), words(f"{name}_reason", 10_000))
    add("ethics", words("handed_to", 300), day("handed_until"), words("handed_note", 10_000))
    add("ethics_obligations", choice("keeps_low", *SCREENING))
    add("ethics_concerns", link("risk"), link("monitor"), link("milestone"), link("planned"))
    add("ethics_risks", link("monitor"), link("milestone"), link("planned"))
    add("ethics_premortem", link("planned"))
    add("rollout_monitors", link("risk"), link("milestone"), link("planned"))
    _carry_over()


def _carry_over() -> None:
    connection = op.get_bind()
    asked = sa.text(
        "SELECT c.project_id, c.id, c.option, c.note, c.unknown, e.unknown FROM ethics_checklist c "
        "JOIN ethics e ON e.project_id = c.project_id WHERE c.removed = 0 AND c.id IN ('quick_harm', 'quick_undo')"
    )
    dunno: dict[str, list[str]] = {}
    for project, question, option, note, not_known, already in connection.execute(asked).all():
        if (question, option) in SAYS:
            name, said = SAYS[(question, option)]
            change = sa.text(f"UPDATE ethics SET {name} = :said, {name}_reason = :note WHERE project_id = :project")  # noqa: S608
            connection.execute(change, {"said": said, "note": note, "project": project})
        elif "answered" in json.loads(not_known):
            name = "could_hurt" if question == "quick_harm" else "hard_to_undo"
            dunno.setdefault(project, json.loads(already)).append(name)
    for project, names in dunno.items():
        change = sa.text("UPDATE ethics SET unknown = :names WHERE project_id = :project")
        connection.execute(change, {"names": json.dumps(sorted(names)), "project": project})


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


def run() -> None:
    """What a team says in two minutes, and the steps in which a rollout reaches more users."""
    add("milestones_checkins", choice("pace", "on_track", "at_risk", "off_track"), words("coming", 10000))
    records(
        "rollout_ramp",
        real("share", 0, 100),
        day("starts"),
        words("condition", 10000),
        words("decider", 300),
        words("way_back", 10000),
        day("live_on"),
    )


def portfolio() -> None:
    """What cards show, the order of all projects in one index, and the words that they say."""
    for columns in ("archived_name_key_id", "archived_met_name_key_id"):
        op.drop_index(f"ix_charter_{columns}", "charter")
    op.drop_column("charter", "search_key")
    add(
        "charter",
        _known("currency", sa.Text(), "USD"),
        *(sa.Column(name, REAL) for name in ("asked", "worth_low", "worth", "worth_high")),
        *(sa.Column(name, REAL) for name in ("worth_variance", "worth_third", "loss")),
        _known("guessed", REAL, "1"),
        _known("is_rough", sa.Integer(), "0"),
        _known("years", sa.Integer(), "0"),
        *(sa.Column(name, REAL) for name in ("people", "months")),
        _known("can_work", sa.Text(), "unknown"),
        _known("ethics", sa.Text(), "not_assessed"),
        _known("ethics_words", sa.Text(), ""),
        _known("said_by", WHOLE, "0"),
    )
    op.drop_index("ix_health_project_id_from_day_to_day_word_late_since", "health")
    op.create_table(
        "place",
        of_project(),
        sa.Column("from_day", DAY, primary_key=True),
        sa.Column("to_day", DAY, nullable=False),
        choice("word", *WORDS, nullable=False),
        sa.Column("archived", sa.Integer(), nullable=False),
        sa.Column("rank", REAL, nullable=False),
        sa.Column("said_by", WHOLE, nullable=False),
        sqlite_strict=True,
    )
    order = ["archived", "word", "rank", "project_id", "from_day", "to_day", "said_by"]
    op.create_index("_".join(("ix_place", *order)), "place", order)
    op.create_table(
        "said",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.execute(_WORDS_OF[op.get_bind().dialect.name])


def _known(name: str, kind: Any, at_first: str) -> sa.Column[Any]:
    return sa.Column(name, kind, server_default=at_first, nullable=False)


_WORDS_OF = {
    "sqlite": "CREATE VIRTUAL TABLE said_words USING fts5(words, content='said', content_rowid='id', detail='none',"
    " tokenize='unicode61 remove_diacritics 0')",
    "postgresql": "CREATE INDEX ix_said_words ON said USING gin (array_to_tsvector(string_to_array(words, ' ')))",
}
"""The index of words, which SQLite keeps in a table of its own."""
