"""Laws of plans: what delays never hastens, work falls on working days, and levelled plans equal enumeration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping.milestones import forecast
from scoping.milestones import plan as milestones_plan
from scoping.milestones.levelling import Job, Way, as_planned, level, stretches
from scoping.milestones.schedule import Overrun, Task, longest_path, simulate
from scoping.milestones.work_calendar import WorkCalendar
from scoping.numbers.ranges import Range
from scoping.sections.milestones import Assignment, Holiday, Milestone, Milestones, Person, WorkWeek

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
CLOSE = 1e-9
DRAWS = 200

times = st.integers(0, 20).map(float)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 15), max_size=4)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def plans(draw: st.DrawFn, least: int = 1, most: int = 7, begun: bool = True) -> list[Task]:
    tasks = []
    for place in range(draw(st.integers(least, most))):
        ends = sorted(draw(st.tuples(times, times, times)))
        after = tuple(f"t{i}" for i in range(place) if draw(st.booleans()))
        state = draw(st.sampled_from(["", "", "", "ended", "open"]))
        tasks.append(
            Task(
                id=f"t{place}",
                duration=Range(*ends),
                after=after,
                not_before=draw(st.sampled_from([0.0, 0.0, 3.0, 9.0])),
                pauses=draw(pauses()),
                ended=draw(times) if state == "ended" else None,
                open_at=draw(times) if state == "open" else None,
                elapsed=draw(times) if state == "open" and begun else 0.0,
            )
        )
    return tasks


overruns = st.tuples(st.floats(0.5, 2), st.floats(1, 2)).map(lambda pair: Overrun(pair[0], pair[0] * pair[1]))


def no_earlier(later: dict[str, np.ndarray], sooner: dict[str, np.ndarray]) -> bool:
    return all((later[t] >= sooner[t] - CLOSE).all() for t in sooner)


@FEW
@given(plans(least=2), overruns, st.data())
def test_one_more_dependency_never_makes_an_end_earlier(tasks, overrun, data):
    last = data.draw(st.integers(1, len(tasks) - 1))
    more = list(tasks)
    more[last] = replace(more[last], after=(*more[last].after, f"t{data.draw(st.integers(0, last - 1))}"))
    assert longest_path(more).length >= longest_path(tasks).length
    assert no_earlier(simulate(more, overrun, DRAWS).finishes, simulate(tasks, overrun, DRAWS).finishes)


@FEW
@given(plans(begun=False), overruns, st.floats(1, 3))
def test_more_overrun_never_makes_an_end_earlier(tasks, overrun, more):
    worse = Overrun(overrun.middle * more, overrun.bad * more)
    assert longest_path(tasks, more).length >= longest_path(tasks).length - CLOSE
    assert no_earlier(simulate(tasks, worse, DRAWS).finishes, simulate(tasks, overrun, DRAWS).finishes)


@FEW
@given(plans(), overruns)
def test_nothing_begins_before_what_it_waits_for_and_nothing_critical_can_wait(tasks, overrun):
    drawn = simulate(tasks, overrun, DRAWS)
    path = longest_path(tasks)
    for task in tasks:
        for before in task.after:
            assert (drawn.starts[task.id] >= drawn.finishes[before]).all()
        if task.ended is None:
            assert (drawn.worked(task) >= -CLOSE).all()
            assert (drawn.starts[task.id] >= task.not_before).all()
        assert path.slack(task.id) >= -CLOSE
    assert any(path.slack(t.id) <= CLOSE for t in tasks)


@FEW
@given(plans(), st.data())
def test_a_task_may_be_late_by_its_slack_and_no_more(tasks, data):
    path = longest_path(tasks)
    one = data.draw(st.sampled_from([t for t in tasks if t.ended is None] or [None]))
    assume(one is not None)

    def ending(at: float) -> float:
        return longest_path([replace(t, ended=at) if t is one else t for t in tasks]).length

    assert ending(path.latest[one.id]) <= path.length + CLOSE
    assert ending(path.latest[one.id] + 1) > path.length + CLOSE


@FEW
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(WorkWeek),
    st.sets(st.integers(0, 200), max_size=30),
    st.integers(0, 120),
    st.integers(1, 60),
)
def test_work_begins_and_ends_on_working_days_and_takes_as_many_as_planned(start, week, off, begin, taken):
    holidays = tuple(start + timedelta(days=n) for n in sorted(off))
    calendar = WorkCalendar(start, week, holidays)
    first, last = calendar.day_of_start(begin), calendar.day_of_end(begin + taken)
    assert calendar.is_working(first)
    assert calendar.is_working(last)
    assert first not in holidays
    assert last not in holidays
    assert calendar.between(first, last) == taken
    assert (calendar.morning(first), calendar.evening(last)) == (begin, begin + taken)


SHARES = {"ada": 100.0, "bob": 60.0}


@st.composite
def jobs(draw: st.DrawFn) -> list[Job]:
    made = []
    for place in range(draw(st.integers(1, 4))):
        uses = {p: draw(st.sampled_from([0.0, 30.0, 50.0, 60.0])) for p in SHARES}
        made.append(
            Job(
                id=f"j{place}",
                days=draw(st.integers(0, 3)),
                uses=tuple((p, share) for p, share in uses.items() if share),
                after=tuple(f"j{i}" for i in range(place) if draw(st.integers(0, 3)) == 0),
                not_before=draw(st.sampled_from([0, 0, 2])),
                is_fixed=draw(st.integers(0, 5)) == 0,
                pauses=draw(st.sampled_from([(), (), ((1, 3),), ((0, 1), (4, 6))])),
            )
        )
    return made


def enumerated(given_: list[Job], end: int) -> int:
    """The earliest end of all ways to begin jobs on whole days up to an end that is known to be enough."""
    best = end
    windows = [[j.not_before] if j.is_fixed else range(j.not_before, end + 1) for j in given_]
    for chosen in product(*windows):
        starts = {job.id: start for job, start in zip(given_, chosen, strict=True)}
        last = max(job.end(starts[job.id]) for job in given_)
        if last < best and allowed(given_, starts):
            best = last
    return best


def allowed(given_: list[Job], starts: dict[str, int]) -> bool:
    """Whether all wait for what they come after, and nobody is booked twice but by jobs that have begun alone."""
    ends = {job.id: job.end(starts[job.id]) for job in given_}
    if any(starts[j.id] < ends[a] for j in given_ if not j.is_fixed for a in j.after):
        return False
    begun = {j.id for j in given_ if j.is_fixed}
    return all(s.booked <= SHARES[s.person] + 1e-6 or set(s.jobs) <= begun for s in stretches(given_, starts))


@FEW
@given(jobs())
def test_a_levelled_plan_is_as_short_as_the_best_of_all(given_):
    found = level(given_, SHARES)
    starts = dict(found.starts)
    assert found.way is Way.SHORTEST
    assert allowed(given_, starts)
    assert found.end == max(job.end(starts[job.id]) for job in given_)
    assert found.end == enumerated(given_, found.end)


@FEW
@given(jobs())
def test_a_plan_without_double_bookings_is_left_as_it_is(given_):
    planned = as_planned(given_)
    if all(s.booked <= SHARES[s.person] + 1e-6 for s in stretches(given_, planned)):
        found = level(given_, SHARES)
        assert found.end == max(job.end(planned[job.id]) for job in given_)


MONDAY = date(2026, 11, 2)


@st.composite
def charters(draw: st.DrawFn) -> Milestones:
    stones = []
    for place in range(draw(st.integers(2, 6))):
        best, likely, worst = sorted(draw(st.tuples(times, times, times)))
        stones.append(
            Milestone(
                id=f"m{place}",
                start=draw(st.sampled_from([None, MONDAY, MONDAY + timedelta(days=12)])),
                best_days=best,
                likely_days=likely,
                worst_days=worst,
                depends_on=tuple(f"m{i}" for i in range(place) if draw(st.booleans())),
            )
        )
    away = draw(st.dates(MONDAY, MONDAY + timedelta(days=40)))
    return Milestones(
        milestones=(stones[0].model_copy(update={"start": MONDAY}), *stones[1:]),
        work_week=draw(st.sampled_from(WorkWeek)),
        holidays=tuple(Holiday(id=f"h{n}", day=MONDAY + timedelta(days=n)) for n in draw(st.sets(st.integers(1, 60), max_size=9))),
        people=(Person(id="ada", share=100, away_from=away, away_to=away + timedelta(days=draw(st.integers(0, 20)))),),
        assignments=(Assignment(id="x", person="ada", milestone="m0", share=50),),
    )


@FEW
@given(charters(), st.data())
def test_days_of_a_plan_are_working_days_and_a_dependency_makes_none_earlier(value, data):
    last = data.draw(st.integers(1, len(value.milestones) - 1))
    stones = list(value.milestones)
    more = (*stones[last].depends_on, f"m{data.draw(st.integers(0, last - 1))}")
    stones[last] = stones[last].model_copy(update={"depends_on": tuple(dict.fromkeys(more))})
    before, after = (milestones_plan.plan(v, MONDAY) for v in (value, value.model_copy(update={"milestones": tuple(stones)})))
    for one, other in zip(forecast.forecast(before).milestones, forecast.forecast(after).milestones, strict=True):
        assert all(before.calendar.is_working(day) for day in (one.start, one.likely, one.p50, one.p80))
        assert other.start >= one.start
        assert other.likely >= one.likely
        assert other.p50 >= one.p50
        assert other.p80 >= one.p80
    assert forecast.forecast(after).p80 >= forecast.forecast(before).p80
