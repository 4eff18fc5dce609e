"""Rules that need two parts of a charter: what one promises and another must hold."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from scoping.answers import number_words
from scoping.section import Finding, advice, blocker, short
from scoping.sections.data_sources import DataSources
from scoping.sections.ethics import Ethics, ItemAnswer, ObligationState
from scoping.sections.feasibility import Check, Feasibility, Grade, Opinion, checks_for
from scoping.sections.milestones import Family, Milestones
from scoping.sections.problems import Problems
from scoping.sections.project import Project
from scoping.sections.rollout import Automation, Rollout
from scoping.sections.solutions import Approach, Solutions, chosen
from scoping.sections.value import Amount, Rung, Value, is_ordered


def review(  # noqa: PLR0913  every one is named where it is given
    *,
    project: Project,
    problems: Problems,
    solutions: Solutions,
    feasibility: Feasibility,
    value: Value,
    ethics: Ethics,
    data_sources: DataSources,
    milestones: Milestones,
    rollout: Rollout,
    **_: Any,
) -> list[Finding]:
    """The findings of all rules between parts, each under the part that can cure it."""
    return [
        *_every_problem_has_an_idea(problems, solutions),
        *_chosen_solution_is_judged(solutions, feasibility),
        *_business_targets_stand_on_the_ladder(value, milestones),
        *_money_can_be_added_up(project, value, data_sources, milestones),
        *_value_can_be_worked_out(project, solutions, value, data_sources, milestones),
        *_precision_targets_pay(value, milestones),
        *_level_and_class_are_known(ethics),
        *_a_worrying_no_has_a_reason(ethics),
        *_demands_are_taken_on(ethics, rollout),
        *_question_packs_can_be_read(ethics),
        *_groups_are_served_by_a_target(ethics, milestones),
        *_targets_are_within_reach(solutions, feasibility, data_sources, milestones),
    ]


def missing_checks(solutions: Solutions, feasibility: Feasibility) -> list[Check]:
    """The checks of the 2x2 that the chosen solution needs and that have no evidence yet. An empty card is no evidence."""
    one = chosen(solutions)
    if one is None or one.approach is not Approach.ML:
        return []
    done = {e.check for e in feasibility.evidence if e.solution == one.id and (e.finding.strip() or e.value is not None)}
    done |= {Check.BENCHMARK for b in feasibility.benchmarks if b.solution in ("", one.id) and b.value is not None}
    return [check for check in checks_for(one.data, one.novelty) if check not in done]


def _every_problem_has_an_idea(problems: Problems, solutions: Solutions) -> list[Finding]:
    answered = {p for s in solutions.solutions for p in s.problems}
    return [
        advice("solutions.unanswered", f"No idea answers the problem “{short(p.title, 60)}” yet.", p.id)
        for p in problems.problems
        if solutions.solutions and p.id not in answered
    ]


def _chosen_solution_is_judged(solutions: Solutions, feasibility: Feasibility) -> list[Finding]:
    one = chosen(solutions)
    if one is None:
        return []
    found = [
        advice("feasibility.check_missing", f"“{short(one.title, 50)}” still needs the check: {check.label}.")
        for check in missing_checks(solutions, feasibility)
    ]
    strong = {e.solution for e in feasibility.evidence if e.grade not in (None, Grade.OPINION)}
    if strong and one.id not in strong:
        found.append(
            blocker(
                "feasibility.no_evidence_for_choice",
                f"No evidence but opinion speaks about “{short(one.title, 60)}”. Link or add one.",
            )
        )
    verdicts = [v for v in feasibility.verdicts if v.solution == one.id]
    if not any(v.opinion for v in verdicts):
        found.append(blocker("feasibility.no_verdict", f"State a verdict on “{short(one.title, 60)}”: can it work, and why?"))
    for v in verdicts:
        if v.opinion in (Opinion.NOT_FEASIBLE, Opinion.TOO_LITTLE):
            found.append(
                blocker(
                    "feasibility.verdict",
                    f"The verdict on “{short(one.title, 50)}” is: {v.opinion.label.lower()}. Collect evidence or choose another idea.",
                    v.id,
                )
            )
    return found


def _business_targets_stand_on_the_ladder(value: Value, milestones: Milestones) -> list[Finding]:
    rungs = {r.metric.strip().casefold() for r in value.rungs if r.metric.strip()}
    if not rungs:
        return []
    return [
        advice(
            "milestones.off_ladder",
            f"The business target “{short(t.title, 60)}” is no rung of the metric ladder that both sides agreed on.",
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


def _value_can_be_worked_out(
    project: Project, solutions: Solutions, value: Value, data_sources: DataSources, milestones: Milestones
) -> list[Finding]:
    """What the calculation leaves out, at the record that can cure it; ranges out of order are told by the value step."""
    from scoping.valuation import valuation  # with numpy, which nothing else here needs

    parts = {"project": project, "solutions": solutions, "value": value, "data_sources": data_sources, "milestones": milestones}
    worth = valuation(SimpleNamespace(part=parts.__getitem__))
    records = {
        (f"{slug}.{name}", row.id): row
        for slug, name in (
            ("value", "rungs"),
            ("value", "benefits"),
            ("value", "costs"),
            ("data_sources", "sources"),
            ("milestones", "milestones"),
        )
        for row in getattr(parts[slug], name)
    }
    found = []
    for problem in worth.problems:
        row = records[problem.ref, problem.record]
        if isinstance(row, Rung | Amount) and not is_ordered(row):
            continue
        is_circle = problem.ref == "value.rungs" and problem.record in worth.ladder.in_circles
        rank, what = (blocker, "circle") if is_circle else (advice, "left_out")
        found.append(rank(f"{problem.ref.split('.', 1)[0]}.{what}", problem.about(row.title), row.id))
    return found


def _precision_targets_pay(value: Value, milestones: Milestones) -> list[Finding]:
    if not value.stakes:
        return []
    from scoping.valuation import below_break_even

    return [
        advice(
            "milestones.below_break_even",
            f"The target “{short(target.metric, 50)}” of {number_words(target.target or 0)}{target.unit.strip()} lies below the {one.needs or 0:.1%} "
            f"from which “{short(one.row.title, 50)}” pays. Raise it, or look at the costs again.",
            target.id,
        )
        for one, target in below_break_even(value, milestones)
    ]


def _level_and_class_are_known(ethics: Ethics) -> list[Finding]:
    """A level or class that is not certain is said to be so, and a prohibited practice stops the project."""
    if ethics == Ethics():
        return []  # its own review says what an empty step lacks
    from scoping import consequences  # with the question packs, which begin with the charter's own parts

    impact, legal = consequences.impact_of(ethics), consequences.legal_of(ethics)
    found = []
    if not impact.answered:
        found.append(advice("ethics.level_open", "No impact question is answered yet, so any impact level is possible."))
    elif impact.level is None:
        found.append(
            advice(
                "ethics.level_open",
                f"The impact level is not certain. {consequences.level_words(impact)}. {consequences.decide_words(impact)}",
            )
        )
    if not legal.is_asked:
        found.append(advice("ethics.class_open", "The legal class is not looked for yet. Go through the decision tree."))
    elif legal.is_certain("prohibited"):
        found.append(
            blocker("ethics.prohibited", "By the answers given this is a prohibited practice. Change the plan, or stop here.")
        )
    elif legal.result is None:
        names = ", ".join(c.name.lower() for c in legal.classes)
        found.append(advice("ethics.class_open", f"The legal class is not certain. Possible are: {names}."))
    return found


def _a_worrying_no_has_a_reason(ethics: Ethics) -> list[Finding]:
    """A no to a question of which yes is the good answer says why; to measures that give points, the points say it."""
    worried = [i for i in ethics.checklist if i.answered is ItemAnswer.NO and not i.note.strip()]
    if not worried:
        return []
    from scoping.bank import Counts
    from scoping.content.questions import of_project

    asked = of_project(ethics).asked
    return [
        advice("ethics.checklist_reason", f"Give a reason for the no to “{short(i.title, 70)}”.", i.id)
        for i in worried
        if i.id not in asked or (asked[i.id].question.good == "yes" and asked[i.id].area.counts is Counts.NOTHING)
    ]


def _demands_are_taken_on(ethics: Ethics, rollout: Rollout) -> list[Finding]:
    from scoping.consequences import due_of

    taken = {o.id: o for o in ethics.obligations}
    certain = [d.demand for d in due_of(ethics) if d.is_certain]
    left = [d for d in certain if d.id not in taken]
    found = []
    if left:
        words = "1 obligation follows" if len(left) == 1 else f"{len(left)} obligations follow"
        it, more = ("it", "") if len(left) == 1 else ("them", " and others")
        found.append(
            advice(
                "ethics.demand_left",
                f"{words} from level and class and nobody has taken {it} on: “{short(left[0].demand, 80)}”{more}.",
            )
        )
    waived = {i for i, o in taken.items() if o.state is ObligationState.NOT_NEEDED and o.reason.strip()}
    if rollout.automation_end is Automation.FULL and any(d.id == "human_decision" and d.id not in waived for d in certain):
        found.append(
            blocker(
                "rollout.human_decision",
                "The impact level demands that a human decides, but the end of the rollout is full automation.",
            )
        )
    return found


def _question_packs_can_be_read(ethics: Ethics) -> list[Finding]:
    if not ethics.question_packs:
        return []
    from scoping.content.questions import own_packs
    from scoping.errors import PackError

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
            "ethics.group_unproved", f"No milestone proves that “{short(g.title, 60)}” is served. Make a slice target of it.", g.id
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
        from scoping.doubts import above_people

        doubted += [("milestones.above_people", *doubt) for doubt in above_people(chosen(solutions), feasibility, milestones)]
    if data_sources.learning_points:
        from scoping.data_plan import below_curve

        doubted += [("milestones.below_curve", *doubt) for doubt in below_curve(data_sources, milestones)]
    for code, target, why in doubted:
        yield advice(code, f"The target “{short(target.title, 50)}” is doubtful: {why}.", target.id)
