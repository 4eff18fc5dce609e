"""Beside an amount stands the currency that it is in, also after somebody changes it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from scoping.charter import Charter
from scoping.currency import Currency
from scoping.sections.problems import Problem, Problems
from tests.browser.hands import Books, Person
from tests.server import Server


def test_the_sign_beside_an_amount_follows_the_currency(shared_server: Server, people: Callable[..., Person], books: Books) -> None:
    problem = Problem(id="p", statement="Late trains", cost_of_doing_nothing=1_000_00)
    project = books.store.create(Charter(problems=Problems(problems=(problem,))), "")
    ana = people(shared_server.url)
    ana.open("problems", project)
    ana.page.get_by_role("button", name="Late trains").click()
    ana.show_more(ana.drawer())
    amount = ana.question("Cost of doing nothing")
    expect(amount.locator(".unit")).to_have_text("USD")
    ana.answer("Currency", Currency.JPY.label)
    expect(amount.locator(".unit")).to_have_text("JPY")
    expect(ana.field("Cost of doing nothing")).to_have_value("1,000")
