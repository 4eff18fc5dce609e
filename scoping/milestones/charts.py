"""The readings of a target on their way to it, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.milestones.status import State, TargetStatus, amount, goal, trend_of
from scoping.sections.milestones import Direction, Reading
from scoping.words import day_words, short

if TYPE_CHECKING:
    from scoping.numbers.trend import Ahead

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
