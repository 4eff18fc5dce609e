"""What becomes of cards: a record for each group, and what the room's votes and marks say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from scoping.charter import PART_BY_SLUG
from scoping.section import SHORT, Kind, question
from scoping.sections.problems import Goal, Problem
from scoping.sections.rollout import Signal
from scoping.sections.solutions import Standing
from scoping.signing.choice import chosen_idea
from scoping.words import in_a_row, short
from scoping.workshop.about import top_problems
from scoping.workshop.draft import Where
from scoping.workshop.moves import CARD
from scoping.workshop.room import Card
from scoping.workshop.settling import Settling, lines


def gathered(at: Settling) -> None:
    part, name, field = at.asks.becomes.split(".")
    if not name:
        _listed(at, part, field)
        return
    spec = question(PART_BY_SLUG[part].model_of(name), field)
    behind = _BEHIND.get(at.asks.becomes, "")
    for group in at.order:
        said = at.words(group)
        words = short(said, SHORT) if spec.kind is Kind.TEXT else said
        thoughts = [text for text in dict.fromkeys([said, *(c.text for c in at.groups[group])]) if text != words]
        cells: dict[str, object] = {field: words}
        if thoughts and behind:
            cells[behind] = lines(thoughts)
        elif thoughts:
            cells[field] = lines([words, *(f"– {text}" for text in thoughts)])
        if at.asks.mark and (mark := _mark(at.groups[group], part, name, at.asks.mark)):
            cells[at.asks.mark] = mark
        at.draft.suggest((part, name, at.id_of(group)), **cells)
    if more := _MORE.get(at.asks.becomes):
        more(at)


_BEHIND = {
    "problems.problems.statement": "observed_outcome",
    "problems.stakeholders.name": "wants",
    "solutions.solutions.name": "description",
    "data_sources.sources.name": "contents",
}
"""The question that keeps the thoughts behind a title."""


def _listed(at: Settling, part: str, field: str) -> None:
    """Titles become lines of one long answer, behind those that stand there."""
    where: Where = (part, "", "")
    there = str((at.draft.entry(where) or {}).get(field, "")).rstrip()
    new = [line for group in at.order if (line := short(at.words(group), CARD)) not in there.split("\n")]
    if new:
        at.draft.write(where, **{field: lines([*filter(None, [there]), *new])})


def _mark(cards: Iterable[Card], part: str, name: str, field: str) -> str:
    """What most of some cards are marked as; the first of them where it is even."""
    choices = {choice.value for choice in question(PART_BY_SLUG[part].model_of(name), field).choices}
    marks = Counter(c.mark for c in cards if c.mark in choices)
    return marks.most_common(1)[0][0] if marks else ""


def _ranked_problems(at: Settling) -> None:
    """Votes are the order of the problems; those that were taken become goals in that order."""
    given = at.asked.dots_of()
    taken = [g for g in at.order if g in at.settle.chosen] or [g for g in at.order[:1] if given.get(g)]
    ranked = [g for g in at.order if g in taken or given.get(g)]
    for rank, group in enumerate(ranked, _next_rank(at.charter.problems.problems, map(at.id_of, at.order))):
        at.draft.write(("problems", "problems", at.id_of(group)), rank=rank)
    for rank, group in enumerate(taken, _next_rank(at.charter.problems.goals, (at.id_of(g, "goal") for g in at.order))):
        problem = at.draft.entry(("problems", "problems", at.id_of(group))) or {}
        goal = ("problems", "goals", at.id_of(group, "goal"))
        at.draft.suggest(goal, statement=problem.get("statement"), problem=at.id_of(group))
        at.draft.write(goal, rank=rank)


def _next_rank(rows: Iterable[Problem | Goal], mine: Iterable[str]) -> int:
    """The rank behind all rows that are not of this question."""
    own = set(mine)
    return max((row.rank or 0 for row in rows if row.id not in own), default=0) + 1


def _affected(at: Settling) -> None:
    """Who feels it is who is affected by what the room wants to be better, where nobody said so yet."""
    words = short(in_a_row([at.words(group) for group in at.order]), SHORT)
    board = at.charter.problems
    wanted = {p.id for p in top_problems(at.charter)} | {g.problem for g in board.goals}
    for problem in board.problems:
        if problem.id in wanted:
            at.draft.suggest(("problems", "problems", problem.id), who_is_affected=words)


def _ideas(at: Settling) -> None:
    answered = [p.id for p in top_problems(at.charter)]
    for group in at.order:
        where = ("solutions", "solutions", at.id_of(group))
        at.draft.suggest(where, standing=Standing.CONSIDERED)
        if answered and not (at.draft.entry(where) or {}).get("problems"):
            at.draft.write(where, problems=answered)


def _evidence(at: Settling) -> None:
    one = chosen_idea(at.charter)
    for group in at.order:
        given = {"solution": one.id if one else "", "found_on": at.said_by.on, "owner": at.writers(group)}
        at.draft.suggest(("feasibility", "evidence", at.id_of(group)), **given)


def _concerns(at: Settling) -> None:
    """A concern carries the names of those who gave theirs. Who gave none stays unnamed."""
    for group in at.order:
        given = {"raised_on": at.said_by.on, "raised_by": at.writers(group)}
        at.draft.suggest(("ethics", "concerns", at.id_of(group)), **given)


def _watched(at: Settling) -> None:
    """Why it failed is watched after launch, where the room took it or gave it a dot; all of it where nobody voted."""
    given = at.asked.dots_of()
    for group in [g for g in at.order if g in at.settle.chosen or given.get(g)] or at.order:
        failure = ("ethics", "premortem", at.id_of(group))
        entry = at.draft.entry(failure) or {}
        if not entry.get("monitor"):
            monitor = ("rollout", "monitors", at.id_of(group, "monitor"))
            at.draft.suggest(monitor, trouble=entry.get("story"), signal=Signal.OUTPUT)
            at.draft.write(failure, monitor=monitor[2])


_MORE: Mapping[str, Callable[[Settling], None]] = {
    "problems.problems.statement": _ranked_problems,
    "problems.stakeholders.name": _affected,
    "solutions.solutions.name": _ideas,
    "feasibility.evidence.finding": _evidence,
    "ethics.concerns.concern": _concerns,
    "ethics.premortem.story": _watched,
}
