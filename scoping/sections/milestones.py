"""Milestones: what is delivered when, with ML, software and business targets and the resources it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.measurement import Json
from scoping.section import Choice, Fields, Link, LongText, Minor, Number, Record, SectionOf, Text, Whole, ask, links, records, text
from scoping.words import day_words, in_percent, short


class MilestoneKind(Choice):
    POC = "poc", "Proof of concept"
    TRAINING = "training", "Works on the training set"
    TEST = "test", "Works on dev and test sets"
    BUSINESS = "business", "Reaches the business goal"
    LAUNCH = "launch", "Launch"
    OTHER = "other", "Other"


class Family(Choice):
    ML = "ml", "ML"
    SOFTWARE = "software", "Software"
    BUSINESS = "business", "Business"


class Direction(Choice):
    AT_LEAST = "at_least", "At least"
    AT_MOST = "at_most", "At most"


class Gate(Choice):
    """What the decider said when the result was there."""

    GO = "go", "Go on"
    REWORK = "rework", "Rework"
    STOP = "stop", "Stop"


class Pace(Choice):
    """What a team says of its way to the next date."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class WorkWeek(Choice):
    """The days on which work is done."""

    MON_FRI = "mon_fri", "Monday to Friday"
    SUN_THU = "sun_thu", "Sunday to Thursday"
    MON_SAT = "mon_sat", "Monday to Saturday"
    ALL = "all", "Every day"


class Milestone(Record):
    """A result by a date."""

    deliverable: Text = text("Deliverable", core=True, example="First version, measured on last month's cases")
    owner: Text = text("Owner", core=True)
    start: date | None = ask("Start", core=True)
    due: date | None = ask("Due", core=True)
    reached_on: date | None = ask("Reached on", "The day on which all its targets were met.", tabled=True)
    best_days: Number | None = ask("Working days, if all goes well", unit="days", ge=0, le=10_000)
    likely_days: Number | None = ask("Working days, most likely", unit="days", ge=0, le=10_000)
    worst_days: Number | None = ask("Working days, if much goes wrong", unit="days", ge=0, le=10_000)
    kind: MilestoneKind | None = ask("Kind")
    depends_on: tuple[Link, ...] = links("Comes after", refers_to="milestones.milestones")
    kill_criteria: LongText = text("Stop or rework if", "Agreed before the result is known.", example="Below 70 % after six weeks")
    decider: Text = text("Who decides go, rework or stop")
    gate: Gate | None = ask("Decision at the gate")
    gate_on: date | None = ask("Decided on")
    gate_reason: LongText = text("Decided so because")
    accepted_by: LongText = text(
        "Who can live with it", "Both sides, by name; reservations in words.", example="Business: Ana Ruiz. Technical: Ben Ode."
    )
    people: LongText = text("People needed", example="Two ML engineers, half a data engineer")
    data_needed: LongText = text("Data needed")
    compute: Text = text("Compute needed")
    help_from: Text = text("Help from other teams")
    money: Minor | None = ask("Money needed", ge=0)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    obligations: tuple[Link, ...] = links("Obligations it fulfils", refers_to="ethics.obligations")


class Target(Record):
    """A number a milestone has to reach."""

    milestone: Link = text("Milestone", core=True, refers_to="milestones.milestones")
    family: Family | None = ask("Kind", "Every milestone deserves all three kinds.", core=True)
    metric: Text = text("Metric", core=True, example="Returns foreseen")
    direction: Direction | None = ask("Direction", core=True)
    target: Number | None = ask("Target", core=True)
    unit: Text = text("Unit", tabled=True, example="%")
    baseline: Number | None = ask("Today", "The number as it stands now.")
    slice: Text = text("Only for the group", "Leave empty when it holds for all cases.", example="Saturdays")
    measured_how: Text = text("How it is measured", example="On 2,000 cases kept aside")
    metric_key: Text = text("Name in the training pipeline", "Readings that programs send are filed by it.", example="val_error")


class Reading(Record):
    """What a target stood at on a day."""

    target: Link = text("Target", core=True, refers_to="milestones.targets")
    when: date | None = ask("Date", core=True)
    value: Number | None = ask("Reached", core=True)
    source: Text = text("Source", tabled=True, example="metrics.json of run 41")
    author: Text = text("Reported by", tabled=True)
    run: Text = text("Run", "The id of the run that gave it.")

    @property
    def title(self) -> str:
        return f"{self.value:g} on {day_words(self.when)}" if self.value is not None and self.when else "Not read yet"


class Person(Record):
    """Somebody who works on the milestones, or a role that is still to be filled."""

    name: Text = text("Name or role", core=True, example="ML engineer")
    share: Number | None = ask(
        "Share of a week", "How much of the working time is there for this project.", core=True, unit="%", ge=0, le=100
    )
    day_rate: Minor | None = ask("Cost of a day", ge=0, tabled=True)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    away_from: date | None = ask("Away from")
    away_to: date | None = ask("Away to")


class Assignment(Record):
    """How much of a person a milestone needs."""

    milestone: Link = text("Milestone", core=True, refers_to="milestones.milestones")
    person: Link = text("Person", core=True, refers_to="milestones.people")
    share: Number | None = ask("Share of a week", "While the milestone runs.", core=True, unit="%", ge=0, le=100)

    @property
    def title(self) -> str:
        return "Assignment" if self.share is None else f"{in_percent(self.share)} of a week"


class Holiday(Record):
    """A day on which nobody works."""

    day: date | None = ask("Day", core=True)
    name: Text = text("What for", core=True, example="New Year")


class Baseline(Record):
    """The plan as it was signed. Nobody types it."""

    name: Text = text("Name")
    frozen_on: date | None = ask("Signed on")
    author: Text = text("Signed by")
    reason: LongText = text("Why there is a new one")
    plan: Json = text("Plan", "JSON", machine=True)


class Move(Record):
    """A due date that was moved, and why."""

    milestone: Link = text("Milestone", core=True, refers_to="milestones.milestones")
    reason: LongText = text("Why it moved", core=True, example="The data came ten days late.")
    moved_on: date | None = ask("Moved on", tabled=True)
    before: date | None = ask("Was due", tabled=True)
    after: date | None = ask("Is due", tabled=True)
    author: Text = text("Moved by", tabled=True)


class CheckIn(Record):
    """What a team says about the plan once a week."""

    held_on: date | None = ask("Date", core=True)
    pace: Pace | None = ask("How is it going", core=True)
    changed: LongText = text("What happened", core=True, example="Two people agree on 91 % of the cases; the second set is late.")
    coming: LongText = text("What is next", tabled=True, example="The second set is labelled by Tuesday.")
    confidence: Whole | None = ask("How sure are we of the next date", "1 not at all, 5 very.", ge=1, le=5)
    risks: LongText = text("What could go wrong next")
    help_needed: LongText = text("Which help we need")
    author: Text = text("Written by", tabled=True)


class Milestones(Fields):
    """The plan, its baseline, and what has become of it."""

    benchmark: LongText = text(
        "If unsure: similar projects, or a proof of concept first?",
        core=True,
        example="The last project took seven months; we start with a trial of six weeks.",
    )
    budget_note: LongText = text("What the plan leaves out")
    work_week: WorkWeek | None = ask("Working days", "Monday to Friday, unless another week is chosen.", topic="calendar")
    reference_kind: Text = text(
        "Kind of project, for the comparison with past ones", example="Forecast, first version", topic="reference"
    )
    usual_overrun: Number | None = ask(
        "Usual overrun of such projects",
        "Actual over planned time of the middle one of past projects: 1.2 is a fifth longer.",
        ge=0.1,
        le=20,
        topic="reference",
    )
    bad_overrun: Number | None = ask(
        "Overrun of the worst fifth",
        "One in five past projects took at least so many times the planned time.",
        ge=0.1,
        le=50,
        topic="reference",
    )
    overrun_source: Text = text("Where the overrun comes from", topic="reference")
    milestones: tuple[Milestone, ...] = records(
        "Milestones", "milestone", "Name the first result that would tell you to go on or to stop, and the day it is due."
    )
    targets: tuple[Target, ...] = records("Targets", "target", "Give each milestone an ML, a software and a business number.")
    readings: tuple[Reading, ...] = records(
        "Readings", "reading", "Note what each target stands at, with the date. Status follows from it.", needed=False
    )
    people: tuple[Person, ...] = records(
        "People", "person", "Who works on it, and how much of a week they have for it?", needed=False
    )
    assignments: tuple[Assignment, ...] = records(
        "Who works on what",
        "assignment",
        "Say how much of a person each milestone needs, to see who is booked twice.",
        needed=False,
    )
    holidays: tuple[Holiday, ...] = records(
        "Days off", "day off", "Public holidays and company days off; nothing is planned on them.", needed=False
    )
    moves: tuple[Move, ...] = records(
        "Moved dates", "move", "When a due date moves, note why. The first promise stays visible.", needed=False
    )
    checkins: tuple[CheckIn, ...] = records(
        "Check-ins",
        "check-in",
        "Two minutes a week: how it is going, what happened, what is next.",
        needed=False,
        layout="cards",
    )
    baselines: tuple[Baseline, ...] = records(
        "Signed plans", "signed plan", "The plan is not signed yet. Sign it when both sides agree.", needed=False, machine=True
    )


def in_order(milestones: Milestones) -> tuple[Milestone, ...]:
    """Milestones by due date, then start; those without a date come last."""
    late = date.max
    return tuple(sorted(milestones.milestones, key=lambda m: (m.due or late, m.start or late, m.deliverable)))


def cycle(milestones: Milestones) -> list[str]:
    """Ids of milestones that wait for each other in a circle; empty when the plan can be done."""
    known = {m.id for m in milestones.milestones}
    try:
        TopologicalSorter({m.id: [d for d in m.depends_on if d in known] for m in milestones.milestones}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@dataclass(frozen=True)
class Overlap:
    """A milestone that begins, or has to end, before the one that comes before it is due."""

    later: Milestone
    earlier: Milestone

    @property
    def sentence(self) -> str:
        which = "on which it depends" if self.earlier.id in self.later.depends_on else "which was planned to be done by then"
        later, earlier = (short(m.title, 50) for m in (self.later, self.earlier))
        if self.later.start:
            return f"“{later}” starts before “{earlier}”, {which}, is due."
        return f"“{later}” is not due later than “{earlier}”, {which}."


def overlaps(milestones: Milestones, agreed: Iterable[tuple[str, str]] = ()) -> tuple[Overlap, ...]:
    """Which milestones do not wait for the one before them any more.

    Args:
        agreed: ids of one milestone and of another that was planned to be done before it; those that depend on each other, and those
            whose dates moved past each other, are known anyway.
    """
    by_id = {m.id: m for m in milestones.milestones}
    moved = [
        (m.id, move.milestone)
        for move in milestones.moves
        for m in milestones.milestones
        if move.before and m.start and move.before <= m.start
    ]
    pairs = [(m.id, d) for m in milestones.milestones for d in m.depends_on] + moved + list(agreed)
    known = [(by_id[a], by_id[b]) for a, b in dict.fromkeys(pairs) if a != b and a in by_id and b in by_id]
    return tuple(Overlap(later, earlier) for later, earlier in known if earlier.reached_on is None and _overlap(later, earlier))


def _overlap(later: Milestone, earlier: Milestone) -> bool:
    if earlier.due is None:
        return False
    if later.start:
        return later.start < earlier.due
    return later.due is not None and later.due <= earlier.due


def _review_overlaps(milestones: Milestones) -> list[Finding]:
    return [advice("milestones.overlap", one.sentence, one.later.id) for one in overlaps(milestones)]


def _review_targets(milestones: Milestones) -> list[Finding]:
    known = {m.id for m in milestones.milestones}
    measured = {t.milestone for t in milestones.targets if t.family is not None and t.target is not None}
    return [
        *(
            advice("milestones.target_alone", f"The target “{short(t.title, 60)}” belongs to no milestone.", t.id)
            for t in milestones.targets
            if t.milestone not in known
        ),
        *(
            advice(
                "milestones.no_target",
                f"“{short(m.title, 60)}” has no target number. How will you know it was reached?",
                m.id,
                "targets",
            )
            for m in milestones.milestones
            if m.id not in measured
        ),
    ]


def review(milestones: Milestones) -> list[Finding]:
    """Owners, targets, kill criteria agreed beforehand."""
    findings = _review_overlaps(milestones)
    for m in milestones.milestones:
        if not m.owner.strip():
            findings.append(advice("milestones.owner", f"“{short(m.title, 60)}” has no owner.", m.id))
        if not m.kill_criteria.strip():
            findings.append(advice("milestones.kill", f"Agree for “{short(m.title, 60)}” when you would stop or rework.", m.id))
    return findings + _review_targets(milestones)


SECTION = SectionOf(
    slug="milestones",
    title="Milestones",
    icon="flag",
    question="What do we deliver, and when?",
    why="Every result with a date, an owner, and ML, software and business numbers. If unsure, prove it small first.",
    good="“15 March: 80 % of returns foreseen (model), an answer in a second (software), 3 % fewer returns (business).”",
    poor="“Model ready in Q2.” Ready for what, seen by whom?",
    model=Milestones,
    review=review,
)
