"""The verdict by written rules: what evidence carries, what decides, and what would change it."""

from __future__ import annotations

from datetime import date

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.feasibility.benchmarks import Asked
from scoping.feasibility.ruling import RULES, ruling
from scoping.feasibility.verdict import judged, untied, verdicts
from scoping.feasibility.weighing import Piece, Strength, weighed
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
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing

TODAY = date(2026, 11, 25)
IDEA = Solution(id="s", name="Camera", approach=Approach.ML, data=Data.UNSTRUCTURED, novelty=Novelty.NEW)
NEEDED = (Check.HLP, Check.BENCHMARK)
NAMED = " or ".join(check.label.lower() for check in NEEDED)
ASKED = Asked("Defects found, in %", 90, Better.HIGHER)
SOUND = {
    "solution": "s",
    "check": Check.HLP,
    "finding": "People find them.",
    "grade": Grade.MEASURED,
    "speaks": Speaks.FOR,
    "source": "Trial, sheet 4",
    "found_on": date(2026, 10, 1),
    "same_inputs": YesNo.YES,
    "truth": Truth.EXTERNAL,
    "serving": YesNo.YES,
}


def row(name="e", **fields):
    return Evidence(id=name, **{**SOUND, **fields})


def piece(speaks, strength, check=Check.HLP, title="p"):
    return Piece(
        key=f"evidence:{title}",
        title=title,
        check=check,
        speaks=Speaks(speaks),
        claimed=Strength(strength),
        strength=Strength(strength),
    )


def judge(*rows, idea=IDEA, **parts):
    asked = {"asked_metric": ASKED.metric, "asked_value": ASKED.value, "asked_better": ASKED.better}
    return judged(idea, Feasibility(evidence=rows, **{**asked, **parts}), TODAY, is_chosen=True)


def rules(found):
    return [rule for rule, _ in found.ruling.fired]


# What evidence carries


def test_sound_evidence_keeps_its_strength():
    found = weighed(row(), ASKED, TODAY)
    assert (found.claimed, found.strength, found.weakened) == (Strength.MEASURED, Strength.MEASURED, ())


@pytest.mark.parametrize(
    ("fields", "rule", "left"),
    [
        ({"source": ""}, "W2", Strength.OPINION),
        ({"found_on": None}, "W3", Strength.PILOT),
        ({"found_on": date(2024, 11, 1)}, "W3", Strength.PILOT),
        ({"same_inputs": None}, "W4", Strength.PILOT),
        ({"same_inputs": YesNo.NO}, "W4", Strength.NOTHING),
        ({"truth": None}, "W5", Strength.PILOT),
        ({"truth": Truth.HUMAN}, "W5", Strength.PILOT),
        ({"check": Check.FEATURES, "serving": None}, "W6", Strength.PILOT),
        ({"check": Check.FEATURES, "serving": YesNo.NO}, "W6", Strength.NOTHING),
        ({"items": 29}, "W7", Strength.PILOT),
        ({"metric": "defects found, in %", "value": 89}, "W8", Strength.NOTHING),
        ({"metric": "Defects found, in %", "value": 92, "low": 89, "high": 95}, "W8", Strength.NOTHING),
        ({"check": Check.BENCHMARK, "grade": Grade.PRECEDENT, "metric": "Scratches"}, "W9", Strength.NOTHING),
    ],
)
def test_each_flaw_weakens_by_its_rule_and_says_so(fields, rule, left):
    found = weighed(row(**fields), ASKED, TODAY)
    assert found.strength is left
    assert [r for r, _ in found.weakened] == [rule]


@pytest.mark.parametrize(
    "fields",
    [
        {"items": 30},
        {"found_on": date(2024, 11, 25)},
        {"source": "", "measurement": "m1"},
        {"metric": ASKED.metric, "value": 90, "low": 90, "high": 95},
        {"metric": "Another metric", "value": 10},
        {"check": Check.HISTORY, "metric": ASKED.metric, "value": 80},
        {"check": Check.BENCHMARK, "grade": Grade.PILOT, "metric": "Another metric"},
    ],
)
def test_what_is_no_flaw_weakens_nothing(fields):
    assert weighed(row(**fields), ASKED, TODAY).weakened == ()


def test_flaws_add_up_but_an_opinion_stays_an_opinion():
    found = weighed(row(grade=Grade.PILOT, found_on=None, truth=None, same_inputs=None, items=3), ASKED, TODAY)
    assert found.strength is Strength.OPINION


def test_the_flaws_of_support_do_not_excuse_bad_news():
    bad = {"speaks": Speaks.AGAINST, "same_inputs": YesNo.NO, "truth": Truth.HUMAN, "metric": ASKED.metric, "value": 20}
    assert weighed(row(**bad), ASKED, TODAY).strength is Strength.MEASURED


def test_a_precedent_is_an_opinion_while_nobody_said_which_metric_is_asked_for():
    fields = {"check": Check.BENCHMARK, "grade": Grade.PRECEDENT, "metric": "Scratches"}
    assert weighed(row(**fields), Asked(""), TODAY).strength is Strength.OPINION


@pytest.mark.parametrize("blank", [{"grade": None}, {"speaks": None}, {"finding": ""}, {"solution": ""}, {"solution": "other"}])
def test_blank_evidence_and_evidence_about_others_counts_as_nothing(blank):
    found = judge(row(**blank))
    assert found.pieces == ()
    assert rules(found) == ["V1"]
    if "solution" not in blank:
        assert "says nothing yet" in found.ignored[0]


# What decides


@pytest.mark.parametrize(
    ("pieces", "opinion", "rule"),
    [
        ([], Opinion.TOO_LITTLE, "V1"),
        ([("for", 1), ("for", 1), ("against", 1)], Opinion.TOO_LITTLE, "V2"),
        ([("against", 4), ("for", 2)], Opinion.NOT_FEASIBLE, "V3"),
        ([("against", 3), ("for", 1)], Opinion.NOT_FEASIBLE, "V3"),
        ([("for", 4)], Opinion.FEASIBLE, "V4"),
        ([("for", 4), ("against", 2)], Opinion.FEASIBLE, "V4"),
        ([("for", 3)], Opinion.DOUBTFUL, "V5"),
        ([("for", 4), ("against", 3)], Opinion.DOUBTFUL, "V6"),
        ([("for", 3), ("against", 4)], Opinion.DOUBTFUL, "V6"),
        ([("for", 2)], Opinion.DOUBTFUL, "V7"),
        ([("against", 2)], Opinion.DOUBTFUL, "V7"),
        ([("mixed", 4)], Opinion.DOUBTFUL, "V8"),
    ],
)
def test_the_strongest_pieces_decide_by_the_rule_that_is_quoted(pieces, opinion, rule):
    found = ruling([piece(*p) for p in pieces], NEEDED)
    assert (found.opinion, found.fired[0][0]) == (opinion, rule)
    assert found.fired[0][1].endswith(".")


def test_ten_opinions_are_still_an_opinion():
    assert ruling([piece("for", 1, title=str(i)) for i in range(10)], NEEDED).opinion is Opinion.TOO_LITTLE


def test_a_missing_check_keeps_an_idea_doubtful_and_a_missing_benchmark_is_forgiven_a_measurement_only():
    assert ruling([piece("for", 4, Check.BENCHMARK)], NEEDED).opinion is Opinion.DOUBTFUL
    assert ruling([piece("for", 4)], NEEDED).opinion is Opinion.FEASIBLE
    assert ruling([piece("for", 3)], NEEDED).opinion is Opinion.DOUBTFUL
    assert ruling([piece("for", 3), piece("mixed", 2, Check.BENCHMARK)], NEEDED).opinion is Opinion.FEASIBLE
    found = ruling([piece("for", 3), piece("for", 1, Check.BENCHMARK)], NEEDED)
    assert (found.opinion, found.open) == (Opinion.DOUBTFUL, (Check.BENCHMARK,))


def test_a_check_that_speaks_only_against_an_idea_is_made_but_supports_nothing():
    pieces = [piece("for", 4, Check.FEATURES), piece("against", 2, Check.HLP)]
    found = ruling(pieces, (Check.FEATURES, Check.HLP))
    assert (found.opinion, found.open, found.fired[0][0]) == (Opinion.DOUBTFUL, (), "V5")


def test_evidence_that_is_weakened_to_nothing_does_not_count_as_opinion():
    found = judge(row(same_inputs=YesNo.NO))
    assert [p.strength for p in found.pieces] == [Strength.NOTHING]
    assert rules(found) == ["V1"]


def test_without_any_data_of_our_own_the_verdict_says_so():
    found = judge(row(grade=Grade.OPINION), benchmarks=(benchmark(),))
    assert found.ruling.opinion is Opinion.DOUBTFUL
    assert "Nothing was measured on data of our own" in found.ruling.reason
    assert "Nothing was measured" not in judge(row()).ruling.reason


def test_an_idea_without_learning_needs_no_checks_and_an_undecided_one_all_that_may_apply():
    assert judge(idea=IDEA.model_copy(update={"approach": Approach.RULES})).needed == ()
    undecided = IDEA.model_copy(update={"approach": None, "data": None, "novelty": None})
    assert judge(idea=undecided).needed == (Check.HLP, Check.FEATURES, Check.HISTORY, Check.BENCHMARK)


# Benchmarks and likeness


def benchmark(**fields):
    given = {
        "name": "Vendor",
        "metric": ASKED.metric,
        "value": 95,
        "link": "https://example.org",
        "found_on": date(2026, 10, 1),
        "data_similarity": Similarity.HIGH,
        "setting_similarity": Similarity.HIGH,
    }
    return Benchmark(id="b", **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "speaks", "left"),
    [
        ({}, Speaks.FOR, Strength.PRECEDENT),
        ({"value": 80}, Speaks.AGAINST, Strength.PRECEDENT),
        ({"setting_similarity": Similarity.SOME}, Speaks.FOR, Strength.OPINION),
        ({"link": ""}, Speaks.FOR, Strength.OPINION),
        ({"found_on": None}, Speaks.FOR, Strength.OPINION),
    ],
)
def test_a_benchmark_counts_as_precedent_only_when_it_is_sound_and_alike(fields, speaks, left):
    (found,) = judge(benchmarks=(benchmark(**fields),)).pieces
    assert (found.speaks, found.strength, found.check) == (speaks, left, Check.BENCHMARK)


@pytest.mark.parametrize("fields", [{"metric": "Scratches"}, {"data_similarity": Similarity.LOW}, {"setting_similarity": None}])
def test_a_benchmark_that_may_not_be_used_is_said_and_left_out(fields):
    found = judge(benchmarks=(benchmark(**fields),))
    assert found.pieces == ()
    assert "Vendor" in found.ignored[0]


def test_a_benchmark_without_an_idea_is_about_the_chosen_one():
    value = Feasibility(asked_metric=ASKED.metric, asked_value=90, asked_better=Better.HIGHER, benchmarks=(benchmark(),))
    assert judged(IDEA, value, TODAY, is_chosen=True).pieces
    assert not judged(IDEA, value, TODAY).pieces
    other = value.model_copy(update={"benchmarks": (benchmark(solution="s"),)})
    assert judged(IDEA, other, TODAY).pieces


@pytest.mark.parametrize(
    ("example", "speaks"),
    [
        (Resembles.PURCHASES, Speaks.FOR),
        (Resembles.WEATHER, Speaks.FOR),
        (Resembles.DNA, Speaks.MIXED),
        (Resembles.CHATTER, Speaks.MIXED),
        (Resembles.STOCK, Speaks.AGAINST),
    ],
)
def test_the_plausibility_ladder_is_an_opinion_about_ideas_that_need_features(example, speaks):
    structured = IDEA.model_copy(update={"data": Data.STRUCTURED})
    (found,) = judge(idea=structured, resembles=example).pieces
    assert (found.speaks, found.strength) == (speaks, Strength.OPINION)
    assert judge(resembles=example).pieces == ()


# Flips


def flips(found):
    return {f.sentence: f.to for f in found.flips}


def test_a_flip_is_told_for_mending_for_new_evidence_and_for_being_wrong():
    found = judge(row(source="", finding="People find them"))
    assert found.ruling.opinion is Opinion.TOO_LITTLE
    assert flips(found)["“People find them” held in full (now weakened: no source)"] is Opinion.FEASIBLE
    sound = judge(row(finding="People find them"))
    assert flips(sound)["“People find them” fell away"] is Opinion.TOO_LITTLE
    assert flips(sound)["“People find them” turned out to speak against it"] is Opinion.NOT_FEASIBLE
    assert flips(sound)[f"A pilot on {NAMED} spoke against it"] is Opinion.DOUBTFUL


def test_every_flip_told_really_changes_the_verdict_and_the_cheapest_comes_first():
    for sample in samples.samples():
        for found in verdicts(sample.charter, TODAY):
            assert all(f.to is not found.ruling.opinion for f in found.flips)
            assert [f.cost for f in found.flips] == sorted(f.cost for f in found.flips)


def test_the_weakest_sufficient_evidence_is_named():
    found = flips(judge())
    assert found[f"A precedent on {NAMED} spoke for it"] is Opinion.DOUBTFUL
    assert not any(s.startswith("An opinion") for s in found)


# The whole charter


def test_every_idea_is_judged_and_evidence_that_names_none_is_listed():
    ideas = Solutions(
        solutions=(IDEA.model_copy(update={"standing": Standing.CHOSEN}), Solution(id="t", name="Rule", approach=Approach.RULES))
    )
    value = Feasibility(evidence=(row(), row("f", solution=""), row("g", solution="gone")), benchmarks=(benchmark(),))
    charter = Charter().with_part("solutions", ideas).with_part("feasibility", value)
    assert [j.solution.id for j in verdicts(charter, TODAY)] == ["s", "t"]
    assert [e.id for e in untied(charter)] == ["f", "g"]
    assert verdicts(Charter(), TODAY) == ()


def test_every_rule_quoted_is_written_down():
    quoted = {
        rule
        for sample in samples.samples()
        for j in verdicts(sample.charter, TODAY)
        for rule in [*rules(j), *(r for p in j.pieces for r, _ in p.weakened)]
    }
    assert quoted <= RULES.keys()
