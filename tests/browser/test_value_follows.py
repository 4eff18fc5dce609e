"""One range is changed in the browser, and every figure that rests on it follows: page, comparison, charter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scoping import currency as iso
from scoping import samples
from scoping.value import money, valuation
from tests.browser.grids import Table
from tests.browser.hands import Person
from tests.tools import until

SAMPLES = samples.samples()


def figures(charter: object) -> tuple[str, str]:
    """Net present value at likely values and its interval, in the words of the page."""
    worth = valuation.valuation(charter)
    seen = valuation.simulated(worth.of_chosen).npv
    low, high = (iso.about(v, worth.currency) for v in (seen.p10, seen.p90))
    return iso.about(money.likely(worth.of_chosen).npv, worth.currency), f"{low} to {high}"


def shows(person: Person, label: str, value: str) -> None:
    expect(person.figure(label)).to_have_text(value)


def test_every_figure_follows_a_changed_range(shared_server, books, people):
    person = people(shared_server.url)
    sample = SAMPLES[0].charter
    project = books.store.create(sample, "Ana")
    person.open("value", project)
    person.turn_to("Money")
    before = figures(sample)
    shows(person, "At likely values", before[0])
    expect(person.page.get_by_text(f"{before[1]} by ")).to_be_visible()

    benefit = sample.value.benefits[0]
    table = Table(person, "Benefits")
    table.at(0, "likely")
    lowest = int(iso.to_major(benefit.low, benefit.currency))
    table.fill(str(lowest + 1))  # still a range in order: another one would be left out of the figures
    assert until(lambda: books.part(project, "value").benefits[0].likely != benefit.likely)
    after = figures(books.charter(project))
    assert not set(before) & set(after)
    shows(person, "At likely values", after[0])
    expect(person.page.get_by_text(f"{after[1]} by ")).to_be_visible()

    person.go("charter")
    charter = person.page.locator(".reading")
    expect(charter).to_contain_text(after[0])
    expect(charter).not_to_contain_text(before[0])


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}], ids=["light", "dark", "phone"]
)
def test_the_story_of_the_sample_is_told_on_every_tab(shared_server, books, people, look):
    person = people(shared_server.url, **look)
    project = books.store.create(SAMPLES[0].charter, "Ana")
    for page, tab, words in (
        ("value", "Money", "Chance to lose money"),
        ("value", "Cost of mistakes", "What being right or wrong is worth"),
        ("value", "Ladder", "What the targets ask of each other"),
        ("run", "After launch", "Realised value"),
    ):
        person.open(page, project)
        person.turn_to(tab)
        expect(person.page.get_by_text(words).first).to_be_visible()
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_projects_are_looked_at_in_every_view(shared_server, books, people):
    person = people(shared_server.url)
    for sample in SAMPLES:
        books.store.create(sample.charter, "Ana")
    person.open("compare")
    for view, words in (
        ("Best set", "Say a budget in"),
        ("Ranking", "Criteria and weights"),
        ("Map", "where it lies in 8 of 10 cases"),
        ("Timeline", "date that was signed"),
        ("Cards", "Asked"),
    ):
        person.page.get_by_role("link", name=view, exact=True).click()
        expect(person.page.get_by_text(words).first).to_be_visible()
        person.settle()
