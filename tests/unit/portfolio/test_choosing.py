"""The best set under limits and conditions: known cases, and the sentences that explain it."""

from __future__ import annotations

import json
from itertools import chain, combinations

import numpy as np
import pytest

from scoping.errors import ChoosingError
from scoping.portfolio.choosing import Knapsack, Limit, Priced, best_set, curve, next_step
from tests.tools import reference


def cases() -> list[tuple[Knapsack, Knapsack, dict]]:
    """Each case with its conditions and without."""
    found = []
    for case in json.loads(reference("value/portfolio.json").read_text("utf-8")):
        projects = tuple(
            Priced(id=str(i), name=p["name"], value=p["value"] * 100, cost=p["cost"] * 100, people=p["people"])
            for i, p in enumerate(case["projects"])
        )
        plain = Knapsack(projects=projects, budget=case["budget"] * 100, people=case["people"])
        full = Knapsack(
            projects=projects,
            budget=case["budget"] * 100,
            people=case["people"],
            must=tuple(map(str, case["must"])),
            exclusive=tuple(tuple(map(str, group)) for group in case["exclusive"]),
            needs=tuple((str(i), str(p["needs"])) for i, p in enumerate(case["projects"]) if "needs" in p),
        )
        found.append((full, plain, case["expected"]))
    return found


def test_the_best_value_is_what_exhaustive_search_found():
    for full, plain, expected in cases():
        assert bool(best_set(full).sets) == expected["feasible"]
        assert {s.value for s in best_set(full).sets} == {expected["best_value"] * 100}
        (picked, *_) = best_set(plain).sets
        assert picked.value >= expected["greedy_value_per_cost_total"] * 100


def offer(**figures: tuple[int | None, int | None, float | None]) -> tuple[Priced, ...]:
    return tuple(
        Priced(id=name, name=name.upper(), value=value, cost=cost, people=people) for name, (value, cost, people) in figures.items()
    )


ABC = offer(a=(60, 10, 1), b=(100, 20, 2), c=(120, 30, 3))


def test_the_best_set_is_not_the_one_with_most_value_per_cost():
    case = Knapsack(projects=ABC, budget=50)
    assert best_set(case).sets[0].ids == ("b", "c")


def test_all_equal_sets_are_given_the_cheapest_first():
    case = Knapsack(projects=offer(a=(10, 5, 0), b=(10, 3, 0), c=(10, 4, 0)), budget=5)
    found = best_set(case)
    assert [s.ids for s in found.sets] == [("b",), ("c",), ("a",)]
    assert found.is_complete


def test_more_equal_sets_than_asked_for_are_owned_up_to():
    found = best_set(Knapsack(projects=offer(a=(10, 5, 0), b=(10, 5, 0), c=(10, 5, 0)), budget=5), most=2)
    assert len(found.sets) == 2
    assert not found.is_complete


def test_tenths_of_people_are_counted_exactly():
    """0.1 + 0.2 is more than 0.3 in binary numbers."""
    assert best_set(Knapsack(projects=offer(a=(1, 0, 0.1), b=(1, 0, 0.2)), people=0.3)).sets[0].ids == ("a", "b")


@pytest.mark.parametrize("seed", range(6))
def test_a_cent_over_the_budget_is_over_the_budget(seed):
    """The solver forgives an excess of a millionth; with a million dollars in cents that is an amount."""
    rng = np.random.default_rng(seed)
    favourites = rng.permutation(8)[:4].tolist()
    values = [v + (10**9 if i in favourites else 0) for i, v in enumerate(rng.integers(10**8, size=8).tolist())]
    costs = rng.integers(10**8, size=8).tolist()
    budget = sum(costs[i] for i in favourites) - 1
    (best,) = best_set(
        Knapsack(projects=tuple(Priced(id=str(i), name="P", value=values[i], cost=costs[i]) for i in range(8)), budget=budget)
    ).sets
    subsets = chain.from_iterable(combinations(range(8), size) for size in range(9))
    assert best.value == max(sum(values[i] for i in s) for s in subsets if sum(costs[i] for i in s) <= budget)
    assert best.cost is not None
    assert best.cost <= budget


@pytest.mark.parametrize("seed", range(3))
def test_the_last_dollar_of_value_is_found_among_many_projects(seed):
    """As dynamic programming over every budget finds it; a solver that stops near the optimum does not."""
    rng = np.random.default_rng(seed)
    costs = rng.integers(100, 400, size=60).tolist()
    values = [100 * cost + extra for cost, extra in zip(costs, rng.integers(300, size=60).tolist(), strict=True)]
    budget = sum(costs) // 3
    reachable = [0] * (budget + 1)
    for value, cost in zip(values, costs, strict=True):
        for left in range(budget, cost - 1, -1):
            reachable[left] = max(reachable[left], reachable[left - cost] + value)
    projects = tuple(Priced(id=str(i), name="P", value=v, cost=c) for i, (v, c) in enumerate(zip(values, costs, strict=True)))
    assert best_set(Knapsack(projects=projects, budget=budget), most=1).sets[0].value == reachable[budget]


def test_no_limit_takes_all_that_is_worth_something():
    assert best_set(Knapsack(projects=offer(a=(5, 10**9, 100), b=(-1, 0, 0)))).sets[0].ids == ("a",)


def test_nothing_on_offer_is_an_empty_set():
    found = best_set(Knapsack(projects=(), budget=10, people=1))
    assert [s.ids for s in found.sets] == [()]
    assert curve(Knapsack(projects=(), budget=10))[0].ids == ()


def test_the_interval_of_a_set_is_that_of_its_projects_together():
    projects = (
        Priced(id="a", name="A", value=100, cost=10, people=1, low=-50, high=400),
        Priced(id="b", name="B", value=50, cost=10, people=1.5),
    )
    (one,) = best_set(Knapsack(projects=projects)).sets
    assert (one.low, one.value, one.high, one.cost, one.people) == (0, 150, 450, 20, 2.5)


def test_a_project_with_an_unknown_figure_is_left_aside_and_named():
    projects = offer(a=(100, None, 1), b=(None, 1, None), c=(5, 1, 1))
    found = best_set(Knapsack(projects=projects, budget=100, people=9))
    assert [s.ids for s in found.sets] == [("c",)]
    assert found.notes == (
        "“A” is left aside: its cost is not known yet.",
        "“B” is left aside: its value and its need of people is not known yet.",
    )


def test_an_unknown_cost_matters_only_under_a_budget():
    (one,) = best_set(Knapsack(projects=offer(a=(100, None, 1)))).sets
    assert (one.ids, one.cost) == (("a",), None)
    assert curve(Knapsack(projects=offer(a=(100, None, 1))))[0].ids == ()


@pytest.mark.parametrize(
    ("case", "reasons"),
    [
        (
            Knapsack(
                projects=offer(a=(1, 5_000_000, 1), b=(1, 6_000_000, 1), c=(1, 4_000_000, 1)),
                budget=12_000_000,
                must=("a", "b", "c"),
            ),
            ["The three must-have projects already cost $150,000, more than the budget of $120,000."],
        ),
        (
            Knapsack(projects=offer(a=(1, 100, 1.5), b=(1, 900, 3)), budget=200, people=1, must=("a",), currency="EUR"),
            ["The must-have project “A” already takes 1.5 people, more than the limit of 1 person."],
        ),
        (
            Knapsack(
                projects=offer(a=(1, 100, 1), b=(1, 900, 3)), budget=200, must=("a", "a"), needs=(("a", "b"),), currency="EUR"
            ),
            ["The must-have project “A” and the one that it needs already cost €10, more than the budget of €2."],
        ),
        (
            Knapsack(
                projects=offer(a=(1, 1, 0), b=(1, 1, 0), c=(1, 1, 0), d=(1, 1, 0)),
                must=("a", "d"),
                needs=(("a", "b"), ("b", "c")),
                budget=2,
            ),
            ["The two must-have projects and the two that they need already cost $0.04, more than the budget of $0.02."],
        ),
        (
            Knapsack(projects=offer(a=(1, 1, 0), b=(1, 1, 0)), must=("a", "b"), exclusive=(("a", "b"),)),
            ["“A” and “B” exclude each other, but all of them are must-haves."],
        ),
        (
            Knapsack(projects=offer(a=(1, 1, 0), b=(1, 1, 0)), must=("a",), needs=(("a", "b"),), exclusive=(("a", "b"),)),
            ["“A” and “B” exclude each other, but all of them are must-haves or needed by one."],
        ),
        (
            Knapsack(projects=offer(a=(None, 1, 0)), must=("a",)),
            ["“A” must be in, but not all of its figures are known yet."],
        ),
    ],
)
def test_what_stands_in_the_way_is_named(case, reasons):
    found = best_set(case)
    assert found.sets == ()
    assert list(found.reasons) == reasons


def test_the_next_bit_of_budget_says_what_it_buys():
    step = next_step(Knapsack(projects=offer(a=(6000, 1000, 1), b=(10000, 2000, 2), c=(12000, 3000, 3)), budget=3500))
    assert step.extra == 500
    assert step.after is not None
    assert step.after.ids == ("a", "c")
    assert step.sentence == "With $5 more, “C” comes in, “B” goes out, and the value rises by $20 to $180."


def test_the_next_person_says_what_they_buy():
    step = next_step(Knapsack(projects=ABC, people=5), Limit.PEOPLE)
    assert step.sentence == "With 1 person more, “A” comes in and the value rises by $0.60 to $2.80."


def test_the_first_budget_that_fits_the_must_haves_is_named():
    case = Knapsack(projects=offer(a=(1, 500, 0), b=(9, 800, 0)), budget=100, must=("a",))
    step = next_step(case)
    assert (step.before, step.extra) == (None, 400)
    assert step.sentence == "With $4 more, all that must be in fits."


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (Knapsack(projects=ABC, budget=60), "More budget alone buys nothing: what may be in and is worth it is in already."),
        (Knapsack(projects=ABC, budget=60, people=5), "More budget alone buys nothing: the limit of people decides."),
        (Knapsack(projects=ABC, people=5), "There is no limit of budget to raise."),
        (
            Knapsack(projects=ABC, budget=1, must=("a", "b"), exclusive=(("a", "b"),)),
            "“A” and “B” exclude each other, but all of them are must-haves.",
        ),
    ],
)
def test_a_budget_that_buys_nothing_more_says_why(case, sentence):
    step = next_step(case)
    assert step.after is None
    assert step.sentence == sentence


def test_many_names_are_counted_instead():
    projects = offer(**{f"p{i}": (10, 0, 1) for i in range(6)})
    bound = Knapsack(projects=projects, people=0, must=tuple(p.id for p in projects), exclusive=(tuple(p.id for p in projects),))
    assert best_set(bound).reasons[0].startswith("“P0”, “P1”, “P2” and 3 others exclude each other")


@pytest.mark.parametrize("costs", [(5, 3), (3, 5)])
def test_the_curve_keeps_the_cheaper_of_two_equal_sets(costs):
    first, second = costs
    case = Knapsack(projects=offer(a=(10, first, 0), b=(10, second, 0)), exclusive=(("a", "b"),))
    assert [(s.cost, s.value) for s in curve(case)] == [(0, 0), (3, 10)]


def test_the_curve_shows_every_step_where_there_are_few():
    sets = curve(Knapsack(projects=ABC))
    assert [(s.cost, s.value) for s in sets] == [(0, 0), (10, 60), (20, 100), (30, 160), (40, 180), (50, 220), (60, 280)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"must": ("x",)}, "names the project “x”"),
        ({"exclusive": (("a", "y"),)}, "names the project “y”"),
        ({"needs": (("z", "a"),)}, "names the project “z”"),
        ({"budget": -1}, "A limit is a number of zero or more"),
        ({"people": float("nan")}, "A limit is a number of zero or more"),
        ({"projects": (*ABC, ABC[0])}, "listed twice"),
        ({"projects": (Priced(id="a", name="A", value=1, cost=-1),)}, "“A”: cost and people are numbers of zero or more"),
        (
            {"projects": (Priced(id="a", name="A", value=1, cost=1, people=float("inf")),)},
            "“A”: cost and people are numbers of zero or more",
        ),
        ({"projects": (Priced(id="a", name="A", value=1, low=2, high=3),)}, "“A”: its mean value lies outside of its own range"),
    ],
)
def test_an_impossible_question_is_refused_in_a_sentence(wrong, said):
    with pytest.raises(ChoosingError, match=said):
        Knapsack(**{"projects": ABC, **wrong})
