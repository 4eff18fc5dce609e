"""The plan in figures: when milestones are done, what delays them, who is booked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from pages.parts import folds, here, markup, notices, times
from pages.parts.here import Step
from pages.parts.milestones import baselines, past_projects
from pages.parts.milestones.counting import past, planned
from scoping import currency as iso
from scoping import editing
from scoping import words as scoping_words
from scoping.merge import Edit, added
from scoping.milestones import forecast, staffing, tracking
from scoping.milestones import plan as milestones_plan
from scoping.milestones.forecast import Forecast
from scoping.milestones.plan import Plan
from scoping.milestones.schedule import OVERRUN
from scoping.milestones.tracking import PlanRow
from scoping.sections.milestones import SECTION, MilestoneKind, Milestones
from scoping.words import count, number_words, short

_DRIVERS_AT_MOST = 4
_SENTENCES_AT_MOST = 10
_ROWS_AT_MOST = 200
"""Milestones of a table; the timeline shows all."""


def show(step: Step) -> None:
    """When each milestone is done, with its chances, and what the whole plan comes to; the rest waits behind folds."""
    milestones = step.charter.milestones
    if not milestones.milestones:
        return
    # Rows and words follow from the revision, the day and what past projects teach: one simulation for everybody who looks.
    counted, told = step.project.once(("plan", times.today(), past()), lambda _: _told(step, planned(milestones)))
    markup.show(told)
    baselines.reasons(step, counted)
    _proof_first(step)
    with folds.fold("Booked twice", step.key("levelling"), icon=":material/group:") as place:
        if place.open:
            people(step)
    with folds.fold("Past projects", step.key("outside"), icon=":material/history:") as place:
        if place.open:
            past_projects.outside_view(step)


def _told(step: Step, plan: Plan) -> tuple[Sequence[PlanRow], markup.Html]:
    """Every milestone as it is counted, and what is said about the plan."""
    milestones = step.charter.milestones
    counted, found = tracking.rows(milestones, plan), forecast.forecast(plan)
    pieces = [*baselines.overlaps(milestones), *_problems(step, plan), markup.facts(_figures(found))]
    if found.milestones:
        said = (_undated(plan), _drivers(step, found.drivers), _earned(milestones, plan), _rest(milestones, plan))
        pieces += [markup.lines(map(markup.text, filter(None, said))), markup.fold("Days of each milestone", _table(counted))]
        pieces.append(markup.fold("What this rests on", markup.note(_basis(plan, found))))
    return counted, markup.stack(*filter(None, pieces))


def _figures(found: Forecast) -> Iterator[tuple[str, str]]:
    if found.p50 and found.p80:
        yield "All done, in half of all cases by", scoping_words.day_words(found.p50)
        yield "In 8 of 10 cases by", scoping_words.day_words(found.p80)
    if found.chance is not None:
        yield "Chance of the last promised day", scoping_words.one_in(found.chance)
    for cost in found.costs:
        low, high = iso.about(cost.spread.p10, cost.currency), iso.about(cost.spread.p90, cost.currency)
        is_range = low != high
        yield "Cost of the plan, 8 of 10 cases" if is_range else "Cost of the plan", f"{low} to {high}" if is_range else low


def _basis(plan: Plan, found: Forecast) -> str:
    return (
        f"{found.draws:,} simulations, seed {milestones_plan.SEED}. {plan.overrun_words} All durations share it, "
        "because projects run late as a whole."
    )


def _undated(plan: Plan) -> str:
    missing = len(plan.left_out)
    if plan.is_whole:
        return ""
    are = "is" if missing == 1 else "are"
    return f"The end of the whole plan is told once the time of every milestone is known; {missing} {are} left out."


def _problems(step: Step, plan: Plan) -> Iterator[markup.Html]:
    titles = step.project.titles
    yield from map(markup.note, plan.notes)
    for problem in plan.problems[:_SENTENCES_AT_MOST]:
        yield markup.banner(problem.about(titles.get(problem.ref, {}).get(problem.record, "")))
    if len(plan.problems) > _SENTENCES_AT_MOST:
        yield markup.note(f"and {len(plan.problems) - _SENTENCES_AT_MOST} more.")


def _chance(probability: float | None) -> str:
    return "not known" if probability is None else scoping_words.one_in(probability)


def _table(rows: Sequence[PlanRow]) -> markup.Html:
    """The days of every milestone, of which a very long plan shows the first."""

    def cells(row: PlanRow) -> tuple[str, ...]:
        seen = row.expected
        half, most = (row.reached or (day if seen else None) for day in ((seen.p50, seen.p80) if seen else (None, None)))
        chances = (
            (_chance(seen.chance if seen else None), _chance(seen.critical if seen else None)) if not row.reached else ("", "")
        )
        days = (scoping_words.day_words_or(day, "not known") for day in (row.due, half, most))
        return (short(row.title, 60), *days, *chances, _remark(row))

    head = ("Milestone", "Promised", "Half of all cases", "8 of 10", "Chance of the promise", "Decides the end", "Remark")
    table = markup.table(head, [cells(row) for row in rows[:_ROWS_AT_MOST]])
    more = markup.note(f"The first {_ROWS_AT_MOST} of {len(rows):,}.") if len(rows) > _ROWS_AT_MOST else ""
    return markup.stack(table, more)


def _remark(row: PlanRow) -> str:
    if row.reached:
        return "reached"
    if row.expected is None:
        return "time not known"
    return "ought to be done by now" if row.expected.is_floor else ""


def _drivers(step: Step, drivers: Sequence[tuple[str, float]]) -> str:
    titles = step.project.titles["milestones.milestones"]
    named = [
        "the usual overrun of the whole project" if i == OVERRUN else f"“{short(titles.get(i, ''), 50)}”"
        for i, strength in drivers[:_DRIVERS_AT_MOST]
        if strength >= 0.1
    ]
    return f"What moves the end most: {', then '.join(named)}." if named else ""


def _earned(value: Milestones, plan: Plan) -> str:
    """Where the plan stands in time (earned schedule)."""
    found = tracking.earned_so_far(value, plan)
    if found is None or found.spi_t is None:
        return ""
    words = (
        f"After {found.period:,} of {count(found.planned, 'planned day')} the plan stands where it was to stand after "
        f"{count(number_words(round(found.es, 1)), 'day')} (pace {scoping_words.percent(found.spi_t)})."
    )
    return f"{words} At this pace the plan takes {count(number_words(round(found.ieac_t)), 'day')}." if found.ieac_t else words


def _rest(value: Milestones, plan: Plan) -> str:
    """The outside view of what is left."""
    found = tracking.outlook(value, plan)
    if found is None:
        return ""
    return (
        f"Seen from outside: at this stage, what was left of past projects took {number_words(found.factor)} times as long as "
        f"stated ({found.source}). Then all is done on {scoping_words.day_words(found.end)}."
    )


def _proof_first(step: Step) -> None:
    """Offer a proof of concept where nothing says yet that the plan can be kept."""
    rows = step.charter.milestones.milestones
    if any(m.kind is MilestoneKind.POC for m in rows) or any(m.likely_days is not None for m in rows):
        return
    with st.container(border=True):
        st.markdown("No duration is known as a range, and nothing is proven yet. A proof of concept first tells most for little.")
        st.button(
            "Add a proof of concept of six weeks",
            icon=":material/science:",
            key=step.key("poc"),
            on_click=_add_proof,
            args=(step.project.project_id, str(step.charter.project.currency)),
            disabled=step.project.is_archived,
        )


def _add_proof(project: str, currency: str) -> None:
    record = editing.new_record(
        SECTION,
        "milestones",
        here.new_id(),
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
        here.save(project, SECTION.slug, edits, note)


def people(step: Step) -> None:
    """Who is booked for more than there is, and dates at which nobody is."""
    plan = planned(step.charter.milestones)
    found = staffing.staffing(plan)
    names, titles = (
        {record: short(title, 40) for record, title in step.project.titles[ref].items()}
        for ref in ("milestones.people", "milestones.milestones")
    )
    if not found.loads:
        st.caption("With people, their share of a week and who works on what, this place says who is booked twice.")
        return
    if not found.conflicts:
        st.markdown(":green[:material/check_circle:] Nobody is booked for more than there is.")
        return
    booked = [
        (
            names.get(load.person, ""),
            scoping_words.day_words(load.first),
            scoping_words.day_words(load.last),
            scoping_words.in_percent(load.booked),
            "not known" if load.available is None else scoping_words.in_percent(load.available),
            " · ".join(titles.get(m, "") for m in load.milestones),
        )
        for load in found.conflicts[:_ROWS_AT_MOST]
    ]
    moved = [
        (titles.get(m.milestone, ""), scoping_words.day_words(m.start), scoping_words.day_words(m.end), f"{m.days:,}")
        for m in found.levelled[:_ROWS_AT_MOST]
    ]
    later = f"The end moves by {found.later_by} working days." if found.later_by else "The end stays where it is."
    markup.show(
        markup.stack(
            markup.heading("Booked for more than there is"),
            markup.table(("Person", "From", "To", "Booked", "There is", "For"), booked),
            markup.lead(f"So that nobody is: {later} {found.rule}"),
            markup.table(("Milestone", "Start", "End", "Later by days"), moved),
        )
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
    charter = here.charter_seen(project, seen)
    edits = []
    for row in charter.milestones.milestones:
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
                here.new_id(),
                "",
                milestone=row.id,
                reason="So that nobody is booked twice",
                moved_on=times.today(),
                before=row.due,
                after=dates[row.id][1],
                author=here.me(),
            )
            edits.append(added("moves", move))
    _save(project, edits, "So that nobody is booked twice")
