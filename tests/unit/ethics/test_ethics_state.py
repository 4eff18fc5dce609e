"""Where a project stands with ethics: only what a named person cleared is clear, and a blank never is."""

from datetime import UTC, date, datetime
from unittest.mock import Mock

import pytest

from scoping import samples as scoping_samples
from scoping.blocks import Facts
from scoping.charter import Charter
from scoping.content.screening import SCREENING
from scoping.document.paper import document
from scoping.ethics import consequences, demands, impact, legal_class, questions, settling
from scoping.ethics.screening import screen
from scoping.ethics.state import EthicsKind, state
from scoping.ethics.words import outcome, screened_words
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
MINIMAL = BY_SLUG["phone_inspection"].ethics.legal_path


def answer(name: str, chosen: str = "", **more) -> ChecklistItem:
    """The answer to a question of the bank in its present wording."""
    asked = BANK.asked[name]
    item = questions.item(asked.pack, asked.area.name, name, asked.question.ask)
    given = {"answered": ItemAnswer(chosen)} if chosen in ("yes", "no") else {"option": chosen, "answered": ItemAnswer.OPTION}
    return item.model_copy(update={**(given if chosen else {}), **more})


YES = Ethics(net_positive=Judgement.YES, is_fair=Judgement.YES, aired=Judgement.YES)
NOES = dict.fromkeys(SCREENING, Judgement.NO)
GRAVE = {**NOES, "could_hurt": Judgement.YES, "decides_people": Judgement.YES}
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
    """Eight times no, and yes to what is said aloud."""
    return changed(YES, **{**NOES, **more})


def low(**more) -> Ethics:
    """A small project with everything settled and cleared."""
    promise = Obligation(id="o", demand="Names are dropped", owner="Eva", due=date(2027, 6, 1), state=ObligationState.PLANNED)
    begun = {"concerns": (CLOSED,), "obligations": (promise,), "cleared_by": "Claire Dubois", "cleared_on": date(2027, 5, 3)}
    return known(**{**begun, **more})


def high(**more) -> Ethics:
    """The loan with its open questions answered, everything settled and cleared."""
    left = (answer("impact_hardest", "very_high"), answer("data_coverage", "unmeasured"), answer("data_bias", "yes"))
    kept = [i for i in LOAN.checklist if i.id not in {x.id for x in left}]
    begun = changed(LOAN, checklist=(*kept, *left), cleared_by="Claire Dubois", cleared_on=date(2027, 5, 3))
    return changed(taken_on(begun), **more)


# ------------------------------------------------------------------------------------------------------ the states


@pytest.mark.parametrize("ethics", [Ethics(), scoping_samples.new_charter("New", "", "USD").ethics])
def test_an_empty_project_is_not_assessed_and_begins_with_eight_questions(ethics):
    now = state(ethics)
    assert (now.kind, now.reason) == (EthicsKind.NOT_ASSESSED, "Begin with the eight quick questions.")


def test_quick_clicks_are_a_first_impression_and_never_clear():
    assert state(YES).kind is EthicsKind.FIRST_IMPRESSION
    assert state(known()).kind is EthicsKind.FIRST_IMPRESSION
    assert state(known(cleared_by="Ana", cleared_on=date(2027, 5, 3))).kind is EthicsKind.FIRST_IMPRESSION


def test_eight_noes_are_a_first_impression_that_says_on_what_it_rests():
    assert state(known()).reason.startswith("Low risk by the eight questions.")


def test_what_the_eight_call_high_is_a_high_risk_until_somebody_looked_closer():
    now = state(changed(low(), **GRAVE))
    assert now.kind is EthicsKind.HIGH_RISK
    assert now.reason.startswith("High risk by the eight questions: A mistake could hurt somebody, and it decides about people")


@pytest.mark.parametrize("name", SCREENING)
def test_each_of_the_eight_is_open_until_answered_and_a_yes_or_unknown_asks_for_the_class(name):
    blank, unknown, yes = (
        missing(10, known(**given)).missing for given in ({name: None}, {name: None, "unknown": (name,)}, {name: Judgement.YES})
    )
    assert [(f.code, f.field, f.is_unknown) for f in blank] == [("ethics.screening_open", name, False)]
    assert [(f.code, f.field) for f in unknown] == [("ethics.screening_unknown", name), ("ethics.class_open", "legal_path")]
    assert unknown[0].is_unknown
    assert [f.field for f in yes] == ["legal_path"]
    assert missing(10, known(**{name: Judgement.YES}, legal_path=MINIMAL)).is_met
    assert missing(10, known()).is_met


@pytest.mark.parametrize(
    ("yes", "unknown", "high", "may_be"),
    [
        (("could_hurt", "decides_people"), (), True, True),
        (("could_hurt", "hard_to_undo"), (), True, True),
        (("could_hurt",), ("hard_to_undo",), False, True),
        ((), ("could_hurt", "decides_people"), False, True),
        (("could_hurt",), (), False, False),
        (("decides_people", "hard_to_undo", "watches_people", "groups_worse"), (), False, False),
        ((), (), False, False),
    ],
)
def test_a_mistake_that_hurts_where_nobody_can_put_it_right_is_high(yes, unknown, high, may_be):
    given = {**NOES, **dict.fromkeys(yes, Judgement.YES), **dict.fromkeys(unknown), "unknown": unknown}
    judged = consequences.of(Ethics(**given))
    assert (judged.screened.is_high, judged.screened.may_be_high) == (high, may_be)
    assert judged.is_called_for == may_be
    assert bool(judged.deciding) == may_be


def test_a_promise_with_an_owner_answers_a_yes():
    yes = {**NOES, "watches_people": Judgement.YES}
    promise = Obligation(id="o", demand="Names are dropped", keeps_low="watches_people")
    assert screen(Ethics(**yes, obligations=(promise,))).unpromised == ("watches_people",)
    owned = promise.model_copy(update={"owner": "Jonas"})
    assert screen(Ethics(**yes, obligations=(owned,))).promised == ("watches_people",)
    assert screened_words(Ethics(**yes, obligations=(owned,)), "watches_people") == "Yes, promised away"
    assert screen(Ethics(**NOES, obligations=(owned,))).promised == ()


def test_questions_that_a_no_has_answered_are_not_asked_again():
    judged = consequences.of(Ethics(**GRAVE))
    assert "data_sensitive" not in {q.id for q in judged.asked}
    assert "data_sensitive" in {q.id for q in consequences.of(Ethics(**{**GRAVE, "special_data": None})).asked}
    assert 25 <= len(judged.deciding) <= 40


def test_what_was_handed_over_stays_missing_and_says_with_whom_it_is():
    handed = Ethics(**GRAVE, handed_to="Claire Dubois", handed_until=date(2026, 12, 18))
    found = missing(10, handed)
    assert found.missing
    assert all(f.message.startswith("With Claire Dubois until 18 Dec 2026: ") for f in found.missing)
    assert {f.code for f in found.missing} == {f.code for f in missing(10, Ethics(**GRAVE)).missing}


def test_a_high_risk_with_obligations_that_nobody_took_is_never_clear():
    now = state(changed(high(), obligations=()))
    assert now.kind is EthicsKind.HIGH_RISK
    assert (
        f"{len(consequences.of(high()).certain)} promises are demanded by level and class, and nobody has taken them on"
        in now.reason
    )


def test_a_low_project_is_cleared_by_a_named_person_on_a_day():
    now = state(low())
    assert now.kind is EthicsKind.CLEARED
    assert (now.by, now.on) == ("Claire Dubois", date(2027, 5, 3))
    assert now.label == "Cleared by Claire Dubois on 3 May 2027"
    assert now.reason.startswith("Low risk by the eight questions.")


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
        ({"could_hurt": None}, "eight quick questions are not all answered"),
        ({"could_hurt": None, "unknown": ("could_hurt",)}, "Not known yet: “Could a mistake hurt somebody?”"),
        ({"hidden_machine": Judgement.YES, "legal_path": ()}, "Which class of the law it falls into is not looked for yet"),
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


@pytest.mark.parametrize("ethics", [YES, changed(high(), obligations=())], ids=["said_aloud", "nobody_took_on"])
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
        (Ethics(), "open", "Eight quick questions are not answered yet", "decides_people"),
        (known(is_fair=Judgement.NO), "open", "not fair", "is_fair"),
        (known(could_hurt=None), "open", "are not all answered yet", "could_hurt"),
        (known(could_hurt=None, unknown=("could_hurt",)), "open", "counts as a yes", "could_hurt"),
        (known(could_hurt=None, unknown=("could_hurt",), legal_path=MINIMAL), "unknown", "counts as a yes", "could_hurt"),
        (known(), "met", "", ""),
        (known(legal_path=MINIMAL[:1]), "open", "The legal class is not certain", "legal_path"),
        (known(**{**GRAVE, "legal_path": MINIMAL}), "open", "Answer the questions in depth", "checklist"),
        (changed(high(), legal_path=()), "open", "class of the law it falls into is not looked for", "legal_path"),
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
    ethics = known(legal_path=LOAN.legal_path)
    assert [f.field for f in missing(10, ethics).missing] == ["checklist", "obligations"]
    assert [f.field for f in missing(10, taken_on(ethics)).missing] == ["checklist"]


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


@pytest.mark.parametrize(
    "ethics", [Ethics(), YES, LOAN, low(), high(), changed(high(), obligations=()), known(legal_path=MINIMAL[:1]), Ethics(**GRAVE)]
)
def test_what_keeps_people_from_signing_keeps_it_from_being_clear_in_the_same_words(ethics):
    judged = consequences.of(ethics)
    assert {*settling.to_sign(judged), *settling.concerns(ethics)} <= {*settling.to_clear(judged)}


# ------------------------------------------------------------------------------------------------- counted and judged once


def test_there_is_one_count_of_questions_and_none_before_somebody_looks_closer():
    assert consequences.of(Ethics()).tally.asked == 0
    assert consequences.of(known()).packs == ()
    assert [p.id for p in consequences.of(Ethics(**GRAVE)).packs] == ["impact"]
    assert [p.id for p in consequences.of(LOAN).packs] == ["checklist", "impact"]


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
