"""Rollout: how it goes live, how far it is automated, and how trouble is noticed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from scoping.findings import Finding, advice
from scoping.section import Choice, Fields, Link, LongText, Number, Record, SectionOf, Text, ask, records, text
from scoping.words import day_words, in_percent, short


class Case(Choice):
    NEW = "new", "New product or capability"
    MANUAL = "manual", "Assist or automate a manual task"
    REPLACE = "replace", "Replace an earlier ML system"


class Pattern(Choice):
    SHADOW = "shadow", "Runs along unseen, decides nothing"
    CANARY = "canary", "A small share of users first"
    BLUE_GREEN = "blue_green", "Old and new side by side: switch, and switch back"


class Automation(Choice):
    HUMAN = "human", "1 Human only"
    SHADOW = "shadow", "2 Runs along unseen"
    ASSISTANCE = "assistance", "3 AI assistance"
    PARTIAL = "partial", "4 Partial automation"
    FULL = "full", "5 Full automation"


class Timing(Choice):
    REAL_TIME = "real_time", "Real time"
    BATCH = "batch", "Batch"


class Place(Choice):
    CLOUD = "cloud", "Cloud"
    EDGE = "edge", "Edge device"
    BROWSER = "browser", "Browser"


class DriftSpeed(Choice):
    SLOW = "slow", "Slow: months"
    FAST = "fast", "Fast: days or at once"


class Signal(Choice):
    SOFTWARE = "software", "Software"
    INPUT = "input", "Input"
    OUTPUT = "output", "Output"


class Bound(Choice):
    ABOVE = "above", "Alarm above"
    BELOW = "below", "Alarm below"


class Retrain(Choice):
    BY_HAND = "by_hand", "Retrain by hand"
    AUTOMATIC = "automatic", "Retrain automatically"
    NO = "no", "No retraining"


class RampStep(Record):
    """A share of the users who see it from a day on, and what has to hold before more do."""

    share: Number | None = ask("Share of users", core=True, unit="%", ge=0, le=100, example="5")
    starts: date | None = ask("From", core=True)
    condition: LongText = text("Go on when", tabled=True, example="Two weeks without an alarm, and repeats below 8 %")
    decider: Text = text("Who decides to go on", tabled=True)
    way_back: LongText = text("How to go back", example="Point the service back to release 4; ten minutes")
    live_on: date | None = ask("Went live on", tabled=True)

    @property
    def title(self) -> str:
        return "Step without a share" if self.share is None else f"{in_percent(self.share)} of users"


class Monitor(Record):
    """Something that could go wrong, the statistic that shows it, and who reacts."""

    trouble: LongText = text("What could go wrong", core=True, example="A new form leaves a field empty")
    signal: Signal | None = ask("Seen in", core=True)
    metric: Text = text("Statistic", core=True, example="Empty fields, in %")
    bound: Bound | None = ask("Alarm", core=True)
    threshold: Number | None = ask("Threshold", core=True)
    who_reacts: Text = text("Who reacts", core=True)
    unit: Text = text("Unit", tabled=True)
    reaction: LongText = text("What they do", example="Switch it off, then look at the cases of that day")
    retrain: Retrain | None = ask("Retraining")
    checked: Text = text("Looked at how often", example="Every hour")
    risk: Link = text("Also a risk", refers_to="ethics.risks")
    milestone: Link = text("Stops the milestone", refers_to="milestones.milestones")
    planned: Link = text("Also a milestone", refers_to="milestones.milestones")


class MonitorReading(Record):
    """What a monitored statistic stood at on a day."""

    monitor: Link = text("Statistic", core=True, refers_to="rollout.monitors")
    when: date | None = ask("Date", core=True)
    value: Number | None = ask("Value", core=True)
    source: Text = text("Source", tabled=True)
    author: Text = text("Reported by", tabled=True)

    @property
    def title(self) -> str:
        return f"{self.value:g} on {day_words(self.when)}" if self.value is not None and self.when else "Not read yet"


class ClosedAs(Choice):
    DELIVERED = "delivered", "Delivered"
    PARTLY = "partly", "Delivered in part"
    STOPPED = "stopped", "Stopped at a gate"
    MERGED = "merged", "Went on in another project"


class NextStep(Record):
    """What remains to be done after the project."""

    step: Text = text("Next step", core=True)
    owner: Text = text("Owner", core=True)
    due: date | None = ask("By", core=True)


class Rollout(Fields):
    """Deployment and monitoring plan, and how the project ended."""

    case: Case | None = ask("Kind of deployment", core=True)
    pattern: Pattern | None = ask("How it goes live", core=True)
    automation_now: Automation | None = ask("Automation today", core=True)
    automation_end: Automation | None = ask("Automation in the end", "You may stop before full automation.", core=True)
    timing: Timing | None = ask("Real time or batch", core=True)
    rollback_owner: Text = text("Who may roll back", core=True, example="Engineer on call")
    start_share: Number | None = ask(
        "Share of users at the start", "Where a small share comes first.", unit="%", ge=0, le=100, example="5"
    )
    place: Place | None = ask("Where it runs")
    rollback_how: LongText = text("How to roll back, and how fast")
    fallback: LongText = text("What happens when it is down", example="People do it by hand, as today")
    load: Text = text("Expected load", example="120 cases a minute at the busiest time")
    latency: Text = text("How long people wait for an answer", example="95 of 100 answers within 300 ms")
    compute: Text = text("Compute in production")
    logging: LongText = text("What is logged, and for how long")
    security: LongText = text("Security and privacy in production")
    truth_later: LongText = text("How the truth is learned in production", "Without it nobody notices decay.")
    drift: DriftSpeed | None = ask("How fast the world changes", "User data mostly slowly, business data often at once.")
    maintenance_owner: Text = text("Who maintains it after launch", "The first launch is about half the way.")
    closed_on: date | None = ask("Closed on", "From then on it counts among the past projects.", topic="exit")
    closed_as: ClosedAs | None = ask("How it ended", topic="exit")
    exit_benefits: LongText = text("What it brought", "Measured against the promise.", topic="exit")
    learnt_business: LongText = text("Learnt about problem and value", topic="exit")
    learnt_data: LongText = text("Learnt about data", topic="exit")
    learnt_model: LongText = text("Learnt about models and software", topic="exit")
    learnt_team: LongText = text("Learnt about working together", topic="exit")
    ramp: tuple[RampStep, ...] = records(
        "Ramp-up", "step", "Start with few users, say what has to hold before more follow, and who decides it.", needed=False
    )
    monitors: tuple[Monitor, ...] = records(
        "Monitoring", "monitor", "Think of what could go wrong, then of a number that would show it. Many are fine at first."
    )
    readings: tuple[MonitorReading, ...] = records(
        "Readings after launch",
        "reading",
        "Note what each statistic stands at; beyond its threshold it raises an alarm.",
        needed=False,
    )
    next_steps: tuple[NextStep, ...] = records(
        "Next steps", "next step", "When the project is closed: what remains, who does it, by when?", needed=False
    )

    @property
    def first_share(self) -> float | None:
        """Which share of the users sees it first, be it answered or only told by the steps of the ramp-up."""
        return next((s for s in (self.start_share, *(step.share for step in self.ramp)) if s is not None), None)


def _review_ramp(steps: tuple[RampStep, ...]) -> list[Finding]:
    """Each step reaches more users than the one before it, and begins later."""
    findings = []
    for before, after in pairwise(steps):
        if before.share is not None and after.share is not None and after.share <= before.share:
            words = f"The step to {in_percent(after.share)} comes after the one to {in_percent(before.share)}. Let the shares grow."
            findings.append(advice("rollout.ramp_share", words, after.id, "share"))
        if before.starts and after.starts and after.starts <= before.starts:
            words = (
                f"{after.title} begin on {day_words(after.starts)}, not later than {before.title}. Let the days follow each other."
            )
            findings.append(advice("rollout.ramp_order", words, after.id, "starts"))
    findings += [
        advice("rollout.ramp_condition", f"Say what has to hold before more than {one.title} see it.", one.id, "condition")
        for one in steps[:-1]
        if one.share is not None and not one.condition.strip()
    ]
    return findings


def review(rollout: Rollout) -> list[Finding]:
    """What people do meanwhile, a ramp-up that grows, and at least one alarm of each kind."""
    findings = _review_ramp(rollout.ramp)
    order = list(Automation)
    if (
        rollout.automation_now
        and rollout.automation_end
        and order.index(rollout.automation_end) < order.index(rollout.automation_now)
    ):
        findings.append(advice("rollout.automation", "The end is less automated than today. If that is meant, say why."))
    if not rollout.fallback.strip():
        findings.append(advice("rollout.fallback", "Say what people do while the system is down or wrong."))
    seen = {m.signal for m in rollout.monitors}
    findings += [
        advice(f"rollout.no_{s}", f"Nothing watches the {s.label.lower()} yet.")
        for s in Signal
        if rollout.monitors and s not in seen
    ]
    findings += [
        advice("rollout.alarm", f"“{short(m.title, 60)}” needs a threshold and somebody who reacts.", m.id)
        for m in rollout.monitors
        if m.threshold is None or not m.who_reacts.strip()
    ]
    return findings


SECTION = SectionOf(
    slug="rollout",
    title="Rollout",
    icon="rocket_launch",
    question="How does it go live, and stay well?",
    why="How it is launched, how far it is automated, and which numbers raise an alarm.",
    good="“5 % of cases first; if complaints rise above 8 a day, the engineer on call switches it off within ten minutes.”",
    poor="“We go live in June and keep an eye on it.” On what, and who gets up at night?",
    model=Rollout,
    review=review,
)
