"""Pictures of the data step: cost against time, data against time, the learning curve, and data month by month.

Scales name their domains: the page hands data over after the picture, and a scale without either warns meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping import drawing as draw
from scoping.drawing import Palette, Picture, Row
from scoping.section import short

if TYPE_CHECKING:
    from scoping.acquisition import Plan
    from scoping.acquisition_months import Schedule
    from scoping.data_plan import Supply
    from scoping.learning_curve import Curve, Point

_POINTS_OF_CURVE = 60


def frontier(plans: tuple[Plan, ...], chosen: Plan, seen: Supply, theme: Palette) -> Picture | None:
    """What fewer days cost for the amount wanted, with the chosen plan; None when there is no choice."""
    if len(plans) < 2:
        return None
    return Picture(
        _steps([(p.days, p.cost, _told(p, seen)) for p in plans], chosen.days, chosen.cost, f"Cost in {seen.currency}", theme),
        f"Cost against days of {draw.count(len(plans), 'plan')}: {draw.listed(_told(p, seen) for p in plans)}.",
        "Every dot is a plan that no other beats in both cost and days. The diamond is the plan above.",
    )


def growth(plans: tuple[Plan, ...], chosen: Plan, seen: Supply, theme: Palette) -> Picture | None:
    """How much data can be had in how many days, with the chosen plan; None when there is no choice."""
    if len(plans) < 2:
        return None
    title = f"Data in {short(seen.unit, 20)}" if seen.unit else "Data"
    return Picture(
        _steps([(p.days, p.useful, _told(p, seen)) for p in plans], chosen.days, chosen.useful, title, theme),
        f"Data against days of {draw.count(len(plans), 'plan')}: {draw.listed(_told(p, seen) for p in plans)}.",
        "How much can be had in so many days. The diamond is the plan above.",
    )


def _told(plan: Plan, seen: Supply) -> str:
    return f"{draw.count(plan.days, 'day')}: {seen.much(plan.useful)} for {seen.money(plan.cost)}"


def _steps(plans: Sequence[tuple[int, float, str]], day: int, value: float, title: str, theme: Palette) -> Any:
    rows: list[Row] = [{"c0": days, "c1": height, "c5": told} for days, height, told in plans]
    mark: list[Row] = [{"c0": day, "c1": value, "c5": "The plan above"}]
    x = _quantity("c0", [0, *(r["c0"] for r in [*rows, *mark])], "Days", theme)
    y = _quantity("c1", [0, *(r["c1"] for r in [*rows, *mark])], title, theme, format="~s")
    line = draw.chart(rows).mark_line(interpolate="step-after", strokeWidth=2, color=theme.first).encode(x=x, y=y)
    dots = draw.chart(rows).mark_point(filled=True, size=70, opacity=1, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("c5"))
    here = draw.chart(mark).mark_point(
        shape="diamond", filled=True, size=240, opacity=1, color=theme.second, stroke=theme.paper, strokeWidth=1.5
    )
    return draw.layers([line, dots, here.encode(x=x, y=y, tooltip=draw.tip("c5"))], height=230)


def _quantity(field: str, values: Sequence[float], title: str, theme: Palette, **options: Any) -> Any:
    import altair as alt

    low, high = min(values), max(values)
    room = (high - low) * 0.06 or 1
    scale = alt.Scale(domain=[low, high + room], nice=False, zero=False)
    looks = draw.axis(theme, title=title, tickCount=6, **options)
    make = alt.X if field == "c0" else alt.Y
    return make(field=field, type="quantitative", scale=scale, axis=looks)


def learning(curve: Curve, points: tuple[Point, ...], target: float | None, unit: str, theme: Palette) -> Picture:
    """The readings, the curve through them, its interval beyond them and the target; errors in per cent, amounts logarithmic."""
    import altair as alt

    first = min(p.size for p in points)
    sizes = np.geomspace(first, curve.last, _POINTS_OF_CURVE).tolist()
    ahead = [curve.forecast(size) for size in np.geomspace(curve.last, curve.farthest, _POINTS_OF_CURVE).tolist()]
    seen = [{"c0": p.size, "c1": 100 * p.error, "c5": f"{p.size:,.6g}: {100 * p.error:.3g} %"} for p in points]
    fitted = [{"c0": s, "c1": 100 * curve.error(s)} for s in sizes]
    beyond = [{"c0": f.size, "c1": 100 * f.error, "c2": 100 * f.low, "c3": 100 * f.high} for f in ahead]
    heights = [100 * p.error for p in points] + [100 * value for f in ahead for value in (f.low, f.high)]
    heights += [] if target is None else [100 * target]
    title = f"Training data in {short(unit, 20)}" if unit else "Training data"
    looks = draw.axis(theme, title=title, tickCount=6, format="~s", grid=False)
    x = alt.X(
        field="c0",
        type="quantitative",
        axis=looks,
        scale=alt.Scale(type="log", domain=[first, curve.farthest], nice=False, zero=False),
    )
    y = _quantity("c1", [0, *heights], "Error in %", theme)
    band = draw.chart(beyond).mark_area(color=theme.first, opacity=0.18)
    layers = [
        band.encode(x=x, y=alt.Y(field="c2", type="quantitative", scale=y["scale"], axis=y["axis"]), y2=alt.Y2(field="c3")),
        draw.chart(fitted).mark_line(color=theme.first, strokeWidth=2).encode(x=x, y=y),
        draw.chart(beyond).mark_line(color=theme.first, strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=y),
        draw.chart(seen).mark_point(filled=True, size=90, opacity=1, color=theme.ink).encode(x=x, y=y, tooltip=draw.tip("c5")),
    ]
    if target is not None:
        rule = draw.chart([{"c1": 100 * target, "c5": f"Error to reach: {100 * target:.3g} %"}])
        layers.append(
            rule.mark_rule(color=theme.second, strokeDash=[6, 3], strokeWidth=2).encode(
                y=alt.Y(field="c1", type="quantitative"), tooltip=draw.tip("c5")
            )
        )
    last = ahead[-1]
    goal = "" if target is None else f" The error to reach is {100 * target:.3g} %."
    return Picture(
        draw.layers(layers, height=260),
        f"Learning curve through {draw.count(len(points), 'reading')}: {100 * curve.last_error:.3g} % with the most data measured, "
        f"{100 * last.error:.3g} % expected with ten times as much, interval {100 * last.low:.3g} to {100 * last.high:.3g} %.{goal}",
        "Dots are readings. Beyond them, the band holds about 80 of 100 outcomes; nothing is said past ten times the data.",
    )


def months(schedule: Schedule, monthly: float, seen: Supply, theme: Palette) -> Picture | None:
    """Data and money month by month; None when nothing arrives."""
    if not schedule.arrivals:
        return None
    rows: list[Row] = [
        {
            "c0": month,
            "c1": schedule.useful_by(month),
            "c5": f"Month {month}: {seen.much(schedule.useful_by(month))}, {seen.money(schedule.cost_by(month))} spent "
            f"of {seen.money(month * monthly)}",
        }
        for month in range(schedule.months + 1)
    ]
    x = _quantity("c0", [r["c0"] for r in rows], "Month", theme)
    title = f"Data in {short(seen.unit, 20)}" if seen.unit else "Data"
    y = _quantity("c1", [0, *(r["c1"] for r in rows)], title, theme, format="~s")
    line = draw.chart(rows).mark_line(interpolate="step-after", strokeWidth=2.5, color=theme.first).encode(x=x, y=y)
    dots = draw.chart(rows).mark_point(filled=True, size=60, opacity=1, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("c5"))
    return Picture(
        draw.layers([line, dots], height=220),
        f"Data over {draw.count(schedule.months, 'month')}: {draw.listed((str(r['c5']) for r in rows[1:]), 36)}.",
    )
