"""Who signs, in which order, and where each of them stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scoping.charter import Charter
from scoping.sections.project import SignAnswer, Signature
from scoping.signing.acts import Act, ChangedError, SigningError, allowed, anew_words, brought, edits
from scoping.signing.signatures import SignOff, Stand, offered, sign_off
from scoping.signing.terms import fingerprint
from tests.signed import DAY, READY, asking, person, signed

ANA, BEN, CY = person("Ana Ruiz", "Sponsor"), person("Ben Ode", "Technical lead"), person("Cy Lee", "Sponsor")
THREE = asking(READY, ANA, BEN, CY)


def stands(charter: Charter) -> list[str]:
    return [str(s.stand) for s in sign_off(charter).signers]


def reworded(charter: Charter) -> Charter:
    return charter.with_part("project", charter.project.model_copy(update={"decision_asked": "Release ten million dollars."}))


def answering(charter: Charter, name: str, answered: SignAnswer) -> Charter:
    rows = tuple(
        row.model_copy(update={"answered": answered, "signed_on": DAY, "terms": fingerprint(charter), "version": 3})
        if row.name == name
        else row
        for row in charter.project.signatures
    )
    return charter.with_part("project", charter.project.model_copy(update={"signatures": rows}))


def test_a_signature_holds_until_the_terms_change_and_again_when_they_are_back():
    charter = signed(THREE, "Ben Ode")
    assert stands(charter) == ["asked", "holds", "asked"]
    assert stands(reworded(charter)) == ["asked", "void", "asked"]
    back = reworded(charter).with_part(
        "project", reworded(charter).project.model_copy(update={"decision_asked": THREE.project.decision_asked})
    )
    assert stands(back) == stands(charter)
    assert sign_off(charter).words == "Not signed yet: Ana Ruiz, Cy Lee."
    assert (
        sign_off(reworded(charter)).words
        == "Changed since it was signed, so asked again: Ben Ode. Not signed yet: Ana Ruiz, Cy Lee."
    )
    assert sign_off(reworded(charter)).signers[1].words == "signed version 1 on 1 Mar 2027; changed since, asked again"


def test_everybody_has_to_sign_unless_any_one_of_a_role_will_do():
    charter = signed(THREE, "Ana Ruiz", "Ben Ode")
    assert not sign_off(charter).is_done
    one_of_each = signed(asking(READY, ANA, BEN, CY, sign_role="one"), "Ana Ruiz", "Ben Ode")
    assert stands(one_of_each) == ["holds", "holds", "spared"]
    assert sign_off(one_of_each).is_done
    assert not sign_off(reworded(one_of_each)).is_done
    assert sign_off(signed(THREE)).is_done
    assert not sign_off(asking(READY)).is_done


def test_the_usual_roles_are_offered_with_known_names_until_two_are_asked_or_one_answered():
    def offers(charter: Charter) -> list[tuple[str, str]]:
        return [(one.role, one.name) for one in offered(charter.project)]

    nobody = asking(READY)
    known = nobody.with_part("project", nobody.project.model_copy(update={"sponsor": "Ana Ruiz, sales", "owner": "Di Fox"}))
    assert offers(known) == [("Sponsor", "Ana Ruiz"), ("Product owner", "Di Fox"), ("Technical lead", "")]
    assert [role for role, _ in offers(asking(READY, ANA))] == ["Product owner", "Technical lead"]
    assert offers(asking(READY, ANA, BEN)) == offers(signed(asking(READY, ANA), "Ana Ruiz")) == []


def test_one_after_the_other_waits_for_those_listed_before():
    charter = asking(READY, ANA, BEN, CY, sign_order="in_turn")
    assert stands(charter) == ["asked", "waits", "waits"]
    assert sign_off(charter).signers[2].before == ("Ana Ruiz", "Ben Ode")
    assert stands(signed(charter, "Ana Ruiz")) == ["holds", "asked", "waits"]
    assert stands(answering(charter, "Ana Ruiz", SignAnswer.REFUSED)) == ["refused", "waits", "waits"]
    one = asking(READY, ANA, BEN, CY, sign_order="in_turn", sign_role="one")
    assert stands(one) == ["asked", "waits", "waits"]
    assert [s.before for s in sign_off(one).signers] == [(), ("Ana Ruiz",), ("Ben Ode",)]


def test_a_refusal_stands_until_the_terms_change_and_then_asks_again():
    charter = answering(THREE, "Ben Ode", SignAnswer.REFUSED)
    assert stands(charter)[1] == "refused"
    assert sign_off(charter).words == "Refused by Ben Ode. Not signed yet: Ana Ruiz, Cy Lee."
    assert stands(reworded(charter))[1] == "asked"
    assert "did not sign version 3 on 1 Mar 2027; changed since, asked again" in sign_off(reworded(charter)).signers[1].words
    assert sign_off(reworded(charter)).words == (
        "Ben Ode refused version 3; changed since, asked again. Not signed yet: Ana Ruiz, Cy Lee."
    )
    wishes = answering(THREE, "Ben Ode", SignAnswer.CHANGES)
    assert sign_off(wishes).words.startswith("Changes are asked for by Ben Ode.")


def test_an_answer_of_a_day_to_come_is_none_yet():
    charter = signed(THREE)
    assert sign_off(charter, DAY).is_done
    assert sign_off(charter, DAY - timedelta(days=1)).is_done  # in the east of the world it is tomorrow already
    assert not sign_off(charter, DAY - timedelta(days=2)).is_done


def test_a_row_in_which_nothing_is_written_asks_nobody():
    assert sign_off(asking(READY, Signature(id="x", remark="Not yet"))).signers == ()


def act(charter: Charter, name: str = "Ana Ruiz", answered: SignAnswer | None = SignAnswer.SIGNED, **more: object) -> Act:
    given = {
        "signature": name.lower().replace(" ", "_"),
        "answered": answered,
        "seen": fingerprint(charter),
        "on": DAY,
        "typed": name,
    }
    return Act(**{**given, **more})


@pytest.mark.parametrize(
    ("charter", "done", "missing", "says"),
    [
        (THREE, act(THREE, typed=""), 0, "Type your name."),
        (THREE, act(THREE, typed="Ben Ode"), 0, "Ana Ruiz is asked to sign here, and nobody else."),
        (THREE, act(THREE), 2, "Nobody signs a draft: 2 conditions are not met yet."),
        (THREE, act(reworded(THREE)), 0, "The charter was changed while you read it."),
        (THREE, act(THREE, answered=SignAnswer.REFUSED), 0, "Say what stops you."),
        (THREE, act(THREE, answered=None), 0, "there is nothing to take back"),
        (THREE, act(THREE, "Nobody"), 0, "Nobody is asked to sign in this place any more."),
        (signed(THREE), act(THREE), 0, "Ana Ruiz has signed this already."),
        (asking(READY, ANA, BEN, sign_order="in_turn"), None, 0, "People sign one after the other: Ana Ruiz first."),
    ],
)
def test_what_may_not_be_done_is_said(charter, done, missing, says):
    with pytest.raises(SigningError) as told:
        allowed(done or act(charter, "Ben Ode"), charter, sign_off(charter), missing)
    assert says in str(told.value)


def test_a_changed_charter_is_told_apart_and_a_refusal_needs_no_readiness():
    with pytest.raises(ChangedError):
        allowed(act(reworded(THREE)), THREE, sign_off(THREE), 0)
    refusal = act(THREE, answered=SignAnswer.REFUSED, reason="Too dear.")
    assert allowed(refusal, THREE, sign_off(THREE), 3).name == "Ana Ruiz"
    assert {(e.field, e.after) for e in edits(refusal, ANA, 4, "f")} == {
        ("answered", "refused"),
        ("signed_on", "2027-03-01"),
        ("version", 4),
        ("terms", "f"),
        ("typed", "Ana Ruiz"),
        ("remark", "Too dear."),
    }


def test_a_role_without_a_name_is_signed_by_whoever_gives_one():
    charter = asking(READY, person("x", "Legal").model_copy(update={"name": ""}))
    signer = allowed(act(charter, signature="x", typed=" Dee  Poe "), charter, sign_off(charter), 0)
    assert ("name", "Dee Poe") in {(e.field, e.after) for e in edits(act(charter, typed=" Dee  Poe "), signer.signature, 1, "f")}


def test_what_is_brought_in_counts_only_for_its_very_terms_and_never_on_a_draft():
    charter = signed(THREE)
    kept, anew = brought(charter, is_ready=True)
    assert (sign_off(kept).is_done, anew, anew_words(anew)) == (True, (), "")
    for changed, ready in ((reworded(charter), True), (charter, False)):
        asked, anew = brought(changed, is_ready=ready)
        assert stands(asked) == ["asked"] * 3
        assert len(anew) == 3
    assert anew_words(anew[:1]) == "Ana Ruiz has signed another text than this one and is asked again."
    old = asking(READY, ANA.model_copy(update={"signed_on": date(2027, 1, 1)}))
    assert brought(old, is_ready=True)[0].project.signatures[0].signed_on is None


def test_those_asked_for_the_first_time_come_before_those_asked_again():
    charter = reworded(signed(THREE, "Ana Ruiz"))
    assert [s.name for s in sign_off(charter).open] == ["Ben Ode", "Cy Lee", "Ana Ruiz"]
    assert replace(SignOff(()), signers=()).words == "Name who signs it."
    assert sign_off(charter).of(Stand.VOID)[0].name == "Ana Ruiz"
