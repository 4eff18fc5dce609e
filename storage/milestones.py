"""The milestones of all projects, found, filtered and paged by the database; no charter is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select, tuple_, type_coerce
from sqlalchemy.types import Text

from scoping import status
from scoping.portfolio_timeline import RISKY_CONFIDENCE, SETTLED, Entry, Share, State
from scoping.section import Record, questions
from scoping.sections.milestones import Milestone, Reading, Target
from storage.tables import TABLES, CharterRow, table_of

Kept = TypeVar("Kept", bound=Record)

_charter = table_of(CharterRow)
_milestone = TABLES[("milestones", "milestones")]
_checkin = TABLES[("milestones", "checkins")]
_assignment = TABLES[("milestones", "assignments")]
_people = TABLES[("milestones", "people")]
_target = TABLES[("milestones", "targets")]
_reading = TABLES[("milestones", "readings")]
_other, _later = _milestone.alias("other"), _checkin.alias("later")
_UNNAMED = "Milestone without a name"


class Which(StrEnum):
    """Which milestones are asked for."""

    OPEN = "open"
    LATE = "late"
    AT_RISK = "at_risk"
    THIS_MONTH = "this_month"
    SETTLED = "settled"
    ALL = "all"


@dataclass(frozen=True)
class Listed:
    """One page of milestones in the order of their due dates, and how many fit in all."""

    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Booked:
    """What is booked in a time.

    Attributes:
        uncounted: assignments whose share, person or dates are not known.
    """

    shares: tuple[Share, ...]
    uncounted: int


def listed(connection: Connection, *, today: date, which: Which, owner: str | None, search: str, offset: int, limit: int) -> Listed:
    """One page of the milestones of projects that are not archived.

    Args:
        owner: exactly as written; None for all.
        search: words of the deliverable, its owner or the name of the project.
    """
    fits = [_milestone.c.removed == 0, _charter.c.archived == 0, *_which(which, today)]
    if owner is not None:
        fits.append(_milestone.c.owner == owner)
    fits += [_says(word) for word in search.split()]
    joined = _milestone.join(_charter, _charter.c.id == _milestone.c.project_id)
    total = connection.execute(select(func.count()).select_from(joined).where(*fits)).scalar_one()
    order = (_milestone.c.due.is_(None), _milestone.c.due, _charter.c.name_key, _milestone.c.project_id, _milestone.c.row_order)
    columns = ("project_id", "id", "deliverable", "owner", "start", "due", "reached_on", "gate", "gate_on")
    query = select(*(_milestone.c[name] for name in columns), _charter.c.name).select_from(joined).where(*fits).order_by(*order)
    found = connection.execute(query.offset(offset).limit(limit)).all()
    states = _states(connection, [(row.project_id, row.id) for row in found], today)
    measured = _measured(connection, found, today)
    return Listed(
        total, tuple(_entry(row, states[row.project_id, row.id], measured.get((row.project_id, row.id), "")) for row in found)
    )


def _measured(connection: Connection, found: Sequence[Any], today: date) -> dict[tuple[str, str], str]:
    """How some milestones stand by the readings of their targets, as on the page of their project."""
    of_them = tuple_(_target.c.project_id, _target.c.milestone).in_([(row.project_id, row.id) for row in found])
    targets: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for row in connection.execute(select(_target).where(_target.c.removed == 0, of_them)).mappings():
        targets[row["project_id"], row["milestone"]].append(_record(Target, row))
    if not targets:
        return {}
    joined = _reading.join(_target, and_(_target.c.project_id == _reading.c.project_id, _target.c.id == _reading.c.target))
    of_targets = select(_reading).select_from(joined).where(_reading.c.removed == 0, _target.c.removed == 0, of_them)
    readings: dict[str, list[Reading]] = defaultdict(list)
    for row in connection.execute(of_targets).mappings():
        readings[row["project_id"]].append(_record(Reading, row))
    said = {}
    for row in found:
        if own := targets.get((row.project_id, row.id)):
            answers = {n: getattr(row, n) for n in ("id", "deliverable", "owner", "start", "due", "reached_on", "gate", "gate_on")}
            milestone = Milestone.model_validate(answers)
            standing = [status.of_target(target, milestone, readings[row.project_id], today) for target in own]
            state = status.of_milestone(milestone, standing, today).state
            said[row.project_id, row.id] = f"{status.SIGNS[state]} {state.label}"
    return said


def _record(model: type[Kept], row: Mapping[Any, Any]) -> Kept:
    return model.model_validate({"id": row["id"], "unknown": row["unknown"], **{q.name: row[q.name] for q in questions(model)}})


def _states(connection: Connection, keys: list[tuple[str, str]], today: date) -> dict[tuple[str, str], State]:
    """The states of some milestones, asked apart: they look at other rows, and sorting would ask for those of all."""
    key = (_milestone.c.project_id, _milestone.c.id)
    query = select(*key, _state(today)).where(tuple_(*key).in_(keys))
    return {(project, milestone): State(state) for project, milestone, state in connection.execute(query)}


def owners(connection: Connection) -> tuple[str, ...]:
    """Everybody who answers for a milestone, by name."""
    joined = _milestone.join(_charter, _charter.c.id == _milestone.c.project_id)
    fits = (_milestone.c.removed == 0, _charter.c.archived == 0, _milestone.c.owner != "")
    query = select(_milestone.c.owner).select_from(joined).where(*fits).distinct()
    return tuple(sorted(connection.execute(query).scalars(), key=lambda name: (name.casefold(), name)))


def booked(connection: Connection, today: date, last: date) -> Booked:
    """How much of whom the open milestones take from today until a day, over all projects."""
    person, of = _people, _assignment.c
    joined = (
        _assignment.join(_charter, _charter.c.id == of.project_id)
        .join(_milestone, and_(_milestone.c.project_id == of.project_id, _milestone.c.id == of.milestone))
        .outerjoin(person, and_(person.c.project_id == of.project_id, person.c.id == of.person, person.c.removed == 0))
    )
    fits = (of.removed == 0, _charter.c.archived == 0, _milestone.c.removed == 0, _is_open(today))
    start, due, name = _milestone.c.start, _milestone.c.due, person.c.name
    known = and_(of.share.is_not(None), start.is_not(None), due.is_not(None), func.coalesce(name, "") != "")
    query = select(name, of.share, start, due, _charter.c.name.label("project")).select_from(joined)
    shares = tuple(Share(*row) for row in connection.execute(query.where(*fits, known, due >= today, start <= last)))
    uncounted = connection.execute(select(func.count()).select_from(joined).where(*fits, ~known)).scalar_one()
    return Booked(shares, uncounted)


def _which(which: Which, today: date) -> Iterator[ColumnElement[bool]]:
    match which:
        case Which.OPEN:
            yield _is_open(today)
        case Which.SETTLED:
            yield ~_is_open(today)
        case Which.LATE:
            yield _is_late(_milestone, today)
        case Which.AT_RISK:
            yield _is_open(today)
            yield _milestone.c.due >= today
            yield _is_at_risk(today)
        case Which.THIS_MONTH:
            first = today.replace(day=1)
            yield _milestone.c.due.between(first, _last_of_month(first))


def _last_of_month(first: date) -> date:
    if (first.year, first.month) == (date.max.year, date.max.month):
        return date.max
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word stands in a milestone, in any case: SQLite knows upper and lower case of English letters only."""
    spellings = (word,) if word.isascii() else dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    texts = (_milestone.c.deliverable, _milestone.c.owner)
    named = _charter.c.name_key.contains(word.casefold(), autoescape=True)
    return or_(named, *(text.icontains(spelling, autoescape=True) for text in texts for spelling in spellings))


# The rules of scoping.portfolio_timeline.RULES


def _is_stopped(row: Any) -> ColumnElement[bool]:
    stopped: ColumnElement[bool] = func.coalesce(row.c.gate, "") == "stop"
    return stopped


def _is_done(row: Any, today: date) -> ColumnElement[bool]:
    return and_(row.c.reached_on.is_not(None), row.c.reached_on <= today)


def _is_open(today: date) -> ColumnElement[bool]:
    return ~or_(_is_stopped(_milestone), _is_done(_milestone, today))


def _is_late(row: Any, today: date) -> ColumnElement[bool]:
    return and_(row.c.due.is_not(None), row.c.due < today, ~or_(_is_stopped(row), _is_done(row, today)))


def _is_at_risk(today: date) -> ColumnElement[bool]:
    """Of an open milestone that is not late."""
    return or_(_waits_for_a_late_one(today), and_(_is_the_next(today), _is_doubted()))


def _waits_for_a_late_one(today: date) -> ColumnElement[bool]:
    text = type_coerce(_milestone.c.depends_on, Text)
    without = func.replace(text, '"' + _other.c.id + '"', "")
    same = (_other.c.project_id == _milestone.c.project_id, _other.c.removed == 0)
    return exists().where(*same, _is_late(_other, today), without != text)


def _is_the_next(today: date) -> ColumnElement[bool]:
    same = (_other.c.project_id == _milestone.c.project_id, _other.c.removed == 0)
    still_open = ~or_(_is_stopped(_other), _is_done(_other, today))
    return ~exists().where(*same, still_open, _other.c.due >= today, _other.c.due < _milestone.c.due)


def _is_doubted() -> ColumnElement[bool]:
    """Whether the last check-in of the project was not sure."""
    same = (_later.c.project_id == _checkin.c.project_id, _later.c.removed == 0, _later.c.held_on > _checkin.c.held_on)
    of_project = (_checkin.c.project_id == _milestone.c.project_id, _checkin.c.removed == 0, _checkin.c.held_on.is_not(None))
    return exists().where(*of_project, _checkin.c.confidence <= RISKY_CONFIDENCE, ~exists().where(*same))


def _state(today: date) -> ColumnElement[str]:
    row = _milestone
    return case(
        (_is_stopped(row), State.STOPPED.value),
        (_is_done(row, today), State.DONE.value),
        (row.c.due.is_(None), State.UNDATED.value),
        (row.c.due < today, State.LATE.value),
        (_is_at_risk(today), State.AT_RISK.value),
        (or_(row.c.start.is_(None), row.c.start > today), State.AHEAD.value),
        else_=State.RUNNING.value,
    )


def _entry(row: Any, state: State, measured: str) -> Entry:
    title = row.deliverable.strip() or _UNNAMED
    reached = row.reached_on if state in SETTLED else None
    return Entry(row.project_id, row.name, row.id, title, row.owner, row.start, row.due, reached, state, measured)
