"""A value on one rung says what it asks of, and gives to, every other rung."""

import math

import pytest

from scoping.numbers.ranges import Range
from scoping.numbers.shapes import Shape
from scoping.value.ladder import Rung, implied, resolve
from tests.closed_forms import closed_forms

WORDS = Rung(id="words", order=1, name="Word accuracy", current=90, target=95)
QUERIES = Rung(id="queries", order=2, name="Query accuracy", current=80, target=84, link=Range(0.6, 0.8, 1.1), evidence="measured")
REVENUE = Rung(id="revenue", order=3, name="Revenue", current=1000, target=1030, link=Range(2, 10, 12), evidence="guess")
LADDER = resolve([REVENUE, WORDS, QUERIES])


def problems(*rungs):
    return dict(resolve(rungs).problems)


def test_changes_are_multiplied_on_the_way_up():
    above = implied(LADDER, "words", 95)
    assert above["queries"].change.likely == pytest.approx(5 * 0.8)
    assert above["queries"].value.likely == pytest.approx(84)
    assert above["revenue"].change.likely == pytest.approx(5 * 0.8 * 10)
    assert above["revenue"].value.likely == pytest.approx(1040)
    assert "words" not in above


def test_changes_are_divided_on_the_way_down():
    below = implied(LADDER, "revenue", 1040)
    assert below["queries"].value.likely == pytest.approx(84)
    assert below["words"].value.likely == pytest.approx(95)
    assert below["words"].value.spread.p10 < 95 < below["words"].value.spread.p90


def test_one_uncertain_link_gives_its_own_percentiles():
    spread = implied(LADDER, "words", 95)["queries"].change.spread
    one = QUERIES.link
    assert (spread.p10, spread.p50, spread.p90) == pytest.approx(tuple(5 * one.quantile([0.1, 0.5, 0.9])), rel=1e-4)
    assert spread.mean == pytest.approx(5 * one.mean, rel=1e-4)
    down = implied(LADDER, "queries", 84)["words"].change.spread
    assert (down.p10, down.p90) == pytest.approx(tuple(4 / one.quantile([0.9, 0.1])), rel=1e-3)


def test_a_change_for_the_worse_is_implied_as_well():
    below = implied(LADDER, "words", 88)["queries"]
    assert below.value.likely == pytest.approx(78.4)
    assert below.value.spread.p10 < below.value.spread.p50 < below.value.spread.p90
    assert below.asks_more
    assert below.reach == 0


def test_a_ladder_of_lognormal_links_gives_the_known_product_and_shares():
    for case in closed_forms("lognormal_product"):
        links = case["inputs_p5_p95"].items()
        rungs = [Rung(id="base", order=0, current=0)]
        for i, (name, (low, high)) in enumerate(links, start=1):
            rungs.append(Rung(id=name, order=i, current=0, link=Range.stated(low, None, high, Shape.LOGNORMAL)))
        top = implied(resolve(rungs), "base", case["constant"], n=100_000)[rungs[-1].id]
        assert top.change.likely == pytest.approx(case["median"], rel=1e-9)
        spread = top.change.spread
        assert (spread.mean, spread.p10, spread.p50, spread.p90) == pytest.approx(
            (case["mean"], case["p10"], case["median"], case["p90"]), rel=0.01
        )
        assert top.shares == pytest.approx(case["log_variance_shares"], abs=1e-4)


def test_shares_add_up_and_a_certain_link_has_none():
    shares = implied(LADDER, "words", 95)["revenue"].shares
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["revenue"] > shares["queries"] > 0
    certain = resolve([WORDS, QUERIES, Rung(id="revenue", order=3, current=1, link=Range.exactly(3))])
    assert implied(certain, "words", 95)["revenue"].shares == {"queries": 1, "revenue": 0}
    assert implied(certain, "queries", 95)["revenue"].shares == {}


def test_the_gap_says_how_much_more_a_target_asks():
    above = implied(LADDER, "words", 95)
    assert above["revenue"].gap.likely == pytest.approx(-10)
    assert above["revenue"].asks_more is False
    higher = implied(
        resolve([WORDS, QUERIES, Rung(id="revenue", order=3, current=1000, target=1080, link=Range(9, 10, 11))]), "words", 95
    )
    gap = higher["revenue"].gap
    assert gap.likely == pytest.approx(40)
    assert gap.spread.p10 < gap.spread.p50 < gap.spread.p90
    assert gap.spread.p10 == pytest.approx(1080 - higher["revenue"].value.spread.p90)
    assert higher["revenue"].asks_more is True


def test_reaching_a_target_is_a_probability():
    target = 80 + 5 * float(QUERIES.link.quantile(0.75))
    ladder = resolve([WORDS, Rung(id="queries", order=2, current=80, target=target, link=QUERIES.link)])
    assert implied(ladder, "words", 95)["queries"].reach == pytest.approx(0.25, abs=0.001)


def test_a_target_below_todays_value_is_reached_by_falling():
    errors = Rung(id="errors", order=2, current=20, target=16, link=Range(-1.2, -1, -0.5))
    ladder = resolve([WORDS, errors])
    enough, short_of = implied(ladder, "words", 95)["errors"], implied(ladder, "words", 93)["errors"]
    assert (enough.asks_more, short_of.asks_more) == (False, True)
    assert 0.5 < enough.reach < 1
    assert short_of.reach == 0


def test_a_target_worked_out_by_hand_is_reached():
    ladder = resolve([Rung(id="a", order=1, current=1), Rung(id="b", order=2, current=0.5, target=1.41, link=Range.exactly(0.7))])
    at_target = implied(ladder, "a", 2.3)["b"]
    assert at_target.asks_more is False
    assert at_target.reach == 1


def test_two_rungs_on_the_same_one_are_reached_down_and_up():
    ladder = resolve(
        [
            Rung(id="base", order=1, current=0),
            Rung(id="left", order=2, below="base", current=0, link=Range.exactly(2)),
            Rung(id="right", order=3, below="base", current=0, link=Range.exactly(5)),
        ]
    )
    assert ladder.problems == ()
    assert implied(ladder, "left", 4)["right"].change.likely == 10


def test_without_todays_value_the_change_is_still_known():
    ladder = resolve([WORDS, Rung(id="queries", order=2, target=84, link=QUERIES.link), REVENUE])
    found = implied(ladder, "words", 95)
    assert found["queries"].value is None
    assert found["queries"].gap is None
    assert found["queries"].change.likely == pytest.approx(4)
    assert found["revenue"].value.likely == pytest.approx(1040)
    assert "“Revenue” stands" not in implied(ladder, "queries", 84)["revenue"].problem
    assert implied(ladder, "queries", 84)["revenue"].problem.endswith("stands today is not known.")


def test_a_missing_link_stops_only_what_needs_it():
    ladder = resolve(
        [
            WORDS,
            QUERIES,
            Rung(id="results", order=3, name="Result quality"),
            Rung(id="revenue", order=4, current=1, link=Range.exactly(2)),
        ]
    )
    assert dict(ladder.problems) == {"results": "How much one unit of the step below moves “Result quality” is not known."}
    found = implied(ladder, "words", 95)
    assert found["queries"].change.likely == pytest.approx(4)
    assert "“Result quality”" in found["revenue"].problem
    assert found["revenue"].change is None


def test_a_link_with_its_ends_crossed_is_named():
    assert "above the high one" in problems(WORDS, Rung(id="b", order=2, link=Range(3, 2, 1)))["b"]


def test_a_link_that_may_be_zero_goes_up_and_not_down():
    ladder = resolve([WORDS, Rung(id="queries", order=2, name="Query accuracy", current=80, link=Range(0, 0.8, 1.1))])
    up = implied(ladder, "words", 95)["queries"]
    assert up.change.likely == pytest.approx(4)
    assert up.shares == {}
    down = implied(ladder, "queries", 84)["words"]
    assert down.change is None
    assert down.problem == "The link of “Query accuracy” may be zero, so nothing below it can be worked out. Narrow its range."


def test_a_circle_is_named_on_each_of_its_rungs_and_the_rest_goes_on():
    a, b = (
        Rung(id="a", order=1, below="b", name="A", link=Range.exactly(1)),
        Rung(id="b", order=2, below="a", name="B", link=Range.exactly(1)),
    )
    c, d = (
        Rung(id="c", order=3, below="b", current=0, link=Range.exactly(2)),
        Rung(id="d", order=4, below="c", current=0, link=Range.exactly(3)),
    )
    ladder = resolve([a, b, c, d])
    sentence = "“A” and “B” rest on each other in a circle. Change what it rests on."
    assert dict(ladder.problems) == {"a": sentence, "b": sentence}
    assert implied(ladder, "c", 1)["d"].change.likely == 3
    assert implied(ladder, "c", 1)["a"].problem


def test_a_rung_on_itself_is_a_circle():
    assert problems(Rung(id="a", order=1, below="a", name="A"))["a"] == "“A” rests on itself. Change what it rests on."


def test_a_rung_on_one_that_is_gone_says_so():
    ladder = resolve([WORDS, Rung(id="queries", order=2, below="gone", link=QUERIES.link, name="Q")])
    assert dict(ladder.problems) == {"queries": "It rests on a step that does not exist. Choose another one."}
    assert implied(ladder, "words", 95)["queries"].problem == "No chain of links leads from “Word accuracy” to “Q”."


def test_two_rungs_of_one_number_leave_the_next_one_unclear():
    two = Rung(id="b", order=2, link=Range.exactly(1))
    twin = Rung(id="c", order=2, link=Range.exactly(1))
    assert "2 steps have the place 2" in problems(WORDS, two, twin, Rung(id="d", order=3, link=Range.exactly(1)))["d"]
    assert problems(WORDS, two, twin) == {}
    assert problems(WORDS, two, twin, Rung(id="d", order=3, below="c", link=Range.exactly(1))) == {}


def test_a_rung_without_a_place_says_so_unless_others_rest_on_it():
    assert "Give it a place" in problems(WORDS, Rung(id="b"))["b"]
    assert problems(Rung(id="b")) == {}
    assert problems(Rung(id="b"), Rung(id="c", below="b", link=Range.exactly(1))) == {}


def test_an_empty_ladder_and_a_single_rung_imply_nothing():
    assert resolve([]).problems == ()
    assert implied(resolve([WORDS]), "words", 95) == {}


def test_numbers_beyond_the_machine_are_a_sentence():
    rungs = [Rung(id="r0", order=0, current=0)]
    rungs += [Rung(id=f"r{i:02}", order=i, current=0, link=Range(1e13, 1e14, 1e15)) for i in range(1, 30)]
    found = implied(resolve(rungs), "r0", 1, n=100)
    assert "too large" in found["r29"].problem
    assert found["r05"].change.likely == pytest.approx(1e70)
    tiny = resolve([Rung(id="a", order=1, current=0), Rung(id="b", order=2, current=0, link=Range.exactly(5e-324))])
    assert "too large" in implied(tiny, "b", 1, n=100)["a"].problem


def test_no_change_implies_no_change():
    still = implied(LADDER, "words", 90)["revenue"]
    assert still.change.likely == still.change.spread.p10 == still.change.spread.p90 == 0
    assert still.asks_more is True
    assert math.isclose(still.gap.likely, 30)
