"""The plan in figures: when milestones are done, what delays them, who is booked twice, what past projects say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts, notices, times, workshop
from pages.parts.workshop import Step
from scoping import currency as iso
from scoping import editing, planning, planning_charts, reference_class, status
from scoping.answers import number_words
from scoping.errors import WorkbenchError
from scoping.merge import Edit, added
from scoping.planning import Plan, Row
from scoping.reference_class import Past
from scoping.schedule import OVERRUN
from scoping.section import bare, short
from scoping.sections.milestones import SECTION, Milestone, MilestoneKind, Milestones

PAST = "past_projects"
"""The setting of the portfolio that holds past projects."""
_DRIVERS_AT_MOST = 4
_SENTENCES_AT_MOST = 10


def today() -> date:
    """The day on which plans are looked at."""
    return datetime.now(UTC).date()


def past() -> tuple[Past, ...]:
    """The past projects of this workbench."""
    kept = workshop.store().setting(PAST)
    return tuple(
        Past(str(p["name"]), str(p["kind"]), float(p["planned"]), float(p["actual"]))
        for p in kept.values()
        if isinstance(p, dict) and {"name", "kind", "planned", "actual"} <= p.keys()
    )


def of(step: Step) -> Plan:
    """The plan of the open project as it can be counted with."""
    return planning.plan(step.project.charter.part(SECTION.slug), today(), past())


def show(step: Step) -> None:
    """When each milestone is done, with its chances, and what the whole plan comes to."""
    value: Milestones = step.value
    if not value.milestones:
        return
    plan = of(step)
    rows = planning.rows(value, plan)
    _problems(plan)
    charts.show(step.key("chart", "plan"), planning_charts.expected, rows, plan.today, charts.theme())
    found = planning.forecast(plan)
    if not found.milestones:
        return
    with st.container(horizontal=True):
        if found.p50 and found.p80:
            st.metric("All done, in half of all cases by", times.day(found.p50))
            st.metric("In four of five cases by", times.day(found.p80))
        if found.chance is not None:
            st.metric("Chance of the last promised day", _percent(found.chance))
        for cost in found.costs:
            low, high = _about(cost.spread.p10, cost.currency), _about(cost.spread.p90, cost.currency)
            is_range = low != high
            st.metric(
                "Cost of the plan, 80 % interval" if is_range else "Cost of the plan", f"{low} to {high}" if is_range else low
            )
    if not plan.is_whole:
        count = len(plan.left_out)
        st.caption(
            f"The end of the whole plan is told once the time of every milestone is known; {count} "
            f"{'is' if count == 1 else 'are'} left out."
        )
    _table(rows)
    st.caption(
        notices.plain(
            f"{found.draws:,} simulations, seed {planning.SEED}. {plan.overrun_words} All durations share it, "
            "because projects run late as a whole."
        )
    )
    _drivers(step, found.drivers)
    _earned(value, plan)
    _rest(value, plan)
    _reached(step)
    _proof_first(step)


def _about(amount: float, currency: str) -> str:
    return iso.about(amount, currency)


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "below 1%"
    return "above 99%" if 0.99 < share < 1 else f"{share:.0%}"


def _problems(plan: Plan) -> None:
    for note in plan.notes:
        st.caption(notices.plain(note))
    for problem in plan.problems:
        st.markdown(f":orange[:material/info:] {notices.plain(_about_whom(problem))}")


def _about_whom(problem: Any) -> str:
    project = workshop.shown()
    titles = project.titles.get(problem.ref, {}) if project else {}
    return str(problem.about(titles.get(problem.record, "")))


def _table(rows: Sequence[Row]) -> None:
    lines = [
        {
            "Milestone": short(row.title, 60),
            "Promised": row.due,
            "Half of all cases": row.reached or (row.expected.p50 if row.expected else None),
            "Four of five": row.reached or (row.expected.p80 if row.expected else None),
            "Chance of the promise": None if row.expected is None else row.expected.chance,
            "Decides the end": None if row.expected is None else row.expected.critical,
            "Remark": _remark(row),
        }
        for row in rows
    ]
    share = st.column_config.NumberColumn(format="percent")
    day = st.column_config.DateColumn(format="D MMM YYYY")
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        placeholder="not known",
        column_config={
            "Promised": day,
            "Half of all cases": day,
            "Four of five": day,
            "Chance of the promise": share,
            "Decides the end": st.column_config.NumberColumn(
                format="percent", help="In how many of the simulations it decided when the plan ends."
            ),
        },
        alt="When each milestone is done",
    )


def _remark(row: Row) -> str:
    if row.reached:
        return "reached"
    if row.expected is None:
        return "time not known"
    return "ought to be done by now" if row.expected.is_floor else ""


def _drivers(step: Step, drivers: Sequence[tuple[str, float]]) -> None:
    titles = {m.id: m.title for m in step.rows("milestones")}
    named = [
        "the usual overrun of the whole project" if i == OVERRUN else f"“{short(titles.get(i, ''), 50)}”"
        for i, strength in drivers[:_DRIVERS_AT_MOST]
        if strength >= 0.1
    ]
    if named:
        st.markdown(f"**What moves the end most:** {notices.plain(', then '.join(named))}.")


def _earned(value: Milestones, plan: Plan) -> None:
    """Where the plan stands in time (earned schedule)."""
    found = planning.progress(value, plan)
    if found is None or found.spi_t is None:
        return
    words = (
        f"After {found.period} of {found.planned} planned weeks the plan stands where it was to stand after "
        f"{number_words(round(found.es, 1))} weeks (pace {found.spi_t:.0%})."
    )
    if found.ieac_t:
        words += f" At this pace the plan takes {number_words(round(found.ieac_t, 1))} weeks."
    st.markdown(notices.plain(words))


def _rest(value: Milestones, plan: Plan) -> None:
    """The outside view of what is left."""
    found = planning.outlook(value, plan)
    if found is not None:
        st.markdown(
            notices.plain(
                f"Seen from outside: at this stage, what was left of past projects took {number_words(found.factor)} times as long as "
                f"stated ({found.source}). Then all is done on {times.day(found.end)}."
            )
        )


def _reached(step: Step) -> None:
    """Offer to note milestones as reached whose targets are all met by their readings."""
    for one in status.of_plan(step.value, today()):
        if one.state is status.State.DONE and one.met_on and not one.milestone.reached_on:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    notices.plain(f"All targets of “{short(one.milestone.title, 60)}” are met since {times.day(one.met_on)}.")
                )
                st.button(
                    "Note it as reached",
                    icon=":material/flag:",
                    key=step.key("reached", one.milestone.id),
                    on_click=_note_reached,
                    args=(step.project.project_id, one.milestone.id, one.met_on),
                    disabled=step.project.is_archived,
                )


def _note_reached(project: str, milestone: str, day: date) -> None:
    _save(project, [Edit("milestones", milestone, "reached_on", None, day.isoformat())], "Reached")


def _proof_first(step: Step) -> None:
    """Offer a proof of concept where nothing says yet that the plan can be kept."""
    rows: tuple[Milestone, ...] = step.rows("milestones")
    if any(m.kind is MilestoneKind.POC for m in rows) or any(m.likely_days is not None for m in rows):
        return
    with st.container(border=True):
        st.markdown("No duration is known as a range, and nothing is proven yet. A proof of concept first tells most for little.")
        st.button(
            "Add a proof of concept of six weeks",
            icon=":material/science:",
            key=step.key("poc"),
            on_click=_add_proof,
            args=(step.project.project_id, str(step.project.charter.part("project").currency)),
            disabled=step.project.is_archived,
        )


def _add_proof(project: str, currency: str) -> None:
    record = editing.new_record(
        SECTION,
        "milestones",
        workshop.new_id(),
        currency,
        deliverable="Proof of concept",
        kind=MilestoneKind.POC,
        best_days=20,
        likely_days=30,
        worst_days=60,
    )
    _save(project, [added("milestones", record)], "Proof of concept first")


def _save(project: str, edits: Sequence[Edit], note: str) -> None:
    with notices.refusals():
        workshop.save(project, SECTION.slug, edits, note)


def people(step: Step) -> None:
    """Who is booked for more than there is, and dates at which nobody is."""
    plan = of(step)
    found = planning.staffing(plan)
    names = {p.id: short(p.title, 40) for p in step.rows("people")}
    titles = {m.id: short(m.title, 40) for m in step.rows("milestones")}
    if not found.loads:
        st.caption("With people, their share of a week and who works on what, this place says who is booked twice.")
        return
    if not found.conflicts:
        st.markdown(":green[:material/check_circle:] Nobody is booked for more than there is.")
        return
    rows = [
        {
            "Person": names.get(load.person, ""),
            "From": load.first,
            "To": load.last,
            "Booked": load.booked / 100,
            "There is": None if load.available is None else load.available / 100,
            "For": " · ".join(titles.get(m, "") for m in load.milestones),
        }
        for load in found.conflicts
    ]
    share = st.column_config.NumberColumn(format="percent")
    day = st.column_config.DateColumn(format="D MMM YYYY")
    st.markdown("**Booked for more than there is**")
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={"Booked": share, "There is": share, "From": day, "To": day},
        alt="When somebody is booked for more than there is",
    )
    later = f"The end moves by {found.later_by} working days." if found.later_by else "The end stays where it is."
    st.markdown(f"**So that nobody is:** {notices.plain(later)} {notices.plain(found.rule)}")
    moved = [
        {"Milestone": titles.get(m.milestone, ""), "Start": m.start, "End": m.end, "Later by days": m.days} for m in found.levelled
    ]
    st.dataframe(
        pd.DataFrame(moved), hide_index=True, column_config={"Start": day, "End": day}, alt="Dates at which nobody is booked twice"
    )
    dates = {m.milestone: (m.start, m.end) for m in found.levelled if m.days}
    st.button(
        "Take over these dates",
        icon=":material/event_available:",
        key=step.key("level"),
        on_click=_take_over,
        args=(step.project.project_id, step.project.stamp.number, dates),
        disabled=step.project.is_archived or not dates,
        help="Changes start and due dates in one save, and notes why they moved. They are days of likely length: about half of all "
        "cases are later. History can take it back.",
    )


def _take_over(project: str, seen: int, dates: dict[str, tuple[date, date]]) -> None:
    charter = workshop.charter_seen(project, seen)
    edits = []
    for row in charter.part(SECTION.slug).milestones:
        if row.id not in dates:
            continue
        for name, day in zip(("start", "due"), dates[row.id], strict=True):
            before = getattr(row, name)
            if before != day:
                edits.append(Edit("milestones", row.id, name, before and before.isoformat(), day.isoformat()))
        if row.due and row.due != dates[row.id][1]:
            move = editing.new_record(
                SECTION,
                "moves",
                workshop.new_id(),
                "",
                milestone=row.id,
                reason="So that nobody is booked twice",
                moved_on=today(),
                before=row.due,
                after=dates[row.id][1],
                author=workshop.me(),
            )
            edits.append(added("moves", move))
    _save(project, edits, "So that nobody is booked twice")


def outside_view(step: Step) -> None:
    """What became of past projects of the kind, and a place to add some."""
    projects = past()
    kind = step.value.reference_kind
    found = reference_class.outside(projects, kind)
    if found.is_enough and found.middle is not None and found.p80 is not None:
        st.markdown(
            notices.plain(
                f"Of {found.source}, the middle one took {number_words(round(found.middle, 2))} times its plan; "
                f"four in five stayed below {number_words(round(found.p80, 2))} times."
            )
        )
    else:
        st.caption(
            notices.plain(
                f"{reference_class.FEWEST} past projects are needed for an outside view; there are {found.n}. "
                f"Until then {reference_class.KITCHENHAM.source} stand in: the middle one took as long as "
                "planned, the worst fifth at least 1.25 times as long."
            )
        )
    with st.popover("Add past projects", icon=":material/history:", type="tertiary"):
        st.caption(
            "A CSV file, or rows copied in a spreadsheet. The first row names the columns: Project, Kind, Planned days, Actual days. "
            "Past projects count for all projects of this workbench."
        )
        st.file_uploader("CSV file", key=step.key("past", "file"), max_upload_size=1)
        st.text_area("Or rows", key=step.key("past", "rows"), height=140)
        st.button(
            "Add these projects",
            type="primary",
            key=step.key("past", "add"),
            on_click=_add_past,
            args=(step.key("past", "file"), step.key("past", "rows"), step.key("past", "said")),
        )
        for sentence in st.session_state.get(step.key("past", "said"), []):
            st.markdown(notices.plain(sentence))
        if projects:
            frame = pd.DataFrame(
                [{"Project": p.name, "Kind": p.kind, "Planned days": p.planned, "Actual days": p.actual} for p in projects]
            )
            st.dataframe(frame, hide_index=True, alt="Past projects")


def _add_past(file_key: str, rows_key: str, said_key: str) -> None:
    file = st.session_state.get(file_key)
    text = file.getvalue().decode("utf-8-sig", errors="replace") if file else str(st.session_state.get(rows_key, ""))
    if not text.strip():
        st.session_state[said_key] = ["Nothing to add: choose a file, or paste rows."]
        return
    try:
        found, left_out = reference_class.read_text(text)
        if found:
            workshop.store().keep_setting(PAST, {_called(p): asdict(p) for p in found})
    except WorkbenchError as error:
        st.session_state[said_key] = [str(error)]
        return
    if found:
        st.session_state[rows_key] = ""
    added_ = f"{len(found)} {'project' if len(found) == 1 else 'projects'} added."
    st.session_state[said_key] = [added_, *left_out[:_SENTENCES_AT_MOST]]


def _called(project: Past) -> str:
    """What a past project is kept under: the same one given again replaces itself."""
    return f"{bare(project.name)}/{bare(project.kind)}"[:200]
