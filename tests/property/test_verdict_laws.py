"""Laws of the verdict that hold for any evidence."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping.feasibility.ruling import ruling
from scoping.feasibility.verdict import judged
from scoping.feasibility.weighing import Piece, Strength
from scoping.section import YesNo
from scoping.sections.feasibility import (
    Benchmark,
    Better,
    Check,
    Evidence,
    Feasibility,
    Grade,
    Opinion,
    Resembles,
    Similarity,
    Speaks,
    Truth,
)
from scoping.sections.solutions import Approach, Data, Novelty, Solution

FEW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
TODAY = date(2026, 11, 25)
WORST_FIRST = [Opinion.NOT_FEASIBLE, Opinion.TOO_LITTLE, Opinion.DOUBTFUL, Opinion.FEASIBLE]

maybe = st.none() | st.sampled_from(YesNo)
days = st.none() | st.integers(0, 1500).map(lambda n: TODAY - timedelta(days=n))
metrics = st.sampled_from(["", "F1", "f 1", "Recall"])
values = st.none() | st.floats(0, 100).map(lambda v: round(v, 1))

THIS = st.just("s")
ideas = st.builds(
    Solution,
    id=THIS,
    approach=st.none() | st.sampled_from(Approach),
    data=st.none() | st.sampled_from(Data),
    novelty=st.none() | st.sampled_from(Novelty),
)


def evidence(speaks, solution=THIS):
    return st.builds(
        Evidence,
        id=st.just("x"),
        solution=solution,
        check=st.none() | st.sampled_from(Check),
        finding=st.sampled_from(["", "Found it", "Found more"]),
        grade=st.none() | st.sampled_from(Grade),
        speaks=speaks,
        metric=metrics,
        value=values,
        low=values,
        high=values,
        source=st.sampled_from(["", "Sheet 4"]),
        found_on=days,
        same_inputs=maybe,
        truth=st.none() | st.sampled_from(Truth),
        serving=maybe,
        items=st.none() | st.integers(0, 100),
    )


anything = evidence(st.none() | st.sampled_from(Speaks))
similarities = st.none() | st.sampled_from(Similarity)
benchmarks = st.builds(
    Benchmark,
    id=st.just("x"),
    name=st.sampled_from(["Vendor", "Paper"]),
    metric=metrics,
    value=values,
    found_on=days,
    data_similarity=similarities,
    setting_similarity=similarities,
    link=st.sampled_from(["", "https://example.org"]),
)


CHECKS = (Check.FEATURES, Check.HLP, Check.BENCHMARK)
PIECES = [
    Piece(key="", title="p", check=check, speaks=speaks, claimed=strength, strength=strength)
    for check, speaks, strength in product(CHECKS, Speaks, list(Strength)[1:])
]


def numbered(rows):
    return tuple(row.model_copy(update={"id": f"r{i}"}) for i, row in enumerate(rows))


@st.composite
def charters(draw):
    return Feasibility(
        evidence=numbered(draw(st.lists(anything, max_size=6))),
        benchmarks=numbered(draw(st.lists(benchmarks, max_size=3))),
        asked_metric=draw(metrics),
        asked_value=draw(values),
        asked_better=draw(st.none() | st.sampled_from(Better)),
        resembles=draw(st.none() | st.sampled_from(Resembles)),
    )


def judge(idea, value):
    return judged(idea, value, TODAY, is_chosen=True)


def rank(opinion):
    return WORST_FIRST.index(opinion)


def with_more(value, *rows):
    new = [row.model_copy(update={"id": f"new{i}"}) for i, row in enumerate(rows)]
    return value.model_copy(update={"evidence": (*value.evidence, *new)})


@FEW
@given(ideas, charters(), evidence(st.just(Speaks.FOR)))
def test_supporting_evidence_never_makes_the_verdict_worse(idea, value, row):
    assert rank(judge(idea, with_more(value, row)).ruling.opinion) >= rank(judge(idea, value).ruling.opinion)


@pytest.mark.parametrize("needed", [(), CHECKS[:1], CHECKS[:2], CHECKS])
def test_one_piece_more_moves_every_ruling_only_the_way_it_speaks(needed):
    """All rulings on at most two pieces, each with every possible third one."""
    for some in [(), *((p,) for p in PIECES), *combinations_with_replacement(PIECES, 2)]:
        before = ruling(some, needed).opinion
        for more in PIECES:
            after = ruling([*some, more], needed).opinion
            if more.speaks is Speaks.FOR:
                assert rank(after) >= rank(before)
            if more.speaks is Speaks.AGAINST:
                assert before is not Opinion.NOT_FEASIBLE or after is Opinion.NOT_FEASIBLE
                assert before is Opinion.FEASIBLE or after is not Opinion.FEASIBLE


@FEW
@given(ideas, charters(), st.lists(evidence(st.sampled_from(Speaks), st.sampled_from(["", "other"])), max_size=3))
def test_evidence_about_other_ideas_changes_nothing(idea, value, rows):
    assert judge(idea, with_more(value, *rows)) == judge(idea, value)


@FEW
@given(ideas, charters(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(idea, value, random):
    shuffled = value.model_copy(
        update={
            "evidence": tuple(random.sample(value.evidence, len(value.evidence))),
            "benchmarks": tuple(random.sample(value.benchmarks, len(value.benchmarks))),
        }
    )
    assert judge(idea, shuffled) == judge(idea, value)
    assert judge(idea, shuffled).flips == judge(idea, value).flips


@FEW
@given(ideas, charters(), anything, st.sampled_from(["grade", "speaks"]))
def test_blank_evidence_counts_as_nothing(idea, value, row, name):
    blank = row.model_copy(update={name: None})
    before, after = judge(idea, value), judge(idea, with_more(value, blank))
    assert (after.ruling, after.pieces, after.flips) == (before.ruling, before.pieces, before.flips)
    empty = row.model_copy(update={"finding": " ", "value": None})
    assert judge(idea, with_more(value, empty)).ruling == before.ruling


@FEW
@given(ideas, charters())
def test_evidence_never_counts_more_than_it_claims(idea, value):
    found = judge(idea, value)
    assert all(p.strength <= p.claimed for p in found.pieces)
    assert all(p.weakened for p in found.pieces if p.strength < p.claimed)


@FEW
@given(ideas, charters())
def test_feasible_rests_on_a_pilot_or_a_measurement_of_our_own(idea, value):
    found = judge(idea, value)
    if found.ruling.opinion in (Opinion.FEASIBLE, Opinion.NOT_FEASIBLE):
        assert max(p.strength for p in found.pieces) >= Strength.PILOT


@FEW
@given(ideas, charters())
def test_every_piece_that_flips_the_verdict_by_falling_away_is_told(idea, value):
    found = judge(idea, value)
    told = {f.sentence: f.to for f in found.flips}
    titles = [p.title for p in found.pieces]
    for row in value.evidence:
        without = value.model_copy(update={"evidence": tuple(e for e in value.evidence if e.id != row.id)})
        to = judge(idea, without).ruling.opinion
        if to is not found.ruling.opinion and titles.count(row.title) == 1:
            assert told[f"“{row.title}” fell away"] is to
