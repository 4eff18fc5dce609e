import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import scoping.export.charter_json
from scoping.charter import Charter
from scoping.errors import UnreadableCharterError
from scoping.export.charter_json import LARGEST_MB, SCHEMA_ID, json_schema, to_json
from scoping.reading.charter_json import read_charter
from scoping.samples import samples
from tests.exports.filled import AT, filled_charter

SCHEMA = Draft202012Validator(json_schema(), format_checker=FormatChecker())


def exported(charter=None) -> dict:
    return json.loads(to_json(charter or filled_charter(), revision=3, saved_at=AT))


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableCharterError) as caught:
        read_charter(data)
    assert caught.value.hint
    return str(caught.value)


def spoiled(change) -> dict:
    file = exported()
    change(file)
    return file


def source(file) -> dict:
    return file["charter"]["data_sources"]["sources"][0]


def test_a_filled_charter_obeys_the_schema_and_comes_back_equal():
    charter = filled_charter()
    SCHEMA.validate(exported(charter))
    assert read_charter(to_json(charter, revision=3, saved_at=AT).encode()) == charter


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def test_the_schema_itself_is_valid_and_the_kept_copy_is_the_same(known_good):
    Draft202012Validator.check_schema(json_schema())
    known_good(Path(scoping.export.charter_json.__file__).parent / "schemas" / "charter-v1.schema.json", _text(json_schema()))


def test_a_risk_that_rests_on_the_screening_says_so_in_the_file():
    sample = next(s for s in samples() if s.slug == "voice_search").charter
    said = exported(sample)["ethics_state"]
    assert said["state"] == "open"
    assert said["level"] == "Low risk by the eight questions and the law"
    assert said["level"] in said["reason"]
    assert exported(Charter())["ethics_state"]["state"] == "not_assessed"


def test_the_file_says_what_it_is():
    file = exported()
    del file["charter"], file["ethics_state"], file["to_sign"], file["sign_off"], file["decisions"]
    assert file.pop("health").keys() == {"word", "days_late", "reason", "as_of"}
    assert file == {
        "$schema": SCHEMA_ID,
        "format": "ml-scoping-charter",
        "schema_version": 1,
        "project": "",
        "revision": 3,
        "saved_at": "2027-05-03T14:05:00Z",
    }


def test_the_file_says_what_is_missing_to_sign_and_where():
    told = exported(Charter())["to_sign"]
    assert (told["met"], told["of"], [c["number"] for c in told["conditions"]]) == (0, 16, list(range(1, 17)))
    stop = told["conditions"][14]
    assert (stop["step"], stop["condition"], stop["state"]) == ("milestones", "When we stop is agreed, and who decides.", "open")
    assert stop["missing"] == [
        {
            "message": "Say when you would stop, and who decides it: plan a first milestone.",
            "part": "milestones",
            "field": "milestones",
            "record": "",
        }
    ]
    ready = next(s.charter for s in samples() if s.slug == "voice_search")
    assert exported(ready)["to_sign"]["met"] == 16


def test_the_file_tells_what_was_decided_and_where_it_is_written_and_an_import_passes_over_it():
    charter = next(s.charter for s in samples() if s.slug == "voice_search")
    text = to_json(charter, revision=3, saved_at=AT, chosen={"consistent_noisy": ("Ines Okafor", date(2026, 3, 20))})
    told = json.loads(text)["decisions"]
    own = next(d for d in told if d["record"] == "noise_first")
    assert (own["kind"], own["on"], own["version"], own["list"]) == ("Decision", "2026-03-12", 1, "decisions")
    idea = next(d for d in told if d["record"] == "consistent_noisy" and d["kind"] == "Idea")
    assert (idea["by"], idea["on"]) == ("Ines Okafor", "2026-03-20")
    assert read_charter(text.encode()) == charter


def test_choices_carry_values_and_money_minor_units():
    one = exported()["charter"]["data_sources"]["sources"][0]
    assert one["origin"] == "owned"
    assert isinstance(one["cost"], int)


def test_the_schema_carries_the_words_of_the_questions():
    one = json_schema()["$defs"]["Source"]["properties"]
    assert one["days"]["title"] == "Days to obtain"
    assert one["days"]["description"].startswith("The forgotten column")
    assert one["days"]["x-unit"] == "days"
    assert one["cost"]["x-unit"] == "minor unit of the currency"


def test_every_model_of_the_schema_is_closed():
    models = [d for d in json_schema()["$defs"].values() if d["type"] == "object"]
    assert len(models) > 20
    assert all(m["additionalProperties"] is False for m in models)


BAD = {
    "a word for money": (lambda f: source(f).update(cost="lots"), 'Cost: holds "lots"; it needs a whole number of cents'),
    "negative money": (lambda f: source(f).update(cost=-5), "of at least 0"),
    "a negative amount": (lambda f: source(f).update(amount=-5), "Amount: holds -5; it needs a number of at least 0, or null"),
    "half a day": (lambda f: source(f).update(days=1.5), "Days to obtain: holds 1.5; it needs a whole number"),
    "too many days": (lambda f: source(f).update(days=10_001), "at most 10000"),
    "an unheard-of origin": (lambda f: source(f).update(origin="stolen"), "one of owned, crowdsourced"),
    "a long name": (lambda f: source(f).update(name="x" * 301), "a text of at most 300 characters"),
    "no name": (lambda f: source(f).update(name=None), "Source: holds null; it needs a text"),
    "no currency": (lambda f: source(f).update(currency=None), "Currency: holds null; it needs one of USD"),
    "an unknown field": (lambda f: source(f).update(colour="red"), "there is no field “colour”"),
    "an unknown part": (lambda f: f["charter"].update(colour={}), "there is no field “colour”"),
    "an unknown head": (lambda f: f.update(colour=1), "The file: there is no field “colour”"),
    "no id": (lambda f: source(f).pop("id"), "“id” is missing"),
    "an odd id": (lambda f: source(f).update(id="A B"), '“id” holds "A B"; it needs 1 to 40 characters'),
    "a mark on no question": (lambda f: source(f).update(unknown=["colour"]), "“colour” is marked as not known"),
    "marks as text": (lambda f: source(f).update(unknown="cost"), '“unknown” holds "cost"'),
    "a record that is a number": (lambda f: f["charter"]["data_sources"]["sources"].append(5), "source 3: holds 5"),
    "records as an object": (lambda f: f["charter"]["data_sources"].update(sources={}), "“sources” holds {}"),
    "a part that is null": (lambda f: f["charter"].update(data_sources=None), "“data_sources” holds null"),
    "no charter": (lambda f: f.pop("charter"), "holds no charter"),
    "a German date": (
        lambda f: f["charter"]["milestones"]["milestones"][0].update(due="31.3.2027"),
        'Due: holds "31.3.2027"; it needs a date such as',
    ),
    "a date that never was": (lambda f: f["charter"]["milestones"]["milestones"][0].update(due="2027-02-30"), "it needs a date"),
    "a date with an hour": (
        lambda f: f["charter"]["milestones"]["milestones"][0].update(due="2027-02-03T00:00:00"),
        "it needs a date",
    ),
    "a link that is no id": (
        lambda f: f["charter"]["milestones"]["milestones"][0].update(depends_on=["A!"]),
        'Comes after: holds "A!"; it needs a list of ids',
    ),
    "a newer version": (lambda f: f.update(schema_version=2), "made by a newer workbench"),
    "no version": (lambda f: f.pop("schema_version"), "which version"),
    "another format": (lambda f: f.update(format="other"), "no charter of this workbench"),
    "a negative revision": (lambda f: f.update(revision=-1), "“revision” holds -1"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_by_the_reader_in_a_sentence_and_by_the_schema(name):
    change, sentence = BAD[name]
    file = spoiled(change)
    assert sentence in refusal(json.dumps(file).encode())
    assert not SCHEMA.is_valid(file)


BEYOND_THE_SCHEMA = {
    "repeated ids": (
        lambda f: f["charter"]["data_sources"]["sources"].append(source(f)),
        "two entries of “Data sources” share the id “one”",
        "Ids are unique within a list",
    ),
    "a whole number with a point": (lambda f: source(f).update(days=2.0), "it needs a whole number", "without a decimal point"),
    "a moment without a zone": (
        lambda f: f.update(saved_at="2027-05-03T14:05:00"),
        "“saved_at” holds",
        "`saved_at` has a time zone",
    ),
}


@pytest.mark.parametrize("name", BEYOND_THE_SCHEMA)
def test_what_only_the_reader_can_refuse_is_listed_as_a_rule(name):
    change, sentence, rule = BEYOND_THE_SCHEMA[name]
    file = spoiled(change)
    # Validators judge the form of a moment only where they are asked to.
    assert Draft202012Validator(json_schema()).is_valid(file)
    assert sentence in refusal(json.dumps(file).encode())
    assert any(rule in said for said in json_schema()["x-rules"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe{", "not text in UTF-8"),
        (b"", "not JSON: line 1, column 1"),
        (b'{"format": ', "not JSON: line 1"),
        (b"[]", "no charter of this workbench"),
        (b"null", "no charter of this workbench"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "nested too deep"),
        (b'{"format": "a", "format": "b"}', "holds “format” twice"),
        (b'{"a": NaN}', "holds “NaN”, which is not a number"),
        (b'{"a": -Infinity}', "holds “-Infinity”, which is not a number"),
        (b'{"a": 1e999}', "holds “1e999”, which is not a number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too many digits"),
        (b" " * ((LARGEST_MB << 20) + 1), "larger than 5 MB"),
    ],
    ids=lambda v: v[:20] if isinstance(v, bytes) else "",
)
def test_a_file_that_is_no_charter_is_refused_with_what_to_do(data, sentence):
    assert sentence in refusal(data)


def test_a_refusal_names_part_record_and_question():
    text = refusal(json.dumps(spoiled(lambda f: source(f).update(cost="lots"))).encode())
    assert text.startswith("Data sources, source 1 (“words of data_sources sources one name”), Cost:")


def test_many_mistakes_are_counted_not_listed():
    text = refusal(json.dumps(spoiled(lambda f: source(f).update(a=1, b=2, c=3, d=4, e=5))).encode())
    assert "And 2 more." in text


def test_a_byte_order_mark_is_accepted():
    charter = filled_charter()
    assert read_charter(b"\xef\xbb\xbf" + to_json(charter, revision=3, saved_at=AT).encode()) == charter


def test_answers_and_parts_may_be_left_out():
    assert read_charter(b'{"format": "ml-scoping-charter", "schema_version": 1, "charter": {}}') == Charter()


def test_the_same_moment_is_written_alike_wherever_it_was_saved():
    there = datetime(2027, 5, 3, 16, 5, tzinfo=timezone(timedelta(hours=2)))
    assert there == AT.astimezone(UTC)
    assert to_json(Charter(), revision=3, saved_at=there) == to_json(Charter(), revision=3, saved_at=AT)


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_every_sample_obeys_the_schema_and_comes_back_equal(sample):
    SCHEMA.validate(exported(sample.charter))
    assert read_charter(to_json(sample.charter, revision=3, saved_at=AT).encode()) == sample.charter
