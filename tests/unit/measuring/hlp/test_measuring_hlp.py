"""A file of labels becomes figures, sentences and pictures; too little or the wrong data is said in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scoping import measuring
from scoping.blocks import Block, Facts, Missing, Paragraph
from scoping.blocks import Table as TableBlock
from scoping.drawing import DARK, LIGHT
from scoping.errors import WorkbenchError
from scoping.measuring.hlp import charts as hlp_charts
from scoping.measuring.hlp import check as hlp_check
from scoping.measuring.hlp import plain as hlp_plain
from scoping.measuring.hlp import words as hlp_words
from scoping.measuring.hlp.labels import Level
from scoping.measuring.hlp.result import DawidSkeneOf, Group, Layout, MajorityOf, Result, Settings
from scoping.section import YesNo
from scoping.sections.feasibility import Truth
from scoping.tables import files
from scoping.tables.table import Column, Holds, Preview, Table
from tests.label_tables import NAMES, expected
from tests.tools import ROOT, reference

LONG = Settings(item="item", labeller="labeller", label="label", truth="truth")


def table(rows: list[tuple[Any, ...]], columns: str = "item labeller label truth") -> Table:
    names = columns.split()
    cells = pd.DataFrame(rows, columns=names, dtype="str")
    return Table("labels.csv", "f" * 64, len(cells), cells)


def measured(rows: list[tuple[Any, ...]], settings: Settings = LONG, **more: Any) -> tuple[Result, Settings]:
    chosen = settings.model_copy(update=more)
    return hlp_check.measure(table(rows), chosen, lambda *_: None), chosen


def inspectors(people: int, items: int, wrong_every: int) -> list[tuple[str, str, str, str]]:
    """People who each err on another share of the items."""
    return [
        (f"i{i}", f"p{p}", "yes" if (i + 3 * p) % wrong_every else "no", "yes" if i % 5 else "no")
        for i in range(items)
        for p in range(people)
    ]


def sentences(result: Result, settings: Settings) -> str:
    return "\n".join(hlp_words.remarks(result, settings))


def preview(**columns: list[str]) -> Preview:
    found = [
        Column(name=n, kind=Holds.TEXT, examples=tuple(dict.fromkeys(v))[:5], distinct=len(set(v)), missing=0)
        for n, v in columns.items()
    ]
    return Preview(name="labels.csv", columns=tuple(found), rows_seen=max(map(len, columns.values())))


# Guessing


def test_a_long_table_is_recognised_by_its_names() -> None:
    seen = preview(clip=list("112"), annotator=list("aba"), category=list("xyx"), gold=list("xxx"), prediction=list("xyy"))
    assert hlp_check.guess(seen) == Settings(
        layout=Layout.LONG, item="clip", labeller="annotator", label="category", truth="gold", model="prediction"
    )


def test_a_wide_table_is_recognised_by_what_is_left() -> None:
    found = hlp_check.guess(preview(image=list("123"), Ana=list("xyx"), Bo=list("xxx"), truth=list("xyx")))
    assert (found.layout, found.item, found.labellers, found.truth) == (Layout.WIDE, "image", ("Ana", "Bo"), "truth")


def test_the_slides_table_of_truth_and_inspector_is_understood() -> None:
    found = hlp_check.guess(preview(**{"Ground Truth Label": list("111000"), "Inspector": list("101001")}))
    assert (found.layout, found.labellers, found.truth) == (Layout.WIDE, ("Inspector",), "Ground Truth Label")


def test_usual_scales_are_guessed_to_be_grades_and_many_numbers_to_be_numbers() -> None:
    grades = hlp_check.guess(preview(item=list("123"), rater=list("aaa"), rating=["High", "Low", "Medium"]))
    assert (grades.level, grades.classes) == (Level.ORDINAL, ("Low", "Medium", "High"))
    numbers = hlp_check.guess(preview(item=list("1" * 30), rater=list("a" * 30), rating=[f"{i}.5" for i in range(30)]))
    assert numbers.level is Level.NUMERIC
    assert hlp_check.guess(preview(item=list("123"), rater=list("aaa"), rating=list("135"))).level is Level.NOMINAL


@pytest.mark.parametrize("name", [*NAMES, "krippendorff_4coders_wide"])
def test_every_published_table_is_understood_as_it_is(name: str) -> None:
    path = reference(f"hlp/{name}.csv")
    settings = hlp_check.guess(files.preview(path, path.name, as_text=True))
    result = hlp_check.measure(files.read(path, path.name, hlp_check.AT_MOST, as_text=True), settings, lambda *_: None)
    right = expected(name.removesuffix("_wide"))
    assert (result.labels, result.items, result.labellers) == (right["n_labels"], right["n_items"], right["n_labelers"])
    if "pooled_accuracy" in right:
        assert result.share.value == pytest.approx(right["pooled_accuracy"]["acc"], abs=1e-6)
    assert len(hlp_words.headline(result, settings)) <= 280


# What is said


def test_the_headline_names_the_interval_and_who_labelled_what() -> None:
    found = hlp_words.headline(*measured(inspectors(3, 60, 10), asked=99.0))
    assert "of 180 labels by 3 labellers on 60 items" in found
    assert "Chance that they reach 99\u00a0%: below 1\u00a0%." in found


def test_the_slides_inspector_is_too_little_to_tell() -> None:
    rows = [(str(i), "I", said, true) for i, (true, said) in enumerate(zip("111000", "101001", strict=True))]
    result, settings = measured(rows, asked=99.0)
    assert hlp_words.headline(result, settings).startswith("Too few to tell how often people are right: 66.7\u00a0% of 6 labels")
    assert "30\u00a0% to 90.3\u00a0%" in hlp_words.headline(result, settings)
    assert "support a target" not in sentences(result, settings)
    assert hlp_words.person_row(result.people[0])[2] == "too few to tell (30\u00a0% to 90.3\u00a0%)"


def test_without_a_truth_nothing_is_called_right() -> None:
    result, settings = measured(inspectors(3, 60, 10), truth="")
    assert not result.against_truth
    told = json.dumps([str(b) for b in hlp_words.blocks(result, settings)])
    assert "not accuracy" in told
    assert "'Right" not in told


def test_one_labeller_without_truth_is_refused_with_the_remedy() -> None:
    with pytest.raises(WorkbenchError, match="nothing to compare") as refused:
        measured([("1", "a", "x", None), ("2", "a", "y", None)], truth="")
    assert "Choose a column with the truth" in str(refused.value)


def test_people_who_never_meet_on_an_item_are_judged_against_the_truth_alone() -> None:
    result, settings = measured([(str(i), "ab"[i % 2], "x", "xy"[i % 3 == 0]) for i in range(60)])
    assert result.overlap == 0
    assert any(isinstance(b, Missing) and "No item has two labels" in b.sentence for b in hlp_words.blocks(result, settings))


def test_one_class_is_said_to_tell_nothing() -> None:
    result, settings = measured([(str(i), p, "ok", "ok") for i in range(20) for p in "ab"])
    assert result.kappa.value is None
    assert "All labels are the same" in dict(hlp_words.facts(result, settings))["Fleiss' kappa"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"same_inputs": YesNo.NO}, "People saw more than the model will see"),
        ({"same_inputs": None}, "Nobody has said yet whether people saw only"),
        ({"truth_is": None}, "Say whether the truth is an outside fact"),
        ({"truth_is": Truth.HUMAN}, "First write clearer instructions"),
        ({"asked": 99.0}, "99\u00a0% is asked for, and people reach that with a chance of below 1\u00a0%: their interval ends at"),
        ({"asked": 50.0}, "50\u00a0% is asked for, and people reach that with a chance of above 99\u00a0%."),
        ({"half_width": 2.0}, "To know this share to within 2 points takes about"),
    ],
)
def test_what_people_said_about_the_labels_is_answered(more: dict[str, Any], said: str) -> None:
    assert said in sentences(*measured(inspectors(3, 60, 10), **more))


def test_an_outside_truth_needs_no_better_instructions_first() -> None:
    assert "instructions" not in sentences(*measured(inspectors(3, 60, 10), truth_is=Truth.EXTERNAL, same_inputs=YesNo.YES))


def test_seventy_to_thirty_is_named_an_illusion() -> None:
    rows = [(f"i{i}", f"p{p}", "um," if p < 7 else "um...", None) for i in range(20) for p in range(10)]
    result, settings = measured(rows, truth="")
    assert (result.chance.two_people, result.chance.commonest) == pytest.approx((0.58, 0.70))  # type: ignore[union-attr]
    assert (
        "two people picked at random agree in 58\u00a0%, while a model that only repeats the commonest answer agrees in 70\u00a0%, 12 points"
        in (sentences(result, settings))
    )


def test_confused_classes_lead_to_a_merge_and_an_example_of_the_fence() -> None:
    chance = np.random.default_rng(3)
    rows = []
    for i in range(120):
        truth = ["dog", "wolf", "cat"][i % 3]
        for p in range(5):
            said = truth if truth == "cat" else ("dog", "wolf")[int(chance.random() < 0.5)]
            rows.append((f"i{i}", f"p{p}", said, truth))
    result, settings = measured(rows)
    assert (result.merges[0].one, result.merges[0].other, result.merges[0].alpha) == ("dog", "wolf", 1.0)
    assert result.fences[0].items > 20
    told = sentences(result, settings)
    assert "“dog” and “wolf” are hard to tell apart" in told
    assert "on the fence between “dog” and “wolf”" in told


def test_neither_a_merge_nor_a_class_of_its_own_is_proposed_on_a_chance_finding() -> None:
    chance = np.random.default_rng(2)
    rows = [
        (f"i{i}", f"p{p}", "abc"[chance.integers(3)] if chance.random() < 0.2 else "abc"[i % 3], None)
        for i in range(40)
        for p in range(3)
    ]
    rows += [("e0", f"p{p}", "ab"[p % 2], None) for p in range(4)]
    result, _ = measured(rows, truth="")
    assert result.merges == ()
    assert result.fences == ()


def test_one_label_against_the_truth_is_not_everybody() -> None:
    rows = [*((f"i{i}", p, "yes", "yes") for i in range(30) for p in "ab"), ("x", "a", "yes", "no")]
    assert measured(rows)[0].against == ()


def test_who_deviates_comes_first_with_their_commonest_mistake() -> None:
    rows = [(f"i{i}", p, ("no" if p == "zoe" and i % 2 else "yes"), "yes") for i in range(80) for p in ("ana", "bo", "zoe")]
    result, settings = measured(rows)
    assert [(p.name, p.deviates) for p in result.people] == [("zoe", True), ("ana", False), ("bo", False)]
    assert result.people[0].mistake == ("yes", "no", 40)
    assert "zoe is right less often than all the others, beyond chance" in sentences(result, settings)


def test_items_that_everybody_gets_wrong_are_listed_by_themselves() -> None:
    rows = [(f"i{i}", p, "yes", "no" if i == 7 else "yes") for i in range(30) for p in "abc"]
    result, settings = measured(rows)
    assert [(d.item, d.truth) for d in result.against] == [("i7", "no")]
    assert result.doubts == ()
    assert "On 1 item everybody contradicts the truth" in sentences(result, settings)


def test_items_to_discuss_begin_with_those_that_split_most() -> None:
    rows = [(f"i{i}", f"p{p}", "xy"[p < i], None) for i in range(5) for p in range(4)]
    result, _ = measured(rows, truth="")
    assert [d.item for d in result.doubts] == ["i2", "i1", "i3"]
    assert result.doubts_in_all == 3


def test_a_model_is_compared_with_the_majority_on_the_same_items() -> None:
    rows = [(f"i{i}", p, "yes" if i % 4 else "no", "yes", "yes") for i in range(40) for p in "abc"]
    data = table(rows, "item labeller label truth model")
    result = hlp_check.measure(data, LONG.model_copy(update={"model": "model"}), lambda *_: None)
    assert result.duel is not None
    assert (result.duel.items, result.duel.model, result.duel.people) == (40, 40, 30)
    assert "the model is better" in sentences(result, LONG)


def test_numbers_have_distances_instead_of_classes() -> None:
    rows = [(f"i{i}", p, str(i + off), str(i)) for i in range(40) for p, off in (("a", 0.5), ("b", -0.25))]
    result, settings = measured(rows, level=Level.NUMERIC, tolerance=0.3)
    assert result.share.value == 0.5
    assert hlp_words.headline(result, settings).startswith("People are right within 0.3 in 50\u00a0%")
    assert [(p.name, p.bias, p.distance) for p in result.people] == [("a", 0.5, 0.5), ("b", -0.25, 0.25)]
    assert result.difference.value == pytest.approx(0.75)
    assert (result.classes, result.chance, result.group) == ((), None, None)
    assert hlp_charts.confusion(result, LIGHT) is None


# Bounds


def test_a_result_of_any_table_fits_its_place() -> None:
    chance = np.random.default_rng(1)
    long = 'ä“"\\' * 30
    rows = [
        (f"{long} item {i}", f"{long} person {p}", f"{long} class {chance.integers(0, 40)}", f"{long} class {i % 40}")
        for i in range(60)
        for p in range(60)
    ]
    rows += [(f"{i} {long}", f"{long} person {p}", f"{long} class 1", f"{long} class 2") for i in range(20) for p in range(2)]
    rows += [(None, long, long, long), (long, None, long, long), (long.upper(), long.upper(), long.upper(), long), *rows[:2]]
    result, settings = measured(rows)
    assert (len(result.people), len(result.classes), len(result.doubts), len(result.against)) == (40, 15, 30, 8)
    assert len(result.notes) >= 4
    assert len(result.model_dump_json()) <= 28_000
    assert Result.model_validate_json(result.model_dump_json()) == result
    told = " ".join(str(b) for b in hlp_words.blocks(result, settings))
    assert "21 with fewer labels not listed" in told
    assert "27 rarer ones not listed" in told


def test_long_names_stay_apart() -> None:
    rows = [
        (f"/images/of/the/second/line/in/spring/{i:04}.png", f"annotator of the second shift {p}", "x", "x")
        for i in range(3)
        for p in "ab"
    ]
    result, _ = measured([*rows, (rows[0][0], "c", "y", "x"), (rows[2][0], "c", "y", "x")])
    assert len({p.name for p in result.people}) == 3
    assert [d.item[-8:] for d in result.doubts] == ["0000.png", "0001.png"]
    assert all(len(p.name) <= hlp_plain.NAME_AT_MOST for p in result.people)


def test_the_same_table_gives_the_same_result() -> None:
    assert measured(inspectors(4, 50, 7)) == measured(inspectors(4, 50, 7))


def test_progress_rises_to_the_end() -> None:
    shares: list[float] = []
    hlp_check.measure(table(inspectors(3, 20, 4)), LONG, lambda share, _: shares.append(share))
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1


def test_a_sample_of_a_table_and_repeated_labels_are_told() -> None:
    rows = [*inspectors(3, 20, 4), inspectors(3, 20, 4)[0]]
    result = hlp_check.measure(replace(table(rows), rows=10_000_000), LONG, lambda *_: None)
    assert result.notes[0].startswith("Rows were drawn at random")
    assert any("1 label was given by somebody who had labelled the same item before" in n for n in result.notes)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"label": "gone"}, "labels.csv has no column “gone”"),
        ({"truth": "label"}, "The column “label” was chosen twice"),
        ({"label": ""}, "Items and labels need a column each"),
        ({"layout": Layout.WIDE, "labellers": ()}, "No column holds labels"),
        ({"level": Level.NUMERIC}, "Data row 1, column “label”: “no” is no number"),
        ({"level": Level.ORDINAL}, "The order of the grades does not name: no; yes"),
    ],
)
def test_what_cannot_be_measured_is_said_in_words(more: dict[str, Any], said: str) -> None:
    with pytest.raises(WorkbenchError) as refused:
        measured(inspectors(2, 10, 4), **more)
    assert str(refused.value).startswith(said)
    assert refused.value.hint


# Telling


@pytest.mark.parametrize("truth", ["truth", ""])
def test_every_block_is_full_and_every_table_has_as_many_cells_as_headers(truth: str) -> None:
    result, settings = measured(inspectors(4, 60, 7), truth=truth)
    found: list[Block] = list(hlp_words.blocks(result, settings))
    assert isinstance(found[0], Paragraph)
    assert any(isinstance(b, Facts) for b in found)
    for block in found:
        if isinstance(block, TableBlock):
            assert block.rows
            assert {len(row) for row in block.rows} == {len(block.headers)}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pictures_say_in_words_what_they_show(theme: Any) -> None:
    result, _ = measured(inspectors(4, 60, 7))
    one, two = hlp_charts.illusion(result.chance, theme), hlp_charts.confusion(result, theme)
    assert one is not None
    assert two is not None
    for picture in (one, two):
        assert picture.chart.to_dict()["layer"]
        assert picture.alt.endswith(".")
    assert "Two people picked at random agree: " in one.alt
    assert "Truth “no”, label “yes”" in two.alt


def test_opening_the_bench_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from scoping import measuring; measuring.method('hlp');"
        "print(sorted({'scipy', 'sklearn', 'pandas', 'altair'} & set(sys.modules)))"
    )
    root = ROOT
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert said.strip() == "[]"
    assert measuring.method("hlp").version == hlp_check.VERSION


@pytest.mark.parametrize("has_model", [True, False])
@pytest.mark.parametrize("has_truth", [True, False])
def test_kept_figures_of_a_group_are_read_as_they_were_meant(has_truth: bool, has_model: bool) -> None:
    majority = {"judged": 10, "right": 7, "tied": 1, "expected": 7.5} if has_truth else {"judged": 0, "right": 0, "tied": 0}
    model = {"rounds": 4, "first": -9.5, "last": -8.0, "settled": True, "differs": 2} if has_model else {"rounds": 0, "first": 0.0}
    kept = {
        "ties": 3,
        "problem": "" if has_model else "too few labels",
        **majority,
        **model,
        "model_right": 0.8 if has_model else None,
    }
    group = Group.model_validate_json(json.dumps(kept))
    assert group.ties == 3
    assert group.majority == (MajorityOf(judged=10, right=7, tied=1, expected=7.5) if has_truth else None)
    errs = DawidSkeneOf(rounds=4, first=-9.5, last=-8.0, settled=True, right=0.8, differs=2)
    assert group.model == (errs if has_model else None)
    assert group.problem == ("" if has_model else "too few labels")
    assert Group.model_validate_json(group.model_dump_json()) == group
