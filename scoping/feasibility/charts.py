"""Pictures of the feasibility step: a project's history beside people, and how good a model is on every slice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.numbers.trend import Ahead, Every, Series, Shrinks, trend
from scoping.sections.feasibility import Feasibility, Slice, Slices
from scoping.words import day_words, figure, short

if TYPE_CHECKING:
    import altair as alt

MOST_SLICES = 30

_PERIODS = 4

_PEOPLE = "People"


def history(series: Series, shrinks: Shrinks, every: Every, target: float | None, theme: Palette) -> Picture | None:
    """Readings in time with people, the target and what comes next; None without readings.

    Args:
        shrinks: the model that looks ahead; without enough readings nothing does.
    """
    if not series.points:
        return None
    line = trend(series, shrinks)
    ahead = line.ahead(every, _PERIODS) if line else ()
    fitted = [line.at(p.when) for p in series.points] if line else []
    seen: list[Row] = [
        {
            "when": p.when.isoformat(),
            "value": series.value_of(p.error),
            "told": f"{day_words(p.when)}: {figure(series.value_of(p.error))}",
        }
        for p in series.points
    ]
    lines = [(_PEOPLE, series.value_of(series.hlp))] if series.hlp is not None else []
    lines += [("Target", target)] if target is not None else []
    values = [r["value"] for r in seen] + [v for _, v in lines] + [v for a in ahead for v in (a.low, a.high)]
    x = _time(theme)
    y = _value(series.metric, values, theme)
    layers = [*_band(ahead, x, y, theme), *_rules(lines, y, theme)]
    if fitted:
        rows: list[Row] = [{"when": a.when.isoformat(), "value": a.likely} for a in (*fitted, *ahead)]
        layers.append(draw.chart(rows).mark_line(color=theme.first, strokeDash=[5, 4], strokeWidth=2).encode(x=x, y=y))
    dots = draw.chart(seen).mark_point(filled=True, size=80, opacity=1, color=theme.first, stroke=theme.paper, strokeWidth=1)
    layers.append(dots.encode(x=x, y=y, tooltip=draw.tip("told")))
    note = "Dashed: the trend; shaded: where 80 of 100 next readings would lie, if it goes on." if ahead else ""
    return Picture(draw.layers(layers, height=260), _history_words(series, seen, ahead, lines), note)


def _history_words(series: Series, seen: list[Row], ahead: tuple[Ahead, ...], lines: list[tuple[str, float]]) -> str:
    told = f"{short(series.metric, 60)} over time: {scoping_words.listed(r['told'] for r in seen)}."
    told += "".join(f" {name}: {figure(value)}." for name, value in lines)
    if ahead:
        told += f" Next: {scoping_words.listed(f'{day_words(a.when)} {figure(a.low)} to {figure(a.high)}' for a in ahead)}."
    return told


def _time(theme: Palette) -> Any:
    import altair as alt

    looks = draw.axis(theme, title=None, tickCount=6, format="%b %Y")
    return alt.X(field="when", type="temporal", scale=alt.Scale(type="utc"), axis=looks)


def _value(metric: str, values: list[float], theme: Palette) -> Any:
    import altair as alt

    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1
    scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    return alt.Y(field="value", type="quantitative", scale=scale, axis=draw.axis(theme, title=short(metric, 40), tickCount=5))


def _band(ahead: tuple[Ahead, ...], x: Any, y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    if not ahead:
        return []
    rows: list[Row] = [
        {
            "when": a.when.isoformat(),
            "value": a.low,
            "high": a.high,
            "told": f"{day_words(a.when)}: {figure(a.low)} to {figure(a.high)}",
        }
        for a in ahead
    ]
    base = draw.chart(rows)
    area = base.mark_area(color=theme.first, opacity=0.18).encode(x=x, y=y, y2=alt.Y2(field="high"))
    ends = base.mark_rule(color=theme.first, opacity=0.5, strokeWidth=2)
    return [area, ends.encode(x=x, y=y, y2=alt.Y2(field="high"), tooltip=draw.tip("told"))]


def _rules(lines: list[tuple[str, float]], y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    drawn = []
    for name, value in lines:
        base = draw.chart([{"value": value, "told": f"{name}: {figure(value)}"}])
        is_people = name == _PEOPLE
        drawn.append(
            base.mark_rule(color=theme.second if is_people else theme.soft, strokeWidth=2).encode(y=y, tooltip=draw.tip("told"))
        )
        # At opposite ends, because people and target are often close to each other.
        label = base.mark_text(
            align="left" if is_people else "right", dx=4 if is_people else -4, dy=-7, fontSize=12, color=theme.ink
        )
        drawn.append(label.encode(x=alt.value(0 if is_people else "width"), y=y, text=draw.text("told")))
    return drawn


def slices(feasibility: Feasibility, theme: Palette) -> Picture | None:
    """Model and people on every slice, the slice with most to gain first; None when no slice has a number."""
    known = [s for s in feasibility.slices if s.model is not None or s.hlp is not None]
    if not known:
        return None
    known.sort(key=lambda s: -math.inf if s.gain is None else s.gain, reverse=True)
    notes = ["Gain: points on all cases if the model became as good as people there."]
    if feasibility.slices_are is Slices.OVERLAPPING:
        notes.append("Groups overlap, so gains must not be added.")
    notes += draw.cut_note(known)
    if missing := len(feasibility.slices) - len(known):
        notes.append(f"{scoping_words.count(missing, 'group')} without numbers not shown.")
    return Picture(
        _slices_chart(known[: draw.MOST_ROWS], theme),
        f"Model and people on {scoping_words.count(len(known), 'group')}, largest gain first: {scoping_words.listed(map(_slice_words, known))}.",
        " ".join(notes),
    )


# Slices


def _slice_words(s: Slice) -> str:
    model, people = ("not known" if n is None else scoping_words.in_percent(n) for n in (s.model, s.hlp))
    return f"{short(s.title, 60)}: model {model}, people {people}, {_gain_words(s)}"


def _gain_words(s: Slice) -> str:
    if s.gain is not None:
        return f"gain {scoping_words.number_words(round(s.gain, 2))}"
    return "gain not known" if s.gap is None else f"gap {scoping_words.number_words(round(s.gap, 2))}, share not known"


def _slice_row(place: int, s: Slice) -> Row:
    largest = max(n for n in (s.model, s.hlp) if n is not None)
    return {"line": place, "model": s.model, "people": s.hlp, "gain": _gain_words(s), "largest": largest, "told": _slice_words(s)}


def _slices_chart(shown: list[Slice], theme: Palette) -> alt.LayerChart:
    import altair as alt

    numbers = [n for s in shown for n in (s.model, s.hlp) if n is not None]
    low = max(0, math.floor((min(numbers) - 2) / 5) * 5)
    step = 5 if low >= 50 else 20
    ticks = [t for t in range(0, 101, step) if t >= low]

    def x(field: str) -> Any:
        looks = draw.axis(theme, title="Right, in %", values=ticks)
        domain = [low, 100 + (100 - low) * 0.4]
        return alt.X(field=field, type="quantitative", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=looks)

    def by_name(looks: list[str]) -> Any:
        return alt.Scale(domain=list(names), range=looks)

    rows = [_slice_row(i, s) for i, s in enumerate(shown)]
    y = draw.rows_axis([s.title for s in shown], theme, "line")
    both = draw.chart([r for r in rows if None not in (r["model"], r["people"])])
    way = both.mark_rule(color=theme.soft, strokeWidth=2).encode(x=x("model"), x2=alt.X2(field="people"), y=y)
    names = {"Model": ("model", "circle", theme.first), "People": ("people", "diamond", theme.second)}
    dots = draw.chart([{**r, "right": r[c], "who": name} for r in rows for name, (c, _, _) in names.items() if r[c] is not None])
    legend = alt.Legend(orient="bottom", title=None, labelColor=theme.ink)
    marks = dots.mark_point(filled=True, size=160, opacity=1, stroke=theme.paper, strokeWidth=1).encode(
        x=x("right"),
        y=y,
        color=alt.Color(field="who", type="nominal", legend=legend, scale=by_name([c for _, _, c in names.values()])),
        shape=alt.Shape(field="who", type="nominal", legend=legend, scale=by_name([s for _, s, _ in names.values()])),
        tooltip=draw.tip("told"),
    )
    labels = (
        draw.chart(rows)
        .mark_text(align="left", dx=12, fontSize=12, color=theme.ink)
        .encode(x=x("largest"), y=y, text=draw.text("gain"))
    )
    return draw.layers([way, marks, labels], height=34 * len(shown))
