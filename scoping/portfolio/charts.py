"""Pictures of many projects: value against feasibility, timeline, load of people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.ethics.state import EthicsKind
from scoping.milestones.status import SETTLED
from scoping.portfolio.candidates import VERDICTS, Candidate, Feasible
from scoping.portfolio.timeline import FULL, MOST_PEOPLE, Entry, Load
from scoping.value.charts import LOSS
from scoping.value.words import GUESSES, span
from scoping.words import day_words, isolated, short

if TYPE_CHECKING:
    import altair as alt


# Pictures


def timeline(entries: tuple[Entry, ...], theme: Palette, today: date) -> Picture | None:
    """The milestones as bars from start to due date with their state in words; None when none has a date."""
    dated = [e for e in entries if e.start or e.due]
    if not dated:
        return None
    shown = dated[: draw.MOST_ROWS]
    rows = [_bar(place, e) for place, e in enumerate(shown)]
    notes = ["Bars run from start to due date; a diamond marks a single date. The dashed line is today."]
    notes += draw.cut_note(dated)
    if missing := len(entries) - len(dated):
        notes.append(f"{scoping_words.count(missing, 'milestone')} without any date not drawn.")
    return Picture(
        _bars(rows, [f"{short(e.project, 20)}: {e.title}" for e in shown], theme, today),
        f"Timeline of {scoping_words.count(len(dated), 'milestone')}: {scoping_words.listed(map(_told, dated))}.",
        " ".join(notes),
    )


def _bar(place: int, entry: Entry) -> Row:
    ends = sorted(d for d in (entry.start, entry.due) if d)
    words = " · ".join(filter(None, (entry.words, day_words(entry.due) if entry.due else "no due date", short(entry.owner, 20))))
    return {
        "line": place,
        "day": ends[0].isoformat(),
        "until": ends[-1].isoformat(),
        "words": words,
        "told": _told(entry),
        "is_settled": entry.state in SETTLED,
    }


def _told(entry: Entry) -> str:
    due = f"due {day_words(entry.due)}" if entry.due else "no due date"
    return f"{isolated(short(entry.title, 60))} of {isolated(short(entry.project, 40))}: {entry.state.label.lower()}, {due}"


def _bars(rows: list[Row], titles: list[str], theme: Palette, today: date) -> alt.LayerChart:
    import altair as alt

    first = min(today, *(date.fromisoformat(r["day"]) for r in rows))
    last = max(today, *(date.fromisoformat(r["until"]) for r in rows))
    days = max((last - first).days, 14)
    ends = [_shifted(first, -max(1, days // 40)), _shifted(last, round(days * 0.8))]
    # The scale counts in UTC: a date without a time is read as UTC, and would move by a day west of Greenwich otherwise.
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    looks = draw.axis(theme, orient="top", title=None, tickCount=6)
    x = alt.X(field="day", type="temporal", axis=looks)
    y = draw.rows_axis(titles, theme, "line")
    # Only this layer says what the scale is: said twice, or beside an x2, even the same domain counts as a conflict.
    scaled = alt.X(field="until", type="temporal", axis=looks, scale=alt.Scale(type="utc", domain=domain, nice=False))
    words = draw.chart(rows).mark_text(align="left", dx=10, fontSize=12, color=theme.ink)
    layers = [
        draw.chart([{"day": today.isoformat()}]).mark_rule(color=theme.soft, strokeDash=[3, 3], strokeWidth=1.5).encode(x=x),
        words.encode(x=scaled, y=y, text=draw.text("words")),
    ]
    for is_settled, colour in ((False, theme.first), (True, theme.soft)):
        spans = [r for r in rows if r["is_settled"] is is_settled and r["day"] != r["until"]]
        points = [r for r in rows if r["is_settled"] is is_settled and r["day"] == r["until"]]
        if spans:
            bars = draw.chart(spans).mark_bar(height=14, cornerRadius=5, color=colour)
            layers.append(bars.encode(x=x, x2=alt.X2(field="until"), y=y, tooltip=draw.tip("told")))
        if points:
            diamonds = draw.chart(points).mark_point(shape="diamond", size=150, filled=True, opacity=1, color=colour)
            layers.append(diamonds.encode(x=x, y=y, tooltip=draw.tip("told")))
    return draw.layers(layers, height=28 * len(rows))


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def load_picture(people: tuple[Load, ...], weeks: tuple[date, ...], theme: Palette) -> Picture | None:
    """Per cent of each week that is booked, a line per person; more than a whole week is framed. None without anybody."""
    if not people:
        return None
    shown = people[:MOST_PEOPLE]
    rows: list[Row] = [
        {
            "line": place,
            "week": week,
            "booked": f"{load.weeks[week]:.0f}",
            "shade": min(load.weeks[week], 2 * FULL),
            "told": f"{isolated(short(load.person, 40))}, week of {day_words(weeks[week])}: {scoping_words.percent(load.weeks[week] / FULL)}",
            "is_over": load.weeks[week] > FULL,
        }
        for place, load in enumerate(shown)
        for week in range(len(weeks))
        if load.weeks[week]
    ]
    notes = ["Per cent of a week that is booked in all projects together; a frame marks more than a whole week."]
    notes.append("People are told apart by name, so the same role in two projects counts as one person.")
    if len(people) > len(shown):
        notes.append(f"Only the {len(shown)} fullest of {scoping_words.count(len(people), 'person', 'people')} are drawn.")
    over = [load for load in people if load.is_overbooked]
    overbooked = (
        scoping_words.listed(
            f"{isolated(short(load.person, 40))} up to {scoping_words.percent(max(load.weeks) / FULL)}" for load in over
        )
        or "nobody"
    )
    return Picture(
        _squares(rows, [load.person for load in shown], weeks, theme),
        f"Load of {scoping_words.count(len(people), 'person', 'people')} over {scoping_words.count(len(weeks), 'week')}. "
        f"Booked for more than a whole week: {overbooked}.",
        " ".join(notes),
    )


def _squares(rows: list[Row], people: list[str], weeks: Sequence[date], theme: Palette) -> alt.LayerChart:
    import altair as alt

    labels = json.dumps([f"{d.day} {d:%b}" for d in weeks])
    looks = draw.axis(theme, orient="top", title="Week of", grid=False, labelAngle=0, labelExpr=f"{labels}[datum.value]")
    x = alt.X(field="week", type="ordinal", scale=alt.Scale(domain=list(range(len(weeks)))), axis=looks)
    y = draw.rows_axis(people, theme, "line")
    shade = alt.Opacity(field="shade", type="quantitative", legend=None, scale=alt.Scale(domain=[0, 2 * FULL], range=[0.08, 0.45]))
    layers = [
        draw.chart(rows).mark_rect(color=theme.first).encode(x=x, y=y, opacity=shade, tooltip=draw.tip("told")),
        draw.chart(rows).mark_text(fontSize=11, color=theme.ink).encode(x=x, y=y, text=draw.text("booked")),
    ]
    if over := [r for r in rows if r["is_over"]]:
        frames = draw.chart(over).mark_rect(filled=False, stroke=theme.second, strokeWidth=2.5)
        layers.append(frames.encode(x=x, y=y, tooltip=draw.tip("told")))
    return draw.layers(layers, height=26 * len(people))


def matrix(candidates: Sequence[Candidate], rates: Sequence[tuple[str, float]], currency: str, theme: Palette) -> Picture | None:
    """Value with its 80 % interval against feasibility, ethics as colour and shape; None when no value is known."""
    rows = _matrix_rows(candidates, {**dict(rates), currency: 1.0}, currency)
    if not rows:
        return None
    notes = ["Bars hold 80 of 100 outcomes. Within a verdict, the most valuable project stands first."]
    if any(row["is_rough"] for row in rows):
        notes.append("Dashed bars rest on guesses.")
    if hidden := len(candidates) - len(rows):
        notes.append(f"{scoping_words.count(hidden, 'project')} without a countable value not shown.")
    words = f"Value against feasibility: {scoping_words.listed(row['told'] for row in rows)}."
    return Picture(draw.layers(_matrix_layers(rows, currency, theme), height=380), words, " ".join(notes))


def _matrix_rows(candidates: Sequence[Candidate], rates: dict[str, float], currency: str) -> list[Row]:
    """A row for every project whose value is known in the currency.

    Projects of one verdict stand beside each other, the most valuable first, so that no two intervals cover each other.
    """
    columns = list(Feasible)
    known = [
        (candidate, candidate.npv, rates[candidate.currency])
        for candidate in candidates
        if candidate.npv is not None and rates.get(candidate.currency)
    ]
    beside = Counter(candidate.feasible for candidate, _, _ in known)
    places = dict.fromkeys(columns, 0)
    rows: list[Row] = []
    for candidate, npv, rate in sorted(known, key=lambda entry: -entry[1].centre * entry[2]):
        nth = places[candidate.feasible]
        places[candidate.feasible] += 1
        low, high = npv.p10 * rate, npv.p90 * rate
        worth = span(low, high, currency, rough=candidate.is_rough) + (f", {GUESSES}" if candidate.is_rough else "")
        rows.append(
            {
                "at": columns.index(candidate.feasible) + _aside(nth, beside[candidate.feasible]),
                "centre": npv.centre * rate,
                "low": low,
                "high": high,
                "ethics": candidate.ethics.kind.label,
                "is_rough": candidate.is_rough,
                "name": short(candidate.name, 22) if nth < _BESIDE else "",
                "told": f"{isolated(short(candidate.name, 60))}: {worth}, {VERDICTS[candidate.feasible].lower()}, ethics: {short(candidate.ethics.words, 200)}",
            }
        )
    return rows


def _aside(nth: int, projects: int) -> float:
    """How far the nth project of a verdict stands from the middle of its column, so that all of them stand around it."""
    beside = min(projects, _BESIDE)
    return (nth % beside - (beside - 1) / 2) * 0.7 / _BESIDE


def _matrix_layers(rows: list[Row], currency: str, theme: Palette) -> list[alt.Chart]:
    """The zero line, a bar and a mark for each project, and names."""
    import altair as alt

    def y(field: str, **more: Any) -> Any:
        return alt.Y(field=field, type="quantitative", scale=scale, **more)

    ends = [0, *(row[end] for row in rows for end in ("low", "high"))]
    room = (max(ends) - min(ends)) * 0.12 or 1
    scale = alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False)
    money_axis = draw.axis(theme, title=f"Net present value in {currency}", format="~s", tickCount=6)
    x, ethics = _verdict_axis(theme), _ethics_looks(rows, theme)
    zero = draw.chart([{"zero": 0}]).mark_rule(color=theme.soft, strokeDash=[4, 3]).encode(y=y("zero"))
    span_of = {"x": x, "y": y("low"), "y2": alt.Y2(field="high"), "color": ethics["color"]}
    bars = []
    if known := [row for row in rows if not row["is_rough"]]:
        bars.append(draw.chart(known).mark_rule(strokeWidth=2.5).encode(**span_of))
    if guessed := [row for row in rows if row["is_rough"]]:
        bars.append(draw.chart(guessed).mark_rule(strokeWidth=2.5, strokeDash=[5, 4]).encode(**span_of))
    base = draw.chart(rows).encode(x=x)
    dots = base.mark_point(size=150, opacity=1, strokeWidth=2.5).encode(
        y=y("centre", axis=money_axis), tooltip=draw.tip("told"), **ethics
    )
    names = base.mark_text(dy=-12, fontSize=12, color=theme.ink).encode(y=y("high"), text=draw.text("name"))
    return [zero, *bars, dots, names]


def _verdict_axis(theme: Palette) -> Any:
    import altair as alt

    columns = list(Feasible)
    labels = json.dumps([VERDICTS[verdict] for verdict in columns])
    looks = draw.axis(
        theme,
        title="Feasibility of the chosen idea",
        grid=False,
        values=list(range(len(columns))),
        labelExpr=f"{labels}[datum.value]",
    )
    scale = alt.Scale(domain=[-0.5, len(columns) - 0.5], nice=False, zero=False)
    return alt.X(field="at", type="quantitative", axis=looks, scale=scale)


_HOLLOW = (EthicsKind.NOT_ASSESSED, EthicsKind.FIRST_IMPRESSION)
"""States that are drawn as an outline: nothing is cleared, and hardly anything is known."""
_SHAPES = {
    EthicsKind.NOT_ASSESSED: "circle",
    EthicsKind.FIRST_IMPRESSION: "square",
    EthicsKind.OPEN: "diamond",
    EthicsKind.HIGH_RISK: "triangle-up",
    EthicsKind.OBJECTED: "cross",
    EthicsKind.CLEARED: "circle",
}


def _ethics_looks(rows: list[Row], theme: Palette) -> dict[str, Any]:
    """Colour, filling and shape of the states that are there, which say the same."""
    import altair as alt

    kinds = [kind for kind in EthicsKind if any(row["ethics"] == kind.label for row in rows)]
    tints = {EthicsKind.CLEARED: theme.first, EthicsKind.OPEN: theme.second, **dict.fromkeys(_HOLLOW, theme.soft)}
    colours = [tints.get(kind, LOSS) for kind in kinds]
    filled = [theme.paper if kind in _HOLLOW else tint for kind, tint in zip(kinds, colours, strict=True)]
    legend = alt.Legend(orient="bottom", title="Ethics", labelColor=theme.ink, titleColor=theme.soft, symbolSize=140)

    def scale(looks: list[str]) -> Any:
        return alt.Scale(domain=[kind.label for kind in kinds], range=looks)

    return {
        "color": alt.Color(field="ethics", type="nominal", legend=legend, scale=scale(colours)),
        "fill": alt.Fill(field="ethics", type="nominal", legend=legend, scale=scale(filled)),
        "shape": alt.Shape(field="ethics", type="nominal", legend=legend, scale=scale([_SHAPES[kind] for kind in kinds])),
    }


_BESIDE = 6
"""Projects of one verdict beside each other; further ones begin again at the left."""
