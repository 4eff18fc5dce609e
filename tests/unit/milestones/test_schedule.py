"""Critical paths and simulated ends equal published networks, and a plan is never told as more certain than it is."""

from __future__ import annotations

import csv
import json
from typing import Any

import numpy as np
import pytest

from scoping.errors import CalculationError
from scoping.milestones.schedule import OVERRUN, Overrun, Task, longest_path, simulate
from scoping.numbers.ranges import Range
from scoping.numbers.shapes import Shape
from tests.tools import reference

NETWORKS = ("j12011_3", "j12060_6", "j3027_3", "j3042_3", "j305_1", "j6021_7", "j605_1", "j9028_1")
MANY = 100_000


def expected(name: str) -> Any:
    return json.loads(reference(f"timeline/{name}_expected.json").read_text(encoding="utf-8"))


def task(name: str, low: float, likely: float | None = None, high: float | None = None, *after: str, **more: Any) -> Task:
    return Task(id=name, duration=Range(low, low if likely is None else likely, low if high is None else high), after=after, **more)


def chain(days: list[list[float]], shape: Shape, name: str = "t") -> list[Task]:
    return [Task(id=f"{name}{i}", duration=Range(*d, shape), after=(f"{name}{i - 1}",) if i else ()) for i, d in enumerate(days)]


@pytest.mark.parametrize("network", NETWORKS)
def test_the_critical_path_of_a_published_network_is_as_long_as_printed(network):
    said = expected("psplib")[network]
    with reference(f"timeline/psplib_{network}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tasks = [task(r["task"], float(r["duration"]), None, None, *r["predecessors"].split()) for r in reversed(rows)]
    path = longest_path(tasks)
    assert len(tasks) == said["tasks"]
    assert path.length == said["critical_path_length"]
    durations = {t.id: t.duration.likely for t in tasks}
    assert all(path.slack(t.id) >= 0 for t in tasks)
    assert sum(durations[t] for t in path.critical) >= path.length
    # Lengthening a task by its slack changes nothing; by a day more, the end moves by that day.
    for one in tasks[:20]:
        for more, late in ((path.slack(one.id), 0), (path.slack(one.id) + 1, 1)):
            longer = [task(t.id, t.duration.likely + more, None, None, *t.after) if t is one else t for t in tasks]
            assert longest_path(longer).length == path.length + late


@pytest.mark.parametrize("name", ["public_triangular", "public_pert"])
def test_the_end_of_a_chain_is_right_within_half_a_per_cent(name):
    said = expected("monte_carlo")["chains"][name]
    drawn = simulate(chain(said["tasks"], Shape(said["distribution"])), n=MANY)
    assert drawn.end.mean() == pytest.approx(said["mean"], rel=0.005)
    assert drawn.end.std() == pytest.approx(said["sd"], rel=0.01)
    found = np.quantile(drawn.end, (0.1, 0.5, 0.8, 0.9))
    assert found == pytest.approx([said[p] for p in ("p10", "p50", "p80", "p90")], rel=0.005)
    assert set(drawn.critical.values()) == {1.0}


def test_two_branches_are_right_within_half_a_per_cent():
    said = expected("monte_carlo")["parallel"]["public"]
    shape = Shape(said["distribution"])
    drawn = simulate([t for i, days in enumerate(said["branches"]) for t in chain(days, shape, f"b{i}-")], n=MANY)
    assert drawn.end.mean() == pytest.approx(said["mean"], rel=0.005)
    assert np.quantile(drawn.end, (0.5, 0.8, 0.9)) == pytest.approx([said[p] for p in ("p50", "p80", "p90")], rel=0.005)
    assert drawn.critical["b0-0"] == pytest.approx(said["prob_first_branch_is_critical"], abs=0.005)


def test_a_network_is_right_within_half_a_per_cent():
    said = expected("monte_carlo")["network"]["public"]
    tasks = [
        Task(id=t, duration=Range(*days, Shape.PERT), after=tuple(said["predecessors"][t])) for t, days in said["tasks"].items()
    ]
    drawn = simulate(tasks, n=MANY)
    assert drawn.end.mean() == pytest.approx(said["mean"], rel=0.005)
    assert drawn.end.std() == pytest.approx(said["sd"], rel=0.01)
    assert np.quantile(drawn.end, (0.5, 0.8, 0.9)) == pytest.approx([said[p] for p in ("p50", "p80", "p90")], rel=0.005)
    assert drawn.critical == pytest.approx(said["criticality"], abs=0.005)
    told = {t: float(np.corrcoef(drawn.durations[t], drawn.end)[0, 1]) for t in tasks_of(said)}
    assert told == pytest.approx(said["correlation_with_finish"], abs=0.01)
    ranks = dict(drawn.drivers)
    assert [t for t, _ in drawn.drivers][:3] in (["data", "label", "train"], ["label", "data", "train"])
    assert abs(ranks["api"]) < 0.02


def tasks_of(case: Any) -> list[str]:
    return list(case["tasks"])


@pytest.mark.parametrize(("spread", "ratio"), [(0.2, 1.20), (0.3, 1.30), (0.43, 1.45)])
def test_ten_tasks_that_share_an_overrun_are_not_told_as_certain(spread, ratio):
    tasks = [task(f"t{i}", 5, 8, 20, *([f"t{i - 1}"] if i else [])) for i in range(10)]
    alone = np.quantile(simulate(tasks).end, (0.5, 0.8))
    assert alone[1] / alone[0] == pytest.approx(1.075, abs=0.01)
    overrun = Overrun(1, float(np.exp(spread * 0.8416212)))
    together = np.quantile(simulate(tasks, overrun).end, (0.5, 0.8))
    assert together[1] / together[0] == pytest.approx(ratio, abs=0.015)


@pytest.mark.parametrize(("middle", "bad"), [(1.0, 1.25), (1.79, 2.62), (0.9, 0.9)])
def test_half_and_four_fifths_of_the_draws_stay_below_the_stated_overruns(middle, bad):
    factor = simulate([task("a", 10)], Overrun(middle, bad)).end / 10
    assert np.quantile(factor, (0.5, 0.8)) == pytest.approx((middle, bad), rel=2e-3)
    assert factor.min() > 0


def test_what_delays_the_whole_project_is_told_beside_the_tasks():
    drawn = simulate([task("a", 5, 8, 20), task("b", 1, 2, 3)], Overrun(1, 1.5))
    names = [name for name, _ in drawn.drivers]
    assert names[:2] == [OVERRUN, "a"]
    assert simulate([task("a", 5)]).drivers == ()


def test_another_task_moves_no_figure_of_the_others():
    one = simulate([task("a", 5, 8, 20)], Overrun(1, 1.5))
    two = simulate([task("b", 1, 2, 3), task("a", 5, 8, 20)], Overrun(1, 1.5))
    assert np.array_equal(one.finishes["a"], two.finishes["a"])


def test_milestones_that_wait_for_each_other_are_refused_in_words():
    for tasks in ([task("a", 1, 1, 1, "b"), task("b", 1, 1, 1, "a")], [task("a", 1, 1, 1, "a")]):
        for work in (longest_path, simulate):
            with pytest.raises(CalculationError, match=r"wait for each other.*Remove one dependency"):
                work(tasks)


def test_what_comes_after_something_unknown_waits_for_nothing():
    assert longest_path([task("a", 3, None, None, "gone")]).length == 3


def test_an_empty_plan_and_one_without_length_end_at_once():
    assert longest_path([]).length == 0
    assert simulate([]).end.max() == 0
    drawn = simulate([task("a", 0), task("b", 0, None, None, "a")])
    assert drawn.end.max() == 0
    assert drawn.critical == {"a": 1.0, "b": 1.0}


def test_slack_and_critical_tasks_are_told_at_likely_durations():
    path = longest_path([task("a", 3), task("b", 5), task("c", 2, None, None, "a", "b"), task("d", 1, not_before=6.0)])
    assert (path.length, path.slack("a"), path.slack("d")) == (7, 2, 0)
    assert path.critical == {"b", "c", "d"}


def test_what_waits_for_a_day_leaves_slack_to_what_comes_before():
    path = longest_path([task("a", 3), task("b", 2, None, None, "a", not_before=10.0)])
    assert (path.length, path.slack("a")) == (12, 7)


def test_what_is_over_ended_when_it_ended_and_delays_nothing_any_more():
    drawn = simulate([task("a", 5, 8, 20, ended=4.0), task("b", 3, None, None, "a")])
    assert set(drawn.end) == {7.0}
    assert set(drawn.finishes["a"]) == {4.0}
    path = longest_path([task("a", 1), task("b", 5, None, None, "a", ended=9.0)])
    assert path.slack("a") == 8


def test_work_rests_in_its_pauses():
    rest = ((2.0, 4.0), (5.0, 6.0))
    for days, end in ((1, 1), (2, 2), (2.5, 4.5), (3, 5), (4, 7)):
        path = longest_path([task("a", days, pauses=rest)])
        assert path.length == end
    begun = longest_path([task("a", 2, pauses=rest, not_before=3.0)])
    assert begun.length == 7
    drawn = simulate([task("a", 4, pauses=rest)])
    assert set(drawn.worked(task("a", 4, pauses=rest))) == {4.0}


def test_a_pause_gives_slack_to_what_comes_before():
    path = longest_path([task("a", 2), task("b", 3, None, None, "a", pauses=((2.0, 5.0),))])
    assert (path.length, path.slack("a")) == (8, 3)
    path = longest_path([task("a", 2), task("b", 3, None, None, "a", pauses=((3.0, 5.0),))])
    assert (path.length, path.slack("a")) == (7, 0)


def test_what_is_unfinished_takes_as_long_as_those_that_are_unfinished_so_long():
    one, other = task("a", 5, 8, 20, elapsed=11.0), task("a", 5, 8, 20)
    drawn, all_of_them = simulate([one], n=MANY).end, simulate([other], n=MANY).end
    longer = all_of_them[all_of_them > 11]
    assert drawn.min() >= 11
    shares = (0.1, 0.5, 0.8, 0.95)
    assert np.quantile(drawn, shares) == pytest.approx(np.quantile(longer, shares), rel=1e-3)
    assert np.array_equal(simulate([task("a", 5, 8, 20, elapsed=4.0)], n=MANY).end, all_of_them)


def test_what_ought_to_be_over_by_any_draw_ends_now_at_the_earliest():
    assert set(simulate([task("a", 5, 8, 20, elapsed=30.0, open_at=30.0)]).end) == {30.0}
    assert set(simulate([task("a", 5, 8, 20, open_at=30.0)]).end) == {30.0}
    assert longest_path([task("a", 5, 8, 20, open_at=30.0)]).length == 30
