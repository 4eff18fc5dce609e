"""RICE, WSJF and the weighted score: what counts, what is refused, and what a blank does."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from scoping import content
from scoping.errors import RankingError
from scoping.portfolio.ranking import (
    Band,
    Criterion,
    Level,
    Method,
    Rated,
    Rule,
    Scale,
    Score,
    band,
    counted_twice,
    fault,
    missing,
    order,
    rating,
    robustness,
)
from scoping.portfolio.rubrics import read, standard_methods
from tests.tools import reference

WEIGHTED, RICE, WSJF = standard_methods()


def sure(value: float) -> Score:
    return Score(value, value, value, "measured")


def rated(id: str, *values: float | Score | None, method: Method = RICE, name: str = "") -> Rated:
    scores = {c.id: v if isinstance(v, Score) else sure(v) for c, v in zip(method.asked, values, strict=False) if v is not None}
    return Rated(id, name or id.upper(), scores)


def criterion(id: str, *sources: str) -> Criterion:
    return Criterion(id=id, name=id.capitalize(), question="?", levels=(Level(1, "low"), Level(5, "high")), computed_from=sources)


def mean(*criteria: Criterion, weights: tuple[float, ...] = ()) -> Method:
    return Method(id="m", name="Mean", rule=Rule.MEAN, criteria=criteria, weights=weights or (1.0,) * len(criteria))


def cases() -> list[tuple[str, list[Rated], dict]]:
    fields = [c.id for method in (RICE, WSJF) for c in method.asked]
    return [
        (case["id"], [Rated(p["name"], p["name"], {f: sure(p[f]) for f in fields}) for p in case["projects"]], case["expected"])
        for case in json.loads(reference("value/portfolio.json").read_text("utf-8"))
    ]


def test_rice_is_what_an_independent_tool_computed():
    for name, projects, expected in cases():
        assert {p.id: band(p, RICE).likely for p in projects} == pytest.approx(expected["rice"]), name
        assert [place.project.id for place in order(projects, RICE)] == expected["rice_order"], name


def test_wsjf_ranks_as_an_independent_tool_does():
    for name, projects, expected in cases():
        assert [place.project.id for place in order(projects, WSJF)] == expected["wsjf_order"], name


def test_every_level_of_every_rubric_says_what_it_stands_for():
    for method in standard_methods():
        for c in method.asked:
            texts = [level.text for level in c.levels]
            assert all(text[0].isupper() and text.endswith(".") for text in texts), c.id
            assert len(set(texts)) == len(texts) >= 4, c.id
            assert c.question.endswith("?"), c.id


def test_a_weighted_score_is_rated_from_one_to_five():
    assert {(c.lowest, c.highest) for c in WEIGHTED.asked} == {(1, 5)}
    assert [c.id for c in WEIGHTED.asked] == ["value", "feasibility", "urgency", "strategic_fit", "data_readiness", "ethics"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('text = "Nothing changes."', 'text = " "', "“Urgency”: level 1 does not say what it stands for."),
        ('{ value = 1, text = "Nothing changes." }', '{ value = 9, text = "All of it." }', "“Urgency” needs two levels"),
        ('over = "effort"', 'over = "toil"', "asks for “toil”, which the rubric file does not describe"),
        ('id = "reach"', 'id = "impact"', "have the same id"),
        ('{ value = 0.5, text = "Two weeks', '{ value = 0, text = "Two weeks', "“Effort”: its levels must be numbers above zero."),
        ("urgency = 2", "urgency = -2", "needs a weight of zero or more"),
    ],
)
def test_a_mistake_in_the_rubric_file_is_named(old, new, said):
    text = content.text("rubrics.toml")
    assert text.count(old) == 1
    with pytest.raises(RankingError, match=said):
        read(text.replace(old, new))


def test_the_band_divides_the_worst_by_the_most_and_the_best_by_the_least_effort():
    project = rated("a", Score(100, 200, 400), Score(1, 2, 3), Score(0.5, 0.8, 1), Score(2, 4, 5))
    assert band(project, RICE) == pytest.approx((100 * 1 * 0.5 / 5, 200 * 2 * 0.8 / 4, 400 * 3 * 1 / 2))


def test_a_weighted_score_is_the_mean_by_weight():
    method = mean(criterion("value"), criterion("urgency"), weights=(3, 1))
    assert band(rated("a", 5, 1, method=method), method) == (4, 4, 4)
    assert band(rated("a", 5, 1, method=method), method.weighing({"value": 1})) == (3, 3, 3)
    with pytest.raises(RankingError, match="no criterion “fit”"):
        method.weighing({"fit": 1})


def test_what_weighs_nothing_is_not_asked():
    method = mean(criterion("value"), criterion("urgency"), weights=(3, 0))
    assert missing(rated("a", 5, method=method), method) == ()
    assert band(rated("a", 5, method=method), method) == (5, 5, 5)


def test_a_blank_widens_the_band_to_the_whole_rubric_and_gives_no_likely_score():
    project = rated("a", 1000, None, 1, 2)
    assert band(project, RICE) == (1000 * 0.25 / 2, None, 1000 * 3 / 2)
    assert missing(project, RICE) == ("Impact",)


def test_a_half_open_range_reaches_to_the_end_of_the_rubric():
    impact, reach = RICE.asked[1], RICE.asked[0]
    assert rating(rated("a", None, Score(low=1)), impact) == Band(1, None, 3)
    assert rating(rated("a", None, Score(likely=1, high=2)), impact) == Band(0.25, 1, 2)
    assert rating(rated("a", Score(low=5e6)), reach) == Band(5e6, None, 5e6)


def test_a_lone_likely_value_is_a_point_and_a_range_has_its_likely_value_in_the_middle():
    impact, reach = RICE.asked[1], RICE.asked[0]
    assert rating(rated("a", None, Score(likely=2)), impact) == Band(2, 2, 2)
    assert rating(rated("a", None, Score(1, None, 2)), impact) == Band(1, 1.5, 2)
    assert rating(rated("a", Score(100, None, 10_000)), reach) == Band(100, pytest.approx(1000), 10_000)


@pytest.mark.parametrize(
    ("place", "score", "said"),
    [
        (1, Score(3, 2, 1), "Impact: at least, most likely and at most are not in ascending order."),
        (1, Score(1, 2, 7), "Impact: the rubric goes from 0.25 to 3."),
        (3, Score(0, 1, 2), "Effort: enter an amount above zero."),
        (3, Score(1, math.nan, 2), "Effort: enter numbers."),
        (3, Score(1, 2, math.inf), "Effort: enter numbers."),
    ],
)
def test_a_faulty_rating_gets_a_sentence_and_counts_as_unanswered(place, score, said):
    values: list = [1000, 1, 1, 2]
    good = rated("a", *values)
    values[place] = score
    bad = rated("b", *values)
    assert fault(score, RICE.asked[place]) == said
    values[place] = None
    assert band(bad, RICE) == band(rated("b", *values), RICE)
    assert [place.position for place in order([bad, good], RICE)] == [1, None]


def test_equals_share_a_position_and_stay_as_they_came():
    projects = [rated("c", 100, 1, 1, 1), rated("a", 9, 1, 0.7, 0.7), rated("b", 9, 3, 0.7, 2.1), rated("d", 1, 1, 1, 1)]
    assert band(projects[1], RICE).likely != band(projects[2], RICE).likely, "they differ in the last binary digit only"
    assert [(p.project.id, p.position) for p in order(projects, RICE)] == [("c", 1), ("a", 2), ("b", 2), ("d", 4)]


def test_a_project_that_lacks_an_answer_stands_behind_without_a_position():
    projects = [rated("blank", 1e6, None, 1, 1), rated("poor", 10, 0.25, 0.5, 12)]
    assert [(p.project.id, p.position, p.missing) for p in order(projects, RICE)] == [
        ("poor", 1, ()),
        ("blank", None, ("Impact",)),
    ]


def test_a_derived_figure_is_not_scored_beside_its_source():
    value, roi = criterion("value"), criterion("roi", "value", "cost")
    assert counted_twice([value, roi]) == ["“Roi” is computed from “Value”, so that figure would be scored twice."]
    with pytest.raises(RankingError, match="“Roi” is computed from “Value”"):
        mean(value, roi)


def test_two_figures_from_one_source_are_not_both_scored():
    payback, npv = criterion("payback", "benefit"), criterion("npv", "benefit")
    assert counted_twice([payback, npv]) == ["“Payback” and “Npv” are computed from one figure, which would be scored twice."]
    assert counted_twice([criterion("value"), criterion("value")]) == ["“Value” is scored twice."]
    chain = [criterion("a", "b"), criterion("b", "c"), criterion("c")]
    assert len(counted_twice(chain)) == 3


def test_criteria_computed_from_each_other_in_a_circle_are_refused_and_end():
    assert counted_twice([criterion("a", "b"), criterion("b", "a")])


def test_a_derived_divisor_counts_too():
    with pytest.raises(RankingError, match="scored twice"):
        Method(id="m", name="M", rule=Rule.SUM, criteria=(criterion("value"),), over=criterion("size", "value"))


def test_a_derived_figure_may_be_scored_alone():
    assert counted_twice([criterion("roi", "value", "cost"), criterion("urgency")]) == []


def test_a_method_that_cannot_work_is_refused():
    with pytest.raises(RankingError, match="needs a weight"):
        mean(criterion("value"), weights=(0,))
    with pytest.raises(RankingError, match="needs criteria and no weights"):
        Method(id="m", name="M", rule=Rule.SUM, criteria=())
    with pytest.raises(RankingError, match="cannot divide by “Size”"):
        Method(
            id="m",
            name="M",
            rule=Rule.SUM,
            criteria=(criterion("value"),),
            over=Criterion(id="size", name="Size", question="?", levels=(Level(0, "a"), Level(1, "b"))),
        )


def test_a_project_listed_twice_is_refused():
    for ask in (lambda p: order(p, RICE), lambda p: robustness(p, RICE)):
        with pytest.raises(RankingError, match="listed twice"):
            ask([rated("a", 1, 1, 1, 1), rated("a", 2, 1, 1, 1)])


def test_robustness_refuses_what_it_cannot_simulate():
    for wrong in ({"k": 0}, {"n": 0}, {"weight_spread": 1.0}, {"weight_spread": -0.1}):
        with pytest.raises(RankingError):
            robustness([], RICE, **wrong)


def test_nothing_to_rank_is_no_error():
    assert robustness([], WEIGHTED).standings == ()
    assert order([], WEIGHTED) == []


def test_sure_ratings_give_a_sure_order():
    result = robustness([rated("b", 100, 1, 1, 1), rated("a", 200, 1, 1, 1)], RICE, k=1, n=50)
    assert [(s.id, s.top, s.first, s.middle, s.last, s.mean) for s in result.standings] == [
        ("a", 1, 1, 1, 1, 1),
        ("b", 0, 2, 2, 2, 2),
    ]
    assert result.close_calls == ()


def test_equals_toss_for_their_place_and_cannot_be_told_apart():
    result = robustness([rated("b", 100, 1, 1, 1), rated("a", 100, 1, 1, 1)], RICE, k=1)
    assert result.ahead("a", "b") == pytest.approx(0.5, abs=0.05)
    (call,) = result.close_calls
    first, second = call.first.name, call.second.name
    assert call.sentence == f"“{first}” and “{second}” cannot be told apart: the first is ahead in 5 of 10 cases."


def test_equals_at_zero_toss_too():
    scale = (Level(0, "none"), Level(5, "all"))
    method = mean(Criterion(id="v", name="V", question="?", levels=scale))
    result = robustness([rated("a", 0, method=method), rated("b", 0, method=method)], method)
    assert result.ahead("a", "b") == pytest.approx(0.5, abs=0.05)


def test_the_chance_of_being_ahead_is_the_one_of_the_triangles():
    method = mean(criterion("value"), criterion("urgency"))
    one = rated("a", Score(1, 2, 3), 3, method=method)
    other = rated("b", Score(2, 2.5, 3), 3, method=method)
    # By numerical integration of P(X > Y), X triangular(1, 2, 3), Y triangular(2, 2.5, 3).
    xs = [2 + (i + 0.5) / 100_000 for i in range(100_000)]
    below = [2 * (x - 2) ** 2 if x < 2.5 else 1 - 2 * (3 - x) ** 2 for x in xs]
    expected = sum((3 - x) * b for x, b in zip(xs, below, strict=True)) / 100_000
    assert robustness([one, other], method, n=20_000, weight_spread=0).ahead("a", "b") == pytest.approx(expected, abs=0.015)


def test_an_unanswered_amount_is_drawn_in_factors():
    """From 10 to 1,000,000 half of the draws lie below 3,162, the middle in factors."""
    method = Method(id="m", name="M", rule=Rule.PRODUCT, criteria=(RICE.asked[0],))
    result = robustness([rated("blank", method=method), rated("mid", math.sqrt(10 * 1e6), method=method)], method)
    assert result.ahead("blank", "mid") == pytest.approx(0.5, abs=0.05)


def test_an_unanswered_level_is_drawn_evenly():
    method = mean(criterion("value"))
    result = robustness([rated("blank", method=method), rated("four", 4, method=method)], method)
    assert result.ahead("blank", "four") == pytest.approx(0.25, abs=0.05)


def test_weights_vary_with_the_stated_spread():
    """With two criteria a share follows a Beta distribution: 0.5 +- spread / 2."""
    method = mean(criterion("value"), criterion("urgency"))
    steep = rated("steep", 5, 1, method=method)
    sigma = replace(steep, id="flat", scores={"value": sure(3.4), "urgency": sure(3.4)})
    wide = robustness([steep, sigma], method, weight_spread=0.2, n=20_000)
    # steep = 1 + 4w beats 3.4 where w > 0.6, one standard deviation above the mean.
    assert wide.ahead("steep", "flat") == pytest.approx(0.163, abs=0.015)
    assert robustness([steep, sigma], method, weight_spread=0).ahead("steep", "flat") == 0


def test_a_seed_repeats_the_figures_and_another_draws_anew():
    projects = [rated(str(i), Score(10 + i, 100, 1000), Score(0.5, 1, 2), None, 2) for i in range(5)]
    first, again, other = (robustness(projects, RICE, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.standings != other.standings


def test_scale_amounts_may_lie_beyond_the_landmarks():
    assert RICE.asked[0].scale is Scale.AMOUNT
    assert not any(fault(Score(v), c) for v, c in zip((5e7, 1, 1, 0.1), RICE.asked, strict=True))
