"""Slices: gap times share, intervals, bounds of overlapping gains, and what a good average hides."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from scoping.feasibility.slices import (
    Order,
    Part,
    are_exclusive,
    fisher_tail,
    gains,
    gains_words,
    guarded,
    hidden,
    holm,
    ranked,
    remarks,
    totals,
    typed,
    worse,
)
from scoping.sections.feasibility import Feasibility, Slice, SliceKind, Slices
from tests.tools import ROOT, reference

# Slides, "Prioritizing what to work on", with the shares as printed there.
PRINTED = (
    Part(name="Clean Speech", accuracy=0.94, hlp=0.95, share=0.60),
    Part(name="Car Noise", accuracy=0.89, hlp=0.93, share=0.40),
    Part(name="People Noise", accuracy=0.87, hlp=0.89, share=0.30),
    Part(name="Low Bandwidth", accuracy=0.70, hlp=0.70, share=0.06),
)


def test_the_table_of_the_slides_is_reproduced():
    wanted = json.loads(reference("errors/expected.json").read_text())["seed_table"]
    found = {p.name: (p.room, p.gain) for p in PRINTED}
    for row in wanted["rows"]:
        assert found[row["tag"]] == pytest.approx((row["gap"], row["potential_gain"]), abs=1e-9)
    assert [p.name for _, p in ranked(PRINTED)] == wanted["ranking"]
    assert {p.name for place, p in ranked(PRINTED) if place == 2} == set(wanted["tie"])


def test_gains_of_overlapping_slices_are_bounds_and_not_a_sum():
    found = gains(PRINTED, exclusive=False)
    assert (found.largest, found.total) == pytest.approx((0.016, 0.028))
    assert "between 1.6 and 2.8 points" in gains_words(found)
    assert "2.8" in gains_words(gains(PRINTED, exclusive=True))
    assert "between" not in gains_words(gains(PRINTED, exclusive=True))


def test_gains_are_not_known_while_no_slice_has_one():
    assert gains([Part(name="a", accuracy=0.9)], exclusive=False) is None


def test_a_model_above_people_has_no_room_and_no_negative_gain():
    part = Part(name="a", accuracy=0.95, hlp=0.90, share=0.5)
    assert part.is_above_people
    assert (part.room, part.gain) == (0, 0)


def test_equal_figures_share_a_place_and_unknown_ones_come_last_without_any():
    parts = [Part(name="a", ease=2), Part(name="b", ease=5), Part(name="c"), Part(name="d", ease=2)]
    assert [(place, p.name) for place, p in ranked(parts, Order.EASE)] == [(1, "b"), (2, "a"), (2, "d"), (None, "c")]


@pytest.mark.parametrize("order", list(Order))
def test_every_order_ranks_by_the_one_column_it_names(order):
    parts = [
        Part(name="low", accuracy=0.9, hlp=0.91, share=0.1, ease=1, importance=1),
        Part(name="high", accuracy=0.5, hlp=0.9, share=0.8, ease=5, importance=5),
    ]
    assert [p.name for _, p in ranked(parts, order)] == ["high", "low"]


@pytest.mark.parametrize(
    ("hits", "cases", "all_hits", "all_cases"),
    [
        (3, 10, 5, 100),
        (0, 10, 5, 100),
        (5, 5, 5, 9),
        (40, 300, 900, 10_000),
        (1, 300, 900, 10_000),
        (52_000, 250_000, 200_000, 10**6),
    ],
)
def test_the_exact_test_agrees_with_the_hypergeometric_distribution(hits, cases, all_hits, all_cases):
    wanted = stats.hypergeom.sf(hits - 1, all_cases, all_hits, cases)
    assert fisher_tail(hits, cases, all_hits, all_cases) == pytest.approx(wanted, rel=1e-6, abs=1e-300)


def test_holm_raises_chances_for_the_number_of_looks():
    from statsmodels.stats.multitest import multipletests

    chances = [0.01, 0.04, 0.03, 0.5]
    assert holm(chances) == pytest.approx(tuple(multipletests(chances, method="holm")[1]))
    assert holm([]) == ()


def test_a_bad_slice_behind_a_good_average_is_named_with_its_interval():
    bad, good = Part(name="night", accuracy=0.70, cases=200, errors=60), Part(name="day", accuracy=0.97, cases=2000, errors=60)
    found = worse([bad, good], 2200, 120)
    assert [w.part.name for w in found] == ["night"]
    (sentence,) = hidden(found, 1 - 120 / 2200)
    assert "94.5\u00a0%" in sentence
    assert "night" in sentence
    assert "70\u00a0% right (63.3\u00a0% to 75.9\u00a0%)" in sentence


@pytest.mark.slow
def test_slices_as_good_as_the_rest_are_seldom_called_worse():
    draw = np.random.default_rng(7)
    runs, alarms = 1000, 0
    for _ in range(runs):
        wrong = draw.random(1500) < 0.1
        parts = []
        for i in range(20):
            carries = draw.random(1500) < draw.uniform(0.02, 0.4)
            cases = int(carries.sum())
            if cases:
                errors = int(wrong[carries].sum())
                parts.append(Part(name=str(i), accuracy=1 - errors / cases, cases=cases, errors=errors))
        alarms += bool(worse(parts, 1500, int(wrong.sum())))
    assert alarms / runs <= 0.05 + 2.6 * (0.05 * 0.95 / runs) ** 0.5


def test_rare_and_protected_slices_are_told_with_intervals_or_as_too_few():
    few = Part(name="foreign names", accuracy=0.8, cases=10, errors=2, kind=SliceKind.PROTECTED)
    enough = Part(name="night", accuracy=0.9, cases=100, errors=10, kind=SliceKind.RARE)
    uncounted = Part(name="children", accuracy=0.9, kind=SliceKind.PROTECTED)
    said = guarded([few, enough, uncounted, Part(name="plain", accuracy=0.9, cases=5, errors=1)])
    assert len(said) == 3
    assert "10 cases: too few to say" in said[0]
    assert "(82.6\u00a0% to 94.5\u00a0%)" in said[1]
    assert "no counted cases" in said[2]


def test_typed_slices_are_the_same_calculation():
    rows = (
        Slice(id="a", name="Clear", model=94, hlp=95, share=60),
        Slice(id="b", name="Counted", cases=200, errors=20, share=40, hlp=93),
    )
    clear, counted = typed(Feasibility(slices=rows))
    assert clear.gain == pytest.approx(0.006)
    assert (counted.accuracy, counted.gain) == pytest.approx((0.9, 0.012))
    assert clear.interval is None
    assert counted.interval == pytest.approx(stats.binomtest(180, 200).proportion_ci(method="wilson"), abs=1e-9)


def test_typed_figures_that_contradict_their_count_are_named():
    rows = (Slice(id="a", name="Clear", model=94, cases=100, errors=20), Slice(id="b", name="Odd", cases=5, errors=9))
    said = " ".join(remarks(Feasibility(slices=rows)))
    assert "80\u00a0% right, but 94\u00a0% was typed" in said
    assert "more errors (9) than cases (5)" in said


def test_typed_slices_hide_nothing_they_were_counted_for():
    rows = (
        Slice(id="a", name="Day", cases=2000, errors=60, share=90),
        Slice(id="b", name="Night", cases=200, errors=60, share=10),
    )
    value = Feasibility(slices=rows, slices_are=Slices.EXCLUSIVE)
    assert totals(value) == (2200, 120)
    assert any("hides “Night”" in s for s in remarks(value))
    assert totals(value.model_copy(update={"slices_are": Slices.OVERLAPPING})) is None


def test_slices_are_exclusive_when_said_or_when_nothing_is_said_and_shares_add_up():
    rows = (Slice(id="a", share=60), Slice(id="b", share=40))
    assert are_exclusive(Feasibility(slices=rows))
    assert not are_exclusive(Feasibility(slices=rows[:1]))
    assert not are_exclusive(Feasibility(slices=rows, slices_are=Slices.OVERLAPPING))
    assert are_exclusive(Feasibility(slices=rows[:1], slices_are=Slices.EXCLUSIVE))


def test_figures_of_typed_slices_do_without_the_statistics_library():
    code = """
import sys
from scoping.feasibility import slices
from scoping.sections.feasibility import Feasibility, Slice, Slices
rows = tuple(Slice(id=i, name=i, cases=900, errors=10 * n, share=50) for n, i in enumerate("ab", 1))
assert slices.remarks(Feasibility(slices=rows, slices_are=Slices.EXCLUSIVE)) == []
assert slices.typed(Feasibility(slices=rows))[0].interval
assert not {"scipy.stats", "pandas", "altair"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
