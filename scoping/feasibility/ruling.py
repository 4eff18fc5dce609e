"""The rules that decide: what the weighed evidence together says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoping.feasibility.weighing import FEW_CASES, Piece, PieceKind, Strength
from scoping.sections.feasibility import Check, Opinion, Speaks
from scoping.words import capital, short

OUTWEIGHS = 2
"""Grades by which evidence must be stronger to settle a contradiction."""

RULES: dict[str, str] = {
    "W1": "Evidence counts only when it says what was found or a number, and has a strength, a direction and an idea that it is about.",
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
    "V5": "The same, but a check that the idea needs is missing, answered by opinion, or speaks only against it: doubtful. A missing benchmark is forgiven once something speaks for it on our own data.",
    "V6": "Serious evidence on both sides, neither two grades stronger: doubtful until the contradiction is explained.",
    "V7": "Precedents alone settle nothing: doubtful.",
    "V8": "Serious evidence, but none that speaks clearly for or against: doubtful.",
    "V9": "Where nothing was measured or tried on data of our own, the verdict says so.",
}
"""The rules in words, by the name under which a verdict quotes them."""


@dataclass(frozen=True)
class Ruling:
    """What the rules say about some pieces.

    Attributes:
        sentence: the verdict as a sponsor can repeat it.
        fired: the rules that decided, with what they rest on, a sentence each.
        open: checks that are missing, or answered by opinion only.
    """

    opinion: Opinion
    sentence: str
    fired: tuple[tuple[str, str], ...]
    open: tuple[Check, ...]

    @property
    def reason(self) -> str:
        """What it rests on, as running text."""
        return " ".join(sentence for _, sentence in self.fired)


_SENTENCES = {
    "V1": "Nobody can tell yet: there is no evidence.",
    "V2": "Nobody can tell yet: there are only opinions.",
    "V3": "No. What we tried speaks against it.",
    "V4": "Yes, it can work.",
    "V5": "Probably yes, but nobody has shown {shown}.",
    "V6": "It is open: there is serious evidence on both sides.",
    "V7": "Perhaps: only others have tried it so far.",
    "V8": "It is open: what we know speaks both ways.",
}
SHOWN: dict[Check, str] = {
    Check.HLP: "how well people do it",
    Check.FEATURES: "that what is known in time helps to predict",
    Check.HISTORY: "how fast it has become better so far",
    Check.BENCHMARK: "that others managed it",
    Check.OTHER: "that it can be done",
}
"""What each check shows, to go on after "nobody has shown"."""


# What the pieces decide


def strongest(pieces: Iterable[Piece]) -> Strength:
    """The strength of the strongest piece; nothing is as weak as no piece at all."""
    return max((p.strength for p in pieces), default=Strength.NOTHING)


def ruling(pieces: Sequence[Piece], needed: Sequence[Check]) -> Ruling:
    """Apply the rules V; the order of the pieces does not matter, nor how many there are of a strength."""
    counted = _distinct(pieces)
    pro, mixed, con = (strongest(p for p in counted if p.speaks is s) for s in (Speaks.FOR, Speaks.MIXED, Speaks.AGAINST))
    missing = _without(needed, counted)
    unsettled = _without(needed, [p for p in counted if p.speaks is not Speaks.AGAINST])
    opinion, rule, sentence = _decided(counted, pro, mixed, con, unsettled)
    fired = [(rule, sentence)]
    if counted and max(pro, mixed, con) <= Strength.PRECEDENT:
        fired.append(("V9", "Nothing was measured on data of our own; this rests on opinions and precedents."))
    headline = _SENTENCES[rule].format(shown=" and ".join(SHOWN[c] for c in _unforgiven(unsettled, pro)))
    return Ruling(opinion, headline, tuple(fired), missing)


def _unforgiven(unsettled: Sequence[Check], pro: Strength) -> list[Check]:
    """The unsettled checks that stand in the way of a plain yes."""
    return [c for c in unsettled if not (c is Check.BENCHMARK and pro is Strength.MEASURED)]


def _without(needed: Sequence[Check], pieces: Sequence[Piece]) -> tuple[Check, ...]:
    """The checks on which there is no more than opinion."""
    return tuple(c for c in needed if strongest(p for p in pieces if p.check is c) <= Strength.OPINION)


def _distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """One of the pieces that count for each check, direction and strength; the verdict does not ask how many there are."""
    first_of_kind: dict[PieceKind, Piece] = {}
    for piece in pieces:
        if piece.counts and (piece.kind not in first_of_kind or piece.title < first_of_kind[piece.kind].title):
            first_of_kind[piece.kind] = piece
    return list(first_of_kind.values())


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
        unforgiven = _unforgiven(unsettled, pro)
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
    stronger = "" if strength is Strength.NOTHING else f" stronger than {with_article(strength)}"
    return f"nothing{stronger} speaks {way} it"


def with_article(strength: Strength) -> str:
    """A strength within a sentence: "a pilot"."""
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
    what = with_article(strength)
    return f"{capital(what)} (“{short(same[0], 60)}”)"
