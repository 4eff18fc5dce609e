"""A proof of concept: what its hypotheses find is evidence by itself, moves the verdict, and is known to do so before it is tried."""

from __future__ import annotations

from datetime import date

import pytest

from scoping.charter import Charter
from scoping.feasibility import proof
from scoping.feasibility.verdict import judged
from scoping.feasibility.weighing import Strength
from scoping.section import YesNo
from scoping.sections.feasibility import (
    Better,
    CameOut,
    Check,
    Evidence,
    Feasibility,
    Feature,
    Grade,
    Hypothesis,
    KnownWhen,
    Opinion,
    Speaks,
    Verdict,
    review,
)
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing
from scoping.signing.conditions import conditions

TODAY = date(2026, 11, 30)
IDEA = Solution(id="s", name="Camera", approach=Approach.ML, data=Data.UNSTRUCTURED, novelty=Novelty.NEW, standing=Standing.CHOSEN)
TRIED = {
    "belief": "The camera finds what people find.",
    "check": Check.HLP,
    "metric": "Defects found, in %",
    "success": 87,
    "stop": 75,
    "better": Better.HIGHER,
    "tried_on": date(2026, 11, 20),
    "cases": 300,
}


def hypothesis(**fields):
    return Hypothesis(id="h", **{**TRIED, **fields})


def opinion(*rows, **parts):
    return judged(IDEA, Feasibility(hypotheses=rows, **parts), TODAY, is_chosen=True).ruling.opinion


@pytest.mark.parametrize(
    ("result", "outcome", "speaks"),
    [(90, CameOut.CONFIRMED, Speaks.FOR), (80, CameOut.UNCLEAR, Speaks.MIXED), (75, CameOut.REFUTED, Speaks.AGAINST)],
)
def test_the_numbers_that_were_agreed_before_say_how_it_came_out(result, outcome, speaks):
    row = hypothesis(result=result)
    assert row.outcome is outcome
    (found,) = proof.found(Feasibility(hypotheses=(row,)))
    assert (found.speaks, found.value, found.grade, found.items) == (speaks, result, Grade.PILOT, 300)


def test_lower_may_be_better():
    assert hypothesis(better=Better.LOWER, success=15, stop=21, result=14).outcome is CameOut.CONFIRMED
    assert hypothesis(better=Better.LOWER, success=15, stop=21, result=24).outcome is CameOut.REFUTED


@pytest.mark.parametrize("blank", ["result", "success", "better"])
def test_while_a_number_is_missing_nothing_is_said(blank):
    row = hypothesis(**{"result": 90, blank: None})
    assert row.outcome is None
    assert proof.found(Feasibility(hypotheses=(row,))) == ()


def test_numbers_the_wrong_way_round_decide_nothing():
    assert hypothesis(success=75, stop=87, result=90).by_numbers is None


def test_words_that_contradict_the_numbers_count_both_ways_and_are_told():
    row = hypothesis(result=60, came_out=CameOut.CONFIRMED)
    (found,) = proof.found(Feasibility(hypotheses=(row,)))
    assert found.speaks is Speaks.MIXED
    assert "feasibility.proof_contradicted" in {f.code for f in review(Feasibility(hypotheses=(row,)))}


def test_a_result_moves_the_verdict_and_is_typed_once():
    assert opinion() is Opinion.TOO_LITTLE
    assert opinion(hypothesis(check=Check.OTHER, result=90)) is Opinion.DOUBTFUL
    assert opinion(hypothesis(check=Check.OTHER, result=60)) is Opinion.NOT_FEASIBLE
    # Of people nobody said what they saw, nor what the truth was: that weakens it as it would weaken what is typed.
    assert opinion(hypothesis(result=90)) is Opinion.TOO_LITTLE
    assert opinion(hypothesis(check=Check.OTHER)) is Opinion.TOO_LITTLE


def test_it_is_about_the_chosen_idea_unless_it_names_another():
    other = hypothesis(check=Check.OTHER, result=60, solution="another")
    assert opinion(other) is Opinion.TOO_LITTLE
    not_chosen = judged(IDEA, Feasibility(hypotheses=(hypothesis(result=60),)), TODAY)
    assert not_chosen.pieces == ()


def test_its_piece_leads_back_to_the_hypothesis():
    (piece,) = judged(IDEA, Feasibility(hypotheses=(hypothesis(result=60),)), TODAY, is_chosen=True).pieces
    assert piece.key == "hypotheses:h"
    assert piece.strength is Strength.PILOT


@pytest.mark.parametrize(
    ("known", "serving"),
    [
        ((), None),
        ((KnownWhen.AT, KnownWhen.BEFORE), YesNo.YES),
        ((KnownWhen.AT, None), None),
        ((KnownWhen.AT, KnownWhen.AFTER), YesNo.YES),
        ((KnownWhen.AFTER,), YesNo.NO),
    ],
)
def test_whether_features_are_there_in_time_comes_from_their_list(known, serving):
    features = tuple(Feature(id=f"f{n}", name="x", known_when=when) for n, when in enumerate(known))
    (found,) = proof.found(Feasibility(hypotheses=(hypothesis(check=Check.FEATURES, result=90),), features=features))
    assert found.serving is serving


def test_what_a_planned_try_would_change_is_told_with_its_days_and_both_ways():
    row = hypothesis(check=Check.OTHER, days=3)
    flips = judged(IDEA, Feasibility(hypotheses=(row,)), TODAY, is_chosen=True).flips
    (planned,) = (f for f in flips if f.record == "h")
    assert (planned.to, planned.otherwise, planned.days) == (Opinion.DOUBTFUL, Opinion.NOT_FEASIBLE, 3)
    new = [f.days for f in flips if f.cost[0] == 1]
    assert new == sorted(new)


def condition(number, **parts):
    charter = Charter().with_part("solutions", Solutions(solutions=(IDEA,))).with_part("feasibility", Feasibility(**parts))
    return [f.code for c in conditions(charter) if c.number == number for f in c.missing]


def test_what_was_tried_meets_the_condition_of_evidence():
    people = Evidence(id="e", solution="s", check=Check.HLP, finding="People do", grade=Grade.MEASURED, speaks=Speaks.FOR)
    assert condition(6, evidence=(people,)) == ["feasibility.check_missing"]
    assert condition(6, evidence=(people,), hypotheses=(hypothesis(check=Check.BENCHMARK),)) == ["feasibility.check_missing"]
    assert condition(6, evidence=(people,), hypotheses=(hypothesis(check=Check.BENCHMARK, result=90),)) == []


def test_a_refuted_hypothesis_contradicts_a_hopeful_team():
    said = Verdict(id="v", solution="s", opinion=Opinion.FEASIBLE, reason="We hope")
    refuted = hypothesis(check=Check.OTHER, result=60)
    assert condition(7, verdicts=(said,), hypotheses=(refuted,)) == ["feasibility.contradicted"]


def test_numbers_are_agreed_before_anybody_tries():
    codes = {f.code for f in review(Feasibility(hypotheses=(hypothesis(success=None),)))}
    assert "feasibility.proof_numbers" in codes
    assert "feasibility.proof_numbers" not in {f.code for f in review(Feasibility(hypotheses=(hypothesis(),)))}


def test_a_feature_known_only_afterwards_is_told_as_a_leak():
    late = Feature(id="f", name="Sales of the day", known_when=KnownWhen.AFTER)
    (found,) = (f for f in review(Feasibility(features=(late,))) if f.code == "feasibility.feature_late")
    assert "known only afterwards" in found.message
