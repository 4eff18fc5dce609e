"""The weekly check-in: what happened since the last one, one form of two minutes, and a digest to pass on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import folds, notices, times, workshop
from pages.parts.milestones import planning
from pages.parts.workshop import Step
from scoping import changes, editing
from scoping import words as scoping_words
from scoping.charter import PART_BY_SLUG
from scoping.errors import WorkbenchError
from scoping.export.digest import AT_MOST, Digest, digest, drift_words
from scoping.merge import Edit, added
from scoping.milestones import checkin as milestones_checkin
from scoping.milestones import possible, status
from scoping.milestones.checkin import Look
from scoping.milestones.status import ICONS, TargetStatus
from scoping.sections.milestones import SECTION, CheckIn, Target
from scoping.words import count, short
from storage.history import Revision

READINGS_AT_MOST = 8
"""More numbers than this are not read in two minutes; the others wait in the tab of readings."""
DRIFTED_AT_MOST = 3
_REVISIONS = 200
"""Saves that are looked through; who has not checked in for longer finds the rest in the history."""
_FIELDS = ("changed", "risks", "help_needed")


def show(step: Step) -> None:
    """How the plan stands, the form, and the digest."""
    milestones = step.charter.milestones
    if not milestones.milestones:
        st.markdown("Plan a milestone first; a check-in tells how it goes.")
        return
    look = milestones_checkin.look(milestones, planning.of(step))
    _stands(step, look, *_changes(step, look.last))
    _form(step, look)
    if look.last:
        before = look.held[-2] if len(look.held) > 1 else None
        _digest(step, digest(step.charter.name, look, look.last, _changes(step, before)[0], step.project.health(look.today)))


def _stands(step: Step, look: Look, lines: list[str], is_all: bool) -> None:
    since = f"since {scoping_words.day_words(look.last.held_on)}" if look.last and look.last.held_on else "so far"
    drifted = [row for row in look.drifted if row.drift and row.drift.days]
    told = [
        f":material/{ICONS[s.state]}: **{s.state.label}** · {notices.plain(_title(s.milestone.title))}: {notices.plain(s.rule)}"
        for s in look.troubled
    ]
    if look.next and look.next.milestone.due:
        days = (look.next.milestone.due - look.today).days
        told.append(
            f":material/flag: **Next** · {notices.plain(_title(look.next.milestone.title))}, due on "
            f"{scoping_words.day_words(look.next.milestone.due)} ({_in(days)})"
        )
    told += [
        f":material/update: **{drift_words(row.drift.days).capitalize()} than frozen** · {notices.plain(_title(row.title))}"
        for row in drifted[:DRIFTED_AT_MOST]
        if row.drift
    ]
    if len(drifted) > DRIFTED_AT_MOST:
        told.append(f"and {len(drifted) - DRIFTED_AT_MOST} more; the tab Baseline shows all of them.")
    notices.lines(told or ["No milestone is late, at risk or moved."])
    with folds.fold("Changes", step.key("since"), tally=f"{_count(lines, is_all)} {since}", icon=":material/history:") as place:
        if place.open:
            more = [notices.quiet(f"and {len(lines) - AT_MOST} more; History shows all of them.")] if len(lines) > AT_MOST else []
            notices.lines([*map(notices.plain, lines[:AT_MOST]), *more])


def _title(title: str) -> str:
    return f"“{short(title, 60)}”"


def _in(days: int) -> str:
    return f"in {count(days, 'day')}" if days else "today"


def _count(lines: list[str], is_all: bool) -> str:
    if not is_all:
        return f"More than {count(len(lines), 'change')}"
    return count(len(lines), "change") if lines else "Nothing changed"


def _changes(step: Step, since: CheckIn | None) -> tuple[list[str], bool]:
    """What was changed in the project after a check-in, newest first, in words; and whether that is all."""
    currency = str(step.charter.project.currency)
    found: list[str] = []
    revisions = workshop.store().history(step.project.project_id, limit=_REVISIONS)
    for revision in revisions:
        if since and (_holds(revision, since) or times.local(revision.at).date() < (since.held_on or date.min)):
            return found, True
        section = PART_BY_SLUG.get(revision.part)
        edits = [e for e in revision.edits if e.list != "checkins"] if section else []
        found += [f"{section.title}: {changes.sentence(section, e, step.project.titles, currency)}" for e in edits if section]
    return found, len(revisions) < _REVISIONS


def _holds(revision: Revision, checkin: CheckIn) -> bool:
    """Whether a save is the one that kept a check-in."""
    return any(e.key == ("checkins", checkin.id) and e.before is None and not e.field for e in revision.edits)


def _form(step: Step, look: Look) -> None:
    key = step.key("talk")
    due = look.due[:READINGS_AT_MOST]
    with st.form(key, enter_to_submit=False):
        st.markdown(f"**Check-in of {scoping_words.day_words(look.today)}**")
        st.text_area(
            "What changed", key=f"{key}.changed", height=80, placeholder="Labels are at 91 % agreement; the car set is late."
        )
        last = f"Last time: {look.last.confidence}." if look.last and look.last.confidence else None
        st.segmented_control(
            "How sure are we of the next date? 1 not at all, 5 very", [1, 2, 3, 4, 5], key=f"{key}.confidence", help=last
        )
        of = {one.milestone.id: one.milestone.title for one in look.statuses}
        metrics = [one.target.title for one in due]
        # Two beside each other where there is room, without an element for each column.
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for one in due:
                where = f" of “{short(of[one.target.milestone], 30)}”" if metrics.count(one.target.title) > 1 else ""
                st.number_input(
                    _ask(one, where),
                    key=f"{key}.read.{one.target.id}",
                    value=None,
                    format="%g",
                    placeholder="Not measured",
                    width=270,
                )
        if len(look.due) > len(due):
            st.caption(f"{count(len(look.due) - len(due), 'more reading')} due; to be noted in the tab Readings.")
        st.text_area("What could go wrong next", key=f"{key}.risks", height=68)
        st.text_area("Which help we need", key=f"{key}.help_needed", height=68)
        st.form_submit_button(
            "Check in",
            type="primary",
            icon=":material/task_alt:",
            on_click=_keep,
            args=(step.project.project_id, key, tuple(one.target for one in due)),
            disabled=step.project.is_archived,
        )
    if said := st.session_state.get(f"{key}.said"):
        st.error(notices.plain(said), icon=":material/error:")


def _ask(one: TargetStatus, where: str) -> str:
    unit = f" ({one.target.unit.strip()})" if one.target.unit.strip() else ""
    last = f", last {status.amount(one.target, one.latest.value)}" if one.latest else ""
    return notices.plain(f"{short(one.target.title, 60)}{where}{unit}: {status.goal(one.target)}{last}")


def _keep(project: str, key: str, targets: tuple[Target, ...]) -> None:
    """Keep the check-in with its readings in one save; nothing is kept while a reading cannot be true."""
    state = st.session_state
    said = {name: str(state.get(f"{key}.{name}") or "").strip() for name in _FIELDS}
    confidence = state.get(f"{key}.confidence")
    values = {t.id: state.get(f"{key}.read.{t.id}") for t in targets}
    if not any(said.values()) and confidence is None and all(v is None for v in values.values()):
        state[f"{key}.said"] = "Nothing is kept yet: say what changed, or how sure you are of the next date."
        return
    try:
        edits = [_checked_in(said, confidence), *_read(project, targets, values)]
        workshop.save(project, SECTION.slug, edits, "Check-in")
    except WorkbenchError as error:
        state[f"{key}.said"] = str(error)
        return
    for name in (*_FIELDS, "said"):
        state[f"{key}.{name}"] = ""
    for name in ("confidence", *(f"read.{t.id}" for t in targets)):
        state[f"{key}.{name}"] = None


def _checked_in(said: dict[str, str], confidence: int | None) -> Edit:
    record = editing.new_record(
        SECTION,
        "checkins",
        workshop.new_id(),
        "",
        held_on=times.today(),
        confidence=confidence,
        author=workshop.me(),
        **said,
    )
    return added("checkins", record)


def _read(project: str, targets: tuple[Target, ...], values: dict[str, float | None]) -> list[Edit]:
    """Readings of today. Raises ImpossibleReadingError."""
    today = times.today()
    begin = possible.begin_of(workshop.store().open(project).charter.milestones)
    edits = []
    for target in targets:
        value = values[target.id]
        if value is None:
            continue
        possible.refuse_impossible(target, value, today, today, begin)
        record = editing.new_record(
            SECTION,
            "readings",
            workshop.new_id(),
            "",
            target=target.id,
            when=today,
            value=value,
            source="Check-in",
            author=workshop.me(),
        )
        edits.append(added("readings", record))
    return edits


def _digest(step: Step, told: Digest) -> None:
    with st.expander(
        "Digest for mail or chat", icon=":material/forward_to_inbox:", key=step.key("digest"), on_change="rerun"
    ) as box:
        if not box.open:
            return
        with st.container(horizontal=True):
            name = f"check-in-{told.day.isoformat()}"
            st.download_button(
                "Markdown", told.to_markdown, f"{name}.md", "text/markdown", key=step.key("digest", "md"), on_click="ignore"
            )
            st.download_button("HTML", told.to_html, f"{name}.html", "text/html", key=step.key("digest", "html"), on_click="ignore")
        st.code(told.to_markdown(), language=None, wrap_lines=True)
