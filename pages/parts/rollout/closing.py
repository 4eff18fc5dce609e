"""After launch: which statistic raises an alarm, which promises are asked again, and what is missing before closing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import streamlit as st

from pages.parts import here, markup, notices, times
from pages.parts.here import Step
from scoping import currency as iso
from scoping.milestones import tracking
from scoping.milestones.reference_class import PAST, Past
from scoping.places import Place
from scoping.rollout import closing as rollout_closing
from scoping.value import realised
from scoping.words import count, day_words_or, number_words, short

PROMISED = ("rollout", "ethics", "value", "project", "solutions", "data_sources", "milestones")
"""What tells promises from what came of them: the value of the chosen idea is worked out from all these."""
_PROMISES_AT_MOST = 20


def after_launch(step: Step) -> None:
    """How far the ramp-up is, what came in, and the promises that launch puts to the test."""
    pieces = [*_ramp(step), markup.heading("Promises asked again"), markup.lines([_value(step), *_ethics(step)])]
    markup.show(markup.stack(*pieces))


def _ramp(step: Step) -> Iterator[markup.Html]:
    """The share of users who see it, and what has to hold before more do."""
    steps_ = step.charter.rollout.ramp
    if not steps_:
        return
    yield markup.heading("Ramp-up")
    live = [one for one in steps_ if one.live_on]
    coming = next((one for one in steps_ if not one.live_on), None)
    now = f"{live[-1].title} see it since {day_words_or(live[-1].live_on)}." if live else "Nobody sees it yet."
    before = live[-1].condition.strip() if live else ""
    then = (
        f" Next: {coming.title} from {day_words_or(coming.starts, 'a day that is not set')}"
        if coming
        else " Everybody who is meant to see it does."
    )
    when = f", when this holds: {short(before, 200)}." if coming and before else "." if coming else ""
    yield markup.lead(now + then + when)
    rows = [
        (
            step.link(Place("rollout", "ramp", one.id, "live_on"), one.title),
            day_words_or(one.starts, "no day"),
            day_words_or(one.live_on, "not yet"),
            one.condition or "nothing said",
            one.decider or "nobody named",
        )
        for one in steps_
    ]
    yield markup.table(("Step", "From", "Went live on", "Go on when", "Who decides"), rows)


def _value(step: Step) -> markup.Html:
    """What came of the promised benefits, in a line that leads to where it is noted."""
    charter = step.charter
    months = realised.realised(charter)
    promised = rollout_closing.promised(charter)
    note = step.link(Place("value", "realised"), "Note what came in")
    if not promised:
        return markup.row(markup.chip("Value: nothing promised", "open"), markup.text("No benefit with an amount was promised."))
    if not months:
        told = f"{count(len(promised), 'benefit')} promised; nobody noted yet what came in."
        return markup.row(markup.chip("Value: not known", "open"), markup.text(told), note)
    code = charter.project.currency.value
    came = math.fsum(m.realised or 0.0 for m in months)
    due = math.fsum(m.promised for m in months)
    chip = markup.chip("Value: kept", "yes", "check") if came >= due else markup.chip("Value: below the promise", "hot", "warning")
    told = f"{iso.about(came, code)} came in over {count(len(months), 'month')}; {iso.about(due, code)} were promised."
    return markup.row(chip, markup.text(told), note)


def _ethics(step: Step) -> Iterator[markup.Html]:
    asked = rollout_closing.asked_again(step.charter.ethics)
    for concern in asked[:_PROMISES_AT_MOST]:
        outcome = concern.outcome.label if concern.outcome else "No answer"
        who = f" Ask {concern.owner.strip()}." if concern.owner.strip() else ""
        place = Place("ethics", "concerns", concern.id)
        words = f"“{short(concern.title, 120)}” Does it still hold, now that people use it?{who}"
        yield markup.row(markup.chip(f"Ethics: {outcome.partition(':')[0].lower()}"), step.link(place, words))
    if len(asked) > _PROMISES_AT_MOST:
        yield markup.note(f"and {len(asked) - _PROMISES_AT_MOST} more")
    if left := rollout_closing.unasked(step.charter.ethics):
        yield markup.row(markup.chip("Ethics: not known", "open"), step.link(Place("ethics", "obligations"), left))


def closing(step: Step) -> None:
    """What is missing before the project is closed, and its way among the past projects."""
    lacking = rollout_closing.missing(step.charter, times.today())
    title = f"Missing before it is closed ({len(lacking)})" if lacking else "Nothing is missing: the project can be closed."
    markup.show(markup.stack(markup.heading(title), markup.lines(markup.text(line) for line in lacking)))
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
    st.markdown(notices.plain("The first signed plan promised {} working days; it took {}.".format(*days)))
    if here.store().portfolio.setting(PAST).get(project) == _entry(past):
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
        return "its dates were signed; without a first promise there is nothing to learn from"
    return "every milestone that its first plan promised was reached by then; what was stopped before tells nothing of the whole"


def _entry(past: Past) -> dict[str, str | float]:
    return {"name": past.name, "kind": past.kind, "planned": past.planned, "actual": past.actual}


def _add(project: str, past: Past) -> None:
    with notices.refusals():
        here.store().portfolio.keep_setting(PAST, {project: _entry(past)})
