"""Every page opens, whatever project is or is not open, and shows all lists of its part."""

from __future__ import annotations

import re

import pytest

from pages.parts import steps
from scoping import samples
from scoping.charter import PARTS, SECTIONS, Charter
from scoping.currency import Currency
from tests.pages.tabs import PAGES, Tab, huge, read

OF_ITS_OWN = {"run": ("milestones", "checkins"), "depth": ("ethics", "checklist"), "screening": ("ethics", "legal_path")}
"""Lists that a view of their own draws: part and list, by the kind of view."""
every_page = pytest.mark.parametrize("page", PAGES)


@every_page
def test_without_a_project(tab: Tab, page: str) -> None:
    assert not tab.go(page).exception


@every_page
def test_with_the_address_of_a_project_that_does_not_exist(tab: Tab, page: str) -> None:
    tab.open("gone")
    assert not tab.go(page).exception


@every_page
@pytest.mark.parametrize("charter", [Charter(), samples.samples()[0].charter], ids=["empty", "sample"])
def test_with_an_empty_project_and_with_a_full_one(tab: Tab, page: str, charter: Charter) -> None:
    tab.open(tab.store.create(charter, "Ana"))
    assert not tab.go(page).exception


def test_with_a_thousand_records(tab: Tab) -> None:
    tab.open(tab.store.create(huge(), "Ana"))
    for page in PAGES:
        assert not tab.go(page).exception, page


def test_with_an_archived_project_whose_pages_say_so(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.store.archive(project, "Ana")
    tab.open(project)
    for page in PAGES:
        run = tab.go(page)
        assert not run.exception, page
        if page in {section.slug for section in SECTIONS}:
            assert any("archived" in info.value for info in run.info), page


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_every_list_of_a_part_stands_on_its_page(tab: Tab, part) -> None:
    charter = samples.samples()[0].charter
    # Exchange rates are asked for where somebody names another currency.
    foreign = charter.value.costs[0].model_copy(update={"currency": Currency.EUR})
    charter = charter.with_part("value", charter.value.model_copy(update={"costs": (foreign, *charter.value.costs[1:])}))
    tab.open(tab.store.create(charter, "Ana"))
    shown: list[str] = []
    for page, slug, held in steps.held(part.slug) or [(steps.page(part.slug), "", [*part.lists])]:
        tab.go(page)
        run = tab.turn_to(slug)
        assert not run.exception
        if "question_packs" in held:
            run = tab.unfold(f"{part.slug}.packs.{tab.project}")
        found = [view["list"] for view in tab.views("list") if view["part"] == part.slug]
        # Some are drawn by their page, below their title.
        titles = [header.value for header in run.header] + [read(h) for h in re.findall("<h2>.*?</h2>", "".join(tab.html()))]
        found += [name for name in held if name in part.lists and part.lists[name].title in titles]
        found += [name for kind, (whose, name) in OF_ITS_OWN.items() if whose == part.slug and tab.views(kind)]
        assert set(found) <= set(held)
        shown += found
    assert sorted(shown) == sorted(part.lists)
