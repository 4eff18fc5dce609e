"""Ethics: blank never means safe, concerns are aired, answers have reasons."""

from itertools import pairwise

import pytest

from scoping.charter import Charter
from scoping.content.screening import SCREENING
from scoping.review import overview
from scoping.sections import ethics as part
from scoping.sections.ethics import (
    AtLaunch,
    ChecklistItem,
    Concern,
    Ethics,
    Failure,
    Group,
    ItemAnswer,
    Judgement,
    Likelihood,
    Obligation,
    ObligationState,
    Outcome,
    Risk,
    review,
    risk_level,
)

THREE = ("net_positive", "is_fair", "aired")
CALM = Ethics(
    net_positive="yes",
    net_positive_reason="Eyes on the road",
    is_fair="yes",
    is_fair_reason="Slice targets",
    aired="yes",
    aired_how="Workshop",
    concerns=(Concern(id="c", concern="Accents", outcome=Outcome.MITIGATED, reason="Slice target", owner="Ben"),),
    checklist=(ChecklistItem(id="q", question="Consent?", answered=ItemAnswer.YES),),
)


def found(ethics):
    return {f.code: f for f in review(ethics)}


def changed(**parts):
    return found(Ethics(**{**dict(CALM), **parts}))


def needed(**parts):
    """What is missing to sign."""
    return {f.code: f for f in overview(Charter(ethics=Ethics(**{**dict(CALM), **parts}))).missing}


def test_answers_with_reasons_leave_nothing_open():
    assert found(CALM) == {}


@pytest.mark.parametrize("name", THREE)
def test_what_the_team_says_aloud_against_the_project_blocks_it(name):
    no = needed(**{name: Judgement.NO})[f"ethics.{name}_no"]
    assert not {f"ethics.{name}", f"ethics.{name}_no"} & set(needed(**{name: None}))
    assert no.message.startswith("The team says that ")
    assert " no" in no.message


@pytest.mark.parametrize(
    ("name", "because"), [("net_positive", "net_positive_reason"), ("is_fair", "is_fair_reason"), ("aired", "aired_how")]
)
def test_a_yes_without_a_reason_is_asked_for_one(name, because):
    assert changed(**{because: " "})[f"ethics.{name}_reason"].message.startswith("Say why you believe that ")


@pytest.mark.parametrize(
    "concern", [Concern(id="c", concern="Accents"), Concern(id="c", outcome=Outcome.OPEN), Concern(id="c", unknown=("outcome",))]
)
def test_a_concern_without_an_outcome_blocks(concern):
    assert "ethics.open_concern" in needed(concerns=(concern,))


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.MITIGATED, Outcome.OVERRULED])
def test_a_closed_concern_has_a_reason_and_an_owner(outcome):
    asked, of = ("ethics.overruled", needed) if outcome == "overruled" else ("ethics.concern_reason", changed)
    assert asked in of(concerns=(Concern(id="c", outcome=outcome, owner="Ben"),))
    assert asked in of(concerns=(Concern(id="c", outcome=outcome, reason="Rare"),))
    assert asked not in of(concerns=(Concern(id="c", outcome=outcome, reason="Rare", owner="Ben"),))


def test_an_empty_log_is_told():
    assert set(changed(concerns=(), checklist=())) == {"ethics.no_concern"}


def test_a_does_not_apply_needs_a_reason():
    item = ChecklistItem(id="q", question="Consent?", answered=ItemAnswer.NOT_APPLICABLE)
    assert changed(checklist=(item,))["ethics.checklist_reason"].record == "q"
    assert "ethics.checklist_reason" not in changed(checklist=(item.model_copy(update={"note": "No people in it"}),))


def test_an_open_concern_blocks_unless_a_person_accepts_it_by_name():
    concern = Concern(id="c", concern="Accents", outcome=Outcome.OPEN)
    assert "ethics.open_concern" in needed(concerns=(concern,))
    assert "ethics.open_concern" not in needed(concerns=(concern.model_copy(update={"accepted_by": "Ana Ruiz, sponsor"}),))
    found = changed(concerns=(concern.model_copy(update={"accepted_by": "Ana Ruiz, sponsor"}),))
    assert "ethics.open_concern" not in found
    assert found["ethics.concern_carried"].message == "Ana Ruiz, sponsor goes ahead with the open concern “Accents”."
    assert "ethics.open_concern" in needed(concerns=(concern.model_copy(update={"accepted_by": "  "}),))


def test_an_open_concern_that_somebody_looks_after_is_told_and_does_not_block():
    found = changed(concerns=(Concern(id="c", concern="Accents", outcome=Outcome.OPEN, owner="Ben"),))
    assert "ethics.open_concern" not in found
    assert "Ben looks after it" in found["ethics.concern_undecided"].message


@pytest.mark.parametrize(
    ("likelihood", "severity", "level"),
    [
        ("1", "1", "Low"),
        ("1", "4", "Low"),
        ("1", "5", "Medium"),
        ("3", "3", "Medium"),
        ("2", "5", "High"),
        ("4", "4", "High"),
        ("4", "5", "Very high"),
        ("5", "5", "Very high"),
    ],
)
def test_the_level_of_a_risk_follows_likelihood_times_severity(likelihood, severity, level):
    assert risk_level(Likelihood(likelihood), part.Severity(severity)).label == level


def test_more_likely_or_more_severe_is_never_a_lower_level():
    for a, b in pairwise(Likelihood):
        for x, y in pairwise(part.Severity):
            assert risk_level(a, x) <= risk_level(b, x)
            assert risk_level(a, x) <= risk_level(a, y)


def test_a_risk_that_nobody_rated_is_unknown_and_a_high_one_without_a_plan_is_named():
    assert "ethics.risk_unrated" in changed(risks=(Risk(id="r", risk="It errs", likelihood="5"),))
    bare = Risk(id="r", risk="It errs", likelihood="4", severity="4", mitigation="Test")
    assert "ethics.risk_bare" in changed(risks=(bare,))
    assert "ethics.risk_bare" not in changed(risks=(bare.model_copy(update={"owner": "Bo"}),))


def test_a_rest_that_stays_high_needs_a_word():
    risk = Risk(
        id="r", risk="It errs", likelihood="5", severity="5", mitigation="Test", owner="Bo", likelihood_left="4", severity_left="4"
    )
    assert "ethics.risk_left" in changed(risks=(risk,))
    assert "ethics.risk_left" not in changed(risks=(risk.model_copy(update={"remark": "Insured"}),))


def test_a_failure_needs_a_sign_and_a_threshold_and_a_group_a_metric_and_a_gap():
    assert "ethics.failure_unwatched" in changed(premortem=(Failure(id="f", story="It failed", signal="Errors"),))
    assert "ethics.failure_unwatched" not in changed(premortem=(Failure(id="f", story="It failed", signal="Errors", threshold=0),))
    assert "ethics.group_unmeasured" in changed(groups=(Group(id="g", name="Young", metric="Errors"),))
    assert "ethics.group_unmeasured" not in changed(groups=(Group(id="g", name="Young", metric="Errors", gap=0),))


def test_an_obligation_has_an_owner_and_a_day_or_a_reason_why_it_is_settled():
    duty = Obligation(id="o", demand="Tell people", state=ObligationState.TO_DO)
    assert "ethics.obligation_adrift" in changed(obligations=(duty,))
    assert "ethics.obligation_adrift" not in changed(obligations=(duty.model_copy(update={"owner": "Bo", "milestone": "m"}),))
    waived = duty.model_copy(update={"state": ObligationState.NOT_NEEDED})
    assert "ethics.obligation_reason" in changed(obligations=(waived,))
    assert not {"ethics.obligation_reason", "ethics.obligation_adrift"} & set(
        changed(obligations=(waived.model_copy(update={"reason": "No people in it"}),))
    )


def test_a_promise_that_was_not_kept_at_launch_blocks():
    duty = Obligation(id="o", demand="Tell people", at_launch=AtLaunch.NOT_KEPT)
    assert needed(obligations=(duty,))["ethics.promise_broken"].record == "o"
    item = ChecklistItem(id="q", question="Redress?", answered=ItemAnswer.YES, at_launch=AtLaunch.NOT_KEPT)
    assert needed(checklist=(item,))["ethics.promise_broken"].record == "q"


def test_an_overruled_concern_without_reason_or_owner_keeps_the_charter_a_draft():
    concern = Concern(id="a", concern="Accents", outcome=Outcome.OVERRULED)
    assert "ethics.overruled" in needed(concerns=(concern,))
    reasoned = concern.model_copy(update={"reason": "Tested", "owner": "Ben"})
    assert "ethics.overruled" not in needed(concerns=(reasoned,))


@pytest.mark.parametrize("name", SCREENING)
def test_each_of_the_eight_has_words_of_its_own_and_asks_how_after_a_yes(name):
    words = SCREENING[name]
    assert words.ask.endswith("?")
    assert not {words.said, words.denied, words.again} & {""}
    assert changed(**{name: Judgement.YES})[f"ethics.{name}_reason"].message.startswith("Say how ")
    assert f"ethics.{name}_reason" not in changed(**{name: Judgement.YES, f"{name}_reason": "So"})
