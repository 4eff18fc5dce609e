"""The charter on one page: sentences that a sponsor can repeat, and at its place each thing that is still missing.

What is missing is told in the words of the conditions that it takes to sign; nothing here has words of its own for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from scoping.charter import PARTS, Charter
from scoping.document import sentences
from scoping.document.sentences import Said, person, still_open, told
from scoping.findings import Finding
from scoping.lacking import says
from scoping.places import Place, Places
from scoping.review import Overview
from scoping.sections.project import Project

_DECISIONS = 4
_COST = "value.no_cost"


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

    @property
    def says_something(self) -> bool:
        """Whether anybody has written what a row could tell."""
        return any(isinstance(piece, Said) for row in (self.asked, *self.rows) for piece in row.pieces)


def one_page(charter: Charter, overview: Overview) -> OnePage:
    """Write the page. It depends on the charter alone, not on the day on which it is read."""
    gaps = _Gaps(charter, overview)
    asked, *rows = (_made(form, overview.judged.once(form, form.reads, form.said), gaps) for form in _ROWS)
    return OnePage(asked, tuple(row for row in rows if row.pieces), tuple(decisions(charter))[:_DECISIONS])


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
        # What lacks of the costs stands in their row, and nowhere else.
        own = [f for f in own if (f.code == _COST) == (form.key == "cost")]
        if form.key == "asked":  # the decision, before who answers for the project and what it is called
            own.sort(key=lambda f: f.field != "decision_asked")
        others = [f for f in found.values() if f.part != form.reads[0]] if is_empty else []
        return [self._gap(f) for f in own or others][:1]

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


_MONEY = ("value", "project", "solutions", "data_sources", "milestones")
_ROWS = (
    _form("asked", "What is asked", sentences.asked, ("project",), conditions=(9,), written_in=("project//",)),
    _form("problem", "Problem", sentences.problem, ("problems",), conditions=(1, 2, 3), written_in=("problems",)),
    _form("idea", "Idea", sentences.idea, ("solutions",), conditions=(4, 5, 6, 7), written_in=("solutions",)),
    _form("can", "Can it work?", sentences.can, ("feasibility", "solutions"), conditions=(6, 7), written_in=("feasibility",)),
    _form("worth", "Worth it?", sentences.worth, _MONEY, conditions=(8, 9), written_in=("value/rungs", "value/benefits")),
    _form("cost", "What it costs", sentences.cost, _MONEY, conditions=(9,), written_in=("value/costs",)),
    _form("right", "Is it right?", sentences.right, ("ethics",), conditions=(10, 11), written_in=("ethics",)),
    _form("data", "Data", sentences.data, ("data_sources",), conditions=(12, 13), written_in=("data_sources",)),
    _form("plan", "Plan", sentences.plan, ("milestones", "rollout"), conditions=(14, 16), written_in=("milestones", "rollout")),
    _form("stop", "Stop if", sentences.stop, ("milestones",), conditions=(15,)),
    _form("open", "Not known yet", sentences.not_known, tuple(part.slug for part in PARTS), written_in=("project/assumptions",)),
    _form("signed", "Signed by", sentences.signed, ("project",), written_in=("project/signatures",)),
)


# What is asked of people


def decisions(charter: Charter) -> Iterator[Decision]:
    """What is asked of the sponsor, then what nobody knows yet, the earliest first."""
    project: Project = charter.project
    if says(project, "decision_asked"):
        yield Decision(told(project.decision_asked, 120), person(project.sponsor), None, Place("project", field="decision_asked"))
    for a in still_open(project):
        yield Decision(told(a.statement, 120), person(a.owner), a.due, Place("project", "assumptions", a.id, "state"))
