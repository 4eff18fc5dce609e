"""Whatever happened between two moments of a project: what a comparison tells leads from the one to the other, and hides nothing."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping import merge, samples
from scoping.charter import PARTS, Charter
from scoping.comparison.change import What
from scoping.comparison.comparing import Comparison, compare
from scoping.comparison.pieces import Fate, pieces
from scoping.comparison.summary import NOTHING, summary
from scoping.section import Fields, Section
from scoping.signing.terms import fingerprint
from tests.merging import made
from tests.property.strategies import HOSTILE, texts

REVISIONS = 8


def happened(charter: Charter, chance: Random) -> Charter:
    """The charter after somebody did something: answered, marked, added, removed or moved."""
    section = chance.choice(PARTS)
    value = charter.part(section.slug)
    lists = [name for name in section.lists if getattr(value, name)]
    if not lists or chance.random() < 0.3:
        return charter.with_part(section.slug, _answered(section, "", value, chance))
    name = chance.choice(lists)
    rows = list(getattr(value, name))
    at = chance.randrange(len(rows))
    match chance.choice(("answer", "add", "remove", "move")):
        case "answer":
            rows[at] = _answered(section, name, rows[at], chance)
        case "add":
            rows.insert(at, rows[at].model_copy(update={"id": f"new{chance.randrange(10**9)}"}))
        case "remove":
            del rows[at]
        case "move":
            rows.insert(chance.randrange(len(rows)), rows.pop(at))
    return charter.with_part(section.slug, value.model_copy(update={name: tuple(rows)}))


def _answered(section: Section, name: str, entry: Fields, chance: Random) -> Fields:
    """Another answer, or none any more, to one of its questions."""
    model = section.model_of(name)
    plain = entry.model_dump(mode="json")
    fields = [f for f in plain if f not in ("id", "unknown", "currency") and not isinstance(plain[f], list)]
    field = chance.choice(fields)
    blank = model.model_fields[field].default
    text = chance.choice(HOSTILE) if isinstance(blank, str) else blank
    return model.model_validate({**plain, field: text, "unknown": chance.choice(([], [field]))} if text != "" else plain)


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda sample: sample.slug)
def test_every_pair_of_a_history_leads_from_the_one_to_the_other(sample):
    chance = Random(sample.slug)  # noqa: S311
    moments = [sample.charter]
    for _ in range(REVISIONS):
        moments.append(happened(moments[-1], chance))
    for older, newer in permutations(moments, 2):
        comparison = compare(older, newer)
        assert made(older, comparison.edits) == newer
        tells_all(comparison)


def tells_all(comparison: Comparison) -> None:
    """Every entry that an edit touches is told, and void is what matters to somebody who signed."""
    touched = {(part, e.list, e.record) for part, edits in comparison.edits.items() for e in edits if e.field != merge.AFTER}
    told = {(c.place.part, c.place.list, c.place.record) for c in comparison.changes if c.what is not What.MOVED}
    assert touched == told
    assert bool(comparison.of_terms) == (fingerprint(comparison.older) != fingerprint(comparison.newer))
    assert (summary(comparison) == NOTHING) == (comparison.older == comparison.newer)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts(400), texts(400), st.data())
def test_pieces_are_the_newer_text_letter_by_letter_and_the_older_one_word_by_word(before, other, data):
    words = before.split(" ")
    after = data.draw(
        st.sampled_from((other, before + other, " ".join(words[1:]), " ".join(words[::2]), " ".join([*words, other])))
    )
    found = pieces(before, after)
    if found:
        assert "".join(p.words for p in found if p.fate is not Fate.REMOVED) == after
        assert "".join("".join(p.words for p in found if p.fate is not Fate.ADDED).split()) == "".join(before.split())
