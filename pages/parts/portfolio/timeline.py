"""Projects on the timeline, a row for each, and below it who is booked for how much over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import frame, here, markup, notices, steps, times
from pages.parts.addresses import ALL_CALENDARS_URL
from pages.parts.markup import Html
from scoping.health import UNSIGNED
from scoping.milestones.status import SETTLED, SIGNS, State
from scoping.places import Place
from scoping.portfolio import charts, lanes, timeline
from scoping.words import count, day_words, isolated, percent
from storage.portfolio import Card
from storage.portfolio.plans import Planned

_LANE = 40
_OVERBOOKED_NAMED = 5


def drawn(cards: Sequence[Card], plans: Mapping[str, Sequence[Planned]], today: date) -> Html:
    """The rows of the projects, what their marks mean, and the same as a table."""
    days = [d for plan in plans.values() for m in plan for d in (m.start, m.due) if d]
    if not days:
        return markup.empty("None of these projects has a dated milestone yet. Open one and plan the first, under Milestones.")
    shown = lanes.window(days, today)
    months = "".join(
        f'<span style="inset-inline-start:{_share(shown.share(m))}"><b>{m:%b}{f" {m.year}" if m.month == 1 or not n else ""}</b></span>'
        for n, m in enumerate(shown.months())
    )
    now = f'<span class="now" style="inset-inline-start:{_share(shown.share(today))}"><b>Today</b></span>'
    rows = "".join(_row(card, plans.get(card.project_id, ()), shown) for card in cards)
    picture = (
        f'<div class="wide"><div class="plan"><div class="grid">{months}{now}</div><div class="months"></div>{rows}</div></div>'
    )
    return Html(picture + _legend() + _table(cards, plans))


def _share(of: float) -> str:
    return f"{100 * of:.2f}%"


def _row(card: Card, plan: Sequence[Planned], shown: lanes.Window) -> str:
    placed = lanes.bars([(m.start, m.due) for m in plan], shown)
    is_signed = card.health is not None and card.health.word not in UNSIGNED
    marks = "".join(_bar(card, m, bar, shown, is_signed) for m, bar in zip(plan, placed, strict=True) if bar)
    tall = 14 + _LANE * (1 + max((bar.lane for bar in placed if bar), default=0))
    name = f'<a href="{markup.text(steps.href(card.project_id, Place("milestones")))}" dir="auto">{markup.text(card.name)}</a>'
    who = f'<div class="who-is">{name}{markup.badge(card.health)}<p class="meta dates">{markup.text(_dates(plan))}</p></div>'
    empty = "" if marks else markup.note("Nothing dated in these months." if plan else "No milestone planned yet.")
    return f'<div class="line">{who}<div class="lanes" style="height:{tall}px">{marks}{empty}</div></div>'


def _dates(plan: Sequence[Planned]) -> str:
    """What a phone has room for: the first milestone that is open, and the last of all."""
    dated = sorted((m.due, m.title) for m in plan if m.due and m.state not in SETTLED)
    if not dated:
        return "Nothing open with a date."
    due, title = dated[0]
    until = f" The last is due on {day_words(dated[-1][0])}." if len(dated) > 1 else ""
    return f"{title}: {day_words(due)}.{until}"


def _bar(card: Card, milestone: Planned, bar: lanes.Bar, shown: lanes.Window, is_signed: bool) -> str:
    top, wide = 8 + bar.lane * _LANE, bar.end - bar.begin
    look = f"m-{milestone.state.value}" if is_signed or milestone.state in SETTLED else "plain"
    href = steps.href(card.project_id, Place("milestones", "milestones", milestone.id))
    told = markup.text(f"{milestone.title}: {_state(milestone)}{f', due {day_words(milestone.due)}' if milestone.due else ''}")
    html = (
        f'<a class="ms {look}" style="inset-inline-start:{_share(bar.begin)};width:{_share(wide)};top:{top}px" href="{markup.text(href)}"'
        f' title="{told}" aria-label="{told}"><span>{markup.text(milestone.title)}</span><i></i></a>'
    )
    if milestone.signed_for and shown.first <= milestone.signed_for <= shown.last:
        at = _share(shown.share(milestone.signed_for))
        signed = markup.text(f"{milestone.title}: signed for {day_words(milestone.signed_for)}")
        html += f'<span class="mark" style="inset-inline-start:{at};top:{top + 12}px" title="{signed}"></span>'
    return html


def _state(milestone: Planned) -> str:
    return f"{SIGNS[milestone.state]} {milestone.state.label}"


def _legend() -> Html:
    marks = (
        ('<i class="mark-of"></i>', "date that was signed"),
        ('<i class="bar-of plain"></i>', "not signed yet"),
        *(
            (f'<i class="bar-of m-{s.value}"></i>', s.label.lower())
            for s in (State.DONE, State.ON_TRACK, State.AT_RISK, State.LATE)
        ),
        ('<i class="bar-of"></i>', "to come"),
    )
    drawn = "".join(f'<span class="plan-key">{mark}{words}</span>' for mark, words in marks)
    return Html(f'<div class="legend plan" style="min-width:0">{drawn}</div>')


def _table(cards: Sequence[Card], plans: Mapping[str, Sequence[Planned]]) -> Html:
    rows = [
        (
            markup.words(card.name),
            markup.link(steps.href(card.project_id, Place("milestones", "milestones", m.id)), m.title),
            _state(m),
            m.owner,
            day_words(m.due) if m.due else "–",
            day_words(m.signed_for) if m.signed_for else "–",
        )
        for card in cards
        for m in plans.get(card.project_id, ())
    ]
    return markup.fold("As a table", markup.table(("Project", "Milestone", "State", "Owner", "Due", "Signed for"), rows))


def people() -> None:
    """Who is booked for how much in the coming weeks, for whoever unfolds it; and the calendar of all projects."""
    with st.expander("People over all projects", key="timeline.people", on_change="rerun") as place:
        if place.open:
            _load(times.today())
    with st.expander("Calendar", key="timeline.calendar", on_change="rerun") as place:
        if place.open:
            st.markdown("Subscribe to this address in a calendar: open milestones appear there, with a reminder a week before.")
            st.code(frame.address(ALL_CALENDARS_URL), language=None)


def _load(today: date) -> None:
    weeks = timeline.mondays(today)
    booked = here.store().portfolio.booked(today, weeks[-1] + timedelta(days=6))
    everybody = timeline.loads(booked.shares, weeks)
    if not everybody:
        st.markdown("Nobody is booked in the coming weeks. Say on the page “Milestones” of a project who works on what.")
    over = [one for one in everybody if one.is_overbooked]
    for one in over[:_OVERBOOKED_NAMED]:
        projects = ", ".join(map(isolated, one.projects))
        words = f"{isolated(one.person)} is booked for up to {percent(max(one.weeks) / timeline.FULL)} of a week, by {projects}."
        st.markdown(f":orange[:material/warning:] {notices.plain(words)}")
    if (more := len(over) - _OVERBOOKED_NAMED) > 0:
        st.markdown(f"{count(more, 'more person', 'more people')} booked for more than a whole week.")
    parts_charts.show("timeline.people", charts.load_picture, everybody, weeks, parts_charts.theme())
    if booked.uncounted:
        st.caption(f"Not counted: {count(booked.uncounted, 'assignment')} without a person, a share or dates.")
