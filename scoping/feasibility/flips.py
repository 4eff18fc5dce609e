"""What would change the verdict: each answer and each piece of evidence tried the other way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scoping.feasibility.ruling import ruling, with_article
from scoping.feasibility.weighing import Piece, PieceKind, Strength
from scoping.sections.feasibility import Check, Hypothesis, Opinion, Speaks
from scoping.words import capital, short


@dataclass(frozen=True, kw_only=True)
class Flip:
    """A single change that would change the verdict.

    Attributes:
        cost: mending words, then new evidence by the days of work, then being wrong about what is there.
        days: of work that it takes, as planned or as a rule of thumb; None where nothing can be done for it.
        otherwise: the verdict if what is tried comes out the other way; None where nothing is tried, or nothing would change.
        record: of the hypothesis that would be tried; "" for none.
    """

    cost: tuple[int, float]
    sentence: str
    to: Opinion
    days: float | None = None
    otherwise: Opinion | None = None
    record: str = ""


@dataclass(frozen=True)
class Planned:
    """A hypothesis that nobody has tried yet, and what it would weigh confirmed and refuted."""

    row: Hypothesis
    good: Piece
    bad: Piece


DAYS: dict[Strength, float] = {Strength.OPINION: 0.5, Strength.PRECEDENT: 1, Strength.PILOT: 10, Strength.MEASURED: 20}
"""Days of work that new evidence takes, as a rule of thumb: asking, reading, a first try, a measurement."""
MENDING_DAYS = 0.5
"""Days that it takes to find what an entry lacks: its date, its source, what people saw."""


# What would change the verdict


@dataclass(frozen=True)
class _Change:
    """A piece that becomes another one, is new (no `before`), or falls away (no `after`)."""

    cost: tuple[int, float]
    sentence: str
    before: Piece | None
    after: Piece | None


class _Trial:
    """Tries changes on some pieces. Rulings depend on kinds of pieces only, so each set of kinds is judged once."""

    def __init__(self, pieces: Sequence[Piece], needed: tuple[Check, ...]) -> None:
        self._counts = Counter(p.kind for p in pieces if p.counts)
        self._needed = needed
        self._known: dict[frozenset[PieceKind], Opinion] = {}

    def opinion(self, before: Piece | None = None, after: Piece | None = None) -> Opinion:
        """The verdict after a change."""
        kinds = set(self._counts)
        if before and self._counts[before.kind] == 1:
            kinds.discard(before.kind)
        if after and after.counts:
            kinds.add(after.kind)
        key = frozenset(kinds)
        if key not in self._known:
            self._known[key] = ruling([_imagined(*kind) for kind in key], self._needed).opinion
        return self._known[key]


def _imagined(check: Check, speaks: Speaks, strength: Strength) -> Piece:
    return Piece(key="", title="", check=check, speaks=speaks, claimed=strength, strength=strength)


def flips(pieces: tuple[Piece, ...], needed: tuple[Check, ...], planned: Sequence[Planned] = ()) -> tuple[Flip, ...]:
    """Every single change that changes the verdict, cheapest first; of new evidence the weakest that is enough."""
    trial = _Trial(pieces, needed)
    now = trial.opinion()
    changes = [*_mended(pieces), *_overturned(pieces)]
    tried = ((change, trial.opinion(change.before, change.after)) for change in changes)
    turning = [
        Flip(cost=change.cost, sentence=change.sentence, to=to, days=MENDING_DAYS if change.cost[0] == 0 else None)
        for change, to in tried
        if to is not now
    ]
    turning += [*_answered(trial, needed), *_tried(trial, planned)]
    return tuple(sorted(turning, key=lambda f: (f.cost, f.sentence)))


def _tried(trial: _Trial, planned: Sequence[Planned]) -> Iterator[Flip]:
    """The hypotheses that are planned already, as far as one of their outcomes changes the verdict."""
    now = trial.opinion()
    for one in planned:
        good, bad = trial.opinion(after=one.good), trial.opinion(after=one.bad)
        if good is now and bad is now:
            continue
        days = DAYS[Strength.PILOT] if one.row.days is None else one.row.days
        to, otherwise, way = (good, bad, "confirmed") if good is not now else (bad, None, "refuted")
        sentence = f"“{short(one.row.title, 80)}” was {way}"
        left = None if otherwise is now else otherwise
        yield Flip(cost=(1, days), sentence=sentence, to=to, days=days, otherwise=left, record=one.row.id)


def _mended(pieces: Sequence[Piece]) -> Iterator[_Change]:
    for piece in pieces:
        if piece.strength < piece.claimed:
            whole = replace(piece, strength=piece.claimed, weakened=())
            why = " and ".join(dict.fromkeys(why for _, why in piece.weakened))
            yield _Change((0, piece.claimed), f"“{short(piece.title, 60)}” held in full (now weakened: {why})", piece, whole)


def _overturned(pieces: Sequence[Piece]) -> Iterator[_Change]:
    opposite = {Speaks.FOR: Speaks.AGAINST, Speaks.AGAINST: Speaks.FOR}
    for piece in pieces:
        if not piece.counts:
            continue
        title, cost = f"“{short(piece.title, 60)}”", (2, piece.strength)
        yield _Change(cost, f"{title} fell away", piece, None)
        for way in [opposite[piece.speaks]] if piece.speaks in opposite else [*opposite]:
            yield _Change(cost, f"{title} turned out to speak {way.value} it", piece, replace(piece, speaks=way))


def _answered(trial: _Trial, needed: Sequence[Check]) -> Iterator[Flip]:
    """New evidence that changes the verdict, for each check the weakest that does; checks alike in this are named together."""
    checks_by_outcome: dict[tuple[Speaks, Strength, Opinion], list[Check]] = {}
    for check in needed or (Check.OTHER,):
        for speaks in (Speaks.FOR, Speaks.AGAINST):
            if enough := _enough(trial, check, speaks):
                checks_by_outcome.setdefault((speaks, *enough), []).append(check)
    for (speaks, strength, to), checks in checks_by_outcome.items():
        about = f" on {' or '.join(c.label.lower() for c in checks)}" if needed else ""
        sentence = f"{capital(with_article(strength))}{about} spoke {speaks.value} it"
        yield Flip(cost=(1, DAYS[strength]), sentence=sentence, to=to, days=DAYS[strength])


def _enough(trial: _Trial, check: Check, speaks: Speaks) -> tuple[Strength, Opinion] | None:
    """The weakest new evidence on a check that changes the verdict, and to what."""
    now = trial.opinion()
    for strength in list(Strength)[1:]:
        to = trial.opinion(after=_imagined(check, speaks, strength))
        if to is not now:
            return strength, to
    return None
