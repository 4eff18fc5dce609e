"""Feasibility: checks by the 2x2, evidence of stated strength, slices that add up."""

import pytest

from scoping.section import YesNo
from scoping.sections.feasibility import (
    Check,
    Evidence,
    Feasibility,
    Grade,
    Opinion,
    Slice,
    Slices,
    Speaks,
    Truth,
    Verdict,
    checks_for,
    review,
    share_total,
)
from scoping.sections.solutions import Solution, Solutions
from tests.told import missing, told

LECTURE = (
    Slice(id="clear", model=94, hlp=95, share=60),
    Slice(id="car", model=89, hlp=93, share=4),
    Slice(id="people", model=87, hlp=89, share=30),
    Slice(id="low", model=70, hlp=70, share=6),
)


def codes(**parts):
    return {f.code for f in review(Feasibility(**parts))}


@pytest.mark.parametrize(
    ("data", "novelty", "checks"),
    [
        ("unstructured", "new", [Check.HLP, Check.BENCHMARK]),
        ("unstructured", "existing", [Check.HLP, Check.HISTORY, Check.BENCHMARK]),
        ("structured", "new", [Check.FEATURES, Check.BENCHMARK]),
        ("structured", "existing", [Check.FEATURES, Check.HISTORY, Check.BENCHMARK]),
        (None, None, [Check.HLP, Check.FEATURES, Check.HISTORY, Check.BENCHMARK]),
        (None, "new", [Check.HLP, Check.FEATURES, Check.BENCHMARK]),
    ],
)
def test_every_cell_has_its_checks_and_always_a_benchmark(data, novelty, checks):
    assert checks_for(data, novelty) == checks


def test_grades_of_evidence_run_from_weak_to_strong():
    assert list(Grade) == ["opinion", "precedent", "pilot", "measured"]


def test_no_evidence_and_mere_opinion_block():
    ideas = Solutions(solutions=(Solution(id="s", name="Names", standing="chosen", approach="rules"),))

    def codes_of(*evidence):
        return missing(solutions=ideas, feasibility=Feasibility(evidence=evidence))

    opinion = Evidence(id="e", solution="s", finding="It should", grade=Grade.OPINION)
    assert "feasibility.no_evidence" in codes_of(Evidence(id="f", solution="s"))
    assert "feasibility.opinion_only" in codes_of(opinion)
    unweighed = opinion.model_copy(update={"grade": Grade.PRECEDENT})
    assert "feasibility.opinion_only" in codes_of(unweighed)
    strong = unweighed.model_copy(update={"speaks": Speaks.FOR})
    assert not {"feasibility.no_evidence", "feasibility.opinion_only"} & codes_of(strong)


@pytest.mark.parametrize("grade", [Grade.PRECEDENT, Grade.PILOT, Grade.MEASURED])
def test_evidence_that_claims_strength_names_its_source(grade):
    assert "feasibility.source" in codes(evidence=(Evidence(id="e", grade=grade),))
    assert "feasibility.source" not in codes(evidence=(Evidence(id="e", grade=grade, source="Report"),))


def test_human_level_performance_is_doubted_until_people_saw_only_the_input():
    for same in (None, YesNo.NO):
        assert "feasibility.same_inputs" in codes(evidence=(Evidence(id="e", check=Check.HLP, same_inputs=same),))
    assert "feasibility.same_inputs" not in codes(evidence=(Evidence(id="e", check=Check.HLP, same_inputs=YesNo.YES),))


def test_beating_people_means_little_where_people_are_the_truth():
    assert "feasibility.human_truth" in codes(evidence=(Evidence(id="e", check=Check.HLP, truth=Truth.HUMAN),))
    assert "feasibility.human_truth" not in codes(evidence=(Evidence(id="e", check=Check.HLP, truth=Truth.EXTERNAL),))


def test_a_feature_that_comes_too_late_is_told():
    assert "feasibility.serving" in codes(evidence=(Evidence(id="e", check=Check.FEATURES, serving=YesNo.NO),))
    assert "feasibility.serving" not in codes(evidence=(Evidence(id="e", check=Check.FEATURES),))


def test_a_verdict_has_a_reason():
    assert "feasibility.reason" in codes(verdicts=(Verdict(id="v", opinion=Opinion.FEASIBLE),))
    assert "feasibility.reason" not in codes(verdicts=(Verdict(id="v"),))


def test_gains_of_the_lecture_are_gap_times_share():
    assert [s.gap for s in LECTURE] == [1, 4, 2, 0]
    assert [s.gain for s in LECTURE] == [0.6, 0.16, 0.6, 0]


def test_a_gap_or_gain_is_not_known_before_its_numbers_are():
    assert Slice(id="a", model=80).gap is None
    assert Slice(id="a", model=80, hlp=90).gain is None
    assert Slice(id="a", model=90.1, hlp=90.3).gap == 0.2


def test_exclusive_shares_add_to_a_hundred():
    assert share_total(Feasibility(slices=LECTURE)) == 100
    assert not {"feasibility.shares", "feasibility.share_unknown"} & codes(slices=LECTURE)


def test_the_misprint_of_the_slides_is_caught():
    misprint = (LECTURE[0], LECTURE[1].model_copy(update={"share": 40}), *LECTURE[2:])
    message = told(feasibility=Feasibility(slices=misprint))["feasibility.shares"].message
    assert "add to 136\u00a0%, not 100 %" in message
    assert "feasibility.shares" not in missing(feasibility=Feasibility(slices=misprint, slices_are=Slices.OVERLAPPING))
    assert "feasibility.shares" in missing(feasibility=Feasibility(slices=misprint, slices_are=Slices.EXCLUSIVE))


def test_rounded_shares_are_near_enough():
    thirds = tuple(Slice(id=f"s{i}", share=33.3) for i in range(3))
    assert "feasibility.shares" not in missing(feasibility=Feasibility(slices=thirds))


def test_an_unknown_share_is_no_zero():
    slices = (Slice(id="a", share=100), Slice(id="b"))
    assert share_total(Feasibility(slices=slices)) is None
    assert "feasibility.share_unknown" in codes(slices=slices)
    assert share_total(Feasibility()) is None


def test_evidence_without_a_direction_is_named_because_it_counts_for_no_verdict():
    said = Evidence(id="a", finding="People reach 91 %", grade=Grade.MEASURED, source="labels.csv")
    assert "feasibility.speaks" in codes(evidence=(said,))
    assert "feasibility.speaks" not in codes(evidence=(said.model_copy(update={"speaks": "for"}),))
    assert "feasibility.speaks" not in codes(evidence=(said.model_copy(update={"unknown": ("speaks",)}),))
