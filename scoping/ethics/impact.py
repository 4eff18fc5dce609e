"""Impact in points: what the answers so far allow, from the best case to the worst, and which answers would decide it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scoping.ethics.bank import Area, Counts, Level, Pack, Question, Scale
from scoping.words import count, in_percent


@dataclass(frozen=True)
class Band:
    """The least and the most that something can still come to."""

    low: int
    high: int

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def width(self) -> int:
        return self.high - self.low

    @property
    def words(self) -> str:
        return str(self.low) if self.is_point else f"{self.low} to {self.high}"


@dataclass(frozen=True)
class AreaScore:
    """One area: what it can still come to, of how much, and how many of its questions have an answer."""

    area: Area
    points: Band
    answered: int


@dataclass(frozen=True, kw_only=True)
class Impact:
    """What the answers of a pack come to.

    Attributes:
        risk: risk points before mitigation.
        mitigation: mitigation points.
        score: risk points after mitigation, rounded as the pack says.
        levels: every level that is still possible, from low to high.
        open: questions without an answer, those that narrow the band most first.
    """

    pack: Pack
    scale: Scale
    areas: tuple[AreaScore, ...]
    risk: Band
    mitigation: Band
    score: Band
    levels: tuple[Level, ...]
    open: tuple[Question, ...]

    @property
    def level(self) -> Level | None:
        """The level; None while more than one is possible."""
        return self.levels[0] if len(self.levels) == 1 else None

    @property
    def is_high(self) -> bool:
        """Whether somebody has begun, and every level that is still possible is a high one."""
        return bool(self.answered) and all(map(self.scale.is_high, self.levels))

    @property
    def may_be_high(self) -> bool:
        """Whether somebody has begun, and a high level is still possible."""
        return bool(self.answered) and any(map(self.scale.is_high, self.levels))

    @property
    def most_risk(self) -> int:
        return self.pack.maximum(Counts.RISK)

    @property
    def most_mitigation(self) -> int:
        return self.pack.maximum(Counts.MITIGATION)

    @property
    def mitigation_needed(self) -> int:
        """The points from which mitigation counts; 0 for a pack without mitigation."""
        return -(-self.most_mitigation * self.scale.mitigation_from // 100)

    @property
    def answered(self) -> int:
        return sum(a.answered for a in self.areas)

    @property
    def asked(self) -> int:
        return sum(len(a.area.questions) for a in self.areas)

    def per_cent(self, points: float) -> float:
        """Points as a share of the most risk points."""
        return 100 * points / self.most_risk

    def limit(self, level: Level) -> float | None:
        """The points up to which a level holds; None for the highest one."""
        return None if level.upto is None else self.most_risk * level.upto / 100


def assess(pack: Pack, points: Mapping[str, int], said: Collection[str] | None = None) -> Impact:
    """What the answers so far come to. A question that is not among `points` may still come to anything it can.

    Args:
        points: what each answered question came to, by its id; anything else in there is left alone.
        said: those of them that somebody answered, where the others follow from something else; None for all.

    Raises:
        ValueError: the pack gives no level, or an answer came to points that its question cannot give.
    """
    if pack.scale is None:
        raise ValueError(f"{pack.title} gives no level")
    scored = [a for a in pack.areas if a.counts is not Counts.NOTHING]
    areas = tuple(_area(area, points, points if said is None else said) for area in scored)
    risk, mitigation = (_sum(a.points for a in areas if a.area.counts is c) for c in (Counts.RISK, Counts.MITIGATION))
    score = Band(after_mitigation(pack, risk.low, mitigation.high), after_mitigation(pack, risk.high, mitigation.low))
    most = pack.maximum(Counts.RISK)
    low, high = (_level_at(pack.scale, most, s) for s in (score.low, score.high))
    left = [(q, a.counts) for a in scored for q in a.questions if q.id not in points]
    narrowing = {q.id: _narrows(pack, q, counts, risk, mitigation) for q, counts in left}
    ordered = sorted((q for q, _ in left), key=lambda q: -narrowing[q.id])
    return Impact(
        pack=pack,
        scale=pack.scale,
        areas=areas,
        risk=risk,
        mitigation=mitigation,
        score=score,
        levels=pack.scale.levels[low : high + 1],
        open=tuple(ordered),
    )


def after_mitigation(pack: Pack, risk: int, mitigation: int) -> int:
    """Risk points once mitigation is counted: all of them, or the share that is left from the limit on, halves rounded up."""
    if pack.scale is None or not counts_as_mitigated(pack, mitigation):
        return risk
    return (risk * pack.scale.leaves + 50) // 100


def counts_as_mitigated(pack: Pack, mitigation: int) -> bool:
    """Whether mitigation points reach the share from which they count."""
    most = pack.maximum(Counts.MITIGATION)
    return pack.scale is not None and most > 0 and 100 * mitigation >= pack.scale.mitigation_from * most


def level_of(pack: Pack, score: int) -> Level:
    """The level of a score in points. Raises ValueError for a pack that gives none."""
    if pack.scale is None:
        raise ValueError(f"{pack.title} gives no level")
    return pack.scale.levels[_level_at(pack.scale, pack.maximum(Counts.RISK), score)]


def to_decide(impact: Impact) -> tuple[Question, ...]:
    """The fewest of the open questions, widest first, after which the level may stand; empty when it stands already.

    It is greedy: those that narrow the band most are taken one by one, until some answers to them leave one level only.
    """
    if impact.level is not None:
        return ()
    chosen: list[Question] = []
    for question in impact.open:
        chosen.append(question)
        if _can_decide(impact, chosen):
            break
    return tuple(chosen)


def remarks(impact: Impact) -> list[str]:
    """What a reader must know of limits that are near, and of the cliff that mitigation is."""
    sentences = []
    pack, score, most = impact.pack, impact.score, impact.most_mitigation
    if most:
        sentences.append(
            f"What is done counts from {impact.mitigation_needed} of {count(most, 'point')} on: below, it takes nothing off; from there on, "
            f"{in_percent(100 - impact.scale.leaves)} of the risk points. It stands at {impact.mitigation.words}."
        )
        with_it = level_of(pack, after_mitigation(pack, impact.risk.high, most))
        without = level_of(pack, after_mitigation(pack, impact.risk.low, 0))
        if impact.mitigation.is_point and impact.risk.is_point and with_it != without:
            sentences.append(f"This limit alone decides between level {with_it.id} and level {without.id} here.")
    for level in impact.scale.levels:
        limit = impact.limit(level)
        if limit is not None and score.is_point and abs(limit - score.low) <= 0.03 * impact.most_risk:
            side = "under" if score.low <= limit else "over"
            sentences.append(
                f"The score lies {count(f'{abs(limit - score.low):g}', 'point')} {side} the limit of level {level.id}: one answer may move it."
            )
    return sentences


def _area(area: Area, points: Mapping[str, int], said: Collection[str]) -> AreaScore:
    for q in area.questions:
        if q.id in points and not q.lowest <= points[q.id] <= q.highest:
            raise ValueError(f"{q.id} cannot come to {count(points[q.id], 'point')}")
    bands = [Band(points[q.id], points[q.id]) if q.id in points else Band(q.lowest, q.highest) for q in area.questions]
    return AreaScore(area, _sum(bands), sum(q.id in points and q.id in said for q in area.questions))


def _sum(bands: Iterable[Band]) -> Band:
    all_bands = list(bands)
    return Band(sum(b.low for b in all_bands), sum(b.high for b in all_bands))


def _level_at(scale: Scale, most: int, score: int) -> int:
    return next(i for i, level in enumerate(scale.levels) if level.upto is None or 100 * score <= level.upto * most)


def _narrows(pack: Pack, question: Question, counts: Counts, risk: Band, mitigation: Band) -> float:
    """By how many points of the score an answer narrows the band; of mitigation, its share in whether that counts at all."""
    span = question.highest - question.lowest
    if counts is Counts.RISK:
        return float(span)
    undecided = counts_as_mitigated(pack, mitigation.high) and not counts_as_mitigated(pack, mitigation.low)
    at_stake = risk.high - after_mitigation(pack, risk.high, pack.maximum(Counts.MITIGATION))
    return at_stake * span / mitigation.width if undecided and mitigation.width else 0.0


def _can_decide(impact: Impact, chosen: list[Question]) -> bool:
    """Whether some answers to the chosen questions leave one level only, whatever the others come to."""
    counts = {q.id: a.area.counts for a in impact.areas for q in a.area.questions}
    risks, mitigations = (_reachable(q for q in chosen if counts[q.id] is c) for c in (Counts.RISK, Counts.MITIGATION))
    rest = [q for q in impact.open if q not in chosen]
    spread = {c: sum(q.highest - q.lowest for q in rest if counts[q.id] is c) for c in (Counts.RISK, Counts.MITIGATION)}
    for more in risks:
        low = impact.risk.low + more
        for eased in {min(mitigations), max(mitigations)}:
            least = impact.mitigation.low + eased
            best = after_mitigation(impact.pack, low, least + spread[Counts.MITIGATION])
            worst = after_mitigation(impact.pack, low + spread[Counts.RISK], least)
            if level_of(impact.pack, best) == level_of(impact.pack, worst):
                return True
    return False


def _reachable(questions: Iterable[Question]) -> set[int]:
    """Every sum of points above the least that the answers to some questions can come to."""
    sums = {0}
    for q in questions:
        sums = {s + o.points - q.lowest for s in sums for o in q.options}
    return sums
