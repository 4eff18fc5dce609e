"""Ethics: blank never means safe, concerns are aired, answers have reasons."""

import pytest

from scoping.section import Severity
from scoping.sections.ethics import ChecklistItem, Concern, Ethics, ItemAnswer, Judgement, Outcome, review

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


def test_answers_with_reasons_leave_nothing_open():
    assert found(CALM) == {}


@pytest.mark.parametrize("name", THREE)
def test_each_of_the_three_questions_blocks_while_blank_unknown_or_no(name):
    blank = changed(**{name: None})[f"ethics.{name}"]
    unknown = changed(**{name: None, "unknown": (name,)})[f"ethics.{name}"]
    no = changed(**{name: Judgement.NO})[f"ethics.{name}_no"]
    assert {blank.severity, unknown.severity, no.severity} == {Severity.BLOCKER}
    assert blank.message.startswith("Nobody has answered yet whether ")
    assert unknown.message.startswith("The team does not know yet whether ")
    assert no.message.startswith("The team says that ")
    assert " no" in no.message


@pytest.mark.parametrize(
    ("name", "because"), [("net_positive", "net_positive_reason"), ("is_fair", "is_fair_reason"), ("aired", "aired_how")]
)
def test_a_yes_without_a_reason_is_asked_for_one(name, because):
    assert changed(**{because: " "})[f"ethics.{name}_reason"].message.startswith("Say why you believe that ")


@pytest.mark.parametrize("concern", [Concern(id="c"), Concern(id="c", outcome=Outcome.OPEN), Concern(id="c", unknown=("outcome",))])
def test_a_concern_without_an_outcome_blocks(concern):
    assert changed(concerns=(concern,))["ethics.open_concern"].severity is Severity.BLOCKER


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.MITIGATED, Outcome.OVERRULED])
def test_a_closed_concern_has_a_reason_and_an_owner(outcome):
    assert "ethics.concern_reason" in changed(concerns=(Concern(id="c", outcome=outcome, owner="Ben"),))
    assert "ethics.concern_reason" in changed(concerns=(Concern(id="c", outcome=outcome, reason="Rare"),))
    assert "ethics.concern_reason" not in changed(concerns=(Concern(id="c", outcome=outcome, reason="Rare", owner="Ben"),))


def test_an_empty_log_and_an_empty_checklist_are_told():
    assert {"ethics.no_concern", "ethics.no_checklist"} == set(changed(concerns=(), checklist=()))


def test_unasked_and_unknown_questions_are_counted_apart():
    items = (ChecklistItem(id="a"), ChecklistItem(id="b"), ChecklistItem(id="c", unknown=("answered",)))
    findings = changed(checklist=items)
    assert findings["ethics.checklist_open"].message == "Of 3 checklist questions, 2 have not been asked yet."
    assert findings["ethics.checklist_unknown"].message.startswith("Of 3 checklist questions, 1 has no known answer yet.")


@pytest.mark.parametrize("answer", [ItemAnswer.NO, ItemAnswer.NOT_APPLICABLE])
def test_a_no_and_a_does_not_apply_need_a_reason(answer):
    item = ChecklistItem(id="q", question="Consent?", answered=answer)
    assert changed(checklist=(item,))["ethics.checklist_reason"].record == "q"
    assert "ethics.checklist_reason" not in changed(checklist=(item.model_copy(update={"note": "No people in it"}),))
