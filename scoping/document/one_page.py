"""The charter on one page: sentences that a sponsor can repeat, and at its place each thing that is still missing.

What is missing is told in the words of the conditions that it takes to sign; nothing here has words of its own for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from scoping import currency as money
from scoping.charter import Charter
from scoping.ethics.state import EthicsKind, state
from scoping.feasibility.verdict import judged, last_added
from scoping.findings import Finding
from scoping.lacking import begun, says
from scoping.places import Place, Places
from scoping.review import Overview
from scoping.sections import milestones as plans
from scoping.sections.data_sources import Source
from scoping.sections.feasibility import Feasibility, Grade, Opinion
from scoping.sections.milestones import Milestone
from scoping.sections.problems import Goal, Problem
from scoping.sections.project import Assumption, AssumptionState, Project, Signature
from scoping.sections.rollout import Pattern, Rollout
from scoping.sections.solutions import Solution
from scoping.signing.choice import chosen_idea
from scoping.signing.data_sources import chosen_sources
from scoping.signing.milestones import first_and_launch
from scoping.signing.problems import top_goals
from scoping.words import capital, count, day_words, in_a_row, in_percent, isolated, listed, measured, short

SENTENCES = 240
"""Characters of people's own sentences in a row; the chapters have the rest."""
_NAME = 90
_MILESTONES, _SOURCES, _DECISIONS = 5, 3, 4
_BEGINS_WITH_A_VERB = re.compile(
    r"(?i:agree|allow|approve|choose|confirm|decide|extend|fund|give|grant|let|lend|name|pay|permit|provide|release|sign|stop|support|take)\b"
)


_CLAUSE = re.compile(r"(?<=\w{4})[:;,] ")


class Look(StrEnum):
    """How sure a piece is, so that a guess looks like one."""

    PLAIN = ""
    MEASURED = "measured"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Said:
    """Words of a row."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Gap:
    """Something missing: what to do about it, and the place where it is done.

    Attributes:
        is_unknown: whether the team said that it does not know yet.
    """

    text: str
    place: Place
    is_unknown: bool = False


Piece = Said | Gap


@dataclass(frozen=True)
class Row:
    """One row of the page.

    Attributes:
        pieces: follow each other as they stand, blanks included.
        written_in: where somebody writes who writes in this row, as the beginning of "part/list/record/field".
    """

    key: str
    title: str
    pieces: tuple[Piece, ...]
    written_in: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The row on paper, where a gap looks like any other sentence and so says that it is one."""
        said = "".join(piece.text for piece in self.pieces if isinstance(piece, Said)).strip()
        return " ".join(filter(None, (said, *(f"Missing: {p.text.strip()}" for p in self.pieces if isinstance(p, Gap)))))


@dataclass(frozen=True)
class Decision:
    """Something that somebody is asked to decide or to find out.

    Attributes:
        who: "" while nobody is named.
        place: where it is written down.
    """

    text: str
    who: str
    due: date | None
    place: Place


@dataclass(frozen=True)
class OnePage:
    """The charter on one page: what is asked, then row by row why."""

    asked: Row
    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]


def one_page(charter: Charter, overview: Overview) -> OnePage:
    """Write the page. It depends on the charter alone, not on the day on which it is read."""
    gaps = _Gaps(charter, overview)
    asked, *rows = (_made(form, overview.judged.once(form, form.reads, form.said), gaps) for form in _ROWS)
    return OnePage(asked, tuple(rows), tuple(decisions(charter))[:_DECISIONS])


def _made(form: _Form, said: tuple[Piece, ...], gaps: _Gaps) -> Row:
    return Row(form.key, form.title, _flow([*said, *gaps.of(form, is_empty=not said)]), form.written_in)


# What is missing


class _Gaps:
    def __init__(self, charter: Charter, overview: Overview) -> None:
        self._places = Places(charter)
        self._overview = overview

    def of(self, form: _Form, *, is_empty: bool) -> list[Gap]:
        """The first thing that a row lacks, of its own step; what other steps lack stands in their rows, so it fills a row only where nothing else does."""
        if form.key == "signed":  # no condition: a charter is ready before anybody has signed it
            return [self._gap(f) for f in self._overview.of("project") if f.code == "project.signatures"]
        found: dict[tuple[str, str], Finding] = {}
        for c in self._overview.conditions:
            for f in c.missing if c.number in form.conditions else ():
                found.setdefault((f.code, f.record), f)
        own = [f for f in found.values() if f.part == form.reads[0]]
        if form.key == "asked":  # the decision, before who answers for the project and what it is called
            own.sort(key=lambda f: f.field != "decision_asked")
        return [self._gap(f) for f in (own or list(found.values()) if is_empty else own)][:1]

    def _gap(self, finding: Finding) -> Gap:
        return Gap(finding.message, self._places.of(finding), finding.is_unknown)


def _flow(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces with a blank between them where a sentence needs one."""
    flowing: list[Piece] = []
    for piece in pieces:
        text = piece.text.strip()
        if text:
            flowing.append(replace(piece, text=text if not flowing or text[0] in ".,;:)" else f" {text}"))
    return tuple(flowing)


# Sentences


def _told(text: str, limit: int = SENTENCES) -> str:
    """The first whole sentences of a text that fit; of one that is too long its beginning."""
    line = " ".join(text.split())
    if len(line) > limit:
        ends = [m.end() for m in re.finditer(r"[.!?…](?=\s)", line) if m.end() <= limit]
        line = line[: ends[-1]] if ends else short(line, limit)
    return _ended(line)


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?…”" else f"{sentence}."


def _bare(sentence: str) -> str:
    """A sentence as a part of a longer one."""
    return " ".join(sentence.split()).rstrip(".")


def _person(text: str) -> str:
    """Who somebody is, without what they do: "Dana Lee, search" is Dana Lee."""
    return isolated(short(text.split(",", 1)[0], _NAME))


# The rows


def _asked(charter: Charter) -> Iterator[Piece]:
    project: Project = charter.project
    if not says(project, "decision_asked"):
        return
    decision, who = _told(project.decision_asked), _person(project.sponsor)
    if not who:
        yield Said(decision)
    elif _BEGINS_WITH_A_VERB.match(decision):
        yield Said(f"We ask {who} to {decision[0].lower()}{decision[1:]}")
    else:
        yield Said(f"We ask {who}: {decision}")


def _problem(charter: Charter) -> Iterator[Piece]:
    by_id = {p.id: p for p in charter.problems.problems}
    goal = next((g for g in top_goals(charter.problems) if g.problem in by_id), None)
    rest = sorted(begun(charter.problems.problems), key=lambda p: (p.rank is None, p.rank or 0))
    problem = by_id[goal.problem] if goal else next(iter(rest), None)
    if problem is None:
        return
    yield Said(_told(problem.statement))
    if problem.baseline_value is not None:
        yield from _numbers(problem, goal)


def _numbers(problem: Problem, goal: Goal | None) -> Iterator[Piece]:
    """The number of today and the wanted one: "Searches that fail: 21 % today, 12 % wanted by 1 Mar 2027"."""
    name, _, unit = problem.baseline_metric.rpartition(", in ")
    name, unit = (name, unit) if name and len(unit) <= 20 else (problem.baseline_metric, "")
    how = says(problem, "measured_how") or says(problem, "measured_on")
    yield Said(f"{isolated(_bare(short(name, _NAME)))}:" if name else "It stands at")
    yield Said(measured(problem.baseline_value or 0, unit), Look.MEASURED if how else Look.GUESS)
    if goal is None or goal.wanted is None:
        yield Said("today.")
        return
    by = f" by {day_words(goal.wanted_on)}" if goal.wanted_on else ""
    yield Said(f"today, {measured(goal.wanted, unit)} wanted{by}.")


def _idea(charter: Charter) -> Iterator[Piece]:
    one = chosen_idea(charter)
    if one is not None:
        # A name that the description begins with is not said twice.
        about = " ".join(one.description.split())
        name = "" if _bare(one.title).casefold() in about.casefold()[: len(one.title) + 20] else _ended(_bare(one.title))
        yield Said(name)
        yield Said(_told(about, SENTENCES - len(name)) if about else "")
        return
    ideas = begun(charter.solutions.solutions)
    if ideas:
        yield Said(f"{count(len(ideas), 'idea')} so far: {listed((short(i.title, 60) for i in ideas), 3)}.")


_CAN = {
    Opinion.FEASIBLE: "Yes.",
    Opinion.DOUBTFUL: "Perhaps.",
    Opinion.NOT_FEASIBLE: "No.",
    Opinion.TOO_LITTLE: "Nobody knows yet.",
}


def _can(charter: Charter) -> Iterator[Piece]:
    one, feasibility = chosen_idea(charter), charter.feasibility
    if one is None:
        return
    stated = next((v for v in feasibility.verdicts if v.solution == one.id and v.opinion), None)
    if stated is not None and stated.opinion:
        look = (
            Look.UNKNOWN
            if stated.opinion is Opinion.TOO_LITTLE
            else Look.MEASURED
            if _is_measured(one, feasibility)
            else Look.GUESS
        )
        yield Said(_CAN[stated.opinion], look)
        yield Said(_told(stated.reason))
        return
    found = judged(one, feasibility, last_added(feasibility), is_chosen=True)
    if found.pieces:
        yield Said(f"By the evidence so far: {found.ruling.opinion.label.lower()}.", Look.GUESS)


def _is_measured(one: Solution, feasibility: Feasibility) -> bool:
    return any(e.solution == one.id and e.grade in (Grade.PILOT, Grade.MEASURED) for e in feasibility.evidence)


def _worth(charter: Charter) -> Iterator[Piece]:
    if not (charter.value.benefits or charter.value.costs):
        return
    from scoping.value import words  # with numpy, which nothing else here needs
    from scoping.value.valuation import simulated, valuation

    worth = valuation(charter)
    plan, code = worth.of_chosen, worth.currency
    if not plan.counted:
        return
    npv, rough = simulated(plan).npv, words.is_rough(plan)
    told = words.interval(npv, code, rough=rough)
    yield Said(capital(told), Look.GUESS if rough else Look.PLAIN)
    yield Said(f"over {words.years(plan)} in 8 of 10 cases, after all costs{'; it rests on guesses' if rough else ''}.")


_RIGHT = {EthicsKind.OPEN: "Looked at, not settled yet", EthicsKind.FIRST_IMPRESSION: "A first impression only"}


def _right(charter: Charter) -> Iterator[Piece]:
    now = state(charter.ethics)
    if now.kind is not EthicsKind.NOT_ASSESSED:
        yield Said(_ended(_RIGHT.get(now.kind, now.label)), Look.PLAIN if now.kind is EthicsKind.CLEARED else Look.UNKNOWN)
    promises = [r.mitigation for r in charter.ethics.risks if says(r, "mitigation")]
    if promises:
        yield Said(f"Promised: {_ended(listed((_bare(short(p, 120)) for p in promises), 2))}")


def _data(charter: Charter) -> Iterator[Piece]:
    sources = chosen_sources(charter.data_sources)
    at_hand = [s for s in sources if s.days == 0 and not s.cost]
    to_get = [s for s in sources if s not in at_hand]
    for words, group in (("At hand", at_hand), ("To get", to_get)):
        if group:
            yield Said(f"{words}: {listed(map(_source, group), _SOURCES)}.")


def _source(source: Source) -> str:
    figures = [
        measured(source.amount, short(source.unit, 30)) if source.amount is not None else "",
        money.words(source.cost, source.currency) if source.cost else "",
        count(source.days, "day") if source.days else "",
    ]
    told = ", ".join(filter(None, figures))
    return f"{short(source.title, _NAME)} ({told})" if told else short(source.title, _NAME)


def _plan(charter: Charter) -> Iterator[Piece]:
    written = {m.id for m in begun(charter.milestones.milestones)}
    dated = [m for m in plans.in_order(charter.milestones) if m.id in written and m.due]
    if dated:
        told = _ended(listed(map(_milestone, dated), _MILESTONES))
        yield Said(capital(told))
    yield from _going_live(charter.rollout)


def _milestone(milestone: Milestone) -> str:
    # "Proof of concept: one rule, measured" is the proof of concept.
    name = _bare(short(_CLAUSE.split(milestone.title, maxsplit=1)[0], _NAME))
    if milestone.reached_on:
        return f"{name} reached on {day_words(milestone.reached_on)}"
    return f"{name} by {day_words(milestone.due or date.min)}"


def _going_live(rollout: Rollout) -> Iterator[Piece]:
    match rollout.pattern:
        case Pattern.SHADOW:
            yield Said("At first it runs along unseen and decides nothing.")
        case Pattern.CANARY if (share := rollout.first_share) is not None:
            yield Said(f"It goes live with {in_percent(share)} first.")
        case Pattern.BLUE_GREEN:
            yield Said("Old and new stand side by side, to switch and to switch back.")


def _stop(charter: Charter) -> Iterator[Piece]:
    first, launch = first_and_launch(charter.milestones)
    at = first or launch
    if at is None:
        return
    if says(at, "kill_criteria"):
        yield Said(_told(at.kill_criteria))
    if says(at, "decider"):
        yield Said(f"{_person(at.decider)} decides.")


def _signed(charter: Charter) -> Iterator[Piece]:
    asked = [s for s in charter.project.signatures if s.name.strip() or s.role.strip()]
    done = [s for s in asked if s.signed_on]
    waiting = [_signer(s) for s in asked if not s.signed_on]
    if done:
        yield Said(_ended("; ".join(f"{_signer(s)} on {day_words(s.signed_on)}" for s in done if s.signed_on)), Look.MEASURED)
    if waiting:
        names = in_a_row(waiting)
        yield Said(f"Not yet: {names}." if done else f"Nobody yet. {names} will be asked.", Look.UNKNOWN)


def _signer(signature: Signature) -> str:
    return _person(signature.name) or f"the {_person(signature.role).lower()}"


@dataclass(frozen=True, kw_only=True)
class _Form:
    """How a row is made.

    Attributes:
        write: what it says of a charter.
        reads: slugs of the parts that it is read from; its gaps are put right in the first of them.
        conditions: whose missing things are its gaps.
    """

    key: str
    title: str
    write: Callable[[Charter], Iterator[Piece]]
    reads: tuple[str, ...]
    conditions: tuple[int, ...] = ()
    written_in: tuple[str, ...] = ()

    def said(self, charter: Charter) -> tuple[Piece, ...]:
        return tuple(self.write(charter))


def _form(
    key: str, title: str, write: Callable[[Charter], Iterator[Piece]], reads: tuple[str, ...], **given: tuple[Any, ...]
) -> _Form:
    return _Form(key=key, title=title, write=write, reads=reads, **given)


_ROWS = (
    _form("asked", "What is asked", _asked, ("project",), conditions=(9,), written_in=("project//",)),
    _form("problem", "Problem", _problem, ("problems",), conditions=(1, 2, 3), written_in=("problems",)),
    _form("idea", "Idea", _idea, ("solutions",), conditions=(4, 5, 6, 7), written_in=("solutions",)),
    _form("can", "Can it work?", _can, ("feasibility", "solutions"), conditions=(6, 7), written_in=("feasibility",)),
    _form(
        "worth",
        "Worth it?",
        _worth,
        ("value", "project", "solutions", "data_sources", "milestones"),
        conditions=(8, 9),
        written_in=("value",),
    ),
    _form("right", "Is it right?", _right, ("ethics",), conditions=(10, 11), written_in=("ethics",)),
    _form("data", "Data", _data, ("data_sources",), conditions=(12, 13), written_in=("data_sources",)),
    _form("plan", "Plan", _plan, ("milestones", "rollout"), conditions=(14, 16), written_in=("milestones", "rollout")),
    _form("stop", "Stop if", _stop, ("milestones",), conditions=(15,)),
    _form("signed", "Signed by", _signed, ("project",), written_in=("project/signatures",)),
)


# What is asked of people


def decisions(charter: Charter) -> Iterator[Decision]:
    """What is asked of the sponsor, then what nobody knows yet, the earliest first."""
    project: Project = charter.project
    if says(project, "decision_asked"):
        yield Decision(_told(project.decision_asked, 120), _person(project.sponsor), None, Place("project", field="decision_asked"))
    still_open = [a for a in begun(project.assumptions) if a.state in (None, AssumptionState.OPEN)]
    for a in sorted(still_open, key=_due):
        yield Decision(_told(a.statement, 120), _person(a.owner), a.due, Place("project", "assumptions", a.id, "state"))


def _due(assumption: Assumption) -> date:
    return assumption.due or date.max
