"""Where projects lie on the map and milestones in the timeline: nothing covers anything else, and nothing lies outside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scoping.portfolio.figures import CanWork, Figures
from scoping.portfolio.lanes import bars, window
from scoping.portfolio.map import HEIGHT, WIDTH, Box, laid_out

TODAY = date(2026, 12, 1)


def valued(worth: float, can_work: CanWork = CanWork.LIKELY, currency: str = "EUR", **more: object) -> Figures:
    return Figures(currency=currency, low=worth / 2, worth=worth, high=worth * 1.5, can_work=can_work, **more)


def several(*figures: Figures):
    return laid_out([(str(n), f"Project number {n}", f) for n, f in enumerate(figures)], {"EUR": 1.0, "USD": 0.5})


def test_more_worth_lies_higher_and_more_certain_work_further_on() -> None:
    poor, rich, doubtful = several(valued(100), valued(1000), valued(100, CanWork.DOUBTFUL)).points
    assert rich.y < poor.y
    assert doubtful.x < poor.x
    assert poor.high < poor.y < poor.low
    assert doubtful.y == pytest.approx(poor.y)


def test_what_is_not_known_is_never_drawn_as_known() -> None:
    assert not several(valued(100, CanWork.UNKNOWN)).points[0].is_known
    assert several(Figures(currency="EUR")).points == ()
    assert several(valued(100, currency="JPY")).points == ()
    (dollars, euros) = several(valued(200, currency="USD"), valued(100)).points
    assert dollars.y == pytest.approx(euros.y)


def test_no_name_lies_on_a_point_or_on_another_name() -> None:
    found = several(*(valued(100 + 37 * n % 400, list(CanWork)[n % 5]) for n in range(40))).points
    dots = [Box(p.x * WIDTH - 9, p.y * HEIGHT - 9, p.x * WIDTH + 9, p.y * HEIGHT + 9) for p in found]
    names = [
        Box(p.name_at[0] * WIDTH, p.name_at[1] * HEIGHT, p.name_at[0] * WIDTH + 7 * len(p.name), p.name_at[1] * HEIGHT + 33)
        for p in found
        if p.name_at
    ]
    assert len(names) > 8
    for n, name in enumerate(names):
        assert not any(map(name.meets, dots))
        assert not any(map(name.meets, names[:n]))
        assert name.left >= 0
        assert name.right <= WIDTH


@pytest.mark.parametrize("worth", [[0.0], [-5.0, 5.0], [1e9, 1.0], [3.0]])
def test_the_amounts_at_the_side_enclose_all_ranges_and_zero(worth: list[float]) -> None:
    ticks = [amount for amount, _ in several(*map(valued, worth)).ticks]
    assert ticks == sorted(ticks)
    assert min(ticks) <= min(0, *worth, *(w * 1.5 for w in worth), *(w / 2 for w in worth))
    assert max(ticks) >= max(0, *worth, *(w * 1.5 for w in worth))
    assert 0 in ticks
    assert 2 <= len(ticks) <= 9


def day(n: int) -> date:
    return TODAY + timedelta(days=n)


def test_milestones_that_overlap_lie_in_lanes_of_their_own() -> None:
    shown = window([day(-20), day(100)], TODAY)
    placed = bars([(day(0), day(30)), (day(10), day(40)), (day(31), day(60)), (None, day(80)), (None, None), (day(5), None)], shown)
    assert [bar is None for bar in placed] == [False, False, False, False, True, False]
    known = [bar for bar in placed if bar]
    assert max(bar.lane for bar in known) == 1
    assert all(0 <= bar.begin < bar.end <= 1 for bar in known)
    for n, one in enumerate(known):
        assert not any(one.lane == other.lane and one.begin < other.end and other.begin < one.end for other in known[:n])


def test_the_window_keeps_to_the_days_around_today() -> None:
    shown = window([date.min, date.max, day(10)], TODAY)
    assert shown.first < TODAY < shown.last
    assert (shown.last - shown.first).days < 600
    assert bars([(date.min, day(-400)), (day(500), date.max)], shown) == (None, None)
    months = list(shown.months())
    assert months == sorted(set(months))
    assert all(m.day == 1 and shown.first < m <= shown.last + timedelta(days=31) for m in months)
    assert 3 <= len(months) <= 12
