"""After launch: which statistic raises an alarm, which promises are asked again, and what is missing before closing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import streamlit as st

from pages.parts import markup, notices, steps, times, workshop
from pages.parts.workshop import Step
from scoping import currency as iso
from scoping.milestones import tracking
from scoping.milestones.reference_class import PAST, Past
from scoping.places import Place
from scoping.rollout import closing as rollout_closing
from scoping.rollout import monitors
from scoping.rollout.monitors import ALARM_ICONS, Alarm
from scoping.sections.rollout import Rollout
from scoping.value import realised
from scoping.words import count, number_words, short

_COLOURS = {Alarm.RAISED: "red", Alarm.UNKNOWN: "gray", Alarm.CALM: "green"}
_NOTED = (
    (Place("value", "realised"), "What came in is noted under Value"),
    (Place("ethics", "concerns"), "What came of a concern is noted under Ethics"),
)
MONITORS_AT_MOST = 50


def after_launch(step: Step) -> None:
    """Where every statistic stands against its threshold, and the promises that launch puts to the test."""
    _monitors(step.charter.rollout)
    notices.lines(["### Promises asked again", _value(step), *_ethics(step)])
    project = step.project.project_id
    markup.show(markup.lines(markup.link(steps.href(project, place), words, "arrow_forward") for place, words in _NOTED))


def _monitors(value: Rollout) -> None:
    found = monitors.of_monitors(value, times.today())
    if not found:
        st.caption("Name what is watched under “Going live”; here it raises an alarm when a reading is beyond its threshold.")
        return
    worst_first = sorted(found, key=lambda one: list(Alarm).index(one.alarm))
    lines = [
        f":{_COLOURS[one.alarm]}[:material/{ALARM_ICONS[one.alarm]}:] **{one.alarm.label}** · "
        f"{notices.plain(short(one.monitor.metric or one.monitor.title, 80))}: {notices.plain(one.rule)}"
        for one in worst_first[:MONITORS_AT_MOST]
    ]
    st.markdown("\n\n".join(lines))
    if len(found) > MONITORS_AT_MOST:
        st.caption(f"and {len(found) - MONITORS_AT_MOST} more")


def _value(step: Step) -> str:
    charter = step.charter
    months = realised.realised(charter)
    promised = rollout_closing.promised(charter)
    if not promised:
        return ":gray[:material/help:] **Value** · No benefit with an amount was promised."
    if not months:
        return f":gray[:material/help:] **Value** · {count(len(promised), 'benefit')} promised; nobody noted yet what came in."
    code = charter.project.currency.value
    came = math.fsum(m.realised or 0.0 for m in months)
    due = math.fsum(m.promised for m in months)
    icon, word = (
        (":green[:material/check_circle:]", "kept") if came >= due else (":orange[:material/warning:]", "below the promise")
    )
    told = f"{iso.about(came, code)} came in over {count(len(months), 'month')}; {iso.about(due, code)} were promised."
    return f"{icon} **Value: {word}** · {notices.plain(told)}"


def _ethics(step: Step) -> Iterator[str]:
    for concern in rollout_closing.asked_again(step.charter.ethics):
        outcome = concern.outcome.label if concern.outcome else "No answer"
        who = f" Ask {concern.owner.strip()}." if concern.owner.strip() else ""
        asked = f"“{short(concern.title, 120)}” Does it still hold, now that people use it?{who}"
        yield f":material/balance: **Ethics: {notices.plain(outcome.partition(':')[0].lower())}** · {notices.plain(asked)}"
    if left := rollout_closing.unasked(step.charter.ethics):
        yield f":gray[:material/help:] **Ethics: not known** · {notices.plain(left)}"


def closing(step: Step) -> None:
    """What is missing before the project is closed, and its way among the past projects."""
    lacking = rollout_closing.missing(step.charter, times.today())
    if lacking:
        with st.container(border=True):
            st.markdown(f"**Missing before it is closed ({len(lacking)})**")
            st.markdown("\n\n".join(f":orange[:material/radio_button_unchecked:] {notices.plain(line)}" for line in lacking))
    else:
        st.markdown(":green[:material/check_circle:] Nothing is missing: the project can be closed.")
    _feed(step)


def _feed(step: Step) -> None:
    """Offer a closed project to the plans of later ones."""
    project, charter = step.project.project_id, step.charter
    plan = charter.milestones
    past = tracking.past_of(charter.name, plan, step.charter.rollout.closed_on)
    if past is None:
        st.caption(
            notices.plain(f"It joins the past projects once {_lacks(step.charter.rollout.closed_on, bool(plan.baselines))}.")
        )
        return
    days = (number_words(round(d)) for d in (past.planned, past.actual))
    st.markdown(notices.plain("The first baseline promised {} working days; it took {}.".format(*days)))
    if workshop.store().portfolio.setting(PAST).get(project) == _entry(past):
        st.markdown(":green[:material/check_circle:] It is among the past projects; later plans learn from it.")
        return
    st.button(
        "Add to the past projects",
        icon=":material/history:",
        key=step.key("past"),
        on_click=_add,
        args=(project, past),
        disabled=step.project.is_archived,
    )


def _lacks(closed_on: date | None, is_frozen: bool) -> str:
    if closed_on is None:
        return "the day on which it was closed is noted"
    if not is_frozen:
        return "its plan was frozen; without a first promise there is nothing to learn from"
    return "every milestone that its first plan promised was reached by then; what was stopped before tells nothing of the whole"


def _entry(past: Past) -> dict[str, str | float]:
    return {"name": past.name, "kind": past.kind, "planned": past.planned, "actual": past.actual}


def _add(project: str, past: Past) -> None:
    with notices.refusals():
        workshop.store().portfolio.keep_setting(PAST, {project: _entry(past)})
