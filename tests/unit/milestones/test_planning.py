"""A charter's plan in figures: what is missing is named, the rest is counted, and days are days of the calendar."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest

from scoping.currency import Currency
from scoping.milestones import tracking
from scoping.milestones.checkin import look
from scoping.milestones.forecast import forecast
from scoping.milestones.levelling import Way
from scoping.milestones.plan import Plan, plan
from scoping.milestones.reference_class import Past
from scoping.milestones.schedule import OVERRUN, Overrun
from scoping.milestones.staffing import staffing
from scoping.milestones.status import State, of_plan
from scoping.milestones.tracking import earned_so_far, rows
from scoping.milestones.work_calendar import WorkCalendar
from scoping.samples import samples
from scoping.sections.milestones import (
    Assignment,
    Baseline,
    Holiday,
    Milestone,
    MilestoneKind,
    Milestones,
    Move,
    Person,
    Reading,
    Target,
)

MONDAY = date(2026, 11, 2)
BEFORE = date(2026, 10, 26)


def november(day: int) -> date:
    return date(2026, 11, day)


def stone(name: str, *after: str, **more: Any) -> Milestone:
    return Milestone(id=name, deliverable=name.upper(), depends_on=after, **more)


def exact(*stones: Milestone, **more: Any) -> Milestones:
    """A plan of a team that always takes what it said."""
    return Milestones(milestones=stones, **{"usual_overrun": 1, "bad_overrun": 1, **more})


def sentences(found: Plan) -> list[tuple[str, str]]:
    return [(p.record, p.sentence) for p in found.problems]


# Milestones


def test_days_of_a_chain_are_days_of_the_calendar():
    value = exact(
        stone("a", start=MONDAY, likely_days=5),
        stone("b", "a", likely_days=3),
        holidays=(Holiday(id="h", day=november(10)),),
    )
    found = forecast(plan(value, BEFORE))
    a, b = found.milestones
    assert (a.start, a.likely, a.p50, a.p80) == (MONDAY, november(6), november(6), november(6))
    assert (b.start, b.p50) == (november(9), november(12))
    assert (found.likely, found.p50, found.p80, found.p90) == (november(12),) * 4
    assert sentences(plan(value, BEFORE)) == []


def test_without_days_the_dates_tell_how_long_it_takes():
    value = exact(
        stone("a", start=MONDAY, due=november(6)),
        stone("b", "a", due=november(11)),
    )
    found = plan(value, BEFORE)
    assert [t.duration.likely for t in found.tasks] == [5, 3]
    assert [e.p50 for e in forecast(found).milestones] == [november(6), november(11)]


def test_what_no_time_is_known_of_is_left_out_with_all_that_waits_for_it():
    value = exact(stone("a", due=november(6)), stone("b", "a", likely_days=2), stone("c", start=MONDAY, likely_days=2))
    found = plan(value, BEFORE)
    assert [t.id for t in found.tasks] == ["c"]
    assert found.left_out == ("a", "b")
    assert sentences(found) == [
        ("a", "Say how many working days it takes, or when it starts and is due."),
        ("b", "It waits for “A”, of which no time is known."),
    ]
    assert not found.is_whole
    told = forecast(found)
    assert told.of("c").p50 == november(3)
    assert (told.of("a"), told.p50, told.p80, told.chance, told.curve, told.drivers) == (None, None, None, None, (), ())


def test_what_was_reached_counts_though_nothing_else_is_known_of_it():
    value = exact(stone("a", reached_on=november(5)), stone("b", "a", likely_days=2))
    found = plan(value, november(6))
    assert found.is_whole
    assert forecast(found).of("b").p50 == november(9)
    assert forecast(found).of("a").chance is None
    assert forecast(found).of("a").critical is None


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"best_days": 3}, "Give its working days as best and worst case, or the likely ones alone."),
        ({"best_days": 3, "likely_days": 4}, "Give its working days as best and worst case, or the likely ones alone."),
        ({"best_days": 6, "likely_days": 5, "worst_days": 7}, "The best value is above the likely one."),
        ({"best_days": 1, "likely_days": 8, "worst_days": 7}, "The likely value is above the worst one."),
    ],
)
def test_days_that_contradict_each_other_are_named_and_the_dates_count(days, sentence):
    found = plan(exact(stone("a", start=MONDAY, **days)), BEFORE)
    assert sentences(found) == [("a", sentence)]
    assert found.left_out == ("a",)
    found = plan(exact(stone("a", start=MONDAY, due=november(3), **days)), BEFORE)
    assert sentences(found) == [("a", f"{sentence} Until then the days between its dates count.")]
    assert found.tasks[0].duration.likely == 2


def test_of_a_proof_of_concept_a_published_duration_stands_in_and_says_so():
    found = plan(exact(stone("a", start=MONDAY, kind=MilestoneKind.POC)), BEFORE)
    assert sentences(found) == [
        ("a", "Its working days are not known; 4 to 16 weeks stand in, as Microsoft tells of feasibility studies.")
    ]
    assert (found.tasks[0].duration.low, found.tasks[0].duration.high) == (4 * 5, 16 * 5)
    assert plan(exact(stone("a", start=MONDAY, kind=MilestoneKind.POC, best_days=3)), BEFORE).left_out == ("a",)


def test_a_milestone_that_is_due_before_it_starts_is_left_out():
    found = plan(exact(stone("a", start=MONDAY, due=BEFORE)), BEFORE)
    assert sentences(found) == [("a", "It is due before it starts, so no date can be worked out.")]


def test_milestones_that_wait_for_each_other_are_named_and_nothing_is_told():
    value = exact(stone("a", "b", likely_days=1), stone("b", "a", likely_days=1), stone("c", "c", likely_days=1))
    found = plan(value, BEFORE)
    assert found.left_out == ("a", "b", "c")
    assert "wait for each other" in found.problems[0].sentence
    assert (forecast(found).milestones, staffing(found).loads) == ((), ())
    assert [r.expected for r in rows(value, found)] == [None, None, None]


def test_a_milestone_that_is_gone_holds_nothing_up_and_is_told():
    found = plan(exact(stone("a", "gone", start=MONDAY, likely_days=1)), BEFORE)
    assert forecast(found).p50 == MONDAY
    assert "does not exist any more" in found.problems[0].sentence


def test_a_day_that_is_still_to_come_is_no_day_on_which_anything_was_reached():
    value = exact(stone("a", start=MONDAY, likely_days=1, reached_on=november(20)))
    found = plan(value, november(3))
    assert found.tasks[0].ended is None
    assert "20 Nov 2026, a day that is still to come" in found.problems[0].sentence
    assert rows(value, found)[0].reached is None


def test_a_plan_without_any_start_begins_today_and_says_so():
    found = plan(exact(stone("a", likely_days=2)), november(7))
    assert found.notes == ("No milestone has a start, so the plan is taken to begin today.",)
    assert forecast(found).p50 == november(10)
    assert plan(Milestones(), MONDAY).notes == ()


def test_nothing_that_is_open_is_expected_in_the_past():
    value = exact(stone("a", start=MONDAY, likely_days=5), stone("b", "a", likely_days=1))
    for today, earliest in ((november(17), november(17)), (november(14), november(16))):
        found = forecast(plan(value, today))
        assert found.of("a").p50 == earliest
        assert found.of("a").is_floor
        assert found.of("b").p50 == earliest + timedelta(days=1)
        assert not found.of("b").is_floor
    assert not forecast(plan(value, november(4))).of("a").is_floor


def test_what_is_under_way_is_expected_as_what_is_unfinished_so_long():
    ranged = {"start": MONDAY, "best_days": 5, "likely_days": 8, "worst_days": 20}
    for value in (exact(stone("a", **ranged)), exact(stone("a", "gone", **ranged))):
        whole, late = (forecast(plan(value, day)).of("a") for day in (MONDAY, november(16)))
        assert (whole.p50, whole.p80) == (november(13), november(17))
        assert (late.p50, late.p80) == (november(18), november(20))
        assert not late.is_floor


def test_what_waited_for_something_is_under_way_since_that_was_reached():
    ranged = {"best_days": 5, "likely_days": 8, "worst_days": 20}
    waited = exact(stone("a", start=MONDAY, reached_on=november(13)), stone("b", "a", start=MONDAY, **ranged))
    fresh = exact(stone("b", start=november(16), **ranged))
    told = [forecast(plan(value, november(24))).of("b").p80 for value in (waited, fresh)]
    assert told[0] == told[1]
    assert plan(waited, november(24)).tasks[1].elapsed == 7


# Chances


def test_the_chance_of_a_promise_is_the_share_of_draws_that_keep_it():
    value = Milestones(milestones=(stone("a", start=MONDAY, likely_days=10, due=november(13)),), usual_overrun=1.0, bad_overrun=1.3)
    found = forecast(plan(value, BEFORE))
    assert found.of("a").chance == found.chance == pytest.approx(0.5, abs=0.01)
    assert found.of("a").p80 == november(17 + 1)
    assert found.last_due == november(13)
    assert forecast(plan(exact(stone("a", start=MONDAY, likely_days=10)), BEFORE)).of("a").chance is None


def test_the_curve_of_the_end_rises_from_day_to_day_and_passes_the_told_days():
    value = Milestones(milestones=(stone("a", start=MONDAY, best_days=10, likely_days=20, worst_days=50),))
    found = forecast(plan(value, BEFORE))
    days, shares = zip(*found.curve, strict=True)
    assert list(days) == sorted(set(days))
    assert list(shares) == sorted(shares)
    told = dict(found.curve)
    assert told[found.p50] >= 0.5
    assert told[found.p80] >= 0.8


def test_what_decides_the_end_is_told_with_what_does_not():
    value = Milestones(
        milestones=(
            stone("long", start=MONDAY, best_days=10, likely_days=20, worst_days=50),
            stone("short", start=MONDAY, best_days=1, likely_days=2, worst_days=3),
            stone("end", "long", "short", likely_days=1),
        )
    )
    found = forecast(plan(value, BEFORE))
    assert (found.of("long").critical, found.of("short").critical, found.of("end").critical) == (1, 0, 1)
    assert (found.of("long").slack, found.of("short").slack) == (0, 18)
    assert {name for name, _ in found.drivers[:2]} == {OVERRUN, "long"}


def test_the_same_plan_gives_the_same_figures_and_another_row_moves_none():
    one = stone("a", start=MONDAY, best_days=5, likely_days=8, worst_days=20)
    alone, beside = (
        forecast(plan(Milestones(milestones=s), BEFORE)) for s in ((one,), (stone("b", start=MONDAY, likely_days=1), one))
    )
    assert alone.of("a").p80 == beside.of("a").p80
    assert forecast(plan(Milestones(milestones=(one,)), BEFORE)) is alone


# The overrun


def test_a_typed_overrun_goes_before_past_projects_and_those_before_the_published_ones():
    past = [Past(str(n), "Chat", 10, days) for n, days in enumerate((10, 12, 15, 30))]
    typed = Milestones(usual_overrun=1.1, bad_overrun=1.4, overrun_source="Our last three")
    assert plan(typed, MONDAY, past).overrun == Overrun(1.1, 1.4)
    assert plan(typed, MONDAY).overrun_words.endswith("as typed: Our last three.")
    own = plan(Milestones(reference_kind="chat"), MONDAY, past)
    assert own.overrun == Overrun(1.5, 3.0)
    assert "4 past projects of the kind “chat”" in own.overrun_words
    for few in (plan(Milestones(reference_kind="Ranking"), MONDAY, past), plan(Milestones(), MONDAY, past[:3])):
        assert few.overrun == Overrun(1.0, 1.25)
        assert "Kitchenham 2002" in few.overrun_words
        assert "4 past projects are needed for an outside view; known so far: " in few.overrun_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"usual_overrun": 1.4, "bad_overrun": 1.2}, "below the usual one, so neither counts"),
        ({"usual_overrun": 1.4}, "Only one of the two overruns is typed, so it does not count"),
    ],
)
def test_an_overrun_that_cannot_be_used_is_told(typed, words):
    found = plan(Milestones(**typed), MONDAY)
    assert found.overrun == Overrun(1.0, 1.25)
    assert words in found.overrun_words


# People and money


def person(name: str, share: float | None = 100, rate: int | None = 100_00, **more: Any) -> Person:
    return Person(id=name, name=name.title(), share=share, day_rate=rate, **more)


def works(who: str, on: str, share: float | None = 100) -> Assignment:
    return Assignment(id=f"{who}-{on}", person=who, milestone=on, share=share)


def test_costs_are_days_times_rate_times_share_and_money_beside():
    value = exact(
        stone("a", start=MONDAY, likely_days=5, money=1_000_00),
        stone("b", "a", likely_days=3, money=70, currency=Currency.JPY),
        people=(person("ada"), person("bob", rate=500_00, currency=Currency.EUR)),
        assignments=(works("ada", "a", 50), works("ada", "b"), works("bob", "b", 20)),
    )
    found = {c.currency: (c.spread.p10, c.spread.mean, c.p80) for c in forecast(plan(value, BEFORE)).costs}
    assert found == {
        "EUR": pytest.approx((300,) * 3),
        "JPY": pytest.approx((70,) * 3),
        "USD": pytest.approx((1000 + 250 + 300,) * 3),
    }


def test_the_cost_of_people_is_as_uncertain_as_the_time_they_need():
    value = Milestones(
        milestones=(stone("a", start=MONDAY, best_days=5, likely_days=10, worst_days=30, money=1_000_00),),
        people=(person("ada"),),
        assignments=(works("ada", "a"),),
    )
    (cost,) = forecast(plan(value, BEFORE)).costs
    assert cost.spread.p10 < cost.spread.p50 < cost.p80 < cost.spread.p90
    assert cost.spread.p10 > 1_500


def test_what_is_missing_of_people_is_named():
    value = exact(
        stone("a", start=MONDAY, likely_days=5),
        people=(
            person("ada", share=None),
            person("bob", rate=None),
            person("eve", away_from=november(9)),
            person("idle", share=None, rate=None),
        ),
        assignments=(works("ada", "a"), works("bob", "a"), works("eve", "a", None), works("gone", "a")),
    )
    assert sentences(plan(value, BEFORE)) == [
        ("eve", "Say from when and until when they are away; the absence is not counted."),
        ("eve-a", "Say how much of a week it takes; until then it is not counted."),
        ("gone-a", "Say who works on which milestone; until then it is not counted."),
        ("ada", "Say how much of a week there is, to see whether they are booked twice."),
        ("bob", "What a day costs is not known, so their work is not in the cost."),
    ]


def test_nothing_goes_on_while_its_people_are_away():
    value = exact(
        stone("a", start=MONDAY, likely_days=5),
        stone("b", "a", likely_days=2),
        people=(
            person("ada", away_from=november(4), away_to=november(8)),
            person("bob", away_from=november(6), away_to=november(9)),
        ),
        assignments=(works("ada", "a", 50), works("bob", "a", 50)),
    )
    found = forecast(plan(value, BEFORE))
    assert found.of("a").p50 == november(12)
    assert found.of("b").p50 == november(16)
    assert found.costs[0].spread.mean == pytest.approx(500)


def test_who_is_booked_twice_is_told_and_what_would_have_to_move():
    value = exact(
        stone("a", start=MONDAY, likely_days=5),
        stone("b", start=november(4), likely_days=3),
        people=(person("ada", share=80), person("bob", share=None)),
        assignments=(works("ada", "a", 50), works("ada", "b", 50), works("bob", "a", 500 / 5)),
    )
    found = staffing(plan(value, BEFORE))
    (clash,) = found.conflicts
    assert (clash.person, clash.first, clash.last) == ("ada", november(4), november(6))
    assert (clash.booked, clash.available, clash.milestones) == (100, 80, ("a", "b"))
    assert [(m.milestone, m.start, m.end, m.days) for m in found.levelled] == [
        ("a", MONDAY, november(6), 0),
        ("b", november(9), november(11), 3),
    ]
    assert (found.end, found.later_by, found.rule) == (november(11), 3, Way.SHORTEST.label)


def test_a_plan_in_which_nobody_is_booked_twice_needs_no_levelling():
    value = exact(stone("a", start=MONDAY, likely_days=5), people=(person("ada"),), assignments=(works("ada", "a"),))
    found = staffing(plan(value, BEFORE))
    assert (found.conflicts, found.levelled, found.rule) == ((), (), "")
    assert [(load.first, load.last) for load in found.loads] == [(MONDAY, november(6))]


def test_what_is_past_clashes_no_more_and_what_has_begun_stays():
    value = exact(
        stone("a", start=MONDAY, likely_days=10),
        stone("b", start=november(4), likely_days=10),
        stone("done", start=MONDAY, reached_on=november(4)),
        people=(person("ada"),),
        assignments=(works("ada", "a"), works("ada", "b"), works("ada", "done")),
    )
    found = staffing(plan(value, november(9)))
    assert [(c.first, c.last, c.milestones) for c in found.conflicts] == [(november(9), november(13), ("a", "b"))]
    assert {m.milestone: m.start for m in found.levelled} == {"a": MONDAY, "b": november(4)}
    (late,) = staffing(plan(value, november(30))).conflicts
    assert (late.first, late.last, late.milestones) == (november(30), november(30), ("a", "b"))


def test_a_double_booking_that_no_move_cures_is_said_to_stay():
    value = exact(
        stone("a", start=MONDAY, likely_days=5),
        stone("b", start=MONDAY, likely_days=5),
        people=(person("ada", share=50),),
        assignments=(works("ada", "a", 80), works("ada", "b", 50)),
    )
    found = plan(value, BEFORE)
    assert sentences(found) == [("ada-a", "It takes 80\u00a0% of a week, of which there are only 50\u00a0%.")]
    assert [c.booked for c in staffing(found).conflicts] == [130]
    assert "Double bookings stay" in staffing(found).rule


# Baseline and progress


def frozen(value: Milestones, today: date = BEFORE) -> Milestones:
    kept = Baseline(id="b", frozen_on=today, plan=tracking.frozen_plan(value, plan(value, today)))
    return value.model_copy(update={"baselines": (kept,)})


def moved(value: Milestones, name: str, **changes: Any) -> Milestones:
    stones = tuple(m.model_copy(update=changes) if m.id == name else m for m in value.milestones)
    return value.model_copy(update={"milestones": stones})


def test_a_moved_date_shows_against_the_baseline_until_it_has_a_reason():
    old = frozen(exact(stone("a", start=MONDAY, likely_days=5, due=november(6)), stone("b", "a", likely_days=5, due=november(13))))
    (a, b) = rows(old, plan(old, BEFORE))
    assert (a.drift.days, a.drift.moved, a.drift.lacks_reason) == (0, 0, False)
    new = moved(old, "a", likely_days=8, due=november(11))
    (a, b) = rows(new, plan(new, BEFORE))
    assert (a.drift.baseline, a.drift.now, a.drift.days, a.drift.moved) == (november(6), november(11), 3, 3)
    assert (b.drift.days, b.drift.moved) == (0, 0)
    assert b.expected.p50 == november(18)
    assert (a.drift.lacks_reason, b.drift.lacks_reason) == (True, False)
    why = Move(id="m", milestone="a", after=november(11), reason="Late labels")
    new = new.model_copy(update={"moves": (why,)})
    assert not rows(new, plan(new, BEFORE))[0].drift.lacks_reason


def test_one_second_after_freezing_nothing_is_later_however_late_the_forecast_is():
    hard = {"best_days": 10, "likely_days": 20, "worst_days": 60, "due": november(6)}
    stones = (stone("a", start=MONDAY, **hard), stone("b", "a", **hard), stone("c", "b", **hard))
    value = frozen(Milestones(milestones=stones))
    found = rows(value, plan(value, november(20)))
    assert [row.drift.days for row in found] == [0, 0, 0]
    assert all(row.expected.p50 > row.due for row in found)
    assert look(value, plan(value, november(20))).drifted == ()


def test_what_was_reached_is_held_against_the_baseline_as_it_was():
    value = moved(frozen(exact(stone("a", start=MONDAY, likely_days=5, due=november(6)))), "a", reached_on=november(10))
    (row,) = rows(value, plan(value, november(20)))
    assert (row.now, row.drift.days) == (november(10), 2)
    (row,) = rows(value, plan(value, november(9)))
    assert row.reached is None


def test_without_a_baseline_nothing_drifts_and_no_progress_is_told():
    value = exact(stone("a", start=MONDAY, likely_days=5))
    assert rows(value, plan(value, BEFORE))[0].drift is None
    assert earned_so_far(value, plan(value, november(30))) is None
    broken = value.model_copy(update={"baselines": (Baseline(id="b", plan="no plan"),)})
    assert rows(broken, plan(broken, BEFORE))[0].drift is None


def test_progress_is_the_planned_day_of_what_is_done_by_now():
    value = frozen(
        exact(
            stone("a", start=MONDAY, likely_days=5, due=november(6)),
            stone("b", "a", likely_days=5, due=november(13)),
            stone("c", "b", likely_days=10, due=november(25)),
        )
    )
    value = moved(value, "a", reached_on=november(12))
    assert earned_so_far(value, plan(value, november(6))) is None
    found = earned_so_far(value, plan(value, november(16)))
    assert (found.period, found.planned, found.es) == (14, 24, 11)
    assert found.spi_t == pytest.approx(11 / 14)
    assert found.ieac_t == pytest.approx(24 * 14 / 11)


@pytest.mark.parametrize(("day", "pace"), [(13, 1), (14, 11 / 12), (16, 11 / 14), (20, 11 / 18)])
def test_the_pace_is_in_time_as_long_as_nothing_is_late_and_no_longer(day, pace):
    value = frozen(
        exact(stone("a", start=MONDAY, likely_days=5, due=november(6)), stone("b", "a", likely_days=5, due=november(13)))
    )
    value = moved(value, "a", reached_on=november(6))
    today = november(day)
    assert any(s.state is State.LATE for s in of_plan(value, today)) == (pace < 1)
    assert earned_so_far(value, plan(value, today)).spi_t == pytest.approx(pace)


def test_what_is_noted_as_reached_earns_nothing_while_its_readings_miss_the_target():
    goal = Target(id="t", milestone="a", metric="Words right", direction="at_least", target=80, unit="%")
    value = frozen(exact(stone("a", start=MONDAY, likely_days=5, due=november(6))).model_copy(update={"targets": (goal,)}))
    missed = Reading(id="r", target="t", when=november(6), value=70)
    value = moved(value, "a", reached_on=november(6)).model_copy(update={"readings": (missed,)})
    assert earned_so_far(value, plan(value, november(9))).spi_t < 1
    met = value.model_copy(update={"readings": (missed.model_copy(update={"value": 81}),)})
    assert earned_so_far(met, plan(met, november(9))) is None


def test_the_rest_of_a_running_plan_is_told_from_outside_where_it_was_measured():
    value = exact(stone("a", start=MONDAY, due=november(13)), stone("b", "a", due=date(2026, 12, 25)))
    looked = {day: tracking.outlook(value, plan(value, day)) for day in (MONDAY, november(16), date(2026, 12, 22))}
    assert (looked[MONDAY], looked[date(2026, 12, 22)]) == (None, None)
    found = looked[november(16)]
    assert (found.promised, found.factor) == (30, 1.8)
    assert found.end == WorkCalendar(november(16)).day_of_end(54) == date(2027, 1, 28)
    assert "Landmark" in found.source
    open_end = moved(value, "b", due=None)
    assert tracking.outlook(open_end, plan(open_end, november(16))) is None
    done = moved(moved(value, "a", reached_on=november(13)), "b", reached_on=november(13))
    assert tracking.outlook(done, plan(done, november(16))) is None


def test_a_closed_project_becomes_a_past_one():
    value = frozen(exact(stone("a", start=MONDAY, likely_days=5, due=november(6)), reference_kind="Chat"))
    value = moved(value, "a", reached_on=november(13))
    assert tracking.past_of("Bot", value, november(20)) == Past("Bot", "Chat", 5, 10)
    assert tracking.past_of("Bot", value, None) is None
    assert tracking.past_of("Bot", exact(stone("a", start=MONDAY, reached_on=november(13))), november(20)) is None
    assert tracking.past_of("Bot", frozen(exact(stone("a", start=MONDAY, due=november(6)))), november(20)) is None


def test_a_project_that_was_closed_before_it_reached_its_promise_is_no_past_one():
    value = frozen(exact(stone("a", start=MONDAY, due=november(6)), stone("b", "a", due=november(27))))
    stopped = moved(value, "a", reached_on=november(6))
    assert tracking.past_of("Bot", stopped, november(20)) is None
    assert tracking.past_of("Bot", moved(stopped, "b", reached_on=november(30)), november(20)) is None
    assert tracking.past_of("Bot", moved(stopped, "b", reached_on=november(19)), november(20)) is not None


# Everything


def test_plans_are_kept_by_what_they_say():
    value = exact(stone("a", start=MONDAY, likely_days=5), people=(person("ada"),), assignments=(works("ada", "a"),))
    assert hash(plan(value, BEFORE)) == hash(plan(value, BEFORE))
    assert plan(value, BEFORE) == plan(value, BEFORE)
    assert plan(value, BEFORE) != plan(value, MONDAY)


@pytest.mark.parametrize("shown", samples(), ids=lambda s: s.slug)
def test_every_sample_has_its_plan_in_figures(shown):
    value = shown.charter.milestones
    found = plan(value, shown.today)
    told = rows(value, found)
    assert [row.id for row in told] == [m.id for m in value.milestones]
    assert {row.id for row in told if row.expected is None} == set(found.left_out)
    assert staffing(found).conflicts == () or staffing(found).rule


def test_a_plan_of_many_long_milestones_is_worked_out_at_once():
    stones = tuple(
        stone(f"m{n:03}", *([f"m{n - 7:03}"] if n > 6 else ()), start=MONDAY, best_days=10, likely_days=9_000, worst_days=10_000)
        for n in range(150)
    )
    value = Milestones(
        milestones=stones,
        people=(person("ada"), person("bob")),
        assignments=tuple(works(who, m.id, 40) for m in stones for who in ("ada", "bob")),
    )
    begin = time.perf_counter()
    found = plan(value, BEFORE)
    assert forecast(found).p80
    assert staffing(found).rule == Way.RULE.label
    assert time.perf_counter() - begin < 20
