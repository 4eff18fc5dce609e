"""How much each piece of evidence weighs, and why it weighs less than it could."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from scoping.feasibility.benchmarks import Asked, Compared, is_stale, same_metric
from scoping.section import YesNo
from scoping.sections.feasibility import Better, Check, Evidence, Grade, Resembles, Speaks, Truth
from scoping.words import count, short

GRADES: tuple[Grade, ...] = tuple(Grade)

FEW_CASES = 30
"""Cases below which a measurement is no more than a hint."""

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


@dataclass(frozen=True, kw_only=True)
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


# What a piece carries


def says_nothing(row: Evidence) -> str:
    """Why a row counts as nothing; "" when it says something."""
    missing = [
        name
        for name, there in (
            ("what was found, or a number", row.finding.strip() or row.value is not None),
            ("how strong it is", row.grade),
            ("a side, for the idea or against it", row.speaks),
        )
        if not there
    ]
    return f"“{short(row.title, 60)}” says nothing yet: it lacks {' and '.join(missing)}." if missing else ""


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
    return Piece(
        key=f"evidence:{row.id}",
        title=title,
        check=row.check or Check.OTHER,
        speaks=row.speaks,
        claimed=claimed,
        strength=strength,
        weakened=reasons,
    )


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
        yield "W7", f"{count(row.items, 'case')}", None
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


def benchmark(compared: Compared, today: date) -> Piece | None:
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
        key=f"benchmarks:{row.id}",
        title=short(row.title, 80),
        check=Check.BENCHMARK,
        speaks=Speaks.FOR if compared.meets else Speaks.AGAINST,
        claimed=Strength.PRECEDENT,
        strength=strength,
        weakened=tuple(weakened),
    )


def likeness(example: Resembles) -> Piece:
    speaks, known = _LADDER[example]
    return Piece(
        key="resembles",
        title=f"Like the example “{example.label}”: {known}",
        check=Check.FEATURES,
        speaks=speaks,
        claimed=Strength.OPINION,
        strength=Strength.OPINION,
        weakened=(("W10", "a likeness"),),
    )
