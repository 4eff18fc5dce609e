"""Pictures of a charter: Altair charts with a text that says the same to those who do not see them."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scoping import answers
from scoping import currency as money
from scoping import drawing as draw
from scoping.drawing import Palette, Picture, Row
from scoping.section import Answer, day_words, short
from scoping.sections import value as value_part
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.feasibility import Feasibility, Slice, Slices
from scoping.sections.milestones import Milestone, Milestones, in_order
from scoping.sections.value import Acceptance, Rung, Value

if TYPE_CHECKING:
    import altair as alt


def cost_against_amount(data: DataSources, theme: Palette) -> Picture | None:
    """Cost and amount of every source, side by side in the commonest unit and currency; None when no source has both."""
    priced = [s for s in data.sources if s.amount is not None and s.cost is not None]
    if not priced:
        return None
    (unit_key, currency), _ = Counter(map(_measure, priced)).most_common(1)[0]
    shown = [s for s in priced if _measure(s) == (unit_key, currency)]
    unit = short(shown[0].unit, 30)
    amounts = [float(s.amount or 0) for s in shown]
    costs = [float(money.to_major(s.cost or 0, currency)) for s in shown]
    x, y = _Axis.over(amounts), _Axis.over(costs)
    labels = [_source_label(s) for s in shown] if len(shown) <= _MOST_LABELS else [""] * len(shown)
    places = _place([(x.share(a), y.share(c)) for a, c in zip(amounts, costs, strict=True)], labels)
    rows: list[Row] = [
        {"c0": a, "c1": c, "c2": label, "c3": dx, "c4": dy, "c5": align, "c6": tip}
        for a, c, label, (dx, dy, align), tip in zip(amounts, costs, labels, places, map(_source_words, shown), strict=True)
    ]
    return Picture(
        _cost_chart(rows, x, y, f"Amount in {unit}" if unit else "Amount", f"Cost in {currency}", theme),
        f"Cost against amount of {draw.count(len(shown), 'source')}: {draw.listed(map(_source_words, shown))}.",
        _left_out_note(data, shown, unit, currency),
    )


def gantt(milestones: Milestones, theme: Palette, today: date) -> Picture | None:
    """The plan as bars from start to due date, with owner and date at their ends; None when no date is known."""
    dated = [m for m in in_order(milestones) if m.start or m.due]
    if not dated:
        return None
    shown = dated[: draw.MOST_ROWS]
    rows = [_milestone_row(i, m) for i, m in enumerate(shown)]
    first, last = min(r["c1"] for r in rows), max(r["c2"] for r in rows)
    missing = len(milestones.milestones) - len(dated)
    notes = ["Bars run from start to due date; a diamond marks a single date."]
    if _day(first) <= today <= _day(last):
        notes.append("The dashed line is today.")
    notes += draw.cut_note(dated)
    if missing:
        notes.append(f"{draw.count(missing, 'milestone')} without any date not shown.")
    return Picture(
        _gantt_chart(rows, [m.title for m in shown], _day(first), _day(last), today, theme),
        f"Plan of {draw.count(len(dated), 'milestone')}: {draw.listed(map(_milestone_words, dated))}.",
        " ".join(notes),
    )


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
        f"Metric ladder, from business to training: {draw.listed(map(_rung_words, rungs))}.",
        " ".join(notes),
    )


def slices(feasibility: Feasibility, theme: Palette) -> Picture | None:
    """Model and people on every slice, the slice with most to gain first; None when no slice has a number."""
    known = [s for s in feasibility.slices if s.model is not None or s.hlp is not None]
    if not known:
        return None
    known.sort(key=lambda s: -math.inf if s.gain is None else s.gain, reverse=True)
    notes = ["Gain: points on all cases if the model became as good as people there."]
    if feasibility.slices_are is Slices.OVERLAPPING:
        notes.append("Slices overlap, so gains must not be added.")
    notes += draw.cut_note(known)
    if missing := len(feasibility.slices) - len(known):
        notes.append(f"{draw.count(missing, 'slice')} without numbers not shown.")
    return Picture(
        _slices_chart(known[: draw.MOST_ROWS], theme),
        f"Model and people on {draw.count(len(known), 'slice')}, largest gain first: {draw.listed(map(_slice_words, known))}.",
        " ".join(notes),
    )


# Cost against amount


@dataclass(frozen=True)
class _Axis:
    """A scale from `low` to `high`; logarithmic where the largest value would crush the smallest."""

    low: float
    high: float
    log: bool

    @classmethod
    def over(cls, values: Sequence[float]) -> _Axis:
        low, high = min(values), max(values)
        if low > 0 and high > 50 * low:
            return cls(low / 2 or low, _finite(high * 2), True)
        return cls(0, _finite(high * 1.15) or 1, False)

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        low, high, at = (math.log(v) for v in (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        return (at - low) / (high - low)

    def scale(self) -> Any:
        import altair as alt

        return alt.Scale(type="log" if self.log else "linear", domain=[self.low, self.high], nice=False)


def _finite(number: float) -> float:
    return min(number, sys.float_info.max)


def _measure(source: Source) -> tuple[str, str]:
    return short(source.unit, 300).casefold(), source.currency.value


def _days(source: Source) -> str:
    return "time not known" if source.days is None else draw.count(source.days, "day")


def _source_label(source: Source) -> str:
    return f"{short(source.title, 32)} · {_days(source)}"


def _source_words(source: Source) -> str:
    amount = f"{answers.number_words(source.amount or 0)} {short(source.unit, 30)}".strip()
    return f"{short(source.title, 60)}: {amount} for {money.words(source.cost or 0, source.currency)}, {_days(source)}"


def _left_out_note(data: DataSources, shown: list[Source], unit: str, currency: str) -> str:
    incomplete = sum(s.amount is None or s.cost is None for s in data.sources)
    elsewhere = len(data.sources) - incomplete - len(shown)
    notes = ["Point at a dot to see which source it is."] if len(shown) > _MOST_LABELS else []
    if elsewhere:
        notes.append(
            f"Shown are sources in {unit or 'no unit'} and {currency}; {elsewhere} in other units or currencies not shown."
        )
    if incomplete:
        notes.append(f"{draw.count(incomplete, 'source')} without amount or cost not shown.")
    return " ".join(notes)


_WIDTH, _HEIGHT = 620, 330
"""Pixels that label placement reckons with; the real width follows the page."""
_LETTER, _LINE = 6.6, 16.0
_MOST_LABELS = 40
"""More labels than this cover each other wherever they are put."""


def _place(points: Sequence[tuple[float, float]], labels: Sequence[str]) -> list[tuple[float, float, str]]:
    """Offsets and alignment of labels so that they cover neither each other nor a point, where there is room."""
    spots = [(x * _WIDTH, (1 - y) * _HEIGHT) for x, y in points]
    boxes = [(x - 8, y - 8, x + 8, y + 8) for x, y in spots]
    chosen: list[tuple[float, float, str]] = []
    for (x, y), label in zip(spots, labels, strict=True):
        if not label:
            chosen.append((0, 0, "left"))
            continue
        width = len(label) * _LETTER
        options: list[tuple[float, float, str]] = []
        for step in range(10):
            for dy in {-_LINE * step, _LINE * step}:
                options += [(12, dy, "left"), (-12, dy, "right")]
        dx, dy, align = min(options, key=lambda o: (_covered(_label_box(x, y, width, *o), boxes), abs(o[1]), o[1], -o[0]))
        boxes.append(_label_box(x, y, width, dx, dy, align))
        chosen.append((dx, dy, align))
    return chosen


Box = tuple[float, float, float, float]


def _label_box(x: float, y: float, width: float, dx: float, dy: float, align: str) -> Box:
    left = x + dx - (width if align == "right" else 0)
    return left, y + dy - _LINE / 2, left + width, y + dy + _LINE / 2


def _covered(box: Box, others: Iterable[Box]) -> float:
    """How many square pixels of others a box covers; what leaves the picture counts too."""
    left, top, right, bottom = box
    inside = max(0.0, min(right, _WIDTH) - max(left, 0)) * max(0.0, min(bottom, _HEIGHT) - max(top, 0))
    hidden = (right - left) * (bottom - top) - inside
    return round(hidden, 6) + sum(
        max(0.0, min(right, r) - max(left, le)) * max(0.0, min(bottom, b) - max(top, t)) for le, t, r, b in others
    )


def _cost_chart(rows: list[Row], x: _Axis, y: _Axis, x_title: str, y_title: str, theme: Palette) -> alt.LayerChart:
    import altair as alt

    def position(channel: Any, field: str, axis: _Axis, title: str) -> Any:
        looks = draw.axis(theme, title=title, format="~s", tickCount=6)
        return channel(field=field, type="quantitative", title=title, scale=axis.scale(), axis=looks)

    base = draw.chart(rows).encode(x=position(alt.X, "c0", x, x_title), y=position(alt.Y, "c1", y, y_title))
    dots = base.mark_circle(size=150, color=theme.first, opacity=0.9, stroke=theme.paper, strokeWidth=2)
    text = base.mark_text(
        dx=alt.expr("datum.c3"),
        dy=alt.expr("datum.c4"),
        align=alt.expr("datum.c5"),
        baseline="middle",
        fontSize=12,
        color=theme.ink,
    )
    return draw.layers([dots.encode(tooltip=draw.tip("c6")), text.encode(text=draw.text("c2"))], height=_HEIGHT)


# Plan


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _milestone_row(place: int, m: Milestone) -> Row:
    ends = sorted(d for d in (m.start, m.due) if d)
    return {
        "c0": place,
        "c1": ends[0].isoformat(),
        "c2": ends[-1].isoformat(),
        "c3": f"{short(m.owner, 20) or 'no owner'} · {_due_words(m)}",
        "c4": _milestone_words(m),
    }


def _due_words(m: Milestone) -> str:
    if m.due is None:
        return "no due date"
    return f"{day_words(m.due)}, before its start" if m.start and m.start > m.due else day_words(m.due)


def _milestone_words(m: Milestone) -> str:
    begins = f"from {day_words(m.start)}, " if m.start else ""
    due = f"due {_due_words(m)}" if m.due else "no due date"
    return f"{short(m.title, 60)}: {begins}{due}, {short(m.owner, 40) or 'no owner'}"


def _gantt_chart(rows: list[Row], titles: list[str], first: date, last: date, today: date, theme: Palette) -> alt.LayerChart:
    import altair as alt

    days = max((last - first).days, 14)
    room = [_shifted(first, -max(1, days // 40)), _shifted(last, round(days * 0.8))]
    # The scale counts in UTC: a date without a time is read as UTC, and would move by a day west of Greenwich otherwise.
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in room]
    scale = alt.Scale(type="utc", domain=domain, nice=False)
    looks = draw.axis(theme, orient="top", title=None, tickCount=6)
    x = alt.X(field="c1", type="temporal", axis=looks)
    y = draw.rows_axis(titles, theme)
    # Only this layer says what the scale is: said twice, or beside an x2, even the same domain counts as a conflict.
    ends = alt.X(field="c2", type="temporal", axis=looks, scale=scale)
    layers = [
        draw.chart(rows).mark_text(align="left", dx=10, fontSize=12, color=theme.ink).encode(x=ends, y=y, text=draw.text("c3"))
    ]
    if spans := [r for r in rows if r["c1"] != r["c2"]]:
        bars = draw.chart(spans).mark_bar(height=16, cornerRadius=5, color=theme.first)
        layers.append(bars.encode(x=x, x2=alt.X2(field="c2"), y=y, tooltip=draw.tip("c4")))
    if points := [r for r in rows if r["c1"] == r["c2"]]:
        diamonds = draw.chart(points).mark_point(shape="diamond", size=180, filled=True, opacity=1, color=theme.first)
        layers.append(diamonds.encode(x=x, y=y, tooltip=draw.tip("c4")))
    if first <= today <= last:
        rule = draw.chart([{"c1": today.isoformat()}]).mark_rule(color=theme.soft, strokeDash=[3, 3], strokeWidth=1.5)
        layers.insert(0, rule.encode(x=x))
    return draw.layers(layers, height=34 * len(rows))


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


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
    now, target = ("?" if n is None else answers.number_words(n) for n in (rung.current, rung.target))
    return f"{now} → {target} {short(rung.unit, 16)}".strip()


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
        "c0": place,
        "c1": _rung_share(rung, rung.current),
        "c2": _rung_share(rung, rung.target),
        "c3": _rung_numbers(rung),
        "c4": "   ".join(f"{_says(rung, name)[0]} {name}" for name, _ in _SIDES),
        "c5": _rung_words(rung),
        "c6": 1.06,
        "c7": 0,
        "c8": 1,
    }


def _ladder_chart(rows: list[Row], titles: list[str], theme: Palette) -> alt.LayerChart:
    import altair as alt

    def x(field: str) -> Any:
        return alt.X(field=field, type="quantitative", scale=alt.Scale(domain=[0, 1.7], nice=False), axis=None)

    y = draw.rows_axis(titles, theme)
    both = draw.chart([r for r in rows if None not in (r["c1"], r["c2"])])
    track = (
        draw.chart(rows).mark_rule(color=theme.grid, strokeWidth=6, strokeCap="round").encode(x=x("c7"), x2=alt.X2(field="c8"), y=y)
    )
    way = both.mark_rule(color=theme.first, strokeWidth=3).encode(x=x("c1"), x2=alt.X2(field="c2"), y=y)
    now = draw.dots(rows, "c1", x, y, "circle", theme.second, theme)
    target = draw.dots(rows, "c2", x, y, "diamond", theme.first, theme)
    end = draw.chart(rows).encode(x=x("c6"), y=y, tooltip=draw.tip("c5"))
    numbers = end.mark_text(align="left", dy=-9, fontSize=13, fontWeight=600, color=theme.ink).encode(text=draw.text("c3"))
    sides = end.mark_text(align="left", dy=9, fontSize=12, color=theme.soft).encode(text=draw.text("c4"))
    return draw.layers([track, way, now, target, numbers, sides], height=52 * len(rows))


# Slices


def _slice_words(s: Slice) -> str:
    model, people = ("not known" if n is None else f"{answers.number_words(n)}%" for n in (s.model, s.hlp))
    return f"{short(s.title, 60)}: model {model}, people {people}, {_gain_words(s)}"


def _gain_words(s: Slice) -> str:
    if s.gain is not None:
        return f"gain {answers.number_words(round(s.gain, 2))}"
    return "gain not known" if s.gap is None else f"gap {answers.number_words(round(s.gap, 2))}, share not known"


def _slice_row(place: int, s: Slice) -> Row:
    largest = max(n for n in (s.model, s.hlp) if n is not None)
    return {"c0": place, "c1": s.model, "c2": s.hlp, "c3": _gain_words(s), "c4": largest, "c5": _slice_words(s)}


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
    y = draw.rows_axis([s.title for s in shown], theme)
    both = draw.chart([r for r in rows if None not in (r["c1"], r["c2"])])
    way = both.mark_rule(color=theme.soft, strokeWidth=2).encode(x=x("c1"), x2=alt.X2(field="c2"), y=y)
    names = {"Model": ("c1", "circle", theme.first), "People": ("c2", "diamond", theme.second)}
    dots = draw.chart([{**r, "c6": r[c], "c7": name} for r in rows for name, (c, _, _) in names.items() if r[c] is not None])
    legend = alt.Legend(orient="bottom", title=None, labelColor=theme.ink)
    marks = dots.mark_point(filled=True, size=160, opacity=1, stroke=theme.paper, strokeWidth=1).encode(
        x=x("c6"),
        y=y,
        color=alt.Color(field="c7", type="nominal", legend=legend, scale=by_name([c for _, _, c in names.values()])),
        shape=alt.Shape(field="c7", type="nominal", legend=legend, scale=by_name([s for _, s, _ in names.values()])),
        tooltip=draw.tip("c5"),
    )
    labels = (
        draw.chart(rows).mark_text(align="left", dx=12, fontSize=12, color=theme.ink).encode(x=x("c4"), y=y, text=draw.text("c3"))
    )
    return draw.layers([way, marks, labels], height=34 * len(shown))
