"""What the rows of the one page say, each read off a charter in sentences that a sponsor can repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoping import currency as money
from scoping.charter import Charter
from scoping.ethics import consequences, settling
from scoping.ethics.state import EthicsKind, state
from scoping.feasibility.verdict import judged, last_added
from scoping.lacking import begun, says
from scoping.section import Record, question
from scoping.sections import milestones as plans
from scoping.sections.data_sources import Source
from scoping.sections.feasibility import Evidence, Feasibility, Grade, Opinion, Speaks
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.problems import Goal, Problem
from scoping.sections.project import Assumption, AssumptionState, Project, Signature
from scoping.sections.rollout import Pattern, Rollout
from scoping.sections.solutions import Solution
from scoping.signing.choice import chosen_idea
from scoping.signing.data_sources import chosen_sources
from scoping.signing.milestones import first_and_launch
from scoping.signing.problems import top_goals
from scoping.signing.signatures import Stand, sign_off
from scoping.words import (
    capital,
    count,
    day_words,
    day_words_or,
    in_a_row,
    in_percent,
    isolated,
    listed,
    measured,
    number_words,
    one_in,
    short,
)

SENTENCES = 240
"""Characters of people's own sentences in a row; the chapters have the rest."""
_NAME = 90
_FINDING, _ENTRY, _SHORT = 110, 120, 40
_MILESTONES, _SOURCES, _UNKNOWN = 5, 3, 2
_BEGINS_WITH_A_VERB = re.compile(
    r"(?i:agree|allow|approve|choose|confirm|decide|extend|fund|give|grant|let|lend|name|pay|permit|provide|release|sign|stop|support|take)\b"
)


_CLAUSE = re.compile(r"(?<=\w{4})[:;,] ")


class Look(StrEnum):
    """How sure a piece is, so that a guess looks like one."""

    PLAIN = ""
    MEASURED = "measured"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Said:
    """Words of a row."""

    text: str
    look: Look = Look.PLAIN


def told(text: str, limit: int = SENTENCES) -> str:
    """The first whole sentences of a text that fit; of one that is too long its beginning."""
    line = " ".join(text.split())
    if len(line) > limit:
        ends = [m.end() for m in re.finditer(r"[.!?…](?=\s)", line) if m.end() <= limit]
        line = line[: ends[-1]] if ends else short(line, limit)
    return _ended(line)


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?…”" else f"{sentence}."


def _bare(sentence: str) -> str:
    """A sentence as a part of a longer one."""
    return " ".join(sentence.split()).rstrip(".")


def person(text: str) -> str:
    """Who somebody is, without what they do: "Dana Lee, search" is Dana Lee."""
    return isolated(short(text.split(",", 1)[0], _NAME))


def asked(charter: Charter) -> Iterator[Said]:
    project: Project = charter.project
    if not says(project, "decision_asked"):
        return
    decision, who = told(project.decision_asked), person(project.sponsor)
    if not who:
        yield Said(decision)
    elif _BEGINS_WITH_A_VERB.match(decision):
        yield Said(f"We ask {who} to {decision[0].lower()}{decision[1:]}")
    else:
        yield Said(f"We ask {who}: {isolated(decision)}")


def problem(charter: Charter) -> Iterator[Said]:
    by_id = {p.id: p for p in charter.problems.problems}
    goal = next((g for g in top_goals(charter.problems) if g.problem in by_id), None)
    rest = sorted(begun(charter.problems.problems), key=lambda p: (p.rank is None, p.rank or 0))
    problem = by_id[goal.problem] if goal else next(iter(rest), None)
    if problem is None:
        return
    yield Said(told(problem.statement))
    if problem.baseline_value is not None:
        yield from _numbers(problem, goal)


def _numbers(problem: Problem, goal: Goal | None) -> Iterator[Said]:
    """The number of today and the wanted one: "Searches that fail: 21 % today, 12 % wanted by 1 Mar 2027"."""
    name, _, unit = problem.baseline_metric.rpartition(", in ")
    name, unit = (name, unit) if name and len(unit) <= 20 else (problem.baseline_metric, "")
    how = says(problem, "measured_how") or says(problem, "measured_on")
    yield Said(f"{isolated(_bare(short(name, _NAME)))}:" if name else "It stands at")
    yield Said(measured(problem.baseline_value or 0, unit), Look.MEASURED if how else Look.GUESS)
    if goal is None or goal.wanted is None:
        yield Said("today.")
        return
    by = f" by {day_words(goal.wanted_on)}" if goal.wanted_on else ""
    yield Said(f"today, {measured(goal.wanted, unit)} wanted{by}.")


def idea(charter: Charter) -> Iterator[Said]:
    one = chosen_idea(charter)
    if one is not None:
        # A name that the description begins with is not said twice.
        about = " ".join(one.description.split())
        name = "" if _bare(one.title).casefold() in about.casefold()[: len(one.title) + 20] else _ended(_bare(one.title))
        yield Said(name)
        yield Said(told(about, SENTENCES - len(name)) if about else "")
        return
    ideas = begun(charter.solutions.solutions)
    if ideas:
        yield Said(f"{count(len(ideas), 'idea')} so far: {listed((short(i.title, 60) for i in ideas), 3)}.")


_CAN = {
    Opinion.FEASIBLE: "Yes.",
    Opinion.DOUBTFUL: "Perhaps.",
    Opinion.NOT_FEASIBLE: "No.",
    Opinion.TOO_LITTLE: "Nobody knows yet.",
}


def can(charter: Charter) -> Iterator[Said]:
    one, feasibility = chosen_idea(charter), charter.feasibility
    if one is None:
        return
    stated = next((v for v in feasibility.verdicts if v.solution == one.id and v.opinion), None)
    if stated is not None and stated.opinion:
        look = (
            Look.UNKNOWN
            if stated.opinion is Opinion.TOO_LITTLE
            else Look.MEASURED
            if _is_measured(one, feasibility)
            else Look.GUESS
        )
        yield Said(_CAN[stated.opinion], look)
        yield Said(told(stated.reason))
        yield from _shown_by(one, feasibility)
        return
    found = judged(one, feasibility, last_added(feasibility), is_chosen=True)
    if found.pieces:
        yield Said(f"By the evidence so far: {found.ruling.opinion.label.lower()}.", Look.GUESS)
        yield from _shown_by(one, feasibility)


def _shown_by(one: Solution, feasibility: Feasibility) -> Iterator[Said]:
    """The strongest evidence for an idea, of several the one that was written down first."""
    strength = list(Grade)
    found = [e for e in feasibility.evidence if e.solution == one.id and e.grade and e.speaks is Speaks.FOR and says(e, "finding")]
    if found:
        best: Evidence = max(found, key=lambda e: strength.index(e.grade or Grade.OPINION))
        look = Look.MEASURED if best.grade in (Grade.PILOT, Grade.MEASURED) else Look.GUESS
        yield Said("Strongest evidence:")
        yield Said(f"{_bare(short(best.finding, _FINDING))} ({_GRADES[best.grade or Grade.OPINION]}).", look)


_GRADES = {
    Grade.OPINION: "an opinion",
    Grade.PRECEDENT: "others did it",
    Grade.PILOT: "a pilot",
    Grade.MEASURED: "measured on our data",
}


def _is_measured(one: Solution, feasibility: Feasibility) -> bool:
    return any(e.solution == one.id and e.grade in (Grade.PILOT, Grade.MEASURED) for e in feasibility.evidence)


def worth(charter: Charter) -> Iterator[Said]:
    if not (charter.value.benefits or charter.value.costs):
        return
    from scoping.value import words  # with numpy, which nothing else here needs
    from scoping.value.valuation import simulated, valuation

    worth = valuation(charter)
    plan, code = worth.of_chosen, worth.currency
    if not plan.counted:
        return
    npv, rough = simulated(plan).npv, words.is_rough(plan)
    told = words.interval(npv, code, rough=rough)
    yield Said(capital(told), Look.GUESS if rough else Look.PLAIN)
    yield Said(f"over {words.years(plan)} in 8 of 10 cases, after all costs{'; it rests on guesses' if rough else ''}.")
    loss = simulated(plan).loss
    certain = npv.p10 == npv.p90
    yield Said(f"Chance of a loss: {words.chance_of_loss(npv, loss) if certain else one_in(loss)}.")


def cost(charter: Charter) -> Iterator[Said]:
    if charter.value.benefits or charter.value.costs:
        from scoping.value import words  # with numpy, which nothing else here needs
        from scoping.value.valuation import valuation

        worth = valuation(charter)
        if worth.of_chosen.counted and (costs := words.sums(worth)[1]):
            yield Said(f"{capital(costs)}.", Look.GUESS if costs.startswith("roughly") else Look.PLAIN)
            if charter.value.linked_costs is None:
                yield from map(Said, words.costs_beside(worth, None))
    if charter.project.people_needed is not None:
        people = charter.project.people_needed
        yield Said(f"{count(number_words(people), 'person', 'people')} at the same time.")


_RIGHT = {EthicsKind.OPEN: "Looked at, not settled yet", EthicsKind.FIRST_IMPRESSION: "A first impression only"}
_ENOUGH = "Settled as far as it takes to sign, not cleared yet"
"""Where nothing is missing to sign, and somebody named has still to clear it."""


def right(charter: Charter) -> Iterator[Said]:
    now = state(charter.ethics)
    if now.kind is not EthicsKind.NOT_ASSESSED:
        found = consequences.of(charter.ethics)
        enough = now.kind is EthicsKind.OPEN and not any((*settling.to_sign(found), *settling.concerns(charter.ethics)))
        said = _ENOUGH if enough else _RIGHT.get(now.kind, now.label)
        yield Said(_ended(said), Look.PLAIN if now.kind is EthicsKind.CLEARED else Look.UNKNOWN)
        risk = consequences.risk_words(found)
        yield Said(_ended(f"Impact on people: {risk[0].lower()}{risk[1:]}" if found.impact.answered else risk))
        if found.wants_class:
            yield Said(f"By the law: {_ended(consequences.class_words(found.legal))}")
    promises = [r.mitigation for r in charter.ethics.risks if says(r, "mitigation")]
    if promises:
        yield Said(f"Promised: {_ended(listed((_bare(short(p, 120)) for p in promises), 2))}")


def data(charter: Charter) -> Iterator[Said]:
    sources = chosen_sources(charter.data_sources)
    at_hand = [s for s in sources if s.days == 0 and not s.cost]
    to_get = [s for s in sources if s not in at_hand]
    for words, group in (("At hand", at_hand), ("To get", to_get)):
        if group:
            yield Said(f"{words}: {listed(map(_source, group), _SOURCES)}.")


def _source(source: Source) -> str:
    figures = [
        measured(source.amount, short(source.unit, 30)) if source.amount is not None else "",
        money.words(source.cost, source.currency) if source.cost else "",
        count(source.days, "day") if source.days else "",
    ]
    told = ", ".join(filter(None, figures))
    return f"{short(source.title, _NAME)} ({told})" if told else short(source.title, _NAME)


def plan(charter: Charter) -> Iterator[Said]:
    written = {m.id for m in begun(charter.milestones.milestones)}
    dated = [m for m in plans.in_order(charter.milestones) if m.id in written and m.due]
    if dated:
        told = _ended(listed(map(_milestone, dated), _MILESTONES))
        yield Said(capital(told))
    if coming := next_gate(charter.milestones):
        by = person(coming.decider) or "nobody is named who"
        yield Said(f"Next gate: {day_words_or(coming.due)}, {by} decides.")
    yield from _going_live(charter.rollout)


def next_gate(plan: Milestones) -> Milestone | None:
    """The milestone at which the first decision waits that nobody has taken yet."""
    waiting = [m for m in plan.milestones if m.due and m.gate is None]
    coming = [m for m in waiting if m.reached_on is None] or waiting
    return min(coming, key=lambda m: m.due or date.max, default=None)


def _milestone(milestone: Milestone) -> str:
    # "Proof of concept: one rule, measured" is the proof of concept.
    name = _bare(short(_CLAUSE.split(milestone.title, maxsplit=1)[0], _NAME))
    if milestone.reached_on:
        return f"{name} reached on {day_words(milestone.reached_on)}"
    return f"{name} by {day_words(milestone.due or date.min)}"


def _going_live(rollout: Rollout) -> Iterator[Said]:
    match rollout.pattern:
        case Pattern.SHADOW:
            yield Said("At first it runs along unseen and decides nothing.")
        case Pattern.CANARY if (share := rollout.first_share) is not None:
            yield Said(f"It goes live with {in_percent(share)} first.")
        case Pattern.BLUE_GREEN:
            yield Said("Old and new stand side by side, to switch and to switch back.")


def stop(charter: Charter) -> Iterator[Said]:
    first, launch = first_and_launch(charter.milestones)
    at = first or launch
    if at is None:
        return
    if says(at, "kill_criteria"):
        yield Said(told(at.kill_criteria))
    if says(at, "decider"):
        yield Said(f"{person(at.decider)} decides.")


def unknowns(charter: Charter) -> list[tuple[str, str, str]]:
    """Every answer that is marked as not known yet: its step, its entry, its question."""
    return [
        (section.title, short(entry.title, _ENTRY) if isinstance(entry, Record) else "", question(type(entry), name).label)
        for section, part in charter.parts()
        for entry in (part, *(row for name in section.lists for row in getattr(part, name)))
        for name in entry.unknown
    ]


def still_open(project: Project) -> list[Assumption]:
    """What the team takes for true and nobody has found out yet, the earliest first."""
    found = [a for a in begun(project.assumptions) if a.state in (None, AssumptionState.OPEN)]
    return sorted(found, key=lambda a: a.due or date.max)


def not_known(charter: Charter) -> Iterator[Said]:
    unknown, assumed = unknowns(charter), still_open(charter.project)
    if unknown:
        named = (f"{label} ({short(entry or step, _SHORT)})" for step, entry, label in unknown)
        yield Said(f"{count(len(unknown), 'answer')}: {listed(named, _UNKNOWN)}.", Look.UNKNOWN)
    if assumed:
        claims = (_bare(short(a.statement, _FINDING)) for a in assumed)
        yield Said(f"{count(len(assumed), 'assumption')} to be checked: {_ended(listed(claims, _UNKNOWN))}", Look.UNKNOWN)


def signed(charter: Charter) -> Iterator[Said]:
    signing = sign_off(charter)
    done, waiting = (
        signing.of(Stand.HOLDS),
        [_signer(s.signature) for s in signing.signers if s.stand in (Stand.ASKED, Stand.WAITS) and not s.objection],
    )
    if done:
        yield Said(_ended("; ".join(f"{_signer(s.signature)} {_when(s.signature)}" for s in done)), Look.MEASURED)
    if signing.opposed:
        yield Said(signing.opposed, Look.UNKNOWN)
    if people := [_signer(s.signature) for s in signing.of(Stand.VOID)]:
        yield Said(f"Changed since it was signed by {in_a_row(people)}.", Look.UNKNOWN)
    if waiting:
        names = in_a_row(waiting)
        yield Said(
            f"Not yet: {names}." if signing.was_signed or signing.opposed else f"Nobody yet. {names} will be asked.", Look.UNKNOWN
        )


def _when(signature: Signature) -> str:
    return f"on {day_words_or(signature.signed_on)}" + (f", version {signature.version}" if signature.version else "")


def _signer(signature: Signature) -> str:
    return person(signature.name) or f"the {person(signature.role).lower()}"
