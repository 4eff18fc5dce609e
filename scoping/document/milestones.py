"""The chapter on the plan, its targets and its progress."""

from __future__ import annotations

from datetime import date

from scoping.blocks import Block, Paragraph
from scoping.document.reader import Column, Reader, rows_of, short
from scoping.document.rollout import EXIT
from scoping.sections.milestones import Family, Target, in_order
from scoping.words import count


def plan(r: Reader) -> list[Block]:
    part = r.charter.milestones
    columns = ("deliverable", "kind", "start", "due", "owner", "depends_on", "money")
    gate = Column("Decision at the gate", lambda m: r.joined(m, "gate", "gate_on"), ("gate", "gate_on"))
    span = Column("Working days", lambda m: r.joined(m, "best_days", "likely_days", "worst_days", by=" / "), _THREE_POINTS)
    return [
        *r.said("milestones", "benchmark", "work_week", *_REFERENCE),
        *r.entries(
            "milestones",
            "milestones",
            ("Milestones", columns),
            ("Best, likely and worst duration", ("deliverable", span)),
            ("Reached and decided", ("deliverable", "reached_on", gate, "gate_reason")),
            rows=in_order(part),
            elsewhere=("kill_criteria", "decider"),
        ),
        *_targets(r),
        *r.entries("milestones", "people", ("People", ("name", "share", "day_rate", "away_from", "away_to"))),
        *r.entries("milestones", "assignments", ("Who works on what", ("milestone", "person", "share"))),
        *r.entries("milestones", "holidays", ("Days off", ("day", "name"))),
    ]


_THREE_POINTS = ("best_days", "likely_days", "worst_days")

_REFERENCE = ("reference_kind", "usual_overrun", "bad_overrun", "overrun_source")


def progress(r: Reader) -> list[Block]:
    """What has become of the plan: signed, moved, measured, talked about, closed."""
    from scoping.milestones import words as milestones_words  # with numpy, which nothing else here needs

    part = r.charter.milestones
    readings = milestones_words.last_readings(part.readings)
    older = len(part.readings) - len(readings)
    talks = sorted(part.checkins, key=lambda row: row.held_on or date.min, reverse=True)
    entries = [
        *r.entries("milestones", "baselines", ("Signed plans", ("name", "frozen_on", "author", "reason"))),
        *r.entries("milestones", "moves", ("Dates that moved", ("milestone", "before", "after", "reason", "moved_on", "author"))),
        *r.entries("milestones", "readings", ("Readings", ("target", "when", "value", "source", "author", "run")), rows=readings),
        *([Paragraph(f"{count(older, 'older reading')} not shown here; the workbook has them all.")] if older else []),
        *r.entries(
            "milestones",
            "checkins",
            ("Check-ins, newest first", ("held_on", "pace", "changed", "coming", "confidence", "risks", "help_needed", "author")),
            rows=talks,
        ),
        *r.entries("rollout", "readings", ("Readings after launch", ("monitor", "when", "value", "source", "author"))),
        *r.said("rollout", *EXIT),
        *r.entries("rollout", "next_steps", ("Next steps", ("step", "owner", "due"))),
    ]
    if not entries and not any(m.reached_on for m in part.milestones):
        return []
    return [
        *rows_of("Where each milestone stands", milestones_words.milestones(part, r.as_of)),
        *rows_of("Where each target stands", milestones_words.targets(part, r.as_of)),
        *entries,
    ]


def _targets(r: Reader) -> list[Block]:
    """Targets by milestone and kind; a kind without a target has a line that says so."""
    part = r.charter.milestones
    goal = Column("Target", lambda t: r.joined(t, "direction", "target"), ("direction", "target"))
    columns = ("family", "metric", goal, "baseline", "slice", "measured_how")
    tables = list[Block]()
    for m in in_order(part):
        own = [t for t in part.targets if t.milestone == m.id]
        rows = [t for t in own if t.family is None]
        for family in reversed(Family):
            rows = ([t for t in own if t.family is family] or [Target(id="none", family=family)]) + rows
        title = f"Targets of “{short(m.title)}”"
        tables += r.entries("milestones", "targets", (title, columns), rows=rows, elsewhere=["milestone"])
    ids = {m.id for m in part.milestones}
    alone = [t for t in part.targets if t.milestone not in ids]
    if alone:
        tables += r.entries("milestones", "targets", ("Targets of no milestone", columns), rows=alone, elsewhere=["milestone"])
    return tables
