"""The milestones of all projects side by side: what state each is in by its dates, and who is booked for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scoping import drawing as draw
from scoping.drawing import Palette, Picture, Row
from scoping.section import Choice, day_words, short

if TYPE_CHECKING:
    import altair as alt

RISKY_CONFIDENCE = 2
"""A team that is not surer than this of its next date, on a scale to 5, says that it is at risk."""
WEEKS = 16
"""How far the load of people is looked at."""
FULL = 100.0
"""Per cent of a week that a person has for all projects together."""
MOST_PEOPLE = 40


class State(Choice):
    """How a milestone stands by its dates, its gate and the last check-in. Nobody sets it; the first rule that holds counts."""

    STOPPED = "stopped", "Stopped"
    DONE = "done", "Done"
    UNDATED = "undated", "No date"
    LATE = "late", "Late"
    AT_RISK = "at_risk", "At risk"
    AHEAD = "ahead", "Not started"
    RUNNING = "running", "Under way"


RULES = {
    State.STOPPED: "the decision at its gate was to stop",
    State.DONE: "it is noted as reached by today",
    State.UNDATED: "it has no due date, so nobody can say whether it is late",
    State.LATE: "its due date is over, and nobody noted that it was reached",
    State.AT_RISK: f"it waits for a late one, or it is the next one of a team whose last check-in was at most {RISKY_CONFIDENCE} of 5 sure of it",
    State.AHEAD: "it begins later than today, or its start is not known",
    State.RUNNING: "it has begun",
}
"""When each state holds, in the order in which they are asked."""
SETTLED = frozenset({State.STOPPED, State.DONE})
ICONS = {
    State.STOPPED: "⏹",
    State.DONE: "✔",
    State.UNDATED: "?",
    State.LATE: "⚠",
    State.AT_RISK: "▲",
    State.AHEAD: "○",
    State.RUNNING: "▶",
}
"""Signs beside the words, so that a column of states is read at a glance and never by colour alone."""


@dataclass(frozen=True)
class Entry:
    """A milestone of some project.

    Attributes:
        measured: how it stands by the readings of its targets, with a sign; "" without a target.
    """

    project_id: str
    project: str
    id: str
    title: str
    owner: str
    start: date | None
    due: date | None
    reached_on: date | None
    state: State
    measured: str = ""

    @property
    def words(self) -> str:
        """The state with its sign."""
        return f"{ICONS[self.state]} {self.state.label}"

    def late_by(self, today: date) -> int | None:
        """Days after the due date: of the day it was reached, else of today; None unless it is late or was."""
        end = self.reached_on if self.state is State.DONE else today if self.state is State.LATE else None
        return (end - self.due).days if end and self.due and end > self.due else None


@dataclass(frozen=True)
class Share:
    """How much of a person a milestone takes, in per cent of a week, from its start until it is due."""

    person: str
    share: float
    start: date
    due: date
    project: str


@dataclass(frozen=True)
class Load:
    """A person in the coming weeks.

    Attributes:
        weeks: per cent of each week that is booked, over all projects.
        projects: that book this person in these weeks.
    """

    person: str
    weeks: tuple[float, ...]
    projects: tuple[str, ...]

    @property
    def is_overbooked(self) -> bool:
        return max(self.weeks) > FULL


def mondays(today: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """The first days of the coming weeks, this one included."""
    first = today.toordinal() - today.weekday()
    return tuple(date.fromordinal(max(1, min(first + 7 * n, date.max.toordinal()))) for n in range(weeks))


def loads(shares: Iterable[Share], weeks: Sequence[date]) -> tuple[Load, ...]:
    """What everybody is booked for, the fullest first. Names that differ in case or spaces only are one person."""
    booked: Mapping[str, list[float]] = defaultdict(lambda: [0.0] * len(weeks))
    names: dict[str, str] = {}
    projects: Mapping[str, set[str]] = defaultdict(set)
    for one in shares:
        name = " ".join(one.person.split())
        key = name.casefold()
        names.setdefault(key, name)
        for i, monday in enumerate(weeks):
            if one.start < monday + timedelta(days=7) and one.due >= monday:
                booked[key][i] += one.share
                projects[key].add(one.project)
    found = [Load(names[key], tuple(round(w, 6) for w in row), tuple(sorted(projects[key]))) for key, row in booked.items()]
    return tuple(sorted((one for one in found if any(one.weeks)), key=lambda one: (-max(one.weeks), one.person.casefold())))


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
        notes.append(f"{draw.count(missing, 'milestone')} without any date not drawn.")
    return Picture(
        _bars(rows, [f"{short(e.project, 20)}: {e.title}" for e in shown], theme, today),
        f"Timeline of {draw.count(len(dated), 'milestone')}: {draw.listed(map(_told, dated))}.",
        " ".join(notes),
    )


def _bar(place: int, entry: Entry) -> Row:
    ends = sorted(d for d in (entry.start, entry.due) if d)
    words = " · ".join(filter(None, (entry.words, day_words(entry.due) if entry.due else "no due date", short(entry.owner, 20))))
    return {
        "c0": place,
        "c1": ends[0].isoformat(),
        "c2": ends[-1].isoformat(),
        "c3": words,
        "c4": _told(entry),
        "c5": entry.state in SETTLED,
    }


def _told(entry: Entry) -> str:
    due = f"due {day_words(entry.due)}" if entry.due else "no due date"
    return f"{short(entry.title, 60)} of {short(entry.project, 40)}: {entry.state.label.lower()}, {due}"


def _bars(rows: list[Row], titles: list[str], theme: Palette, today: date) -> alt.LayerChart:
    import altair as alt

    first = min(today, *(date.fromisoformat(r["c1"]) for r in rows))
    last = max(today, *(date.fromisoformat(r["c2"]) for r in rows))
    days = max((last - first).days, 14)
    ends = [_shifted(first, -max(1, days // 40)), _shifted(last, round(days * 0.8))]
    # The scale counts in UTC: a date without a time is read as UTC, and would move by a day west of Greenwich otherwise.
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    looks = draw.axis(theme, orient="top", title=None, tickCount=6)
    x = alt.X(field="c1", type="temporal", axis=looks)
    y = draw.rows_axis(titles, theme)
    # Only this layer says what the scale is: said twice, or beside an x2, even the same domain counts as a conflict.
    scaled = alt.X(field="c2", type="temporal", axis=looks, scale=alt.Scale(type="utc", domain=domain, nice=False))
    words = draw.chart(rows).mark_text(align="left", dx=10, fontSize=12, color=theme.ink)
    layers = [
        draw.chart([{"c1": today.isoformat()}]).mark_rule(color=theme.soft, strokeDash=[3, 3], strokeWidth=1.5).encode(x=x),
        words.encode(x=scaled, y=y, text=draw.text("c3")),
    ]
    for is_settled, colour in ((False, theme.first), (True, theme.soft)):
        spans = [r for r in rows if r["c5"] is is_settled and r["c1"] != r["c2"]]
        points = [r for r in rows if r["c5"] is is_settled and r["c1"] == r["c2"]]
        if spans:
            bars = draw.chart(spans).mark_bar(height=14, cornerRadius=5, color=colour)
            layers.append(bars.encode(x=x, x2=alt.X2(field="c2"), y=y, tooltip=draw.tip("c4")))
        if points:
            diamonds = draw.chart(points).mark_point(shape="diamond", size=150, filled=True, opacity=1, color=colour)
            layers.append(diamonds.encode(x=x, y=y, tooltip=draw.tip("c4")))
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
            "c0": place,
            "c1": week,
            "c2": f"{one.weeks[week]:.0f}",
            "c3": min(one.weeks[week], 2 * FULL),
            "c4": f"{short(one.person, 40)}, week of {day_words(weeks[week])}: {one.weeks[week]:.0f} %",
            "c5": one.weeks[week] > FULL,
        }
        for place, one in enumerate(shown)
        for week in range(len(weeks))
        if one.weeks[week]
    ]
    notes = ["Per cent of a week that is booked in all projects together; a frame marks more than a whole week."]
    notes.append("People are told apart by name, so the same role in two projects counts as one person.")
    if len(people) > len(shown):
        notes.append(f"Only the {len(shown)} fullest of {len(people):,} people are drawn.")
    over = [one for one in people if one.is_overbooked]
    said = draw.listed(f"{short(one.person, 40)} up to {max(one.weeks):.0f} %" for one in over) or "nobody"
    return Picture(
        _squares(rows, [one.person for one in shown], weeks, theme),
        f"Load of {draw.count(len(people), 'person') if len(people) == 1 else f'{len(people):,} people'} over {len(weeks)} weeks. "
        f"Booked for more than a whole week: {said}.",
        " ".join(notes),
    )


def _squares(rows: list[Row], people: list[str], weeks: Sequence[date], theme: Palette) -> alt.LayerChart:
    import json

    import altair as alt

    labels = json.dumps([f"{d.day} {d:%b}" for d in weeks])
    looks = draw.axis(theme, orient="top", title="Week of", grid=False, labelAngle=0, labelExpr=f"{labels}[datum.value]")
    x = alt.X(field="c1", type="ordinal", scale=alt.Scale(domain=list(range(len(weeks)))), axis=looks)
    y = draw.rows_axis(people, theme)
    shade = alt.Opacity(field="c3", type="quantitative", legend=None, scale=alt.Scale(domain=[0, 2 * FULL], range=[0.08, 0.45]))
    layers = [
        draw.chart(rows).mark_rect(color=theme.first).encode(x=x, y=y, opacity=shade, tooltip=draw.tip("c4")),
        draw.chart(rows).mark_text(fontSize=11, color=theme.ink).encode(x=x, y=y, text=draw.text("c2")),
    ]
    if over := [r for r in rows if r["c5"]]:
        frames = draw.chart(over).mark_rect(filled=False, stroke=theme.second, strokeWidth=2.5)
        layers.append(frames.encode(x=x, y=y, tooltip=draw.tip("c4")))
    return draw.layers(layers, height=26 * len(people))
