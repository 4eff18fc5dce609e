"""Status follows from readings and dates: every rule once, unknown apart from safe, impossible values refused."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from scoping.health import ICONS as HEALTH_ICONS
from scoping.health import Word
from scoping.milestones import possible, status
from scoping.milestones.possible import ImpossibleReadingError
from scoping.milestones.status import ICONS, State
from scoping.rollout import monitors
from scoping.rollout.monitors import Alarm
from scoping.sections.milestones import Direction, Family, Gate, Milestone, Milestones, Reading, Target
from scoping.sections.rollout import Bound, Monitor, MonitorReading, Rollout
from scoping.sections.value import Rung

START, DUE = date(2027, 1, 4), date(2027, 4, 5)
TODAY = date(2027, 2, 15)
MILESTONE = Milestone(id="m", deliverable="Recogniser", start=START, due=DUE)
ACCURACY = Target(
    id="t", milestone="m", family=Family.ML, metric="Accuracy", direction=Direction.AT_LEAST, target=85.0, unit="%", baseline=65.0
)
ERROR = ACCURACY.model_copy(update={"metric": "Words wrong", "direction": Direction.AT_MOST, "target": 10.0, "baseline": 30.0})


def readings(*values, start=START, days=7, target="t"):
    return [Reading(id=f"r{i}", target=target, when=start + timedelta(days=days * i), value=v) for i, v in enumerate(values)]


def stand(given, target=ACCURACY, today=TODAY, milestone=MILESTONE):
    return status.of_target(target, milestone, given, today)


def test_a_met_target_is_done_even_after_its_day_and_says_since_when():
    found = stand(readings(70, 86, 87))
    assert (found.state, found.way) == (State.DONE, pytest.approx(1.1))
    assert "Met since 11 Jan 2027" in found.rule
    late = stand(readings(86, start=DUE + timedelta(days=2)), today=DUE + timedelta(days=9))
    assert late.state is State.DONE
    assert "2 days after it was due" in late.rule


def test_no_reading_is_never_safe():
    assert stand([]).state is State.UNKNOWN
    assert stand([], today=DUE + timedelta(days=1)).state is State.LATE
    assert stand([], today=DUE).state is State.UNKNOWN
    assert stand([], today=START - timedelta(days=1)).state is State.NOT_STARTED


def test_an_unmet_target_is_late_from_the_day_after_it_was_due():
    given = readings(84, start=DUE)
    assert stand(given, today=DUE).state is not State.LATE
    assert stand(given, today=DUE + timedelta(days=1)).state is State.LATE


def test_a_late_target_is_told_when_it_is_met_at_its_rate():
    given = readings(*[30 * 0.9**i for i in range(7)], days=7)
    early = MILESTONE.model_copy(update={"due": START + timedelta(days=30)})
    found = stand(given, ERROR, milestone=early, today=TODAY + timedelta(days=3))
    assert found.state is State.LATE
    assert "it is met around 18 Mar 2027" in found.rule


def test_the_share_of_the_way_is_held_against_the_share_of_the_time_while_no_rate_is_known():
    half_time = START + (DUE - START) / 2
    ahead, behind = (stand(readings(v, start=half_time), today=half_time) for v in (77, 70))
    assert (ahead.state, ahead.way) == (State.ON_TRACK, pytest.approx(0.6))
    assert behind.state is State.AT_RISK
    assert "25\u00a0% of the way with 49\u00a0% of the time gone (18 Feb 2027)" in behind.rule


def test_a_steady_rate_forecasts_the_day_and_an_uncertain_one_is_at_risk():
    steady = stand(readings(*[30 * 0.9**i for i in range(7)], days=7), ERROR)
    # 30 * 0.9^n = 10 at n = 10.43 weeks
    assert steady.arrival.when == START + timedelta(days=math.ceil(7 * math.log(1 / 3) / math.log(0.9)))
    assert steady.state is State.ON_TRACK
    slow = stand(readings(*[30 * 0.97**i for i in range(7)], days=7), ERROR)
    assert slow.state is State.AT_RISK
    assert slow.arrival.when > DUE
    noisy = stand(readings(30, 20, 28, 17, 24, 12, 18), ERROR)
    assert noisy.arrival.when <= DUE
    assert noisy.arrival.latest is None or noisy.arrival.latest > DUE
    assert noisy.state is State.AT_RISK
    worse = stand(readings(20, 22, 24, 26, 28), ERROR)
    assert worse.state is State.AT_RISK
    assert "not met" in worse.rule


def test_a_target_that_was_met_and_fell_back_is_at_risk():
    assert "fallen back" in stand(readings(86, 80)).rule


def test_an_old_reading_says_nothing_about_today():
    given = readings(84)
    found = stand(given, today=START + timedelta(days=status.FRESH_DAYS + 1))
    assert found.state is State.UNKNOWN
    assert "too old" in found.rule


def test_one_reading_without_a_baseline_is_too_little_to_tell():
    bare = ACCURACY.model_copy(update={"baseline": None})
    assert stand(readings(84, start=TODAY), bare).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("value", "when", "words"),
    [
        (math.nan, TODAY, "not a number"),
        (math.inf, TODAY, "infinite"),
        (None, TODAY, "empty"),
        (80.0, None, "date is missing"),
        (80.0, TODAY + timedelta(days=2), "in the future"),
        (80.0, START - timedelta(days=1), "before the project begins"),
        (101.0, TODAY, "not between 0 and 100 %"),
        (-0.5, TODAY, "not between 0 and 100 %"),
    ],
)
def test_what_cannot_be_true_is_refused_with_target_and_value(value, when, words):
    with pytest.raises(ImpossibleReadingError, match=words) as error:
        possible.refuse_impossible(ACCURACY, value, when, TODAY, START)
    assert "Accuracy" in error.value.message


def test_scales_follow_the_target():
    share = ACCURACY.model_copy(update={"target": 0.85, "baseline": 0.6, "unit": ""})
    with pytest.raises(ImpossibleReadingError, match="share"):
        possible.refuse_impossible(share, 86.0, TODAY, TODAY, START)
    possible.refuse_impossible(share, 0.86, TODAY, TODAY, START)
    growth = ACCURACY.model_copy(update={"family": Family.BUSINESS, "metric": "Growth"})
    possible.refuse_impossible(growth, -3.0, TODAY, TODAY, START)
    assert "86" in possible.doubtful(ACCURACY, 0.86)
    assert not possible.doubtful(ERROR, 0.86)
    assert "11.5" in possible.doubtful(ERROR, 0.115)
    assert not possible.doubtful(ERROR.model_copy(update={"target": 0.5, "baseline": 1.0}), 0.004)


def test_impossible_readings_in_the_charter_do_not_count_and_are_told():
    found = stand([*readings(70), Reading(id="x", target="t", when=TODAY, value=850.0)])
    assert found.latest.value == 70
    assert any("850" in r for r in found.remarks)


def test_the_last_reading_of_a_day_counts():
    given = [Reading(id=str(i), target="t", when=TODAY, value=v) for i, v in enumerate((86.0, 70.0))]
    assert stand(given).latest.value == 70


def plan(targets, given=(), **more):
    return Milestones(milestones=(MILESTONE,), targets=tuple(targets), readings=tuple(given), **more)


def test_the_worst_target_decides_and_done_takes_all():
    second = ERROR.model_copy(update={"id": "u"})
    one = readings(86, start=TODAY)
    (mixed,) = status.of_plan(plan([ACCURACY, second], one), TODAY)
    assert (mixed.state, mixed.met, mixed.met_on) == (State.UNKNOWN, 1, None)
    both = [*one, Reading(id="z", target="u", when=TODAY - timedelta(days=3), value=9.0)]
    (done,) = status.of_plan(plan([ACCURACY, second], both), TODAY)
    assert (done.state, done.met_on) == (State.DONE, TODAY)


def test_a_target_without_a_number_keeps_a_milestone_from_being_done():
    open_ = ERROR.model_copy(update={"id": "u", "target": None})
    (found,) = status.of_plan(plan([ACCURACY, open_], readings(86, start=TODAY)), TODAY)
    assert (found.state, found.met_on) == (State.UNKNOWN, None)
    assert "“Words wrong” has no number yet" in found.rule


def test_a_milestone_noted_as_reached_is_not_done_while_its_readings_disagree():
    noted = MILESTONE.model_copy(update={"reached_on": TODAY})
    value = plan([ACCURACY], readings(70, start=TODAY)).model_copy(update={"milestones": (noted,)})
    (found,) = status.of_plan(value, TODAY)
    assert found.state is not State.DONE
    assert "do not show" in found.rule
    (without,) = status.of_plan(value.model_copy(update={"targets": ()}), TODAY)
    assert without.state is State.DONE
    assert without.met_on == TODAY


def test_what_waits_for_a_late_milestone_is_at_risk():
    early = Milestone(id="e", deliverable="Data", start=START, due=TODAY - timedelta(days=1))
    after = MILESTONE.model_copy(update={"depends_on": ("e",), "start": TODAY + timedelta(days=5)})
    value = Milestones(milestones=(early, after), targets=(ACCURACY,))
    first, second = status.of_plan(value, TODAY)
    assert first.state is State.LATE
    assert second.state is State.AT_RISK
    assert "waits for “Data”" in second.rule


def test_a_goal_follows_the_targets_of_its_metric():
    rungs = (Rung(id="a", metric=" accuracy "), Rung(id="b", metric="Revenue"))
    (found,) = status.goals(rungs, status.of_plan(plan([ACCURACY], readings(86, start=TODAY)), TODAY))
    assert (found.rung.id, found.state) == ("a", State.DONE)


def test_a_monitor_raises_an_alarm_only_beyond_its_threshold_and_is_unknown_without_reading():
    monitor = Monitor(id="m", trouble="Clipped", metric="Length", bound=Bound.BELOW, threshold=2.0, unit="s", who_reacts="On call")

    def seen(*values, today=TODAY):
        rows = tuple(MonitorReading(id=f"r{i}", monitor="m", when=TODAY, value=v) for i, v in enumerate(values))
        return monitors.of_monitors(Rollout(monitors=(monitor,), readings=rows), today)[0]

    assert seen().alarm is Alarm.UNKNOWN
    assert seen(2.0).alarm is Alarm.CALM
    assert seen(1.9).alarm is Alarm.RAISED
    assert "On call reacts" in seen(1.9).rule
    assert seen(2.5, today=TODAY + timedelta(days=60)).alarm is Alarm.UNKNOWN


def test_every_state_has_a_word_and_an_icon():
    assert set(ICONS) == set(State)
    assert len(set(ICONS.values())) == len(ICONS)
    assert all(ICONS[state] == HEALTH_ICONS[word] for state in State for word in Word if state.label == word.label)
    assert all(s.label for s in State)


def test_a_milestone_that_its_gate_stopped_is_neither_late_nor_done():
    stopped = MILESTONE.model_copy(update={"gate": Gate.STOP, "gate_on": date(2027, 3, 1)})
    found = status.of_milestone(stopped, [stand(readings(70.0), milestone=stopped)], Gate.STOP, DUE + timedelta(days=30))
    assert found.state is State.STOPPED
    assert "1 Mar 2027" in found.rule


def test_a_reading_of_today_is_taken_although_the_project_begins_next_week():
    possible.refuse_impossible(ACCURACY, 80.0, START - timedelta(days=7), START - timedelta(days=7), START)
    with pytest.raises(possible.ImpossibleReadingError, match="before the project begins"):
        possible.refuse_impossible(ACCURACY, 80.0, START - timedelta(days=7), START, START)


@pytest.mark.parametrize(("read_after", "state"), [(-1, State.AT_RISK), (1, State.ON_TRACK)])
def test_a_milestone_to_be_reworked_is_at_risk_until_it_was_read_again(read_after, state):
    decided = TODAY - timedelta(days=3)
    reworked = MILESTONE.model_copy(update={"gate": Gate.REWORK, "gate_on": decided, "due": TODAY + timedelta(days=60)})
    given = (Reading(id="r", target="t", when=decided + timedelta(days=read_after), value=84),)
    plan = Milestones(milestones=(reworked,), targets=(ACCURACY,), readings=given)
    assert status.of_plan(plan, TODAY)[0].state is state
