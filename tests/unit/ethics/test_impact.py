"""Impact in points: the public assessment is reproduced from data, a level stands only when the band lies in it, the cliff is named."""

import pytest

from scoping.ethics import impact
from scoping.ethics.bank import Area, Counts, Level, Option, Pack, Question, Scale, read_pack
from scoping.ethics.questions import frameworks, standard_bank
from tests.unit.ethics.short_pack import SHORT

FULL = standard_bank().impact_pack("impact")
QUICK = read_pack("short.toml", SHORT, frameworks())
RISK = {"reasons": 5, "risk_profile": 15, "authority": 2, "system": 17, "algorithm": 15, "decision": 8, "impact": 52, "data": 53}
MITIGATION = {"consultation": 10, "data_quality": 14, "procedural_fairness": 44, "privacy": 9}


def made(risks=(4, 4, 4), mitigations=(), scale=FULL.scale):
    """A pack whose questions give up to so many points."""

    def area(counts, tops):
        questions = tuple(
            Question(
                id=f"{counts}{i}",
                ask="Why?",
                help="",
                options=(Option("no", "No", 0), Option("yes", "Yes", top)),
                good="",
                frameworks=(),
            )
            for i, top in enumerate(tops)
        )
        return Area(counts, counts, counts, questions)

    areas = [area(Counts.RISK, risks), *([area(Counts.MITIGATION, mitigations)] if mitigations else [])]
    return Pack(id="made", title="Made", version=1, about="", place=1, scale=scale, areas=tuple(areas))


def points(pack, risk, mitigation=0):
    """Answers that come to so many points, given to whole questions as far as they fit."""
    found, left = {}, {Counts.RISK: risk, Counts.MITIGATION: mitigation}
    for area in pack.areas:
        for q in area.questions:
            fitting = max((o.points for o in q.options if o.points <= left[area.counts]), default=0)
            found[q.id] = fitting
            left[area.counts] -= fitting
    assert not any(left.values())
    return found


def test_the_areas_of_the_public_assessment_add_up_from_their_questions():
    found = {a.id: a.maximum for a in FULL.areas}
    assert found == RISK | MITIGATION
    assert FULL.maximum(Counts.RISK) == sum(RISK.values()) == 167
    assert FULL.maximum(Counts.MITIGATION) == sum(MITIGATION.values()) == 77
    assert {a.id for a in FULL.areas if a.counts is Counts.RISK} == set(RISK)


def test_its_limits_are_a_quarter_a_half_and_three_quarters_of_all_points():
    found = impact.assess(FULL, {})
    assert [found.limit(level) for level in found.scale.levels] == [41.75, 83.5, 125.25, None]
    assert found.mitigation_needed == 62


@pytest.mark.parametrize(
    ("risk", "level"), [(0, "I"), (41, "I"), (42, "II"), (83, "II"), (84, "III"), (125, "III"), (126, "IV"), (167, "IV")]
)
def test_the_level_of_a_whole_assessment_without_mitigation(risk, level):
    found = impact.assess(FULL, points(FULL, risk))
    assert (found.score.low, found.score.high, found.level.id) == (risk, risk, level)


@pytest.mark.parametrize(
    ("risk", "mitigation", "score", "level"),
    [
        (100, 61, 100, "III"),
        (100, 62, 85, "III"),
        (98, 61, 98, "III"),
        (98, 62, 83, "II"),
        (148, 62, 126, "IV"),
        (147, 62, 125, "III"),
    ],
)
def test_mitigation_of_eighty_per_cent_takes_fifteen_off_and_one_point_less_nothing(risk, mitigation, score, level):
    found = impact.assess(FULL, points(FULL, risk, mitigation))
    assert (found.score.low, found.level.id) == (score, level)


@pytest.mark.parametrize(("risk", "score"), [(10, 9), (30, 26), (50, 43), (70, 60), (90, 77)])
def test_halves_are_rounded_up_as_people_round(risk, score):
    assert impact.after_mitigation(FULL, risk, 77) == score


def test_a_limit_itself_still_belongs_to_the_lower_level():
    pack = made(risks=(50, 50))
    assert impact.level_of(pack, 25).id == "I"
    assert impact.level_of(pack, 26).id == "II"


def test_nothing_answered_leaves_every_level_possible():
    found = impact.assess(FULL, {})
    assert found.level is None
    assert [level.id for level in found.levels] == ["I", "II", "III", "IV"]
    assert (found.score.low, found.score.high) == (0, 167)


def test_the_level_stands_as_soon_as_the_band_lies_in_one():
    pack = made(risks=(80, 10, 10))
    assert impact.assess(pack, {"risk0": 80}).level.id == "IV"
    assert impact.assess(pack, {"risk0": 0}).level.id == "I"
    assert [level.id for level in impact.assess(pack, {"risk1": 10}).levels] == ["I", "II", "III", "IV"]


def test_unanswered_mitigation_widens_the_band_to_both_sides_of_the_cliff():
    pack = made(risks=(100,), mitigations=(10,))
    found = impact.assess(pack, {"risk0": 100})
    assert (found.score.low, found.score.high) == (85, 100)


def test_the_same_engine_runs_three_questions():
    found = impact.assess(QUICK, {"quick_harm": 4, "quick_undo": 4, "quick_who": 4})
    assert (found.most_risk, found.most_mitigation, found.level.id) == (12, 0, "IV")
    assert impact.assess(QUICK, {"quick_harm": 0, "quick_undo": 0, "quick_who": 2}).level.id == "I"
    assert impact.remarks(impact.assess(QUICK, {})) == []


def test_the_widest_questions_are_asked_first_until_some_answers_decide():
    pack = made(risks=(2, 40, 10, 30))
    found = impact.assess(pack, {})
    assert [q.id for q in found.open] == ["risk1", "risk3", "risk2", "risk0"]
    assert [q.id for q in impact.to_decide(found)] == ["risk1", "risk3"]
    assert [q.id for q in impact.to_decide(impact.assess(pack, {"risk1": 0, "risk3": 30}))] == ["risk2"]


def test_no_question_is_asked_once_the_level_stands():
    assert impact.to_decide(impact.assess(made(risks=(80, 10, 10)), {"risk0": 80})) == ()


def test_mitigation_is_asked_for_where_it_alone_decides():
    pack = made(risks=(84, 83), mitigations=(5, 5))
    found = impact.assess(pack, {"risk0": 84, "risk1": 0})
    assert [level.id for level in found.levels] == ["II", "III"]
    assert [q.id for q in impact.to_decide(found)] == ["mitigation0"]


def test_the_cliff_is_named_with_its_points():
    (cliff, alone, *_) = impact.remarks(impact.assess(FULL, points(FULL, 98, 61)))
    assert cliff.startswith("What is done counts from 62 of 77 points on")
    assert "15\u00a0% of the risk points" in cliff
    assert alone == "This limit alone decides between level II and level III here."


def test_a_score_beside_a_limit_says_so():
    said = " ".join(impact.remarks(impact.assess(FULL, points(FULL, 84))))
    assert "0.5 points over the limit of level II" in said
    assert "limit of" not in " ".join(impact.remarks(impact.assess(FULL, points(FULL, 20))))


def test_points_that_no_answer_gives_are_refused():
    with pytest.raises(ValueError, match="cannot come to 9 points"):
        impact.assess(QUICK, {"quick_harm": 9})


def test_a_pack_without_a_scale_gives_no_level():
    with pytest.raises(ValueError, match="gives no level"):
        impact.assess(standard_bank().packs[0], {})


def test_another_rule_is_only_other_data():
    scale = Scale(50, 50, (Level("low", "Low", 40), Level("high", "High", None)))
    found = impact.assess(made(risks=(100,), mitigations=(4, 4), scale=scale), {"risk0": 100, "mitigation0": 4, "mitigation1": 0})
    assert (found.score.low, found.level.id) == (50, "high")
