"""A table saves each cell by the id of its record, says what it refuses, and shows what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pages.parts.grid import MANY, PASTED_AT_ONCE

from pages.parts.notices import plain
from scoping import samples
from scoping.merge import Edit, removed
from scoping.section import Record
from tests.pages.tabs import Tab

SAMPLE = samples.samples()[0].charter
SOURCES = SAMPLE.data_sources.sources


class Table:
    """The list of data sources in one tab."""

    page, name = "data_sources", "sources"

    def __init__(self, tab: Tab, project: str) -> None:
        self.tab, self.project = tab, project
        tab.open(project)
        tab.go(self.page)

    @property
    def key(self) -> str:
        """The widget's key, whose last number counts how often the table was built anew."""
        (key,) = (e.key for e in self.tab.app.data_editor if e.key.startswith(f"{self.page}.{self.name}."))
        return key

    def edit(self, row: int, **cells: object) -> None:
        assert not self.tab.edit(self.key, {row: cells}).exception

    def press(self, label: str) -> None:
        (button,) = (b for b in self.tab.app.button if b.label == label)
        button.click().run()
        assert not self.tab.app.exception

    @property
    def rows(self) -> tuple[Record, ...]:
        return self.tab.store.open(self.project).charter.part(self.page).sources

    @property
    def part(self) -> Any:
        return self.tab.store.open(self.project).charter.part(self.page)

    @property
    def warnings(self) -> str:
        return "\n".join(w.value for w in self.tab.app.warning)

    @property
    def codes(self) -> str:
        """Texts that are shown to be copied."""
        return "\n".join(c.value for c in self.tab.app.code)

    @property
    def shown(self) -> list[str]:
        """The first column as the table shows it, without the blank rows."""
        return [name for name in self.tab.app.data_editor(key=self.key).value["name"] if isinstance(name, str)]

    def save_elsewhere(self, *edits: Edit) -> None:
        assert not self.tab.store.save(self.project, self.page, edits, "Bo").conflicts


@pytest.fixture
def table(tab: Tab) -> Table:
    return Table(tab, tab.store.create(SAMPLE, "Ana"))


def test_a_cell_is_saved_and_nothing_else_changes(table: Table) -> None:
    table.edit(1, name="Bought queries")
    changed = SOURCES[1].model_copy(update={"name": "Bought queries"})
    assert table.rows == (SOURCES[0], changed, *SOURCES[2:])


def test_cells_of_several_rows_are_one_change_in_the_history(table: Table) -> None:
    before = table.tab.store.open(table.project).stamp.number
    table.tab.edit(table.key, {0: {"name": "One"}, 2: {"name": "Three", "days": 9}})
    assert [r.title for r in table.rows][:3] == ["One", SOURCES[1].title, "Three"]
    assert table.tab.store.open(table.project).stamp.number == before + 1


def test_the_first_blank_row_takes_a_new_record(table: Table) -> None:
    table.edit(len(SOURCES), name="A new one")
    table.edit(len(SOURCES), days=3)
    assert table.rows[:-1] == SOURCES
    assert (table.rows[-1].title, table.rows[-1].days) == ("A new one", 3)
    assert table.rows[-1].currency == SAMPLE.project.currency


def test_a_question_mark_says_that_it_is_not_known_yet(table: Table) -> None:
    table.edit(0, unit="?")
    assert table.rows[0].unit == ""
    assert "unit" in table.rows[0].unknown


def test_a_bad_value_is_refused_with_row_and_field_and_the_others_are_saved(table: Table) -> None:
    table.tab.edit(table.key, {0: {"name": "Kept"}, 1: {"days": 1_000_000, "name": "Kept too"}})
    assert "Row 2" in table.warnings
    assert "Days to obtain" in table.warnings
    assert [r.title for r in table.rows][:2] == ["Kept", "Kept too"]
    assert table.rows[1].days == SOURCES[1].days


def test_a_refusal_stays_in_sight_until_it_is_put_right(table: Table) -> None:
    table.edit(1, days=1_000_000)
    table.edit(0, name="Another cell")
    assert "Days to obtain" in table.warnings
    table.edit(1, days=10)
    assert not table.warnings
    assert table.rows[1].days == 10


def test_an_archived_project_is_not_changed_and_the_text_is_saved_once_it_is_back(table: Table) -> None:
    table.tab.store.archive(table.project, "Bo")
    table.edit(0, name="Typed in the meantime")
    assert "archived" in table.warnings
    assert table.rows == SOURCES
    table.tab.store.unarchive(table.project, "Bo")
    table.edit(1, name="Next")
    assert not table.warnings
    assert [r.title for r in table.rows][:2] == ["Typed in the meantime", "Next"]


def test_another_field_of_the_same_row_changed_by_somebody_else_is_kept(table: Table) -> None:
    table.save_elsewhere(Edit("sources", SOURCES[0].id, "unit", SOURCES[0].unit, "hours"))
    table.edit(0, name="Mine")
    assert (table.rows[0].title, table.rows[0].unit) == ("Mine", "hours")


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Mine"), ("Use theirs", "Theirs")])
def test_the_same_cell_changed_by_two_shows_both_and_takes_the_chosen_one(table: Table, choice: str, kept: str) -> None:
    table.save_elsewhere(Edit("sources", SOURCES[0].id, "name", SOURCES[0].title, "Theirs"))
    table.edit(0, name="Mine")
    assert table.rows[0].title == "Theirs"
    said = table.tab.texts()
    assert "**Bo** saved another answer" in said
    assert "Theirs: Theirs" in said
    assert "Yours: Mine" in said
    table.press(choice)
    assert table.rows[0].title == kept
    assert "saved another answer" not in table.tab.texts()
    assert table.shown[0] == kept or choice == "Keep mine"


def test_rows_that_others_add_come_into_the_table_on_request(table: Table) -> None:
    record = SOURCES[0].model_copy(update={"id": "theirs", "name": "Theirs"})
    table.save_elsewhere(Edit("sources", "theirs", "", None, record.model_dump(mode="json")))
    table.tab.app.run()
    assert "Theirs" not in table.shown
    table.edit(0, name="Mine")
    assert table.rows[0].title == "Mine"
    table.press("Show what others changed")
    assert table.shown == [r.title for r in table.rows]
    table.edit(len(SOURCES), name="Theirs, changed by me")
    assert table.rows[-1].id == "theirs"
    assert table.rows[-1].title == "Theirs, changed by me"


def test_a_row_that_somebody_removed_does_not_move_edits_to_its_neighbour(table: Table) -> None:
    table.save_elsewhere(removed("sources", SOURCES[0]))
    table.edit(1, name="Second")
    assert [r.id for r in table.rows] == [s.id for s in SOURCES[1:]]
    assert table.rows[0].title == "Second"


def test_two_tabs_on_one_table_keep_both_changes(new_tab: Callable[[], Tab]) -> None:
    first = new_tab()
    project = first.store.create(SAMPLE, "Ana")
    one, two = Table(first, project), Table(new_tab(), project)
    one.edit(0, name="From one")
    two.edit(1, name="From two")
    assert [r.title for r in one.rows][:2] == ["From one", "From two"]


def test_a_date_is_read_as_people_write_it(tab: Tab) -> None:
    project = tab.store.create(SAMPLE, "Ana")
    tab.open(project)
    tab.go("milestones")
    tab.edit(f"milestones.milestones.{project}.1", {0: {"due": "2027-03-31"}})
    assert tab.store.open(project).charter.milestones.milestones[0].due == date(2027, 3, 31)


def test_findings_stand_beside_the_questions_and_go_when_they_are_cured(tab: Tab) -> None:
    project = tab.store.create(samples.new_charter("Voice search", "", "USD"), "Ana")
    tab.open(project)
    tab.go("data_sources")
    found = tab.store.open(project).overview
    first = "List at least one data source."
    assert first in [f.message for f in found.missing]
    assert plain(first) in tab.texts()
    assert f"Advice ({len(found.of('data_sources'))})" in tab.texts()
    assert "0 answered" in tab.texts()
    table = Table(tab, project)
    table.edit(0, name="Own recordings")
    assert first not in [f.message for f in tab.store.open(project).overview.missing]
    assert plain(first) not in tab.texts()
    assert plain("Say whether “Own recordings” holds personal data.") in tab.texts()
    assert "1 answered" in tab.texts()


def test_amounts_pasted_together_with_another_currency_are_meant_in_that_currency(table: Table) -> None:
    table.save_elsewhere(Edit("sources", SOURCES[1].id, "currency", SOURCES[1].currency.value, "EUR"))
    table.tab.app.run()
    table.edit(0, cost="12,000", currency="¥ Japanese yen")
    assert (table.rows[0].cost, table.rows[0].currency) == (12_000, "JPY")
    table.edit(2, cost="1.234", currency="KWD")
    assert (table.rows[2].cost, table.rows[2].currency) == (1_234, "KWD")
    assert not table.warnings


def test_a_refused_text_is_still_there_after_the_table_was_built_anew(table: Table) -> None:
    table.edit(1, days="a fortnight or so")
    table.save_elsewhere(removed("sources", SOURCES[0]))
    table.tab.app.run()
    table.press("Show what others changed")
    assert "Row 1, Days to obtain" in table.warnings
    assert "Row 1, Days to obtain: a fortnight or so" in table.codes
    table.edit(0, days=14)
    assert table.rows[0].days == 14
    assert not table.warnings
    assert not table.codes


def test_a_refused_text_is_still_there_after_another_page_was_looked_at(table: Table) -> None:
    table.edit(1, days="a fortnight or so")
    table.tab.go("ethics")
    table.tab.go("data_sources")
    assert "Row 2, Days to obtain: a fortnight or so" in table.codes
    table.press("Forget these texts")
    assert not table.codes
    assert not table.warnings


def test_texts_of_a_save_that_failed_are_still_there_after_another_page_was_looked_at(table: Table) -> None:
    table.tab.store.archive(table.project, "Bo")
    table.edit(0, name="Typed in the meantime")
    table.edit(len(SOURCES), name="A new one")
    table.tab.go("ethics")
    table.tab.go("data_sources")
    assert "Row 1, Source: Typed in the meantime" in table.codes
    assert "A new one" in table.codes
    assert "archived" in table.warnings


def test_who_comes_back_to_a_table_answers_to_what_it_shows_then(table: Table) -> None:
    table.edit(0, name="Mine")
    table.tab.go("ethics")
    table.save_elsewhere(Edit("sources", SOURCES[0].id, "name", "Mine", "Theirs"))
    table.tab.go("data_sources")
    assert table.shown[0] == "Theirs"
    assert not table.tab.edit(table.key, {0: {"name": "Mine again"}}).exception
    assert table.rows[0].title == "Mine again"
    assert "saved another answer" not in table.tab.texts()


def paste(table: Table, rows: int) -> None:
    (area,) = (a for a in table.tab.app.text_area if a.key and a.key.endswith(".pasted"))
    area.input("\n".join(f"Source {n}" for n in range(rows))).run()
    table.press("Add these rows")


def test_many_pasted_rows_are_spoken_of_before_they_are_added(table: Table) -> None:
    paste(table, MANY + 1)
    assert table.rows == SOURCES
    assert f"These are {MANY + 1} rows" in table.tab.texts()
    table.press("Add these rows")
    assert [row.title for row in table.rows[len(SOURCES) :]] == [f"Source {n}" for n in range(MANY + 1)]
    assert f"{MANY + 1} rows added" in table.tab.texts()


def test_the_save_of_somebody_else_has_its_turn_while_many_rows_are_added(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []

    def another(_: float) -> None:
        turns.append(len(table.rows) - len(SOURCES))
        table.save_elsewhere(Edit("", "", "input_x", table.part.input_x, f"Plan {len(turns)}"))

    monkeypatch.setattr("pages.parts.grid.sleep", another)
    paste(table, 2 * PASTED_AT_ONCE + 1)
    assert turns == [PASTED_AT_ONCE, 2 * PASTED_AT_ONCE]
    assert len(table.rows) == len(SOURCES) + 2 * PASTED_AT_ONCE + 1
    assert table.part.input_x == "Plan 2"


def test_a_paste_that_stops_halfway_says_how_far_it_came(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.grid.sleep", lambda _: table.tab.store.archive(table.project, "Bo"))
    paste(table, PASTED_AT_ONCE + 1)
    assert len(table.rows) == len(SOURCES) + PASTED_AT_ONCE
    assert f"The first {PASTED_AT_ONCE} of {PASTED_AT_ONCE + 1} rows were added" in table.tab.texts()
