"""What the ethics step comes to: impact level, legal class, coverage of frameworks, what is demanded, what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoping import demands, impact, legal_class
from scoping.bank import Bank, Counts, Framework, Pack, Question
from scoping.content.demands import standard_demands
from scoping.content.legal_rules import standard_tree
from scoping.content.questions import of_project
from scoping.section import short
from scoping.sections.ethics import AtLaunch, ChecklistItem, Ethics, ItemAnswer

_FEW = 3
"""Questions named in a sentence."""


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


def _points(pack: Pack, items: Mapping[str, ChecklistItem]) -> dict[str, int]:
    found = {}
    for q in pack.questions:
        item = items.get(q.id)
        if item is not None and counts(item, q) and (points := points_of(item, q)) is not None:
            found[q.id] = points
    return found


def by_id(ethics: Ethics) -> dict[str, ChecklistItem]:
    """The answers of a project by question."""
    return {item.id: item for item in ethics.checklist}


def impact_of(ethics: Ethics) -> impact.Impact:
    """The impact as it stands at the design."""
    pack = of_project(ethics).impact_pack(ethics.impact_pack)
    return impact.assess(pack, _points(pack, by_id(ethics)))


def impact_at_launch(ethics: Ethics) -> impact.Impact:
    """The impact once only those measures count that were found kept at launch; those not asked again may still be either."""
    pack = of_project(ethics).impact_pack(ethics.impact_pack)
    items = by_id(ethics)
    points = _points(pack, items)
    for area in pack.areas:
        for q in area.questions if area.counts is Counts.MITIGATION else ():
            if points.get(q.id, q.lowest) == q.lowest:
                continue
            if items[q.id].at_launch is AtLaunch.NOT_KEPT:
                points[q.id] = q.lowest
            elif items[q.id].at_launch is None:
                del points[q.id]
    return impact.assess(pack, points)


def legal_of(ethics: Ethics) -> legal_class.Found:
    """Where the answers to the decision tree lead; one that was given to an earlier wording does not count."""
    tree = standard_tree()
    given = {s.id: s for s in ethics.legal_path if s.id in tree.nodes and (s.chosen or s.unknown)}
    return legal_class.find(tree, {i: s.chosen if s.question == tree.nodes[i].ask else "" for i, s in given.items()})


def due_of(ethics: Ethics) -> tuple[demands.Due, ...]:
    """What level and class demand."""
    return demands.due(standard_demands(), impact_of(ethics), legal_of(ethics))


def level_words(found: impact.Impact) -> str:
    """The level, or between which ones it lies."""
    if not found.answered:
        return "Not asked yet"
    low, high = found.levels[0], found.levels[-1]
    return f"Level {low.id}: {low.name.lower()}" if low == high else f"Between level {low.id} and level {high.id}"


def class_words(found: legal_class.Found) -> str:
    """The class, or which ones are possible."""
    if not found.is_asked:
        return "Not asked yet"
    if found.result:
        return found.result.words
    return "Not certain; possible are: " + ", ".join(c.name for c in found.classes)


def score_words(found: impact.Impact) -> str:
    """Score, share and the points at which levels end, side by side."""
    low, high = found.score.low, found.score.high
    share = f"{found.per_cent(low):.0f} %" if low == high else f"{found.per_cent(low):.0f} to {found.per_cent(high):.0f} %"
    limits = [f"{level.id} up to {limit:g}" for level in found.scale.levels if (limit := found.limit(level)) is not None]
    return f"{found.score.words} of {found.most_risk} points, {share}; levels end at: {', '.join(limits)}"


def decide_words(found: impact.Impact) -> str:
    """Which questions would decide the level; "" when it stands."""
    deciding = impact.to_decide(found)
    if not deciding:
        return ""
    named = "; ".join(f"“{short(q.ask, 80)}”" for q in deciding[:_FEW])
    more = f" and {len(deciding) - _FEW} more" if len(deciding) > _FEW else ""
    return f"These narrow it most: {named}{more}."


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


def coverage(ethics: Ethics) -> list[Covered]:
    """How far each framework is covered, area by area, by the questions that this project is asked."""
    bank = of_project(ethics)
    items = by_id(ethics)
    asked: dict[tuple[str, str], list[bool]] = {}
    for question in asked_of(bank, ethics):
        for place in question.frameworks:
            asked.setdefault(place, []).append(counts(items.get(question.id), question))
    return [
        Covered(f, area, len(found), sum(found))
        for f in bank.frameworks
        for area in f.areas
        for found in (asked.get((f.id, area), []),)
    ]


def asked_of(bank: Bank, ethics: Ethics) -> Iterator[Question]:
    """Every question that a project is asked."""
    for pack in bank.packs_asked(ethics.impact_pack):
        yield from pack.questions


@dataclass(frozen=True)
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


def promises(ethics: Ethics) -> tuple[Promise, ...]:
    """What the team promised: measures that count for the level, and obligations it took on."""
    bank = of_project(ethics)
    items = by_id(ethics)
    pack = bank.impact_pack(ethics.impact_pack)
    measures = [q for a in pack.areas if a.counts is Counts.MITIGATION for q in a.questions]
    points = _points(pack, items)
    kept = [items[q.id] for q in measures if points.get(q.id, q.lowest) > q.lowest]
    return (
        *(Promise("checklist", i.id, i.question, i.note, i.at_launch, i.launch_note) for i in kept),
        *(
            Promise("obligations", o.id, o.title, o.state.label if o.state else "", o.at_launch, o.launch_note)
            for o in ethics.obligations
        ),
    )
