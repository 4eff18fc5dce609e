"""The history tells every change in words, takes one back, and brings the whole project back to a moment."""

from __future__ import annotations

import pytest

from scoping import samples
from scoping.merge import Edit, moved, removed
from tests.pages.tabs import Tab

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


def affected(tab: Tab, project: str) -> str:
    return tab.store.open(project).charter.problems.problems[0].who_is_affected


def test_a_change_is_told_with_author_step_and_both_values(tab: Tab, project: str) -> None:
    change(tab, project, "Drivers")
    change(tab, project, "Drivers and riders")
    tab.go("history")
    assert "Problems · Bo · " in tab.texts()
    assert "Who is affected: Drivers → Drivers and riders" in tab.texts()


def test_a_removed_record_is_told_by_its_title(tab: Tab, project: str) -> None:
    tab.store.save(project, "problems", [removed("problems", PROBLEM)], "Bo")
    tab.go("history")
    assert f"Removed problem: {PROBLEM.title}" in tab.texts()


def test_a_moved_record_is_told_with_the_one_before_it_and_moves_back(tab: Tab, project: str) -> None:
    ids = [p.id for p in SAMPLE.problems.problems]
    last = SAMPLE.problems.problems[-1]
    number = tab.store.save(project, "problems", [moved("problems", PROBLEM.id, "", last.id)], "Bo").stamp.number
    tab.go("history")
    assert f"{PROBLEM.title[:60]} · moved behind “{last.title[:60]}”" in tab.texts()
    take_back(tab, number)
    assert [p.id for p in tab.store.open(project).charter.problems.problems] == ids
    tab.go("history")
    assert f"{PROBLEM.title[:60]} · moved to the top" in tab.texts()


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
    assert "→ Person 0" not in tab.texts()
    tab.app.button(key="history.more").click().run()
    assert "→ Person 0" in tab.texts()


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
