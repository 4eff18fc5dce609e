"""Ethics that decides: packs of questions, legal class, risks, pre-mortem, fairness plan and obligations."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import add, choice, day, link, links, real, records, whole, words

revision = "0005"
down_revision = "0004"

FIVE = ("1", "2", "3", "4", "5")
ANSWERS = ("yes", "no", "not_applicable", "option")


def asked_at_launch() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return choice("at_launch", "kept", "not_kept"), words("launch_note", 10000)


def widen_answers() -> None:
    """Let a question of the checklist have more answers than yes and no. SQLite changes a check only with its table."""
    kept = ("question", "answered", "note", "owner", "area")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("answered_choice", "ethics_checklist", type_="check")
        listed = ", ".join(f"'{a}'" for a in ANSWERS)
        op.create_check_constraint("answered_choice", "ethics_checklist", f'"answered" IN ({listed})')
        return
    op.rename_table("ethics_checklist", "ethics_checklist_before")
    records(
        "ethics_checklist",
        words("question", 10000),
        choice("answered", *ANSWERS),
        words("note", 10000),
        words("owner", 300),
        words("area", 300),
    )
    columns = ", ".join(f'"{c}"' for c in ("project_id", "id", "row_order", "removed", "unknown", *kept))
    op.execute(f"INSERT INTO ethics_checklist ({columns}) SELECT {columns} FROM ethics_checklist_before")  # noqa: S608
    op.drop_table("ethics_checklist_before")


def upgrade() -> None:
    widen_answers()
    add(
        "ethics_checklist",
        words("option", 300),
        words("option_words", 300),
        words("pack", 300),
        whole("pack_version", 1),
        words("evidence", 300),
        *asked_at_launch(),
    )
    add("ethics", words("impact_pack", 300))
    add("ethics_concerns", words("accepted_by", 300))
    add("milestones_milestones", links("obligations"))
    records("ethics_question_packs", words("name", 300), words("definition", 30_000))
    records(
        "ethics_legal_path",
        words("question", 10000),
        words("chosen", 300),
        words("chosen_words", 300),
        words("source", 300),
        words("rules", 300),
        words("note", 10000),
    )
    records(
        "ethics_risks",
        words("risk", 10000),
        choice("likelihood", *FIVE),
        choice("severity", *FIVE),
        words("mitigation", 10000),
        words("owner", 300),
        day("due"),
        choice("likelihood_left", *FIVE),
        choice("severity_left", *FIVE),
        words("remark", 10000),
    )
    records(
        "ethics_premortem",
        words("story", 10000),
        words("signal", 300),
        choice("bound", "above", "below"),
        real("threshold"),
        choice("commitment", "kill", "pivot", "repair"),
        words("decider", 300),
        words("unit", 300),
        link("risk"),
        link("monitor"),
        link("milestone"),
    )
    records(
        "ethics_groups",
        words("name", 300),
        words("why", 10000),
        words("metric", 300),
        real("gap", 0),
        words("unit", 300),
        link("milestone"),
        words("compared_with", 300),
        words("measured_how", 300),
        link("target"),
    )
    records(
        "ethics_obligations",
        words("demand", 300),
        choice("state", "to_do", "planned", "done", "not_needed"),
        words("owner", 300),
        day("due"),
        words("because", 300),
        link("milestone"),
        words("reason", 10000),
        *asked_at_launch(),
    )
