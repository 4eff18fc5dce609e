"""What the ethics step comes to: impact level, legal class, coverage of frameworks, what is demanded, what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scoping.ethics import demands, legal_class, screening
from scoping.ethics import impact as ethics_impact
from scoping.ethics.bank import Bank, Counts, Framework, Pack, Question
from scoping.ethics.demands import standard_demands
from scoping.ethics.impact import Impact
from scoping.ethics.legal_rules import standard_tree
from scoping.ethics.questions import of_project, standard_packs
from scoping.ethics.screening import Screened, screen
from scoping.section import Answer
from scoping.sections.ethics import AtLaunch, ChecklistItem, Ethics, ItemAnswer
from scoping.words import count, percent, short

_FEW = 3
"""Questions named in a sentence."""


def applies(question: Question, screened: Screened) -> bool:
    """Whether a question still has to be asked: some only make sense after a yes, or while the answer is not known."""
    return not question.after or any(name not in screened.no for name in question.after)


def _is_said(item: ChecklistItem) -> bool:
    return item.answer("answered") is not Answer.BLANK


def counts(item: ChecklistItem | None, question: Question) -> bool:
    """Whether an answer counts for a question: it was given to the same wording, and “does not apply” has a reason."""
    return item is not None and item.question == question.ask and points_of(item, question) is not None


def points_of(item: ChecklistItem, question: Question) -> int | None:
    """What an answer comes to; None while there is none that this version of the question takes.

    “Does not apply” comes to the fewest points: of risk none more, of mitigation no credit.
    """
    if item.answered is None:
        return None
    if item.answered is ItemAnswer.NOT_APPLICABLE:
        return question.lowest if item.note.strip() else None
    option = question.option(item.option if item.answered is ItemAnswer.OPTION else item.answered.value)
    return None if option is None else option.points


def _points(pack: Pack, items: Mapping[str, ChecklistItem], screened: Screened) -> dict[str, int]:
    """What each question comes to that has an answer; one that a no of the eight has answered comes to the fewest points."""
    by_question = {}
    for q in pack.questions:
        item = items.get(q.id)
        if item is not None and counts(item, q) and (points := points_of(item, q)) is not None:
            by_question[q.id] = points
        elif item is None and not applies(q, screened):
            by_question[q.id] = q.lowest
    return by_question


@dataclass(frozen=True)
class Covered:
    """One area of a framework: how many questions serve it, and how many of these have an answer."""

    framework: Framework
    area: str
    asked: int
    answered: int

    @property
    def name(self) -> str:
        return self.framework.areas[self.area]

    @property
    def lacks(self) -> str:
        """What is lacking, in words; "" when every question is answered."""
        if not self.asked:
            return "no question asks for it"
        left = self.asked - self.answered
        return f"{left} of {self.asked} not answered" if left else ""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something promised at the design, beside what was found of it at launch.

    Attributes:
        list: where it stands: the checklist or the obligations.
        found: None while it has not been asked again.
    """

    list: str
    id: str
    words: str
    promised: str
    found: AtLaunch | None
    note: str


@dataclass(frozen=True)
class Tally:
    """How many questions of the packs a project is asked, and how many of them have an answer that counts."""

    asked: int
    answered: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What the answers of one ethics step come to. It is judged once and asked by page, rules, words and files.

    Attributes:
        screened: the answers to the eight questions.
        items: the answers of the packs by question.
        pack: the pack that gives the level.
        impact: the impact as it stands at the design.
        legal: where the answers to the decision tree lead.
        due: what level and class demand.
    """

    ethics: Ethics
    screened: Screened
    bank: Bank
    items: Mapping[str, ChecklistItem]
    pack: Pack
    impact: Impact
    legal: legal_class.Found
    due: tuple[demands.Due, ...]

    @cached_property
    def is_called_for(self) -> bool:
        """Whether the long questions are: the eight or the law say that it may be a high risk, or somebody has begun them."""
        return self.screened.may_be_high or self._law_may_say_high or bool(self.impact.answered)

    @property
    def _law_may_say_high(self) -> bool:
        """Whether a class is high, or may be once everything was asked; half-way through the tree nothing is said yet."""
        return self.legal.is_asked and self.legal.next is None and any(c.is_high for c in self.legal.classes)

    @property
    def is_high(self) -> bool:
        """Whether the eight, the law or the level say high for certain."""
        return self.screened.is_high or self.impact.is_high or self.legal.is_high

    @property
    def may_be_high(self) -> bool:
        """Whether any of them still may."""
        return self.screened.may_be_high or self._law_may_say_high or self.impact.may_be_high

    @property
    def wants_class(self) -> bool:
        """Whether the legal class has to be known: an answer gives a reason, or somebody began to look for it."""
        return bool(self.screened.reasons) or self.legal.is_asked

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that the project is asked: none before the long questions are called for; then the one that gives the level,
        those that the project brings, and those in which it answered something."""
        if not self.is_called_for:
            return ()
        begun = {self.bank.asked[i.id].pack.id for i in self.ethics.checklist if i.id in self.bank.asked and _is_said(i)}
        own = {p.id for p in self.bank.packs} - {p.id for p in standard_packs()}
        return tuple(p for p in self.bank.packs_asked(self.pack) if p.id == self.pack.id or p.id in begun | own)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that apply: those of its packs, but for what a no of the eight has answered already."""
        every = (q for p in self.packs for q in p.questions)
        return tuple(q for q in every if q.id in self.items or applies(q, self.screened))

    @cached_property
    def deciding(self) -> tuple[Question, ...]:
        """Those that decide the level, the ones that narrow it most first; none once it stands, or before it is called for."""
        return ethics_impact.to_decide(self.impact) if self.is_called_for else ()

    @cached_property
    def tally(self) -> Tally:
        """The one count of its questions."""
        said = [self.items[q.id] for q in self.asked if q.id in self.items]
        unknown = sum(i.answer("answered") is Answer.UNKNOWN for i in said)
        return Tally(len(self.asked), sum(counts(self.items.get(q.id), q) for q in self.asked), unknown)

    @property
    def depth_words(self) -> str:
        """What is left of the long questions; how many there are says nothing, for most never have to be answered."""
        left, unknown = len(self.deciding), self.tally.unknown
        said = f"{count(left, 'question is', 'questions are')} open" if left else "Enough is answered"
        return f"{said}; {unknown} not known yet" if unknown else said

    @cached_property
    def certain(self) -> tuple[demands.Demand, ...]:
        """The demands that hold whatever is still unknown."""
        return tuple(d.demand for d in self.due if d.is_certain)

    @cached_property
    def left(self) -> tuple[demands.Demand, ...]:
        """The certain demands that nobody has taken on as an obligation."""
        taken = {o.id for o in self.ethics.obligations}
        return tuple(d for d in self.certain if d.id not in taken)

    @property
    def due_words(self) -> str:
        """How many demands there are, and how many of the certain ones are taken on: "17 certain, 2 of them taken on, 3 possible"."""
        certain, possible = len(self.certain), len(self.due) - len(self.certain)
        taken = certain - len(self.left)
        told = ([f"{taken} of them taken on"] if taken else []) + ([f"{possible} possible"] if possible else [])
        return ", ".join([f"{certain} certain", *told])

    @cached_property
    def at_launch(self) -> Impact:
        """The impact once only those measures count that were found kept at launch; those not asked again may still be either."""
        points = _points(self.pack, self.items, self.screened)
        for area in self.pack.areas:
            for q in area.questions if area.counts is Counts.MITIGATION else ():
                if points.get(q.id, q.lowest) == q.lowest:
                    continue
                if self.items[q.id].at_launch is AtLaunch.NOT_KEPT:
                    points[q.id] = q.lowest
                elif self.items[q.id].at_launch is None:
                    del points[q.id]
        return ethics_impact.assess(self.pack, points)

    @cached_property
    def coverage(self) -> tuple[Covered, ...]:
        """How far each framework is covered, area by area, by the questions that a closer look asks."""
        asked: dict[tuple[str, str], list[bool]] = {}
        for pack in self.bank.packs_asked(self.pack):
            for question in pack.questions:
                for place in question.frameworks:
                    asked.setdefault(place, []).append(counts(self.items.get(question.id), question))
        return tuple(
            Covered(f, area, len(answered), sum(answered))
            for f in self.bank.frameworks
            for area in f.areas
            for answered in (asked.get((f.id, area), []),)
        )

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What the team promised: measures that count for the level, and obligations it took on."""
        measures = [q for a in self.pack.areas if a.counts is Counts.MITIGATION for q in a.questions]
        points = _points(self.pack, self.items, self.screened)
        kept = [self.items[q.id] for q in measures if points.get(q.id, q.lowest) > q.lowest]
        return (
            *(
                Promise(list="checklist", id=i.id, words=i.question, promised=i.note, found=i.at_launch, note=i.launch_note)
                for i in kept
            ),
            *(
                Promise(
                    list="obligations",
                    id=o.id,
                    words=o.title,
                    promised=o.state.label if o.state else "",
                    found=o.at_launch,
                    note=o.launch_note,
                )
                for o in self.ethics.obligations
            ),
        )


@lru_cache(maxsize=64)
def of(ethics: Ethics) -> Consequences:
    """What the step comes to. Its value holds everything that decides, its own packs included, so it is the key as well."""
    bank, items = of_project(ethics), {item.id: item for item in ethics.checklist}
    answered = {q.id for p in bank.scored for q in p.questions if counts(items.get(q.id), q)}
    pack = bank.impact_pack(ethics.impact_pack, answered)
    screened, legal = screen(ethics), _legal(ethics)
    impact = ethics_impact.assess(pack, _points(pack, items, screened), answered)
    return Consequences(
        ethics=ethics,
        screened=screened,
        bank=bank,
        items=items,
        pack=pack,
        impact=impact,
        legal=legal,
        due=demands.due(standard_demands(), impact, legal),
    )


def _legal(ethics: Ethics) -> legal_class.Found:
    """Where the answers to the decision tree lead; one that was given to an earlier wording does not count."""
    tree = standard_tree()
    given = {s.id: s for s in ethics.legal_path if s.id in tree.nodes and (s.chosen or s.unknown)}
    return legal_class.find(tree, {i: s.chosen if s.question == tree.nodes[i].ask else "" for i, s in given.items()})


def level_words(impact: Impact) -> str:
    """The level, or between which ones it lies."""
    if not impact.answered:
        return "Not asked yet"
    low, high = impact.levels[0], impact.levels[-1]
    return f"Level {low.id}: {low.name.lower()}" if low == high else f"Between level {low.id} and level {high.id}"


def risk_words(judged: Consequences) -> str:
    """How large the risk is: by the level where somebody looked closer, by the eight questions otherwise."""
    if judged.impact.answered:
        return level_words(judged.impact)
    by_law = judged.screened.yes and judged.screened.is_answered and judged.legal.next is None and not judged.may_be_high
    return "Low risk by the eight questions and the law" if by_law else screening.words(judged.screened)


def class_words(legal: legal_class.Found) -> str:
    """The class, or which ones are possible."""
    if not legal.is_asked:
        return "Not asked yet"
    if legal.result:
        return legal.result.words
    return "Not certain; possible are: " + ", ".join(c.name for c in legal.classes)


def score_words(impact: Impact) -> str:
    """Score, share and the points at which levels end, side by side."""
    limits = [f"{level.id} up to {limit:g}" for level in impact.scale.levels if (limit := impact.limit(level)) is not None]
    return f"{impact.score.words} of {count(impact.most_risk, 'point')}, {share_words(impact)}; levels end at: {', '.join(limits)}"


def share_words(impact: Impact) -> str:
    """The share of the most risk points, from the least to the most that unknown answers leave possible."""
    low, high = (percent(impact.per_cent(points) / 100) for points in (impact.score.low, impact.score.high))
    return low if impact.score.is_point else f"{low} to {high}"


def decide_words(impact: Impact) -> str:
    """Which questions would decide the level; "" when it stands."""
    deciding = ethics_impact.to_decide(impact)
    if not deciding:
        return ""
    named = "; ".join(f"“{short(q.ask, 80)}”" for q in deciding[:_FEW])
    more = f" and {len(deciding) - _FEW} more" if len(deciding) > _FEW else ""
    return f"These narrow it most: {named}{more}."
