"""Changing any answer of a signed charter voids its signatures, but for those on the short list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.comparison.comparing import compare
from scoping.merge import AFTER, OWN, Edit, Plain, apply, flatten, with_entries
from scoping.places import Place
from scoping.section import FieldSpec, Kind, Section, questions
from scoping.signing.signatures import Stand, sign_off
from scoping.signing.terms import APART, fingerprint, is_apart
from tests.signed import READY, signed

SIGNED = signed(READY)
EVERY = [
    pytest.param(section, name, spec, id=f"{section.slug}.{name or 'own'}.{spec.name}")
    for section in PARTS
    for name in ("", *section.lists)
    for spec in questions(section.model_of(name))
]


def other(spec: FieldSpec, value: Any) -> Any:
    """An answer that the question can take and that says something else."""
    match spec.kind:
        case Kind.TEXT | Kind.LONG:
            return "Something else" if not spec.machine else "{}"
        case Kind.LINK:
            return "elsewhere"
        case Kind.LINKS:
            return [*(value or []), "elsewhere"]
        case Kind.DATE:
            return date(2031, 5, 6).isoformat()
        case Kind.CHOICE:
            return next(str(c.value) for c in spec.choices if c.value != value)
        case Kind.INTEGER | Kind.MONEY:
            low = int(spec.minimum or 0)
            return low if value != low else low + 1
        case Kind.NUMBER:
            low = spec.minimum or 0.0
            return low if value != low else low + 1.0


def entry_of(section: Section, name: str) -> tuple[tuple[str, str], Plain, Charter]:
    """An entry that holds a question, in a charter that is signed with it."""
    flat = flatten(section, SIGNED.part(section.slug))
    key = next((key for key in flat if key[0] == name), OWN if not name else (name, ""))
    if key in flat:
        return key, flat[key], SIGNED
    row = section.lists[name].record.model_validate({"id": "new"})
    charter = SIGNED.with_part(
        section.slug, with_entries(section, SIGNED.part(section.slug), {(name, "new"): row.model_dump(mode="json")})
    )
    return (
        (name, "new"),
        row.model_dump(mode="json"),
        signed(charter.with_part("project", READY.project) if section.slug != "project" else charter),
    )


def is_sum(spec: FieldSpec, entry: Plain) -> bool:
    """Whether a sum says that the currency of its entry became another one."""
    return spec.kind is Kind.MONEY and entry[spec.name] is not None


def changed(charter: Charter, section: Section, edits: list[Edit]) -> Charter:
    flat = flatten(section, charter.part(section.slug))
    order = {name: [r for n, r in flat if n == name] for name in section.lists}
    merged = apply(edits, flat, order)
    assert merged.made
    assert not merged.conflicts
    return charter.with_part(section.slug, with_entries(section, charter.part(section.slug), merged.entries, merged.order))


def hold(charter: Charter) -> bool:
    return all(s.stand is Stand.HOLDS for s in sign_off(charter).signers)


@pytest.mark.parametrize(("section", "name", "spec"), EVERY)
def test_another_answer_voids_the_signatures_or_is_on_the_short_list(section, name, spec):
    key, entry, charter = entry_of(section, name)
    assert sign_off(charter).is_done
    value = entry[spec.name]
    says = other(spec, value)
    after = changed(charter, section, [Edit(*key, spec.name, value, says)])
    if spec.sealed:  # what signing itself writes
        return
    assert hold(after) is is_apart(section.slug, name, spec.name, value, says)
    told = {one.place for one in compare(charter, after).of_terms}
    here = [spec.name] if spec.name != "currency" else [s.name for s in questions(section.model_of(name)) if is_sum(s, entry)]
    assert told == (set() if hold(after) else {Place(section.slug, *key, field) for field in here or [spec.name]})


@pytest.mark.parametrize(("section", "name", "spec"), [e for e in EVERY if e.values[2].kind is not Kind.LINKS])
def test_a_mark_that_an_answer_is_not_known_voids_them_too(section, name, spec):
    key, entry, charter = entry_of(section, name)
    blank = "" if spec.kind in (Kind.TEXT, Kind.LONG, Kind.LINK) else None
    if spec.assumed or spec.sealed or entry[spec.name] != blank or spec.name in entry["unknown"]:
        return
    after = changed(charter, section, [Edit(*key, "unknown", entry["unknown"], [*entry["unknown"], spec.name])])
    assert hold(after) is is_apart(section.slug, name, spec.name)


def lists() -> Iterator[Any]:
    for section in PARTS:
        for name in section.lists:
            if (section.slug, name) != ("project", "signatures"):
                yield pytest.param(section, name, id=f"{section.slug}.{name}")


@pytest.mark.parametrize(("section", "name"), [*lists()])
def test_an_entry_that_comes_or_goes_voids_them_and_one_that_moves_does_not(section, name):
    model = section.lists[name].record
    rows = [model.model_validate({"id": f"new{n}"}).model_dump(mode="json") for n in range(2)]
    with_two = changed(SIGNED, section, [Edit(name, row["id"], "", None, row) for row in rows])
    assert hold(with_two) is is_apart(section.slug, name)
    again = with_two if section.slug == "project" else with_two.with_part("project", READY.project)
    again = signed(again.with_part("project", again.project.model_copy(update={"signatures": READY.project.signatures})))
    assert hold(changed(again, section, [Edit(name, "new1", AFTER, "new0", "")]))
    assert hold(changed(again, section, [Edit(name, "new1", "", rows[1], None)])) is is_apart(section.slug, name)


def test_what_stands_on_the_short_list_is_asked_and_has_its_reason():
    for one in APART:
        section = PART_BY_SLUG[one.part]
        asked = {spec.name for spec in questions(section.model_of(one.list))}
        assert set(one.fields) <= asked
        assert one.fields or one.list
        assert one.because.endswith(".")


def test_a_promise_that_is_no_longer_needed_voids_what_was_signed_and_one_that_is_kept_does_not():
    ethics = PART_BY_SLUG["ethics"]
    row = ethics.lists["obligations"].record.model_validate({"id": "p", "demand": "A person decides", "state": "to_do"})
    charter = changed(READY, ethics, [Edit("obligations", "p", "", None, row.model_dump(mode="json"))])
    charter = signed(charter)
    assert hold(changed(charter, ethics, [Edit("obligations", "p", "state", "to_do", "done")]))
    assert not hold(changed(charter, ethics, [Edit("obligations", "p", "state", "to_do", "not_needed")]))


def test_spaces_and_broken_lines_are_no_terms():
    words = READY.project.decision_asked
    spaced = READY.with_part(
        "project", READY.project.model_copy(update={"decision_asked": f"  {words.replace(' ', chr(10), 1)}  "})
    )
    assert fingerprint(spaced) == fingerprint(READY)
    other_words = READY.with_part("project", READY.project.model_copy(update={"decision_asked": f"{words} Now."}))
    assert fingerprint(other_words) != fingerprint(READY)
