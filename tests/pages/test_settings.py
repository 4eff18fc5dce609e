"""Settings: each of them does something for the next project."""

from __future__ import annotations

from datetime import date

from pages.parts import here
from pages.parts.settings import defaults
from scoping import samples
from scoping.content import glossary
from scoping.currency import Currency, guess
from storage.access.tokens import Scope
from tests.pages.tabs import Tab


def at(tab: Tab, name: str) -> Tab:
    tab.app.query_params["tab"] = name
    tab.go("settings")
    return tab


def test_a_currency_is_guessed_from_where_the_browser_is_at_home() -> None:
    homes = {
        "de-AT": "EUR",
        "en-US": "USD",
        "en-GB": "GBP",
        "fa": "IRR",
        "zh-Hans-CN": "CNY",
        "": "USD",
        "xx-YY": "USD",
        "de": "EUR",
    }
    assert {locale: guess(locale) for locale in homes} == homes


def test_a_chosen_currency_is_kept_for_this_browser_and_for_no_other(tab: Tab) -> None:
    people = tab.store.people
    people.rename("device-of-ana-123", "Ana")
    people.keep_wish("device-of-ana-123", "currency", "CHF")
    people.keep_wish("device-of-ben-123", "currency", "JPY")
    people.rename("device-of-ben-123", "Ben")
    assert people.wishes("device-of-ana-123") == {"currency": "CHF"}
    assert (people.name("device-of-ben-123"), people.wishes("device-of-ben-123")) == ("Ben", {"currency": "JPY"})
    assert people.wishes("device-of-cem-123") == {}


def test_the_currency_chosen_on_the_page_is_the_one_that_is_shown_again(tab: Tab) -> None:
    at(tab, "yours")
    [box] = [b for b in tab.app.selectbox if b.label == "Currency of new projects"]
    box.set_value(Currency.NOK).run()
    [box] = [b for b in tab.app.selectbox if b.label == "Currency of new projects"]
    assert box.value == Currency.NOK


def test_days_off_that_are_noted_once_stand_in_every_new_project(tab: Tab) -> None:
    defaults.keep_days_off({"b": {"day": "2027-12-24", "name": "Inventory"}, "a": {"day": "2027-01-01", "name": "New Year"}})
    charter = defaults.begun(samples.new_charter("Bread", "", "EUR"))
    project = here.store().create(charter, "Ana")
    kept = tab.store.open(project).charter.milestones.holidays
    assert [(h.day, h.name) for h in kept] == [(date(2027, 1, 1), "New Year"), (date(2027, 12, 24), "Inventory")]
    assert "24 Dec 2027" in at(tab, "new").texts()
    defaults.keep_days_off({"a": None})
    assert [h.name for h in defaults.days_off()] == ["Inventory"]


def test_every_word_of_the_field_stands_on_the_page_with_what_it_means(tab: Tab) -> None:
    told = at(tab, "words").texts()
    assert [t.word for t in glossary.terms() if t.word not in told or t.means not in told] == []


def test_the_rubrics_can_be_read_and_the_packs_belong_to_the_open_project(tab: Tab) -> None:
    assert "Weighted score" in at(tab, "ranking").texts()
    assert "Open one first" in at(tab, "packs").texts()
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    assert "These hold for the open project" in at(tab, "packs").texts()


def test_a_token_for_all_projects_is_shown_once_with_what_it_may_do_and_revoked(tab: Tab) -> None:
    def press(label: str) -> None:
        next(b for b in tab.app.button if b.label == label).click().run()
        assert not tab.app.exception

    at(tab, "yours")
    press("Make a token")
    assert "Name the program" in tab.texts()
    tab.app.text_input(key="settings.token.label").set_value("CI")
    tab.app.button_group(key="settings.token.scopes").set_value([Scope.READ, Scope.WRITE])
    press("Make a token")
    [made] = [code.value for code in tab.app.code]
    known = tab.store.tokens.shown(made)
    assert (known.project_id, known.label, known.scopes) == (None, "CI", {Scope.READ, Scope.WRITE})
    assert "“CI” may read and change charters" in tab.texts()
    tab.app.run()
    assert not tab.app.code
    press("Revoke")
    assert tab.store.tokens.of(None) == ()
