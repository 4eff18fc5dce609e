"""All projects at once: the pages of the portfolio, milestones across projects, ratings, and what is kept for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from scoping.charter import Charter
from scoping.ethics.state import EthicsKind
from scoping.health import FINAL, Health, Word
from scoping.portfolio.figures import CanWork, Figures
from scoping.portfolio.sums import Sum
from scoping.sections.project import Rating
from storage.engine import Transactions
from storage.history import Stamp
from storage.portfolio import health as standings
from storage.portfolio import plans, said
from storage.rows import Columns
from storage.tables import TABLES, CharterRow, SettingRow, table_of

KEPT_ANSWERS = 64
"""How many answers about all projects are kept in memory, until any project changes."""
KEPT_OUTCOMES = 16
"""How much that was worked out of one of them is kept with it."""

Result = TypeVar("Result")
_charter, _setting = table_of(CharterRow), table_of(SettingRow)
_milestone = TABLES[("milestones", "milestones")]
_rate, _rating = TABLES[("value", "rates")], TABLES[("project", "ratings")]
_health, _place = standings.HEALTH, standings.PLACES
_LAST = select(func.max(_charter.c.saved_at)).where(_charter.c.archived == 0)
_SEEN = select(func.count(), func.sum(_charter.c.number), _LAST.scalar_subquery()).select_from(_charter)
"""Differs after every change of any project: a save raises a number, and a backup that was brought back is older."""


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
    figures: Figures


@dataclass(frozen=True)
class Found:
    """One page of the portfolio, and how many projects fit in all. Everybody who asks gets the same until a project changes."""

    total: int
    cards: tuple[Card, ...]

    def once(self, name: Hashable, work: Callable[[], Result]) -> Result:
        """What somebody works out of these projects alone, kept under a name of its own as long as they stay as they are."""
        kept = self._outcomes
        try:
            return cast("Result", kept[name])
        except KeyError:
            outcome = work()
        # Names hold what people type, such as weights.
        if len(kept) >= KEPT_OUTCOMES:
            kept.clear()
        kept[name] = outcome
        return outcome

    @cached_property
    def _outcomes(self) -> dict[Hashable, Any]:
        return {}


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which projects are asked for: the same for cards, map, timeline and comparison.

    Attributes:
        search: words that each begin some word of the project, wherever it stands.
        word: the health of today; None for all.
    """

    search: str = ""
    word: Word | None = None
    archived: bool = False


@dataclass(frozen=True)
class KnownRate:
    """What a project says a currency is worth in its own."""

    foreign: str
    currency: str
    rate: float
    project: str


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

    def page(self, *, today: date, which: Which = Which(), offset: int = 0, limit: int = 50) -> Found:
        """One page of projects: those that need somebody first, and of these the one that was changed last."""

        def work(connection: Connection) -> Found:
            fits = [*_places(which, today), *(_place.c.said_by.in_(ids) for ids in said.who_say(connection, which.search))]
            of_word = select(_place.c.word, func.count().label("number")).where(*fits).group_by(_place.c.word)
            counts = {row.word: int(row.number) for row in connection.execute(of_word)}
            page: list[str] = []
            ahead = offset
            for word in Word:
                number = counts.get(word.value, 0)
                if ahead < number and len(page) < limit:
                    page += connection.execute(_ids(fits, word).offset(ahead).limit(limit - len(page))).scalars()
                ahead = max(0, ahead - number)
            joined = _charter.outerjoin(_health, standings.is_of(today))
            told = select(_charter, _health.c.word, _health.c.reason, _health.c.late_since).select_from(joined)
            rows = {row.id: row for row in connection.execute(told.where(_charter.c.id.in_(page)))}
            due = _next_milestones(connection, page, today)
            return Found(sum(counts.values()), tuple(_card(rows[i], due.get(i), today) for i in page if i in rows))

        return self._until_a_change(("page", today, which, offset, limit), work)

    def sums(self, *, today: date, which: Which = Which()) -> tuple[Sum, ...]:
        """What live projects ask for and may be worth together, a sum for each currency, the one of most projects first."""

        def work(connection: Connection) -> tuple[Sum, ...]:
            here, live = _charter.c, [word.value for word in Word if word not in FINAL]
            fits = [here.archived == int(which.archived)]
            fits += [here.said_by.in_(numbers) for numbers in said.who_say(connection, which.search)]
            if which.word is None:
                final = select(_place.c.project_id).where(_place.c.word.not_in(live), *_places(which, today))
                fits.append(here.id.not_in(final))
            else:
                fits.append(here.id.in_(select(_place.c.project_id).where(_place.c.word.in_(live), *_places(which, today))))
            size = func.abs(here.worth)
            summed: dict[str, ColumnElement[Any]] = {
                "projects": func.count(),
                "priced": func.count(here.asked),
                "asked": func.sum(here.asked),
                "valued": func.count(here.worth),
                "mean": func.sum(here.worth),
                "variance": func.sum(here.worth_variance),
                "third": func.sum(here.worth_third),
                "guessed": func.sum(here.guessed * size) / func.nullif(func.sum(size), 0),
                "lowest": func.min(here.worth_low),
                "highest": func.max(here.worth_high),
                "fewest": func.min(here.years),
                "most": func.max(here.years),
            }
            query = (
                select(here.currency, *(column.label(name) for name, column in summed.items())).where(*fits).group_by(here.currency)
            )
            found = [Sum(**row) for row in connection.execute(query).mappings()]
            return tuple(sorted(found, key=lambda s: (-s.projects, s.currency)))

        return self._until_a_change(("sums", today, which), work)

    def last_change(self) -> datetime | None:
        """When a project that is not archived was saved last."""
        return self._transact.read(lambda connection: connection.execute(_LAST).scalar())

    def known_rates(self) -> tuple[KnownRate, ...]:
        """The exchange rates that projects count with, the last ones first."""
        columns = (_rate.c.foreign, _charter.c.currency, _rate.c.rate, _charter.c.name)
        joined = _rate.join(_charter, _charter.c.id == _rate.c.project_id)
        stated = (_rate.c.removed == 0, _rate.c.foreign.is_not(None), _rate.c.rate > 0, _charter.c.archived == 0)
        query = select(*columns).select_from(joined).where(*stated).order_by(_charter.c.saved_at.desc()).limit(500)
        return self._transact.read(lambda c: tuple(KnownRate(*row) for row in c.execute(query)))

    def planned(self, projects: Sequence[str], today: date) -> dict[str, tuple[plans.Planned, ...]]:
        """The milestones of some projects, by project."""
        return self._transact.read(lambda connection: plans.of_projects(connection, projects, today))

    def milestones(self, *, today: date, limit: int = 50) -> plans.Listed:
        """The first open milestones of all projects, by due date; those that are archived are left out."""
        return self._until_a_change(("milestones", today, limit), partial(plans.open_ones, today=today, limit=limit))

    def booked(self, today: date, last: date) -> plans.Booked:
        """How much of whom is booked from today until a day, over all projects."""
        return self._until_a_change(("booked", today, last), partial(plans.booked, today=today, last=last))

    def _until_a_change(self, question: tuple[Any, ...], ask: Callable[[Connection], Result]) -> Result:
        """An answer about all projects, kept until any of them changes."""

        def work(connection: Connection) -> Result:
            seen = tuple(connection.execute(_SEEN).one())
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


def summary(project: str, charter: Charter, met: int, figures: Figures) -> Columns:
    """What the portfolio shows, kept beside the charter so that a list of projects reads no parts."""
    return {
        "name": charter.name,
        "name_key": charter.name.casefold(),
        "owner": charter.project.owner.strip(),
        "met": met,
        "currency": figures.currency,
        "asked": figures.asked,
        "worth_low": figures.low,
        "worth": figures.worth,
        "worth_high": figures.high,
        "worth_variance": figures.variance,
        "worth_third": figures.third,
        "loss": figures.loss,
        "guessed": figures.guessed,
        "is_rough": int(figures.is_rough),
        "years": figures.years,
        "people": figures.people,
        "months": figures.months,
        "can_work": figures.can_work.value,
        "ethics": figures.ethics.value,
        "ethics_words": figures.ethics_words,
        "said_by": said.number_of(project),
    }


def _figures(row: Row[Any]) -> Figures:
    return Figures(
        currency=row.currency,
        asked=row.asked,
        low=row.worth_low,
        worth=row.worth,
        high=row.worth_high,
        variance=row.worth_variance,
        third=row.worth_third,
        loss=row.loss,
        guessed=row.guessed,
        is_rough=bool(row.is_rough),
        years=row.years,
        people=row.people,
        months=row.months,
        can_work=CanWork(row.can_work),
        ethics=EthicsKind(row.ethics),
        ethics_words=row.ethics_words,
    )


def _places(which: Which, today: date) -> Iterator[ColumnElement[bool]]:
    """What holds of the place of today of each project that is asked for, whatever it says."""
    yield _place.c.archived == int(which.archived)
    yield standings.is_on(_place, today)
    if which.word is not None:
        yield _place.c.word == which.word.value


def _ids(fits: Sequence[ColumnElement[bool]], word: Word) -> Select[str]:
    """The projects of a word in their order: word by word, an index holds it."""
    return select(_place.c.project_id).where(*fits, _place.c.word == word.value).order_by(_place.c.rank, _place.c.project_id)


def _next_milestones(connection: Connection, projects: Iterable[str], today: date) -> dict[str, Due]:
    columns = (_milestone.c.project_id, _milestone.c.deliverable, _milestone.c.owner, _milestone.c.due)
    coming = (_milestone.c.removed == 0, _milestone.c.due >= today, _milestone.c.reached_on.is_(None))
    query = (
        select(*columns).where(_milestone.c.project_id.in_(projects), *coming).order_by(_milestone.c.due, _milestone.c.row_order)
    )
    first_due: dict[str, Due] = {}
    for row in connection.execute(query):
        first_due.setdefault(row.project_id, Due(plans.titled(row.deliverable), row.owner, row.due))
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
        figures=_figures(row),
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
