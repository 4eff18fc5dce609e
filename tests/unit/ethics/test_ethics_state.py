"""Where a project stands with ethics: only what a named person cleared is clear, and a blank never is."""

from datetime import UTC, date, datetime
from unittest.mock import Mock

import pytest

from scoping import samples as scoping_samples
from scoping.blocks import Facts
from scoping.charter import Charter
from scoping.document.paper import document
from scoping.ethics import consequences, demands, impact, legal_class, questions, settling
from scoping.ethics.state import EthicsKind, state
from scoping.ethics.words import outcome
from scoping.export.charter_json import to_json
from scoping.portfolio.figures import figures
from scoping.review import overview
from scoping.samples import samples
from scoping.sections.ethics import (
    AtLaunch,
    ChecklistItem,
    Concern,
    Ethics,
    ItemAnswer,
    Judgement,
    Obligation,
    ObligationState,
    Outcome,
)
from scoping.signing.conditions import Condition, conditions

BY_SLUG = {s.slug: s.charter for s in samples()}
LOAN = BY_SLUG["loan_approval"].ethics
BANK = questions.standard_bank()


def answer(name: str, chosen: str = "", **more) -> ChecklistItem:
    """The answer to a question of the bank in its present wording."""
    asked = BANK.asked[name]
    item = questions.item(asked.pack, asked.area.name, name, asked.question.ask)
    given = {"answered": ItemAnswer(chosen)} if chosen in ("yes", "no") else {"option": chosen, "answered": ItemAnswer.OPTION}
    return item.model_copy(update={**(given if chosen else {}), **more})


YES = Ethics(net_positive=Judgement.YES, is_fair=Judgement.YES, aired=Judgement.YES)
LOW = (answer("quick_harm", "nuisance"), answer("quick_undo", "easily"), answer("quick_who", "human"))
HIGH = (answer("quick_harm", "grave"), answer("quick_undo", "never"), answer("quick_who", "machine"))
CLOSED = Concern(id="c", concern="Accents", outcome=Outcome.MITIGATED, owner="Ben", reason="A slice target")


LEFT = ("impact_hardest", "data_coverage", "data_bias")
"""The questions that the loan leaves open."""


def changed(ethics: Ethics, **more) -> Ethics:
    return ethics.model_copy(update=more)


def taken_on(ethics: Ethics, **more) -> Ethics:
    """Everything that is demanded for certain, taken on by somebody."""
    rows = (
        Obligation(id=d.id, demand=d.demand, state=ObligationState.PLANNED, owner="Eva", due=date(2027, 6, 1))
        for d in consequences.of(ethics).certain
    )
    return changed(ethics, obligations=tuple(rows), **more)


def known(**more) -> Ethics:
    """Yes to the three, a low first impression, and a class that is known."""
    return changed(YES, **{"checklist": LOW, "legal_path": BY_SLUG["phone_inspection"].ethics.legal_path, **more})


def low(**more) -> Ethics:
    """A small project with everything settled and cleared."""
    begun = known(concerns=(CLOSED,))
    return taken_on(begun, cleared_by="Claire Dubois", cleared_on=date(2027, 5, 3), **more)


def high(**more) -> Ethics:
    """The loan with its open questions answered, everything settled and cleared."""
    left = (answer("impact_hardest", "very_high"), answer("data_coverage", "unmeasured"), answer("data_bias", "yes"))
    kept = [i for i in LOAN.checklist if i.id not in {x.id for x in left}]
    begun = changed(LOAN, checklist=(*kept, *left), cleared_by="Claire Dubois", cleared_on=date(2027, 5, 3))
    return changed(taken_on(begun), **more)


# ------------------------------------------------------------------------------------------------------ the states


@pytest.mark.parametrize("ethics", [Ethics(), scoping_samples.new_charter("New", "", "USD").ethics])
def test_an_empty_project_is_not_assessed_and_begins_with_three_questions(ethics):
    now = state(ethics)
    assert (now.kind, now.reason) == (EthicsKind.NOT_ASSESSED, "Begin with the first impression: three questions under Impact.")


def test_three_quick_yes_clicks_are_a_first_impression_and_never_clear():
    assert state(YES).kind is EthicsKind.FIRST_IMPRESSION
    assert state(changed(YES, cleared_by="Ana", cleared_on=date(2027, 5, 3))).kind is EthicsKind.FIRST_IMPRESSION


def test_three_screening_answers_are_a_first_impression_that_says_on_what_it_rests():
    now = state(changed(YES, checklist=LOW))
    assert now.kind is EthicsKind.FIRST_IMPRESSION
    assert now.reason.startswith("Level I: little impact, a first impression: it rests on three screening answers.")


def test_a_high_first_impression_is_a_high_risk_until_somebody_looks_closer():
    now = state(changed(low(), checklist=HIGH))
    assert now.kind is EthicsKind.HIGH_RISK
    assert "rests on three screening answers" in now.reason
    assert "Look closer" in now.reason


def test_a_high_risk_with_obligations_that_nobody_took_is_never_clear():
    now = state(changed(high(), obligations=()))
    assert now.kind is EthicsKind.HIGH_RISK
    assert (
        f"{len(consequences.of(high()).certain)} obligations follow from level and class and nobody has taken them on" in now.reason
    )


def test_a_low_project_is_cleared_by_a_named_person_on_a_day():
    now = state(low())
    assert now.kind is EthicsKind.CLEARED
    assert (now.by, now.on) == ("Claire Dubois", date(2027, 5, 3))
    assert now.label == "Cleared by Claire Dubois on 3 May 2027"
    assert "rests on three screening answers" in now.reason


def test_a_high_risk_is_cleared_once_everything_is_taken_on():
    now = state(high())
    assert now.kind is EthicsKind.CLEARED
    assert now.reason.startswith("Level III: high impact. High-risk")


@pytest.mark.parametrize("ready", [low, high])
@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ({"net_positive": None}, "Nobody has answered yet whether the project creates net positive value"),
        ({"is_fair": None, "unknown": ("is_fair",)}, "does not know yet whether it is reasonably fair"),
        ({"aired": None}, "concerns were openly aired"),
        ({"checklist": ()}, "No impact question is answered yet, so any impact level is possible"),
        ({"legal_path": ()}, "The legal class is not looked for yet"),
        ({"concerns": (Concern(id="c", concern="Accents", owner="Ben"),)}, "“Accents” is not settled"),
        ({"concerns": (CLOSED.model_copy(update={"reason": ""}),)}, "“Accents” is not settled"),
        ({"cleared_by": ""}, "Nobody has cleared it by name"),
        ({"cleared_by": "   "}, "Nobody has cleared it by name"),
        ({"cleared_on": None}, "does not say when Claire Dubois cleared it"),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else "",
)
def test_nothing_is_clear_while_anything_is_left_to_settle(ready, spoiled, said):
    now = state(changed(ready(), **spoiled))
    assert now.kind is not EthicsKind.CLEARED
    assert (now.by, now.on) == ("", None)
    assert said in now.words


@pytest.mark.parametrize(
    "row",
    [
        {"owner": ""},
        {"due": None},
        {"state": ObligationState.DONE, "reason": ""},
        {"state": ObligationState.NOT_NEEDED, "reason": " ", "owner": "Eva"},
        {"at_launch": AtLaunch.NOT_KEPT},
    ],
)
def test_an_obligation_that_nobody_answers_for_keeps_it_from_being_clear(row):
    first, *rest = low().obligations
    assert state(low()).kind is EthicsKind.CLEARED
    spoiled = changed(low(), obligations=(first.model_copy(update=row), *rest))
    assert state(spoiled).kind is EthicsKind.OPEN


def test_a_no_of_the_team_outranks_everything():
    assert state(changed(high(), is_fair=Judgement.NO)).kind is EthicsKind.OBJECTED


def test_a_prohibited_practice_is_never_cleared():
    tree = consequences.of(LOAN).legal.tree
    node = next(n for n in tree.nodes.values() if any("prohibited" in a.gives for a in n.answers))
    given = next(a for a in node.answers if "prohibited" in a.gives)
    path = tuple(s.model_copy(update={"chosen": given.id}) if s.id == node.id else s for s in LOAN.legal_path)
    ethics = taken_on(changed(high(), legal_path=path))
    assert consequences.of(ethics).legal.is_certain("prohibited")
    now = state(ethics)
    assert (now.kind, "prohibited practice" in now.reason) == (EthicsKind.HIGH_RISK, True)


def test_an_open_concern_that_a_person_accepts_by_name_may_stay():
    carried = Concern(id="c", concern="Accents", accepted_by="Ana Ruiz, sponsor")
    assert state(low(concerns=(carried,))).kind is EthicsKind.CLEARED


def test_a_clearance_that_is_not_earned_is_told():
    found = {f.code: f.message for f in overview(Charter(ethics=changed(low(), aired=None))).findings}
    assert "counts as not cleared" in found["ethics.cleared_early"]
    assert "ethics.cleared_early" not in {f.code for f in overview(Charter(ethics=low())).findings}


@pytest.mark.parametrize("ethics", [YES, changed(high(), obligations=())], ids=["three_yes", "nobody_took_on"])
def test_no_place_calls_clear_what_is_not(ethics):
    charter = Charter(ethics=ethics)
    now = state(ethics)
    facts = dict(next(b for b in outcome(ethics) if isinstance(b, Facts)).rows)
    assert facts["State of ethics"] == now.label
    assert (figures(charter).ethics, figures(charter).ethics_words) == (now.kind, now.words)
    assert f'"state": "{now.kind}"' in to_json(charter, revision=1, saved_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert "Cleared" not in now.words


# --------------------------------------------------------------------------------------- conditions of the sign-off


def missing(number: int, ethics: Ethics) -> Condition:
    return next(c for c in conditions(Charter(ethics=ethics)) if c.number == number)


@pytest.mark.parametrize(
    ("ethics", "met", "said", "field"),
    [
        (Ethics(), "open", "net positive value", "net_positive"),
        (known(is_fair=None, unknown=("is_fair",)), "unknown", "reasonably fair", "is_fair"),
        (known(checklist=()), "open", "No impact question is answered yet", "checklist"),
        (known(checklist=LOW[:2]), "open", "2 of 3 questions answered", "checklist"),
        (
            known(checklist=(*LOW[:2], answer("quick_who", unknown=("answered",)))),
            "unknown",
            "Who decides in the end?",
            "checklist",
        ),
        (known(), "met", "", ""),
        (known(legal_path=()), "met", "", ""),
        (known(legal_path=known().legal_path[:1]), "open", "The legal class is not certain", "legal_path"),
        (known(checklist=HIGH), "open", "Look closer", "impact_pack"),
        (changed(high(), legal_path=()), "open", "legal class is not looked for", "legal_path"),
        (changed(high(), obligations=()), "open", "nobody has taken them on", "obligations"),
        (taken_on(LOAN), "open", "Between level II and level III", "checklist"),
        (
            changed(taken_on(LOAN), checklist=(*LOAN.checklist, *(answer(name, unknown=("answered",)) for name in LEFT))),
            "unknown",
            "Between level II and level III",
            "checklist",
        ),
        (changed(high(), cleared_by=""), "met", "", ""),
    ],
)
def test_the_screening_is_settled_when_it_is_low_or_what_is_high_is_taken_on(ethics, met, said, field):
    found = missing(10, ethics)
    assert found.state == met
    assert [f.field for f in found.missing[:1]] == [field][: len(found.missing)]
    assert said in "".join(f.message for f in found.missing)


def test_a_class_that_is_high_asks_for_its_duties_although_the_screening_is_low():
    ethics = changed(YES, checklist=LOW, legal_path=LOAN.legal_path)
    assert [f.field for f in missing(10, ethics).missing] == ["obligations"]
    assert missing(10, taken_on(ethics)).is_met


@pytest.mark.parametrize(
    ("ethics", "met", "record", "field"),
    [
        (Ethics(), "open", "", "concerns"),
        (Ethics(unknown=("aired",)), "open", "", "concerns"),
        (YES, "open", "", "concerns"),
        (changed(YES, aired_how="In two workshops"), "met", "", ""),
        (changed(YES, concerns=(Concern(id="c", concern="Accents"),)), "open", "c", "owner"),
        (changed(YES, concerns=(Concern(id="c", unknown=("owner",)),)), "unknown", "c", "owner"),
        (changed(YES, concerns=(Concern(id="c", concern="Accents", owner="Ben"),)), "met", "", ""),
        (changed(YES, concerns=(Concern(id="c", concern="Accents", accepted_by="Ana"),)), "met", "", ""),
        (changed(YES, concerns=(CLOSED, Concern(id="d", outcome=Outcome.OVERRULED, owner="Ben"))), "open", "d", "reason"),
        (changed(YES, concerns=(CLOSED,)), "met", "", ""),
    ],
)
def test_no_concern_is_open_without_an_owner_or_a_named_acceptance(ethics, met, record, field):
    found = missing(11, ethics)
    assert found.state == met
    assert [(f.record, f.field) for f in found.missing] == [(record, field)][: len(found.missing)]


@pytest.mark.parametrize("ethics", [Ethics(), YES, LOAN, low(), high(), changed(high(), obligations=()), known(legal_path=())])
def test_what_keeps_people_from_signing_keeps_it_from_being_clear_in_the_same_words(ethics):
    judged = consequences.of(ethics)
    assert {*settling.to_sign(judged), *settling.concerns(ethics)} <= {*settling.to_clear(judged)}


# ------------------------------------------------------------------------------------------------- counted and judged once


def test_there_is_one_count_of_questions_and_an_empty_project_begins_with_three():
    assert consequences.of(Ethics()).tally.words == "0 of 3 answered"
    assert consequences.of(scoping_samples.new_charter("New", "", "USD").ethics).tally.asked == 3
    assert consequences.of(LOAN).tally.asked == sum(1 for a in BANK.asked.values() if a.pack.id != "quick")
    closer = changed(YES, checklist=(*LOW, answer("redress", "yes")))
    assert not consequences.of(closer).is_first_impression
    assert consequences.of(closer).tally.asked == 57


def test_a_step_is_judged_once_for_rules_words_document_and_comparison(monkeypatch):
    engines = [Mock(wraps=engine) for engine in (impact.assess, legal_class.find, demands.due)]
    for module, name, engine in zip((impact, legal_class, demands), ("assess", "find", "due"), engines, strict=True):
        monkeypatch.setattr(module, name, engine)
    consequences.of.cache_clear()
    charter = BY_SLUG["loan_approval"]
    seen = overview(charter)
    document(charter, seen, revision=1, saved_at=datetime(2027, 1, 1, tzinfo=UTC))
    figures(charter)
    outcome(charter.ethics)
    to_json(charter, revision=1, saved_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert [engine.call_count for engine in engines] == [1, 1, 1]
