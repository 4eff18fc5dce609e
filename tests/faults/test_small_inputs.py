"""Small files as other programs write them, each for a kind: the right value, or a sentence that names row and value."""

from __future__ import annotations

import itertools
import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from scoping import currency
from scoping.charter import Charter
from scoping.data_sources import spreadsheet as data_sources_spreadsheet
from scoping.errors import UnreadableCharterError
from scoping.export.calendar import to_calendar
from scoping.export.gates import to_gate
from scoping.export.mspdi import to_mspdi
from scoping.measuring import inventory as inventory_check
from scoping.measuring import past_projects
from scoping.measuring.hlp import check as hlp_check
from scoping.measuring.hlp import result as hlp_result
from scoping.measuring.profile import check as profile_check
from scoping.measuring.profile import result as profile_result
from scoping.measuring.signal import check as signal_check
from scoping.measuring.signal import encoding
from scoping.measuring.slices import check as slices_check
from scoping.measuring.slices import result as slices_result
from scoping.milestones import reference_class
from scoping.reading import metrics as reading_metrics
from scoping.reading import values as reading_values
from scoping.reading.charter_json import read_charter
from scoping.sections.data_sources import DataSources
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Target
from scoping.sections.project import Project
from scoping.tables import files, missingness, notation
from scoping.tables.notation import Mark
from scoping.tables.table import Holds, Table, UnreadableTableError
from storage import mlflow
from storage.children import Children, Refused
from storage.jobs import MEMORY
from tests.tools import until

INPUTS = Path(__file__).with_name("inputs")
TODAY = date(2027, 2, 15)
MARKS = ("NA", "NaN", "nan", "None", "<NA>", "n/a", "N/A", "#N/A", "null", "NULL", "-", "—", "?", " ")


def quiet(*_: object) -> None:
    """Progress that nobody watches."""


def text_of(name: str) -> str:
    return (INPUTS / name).read_text("utf-8")


def read(path: Path | str, *, as_text: bool = False, values: tuple[str, ...] = ()) -> Table:
    return files.read(INPUTS / path, str(path), 100_000, as_text=as_text, values=values)


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


# Missing marks


def agreement(path: Path, **options: object) -> hlp_result.Result:
    guessed = hlp_check.guess(files.preview(path, path.name, as_text=True)).model_copy(update=options)
    return hlp_check.measure(files.read(path, path.name, 1_000, as_text=True), guessed, quiet)


@pytest.fixture(scope="module")
def control() -> hlp_result.Result:
    return agreement(INPUTS / "01_labels_empty_control.csv")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_for_missing_is_no_class_of_labels_and_it_is_said(tmp_path: Path, control: hlp_result.Result, mark: str) -> None:
    found = agreement(written(tmp_path, text_of("01_labels_NA.csv").replace("NA", mark)))
    assert (found.agreement, found.kappa, found.alpha) == (control.agreement, control.kappa, control.alpha)
    assert round(found.alpha.value or 0, 3) == 0.91
    assert any("taken as missing, first in data row 1, column “ann”" in note for note in found.notes) == bool(mark.strip())


def test_a_mark_is_a_class_where_somebody_says_so() -> None:
    found = agreement(INPUTS / "01_labels_NA.csv", values=("NA",))
    assert [c.name for c in found.classes] == ["bird", "cat", "dog", "NA"]
    assert (found.alpha.value or 1) < 0.6


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_no_class_of_a_target(tmp_path: Path, mark: str) -> None:
    lines = text_of("27_signal_target_NA.csv").replace(",NA", f",{mark}")
    table = files.read(written(tmp_path, lines), "t", 1_000)
    assert (table.frame["cls"].isna().sum(), sorted(table.frame["cls"].dropna().unique())) == (50, ["x", "y"])
    assert any("50 cells such as" in note for note in table.notes) == bool(mark.strip())


def test_rows_without_a_target_are_left_out_of_the_signal_check() -> None:
    table = read("27_signal_target_NA.csv")
    found = signal_check.measure(table, signal_check.guess(files.preview(INPUTS / "27_signal_target_NA.csv", "t")), quiet)
    assert found.notes[0] == "50 rows without a value in the target “cls” left out."
    kept = read("27_signal_target_NA.csv", values=("NA",)).frame["cls"]
    assert encoding.read(kept, "cls").values.tolist().count("NA") == 50


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_no_answer_prediction_or_tag(mark: str) -> None:
    frame = pd.DataFrame(
        {"truth": ["a", mark, "b", "a"], "pred": ["a", "b", mark, "b"], "tags": ["car", "car", "car", mark]}, dtype="str"
    )
    settings = slices_result.Settings(truth="truth", prediction="pred", lists=("tags",))
    found = slices_check.measure(Table("t", "ab", 4, frame), settings, quiet)
    assert (found.cases, found.errors, found.skipped, [t.cases for t in found.tags]) == (2, 1, 2, [1])
    if mark.strip():
        assert "3 cells such as" in found.notes[0]
        assert slices_check.measure(Table("t", "ab", 4, frame), settings.model_copy(update={"values": (mark,)}), quiet).cases == 4


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_missing_in_the_profile_as_in_the_check(tmp_path: Path, mark: str) -> None:
    path = written(
        tmp_path, "id|kind|size\n" + "".join(f"r{i}|{mark if i % 2 else 'cat'}|{mark if i % 4 else i}\n" for i in range(40))
    )
    found = {c.name: c for c in profile_check.measure_chunks(files.chunks(path), profile_result.Settings(), quiet).columns}
    assert (found["kind"].absent(), found["size"].absent(), found["size"].holds.value) == (20, 30, "whole")
    assert files.read(path, "t", 100).frame.isna().sum().tolist() == [0, 20, 30]


def test_none_is_an_answer_that_people_give() -> None:
    assert not missingness.is_missing("none")
    assert missingness.is_missing("None")


# Numbers


@pytest.mark.parametrize("way", ["euro", "parentheses", "percent", "typographic_minus"])
def test_numbers_dressed_up_are_those_of_the_control(way: str) -> None:
    plain, table = read("03_signal_plain_control.csv").frame["rate"], read(f"03_signal_{way}.csv")
    assert (table.frame["rate"] - plain).abs().max() < 0.06, "the euros have two decimals"
    assert encoding.read(table.frame["rate"], "rate").role is encoding.Role.NUMBER
    passed = profile_check.measure_chunks(files.chunks(INPUTS / f"03_signal_{way}.csv"), profile_result.Settings(), quiet)
    rate = next(c for c in passed.columns if c.name == "rate")
    assert rate.holds.value == "number"
    assert rate.spread is not None
    assert rate.spread.mean == pytest.approx(plain.mean(), abs=0.01)


@pytest.mark.parametrize(
    ("cell", "mark", "number"),
    [
        ("35%", None, 35),
        ("- 3,5 %", None, None),
        ("-35,37 €", None, -35.37),
        ("€ 1.234,50", None, 1234.5),
        ("$-5", None, -5),
        ("-$5", None, -5),
        ("CHF 1'234.50", None, 1234.5),
        ("(€ 5)", None, -5),
        ("(5 %)", None, -5),
        ("5-", None, -5),
        ("−35.4", None, -35.4),
        ("１２", None, 12),
        ("12,34,567.5", None, 1234567.5),
        ("1.234", None, 1.234),
        ("1.234", Mark.COMMA, 1234),
        ("0.125", Mark.COMMA, 0.125),
        ("1,234", None, None),
        ("1,234", Mark.POINT, 1234),
        ("12 kg", None, None),
        ("(a)", None, None),
        ("2027-2028", None, None),
        ("1e999", None, None),
    ],
)
def test_a_number_is_read_as_it_is_written_whoever_reads(
    tmp_path: Path, cell: str, mark: Mark | None, number: float | None
) -> None:
    assert notation.number(cell, mark) == number
    settling = {Mark.COMMA: "0,5", Mark.POINT: "0.5", None: "1"}[mark]
    if number is not None and (mark is None or len(notation.fitting(cell)) > 1):
        path = written(tmp_path, f"x|y\n{cell}|{settling}\n{cell}|{settling}\n")
        assert files.read(path, "t", 10).frame["x"].tolist() == [number, number]
        (x, _) = profile_check.measure_chunks(files.chunks(path), profile_result.Settings(), quiet).columns
        assert x.spread is not None
        assert x.spread.low == pytest.approx(number, rel=1e-5), "a profile keeps six figures"


def test_amounts_in_two_currencies_are_no_numbers_and_it_is_said(tmp_path: Path) -> None:
    table = files.read(written(tmp_path, "x|y\n€5|1\n$6|2\n"), "t", 10)
    assert table.frame["x"].tolist() == ["€5", "$6"]
    assert "“x” is read as text: its cells are in “$” and “€”" in table.notes[0]


def test_the_one_cell_among_hundreds_that_is_no_number_is_named_and_missing(tmp_path: Path) -> None:
    table = files.read(written(tmp_path, "n|x\n" + "".join(f"a{i}|{i}\n" for i in range(400)) + "b|12 apples\n"), "t", 1_000)
    assert (table.frame["x"].isna().sum(), table.frame["x"].sum()) == (1, sum(range(400)))
    assert "“12 apples” in data row 401 is no number and counts as missing" in table.notes[0]


def test_a_file_is_read_in_one_way_whoever_reads_it() -> None:
    assert read("14_profile_against_signal.csv").frame["x"].tolist() == list(range(1001, 1031))
    passed = profile_check.measure_chunks(files.chunks(INPUTS / "14_profile_against_signal.csv"), profile_result.Settings(), quiet)
    x = next(c for c in passed.columns if c.name == "x")
    assert x.spread is not None
    assert (x.spread.low, x.spread.high) == (1001, 1030)
    assert any(remark.sentence.startswith("Numbers are read with a decimal comma") for remark in passed.remarks)
    assert "Numbers are read with a decimal comma, as in “1,5”." in read("14_profile_against_signal.csv").notes


@pytest.mark.parametrize(
    ("cells", "role"),
    [(["05/06/2027", "07/08/2027"], "category"), (["01000", "02000"], "category"), (["1,500", "2,250"], "category")],
)
def test_what_the_reader_of_cells_leaves_as_text_stays_text(tmp_path: Path, cells: list[str], role: str) -> None:
    table = files.read(written(tmp_path, "n|x\n" + "".join(f"{i}|{cells[i % 2]}\n" for i in range(40))), "t", 100)
    assert encoding.read(table.frame["x"], "x").role.value == role
    assert encoding.read(table.frame["x"], "x").values.tolist()[:2] == cells


def test_dates_that_may_be_exchanged_are_text_to_whoever_reads_them(tmp_path: Path) -> None:
    path = written(tmp_path, "n|x|y\n" + "".join(f"{i}|0{i % 9 + 1}/06/2027|{i % 28 + 1:02}/06/2027\n" for i in range(40)))
    passed = profile_check.measure_chunks(files.chunks(path), profile_result.Settings(), quiet)
    read_by_profile = {column.name: column.holds.value for column in passed.columns}
    read_by_signal = {name: encoding.read(series, name).role.value for name, series in files.read(path, "t", 100).frame.items()}
    assert (read_by_profile["x"], read_by_signal["x"]) == ("text", "category")
    assert (read_by_profile["y"], read_by_signal["y"]) == ("date", "date")
    assert any("day and month may be exchanged" in remark.sentence for remark in passed.remarks)


@pytest.mark.parametrize("name", ["19_predictions_true_and_1.csv", "19_predictions_decimal_comma.csv"])
def test_words_and_digits_of_one_meaning_are_one_answer(name: str) -> None:
    settings = slices_result.Settings(truth="truth", prediction="pred", lists=("group",))
    found = slices_check.measure(read(name, as_text=True), settings, quiet)
    assert (found.cases, found.errors) == (20, 10)
    assert "count as one answer" in found.notes[0]


def test_labels_of_one_meaning_are_one_class() -> None:
    frame = pd.DataFrame({"ann": ["TRUE", "FALSE"] * 10, "bob": ["1,0", "0"] * 10}, dtype="str")
    settings = hlp_result.Settings(layout=hlp_result.Layout.WIDE, labellers=("ann", "bob"))
    assert hlp_check.measure(Table("t", "ab", 20, frame), settings, quiet).agreement.value == 1


# Workbooks


def test_dates_mixed_with_texts_of_dates_are_dates() -> None:
    preview = files.preview(INPUTS / "26_mixed_date_cells.xlsx", "t")
    column = preview.column("d")
    assert column is not None
    assert (column.kind, column.missing) == (Holds.DATE, 0)
    assert read("26_mixed_date_cells.xlsx").frame["d"].tolist() == [pd.Timestamp(2027, 1, i + 1) for i in range(12)]


def test_dates_mixed_with_a_doubtful_one_are_text_and_it_is_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["name", "d"], ["a", datetime(2027, 1, 2)], ["b", "03/04/2027"]):  # noqa: DTZ001  as workbooks keep them
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "b.xlsx")
    table = files.read(tmp_path / "b.xlsx", "b", 10)
    assert table.frame["d"].tolist() == ["2027-01-02", "03/04/2027"]
    assert "“03/04/2027” may be day or month first" in table.notes[0]


def test_a_cell_shown_as_per_cent_is_read_as_it_is_shown() -> None:
    table = files.read_whole(INPUTS / "15_inventory_percent_cells.xlsx", "t", 500)
    found = dry_run(table)
    assert [s.usefulness for s in found.new] == [80, 1, 12.5]
    assert found.problems == ()


def test_a_per_cent_sign_that_is_only_text_of_the_format_multiplies_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "c"], [0.5, 0.5, 0.07], [0.25, 0.25, 0.1]):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2):
        for cell, form in zip(row, ("0%", '0"%"', "0.0%"), strict=True):
            cell.number_format = form
    book.save(tmp_path / "b.xlsx")
    frame = files.read(tmp_path / "b.xlsx", "b", 10).frame
    assert frame.to_dict("list") == {"a": [50, 25], "b": [0.5, 0.25], "c": [7, 10]}


def test_escapes_of_a_workbook_are_line_ends_and_make_no_label_of_their_own(tmp_path: Path) -> None:
    assert read("18_x000D_inventory.xlsx", as_text=True).frame["Contents"].tolist() == ["line one\nline two", "tab\tverticalx"]
    book = openpyxl.Workbook()
    for row in (["ann", "bob"], ["cat_x000D_", "cat"], ["dog", "dog_x000D_\n"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "b.xlsx")
    assert files.read(tmp_path / "b.xlsx", "b", 10, as_text=True).frame.to_dict("list") == {
        "ann": ["cat", "dog"],
        "bob": ["cat", "dog"],
    }


# The inventory


def dry_run(table: Table, money: str = "EUR") -> data_sources_spreadsheet.DryRun:
    ids = (f"s{i}" for i in itertools.count())
    columns = data_sources_spreadsheet.guess(list(table.frame))
    result = inventory_check.measure(table, inventory_check.Settings(columns=columns), quiet)
    return data_sources_spreadsheet.dry_run(columns, [dict(row) for row in result.rows], DataSources(), money, lambda: next(ids))


def test_an_inventory_has_one_way_of_writing_numbers() -> None:
    found = dry_run(files.read_whole(INPUTS / "09_inventory_point_thousands.csv", "t", 500))
    assert [(s.amount, s.cost, s.days) for s in found.new] == [(1234, 123_450, 12), (12.5, 250_000, 10), (1_234_567, 9_990, 3)]
    assert "Numbers are read with a decimal comma" in found.remarks[0]


def test_an_inventory_that_writes_numbers_in_two_ways_is_asked_about_what_is_open(tmp_path: Path) -> None:
    found = dry_run(files.read_whole(written(tmp_path, "Name;Amount\nA;1.234,5\nB;1,234.5\nC;1.234\nD;7\n"), "t", 500))
    assert [s.amount for s in found.new] == [1234.5, 1234.5, None, 7]
    assert found.problems == (
        "Row 3, “C”: Amount: “1.234” may mean thousands or decimals, because the file writes numbers in both ways. Write them in one.",
    )


def test_a_currency_is_understood_by_name_and_sign_and_no_cost_is_kept_in_an_unknown_one() -> None:
    found = dry_run(files.read_whole(INPUTS / "16_inventory_currency_words.csv", "t", 500))
    assert [(s.name, s.cost, s.currency) for s in found.new] == [
        ("A", 500, "EUR"),
        ("B", 500, "EUR"),
        ("D", None, "EUR"),
        ("E", 500, "USD"),
    ]
    assert any("Row 3, “D”: Cost: “5” is left out, because its currency “BTC”" in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("£", "GBP"),
        ("¥", "JPY"),
        ("us dollars", "USD"),
        ("EUROS", "EUR"),
        ("yen", "JPY"),
        ("dollar", None),
        ("kr", None),
        ("", None),
    ],
)
def test_a_currency_has_one_meaning_or_none(said: str, code: str | None) -> None:
    assert currency.named(said) == code


def test_what_an_inventory_leaves_open_is_listed_with_its_row(tmp_path: Path) -> None:
    found = dry_run(files.read_whole(written(tmp_path, "Name;Owner;Cost\nA;n/a;5\nB;Zoë;-\n"), "t", 500))
    assert found.remarks == (
        "Row 1, “A”: Who to ask: “n/a” was taken as not answered.",
        "Row 2, “B”: Cost: “-” was taken as not answered.",
    )


def test_an_inventory_of_a_million_rows_is_refused_after_the_first_ones(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Cost\n" + "A,5\n" * 501 + '"never closed,5\n' * 10)
    with pytest.raises(UnreadableTableError, match="more than 500 rows"):
        files.read_whole(path, "long.csv", 500)


@pytest.mark.parametrize(("method", "most"), [("inventory", 500), ("past", 1_000)])
def test_the_process_that_reads_a_list_stops_after_the_first_rows(tmp_path: Path, method: str, most: int) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Planned days,Actual days\n" + "A,5,6\n" * 200_000)
    job = {"kind": "measure", "method": method, "name": "long.csv", "path": str(path), "database": "", "sheet": ""}
    limits = {"memory": MEMORY, "seconds": 60, "settings": {"columns": {"name": "Name"}}}
    children = Children(1, 120)
    try:
        task = children.start(job | limits)
        until(lambda: task.is_over, 120)
        assert isinstance(task.state, Refused)
        assert f"more than {most:,} rows" in task.state.error.message
    finally:
        children.close()


# Readings

TARGETS = (
    Target(
        id="wer", metric="Words wrong", metric_key="val_wer", direction=Direction.AT_MOST, target=12, unit="%", family=Family.ML
    ),
    Target(id="p95", metric_key="latency_p95", direction=Direction.AT_MOST, target=300, unit="ms", family=Family.ML),
    Target(id="up", metric_key="speedup", direction=Direction.AT_LEAST, target=2, family=Family.ML, unit="times"),
    Target(id="loss", metric_key="loss", direction=Direction.AT_MOST, target=2, family=Family.ML),
)
PLAN = Milestones(milestones=(Milestone(id="m", deliverable="Proof", start=date(2027, 1, 4)),), targets=TARGETS)


def filed(text: str) -> reading_metrics.Read:
    return reading_metrics.matched(reading_values.parse(text), PLAN, TODAY)


@pytest.mark.parametrize("name", ["06_readings_decimal_comma_long.csv", "06_readings_decimal_comma_wide.csv"])
def test_a_row_with_a_cell_more_than_the_heading_is_refused(name: str) -> None:
    found = filed(text_of(name))
    assert found.readings == []
    assert "Row 2 has 3 cells, but there are 2 columns" in found.problems[0]
    assert "“11,5”" in found.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        text_of("07_readings_newest_step_first.csv"),
        "metric,value,step\nval_wer,11.5,300\nval_wer,20,100\nval_wer,14,200\n",
        "metric,value,time\nval_wer,11.5,2027-02-15T12:00:00Z\nval_wer,14,2027-02-15T13:00:00+02:00\n",
        '[{"step": 300, "val_wer": 11.5}, {"step": 100, "val_wer": 20}]',
        '{"step": 300, "val_wer": 11.5}\n{"step": 9, "val_wer": 20}',
        '{"val_wer": [{"value": 11.5, "step": 10}, {"value": 20, "step": 9}]}',
        '[{"metric": "val_wer", "value": 11.5, "timestamp": 1802692800}, {"metric": "val_wer", "value": 20, "timestamp": 1802692000}]',
        '{"val_wer": [20, 14, 11.5]}',
    ],
)
def test_the_highest_step_or_latest_moment_counts_whatever_the_order_of_lines(text: str) -> None:
    found = filed(text)
    assert [(r.when, r.value) for r in found.readings] == [(TODAY, 11.5)]
    assert "left out" in found.remarks[0]


@pytest.mark.parametrize(
    "day",
    [
        "20270210",
        "46428",
        "46428.75",
        '"20270210"',
        '"46428"',
        "1802246400",
        "1802246400000",
        "1802246400000000000",
        '"10.02.2027"',
    ],
)
def test_a_day_is_read_however_programs_count_it(day: str) -> None:
    found = filed(f'[{{"metric": "val_wer", "value": 11.5, "date": {day}}}]')
    assert [r.when for r in found.readings] == [date(2027, 2, 10)]


@pytest.mark.parametrize("name", ["08_readings_yyyymmdd.json", "08_readings_serial_day.json"])
def test_a_day_of_digits_is_never_today_or_1970(name: str) -> None:
    assert [r.when for r in filed(text_of(name)).readings] == [date(2027, 2, 10)]


@pytest.mark.parametrize("day", ["3", "0", "-1", "20270230", "99999999"])
def test_digits_that_are_no_day_are_refused(day: str) -> None:
    found = filed(f'[{{"metric": "val_wer", "value": 11.5, "date": {day}}}]')
    assert (found.readings, len(found.problems)) == ([], 1)
    assert f"“{day}” is no date" in found.problems[0]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;\r"])
def test_a_line_that_names_the_separator_is_passed_over(first: str) -> None:
    found = filed(text_of("23_readings_sep_line.csv").replace("sep=;", first))
    assert [(r.when, r.value, found.problems) for r in found.readings] == [(date(2027, 2, 10), 11.5, [])]


@pytest.mark.parametrize("mark", ["NA", "n/a", "-", "null", "#N/A"])
def test_a_missing_value_is_no_reading_and_is_named_with_its_row(mark: str) -> None:
    found = filed(f"date,val_wer,latency_p95\n2027-02-10,{mark},250\n")
    assert [r.target for r in found.readings] == ["p95"]
    assert found.problems[0].startswith(f"Row 2, “Words wrong”: the value is “{mark}”")


def test_readings_have_one_way_of_writing_numbers() -> None:
    assert [r.value for r in filed("metric;value\nval_wer;11,5\nlatency_p95;1.234\n").readings] == [11.5, 1234]
    both = filed("metric;value\nval_wer;11,5\nloss;1.5\nlatency_p95;1.234\n")
    assert [r.value for r in both.readings] == [11.5, 1.5]
    assert "may mean thousands or decimals" in both.problems[0]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_every_line_end_of_readings_is_read(end: str) -> None:
    assert [r.value for r in filed(f"metric,value{end}val_wer,11.5{end}").readings] == [11.5]


def test_infinity_as_a_store_keeps_it_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "mlflow.db") as store:
        store.executescript(text_of("04_mlflow_infinite.sql"))
    store.close()
    given = mlflow.run(f"sqlite:///{tmp_path / 'mlflow.db'}", "div").given()
    found = reading_metrics.matched(given, PLAN, TODAY)
    assert found.readings == []
    assert [("infinite" in problem) for problem in found.problems] == [True, True]
    assert "infinite" in filed('{"speedup": 1.7976931348623157e308}').problems[0]
    assert "infinite" in filed('{"speedup": Infinity}').problems[0]


def test_half_a_character_in_a_name_of_a_metric_is_told_in_whole_ones() -> None:
    found = filed('{"bad\\ud83d": 1, "val_wer": "x\\ud83d"}')
    assert " ".join([*found.problems, *found.remarks]).encode("utf-8")


def test_a_gate_takes_a_metric_by_every_name_that_readings_take() -> None:
    plan = PLAN.model_copy(update={"targets": (TARGETS[0].model_copy(update={"milestone": "m"}),), "milestones": PLAN.milestones})
    schema = to_gate(plan, PLAN.milestones[0], project="p", revision=1)
    assert schema is not None
    gate = Draft202012Validator(json.loads(schema))
    names = (
        {"val_wer": 11},
        {"val.wer": 11},
        {"val/wer": 11},
        {"val": {"wer": 11}},
        json.loads(text_of("24_metrics_spelt_otherwise.json")),
    )
    for metrics in names:
        assert gate.is_valid(metrics)
        assert [r.value for r in reading_metrics.matched(reading_values.from_plain(metrics), plan, TODAY).readings] == [11]
    assert not gate.is_valid({"val": {"wer": 13}})
    assert not gate.is_valid({"wer": 11, "val": 3})


# Past projects


@pytest.mark.parametrize("form", ["csv", "cr", "tab", "xlsx"])
def test_past_projects_are_read_from_every_usual_table(tmp_path: Path, form: str) -> None:
    rows = [["Project", "Kind", "Planned days", "Actual days"], ["Chat", "Bot", "10,5", "1.200"], ["Scan", "Image", "20", "n/a"]]
    path = tmp_path / f"past.{form}"
    if form == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    else:
        separator, end = {"csv": (";", "\n"), "cr": (";", "\r"), "tab": ("\t", "\r\n")}[form]
        path.write_bytes((end.join(separator.join(row) for row in rows) + end).encode())
    table = files.read_whole(path, path.name, past_projects.AT_MOST)
    found = past_projects.measure(table, past_projects.guess(files.preview(path, path.name, as_text=True)), quiet)
    assert found.projects == (reference_class.Past("Chat", "Bot", 10.5, 1200),)
    assert found.left_out == ("Line 3: “Actual days” is “n/a”; a number of days above zero is needed.",)


# What goes out


def test_half_a_character_in_a_charter_is_a_sentence() -> None:
    with pytest.raises(UnreadableCharterError, match="half of a character in “Agreed"):
        read_charter((INPUTS / "10_charter_lone_surrogate.json").read_bytes())


AT = datetime(2027, 1, 4, 12, tzinfo=UTC)


def spans(*rows: Milestone) -> list[tuple[str, str, str]]:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(  # noqa: S314  written by ourselves
        to_mspdi(Charter(milestones=Milestones(milestones=rows)), revision=1, saved_at=AT)
    )  # type: ignore[call-arg]
    tasks = [e for e in root.iter() if e.tag.endswith("}Task")]
    texts = [{child.tag.rpartition("}")[2]: child.text or "" for child in task} for task in tasks]
    return [(t["Start"], t["Finish"], t["Duration"]) for t in texts]


def test_a_milestone_of_days_off_starts_when_it_ends() -> None:
    weekend = Milestone(id="a", deliverable="A", start=date(2027, 1, 9), due=date(2027, 1, 10))
    ((start, finish, duration),) = spans(weekend)
    assert (start, duration) == (finish, "PT0H0M0S")


def test_a_milestone_without_dates_follows_what_it_waits_for() -> None:
    first = Milestone(id="a", deliverable="A", start=date(2027, 1, 4), due=date(2027, 1, 15))
    second = Milestone(id="b", deliverable="B", likely_days=10, depends_on=("a",))
    third = Milestone(id="c", deliverable="C", likely_days=5, depends_on=("b",))
    assert sorted((start[:10], finish[:10]) for start, finish, _ in spans(third, second, first)) == [
        ("2027-01-04", "2027-01-15"),
        ("2027-01-18", "2027-01-29"),
        ("2027-02-01", "2027-02-05"),
    ]


@pytest.mark.parametrize("name", ["Speech\nTagging", "Speech\r\nBEGIN:VEVENT", "a,b;c"])
def test_a_name_of_several_lines_leaves_the_calendar_readable(name: str) -> None:
    plan = Milestones(milestones=(Milestone(id="a", deliverable="One\ntwo", due=date(2027, 2, 1)),))
    charter = Charter(project=Project(name=name), milestones=plan)  # type: ignore[call-arg]
    feed = Calendar.from_ical(to_calendar(charter, project="p", revision=1, saved_at=AT))
    assert [event["uid"] for event in feed.walk("VEVENT")][:1] == ["milestone-a-p@ml-scoping-workbench.invalid"]
    assert "\n" not in str(feed["x-wr-calname"])


def test_all_inputs_are_tried_here() -> None:
    # What is pasted is read by the browser, and tried as Node sees it.
    pasted = Path(__file__).parents[1] / "browser" / "unit" / "grid.test.js"
    tried = Path(__file__).read_text("utf-8") + pasted.read_text("utf-8")
    known = {"03_signal_euro.csv", "03_signal_parentheses.csv", "03_signal_percent.csv", "03_signal_typographic_minus.csv"}
    assert [
        path.name for path in INPUTS.iterdir() if path.name not in tried and path.name not in known | {"21_long_link.txt"}
    ] == []
