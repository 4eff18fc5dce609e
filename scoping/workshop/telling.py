"""What a room tells: the same to everybody, and to each what is theirs. Nothing leaves here before its time.

While people write, others learn how many cards there are and nothing of what stands in them; while they vote or estimate, who has
done so and not how. What was written without a name has none in what is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from scoping.words import ms
from scoping.workshop.agenda import begins
from scoping.workshop.estimates import by_target, pooled, spread
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase, Question, Way, blocks
from scoping.workshop.room import Asked, Card, Guess, Room

Told = dict[str, Any]


def told(room: Room, here: Collection[str], now: datetime) -> Told:
    """What everybody is told.

    Args:
        here: ids of the people who are in the room at the moment.
        now: by the clock of the server, so that browsers can correct theirs.
    """
    prepared = [wrote(room.at(key)) for key in room.prepared]
    return {
        "number": room.number,
        "clock": _clock(room, now),
        "status": status(room),
        "started": ms(room.started),
        "ended": ms(room.ended),
        "agenda": _agenda(room),
        "people": [_person(room, one, here, prepared) for one in room.people],
        "prepare": {"questions": list(room.prepared), "until": room.prepared_until and room.prepared_until.isoformat(), "cards": _waiting(room)},
        "locked": sorted(room.locked),
        "called": room.called,
        "parked": [key for key, one in room.asked.items() if one.outcome and one.outcome.how is How.PARKED],
        "now": room.now,
        "question": question(room, room.now) if room.now else None,
    }  # fmt: skip


def status(room: Room) -> str:
    """Where the room is as a whole."""
    return "ended" if room.ended else "running" if room.now else "paused" if room.started else "lobby"


def spent(room: Room) -> dict[str, float]:
    """Seconds that the room was at each question that it answered."""
    return {key: one.spent for key, one in room.asked.items() if one.outcome and one.outcome.how is How.TAKEN}


def left_open(room: Room) -> list[Told]:
    """The questions that a room left open: parked, not known yet, or not asked any more."""
    asked = [room.at(key) for key in room.order()]
    ends = [(one, _outcome(one) or {"how": "open", "says": "", "who": "", "by": None}) for one in asked]
    return [
        {"question": one.question.key, "short": one.question.short, **{name: end[name] for name in ("how", "says", "who", "by")}}
        for one, end in ends
        if end["how"] != "taken"
    ]


def _clock(room: Room, now: datetime) -> Told:
    clock = room.clock
    return {
        "now": ms(now),
        "total": clock.total if clock else None,
        "ends": ms(clock.ends) if clock else None,
        "left": clock.left if clock and not clock.ends else None,
    }


def _agenda(room: Room) -> list[Told]:
    times = begins(room.agenda, room.started) if room.started else []
    return [
        {
            "key": block.key,
            "title": block.title,
            "says": blocks()[block.key].says if block.key in blocks() else "",
            "minutes": block.minutes,
            "begins": ms(times[at]) if times else None,
            "questions": [_step(room.at(key)) for key in block.questions],
        }
        for at, block in enumerate(room.agenda)
    ]


def _step(one: Asked) -> Told:
    asks = one.question
    end = one.outcome.how if one.outcome else None
    return {"key": asks.key, "short": asks.short, "kind": asks.kind, "anonymous": asks.anonymous, "outcome": end}


def _person(room: Room, person: str, here: Collection[str], prepared: Collection[Collection[str]]) -> Told:
    one = room.people[person]
    at = room.asked.get(room.now)
    return {
        "id": one.id,
        "name": one.name,
        "side": one.side or "",
        "role": one.role,
        "here": person in here,
        "ready": bool(at and person in at.ready),
        "prepared": sum(person in writers for writers in prepared),
    }


def _waiting(room: Room) -> int:
    return sum(1 for key in room.prepared if key != room.now for c in room.at(key).cards.values() if c.counts)


def wrote(one: Asked) -> set[str]:
    """Who has written, voted, estimated or shown fingers, in the present round. Cards without a name have no writer."""
    match one.question.kind:
        case Way.GATHER if one.phase is not Phase.VOTING:
            return {c.by for c in one.cards.values() if c.by and c.counts}
        case Way.GATHER | Way.DECIDE:
            return one.voters()
        case Way.ESTIMATE:
            return {person for person, _ in one.guesses_now()}
        case Way.LIVE_WITH:
            return {person for person, _ in one.stands_now()}
        case Way.ANSWER:
            return set(one.ready)


def question(room: Room, key: str) -> Told:
    """One question as all may see it at present."""
    one = room.at(key)
    asks: Question = one.question
    said: Told = {
        **{name: getattr(asks, name) for name in ("key", "block", "kind", "ask", "short", "help", "about", "becomes", "mark", "anonymous")},
        "numbers": list(asks.numbers),
        "phases": list(asks.phases),
        "phase": one.phase,
        "round": one.round,
        "dots": one.dots,
        "on_one": one.on_one,
        "names": one.names,
        "done": sorted(wrote(one)),
        "cards": None if one.phase is Phase.WRITING else [_card(one, c) for c in one.cards.values() if c.counts],
        "count": sum(1 for c in one.cards.values() if c.counts),
        "counts": Counter(c.by for c in one.cards.values() if c.by and c.counts) if one.phase is Phase.WRITING else {},
        "groups": None if one.phase is Phase.WRITING else _groups(one),
        "votes": _votes(room, one) if one.is_shown else None,
        "guesses": _guesses(one, one.guesses_now()) if one.is_shown else None,
        "before": _guesses(one, one.guesses_before()) if asks.kind is Way.ESTIMATE and one.phase is Phase.WRITING else [],
        "wishes": [{"by": person, "how": how} for person, how in one.wishes.items()],
        "stands": _stands(room, one) if one.is_shown else None,
        "reservations": [{"by": p, "text": r.text, "is_added": r.is_added} for p, r in one.reservations.items()] if one.is_shown else [],
        "outcome": _outcome(one),
    }  # fmt: skip
    return said


def _card(one: Asked, card: Card) -> Told:
    return {"id": card.id, "text": card.text, "mark": card.mark, "by": card.by if one.names else "", "group": card.stands_in}


def _groups(one: Asked) -> list[Told]:
    """The groups with their dots; until these are shown, in an order that tells nothing of them."""
    given = one.dots_of() if one.is_shown else None
    ids = one.groups() if one.is_shown else dict.fromkeys(c.stands_in for c in one.cards.values() if c.counts)
    return [{"id": group, "title": one.title(group), "dots": None if given is None else given.get(group, 0)} for group in ids]


def _votes(room: Room, one: Asked) -> Told:
    return {"given": one.dots_of(), "people": len(one.voters()), "of": sum(p.takes_part for p in room.people.values())}


def _guesses(one: Asked, said: Mapping[tuple[str, str], Guess]) -> list[Told]:
    return [
        {
            "target": target,
            "guesses": [
                {"by": p if one.names else "", "low": g.low, "likely": g.likely, "high": g.high} for p, g in guesses.items()
            ],
            "pooled": pooled(guesses),
            "spread": spread(guesses) if one.names else None,
        }
        for target, guesses in by_target(said).items()
    ]


def _stands(room: Room, one: Asked) -> list[Told]:
    return [
        {"by": person if one.names else "", "side": room.people[person].side or "", "target": target}
        | {"fingers": f.fingers, "reservation": f.reservation}
        for (person, target), f in one.stands_now().items()
    ]


def _outcome(one: Asked) -> Told | None:
    end = one.outcome
    if end is None:
        return None
    day = end.by.isoformat() if end.by else None
    return {
        "how": end.how,
        "says": end.says,
        "chosen": list(end.chosen),
        "left_out": list(end.left_out),
        "who": end.who,
        "by": day,
        "at": ms(end.at),
    } | {
        "agreed": {target: list(numbers) for target, numbers in end.agreed.items()},
        "revisions": list(end.revisions),
        "made": dict(end.made),
    }


def mine(room: Room, person: str) -> Told:
    """What only one person is told: their own cards, dots, numbers and fingers on every question that they wrote to."""
    return {key: own for key, one in room.asked.items() if any((own := _own(one, person)).values())}


def _own(one: Asked, person: str) -> Told:
    cards = [c for c in one.cards.values() if c.by == person and not c.is_taken_back] if person else []
    return {
        "cards": [{"id": c.id, "text": c.text, "mark": c.mark, "hidden": c.is_hidden} for c in cards],
        "votes": {target: dots for (who, target), dots in one.votes.items() if who == person and dots},
        "guesses": {t: [g.low, g.likely, g.high] for (who, t), g in one.guesses_now().items() if who == person},
        "stands": {t: [f.fingers, f.reservation] for (who, t), f in one.stands_now().items() if who == person},
    }
