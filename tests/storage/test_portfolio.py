"""The portfolio finds, filters, sorts and pages without reading charters."""

from __future__ import annotations

from datetime import date

import pytest

from scoping import content
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.project import Project
from storage.store import Sort

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
    return [card.name for card in store.portfolio(today=TODAY, **options).cards]


def test_the_last_changed_project_comes_first(filled):
    assert found(filled)[0] == "Late one"


def test_projects_are_found_by_words_of_name_or_owner_in_any_case(filled):
    assert found(filled, search="DANA", sort=Sort.NAME) == ["alpha", "Voice search"]
    assert found(filled, search="dana voice") == ["Voice search"]
    assert found(filled, search="strasse") == ["İnspection 100%"]


@pytest.mark.parametrize(("typed", "hits"), [("100%", 1), ("%", 1), ("_", 0), ("\\", 0), ("'", 0)])
def test_signs_of_the_database_are_ordinary_letters(filled, typed, hits):
    assert filled.portfolio(today=TODAY, search=typed).total == hits


def test_sorting_by_next_milestone_puts_the_undated_last(filled):
    assert found(filled, sort=Sort.DUE) == ["İnspection 100%", "Voice search", "alpha", "Late one"]


def test_the_next_milestone_is_the_first_that_is_still_to_come(filled):
    cards = {c.name: c for c in filled.portfolio(today=TODAY).cards}
    assert cards["Voice search"].next_milestone.due == date(2027, 3, 1)
    assert cards["Late one"].next_milestone is None


def test_a_removed_milestone_is_not_the_next_one(store):
    one = project("A", due=date(2027, 2, 1))
    number = store.create(one, "Ana")
    gone = one.part("milestones").milestones[0].model_dump(mode="json")
    store.save(number, "milestones", [Edit("milestones", "m", "", gone, None)], "Ana")
    assert store.portfolio(today=TODAY).cards[0].next_milestone is None


def test_drafts_and_ready_projects_are_told_apart(store):
    for sample in content.samples():
        store.create(sample.charter, "Ana")
    ready, drafts = (store.portfolio(today=TODAY, drafts=d) for d in (False, True))
    assert ready.total + drafts.total == len(content.samples())
    assert all(c.blockers == 0 for c in ready.cards)
    assert all(c.blockers for c in drafts.cards)
    assert ready.total, drafts.total


def test_archived_projects_are_kept_apart(filled):
    first = filled.portfolio(today=TODAY).cards[0]
    filled.archive(first.project_id, "Ana")
    assert first.name not in found(filled)
    assert found(filled, archived=True) == [first.name]


def test_pages_follow_one_another_without_gap_or_repetition(filled):
    pages = [found(filled, sort=Sort.NAME, offset=i, limit=1) for i in range(4)]
    assert [name for page in pages for name in page] == found(filled, sort=Sort.NAME)


def test_a_card_follows_the_charter(store):
    number = store.create(Charter(), "Ana")
    store.save(number, "project", [Edit("", "", "name", "", "Ünïted"), Edit("", "", "owner", "", "Dana")], "Bo")
    (card,) = store.portfolio(today=TODAY, search="ünïted").cards
    assert (card.name, card.owner, card.stamp.by) == ("Ünïted", "Dana", "Bo")
    assert card.progress["project"].answered == 2
