"""Pictures of the value step: how likely which outcome is, what drives it, what came of it.

Scales name their domains: the page hands data over after the picture, and a scale without either warns meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scoping import currency as iso
from scoping import drawing as draw
from scoping.drawing import Palette, Picture
from scoping.portfolio import VERDICTS, Candidate, Ethics, Feasible
from scoping.section import short

if TYPE_CHECKING:
    from scoping.money import Simulation
    from scoping.valuation import Month

_MOST_SWINGS = 10
_LOSS = "#C2410C"
"""Orange-red that holds 3:1 on both themes; the sign of the axis says the same."""


def outcomes(simulation: Simulation, currency: str, theme: Palette) -> Picture | None:
    """How often which net present value comes out; None when nothing varies."""
    import altair as alt

    bins = [b for b in simulation.histogram if b.share > 0]
    if len(bins) < 2:
        return None
    rows = [
        {"c0": b.start, "c1": b.end, "c2": b.share, "c3": b.end <= 0, "c4": f"{_span(b.start, b.end, currency)}: {b.share:.1%}"}
        for b in bins
    ]
    looks = draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6, grid=False)
    x = alt.X(
        field="c0", type="quantitative", axis=looks, scale=_span_scale([v for b in bins for v in (b.start, b.end)]), bin="binned"
    )
    y = alt.Y(field="c2", type="quantitative", axis=None, scale=_span_scale([0, *(b.share for b in bins)]))
    colour = alt.Color(field="c3", type="nominal", legend=None, scale=alt.Scale(domain=[False, True], range=[theme.first, _LOSS]))
    bars = (
        draw.chart(rows)
        .mark_bar(stroke=theme.paper, strokeWidth=1)
        .encode(x=x, x2=alt.X2(field="c1"), y=y, color=colour, tooltip=draw.tip("c4"))
    )
    seen = simulation.npv
    marks = [
        {"c0": seen.p10, "c5": f"10 %: {iso.about(seen.p10, currency)}"},
        {"c0": seen.p50, "c5": f"50 %: {iso.about(seen.p50, currency)}"},
        {"c0": seen.p90, "c5": f"90 %: {iso.about(seen.p90, currency)}"},
    ]
    rule = (
        draw.chart(marks)
        .mark_rule(color=theme.ink, strokeDash=[4, 3])
        .encode(x=alt.X(field="c0", type="quantitative"), tooltip=draw.tip("c5"))
    )
    return Picture(
        draw.layers([bars, rule], height=190),
        f"Outcomes of {simulation.n:,} draws: one in ten below {iso.about(seen.p10, currency)}, half below "
        f"{iso.about(seen.p50, currency)}, one in ten above {iso.about(seen.p90, currency)}; {simulation.loss:.0%} are a loss.",
        "Dashed lines: the values below which 10, 50 and 90 of 100 outcomes lie. Losses are orange.",
    )


def _span_scale(values: list[float]) -> Any:
    import altair as alt

    return alt.Scale(domain=[min(values), max(values)], nice=False, zero=False)


def _span(start: float, end: float, currency: str) -> str:
    return f"{iso.about(start, currency)} to {iso.about(end, currency)}"


def tornado(simulation: Simulation, currency: str, theme: Palette) -> Picture | None:
    """What each input alone does to the net present value, widest first; None when none does anything."""
    import altair as alt

    swings = [s for s in simulation.swings if s.width > 0]
    if not swings:
        return None
    shown = swings[:_MOST_SWINGS]
    rows: list[dict[str, Any]] = [
        {
            "c0": place,
            "c1": min(s.npv_low, s.npv_high),
            "c2": max(s.npv_low, s.npv_high),
            "c3": s.flips,
            "c4": f"{short(s.name, 60)}: net present value {_span(min(s.npv_low, s.npv_high), max(s.npv_low, s.npv_high), currency)}",
        }
        for place, s in enumerate(shown)
    ]
    looks = draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6)
    x = alt.X(field="c1", type="quantitative", axis=looks, scale=_span_scale([r[c] for r in rows for c in ("c1", "c2")]))
    colour = alt.Color(
        field="c3", type="nominal", legend=None, scale=alt.Scale(domain=[False, True], range=[theme.first, theme.second])
    )
    bars = (
        draw.chart(rows)
        .mark_bar(height=16, cornerRadius=4)
        .encode(x=x, x2=alt.X2(field="c2"), y=draw.rows_axis([s.name for s in shown], theme), color=colour, tooltip=draw.tip("c4"))
    )
    notes = ["Each bar: one input from its 10 % to its 90 % point, all others at their likely values."]
    if any(s.flips for s in shown):
        notes.append("Brown bars cross zero: this input alone decides between gain and loss.")
    if len(swings) > len(shown):
        notes.append(f"{draw.count(len(swings) - len(shown), 'smaller input')} not shown.")
    told = draw.listed(
        f"{short(s.name, 60)} {_span(min(s.npv_low, s.npv_high), max(s.npv_low, s.npv_high), currency)}" for s in shown
    )
    return Picture(draw.layers([bars], height=max(90, 28 * len(rows))), f"What moves the result most: {told}.", " ".join(notes))


def promised(months: tuple[Month, ...], currency: str, theme: Palette) -> Picture | None:
    """Promise and reality added up month by month; None without readings."""
    import altair as alt

    if not months:
        return None
    rows: list[dict[str, Any]] = []
    due = came = 0.0
    for m in months:
        due += m.promised
        came += m.realised or 0.0
        rows.append(
            {"c0": m.first.isoformat(), "c1": due, "c2": "Promised", "c3": f"{m.first:%b %Y}: promised {iso.about(due, currency)}"}
        )
        if m.realised is not None:
            rows.append(
                {
                    "c0": m.first.isoformat(),
                    "c1": came,
                    "c2": "Realised",
                    "c3": f"{m.first:%b %Y}: realised {iso.about(came, currency)}",
                }
            )
    x = alt.X(
        field="c0", type="temporal", scale=alt.Scale(type="utc"), axis=draw.axis(theme, title=None, tickCount=6, format="%b %Y")
    )
    scale = _span_scale([0, *(r["c1"] for r in rows)])
    y = alt.Y(
        field="c1",
        type="quantitative",
        scale=scale,
        axis=draw.axis(theme, title=f"Added up, in {currency}", format="~s", tickCount=5),
    )
    legend = alt.Legend(orient="bottom", title=None, labelColor=theme.ink, symbolSize=140)
    names = ["Promised", "Realised"]
    colour = alt.Color(field="c2", type="nominal", legend=legend, scale=alt.Scale(domain=names, range=[theme.second, theme.first]))
    dash = alt.StrokeDash(field="c2", type="nominal", legend=None, scale=alt.Scale(domain=names, range=[[5, 4], [1, 0]]))
    base = draw.chart(rows)
    line = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, color=colour, tooltip=draw.tip("c3"))
    return Picture(
        draw.layers([line, dots], height=240),
        f"After {draw.count(len(months), 'month')}: promised {iso.about(due, currency)}, realised {iso.about(came, currency)}.",
    )


def _days(months: tuple[Month, ...]) -> list[Any]:
    import altair as alt

    first, last = months[0].first, months[-1].first
    if first == last:
        last = last.replace(day=28)
    return [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in (first, last)]


def matrix(candidates: Sequence[Candidate], rates: Sequence[tuple[str, float]], currency: str, theme: Palette) -> Picture | None:
    """Value with its 80 % interval against feasibility, ethics as colour and shape; None when no value is known."""
    import altair as alt

    columns = list(Feasible)
    worth = dict(rates)
    places: dict[Feasible, int] = {}
    rows: list[dict[str, Any]] = []
    known = [(c, c.npv) for c in candidates if c.npv is not None and (c.currency == currency or worth.get(c.currency))]
    for one, npv in sorted(known, key=lambda pair: -pair[1].mean):
        rate = 1.0 if one.currency == currency else worth[one.currency]
        nth = places.get(one.feasible, 0)
        places[one.feasible] = nth + 1
        # Projects of one verdict stand beside each other in order, so that no two intervals cover each other.
        at = columns.index(one.feasible) + (nth % _BESIDE - (_BESIDE - 1) / 2) * 0.7 / _BESIDE
        low, mean, high = (v * rate for v in (npv.p10, npv.mean, npv.p90))
        label = f"{short(one.name, 22)}" if nth < _BESIDE else ""
        told = f"{short(one.name, 60)}: {_span(low, high, currency)}, {VERDICTS[one.feasible].lower()}, ethics {one.ethics.value}"
        rows.append({"c0": at, "c1": mean, "c2": low, "c3": high, "c4": one.ethics.value, "c5": label, "c6": told})
    if not rows:
        return None
    labels = json.dumps([VERDICTS[f] for f in columns])
    looks = draw.axis(
        theme,
        title="Feasibility of the chosen idea",
        grid=False,
        values=list(range(len(columns))),
        labelExpr=f"{labels}[datum.value]",
    )
    x = alt.X(
        field="c0", type="quantitative", axis=looks, scale=alt.Scale(domain=[-0.5, len(columns) - 0.5], nice=False, zero=False)
    )
    ends = [r[c] for r in rows for c in ("c2", "c3")]
    room = (max(*ends, 0) - min(*ends, 0)) * 0.12 or 1
    scale = alt.Scale(domain=[min(*ends, 0) - room, max(*ends, 0) + room], nice=False)
    y = alt.Y(
        field="c1",
        type="quantitative",
        scale=scale,
        axis=draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6),
    )
    names = [e.value for e in Ethics]
    legend = alt.Legend(orient="bottom", title="Ethics", labelColor=theme.ink, titleColor=theme.soft, symbolSize=140)
    colour = alt.Color(
        field="c4", type="nominal", legend=legend, scale=alt.Scale(domain=names, range=[theme.first, theme.second, _LOSS])
    )
    shape = alt.Shape(
        field="c4", type="nominal", legend=legend, scale=alt.Scale(domain=names, range=["circle", "diamond", "cross"])
    )
    base = draw.chart(rows)
    zero = (
        draw.chart([{"c1": 0}])
        .mark_rule(color=theme.soft, strokeDash=[4, 3])
        .encode(y=alt.Y(field="c1", type="quantitative", scale=scale))
    )
    bars = base.mark_rule(strokeWidth=2.5).encode(
        x=x,
        y=alt.Y(field="c2", type="quantitative", scale=scale),
        y2=alt.Y2(field="c3"),
        color=colour,
    )
    dots = base.mark_point(filled=True, size=150, opacity=1, stroke=theme.paper, strokeWidth=1.5).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=draw.tip("c6")
    )
    text = base.mark_text(dy=-12, fontSize=12, color=theme.ink).encode(
        x=x, y=alt.Y(field="c3", type="quantitative", scale=scale), text=draw.text("c5")
    )
    hidden = len(candidates) - len(rows)
    note = "Bars hold 80 of 100 outcomes. Within a verdict, the most valuable project stands first."
    if hidden:
        note += f" {draw.count(hidden, 'project')} without a countable value not shown."
    return Picture(
        draw.layers([zero, bars, dots, text], height=380), f"Value against feasibility: {draw.listed(r['c6'] for r in rows)}.", note
    )


_BESIDE = 6
"""Projects of one verdict beside each other; further ones begin again at the left."""
