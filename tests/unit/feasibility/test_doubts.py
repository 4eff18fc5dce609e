"""Targets that the evidence makes doubtful: beyond people, beyond the learning curve; and nothing else."""

from __future__ import annotations

import pytest

from scoping.charter import Charter
from scoping.feasibility.doubts import above_people
from scoping.review import overview
from scoping.sections.data_sources import DataSources, LearningPoint
from scoping.sections.feasibility import Check, Evidence, Feasibility, Slice
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Target
from scoping.sections.solutions import Solution, Solutions, Standing

IDEA = Solution(id="s", name="Retrain", standing=Standing.CHOSEN)


def target(value=97.0, direction=Direction.AT_LEAST, **more):
    return Target(
        **{"id": "t", "milestone": "m", "family": Family.ML, "metric": "Words right", "unit": "%", **more},
        target=value,
        direction=direction,
    )


def people(value=95.0, **more):
    return Evidence(
        **{"id": "e", "check": Check.HLP, "solution": "s", "metric": "words  RIGHT", "finding": "Label study", **more}, value=value
    )


def doubts(one, *rows, **more):
    return [why for _, why in above_people(IDEA, Feasibility(evidence=rows, **more), Milestones(targets=(one,)))]


def test_a_target_above_people_is_doubted_with_both_figures():
    (why,) = doubts(target(), people(low=93.0, high=96.0))
    assert "at least 97\u00a0%" in why
    assert "people reach 95 (interval 93 to 96)" in why


@pytest.mark.parametrize(
    ("one", "row"),
    [
        (target(95.0), people()),
        (target(95.5), people(high=96.0)),
        (target(), people(metric="Sentences right")),
        (target(), people(solution="other")),
        (target(), people(check=Check.BENCHMARK)),
        (target(), people(0.95)),
        (target(family=Family.BUSINESS), people()),
        (target(metric="Words right", slice="Car noise"), people()),
    ],
)
def test_within_reach_or_not_comparable_is_not_doubted(one, row):
    assert doubts(one, row) == []


def test_errors_are_doubted_below_people():
    assert doubts(target(3.0, Direction.AT_MOST), people(5.0))
    assert not doubts(target(5.0, Direction.AT_MOST), people(5.0))


def test_a_slice_is_held_against_people_on_that_slice():
    rows = (Slice(id="a", name="Car noise", hlp=93.0), Slice(id="b", name="Clear", hlp=99.0))
    asked = {"slices": rows, "asked_metric": "Words right"}
    (why,) = doubts(target(94.0, slice="car noise"), **asked)
    assert "people reach 93\u00a0% on “Car noise”" in why
    assert not doubts(target(94.0, slice="Clear"), **asked)
    assert not doubts(target(94.0, slice="Car noise"), slices=rows)


def findings(plan, **parts):
    charter = Charter().with_part("milestones", plan).with_part("solutions", Solutions(solutions=(IDEA,)))
    for name, part in parts.items():
        charter = charter.with_part(name, part)
    return {f.code: f for f in overview(charter).findings}


def test_both_doubts_are_told_at_the_target():
    one = target(99.9, metric="Accuracy")
    plan = Milestones(milestones=(Milestone(id="m"),), targets=(one,))
    curve = tuple(
        LearningPoint(id=f"p{n}", size=size, error=10.0 + 1000.0 / size**0.5)
        for n, size in enumerate((1_000, 2_000, 4_000, 8_000, 16_000, 32_000))
    )
    found = findings(
        plan, data_sources=DataSources(learning_points=curve), feasibility=Feasibility(evidence=(people(metric="accuracy"),))
    )
    assert found["milestones.below_curve"].record == "t"
    assert "learning curve" in found["milestones.below_curve"].message
    assert found["milestones.above_people"].record == "t"
    assert not {"milestones.below_curve", "milestones.above_people"} & set(findings(plan))
