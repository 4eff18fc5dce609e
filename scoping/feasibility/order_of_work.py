"""In which order groups of cases deserve work: share, gap to people, ease and importance, with the reason of each place.

Three laws. What must never fail comes first, however few its cases are. A rare or protected group is counted as if it were as
common as the others, for a good average hides it. Where nobody knows how well people do it, all errors count as room: unknown
is never taken for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoping.feasibility.slices import Part, points
from scoping.sections.feasibility import SliceKind
from scoping.words import count, percent, short

MIDDLE = 3
"""Ease and importance that change nothing; what the team has not said counts as that."""


@dataclass(frozen=True)
class Placed:
    """A group at its place.

    Attributes:
        place: from 1; None where nothing is known that could place it.
        weight: points on all cases that there are to gain, weighed by ease and importance; None while not known.
        reasons: why it stands there, weightiest first, a few words each.
    """

    place: int | None
    part: Part
    weight: float | None
    reasons: tuple[str, ...]


def order_of_work(parts: Sequence[Part]) -> tuple[Placed, ...]:
    """All groups, the one to work on first in front; equal ones share a place."""
    weights = [_weight(p, len(parts)) for p in parts]
    pairs = sorted(zip(parts, weights, strict=True), key=lambda pair: _key(*pair))
    placed = list[Placed]()
    for part, weight in pairs:
        last = placed[-1] if placed else None
        is_same = last is not None and last.place is not None and _key(last.part, last.weight)[:2] == _key(part, weight)[:2]
        place = None if _is_unplaced(part, weight) else last.place if last and is_same else len(placed) + 1
        placed.append(Placed(place, part, weight, tuple(_reasons(part, len(parts)))))
    return tuple(placed)


def _is_unplaced(part: Part, weight: float | None) -> bool:
    return weight is None and not part.must_not_fail


def _key(part: Part, weight: float | None) -> tuple[int, float, str]:
    if part.must_not_fail and part.error_rate != 0:
        # One that nobody has measured may be the worst of them.
        return 0, -(1.0 if part.error_rate is None else round(part.error_rate, 9)), part.name.casefold()
    return (2, 0.0, part.name.casefold()) if weight is None else (1, -round(weight, 9), part.name.casefold())


def room(part: Part) -> float | None:
    """How far it could become better: up to people, or while nobody knows how well they do it, all that is wrong."""
    return part.error_rate if part.hlp is None else part.room


def _counted_share(part: Part, groups: int) -> float | None:
    if part.kind is SliceKind.ORDINARY or not groups:
        return part.share
    return max(part.share or 0.0, 1 / groups)


def _weight(part: Part, groups: int) -> float | None:
    gap, share = room(part), _counted_share(part, groups)
    if gap is None or share is None:
        return None
    return gap * share * (part.ease or MIDDLE) / MIDDLE * (part.importance or MIDDLE) / MIDDLE


def _reasons(part: Part, groups: int) -> Iterator[str]:
    because = f": {short(part.why.rstrip('.'), 120)}" if part.why.strip() else ""
    if part.must_not_fail:
        yield f"must never fail{because}"
    elif part.importance is not None and part.importance > MIDDLE:
        yield f"important{because}"
    elif part.importance is not None and part.importance < MIDDLE:
        yield f"less important{because}"
    yield from _about_room(part)
    if part.kind is not SliceKind.ORDINARY:
        share = _counted_share(part, groups)
        is_raised = share is not None and (part.share is None or share > part.share)
        yield f"{part.kind.label.lower()}{': counted as if it were as common as the others' if is_raised else ''}"
    if part.ease is not None and part.ease != MIDDLE:
        yield "easy to improve" if part.ease > MIDDLE else "hard to improve"


def _about_room(part: Part) -> Iterator[str]:
    share = (
        f" on {percent(part.share, 1)} of the cases" if part.share is not None else ", on a share of the cases that is not known"
    )
    if part.accuracy is None:
        yield "nobody has measured how good the model is here"
    elif part.hlp is None:
        yield f"how well people do it is not known: all its errors count, {percent(part.error_rate or 0.0, 1)}{share}"
    elif part.is_above_people:
        yield "already better than people"
    elif part.room == 0:
        yield "as good as people, so there is little to gain"
    else:
        yield f"{count(points(part.room or 0.0), 'point')} behind people{share}"
