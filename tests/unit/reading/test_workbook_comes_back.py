"""What somebody did to a workbook is understood, or said: row by row and cell by cell."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles.numbers import FORMAT_PERCENTAGE
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from scoping.charter import PARTS, Charter
from scoping.export.workbook.asking import Ask
from scoping.export.xlsx import to_xlsx
from scoping.reading.brought import Brought, Sort
from scoping.reading.workbook.book import UnreadableFileError
from scoping.reading.workbook.read import read_workbook
from scoping.samples import samples
from scoping.sections.data_sources import Origin
from tests.exports.brought_back import PROJECT, Edited, told
from tests.exports.filled import filled_charter
from tests.exports.workbooks import HOSTILE, SAVED_AT, small_charter, with_texts

SOURCES = ("data_sources", "sources")


@pytest.fixture
def edited() -> Edited:
    return Edited(small_charter())


def only(brought: Brought) -> tuple[str, str, str, str]:
    assert [r.why for r in brought.refused] == []
    (change,) = told(brought)
    return change


# Untouched


@pytest.mark.parametrize("charter", [*(s.charter for s in samples()), Charter(), filled_charter(), small_charter()])
def test_an_untouched_workbook_gives_nothing_also_without_results_of_formulas(charter: Charter, tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(to_xlsx(charter, revision=7, saved_at=SAVED_AT, project=PROJECT))
    for brought in (read_workbook(plain), Edited(charter).read(tmp_path)):
        assert (brought.wishes, brought.refused, brought.remarks) == ((), (), ())
        assert (brought.project, brought.revision, brought.saved_at) == (PROJECT, 7, SAVED_AT)


def test_texts_that_spreadsheets_like_to_change_come_back_unchanged(tmp_path: Path) -> None:
    charter, _ = with_texts(filled_charter(), HOSTILE[:-1])
    assert told(Edited(charter).read(tmp_path)) == []


def test_a_workbook_that_was_sent_to_be_filled_in_comes_back_like_any_other(tmp_path: Path) -> None:
    ask = Ask(("data_sources", "ethics"), "Ben")
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(to_xlsx(small_charter(), revision=7, saved_at=SAVED_AT, project=PROJECT, ask=ask))
    brought = read_workbook(plain)
    assert (brought.wishes, brought.refused, brought.remarks) == ((), (), ())
    sent = Edited(small_charter(), ask=ask)
    sent.write("data_sources", "sources", "d1", "amount", 120)
    assert only(sent.read(tmp_path))[-1] == "120"


# One cell


@pytest.mark.parametrize(
    ("name", "record", "field", "written", "after"),
    [
        ("sources", "d1", "amount", 120, "120 hours"),
        ("sources", "d1", "amount", "12,5", "12.5 hours"),
        ("sources", "d2", "cost", "1.234,50", "$1,234.50"),
        ("sources", "d4", "cost", 31_000, "¥31,000"),
        ("sources", "d2", "cost", "Not known yet", "Not known yet"),
        ("sources", "d2", "cost", "NOT KNOWN YET", "Not known yet"),
        ("sources", "d5", "cost", None, ""),
        ("sources", "d1", "origin", "CROWDSOURCED", "Crowdsourced"),
        ("sources", "d1", "origin", Origin.PUBLIC.value, "Public"),
        ("sources", "d1", "unit", 12, "12"),
        ("sources", "d1", "unit", 12.0, "12"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(
    edited: Edited, name: str, record: str, field: str, written: Any, after: str, tmp_path: Path
) -> None:
    edited.write("data_sources", name, record, field, written)
    change = only(edited.read(tmp_path))
    assert (change[0], change[3].split(" hours")[0]) == (f"{name}/{record}", after.split(" hours", maxsplit=1)[0])


@pytest.mark.parametrize("written", ["15.3.2027", "15 March 2027", "2027-03-16", datetime(2027, 3, 16), 46_462])  # noqa: DTZ001
def test_a_day_may_be_text_a_date_or_the_number_of_one(edited: Edited, written: Any, tmp_path: Path) -> None:
    edited.write("milestones", "milestones", "m1", "due", written)
    if isinstance(written, int):
        edited.cell("milestones", "milestones", "m1", "due").number_format = "General"
    assert only(edited.read(tmp_path))[3] in ("15 Mar 2027", "16 Mar 2027")


def test_a_cell_of_per_cent_says_what_it_shows(edited: Edited, tmp_path: Path) -> None:
    cell = edited.cell("feasibility", "slices", "c", "share")
    cell.value, cell.number_format = 0.75, FORMAT_PERCENTAGE
    edited.cell("feasibility", "slices", "n", "share").number_format = FORMAT_PERCENTAGE
    assert only(edited.read(tmp_path))[2:] == ("60\N{NO-BREAK SPACE}%", "75\N{NO-BREAK SPACE}%")


def test_a_new_currency_takes_its_amounts_along_and_a_new_amount_needs_it(edited: Edited, tmp_path: Path) -> None:
    edited.write(*SOURCES, "d2", "currency", "jpy")
    edited.write(*SOURCES, "d2", "cost", 7_000)
    currency, cost = edited.read(tmp_path).wishes
    assert (currency.what, cost.what, cost.after) == ("Currency", "Cost", "¥7,000")
    assert cost.needs == (currency.id,)


def test_one_bad_cell_holds_back_no_other_of_its_row(edited: Edited, tmp_path: Path) -> None:
    edited.write(*SOURCES, "d1", "amount", "lots")
    edited.write(*SOURCES, "d1", "unit", "days")
    brought = edited.read(tmp_path)
    assert told(brought) == [("sources/d1", "Unit", "hours", "days")]
    (refused,) = brought.refused
    where = edited.cell(*SOURCES, "d1", "amount").coordinate
    assert (refused.place, refused.found) == (f"Data sources!{where}", "lots")
    assert "Write digits" in refused.why


def test_a_formula_typed_over_a_value_is_its_result_or_is_refused(edited: Edited, tmp_path: Path) -> None:
    edited.write(*SOURCES, "d1", "amount", "=10*12")
    (refused,) = edited.read(tmp_path).refused
    assert "formula without a result" in refused.why
    path = tmp_path / "with_result.xlsx"
    with zipfile.ZipFile(tmp_path / "edited.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(
                part,
                old.read(part)
                .replace(b"<f>10*12</f><v></v>", b"<f>10*12</f><v>120</v>")
                .replace(b"<f>10*12</f><v/>", b"<f>10*12</f><v>120</v>"),
            )
    brought = read_workbook(path)
    assert only(brought)[3].startswith("120")
    assert any("10*12" in remark and "120" in remark for remark in brought.remarks)


def test_an_error_in_a_cell_is_no_answer(edited: Edited, tmp_path: Path) -> None:
    cell = edited.cell(*SOURCES, "d1", "amount")
    cell.value, cell.data_type = "#REF!", "e"
    (refused,) = edited.read(tmp_path).refused
    assert "error #REF!" in refused.why


def test_the_questions_of_a_step_come_back_too(edited: Edited, tmp_path: Path) -> None:
    edited.write("project", "", "", "decision_asked", "Release two people.")
    edited.write("rollout", "", "", "start_share", None)
    assert [change[0] for change in told(edited.read(tmp_path))] == ["project", "rollout"]


# Links


def test_a_link_is_chosen_by_name_also_of_a_row_that_the_file_adds(edited: Edited, tmp_path: Path) -> None:
    edited.write("milestones", "targets", "t2", "milestone", "old")
    edited.write("milestones", "milestones", "", "deliverable", "Handed over")
    edited.write("milestones", "targets", "t3", "milestone", "Handed over")
    new, t2, t3 = edited.read(tmp_path).wishes
    assert (new.sort, t2.edits[0][4], t3.edits[0][4]) == (Sort.ADDED, "m3", new.record)
    assert t3.needs == (new.id,)
    assert t2.needs == ()


@pytest.mark.parametrize(("written", "why"), [("Works", "2 entries are called"), ("Nobody", "nothing is called")])
def test_a_name_of_two_or_of_none_is_refused(edited: Edited, written: str, why: str, tmp_path: Path) -> None:
    """That of the first of two twins is one of the list; a third one of the same name makes it mean two."""
    edited.write("milestones", "milestones", "", "deliverable", "Works")
    edited.write("milestones", "targets", "t4", "milestone", written)
    (refused,) = edited.read(tmp_path).refused
    assert why in refused.why


def test_several_links_are_a_set_and_what_is_gone_can_stay(edited: Edited, tmp_path: Path) -> None:
    cell = edited.cell("solutions", "solutions", "i1", "problems")
    gone, first, second = cell.value.split(" | ")
    cell.value = f"{gone} |{first}"
    (wish,) = edited.read(tmp_path).wishes
    assert wish.edits[0][3:] == (["gone", "p1", "p2"], ["gone", "p1"])
    assert second not in wish.after


# Rows


def test_a_new_row_is_read_with_what_it_can_say(edited: Edited, tmp_path: Path) -> None:
    for field, value in {"name": "New set", "cost": "12", "currency": "eur", "amount": "many"}.items():
        edited.sheet("data_sources").cell(edited.head(*SOURCES)[0] + 6, edited.column(*SOURCES, field)).value = value
    brought = edited.read(tmp_path)
    (wish,) = brought.wishes
    assert (wish.sort, wish.title, dict(wish.told)["Cost"]) == (Sort.ADDED, "New set", "€12")
    assert [r.found for r in brought.refused] == ["many"]
    assert edited.read(tmp_path).wishes[0].record == wish.record


def test_a_row_with_a_currency_alone_is_none(edited: Edited, tmp_path: Path) -> None:
    edited.sheet("data_sources").cell(edited.head(*SOURCES)[0] + 6, edited.column(*SOURCES, "currency")).value = "EUR"
    assert told(edited.read(tmp_path)) == []


def _row_values(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def test_a_row_that_is_gone_is_removed(edited: Edited, tmp_path: Path) -> None:
    row = edited.row(*SOURCES, "d2")
    edited.sheet("data_sources").delete_rows(row)
    (wish,) = edited.read(tmp_path).wishes
    assert (wish.sort, wish.record, wish.title) == (Sort.REMOVED, "d2", "Crowd")


def test_what_is_answered_and_never_removed_stays(tmp_path: Path) -> None:
    sample = next(s.charter for s in samples() if s.charter.ethics.concerns)
    edited = Edited(sample)
    concern = sample.ethics.concerns[0]
    edited.sheet("ethics").delete_rows(edited.row("ethics", "concerns", concern.id))
    brought = edited.read(tmp_path)
    assert brought.wishes == ()
    assert "never removed" in brought.refused[0].why


def test_a_sorted_table_changes_nothing_and_is_noticed(edited: Edited, tmp_path: Path) -> None:
    sheet, first = edited.sheet("data_sources"), edited.row(*SOURCES, "d1")
    rows = [_row_values(sheet, row) for row in range(first, first + 5)]
    for row, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    brought = edited.read(tmp_path)
    assert told(brought) == []
    assert any("another order" in remark for remark in brought.remarks)


def test_a_copied_row_is_a_new_one(edited: Edited, tmp_path: Path) -> None:
    sheet, first = edited.sheet("data_sources"), edited.row(*SOURCES, "d1")
    for column, value in enumerate(_row_values(sheet, first), 1):
        sheet.cell(first + 5, column).value = value
    brought = edited.read(tmp_path)
    (wish,) = brought.wishes
    assert (wish.sort, wish.title) == (Sort.ADDED, "Owned")
    assert wish.record != "d1"
    assert "stands there twice" in brought.remarks[0]


def test_an_id_that_was_wiped_out_is_known_by_the_name(edited: Edited, tmp_path: Path) -> None:
    sheet, row = edited.sheet("data_sources"), edited.row(*SOURCES, "d3")
    sheet.cell(row, 1).value = None
    sheet.cell(row, edited.column(*SOURCES, "unit")).value = "boxes"
    assert only(edited.read(tmp_path))[0] == "sources/d3"


# Sheets and columns


def test_a_renamed_sheet_is_known_by_what_stands_on_it(edited: Edited, tmp_path: Path) -> None:
    edited.write(*SOURCES, "d1", "unit", "days")
    edited.sheet("data_sources").title = "Our data"
    brought = edited.read(tmp_path)
    assert only(brought)[0] == "sources/d1"
    assert brought.wishes[0].place.startswith("Our data!")
    assert brought.remarks == ("The sheet “Our data” was read as Data sources.",)


def test_sheets_that_are_gone_remove_nothing(edited: Edited, tmp_path: Path) -> None:
    del edited.book["Data sources"]
    brought = edited.read(tmp_path)
    assert told(brought) == []
    assert brought.remarks == ("Data sources is not in the file, so nothing of it was read.",)


def test_columns_that_were_put_in_between_or_hidden_change_nothing(edited: Edited, tmp_path: Path) -> None:
    sheet, (head, _) = edited.sheet("data_sources"), edited.head(*SOURCES)
    column = edited.column(*SOURCES, "cost")
    sheet.insert_cols(column)
    sheet.cell(head, column).value = "Responsible"
    sheet.cell(head + 1, column).value = "Ben"
    sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    edited.write(*SOURCES, "d2", "cost", 5)
    brought = edited.read(tmp_path)
    assert only(brought)[3] == "$5"
    assert any("Responsible" in remark for remark in brought.remarks)


def test_a_column_before_all_others_and_rows_above_change_nothing(edited: Edited, tmp_path: Path) -> None:
    for part in PARTS:
        edited.sheet(part.slug).insert_cols(1, 2)
        edited.sheet(part.slug).insert_rows(3, 4)
    assert told(edited.read(tmp_path)) == []


def test_a_column_that_was_taken_out_says_nothing_of_its_answers(edited: Edited, tmp_path: Path) -> None:
    sheet = edited.sheet("data_sources")
    head, _ = edited.head(*SOURCES)
    column = edited.column(*SOURCES, "cost")
    for row in range(head, head + 11):
        sheet.cell(row, column).value = None
    brought = edited.read(tmp_path)
    assert told(brought) == []
    assert any("column Cost was not found" in remark for remark in brought.remarks)


def test_columns_may_change_places(edited: Edited, tmp_path: Path) -> None:
    sheet, (head, _) = edited.sheet("data_sources"), edited.head(*SOURCES)
    one, two = (edited.column(*SOURCES, field) for field in ("cost", "days"))
    for row in range(head, head + 11):
        sheet.cell(row, one).value, sheet.cell(row, two).value = sheet.cell(row, two).value, sheet.cell(row, one).value
    edited.write(*SOURCES, "d2", "days", 21)
    assert only(edited.read(tmp_path))[1:] == ("Days to obtain", "14 days", "21 days")


# What is refused


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path)
    assert caught.value.hint
    return str(caught.value)


def _hidden(edited: Edited, key: str) -> Any:
    sheet = edited.book["_charter"]
    return next(row[1] for row in sheet.iter_rows() if row[0].value == key)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("version", 99, "newer workbench"),
        ("version", 1, "older workbench"),
        ("json", "{}", "hidden sheet of the workbook was changed"),
    ],
)
def test_a_workbook_of_another_release_or_a_changed_hidden_sheet_is_refused(
    edited: Edited, key: str, value: Any, why: str, tmp_path: Path
) -> None:
    _hidden(edited, key).value = value
    assert why in _refused(edited.save(tmp_path / "x.xlsx"))


def test_a_workbook_without_its_hidden_sheet_is_refused(edited: Edited, tmp_path: Path) -> None:
    del edited.book["_charter"]
    assert "was not written by the workbench" in _refused(edited.save(tmp_path / "x.xlsx"))


def test_old_protected_macro_and_damaged_files_are_refused(edited: Edited, tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000))
    assert "protected by a password, or of the old .xls kind" in _refused(path)
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    assert "no Excel workbook" in _refused(path)
    edited.save(path)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")
    assert "holds macros" in _refused(path)
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(edited.save(tmp_path / "whole.xlsx")) as old, zipfile.ZipFile(cut, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part)[:200] if part.startswith("xl/worksheets/") else old.read(part))
    assert "damaged" in _refused(cut)


def test_a_cell_far_away_costs_no_time(edited: Edited, tmp_path: Path) -> None:
    edited.sheet("data_sources")["XFD1048576"] = "far"
    assert told(edited.read(tmp_path)) == []


def test_days_of_the_other_epoch_are_the_same_days(edited: Edited, tmp_path: Path) -> None:
    """Workbooks of old Macs count days from 1904."""
    edited.book.epoch = CALENDAR_MAC_1904
    edited.write("milestones", "milestones", "m1", "due", date(2027, 1, 5))
    assert only(edited.read(tmp_path))[3] == "5 Jan 2027"
