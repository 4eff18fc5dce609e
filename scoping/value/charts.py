"""Pictures of the value step: how likely which outcome is, what drives it, what came of it, and the metric ladder.

Scales name their domains: the page hands data over after the picture, and a scale without either warns meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scoping import currency as iso
from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.section import Answer
from scoping.sections import value as value_part
from scoping.sections.value import Acceptance, Rung, Value
from scoping.value.words import amount, span
from scoping.words import chance, percent, short

if TYPE_CHECKING:
    import altair as alt

    from scoping.value.realised import Month
    from scoping.value.simulation import Simulation, Swing

_MOST_SWINGS = 10

LOSS = "#C2410C"
"""Orange-red that holds 3:1 on both themes; the sign of the axis says the same."""


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
            "told": f"{span(b.start, b.end, currency, rough=rough)}: {percent(b.share, 1)} of the draws",
        }
        for b in bins
    ]
    looks = draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6, grid=False)
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
        f"Outcomes of {simulation.n:,} draws: one in ten below {amount(seen.p10, currency, rough=rough)}, half below "
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


def tornado(simulation: Simulation, currency: str, theme: Palette, rough: bool = False) -> Picture | None:
    """What each input alone does to the net present value, widest first, to two digits where it rests on guesses; else as above."""
    import altair as alt

    swings = [s for s in simulation.swings if s.width > 0]
    if not swings:
        return None
    shown = swings[:_MOST_SWINGS]
    rows = [_swing_row(place, swing, currency, rough=rough) for place, swing in enumerate(shown)]
    looks = draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6)
    scale = _span_scale([row[end] for row in rows for end in ("low", "high")])
    x = alt.X(field="low", type="quantitative", axis=looks, scale=scale)
    y = draw.rows_axis([s.name for s in shown], theme, "line")
    bars = (
        draw.chart(rows)
        .mark_bar(height=16, cornerRadius=4)
        .encode(x=x, x2=alt.X2(field="high"), y=y, color=_either("decides", theme.first, theme.second), tooltip=draw.tip("told"))
    )
    notes = ["Each bar: one input from its 10 % to its 90 % point, all others at their likely values."]
    if any(s.flips for s in shown):
        notes.append("Brown bars cross zero: this input alone decides between gain and loss.")
    if len(swings) > len(shown):
        notes.append(f"{scoping_words.count(len(swings) - len(shown), 'smaller input')} not shown.")
    told = scoping_words.listed(f"{short(s.name, 60)} {_swing_words(s, currency, rough=rough)}" for s in shown)
    return Picture(draw.layers([bars], height=max(90, 28 * len(rows))), f"What moves the result most: {told}.", " ".join(notes))


def _swing_words(swing: Swing, currency: str, *, rough: bool) -> str:
    return span(min(swing.npv_low, swing.npv_high), max(swing.npv_low, swing.npv_high), currency, rough=rough)


def _swing_row(place: int, swing: Swing, currency: str, *, rough: bool) -> Row:
    return {
        "line": place,
        "low": min(swing.npv_low, swing.npv_high),
        "high": max(swing.npv_low, swing.npv_high),
        "decides": swing.flips,
        "told": f"{short(swing.name, 60)}: net present value {_swing_words(swing, currency, rough=rough)}",
    }


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


def ladder(value: Value, theme: Palette) -> Picture | None:
    """Each metric from now to target, business at the top, with what both sides say to it; None without rungs."""
    rungs = [r for r in reversed(value_part.ladder(value)) if r.metric.strip() or r.current is not None or r.target is not None]
    if not rungs:
        return None
    shown = rungs[: draw.MOST_ROWS]
    notes = [
        "Each line has a scale of its own, from zero to the larger number (to 100 for percentages). Circle: now; diamond: target.",
        "✓ can live with it, ✕ objects, ? not known yet, ○ not asked.",
        *draw.cut_note(rungs),
    ]
    return Picture(
        _ladder_chart([_rung_row(i, r) for i, r in enumerate(shown)], [r.title for r in shown], theme),
        f"Metric ladder, from business to training: {scoping_words.listed(map(_rung_words, rungs))}.",
        " ".join(notes),
    )


# Metric ladder


def _rung_share(rung: Rung, number: float | None) -> float | None:
    """Where a number lies between zero (or the smallest) and the largest of its rung."""
    if number is None:
        return None
    known = [n for n in (rung.current, rung.target) if n is not None]
    low = min(0.0, *known)
    high = max(100.0 if rung.unit.strip() == "%" else 0.0, *known)
    # Divided before subtracting: the difference of two huge numbers would be infinite.
    size = max(abs(low), abs(high)) or 1.0
    return (number / size - low / size) / (high / size - low / size or 1.0)


def _rung_numbers(rung: Rung) -> str:
    now, target = ("?" if n is None else scoping_words.number_words(n) for n in (rung.current, rung.target))
    return f"{now} → {scoping_words.measured(target, short(rung.unit, 16))}"


_SIDES = (("technical", "technical side"), ("business", "business side"))


def _says(rung: Rung, name: str) -> tuple[str, str]:
    """What a side says to a metric, as a sign and in words."""
    opinion: Acceptance | None = getattr(rung, name)
    if opinion is Acceptance.ACCEPTS:
        return "✓", "can live with it"
    if opinion is Acceptance.OBJECTS:
        return "✕", "objects"
    return ("?", "not known yet") if rung.answer(name) is Answer.UNKNOWN else ("○", "not asked")


def _rung_words(rung: Rung) -> str:
    sides = ", ".join(f"{label} {_says(rung, name)[1]}" for name, label in _SIDES)
    return f"{short(rung.title, 60)} {_rung_numbers(rung)}, {sides}"


def _rung_row(place: int, rung: Rung) -> Row:
    return {
        "line": place,
        "now": _rung_share(rung, rung.current),
        "target": _rung_share(rung, rung.target),
        "numbers": _rung_numbers(rung),
        "sides": "   ".join(f"{_says(rung, name)[0]} {name}" for name, _ in _SIDES),
        "told": _rung_words(rung),
    }


def _ladder_chart(rows: list[Row], titles: list[str], theme: Palette) -> alt.LayerChart:
    import altair as alt

    scale = alt.Scale(domain=[0, 1.7], nice=False)

    def x(field: str) -> Any:
        return alt.X(field=field, type="quantitative", scale=scale, axis=None)

    def at(place: float) -> Any:
        return alt.X(datum=place, type="quantitative", scale=scale, axis=None)

    y = draw.rows_axis(titles, theme, "line")
    both = draw.chart([r for r in rows if None not in (r["now"], r["target"])])
    track = draw.chart(rows).mark_rule(color=theme.grid, strokeWidth=6, strokeCap="round").encode(x=at(0), x2=alt.X2(datum=1), y=y)
    way = both.mark_rule(color=theme.first, strokeWidth=3).encode(x=x("now"), x2=alt.X2(field="target"), y=y)
    now = draw.dots(rows, "now", x, y, "circle", theme.second, theme, "told")
    target = draw.dots(rows, "target", x, y, "diamond", theme.first, theme, "told")
    end = draw.chart(rows).encode(x=at(1.06), y=y, tooltip=draw.tip("told"))
    numbers = end.mark_text(align="left", dy=-9, fontSize=13, fontWeight=600, color=theme.ink).encode(text=draw.text("numbers"))
    sides = end.mark_text(align="left", dy=9, fontSize=12, color=theme.soft).encode(text=draw.text("sides"))
    return draw.layers([track, way, now, target, numbers, sides], height=52 * len(rows))
