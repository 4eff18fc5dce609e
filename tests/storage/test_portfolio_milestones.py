"""The milestones of all projects as the database finds them, with the state that their own page shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scoping.charter import Charter
from scoping.merge import Edit, removed
from scoping.milestones.status import State, of_plan
from scoping.portfolio.timeline import loads, mondays
from scoping.sections.milestones import Assignment, CheckIn, Gate, Milestone, Milestones, Person, Reading, Target
from scoping.sections.project import Project
from scoping.sections.rollout import ClosedAs, Rollout

TODAY = date(2027, 1, 15)


def plan(name: str, *rows: Milestone, **lists: tuple) -> Charter:
    return Charter(project=Project(name=name), milestones=Milestones(milestones=rows, **lists))


def one(id: str, due: date | None = None, **more: object) -> Milestone:
    return Milestone(id=id, deliverable=f"Result {id}", due=due, **more)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def states(store) -> dict[str, State]:
    """The states of the milestones of all projects, as the timeline draws them."""
    projects = [card.project_id for card in store.portfolio.page(today=TODAY).cards]
    return {m.id: m.state for plan in store.portfolio.planned(projects, TODAY).values() for m in plan}


def ids(store, **options) -> list[str]:
    return [e.id for e in store.portfolio.milestones(today=TODAY, **options).entries]


@pytest.fixture
def several(store):
    store.create(
        plan(
            "Voice search",
            one("stopped", days(-9), gate=Gate.STOP),
            one("done", days(-8), reached_on=days(-5)),
            one("late", days(-1), owner="Émile"),
            one("waits", days(20), depends_on=("late", "done"), start=days(2)),
            one("free", days(30), depends_on=("done",), start=days(-2), owner="Ana"),
            one("later", days(40), start=days(3)),
            one("undated", owner="ana"),
        ),
        "Ana",
    )
    return store


def test_the_state_follows_dates_gate_and_what_comes_before(several) -> None:
    assert states(several) == {
        "stopped": State.STOPPED,
        "done": State.DONE,
        "late": State.LATE,
        "waits": State.AT_RISK,
        "free": State.UNKNOWN,
        "later": State.NOT_STARTED,
        "undated": State.UNKNOWN,
    }


def test_what_is_due_today_is_not_late_yet_and_what_is_said_to_be_reached_in_two_days_is_open(store) -> None:
    store.create(plan("Edges", one("today", TODAY), one("early", days(5), reached_on=days(2))), "Ana")
    assert states(store) == {"today": State.UNKNOWN, "early": State.UNKNOWN}


@pytest.mark.parametrize(("confidences", "state"), [((5, 2), State.AT_RISK), ((1, 3), State.UNKNOWN), ((4, None), State.UNKNOWN)])
def test_the_last_check_in_counts_for_the_next_milestone_only(store, confidences, state) -> None:
    talks = tuple(CheckIn(id=f"c{i}", held_on=days(i - 10), confidence=c) for i, c in enumerate(confidences))
    rows = (one("next", days(10), start=days(-1)), one("after", days(20), start=days(-1)))
    store.create(plan("Doubted", *rows, checkins=talks), "Ana")
    assert states(store) == {"next": state, "after": State.UNKNOWN}


def test_a_name_that_is_part_of_another_is_not_taken_for_it(store) -> None:
    store.create(plan("Names", one("a_b", days(-1)), one("next", days(9), depends_on=("xa_b", "aab"), start=days(-3))), "Ana")
    assert states(store)["next"] is State.UNKNOWN


def test_what_is_open_agrees_with_the_states(several) -> None:
    assert ids(several) == ["late", "waits", "free", "later", "undated"]
    assert several.portfolio.milestones(today=TODAY).total == 5


def test_the_first_ones_are_those_that_are_due_first(several) -> None:
    assert ids(several, limit=2) == ids(several)[:2]
    assert several.portfolio.milestones(today=TODAY, limit=2).total == 5


def test_the_milestones_of_a_project_stand_in_the_order_of_its_plan(several) -> None:
    (card,) = several.portfolio.page(today=TODAY).cards
    rows = several.open(card.project_id).charter.milestones.milestones
    assert list(states(several)) == [m.id for m in rows]


def test_archived_projects_and_removed_milestones_are_left_out(store) -> None:
    gone = store.create(plan("Put away", one("a", days(3))), "Ana")
    kept = store.create(plan("Kept", one("b", days(3)), one("c", days(4))), "Ana")
    store.archive(gone, "Ana")
    rows = store.open(kept).charter.milestones.milestones
    store.save(kept, "milestones", [removed("milestones", rows[0])], "Ana")
    assert ids(store) == list(states(store)) == ["c"]


def test_people_are_added_up_over_projects_and_what_cannot_be_counted_is_told(store) -> None:
    for name, person, share in (("One", "Dana Lee", 60), ("Two", " dana  lee", 50), ("Three", "Bo", None)):
        store.create(
            plan(
                name,
                one("m", days(6), start=days(-30)),
                one("over", days(60), start=days(-30), reached_on=days(-2)),
                people=(Person(id="p", name=person, share=80),),
                assignments=(
                    Assignment(id="a", milestone="m", person="p", share=share),
                    Assignment(id="b", milestone="over", person="p", share=40),
                ),
            ),
            "Ana",
        )
    weeks = mondays(TODAY, 3)
    found = store.portfolio.booked(TODAY, weeks[-1] + timedelta(days=6))
    (dana,) = loads(found.shares, weeks)
    assert found.uncounted == 1
    assert (dana.weeks, dana.projects, dana.is_overbooked) == ((110, 110, 0), ("One", "Two"), True)


def test_what_somebody_saves_on_another_server_is_seen_at_once(store, elsewhere) -> None:
    project = store.create(plan("Voice", one("a", days(3))), "Ana")
    assert states(store) == {"a": State.UNKNOWN}
    row = store.open(project).charter.milestones.milestones[0]
    elsewhere.save(project, "milestones", [Edit("milestones", "a", "start", row.start, days(1).isoformat())], "Bo")
    assert states(store) == {"a": State.NOT_STARTED}
    elsewhere.archive(project, "Bo")
    assert states(store) == {}


def test_a_milestone_has_one_state_for_its_page_for_the_portfolio_and_for_calendars(store) -> None:
    rows = (one("noted", days(-8), reached_on=days(-5)), one("met", days(-1)), one("silent", days(9)))
    targets = tuple(
        Target(id=f"t_{m.id}", milestone=m.id, family="ml", metric="Accuracy", direction="at_least", target=80, unit="%")
        for m in rows[:2]
    )
    readings = (
        Reading(id="a", target="t_noted", when=days(-6), value=60),
        Reading(id="b", target="t_met", when=days(-6), value=85),
        Reading(id="c", target="t_silent", when=days(-6), value=85),
    )
    charter = plan("Voice", *rows, targets=targets, readings=readings)
    store.create(charter, "Ana")
    of_page = {s.milestone.id: s.state for s in of_plan(charter.milestones, TODAY)}
    assert of_page == {"noted": State.LATE, "met": State.DONE, "silent": State.UNKNOWN}
    assert states(store) == of_page
    assert ids(store) == ["noted", "silent"]


def test_nothing_is_open_any_more_in_a_project_that_was_closed(store) -> None:
    charter = plan("Voice", one("a", days(-3)))
    project = store.create(charter, "Ana")
    assert ids(store) == ["a"]
    closed = Rollout(closed_on=days(-1), closed_as=ClosedAs.PARTLY)
    store.create(charter.with_part("rollout", closed), "Ana")
    assert [e.project_id for e in store.portfolio.milestones(today=TODAY).entries] == [project]


def test_a_role_of_the_same_name_is_somebody_else_in_every_project(store) -> None:
    for name in ("One", "Two", "Three"):
        store.create(
            plan(
                name,
                one("m", days(6), start=days(-30)),
                people=(Person(id="p", name="ML engineer", share=100), Person(id="q", name="Dana Lee, ML engineer", share=100)),
                assignments=tuple(Assignment(id=i, milestone="m", person=i, share=100) for i in ("p", "q")),
            ),
            "Ana",
        )
    weeks = mondays(TODAY, 1)
    found = {
        one.person: max(one.weeks) for one in loads(store.portfolio.booked(TODAY, weeks[-1] + timedelta(days=6)).shares, weeks)
    }
    roles = {f"ML engineer ({name})": 100 for name in ("One", "Two", "Three")}
    assert found == {"Dana Lee, ML engineer": 300, **roles}
