"""Projects side by side: matrix, ranking and best set, on what is known and without guessing the rest."""

from __future__ import annotations

import pytest

from pages.parts.portfolio import compare
from scoping import samples
from scoping.charter import Charter
from scoping.sections.ethics import Ethics, Judgement
from scoping.sections.project import Project, Rating
from scoping.sections.value import Benefit, Cost, Value
from tests.pages.tabs import Tab

KEY = "compare.tabs"


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


def frame(tab: Tab, column: str):
    return next(d.value for d in tab.app.dataframe if column in d.value)


@pytest.fixture
def three(tab: Tab) -> Tab:
    for name, brings, costs, effort in (("Alpha", 900, 100, 1), ("Beta", 500, 100, 3), ("Gamma", 400, 300, 12)):
        tab.store.create(project(name, brings, costs, reach=1000, impact=1, confidence=1, effort=effort), "Ana")
    return tab


def test_one_project_has_nothing_to_be_compared_with(tab: Tab) -> None:
    tab.store.create(samples.new_charter("Alone", "", "USD"), "Ana")
    assert "Two projects or more" in (tab.go("compare"), tab.texts())[1]


def test_samples_in_several_currencies_are_compared_once_a_rate_is_given(tab: Tab) -> None:
    for sample in samples.samples():
        tab.store.create(sample.charter, "Ana")
    run = tab.go("compare")
    assert not run.exception
    tab.choose(KEY, "Best set")
    assert "Give an exchange rate" in tab.texts()
    tab.app.text_input(key="compare.rate.EUR.USD").set_value("1.1").run()
    tab.app.text_input(key="compare.rate.GBP.USD").set_value("1.3").run()
    assert "Give an exchange rate" not in tab.texts()
    for wrong in ("-5", "1e30", "dear"):
        tab.app.text_input(key="compare.rate.EUR.USD").set_value(wrong).run()
        assert "1 EUR in USD: " in tab.app.error[0].value.replace("\\", "")
    assert tab.store.portfolio.setting("compare")["rates"] == {"USD": {"EUR": 1.1, "GBP": 1.3}}


def test_the_ranking_and_the_best_set_say_what_ethics_has_not_cleared(three: Tab) -> None:
    yes = Ethics(net_positive=Judgement.YES, is_fair=Judgement.YES, aired=Judgement.YES)
    three.store.create(project("Delta", 900, 100).with_part("ethics", yes), "Ana")
    three.go("compare")
    three.choose(KEY, "Ranking")
    rows = frame(three, "Ethics").set_index("Project")["Ethics"]
    assert (rows["Alpha"], rows["Delta"]) == ("Not assessed", "First impression")
    three.choose(KEY, "Best set")
    assert "Ethics is not cleared for 4 of 4" in three.texts()
    assert "Delta: first impression" in three.texts().replace("\\", "")


def test_projects_are_ranked_by_their_ratings_and_what_is_missing_is_named(three: Tab) -> None:
    three.store.create(project("Delta", 100, 50, reach=1000, impact=1), "Ana")
    three.go("compare")
    three.choose(KEY, "Ranking")
    three.app.segmented_control(key="compare.method").set_value("rice").run()
    assert not three.app.exception
    shown = frame(three, "Place")
    assert list(shown["Project"]) == ["Alpha", "Beta", "Gamma", "Delta"]
    assert list(shown["Place"]) == ["1", "2", "3", "?"]
    assert shown["Not answered"].iloc[-1] == "Confidence, Effort"


def test_weights_are_kept_for_everybody(three: Tab, new_tab) -> None:
    three.go("compare")
    three.choose(KEY, "Ranking")
    three.app.slider(key="compare.weight.urgency").set_value(9.0).run()
    other = new_tab()
    other.go("compare")
    other.choose(KEY, "Ranking")
    assert other.app.slider(key="compare.weight.urgency").value == 9.0


def test_the_best_set_keeps_to_the_budget_and_says_what_more_would_buy(three: Tab) -> None:
    three.go("compare")
    three.choose(KEY, "Best set")
    assert "Alpha, Beta, Gamma" in three.texts()
    three.app.number_input(key="compare.budget").set_value(150.0).run()
    assert "**Alpha**" in three.texts()
    assert "Beta" in three.texts().split("**Alpha**")[1]
    three.app.number_input(key="compare.budget").set_value(0.0).run()
    three.app.multiselect(key="compare.must").set_value([c.project_id for c in cards(three)][:1]).run()
    assert not three.app.exception
    assert "more than" in three.texts() or "cost" in three.texts()


def cards(tab: Tab):
    from datetime import date

    from storage.portfolio import Sort

    return tab.store.portfolio.page(today=date(2027, 1, 1), sort=Sort.NAME).cards


def test_a_changed_project_is_worked_out_anew(three: Tab) -> None:
    from scoping.merge import Edit

    three.go("compare")
    three.choose(KEY, "Best set")
    card = cards(three)[0]
    three.store.save(card.project_id, "value", [Edit("benefits", "b", "likely", 900_00, 10_00)], "Bo")
    three.app.run()
    assert "**Beta, Gamma**" in three.texts()


def test_a_project_without_ratings_gets_the_criteria_unanswered(tab: Tab) -> None:
    tab.open(tab.store.create(Charter(), "Ana"))
    tab.go("home")
    (button,) = (b for b in tab.turn_to("ratings").button if b.label == "Add the criteria of the rubric")
    button.click().run()
    assert not tab.app.exception
    ratings = tab.store.open(tab.project).charter.project.ratings
    assert {r.id for r in ratings} >= {"reach", "impact", "confidence", "effort"}
    assert all(r.likely is None for r in ratings)


def test_more_projects_than_can_be_compared_are_counted(three: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "AT_MOST", 2)
    three.go("compare")
    assert "Only the first 2 of 3 projects" in three.texts()
    monkeypatch.setattr(compare, "AT_MOST", 3)
    three.go("compare")
    assert "Only the first" not in three.texts()


def test_what_was_worked_out_is_kept_once_for_each_project(three: Tab) -> None:
    from scoping.merge import Edit

    card = cards(three)[0]
    for before, after in ((900_00, 10_00), (10_00, 20_00)):
        three.go("compare")
        three.store.save(card.project_id, "value", [Edit("benefits", "b", "likely", before, after)], "Bo")
    three.go("compare")
    assert compare._known().keys() == {c.project_id for c in cards(three)}
    three.store.archive(card.project_id, "Bo")
    three.go("compare")
    assert card.project_id not in compare._known()


def test_two_people_who_set_different_limits_keep_both(three: Tab, new_tab) -> None:
    other = new_tab()
    for tab in (three, other):
        tab.go("compare")
        tab.choose(KEY, "Best set")
    three.app.number_input(key="compare.budget").set_value(150.0).run()
    other.app.number_input(key="compare.people").set_value(3.0).run()
    assert three.store.portfolio.setting("compare")["limits"] == {"budget": 150.0, "people": 3.0}
    three.app.number_input(key="compare.budget").set_value(None).run()
    assert three.store.portfolio.setting("compare")["limits"] == {"people": 3.0}
