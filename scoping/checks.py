"""Rules that need two parts of a charter: what one promises and another must hold."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from scoping.answers import number_words
from scoping.section import Finding, advice, blocker, short
from scoping.sections.data_sources import DataSources
from scoping.sections.feasibility import Check, Feasibility, Grade, Opinion, checks_for
from scoping.sections.milestones import Family, Milestones
from scoping.sections.problems import Problems
from scoping.sections.project import Project
from scoping.sections.solutions import Approach, Solutions, chosen
from scoping.sections.value import Amount, Rung, Value, is_ordered


def review(
    *,
    project: Project,
    problems: Problems,
    solutions: Solutions,
    feasibility: Feasibility,
    value: Value,
    data_sources: DataSources,
    milestones: Milestones,
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
