"""Rules that need two parts of a charter: what one promises and another must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from scoping.charter import PARTS, Charter, about_rejected
from scoping.errors import PackError
from scoping.ethics import consequences, settling
from scoping.ethics.bank import Counts
from scoping.ethics.consequences import Consequences
from scoping.ethics.questions import of_project, own_packs
from scoping.ethics.state import EthicsKind, state
from scoping.feasibility.doubts import above_people
from scoping.findings import Finding, advice
from scoping.judged import Judged
from scoping.section import Record, Section
from scoping.sections.data_sources import DataSources
from scoping.sections.ethics import Ethics, ItemAnswer, no_reason
from scoping.sections.feasibility import Check, Feasibility
from scoping.sections.milestones import Family, Milestones, Target
from scoping.sections.problems import Problems
from scoping.sections.project import Project
from scoping.sections.solutions import Solutions, chosen
from scoping.sections.value import Amount, Rung, Value, is_ordered
from scoping.signing.conditions import Condition, conditions
from scoping.words import measured, percent, short


def _every_problem_has_an_idea(problems: Problems, solutions: Solutions) -> list[Finding]:
    answered = {p for s in solutions.solutions for p in s.problems}
    return [
        advice("solutions.unanswered", f"No idea answers the problem “{short(p.title, 60)}” yet.", p.id)
        for p in problems.problems
        if solutions.solutions and p.id not in answered
    ]


def _business_targets_stand_on_the_ladder(value: Value, milestones: Milestones) -> list[Finding]:
    rungs = {r.metric.strip().casefold() for r in value.rungs if r.metric.strip()}
    if not rungs:
        return []
    return [
        advice(
            "milestones.off_ladder",
            f"The business target “{short(t.title, 60)}” is no step of the ladder that both sides agreed on.",
            t.id,
        )
        for t in milestones.targets
        if t.family is Family.BUSINESS and t.metric.strip() and t.metric.strip().casefold() not in rungs
    ]


def _money_can_be_added_up(project: Project, value: Value, data_sources: DataSources, milestones: Milestones) -> list[Finding]:
    used = {a.currency for a in (*value.benefits, *value.costs) if (a.low, a.likely, a.high) != (None, None, None)}
    used |= {s.currency for s in data_sources.sources if s.cost}
    used |= {m.currency for m in milestones.milestones if m.money}
    without = sorted(used - {project.currency} - {r.foreign for r in value.rates if r.rate})
    if not without:
        return []
    return [
        advice(
            "value.currencies",
            f"Amounts are in {' and '.join(without)}, the project counts in {project.currency}. Add exchange rates, or agree on one currency.",
        )
    ]


def _value_can_be_worked_out(charter: Charter) -> list[Finding]:
    """What the calculation leaves out, at the record that can cure it; ranges out of order and circles keep from signing anyway."""
    from scoping.value.valuation import valuation  # with numpy, which nothing else here needs

    worth = valuation(charter)
    lists: dict[str, tuple[Record, ...]] = {
        "value.rungs": charter.value.rungs,
        "value.benefits": charter.value.benefits,
        "value.costs": charter.value.costs,
        "data_sources.sources": charter.data_sources.sources,
        "milestones.milestones": charter.milestones.milestones,
    }
    records = {(ref, row.id): row for ref, rows in lists.items() for row in rows}
    findings = []
    for problem in worth.problems:
        row = records[problem.ref, problem.record]
        if isinstance(row, Rung | Amount) and not is_ordered(row):
            continue
        if problem.ref == "value.rungs" and problem.record in worth.ladder.in_circles:
            continue
        findings.append(advice(f"{problem.ref.split('.', 1)[0]}.left_out", problem.about(row.title), row.id))
    return findings


def _target_words(target: Target) -> str:
    return measured(target.target or 0, target.unit)


def _precision_targets_pay(value: Value, milestones: Milestones) -> list[Finding]:
    if not value.stakes:
        return []
    from scoping.value.errors import below_break_even

    return [
        advice(
            "milestones.below_break_even",
            f"The target “{short(target.metric, 50)}” of {_target_words(target)} lies below the {percent(one.needs or 0, 1)} "
            f"from which “{short(one.row.title, 50)}” pays. Raise it, or look at the costs again.",
            target.id,
        )
        for one, target in below_break_even(value, milestones)
    ]


def _ethics_is_known(ethics: Ethics) -> Iterator[Finding]:
    """A level or class that is not certain is said to be so, also where it keeps nobody from signing."""
    if ethics == Ethics():
        return  # its own review says what an empty step lacks
    judged = consequences.of(ethics)
    if judged.is_called_for:
        yield from settling.level(judged)
    if judged.wants_class:
        yield from settling.legal_class(judged)
    yield from settling.unpromised(judged)
    yield from _questions_are_answered(judged)
    yield from settling.left_demands(judged)


def _questions_are_answered(judged: Consequences) -> Iterator[Finding]:
    """Once somebody looks closer: the questions that the project keeps and nobody has answered, by the one count of them."""
    tally = judged.tally
    if tally.unknown:
        have = "question has" if tally.unknown == 1 else "questions have"
        yield advice("ethics.checklist_unknown", f"{tally.unknown} {have} no known answer yet. Find out before launch.")


def _clearance_is_earned(ethics: Ethics) -> list[Finding]:
    """A name and a date clear nothing while something is left to settle."""
    if not (ethics.cleared_by.strip() or ethics.cleared_on):
        return []
    now = state(ethics)
    if now.kind is EthicsKind.CLEARED:
        return []
    return [advice("ethics.cleared_early", f"Ethics is marked as cleared and counts as not cleared: {now.words}")]


def _a_worrying_no_has_a_reason(ethics: Ethics) -> list[Finding]:
    """A no to a question of which yes is the good answer says why; to measures that give points, the points say it."""
    worried = [i for i in ethics.checklist if i.answered is ItemAnswer.NO and not i.note.strip()]
    if not worried:
        return []
    asked = of_project(ethics).asked
    return [
        no_reason(i)
        for i in worried
        if i.id not in asked or (asked[i.id].question.good == "yes" and asked[i.id].area.counts is Counts.NOTHING)
    ]


def _question_packs_can_be_read(ethics: Ethics) -> list[Finding]:
    if not ethics.question_packs:
        return []
    return [
        advice(
            "ethics.pack_unreadable", f"A question pack asks nothing, because it cannot be read: {short(pack.message, 200)}", name
        )
        for name, pack in own_packs(ethics.question_packs).items()
        if isinstance(pack, PackError)
    ]


def _groups_are_served_by_a_target(ethics: Ethics, milestones: Milestones) -> list[Finding]:
    targets = {t.id for t in milestones.targets}
    return [
        advice(
            "ethics.group_unproved",
            f"No milestone proves that “{short(g.title, 60)}” is served. Set a target for that group.",
            g.id,
        )
        for g in ethics.groups
        if g.gap is not None and g.target not in targets
    ]


def _targets_are_within_reach(
    solutions: Solutions, feasibility: Feasibility, data_sources: DataSources, milestones: Milestones
) -> Iterator[Finding]:
    """Targets that the evidence makes doubtful; calculators are loaded only where there is something to hold targets against."""
    if not any(t.family is Family.ML and t.target is not None for t in milestones.targets):
        return
    doubted = []
    if feasibility.slices or any(e.check is Check.HLP and e.value is not None for e in feasibility.evidence):
        doubted += [("milestones.above_people", *doubt) for doubt in above_people(chosen(solutions), feasibility, milestones)]
    if data_sources.learning_points:
        from scoping.data_sources.enough import below_curve

        doubted += [("milestones.below_curve", *doubt) for doubt in below_curve(data_sources, milestones)]
    for code, target, why in doubted:
        yield advice(code, f"The target “{short(target.title, 50)}” is doubtful: {why}.", target.id)


@dataclass(frozen=True)
class Overview:
    """What can be said about a charter at a glance.

    Attributes:
        findings: advice about all parts and by the rules between them, in the order of the parts.
        conditions: the sixteen, with what is missing of each.
        judged: what it was made of, for the charter after the next change.
    """

    findings: tuple[Finding, ...]
    conditions: tuple[Condition, ...]
    judged: Judged = field(repr=False, compare=False)

    @property
    def met(self) -> int:
        """How many of the sixteen conditions are met."""
        return sum(c.is_met for c in self.conditions)

    @property
    def is_draft(self) -> bool:
        """Whether something is missing to sign."""
        return not all(c.is_met for c in self.conditions)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """All that is missing to sign, in the order of the conditions; what two of them miss stands once."""
        by_place: dict[tuple[str, str], Finding] = {}
        for condition in self.conditions:
            for finding in condition.missing:
                by_place.setdefault((finding.code, finding.record), finding)
        return tuple(by_place.values())

    @property
    def missing_words(self) -> tuple[str, ...]:
        """The first thing that each open condition misses: there are as many as conditions that are not met."""
        return tuple(condition.missing[0].message for condition in self.conditions if condition.missing)

    def is_done(self, slug: str) -> bool:
        """Whether nothing of a step is missing to sign."""
        return not any(finding.part == slug for finding in self.missing)

    def of(self, slug: str) -> Sequence[Finding]:
        """The advice on one part."""
        return self._by_part.get(slug, ())

    @cached_property
    def _by_part(self) -> Mapping[str, Sequence[Finding]]:
        return {slug: tuple(found) for slug, found in groupby(self.findings, key=lambda f: f.part)}


def _broken_links(section: Section, charter: Charter) -> Iterator[Finding]:
    """Answers of a part that refer to records which were removed: they look answered and say nothing."""
    for name, entries in section.lists.items():
        for spec in entries.questions:
            if not spec.refers_to:
                continue
            slug, list_name = spec.refers_to.split(".")
            known = {row.id for row in getattr(charter.part(slug), list_name)}
            for row in getattr(charter.part(section.slug), name):
                if not known >= _linked(getattr(row, spec.name)):
                    yield advice(
                        f"{section.slug}.removed_link",
                        f"“{short(row.title, 60)}” refers to an entry that was removed ({spec.label}). Choose another one.",
                        row.id,
                        spec.name,
                    )


def _linked(answer: str | tuple[str, ...]) -> set[str]:
    return set(answer) if isinstance(answer, tuple) else {answer} - {""}


@dataclass(frozen=True)
class Rule:
    """A rule on parts of a charter, and the slugs of those that it reads."""

    reads: tuple[str, ...]
    tells: Callable[[Charter], Iterable[Finding]]

    def findings(self, charter: Charter) -> tuple[Finding, ...]:
        return tuple(self.tells(charter))


BETWEEN_PARTS = (
    Rule(("problems", "solutions"), lambda c: _every_problem_has_an_idea(c.problems, c.solutions)),
    Rule(("value", "milestones"), lambda c: _business_targets_stand_on_the_ladder(c.value, c.milestones)),
    Rule(
        ("project", "value", "data_sources", "milestones"),
        lambda c: _money_can_be_added_up(c.project, c.value, c.data_sources, c.milestones),
    ),
    Rule(("project", "solutions", "value", "data_sources", "milestones"), _value_can_be_worked_out),
    Rule(("value", "milestones"), lambda c: _precision_targets_pay(c.value, c.milestones)),
    Rule(("ethics",), lambda c: _ethics_is_known(c.ethics)),
    Rule(("ethics",), lambda c: _clearance_is_earned(c.ethics)),
    Rule(("ethics",), lambda c: _a_worrying_no_has_a_reason(c.ethics)),
    Rule(("ethics",), lambda c: _question_packs_can_be_read(c.ethics)),
    Rule(("ethics", "milestones"), lambda c: _groups_are_served_by_a_target(c.ethics, c.milestones)),
    Rule(
        ("solutions", "feasibility", "data_sources", "milestones"),
        lambda c: _targets_are_within_reach(c.solutions, c.feasibility, c.data_sources, c.milestones),
    ),
)
"""What one part promises and another must hold; each finding stands under the part that can cure it."""


def _own(section: Section) -> Rule:
    return Rule((section.slug,), lambda charter: section.review(charter.part(section.slug)))


def _links(section: Section) -> Rule:
    linked = {q.refers_to.split(".")[0] for entries in section.lists.values() for q in entries.questions if q.refers_to}
    return Rule((section.slug, *sorted(linked - {section.slug})), lambda charter: _broken_links(section, charter))


RULES = (*map(_own, PARTS), *BETWEEN_PARTS, *map(_links, PARTS))
"""All that gives advice."""


def overview(charter: Charter, before: Overview | None = None) -> Overview:
    """What is missing to sign a charter, and advice on its parts.

    Args:
        before: that of the charter before a change; what its unchanged parts came to is not worked out again.
    """
    judged = Judged(charter, before.judged.kept if before else {})
    told = [f for rule in RULES for f in judged.once(rule, rule.reads, rule.findings)]
    to_sign = conditions(charter, lambda rule: judged.once(rule, (rule.part, *rule.also), rule.lacks))
    rejected = judged.once(about_rejected, ("solutions", "feasibility"), about_rejected)
    asked = {(f.code, f.record) for c in to_sign for f in c.missing}
    order = {part.slug: i for i, part in enumerate(PARTS)}
    left = [f for f in told if (f.code, f.record) not in asked and f.record not in rejected]
    return Overview(tuple(sorted(left, key=lambda f: order[f.part])), to_sign, judged)
