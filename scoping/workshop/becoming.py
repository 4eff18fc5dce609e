"""What becomes of a question when the room leaves it: edits of the charter.

Cards become records, votes an order or a choice, ranges three numbers, fingers what a side accepts. What nobody knows is marked so
and, like what was parked, becomes an open question with a name and a day. Records are named after workshop and question, so that
the same end makes nothing twice; words that somebody wrote there since stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoping.charter import PART_BY_SLUG, Charter
from scoping.errors import AnswerError
from scoping.merge import Edits
from scoping.section import LONG, SHORT, Kind, question, questions
from scoping.sections.feasibility import Grade
from scoping.sections.milestones import Gate
from scoping.sections.project import AssumptionState
from scoping.sections.rollout import Signal
from scoping.sections.solutions import Standing
from scoping.sections.value import Acceptance, LinkEvidence
from scoping.signing.choice import chosen_idea
from scoping.words import count, day_words, in_a_row, short
from scoping.workshop.about import IdOf, Target, targets, top_problems
from scoping.workshop.draft import Draft, Where
from scoping.workshop.estimates import pooled
from scoping.workshop.moves import How, Settle, Side
from scoping.workshop.questions import Question, Way
from scoping.workshop.room import Asked, Card, Guess, Person

RESERVED = 2
"""As many fingers or fewer are a reservation."""


@dataclass(frozen=True, kw_only=True)
class SaidBy:
    """Who says it, and when.

    Attributes:
        people: everybody in the room, by id.
        on: the day on which it is settled.
    """

    people: Mapping[str, Person]
    on: date

    def names(self, people: Iterable[str]) -> str:
        """The names of some people as a text has them."""
        return _cut(in_a_row([self.people[p].name for p in people if p in self.people]), SHORT)


def author(asks: Question, leader: str) -> str:
    """In whose name edits are saved: nobody's, where cards may have been written without a name."""
    return "" if asks.anonymous else leader


def edits(asks: Question, asked: Asked, settle: Settle, charter: Charter, id_of: IdOf, said_by: SaidBy) -> Edits:
    """What the charter becomes by the way in which a room leaves a question.

    Args:
        asked: what the room did with it, before this move.
        id_of: names the records that are made, so that a second press makes none.

    Raises:
        AnswerError: something that was agreed does not fit its question; the sentence says what.
    """
    at = _Settling(asks, asked, settle, charter, id_of, said_by)
    match settle.how:
        case How.TAKEN:
            _TAKEN[asks.kind](at)
            at.close_open_question()
        case How.UNKNOWN:
            for target in at.targets:
                if target.record or not target.list:
                    at.draft.is_unknown(place(target), target.fields + target.numbers)
            at.keep_open_question()
        case How.PARKED:
            at.keep_open_question()
    return at.draft.edits()


def place(target: Target) -> Where:
    return target.part, target.list, target.record


class _Settling:
    """One question on its way into the charter."""

    def __init__(self, asks: Question, asked: Asked, settle: Settle, charter: Charter, id_of: IdOf, said_by: SaidBy) -> None:
        self.asks, self.asked, self.settle, self.charter, self.said_by = asks, asked, settle, charter, said_by
        self.draft = Draft(charter)
        self.targets = targets(asks, charter)
        self._id_of = id_of

    def id_of(self, *names: str) -> str:
        return self._id_of(self.asks.key, *names)

    @property
    def says(self) -> str:
        return self.settle.says.strip()

    @cached_property
    def groups(self) -> dict[str, list[Card]]:
        return self.asked.groups()

    @cached_property
    def order(self) -> list[str]:
        """The groups: what was taken first, then by dots."""
        return list(dict.fromkeys([*(g for g in self.settle.chosen if g in self.groups), *self.groups]))

    def words(self, group: str) -> str:
        """What a group says: the sentence that was agreed on what was taken first, else its name, else its first card."""
        if self.says and self.settle.chosen and group == self.order[0]:
            return self.says
        return self.asked.titles.get(group) or self.groups[group][0].text

    def writers(self, group: str) -> str:
        """Who wrote the cards of a group; nobody where no names stand on them."""
        return self.said_by.names(dict.fromkeys(c.by for c in self.groups[group] if c.by)) if self.asked.names else ""

    @property
    def _open_question(self) -> Where:
        return "project", "assumptions", f"open-{self.asks.key.replace('_', '-')}"

    def keep_open_question(self) -> None:
        """Who finds it out, by when."""
        words = f"{self.asks.ask} {self.says}".strip()
        given = {"statement": words, "owner": self.settle.who, "state": AssumptionState.OPEN}
        self.draft.write(self._open_question, **given, due=self.settle.by)

    def close_open_question(self) -> None:
        entry = self.draft.entry(self._open_question)
        if entry and entry["state"] == AssumptionState.OPEN:
            self.draft.write(self._open_question, state=AssumptionState.CONFIRMED)


# Written and gathered


def _gathered(at: _Settling) -> None:
    part, name, field = at.asks.becomes.split(".")
    if not name:
        _listed(at, part, field)
        return
    spec = question(PART_BY_SLUG[part].model_of(name), field)
    behind = _BEHIND.get(at.asks.becomes, "")
    for group in at.order:
        said = at.words(group)
        words = _cut(said, SHORT) if spec.kind is Kind.TEXT else said
        thoughts = [text for text in dict.fromkeys([said, *(c.text for c in at.groups[group])]) if text != words]
        cells: dict[str, object] = {field: words}
        if thoughts and behind:
            cells[behind] = _lines(thoughts)
        elif thoughts:
            cells[field] = _lines([words, *(f"– {text}" for text in thoughts)])
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


def _listed(at: _Settling, part: str, field: str) -> None:
    """Titles become lines of one long answer, behind those that stand there."""
    where: Where = (part, "", "")
    there = str((at.draft.entry(where) or {}).get(field, "")).rstrip()
    lines = [line for line in map(at.words, at.order) if line not in there.split("\n")]
    if lines:
        at.draft.write(where, **{field: _lines([*filter(None, [there]), *lines])})


def _cut(text: str, longest: int) -> str:
    """A text in one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    kept = line[: longest - 1].rpartition(" ")[0] or line[: longest - 1]
    return f"{kept.rstrip(' ,;:.')}…"


def _lines(texts: Iterable[str]) -> str:
    """Texts one below the other, as many as fit."""
    joined = "\n".join(texts)
    return joined if len(joined) <= LONG else f"{joined[: LONG - 1]}…"


def _mark(cards: Iterable[Card], part: str, name: str, field: str) -> str:
    """What most of some cards are marked as; the first of them where it is even."""
    choices = {choice.value for choice in question(PART_BY_SLUG[part].model_of(name), field).choices}
    marks = Counter(c.mark for c in cards if c.mark in choices)
    return marks.most_common(1)[0][0] if marks else ""


def _ranked_problems(at: _Settling) -> None:
    """Votes are the order of the problems; those that were taken become goals in that order."""
    given = at.asked.dots_of()
    taken = [g for g in at.order if g in at.settle.chosen] or [g for g in at.order[:1] if given.get(g)]
    mine = {at.id_of(group) for group in at.order}
    others = [p.rank or 0 for p in at.charter.problems.problems if p.id not in mine]
    for rank, group in enumerate((g for g in at.order if g in taken or given.get(g)), max(others, default=0) + 1):
        at.draft.write(("problems", "problems", at.id_of(group)), rank=rank)
    mine = {at.id_of(group, "goal") for group in at.order}
    others = [g.rank or 0 for g in at.charter.problems.goals if g.id not in mine]
    for rank, group in enumerate(taken, max(others, default=0) + 1):
        problem = at.draft.entry(("problems", "problems", at.id_of(group))) or {}
        goal = ("problems", "goals", at.id_of(group, "goal"))
        at.draft.suggest(goal, statement=problem.get("statement"), problem=at.id_of(group))
        at.draft.write(goal, rank=rank)


def _affected(at: _Settling) -> None:
    """Who feels it is who is affected by what the room wants to be better."""
    words = _cut(in_a_row([at.words(group) for group in at.order]), SHORT)
    for problem in top_problems(at.charter):
        at.draft.suggest(("problems", "problems", problem.id), who_is_affected=words)


def _ideas(at: _Settling) -> None:
    answered = [p.id for p in top_problems(at.charter)]
    for group in at.order:
        where = ("solutions", "solutions", at.id_of(group))
        at.draft.suggest(where, standing=Standing.CONSIDERED)
        if answered and not (at.draft.entry(where) or {}).get("problems"):
            at.draft.write(where, problems=answered)


def _evidence(at: _Settling) -> None:
    one = chosen_idea(at.charter)
    for group in at.order:
        given = {"solution": one.id if one else "", "found_on": at.said_by.on, "owner": at.writers(group)}
        at.draft.suggest(("feasibility", "evidence", at.id_of(group)), **given)


def _concerns(at: _Settling) -> None:
    """A concern carries the names of those who gave theirs. Who gave none stays unnamed."""
    for group in at.order:
        given = {"raised_on": at.said_by.on, "raised_by": at.writers(group)}
        at.draft.suggest(("ethics", "concerns", at.id_of(group)), **given)


def _watched(at: _Settling) -> None:
    """Why it failed is watched after launch, where the room took it or gave it a dot; all of it where nobody voted."""
    given = at.asked.dots_of()
    for group in [g for g in at.order if g in at.settle.chosen or given.get(g)] or at.order:
        failure = ("ethics", "premortem", at.id_of(group))
        entry = at.draft.entry(failure) or {}
        if not entry.get("monitor"):
            monitor = ("rollout", "monitors", at.id_of(group, "monitor"))
            at.draft.suggest(monitor, trouble=entry.get("story"), signal=Signal.OUTPUT)
            at.draft.write(failure, monitor=monitor[2])


_MORE: Mapping[str, Callable[[_Settling], None]] = {
    "problems.problems.statement": _ranked_problems,
    "problems.stakeholders.name": _affected,
    "solutions.solutions.name": _ideas,
    "feasibility.evidence.finding": _evidence,
    "ethics.concerns.concern": _concerns,
    "ethics.premortem.story": _watched,
}


# Estimated


def _estimated(at: _Settling) -> None:
    guessed = _guesses(at.asked)
    for target in at.targets:
        mine = guessed.get(target.id, {})
        agreed = at.settle.agreed.get(target.id)
        numbers = agreed if agreed and any(n is not None for n in agreed) else pooled(mine)
        if numbers is None or not target.numbers:
            continue
        low, likely, high = numbers
        cells: dict[str, object]
        if len(target.numbers) == 1:
            cells = {target.numbers[0]: next(n for n in (likely, low, high) if n is not None)}
        else:
            cells = dict(zip(target.numbers, (low, likely, high), strict=True))
        at.draft.write(place(target), **cells, **_told_by(at, target, len(mine)))


def _guesses(asked: Asked) -> dict[str, dict[str, Guess]]:
    """The numbers of the last round, by target and person."""
    found: dict[str, dict[str, Guess]] = {}
    for (n, person, target), guess in asked.guesses.items():
        if n == asked.round and guess.likely is not None:
            found.setdefault(target, {})[person] = guess
    return found


def _told_by(at: _Settling, target: Target, people: int) -> dict[str, object]:
    """What the place says of how the numbers came about: a guess, of whom, on which day."""
    asked = {spec.name for spec in questions(PART_BY_SLUG[target.part].model_of(target.list))}
    entry = at.draft.entry(place(target)) or {}
    who = f"Estimate of {count(people, 'person', 'people')}" if people else "Agreed in the workshop"
    told: dict[str, object] = {}
    if "evidence" in asked:
        told["evidence"] = LinkEvidence.GUESS
    if "grade" in asked and not entry.get("grade"):
        told["grade"] = Grade.OPINION
    if "source" in asked and not (entry.get("source") and entry.get("grade") not in (None, Grade.OPINION)):
        told["source"] = f"{who}, {day_words(at.said_by.on)}"
    return told


# Whether both can live with it


def _lived_with(at: _Settling) -> None:
    for target in at.targets:
        for side in Side:
            stood = {
                person: said
                for (n, person, about), said in at.asked.stands.items()
                if n == at.asked.round and about == target.id and _is_of(at, person, side)
            }
            if not stood:
                continue
            objects = any(said.fingers <= RESERVED for said in stood.values())
            words = [
                f"{at.said_by.names([person])}: {said.reservation}" if at.asked.names else said.reservation
                for person, said in stood.items()
                if said.reservation
            ]
            cells = {
                side.value: Acceptance.OBJECTS if objects else Acceptance.ACCEPTS,
                f"{side.value}_by": at.said_by.names(stood) if at.asked.names else count(len(stood), "person", "people"),
                f"{side.value}_on": at.said_by.on,
                f"{side.value}_reservation": _lines(words),
            }
            at.draft.write(place(target), **cells)


def _is_of(at: _Settling, person: str, side: Side) -> bool:
    return person in at.said_by.people and at.said_by.people[person].side is side


# Answered together


def _answered(at: _Settling) -> None:
    """What was typed stands in the charter already. What the model sees and predicts is the definition of the data as well."""
    one = chosen_idea(at.charter)
    if at.asks.about == "chosen_idea" and one:
        at.draft.suggest(("data_sources", "", ""), input_x=one.input_x, target_y=one.target_y)


# Decided


def _decided(at: _Settling) -> None:
    options = {t.id: t for t in at.targets if t.is_option}
    given = at.asked.dots_of()
    voted = max(options, key=lambda o: given.get(o, 0), default="")
    taken = next((o for o in at.settle.chosen if o in options), voted if given.get(voted) else "")
    if not taken:
        raise AnswerError("Nothing is chosen yet.", "Choose one of the options, or say that it is not known yet.")
    _DECIDED[at.asks.about](at, options, taken)


def _signed(at: _Settling) -> str:
    """Who decided, and when."""
    return f"Decided by {at.settle.who.strip()}, {day_words(at.said_by.on)}." if at.settle.who.strip() else ""


def _idea_chosen(at: _Settling, options: Mapping[str, Target], taken: str) -> None:
    for record, target in options.items():
        entry = at.draft.entry(place(target)) or {}
        if record != taken:
            at.draft.write(place(target), standing=Standing.PARKED)
            at.draft.suggest(place(target), because=f"“{short(options[taken].title, 100)}” goes first.")
            continue
        because = " ".join(filter(None, [at.says, _signed(at)]))
        at.draft.write(place(target), standing=Standing.CHOSEN, **({"because": because} if because else {}))
        aimed_at = {g.problem for g in at.charter.problems.goals}
        if aimed_at.isdisjoint(entry.get("problems", ())):
            links = {*entry.get("problems", ()), *(p.id for p in top_problems(at.charter))}
            at.draft.write(place(target), problems=sorted(links))
    if at.says:
        at.draft.write(("solutions", "", ""), why_this_one=at.says)


def _verdict_given(at: _Settling, options: Mapping[str, Target], taken: str) -> None:
    cells: dict[str, object] = {"opinion": taken, "decided_on": at.said_by.on}
    if at.says:
        cells["reason"] = at.says
    if at.settle.who.strip():
        cells["decided_by"] = at.settle.who
    at.draft.write(place(options[taken]), **cells)


def _gate_decided(at: _Settling, options: Mapping[str, Target], taken: str) -> None:
    cells: dict[str, object] = {"gate": Gate(taken), "gate_on": at.said_by.on}
    if at.says:
        cells["gate_reason"] = at.says
    if at.settle.who.strip():
        cells["decider"] = at.settle.who
    at.draft.write(place(options[taken]), **cells)


_DECIDED: Mapping[str, Callable[[_Settling, Mapping[str, Target], str], None]] = {
    "ideas": _idea_chosen,
    "verdict": _verdict_given,
    "gate": _gate_decided,
}
_TAKEN: Mapping[Way, Callable[[_Settling], None]] = {
    Way.GATHER: _gathered,
    Way.ESTIMATE: _estimated,
    Way.LIVE_WITH: _lived_with,
    Way.ANSWER: _answered,
    Way.DECIDE: _decided,
}
