"""The timeline of all projects: what is late is found across them, each row leads to its project, people are added up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pages.parts.portfolio import timeline
from scoping.charter import Charter
from scoping.sections.milestones import Assignment, Milestone, Milestones, Person
from scoping.sections.project import Project
from storage.milestones import Which
from tests.pages.tabs import Tab


def day(n: int):
    return datetime.now(UTC).date() + timedelta(days=n)


def plan(name: str, *dues: int, share: float = 70, **more: object) -> Charter:
    rows = tuple(
        Milestone(id=f"m{i}", deliverable=f"{name} {i}", owner=f"Owner of {name}", start=day(due - 30), due=day(due), **more)
        for i, due in enumerate(dues)
    )
    people = (Person(id="p", name="*Ana* Lee", share=100),)
    booked = tuple(Assignment(id=f"a{i}", milestone=m.id, person="p", share=share) for i, m in enumerate(rows[:1]))
    return Charter(project=Project(name=name), milestones=Milestones(milestones=rows, people=people, assignments=booked))


def table(tab: Tab):
    return tab.app.dataframe[0].value


def show(tab: Tab, which: Which) -> None:
    tab.app.segmented_control(key="timeline.which").set_value(which).run()
    assert not tab.app.exception


@pytest.fixture
def two(tab: Tab) -> Tab:
    tab.store.create(plan("Voice", 20, -3), "Ana")
    tab.store.create(plan("Returns", 10), "Ana")
    return tab


def test_without_any_project_it_says_so(tab: Tab) -> None:
    tab.go("timeline")
    assert "No milestone is open." in tab.texts()
    show(tab, Which.ALL)
    assert "No project has a milestone yet" in tab.texts()
    tab.choose(timeline.KEY, "People")
    assert "Nobody is booked" in tab.texts()


def test_open_milestones_of_all_projects_stand_by_due_date_with_their_state_in_words(two: Tab) -> None:
    assert not two.go("timeline").exception
    shown = table(two)
    assert list(shown["Milestone"]) == ["Voice 1", "Returns 0", "Voice 0"]
    assert list(shown["State"]) == ["✕ Late", "? Not known", "? Not known"]
    assert shown["Days late"].to_list()[0] == 3


def test_what_rests_on_a_noted_day_says_so(two: Tab) -> None:
    two.go("timeline")
    two.unfold("timeline.states")
    assert "it is noted as reached" in two.texts()
    assert "nobody noted that it was reached" in two.texts()


def test_filters_narrow_it_down(two: Tab) -> None:
    two.go("timeline")
    show(two, Which.LATE)
    assert list(table(two)["Milestone"]) == ["Voice 1"]
    show(two, Which.OPEN)
    two.app.selectbox(key="timeline.owner").select("Owner of Returns").run()
    assert list(table(two)["Milestone"]) == ["Returns 0"]
    two.app.text_input(key="timeline.find").set_value("voice").run()
    assert "No milestone fits" in two.texts()


def test_every_row_leads_to_the_plan_of_its_project(two: Tab) -> None:
    two.go("timeline")
    project = table(two)["Open"][0].split("project=")[1]
    assert two.store.open(project).charter.name == "Voice"


def test_a_long_list_is_paged_and_a_filter_begins_on_its_first_page(tab: Tab) -> None:
    tab.store.create(plan("Many", *range(1, timeline.PER_PAGE + 4)), "Ana")
    tab.go("timeline")
    assert len(table(tab)) == timeline.PER_PAGE
    tab.app.session_state[timeline.PAGE] = 2
    tab.app.run()
    assert list(table(tab)["Milestone"]) == [f"Many {i}" for i in (50, 51, 52)]
    tab.app.text_input(key="timeline.find").set_value("many").run()
    assert table(tab)["Milestone"][0] == "Many 0"


def test_a_page_that_is_gone_gives_way_to_the_last_one(tab: Tab) -> None:
    tab.store.create(plan("Few", 1, 2), "Ana")
    tab.app.session_state[timeline.PAGE] = 9
    tab.go("timeline")
    assert len(table(tab)) == 2


def test_a_person_who_is_booked_twice_is_named_with_the_projects_and_never_as_markup(two: Tab) -> None:
    two.go("timeline")
    two.choose(timeline.KEY, "People")
    assert not two.app.exception
    assert "\\*Ana\\* Lee is booked for up to 140\u00a0% of a week, by Returns, Voice" in two.texts()
