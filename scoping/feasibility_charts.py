"""Pictures of the feasibility step: a project's history beside people, and how good a model is on every slice."""

from __future__ import annotations

from typing import Any

from scoping import drawing as draw
from scoping import slices as parts
from scoping.answers import number_words
from scoping.drawing import Palette, Picture, Row
from scoping.history_of_project import Ahead, Every, Kind, Series, trend
from scoping.measuring import slices as by_tag
from scoping.section import short

_MOST_SLICES = 30
_PERIODS = 4
_PEOPLE = "People"


def history(series: Series, kind: Kind, every: Every, target: float | None, theme: Palette) -> Picture | None:
    """Readings in time with people, the target and what comes next; None without readings.

    Args:
        kind: the model that looks ahead; without enough readings nothing does.
    """
    if not series.points:
        return None
    found = trend(series, kind)
    ahead = found.ahead(every, _PERIODS) if found else ()
    fitted = [found.at(p.when) for p in series.points] if found else []
    seen: list[Row] = [
        {"c0": p.when.isoformat(), "c1": series.value_of(p.error), "c2": f"{p.when:%d %b %Y}: {_figure(series.value_of(p.error))}"}
        for p in series.points
    ]
    lines = [(_PEOPLE, series.value_of(series.hlp))] if series.hlp is not None else []
    lines += [("Target", target)] if target is not None else []
    values = [r["c1"] for r in seen] + [v for _, v in lines] + [v for a in ahead for v in (a.low, a.high)]
    x = _time(theme)
    y = _value(series.metric, values, theme)
    layers = [*_band(ahead, x, y, theme), *_rules(lines, y, theme)]
    if fitted:
        rows: list[Row] = [{"c0": a.when.isoformat(), "c1": a.likely} for a in (*fitted, *ahead)]
        layers.append(draw.chart(rows).mark_line(color=theme.first, strokeDash=[5, 4], strokeWidth=2).encode(x=x, y=y))
    dots = draw.chart(seen).mark_point(filled=True, size=80, opacity=1, color=theme.first, stroke=theme.paper, strokeWidth=1)
    layers.append(dots.encode(x=x, y=y, tooltip=draw.tip("c2")))
    note = "Dashed: the trend; shaded: where 80 of 100 next readings would lie, if it goes on." if ahead else ""
    return Picture(draw.layers(layers, height=260), _history_words(series, seen, ahead, lines), note)


def _history_words(series: Series, seen: list[Row], ahead: tuple[Ahead, ...], lines: list[tuple[str, float]]) -> str:
    told = f"{short(series.metric, 60)} over time: {draw.listed(r['c2'] for r in seen)}."
    told += "".join(f" {name}: {_figure(value)}." for name, value in lines)
    if ahead:
        told += f" Next: {draw.listed(f'{a.when:%d %b %Y} {_figure(a.low)} to {_figure(a.high)}' for a in ahead)}."
    return told


def _time(theme: Palette) -> Any:
    import altair as alt

    looks = draw.axis(theme, title=None, tickCount=6, format="%b %Y")
    return alt.X(field="c0", type="temporal", scale=alt.Scale(type="utc"), axis=looks)


def _value(metric: str, values: list[float], theme: Palette) -> Any:
    import altair as alt

    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1
    scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    return alt.Y(field="c1", type="quantitative", scale=scale, axis=draw.axis(theme, title=short(metric, 40), tickCount=5))


def _band(ahead: tuple[Ahead, ...], x: Any, y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    if not ahead:
        return []
    rows: list[Row] = [
        {"c0": a.when.isoformat(), "c1": a.low, "c3": a.high, "c2": f"{a.when:%d %b %Y}: {_figure(a.low)} to {_figure(a.high)}"}
        for a in ahead
    ]
    base = draw.chart(rows)
    area = base.mark_area(color=theme.first, opacity=0.18).encode(x=x, y=y, y2=alt.Y2(field="c3"))
    ends = base.mark_rule(color=theme.first, opacity=0.5, strokeWidth=2)
    return [area, ends.encode(x=x, y=y, y2=alt.Y2(field="c3"), tooltip=draw.tip("c2"))]


def _rules(lines: list[tuple[str, float]], y: Any, theme: Palette) -> list[Any]:
    import altair as alt

    drawn = []
    for name, value in lines:
        base = draw.chart([{"c1": value, "c2": f"{name}: {_figure(value)}"}])
        is_people = name == _PEOPLE
        drawn.append(
            base.mark_rule(color=theme.second if is_people else theme.soft, strokeWidth=2).encode(y=y, tooltip=draw.tip("c2"))
        )
        # At opposite ends, because people and target are often close to each other.
        label = base.mark_text(
            align="left" if is_people else "right", dx=4 if is_people else -4, dy=-7, fontSize=12, color=theme.ink
        )
        drawn.append(label.encode(x=alt.value(0 if is_people else "width"), y=y, text=draw.text("c2")))
    return drawn


def tags(result: by_tag.Result, order: parts.Order, theme: Palette) -> Picture | None:
    """What share is right in each slice, with its 95 % interval and people beside it; None without slices."""
    import altair as alt

    ranked = [p for _, p in parts.ranked(by_tag.parts(result), order) if p.accuracy is not None]
    if not ranked:
        return None
    shown = ranked[:_MOST_SLICES]
    rows: list[Row] = []
    for place, part in enumerate(shown):
        low, high = part.interval or (None, None)
        people = "" if part.hlp is None else f", people {part.hlp:.1%}"
        told = f"{short(part.name, 60)}: {part.accuracy:.1%} right{parts.interval_words(part)}{people}"
        rows.append({"c0": place, "c1": part.accuracy, "c2": low, "c3": high, "c4": part.hlp, "c5": told})
    ends = [r[c] for r in rows for c in ("c1", "c2", "c3", "c4") if r[c] is not None]
    scale = alt.Scale(domain=[max(0.0, min(ends) - 0.02), min(1.0, max(ends) + 0.02)], nice=False, zero=False)
    looks = draw.axis(theme, title="Right", format=".0%", tickCount=6)

    def x(field: str) -> Any:
        return alt.X(field=field, type="quantitative", scale=scale, axis=looks)

    y = draw.rows_axis([p.name for p in shown], theme)
    bars = draw.chart(rows).mark_rule(color=theme.first, strokeWidth=3, opacity=0.5)
    layers = [bars.encode(x=x("c2"), x2=alt.X2(field="c3"), y=y, tooltip=draw.tip("c5"))]
    notes = ["Dots: the model with its 95 % interval."]
    if any(r["c4"] is not None for r in rows):
        layers.append(draw.dots(rows, "c4", x, y, "diamond", theme.second, theme))
        notes = ["Dots: the model with its 95 % interval; diamonds: people."]
    layers.append(draw.dots(rows, "c1", x, y, "circle", theme.first, theme))
    if len(ranked) > len(shown):
        notes.append(f"Only the first {len(shown)} of {len(ranked)} slices are drawn.")
    return Picture(
        draw.layers(layers, height=34 * len(rows)),
        f"Right by slice: {draw.listed(r['c5'] for r in rows)}.",
        " ".join(notes),
    )


def _figure(value: float) -> str:
    return number_words(float(f"{value:.4g}"))
