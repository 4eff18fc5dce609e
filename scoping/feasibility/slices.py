"""Slices: where a model is wrong, how much there is to gain, and what a good average hides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoping.numbers.proportions import TOO_FEW, wilson
from scoping.section import Choice, YesNo
from scoping.sections.feasibility import Feasibility, SliceKind, Slices, share_total
from scoping.words import count, in_percent, percent, short

CHANCE = 0.05
"""How often slices as good as the rest would be called worse, over all slices looked at together."""
HIDDEN_AT_MOST = 3
"""Bad slices told in a sentence each; further ones are named."""
_HAIR = 9
"""Decimals in which two figures are the same; further ones are rounding."""


class Order(Choice):
    """By what slices are ranked: one column that the reader sees, never a product of several."""

    GAIN = "gain", "Points to gain"
    ROOM = "room", "Room for improvement"
    ERRORS = "error_rate", "Wrong within the group"
    SHARE = "share", "Share of the cases"
    EASE = "ease", "How easy"
    IMPORTANCE = "importance", "How important"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A slice, with shares from 0 to 1; None is not known.

    Attributes:
        accuracy, hlp: share that the model, and people, get right.
        share: of all cases.
        cases, errors: what accuracy was counted on.
        ease, importance: 1 to 5, as the team sees it.
        must_not_fail: it comes first, however few the cases are; `why` says the reason of its importance.
        id: of the record that it was read from; "" for none.
    """

    name: str
    accuracy: float | None = None
    hlp: float | None = None
    share: float | None = None
    cases: int | None = None
    errors: int | None = None
    kind: SliceKind = SliceKind.ORDINARY
    ease: int | None = None
    importance: int | None = None
    must_not_fail: bool = False
    why: str = ""
    id: str = ""

    @property
    def error_rate(self) -> float | None:
        return None if self.accuracy is None else 1 - self.accuracy

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of the accuracy (Wilson); None without counted cases."""
        if not self.is_counted:
            return None
        return wilson((self.cases or 0) - (self.errors or 0), self.cases or 0)

    @property
    def is_counted(self) -> bool:
        return bool(self.cases) and self.errors is not None and self.errors <= (self.cases or 0)

    @property
    def is_above_people(self) -> bool:
        return self.accuracy is not None and self.hlp is not None and round(self.accuracy - self.hlp, _HAIR) > 0

    @property
    def room(self) -> float | None:
        """How far people are ahead; 0 where the model is. None when either is not known."""
        if self.accuracy is None or self.hlp is None:
            return None
        return max(0.0, round(self.hlp - self.accuracy, _HAIR))

    @property
    def gain(self) -> float | None:
        """Room times share: the share of all cases that would be right in addition (slides: prioritising what to work on)."""
        return None if self.room is None or self.share is None else round(self.room * self.share, _HAIR)


@dataclass(frozen=True)
class Gains:
    """What closing every gap together would bring, as a share of all cases.

    Attributes:
        is_exact: slices do not overlap, so the sum is what comes out; otherwise the truth lies between both.
    """

    largest: float
    total: float
    is_exact: bool


@dataclass(frozen=True)
class Worse:
    """A slice that is wrong more often than the rest beyond chance.

    Attributes:
        chance: of seeing this if it were as good as the rest, raised for the number of slices looked at.
    """

    part: Part
    chance: float


def typed(feasibility: Feasibility) -> tuple[Part, ...]:
    """The slice list of a charter; where cases were counted and no figure was typed, the count gives it."""
    return tuple(
        Part(
            name=s.title,
            accuracy=_share(s.model) if s.model is not None else _counted(s.cases, s.errors),
            hlp=_share(s.hlp),
            share=_share(s.share),
            cases=s.cases,
            errors=s.errors,
            kind=s.kind or SliceKind.ORDINARY,
            ease=s.ease,
            importance=s.importance,
            must_not_fail=s.must_not_fail is YesNo.YES,
            why=s.importance_why,
            id=s.id,
        )
        for s in feasibility.slices
    )


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _counted(cases: int | None, errors: int | None) -> float | None:
    return 1 - errors / cases if cases and errors is not None and errors <= cases else None


def gains(parts: Iterable[Part], *, exclusive: bool) -> Gains | None:
    """The bounds of what closing all gaps brings; None while no gain is known."""
    known = [p.gain for p in parts if p.gain is not None]
    return Gains(max(known), round(sum(known), _HAIR), exclusive) if known else None


def ranked(parts: Sequence[Part], order: Order = Order.GAIN) -> tuple[tuple[int | None, Part], ...]:
    """Slices by one column, highest first, with their places; equal ones share a place, unknown ones come last without any."""
    places: list[tuple[int | None, Part]] = []
    figures = {id(p): getattr(p, order.value) for p in parts}
    for part in sorted(parts, key=lambda p: (figures[id(p)] is None, -(figures[id(p)] or 0), p.name.casefold())):
        value = figures[id(part)]
        same = places and value is not None and round(value - figures[id(places[-1][1])], _HAIR) == 0
        places.append((None if value is None else places[-1][0] if same else len(places) + 1, part))
    return tuple(places)


def worse(parts: Iterable[Part], cases: int, errors: int) -> tuple[Worse, ...]:
    """The slices that are wrong more often than all other cases beyond chance, worst first.

    Each is compared with the rest by Fisher's exact test; the chances are raised by Holm's method, so that in one of
    twenty tables without any bad slice at most something is found.

    Args:
        cases, errors: of all cases, in a slice or not.
    """
    counted = [p for p in parts if p.is_counted and (p.cases or 0) < cases]
    chances = [fisher_tail(p.errors or 0, p.cases or 0, errors, cases) for p in counted]
    beyond_chance = [Worse(p, chance) for p, chance in zip(counted, holm(chances), strict=True) if chance < CHANCE]
    return tuple(sorted(beyond_chance, key=lambda w: (-(w.part.error_rate or 0), w.part.name)))


def fisher_tail(hits: int, cases: int, all_hits: int, all_cases: int) -> float:
    """Probability that `cases` drawn at random from all hold so many of all hits, or more (Fisher's exact test, one-sided).

    Written out, because pages compare typed slices and must not load scipy.stats for that.
    """
    if hits <= max(0, cases + all_hits - all_cases):
        return 1.0
    if hits > min(cases, all_hits):
        return 0.0
    if hits <= cases * all_hits / all_cases:
        return 1 - fisher_tail(cases - hits + 1, cases, all_cases - all_hits, all_cases)
    term = math.exp(_ways(all_hits, hits) + _ways(all_cases - all_hits, cases - hits) - _ways(all_cases, cases))
    total = term
    for k in range(hits, min(cases, all_hits)):
        term *= (all_hits - k) * (cases - k) / ((k + 1) * (all_cases - all_hits - cases + k + 1))
        total += term
        if term < total * 1e-17:
            break
    return min(1.0, total)


def _ways(n: int, k: int) -> float:
    """Logarithm of the number of ways to choose k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Chances of single looks, raised for the number of looks (Holm 1979), in the same order."""
    raised = [0.0] * len(chances)
    worst = 0.0
    for place, i in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        worst = max(worst, min(1.0, (len(chances) - place) * chances[i]))
        raised[i] = worst
    return tuple(raised)


def are_exclusive(feasibility: Feasibility) -> bool:
    """Whether gains of the typed slices may be added: the team says so, or says nothing and the shares add to 100 %."""
    if feasibility.slices_are is None:
        total = share_total(feasibility)
        return total is not None and abs(total - 100) <= 0.5
    return feasibility.slices_are is Slices.EXCLUSIVE


def totals(feasibility: Feasibility) -> tuple[int, int] | None:
    """All cases and errors of the slice list; None where slices may overlap or one was not counted."""
    parts = typed(feasibility)
    if not parts or not are_exclusive(feasibility) or not all(p.is_counted for p in parts):
        return None
    return sum(p.cases or 0 for p in parts), sum(p.errors or 0 for p in parts)


def remarks(feasibility: Feasibility) -> list[str]:
    """What a reader of the typed slice list should know, a sentence each."""
    parts = typed(feasibility)
    contradictions = [
        f"“{short(s.title, 60)}”: {count(s.errors or 0, 'error')} among {count(s.cases or 0, 'case')} are {percent(part, 1)} right, but {in_percent(s.model)} was typed. Correct one of them."
        for s in feasibility.slices
        if s.model is not None and (part := _counted(s.cases, s.errors)) is not None and abs(part - s.model / 100) > 0.006
    ]
    contradictions += [
        f"“{short(s.title, 60)}” has more errors ({s.errors:,}) than cases ({s.cases:,}). Correct one of them."
        for s in feasibility.slices
        if s.cases is not None and s.errors is not None and s.errors > s.cases
    ]
    if all_of := totals(feasibility):
        contradictions += hidden(worse(parts, *all_of), 1 - all_of[1] / all_of[0])
    return contradictions + guarded(parts)


def hidden(worst: Sequence[Worse], overall: float) -> list[str]:
    """The bad slices behind an average, the worst in a sentence each."""
    sentences = [
        f"The average of {percent(overall, 1)} hides “{short(w.part.name, 60)}”: {percent(w.part.accuracy or 0, 1)} right"
        f"{interval_words(w.part)}, worse than the rest beyond chance."
        for w in worst[:HIDDEN_AT_MOST]
    ]
    if more := [f"“{short(w.part.name, 60)}”" for w in worst[HIDDEN_AT_MOST:]]:
        sentences.append(f"Worse than the rest beyond chance are also {', '.join(more)}.")
    return sentences


def guarded(parts: Iterable[Part]) -> list[str]:
    """What can be said about rare slices and protected groups, a sentence each."""
    sentences = []
    for part in parts:
        if part.kind is SliceKind.ORDINARY:
            continue
        what = f"{part.kind.label}: “{short(part.name, 60)}”"
        if part.cases is None or part.errors is None:
            sentences.append(f"{what} has no counted cases, so nothing says how sure its figure is. Count cases and errors.")
        elif part.cases < TOO_FEW:
            sentences.append(
                f"{what} has {count(part.cases, 'case')}: too few to say how good the model is there{interval_words(part)}."
            )
        elif part.accuracy is not None:
            sentences.append(f"{what}: {percent(part.accuracy, 1)} right{interval_words(part)} on {count(part.cases, 'case')}.")
    return sentences


def interval_words(part: Part) -> str:
    """The interval of a slice's accuracy in brackets, with a blank before; "" without one."""
    return f" ({percent(part.interval[0], 1)} to {percent(part.interval[1], 1)})" if part.interval else ""


def error_interval_words(part: Part) -> str:
    """The interval of a slice's share of errors; "" without one."""
    return f"{percent(1 - part.interval[1], 1)} to {percent(1 - part.interval[0], 1)}" if part.interval else ""


def gains_words(room: Gains) -> str:
    """What all gaps together are worth, in a sentence."""
    if room.is_exact:
        return f"Closing every gap would bring {count(points(room.total), 'point')} on all cases."
    if round(room.total - room.largest, 6) == 0:
        return f"Closing the gap would bring {count(points(room.total), 'point')} on all cases."
    return (
        f"Closing every gap would bring between {points(room.largest)} and {count(points(room.total), 'point')} on all cases: "
        f"where groups overlap, gains must not be added."
    )


def points(share: float) -> str:
    """A share in percentage points, without the unit."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")
