"""The verdict on an idea, by written rules over graded evidence; nothing is averaged, and many weak pieces stay weak.

Every piece first gets the strength that it can carry (rules W), then the strongest pieces decide (rules V). What would
change the verdict is found by trying single pieces (flips).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any

from scoping import benchmarks
from scoping.benchmarks import Asked, Compared, is_stale, same_metric
from scoping.section import YesNo, short
from scoping.sections import solutions
from scoping.sections.feasibility import (
    Better,
    Check,
    Evidence,
    Feasibility,
    Grade,
    Opinion,
    Resembles,
    Speaks,
    Truth,
    checks_for,
)
from scoping.sections.solutions import Approach, Solution

GRADES: tuple[Grade, ...] = tuple(Grade)
FEW_CASES = 30
"""Cases below which a measurement is no more than a hint."""
OUTWEIGHS = 2
"""Grades by which evidence must be stronger to settle a contradiction."""

RULES: dict[str, str] = {
    "W1": "Evidence counts only when it has a finding or a value, a strength, a direction and an idea that it is about.",
    "W2": "Evidence without a source, and not worked out here, counts as opinion.",
    "W3": "Evidence that is undated, or older than two years, counts one grade less.",
    "W4": "People's performance speaks for an idea only when they saw just what the model will see; where nobody knows, it counts one grade less.",
    "W5": "People's performance speaks for an idea in full only when the truth is an outside fact; otherwise one grade less.",
    "W6": "Features speak for an idea only when they are available when predicting; not known, one grade less.",
    "W7": f"A pilot or measurement on fewer than {FEW_CASES} cases counts one grade less.",
    "W8": "A figure on the metric asked for speaks for the idea only when it, with its whole interval, is as good as asked; a history is judged by its trend instead.",
    "W9": "A benchmark is a precedent only on the metric asked for, with data and setting much alike; alike in part, it is an opinion; otherwise it is not used.",
    "W10": "Likeness to an example of the plausibility ladder is an opinion.",
    "V1": "Without any evidence that counts: too little evidence.",
    "V2": "Opinions alone decide nothing: too little evidence.",
    "V3": "A pilot or measurement against it, at least two grades stronger than anything for it: not feasible.",
    "V4": "A pilot or measurement for it, at least two grades stronger than anything against it, and every check made: feasible.",
    "V5": "As V4, but a check that the idea needs is missing, answered by opinion, or speaks only against it: doubtful. A missing benchmark is forgiven once something speaks for it on our own data.",
    "V6": "Serious evidence on both sides, neither two grades stronger: doubtful until the contradiction is explained.",
    "V7": "Precedents alone settle nothing: doubtful.",
    "V8": "Serious evidence, but none that speaks clearly for or against: doubtful.",
    "V9": "Where nothing was measured or tried on data of our own, the verdict says so.",
}
"""The rules in words, by the name under which a verdict quotes them."""

_LADDER: dict[Resembles, tuple[Speaks, str]] = {
    Resembles.PURCHASES: (Speaks.FOR, "known to work"),
    Resembles.WEATHER: (Speaks.FOR, "known to work"),
    Resembles.DNA: (Speaks.MIXED, "very hard, with doubtful success"),
    Resembles.CHATTER: (Speaks.MIXED, "very hard, with doubtful success"),
    Resembles.STOCK: (Speaks.AGAINST, "close to impossible"),
}


class Strength(IntEnum):
    """Grades as numbers for comparing, nothing being 0."""

    NOTHING = 0
    OPINION = 1
    PRECEDENT = 2
    PILOT = 3
    MEASURED = 4

    @classmethod
    def of(cls, grade: Grade) -> Strength:
        return cls(GRADES.index(grade) + 1)

    @property
    def label(self) -> str:
        return "nothing" if self is Strength.NOTHING else GRADES[self - 1].value


PieceKind = tuple[Check, Speaks, Strength]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence with what it carries.

    Attributes:
        key: of the record, such as "evidence:e1"; "" for a piece that is only imagined.
        claimed: the strength that was stated.
        strength: what is left of it after the rules of weakening; nothing when it is not counted.
        weakened: rule and reason for each weakening.
    """

    key: str
    title: str
    check: Check
    speaks: Speaks
    claimed: Strength
    strength: Strength
    weakened: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> PieceKind:
        """All that the verdict asks about it."""
        return self.check, self.speaks, self.strength

    @property
    def counts(self) -> bool:
        return self.strength > Strength.NOTHING


@dataclass(frozen=True)
class Ruling:
    """What the rules say about some pieces.

    Attributes:
        fired: the rules that decided, with what they rest on, a sentence each.
        open: checks that are missing, or answered by opinion only.
    """

    opinion: Opinion
    fired: tuple[tuple[str, str], ...]
    open: tuple[Check, ...]

    @property
    def reason(self) -> str:
        """The fired rules as running text."""
        return " ".join(f"{sentence} ({rule})" for rule, sentence in self.fired)


@dataclass(frozen=True)
class Flip:
    """A single change that would change the verdict.

    Attributes:
        cost: cheapest first: mending words, then new evidence by strength, then being wrong about what is there.
    """

    cost: tuple[int, int]
    sentence: str
    to: Opinion


@dataclass(frozen=True)
class Judged:
    """An idea with its evidence, its verdict and what would change it.

    Attributes:
        needed: the checks that fit its cell of the 2x2.
        ignored: evidence about it that says nothing yet, with the reason.
    """

    solution: Solution
    needed: tuple[Check, ...]
    pieces: tuple[Piece, ...]
    ignored: tuple[str, ...]
    ruling: Ruling

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """What would change the verdict, cheapest first."""
        return _flips(self.pieces, self.needed)

    def state(self, check: Check) -> Strength:
        """The strongest evidence that a check has."""
        return _strongest(p for p in self.pieces if p.check is check)


def verdicts(charter: Any, today: date) -> tuple[Judged, ...]:
    """The verdict on every idea of a charter, in order."""
    ideas: solutions.Solutions = charter.part("solutions")
    one = solutions.chosen(ideas)
    feasibility: Feasibility = charter.part("feasibility")
    return tuple(judged(idea, feasibility, today, is_chosen=idea == one) for idea in ideas.solutions)


def untied(charter: Any) -> tuple[Evidence, ...]:
    """Evidence that names no idea of the charter, and so counts for none."""
    ideas = {idea.id for idea in charter.part("solutions").solutions}
    return tuple(row for row in charter.part("feasibility").evidence if row.solution not in ideas)


def judged(idea: Solution, feasibility: Feasibility, today: date, *, is_chosen: bool = False) -> Judged:
    """The verdict on one idea.

    Args:
        is_chosen: benchmarks that name no idea are about the chosen one.
    """
    asked = Asked.of(feasibility)
    needed = () if idea.approach not in (None, Approach.ML) else tuple(checks_for(idea.data, idea.novelty))
    pieces, ignored = [], []
    for row in feasibility.evidence:
        if row.solution == idea.id:
            if why := _says_nothing(row):
                ignored.append(why)
            else:
                pieces.append(weighed(row, asked, today))
    about = [b for b in feasibility.benchmarks if b.solution == idea.id or (is_chosen and not b.solution)]
    for compared in benchmarks.compare(about, asked):
        piece = _benchmark(compared, today)
        if piece is None:
            ignored.append(f"“{short(compared.benchmark.title, 60)}”: {compared.why} (W9)")
        else:
            pieces.append(piece)
    if feasibility.resembles and Check.FEATURES in needed:
        pieces.append(_likeness(feasibility.resembles))
    ordered = tuple(sorted(pieces, key=lambda p: (-p.strength, p.title, p.key)))
    return Judged(idea, needed, ordered, tuple(sorted(ignored)), ruling(ordered, needed))


# What a piece carries


def _says_nothing(row: Evidence) -> str:
    """Why a row counts as nothing; "" when it says something."""
    missing = [
        name
        for name, there in (
            ("a finding or a value", row.finding.strip() or row.value is not None),
            ("how strong it is", row.grade),
            ("in which direction it speaks", row.speaks),
        )
        if not there
    ]
    return f"“{short(row.title, 60)}” lacks {' and '.join(missing)} (W1)." if missing else ""


def weighed(row: Evidence, asked: Asked, today: date) -> Piece:
    """Evidence with the strength that it can carry. Its grade, direction and finding must be known."""
    if row.grade is None or row.speaks is None:
        raise ValueError("evidence without grade or direction carries nothing")
    claimed = Strength.of(row.grade)
    weakened = tuple(_weaknesses(row, asked, today))
    strength = claimed
    for _, _, to in weakened:
        strength = min(strength, to) if to is not None else max(Strength.OPINION, Strength(strength - 1)) if strength else strength
    title = short(row.title, 80)
    reasons = tuple((rule, why) for rule, why, _ in weakened)
    return Piece(f"evidence:{row.id}", title, row.check or Check.OTHER, row.speaks, claimed, strength, reasons)


def _weaknesses(row: Evidence, asked: Asked, today: date) -> Iterator[tuple[str, str, Strength | None]]:
    """Rule, reason, and the most that is left; None takes one grade away."""
    is_for = row.speaks is Speaks.FOR
    if row.grade is not Grade.OPINION:
        if not row.source.strip() and not row.measurement:
            yield "W2", "no source", Strength.OPINION
        if is_stale(row.found_on, today):
            yield "W3", "not dated" if row.found_on is None else f"of {row.found_on:%B %Y}", None
    if row.check is Check.BENCHMARK and row.grade is Grade.PRECEDENT and not same_metric(row.metric, asked.metric):
        if not asked.metric.strip():
            yield "W9", "nobody said yet which metric is asked for", Strength.OPINION
        else:
            yield "W9", f"not on the metric asked for, “{short(asked.metric, 40)}”", Strength.NOTHING
    if row.grade in (Grade.PILOT, Grade.MEASURED) and row.items is not None and row.items < FEW_CASES:
        yield "W7", f"{row.items} cases", None
    if is_for:
        yield from _weak_support(row, asked)


def _weak_support(row: Evidence, asked: Asked) -> Iterator[tuple[str, str, Strength | None]]:
    """What takes strength only from evidence that speaks for an idea: the same flaw makes bad news no better."""
    if row.check is Check.HLP:
        if row.same_inputs is YesNo.NO:
            yield "W4", "people saw more than the model will see", Strength.NOTHING
        elif row.same_inputs is None:
            yield "W4", "not known whether people saw only what the model will see", None
        if row.truth is not Truth.EXTERNAL:
            yield "W5", "the truth is another person's label" if row.truth else "not known what the truth is", None
    if row.check is Check.FEATURES:
        if row.serving is YesNo.NO:
            yield "W6", "not available when predicting", Strength.NOTHING
        elif row.serving is None:
            yield "W6", "not known whether it is available when predicting", None
    if row.check is not Check.HISTORY and same_metric(row.metric, asked.metric) and (why := _short_of(row, asked)):
        yield "W8", why, Strength.NOTHING


def _short_of(row: Evidence, asked: Asked) -> str:
    """Why a figure on the metric asked for does not speak for the idea; "" when it does, or when there is none."""
    if row.value is not None and asked.is_met_by(row.value) is False:
        return f"{row.value:g} is short of the {asked.value:g} asked for"
    end = row.low if asked.better is Better.HIGHER else row.high
    if end is not None and asked.is_met_by(end) is False:
        return f"its interval reaches to {end:g}, short of the {asked.value:g} asked for"
    return ""


def _benchmark(compared: Compared, today: date) -> Piece | None:
    """A benchmark as a piece of evidence; None when it may not be used."""
    row = compared.benchmark
    levels = {row.data_similarity, row.setting_similarity}
    if compared.meets is None or None in levels or "low" in levels:
        return None
    strength = Strength.PRECEDENT if compared.is_alike else Strength.OPINION
    weakened = [] if compared.is_alike else [("W9", "data or setting alike in part only")]
    if not row.link.strip():
        weakened.append(("W2", "no link"))
        strength = Strength.OPINION
    if is_stale(row.found_on, today):
        weakened.append(("W3", "not dated" if row.found_on is None else f"of {row.found_on:%B %Y}"))
        strength = Strength.OPINION
    return Piece(
        f"benchmarks:{row.id}",
        short(row.title, 80),
        Check.BENCHMARK,
        Speaks.FOR if compared.meets else Speaks.AGAINST,
        Strength.PRECEDENT,
        strength,
        tuple(weakened),
    )


def _likeness(example: Resembles) -> Piece:
    speaks, known = _LADDER[example]
    return Piece(
        "resembles",
        f"Like the example “{example.label}”: {known}",
        Check.FEATURES,
        speaks,
        Strength.OPINION,
        Strength.OPINION,
        (("W10", "a likeness"),),
    )


# What the pieces decide


def _strongest(pieces: Iterable[Piece]) -> Strength:
    return max((p.strength for p in pieces), default=Strength.NOTHING)


def ruling(pieces: Sequence[Piece], needed: Sequence[Check]) -> Ruling:
    """Apply the rules V; the order of the pieces does not matter, nor how many there are of a strength."""
    counted = _distinct(pieces)
    pro, mixed, con = (_strongest(p for p in counted if p.speaks is s) for s in (Speaks.FOR, Speaks.MIXED, Speaks.AGAINST))
    missing = _without(needed, counted)
    unsettled = _without(needed, [p for p in counted if p.speaks is not Speaks.AGAINST])
    opinion, rule, sentence = _decided(counted, pro, mixed, con, unsettled)
    fired = [(rule, sentence)]
    if counted and max(pro, mixed, con) <= Strength.PRECEDENT:
        fired.append(("V9", "Nothing was measured on data of our own; this rests on opinions and precedents."))
    return Ruling(opinion, tuple(fired), missing)


def _without(needed: Sequence[Check], pieces: Sequence[Piece]) -> tuple[Check, ...]:
    """The checks on which there is no more than opinion."""
    return tuple(c for c in needed if _strongest(p for p in pieces if p.check is c) <= Strength.OPINION)


def _distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """One of the pieces that count for each check, direction and strength; the verdict does not ask how many there are."""
    found: dict[PieceKind, Piece] = {}
    for piece in pieces:
        if piece.counts and (piece.kind not in found or piece.title < found[piece.kind].title):
            found[piece.kind] = piece
    return list(found.values())


def _decided(
    counted: Sequence[Piece], pro: Strength, mixed: Strength, con: Strength, unsettled: Sequence[Check]
) -> tuple[Opinion, str, str]:
    """The verdict, the rule, and what it rests on."""
    best, worst = _named(counted, Speaks.FOR, pro), _named(counted, Speaks.AGAINST, con)
    if not counted:
        return Opinion.TOO_LITTLE, "V1", "No evidence counts yet."
    if max(pro, mixed, con) <= Strength.OPINION:
        leaning = "towards it" if pro > con else "against it" if con > pro else "neither way"
        return Opinion.TOO_LITTLE, "V2", f"There are only opinions; they lean {leaning}."
    if con >= Strength.PILOT and con - pro >= OUTWEIGHS:
        return Opinion.NOT_FEASIBLE, "V3", f"{worst} speaks against it, and {_nothing_as_strong(pro, 'for')}."
    if pro >= Strength.PILOT and pro - con >= OUTWEIGHS:
        unforgiven = [c for c in unsettled if not (c is Check.BENCHMARK and pro is Strength.MEASURED)]
        if not unforgiven:
            return Opinion.FEASIBLE, "V4", f"{best} speaks for it, and {_nothing_as_strong(con, 'against')}."
        names = " and ".join(c.label.lower() for c in unforgiven)
        return Opinion.DOUBTFUL, "V5", f"{best} speaks for it, but nothing more than opinion supports it on: {names}."
    if con >= Strength.PRECEDENT and pro >= Strength.PRECEDENT:
        return Opinion.DOUBTFUL, "V6", f"{best} speaks for it, {worst[0].lower()}{worst[1:]} against it."
    if max(pro, con) is Strength.PRECEDENT:
        side, way = (best, "for") if pro > con else (worst, "against")
        return Opinion.DOUBTFUL, "V7", f"{side} speaks {way} it, which does not settle it."
    return (
        Opinion.DOUBTFUL,
        "V8",
        f"{_named(counted, Speaks.MIXED, mixed)} speaks both ways, and nothing clearly for or against it.",
    )


def _nothing_as_strong(strength: Strength, way: str) -> str:
    stronger = "" if strength is Strength.NOTHING else f" stronger than {_a(strength)}"
    return f"nothing{stronger} speaks {way} it"


def _a(strength: Strength) -> str:
    return {
        Strength.NOTHING: "nothing",
        Strength.OPINION: "an opinion",
        Strength.PRECEDENT: "a precedent",
        Strength.PILOT: "a pilot",
        Strength.MEASURED: "a measurement on our data",
    }[strength]


def _named(counted: Sequence[Piece], speaks: Speaks, strength: Strength) -> str:
    """The strongest piece in a direction by its words; of equals the first by title."""
    same = sorted(p.title for p in counted if p.speaks is speaks and p.strength is strength)
    if not same:
        return ""
    what = _a(strength)
    return f"{what[0].upper()}{what[1:]} (“{short(same[0], 60)}”)"


# What would change the verdict


@dataclass(frozen=True)
class _Change:
    """A piece that becomes another one, is new (no `before`), or falls away (no `after`)."""

    cost: tuple[int, int]
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
    return Piece("", "", check, speaks, strength, strength)


def _flips(pieces: tuple[Piece, ...], needed: tuple[Check, ...]) -> tuple[Flip, ...]:
    """Every single change that changes the verdict, cheapest first; of new evidence the weakest that is enough."""
    trial = _Trial(pieces, needed)
    now = trial.opinion()
    changes = [*_mended(pieces), *_overturned(pieces)]
    tried = ((change, trial.opinion(change.before, change.after)) for change in changes)
    found = [Flip(change.cost, change.sentence, to) for change, to in tried if to is not now]
    found += _answered(trial, needed)
    return tuple(sorted(found, key=lambda f: (f.cost, f.sentence)))


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
    found: dict[tuple[Speaks, Strength, Opinion], list[Check]] = {}
    for check in needed or (Check.OTHER,):
        for speaks in (Speaks.FOR, Speaks.AGAINST):
            if enough := _enough(trial, check, speaks):
                found.setdefault((speaks, *enough), []).append(check)
    for (speaks, strength, to), checks in found.items():
        about = f" on {' or '.join(c.label.lower() for c in checks)}" if needed else ""
        new = _a(strength)
        yield Flip((1, strength), f"{new[0].upper()}{new[1:]}{about} spoke {speaks.value} it", to)


def _enough(trial: _Trial, check: Check, speaks: Speaks) -> tuple[Strength, Opinion] | None:
    """The weakest new evidence on a check that changes the verdict, and to what."""
    now = trial.opinion()
    for strength in list(Strength)[1:]:
        to = trial.opinion(after=_imagined(check, speaks, strength))
        if to is not now:
            return strength, to
    return None
