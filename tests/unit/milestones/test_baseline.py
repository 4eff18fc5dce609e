"""A frozen plan can be read back, and says how far each date has drifted and whether anybody said why."""

from __future__ import annotations

from datetime import date

import pytest

from scoping.errors import CalculationError
from scoping.measurement import ROOM
from scoping.milestones.baseline import Drift, Frozen, FrozenMilestone, drift, freeze, frozen, gone, thaw
from scoping.milestones.work_calendar import WorkCalendar
from scoping.sections.milestones import Baseline, Milestone, Milestones, Move

MONDAY = date(2026, 11, 2)
CALENDAR = WorkCalendar(MONDAY, holidays=(date(2026, 11, 11),))
OLD = FrozenMilestone(id="a", title="Data", start=MONDAY, due=date(2026, 11, 10), p50=date(2026, 11, 12), days=6)


def november(day: int) -> date:
    return date(2026, 11, day)


def told(row: Milestone, now: date | None, *moves: Move, old: FrozenMilestone = OLD) -> Drift:
    plan = Milestones(milestones=(row,), moves=moves)
    found = drift(plan, Frozen(milestones=(old,)), {} if now is None else {row.id: now}, CALENDAR)
    return found[0]


def test_a_day_that_was_left_and_came_back_needs_a_reason_of_its_own():
    there = Move(id="m", milestone="a", after=november(17), reason="The crowd was late", moved_on=november(3))
    onwards = Move(id="n", milestone="a", after=november(24), reason="Again", moved_on=november(3))
    back = Milestone(id="a", due=november(17))
    assert not told(back, None, there).lacks_reason
    assert told(back, None, there, onwards).lacks_reason


def test_a_frozen_milestone_that_was_removed_is_not_forgotten():
    assert gone(Milestones(), Frozen(milestones=(OLD,))) == (OLD,)
    assert gone(Milestones(milestones=(Milestone(id="a"),)), Frozen(milestones=(OLD,))) == ()


def test_a_frozen_plan_is_read_back_as_it_was():
    rows = (OLD, FrozenMilestone(id="b", title='<b>"=1+1"</b>'))
    assert thaw(Baseline(id="x", plan=freeze(rows))) == Frozen(milestones=rows)


@pytest.mark.parametrize("plan", ["", "no plan", "[]", '{"milestones": [{"title": "without id"}]}', '{"milestones": 3}'])
def test_a_plan_that_cannot_be_read_is_none(plan):
    assert thaw(Baseline(id="x", plan=plan)) is None


def test_what_a_later_version_added_is_passed_over():
    found = thaw(Baseline(id="x", plan='{"version": 2, "owner": "Ada", "milestones": [{"id": "a", "mood": "good"}]}'))
    assert found is not None
    assert found.of("a") == FrozenMilestone(id="a")


def test_a_large_plan_loses_its_titles_and_a_huge_one_is_refused_in_words():
    def rows(count: int) -> list[FrozenMilestone]:
        return [OLD.model_copy(update={"id": f"m{n:04}", "title": "A rather long deliverable " * 9}) for n in range(count)]

    whole, without_titles = freeze(rows(100)), freeze(rows(250))
    assert '"title"' in whole
    assert '"title"' not in without_titles
    assert max(len(whole), len(without_titles)) <= ROOM
    assert len(thaw(Baseline(id="x", plan=without_titles)).milestones) == 250
    with pytest.raises(CalculationError, match="The plan has 500 milestones, which are too many"):
        freeze(rows(500))


def test_the_plan_that_was_frozen_last_counts():
    def plan(*days: date | None) -> Milestones:
        return Milestones(
            baselines=tuple(
                Baseline(id=f"b{n}", frozen_on=day, plan=freeze([FrozenMilestone(id=f"m{n}")])) for n, day in enumerate(days)
            )
        )

    later_first = plan(november(9), november(2))
    assert frozen(later_first).of("m0")
    assert frozen(later_first, first=True).of("m1")
    assert frozen(plan(november(2), november(2))).of("m1")
    assert frozen(plan(None, november(2))).of("m1")
    assert frozen(Milestones()) is None


def test_drift_is_counted_in_working_days_from_the_promise_that_was_frozen():
    row = Milestone(id="a", due=OLD.due)
    assert told(row, november(13)) == Drift(
        milestone="a", baseline=november(10), now=november(13), days=2, moved=0, lacks_reason=False
    )
    assert told(row, november(6)).days == -2
    assert told(row, None) == Drift(milestone="a", baseline=november(10), now=november(10), days=0, moved=0, lacks_reason=False)


def test_without_a_promise_the_expectation_of_then_is_what_later_days_are_held_against():
    found = told(Milestone(id="a"), november(13), old=OLD.model_copy(update={"due": None}))
    assert (found.baseline, found.days, found.moved, found.lacks_reason) == (november(12), 1, None, False)


def test_a_milestone_that_is_younger_than_the_baseline_has_not_drifted():
    assert told(Milestone(id="new", due=november(20)), november(20)) == Drift(
        milestone="new", baseline=None, now=november(20), days=None, moved=None, lacks_reason=False
    )


def test_a_promise_that_moved_lacks_a_reason_until_somebody_gives_one():
    row = Milestone(id="a", due=november(17))
    assert (told(row, None).moved, told(row, None).lacks_reason) == (4, True)
    move = Move(id="m", milestone="a", after=november(17), reason="The crowd was late")
    assert not told(row, None, move).lacks_reason
    for other in ({"reason": " "}, {"after": november(16)}, {"milestone": "b"}):
        assert told(row, None, move.model_copy(update=other)).lacks_reason


def test_a_promise_that_was_taken_back_lacks_a_reason_too():
    assert told(Milestone(id="a"), None).lacks_reason
    assert not told(Milestone(id="a"), None, Move(id="m", milestone="a", reason="Not needed any more")).lacks_reason
