"""What becomes of numbers, fingers, answers and decisions of a room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from statistics import median

from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.lacking import begun
from scoping.section import questions
from scoping.sections.feasibility import Grade
from scoping.sections.project import AssumptionState
from scoping.sections.solutions import Standing
from scoping.sections.value import Acceptance, Level, LinkEvidence
from scoping.signing.choice import chosen_idea
from scoping.words import count, day_words, short
from scoping.workshop.about import Target, top_problems
from scoping.workshop.draft import Where
from scoping.workshop.estimates import guessed, pooled
from scoping.workshop.moves import Side
from scoping.workshop.room import Fingers
from scoping.workshop.settling import Settling, lines, place

RESERVED = 2
"""As many fingers or fewer are a reservation."""


# Estimated


def estimated(at: Settling) -> None:
    guesses = guessed(at.asked)
    for target in at.targets:
        mine = guesses.get(target.id, {})
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


def _told_by(at: Settling, target: Target, people: int) -> dict[str, object]:
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


def lived_with(at: Settling) -> None:
    for target in at.targets:
        stood = {p: f for (p, about), f in at.asked.stands_now().items() if about == target.id}
        if stood:
            _STOOD[at.asks.about](at, target, stood)


_Stood = Mapping[str, Fingers]


def _by_side(at: Settling, stood: _Stood) -> dict[Side, dict[str, Fingers]]:
    sides = {p: at.said_by.people[p].side for p in stood if p in at.said_by.people}
    found = {side: {p: f for p, f in stood.items() if sides.get(p) is side} for side in Side}
    return {side: some for side, some in found.items() if some}


def _who(at: Settling, people: Collection[str]) -> str:
    return at.said_by.names(people) if at.asked.names else count(len(people), "person", "people")


def _reservations(at: Settling, stood: _Stood) -> list[str]:
    said = {person: one.reservation for person, one in stood.items() if one.reservation}
    return [f"{at.said_by.names([person])}: {words}" if at.asked.names else words for person, words in said.items()]


def _metric_accepted(at: Settling, target: Target, stood: _Stood) -> None:
    """One reservation is enough for its side; what was said stands with it."""
    for side, some in _by_side(at, stood).items():
        objects = any(said.fingers <= RESERVED for said in some.values())
        cells = {
            side.value: Acceptance.OBJECTS if objects else Acceptance.ACCEPTS,
            f"{side.value}_by": _who(at, some),
            f"{side.value}_on": at.said_by.on,
            f"{side.value}_reservation": lines(_reservations(at, some)),
        }
        at.draft.write(place(target), **cells)


def _date_accepted(at: Settling, target: Target, stood: _Stood) -> None:
    """Who can live with a milestone, by side; each reservation is an open question of whoever has it."""
    told = []
    for side, some in _by_side(at, stood).items():
        gladly = [p for p, said in some.items() if said.fingers > RESERVED]
        reserved = [p for p, said in some.items() if said.fingers <= RESERVED]
        told += [f"{side.label}, {day_words(at.said_by.on)}: {_who(at, gladly)}"] if gladly else []
        told += [f"{side.label}, with a reservation: {_who(at, reserved)}"] if reserved else []
    at.draft.write(place(target), accepted_by=lines(told))
    for person, said in stood.items():
        if said.fingers <= RESERVED and said.reservation:
            where: Where = ("project", "assumptions", at.id_of(target.id, person))
            words = f"A reservation about “{short(target.title, 120)}”: {said.reservation}"
            at.draft.suggest(where, statement=words, owner=_who(at, [person]) if at.asked.names else "")
            at.draft.write(where, state=AssumptionState.OPEN)


def _date_sure(at: Settling, target: Target, stood: _Stood) -> None:
    """A check-in: as sure as the middle one of all, and what could go wrong."""
    where: Where = ("milestones", "checkins", at.id_of("checkin"))
    sure = max(1, round(median(said.fingers for said in stood.values())))
    given = {"confidence": sure, "held_on": at.said_by.on, "author": _who(at, stood), "risks": lines(_reservations(at, stood))}
    at.draft.write(where, **given)
    at.draft.suggest(where, changed=at.says or f"{at.asks.ask} {target.title}")


_STOOD: Mapping[str, Callable[[Settling, Target, _Stood], None]] = {
    "metrics": _metric_accepted,
    "milestones": _date_accepted,
    "next_date": _date_sure,
}


# Answered together


def answered(at: Settling) -> None:
    """What was typed stands in the charter already; what follows from it is written beside it."""
    if follow := _FOLLOWS.get(at.asks.about):
        follow(at)


def _defined(at: Settling) -> None:
    """What the idea sees and predicts is the definition of the data as well."""
    if one := chosen_idea(at.charter):
        at.draft.suggest(("data_sources", "", ""), input_x=one.input_x, target_y=one.target_y)


def _put_in_order(at: Settling) -> None:
    """Steps stand by where they show, while nobody gave them places."""
    rungs = begun(at.charter.value.rungs)
    levels = list(Level)
    if all(r.order is None for r in rungs):
        rising = sorted(rungs, key=lambda r: levels.index(r.level) if r.level else len(levels))
        for number, row in enumerate(rising, 1):
            at.draft.write(("value", "rungs", row.id), order=number)


def _asked_to_sign(at: Settling) -> None:
    """Who owns it and who releases money and people are asked to sign."""
    project = at.charter.project
    signing = {row.name.strip().casefold() for row in project.signatures}
    for role, name in (("Sponsor", project.sponsor), ("Project owner", project.owner)):
        if name.strip() and name.strip().casefold() not in signing:
            at.draft.suggest(("project", "signatures", at.id_of(role)), role=role, name=name)


_FOLLOWS: Mapping[str, Callable[[Settling], None]] = {
    "chosen_idea": _defined,
    "metrics": _put_in_order,
    "project": _asked_to_sign,
}


# Decided


def decided(at: Settling) -> None:
    options = {t.id: t for t in at.targets if t.is_option}
    given = at.asked.dots_of()
    voted = max(options, key=lambda o: given.get(o, 0), default="")
    taken = next((o for o in at.settle.chosen if o in options), voted if given.get(voted) else "")
    if not taken:
        raise AnswerError("Nothing is chosen yet.", "Choose one of the options, or say that it is not known yet.")
    _DECIDED[at.asks.about](at, options, taken)


def _signed(at: Settling) -> str:
    """Who decided, and when."""
    return f"Decided by {at.settle.who.strip()}, {day_words(at.said_by.on)}." if at.settle.who.strip() else ""


def _idea_chosen(at: Settling, options: Mapping[str, Target], taken: str) -> None:
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


def _written_down(fields: tuple[str, str, str, str]) -> Callable[[Settling, Mapping[str, Target], str], None]:
    """Writes what was decided, on which day, and why and by whom as far as that was said, into these questions."""
    what, when, why, by = fields

    def decide(at: Settling, options: Mapping[str, Target], taken: str) -> None:
        said = {why: at.says, by: at.settle.who}
        told = {name: words for name, words in said.items() if words.strip()}
        at.draft.write(place(options[taken]), **{what: taken, when: at.said_by.on, **told})

    return decide


_DECIDED: Mapping[str, Callable[[Settling, Mapping[str, Target], str], None]] = {
    "ideas": _idea_chosen,
    "verdict": _written_down(("opinion", "decided_on", "reason", "decided_by")),
    "gate": _written_down(("gate", "gate_on", "gate_reason", "decider")),
}
