"""Pictures of the data step: plans against days, the learning curve, data by month, quality, and cost against amount.

Scales name their domains: the page hands data over after the picture, and a scale without either warns meanwhile.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping import currency as money
from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.data_sources.inventory import BEST, DIMENSIONS, List, only, rated, rating
from scoping.drawing import Palette, Picture, Row
from scoping.section import Answer, question
from scoping.sections.data_sources import DataSources, Source
from scoping.words import fine_percent, number_words, short

if TYPE_CHECKING:
    import altair as alt

    from scoping.data_sources.acquisition import AcquisitionPlan, Take
    from scoping.data_sources.months import Schedule
    from scoping.data_sources.supply import Supply
    from scoping.numbers.learning_curve import Curve, CurvePoint

_POINTS_OF_CURVE = 60


def frontier(plans: tuple[AcquisitionPlan, ...], chosen: AcquisitionPlan, seen: Supply, theme: Palette) -> Picture | None:
    """What fewer days cost for the amount wanted, with the chosen plan; None when there is no choice."""
    if len(plans) < 2:
        return None
    return Picture(
        _steps([(p.days, p.cost, _told(p, seen)) for p in plans], chosen.days, chosen.cost, f"Cost in {seen.currency}", theme),
        f"Cost against days of {scoping_words.count(len(plans), 'plan')}: {scoping_words.listed(_told(p, seen) for p in plans)}.",
        "Every dot is a plan that no other beats in both cost and days. The diamond is the plan above.",
    )


def growth(plans: tuple[AcquisitionPlan, ...], chosen: AcquisitionPlan, seen: Supply, theme: Palette) -> Picture | None:
    """How much data can be had in how many days, with the chosen plan; None when there is no choice."""
    if len(plans) < 2:
        return None
    title = f"Data in {short(seen.unit, 20)}" if seen.unit else "Data"
    return Picture(
        _steps([(p.days, p.useful, _told(p, seen)) for p in plans], chosen.days, chosen.useful, title, theme),
        f"Data against days of {scoping_words.count(len(plans), 'plan')}: {scoping_words.listed(_told(p, seen) for p in plans)}.",
        "How much can be had in so many days. The diamond is the plan above.",
    )


def arrivals(plan: AcquisitionPlan, seen: Supply, theme: Palette) -> Picture | None:
    """What a plan brings day by day, with what is there first and what is there last by name; None when nothing is taken."""
    if not plan.takes:
        return None
    ends = [(t, t.begins + t.offer.lead_days if t.offer.daily else t.ends) for t in plan.takes]
    days = sorted({0.0, *(day for t, begin in ends for day in (begin, t.ends)), plan.days * 1.15 or 1.0})
    rows: list[Row] = []
    for day in days:
        # A jump is drawn upright: the amount just before it, and the amount after.
        for including in (False, True):
            there = math.fsum(_there(t, begin, day, including=including) for t, begin in ends)
            rows.append({"day": day, "amount": there, "order": len(rows), "told": f"Day {math.ceil(day)}: {seen.much(there)}"})
    named = (plan,) if plan.first == plan else (plan.first, plan)
    marks: list[Row] = [
        {"day": p.days, "amount": p.amount, "told": f"day {p.days}: {seen.much(p.amount)}, {seen.money(p.cost)}"} for p in named
    ]
    x = _across("day", [0.0, days[-1]], "Working days from the start", theme)
    y = _up("amount", [0.0, plan.amount], f"Data in {short(seen.unit, 20)}" if seen.unit else "Data", theme, format="~s")
    line = draw.chart(rows).mark_line(color=theme.first, strokeWidth=2.5)
    layers = [
        line.encode(x=x, y=y, order=_in_order("order")),
        draw.ring(draw.chart(marks), theme).encode(x=x, y=y, tooltip=draw.tip("told")),
    ]
    for place, mark in enumerate(marks):
        right = mark["day"] > days[-1] * 0.55
        label = draw.beside(draw.chart([mark]), theme, left=right, by=10, dy=-10 if right or not place else 16)
        layers.append(label.encode(x=x, y=y, text=draw.text("told")))
    return Picture(draw.layers(layers, height=190), f"Data against days: {scoping_words.listed(str(m['told']) for m in marks)}.")


def _there(take: Take, begin: float, day: float, *, including: bool) -> float:
    """How much of a take is there by a day; what comes at once on that day counts when it is to be included."""
    if day > take.ends or (including and day == take.ends):
        return take.amount
    if not take.offer.daily or day <= begin or take.ends <= begin:
        return 0.0
    return take.amount * (day - begin) / (take.ends - begin)


def _in_order(field: str) -> Any:
    import altair as alt

    return alt.Order(field=field, type="quantitative")


def _told(plan: AcquisitionPlan, seen: Supply) -> str:
    return f"{scoping_words.count(plan.days, 'day')}: {seen.much(plan.useful)} for {seen.money(plan.cost)}"


def _steps(plans: Sequence[tuple[int, float, str]], day: int, value: float, title: str, theme: Palette) -> Any:
    rows: list[Row] = [{"days": days, "height": height, "told": told} for days, height, told in plans]
    mark: list[Row] = [{"days": day, "height": value, "told": "The plan above"}]
    x = _across("days", [0, *(r["days"] for r in [*rows, *mark])], "Days", theme)
    y = _up("height", [0, *(r["height"] for r in [*rows, *mark])], title, theme, format="~s")
    line = draw.chart(rows).mark_line(interpolate="step-after", strokeWidth=2, color=theme.first).encode(x=x, y=y)
    dots = (
        draw.chart(rows).mark_point(filled=True, size=70, opacity=1, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("told"))
    )
    here = draw.chart(mark).mark_point(
        shape="diamond", filled=True, size=240, opacity=1, color=theme.second, stroke=theme.paper, strokeWidth=1.5
    )
    return draw.layers([line, dots, here.encode(x=x, y=y, tooltip=draw.tip("told"))], height=230)


def _across(field: str, values: Sequence[float], title: str, theme: Palette) -> Any:
    import altair as alt

    return _quantity(alt.X, field, values, title, theme)


def _up(field: str, values: Sequence[float], title: str, theme: Palette, **options: Any) -> Any:
    import altair as alt

    return _quantity(alt.Y, field, values, title, theme, **options)


def _quantity(channel: Any, field: str, values: Sequence[float], title: str, theme: Palette, **options: Any) -> Any:
    import altair as alt

    low, high = min(values), max(values)
    room = (high - low) * 0.06 or 1
    scale = alt.Scale(domain=[low, high + room], nice=False, zero=False)
    looks = draw.axis(theme, title=title, tickCount=6, **options)
    return channel(field=field, type="quantitative", scale=scale, axis=looks)


def learning(curve: Curve, points: tuple[CurvePoint, ...], target: float | None, unit: str, theme: Palette) -> Picture:
    """The readings, the curve through them, its interval beyond them and the target; errors in per cent, amounts logarithmic."""
    import altair as alt

    first = min(p.size for p in points)
    sizes = np.geomspace(first, curve.last, _POINTS_OF_CURVE).tolist()
    ahead = [curve.forecast(size) for size in np.geomspace(curve.last, curve.farthest, _POINTS_OF_CURVE).tolist()]
    seen = [
        {"size": p.size, "error": 100 * p.error, "told": f"{number_words(float(f'{p.size:.6g}'))}: {fine_percent(p.error)}"}
        for p in points
    ]
    fitted = [{"size": s, "error": 100 * curve.error(s)} for s in sizes]
    beyond = [{"size": f.size, "error": 100 * f.error, "low": 100 * f.low, "high": 100 * f.high} for f in ahead]
    heights = [100 * p.error for p in points] + [100 * value for f in ahead for value in (f.low, f.high)]
    heights += [] if target is None else [100 * target]
    title = f"Training data in {short(unit, 20)}" if unit else "Training data"
    looks = draw.axis(theme, title=title, tickCount=6, format="~s", grid=False)
    x = alt.X(
        field="size",
        type="quantitative",
        axis=looks,
        scale=alt.Scale(type="log", domain=[first, curve.farthest], nice=False),
    )
    y = _up("error", [0, *heights], "Error in %", theme)
    band = draw.chart(beyond).mark_area(color=theme.first, opacity=0.18)
    layers = [
        band.encode(x=x, y=alt.Y(field="low", type="quantitative", scale=y["scale"], axis=y["axis"]), y2=alt.Y2(field="high")),
        draw.chart(fitted).mark_line(color=theme.first, strokeWidth=2).encode(x=x, y=y),
        draw.chart(beyond).mark_line(color=theme.first, strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=y),
        draw.chart(seen).mark_point(filled=True, size=90, opacity=1, color=theme.ink).encode(x=x, y=y, tooltip=draw.tip("told")),
    ]
    if target is not None:
        rule = draw.chart([{"error": 100 * target, "told": f"Error to reach: {fine_percent(target)}"}])
        layers.append(
            rule.mark_rule(color=theme.second, strokeDash=[6, 3], strokeWidth=2).encode(
                y=alt.Y(field="error", type="quantitative"), tooltip=draw.tip("told")
            )
        )
    last = ahead[-1]
    goal = "" if target is None else f" The error to reach is {fine_percent(target)}."
    return Picture(
        draw.layers(layers, height=220),
        f"Learning curve through {scoping_words.count(len(points), 'reading')}: {fine_percent(curve.last_error)} with the most data measured, "
        f"{fine_percent(last.error)} expected with ten times as much, interval {fine_percent(last.low)} to {fine_percent(last.high)}.{goal}",
        "Dots are readings. Beyond them, the band holds about 80 of 100 outcomes; nothing is said past ten times the data.",
    )


def months(schedule: Schedule, monthly: float, seen: Supply, theme: Palette) -> Picture | None:
    """Data and money month by month; None when nothing arrives."""
    if not schedule.arrivals:
        return None
    rows: list[Row] = [
        {
            "month": month,
            "useful": schedule.useful_by(month),
            "told": f"Month {month}: {seen.much(schedule.useful_by(month))}, {seen.money(schedule.cost_by(month))} spent "
            f"of {seen.money(month * monthly)}",
        }
        for month in range(schedule.months + 1)
    ]
    x = _across("month", [r["month"] for r in rows], "Month", theme)
    title = f"Data in {short(seen.unit, 20)}" if seen.unit else "Data"
    y = _up("useful", [0, *(r["useful"] for r in rows)], title, theme, format="~s")
    line = draw.chart(rows).mark_line(interpolate="step-after", strokeWidth=2.5, color=theme.first).encode(x=x, y=y)
    dots = (
        draw.chart(rows).mark_point(filled=True, size=60, opacity=1, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("told"))
    )
    return Picture(
        draw.layers([line, dots], height=220),
        f"Data over {scoping_words.count(schedule.months, 'month')}: {scoping_words.listed((str(r['told']) for r in rows[1:]), 36)}.",
    )


_HEAD = 30
"""Pixels of the names above."""

_FULL = 0.72
"""Length of the bar of the best rating, where the room of one dimension is 1."""


def quality(data: DataSources, chosen: List | None, theme: Palette) -> Picture | None:
    """A bar from 0 to 3 for every rating of the sources of one list (None: of all); None when nothing is rated."""
    sources = only(data, chosen).sources
    known = rated(sources)
    if not known:
        return None
    shown = known[: draw.MOST_ROWS]
    notes = [f"Bars run from 0 to {BEST}. –: nobody has rated it; ?: known to be not known.", *draw.cut_note(known)]
    if missing := len(sources) - len(known):
        notes.append(f"{scoping_words.count(missing, 'source')} without any rating not shown.")
    return Picture(
        _chart([row for place, source in enumerate(shown) for row in _rows(place, source)], [s.title for s in shown], theme),
        f"Quality of {scoping_words.count(len(known), 'source')}, from 0 to {BEST}: {scoping_words.listed(map(_words, known))}.",
        " ".join(notes),
    )


def _label(name: str) -> str:
    return question(Source, name).label


def _sign(source: Source, name: str) -> str:
    grade = rating(source, name)
    if grade is not None:
        return str(grade)
    return "?" if source.answer(name) is Answer.UNKNOWN else "–"


def _said(source: Source, name: str) -> str:
    words = {"?": "not known", "–": "not rated"}
    sign = _sign(source, name)
    return f"{_label(name).casefold()} {words.get(sign, sign)}"


def _words(source: Source) -> str:
    return f"{short(source.title, 60)}: {', '.join(_said(source, name) for name in DIMENSIONS)}"


def _rows(place: int, source: Source) -> list[Row]:
    return [
        {
            "line": place,
            "start": at,
            "end": at + _FULL,
            "filled": at + _FULL * (rating(source, name) or 0) / BEST,
            "beside": at + _FULL + 0.05,
            "told": f"{short(source.title, 60)}: {_said(source, name)}",
            "sign": _sign(source, name),
        }
        for at, name in enumerate(DIMENSIONS)
    ]


def _chart(rows: list[Row], titles: list[str], theme: Palette) -> alt.LayerChart:
    import altair as alt

    labels = json.dumps([_label(name) for name in DIMENSIONS])
    middles = [at + _FULL / 2 for at in range(len(DIMENSIONS))]
    looks = draw.axis(
        theme, orient="top", title=None, grid=False, values=middles, labelExpr=f"{labels}[floor(datum.value)]", labelLimit=120
    )

    def x(field: str) -> Any:
        scale = alt.Scale(domain=[0, len(DIMENSIONS)], nice=False)
        return alt.X(field=field, type="quantitative", scale=scale, axis=looks)

    y = draw.rows_axis(titles, theme, "line")
    track = draw.chart(rows).mark_rule(color=theme.grid, strokeWidth=12).encode(x=x("start"), x2=alt.X2(field="end"), y=y)
    full = draw.chart([r for r in rows if r["filled"] > r["start"]])
    bars = full.mark_rule(color=theme.first, strokeWidth=12).encode(
        x=x("start"), x2=alt.X2(field="filled"), y=y, tooltip=draw.tip("told")
    )
    signs = draw.chart(rows).mark_text(align="left", fontSize=12, color=theme.ink)
    return draw.layers([track, bars, signs.encode(x=x("beside"), y=y, text=draw.text("sign"))], height=_HEAD + 34 * len(titles))


def cost_against_amount(data: DataSources, theme: Palette) -> Picture | None:
    """Cost and amount of every source, side by side in the commonest unit and currency; None when no source has both."""
    priced = [s for s in data.sources if s.amount is not None and s.cost is not None]
    if not priced:
        return None
    (unit_key, currency), _ = Counter(map(_measure, priced)).most_common(1)[0]
    shown = [s for s in priced if _measure(s) == (unit_key, currency)]
    unit = short(shown[0].unit, 30)
    amounts = [float(s.amount or 0) for s in shown]
    costs = [float(money.to_major(s.cost or 0, currency)) for s in shown]
    x, y = _Axis.over(amounts), _Axis.over(costs)
    labels = [_source_label(s) for s in shown] if len(shown) <= _MOST_LABELS else [""] * len(shown)
    places = _place([(x.share(a), y.share(c)) for a, c in zip(amounts, costs, strict=True)], labels)
    rows: list[Row] = [
        {"amount": a, "cost": c, "name": label, "dx": dx, "dy": dy, "align": align, "told": tip}
        for a, c, label, (dx, dy, align), tip in zip(amounts, costs, labels, places, map(_source_words, shown), strict=True)
    ]
    return Picture(
        _cost_chart(rows, x, y, f"Amount in {unit}" if unit else "Amount", f"Cost in {currency}", theme),
        f"Cost against amount of {scoping_words.count(len(shown), 'source')}: {scoping_words.listed(map(_source_words, shown))}.",
        _left_out_note(data, shown, unit, currency),
    )


# Cost against amount


@dataclass(frozen=True)
class _Axis:
    """A scale from `low` to `high`; logarithmic where the largest value would crush the smallest."""

    low: float
    high: float
    log: bool

    @classmethod
    def over(cls, values: Sequence[float]) -> _Axis:
        low, high = min(values), max(values)
        if low > 0 and high > 50 * low:
            return cls(low / 2 or low, _finite(high * 2), True)
        return cls(0, _finite(high * 1.15) or 1, False)

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        low, high, at = (math.log(v) for v in (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        return (at - low) / (high - low)

    def scale(self) -> Any:
        import altair as alt

        return alt.Scale(type="log" if self.log else "linear", domain=[self.low, self.high], nice=False)


def _finite(number: float) -> float:
    return min(number, sys.float_info.max)


def _measure(source: Source) -> tuple[str, str]:
    return short(source.unit, 300).casefold(), source.currency.value


def _days(source: Source) -> str:
    return "time not known" if source.days is None else scoping_words.count(source.days, "day")


def _source_label(source: Source) -> str:
    return f"{short(source.title, 32)} · {_days(source)}"


def _source_words(source: Source) -> str:
    amount = f"{scoping_words.number_words(source.amount or 0)} {short(source.unit, 30)}".strip()
    return f"{short(source.title, 60)}: {amount} for {money.words(source.cost or 0, source.currency)}, {_days(source)}"


def _left_out_note(data: DataSources, shown: list[Source], unit: str, currency: str) -> str:
    incomplete = sum(s.amount is None or s.cost is None for s in data.sources)
    elsewhere = len(data.sources) - incomplete - len(shown)
    notes = ["Point at a dot to see which source it is."] if len(shown) > _MOST_LABELS else []
    if elsewhere:
        notes.append(
            f"Shown are sources in {unit or 'no unit'} and {currency}; {elsewhere} in other units or currencies not shown."
        )
    if incomplete:
        notes.append(f"{scoping_words.count(incomplete, 'source')} without amount or cost not shown.")
    return " ".join(notes)


_WIDTH, _HEIGHT = 620, 330
"""Pixels that label placement reckons with; the real width follows the page."""

_LETTER, _LINE = 6.6, 16.0

_MOST_LABELS = 40
"""More labels than this cover each other wherever they are put."""


def _place(points: Sequence[tuple[float, float]], labels: Sequence[str]) -> list[tuple[float, float, str]]:
    """Offsets and alignment of labels so that they cover neither each other nor a point, where there is room."""
    spots = [(x * _WIDTH, (1 - y) * _HEIGHT) for x, y in points]
    boxes = [(x - 8, y - 8, x + 8, y + 8) for x, y in spots]
    chosen: list[tuple[float, float, str]] = []
    for (x, y), label in zip(spots, labels, strict=True):
        if not label:
            chosen.append((0, 0, "left"))
            continue
        width = len(label) * _LETTER
        options: list[tuple[float, float, str]] = []
        for step in range(10):
            for dy in {-_LINE * step, _LINE * step}:
                options += [(12, dy, "left"), (-12, dy, "right")]
        dx, dy, align = min(options, key=lambda o: (_covered(_label_box(x, y, width, *o), boxes), abs(o[1]), o[1], -o[0]))
        boxes.append(_label_box(x, y, width, dx, dy, align))
        chosen.append((dx, dy, align))
    return chosen


Box = tuple[float, float, float, float]


def _label_box(x: float, y: float, width: float, dx: float, dy: float, align: str) -> Box:
    left = x + dx - (width if align == "right" else 0)
    return left, y + dy - _LINE / 2, left + width, y + dy + _LINE / 2


def _covered(box: Box, others: Iterable[Box]) -> float:
    """How many square pixels of others a box covers; what leaves the picture counts too."""
    left, top, right, bottom = box
    inside = max(0.0, min(right, _WIDTH) - max(left, 0)) * max(0.0, min(bottom, _HEIGHT) - max(top, 0))
    hidden = (right - left) * (bottom - top) - inside
    return round(hidden, 6) + sum(
        max(0.0, min(right, r) - max(left, le)) * max(0.0, min(bottom, b) - max(top, t)) for le, t, r, b in others
    )


def _cost_chart(rows: list[Row], x: _Axis, y: _Axis, x_title: str, y_title: str, theme: Palette) -> alt.LayerChart:
    import altair as alt

    def position(channel: Any, field: str, axis: _Axis, title: str) -> Any:
        looks = draw.axis(theme, title=title, format="~s", tickCount=6)
        return channel(field=field, type="quantitative", title=title, scale=axis.scale(), axis=looks)

    base = draw.chart(rows).encode(x=position(alt.X, "amount", x, x_title), y=position(alt.Y, "cost", y, y_title))
    dots = base.mark_circle(size=150, color=theme.first, opacity=0.9, stroke=theme.paper, strokeWidth=2)
    text = base.mark_text(
        dx=alt.expr("datum.dx"),
        dy=alt.expr("datum.dy"),
        align=alt.expr("datum.align"),
        baseline="middle",
        fontSize=12,
        color=theme.ink,
    )
    return draw.layers([dots.encode(tooltip=draw.tip("told")), text.encode(text=draw.text("name"))], height=_HEIGHT)
