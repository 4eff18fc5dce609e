"""Three-way merge of what several people know: base, mine, theirs -> a value, and the conflicts to ask about.

A part of a charter is handled in *flat* form: plain (JSON) field values by (list, record id), the part's own
questions standing under ("", ""). An `Edit` says what one person changed, together with what they saw before;
`apply` carries edits over to whatever the part has become meanwhile. Saving a field, saving a grid, reading back
an edited workbook, undo and restore are all this one function.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from scoping.section import Fields, Record, Section

Plain = dict[str, Any]
Key = tuple[str, str]
Flat = dict[Key, Plain]
OWN: Key = ("", "")
"""Where a part's own questions stand."""
AFTER = "@after"
"""The pseudo-field of a move: the id of the record behind which one stands, "" for the first place."""
Order = Mapping[str, Sequence[str]]
"""Ids of all records of some lists in order, those of removed ones among them."""
_BLANK: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Edit:
    """One change by one person.

    Attributes:
        list: name of the list, "" for the part's own questions.
        record: id of the record, "" for the part's own questions.
        field: the question; "" when the whole record is added (`before` is None) or removed (`after` is None); AFTER when it is
            moved (`before` is None for the place that a new record gets, to which nothing leads back).
        before: what the person saw, in plain form.
        after: what they want it to be.
    """

    list: str
    record: str
    field: str
    before: Any
    after: Any

    @property
    def key(self) -> Key:
        return (self.list, self.record)


Edits = dict[str, list[Edit]]
"""Edits by the part they are made in, to be saved together."""


class Clash(StrEnum):
    """What stands against an edit."""

    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Conflict:
    """An edit that was not made, because somebody else changed the same thing since it was read.

    Attributes:
        theirs: the present value in plain form; None when the record is gone.
        by: who made it so, "" when not known.
    """

    edit: Edit
    clash: Clash
    theirs: Any
    by: str = ""


@dataclass
class Merged:
    """What applying edits came to: the touched entries (None: removed), the edits as made, and the conflicts.

    Attributes:
        order: of the lists whose order was given, as it is now.
    """

    entries: dict[Key, Plain | None] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)
    made: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def flatten(section: Section, value: Fields) -> Flat:
    """A part in flat form."""
    plain = value.model_dump(mode="json")
    flat: Flat = {OWN: {k: v for k, v in plain.items() if k not in section.lists}}
    for name in section.lists:
        for record in plain[name]:
            flat[(name, record["id"])] = record
    return flat


def entries_at(section: Section, value: Fields, keys: Iterable[Key]) -> Flat:
    """The flat form of some entries only; those that do not exist are left out."""
    wanted = set(keys)
    flat: Flat = {}
    if OWN in wanted:
        flat[OWN] = value.model_dump(mode="json", exclude=set(section.lists))
    for name in {list_name for list_name, _ in wanted} - {""}:
        for row in getattr(value, name):
            if (name, row.id) in wanted:
                flat[(name, row.id)] = row.model_dump(mode="json")
    return flat


def with_entries(section: Section, value: Fields, entries: Mapping[Key, Plain | None], order: Order | None = None) -> Fields:
    """The part with some entries replaced, added or (None) removed. Raises pydantic's ValidationError.

    Args:
        order: of the lists in which a record was moved or came back; elsewhere those that are new stand last.
    """
    order = order or {}
    changed: dict[str, Any] = {}
    if own := entries.get(OWN):
        judged = section.model.model_validate(own)
        changed |= {name: getattr(judged, name) for name in own}
    for list_name in ({name for name, _ in entries} - {""}) | set(order):
        model = section.lists[list_name].record
        rows: dict[str, Any] = {row.id: row for row in getattr(value, list_name)}
        for (name, record), entry in entries.items():
            if name != list_name:
                continue
            if entry is None:
                rows.pop(record, None)
            else:
                rows[record] = model.model_validate(entry)
        if list_name in order:
            place = {record: at for at, record in enumerate(order[list_name])}
            rows = dict(sorted(rows.items(), key=lambda row: place[row[0]]))
        changed[list_name] = tuple(rows.values())
    return value.model_copy(update=changed)


def added(list_name: str, record: Record) -> Edit:
    """The edit that adds a record."""
    return Edit(list_name, record.id, "", None, record.model_dump(mode="json"))


def removed(list_name: str, record: Record) -> Edit:
    """The edit that removes a record as it was seen."""
    return Edit(list_name, record.id, "", record.model_dump(mode="json"), None)


def moved(list_name: str, record: str, before: str | None, after: str) -> Edit:
    """The edit that puts a record behind another one ("": first)."""
    return Edit(list_name, record, AFTER, before, after)


def diff(base: Flat, mine: Flat, *, comes_back: bool = False) -> list[Edit]:
    """The edits that lead from base to mine.

    Args:
        comes_back: records that base lacks may have been removed from it, and would come back where they stood last; otherwise
            those at the end of mine are left to stand last, beside what others add there.
    """
    edits = []
    for key, entry in mine.items():
        old = base.get(key)
        if old is None:
            edits.append(Edit(*key, "", None, entry))
        else:
            edits += [Edit(*key, name, old.get(name), new) for name, new in entry.items() if old.get(name) != new]
    before, after = by_list(base), by_list(mine)
    for name, wanted in after.items():
        edits += _moves(name, before.get(name, []), wanted, comes_back)
    edits += [Edit(*key, "", entry, None) for key, entry in base.items() if key not in mine]
    return edits


def by_list(keys: Iterable[Key]) -> dict[str, list[str]]:
    """The ids of records by their lists."""
    found: dict[str, list[str]] = {}
    for name, record in keys:
        if name:
            found.setdefault(name, []).append(record)
    return found


def ids(places: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The order of lists of which all records are known in order."""
    return {name: list(records) for name, records in places.items()}


def longest_rise(pairs: Sequence[tuple[int, str]]) -> set[str]:
    """The ids of a longest subsequence whose places rise: those that may stay while the others are moved."""
    ends: list[int] = []
    lengths = []
    for place, _ in pairs:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        lengths.append(at + 1)
    found, length = set(), len(ends)
    for (_, record), own in zip(reversed(pairs), reversed(lengths), strict=True):
        if own == length:
            found.add(record)
            length -= 1
    return found


def _moves(list_name: str, before: Sequence[str], wanted: Sequence[str], comes_back: bool) -> list[Edit]:
    """The moves that lead to an order: as few as can be, since those that stand in order among themselves stay."""
    place = {record: at for at, record in enumerate(before)}
    stay = longest_rise([(place[record], record) for record in wanted if record in place])
    if not comes_back:
        while wanted and wanted[-1] not in place:
            wanted = wanted[:-1]
    return [
        moved(list_name, record, before[place[record] - 1] if place.get(record) else "", wanted[at - 1] if at else "")
        for at, record in enumerate(wanted)
        if record not in stay
    ]


def inverse(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that undo these, last one first."""
    return [replace(e, before=e.after, after=e.before) for e in reversed(list(edits))]


def orders_needed(edits: Iterable[Edit]) -> set[str]:
    """The lists whose order it takes to apply edits: records are moved in them, or come in."""
    return {e.list for e in edits if e.list and (e.field == AFTER or (not e.field and e.after is not None))}


def apply(edits: Iterable[Edit], theirs: Flat, order: Order | None = None) -> Merged:
    """Make the edits on what the part is now. What both sides changed differently becomes a conflict, never a loss.

    Args:
        theirs: the present entries; it must hold every entry that the edits name, where it exists.
        order: the present order of every list in which a record is moved.
    """
    merged = Merged(order=ids(order or {}))
    now: dict[Key, Plain | None] = {k: dict(v) for k, v in theirs.items()}
    for edit in edits:
        if edit.field == AFTER:
            _move(edit, now, merged)
        elif edit.field:
            _change(edit, now, merged)
        elif edit.after is None:
            _remove(edit, now, merged)
        else:
            _add(edit, now, merged)
    merged.entries = {key: now[key] for key in dict.fromkeys(e.key for e in merged.made if e.field != AFTER)}
    return merged


def _move(edit: Edit, now: dict[Key, Plain | None], merged: Merged) -> None:
    """Of two who move the same record the later one wins: an order is seen at once, and nothing is lost by it."""
    if now.get(edit.key) is None:
        merged.conflicts.append(Conflict(edit, Clash.REMOVED, None))
        return
    order = merged.order[edit.list]
    here = order.index(edit.record)
    behind = order[here - 1] if here else ""
    if edit.after is None or edit.after in (behind, edit.record) or (edit.after and edit.after not in order):
        return
    del order[here]
    order.insert(order.index(edit.after) + 1 if edit.after else 0, edit.record)
    merged.made.append(edit if edit.before is None else replace(edit, before=behind))


def _change(edit: Edit, now: dict[Key, Plain | None], merged: Merged) -> None:
    entry = now.get(edit.key)
    if entry is None:
        merged.conflicts.append(Conflict(edit, Clash.REMOVED, None))
        return
    current = entry.get(edit.field)
    wanted = _merged_set(edit, current) if isinstance(current, list) else edit.after
    if current == wanted:
        return
    if current != edit.before and not isinstance(current, list):
        merged.conflicts.append(Conflict(edit, Clash.CHANGED, current))
        return
    entry[edit.field] = wanted
    merged.made.append(replace(edit, before=current, after=wanted))


def _merged_set(edit: Edit, current: list[str]) -> list[str]:
    """Sets of ids or names merge as sets: additions and removals of both sides count."""
    before, after = set(edit.before or ()), set(edit.after or ())
    return sorted((set(current) | (after - before)) - (before - after))


def _remove(edit: Edit, now: dict[Key, Plain | None], merged: Merged) -> None:
    entry = now.get(edit.key)
    if entry is None:
        return
    if entry != edit.before:
        merged.conflicts.append(Conflict(edit, Clash.CHANGED, entry))
        return
    now[edit.key] = None
    merged.made.append(edit)


def _add(edit: Edit, now: dict[Key, Plain | None], merged: Merged) -> None:
    entry = now.get(edit.key)
    if entry is None:
        now[edit.key] = dict(edit.after)
        merged.made.append(edit)
        order = merged.order.get(edit.list)
        if order is not None and edit.record not in order:
            order.append(edit.record)
        return
    # Two people added the same record (a question of a checklist, a row sent twice): both started from a blank one.
    for name, value in edit.after.items():
        if value not in _BLANK:
            current = entry.get(name)
            _change(Edit(*edit.key, name, current if current in _BLANK else None, value), now, merged)
