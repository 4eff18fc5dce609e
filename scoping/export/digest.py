"""The week of a project in a minute, as Markdown for a chat and as HTML for a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scoping.blocks import Block, Facts, Missing, Paragraph, Table
from scoping.export.leaflet import Leaflet, chapters
from scoping.health import Health
from scoping.milestones.checkin import Look
from scoping.milestones.status import TargetStatus, amount, goal
from scoping.milestones.tracking import PlanRow
from scoping.milestones.words import drift_words
from scoping.sections.milestones import CheckIn
from scoping.words import day_words_or, short

AT_MOST = 12
"""Lines of a chapter; nobody reads more in a mail, so the rest is counted."""


def digest(name: str, look: Look, checkin: CheckIn | None, changes: Sequence[str] = (), health: Health | None = None) -> Leaflet:
    """Tell a check-in and how the plan stands.

    Args:
        checkin: what the team said; None before anybody said anything.
        changes: what was changed in the charter since the check-in before, a line each.
        health: of the project on that day; None where only the plan is known.
    """
    told: dict[str, Iterable[Block]] = {
        "How it stands": [Facts(((health.words, health.reason),))] if health else [],
        "What the team says": _said(checkin),
        "Milestones": _milestones(look),
        "Against the signed plan": _drifted(look.drifted),
        "Readings": _readings(look),
        "Changed in the charter": _listed(changes),
    }
    day = checkin.held_on if checkin and checkin.held_on else look.today
    return Leaflet(f"{name}: check-in of {_day(day)}", day, chapters(told))


def _said(checkin: CheckIn | None) -> Iterator[Block]:
    if checkin is None:
        yield Missing("Nobody has checked in yet.")
        return
    sure = "" if checkin.confidence is None else f"{checkin.confidence} of 5"
    said = (
        ("How it is going", checkin.pace.label if checkin.pace else "not said" if not sure else ""),
        ("What happened", checkin.changed),
        ("What is next", checkin.coming),
        ("How sure of the next date", sure),
        ("What could go wrong next", checkin.risks),
        ("Help needed", checkin.help_needed),
        ("Written by", checkin.author),
    )
    yield Facts(tuple((label, words.strip()) for label, words in said if words.strip()))


def _milestones(look: Look) -> Iterator[Block]:
    rows = []
    for row, status in zip(look.rows, look.statuses, strict=True):
        rows.append((short(row.title, 80), status.state.label, _day(row.due), _day(row.now), status.rule))
    if rows:
        yield Table("", ("Milestone", "Status", "Promised", "Reached or expected", "Because"), tuple(rows[:AT_MOST]))
        yield from _rest(len(rows))


def _drifted(rows: Sequence[PlanRow]) -> Iterator[Block]:
    lines = [
        (short(r.title, 80), _day(r.drift.baseline), _day(r.due), drift_words(r.drift.days), _day(r.forecast))
        for r in rows
        if r.drift
    ]
    if lines:
        yield Table(
            "", ("Milestone", "Signed date", "Promised now", "Against the signed date", "Half of all cases"), tuple(lines[:AT_MOST])
        )
        yield from _rest(len(lines))


def _readings(look: Look) -> Iterator[Block]:
    if look.due:
        titles = {s.milestone.id: short(s.milestone.title, 60) for s in look.statuses}
        rows = [(short(t.target.title, 80), titles[t.target.milestone], goal(t.target), _latest(t)) for t in look.due]
        yield Table("Due", ("Target", "Milestone", "Asks for", "Last reading"), tuple(rows[:AT_MOST]))
        yield from _rest(len(rows))


def _latest(status: TargetStatus) -> str:
    last = status.latest
    return f"{amount(status.target, last.value)} on {_day(last.when)}" if last else "none yet"


def _listed(lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Paragraph("\n".join(_capped(lines)))


def _capped(lines: Sequence[str]) -> Iterable[str]:
    yield from lines[:AT_MOST]
    if len(lines) > AT_MOST:
        yield f"and {len(lines) - AT_MOST} more"


def _rest(number: int) -> Iterator[Block]:
    if number > AT_MOST:
        yield Paragraph(f"and {number - AT_MOST} more")


def _day(day: date | None) -> str:
    return day_words_or(day, "not known")
