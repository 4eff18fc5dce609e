"""The ethics step told for reading: level with band, class with path, what is lacking, what was promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scoping.blocks import Block, Facts, Missing, Paragraph, Table
from scoping.content.screening import SCREENING
from scoping.ethics import consequences, impact, screening, settling
from scoping.ethics import state as ethics_state
from scoping.ethics.consequences import Consequences
from scoping.ethics.legal_rules import standard_tree
from scoping.sections.ethics import (
    ChecklistItem,
    Concern,
    Ethics,
    ItemAnswer,
    Judgement,
    LegalAnswer,
    ObligationState,
    Outcome,
    Risk,
    is_open,
    risk_left,
    risk_level,
)

NO_OFFICIAL = "This is the team's own estimate in the manner of public assessments, not an official one, and no legal advice."


def outcome(ethics: Ethics) -> list[Block]:
    """What the step comes to: the eight answers, level and class where they are called for, concerns, risks, promises."""
    judged = consequences.of(ethics)
    legal = judged.legal
    now = ethics_state.state(ethics)
    facts = [
        ("State of ethics", now.label),
        ("Because", now.reason),
        ("Risk", consequences.risk_words(judged)),
        *(_level(judged) if judged.is_called_for else ()),
    ]
    if judged.wants_class:
        facts += [("Legal class", consequences.class_words(legal)), ("Rules", f"{legal.tree.title}, version {legal.tree.version}")]
    if handed := settling.handed_words(ethics):
        facts.append(("Handed over to", handed))
    facts += [
        ("Concerns", concerns_words(ethics.concerns)),
        ("Risks that remain", risks_words(ethics.risks)),
        ("Promises", obligations_words(ethics)),
    ]
    return [
        Facts(tuple(facts), "What it comes to"),
        _eight(ethics),
        *(_doubts(judged) if judged.is_called_for else ()),
        *(
            [Missing("Which class of the law it falls into is not looked for yet.")]
            if judged.wants_class and not legal.is_asked
            else []
        ),
        *([Paragraph(NO_OFFICIAL)] if judged.wants_class or judged.is_called_for else []),
    ]


def _level(judged: Consequences) -> list[tuple[str, str]]:
    assessed = judged.impact
    told = [
        ("The level comes from", f"{assessed.pack.title}, version {assessed.pack.version}"),
        ("Questions in depth", judged.depth_words),
    ]
    if not assessed.answered:
        return told
    told += [
        ("Score", consequences.score_words(assessed)),
        ("Risk points", f"{assessed.risk.words} of {assessed.most_risk}"),
    ]
    if assessed.most_mitigation:
        told.append(("Points of what is done", f"{assessed.mitigation.words} of {assessed.most_mitigation}"))
    return told


def _doubts(judged: Consequences) -> list[Block]:
    assessed = judged.impact
    if not assessed.answered:
        return [Missing("How large the impact on people may be is not looked at yet.")]
    decide = consequences.decide_words(assessed)
    return [
        *(Paragraph(sentence) for sentence in impact.remarks(assessed)),
        *([Missing(f"The impact level is not certain. {decide}")] if decide else []),
        *_areas(assessed),
    ]


def _eight(ethics: Ethics) -> Block:
    """The eight questions with their answers, and the promise that keeps a yes harmless."""
    rows = []
    for name, words in SCREENING.items():
        kept = "; ".join(f"{o.title} ({o.owner})" for o in screening.promises(ethics, name))
        rows.append((words.ask, screened_words(ethics, name), getattr(ethics, f"{name}_reason"), kept))
    return Table("Eight questions; a yes is a reason to look closer", ("Question", "Answer", "How", "Promise"), tuple(rows))


def screened_words(ethics: Ethics, name: str) -> str:
    """The answer to one of the eight in words."""
    said: Judgement | None = getattr(ethics, name)
    if said is None:
        return "Not known yet: counts as yes" if name in ethics.unknown else "Not answered yet"
    return "Yes, promised away" if said is Judgement.YES and screening.promises(ethics, name) else said.label


def _areas(assessed: impact.Impact) -> list[Block]:
    if not assessed.answered:
        return []
    rows = tuple(
        (a.area.name, a.points.words, str(a.area.maximum), f"{a.answered} of {len(a.area.questions)}") for a in assessed.areas
    )
    return [Table("Points by area", ("Area", "Points", "At most", "Answered"), rows)]


def concerns_words(concerns: Iterable[Concern]) -> str:
    """How many concerns are open, carried by a named person, or closed."""
    states = Counter(
        "open"
        if is_open(c) and not c.accepted_by.strip()
        else "open, accepted by name"
        if is_open(c)
        else (c.outcome or Outcome.OPEN).value
        for c in concerns
    )
    return ", ".join(f"{n} {state}" for state, n in states.items()) or "None noted"


def level_of(risk: Risk) -> str:
    """The level before anything is done, in words."""
    if risk.likelihood is None or risk.severity is None:
        return "Not rated"
    return risk_level(risk.likelihood, risk.severity).label


def left_of(risk: Risk) -> str:
    """The level that remains in words."""
    left = risk_left(risk)
    return "Not said" if left is None else left.label


def risks_words(risks: Iterable[Risk]) -> str:
    """How many risks remain at which level; one whose rest nobody rated is not taken for a small one."""
    return ", ".join(f"{n} {level.lower()}" for level, n in Counter(map(left_of, risks)).items()) or "None noted"


def obligations_words(ethics: Ethics) -> str:
    """How many obligations are in which state, and how many follow from level and class and nobody took on."""
    states = Counter((o.state or ObligationState.TO_DO).label.lower() for o in ethics.obligations)
    left = len(consequences.of(ethics).left)
    words = [f"{n} {state}" for state, n in states.items()]
    return ", ".join([*words, *([f"{left} demanded and not taken on"] if left else [])]) or "None"


def answer_words(item: ChecklistItem) -> str:
    """The answer to a question in the words it was given; "" while there is none."""
    if item.answered is ItemAnswer.OPTION:
        return item.option_words
    return item.answered.label if item.answered else ""


def in_tree_order(path: Iterable[LegalAnswer]) -> list[LegalAnswer]:
    """The answers in the order in which the tree asks; those of nodes it no longer has come last."""
    order = {name: i for i, name in enumerate(standard_tree().order)}
    return sorted(path, key=lambda step: order.get(step.id, len(order)))


def promises(ethics: Ethics) -> list[Block]:
    """What was promised at the design beside what was found at launch."""
    rows = tuple(
        (p.words, p.promised, p.found.label if p.found else "Not asked yet", p.note) for p in consequences.of(ethics).promises
    )
    headers = ("Promised at the design", "How", "At launch", "What was found")
    return [Table("Promises, asked again at launch", headers, rows)] if rows else []


def coverage(ethics: Ethics) -> list[Block]:
    """What each framework still lacks, in one row per framework; nothing before somebody looks closer."""
    judged = consequences.of(ethics)
    if not judged.packs:
        return []
    covered = judged.coverage
    rows = []
    for framework in dict.fromkeys(c.framework for c in covered):
        own = [c for c in covered if c.framework == framework]
        lacking = [f"{c.name} ({c.lacks})" for c in own if c.lacks]
        rows.append((framework.title, f"{sum(not c.lacks for c in own)} of {len(own)}", "; ".join(lacking) or "nothing"))
    return [Table("Coverage of frameworks", ("Framework", "Areas covered", "Still lacking"), tuple(rows))]
