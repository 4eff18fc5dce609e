"""One entry that becomes others: a reason to fail, a concern, a risk, a monitor. Nobody types the same sentence twice.

The entry keeps a link to each that it became. What became of it begins with its words, and follows them when they change, until
somebody writes other words there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from scoping.charter import Charter
from scoping.errors import AnswerError
from scoping.merge import Edit, Edits, added
from scoping.section import SHORT, Record
from scoping.sections.ethics import Concern, Failure, Risk
from scoping.sections.milestones import Milestone, MilestoneKind
from scoping.sections.rollout import Bound, Monitor, Signal
from scoping.words import measured, short


class Kind(StrEnum):
    """What an entry can become. The value is the question that links to it."""

    RISK = "risk"
    MONITOR = "monitor"
    STOP = "milestone"
    MILESTONE = "planned"


SOURCES: Mapping[tuple[str, str], str] = {
    ("ethics", "premortem"): "story",
    ("ethics", "concerns"): "concern",
    ("ethics", "risks"): "risk",
    ("rollout", "monitors"): "trouble",
}
"""The lists whose entries become others, and the question that holds the sentence."""
_TARGETS = {
    Kind.RISK: ("ethics", "risks", "risk"),
    Kind.MONITOR: ("rollout", "monitors", "trouble"),
    Kind.STOP: ("milestones", "milestones", "kill_criteria"),
    Kind.MILESTONE: ("milestones", "milestones", "deliverable"),
}


def kinds(part: str, name: str) -> tuple[Kind, ...]:
    """What entries of a list can become; nothing becomes what it is."""
    if (part, name) not in SOURCES:
        return ()
    return tuple(kind for kind, (to_part, to_list, _) in _TARGETS.items() if (part, name) != (to_part, to_list))


def become(charter: Charter, place: tuple[str, str, str], kind: Kind, new_id: str, milestone: str = "") -> Edits:
    """The edits that make an entry something else as well, and link to that.

    Args:
        place: part, list and record of the entry.
        milestone: the one at which the project stops, for a stop rule.

    Raises:
        AnswerError: the entry or the milestone is gone, it says nothing yet, or it has become that already.
    """
    part, name, record = place
    row = _row(charter, part, name, record)
    if row is None or kind not in kinds(part, name):
        raise AnswerError("This entry is gone, or cannot become that.", "Reload the page.")
    if not _sentence(part, name, row):
        raise AnswerError("Write the sentence first; there is nothing yet to make more of.")
    to_part, to_list, field = _TARGETS[kind]
    link = str(getattr(row, kind.value))
    if link and _row(charter, to_part, to_list, link):
        raise AnswerError("It has become that already.", "Follow its link.")
    if kind is Kind.STOP:
        stop = _row(charter, to_part, to_list, milestone)
        if not isinstance(stop, Milestone):
            raise AnswerError("This milestone is gone.", "Choose another one.")
        words = "\n".join(filter(None, [stop.kill_criteria.rstrip(), _shown(kind, part, name, row)]))
        made, new_id = Edit(to_list, stop.id, field, stop.kill_criteria, words), stop.id
    else:
        made = added(to_list, _made(charter, kind, part, name, row, new_id))
    edits: Edits = {to_part: [made]}
    edits.setdefault(part, []).append(Edit(name, record, kind.value, getattr(row, kind.value), new_id))
    return edits


def following(before: Charter, after: Charter) -> Edits:
    """What has to change with sentences that were changed: the same words in what the entries became."""
    edits: Edits = {}
    for part, name in SOURCES:
        if before.part(part) is after.part(part):
            continue
        was = {row.id: row for row in getattr(before.part(part), name)}
        for row in getattr(after.part(part), name):
            old = was.get(row.id)
            if old is None or old == row:
                continue
            for kind in kinds(part, name):
                if edit := _followed(after, kind, part, name, old, row):
                    edits.setdefault(_TARGETS[kind][0], []).append(edit)
    return edits


def _followed(charter: Charter, kind: Kind, part: str, name: str, old: Record, row: Record) -> Edit | None:
    """The change of what an entry became, where that still has the words it began with."""
    to_part, to_list, field = _TARGETS[kind]
    target = _row(charter, to_part, to_list, str(getattr(row, kind.value)))
    said, says = _shown(kind, part, name, old), _shown(kind, part, name, row)
    if target is None or said == says or not said or not says:
        return None
    now = str(getattr(target, field))
    if kind is Kind.STOP:
        lines = now.split("\n")
        wanted = "\n".join(says if line == said else line for line in lines)
    else:
        wanted = says if now == said else now
    return Edit(to_list, target.id, field, now, wanted) if wanted != now else None


def stop_words(failure: Failure) -> str:
    """The stop rule of a reason to fail in words: sign, threshold, and what then happens."""
    side = {"above": "above", "below": "below"}.get(failure.bound or "", "beyond")
    limit = f" {side} {measured(failure.threshold, failure.unit)}" if failure.threshold is not None else ""
    then = f": {failure.commitment.label[0].lower()}{failure.commitment.label[1:]}" if failure.commitment else ""
    sign = (failure.signal.strip() or failure.story.strip()).rstrip(".")
    return f"{sign}{limit}{then}."


def _row(charter: Charter, part: str, name: str, record: str) -> Record | None:
    rows: Iterator[Record] = iter(getattr(charter.part(part), name, ()))
    return next((row for row in rows if row.id == record), None)


def _sentence(part: str, name: str, row: Record) -> str:
    return str(getattr(row, SOURCES[(part, name)])).strip()


def _shown(kind: Kind, part: str, name: str, row: Record) -> str:
    """The words of an entry as what it became shows them."""
    if kind is Kind.STOP and isinstance(row, Failure):
        return stop_words(row) if row.signal.strip() or row.story.strip() else ""
    said = _sentence(part, name, row)
    return said if kind in (Kind.RISK, Kind.MONITOR) else short(said, SHORT) if kind is Kind.MILESTONE else " ".join(said.split())


def _made(charter: Charter, kind: Kind, part: str, name: str, row: Record, new_id: str) -> Record:
    """The new entry, with the words of the old one and what else it knows."""
    words = _shown(kind, part, name, row)
    owner = str(getattr(row, "owner", "") or getattr(row, "decider", "") or getattr(row, "who_reacts", ""))
    due = getattr(row, "due", None)
    match kind:
        case Kind.RISK:
            return Risk(id=new_id, risk=words, owner=owner if isinstance(row, Concern) else "", monitor=_monitor_of(row))
        case Kind.MONITOR:
            return _monitor(new_id, words, owner, row)
        case _:
            given = {"id": new_id, "deliverable": words, "owner": owner, "due": due, "kind": MilestoneKind.OTHER}
            return Milestone.model_validate({**given, "currency": charter.project.currency})


def _monitor_of(row: Record) -> str:
    """What watches an entry already watches the risk made of it: itself, where it is the monitor."""
    return row.id if isinstance(row, Monitor) else str(getattr(row, "monitor", ""))


def _monitor(new_id: str, words: str, owner: str, row: Record) -> Monitor:
    watched = Monitor(id=new_id, trouble=words, signal=Signal.OUTPUT, who_reacts=owner)
    if not isinstance(row, Failure):
        return watched
    known = {
        "metric": row.signal,
        "bound": Bound(row.bound.value) if row.bound else None,
        "threshold": row.threshold,
        "unit": row.unit,
        "who_reacts": row.decider,
        "reaction": row.commitment.label if row.commitment else "",
    }
    return watched.model_copy(update=known)
