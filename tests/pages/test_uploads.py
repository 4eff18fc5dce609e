"""A table is chosen, its columns are named, it is measured; what was typed stays, and a reload finds the work again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here, notices
from scoping.charter import Charter
from storage.settings import DATA_DATABASE_URL, DATA_FOLDER

TABLE = b"case,truth,predicted,rival,noise\n1,yes,yes,no,car\n2,no,yes,no,car\n3,no,no,yes,wind\n4,yes,yes,no,wind\n"
ONE_ERROR = "1 errors in 4 of 4 cases of cases.csv by ('noise',)"
THREE_ERRORS = "3 errors in 4 of 4 cases of cases.csv by ('noise',)"


def _page(project: str) -> None:
    """A page with one check, as pages use it. It runs as a script of its own."""

    import streamlit as st

    from pages.parts import here, uploads
    from scoping.measuring.slices import result as slices_result
    from scoping.sections.feasibility import SECTION
    from scoping.tables.table import Preview

    step = here.Step(SECTION, here.store().open(project))

    def ask(preview: Preview, guessed: slices_result.Settings) -> slices_result.Settings | None:
        truth = uploads.column("The true answer", preview, guessed.truth, "truth")
        prediction = uploads.column("The prediction", preview, guessed.prediction, "prediction")
        lists = uploads.columns("Tags", preview, guessed.lists, "lists")
        return slices_result.Settings(truth=truth, prediction=prediction, lists=lists) if truth and prediction else None

    done = uploads.measured(step, "slices", ask, intro="One row per case.")
    if done:
        st.text(
            f"{done.result.errors} errors in {done.rows_used} of {done.rows} cases of {done.file_name} by {done.settings.lists}"
        )


class Person:
    """Somebody at the page; after `reload` the page knows nothing but who they are."""

    def __init__(self, project: str, name: str) -> None:
        self._project = project
        self._name = name
        self.reload()

    def reload(self) -> None:
        self.app = AppTest.from_function(_page, args=(self._project,), default_timeout=30)
        # Stands for the cookie of a browser.
        self.app.session_state["desk"] = self._name
        self.app.run()
        assert not self.app.exception

    def upload(self, name: str, content: bytes) -> None:
        self.app.file_uploader[0].upload(name, content, "text/csv").run()
        self.wait()

    def measure(self) -> None:
        self.app.button(key=self._button("start")).click().run()

    def press(self, label: str) -> None:
        next(button for button in self.app.button if button.label == label).click().run()

    def _button(self, name: str) -> str:
        return next(button.key for button in self.app.button if button.key.split(".")[-2] == name)

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + 30
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.05)
            self.app.run()
        assert not self.app.get("progress")

    def column(self, label: str) -> Any:
        return next(box for box in self.app.selectbox if box.label == label)

    @property
    def result(self) -> list[str]:
        return [text.value for text in self.app.text]

    @property
    def refusals(self) -> list[str]:
        return [error.value.replace("\\", "") for error in self.app.error]

    def notes(self) -> str:
        return "\n".join(caption.value.replace("\\", "") for caption in self.app.caption)


@pytest.fixture
def person(new_tab: Callable[[], Any]) -> Callable[[str], Person]:
    new_tab()
    project = here.store().create(Charter(), "Ana")
    return lambda name: Person(project, name)


@pytest.fixture
def ana(person: Callable[[str], Person]) -> Person:
    return person("ana")


def test_an_uploaded_table_is_measured_with_the_columns_that_were_guessed(ana: Person) -> None:
    ana.upload("cases.csv", TABLE)
    assert (ana.column("The true answer").value, ana.column("The prediction").value) == ("truth", "predicted")
    assert not ana.result
    ana.measure()
    ana.wait()
    assert ana.result == [ONE_ERROR]


def test_what_was_chosen_stays_while_it_is_measured_again(ana: Person) -> None:
    ana.upload("cases.csv", TABLE)
    ana.column("The prediction").select("rival").run()
    ana.measure()
    ana.wait()
    assert ana.result == [THREE_ERRORS]
    ana.column("The prediction").select("predicted").run()
    assert ana.result, "the figures stay until there are new ones"
    assert "measure again" in ana.notes()
    ana.measure()
    ana.wait()
    assert ana.result == [ONE_ERROR]
    assert "measure again" not in ana.notes()


def test_a_reload_finds_table_choices_and_result_again(ana: Person) -> None:
    ana.upload("cases.csv", TABLE)
    ana.column("The prediction").select("rival").run()
    ana.measure()
    ana.reload()
    ana.wait()
    assert ana.column("The prediction").value == "rival"
    assert ana.result == [THREE_ERRORS]


def test_another_person_has_a_desk_of_their_own(ana: Person, person: Callable[[str], Person]) -> None:
    ana.upload("cases.csv", TABLE)
    bo = person("bo")
    assert bo.app.file_uploader
    assert not bo.app.dataframe


def test_a_file_that_cannot_be_read_is_named_and_another_one_can_be_chosen(ana: Person) -> None:
    ana.upload("cases.csv", b"case,truth,predicted\n1,yes,yes\n2,no\n")
    (refusal,) = ana.refusals
    assert refusal.startswith("Line 3 has 2 cells, but there are 3 columns; there is none for “predicted”. Complete")
    ana.press("Choose another table")
    ana.upload("cases.csv", TABLE)
    assert ana.column("The true answer").value == "truth"


def test_columns_that_do_not_do_are_refused_and_nothing_chosen_is_lost(ana: Person) -> None:
    ana.upload("cases.csv", b"truth,predicted,noise\n,yes,car\nno,,wind\n")
    ana.measure()
    ana.wait()
    assert len(ana.refusals) == 1
    assert "No row of cases.csv has both" in ana.refusals[0]
    assert ana.column("The true answer").value == "truth"


def test_cancelling_ends_the_check_and_keeps_the_table(ana: Person) -> None:
    ana.upload("cases.csv", b"truth,predicted,noise\n" + b"yes,no,car\n" * 2_000_000)
    ana.measure()
    ana.press("Cancel")
    ana.app.run()
    ana.wait()
    assert not ana.result
    assert ana.column("The true answer").value == "truth"


def test_another_sheet_of_a_workbook_can_be_chosen(ana: Person, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Only words here"])
    cases = book.create_sheet("Cases")
    for line in TABLE.decode().split():
        cases.append(line.split(","))
    book.save(tmp_path / "book.xlsx")
    ana.upload("book.xlsx", (tmp_path / "book.xlsx").read_bytes())
    assert len(ana.refusals) == 1
    ana.column("Sheet").select("Cases").run()
    ana.wait()
    ana.measure()
    ana.wait()
    assert ana.result == ["1 errors in 4 of 4 cases of book.xlsx by ('noise',)"]


def test_files_of_the_data_folder_can_be_chosen_and_stay_there(
    person: Callable[[str], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "cases.csv").write_bytes(TABLE)
    (tmp_path / "secret.csv").write_bytes(TABLE)
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / ".hidden").write_bytes(TABLE)
    monkeypatch.setenv(DATA_FOLDER, str(folder))
    ana = person("ana")
    ana.app.button_group[0].set_value("From the data folder").run()
    assert ana.column("File").options == ["cases.csv"]
    ana.column("File").select("cases.csv").run()
    ana.wait()
    ana.measure()
    ana.wait()
    assert ana.result == [ONE_ERROR]
    ana.press("Choose another table")
    assert (folder / "cases.csv").exists()


def test_a_data_folder_that_went_away_leaves_the_page_as_it_is(
    person: Callable[[str], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "cases.csv").write_bytes(TABLE)
    monkeypatch.setenv(DATA_FOLDER, str(folder))
    ana = person("ana")
    ana.app.button_group[0].set_value("From the data folder").run()
    (folder / "cases.csv").unlink()
    folder.rmdir()
    ana.column("File").select("cases.csv").run()
    assert not ana.app.exception
    ana.upload("cases.csv", TABLE)
    ana.measure()
    ana.wait()
    assert ana.result == [ONE_ERROR]


def test_tables_of_the_database_can_be_chosen(
    person: Callable[[str], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tables.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cases (truth TEXT, predicted TEXT, noise TEXT)")
        connection.executemany("INSERT INTO cases VALUES (?, ?, ?)", [("yes", "yes", "car"), ("no", "yes", "wind")])
    connection.close()
    monkeypatch.setenv(DATA_DATABASE_URL, f"sqlite:///{path}")
    ana = person("ana")
    ana.app.button_group[0].set_value("From the database").run()
    ana.column("Table").select("cases").run()
    ana.wait()
    ana.measure()
    ana.wait()
    assert ana.result == ["1 errors in 2 of 2 cases of cases by ('noise',)"]


def test_a_name_is_never_markup_and_never_a_path(ana: Person) -> None:
    name = "../../**bold** <b>.csv"
    ana.upload(name, TABLE)
    assert any(notices.plain(name) in markdown.value for markdown in ana.app.markdown)


def _box(ana: Person) -> Any:
    return next(box for box in ana.app.checkbox if box.label == "Keep the file itself with the project")


def test_the_file_itself_is_kept_only_where_asked_for_and_can_be_measured_by_others(
    ana: Person, person: Callable[[str], Person]
) -> None:
    ana.upload("cases.csv", TABLE)
    ana.measure()
    ana.wait()
    assert not _box(ana).value
    assert not person("bo").app.button_group
    _box(ana).check().run()
    assert _box(ana).value
    bo = person("bo")
    bo.app.button_group[0].set_value("Kept with the project").run()
    file = bo.column("Kept file")
    assert file.options[0].startswith("cases.csv, kept on ")
    file.select_index(0).run()
    bo.wait()
    bo.measure()
    bo.wait()
    assert bo.result == [ONE_ERROR]
    assert _box(bo).value
    _box(bo).uncheck().run()
    assert not _box(bo).value
    assert not person("cy").app.button_group


def test_a_kept_file_that_somebody_forgets_meanwhile_gets_a_sentence(
    ana: Person, person: Callable[[str], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_FOLDER, str(tmp_path))
    ana.upload("cases.csv", TABLE)
    ana.measure()
    ana.wait()
    _box(ana).check().run()
    bo = person("bo")
    bo.app.button_group[0].set_value("Kept with the project").run()
    file = bo.column("Kept file")
    _box(ana).uncheck().run()
    file.select_index(0).run()
    assert not bo.app.exception
    assert bo.refusals == ["This file is not kept any more. Choose another one."]
