"""Signing is one act of the store: it keeps a version, holds for these terms only, and nothing else writes it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pages.parts.charter.versions import listed
from pages.serving.changes import brief
from scoping.errors import AnswerError
from scoping.health import Word
from scoping.merge import Edit, added, removed
from scoping.sections.milestones import Reading
from scoping.sections.project import SignAnswer, Signature
from scoping.sections.rollout import MonitorReading
from scoping.signing.acts import Act, ChangedError, SigningError
from scoping.signing.signatures import Stand
from scoping.signing.terms import fingerprint
from storage.store import CharterStore
from tests.signed import DAY, READY, asking, person, signed

TWO = asking(READY, person("Ana Ruiz", "Sponsor"), person("Ben Ode", "Technical lead"))


def sign(store: CharterStore, project: str, name: str, answered: SignAnswer | None = SignAnswer.SIGNED, **more: str) -> object:
    seen = fingerprint(store.open(project).charter)
    act = {"signature": name.lower().replace(" ", "_"), "answered": answered, "seen": seen, "on": DAY, "typed": name}
    return store.sign(project, Act(**{**act, **more}), "Ann")


def stands(store: CharterStore, project: str) -> list[Stand]:
    return [s.stand for s in store.open(project).signing.signers]


def word(store: CharterStore, project: str) -> tuple[Word, Word]:
    """The health of the project, and of its card."""
    (card,) = store.portfolio.page(today=date(2027, 3, 2)).cards
    return store.open(project).health(date(2027, 3, 2)).word, card.health.word


def test_two_sign_the_same_version_and_a_change_voids_both_and_asks_again(store):
    project = store.create(TWO, "Ann")
    assert word(store, project) == (Word.READY, Word.READY)
    sign(store, project, "Ana Ruiz")
    sign(store, project, "Ben Ode")
    assert [v.number for v in store.versions.of(project)] == [1]
    assert store.versions.of(project)[0].name == "Signed by Ana Ruiz"
    assert stands(store, project) == [Stand.HOLDS, Stand.HOLDS]
    assert Word.READY not in word(store, project)
    store.save(project, "milestones", [added("readings", Reading(id="r", value=1.0))], "Ann")
    assert stands(store, project) == [Stand.HOLDS, Stand.HOLDS]

    words = TWO.project.decision_asked
    store.save(project, "project", [Edit("", "", "decision_asked", words, "Release ten million dollars.")], "Eve")
    assert stands(store, project) == [Stand.VOID, Stand.VOID]
    assert word(store, project) == (Word.READY, Word.READY)
    sign(store, project, "Ana Ruiz")
    assert [v.number for v in store.versions.of(project)] == [2, 1]
    assert [s.signature.version for s in store.open(project).signing.signers] == [2, 1]
    assert store.versions.charter(project, 1).project.decision_asked == words

    store.save(project, "project", [Edit("", "", "decision_asked", "Release ten million dollars.", words)], "Ann")
    assert stands(store, project) == [Stand.VOID, Stand.HOLDS]


def test_another_part_than_those_that_health_reads_voids_as_well(store):
    project = store.create(signed(TWO), "Ann")
    assert Word.READY not in word(store, project)
    store.save(project, "problems", [Edit("", "", "in_scope", TWO.problems.in_scope, "Everything")], "Eve")
    assert word(store, project) == (Word.READY, Word.READY)


def test_who_read_something_else_is_told_and_nothing_is_kept(store):
    project = store.create(TWO, "Ann")
    with pytest.raises(ChangedError):
        sign(store, project, "Ana Ruiz", seen="another text")
    store.save(project, "rollout", [Edit("", "", "pattern", READY.rollout.pattern, None)], "Ann")
    with pytest.raises(SigningError, match="Nobody signs a draft"):
        sign(store, project, "Ana Ruiz")
    assert store.versions.of(project) == []
    assert len(store.history(project)) == 2


def test_a_refusal_is_kept_with_its_reason_and_taken_back(store):
    project = store.create(TWO, "Ann")
    sign(store, project, "Ben Ode", SignAnswer.REFUSED, reason="No accuracy before two people agree.")
    row = store.open(project).charter.project.signatures[1]
    assert (row.remark, row.version, row.typed) == ("No accuracy before two people agree.", 1, "Ben Ode")
    refused = "Refused by Ben Ode: “No accuracy before two people agree.” Not signed yet: Ana Ruiz."
    assert store.open(project).health(DAY).reason.startswith(refused)
    said = Edit("signatures", "ben_ode", "remark", row.remark, "All fine by me.")
    assert store.save(project, "project", [said], "Eve").stamp is None
    with pytest.raises(AnswerError, match="on the charter page"):
        store.undo(project, store.number(project), "Eve")
    assert store.open(project).charter.project.signatures[1] == row
    sign(store, project, "Ben Ode", None)
    assert stands(store, project) == [Stand.ASKED, Stand.ASKED]
    assert store.open(project).charter.project.signatures[1].remark == ""
    assert store.history(project)[0].note == "Answer taken back"
    assert store.save(project, "project", [Edit("signatures", "ben_ode", "remark", "", "All fine by me.")], "Eve").stamp


def test_last_changes_and_the_versions_say_who_answered(store):
    project = store.create(TWO, "Ann")
    store.versions.keep(project, "Ann", name="Board meeting")
    store.save(project, "rollout", [added("readings", MonitorReading(id="r"))], "Ann")
    store.versions.keep(project, "Ann", name="After the board")
    sign(store, project, "Ben Ode", SignAnswer.REFUSED, reason="Too dear.")
    assert brief(store.history(project)[0]) == "refused version 2"
    sign(store, project, "Ana Ruiz")
    assert brief(store.history(project)[0]) == "signed version 2"
    html = listed(store.open(project), store.versions.of(project))
    assert "After the board, signed by Ana Ruiz, same text as version 1" in re.sub("<[^>]*>|[\u2066-\u2069]", "", html)


def test_nothing_but_signing_writes_a_signature(store):
    project = store.create(TWO, "Ann")
    now = fingerprint(TWO)
    forged = [Edit("signatures", "ana_ruiz", "answered", None, "signed"), Edit("signatures", "ana_ruiz", "terms", "", now)]
    assert store.save(project, "project", forged, "Eve").stamp is None
    new = Signature(id="eve", name="Eve", answered=SignAnswer.SIGNED, signed_on=DAY, terms=now, version=1)
    store.save(project, "project", [added("signatures", new)], "Eve")
    assert stands(store, project) == [Stand.ASKED] * 3
    assert store.open(project).charter.project.signatures[2].signed_on is None


def test_history_takes_back_the_text_and_never_a_signature(store):
    project = store.create(TWO, "Ann")
    sign(store, project, "Ana Ruiz")
    at = store.number(project)
    with pytest.raises(AnswerError, match="is not undone"):
        store.undo(project, at, "Eve")
    sign(store, project, "Ana Ruiz", None)
    store.restore(project, at, "Eve")
    assert stands(store, project) == [Stand.ASKED, Stand.ASKED]
    sign(store, project, "Ana Ruiz")
    store.restore(project, 1, "Eve")
    assert stands(store, project) == [Stand.HOLDS, Stand.ASKED]
    # Whoever is removed and comes back is asked anew.
    row = store.open(project).charter.project.signatures[0]
    gone = store.save(project, "project", [removed("signatures", row)], "Eve")
    store.undo(project, gone.stamp.number, "Eve")
    assert stands(store, project) == [Stand.ASKED, Stand.ASKED]


@pytest.mark.parametrize(("field", "before", "after"), [("name", "Ana Ruiz", "Eve Moss"), ("role", "Sponsor", "Board")])
def test_nobody_is_put_into_the_place_of_whoever_signed(store, field, before, after):
    project = store.create(TWO, "Ann")
    sign(store, project, "Ana Ruiz")
    spelt = store.save(project, "project", [Edit("signatures", "ana_ruiz", field, before, before.lower())], "Eve")
    assert stands(store, project) == [Stand.HOLDS, Stand.ASKED]
    named = store.save(project, "project", [Edit("signatures", "ana_ruiz", field, before.lower(), after)], "Eve")
    assert stands(store, project) == [Stand.ASKED, Stand.ASKED]
    assert [r.note for r in named.revisions] == ["", "Asked anew, as somebody else is named"]
    store.undo(project, named.revisions[0].number, "Eve")
    assert stands(store, project) == [Stand.ASKED, Stand.ASKED]
    assert spelt.stamp


def test_the_name_that_somebody_gave_when_they_signed_is_not_taken_back_from_under_it(store):
    project = store.create(asking(READY, person("x", "Legal").model_copy(update={"name": ""})), "Ann")
    sign(store, project, "Dee Poe", signature="x")
    with pytest.raises(AnswerError, match="is not undone"):
        store.undo(project, store.number(project), "Eve")
    assert store.open(project).signing.signers[0].name == "Dee Poe"
    assert stands(store, project) == [Stand.HOLDS]


def test_what_is_brought_in_signed_has_a_version_and_holds_and_another_text_asks_again(store):
    charter = signed(TWO)
    project = store.create(charter, "Ann")
    assert [v.name for v in store.versions.of(project)] == ["As it was brought in"]
    assert stands(store, project) == [Stand.HOLDS] * 2
    changed = charter.with_part("problems", charter.problems.model_copy(update={"in_scope": "Everything"}))
    assert stands(store, store.create(changed, "Ann")) == [Stand.ASKED] * 2


def test_days_of_before_are_bound_at_the_upgrade(tmp_path):
    path = tmp_path / "workbench.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((Path(__file__).parent / "past" / "0012.sql").read_text("utf-8"))
        database.execute("UPDATE project_signatures SET signed_on = '2027-02-12' WHERE id = 'technical'")
        database.commit()
    for _ in range(2):
        store = CharterStore.at(f"sqlite:///{path}")
        (card,) = store.portfolio.page(today=date(2027, 3, 2)).cards
        opened = store.open(card.project_id)
        assert [s.stand for s in opened.signing.signers] == [Stand.ASKED, Stand.ASKED, Stand.HOLDS]
        (version,) = store.versions.of(card.project_id)
        assert version.name == "As it stood when signatures began to be bound"
        assert opened.signing.signers[2].words == "signed version 1 on 12 Feb 2027"
        assert store.history(card.project_id)[0].note == version.name
        store.close()
