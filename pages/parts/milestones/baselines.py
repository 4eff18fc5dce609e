"""The signed dates: signing them, how far promises have moved from them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import streamlit as st

from pages.parts import here, markup, notices, times
from pages.parts.here import Step
from pages.parts.milestones.counting import planned
from scoping import editing
from scoping import words as scoping_words
from scoping.merge import added
from scoping.milestones import baseline, tracking
from scoping.milestones.baseline import Frozen
from scoping.milestones.tracking import PlanRow
from scoping.sections import milestones
from scoping.sections.milestones import SECTION, Milestones, Move
from scoping.words import count, short

LIST = "baselines"
_GONE_AT_MOST = _OVERLAPS_AT_MOST = 6
_ROWS_AT_MOST = 200
_ASKED_AT_ONCE = 1


def show(step: Step) -> None:
    """Sign the dates; what was signed against what is promised, with the forecast beside it; reasons that are still owed."""
    promised = step.charter.milestones
    counted = tracking.rows(promised, planned(promised))
    pieces = [*_signed(step, promised), *(_drift(promised, counted) if promised.baselines and promised.milestones else ())]
    markup.show(markup.stack(*pieces))
    reasons(step, counted)
    if promised.milestones:
        _freeze(step, again=bool(promised.baselines))


def _signed(step: Step, value: Milestones) -> Iterator[markup.Html]:
    if not value.baselines:
        yield markup.lead(step.spec(LIST).begin)
        return
    last = baseline.latest(value)
    lines = [
        (b.name, scoping_words.day_words_or(b.frozen_on), b.author, b.reason, "yes" if b is last else "")
        for b in reversed(value.baselines)
    ]
    yield markup.heading(step.spec(LIST).title)
    yield markup.table(("Name", "Signed on", "Signed by", "Why there is a new one", "In use"), lines)


def _freeze(step: Step, again: bool) -> None:
    name, reason = step.key("freeze", "name"), step.key("freeze", "reason")
    with st.form(step.key("freeze")):
        about = "The dates are kept as they are now. What is promised later is held against them; nothing is locked."
        notices.lines(["**Agree on new dates**" if again else "**Sign the dates**", notices.quiet(about)])
        st.text_input("Name", key=name, max_chars=80, placeholder="Agreed with the sponsor")
        if again:
            st.text_input("Why there are new dates", key=reason, max_chars=500, placeholder="The scope grew by a second language.")
        st.form_submit_button(
            "Sign these dates",
            icon=":material/signature:",
            on_click=_keep,
            args=(step.project.project_id, step.project.stamp.number, name, reason, again),
            disabled=step.project.is_archived,
        )


def _keep(project: str, seen: int, name_key: str, reason_key: str, again: bool) -> None:
    """Sign the dates as they were seen."""
    name = str(st.session_state.get(name_key, "")).strip()
    reason = str(st.session_state.get(reason_key, "")).strip()
    if again and not reason:
        st.toast("Not signed yet: say why there are new dates.", icon=":material/edit:")
        return
    today = times.today()
    with notices.refusals():
        charter = here.charter_seen(project, seen)
        now = planned(charter.milestones)
        record = editing.new_record(
            SECTION,
            LIST,
            here.new_id(),
            "",
            name=name or f"Plan of {scoping_words.day_words(today)}",
            frozen_on=today,
            author=here.me(),
            reason=reason,
            plan=tracking.frozen_plan(charter.milestones, now),
        )
        here.save(project, SECTION.slug, [added(LIST, record)], "Dates signed")
        st.session_state[name_key] = st.session_state[reason_key] = ""


def _drift(value: Milestones, rows: tuple[PlanRow, ...]) -> Iterator[markup.Html]:
    last = baseline.latest(value)
    if last is None or not any(row.drift for row in rows):
        yield markup.note("The last signed plan cannot be read. Sign the dates anew.")
        return
    yield markup.lead(_told(rows, last.name))
    if lost := baseline.gone(value, baseline.thaw(last) or Frozen()):
        names = ", ".join(f"“{short(m.title or 'a milestone without a name', 60)}”" for m in lost[:_GONE_AT_MOST])
        more = f" and {len(lost) - _GONE_AT_MOST} more" if len(lost) > _GONE_AT_MOST else ""
        yield markup.banner(f"Signed and not in the plan any more: {names}{more}.", calm=True)
    why = _noted(value)
    lines = [
        (
            short(row.title, 60),
            scoping_words.day_words_or(row.drift.baseline, "–"),
            scoping_words.day_words_or(row.due, "–"),
            scoping_words.day_words_or(row.reached, "–"),
            "–" if row.drift.days is None else f"{row.drift.days:,}",
            " · ".join(why.get(row.id, ())),
            scoping_words.day_words_or(row.forecast, "–"),
        )
        for row in rows[:_ROWS_AT_MOST]
        if row.drift
    ]
    yield markup.table(("Milestone", "Signed", "Promised", "Reached", "Later by working days", "Why", "Half of all cases"), lines)


def _told(rows: tuple[PlanRow, ...], name: str) -> str:
    known = [(row.drift.days, row) for row in rows if row.drift and row.drift.days is not None]
    late = [(days, row) for days, row in known if days > 0]
    if not late:
        return (
            f"No milestone is later than in “{short(name, 60)}”." if known else "Nothing can be compared with the signed plan yet."
        )
    days, worst = max(late, key=lambda pair: pair[0])
    these = f"{len(late)} of {count(len(known), 'milestone')} {'is' if len(late) == 1 else 'are'}"
    return f"{these} later than in “{short(name, 60)}”, “{short(worst.title, 60)}” by {count(days, 'working day')}."


def _noted(value: Milestones) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for move in value.moves:
        if move.reason.strip():
            found.setdefault(move.milestone, []).append(move.reason.strip())
    return found


def overlaps(promised: Milestones) -> Iterator[markup.Html]:
    """Which milestones begin before the one before them is due, as happens when a date moves."""
    frozen = baseline.frozen(promised)
    found = milestones.overlaps(promised, baseline.sequence(frozen) if frozen else ())
    for one in found[:_OVERLAPS_AT_MOST]:
        yield markup.banner(one.sentence)
    if len(found) > _OVERLAPS_AT_MOST:
        yield markup.note(f"and {len(found) - _OVERLAPS_AT_MOST} more.")


def reasons(step: Step, rows: Iterable[PlanRow]) -> None:
    """Ask why a promise moved, where nobody noted it: of several, one after the other."""
    promised = step.charter.milestones
    for row in [row for row in rows if row.drift and row.drift.lacks_reason][:_ASKED_AT_ONCE]:
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
        here.new_id(),
        "",
        milestone=milestone,
        reason=reason,
        moved_on=times.today(),
        before=before,
        after=after,
        author=here.me(),
    )
    with notices.refusals():
        here.save(project, SECTION.slug, [added("moves", move)], "Why a date moved")
