"""Who is booked twice is found, and levelled plans book nobody twice and end as early as they can."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.errors import CalculationError
from scoping.milestones import levelling
from scoping.milestones.levelling import Job, Way, as_planned, level, stretches


def full(name: str, days: int, *after: str, person: str = "ada", **more: object) -> Job:
    return Job(id=name, days=days, uses=((person, 100.0),), after=after, **more)


def booked_twice(jobs: list[Job], starts: dict[str, int], shares: dict[str, float]) -> bool:
    return any(s.booked > shares[s.person] + 1e-6 for s in stretches(jobs, starts))


def test_days_of_one_load_are_told_as_one_stretch():
    jobs = [
        Job(id="a", days=3, uses=(("ada", 60.0),)),
        Job(id="b", days=2, uses=(("ada", 50.0),), not_before=2),
        Job(id="c", days=1, uses=(("bob", 10.0),)),
    ]
    found = [(s.person, s.first, s.last, s.booked, s.jobs) for s in stretches(jobs, as_planned(jobs))]
    assert found == [
        ("ada", 0, 1, 60.0, ("a",)),
        ("bob", 0, 0, 10.0, ("c",)),
        ("ada", 2, 2, 110.0, ("a", "b")),
        ("ada", 3, 3, 50.0, ("b",)),
    ]


def test_two_jobs_of_one_person_follow_each_other_and_those_of_two_do_not():
    assert level([full("a", 3), full("b", 2)], {"ada": 100}).end == 5
    found = level([full("a", 3), full("b", 2, person="bob")], {"ada": 100, "bob": 100})
    assert (found.end, dict(found.starts)) == (3, {"a": 0, "b": 0})


def test_shares_that_fit_run_at_the_same_time():
    thirds = [Job(id=name, days=4, uses=(("ada", 33.3),)) for name in "abc"]
    assert level(thirds, {"ada": 99.9}).end == 4
    assert level(thirds, {"ada": 99.8}).end == 8


def random_jobs(count: int, seed: int) -> list[Job]:
    chance = np.random.default_rng(seed)
    return [
        Job(
            id=f"m{i:02}",
            days=int(chance.integers(3, 30)),
            uses=tuple((f"p{p}", float(chance.choice([25, 50, 100]))) for p in chance.choice(4, 2, replace=False)),
            after=tuple(f"m{j:02}" for j in chance.choice(i, min(i, 2), replace=False)) if i and chance.random() < 0.6 else (),
        )
        for i in range(count)
    ]


TEAM = {f"p{p}": 100.0 for p in range(4)}


def test_the_shortest_plan_is_shorter_than_that_of_the_rule_where_the_rule_is_not_best(monkeypatch):
    jobs = random_jobs(8, 5)
    shortest = level(jobs, TEAM)
    monkeypatch.setattr(levelling, "LARGEST", 7)
    by_rule = level(jobs, TEAM)
    assert (shortest.way, by_rule.way) == (Way.SHORTEST, Way.RULE)
    assert shortest.end < by_rule.end


def test_a_search_that_was_cut_short_does_not_call_its_plan_the_shortest(monkeypatch):
    jobs = random_jobs(8, 5)
    monkeypatch.setattr(levelling, "STEPS", 40)
    found = level(jobs, TEAM)
    assert found.way is Way.SEARCHED
    assert not booked_twice(jobs, dict(found.starts), TEAM)


@pytest.mark.parametrize("seed", range(4))
def test_a_dozen_milestones_are_levelled_for_certain(seed):
    found = level(random_jobs(11, seed), TEAM)
    assert found.way is Way.SHORTEST


def test_by_the_rule_goes_first_what_must_be_done_first(monkeypatch):
    monkeypatch.setattr(levelling, "LARGEST", 0)
    jobs = [full("a", 4), full("b", 4), Job(id="tail", days=6, uses=(), after=("b",))]
    found = level(jobs, {"ada": 100})
    assert dict(found.starts) == {"a": 4, "b": 0, "tail": 4}


def test_what_has_begun_stays_and_others_move_around_it():
    jobs = [full("a", 4, not_before=2, is_fixed=True), full("b", 3), full("c", 2)]
    found = dict(level(jobs, {"ada": 100}).starts)
    assert found["a"] == 2
    assert sorted(found.values()) == [0, 2, 6]


def test_two_that_have_begun_both_stay_though_they_clash():
    jobs = [full("a", 4, is_fixed=True), full("b", 4, is_fixed=True), full("c", 1)]
    found = level(jobs, {"ada": 100})
    assert dict(found.starts) == {"a": 0, "b": 0, "c": 4}


def test_a_need_that_nobody_can_meet_moves_nothing():
    jobs = [Job(id="a", days=2, uses=(("ada", 80.0),)), Job(id="b", days=2, uses=(("ada", 40.0),))]
    assert level(jobs, {"ada": 50}).end == 2
    assert level([full("a", 2), full("b", 2)], {}).end == 2


def test_work_rests_while_people_are_away():
    one = Job(id="a", days=3, uses=(("ada", 100.0),), pauses=((1, 4),))
    assert (one.segments(0), one.end(0), one.first(1), one.end(1)) == ([(0, 1), (4, 6)], 6, 4, 7)
    found = level([one, full("b", 2, pauses=((1, 4),))], {"ada": 100})
    assert found.end == 8


def test_what_is_not_done_yet_lasts_until_today():
    assert full("a", 3, not_before=1).lasting_until(6).days == 5
    assert full("a", 3).lasting_until(2).days == 3
    assert full("a", 3, pauses=((1, 3),)).lasting_until(6).days == 4


def test_jobs_without_length_book_nobody():
    found = level([full("a", 0), full("b", 2, "a"), full("c", 0, "b")], {"ada": 100})
    assert (dict(found.starts), found.end) == ({"a": 0, "b": 0, "c": 2}, 2)
    assert level([], {}).end == 0


def test_a_circle_is_refused_in_words():
    with pytest.raises(CalculationError, match="wait for each other"):
        level([full("a", 1, "b"), full("b", 1, "a")], {"ada": 100})


def test_a_large_plan_is_placed_by_the_rule_and_books_nobody_twice():
    jobs, shares = random_jobs(60, 1), TEAM
    found = level(jobs, shares)
    assert found.way is Way.RULE
    starts = dict(found.starts)
    assert booked_twice(jobs, as_planned(jobs), shares)
    assert not booked_twice(jobs, starts, shares)
    ends = {job.id: job.end(starts[job.id]) for job in jobs}
    assert all(starts[job.id] >= ends[before] for job in jobs for before in job.after)
