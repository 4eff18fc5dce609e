"""Laws of rankings and of the choice of projects that hold whatever the ratings, amounts and conditions are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping.portfolio.choosing import Knapsack, Limit, Priced, best_set, curve, next_step
from scoping.portfolio.ranking import Criterion, Method, Rated, Score, band, order, robustness
from scoping.portfolio.rubrics import standard_methods

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
some_method = st.sampled_from(standard_methods())
N = 400


@st.composite
def scores(draw: st.DrawFn, criterion: Criterion) -> Score:
    if draw(st.integers(0, 4)) == 0:
        return Score()
    inside = st.floats(criterion.lowest, criterion.highest)
    return Score(*sorted(draw(st.tuples(inside, inside, inside))))


@st.composite
def rated(draw: st.DrawFn, method: Method, id: str) -> Rated:
    return Rated(id, draw(st.text(max_size=5)), {c.id: draw(scores(c)) for c in method.asked})


@st.composite
def rankings(draw: st.DrawFn) -> tuple[Method, list[Rated]]:
    method = draw(some_method)
    return method, [draw(rated(method, f"p{i}")) for i in range(draw(st.integers(1, 6)))]


@FEW
@given(rankings(), st.data())
def test_an_answer_taken_away_never_narrows_the_band(ranking, data):
    method, projects = ranking
    gone = data.draw(st.sampled_from(method.asked)).id
    for project in projects:
        blank = replace(project, scores={c: s for c, s in project.scores.items() if c != gone})
        before, after = band(project, method), band(blank, method)
        assert after.low <= before.low * (1 + 1e-12)
        assert after.high >= before.high * (1 - 1e-12)
        assert after.likely is None


@FEW
@given(rankings())
def test_a_band_is_in_order(ranking):
    method, projects = ranking
    for project in projects:
        low, likely, high = band(project, method)
        assert low <= high
        assert likely is None or low * (1 - 1e-12) <= likely <= high * (1 + 1e-12)


@FEW
@given(rankings(), st.data())
def test_the_order_in_which_projects_come_changes_no_figure(ranking, data):
    method, projects = ranking
    shuffled = data.draw(st.permutations(projects))
    assert robustness(projects, method, n=N) == robustness(shuffled, method, n=N)
    assert {p.project.id: p.position for p in order(projects, method)} == {
        p.project.id: p.position for p in order(shuffled, method)
    }


@FEW
@given(rankings())
def test_another_name_changes_no_figure(ranking):
    method, projects = ranking
    renamed = [replace(p, name="x") for p in projects]
    plain, other = (robustness(ps, method, n=N).standings for ps in (projects, renamed))
    assert [replace(s, name="x") for s in plain] == list(other)


@FEW
@given(rankings())
def test_company_does_not_change_who_of_two_is_ahead(ranking):
    method, projects = ranking
    assume(len(projects) >= 2)
    alone = robustness(projects[:2], method, n=N)
    among = robustness(projects, method, n=N)
    assert alone.ahead("p0", "p1") == among.ahead("p0", "p1")


@FEW
@given(rankings(), st.integers(1, 7))
def test_chances_add_up(ranking, k):
    method, projects = ranking
    m = len(projects)
    result = robustness(projects, method, k=k, n=N)
    assert math.isclose(sum(s.top for s in result.standings), min(k, m), abs_tol=1e-9)
    assert math.isclose(sum(s.mean for s in result.standings), m * (m + 1) / 2)
    for s in result.standings:
        assert 1 <= s.first <= s.middle <= s.last <= m
        assert s.top <= robustness(projects, method, k=k + 1, n=N).standings[result.standings.index(s)].top
    for one, other in combinations(projects, 2):
        assert math.isclose(result.ahead(one.id, other.id) + result.ahead(other.id, one.id), 1)


@FEW
@given(some_method, st.data())
def test_a_dominated_project_is_never_surely_ahead(method, data):
    """Every draw of the better one is as good as the same chance of the other, or better: it leads at least half of the time."""
    worse, better = {}, {}
    for c in method.asked:
        a, b = data.draw(scores(c).filter(lambda s: s.given)), data.draw(scores(c).filter(lambda s: s.given))
        least, most = (Score(*(pick(x, y) for x, y in zip(a.given, b.given, strict=True))) for pick in (min, max))
        worse[c.id], better[c.id] = (most, least) if c is method.over else (least, most)
    result = robustness([Rated("a", "", better), Rated("b", "", worse)], method, n=1_000)
    assert result.ahead("b", "a") < 0.58


@FEW
@given(rankings(), st.floats(0.5, 8))
def test_weights_count_by_their_proportions(ranking, factor):
    method, projects = ranking
    assume(method.weights)
    scaled = replace(method, weights=tuple(w * factor for w in method.weights))
    for project in projects:
        pairs = zip(band(project, method), band(project, scaled), strict=True)
        assert all(a is b is None or math.isclose(a, b) for a, b in pairs)


# Choosing


@st.composite
def cases(draw: st.DrawFn, smallest: int = 1) -> Knapsack:
    """Small portfolios with awkward amounts, so that every set can be tried."""
    m = draw(st.integers(smallest, 7))
    amount = draw(st.sampled_from([st.integers(0, 6), st.integers(0, 12).map(lambda n: n * 100_000), st.integers(0, 10**11)]))
    projects = []
    for i in range(m):
        value = draw(st.one_of(st.none(), amount, amount, amount, amount.map(lambda v: -v)))
        cost = draw(st.one_of(amount, amount, amount, st.none()))
        people = draw(st.one_of(st.integers(0, 40).map(lambda n: n / 10), st.integers(0, 4), st.none()))
        projects.append(Priced(id=f"p{i}", name=f"P{i}", value=value, cost=cost, people=people))
    some = st.sampled_from([p.id for p in projects])
    total = sum(p.cost or 0 for p in projects)
    within = sum(p.cost or 0 for p in draw(st.lists(st.sampled_from(projects), unique=True)))
    return Knapsack(
        projects=tuple(projects),
        budget=draw(st.one_of(st.none(), st.integers(0, max(total, 1)), st.just(max(within - 1, 0)))),
        people=draw(st.one_of(st.none(), st.integers(0, 150).map(lambda n: n / 10))),
        must=tuple(draw(st.lists(some, max_size=2))) if draw(st.booleans()) else (),
        exclusive=tuple(tuple(g) for g in draw(st.lists(st.lists(some, min_size=2, max_size=3), max_size=2))),
        needs=tuple(draw(st.lists(st.tuples(some, some), max_size=2))),
    )


def subsets(case: Knapsack) -> Iterable[tuple[Priced, ...]]:
    return chain.from_iterable(combinations(case.projects, size) for size in range(len(case.projects) + 1))


def is_allowed(case: Knapsack, chosen: tuple[Priced, ...]) -> bool:
    """The conditions once more, in plain words and whole tenths of people."""
    ids = {p.id for p in chosen}
    if any(p.value is None for p in chosen) or not set(case.must) <= ids:
        return False
    if any(len(ids & set(group)) > 1 for group in case.exclusive) or any(a in ids and b not in ids for a, b in case.needs):
        return False
    if case.budget is not None and (any(p.cost is None for p in chosen) or sum(p.cost or 0 for p in chosen) > case.budget):
        return False
    tenths = sum(round((p.people or 0) * 10) for p in chosen)
    return case.people is None or (all(p.people is not None for p in chosen) and tenths <= round(case.people * 10))


def tried(case: Knapsack) -> dict[frozenset[str], int]:
    """The value of every allowed set."""
    return {frozenset(p.id for p in s): sum(p.value or 0 for p in s) for s in subsets(case) if is_allowed(case, s)}


@FEW
@given(cases())
def test_the_best_sets_are_those_that_trying_all_sets_finds(case):
    every = tried(case)
    found = best_set(case, most=200)
    best = {s for s, value in every.items() if value == max(every.values())}
    assert {frozenset(s.ids) for s in found.sets} == best
    assert all(s.value == every[frozenset(s.ids)] for s in found.sets)
    assert found.is_complete
    assert bool(found.reasons) == (not every)


@FEW
@given(cases())
def test_more_of_a_limit_never_lowers_the_best_value(case):
    assume(case.budget is not None and case.people is not None)
    before = best_set(case, most=1).sets
    for richer in (replace(case, budget=case.budget + 7), replace(case, people=case.people + 0.5)):
        after = best_set(richer, most=1).sets
        assert not before or after[0].value >= before[0].value


@FEW
@given(cases(smallest=2), st.data())
def test_a_further_condition_never_raises_the_best_value(case, data):
    one, other = data.draw(st.permutations([p.id for p in case.projects]))[:2]
    before = best_set(case, most=1).sets
    for stricter in (
        replace(case, must=(*case.must, one)),
        replace(case, exclusive=(*case.exclusive, (one, other))),
        replace(case, needs=(*case.needs, (one, other))),
    ):
        after = best_set(stricter, most=1).sets
        assert not after or before[0].value >= after[0].value


@FEW
@given(cases(), st.data())
def test_the_order_of_the_offer_changes_nothing(case, data):
    shuffled = replace(case, projects=tuple(data.draw(st.permutations(case.projects))))
    one, other = ({frozenset(s.ids) for s in best_set(c, most=200).sets} for c in (case, shuffled))
    assert one == other


@FEW
@given(cases(), st.sampled_from(Limit))
def test_the_next_step_is_the_smallest_that_buys_a_better_set(case, limit):
    assume(limit in case.limits)
    step = next_step(case, limit)
    now = max(tried(case).values(), default=-math.inf)
    least = None
    for chosen in subsets(case):
        if limit is Limit.BUDGET:
            needed = sum(p.cost or 0 for p in chosen)
            raised = replace(case, budget=max(needed, case.budget))
            extra: float = needed - case.budget
        else:
            needed = sum(round((p.people or 0) * 10) for p in chosen)
            raised = replace(case, people=max(needed / 10, case.people))
            extra = (needed - round(case.people * 10)) / 10
        if is_allowed(raised, chosen) and sum(p.value or 0 for p in chosen) > now:
            least = extra if least is None else min(least, extra)
    assert (step.after is None) == (least is None)
    if step.after and least is not None:
        assert math.isclose(step.extra, least, abs_tol=1e-9)
        assert step.after.value > now
    assert step.sentence.endswith(".")


@FEW
@given(cases())
def test_every_set_of_the_curve_is_the_best_for_its_cost(case):
    sets = curve(case, points=5)
    values = [s.value for s in sets]
    assert values == sorted(set(values))
    for s in sets:
        same = replace(case, budget=s.cost)
        assert s.value == max(tried(same).values())
    if sets:
        assert sets[-1].value == max(tried(replace(case, budget=10**15)).values())
