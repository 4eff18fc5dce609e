"""Projects along time and on the map: each leads to its place, what is not known is hollow, people are added up."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.sections.milestones import Assignment, Milestone, Milestones, Person
from scoping.sections.project import Project
from scoping.words import day_words
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


def look(tab: Tab, view: str = "timeline") -> str:
    """Open a view, and what it shows as HTML."""
    tab.app.query_params.clear()
    tab.app.query_params["view"] = view
    tab.go("portfolio")
    assert not tab.app.exception
    return "".join(tab.html())


@pytest.fixture
def two(tab: Tab) -> Tab:
    tab.store.create(plan("Voice", 20, -3), "Ana")
    tab.store.create(plan("Returns", 10), "Ana")
    return tab


@pytest.mark.parametrize(
    ("view", "said"),
    [("timeline", "None of these projects has a dated milestone yet."), ("map", "None of these projects says yet")],
)
def test_without_anything_to_draw_the_first_step_is_told(tab: Tab, view: str, said: str) -> None:
    tab.store.create(Charter(), "Ana")
    assert said in look(tab, view)


def test_every_project_has_a_row_with_its_state_and_milestones_that_lead_to_their_place(two: Tab) -> None:
    shown = look(two)
    lines = shown.split('class="line"')[1:]
    assert ["Voice" in lines[0], "Late 3 days" in lines[0], "Returns" in lines[1]] == [True] * 3
    project = next(c.project_id for c in two.store.portfolio.page(today=day(0)).cards if c.name == "Voice")
    assert f"milestones?project={project}&amp;open=milestones/m1" in shown.replace("tab=plan&amp;", "")
    assert f'title="Voice 1: ✕ Late, due {day_words(day(-3))}"' in shown
    assert 'class="now"' in shown


def test_the_same_stands_as_a_table(two: Tab) -> None:
    table = re.search(r"<tbody>(.*)</tbody>", look(two), re.S)[1]
    told = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in table.split("</tr>")[:-1]]
    assert [row[:3] for row in told] == [
        ["Voice", "Voice 0", "? Not known"],
        ["Voice", "Voice 1", "✕ Late"],
        ["Returns", "Returns 0", "? Not known"],
    ]
    assert told[1][3:] == ["Owner of Voice", day_words(day(-3)), "–"]


def test_what_was_signed_has_its_mark_and_what_is_not_signed_is_hollow(two: Tab) -> None:
    project = next(c.project_id for c in two.store.portfolio.page(today=day(0)).cards if c.name == "Returns")
    assert 'class="mark"' not in look(two)
    assert 'class="ms plain"' in look(two)
    row = {"id": "b", "name": "First", "frozen_on": day(0).isoformat(), "plan": freeze([FrozenMilestone(id="m0", due=day(5))])}
    two.store.save(project, "milestones", [Edit("baselines", "b", "", None, row)], "Ana")
    assert f"Returns 0: signed for {day_words(day(5))}" in look(two)


def test_the_map_draws_a_cross_for_what_is_known_and_hollow_dots_for_the_rest(tab: Tab) -> None:
    for sample in samples.samples():
        tab.store.create(sample.as_of(day(0)), "Ana")
    tab.store.portfolio.keep_setting("compare", {"currency": "USD", "rates": {"USD": {"EUR": 1.1, "GBP": 1.3}}})
    shown = look(tab, "map")
    dots = {re.search(r'title="([^:"]*)', dot)[1]: "hollow" in dot for dot in re.findall(r'<a class="dot.*?</a>', shown)}
    assert dots == {c.name: c.name == "Who is looking for a job" for c in tab.store.portfolio.page(today=day(0)).cards}
    assert shown.count("bar-v") == 5
    assert shown.count('class="bar-h guess') == 1
    assert "▲ high-risk" in shown
    assert "As a table" in shown


def test_the_map_says_what_it_leaves_out(tab: Tab) -> None:
    for sample in samples.samples():
        tab.store.create(sample.as_of(day(0)), "Ana")
    tab.store.create(Charter(project=Project(name="Empty")), "Ana")
    shown = look(tab, "map")
    assert "1 project does not say yet what they may be worth." in shown or "1 project does" in shown
    assert "2 projects are in a currency without a known rate to USD" in shown


def test_a_person_who_is_booked_twice_is_named_with_the_projects_and_never_as_markup(two: Tab) -> None:
    look(two)
    two.unfold("timeline.people")
    assert not two.app.exception
    assert "\\*Ana\\* Lee is booked for up to 140\u00a0% of a week, by Returns, Voice" in two.texts()
