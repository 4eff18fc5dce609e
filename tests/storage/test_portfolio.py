"""The portfolio finds, filters, sorts and pages without reading charters."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from scoping import samples
from scoping.charter import Charter
from scoping.health import Word
from scoping.merge import Edit, added
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.portfolio.figures import figures
from scoping.sections.ethics import Risk
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.project import Project
from scoping.sections.value import Rate, Value
from storage.portfolio import Which

TODAY = date(2027, 1, 15)


def project(name: str, owner: str = "", due: date | None = None):
    milestones = Milestones(milestones=(Milestone(id="m", deliverable=f"{name} works", owner="Bo", due=due),) if due else ())
    return Charter(project=Project(name=name, owner=owner), milestones=milestones)


@pytest.fixture
def filled(store):
    for name, owner, due in (
        ("Voice search", "Dana", date(2027, 3, 1)),
        ("İnspection 100%", "Straße", date(2027, 2, 1)),
        ("alpha", "Dana", None),
        ("Late one", "", date(2026, 12, 1)),
    ):
        store.create(project(name, owner, due), "Ana")
    return store


def found(store, offset: int = 0, limit: int = 50, **which):
    return [card.name for card in store.portfolio.page(today=TODAY, which=Which(**which), offset=offset, limit=limit).cards]


def test_whoever_is_late_comes_first_and_then_the_one_that_was_changed_last(filled):
    assert found(filled) == ["Late one", "alpha", "İnspection 100%", "Voice search"]
    filled.create(project("Later still", due=date(2026, 11, 1)), "Ana")
    assert found(filled)[:2] == ["Later still", "Late one"]


def test_a_change_moves_a_project_to_the_front_of_those_that_stand_as_it_does(filled):
    last = filled.portfolio.page(today=TODAY).cards[-1]
    filled.save(last.project_id, "problems", [Edit("", "", "in_scope", "", "Everything")], "Ana")
    assert found(filled) == ["Late one", "Voice search", "alpha", "İnspection 100%"]


def test_everybody_gets_the_same_page_until_any_project_changes(filled):
    other = type(filled)(filled._engine)
    first = filled.portfolio.page(today=TODAY, limit=2)
    assert first.once("drawn", lambda: "once") == first.once("drawn", lambda: "twice") == "once"
    assert filled.portfolio.page(today=TODAY, limit=2) is first
    for change in (
        lambda: other.save(first.cards[1].project_id, "project", [Edit("", "", "owner", "Dana", "Lee")], "Bo"),
        lambda: other.archive(first.cards[0].project_id, "Bo"),
        lambda: other.create(project("Another"), "Bo"),
    ):
        before = filled.portfolio.page(today=TODAY, limit=2)
        change()
        after = filled.portfolio.page(today=TODAY, limit=2)
        assert after is not before
        assert after.once("drawn", lambda: "anew") == "anew"
        assert after == other.portfolio.page(today=TODAY, limit=2)


def test_projects_are_found_by_words_of_name_or_owner_in_any_case(filled):
    assert set(found(filled, search="DANA")) == {"alpha", "Voice search"}
    assert found(filled, search="dana voice") == ["Voice search"]
    assert found(filled, search="strasse") == ["İnspection 100%"]
    assert found(filled, search="inspection") == ["İnspection 100%"]


def test_projects_are_found_by_what_they_say_wherever_it_stands(store):
    for sample in samples.samples():
        store.create(sample.as_of(TODAY), "Ana")
    phones = "Fewer scratched phones reach customers"
    assert found(store, search="camera scratch") == [phones]
    assert found(store, search="cam scrat") == [phones]
    assert found(store, search="camera nowhere") == []
    (card,) = store.portfolio.page(today=TODAY, which=Which(search="camera")).cards
    assert store.portfolio.page(today=TODAY, which=Which(search="camera", word=card.health.word)).total == 1
    other = next(word for word in Word if word is not card.health.word)
    assert store.portfolio.page(today=TODAY, which=Which(search="camera", word=other)).total == 0


def test_what_is_said_anew_is_found_and_what_is_taken_back_is_not(store):
    number = store.create(project("A"), "Ana")
    store.save(number, "ethics", [added("risks", Risk(id="r", risk="Zebrafish suffer"))], "Ana")
    assert found(store, search="zebra") == ["A"]
    store.undo(number, 2, "Ana")
    assert found(store, search="zebra") == []
    assert found(store, search="a") == ["A"]


def test_a_change_without_words_leaves_the_index_of_words_alone(store):
    number, written = store.create(project("A", due=TODAY), "Ana"), []
    event.listen(store._engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    store.save(number, "milestones", [Edit("milestones", "m", "due", TODAY.isoformat(), "2027-05-01")], "Ana")
    assert any(sql.startswith("UPDATE milestones") for sql in written)
    assert not [sql for sql in written if sql.startswith(("INSERT INTO said", "DELETE FROM said"))]
    store.save(number, "milestones", [Edit("milestones", "m", "deliverable", "A works", "Zebra")], "Ana")
    assert [sql for sql in written if sql.startswith(("INSERT INTO said", "DELETE FROM said"))]
    assert (found(store, search="zebra"), found(store, search="works")) == (["A"], [])


@pytest.mark.parametrize(
    ("typed", "hits"), [("100%", 1), ("%", 0), ("_", 0), ("\\", 0), ("'", 0), ('"', 0), ("a* OR b", 0), ("", 4)]
)
def test_signs_of_the_database_are_no_words(filled, typed, hits):
    assert filled.portfolio.page(today=TODAY, which=Which(search=typed)).total == hits


def test_the_next_milestone_is_the_first_that_is_still_to_come(filled):
    cards = {c.name: c for c in filled.portfolio.page(today=TODAY).cards}
    assert cards["Voice search"].next_milestone.due == date(2027, 3, 1)
    assert cards["Late one"].next_milestone is None


def test_a_removed_milestone_is_not_the_next_one(store):
    one = project("A", due=date(2027, 2, 1))
    number = store.create(one, "Ana")
    gone = one.milestones.milestones[0].model_dump(mode="json")
    store.save(number, "milestones", [Edit("milestones", "m", "", gone, None)], "Ana")
    assert store.portfolio.page(today=TODAY).cards[0].next_milestone is None


def test_drafts_and_ready_projects_are_told_apart(store):
    for sample in samples.samples():
        store.create(sample.as_of(TODAY), "Ana")
    ready, drafts = (store.portfolio.page(today=TODAY, which=Which(word=w)) for w in (Word.READY, Word.DRAFT))
    assert {c.name for c in store.portfolio.page(today=TODAY).cards if c.health.word is Word.READY} == {c.name for c in ready.cards}
    assert ready.total == len(ready.cards) > 0
    assert all(c.met == 16 for c in ready.cards)
    assert all(c.met < 16 for c in drafts.cards)


def test_the_order_is_that_of_the_health_words(store):
    for sample in samples.samples():
        store.create(sample.as_of(TODAY), "Ana")
    places = [list(Word).index(c.health.word) for c in store.portfolio.page(today=TODAY).cards]
    assert places == sorted(places)
    assert len(set(places)) > 1


def test_a_card_shows_what_the_charter_says_in_figures_after_every_change(store):
    charter = samples.samples()[0].charter
    number = store.create(charter, "Ana")
    shown = store.portfolio.page(today=TODAY).cards[0].figures
    assert shown == figures(charter)
    assert shown.low < shown.worth < shown.high
    benefit = charter.value.benefits[0]
    store.save(number, "value", [Edit("benefits", benefit.id, "high", benefit.high, benefit.high * 3)], "Ana")
    after = store.portfolio.page(today=TODAY).cards[0].figures
    assert after == figures(store.open(number).charter)
    assert after.high > shown.high


def test_figures_are_worked_out_anew_only_where_a_part_was_changed_that_they_follow_from(store, elsewhere):
    number = store.create(samples.samples()[0].charter, "Ana")
    charter, servers = store.open(number).charter, (store, elsewhere)
    before = [(server.open(number).overview, server.open(number).figures) for server in servers]
    store.save(number, "problems", [Edit("", "", "in_scope", charter.problems.in_scope, "Cars")], "Ana")
    assert all(server.open(number).figures is known for server, (_, known) in zip(servers, before, strict=True))
    benefit = charter.value.benefits[0]
    store.save(number, "value", [Edit("benefits", benefit.id, "high", benefit.high, benefit.high * 3)], "Ana")
    assert all(server.open(number).figures.high > known.high for server, (_, known) in zip(servers, before, strict=True))


def test_sums_count_live_projects_by_currency_and_follow_every_change(store):
    made = {sample.slug: store.create(sample.as_of(TODAY), "Ana") for sample in samples.samples()}
    sums = {s.currency: s for s in store.portfolio.sums(today=TODAY)}
    of_each = [figures(store.open(project).charter) for project in made.values()]
    assert {code: s.projects for code, s in sums.items()} == {"USD": 3, "EUR": 1, "GBP": 1}
    assert sums["USD"].asked == pytest.approx(sum(f.asked for f in of_each if f.currency == "USD"))
    assert sums["EUR"].range == pytest.approx(next((f.low, f.high) for f in of_each if f.currency == "EUR"))
    (card,) = store.portfolio.page(today=TODAY, which=Which(search="camera")).cards
    assert [s.projects for s in store.portfolio.sums(today=TODAY, which=Which(search="camera"))] == [1]
    store.archive(card.project_id, "Ana")
    assert "EUR" not in {s.currency for s in store.portfolio.sums(today=TODAY)}
    assert [s.currency for s in store.portfolio.sums(today=TODAY, which=Which(archived=True))] == ["EUR"]
    closed = made["voice_search"]
    store.save(closed, "rollout", [Edit("", "", "closed_on", None, "2027-01-01")], "Ana")
    assert sum(s.projects for s in store.portfolio.sums(today=TODAY)) == 3


def test_rates_that_projects_count_with_are_known(store):
    rate = Rate(id="r", foreign="EUR", rate=1.09)
    store.create(Charter(project=Project(name="A"), value=Value(rates=(rate,))), "Ana")
    (known,) = store.portfolio.known_rates()
    assert (known.foreign, known.currency, known.rate, known.project) == ("EUR", "USD", 1.09, "A")


def test_the_plans_of_some_projects_say_what_was_signed_for(filled):
    project = next(c.project_id for c in filled.portfolio.page(today=TODAY).cards if c.name == "Voice search")
    frozen = freeze([FrozenMilestone(id="m", due=date(2027, 2, 14))])
    row = {"id": "b", "name": "First", "frozen_on": "2027-01-02", "plan": frozen}
    filled.save(project, "milestones", [Edit("baselines", "b", "", None, row)], "Ana")
    ((planned,),) = filled.portfolio.planned([project], TODAY).values()
    assert (planned.title, planned.due, planned.signed_for) == ("Voice search works", date(2027, 3, 1), date(2027, 2, 14))


def test_a_card_counts_what_is_met_after_every_change(store):
    charter = samples.samples()[0].charter
    number = store.create(charter, "Ana")
    owner = charter.rollout.rollback_owner
    for before, after, met in ((owner, "", 15), ("", owner, 16)):
        store.save(number, "rollout", [Edit("", "", "rollback_owner", before, after)], "Ana")
        assert store.portfolio.page(today=TODAY).cards[0].met == store.open(number).overview.met == met


def test_archived_projects_are_kept_apart(filled):
    first = filled.portfolio.page(today=TODAY).cards[0]
    filled.archive(first.project_id, "Ana")
    assert first.name not in found(filled)
    assert found(filled, archived=True) == [first.name]
    assert all(card.is_archived for card in filled.portfolio.page(today=TODAY, which=Which(archived=True)).cards)
    filled.unarchive(first.project_id, "Ana")
    assert first.name in found(filled)


def test_pages_follow_one_another_without_gap_or_repetition(filled):
    pages = [found(filled, offset=i, limit=1) for i in range(4)]
    assert [name for page in pages for name in page] == found(filled)
    assert found(filled, offset=1, limit=2) == found(filled)[1:3]


def test_a_card_follows_the_charter(store):
    number = store.create(Charter(), "Ana")
    store.save(number, "project", [Edit("", "", "name", "", "Ünïted"), Edit("", "", "owner", "", "Dana")], "Bo")
    (card,) = store.portfolio.page(today=TODAY, which=Which(search="ünïted")).cards
    assert (card.name, card.owner, card.stamp.by) == ("Ünïted", "Dana", "Bo")
    assert card.met == 0
