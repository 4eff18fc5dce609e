"""The baseline: freezing the plan, how far dates have drifted from it, and why a promise moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from pages.parts import notices, planning, times, workshop
from pages.parts.workshop import Step
from scoping import baseline, editing
from scoping import planning as figures
from scoping.baseline import Frozen
from scoping.merge import added
from scoping.planning import Row
from scoping.section import short
from scoping.sections.milestones import SECTION, Milestones, Move

LIST = "baselines"
_GONE_AT_MOST = 6


def show(step: Step) -> None:
    """Freeze the plan; what was frozen against what is promised and expected; reasons that are still owed."""
    value: Milestones = step.value
    st.header(step.spec(LIST).title, anchor=False, divider="gray")
    _frozen(step, value)
    if value.baselines and value.milestones:
        _drift(value, figures.rows(value, planning.of(step)))
        reasons(step)
    if value.milestones:
        _freeze(step, again=bool(value.baselines))


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
        st.markdown("**Freeze the plan anew**" if again else "**Freeze the plan**")
        st.caption("Dates and forecast are kept as they are now. Later dates are held against them; nothing is locked.")
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
    today = planning.today()
    with notices.refusals():
        charter = workshop.charter_seen(project, seen)
        plan = figures.plan(charter.part(SECTION.slug), today, planning.past())
        record = editing.new_record(
            SECTION,
            LIST,
            workshop.new_id(),
            "",
            name=name or f"Plan of {times.day(today)}",
            frozen_on=today,
            author=workshop.me(),
            reason=reason,
            plan=figures.frozen_plan(charter.part(SECTION.slug), plan),
        )
        workshop.save(project, SECTION.slug, [added(LIST, record)], "Plan frozen")
        st.session_state[name_key] = st.session_state[reason_key] = ""


def _drift(value: Milestones, rows: tuple[Row, ...]) -> None:
    reasons = _noted(value)
    last = baseline.latest(value)
    if last is None or not any(row.drift for row in rows):
        st.caption("The last baseline cannot be read. Freeze the plan anew.")
        return
    st.markdown(notices.plain(_told(rows, last.name)))
    if lost := baseline.gone(value, baseline.thaw(last) or Frozen()):
        names = ", ".join(f"“{short(m.title or 'a milestone without a name', 60)}”" for m in lost[:_GONE_AT_MOST])
        more = f" and {len(lost) - _GONE_AT_MOST} more" if len(lost) > _GONE_AT_MOST else ""
        st.markdown(f":orange[:material/info:] {notices.plain(f'Frozen and not in the plan any more: {names}{more}.')}")
    lines = [
        {
            "Milestone": short(row.title, 60),
            "As frozen": row.drift.baseline,
            "Promised": row.due,
            "Now": row.drift.now,
            "Later by": row.drift.days,
            "Why": " · ".join(reasons.get(row.id, ())),
        }
        for row in rows
        if row.drift
    ]
    now = st.column_config.DateColumn(format="D MMM YYYY", help="The day on which it was reached, else done in half of all cases.")
    days = st.column_config.NumberColumn(
        format="%+d", width=90, help="Working days from the frozen day to the day in “Now”. Below 0 is earlier."
    )
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        placeholder="–",
        column_config={
            "Milestone": st.column_config.TextColumn(width=170),
            "As frozen": _DAY,
            "Promised": _DAY,
            "Now": now,
            "Later by": days,
            "Why": st.column_config.TextColumn(width=240),
        },
        alt="Milestones against the baseline",
    )


def _told(rows: tuple[Row, ...], name: str) -> str:
    known = [(row.drift.days, row) for row in rows if row.drift and row.drift.days is not None]
    late = [(days, row) for days, row in known if days > 0]
    if not late:
        return f"No milestone is later than in “{short(name, 60)}”." if known else "Nothing can be held against the baseline yet."
    days, worst = max(late, key=lambda pair: pair[0])
    count = f"{len(late)} of {len(known)} milestones are" if len(late) > 1 else f"1 of {len(known)} milestones is"
    unit = "working day" if days == 1 else "working days"
    return f"{count} later than in “{short(name, 60)}”, “{short(worst.title, 60)}” by {days} {unit}."


def _noted(value: Milestones) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for move in value.moves:
        if move.reason.strip():
            found.setdefault(move.milestone, []).append(move.reason.strip())
    return found


def reasons(step: Step) -> None:
    """Ask why a promise moved, where nobody noted it."""
    value: Milestones = step.value
    if not value.baselines:
        return
    for row in figures.rows(value, planning.of(step)):
        if row.drift is None or not row.drift.lacks_reason:
            continue
        before = _promised_before(value, row.id)
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


def _question(row: Row, before: date | None) -> str:
    was = f"was due on {times.day(before)}" if before else "had no due date"
    now = f"is due on {times.day(row.due)} now" if row.due else "has no due date now"
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
        moved_on=planning.today(),
        before=before,
        after=after,
        author=workshop.me(),
    )
    with notices.refusals():
        workshop.save(project, SECTION.slug, [added("moves", move)], "Why a date moved")
