"""Projects side by side: ranking and best set, on what is known and without guessing the rest."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.portfolio.rubrics import SETTING, own
from scoping.sections.ethics import Ethics, Judgement
from scoping.sections.project import Project, Rating
from scoping.sections.value import Benefit, Cost, Rate, Value
from tests.pages.tabs import Tab

TODAY = datetime.now(UTC).date()


def project(name: str, brings: int, costs: int, **ratings: float) -> Charter:
    rows = tuple(Rating(id=c, criterion=c, likely=v, reason="measured") for c, v in ratings.items())
    return Charter(
        project=Project(name=name, ratings=rows, people_needed=2),
        value=Value(
            horizon_years=1,
            benefits=(Benefit(id="b", name="Gain", likely=brings * 100, period="year"),),
            costs=(Cost(id="c", name="Team", likely=costs * 100, period="once"),),
        ),
    )


def look(tab: Tab, view: str, **asked: str) -> str:
    """Open a view, and what it shows as HTML."""
    tab.app.query_params.clear()
    for name, value in {"view": view, **asked}.items():
        tab.app.query_params[name] = value
    tab.go("portfolio")
    assert not tab.app.exception
    return "".join(tab.html())


def rows(html: str) -> list[list[str]]:
    """The cells of the first table."""
    table = re.search(r"<tbody>(.*?)</tbody>", html, re.S)[1]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)
    ]


@pytest.fixture
def three(tab: Tab) -> Tab:
    for name, brings, costs, effort in (("Alpha", 900, 100, 1), ("Beta", 500, 100, 3), ("Gamma", 400, 300, 12)):
        tab.store.create(project(name, brings, costs, reach=1000, impact=1, confidence=1, effort=effort), "Ana")
    return tab


@pytest.mark.parametrize("view", ["ranking", "best"])
def test_one_project_has_nothing_to_be_compared_with(tab: Tab, view: str) -> None:
    tab.store.create(samples.new_charter("Alone", "", "USD"), "Ana")
    assert "or more can be" in look(tab, view)


def test_samples_in_several_currencies_are_compared_once_a_rate_is_given(tab: Tab) -> None:
    for sample in samples.samples():
        tab.store.create(sample.charter, "Ana")
    tab.store.portfolio.keep_setting("compare", {"limits": {"budget": 1_000_000}})
    assert "Give an exchange rate" in look(tab, "best")
    tab.app.text_input(key="compare.rate.EUR.USD").set_value("1.1").run()
    tab.app.text_input(key="compare.rate.GBP.USD").set_value("1.3").run()
    assert "Give an exchange rate" not in tab.texts()
    for wrong in ("-5", "1e30", "dear"):
        tab.app.text_input(key="compare.rate.EUR.USD").set_value(wrong).run()
        assert "1 EUR in USD: " in tab.app.error[0].value.replace("\\", "")
    assert tab.store.portfolio.setting("compare")["rates"] == {"USD": {"EUR": 1.1, "GBP": 1.3}}


def test_a_rate_that_a_project_counts_with_is_offered_and_taken(tab: Tab) -> None:
    rate = Rate(id="r", foreign="EUR", rate=1.25)
    tab.store.create(Charter(project=Project(name="Known"), value=Value(rates=(rate,))), "Ana")
    tab.store.create(samples.new_charter("Euros", "", "EUR"), "Ana")
    tab.store.portfolio.keep_setting("compare", {"currency": "USD"})
    assert "1 EUR is 1.25 USD in “Known”." in look(tab, "ranking")
    tab.app.button(key="compare.take.EUR.USD").click().run()
    assert tab.app.text_input(key="compare.rate.EUR.USD").value == "1.25"
    assert tab.store.portfolio.setting("compare")["rates"] == {"USD": {"EUR": 1.25}}
    assert "1 EUR is" not in "".join(tab.html())


def test_what_ethics_has_not_cleared_is_told_loudly(three: Tab) -> None:
    yes = Ethics(net_positive=Judgement.YES, is_fair=Judgement.YES, aired=Judgement.YES)
    three.store.create(project("Delta", 900, 100).with_part("ethics", yes), "Ana")
    ranked = {row[1]: row[5] for row in rows(look(three, "ranking"))}
    assert ranked["Alpha"].endswith("Not cleared: not assessed")
    assert ranked["Delta"].endswith("Not cleared: first impression")
    three.store.portfolio.keep_setting("compare", {"limits": {"budget": 1000}})
    shown = look(three, "best")
    assert "None of them is cleared by ethics." in shown
    assert shown.index('class="banner"') < shown.index("<tbody>")


def test_projects_stand_in_the_order_of_their_chances_and_what_is_missing_is_named(three: Tab) -> None:
    three.store.create(project("Delta", 100, 50, reach=1000, impact=1), "Ana")
    look(three, "ranking")
    three.app.segmented_control(key="ranking.method").set_value("rice").run()
    shown = rows("".join(three.html()))
    assert [row[1] for row in shown[:2]] == ["Alpha", "Beta"]
    assert [row[0] for row in shown] == ["1", "2", "3", "4"]
    assert {row[1]: row[6] for row in shown}["Delta"] == "Confidence, Effort"
    tops = [int(re.match(r"\d+", row[2])[0]) if row[2][0].isdigit() else {"n": 10, "h": 0, "f": 0}[row[2][0]] for row in shown]
    assert tops == sorted(tops, reverse=True)
    assert "the order is that of the places they take on average" in three.texts()


def test_what_a_step_knows_is_shown_with_its_source_and_not_asked(tab: Tab) -> None:
    for sample in (s for s in samples.samples() if s.slug in ("voice_search", "loan_approval")):
        tab.store.create(sample.as_of(TODAY).with_part("project", sample.charter.project.model_copy(update={"ratings": ()})), "Ana")
    look(tab, "ranking")
    tab.unfold("ranking.rate")
    shown = "".join(tab.html())
    for told in ("Taken from the project", ", from Value", "Shown, from Feasibility", ", from Ethics"):
        assert told in shown
    asked = [box.label for box in tab.app.selectbox if "**" in box.label]
    assert [label.split("**")[1] for label in asked] == ["Urgency", "Strategic fit", "Data readiness"]
    urgency = next(box for box in tab.app.selectbox if "**Urgency**" in box.label)
    assert any("The annoyance stays as it is." in option for option in urgency.options)
    urgency.set_value(2.0).run()
    assert not tab.app.exception
    chosen = tab.app.selectbox(key="ranking.rated").value
    (rating,) = tab.store.open(chosen).charter.project.ratings
    assert (rating.id, rating.likely) == ("urgency", 2.0)


def test_weights_are_kept_for_everybody(three: Tab, new_tab) -> None:
    look(three, "ranking")
    three.unfold("ranking.criteria")
    three.app.slider(key="compare.weight.urgency").set_value(9.0).run()
    other = new_tab()
    look(other, "ranking")
    other.unfold("ranking.criteria")
    assert other.app.slider(key="compare.weight.urgency").value == 9.0


def test_a_criterion_of_ones_own_is_made_on_the_page_and_counts(three: Tab) -> None:
    made = own("Learning", "", ("None.", "A little.", "Some.", "Much.", "A new skill."), 5.0)
    three.store.portfolio.keep_setting(SETTING, {made.criterion.id: made.kept})
    shown = rows(look(three, "ranking"))
    assert all("Learning" in row[6] for row in shown)
    three.unfold("ranking.criteria")
    assert "A new skill." in three.texts()
    next(b for b in three.app.button if b.label == "Remove “Learning”").click().run()
    assert not three.app.exception
    assert three.store.portfolio.setting(SETTING) == {}


def test_without_a_budget_nothing_is_chosen(three: Tab) -> None:
    shown = look(three, "best")
    assert "Say a budget in USD" in shown
    assert "<tbody>" not in shown


def test_the_best_set_keeps_to_the_budget_and_says_what_more_would_buy(three: Tab) -> None:
    look(three, "best")
    three.app.number_input(key="compare.budget").set_value(150.0).run()
    shown = "".join(three.html())
    assert [row[0] for row in rows(shown)] == ["Alpha"]
    assert "“Beta” comes in" in three.texts()
    three.app.number_input(key="compare.budget").set_value(0.0).run()
    three.app.multiselect(key="compare.must").set_value([c.project_id for c in cards(three)][:1]).run()
    assert not three.app.exception
    assert "more than the budget" in three.texts()


def cards(tab: Tab):
    return tab.store.portfolio.page(today=TODAY).cards


def test_a_changed_project_is_worked_out_anew(three: Tab) -> None:
    three.store.portfolio.keep_setting("compare", {"limits": {"budget": 100}})
    assert [row[0] for row in rows(look(three, "best"))] == ["Alpha"]
    alpha = next(c for c in cards(three) if c.name == "Alpha")
    three.store.save(alpha.project_id, "value", [Edit("benefits", "b", "likely", 900_00, 10_00)], "Bo")
    assert [row[0] for row in rows(look(three, "best"))] == ["Beta"]


def test_a_project_without_ratings_gets_the_criteria_unanswered(tab: Tab) -> None:
    tab.open(tab.store.create(Charter(), "Ana"))
    tab.go("home")
    (button,) = (b for b in tab.turn_to("ratings").button if b.label == "Add the criteria of the rubric")
    button.click().run()
    assert not tab.app.exception
    ratings = tab.store.open(tab.project).charter.project.ratings
    assert {r.id for r in ratings} >= {"reach", "impact", "confidence", "effort"}
    assert all(r.likely is None for r in ratings)


def test_two_people_who_set_different_limits_keep_both(three: Tab, new_tab) -> None:
    other = new_tab()
    for tab in (three, other):
        look(tab, "best")
    three.app.number_input(key="compare.budget").set_value(150.0).run()
    other.app.number_input(key="compare.people").set_value(3.0).run()
    assert three.store.portfolio.setting("compare")["limits"] == {"budget": 150.0, "people": 3.0}
    three.app.number_input(key="compare.budget").set_value(None).run()
    assert three.store.portfolio.setting("compare")["limits"] == {"people": 3.0}
