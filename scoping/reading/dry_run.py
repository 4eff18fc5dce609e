"""What bringing a file back would do to the project as it is now: every change, what stands against it, and what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scoping import merge
from scoping.charter import PART_BY_SLUG, Charter
from scoping.merge import AFTER, Clash, Conflict, Edit, Flat
from scoping.reading import rows, whole
from scoping.reading.brought import Brought, File, Sort, Wish
from scoping.sections.data_sources import SECTION as DATA
from scoping.sections.milestones import SECTION as PLAN


class Stands(StrEnum):
    """How a change stands to what is here now."""

    FREE = "free"
    SAME = "same"
    CONFLICT = "conflict"
    GONE = "gone"


@dataclass(frozen=True)
class Look:
    """A change against what is here now.

    Attributes:
        conflicts: what somebody else made of the same since.
        mark: of what is here now; whoever takes the change against it shows that they saw just that.
    """

    wish: Wish
    stands: Stands
    conflicts: tuple[Conflict, ...] = ()
    mark: str = ""


def told(brought: Brought, now: Charter, base: Charter | None) -> Brought:
    """The same with all its changes, also where they show only beside a charter.

    Args:
        base: as it was at the revision that the file was written from; None where the file names none.
    """
    if brought.kind is File.WORKBOOK:
        return brought
    if brought.charter is not None:
        wishes, refused = whole.of_charter(base or now, Charter.model_validate(brought.charter))
        return brought.model_copy(update={"wishes": wishes, "refused": refused})
    read = rows.of_plan(now, brought.rows) if brought.kind is File.PLAN else rows.of_inventory(now, brought.headings, brought.rows)
    return brought.model_copy(update={"wishes": read[0], "refused": read[1], "remarks": (*brought.remarks, *read[2])})


def parts_read(brought: Brought) -> tuple[str, ...]:
    """The steps of which a file without a revision speaks."""
    return {File.PLAN: (PLAN.slug,), File.INVENTORY: (DATA.slug,)}.get(brought.kind, ())


def looks(wishes: Sequence[Wish], now: Charter) -> list[Look]:
    """How each change stands."""
    by_id = {wish.id: wish for wish in wishes}
    here = {slug: merge.flatten(PART_BY_SLUG[slug], now.part(slug)) for slug in {wish.part for wish in wishes}}
    return [_look(wish, by_id, here[wish.part]) for wish in wishes]


def _look(wish: Wish, by_id: Mapping[str, Wish], here: Flat) -> Look:
    first = [edit for need in wish.needs if by_id[need].part == wish.part for edit in by_id[need].as_edits()]
    before = merge.apply(first, here, merge.by_list(here))
    then = {**here, **{key: entry for key, entry in before.entries.items() if entry is not None}}
    merged = merge.apply(wish.as_edits(), then, before.order)
    if wish.sort is Sort.MOVED:  # of what is gone nothing is moved, and the rest is
        return Look(wish, Stands.FREE if merged.made else Stands.SAME)
    against = tuple(merged.conflicts)
    if any(conflict.clash is Clash.REMOVED for conflict in against):
        return Look(wish, Stands.GONE, against)
    if against:
        return Look(wish, Stands.CONFLICT, against, _mark(against))
    return Look(wish, Stands.FREE if merged.made else Stands.SAME)


def _mark(conflicts: Iterable[Conflict]) -> str:
    text = json.dumps([conflict.theirs for conflict in conflicts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def chosen(
    wishes: Sequence[Wish], now: Charter, take: Collection[str], over: Mapping[str, str]
) -> tuple[dict[str, list[Edit]], list[Look]]:
    """The edits that take some changes, by the step, and those that were asked for and are left.

    Args:
        take: ids of the changes to be taken.
        over: ids of those that shall go before what somebody else wrote, with the mark of what was seen there.
    """
    found = {look.wish.id: look for look in looks(wishes, now)}
    edits: dict[str, list[Edit]] = {}
    left: list[Look] = []
    for wish in _in_order(wishes):
        look = found[wish.id]
        if wish.id not in take or look.stands is Stands.SAME:
            continue
        lacks = any(need not in take or found[need] in left for need in wish.needs)
        if lacks or look.stands is Stands.GONE or (look.stands is Stands.CONFLICT and over.get(wish.id) != look.mark):
            left.append(look)
            continue
        own = (made for edit in wish.as_edits() for made in _against(edit, look.conflicts))
        edits.setdefault(wish.part, []).extend(own)
    return edits, left


def _in_order(wishes: Sequence[Wish]) -> list[Wish]:
    """New records first, so that what links to them finds them."""
    return sorted(wishes, key=lambda wish: wish.sort is not Sort.ADDED)


def _against(edit: Edit, conflicts: Sequence[Conflict]) -> list[Edit]:
    """An edit as somebody makes it who has seen what stands there now."""
    mine = [c for c in conflicts if c.edit.key == edit.key and (c.edit.field == edit.field or not edit.field)]
    if not mine or edit.field == AFTER:
        return [edit]
    if edit.field or edit.after is None:
        return [replace(edit, before=mine[0].theirs)]
    # The record is here already, and somebody wrote into it.
    return [edit, *(replace(c.edit, before=c.theirs) for c in mine)]
