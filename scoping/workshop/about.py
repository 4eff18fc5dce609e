"""What a question of a workshop is about: places of the charter, and the records that must be there before it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scoping.charter import PART_BY_SLUG, Charter
from scoping.editing import new_record
from scoping.lacking import begun, says
from scoping.merge import Edits, added
from scoping.portfolio.rubrics import standard_methods, standard_ratings
from scoping.section import SHORT, Fields, Record
from scoping.sections.ethics import Concern, is_open
from scoping.sections.feasibility import Check, Evidence, Opinion, Verdict
from scoping.sections.milestones import Family, Gate, Milestone, MilestoneKind, in_order
from scoping.sections.problems import Goal, Problem
from scoping.sections.solutions import Standing
from scoping.sections.value import Amount, CostKind, LinkEvidence, Period, ladder
from scoping.signing.choice import chosen_idea, learns
from scoping.signing.data_sources import chosen_sources
from scoping.signing.milestones import first_and_launch
from scoping.signing.problems import top_goals
from scoping.words import day_words, short
from scoping.workshop.questions import Question, Way, questions

IdOf = Callable[..., str]
"""An id that follows from names, the same whenever it is asked for."""


def ids_of(workshop: str) -> IdOf:
    """How records are named that a workshop makes: a second press makes no second record."""
    return lambda *names: hashlib.sha256("\0".join((workshop, *names)).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Target:
    """One place of the charter that a question is about.

    Attributes:
        id: what dots, numbers and fingers of this question are given to.
        list: "" for the questions of the part itself.
        record: "" for those too, and for a list to which rows may be added.
        before: what must be known there before anybody gives a number.
        fields: what is answered together there.
        numbers: what an agreed range fills there: at least, most likely, at most; or one of them.
        unit: stands behind the numbers.
        now: where the number that is asked stands today, as far as it is known.
        is_option: whether it is one of those that the room decides among.
    """

    id: str
    part: str
    list: str = ""
    record: str = ""
    title: str
    before: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    unit: str = ""
    now: float | None = None
    is_option: bool = False


def targets(question: Question, charter: Charter) -> tuple[Target, ...]:
    """The places that a question is about, as the charter is now; () where there are none yet."""
    find = _ABOUT[question.about] if question.about else _gathered
    return tuple(find(question, charter))


def seeds(question: Question, charter: Charter, id_of: IdOf) -> Edits:
    """The edits that make the records which a question needs and which are not there yet; {} where nothing is missing."""
    make = _SEEDS.get(question.about)
    made: Edits = {}
    for part, name, row in make(charter, lambda *names: id_of(question.key, *names)) if make else ():
        made.setdefault(part, []).append(added(name, row))
    return made


def row_at(place: Target, charter: Charter) -> Fields | None:
    """The part or the record of a place, as the charter has it; None where the record is gone, or is still to be added."""
    part: Fields = charter.part(place.part)
    return next((r for r in getattr(part, place.list) if r.id == place.record), None) if place.list else part


def filled_in(charter: Charter) -> frozenset[str]:
    """The questions answered together or estimated whose every place has its answer: nobody need be asked again.

    What a room gathers is never full, and what it decides may be decided anew.
    """
    asked = (q for q in questions().values() if q.kind in (Way.ANSWER, Way.ESTIMATE))
    return frozenset(q.key for q in asked if (cells := _cells(q, charter)) and all(says(row, name) for row, name in cells))


def _cells(question: Question, charter: Charter) -> list[tuple[Fields, str]]:
    found: list[tuple[Fields, str]] = []
    for place in targets(question, charter):
        row = row_at(place, charter)
        found += [(row, name) for name in (*place.before, *place.fields, *place.numbers)] if row is not None else []
    return found


# What a charter is about at present


def top_problems(charter: Charter) -> tuple[Problem, ...]:
    """The problems that the goals at the top answer; without goals the most pressing one."""
    board = charter.problems
    aimed_at = {g.problem for g in top_goals(board)}
    found = tuple(p for p in board.problems if p.id in aimed_at)
    return found or tuple(sorted(begun(board.problems), key=lambda p: (p.rank is None, p.rank or 0)))[:1]


def people_do_it(charter: Charter) -> Evidence | None:
    """What is known of how well people do what the chosen idea shall do."""
    one = chosen_idea(charter)
    rows = charter.feasibility.evidence
    return next((e for e in rows if one and e.solution == one.id and e.check is Check.HLP and not e.measurement), None)


def verdict(charter: Charter) -> Verdict | None:
    """The verdict on the chosen idea, where somebody began one."""
    one = chosen_idea(charter)
    return next((v for v in charter.feasibility.verdicts if one and v.solution == one.id), None)


def amounts(rows: Sequence[Amount], charter: Charter) -> list[Amount]:
    """Benefits or costs that count for the chosen idea."""
    one = chosen_idea(charter)
    return [a for a in begun(rows) if a.solution in ("", one.id if one else "")]


# Targets, by what a question is about


def _at(part: str, name: str, row: Record, question: Question, **more: object) -> Target:
    given = {
        "id": row.id,
        "fields": question.fields(part, name),
        "numbers": question.numbers,
        "title": short(row.title, SHORT),
        **more,
    }
    return Target(part=part, list=name, record=row.id, **given)  # type: ignore[arg-type]


def _option(part: str, name: str, row: Record, question: Question, **more: object) -> Target:
    return _at(part, name, row, question, fields=(), is_option=True, **more)


def _own(part: str, question: Question, **more: object) -> Target:
    given = {"id": part, "fields": question.fields(part), "title": PART_BY_SLUG[part].title, **more}
    return Target(part=part, **given)  # type: ignore[arg-type]


def _gathered(question: Question, charter: Charter) -> Iterable[Target]:
    """What became of cards, where something more is asked of it."""
    part, name, _ = question.becomes.split(".")
    if not name or not question.fields(part, name):
        return
    one = chosen_idea(charter)
    for row in begun(getattr(charter.part(part), name)):
        if isinstance(row, Evidence) and (one is None or row.solution != one.id or row.measurement):
            continue
        if isinstance(row, Concern) and not is_open(row):
            continue
        yield _at(part, name, row, question)


def _top_problem(question: Question, charter: Charter) -> Iterable[Target]:
    return (_at("problems", "problems", p, question) for p in top_problems(charter))


def _top_goal(question: Question, charter: Charter) -> Iterable[Target]:
    problems = {p.id: p for p in charter.problems.problems}
    for goal in top_goals(charter.problems):
        problem = problems.get(goal.problem)
        about = {"unit": problem.baseline_metric.strip(), "now": problem.baseline_value} if problem else {}
        yield _at("problems", "goals", goal, question, **about)


def _acting(question: Question, charter: Charter) -> Iterable[Target]:
    yield _own("problems", question, title="What would be done differently")
    for row in charter.problems.actions:
        yield _at("problems", "actions", row, question)


def _ideas(question: Question, charter: Charter) -> Iterable[Target]:
    for row in begun(charter.solutions.solutions):
        if row.standing is not Standing.REJECTED:
            yield _option("solutions", "solutions", row, question)
    yield _own("solutions", question, title="Why this one")


def _chosen_idea(question: Question, charter: Charter) -> Iterable[Target]:
    one = chosen_idea(charter)
    return (_at("solutions", "solutions", one, question),) if one else ()


def _people_do_it(question: Question, charter: Charter) -> Iterable[Target]:
    row = people_do_it(charter)
    title = "How often a good colleague is right"
    return (_at("feasibility", "evidence", row, question, title=title, unit="of 100 cases"),) if row else ()


def _verdict(question: Question, charter: Charter) -> Iterable[Target]:
    row, one = verdict(charter), chosen_idea(charter)
    if row is None or one is None:
        return
    for opinion in Opinion:
        yield _option("feasibility", "verdicts", row, question, id=opinion.value, title=opinion.label)
    yield _at("feasibility", "verdicts", row, question, title=short(one.title, SHORT))


def _monitors(question: Question, charter: Charter) -> Iterable[Target]:
    return (_at("rollout", "monitors", row, question) for row in begun(charter.rollout.monitors))


def _metrics(question: Question, charter: Charter) -> Iterable[Target]:
    for row in begun(charter.value.rungs):
        yield _at("value", "rungs", row, question, unit=row.unit.strip())
    if question.kind is Way.ANSWER:
        fields = question.fields("value", "rungs")
        yield _own("value", question, id="rungs", list="rungs", fields=fields, title="Another step")


def _links(question: Question, charter: Charter) -> Iterable[Target]:
    """What a step moves by, for each that rests on another one."""
    rows = [r for r in ladder(charter.value) if r.order is not None or r.below]
    by_id = {r.id: r for r in rows}
    for before, row in zip((None, *rows), rows, strict=False):
        if below := by_id.get(row.below, before):
            title = f"{short(row.title, 120)}, for one unit of “{short(below.title, 120)}”"
            yield _at("value", "rungs", row, question, title=title, unit=row.unit.strip())


def _ratings(question: Question, charter: Charter) -> Iterable[Target]:
    asked = {c.id: c for method in standard_methods() for c in method.asked}
    for row in charter.project.ratings:
        criterion = asked.get(row.id)
        unit = f"{criterion.levels[0].value:g} to {criterion.levels[-1].value:g}" if criterion else ""
        yield _at("project", "ratings", row, question, unit=unit)


def _money(part: str, name: str) -> Callable[[Question, Charter], Iterable[Target]]:
    def found(question: Question, charter: Charter) -> Iterable[Target]:
        for row in amounts(getattr(charter.part(part), name), charter):
            period = row.period.label if row.period else ""
            yield _at(part, name, row, question, unit=f"{row.currency} {period}".strip())

    return found


def _amounts(question: Question, charter: Charter) -> Iterable[Target]:
    data = charter.data_sources
    of_all, of_one = ([f for f in question.before if f.startswith("wanted_") is at] for at in (True, False))
    for row in chosen_sources(data):
        unit = row.unit.strip() or data.wanted_unit.strip()
        yield _at("data_sources", "sources", row, question, before=tuple(of_one), unit=unit)
    needed = {"title": "How much is needed", "unit": data.wanted_unit.strip(), "numbers": ("wanted_amount",)}
    yield _own("data_sources", question, before=tuple(of_all), fields=(), **needed)


def _chosen_sources(question: Question, charter: Charter) -> Iterable[Target]:
    return (_at("data_sources", "sources", row, question) for row in chosen_sources(charter.data_sources))


def _planned(charter: Charter) -> list[tuple[str, Milestone]]:
    """First result and launch, as far as there are plans of them, each with its name."""
    found = zip(("First result", "Launch"), first_and_launch(charter.milestones), strict=True)
    return [(words, row) for words, row in found if row is not None]


def _milestones(question: Question, charter: Charter) -> Iterable[Target]:
    for words, row in _planned(charter):
        yield _at("milestones", "milestones", row, question, title=_called(words, row))


def _called(words: str, row: Milestone) -> str:
    return f"{words}: {short(row.deliverable, 200)}" if row.deliverable.strip() else words


def _first_result(question: Question, charter: Charter) -> Iterable[Target]:
    return tuple(_milestones(question, charter))[:1]


def _still_open(charter: Charter) -> list[Milestone]:
    return [m for m in in_order(charter.milestones) if m in begun(charter.milestones.milestones) and m.reached_on is None]


def _durations(question: Question, charter: Charter) -> Iterable[Target]:
    return (_at("milestones", "milestones", row, question, unit="working days") for row in _still_open(charter))


def _next_date(question: Question, charter: Charter) -> Iterable[Target]:
    for row in _still_open(charter)[:1]:
        due = f", {day_words(row.due)}" if row.due else ""
        yield _at("milestones", "milestones", row, question, title=f"{short(row.title, 200)}{due}")


def _gate(question: Question, charter: Charter) -> Iterable[Target]:
    """The next milestone at which nobody decided yet to go on or to stop."""
    row = next((m for m in in_order(charter.milestones) if m.gate not in (Gate.GO, Gate.STOP)), None)
    if row is None:
        return
    for gate in Gate:
        yield _option("milestones", "milestones", row, question, id=gate.value, title=gate.label)
    yield _at("milestones", "milestones", row, question)


def _goalposts(question: Question, charter: Charter) -> Iterable[Target]:
    for words, milestone in _planned(charter):
        for row in charter.milestones.targets:
            if row.milestone == milestone.id:
                family = row.family.label if row.family else "another number"
                yield _at("milestones", "targets", row, question, title=f"{words}, {family if family == 'ML' else family.lower()}")


_ABOUT: dict[str, Callable[[Question, Charter], Iterable[Target]]] = {
    "top_problem": _top_problem,
    "top_goal": _top_goal,
    "acting": _acting,
    "ideas": _ideas,
    "chosen_idea": _chosen_idea,
    "people_do_it": _people_do_it,
    "verdict": _verdict,
    "metrics": _metrics,
    "benefit": _money("value", "benefits"),
    "costs": _money("value", "costs"),
    "screening": lambda question, _: (_own("ethics", question),),
    "amounts": _amounts,
    "chosen_sources": _chosen_sources,
    "milestones": _milestones,
    "first_result": _first_result,
    "monitors": _monitors,
    "links": _links,
    "ratings": _ratings,
    "durations": _durations,
    "next_date": _next_date,
    "gate": _gate,
    "targets": _goalposts,
    "first_users": lambda question, _: (_own("rollout", question),),
    "project": lambda question, _: (_own("project", question),),
}


# Records that must be there first

Seeds = Iterable[tuple[str, str, Record]]


def _row(charter: Charter, part: str, name: str, record: str, /, **given: object) -> tuple[str, str, Record]:
    return part, name, new_record(PART_BY_SLUG[part], name, record, charter.project.currency, **given)


def _seed_goal(charter: Charter, id_of: IdOf) -> Seeds:
    if not begun(charter.problems.goals):
        for rank, problem in enumerate(top_problems(charter), 1):
            words = short(problem.statement, SHORT)
            yield _row(charter, "problems", "goals", id_of("goal"), statement=words, problem=problem.id, rank=rank)


def _seed_action(charter: Charter, id_of: IdOf) -> Seeds:
    if not charter.problems.actions:
        yield _row(charter, "problems", "actions", id_of("action"))


def _seed_people(charter: Charter, id_of: IdOf) -> Seeds:
    one = chosen_idea(charter)
    if one and people_do_it(charter) is None:
        metric = charter.feasibility.asked_metric.strip() or "Cases right, in %"
        yield _row(charter, "feasibility", "evidence", id_of("people"), check=Check.HLP, solution=one.id, metric=metric)


def _seed_verdict(charter: Charter, id_of: IdOf) -> Seeds:
    one = chosen_idea(charter)
    if one and verdict(charter) is None:
        yield _row(charter, "feasibility", "verdicts", id_of("verdict"), solution=one.id)


def _seed_benefit(charter: Charter, id_of: IdOf) -> Seeds:
    if not amounts(charter.value.benefits, charter):
        goals: tuple[Goal, ...] = top_goals(charter.problems)
        words = short(goals[0].title, SHORT) if goals else "What it brings"
        yield _row(charter, "value", "benefits", id_of("benefit"), name=words, period=Period.YEAR, evidence=LinkEvidence.GUESS)


def _seed_costs(charter: Charter, id_of: IdOf) -> Seeds:
    if not amounts(charter.value.costs, charter):
        for words, kind, period in (("Building it", CostKind.BUILD, Period.ONCE), ("Running it", CostKind.RUN, Period.YEAR)):
            given = {"name": words, "kind": kind, "period": period, "evidence": LinkEvidence.GUESS}
            yield _row(charter, "value", "costs", id_of(kind.value), **given)


def _seed_milestones(charter: Charter, id_of: IdOf) -> Seeds:
    first, launch = first_and_launch(charter.milestones)
    if first is None:
        yield _row(charter, "milestones", "milestones", id_of("first"), kind=MilestoneKind.POC)
    if launch is None:
        yield _row(charter, "milestones", "milestones", id_of("launch"), kind=MilestoneKind.LAUNCH)


def _seed_ratings(charter: Charter, id_of: IdOf) -> Seeds:  # noqa: ARG001  ratings are named by their criteria
    if not charter.project.ratings:
        yield from (("project", "ratings", row) for row in standard_ratings())


def _seed_goalposts(charter: Charter, id_of: IdOf) -> Seeds:
    one, plan = chosen_idea(charter), charter.milestones
    there = {(t.milestone, t.family) for t in plan.targets}
    for milestone in filter(None, first_and_launch(plan)):
        for family in Family:
            if (milestone.id, family) in there or (family is Family.ML and one and not learns(one)):
                continue
            record = id_of(milestone.id, family.value)
            yield _row(charter, "milestones", "targets", record, milestone=milestone.id, family=family)


_SEEDS: dict[str, Callable[[Charter, IdOf], Seeds]] = {
    "top_goal": _seed_goal,
    "acting": _seed_action,
    "people_do_it": _seed_people,
    "verdict": _seed_verdict,
    "benefit": _seed_benefit,
    "costs": _seed_costs,
    "milestones": _seed_milestones,
    "first_result": _seed_milestones,
    "targets": _seed_goalposts,
    "ratings": _seed_ratings,
}
