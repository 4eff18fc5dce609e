"""The milestones of projects as the database knows them; no charter is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

from scoping.milestones.baseline import Frozen, thaw
from scoping.milestones.possible import AHEAD
from scoping.milestones.status import SETTLED, State
from scoping.portfolio.timeline import Entry, Share
from scoping.sections.milestones import Baseline
from storage.portfolio import health as standings
from storage.portfolio.health import HEALTH, STATES
from storage.tables import TABLES, CharterRow, table_of

_charter = table_of(CharterRow)
_milestone = TABLES[("milestones", "milestones")]
_assignment = TABLES[("milestones", "assignments")]
_people = TABLES[("milestones", "people")]
_baseline = TABLES[("milestones", "baselines")]
_rollout = TABLES[("rollout", "")]


@dataclass(frozen=True)
class Listed:
    """Milestones in the order of their due dates, and how many there are in all."""

    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A milestone in the timeline of its project.

    Attributes:
        signed_for: the day it was frozen with.
    """

    id: str
    title: str
    owner: str
    start: date | None
    due: date | None
    signed_for: date | None
    state: State


@dataclass(frozen=True)
class Booked:
    """What is booked in a time.

    Attributes:
        uncounted: assignments whose share, person or dates are not known.
    """

    shares: tuple[Share, ...]
    uncounted: int


def open_ones(connection: Connection, *, today: date, limit: int) -> Listed:
    """The first open milestones of projects that are not archived, by due date."""
    fits = [_milestone.c.removed == 0, _charter.c.archived == 0, _is_open(today)]
    joined = _standing(today)
    # Ids alone first: indexes hold nearly all that it takes to order them, and the rows passed over on the way are wide.
    key = (_milestone.c.project_id, _milestone.c.id)
    order = (_milestone.c.due.is_(None), _milestone.c.due, _charter.c.name_key, _milestone.c.project_id, _milestone.c.row_order)
    ids = select(*key).select_from(joined).where(*fits).order_by(*order).limit(limit)
    columns = ("project_id", "id", "deliverable", "owner", "due")
    of_health = (HEALTH.c.word, HEALTH.c.reason, HEALTH.c.late_since)
    told = select(*(_milestone.c[name] for name in columns), _charter.c.name, STATES.c.state, *of_health)
    told = told.select_from(joined.outerjoin(HEALTH, standings.is_of(today)))
    total = connection.execute(select(func.count()).select_from(joined).where(*fits)).scalar_one()
    page = [tuple(row) for row in connection.execute(ids)]
    rows = {(row.project_id, row.id): row for row in connection.execute(told.where(tuple_(*key).in_(page)))}
    return Listed(total, tuple(_entry(rows[i], today) for i in page if i in rows))


def _standing(today: date) -> Any:
    """Milestones with their project and the state in which they are today."""
    same = (STATES.c.project_id == _milestone.c.project_id, STATES.c.milestone == _milestone.c.id)
    joined = _milestone.join(_charter, _charter.c.id == _milestone.c.project_id)
    return joined.join(STATES, and_(*same, standings.is_on(STATES, today)))


def of_projects(connection: Connection, projects: Sequence[str], today: date) -> dict[str, tuple[Planned, ...]]:
    """The milestones of some projects in the order of their plans, with the days that were signed, by project."""
    here = _milestone.c
    columns = (here.project_id, here.id, here.deliverable, here.owner, here.start, here.due, STATES.c.state)
    fits = (here.project_id.in_(projects), here.removed == 0)
    found = connection.execute(select(*columns).select_from(_standing(today)).where(*fits).order_by(here.row_order)).all()
    frozen = _frozen(connection, projects)
    of_project: dict[str, list[Planned]] = {project: [] for project in projects}
    for row in found:
        promised = frozen[row.project_id].of(row.id) if row.project_id in frozen else None
        of_project[row.project_id].append(
            Planned(
                id=row.id,
                title=titled(row.deliverable),
                owner=row.owner,
                start=row.start,
                due=row.due,
                signed_for=promised.due if promised else None,
                state=State(row.state),
            )
        )
    return {project: tuple(rows) for project, rows in of_project.items()}


def _frozen(connection: Connection, projects: Sequence[str]) -> dict[str, Frozen]:
    """The plan of each project as it was frozen last."""
    kept = _baseline.c
    query = select(kept.project_id, kept.plan).where(kept.project_id.in_(projects), kept.removed == 0)
    plans = connection.execute(query.order_by(kept.frozen_on, kept.row_order))
    read = {project: thaw(Baseline(id="frozen", plan=plan)) for project, plan in plans}
    return {project: plan for project, plan in read.items() if plan}


def booked(connection: Connection, today: date, last: date) -> Booked:
    """How much of whom the open milestones take from today until a day, over all projects."""
    person, of = _people, _assignment.c
    joined = (
        _standing(today)
        .join(_assignment, and_(_milestone.c.project_id == of.project_id, _milestone.c.id == of.milestone))
        .outerjoin(person, and_(person.c.project_id == of.project_id, person.c.id == of.person, person.c.removed == 0))
    )
    fits = (of.removed == 0, _charter.c.archived == 0, _milestone.c.removed == 0, _is_open(today))
    start, due, name = _milestone.c.start, _milestone.c.due, person.c.name
    known = and_(of.share.is_not(None), start.is_not(None), due.is_not(None), func.coalesce(name, "") != "")
    query = select(name, of.share, start, due, _charter.c.name, of.project_id).select_from(joined)
    shares = tuple(
        Share(person=who, share=share, start=begin, due=end, project=project, project_id=project_id)
        for who, share, begin, end, project, project_id in connection.execute(
            query.where(*fits, known, due >= today, start <= last)
        )
    )
    uncounted = connection.execute(select(func.count()).select_from(joined).where(*fits, ~known)).scalar_one()
    return Booked(shares, uncounted)


def _is_open(today: date) -> ColumnElement[bool]:
    return and_(STATES.c.state.in_([state.value for state in State if state not in SETTLED]), _is_going_on(today))


def _is_going_on(today: date) -> ColumnElement[bool]:
    """Whether the project is not closed: nothing is expected of it any more."""
    closed = select(_rollout.c.project_id).where(_rollout.c.closed_on <= min(today, date.max - AHEAD) + AHEAD)
    return _milestone.c.project_id.not_in(closed)


def _entry(row: Any, today: date) -> Entry:
    return Entry(
        project_id=row.project_id,
        project=row.name,
        id=row.id,
        title=titled(row.deliverable),
        owner=row.owner,
        due=row.due,
        state=State(row.state),
        health=standings.read(row, today),
    )


def titled(deliverable: str) -> str:
    """What a milestone is called."""
    return deliverable.strip() or "Milestone without a name"
