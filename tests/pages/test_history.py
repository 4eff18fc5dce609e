"""The history tells every change in words, takes one back, and brings the whole project back to a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pages.parts.charter.sittings import sittings
from scoping import samples
from scoping.merge import Edit, moved, removed
from scoping.words import short
from storage.history import Revision
from tests.pages.tabs import Tab, read

SAMPLE = samples.samples()[0].charter
PROBLEM = SAMPLE.problems.problems[0]


@pytest.fixture
def project(tab: Tab) -> str:
    made = tab.store.create(SAMPLE, "Ana")
    tab.open(made)
    return made


def change(tab: Tab, project: str, after: str, by: str = "Bo") -> int:
    before = tab.store.open(project).charter.problems.problems[0].who_is_affected
    saved = tab.store.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", before, after)], by)
    return saved.stamp.number


def take_back(tab: Tab, number: int) -> None:
    tab.go("history")
    assert any(f"revision={number}&" in f"{html}&".replace('"', "&") for html in tab.html())
    tab.app.query_params["revision"] = str(number)
    tab.app.run().button(key=f"undo.{number}").click().run()
    assert "revision" not in tab.app.query_params


def lines(tab: Tab) -> str:
    return "".join(tab.html()).replace("</li>", "\n")


def affected(tab: Tab, project: str) -> str:
    return tab.store.open(project).charter.problems.problems[0].who_is_affected


def test_what_one_person_did_at_a_sitting_is_told_at_once_and_save_by_save_behind_it(tab: Tab, project: str) -> None:
    change(tab, project, "Drivers")
    change(tab, project, "Drivers and riders")
    tab.go("history")
    (html,) = (piece for piece in tab.html() if 'class="history"' in piece)
    whole, saves = html.split("2 saves")
    assert "Problems" in read(whole)
    assert "Made this project" in read(html.rpartition("<li>")[2])
    assert f"Who is affected: {PROBLEM.who_is_affected} → Drivers and riders" in read(whole)
    assert "revision=" not in whole
    assert "Who is affected: Drivers → Drivers and riders" in read(saves)
    assert saves.partition("</ol>")[0].count("Take back") == 2


def test_another_person_or_a_pause_begins_a_new_sitting(tab: Tab, project: str) -> None:
    start = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)

    def made(number: int, minute: int, by: str, note: str = "") -> Revision:
        edit = Edit("", "", "in_scope", str(number - 1), str(number))
        return Revision(number=number, part="problems", at=start + timedelta(minutes=minute), by=by, note=note, edits=(edit,))

    newest_first = [made(5, 14, "Bo", "Imported"), made(4, 13, "Bo"), made(3, 12, "Ana"), made(2, 5, "Ana"), made(1, 0, "Ana")]
    found = sittings(newest_first)
    assert [[r.number for r in one.revisions] for one in found] == [[5], [4], [3], [2, 1]]
    assert [(e.before, e.after) for e in found[-1].net("problems")] == [("0", "2")]


def test_history_is_searched_by_words_names_questions_and_people(tab: Tab, project: str) -> None:
    change(tab, project, "Drivers", "Bo")
    tab.store.save(project, "project", [Edit("", "", "name", SAMPLE.name, "Later “name”, سلام")], "Cy")

    def found(**asked: str) -> str:
        app = tab.go("history")
        app.text_input(key="history.find").set_value(asked.get("words", ""))
        app.selectbox(key="history.by").set_value(f"={asked['by']}" if "by" in asked else "")
        app.run()
        assert not app.exception
        return tab.texts()

    assert "Drivers" in found(words="drivERS")
    assert "Later" not in found(words="drivERS")
    assert "Drivers" in found(words=PROBLEM.title[:30])
    assert "Drivers" in found(words="Who is affected")
    assert "Later" in found(words="“name”, سلام")
    assert "Drivers" not in found(by="Cy")
    assert "Later" in found(by="Cy")
    assert "Nothing like that was changed." in found(words='100% of \\ " nothing_')


def test_a_removed_record_is_told_by_its_title(tab: Tab, project: str) -> None:
    tab.store.save(project, "problems", [removed("problems", PROBLEM)], "Bo")
    tab.go("history")
    assert f"Removed problem: {PROBLEM.title}" in tab.texts()


def test_a_moved_record_is_told_with_the_one_before_it_and_moves_back(tab: Tab, project: str) -> None:
    ids = [p.id for p in SAMPLE.problems.problems]
    last = SAMPLE.problems.problems[-1]
    number = tab.store.save(project, "problems", [moved("problems", PROBLEM.id, "", last.id)], "Bo").stamp.number
    tab.go("history")
    assert f"{short(PROBLEM.title, 60)} · moved behind “{short(last.title, 60)}”" in tab.texts()
    take_back(tab, number)
    assert [p.id for p in tab.store.open(project).charter.problems.problems] == ids
    tab.go("history")
    assert f"{short(PROBLEM.title, 60)} · moved to the top" in tab.texts()


def test_one_change_is_taken_back_and_later_ones_stay(tab: Tab, project: str) -> None:
    number = change(tab, project, "Drivers")
    tab.store.save(project, "project", [Edit("", "", "name", SAMPLE.name, "Later name")], "Bo")
    take_back(tab, number)
    assert not tab.app.exception
    assert affected(tab, project) == PROBLEM.who_is_affected
    assert tab.store.open(project).charter.name == "Later name"


def test_a_change_that_was_changed_again_is_left_alone_and_that_is_said(tab: Tab, project: str) -> None:
    number = change(tab, project, "Drivers")
    change(tab, project, "Riders")
    take_back(tab, number)
    assert affected(tab, project) == "Riders"
    assert any("left alone" in toast.value for toast in tab.app.toast)


def test_an_archived_project_is_not_restored_and_that_is_said(tab: Tab, project: str) -> None:
    number = change(tab, project, "Drivers")
    tab.store.archive(project, "Ana")
    take_back(tab, number)
    assert affected(tab, project) == "Drivers"
    assert any("archived" in toast.value for toast in tab.app.toast)


def test_one_step_can_be_looked_at_alone(tab: Tab, project: str) -> None:
    change(tab, project, "Drivers")
    tab.store.save(project, "project", [Edit("", "", "name", SAMPLE.name, "Later name")], "Bo")
    tab.go("history").selectbox(key="history.part").set_value("project").run()
    assert "Later name" in tab.texts()
    assert "Who is affected" not in tab.texts()


def test_a_long_history_is_shown_bit_by_bit(tab: Tab, project: str) -> None:
    for n in range(35):
        change(tab, project, f"Person {n}")
    tab.go("history")
    assert "→ Person 34" in tab.texts()
    assert "→ Person 0\n" not in lines(tab)
    tab.app.button(key="history.more").click().run()
    assert "→ Person 0\n" in lines(tab)


def test_the_whole_project_is_brought_back_to_a_moment_once_that_is_said(tab: Tab, project: str) -> None:
    number = change(tab, project, "Drivers")
    change(tab, project, "Riders", "Cy")
    tab.go("history")
    tab.app.query_params["revision"] = str(number)
    tab.app.run()
    assert "That takes back 1 change by Cy" in tab.texts()
    tab.app.button(key=f"restore.{number}").click().run()
    assert not tab.app.exception
    assert affected(tab, project) == "Drivers"


@pytest.mark.parametrize("asked", ["0", "99", "-1", "abc", "9" * 30])
def test_the_address_of_a_change_that_does_not_exist_breaks_nothing(tab: Tab, project: str, asked: str) -> None:
    tab.app.query_params["revision"] = asked
    assert not tab.go("history").exception


def test_all_saves_of_one_takeover_are_one_entry_with_one_way_back(tab: Tab, project: str) -> None:
    edits = {
        "problems": [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Drivers")],
        "project": [Edit("", "", "sponsor", SAMPLE.project.sponsor, "Another Sponsor")],
    }
    saved = tab.store.change(project, "Bo", lambda _: edits, "From the workbook Charter.xlsx")
    number = saved.revisions[-1].number
    tab.go("history")
    first = next(piece for piece in tab.html() if 'class="history"' in piece).split("Charter.xlsx")[0]
    assert first.count("Take back") == 1
    tab.app.query_params["revision"] = str(number)
    tab.app.run().button(key=f"undo.{number}").click().run()
    assert affected(tab, project) == PROBLEM.who_is_affected
    assert tab.store.open(project).charter.project.sponsor == SAMPLE.project.sponsor


def test_what_is_found_shows_its_way_back_at_once(tab: Tab, project: str) -> None:
    change(tab, project, "Drivers")
    change(tab, project, "Drivers and riders")
    tab.go("history")
    tab.app.text_input(key="history.find").input("Drivers").run()
    (html,) = (piece for piece in tab.html() if 'class="history"' in piece)
    assert "2 saves" not in html
    assert html.count("Take back") == 2
