"""Pictures of the plan: its days with forecast and baseline, and the readings of a target on their way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.milestones.status import State, TargetStatus, amount, goal, trend_of
from scoping.milestones.tracking import PlanRow
from scoping.sections.milestones import Direction, Reading
from scoping.words import day_words, day_words_or, short

if TYPE_CHECKING:
    import altair as alt

    from scoping.numbers.trend import Ahead

_MARKS = {"Promised": "diamond", "Frozen": "triangle-down", "Reached": "circle"}


def expected(rows: Sequence[PlanRow], today: date, theme: Palette) -> Picture | None:
    """A bar from the start to the day of half of all cases, a pale one on to four of five, and marks for the other days.

    None when no milestone has a day.
    """
    shown = [row for row in rows if _days(row)]
    if not shown:
        return None
    cut = shown[: draw.MOST_ROWS]
    notes = [
        "Bars end where half of all cases are done; the pale part ends at four of five. Diamonds are promises, triangles frozen dates."
    ]
    notes += draw.cut_note(shown)
    if missing := len(rows) - len(shown):
        notes.append(f"{scoping_words.count(missing, 'milestone')} without a date not shown.")
    return Picture(
        _chart(cut, today, theme), f"Plan with forecast: {scoping_words.listed(map(_plan_words, cut))}.", " ".join(notes)
    )


def _days(row: PlanRow) -> list[date]:
    frozen = row.drift.baseline if row.drift else None
    seen = row.expected
    return [d for d in (row.due, row.reached, frozen, *((seen.start, seen.p50, seen.p80) if seen else ())) if d]


def _plan_words(row: PlanRow) -> str:
    parts = [f"promised {day_words_or(row.due)}"] if row.due else []
    if row.reached:
        parts.append(f"reached {day_words_or(row.reached)}")
    elif row.expected:
        parts.append(f"expected {day_words_or(row.expected.p50)}, by {day_words_or(row.expected.p80)} in four of five cases")
    if row.drift and row.drift.baseline:
        parts.append(f"frozen at {day_words_or(row.drift.baseline)}")
    return f"{short(row.title, 60)}: {', '.join(parts)}"


def _bars(shown: Sequence[PlanRow]) -> tuple[list[draw.Row], list[draw.Row]]:
    """Spans up to the day of half of all cases, and from there to that of four of five. A day's bar ends with the day."""
    likely, late = [], []
    for place, row in enumerate(shown):
        seen = row.expected
        end = row.reached or (seen.p50 if seen else None)
        if seen is None or end is None:
            continue
        base: draw.Row = {"line": place, "told": _plan_words(row)}
        likely.append({**base, "day": min(seen.start, end).isoformat(), "until": draw.days_from(end, 1).isoformat()})
        if not row.reached and seen.p80 > end:
            late.append({**base, "day": draw.days_from(end, 1).isoformat(), "until": draw.days_from(seen.p80, 1).isoformat()})
    return likely, late


def _points(shown: Sequence[PlanRow]) -> list[draw.Row]:
    marks = []
    for place, row in enumerate(shown):
        days = {"Promised": row.due, "Frozen": row.drift.baseline if row.drift else None, "Reached": row.reached}
        marks += [
            {"line": place, "day": day.isoformat(), "mark": name, "told": _plan_words(row)}
            for name, day in days.items()
            if day is not None
        ]
    return marks


def _chart(shown: Sequence[PlanRow], today: date, theme: Palette) -> alt.LayerChart:
    import altair as alt

    days = sorted(d for row in shown for d in _days(row))
    room = max((days[-1] - days[0]).days, 14) // 25 + 1
    ends = [draw.days_from(days[0], -room), draw.days_from(max(days[-1], today), room)]
    # The scale counts in UTC: a date without a time is read as UTC, and would move by a day west of Greenwich otherwise.
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    looks = draw.axis(theme, orient="top", title=None, tickCount=6)
    y = draw.rows_axis([row.title for row in shown], theme, "line")
    plain: Any = alt.X(field="day", type="temporal", axis=looks)
    # Only this layer says what the scale is: said twice, or beside an x2, even the same domain counts as a conflict.
    scaled: Any = alt.X(field="day", type="temporal", axis=looks, scale=alt.Scale(type="utc", domain=domain, nice=False))
    names = list(_MARKS)
    colours = [theme.second, theme.soft, theme.ink]
    marks = draw.chart(_points(shown)).mark_point(size=140, filled=True, opacity=1)
    layers = [
        draw.chart([{"day": today.isoformat()}]).mark_rule(color=theme.soft, strokeDash=[3, 3], strokeWidth=1.5).encode(x=scaled),
    ]
    for bars, opacity in zip(_bars(shown), (1.0, 0.35), strict=True):
        if bars:
            drawn = draw.chart(bars).mark_bar(height=16, cornerRadius=4, color=theme.first, opacity=opacity)
            layers.append(drawn.encode(x=plain, x2=alt.X2(field="until"), y=y, tooltip=draw.tip("told")))
    layers.append(
        marks.encode(
            x=plain,
            y=y,
            shape=alt.Shape(
                field="mark",
                type="nominal",
                scale=alt.Scale(domain=names, range=list(_MARKS.values())),
                legend=alt.Legend(orient="bottom", title=None, labelColor=theme.ink),
            ),
            color=alt.Color(
                field="mark",
                type="nominal",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(orient="bottom", title=None, labelColor=theme.ink),
            ),
            tooltip=draw.tip("told"),
        )
    )
    return draw.layers(layers, height=34 * len(shown))


_STEPS = 8
"""Points of the forecast."""


def course(status: TargetStatus, due: date | None, theme: Palette) -> Picture | None:
    """Readings of a target with its goal, its due date and the forecast until then; None without readings or goal.

    The forecast ends where the readings no longer carry it.
    """
    target = status.target
    if not status.series or target.target is None:
        return None
    seen = [_row(status, r) for r in status.series]
    ahead = _ahead(status, due)
    values = [r["value"] for r in seen] + [target.target] + [v for a in ahead for v in (a.low, a.high)]
    x, y = _time(theme), _value(status, values, theme)
    layers = [*_band(status, ahead, x, y, theme), *_goal(status, y, theme), *_due(due, x, theme)]
    base = draw.chart(seen)
    layers.append(base.mark_line(color=theme.first, strokeWidth=2).encode(x=x, y=y))
    dots = base.mark_point(filled=True, size=80, opacity=1, color=theme.first, stroke=theme.paper, strokeWidth=1)
    layers.append(dots.encode(x=x, y=y, tooltip=draw.tip("told")))
    notes = ["Line across: the target; line upwards: its due date."] if due else ["Line across: the target."]
    if ahead:
        notes.append("Shaded: where 80 of 100 next readings would lie, if the trend goes on.")
    return Picture(draw.layers(layers, height=240), _reading_words(status, seen, ahead, due), " ".join(notes))


def _row(status: TargetStatus, reading: Reading) -> Row:
    when = reading.when or date.min
    return {"when": when.isoformat(), "value": reading.value, "told": f"{day_words(when)}: {amount(status.target, reading.value)}"}


def _ahead(status: TargetStatus, due: date | None) -> tuple[Ahead, ...]:
    """The forecast from the last reading to the due date, or to the day on which the target is met if that is later."""
    line = None if status.state is State.DONE else trend_of(status.target, status.series)
    if line is None:
        return ()
    met = status.arrival.when if status.arrival else None
    ends = [day for day in (due, met) if day and day > line.end and not line.is_far(day)]
    days = (max(ends) - line.end).days if ends else 0
    steps = sorted({round(days * i / _STEPS) for i in range(_STEPS + 1)})
    return tuple(line.at(draw.days_from(line.end, step)) for step in steps) if days else ()


def _reading_words(status: TargetStatus, seen: Sequence[Row], ahead: Sequence[Ahead], due: date | None) -> str:
    told = f"{short(status.target.title, 60)} over time: {scoping_words.listed(r['told'] for r in seen)}. Target: {goal(status.target)}"
    told += f" by {day_words(due)}." if due else "."
    if ahead:
        last = ahead[-1]
        told += f" Forecast for {day_words(last.when)}: {amount(status.target, last.low)} to {amount(status.target, last.high)}."
    return told


def _time(theme: Palette) -> Any:
    import altair as alt

    looks = draw.axis(theme, title=None, tickCount=6, format="%-d %b %Y", labelOverlap=True)
    return alt.X(field="when", type="temporal", scale=alt.Scale(type="utc"), axis=looks)


def _value(status: TargetStatus, values: Sequence[float], theme: Palette) -> Any:
    import altair as alt

    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1
    unit = f" ({status.target.unit.strip()})" if status.target.unit.strip() else ""
    looks = draw.axis(theme, title=short(f"{status.target.title}{unit}", 40), tickCount=5)
    return alt.Y(
        field="value", type="quantitative", scale=alt.Scale(domain=[low - room, high + room], nice=False, zero=False), axis=looks
    )


def _band(status: TargetStatus, ahead: Sequence[Ahead], x: Any, y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    if not ahead:
        return []
    words = (f"{day_words(a.when)}: {amount(status.target, a.low)} to {amount(status.target, a.high)}" for a in ahead)
    rows = [
        {"when": a.when.isoformat(), "value": a.likely, "low": a.low, "high": a.high, "told": told}
        for a, told in zip(ahead, words, strict=True)
    ]
    base = draw.chart(rows)
    low = alt.Y(field="low", type="quantitative", scale=y["scale"], axis=y["axis"])
    area = base.mark_area(color=theme.first, opacity=0.18).encode(x=x, y=low, y2=alt.Y2(field="high"), tooltip=draw.tip("told"))
    return [area, base.mark_line(color=theme.first, strokeDash=[5, 4], strokeWidth=2).encode(x=x, y=y)]


def _goal(status: TargetStatus, y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    base = draw.chart([{"value": status.target.target, "told": goal(status.target)}])
    below = status.target.direction is Direction.AT_MOST
    label = base.mark_text(align="left", dx=4, dy=9 if below else -7, fontSize=12, color=theme.ink)
    return [
        base.mark_rule(color=theme.second, strokeWidth=2).encode(y=y, tooltip=draw.tip("told")),
        label.encode(x=alt.value(0), y=y, text=draw.text("told")),
    ]


def _due(due: date | None, x: Any, theme: Palette) -> list[Any]:
    if due is None:
        return []
    rule = draw.chart([{"when": due.isoformat(), "told": f"Due {day_words(due)}"}]).mark_rule(color=theme.soft, strokeDash=[4, 3])
    return [rule.encode(x=x, tooltip=draw.tip("told"))]
