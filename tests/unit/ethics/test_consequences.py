"""What the ethics step comes to: which answers count, what a launch finds, what is covered and what is demanded."""

import pytest

from scoping.blocks import Facts, Missing, Table
from scoping.charter import Charter
from scoping.ethics import consequences, demands, questions
from scoping.ethics import words as ethics_words
from scoping.ethics.bank import read_pack
from scoping.ethics.demands import standard_demands
from scoping.ethics.legal_class import find
from scoping.ethics.legal_rules import standard_tree
from scoping.samples import samples
from scoping.sections.ethics import (
    AtLaunch,
    ChecklistItem,
    Concern,
    Ethics,
    ItemAnswer,
    LegalAnswer,
    Obligation,
    ObligationState,
    Outcome,
    QuestionPack,
    Risk,
)
from tests.unit.ethics.short_pack import SHORT

BANK = questions.standard_bank()
LOAN = next(s for s in samples() if s.slug == "loan_approval").charter


def answer(name, chosen=None, **more):
    """The answer to a question of the bank in its present wording."""
    asked = BANK.asked[name]
    item = questions.item(asked.pack, asked.area.name, name, asked.question.ask)
    if chosen in ("yes", "no", "not_applicable"):
        return item.model_copy(update={"answered": ItemAnswer(chosen), **more})
    if chosen:
        words = asked.question.option(chosen).words
        return item.model_copy(update={"answered": ItemAnswer.OPTION, "option": chosen, "option_words": words, **more})
    return item.model_copy(update=more)


def answered(*items, **more):
    return consequences.of(Ethics(checklist=items, **more)).impact.answered


def test_an_answer_counts_with_its_points():
    found = consequences.of(Ethics(checklist=(answer("profile_stakes", "yes"), answer("impact_undo", "high")))).impact
    assert (found.answered, found.risk.low) == (2, 6)


def test_a_question_that_does_not_apply_counts_once_it_has_a_reason():
    assert answered(answer("profile_stakes", "not_applicable")) == 0
    assert answered(answer("profile_stakes", "not_applicable", note="No persons in it")) == 1


def test_of_a_measure_that_does_not_apply_there_is_no_credit():
    found = consequences.of(Ethics(checklist=(answer("asked_legal", "not_applicable", note="No law"),))).impact
    assert found.mitigation.high == 75


@pytest.mark.parametrize("item", [answer("impact_undo"), answer("impact_undo", unknown=("answered",))])
def test_a_blank_and_an_unknown_answer_leave_the_band_as_it_is(item):
    assert consequences.of(Ethics(checklist=(item,))).impact.score == consequences.of(Ethics()).impact.score


def test_an_answer_to_an_earlier_wording_stays_readable_and_does_not_count():
    old = answer("impact_undo", "high").model_copy(update={"question": "Was it hard to undo?", "pack_version": 1})
    assert answered(old) == 0
    assert ethics_words.answer_words(old) == "Hard"


def test_an_option_that_a_later_version_dropped_does_not_count():
    assert answered(answer("impact_undo", "high").model_copy(update={"option": "gone"})) == 0


def test_the_pack_that_gives_the_level_is_the_projects_choice():
    own = QuestionPack(id="p", name="Short", definition=SHORT)
    short = read_pack("short.toml", SHORT, questions.frameworks())
    who = questions.item(short, "In short", "quick_who", "Who decides in the end?")
    given = who.model_copy(update={"answered": ItemAnswer.OPTION, "option": "machine"})
    quick = consequences.of(Ethics(impact_pack="quick", question_packs=(own,), checklist=(given,))).impact
    assert (quick.pack.id, quick.answered, quick.asked) == ("quick", 1, 3)


def test_level_and_class_are_told_in_words():
    assert consequences.level_words(consequences.of(Ethics()).impact) == "Not asked yet"
    assert consequences.level_words(consequences.of(LOAN.ethics).impact) == "Between level II and level III"
    assert consequences.class_words(consequences.of(Ethics()).legal) == "Not asked yet"
    assert consequences.class_words(consequences.of(LOAN.ethics).legal).startswith("High-risk")
    unknown = tuple(
        s.model_copy(update={"chosen": "", "unknown": ("chosen",)}) if s.id == "profiling" else s for s in LOAN.ethics.legal_path
    )
    assert consequences.class_words(consequences.of(Ethics(legal_path=unknown)).legal).startswith(
        "Not certain; possible are: High-risk"
    )


def test_points_share_and_limits_stand_side_by_side():
    said = consequences.score_words(consequences.of(LOAN.ethics).impact)
    assert said == "76 to 88 of 167 points, 46\u00a0% to 53\u00a0%; levels end at: I up to 41.75, II up to 83.5, III up to 125.25"


# ------------------------------------------------------------------------------------------------------- launch


def test_at_launch_only_what_was_found_kept_counts_for_certain():
    items = tuple(
        answer(name, "yes", at_launch=state)
        for name, state in (("asked_legal", AtLaunch.KEPT), ("asked_affected", AtLaunch.NOT_KEPT), ("asked_front", None))
    )
    ethics = Ethics(checklist=items)
    design, launch = consequences.of(ethics).impact, consequences.of(ethics).at_launch
    assert (design.mitigation.low, launch.mitigation.low) == (6, 2)
    assert launch.mitigation.high == design.mitigation.high - 2


def test_promises_are_measures_that_were_said_and_obligations_that_were_taken_on():
    ethics = Ethics(
        checklist=(answer("asked_legal", "yes"), answer("asked_front", "no"), answer("redress", "yes")),
        obligations=(Obligation(id="notice", demand="Tell people", state=ObligationState.PLANNED, at_launch=AtLaunch.KEPT),),
    )
    assert [(p.list, p.id, p.found) for p in consequences.of(ethics).promises] == [
        ("checklist", "asked_legal", None),
        ("obligations", "notice", AtLaunch.KEPT),
    ]
    (table,) = ethics_words.promises(ethics)
    assert table.rows[0][2] == "Not asked yet"


def test_a_measure_with_answers_of_its_own_is_promised_too_so_that_the_band_at_launch_can_close():
    pack = """
    id = "ours"
    title = "Ours"
    version = 1
    about = "Ours"
    [scale]
    mitigation_from = 50
    leaves = 50
    levels = [{ id = "I", name = "Low", upto = 50 }, { id = "II", name = "High" }]
    [[areas]]
    id = "harm"
    name = "Harm"
    counts = "risk"
    questions = [{ id = "harmful", ask = "Does it harm?", points = { yes = 4 } }]
    [[areas]]
    id = "watch"
    name = "Watch"
    counts = "mitigation"
    questions = [{ id = "checked", ask = "Who checks?", options = [["all", "A person, all", 2], ["none", "Nobody", 0]] }]
    """
    own = QuestionPack(id="p", name="Ours", definition=pack)
    item = ChecklistItem(id="checked", question="Who checks?", answered=ItemAnswer.OPTION, option="all")
    ethics = Ethics(question_packs=(own,), impact_pack="ours", checklist=(item,))
    assert [p.id for p in consequences.of(ethics).promises] == ["checked"]
    assert not consequences.of(ethics).at_launch.mitigation.is_point


# ------------------------------------------------------------------------------------------------------ coverage


def test_a_framework_lacks_what_nobody_has_answered():
    found = {(c.framework.id, c.area): c for c in consequences.of(Ethics(checklist=(answer("redress", "yes"),))).coverage}
    assert found["deon", "redress"].lacks == ""
    assert found["deon", "roll_back"].lacks == "1 of 1 not answered"
    assert found["altai", "accountability"].answered == 1


def test_an_answer_serves_every_framework_that_its_question_is_mapped_to():
    one = answer("hit_hardest", "yes")
    places = {(c.framework.id, c.area) for c in consequences.of(Ethics(checklist=(one,))).coverage if c.answered}
    assert places == set(BANK.asked["hit_hardest"].question.frameworks)
    assert len(places) == 4


def test_the_short_pack_leaves_the_areas_of_the_long_one_without_a_question():
    found = {
        (c.framework.id, c.area): c.lacks
        for c in consequences.of(Ethics(impact_pack="quick", question_packs=(QuestionPack(id="p", definition=SHORT),))).coverage
    }
    assert found["aia", "authority"] == "no question asks for it"


def test_a_pack_of_the_project_is_asked_and_covered():
    text = 'id = "own"\ntitle = "Own"\nversion = 1\nabout = "Ours."\n[[areas]]\nid = "a"\nname = "A"\nquestions = [{ id = "own_q", ask = "Ours?", frameworks = { nist = "govern" } }]'
    ethics = Ethics(question_packs=(QuestionPack(id="p", name="Own", definition=text),))
    before = next(c for c in consequences.of(Ethics()).coverage if (c.framework.id, c.area) == ("nist", "govern"))
    after = next(c for c in consequences.of(ethics).coverage if (c.framework.id, c.area) == ("nist", "govern"))
    assert after.asked == before.asked + 1


# ------------------------------------------------------------------------------------------------------- demands


def test_nothing_is_demanded_before_anything_is_answered():
    assert consequences.of(Ethics()).due == ()


def test_a_first_step_that_is_not_known_leaves_every_class_and_its_demands_possible():
    start = standard_tree().nodes[standard_tree().start]
    ethics = Ethics(legal_path=(LegalAnswer(id=start.id, question=start.ask, unknown=("chosen",)),))
    assert consequences.class_words(consequences.of(ethics).legal).startswith("Not certain")
    assert "high" in {name for d in consequences.of(ethics).due for name in d.demand.classes}


def test_a_legal_answer_to_an_earlier_wording_does_not_count():
    start = standard_tree().nodes[standard_tree().start]
    row = LegalAnswer(id=start.id, question=start.ask, chosen=start.answers[0].id)
    old = row.model_copy(update={"question": "Is it software?"})
    (counted, *_), (left_out, *_) = (consequences.of(Ethics(legal_path=(r,))).legal.path for r in (row, old))
    assert (counted.answer, left_out.answer) == (start.answers[0], None)


def test_what_every_possible_level_demands_is_certain_and_the_rest_possible():
    found = {d.demand.id: d.is_certain for d in consequences.of(LOAN.ethics.model_copy(update={"legal_path": ()})).due}
    assert found == {
        "notice": True,
        "explanation": True,
        "peer_review": True,
        "group_tests": True,
        "training": True,
        "monitoring": True,
        "human_decision": False,
        "approval_head": False,
    }


@pytest.mark.parametrize(
    ("role", "wanted", "not_wanted"),
    [("provider", "risk_management", "rights_assessment"), ("deployer", "rights_assessment", "risk_management")],
)
def test_the_role_decides_which_duties_of_the_class_are_ours(role, wanted, not_wanted):
    path = {s.id: s.chosen for s in LOAN.ethics.legal_path} | {"role": role}
    due = demands.due(standard_demands(), consequences.of(Ethics()).impact, find(standard_tree(), path))
    found = {d.demand.id for d in due if d.is_certain}
    assert wanted in found
    assert not_wanted not in found


def test_every_demand_names_levels_and_classes_that_exist():
    levels = {level.id for pack in BANK.scored for level in pack.scale.levels}
    for demand in standard_demands():
        assert set(demand.levels) <= levels
        assert {*demand.classes, *filter(None, [demand.together])} <= set(standard_tree().classes)
        assert demand.levels or demand.classes
    assert len({d.id for d in standard_demands()}) == len(standard_demands())


# ---------------------------------------------------------------------------------------------------- in words


def test_the_chapter_says_level_with_band_class_concerns_and_risks():
    facts = dict(next(b for b in ethics_words.outcome(LOAN.ethics) if isinstance(b, Facts)).rows)
    assert facts["Risk"] == "Between level II and level III"
    assert "76 to 88 of 167" in facts["Score"]
    assert facts["Legal class"].startswith("High-risk")
    assert facts["Concerns"] == "2 mitigated, 1 accepted"
    assert facts["Risks that remain"] == "3 medium"
    assert facts["Promises"] == "2 planned, 15 demanded and not taken on"


def test_an_empty_step_says_that_nobody_has_asked():
    said = [b.sentence for b in ethics_words.outcome(Charter().ethics) if isinstance(b, Missing)]
    assert said == []
    tables = [b for b in ethics_words.outcome(Charter().ethics) if isinstance(b, Table)]
    assert [[row[1] for row in t.rows] for t in tables] == [["Not answered yet"] * 8]


def test_unrated_rests_and_carried_concerns_are_not_taken_for_good_news():
    assert ethics_words.risks_words([Risk(id="r")]) == "1 not said"
    assert ethics_words.concerns_words(
        [Concern(id="a"), Concern(id="b", accepted_by="Ana"), Concern(id="c", outcome=Outcome.OVERRULED)]
    ) == ("1 open, 1 open, accepted by name, 1 overruled")


def test_it_is_never_called_official():
    for sample in samples():
        said = repr(ethics_words.outcome(sample.charter.ethics))
        assert "not an official one" in said
        assert "official assessment" not in said


def test_the_path_is_told_in_the_order_of_the_tree():
    rows = (LegalAnswer(id="gone"), LegalAnswer(id="area"), LegalAnswer(id="algorithm"))
    assert [r.id for r in ethics_words.in_tree_order(rows)] == ["algorithm", "area", "gone"]


def test_an_item_that_no_pack_asks_is_left_alone():
    assert answered(ChecklistItem(id="own", question="Ours?", answered=ItemAnswer.YES)) == 0
