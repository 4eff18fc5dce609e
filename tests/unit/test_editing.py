"""What a person does at a field becomes edits that can be merged."""

import pytest

from scoping import answers, editing
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.merge import Edit, apply
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.problems import Problems

SOURCES = PART_BY_SLUG["data_sources"]
PROBLEMS = PART_BY_SLUG["problems"]
INVENTORY = DataSources(sources=(Source(id="a", name="Owned", cost=1_000_000, currency="USD"),))


def entry(value=INVENTORY, record="a"):
    return editing.entry(SOURCES, value, "sources", record)


def after(edits, now=None):
    return apply(edits, {("sources", "a"): now or entry()}).entries[("sources", "a")]


def test_a_typed_amount_of_money_is_saved_in_minor_units():
    edits = editing.answer(SOURCES, entry(), "sources", "a", "cost", 1_000_000, "12,500.50")
    assert edits == [Edit("sources", "a", "cost", 1_000_000, 1_250_050)]


def test_a_question_mark_marks_the_question_as_unknown_and_clears_its_value():
    now = after(editing.answer(SOURCES, entry(), "sources", "a", "cost", 1_000_000, answers.UNKNOWN))
    assert now["cost"] is None
    assert now["unknown"] == ["cost"]


def test_an_answer_clears_the_mark_of_unknown():
    unknown = {**entry(), "cost": None, "unknown": ["cost"]}
    now = after(editing.answer(SOURCES, unknown, "sources", "a", "cost", None, "5"), unknown)
    assert (now["cost"], now["unknown"]) == (500, [])


def test_emptying_a_field_leaves_it_blank_and_not_unknown():
    now = after(editing.answer(SOURCES, entry(), "sources", "a", "name", "Owned", "  "))
    assert (now["name"], now["unknown"]) == ("", [])


def test_changing_the_currency_keeps_the_written_amount():
    now = after(editing.answer(SOURCES, entry(), "sources", "a", "currency", "USD", "JPY"))
    assert (now["currency"], now["cost"]) == ("JPY", 10_000)


def test_saving_what_is_there_already_changes_nothing():
    assert editing.answer(SOURCES, entry(), "sources", "a", "name", "Owned", "Owned") == []


@pytest.mark.parametrize(
    ("field", "raw", "words"), [("cost", "lots", "Cost: “lots”"), ("days", "-3", "below 0"), ("origin", "stolen", "none of")]
)
def test_an_answer_that_does_not_fit_is_refused_by_name(field, raw, words):
    with pytest.raises(AnswerError, match=words):
        editing.answer(SOURCES, entry(), "sources", "a", field, None, raw)


def test_a_field_or_list_that_nobody_asks_is_refused_in_words():
    with pytest.raises(AnswerError, match="asks nothing called"):
        editing.answer(SOURCES, entry(), "sources", "a", "id", "a", "b")
    with pytest.raises(AnswerError, match="no list called"):
        editing.answer(SOURCES, entry(), "nonsense", "a", "name", "", "b")


def test_the_parts_own_questions_stand_without_their_lists():
    own = editing.entry(PROBLEMS, Problems(in_scope="English"))
    assert own["in_scope"] == "English"
    assert "problems" not in own


def test_a_new_record_takes_the_currency_of_the_project():
    assert editing.new_record(SOURCES, "sources", "new", "EUR").currency == "EUR"


def test_a_gone_record_has_no_entry():
    assert entry(record="gone") is None


@pytest.mark.parametrize("part", PART_BY_SLUG.values(), ids=lambda p: p.slug)
def test_every_question_can_be_marked_unknown_and_shown_so(part):
    for name in ("", *part.lists):
        model = part.model_of(name)
        value = part.model() if not name else None
        now = editing.entry(part, value) if not name else model(id="x").model_dump(mode="json")
        for spec in part.lists[name].questions if name else part.questions:
            if spec.assumed or spec.sealed:
                continue
            key = (name, "x") if name else ("", "")
            edits = editing.answer(part, now, name, "x", spec.name, now[spec.name], answers.UNKNOWN)
            changed = apply(edits, {key: now}).entries[key]
            assert editing.shown(part, changed, name, spec.name) == answers.UNKNOWN


def test_what_only_signing_writes_is_refused_with_a_sentence():
    signatures = PART_BY_SLUG["project"].lists["signatures"]
    now = signatures.record(id="x", name="Ana").model_dump(mode="json")
    sealed = [spec for spec in signatures.questions if spec.sealed]
    assert {spec.name for spec in sealed} == {"answered", "signed_on", "version", "typed", "terms"}
    for spec in sealed:
        with pytest.raises(AnswerError, match="Signing is done on the charter"):
            editing.answer(PART_BY_SLUG["project"], now, "signatures", "x", spec.name, now[spec.name], "signed")


def test_amounts_are_meant_in_the_currency_that_comes_with_them_wherever_it_stands():
    cells = {"cost": "12,000", "name": "Japan", "currency": "JPY"}
    blank = editing.new_record(SOURCES, "sources", "a", "USD").model_dump(mode="json")
    _, filled, refused = editing.fill(SOURCES, "sources", blank, cells)
    assert (filled["cost"], filled["currency"], refused) == (12_000, "JPY", {})


def test_an_answer_that_is_refused_leaves_the_others_alone():
    _, filled, refused = editing.fill(SOURCES, "sources", entry(), {"origin": "stolen", "amount": "lots", "unit": "hours"})
    assert filled["unit"] == "hours"
    assert set(refused) == {"origin", "amount"}
    assert "“stolen”" in str(refused["origin"])


@pytest.mark.parametrize("seen", [None, {"cost": 500_00, "currency": "USD"}])
def test_a_new_currency_and_an_amount_in_it_come_together_whatever_was_seen(seen):
    now = entry() | {"cost": 500_00, "fixed_cost": 100_00, "currency": "USD"}
    edits, filled, refused = editing.fill(SOURCES, "sources", now, {"cost": "70,000", "currency": "JPY"}, seen)
    assert not refused
    assert (filled["currency"], filled["cost"], filled["fixed_cost"]) == ("JPY", 70_000, 100)
    assert not apply(edits, {("sources", "a"): now}).conflicts


def test_an_amount_that_somebody_changed_since_it_was_seen_is_a_conflict_in_any_currency():
    now = entry() | {"cost": 500_00, "currency": "USD"}
    edits, *_ = editing.fill(SOURCES, "sources", now, {"cost": "70,000", "currency": "JPY"}, {"cost": 300_00, "currency": "USD"})
    (clash,) = apply(edits, {("sources", "a"): now}).conflicts
    assert clash.edit.field == "cost"
