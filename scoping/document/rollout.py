"""The chapters on rollout and risks."""

from __future__ import annotations

from collections.abc import Iterator

from scoping.blocks import Block, Missing
from scoping.charter import PART_BY_SLUG
from scoping.document.reader import NOT_STATED, Column, Reader, as_table, plain_columns, short
from scoping.ethics import words as ethics_words
from scoping.feasibility import proof
from scoping.section import questions
from scoping.sections.ethics import Outcome
from scoping.sections.feasibility import Speaks
from scoping.sections.milestones import in_order
from scoping.sections.project import AssumptionState

EXIT = tuple(q.name for q in questions(PART_BY_SLUG["rollout"].model) if q.topic == "exit")


def rollout(r: Reader) -> list[Block]:
    alarm = Column("Alarm", lambda m: r.joined(m, "bound", "threshold"), ("bound", "threshold"))
    reaction = Column("What they do", lambda m: r.joined(m, "reaction", "retrain", by="\n"), ("reaction", "retrain"))
    columns = ("trouble", "signal", "metric", alarm, "checked", "who_reacts", reaction)
    steps = ("share", "starts", "condition", "decider", "way_back", "live_on")
    named = [q.name for q in questions(PART_BY_SLUG["rollout"].model) if q.topic != "exit"]
    return [
        *r.said("rollout", *named),
        *(r.entries("rollout", "ramp", ("Ramp-up", steps)) if r.charter.rollout.ramp else []),
        *r.entries("rollout", "monitors", ("Monitoring", columns)),
    ]


def risks(r: Reader) -> list[Block]:
    plan = in_order(r.charter.milestones)
    stops = as_table(
        "When we stop or rework",
        [
            Column("Milestone", lambda m: short(m.title)),
            Column("Stop or rework if", lambda m: r.words(m, "kill_criteria") or NOT_STATED),
            Column("Who decides", lambda m: r.words(m, "decider")),
        ],
        plan,
    )
    stopping = stops or [Missing("No milestone says yet when to stop or rework.")]
    if r.is_brief:  # each risk stands in the chapter that it belongs to
        return stopping
    risks = as_table("What could go wrong", plain_columns("Risk", "Seen as", "Who looks after it"), list(_risk_rows(r)))
    return [
        *stopping,
        *(risks or [Missing("No risk is written down yet.")]),
    ]


def _risk_rows(r: Reader) -> Iterator[tuple[str, str, str]]:
    for risk in r.charter.ethics.risks:
        yield (
            r.words(risk, "risk"),
            f"Risk: {ethics_words.level_of(risk)}, then {ethics_words.left_of(risk)}",
            r.words(risk, "owner"),
        )
    for c in r.charter.ethics.concerns:
        if c.outcome is not Outcome.MITIGATED:
            yield r.words(c, "concern"), f"Concern: {r.words(c, 'outcome')}", r.words(c, "owner")
    for e in (*r.charter.feasibility.evidence, *proof.found(r.charter.feasibility)):
        if e.speaks in (Speaks.AGAINST, Speaks.MIXED):
            yield r.words(e, "finding"), f"Evidence: {r.words(e, 'speaks')}", r.words(e, "owner")
    for a in r.charter.project.assumptions:
        if a.state is AssumptionState.WRONG:
            yield r.words(a, "statement"), f"Assumption: {r.words(a, 'state')}", r.words(a, "owner")
    for m in r.charter.rollout.monitors:
        yield r.words(m, "trouble"), "Watched after launch", r.words(m, "who_reacts")
