"""The plan in time: promised, frozen, expected with its range, and reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping.drawing import Palette, Picture
from scoping.planning import Row
from scoping.section import day_words, short

if TYPE_CHECKING:
    import altair as alt

_MARKS = {"Promised": "diamond", "Frozen": "triangle-down", "Reached": "circle"}


def expected(rows: Sequence[Row], today: date, theme: Palette) -> Picture | None:
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
        notes.append(f"{draw.count(missing, 'milestone')} without a date not shown.")
    return Picture(_chart(cut, today, theme), f"Plan with forecast: {draw.listed(map(_words, cut))}.", " ".join(notes))


def _days(row: Row) -> list[date]:
    frozen = row.drift.baseline if row.drift else None
    seen = row.expected
    return [d for d in (row.due, row.reached, frozen, *((seen.start, seen.p50, seen.p80) if seen else ())) if d]


def _words(row: Row) -> str:
    said = [f"promised {_day(row.due)}"] if row.due else []
    if row.reached:
        said.append(f"reached {_day(row.reached)}")
    elif row.expected:
        said.append(f"expected {_day(row.expected.p50)}, by {_day(row.expected.p80)} in four of five cases")
    if row.drift and row.drift.baseline:
        said.append(f"frozen at {_day(row.drift.baseline)}")
    return f"{short(row.title, 60)}: {', '.join(said)}"


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _bars(shown: Sequence[Row]) -> tuple[list[draw.Row], list[draw.Row]]:
    """Spans up to the day of half of all cases, and from there to that of four of five. A day's bar ends with the day."""
    likely, late = [], []
    for place, row in enumerate(shown):
        seen = row.expected
        end = row.reached or (seen.p50 if seen else None)
        if seen is None or end is None:
            continue
        base: draw.Row = {"c0": place, "c4": _words(row)}
        likely.append({**base, "c1": min(seen.start, end).isoformat(), "c2": (end + timedelta(days=1)).isoformat()})
        if not row.reached and seen.p80 > end:
            late.append({**base, "c1": (end + timedelta(days=1)).isoformat(), "c2": (seen.p80 + timedelta(days=1)).isoformat()})
    return likely, late


def _points(shown: Sequence[Row]) -> list[draw.Row]:
    found = []
    for place, row in enumerate(shown):
        days = {"Promised": row.due, "Frozen": row.drift.baseline if row.drift else None, "Reached": row.reached}
        found += [
            {"c0": place, "c1": day.isoformat(), "c3": name, "c4": _words(row)} for name, day in days.items() if day is not None
        ]
    return found


def _chart(shown: Sequence[Row], today: date, theme: Palette) -> alt.LayerChart:
    import altair as alt

    days = sorted(d for row in shown for d in _days(row))
    room = max((days[-1] - days[0]).days, 14) // 25 + 1
    ends = [days[0] - timedelta(days=room), max(days[-1], today) + timedelta(days=room)]
    # The scale counts in UTC: a date without a time is read as UTC, and would move by a day west of Greenwich otherwise.
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    looks = draw.axis(theme, orient="top", title=None, tickCount=6)
    y = draw.rows_axis([row.title for row in shown], theme)
    plain: Any = alt.X(field="c1", type="temporal", axis=looks)
    # Only this layer says what the scale is: said twice, or beside an x2, even the same domain counts as a conflict.
    scaled: Any = alt.X(field="c1", type="temporal", axis=looks, scale=alt.Scale(type="utc", domain=domain, nice=False))
    names = list(_MARKS)
    colours = [theme.second, theme.soft, theme.ink]
    marks = draw.chart(_points(shown)).mark_point(size=140, filled=True, opacity=1)
    layers = [
        draw.chart([{"c1": today.isoformat()}]).mark_rule(color=theme.soft, strokeDash=[3, 3], strokeWidth=1.5).encode(x=scaled),
    ]
    for bars, opacity in zip(_bars(shown), (1.0, 0.35), strict=True):
        if bars:
            drawn = draw.chart(bars).mark_bar(height=16, cornerRadius=4, color=theme.first, opacity=opacity)
            layers.append(drawn.encode(x=plain, x2=alt.X2(field="c2"), y=y, tooltip=draw.tip("c4")))
    layers.append(
        marks.encode(
            x=plain,
            y=y,
            shape=alt.Shape(
                field="c3",
                type="nominal",
                scale=alt.Scale(domain=names, range=list(_MARKS.values())),
                legend=alt.Legend(orient="bottom", title=None, labelColor=theme.ink),
            ),
            color=alt.Color(
                field="c3",
                type="nominal",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(orient="bottom", title=None, labelColor=theme.ink),
            ),
            tooltip=draw.tip("c4"),
        )
    )
    return draw.layers(layers, height=34 * len(shown))
