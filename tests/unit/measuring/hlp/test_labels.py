"""Labels are read as people write them: long or wide, with blanks, several scripts, numbers as Excel leaves them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.hlp.labels import NOBODY, Labels, LabelsError, Level, from_long, from_wide, tidy
from tests.label_tables import frame, published, typed


def long(*rows: str, **options: object) -> Labels:
    """Rows such as "1 ana cat" as a long table; "-" is an empty cell."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    columns = ["item", "labeller", "label", "truth"][: max(map(len, cells))]
    table = pd.DataFrame(cells, columns=columns, dtype="str")
    return from_long(table, "item", "labeller", "label", "truth" if "truth" in columns else "", **options)


def rows_of(labels: Labels) -> set[tuple[str, str, str]]:
    return {
        (labels.items[i], labels.labellers[p], labels.classes[c])
        for i, p, c in zip(labels.item, labels.labeller, labels.label, strict=True)
    }


def test_a_wide_table_holds_the_same_labels_as_its_long_form() -> None:
    wide = from_wide(frame("krippendorff_4coders_wide"), "item", ["Rater1", "Rater2", "Rater3", "Rater4"])
    assert rows_of(wide) == rows_of(published("krippendorff_4coders"))


def test_without_an_item_column_every_row_is_an_item() -> None:
    assert typed("ab", "ba").items == ("Row 1", "Row 2")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" Scratch", "Scratch"),
        ("big\u00a0 scratch ", "big scratch"),
        ("傷", "傷"),
        ("Caf\u0065\u0301", "Café"),
        ("\ufeffa\u200b", "a"),
        ("1.0", "1"),
        ("-2.00", "-2"),
        ("1.50", "1.50"),
        ("007", "007"),
    ],
)
def test_a_label_is_compared_in_one_written_form(written: str, read: str) -> None:
    assert tidy(written) == read


def test_labels_that_differ_only_in_how_they_are_written_are_one_class() -> None:
    labels = long("1 ana Cafe\u0301", "1 bo Café", "2 ana 1", "2 bo 1.0")
    assert labels.classes == ("1", "Café")


def test_words_that_look_like_missing_values_are_labels_where_that_is_said() -> None:
    given = ("1 ana None", "1 bo NA", "2 ana null", "2 bo nan", "3 ana none", "3 bo none")
    assert long(*given).classes == ("none",)
    assert "4 cells such as “None” were taken as missing, first in data row 1, column “label”." in long(*given).notes[0]
    assert long(*given, values=("NA", "nan", "None", "null")).classes == ("NA", "nan", "None", "none", "null")
    assert long(*given, classes=("NA",)).classes == ("NA", "none")


def test_capitals_are_kept_apart_and_told() -> None:
    labels = long("1 ana scratch", "1 bo Scratch")
    assert len(labels.classes) == 2
    assert any("differ in capitals only" in note for note in labels.notes)


def test_classes_that_differ_in_capitals_only_are_in_one_order_whatever_comes_first() -> None:
    names = [f"{letter}{end}" for letter in "abcdefgh" for end in ("x", "X")]
    answers = [f"{place} ana {name}" for place, name in enumerate(names)]
    expected = tuple(f"{letter}{end}" for letter in "abcdefgh" for end in ("X", "x"))
    assert long(*answers).classes == long(*reversed(answers)).classes == expected


def test_what_cannot_be_used_is_left_out_and_told_with_its_first_row() -> None:
    labels = long("1 ana a", "- ana b", "1 - b", "2 bo -", "3 cy b")
    assert rows_of(labels) == {("1", "ana", "a"), ("3", "cy", "b")}
    told = " ".join(labels.notes)
    assert "names no item and was left out: data row 2" in told
    assert "names no labeller and was left out: data row 3" in told
    assert "1 item has no label" in told
    assert "1 labeller has no label" in told


def test_a_second_label_by_the_same_person_is_kept_and_counted() -> None:
    labels = long("1 ana a", "1 ana a", "1 ana b", "1 bo a")
    assert len(labels) == 4
    assert labels.repeated == 2


def test_truth_may_be_missing_for_some_items_and_contradictory_truth_counts_as_missing() -> None:
    labels = long("1 ana a a", "2 ana b -", "3 ana a a", "3 bo a b")
    assert labels.truth is not None
    assert dict(zip(labels.items, labels.truth.tolist(), strict=True)) == {"1": 0, "2": -1, "3": -1}
    assert any("several answers in the column “truth”, first “3”" in note for note in labels.notes)


def test_an_empty_truth_column_is_no_truth() -> None:
    labels = long("1 ana a -", "1 bo a -")
    assert labels.truth is None
    assert any("says nothing" in note for note in labels.notes)


def test_a_class_that_only_the_truth_knows_is_a_class() -> None:
    assert long("1 ana a c", "1 bo b c").classes == ("a", "b", "c")


def test_without_a_labeller_column_one_label_per_item_is_allowed() -> None:
    table = pd.DataFrame({"item": ["1", "2"], "label": ["a", "b"]}, dtype="str")
    assert from_long(table, "item", "", "label").labellers == (NOBODY,)
    with pytest.raises(LabelsError, match="no column says who"):
        from_long(pd.concat([table, table]), "item", "", "label")


def test_numbers_are_put_in_order_whatever_their_notation() -> None:
    labels = long("1 ana 10", "1 bo 2,5", "2 ana 2.50", "2 bo 1e1", level=Level.NUMERIC)
    assert labels.values is not None
    assert labels.values.tolist() == [2.5, 10]
    assert labels.label.tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("wrong", ["heavy", "inf", "1,000"])
def test_what_is_no_number_is_refused_with_row_column_and_value(wrong: str) -> None:
    with pytest.raises(LabelsError) as refused:
        long("1 ana 1", f"2 bo {wrong}", level=Level.NUMERIC)
    assert str(refused.value).startswith(f"Data row 2, column “label”: “{wrong}” is no number.")


def test_grades_need_an_order_that_names_them_all_unless_they_are_numbers() -> None:
    with pytest.raises(LabelsError, match="does not name: high; low"):
        long("1 ana low", "1 bo high", level=Level.ORDINAL)
    with pytest.raises(LabelsError, match="does not name: high"):
        long("1 ana low", "1 bo high", level=Level.ORDINAL, classes=("low", "middle"))
    assert long("1 ana low", "1 bo high", level=Level.ORDINAL, classes=("low", "high")).classes == ("low", "high")
    assert long("1 ana 10", "1 bo 9", level=Level.ORDINAL).classes == ("9", "10")


def test_declared_kinds_count_even_if_never_given() -> None:
    assert long("1 ana b", "1 bo c", classes=("a", "b")).classes == ("a", "b", "c")


def test_free_text_is_refused_as_labels() -> None:
    with pytest.raises(LabelsError, match="There are 300 different labels"):
        long(*(f"{i} ana t{i}" for i in range(300)))


def test_a_table_without_any_label_is_refused() -> None:
    with pytest.raises(LabelsError, match="No label was found in “label”"):
        long("1 ana -", "2 bo -")


def test_entries_stand_in_the_order_of_their_items() -> None:
    assert np.all(np.diff(long("2 ana a", "1 ana a", "2 bo b").item) >= 0)
