"""The portfolio finds, filters, sorts and pages without reading charters."""

from __future__ import annotations

from datetime import date

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.health import Word
from scoping.merge import Edit
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.project import Project
from storage.portfolio import Sort

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


def found(store, **options):
    return [card.name for card in store.portfolio.page(today=TODAY, **options).cards]


def test_the_last_changed_project_comes_first(filled):
    assert found(filled)[0] == "Late one"


def test_projects_are_found_by_words_of_name_or_owner_in_any_case(filled):
    assert found(filled, search="DANA", sort=Sort.NAME) == ["alpha", "Voice search"]
    assert found(filled, search="dana voice") == ["Voice search"]
    assert found(filled, search="strasse") == ["İnspection 100%"]


@pytest.mark.parametrize(("typed", "hits"), [("100%", 1), ("%", 1), ("_", 0), ("\\", 0), ("'", 0)])
def test_signs_of_the_database_are_ordinary_letters(filled, typed, hits):
    assert filled.portfolio.page(today=TODAY, search=typed).total == hits


def test_sorting_by_next_milestone_puts_the_undated_last(filled):
    assert found(filled, sort=Sort.DUE) == ["İnspection 100%", "Voice search", "alpha", "Late one"]


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
    ready, drafts = (store.portfolio.page(today=TODAY, health=w) for w in (Word.READY, Word.DRAFT))
    assert {c.name for c in store.portfolio.page(today=TODAY).cards if c.health.word is Word.READY} == {c.name for c in ready.cards}
    assert all(c.met == 16 for c in ready.cards)
    assert all(c.met < 16 for c in drafts.cards)


def test_those_nearest_to_the_sign_off_come_first_on_request(store):
    for sample in samples.samples():
        store.create(sample.charter, "Ana")
    met = [c.met for c in store.portfolio.page(today=TODAY, sort=Sort.TO_SIGN).cards]
    assert met == sorted(met, reverse=True)
    assert len(set(met)) > 2


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


def test_pages_follow_one_another_without_gap_or_repetition(filled):
    pages = [found(filled, sort=Sort.NAME, offset=i, limit=1) for i in range(4)]
    assert [name for page in pages for name in page] == found(filled, sort=Sort.NAME)


def test_a_card_follows_the_charter(store):
    number = store.create(Charter(), "Ana")
    store.save(number, "project", [Edit("", "", "name", "", "Ünïted"), Edit("", "", "owner", "", "Dana")], "Bo")
    (card,) = store.portfolio.page(today=TODAY, search="ünïted").cards
    assert (card.name, card.owner, card.stamp.by) == ("Ünïted", "Dana", "Bo")
    assert card.met == 0
