"""Pictures of one column of a profiled file: how its numbers or dates are spread, or which values are commonest."""

from __future__ import annotations

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.measuring.profile.columns import Column, Holds, Spread, day
from scoping.measuring.profile.remarks import called, share
from scoping.words import day_words, short


def column(profiled: Column, rows: int, theme: Palette) -> Picture | None:
    """The column of a table with so many rows; None when there is nothing to draw."""
    if profiled.spread is not None and profiled.spread.bars:
        return _spread(profiled, profiled.spread, theme)
    if profiled.commonest:
        return _values(profiled, rows, theme)
    return None


def _spread(profiled: Column, spread: Spread, theme: Palette) -> Picture:
    import altair as alt

    start, end = spread.bars_between
    step = (end - start) / len(spread.bars)
    rows: list[Row] = []
    for place, n in enumerate(spread.bars):
        left, right = start + place * step, start + (place + 1) * step
        told = f"{_point(profiled, left)} to {_point(profiled, right)}: {share(n, spread.judged)}"
        rows.append({"start": place, "end": place + 1, "share": n / spread.judged, "told": told})
    # Positions are places, so that dates and numbers of any size are drawn alike; the labels say what stands there.
    marks = [_point(profiled, start + place * step) for place in range(len(spread.bars) + 1)]
    looks = draw.axis(theme, title=None, grid=False, values=[0, 3, 6, 9, 12], labelExpr=f"{marks}[datum.value]")
    domain = [0, len(spread.bars)]
    x = alt.X(field="start", type="quantitative", axis=looks, scale=alt.Scale(domain=domain, nice=False), bin="binned")
    highest = max(r["share"] for r in rows)
    y = alt.Y(field="share", type="quantitative", axis=None, scale=alt.Scale(domain=[0, highest], nice=False))
    bars = (
        draw.chart(rows)
        .mark_bar(color=theme.first, stroke=theme.paper, strokeWidth=1)
        .encode(x=x, x2=alt.X2(field="end"), y=y, tooltip=draw.tip("told"))
    )
    notes = []
    if spread.outliers:
        notes.append(f"The outermost bars hold what is far out ({share(spread.outliers, spread.judged)}).")
    return Picture(
        draw.layers([bars], height=150),
        f"{called(profiled.name)}: half of the values lie between {_point(profiled, spread.q1)} and {_point(profiled, spread.q3)}, "
        f"the middle one is {_point(profiled, spread.median)}.",
        " ".join(notes),
    )


def _point(profiled: Column, value: float) -> str:
    return day_words(day(value)) if profiled.holds is Holds.DATE else f"{value:,.4g}"


def _values(profiled: Column, rows: int, theme: Palette) -> Picture:
    import altair as alt

    commonest = [(short(text, 40), n) for text, n in profiled.commonest]
    drawn: list[Row] = [
        {"line": place, "share": n / rows, "told": f"{text}: {scoping_words.count(n, 'row')} ({share(n, rows)})"}
        for place, (text, n) in enumerate(commonest)
    ]
    scale = alt.Scale(domain=[0, max(r["share"] for r in drawn)], nice=False)
    x = alt.X(
        field="share", type="quantitative", axis=draw.axis(theme, title="Share of the rows", format="%", tickCount=5), scale=scale
    )
    y = draw.rows_axis([text for text, _ in commonest], theme, "line")
    bars = draw.chart(drawn).mark_bar(height=14, cornerRadius=3, color=theme.first).encode(x=x, y=y, tooltip=draw.tip("told"))
    more = profiled.different - len(commonest)
    return Picture(
        draw.layers([bars], height=max(70, 24 * len(commonest))),
        f"Commonest values of {called(profiled.name)}: {scoping_words.listed(r['told'] for r in drawn)}.",
        f"{scoping_words.count(more, 'other value')} not shown." if more > 0 else "",
    )
