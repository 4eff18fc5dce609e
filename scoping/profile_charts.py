"""Pictures of one column of a profiled file: how its numbers or dates are spread, or which values are commonest."""

from __future__ import annotations

from typing import Any

from scoping import drawing as draw
from scoping.drawing import Palette, Picture
from scoping.profile import Column, Holds, Spread, day
from scoping.profile_words import called, share
from scoping.section import short


def column(one: Column, rows: int, theme: Palette) -> Picture | None:
    """The column of a table with so many rows; None when there is nothing to draw."""
    if one.spread is not None and one.spread.bars:
        return _spread(one, one.spread, theme)
    if one.commonest:
        return _values(one, rows, theme)
    return None


def _spread(one: Column, spread: Spread, theme: Palette) -> Picture:
    import altair as alt

    start, end = spread.bars_between
    step = (end - start) / len(spread.bars)
    rows: list[dict[str, Any]] = []
    for place, n in enumerate(spread.bars):
        left, right = start + place * step, start + (place + 1) * step
        told = f"{_point(one, left)} to {_point(one, right)}: {share(n, spread.judged)}"
        rows.append({"c0": place, "c1": place + 1, "c2": n / spread.judged, "c3": told})
    # Positions are places, so that dates and numbers of any size are drawn alike; the labels say what stands there.
    marks = [_point(one, start + place * step) for place in range(len(spread.bars) + 1)]
    looks = draw.axis(theme, title=None, grid=False, values=[0, 3, 6, 9, 12], labelExpr=f"{marks}[datum.value]")
    domain = [0, len(spread.bars)]
    x = alt.X(field="c0", type="quantitative", axis=looks, scale=alt.Scale(domain=domain, nice=False), bin="binned")
    highest = max(r["c2"] for r in rows)
    y = alt.Y(field="c2", type="quantitative", axis=None, scale=alt.Scale(domain=[0, highest], nice=False))
    bars = (
        draw.chart(rows)
        .mark_bar(color=theme.first, stroke=theme.paper, strokeWidth=1)
        .encode(x=x, x2=alt.X2(field="c1"), y=y, tooltip=draw.tip("c3"))
    )
    notes = []
    if spread.outliers:
        notes.append(f"The outermost bars hold what is far out ({share(spread.outliers, spread.judged)}).")
    return Picture(
        draw.layers([bars], height=150),
        f"{called(one.name)}: half of the values lie between {_point(one, spread.q1)} and {_point(one, spread.q3)}, "
        f"the middle one is {_point(one, spread.median)}.",
        " ".join(notes),
    )


def _point(one: Column, value: float) -> str:
    return day(value).isoformat() if one.holds is Holds.DATE else f"{value:,.4g}"


def _values(one: Column, rows: int, theme: Palette) -> Picture:
    import altair as alt

    told = [(short(text, 40), n) for text, n in one.commonest]
    drawn: list[dict[str, Any]] = [
        {"c0": place, "c1": n / rows, "c2": f"{text}: {n:,} rows ({share(n, rows)})"} for place, (text, n) in enumerate(told)
    ]
    scale = alt.Scale(domain=[0, max(r["c1"] for r in drawn)], nice=False)
    x = alt.X(
        field="c1", type="quantitative", axis=draw.axis(theme, title="Share of the rows", format="%", tickCount=5), scale=scale
    )
    y = draw.rows_axis([text for text, _ in told], theme)
    bars = draw.chart(drawn).mark_bar(height=14, cornerRadius=3, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("c2"))
    more = one.different - len(told)
    return Picture(
        draw.layers([bars], height=max(70, 24 * len(told))),
        f"Commonest values of {called(one.name)}: {draw.listed(r['c2'] for r in drawn)}.",
        f"{draw.count(more, 'other value')} not shown." if more > 0 else "",
    )
