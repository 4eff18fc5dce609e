"""What the interface asks anew. Every table and column that this release adds stands here; charters are counted anew after it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import add, choice, currency, day, link, links, real, records, whole, words

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
