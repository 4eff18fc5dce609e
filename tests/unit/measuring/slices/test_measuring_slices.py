"""Errors by slice from a table: columns guessed, the published case reproduced, wrong cells named."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from scoping.errors import WorkbenchError
from scoping.measuring.slices import check as slices_check
from scoping.measuring.slices import result as slices_result
from scoping.measuring.slices import words as slices_words
from scoping.measuring.slices.result import Means, Result, Settings
from scoping.sections.feasibility import SliceKind
from scoping.tables import files
from scoping.tables.table import Column, Holds, Preview, Table
from tests.tools import reference

TOLD: list[tuple[float, str]] = []


def tell(share, what):
    TOLD.append((share, what))


def table(**columns):
    frame = pd.DataFrame(columns, dtype=str)
    return Table("cases.csv", "0" * 64, len(frame), frame)


def measure(settings, **columns):
    return slices_check.measure(table(**columns), settings, tell)


def column(name, *examples, kind=Holds.TEXT, distinct=None):
    return Column(name=name, kind=kind, examples=examples, distinct=distinct or len(examples), missing=0)


def test_the_published_case_is_reproduced():
    path = reference("errors/credit_status_errors.csv")
    wanted = json.loads(reference("errors/expected.json").read_text())["credit_status"]
    guessed = slices_check.guess(files.preview(path, path.name, as_text=slices_check.AS_TEXT))
    settings = guessed.model_copy(update={"hlp": 90.0})
    found = slices_check.measure(files.read(path, path.name, slices_check.AT_MOST, as_text=slices_check.AS_TEXT), settings, tell)
    assert (found.cases, found.errors, found.untagged_errors) == (wanted["n"], wanted["errors"], wanted["untagged_errors"])
    parts = {p.name: p for p in slices_result.parts(found)}
    assert parts.keys() == wanted["tags"].keys()
    for name, row in wanted["tags"].items():
        part = parts[name]
        assert (part.cases, part.errors) == (row["n"], row["errors"])
        assert part.share == pytest.approx(row["share_of_data"], abs=1e-9)
        assert part.errors / found.errors == pytest.approx(row["share_of_errors"], abs=1e-9)
        assert [1 - v for v in reversed(part.interval)] == pytest.approx(row["error_rate_wilson"], abs=1e-9)
        assert (part.room, part.gain) == pytest.approx((row["gap"], row["potential_gain"]), abs=1e-8)
    pairs = {frozenset((p.one, p.other)): p.errors for p in found.pairs}
    assert pairs == {frozenset(k.split("&")): v for k, v in wanted["co_occurrence_errors"].items()}
    for cover in found.covers:
        best = wanted["best_cover_exact"][str(len(cover.tags))]
        assert (set(cover.tags), cover.errors) == (set(best["tags"]), best["errors_covered"])
    assert [row[0] for row in slices_words.rows(found)] == wanted["ranking_by_potential_gain"]


def test_roles_are_guessed_from_names_and_examples():
    compared = Preview(
        name="x",
        rows_seen=9,
        columns=(
            column("id", "1", "2", "3"),
            column("true_label", "good", "bad"),
            column("predicted", "good", "bad"),
            column("human_label", "good", "bad"),
            column("income_missing", "0", "1"),
            column("region", "north", "south", "west"),
        ),
    )
    found = slices_check.guess(compared)
    assert (found.truth, found.prediction, found.people, found.judged) == ("true_label", "predicted", "human_label", "")
    assert (found.marks, found.lists, found.separator) == (("income_missing",), ("region",), "")
    judged = Preview(name="x", rows_seen=9, columns=(column("is_wrong", "1", "0"), column("tags", "car; low", "people", "low")))
    found = slices_check.guess(judged)
    assert (found.judged, found.judged_means, found.lists, found.separator) == ("is_wrong", Means.WRONG, ("tags",), ";")


def test_truth_and_prediction_are_compared_as_numbers_where_they_are_numbers():
    found = measure(
        Settings(truth="y", prediction="p", marks=("t",)),
        y=["1", "1", " scratch", "", "none"],
        p=["1.0", "2", "scratch ", "1", "none"],
        t=["1", "1", "0", "1", "0"],
    )
    assert (found.cases, found.errors, found.skipped) == (4, 1, 1)


def test_free_text_is_not_taken_for_tags():
    text = column("query", "stir, fry", "hello, you", distinct=90)
    tags = column("tags", "car, low", "people", distinct=90)
    assert slices_check.guess(Preview(name="x", rows_seen=100, columns=(text,))).lists == ()
    assert slices_check.guess(Preview(name="x", rows_seen=100, columns=(tags,))).lists == ("tags",)


@pytest.mark.parametrize(("means", "errors"), [(Means.RIGHT, 1), (Means.WRONG, 2)])
def test_a_column_may_say_whether_the_model_was_right_and_blank_is_not_no(means, errors):
    found = measure(Settings(judged="ok", judged_means=means, marks=("t",)), ok=["yes", "NO", "✓", ""], t=["x", "", "x", "x"])
    assert (found.cases, found.errors, found.skipped) == (3, errors, 1)
    assert found.tags[0].cases == 2


def test_what_people_answered_gives_the_gap_of_each_tag():
    found = measure(
        Settings(truth="y", prediction="p", people="h", marks=("t",)),
        y=["a"] * 8,
        p=["a", "b", "b", "b"] * 2,
        h=["a", "a", "a", "b", "", "", "", ""],
        t=["1", "1", "1", "1", "0", "0", "0", "0"],
    )
    assert found.hlp == 0.75
    assert found.tags[0].hlp == 0.75
    (part,) = slices_result.parts(found)
    assert part.room == pytest.approx(0.5)


def test_names_in_cells_become_slices_with_the_column_before_them_where_that_is_needed():
    rows = {"ok": ["1", "0", "1"], "tags": ["car; low", "low", ""], "region": ["north", "south", "north"]}
    found = measure(Settings(judged="ok", lists=("tags",), separator=";"), **rows)
    assert {t.name: t.cases for t in found.tags} == {"low": 2, "car": 1}
    found = measure(Settings(judged="ok", lists=("region",)), **rows)
    assert {t.name for t in found.tags} == {"region: north", "region: south"}
    assert not found.overlap


def test_long_names_are_cut_and_stay_apart():
    names = [f"{'x' * 80}{i}" for i in range(2)]
    found = measure(Settings(judged="ok", marks=tuple(names)), ok=["1", "0"], **{names[0]: ["1", "0"], names[1]: ["0", "1"]})
    assert len({t.name for t in found.tags}) == 2
    assert {t.cases for t in found.tags} == {1}


def test_small_slices_are_rare_and_protected_ones_are_named():
    rows = {"ok": ["1"] * 99 + ["0"], "rare": ["1"] * 2 + ["0"] * 98, "group": ["1"] * 50 + ["0"] * 50}
    found = measure(Settings(judged="ok", marks=("rare", "group"), protected=("group",)), **rows)
    assert {t.name: t.kind for t in found.tags} == {"rare": SliceKind.RARE, "group": SliceKind.PROTECTED}
    said = " ".join(slices_words.remarks(found))
    assert "“rare” has 2 cases: too few to say" in said
    assert "Protected group: “group”: 100\u00a0% right" in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(judged="gone", marks=("t",)), "no column “gone”"),
        (Settings(judged="ok", marks=("ok",)), "chosen twice"),
        (Settings(truth="y", marks=("t",)), "which predictions are wrong"),
        (Settings(judged="ok", people="y", marks=("t",)), "only beside the true ones"),
        (Settings(judged="ok"), "No column tells the groups"),
        (Settings(judged="y", marks=("t",)), "cases.csv, row 2, column “y”: “a” is neither yes nor no"),
        (Settings(judged="ok", marks=("y",)), "row 2, column “y”"),
        (Settings(judged="empty", marks=("t",)), "No row of cases.csv"),
    ],
)
def test_a_wrong_choice_or_cell_is_refused_in_words(settings, said):
    with pytest.raises(WorkbenchError, match=said.replace("(", r"\(")):
        measure(settings, ok=["1", "0"], y=["a", "b"], t=["1", "0"], empty=[None, None])


@pytest.mark.parametrize("sign", ["ü", '"', "\\", "🚗"])
def test_the_result_fits_into_a_cell_whatever_the_names_and_is_the_same_again(sign):
    frame = {f"{i:02} {sign * 200}": ["1", "0"] * 40 for i in range(80)}
    settings = Settings(judged="ok", marks=tuple(frame))
    found = measure(settings, ok=["1", "0"] * 40, **frame)
    text = found.model_dump_json()
    assert len(text) <= 28_000
    assert Result.model_validate_json(text) == found
    assert found.tags_left_out == 18
    assert found == measure(settings, ok=["1", "0"] * 40, **frame)
    assert len(slices_words.headline(found, settings)) <= 280
    assert slices_words.blocks(found, settings)


def test_without_an_error_the_result_is_told_all_the_same():
    settings = Settings(judged="ok", marks=("t",), hlp=90)
    found = measure(settings, ok=["1"] * 5, t=["1", "1", "0", "0", "0"])
    assert "100\u00a0% of 5 cases right (56.6\u00a0% to 100\u00a0%)" in slices_words.headline(found, settings)
    said = " ".join(slices_words.remarks(found))
    assert "Above people already" in said
    assert "carry none" not in said
    assert slices_words.blocks(found, settings)


def test_numbers_of_a_scale_are_not_compared_as_classes():
    numbers = [f"{i / 7:.3f}" for i in range(60)]
    near = [f"{i / 7 + 0.01:.3f}" for i in range(60)]
    settings = Settings(truth="y", prediction="p", marks=("t",))
    with pytest.raises(WorkbenchError, match="hardly ever agree exactly"):
        measure(settings, y=numbers, p=near, t=["1"] * 60)
    assert measure(settings, y=numbers, p=numbers, t=["1"] * 60).errors == 0
    assert measure(settings, y=["a"] * 60, p=["b"] * 60, t=["1"] * 60).errors == 60


def test_progress_is_told_from_beginning_to_end():
    TOLD.clear()
    measure(Settings(judged="ok", marks=("t",)), ok=["1", "0"], t=["1", "0"])
    shares = [share for share, _ in TOLD]
    assert shares == sorted(shares)
    assert shares[-1] == 1
