"""The signals of the workbench about a project, as one page that a product owner can read and object to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from scoping import samples
from scoping.charter import PART_BY_SLUG, Charter
from scoping.editing import new_record
from scoping.ethics import consequences
from scoping.ethics.state import state
from scoping.feasibility.verdict import verdicts
from scoping.health import health
from scoping.milestones import status
from scoping.review import overview
from scoping.sections.ethics import why_adrift
from scoping.sections.problems import SECTION as PROBLEMS
from scoping.signing.conditions import ConditionState, to_sign_words
from scoping.words import day_words

TODAY = date(2027, 3, 1)
"""The day of the page; samples are moved to its week."""


def _started() -> Charter:
    """A project half an hour into its first workshop."""
    charter = samples.new_charter("Fewer returned parcels", "Dana Lee", "EUR")
    problem = new_record(PROBLEMS, "problems", "returns", "EUR", statement="One parcel in nine comes back.", baseline_value=11.0)
    board = charter.problems.model_copy(update={"problems": (problem,), "unknown": ("decision_changed",)})
    return charter.with_part("problems", board)


def _late() -> Charter:
    """A project that is ready to sign, three days after a date for which nobody noted a reading."""
    ready = next(s for s in samples.samples() if s.slug == "online_retailer")
    return ready.as_of(TODAY - timedelta(weeks=5))


def projects() -> Iterator[tuple[str, Charter]]:
    """What the page tells of: every sample, and an empty, a started and a late project."""
    yield "An empty project", Charter()
    yield "A started project", _started()
    yield "A late project", _late()
    for sample in samples.samples():
        yield f"Sample: {sample.title}", sample.as_of(TODAY)


def _health(charter: Charter) -> Iterator[str]:
    yield health(charter, TODAY, overview(charter).missing_words).sentence


def _verdicts(charter: Charter) -> Iterator[str]:
    said = {v.solution: v.opinion.label for v in charter.feasibility.verdicts if v.opinion}
    for j in verdicts(charter, TODAY):
        yield f"{j.solution.title}: by the rules {j.ruling.opinion.label.lower()}; the team says {said.get(j.solution.id, 'nothing').lower()}"


def _ethics(charter: Charter) -> Iterator[str]:
    ethics = charter.ethics
    judged = consequences.of(ethics)
    adrift = {o.id for o in ethics.obligations if why_adrift(o)}
    taken = {o.id for o in ethics.obligations} & {d.id for d in judged.certain}
    yield f"State: {state(ethics).words}"
    yield f"Impact: {consequences.level_words(judged.impact)}"
    yield f"Legal class: {consequences.class_words(judged.legal)}"
    yield f"In depth: {judged.depth_words if judged.is_called_for else 'not called for'}"
    yield f"Obligations that follow: {len(judged.certain)}, of which somebody answers for {len(taken - adrift)}"


def _milestones(charter: Charter) -> Iterator[str]:
    for found in status.of_plan(charter.milestones, TODAY):
        yield f"{found.milestone.title}: {found.state.label}"


def _to_sign(charter: Charter) -> Iterator[str]:
    state = overview(charter)
    yield to_sign_words(state.met)
    for part, conditions in groupby(state.conditions, key=lambda c: c.part):
        tick = "tick" if state.is_done(part) else "no tick"
        yield f"{PART_BY_SLUG[part].title} ({tick})"
        for c in conditions:
            yield f"  - {c.number}. {c.sentence} {c.state.label}"
            if c.state is not ConditionState.MET:
                yield from (f"    - {f.message}" for f in c.missing)


CHAPTERS: tuple[tuple[str, Callable[[Any], Iterator[str]]], ...] = (
    ("Health", _health),
    ("Verdicts", _verdicts),
    ("Ethics", _ethics),
    ("Milestones", _milestones),
    ("To sign", _to_sign),
)
"""The signals in their order: heading, and the lines about a charter. A new signal gets a chapter here."""


def page() -> str:
    """The whole page."""
    lines = ["# What the workbench says about each project", f"As of {day_words(TODAY)}. Every line may be objected to."]
    for name, charter in projects():
        lines.append(f"## {name}")
        for heading, told in CHAPTERS:
            said = [line if line.startswith("  ") else f"- {line}" for line in told(charter)]
            lines += [f"### {heading}", "\n".join(said or ["- Nothing yet"])]
    return "\n\n".join(lines) + "\n"
