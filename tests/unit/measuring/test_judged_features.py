"""What the check says of columns becomes judgements on features, and never overwrites what people wrote."""

from __future__ import annotations

from datetime import date
from itertools import count

from scoping.measuring.judged_features import Judgement, taken_over
from scoping.merge import Edit, apply, flatten, with_entries
from scoping.sections.feasibility import SECTION, Feasibility, Feature, KnownWhen, Signal

DAY = date(2026, 11, 30)
THERE = Feature(id="f", name="Spend ", source="Till", why="They said so", known_when=KnownWhen.BEFORE, checked_by="Ana")


def after(*found: Judgement) -> Feasibility:
    value, ids = Feasibility(features=(THERE,)), count()
    edits = taken_over(value.features, found, "cases.csv", "Bo", DAY, lambda: f"n{next(ids)}")
    merged = apply(edits, flatten(SECTION, value))
    assert not merged.conflicts
    made = with_entries(SECTION, value, merged.entries, merged.order)
    assert isinstance(made, Feasibility)
    return made


def test_a_column_that_is_new_becomes_a_row_with_its_source() -> None:
    _, row = after(Judgement("visits", Signal.NONE)).features
    assert (row.name, row.signal, row.checked_on, row.source, row.checked_by) == ("visits", Signal.NONE, DAY, "cases.csv", "Bo")


def test_a_feature_of_the_same_name_gets_the_judgement_and_keeps_its_words() -> None:
    (row,) = after(Judgement("SPEND", Signal.LEAK, KnownWhen.AT)).features
    assert (row.signal, row.checked_on) == (Signal.LEAK, DAY)
    assert (row.name, row.source, row.why, row.known_when, row.checked_by) == (
        THERE.name,
        "Till",
        "They said so",
        KnownWhen.BEFORE,
        "Ana",
    )


def test_a_second_time_changes_nothing() -> None:
    first = after(Judgement("spend", Signal.CARRIES))
    assert taken_over(first.features, [Judgement("spend", Signal.CARRIES)], "x.csv", "Bo", DAY, str) == list[Edit]()


def test_a_column_that_people_left_out_is_known_only_afterwards() -> None:
    _, row = after(Judgement("note", None, KnownWhen.AFTER)).features
    assert (row.known_when, row.signal, row.checked_on) == (KnownWhen.AFTER, None, None)
