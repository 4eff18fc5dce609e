"""The database finds projects and milestones by their health of a day, in the very words that the pages work out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from scoping import samples
from scoping.charter import Charter
from scoping.health import Word
from scoping.merge import Edit
from scoping.milestones.status import of_plan
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.project import Project
from storage import store as storing
from storage.portfolio import Which, said
from storage.portfolio.health import HEALTH, PLACES, STATES, forget
from storage.store import CharterStore
from storage.tables import CharterRow, table_of
from tests.plans import any_charter, by_chance

TODAY = datetime.now(UTC).date()
DAYS = [TODAY + timedelta(days=n) for n in (0, 1, 2, 7, 36, 37, 90, 4_000)]


def agrees(store, day: date) -> set[Word]:
    """Hold what the database says of a day against what is worked out from each charter. Returns the words that were met."""
    cards = store.portfolio.page(today=day, limit=1_000).cards
    assert {c.project_id: c.health for c in cards} == {c.project_id: store.open(c.project_id).health(day) for c in cards}
    planned = store.portfolio.planned([c.project_id for c in cards], day)
    states = {(project, m.id): m.state for project, plan in planned.items() for m in plan}
    plans = {c.project_id: store.open(c.project_id).charter.milestones for c in cards}
    entries = store.portfolio.milestones(today=day, limit=1_000).entries
    assert {e.project_id: e.health for e in entries}.items() <= {c.project_id: c.health for c in cards}.items()
    assert states == {(p, s.milestone.id): s.state for p, plan in plans.items() for s in of_plan(plan, day)}
    for word in Word:
        found = store.portfolio.page(today=day, which=Which(word=word), limit=1_000)
        assert found.total == len(found.cards)
        assert {c.project_id for c in found.cards} == {c.project_id for c in cards if c.health.word is word}
    return {c.health.word for c in cards}


def test_page_and_database_agree_on_every_day(store) -> None:
    for sample in samples.samples():
        store.create(sample.as_of(TODAY), "Ana")
    chance = by_chance(13)
    for _ in range(25):
        store.create(any_charter(chance, TODAY), "Ana")
    met = set().union(*(agrees(store, day) for day in DAYS))
    assert met >= {Word.LATE, Word.AT_RISK, Word.READY, Word.DRAFT, Word.STOPPED, Word.CLOSED}


def project(name: str, due: int | None) -> Charter:
    rows = (Milestone(id="m", deliverable="Works", due=TODAY + timedelta(days=due)),) if due is not None else ()
    return Charter(project=Project(name=name), milestones=Milestones(milestones=rows))


def edit(store, number: str, field: str, value: str | None) -> None:
    row = store.open(number).charter.milestones.milestones[0].model_dump(mode="json")
    store.save(number, "milestones", [Edit("milestones", "m", field, row[field], value)], "Ana")


def test_health_follows_every_save_undo_and_the_days(store) -> None:
    number = store.create(project("Voice", 5), "Ana")

    def now(day: int = 0) -> str:
        (card,) = store.portfolio.page(today=TODAY + timedelta(days=day)).cards
        return card.health.words

    assert (now(), now(5), now(6), now(8)) == ("Draft", "Draft", "Late 1 day", "Late 3 days")
    edit(store, number, "due", (TODAY - timedelta(days=3)).isoformat())
    assert now() == "Late 3 days"
    edit(store, number, "gate", "stop")
    assert now() == "Stopped"
    store.undo(number, store.open(number).stamp.number, "Ana")
    assert now() == "Late 3 days"
    agrees(store, TODAY)


def test_who_needs_somebody_stands_first_and_who_is_late_longest_before_all(store) -> None:
    for name, due in (("draft", None), ("late", -3), ("later", -9), ("tomorrow", 1)):
        store.create(project(name, due), "Ana")
    assert [c.name for c in store.portfolio.page(today=TODAY).cards] == ["later", "late", "tomorrow", "draft"]
    in_a_week = TODAY + timedelta(days=7)
    assert [c.name for c in store.portfolio.page(today=in_a_week).cards][2:] == ["tomorrow", "draft"]
    assert {c.name for c in store.portfolio.page(today=in_a_week, which=Which(word=Word.LATE)).cards} == {
        "later",
        "late",
        "tomorrow",
    }


def test_of_those_that_are_late_for_as_long_the_one_that_was_changed_last_comes_first(store, monkeypatch) -> None:
    numbers = {name: store.create(project(name, due), "Ana") for name, due in (("a", -3), ("b", -3), ("longest", -4))}
    scopes = dict.fromkeys(numbers, "")
    for hours, name in enumerate(("a", "b", "a", "b"), 1):
        monkeypatch.setattr(store, "_now", lambda hours=hours: datetime.now(UTC) + timedelta(hours=hours))
        store.save(numbers[name], "problems", [Edit("", "", "in_scope", scopes[name], f"Cars {hours}")], "Ana")
        scopes[name] = f"Cars {hours}"
        others = {"a", "b"} - {name}
        assert [c.name for c in store.portfolio.page(today=TODAY).cards] == ["longest", name, *others]


def test_a_save_writes_only_what_changed_and_leaves_one_row_for_a_day(store) -> None:
    number = store.create(project("Voice", 5), "Ana")
    with store._engine.connect() as connection:
        before = connection.execute(select(HEALTH)).all()
    store.save(number, "problems", [Edit("", "", "in_scope", "", "Cars")], "Ana")
    with store._engine.connect() as connection:
        assert connection.execute(select(HEALTH)).all() == before
        of_today = (HEALTH.c.from_day <= TODAY) & (HEALTH.c.to_day >= TODAY)
        assert connection.execute(select(func.count()).select_from(HEALTH).where(of_today)).scalar() == 1


def lists(store) -> list[object]:
    """What lists of projects show, of all, of those put away and of those found."""
    which = Which(), Which(archived=True), Which(search="camera"), Which(word=Word.LATE)
    asked = (store.portfolio.page, store.portfolio.sums)
    return [ask(today=TODAY, which=one) for one in which for ask in asked]


def test_what_an_upgrade_had_forgotten_is_worked_out_at_the_start_even_where_one_was_killed(
    store, database_url, monkeypatch
) -> None:
    for sample in samples.samples():
        store.create(sample.as_of(TODAY), "Ana")
    store.archive(store.create(project("Away", 5), "Ana"), "Bo")
    late = store.create(project("Voice", -3), "Ana")
    before = lists(store)
    assert all(before)
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        forget(connection)
        connection.execute(delete(STATES))
        connection.execute(update(PLACES).values(word="closed", archived=0, rank=0))
        connection.execute(update(table_of(CharterRow)).values(met=0, asked=None, worth=1, years=99, name="", owner=""))
    upgraded = CharterStore(store._engine)
    assert {card.health for card in upgraded.portfolio.page(today=TODAY).cards} == {None}
    monkeypatch.setattr(storing, "_JUDGED_AT_ONCE", 2)
    once, number = said.keep, iter(range(100))

    def killed(*given) -> None:
        once(*given)
        if next(number) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(said, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        upgraded.complete_lists()
    with store._engine.connect() as connection:
        assert connection.execute(select(func.count(HEALTH.c.project_id.distinct()))).scalar() == 4
    begun = CharterStore.at(database_url)
    assert lists(begun) == before
    (card,) = (card for card in begun.portfolio.page(today=TODAY).cards if card.project_id == late)
    assert card.health.words == "Late 3 days"
    agrees(begun, TODAY)
    begun.close()


@pytest.mark.parametrize("archived", [False, True])
def test_an_archived_project_keeps_its_health(store, archived) -> None:
    number = store.create(project("Voice", -3), "Ana")
    if archived:
        store.archive(number, "Ana")
    (card,) = store.portfolio.page(today=TODAY, which=Which(archived=archived)).cards
    assert card.health.words == "Late 3 days"
