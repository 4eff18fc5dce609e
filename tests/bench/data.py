"""What is measured: realistic projects, a very large charter, and a database with ten thousand projects."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert

from scoping import samples
from scoping.charter import PARTS
from scoping.health import health_over_time
from scoping.merge import OWN, Edit, flatten
from scoping.section import Record
from scoping.sections.milestones import Milestone
from storage import rows
from storage.engine import open_engine
from storage.history import Stamp
from storage.opened import Opened
from storage.portfolio import health, said
from storage.store import CharterStore, _head, _summary
from storage.tables import TABLES, CharterRow, table_of

MILESTONES = 10
"""Per project of the large database."""
_BATCH = 1_000
_WORDS = ("Voice", "search", "for", "phones", "defects", "returns", "prices", "claims", "letters", "routes", "Zürich", "زبان")
_OWNERS = ("Ana", "Bo", "Dana", "Émile", "Fatima", "")


@cache
def realistic() -> Any:
    """A sample charter, as a team would have it after a few workshops."""
    return samples.samples()[0].as_of(date(2027, 5, 3))


def _many(entries: tuple[Record, ...], number: int, prefix: str) -> tuple[Record, ...]:
    return tuple(entries[i % len(entries)].model_copy(update={"id": f"{prefix}{i}"}) for i in range(number))


@cache
def large() -> Any:
    """A charter with 100 data sources, 60 milestones and 300 targets."""
    charter = realistic()
    sources, plan = charter.data_sources, charter.milestones
    for slug, update in (
        ("data_sources", {"sources": _many(sources.sources, 100, "s")}),
        ("milestones", {"milestones": _many(plan.milestones, 60, "m"), "targets": _many(plan.targets, 300, "t")}),
    ):
        charter = charter.with_part(slug, charter.part(slug).model_copy(update=update))
    return charter


def an_edit(charter: Any, text: str) -> Edit:
    """An ordinary answer: another text for a field of the first problem."""
    problem = charter.problems.problems[0]
    return Edit("problems", problem.id, "statement", problem.statement, text)


def fill(url: str, projects: int) -> None:
    """Write many projects, each with ten milestones, past the store: it would take minutes one by one."""
    CharterStore.at(url).close()
    engine = open_engine(url).execution_options(write=True)
    template = samples.new_charter("Template", "", "USD")
    flat = {section.slug: flatten(section, template.part(section.slug))[OWN] for section in PARTS}
    summary = _summary(Opened("", template, Stamp(1, datetime.now(UTC), ""), {}, False))
    begin, today = datetime(2027, 1, 1, tzinfo=UTC), datetime.now(UTC).date()
    for first in range(0, projects, _BATCH):
        numbers = range(first, min(first + _BATCH, projects))
        ids = {n: f"many{n:08}" for n in numbers}
        heads, plans, words = [], [], {}
        for n in numbers:
            stamp = Stamp(1, begin + timedelta(minutes=n), _OWNERS[n % len(_OWNERS)])
            name, owner = f"{_WORDS[n % 12]} {_WORDS[n % 7]} {n}", _OWNERS[n % len(_OWNERS)]
            own = {
                "name": name,
                "name_key": name.casefold(),
                "owner": owner,
                "met": n % 17,
                "said_by": said.number_of(ids[n]),
                "asked": 1000.0 * (n % 90),
                **dict(zip(("worth_low", "worth", "worth_high"), _worth(n), strict=True)),
                **({"worth_variance": 1e9, "worth_third": 1e12} if n % 7 else {}),
            }
            heads.append({"id": ids[n], "created_at": stamp.at, "archived": int(n % 20 == 0), **summary, **own, **_head(stamp)})
            project = template.project.model_copy(update={"name": name, "owner": owner, "summary": _summary_of(n)})
            words[ids[n]] = template.with_part("project", project)
            plans += [
                {"project_id": ids[n], "row_order": i, "removed": 0, **m.model_dump(mode="json")} for i, m in enumerate(_plan(n), 1)
            ]
        stamped = rows._stamp_columns((1, begin, "Ana"))
        with engine.begin() as connection:
            connection.execute(insert(table_of(CharterRow)), heads)
            for section in PARTS:
                own_rows = [{"project_id": i, **flat[section.slug], **stamped} for i in ids.values()]
                connection.execute(insert(TABLES[(section.slug, "")]), own_rows)
            connection.execute(insert(TABLES[("milestones", "milestones")]), plans)
            for n in numbers:
                value = template.milestones.model_copy(update={"milestones": tuple(_plan(n))})
                charter = template.with_part("milestones", value)
                spans = health_over_time(charter, today, ("Name the owner.",))
                head = health.Head(saved_at=heads[n - first]["saved_at"], is_archived=bool(heads[n - first]["archived"]))
                health.keep(connection, ids[n], head, charter.milestones, spans, today)
                said.keep(connection, ids[n], words[ids[n]], ("project",))
    engine.dispose()


def _worth(number: int) -> tuple[float | None, float | None, float | None]:
    """The range of a project; every seventh does not say."""
    return (None, None, None) if number % 7 == 0 else (-500.0 * (number % 40), 900.0 * (number % 300), 2500.0 * (number % 300))


def _summary_of(number: int) -> str:
    """Three hundred words as teams write them: some common to all, most of them their own."""
    return " ".join(("data people quality", *(f"{_WORDS[i % 12]}{number * 31 % 997 + i * i}" for i in range(300))))


def _plan(number: int) -> list[Milestone]:
    """Milestones before and after today, whatever today is."""
    today = datetime.now(UTC).date()
    return [
        Milestone(id=f"m{i}", deliverable=f"Deliverable {i}", owner="Bo", due=today + timedelta(days=(number + i * 37) % 700 - 200))
        for i in range(MILESTONES)
    ]
