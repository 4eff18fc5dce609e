"""All projects at once: the pages of the portfolio, milestones across projects, ratings, and what is kept for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Row, case, func, select, update

from scoping.charter import Charter
from scoping.health import Health, Word
from scoping.sections.project import Rating
from storage import health as standings
from storage import milestones as plans
from storage.engine import Transactions
from storage.history import Stamp
from storage.rows import Columns
from storage.tables import TABLES, CharterRow, SettingRow, table_of

KEPT_ANSWERS = 64
"""How many answers about all projects are kept in memory, until any project changes."""

Result = TypeVar("Result")
_charter, _setting = table_of(CharterRow), table_of(SettingRow)
_milestone = TABLES[("milestones", "milestones")]
_rating = TABLES[("project", "ratings")]
_health = standings.HEALTH


class Sort(StrEnum):
    """The orders of the portfolio."""

    HEALTH = "health"
    RECENT = "recent"
    NAME = "name"
    TO_SIGN = "to_sign"
    DUE = "due"


@dataclass(frozen=True)
class Due:
    """The next milestone of a project."""

    title: str
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Card:
    """A project as the portfolio shows it.

    Attributes:
        met: how many of the conditions for signing are met.
        health: of the day that was asked for; None while it is not worked out yet.
    """

    project_id: str
    name: str
    owner: str
    met: int
    is_archived: bool
    stamp: Stamp
    next_milestone: Due | None
    health: Health | None


@dataclass(frozen=True)
class Found:
    """One page of the portfolio, and how many projects fit in all."""

    total: int
    cards: tuple[Card, ...]


class Portfolio:
    """What is asked about all projects; no charter is read for it."""

    def __init__(self, transact: Transactions) -> None:
        self._transact = transact
        self._lock = threading.Lock()
        self._seen: object = None
        self._answers: dict[tuple[Any, ...], Any] = {}

    def setting(self, name: str) -> dict[str, Any]:
        """What was kept for the whole portfolio under a name; empty when nothing was."""
        query = select(_setting.c.value).where(_setting.c.name == name)
        return self._transact.read(lambda connection: connection.execute(query).scalar() or {})

    def keep_setting(self, name: str, changes: dict[str, Any]) -> None:
        """Keep plain values for the whole portfolio, entry by entry: what is not named stays as somebody else left it.

        Args:
            changes: new values; None takes an entry away, an object is carried over entry by entry too.
        """
        row = self._transact.upsert(_setting).values(name=name, value={})
        of_name = _setting.c.name == name

        def work(connection: Connection) -> None:
            connection.execute(row.on_conflict_do_nothing(index_elements=["name"]))
            now = connection.execute(select(_setting.c.value).where(of_name).with_for_update()).scalar_one()
            connection.execute(update(_setting).where(of_name).values(value=_carried_over(now, changes)))

        self._transact.write(work)

    def is_empty(self) -> bool:
        """Whether no project was ever kept here, not even one that is archived now."""
        query = select(_charter.c.id).limit(1)
        return self._transact.read(lambda connection: connection.execute(query).first()) is None

    def page(
        self,
        *,
        today: date,
        search: str = "",
        health: Word | None = None,
        archived: bool = False,
        sort: Sort = Sort.RECENT,
        offset: int = 0,
        limit: int = 50,
    ) -> Found:
        """One page of projects.

        Args:
            today: milestones due from this day on count as the next ones.
            search: words of the name or the owner, in any case.
            health: of that day; None for all.
        """
        fits = [_charter.c.archived == int(archived)]
        fits += [_charter.c.search_key.contains(word, autoescape=True) for word in search.casefold().split()]
        if health is not None:
            fits.append(_health.c.word == health.value)
        coming = (
            select(func.min(_milestone.c.due)).where(_is_next(today), _milestone.c.project_id == _charter.c.id).scalar_subquery()
        )
        joined = _charter.outerjoin(_health, standings.is_of(today))
        rank = case({word.value: place for place, word in enumerate(Word)}, value=_health.c.word, else_=len(Word))
        order = {
            Sort.HEALTH: (rank, _health.c.late_since.is_(None), _health.c.late_since, _charter.c.saved_at.desc()),
            Sort.RECENT: (_charter.c.saved_at.desc(),),
            Sort.NAME: (_charter.c.name_key,),
            Sort.TO_SIGN: (_charter.c.met.desc(), _charter.c.name_key),
            Sort.DUE: (coming.is_(None), coming, _charter.c.name_key),
        }[sort]
        found_in = _charter if health is None and sort is not Sort.HEALTH else joined
        # Ids alone first: indexes hold all that it takes to order them, and the rows passed over on the way are wide.
        ids = select(_charter.c.id).select_from(found_in).where(*fits).order_by(*order, _charter.c.id).offset(offset).limit(limit)
        told = select(_charter, _health.c.word, _health.c.reason, _health.c.late_since).select_from(joined)

        def work(connection: Connection) -> Found:
            counted = _charter if health is None else joined
            total = connection.execute(select(func.count()).select_from(counted).where(*fits)).scalar_one()
            page = connection.execute(ids).scalars().all()
            rows = {row.id: row for row in connection.execute(told.where(_charter.c.id.in_(page)))}
            due = _next_milestones(connection, page, today)
            return Found(total, tuple(_card(rows[i], due.get(i), today) for i in page if i in rows))

        return self._transact.read(work)

    def milestones(
        self,
        *,
        today: date,
        which: plans.Which = plans.Which.OPEN,
        owner: str | None = None,
        search: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> plans.Listed:
        """One page of the milestones of all projects, by due date; those that are archived are left out."""
        options: dict[str, Any] = {
            "today": today,
            "which": which,
            "owner": owner,
            "search": search,
            "offset": offset,
            "limit": limit,
        }
        return self._until_a_change(("milestones", *options.values()), partial(plans.listed, **options))

    def milestone_owners(self) -> tuple[str, ...]:
        """Everybody who answers for a milestone."""
        return self._until_a_change(("owners",), plans.owners)

    def booked(self, today: date, last: date) -> plans.Booked:
        """How much of whom is booked from today until a day, over all projects."""
        return self._until_a_change(("booked", today, last), partial(plans.booked, today=today, last=last))

    def _until_a_change(self, question: tuple[Any, ...], ask: Callable[[Connection], Result]) -> Result:
        """An answer about all projects, kept until any of them changes: every save raises one of their numbers."""

        def work(connection: Connection) -> Result:
            seen = tuple(connection.execute(select(func.count(), func.sum(_charter.c.number))).one())
            with self._lock:
                if self._seen != seen:
                    self._seen, self._answers = seen, {}
                kept = self._answers
            if question in kept:
                return cast("Result", kept[question])
            answer = ask(connection)
            with self._lock:
                if len(kept) < KEPT_ANSWERS:
                    kept[question] = answer
            return answer

        return self._transact.read(work)

    def ratings(self, projects: Sequence[str]) -> dict[str, tuple[Rating, ...]]:
        """The ratings of many projects at once, by project."""
        query = select(_rating).where(_rating.c.project_id.in_(projects), _rating.c.removed == 0).order_by(_rating.c.row_order)

        def work(connection: Connection) -> dict[str, tuple[Rating, ...]]:
            of_project: dict[str, list[Rating]] = {project: [] for project in projects}
            for row in connection.execute(query).mappings():
                of_project[row["project_id"]].append(Rating.model_validate({name: row[name] for name in Rating.model_fields}))
            return {project: tuple(ratings) for project, ratings in of_project.items()}

        return self._transact.read(work)


def summary(charter: Charter, met: int) -> Columns:
    """What the portfolio shows, kept beside the charter so that a list of projects reads no parts."""
    owner = charter.project.owner.strip()
    return {
        "name": charter.name,
        "name_key": charter.name.casefold(),
        "owner": owner,
        "search_key": f"{charter.name} {owner}".casefold(),
        "met": met,
    }


def _is_next(today: date) -> ColumnElement[bool]:
    return (_milestone.c.removed == 0) & (_milestone.c.due >= today)


def _next_milestones(connection: Connection, projects: Sequence[str], today: date) -> dict[str, Due]:
    columns = (_milestone.c.project_id, _milestone.c.deliverable, _milestone.c.owner, _milestone.c.due)
    query = (
        select(*columns)
        .where(_milestone.c.project_id.in_(projects), _is_next(today))
        .order_by(_milestone.c.due, _milestone.c.row_order)
    )
    first_due: dict[str, Due] = {}
    for row in connection.execute(query):
        first_due.setdefault(row.project_id, Due(row.deliverable or "Milestone without a name", row.owner, row.due))
    return first_due


def _card(row: Row[Any], due: Due | None, today: date) -> Card:
    return Card(
        project_id=row.id,
        name=row.name,
        owner=row.owner,
        met=row.met,
        is_archived=bool(row.archived),
        stamp=Stamp(row.number, row.saved_at, row.saved_by),
        next_milestone=due,
        health=standings.read(row, today),
    )


def _carried_over(now: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Plain values with some entries changed, at every depth."""
    merged = dict(now)
    for name, value in changes.items():
        if isinstance(value, dict):
            before = merged.get(name)
            merged[name] = _carried_over(before if isinstance(before, dict) else {}, value)
        elif value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged
