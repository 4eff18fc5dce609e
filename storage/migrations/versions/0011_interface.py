"""What the interface asks anew. Every table and column that this release adds stands here; charters are counted anew after it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.migrations.columns import add, choice, currency, day, link, links, real, records, whole, words

revision = "0011"
down_revision = "0010"


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
