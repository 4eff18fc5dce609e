"""The baseline: freezing the plan, how far dates have drifted from it, and why a promise moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from pages.parts import editors, notices, times, workshop
from pages.parts.milestones import planning
from pages.parts.workshop import Step
from scoping import editing
from scoping import words as scoping_words
from scoping.merge import added
from scoping.milestones import baseline, plan, tracking
from scoping.milestones.baseline import Frozen
from scoping.milestones.plan import Plan
from scoping.milestones.tracking import PlanRow
from scoping.sections import milestones
from scoping.sections.milestones import SECTION, Milestones, Move
from scoping.words import count, short

LIST = "baselines"
_GONE_AT_MOST = _OVERLAPS_AT_MOST = 6


def show(step: Step) -> None:
    """Freeze the plan; what was frozen against what is promised, with the forecast beside it; reasons that are still owed."""
    promised = step.charter.milestones
    editors.heading(step, LIST)
    _frozen(step, promised)
    if promised.baselines and promised.milestones:
        counted = planning.of(step)
        _drift(promised, tracking.rows(promised, counted))
        reasons(step, counted)
    if promised.milestones:
        _freeze(step, again=bool(promised.baselines))


def _frozen(step: Step, value: Milestones) -> None:
    if not value.baselines:
        st.markdown(notices.plain(step.spec(LIST).begin))
        return
    last = baseline.latest(value)
    lines = [
        {"Name": b.name, "Frozen on": b.frozen_on, "Frozen by": b.author, "Why anew": b.reason, "In use": b is last}
        for b in reversed(value.baselines)
    ]
    st.dataframe(pd.DataFrame(lines), hide_index=True, column_config={"Frozen on": _DAY}, alt="Baselines")


_DAY = st.column_config.DateColumn(format="D MMM YYYY")


def _freeze(step: Step, again: bool) -> None:
    name, reason = step.key("freeze", "name"), step.key("freeze", "reason")
    with st.form(step.key("freeze")):
        about = "Dates and forecast are kept as they are now. Dates promised later are held against them; nothing is locked."
        notices.lines(["**Freeze the plan anew**" if again else "**Freeze the plan**", notices.quiet(about)])
        st.text_input("Name", key=name, max_chars=80, placeholder="Agreed with the sponsor")
        if again:
            st.text_input("Why it is frozen anew", key=reason, max_chars=500, placeholder="The scope grew by a second language.")
        st.form_submit_button(
            "Freeze the plan",
            icon=":material/ac_unit:",
            on_click=_keep,
            args=(step.project.project_id, step.project.stamp.number, name, reason, again),
            disabled=step.project.is_archived,
        )


def _keep(project: str, seen: int, name_key: str, reason_key: str, again: bool) -> None:
    """Freeze the plan as it was seen."""
    name = str(st.session_state.get(name_key, "")).strip()
    reason = str(st.session_state.get(reason_key, "")).strip()
    if again and not reason:
        st.toast("Not frozen yet: say why the plan is frozen anew.", icon=":material/edit:")
        return
    today = times.today()
    with notices.refusals():
        charter = workshop.charter_seen(project, seen)
        now = plan.plan(charter.milestones, today, planning.past())
        record = editing.new_record(
            SECTION,
            LIST,
            workshop.new_id(),
            "",
            name=name or f"Plan of {scoping_words.day_words(today)}",
            frozen_on=today,
            author=workshop.me(),
            reason=reason,
            plan=tracking.frozen_plan(charter.milestones, now),
        )
        workshop.save(project, SECTION.slug, [added(LIST, record)], "Plan frozen")
        st.session_state[name_key] = st.session_state[reason_key] = ""


def _drift(value: Milestones, rows: tuple[PlanRow, ...]) -> None:
    reasons = _noted(value)
    last = baseline.latest(value)
    if last is None or not any(row.drift for row in rows):
        st.caption("The last baseline cannot be read. Freeze the plan anew.")
        return
    told = [notices.plain(_told(rows, last.name))]
    if lost := baseline.gone(value, baseline.thaw(last) or Frozen()):
        names = ", ".join(f"“{short(m.title or 'a milestone without a name', 60)}”" for m in lost[:_GONE_AT_MOST])
        more = f" and {len(lost) - _GONE_AT_MOST} more" if len(lost) > _GONE_AT_MOST else ""
        told.append(notices.remark(f"Frozen and not in the plan any more: {names}{more}."))
    notices.lines(told)
    lines = [
        {
            "Milestone": short(row.title, 60),
            "As frozen": row.drift.baseline,
            "Promised": row.due,
            "Reached": row.reached,
            "Later by": row.drift.days,
            "Why": " · ".join(reasons.get(row.id, ())),
            "Forecast": row.forecast,
        }
        for row in rows
        if row.drift
    ]
    forecast = st.column_config.DateColumn(format="D MMM YYYY", help="Done by this day in half of all cases. It promises nothing.")
    days = st.column_config.NumberColumn(
        format="%d",
        width=90,
        help="Working days from the frozen day to the day on which it was reached, else to the promised one. Below 0 is earlier.",
    )
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        placeholder="–",
        column_config={
            "Milestone": st.column_config.TextColumn(width=170),
            "As frozen": _DAY,
            "Promised": _DAY,
            "Reached": _DAY,
            "Later by": days,
            "Why": st.column_config.TextColumn(width=240),
            "Forecast": forecast,
        },
        alt="Milestones against the baseline",
    )


def _told(rows: tuple[PlanRow, ...], name: str) -> str:
    known = [(row.drift.days, row) for row in rows if row.drift and row.drift.days is not None]
    late = [(days, row) for days, row in known if days > 0]
    if not late:
        return f"No milestone is later than in “{short(name, 60)}”." if known else "Nothing can be held against the baseline yet."
    days, worst = max(late, key=lambda pair: pair[0])
    these = f"{len(late)} of {count(len(known), 'milestone')} {'is' if len(late) == 1 else 'are'}"
    return f"{these} later than in “{short(name, 60)}”, “{short(worst.title, 60)}” by {count(days, 'working day')}."


def _noted(value: Milestones) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for move in value.moves:
        if move.reason.strip():
            found.setdefault(move.milestone, []).append(move.reason.strip())
    return found


def overlaps(step: Step) -> None:
    """Say which milestones begin before the one before them is due, as happens when a date moves."""
    promised = step.charter.milestones
    frozen = baseline.frozen(promised)
    found = milestones.overlaps(promised, baseline.sequence(frozen) if frozen else ())
    told = [notices.remark(one.sentence) for one in found[:_OVERLAPS_AT_MOST]]
    if len(found) > _OVERLAPS_AT_MOST:
        told.append(notices.quiet(f"and {len(found) - _OVERLAPS_AT_MOST} more."))
    notices.lines(told)


def reasons(step: Step, plan: Plan) -> None:
    """Ask why a promise moved, where nobody noted it."""
    promised = step.charter.milestones
    if not promised.baselines:
        return
    for row in tracking.rows(promised, plan):
        if row.drift is None or not row.drift.lacks_reason:
            continue
        before = _promised_before(promised, row.id)
        key = step.key("why", row.id)
        with st.form(step.key("moved", row.id)):
            st.markdown(f":orange[:material/edit_calendar:] **{notices.plain(_question(row, before))}**")
            st.text_input("Why it moved", key=key, max_chars=1_000, placeholder="The crowd delivered ten days late.")
            st.form_submit_button(
                "Note the reason",
                key=step.key("note", row.id),
                on_click=_note,
                args=(step.project.project_id, row.id, before, row.due, key),
                disabled=step.project.is_archived,
            )


def _question(row: PlanRow, before: date | None) -> str:
    was = f"was due on {scoping_words.day_words(before)}" if before else "had no due date"
    now = f"is due on {scoping_words.day_words(row.due)} now" if row.due else "has no due date now"
    return f"“{short(row.title, 60)}” {was} and {now}."


def _promised_before(value: Milestones, milestone: str) -> date | None:
    """The day that was promised before this one: the last move noted since the plan was frozen, else the frozen day."""
    last, frozen = baseline.latest(value), baseline.frozen(value)
    since = (last.frozen_on if last else None) or date.min
    moves: list[Move] = [m for m in value.moves if m.milestone == milestone and m.after and (m.moved_on or date.min) >= since]
    if moves:
        return max(moves, key=lambda m: m.moved_on or date.min).after
    old = frozen.of(milestone) if frozen else None
    return old.due if old else None


def _note(project: str, milestone: str, before: date | None, after: date | None, key: str) -> None:
    reason = str(st.session_state.get(key, "")).strip()
    if not reason:
        st.toast("Say in a few words why it moved.", icon=":material/edit:")
        return
    move = editing.new_record(
        SECTION,
        "moves",
        workshop.new_id(),
        "",
        milestone=milestone,
        reason=reason,
        moved_on=times.today(),
        before=before,
        after=after,
        author=workshop.me(),
    )
    with notices.refusals():
        workshop.save(project, SECTION.slug, [added("moves", move)], "Why a date moved")
