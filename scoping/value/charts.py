"""Pictures of the value step: money out and back over time, how likely which outcome is, and what came of it.

Scales name their domains: the page hands data over after the picture, and a scale without either warns meanwhile.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping import currency as iso
from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.value.story import month_of
from scoping.value.words import amount, span
from scoping.words import chance, percent

if TYPE_CHECKING:
    from datetime import date

    import altair as alt

    from scoping.value.realised import Month
    from scoping.value.simulation import Fan, Simulation

LOSS = "#C2410C"
"""Orange-red that holds 3:1 on both themes; the sign of the axis says the same."""


def over_time(fan: Fan, currency: str, theme: Palette, first: date | None, delivered: tuple[int, str], rough: bool) -> Picture:
    """Money out until the plan delivers, and back: one fan, hatched where it rests on guesses.

    Args:
        delivered: the month in which benefits begin and what is delivered then; "" for no mark.
    """
    import altair as alt

    lo, hi = min(0.0, *fan.low), max(0.0, *fan.high)
    room = (hi - lo or 1.0) * 0.04
    scale = alt.Scale(domain=[lo - room, hi + room], nice=False, zero=False)
    mark = json.dumps(iso.sign(currency))
    looks = draw.axis(theme, title=None, tickCount=5)
    looks["labelExpr"] = f"(datum.value < 0 ? '−' : '') + {mark} + replace(format(abs(datum.value), '~s'), 'G', 'B')"
    y = alt.Y(field="y", type="quantitative", scale=scale, axis=looks)
    months = len(fan.likely) - 1
    across = draw.axis(theme, title=None if first else "Months from the start", grid=False, labelFlush=True)
    across["values"] = list(range(0, months + 1, 12 if months > 24 else 6 if months > 12 else 3))
    if first:
        across["labelExpr"] = f"timeFormat(datetime({first.year}, {first.month - 1} + datum.value, 1), '%b %Y')"
    x = alt.X(field="x", type="quantitative", scale=alt.Scale(domain=[0, months], nice=False), axis=across)
    rows: list[Row] = [
        {"x": at, "y": likely, "low": low, "high": high, "told": _at_month(at, low, likely, high, currency, first, rough)}
        for at, (low, likely, high) in enumerate(zip(fan.low, fan.likely, fan.high, strict=True))
    ]
    base = draw.chart(rows)
    ends = {"y": alt.Y(field="low", type="quantitative", scale=scale, axis=looks), "y2": alt.Y2(field="high")}
    if rough:
        lines = draw.chart(_hatched(fan, lo - room, hi + room))
        band = lines.mark_rule(color=theme.first, strokeWidth=1.5, opacity=0.45).encode(
            x=x, x2=alt.X2(field="x2"), y=y, y2=alt.Y2(field="y2")
        )
    else:
        band = base.mark_area(color=theme.first, opacity=0.22).encode(x=x, **ends)
    zero = draw.chart([{"y": 0}]).mark_rule(color=theme.soft, opacity=0.7).encode(y=y)
    line = base.mark_line(color=theme.first, strokeWidth=2.5).encode(x=x, y=y)
    feel = base.mark_rule(opacity=0, strokeWidth=14).encode(x=x, **ends, tooltip=draw.tip("told"))
    layers = [band, zero, line, feel]
    month, what = delivered
    if what and 0 < month < months:
        start = draw.chart([{"x": month, "y": hi, "told": what}])
        layers.append(start.mark_rule(color=theme.soft, strokeDash=[3, 4]).encode(x=x))
        layers.append(_label(start, theme, left=month > months / 2, dy=-2).encode(x=x, y=y, text=draw.text("told")))
    back = next((at for at in range(months, 0, -1) if fan.likely[at - 1] < 0 <= fan.likely[at]), None)
    if back is not None and fan.likely[-1] >= 0:
        before, after = fan.likely[back - 1], fan.likely[back]
        at = back - after / (after - before)
        when = f"back about {month_of(first, back)}" if first else f"back after {scoping_words.count(back, 'month')}"
        point = draw.chart([{"x": at, "y": 0, "told": when}])
        layers.append(draw.ring(point, theme).encode(x=x, y=y))
        is_late = at > months * 0.5
        layers.append(_label(point, theme, left=is_late, dy=-24 if is_late else 12).encode(x=x, y=y, text=draw.text("told")))
    told = span(fan.low[-1], fan.high[-1], currency, rough=rough)
    return Picture(
        draw.layers(layers, height=210),
        f"Money out first, then back: by the end of {scoping_words.count(months, 'month')} {told} in 8 of 10 cases, "
        f"{amount(fan.likely[-1], currency, rough=rough)} at likely values; at the lowest {amount(min(fan.likely), currency, rough=rough)}.",
    )


def _label(chart: alt.Chart, theme: Palette, *, left: bool, dy: int) -> alt.Chart:
    return draw.beside(chart, theme, left=left, by=8, dy=dy, baseline="top")


def _at_month(at: int, low: float, likely: float, high: float, currency: str, first: date | None, rough: bool) -> str:
    when = month_of(first, at) if first else f"After {scoping_words.count(at, 'month')}"
    return f"{when}: {amount(likely, currency, rough=rough)}; in 8 of 10 cases {span(low, high, currency, rough=rough)}"


_WIDE, _HIGH, _APART, _FINE = 640.0, 210.0, 8.0, 2.0
"""A page in pixels, as hatching has it: its size, how far lines are apart, how finely they are cut at the edges."""


def _hatched(fan: Fan, lo: float, hi: float) -> list[Row]:
    """Lines from the lower left to the upper right that fill the fan: nothing else of a chart can be hatched."""
    months = len(fan.likely) - 1
    u = np.arange(0.0, _WIDE + _FINE, _FINE)
    at = u * months / _WIDE
    low, high = (np.interp(at, range(months + 1), edge) for edge in (fan.low, fan.high))
    rows: list[Row] = []
    for start in np.arange(-_HIGH, _WIDE, _APART):
        y = lo + (u - start) / _HIGH * (hi - lo)
        inside = np.flatnonzero((y >= low) & (y <= high))
        for piece in np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1):
            if len(piece) > 1:
                a, b = piece[0], piece[-1]
                rows.append({"x": float(at[a]), "y": float(y[a]), "x2": float(at[b]), "y2": float(y[b])})
    return rows


def outcomes(simulation: Simulation, currency: str, theme: Palette, rough: bool = False) -> Picture | None:
    """How often which net present value comes out, told to two digits where it rests on guesses; None when nothing varies."""
    import altair as alt

    bins = [b for b in simulation.histogram if b.share > 0]
    if len(bins) < 2:
        return None
    rows: list[Row] = [
        {
            "from": b.start,
            "to": b.end,
            "share": b.share,
            "is_loss": b.end <= 0,
            "told": f"{span(b.start, b.end, currency, rough=rough)}: {percent(b.share, 1)} of the cases",
        }
        for b in bins
    ]
    looks = draw.axis(theme, title=f"Worth in {currency}", format="~s", tickCount=6, grid=False)
    scale = _span_scale([v for b in bins for v in (b.start, b.end)])
    x = alt.X(field="from", type="quantitative", axis=looks, scale=scale, bin="binned")
    y = alt.Y(field="share", type="quantitative", axis=None, scale=_span_scale([0, *(b.share for b in bins)]))
    colour = _either("is_loss", theme.first, LOSS)
    bars = (
        draw.chart(rows)
        .mark_bar(stroke=theme.paper, strokeWidth=1)
        .encode(x=x, x2=alt.X2(field="to"), y=y, color=colour, tooltip=draw.tip("told"))
    )
    seen = simulation.npv
    marks: list[Row] = [
        {"at": value, "told": f"{name}: {amount(value, currency, rough=rough)}"}
        for name, value in (("10 %", seen.p10), ("50 %", seen.p50), ("90 %", seen.p90))
    ]
    rule = (
        draw.chart(marks)
        .mark_rule(color=theme.ink, strokeDash=[4, 3])
        .encode(x=alt.X(field="at", type="quantitative"), tooltip=draw.tip("told"))
    )
    return Picture(
        draw.layers([bars, rule], height=190),
        f"Outcomes of {simulation.n:,} cases: one in ten below {amount(seen.p10, currency, rough=rough)}, half below "
        f"{amount(seen.p50, currency, rough=rough)}, one in ten above {amount(seen.p90, currency, rough=rough)}; "
        f"the chance of a loss is {chance(simulation.loss)}.",
        "Dashed lines: the values below which 10, 50 and 90 of 100 outcomes lie. Losses are orange.",
    )


def _span_scale(values: list[float]) -> Any:
    import altair as alt

    return alt.Scale(domain=[min(values), max(values)], nice=False, zero=False)


def _either(field: str, usual: str, where_true: str) -> Any:
    """One of two colours."""
    import altair as alt

    return alt.Color(field=field, type="nominal", legend=None, scale=alt.Scale(domain=[False, True], range=[usual, where_true]))


def promised(months: tuple[Month, ...], currency: str, theme: Palette) -> Picture | None:
    """Promise and reality added up month by month; None without readings."""
    import altair as alt

    if not months:
        return None
    rows: list[Row] = []
    due = came = 0.0
    for m in months:
        due += m.promised
        came += m.realised or 0.0
        rows.append(_month_row(m, "Promised", due, currency))
        if m.realised is not None:
            rows.append(_month_row(m, "Realised", came, currency))
    day_axis = draw.axis(theme, title=None, tickCount=6, format="%b %Y")
    x = alt.X(field="month", type="temporal", scale=alt.Scale(type="utc"), axis=day_axis)
    money_axis = draw.axis(theme, title=f"Added up, in {currency}", format="~s", tickCount=5)
    y = alt.Y(field="sum", type="quantitative", scale=_span_scale([0, *(r["sum"] for r in rows)]), axis=money_axis)
    legend = alt.Legend(orient="bottom", title=None, labelColor=theme.ink, symbolSize=140)
    names = ["Promised", "Realised"]
    colours = alt.Scale(domain=names, range=[theme.second, theme.first])
    colour = alt.Color(field="what", type="nominal", legend=legend, scale=colours)
    dash = alt.StrokeDash(field="what", type="nominal", legend=None, scale=alt.Scale(domain=names, range=[[5, 4], [1, 0]]))
    base = draw.chart(rows)
    line = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, color=colour, tooltip=draw.tip("told"))
    return Picture(
        draw.layers([line, dots], height=240),
        f"After {scoping_words.count(len(months), 'month')}: promised {iso.about(due, currency)}, realised {iso.about(came, currency)}.",
    )


def _month_row(month: Month, what: str, total: float, currency: str) -> Row:
    told = f"{month.first:%b %Y}: {what.lower()} {iso.about(total, currency)}"
    return {"month": month.first.isoformat(), "sum": total, "what": what, "told": told}
