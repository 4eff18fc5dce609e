"""How a charter is written so that it can be compared."""

import json

from scoping import samples
from scoping.charter import Charter
from scoping.reading.charter_json import read_kept
from scoping.version import fingerprint, spelt, written

SAMPLE = samples.samples()[0].charter


def test_what_is_written_reads_back_as_the_same_charter():
    for sample in samples.samples():
        assert read_kept(written(sample.charter), 1) == sample.charter
    assert read_kept(written(Charter()), 1) == Charter()


def test_the_same_charter_gives_the_same_text_and_another_one_another():
    again = Charter.model_validate_json(SAMPLE.model_dump_json())
    assert written(again) == written(SAMPLE)
    other = SAMPLE.with_part("problems", SAMPLE.problems.model_copy(update={"in_scope": "سلام"}))
    assert fingerprint(written(other)) != fingerprint(written(SAMPLE))
    assert "سلام" in written(other)


def test_keys_are_in_order_without_spaces_and_blanks():
    assert (
        spelt({"b": [{"id": "x", "a": ""}], "a": 0, "c": {}, "d": {"e": None}, "f": False}) == '{"a":0,"b":[{"id":"x"}],"f":false}'
    )
    assert json.loads(written(SAMPLE)).keys() <= set(Charter.model_fields)
