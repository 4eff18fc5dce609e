"""What the check says of each column, as judgements on predictive features that a team keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from scoping import editing
from scoping.measuring.signal.result import CHANCE, Result, Settings
from scoping.merge import Edit, added
from scoping.sections.feasibility import SECTION, Feature, KnownWhen, Signal
from scoping.words import bare, short


@dataclass(frozen=True)
class Judgement:
    """What is said of a column: whether it helps, and when it is known, where somebody chose that for the check."""

    name: str
    signal: Signal | None
    known_when: KnownWhen | None = None


def judged(result: Result, settings: Settings) -> tuple[Judgement, ...]:
    """Every column that was looked at, and those that people left out because they come too late."""
    leaks = {f.name for f in result.flags} | set(result.suspects)
    told = dict[str, Judgement]()
    for column in result.columns:
        signal = Signal.LEAK if column.name in leaks else Signal.CARRIES if column.q <= CHANCE else Signal.NONE
        known = KnownWhen.AT if column.name in settings.available else None
        told[column.name] = Judgement(column.name, signal, known)
    for flag in result.flags:
        told.setdefault(flag.name, Judgement(flag.name, Signal.LEAK))
    for name in settings.left_out:
        told[name] = Judgement(name, None, KnownWhen.AFTER)
    return tuple(told.values())


def taken_over(
    there: Iterable[Feature], found: Iterable[Judgement], source: str, by: str, today: date, new_id: Callable[[], str]
) -> list[Edit]:
    """Rows for columns that the list lacks; of those that are there by name only what the check says, never people's words."""
    known = {bare(f.name): f for f in there if f.name.strip()}
    edits = list[Edit]()
    for one in found:
        name = short(one.name, 300)
        row = known.get(bare(name))
        answers = {"signal": one.signal, "checked_on": today} if one.signal else {}
        if row is None:
            fresh = {"name": name, "known_when": one.known_when, "source": short(source, 300), "checked_by": by, **answers}
            edits.append(added("features", editing.new_record(SECTION, "features", new_id(), "", **fresh)))
            continue
        if one.known_when and row.known_when is None:
            answers["known_when"] = one.known_when
        if one.signal and not row.checked_by.strip():
            answers["checked_by"] = by
        edits += [
            Edit("features", row.id, field, _plain(getattr(row, field)), _plain(after))
            for field, after in answers.items()
            if after != getattr(row, field)
        ]
    return edits


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
