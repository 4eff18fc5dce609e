"""What a workshop leaves in writing: who took part, what was written, voted, estimated, decided and left open, what changed.

It tells what was shown. What somebody wrote and nobody has shown yet is counted; a card without a name has none here either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress

from scoping.blocks import Block, Facts, Missing, Paragraph, Table
from scoping.charter import Charter
from scoping.document.reader import Reader
from scoping.export.leaflet import Leaflet, chapters
from scoping.section import Answer, question
from scoping.signing.conditions import CONDITIONS
from scoping.words import capital, count, day_words, in_a_row, number_words, short
from scoping.workshop.about import Target, row_at, targets
from scoping.workshop.estimates import guessed, pooled
from scoping.workshop.moves import How, Side
from scoping.workshop.questions import Phase, Way
from scoping.workshop.room import Asked, Room

IN_SHORT = "In short"
"""The chapter that is the sentence."""
_TITLE = 120


@dataclass(frozen=True)
class Changed:
    """A save of the charter that belongs to the workshop, in words.

    Attributes:
        part: title of the step.
        sentences: what was changed, one each.
    """

    number: int
    part: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Record(Leaflet):
    """The record of one workshop.

    Attributes:
        sentence: what came of it, as somebody would repeat it.
    """

    sentence: str


def record(
    name: str, room: Room, charter: Charter, changes: Sequence[Changed], made_at: datetime, met: tuple[int, int] | None = None
) -> Record:
    """The record of a workshop as far as it is.

    Args:
        charter: as it is now; it knows what the places are called that people voted on and estimated.
        changes: all saves that belong to the workshop, oldest first.
        made_at: when the workshop was made: its day while nobody has begun it.
        met: how many conditions of signing were met before and after it, where that is known.
    """
    day = (room.started or made_at).date()
    sentence = _sentence(room, met)
    written: dict[str, Iterable[Block]] = {
        IN_SHORT: [Paragraph(sentence)],
        "Who took part": _people(room),
        "Agenda": _agenda(room),
    }
    for key in room.order():
        one = room.at(key)
        places = targets(one.question, charter)
        told = [*_question(one, room, places), *_answers(one, places, Reader(charter, day))] if key in room.asked else ()
        written[one.question.ask] = told
    written["Left open"] = _left_open(room)
    written["What changed in the charter"] = _changed(changes)
    return Record(f"{charter.name}: {dated(name, day)}", day, chapters(written), sentence)


def dated(name: str, day: date) -> str:
    """The name of a workshop with its day; a name that tells the day already tells it once."""
    words = day_words(day)
    return name if re.search(rf"(?<!\d){re.escape(words)}(?!\d)", name) else f"{name}, {words}"


def _sentence(room: Room, met: tuple[int, int] | None) -> str:
    took = sum(p.takes_part for p in room.people.values())
    asked = room.order()
    answered = [key for key in asked if (end := room.at(key).outcome) and end.how is How.TAKEN]
    minutes = round(sum(one.spent for one in room.asked.values()) / 60)
    people = capital(count(took, "person", "people"))
    lasted = f" in {count(minutes, 'minute')}" if minutes else ""
    said = f"{people} answered {len(answered)} of {count(len(asked), 'question')}{lasted}."
    return f"{said} To sign: {met[0]} of {len(CONDITIONS)} before, {met[1]} of {len(CONDITIONS)} after." if met else said


def _people(room: Room) -> Iterator[Block]:
    rows = tuple((p.name, p.side.label if p.side else "", p.role.label) for p in room.people.values())
    if rows:
        yield Table("", ("Name", "Side", "Role"), rows)


def _agenda(room: Room) -> Iterator[Block]:
    rows = []
    for block in room.agenda:
        spent = sum(room.at(key).spent for key in block.questions)
        ended = sum(room.at(key).outcome is not None for key in block.questions)
        rows.append((block.title, str(block.minutes), str(round(spent / 60)), f"{ended} of {len(block.questions)}"))
    if rows:
        yield Table("", ("Block", "Minutes planned", "Minutes needed", "Questions"), tuple(rows))


def _question(one: Asked, room: Room, places: Sequence[Target]) -> Iterator[Block]:
    if one.outcome:
        yield Facts(tuple(_ending(one, room, places)))
    elif not one.is_written:
        yield Missing("The room was here and left it open.")
    if one.phase is Phase.WRITING and one.question.kind is not Way.ANSWER:
        if one.is_written:
            yield Missing(f"{capital(count(_written(one), 'answer'))} not shown yet.")
        return
    titles = {t.id: t.title for t in places}
    match one.question.kind:
        case Way.GATHER:
            yield from _cards(one, room)
        case Way.DECIDE:
            yield from _options(one, titles)
        case Way.ESTIMATE:
            yield from _estimates(one, places)
        case Way.LIVE_WITH:
            yield from _fingers(one, room, titles)


def _answers(one: Asked, places: Sequence[Target], reader: Reader) -> Iterator[Block]:
    """What was filled in together, as it stands in the charter by now; beside others under the name of its place."""
    if one.outcome is None or one.outcome.how is not How.TAKEN:
        return
    found = [(place, rows) for place in places if not place.is_option and (rows := tuple(_cells(place, reader)))]
    for place, rows in found:
        yield Facts(rows, place.title if len(found) > 1 else "")


def _cells(place: Target, reader: Reader) -> Iterator[tuple[str, str]]:
    if row := row_at(place, reader.charter):
        asked = (name for name in (*place.before, *place.fields) if row.answer(name) is not Answer.BLANK)
        yield from ((question(type(row), name).label, reader.words(row, name)) for name in asked)


def _written(one: Asked) -> int:
    cards = sum(c.counts for c in one.cards.values())
    return cards or len({p for (p, _) in one.votes}) or len({p for (_, p, _) in (*one.guesses, *one.stands)})


def _ending(one: Asked, room: Room, places: Sequence[Target]) -> Iterator[tuple[str, str]]:
    end = one.outcome
    if end is None:
        return
    yield "How it ended", end.how.label
    options = {t.id: t.title for t in places if t.is_option}
    chosen = [one.title(c) or options.get(c, "") for c in end.chosen]
    if taken := [short(title, _TITLE) for title in chosen if title]:
        yield "Taken", "; ".join(taken)
    elif end.chosen and one.question.kind is Way.GATHER:
        yield "Taken", "What stood in the charter already"
    if left := [short(title, _TITLE) for group in end.left_out if (title := one.title(group))]:
        yield "Not in the charter", "; ".join(left)
    said = (("In words", end.says), ("Who", end.who), ("Until", day_words(end.by) if end.by else ""))
    yield from ((label, words) for label, words in said if words)
    for person, objection in one.reservations.items():
        yield "Added to it" if objection.is_added else "Reservation", f"{room.people[person].name}: {objection.text}"


def _cards(one: Asked, room: Room) -> Iterator[Block]:
    """Cards by group, with the dots of each once they are shown, and with names where names stand on them."""
    given = one.dots_of() if one.is_shown else {}
    groups = one.groups()
    grouped = any(len(cards) > 1 or group in one.titles for group, cards in groups.items())
    named = one.names and any(c.by for c in one.cards.values())
    told = (grouped, True, named, bool(given))
    rows = []
    for group, cards in groups.items():
        for at, card in enumerate(cards):
            title = one.title(group) if grouped and not at else ""
            by = room.people[card.by].name if card.by in room.people else ""
            dots = "" if at else str(given.get(group, 0))
            rows.append(tuple(compress((title, card.text, by, dots), told)))
    if rows:
        yield Table("", tuple(compress(("Group", "Written", "By", "Dots"), told)), tuple(rows))
    if out := [c for c in one.cards.values() if c.is_hidden and not c.is_taken_back]:
        yield Table("", ("Taken out of sight",), tuple((c.text,) for c in out))


def _options(one: Asked, titles: Mapping[str, str]) -> Iterator[Block]:
    if not one.is_shown:
        return
    rows = sorted(one.dots_of().items(), key=lambda row: -row[1])
    if told := tuple((titles.get(option, "No longer there"), str(dots)) for option, dots in rows if dots):
        yield Table("", ("Option", "Dots"), told)


def _estimates(one: Asked, places: Sequence[Target]) -> Iterator[Block]:
    """The spread of each number, and what came of it."""
    rows = []
    for target in places:
        guesses = guessed(one).get(target.id, {})
        likely = sorted(g.likely for g in guesses.values() if g.likely is not None)
        agreed = one.outcome.agreed.get(target.id) if one.outcome else None
        if likely or agreed:
            what = f"{target.title.removesuffix('.')}, {target.unit}" if target.unit else target.title
            spread = " to ".join(_number(n) for n in dict.fromkeys((likely[0], likely[-1]))) if likely else ""
            rows.append((what, str(len(likely)), spread, _range(pooled(guesses)), _range(agreed)))
    if rows:
        columns = 5 if any(row[-1] for row in rows) else 4
        heads = ("What", "People", "Most likely, from lowest to highest", "Out of all", "Agreed")
        yield Table("", heads[:columns], tuple(row[:columns] for row in rows))
    if one.round > 1:
        yield Paragraph(f"{capital(count(one.round, 'round'))}; the numbers are those of the last.")


def _number(value: float) -> str:
    return number_words(float(f"{value:.10g}"))


def _range(numbers: Sequence[float | None] | None) -> str:
    """Three numbers in words, or the one that there is."""
    low, likely, high = (None if n is None else _number(n) for n in numbers or (None, None, None))
    ends = " to ".join(dict.fromkeys(filter(None, (low, high))))
    if not likely or likely == ends:
        return ends
    return f"{ends}, most likely {likely}" if ends else likely


def _fingers(one: Asked, room: Room, titles: Mapping[str, str]) -> Iterator[Block]:
    rows = []
    for target, title in titles.items():
        for side in (*Side, None):
            shown = [
                (person, said)
                for (person, about), said in one.stands_now().items()
                if about == target and person in room.people and room.people[person].side is side
            ]
            if shown:
                hands = ", ".join(str(said.fingers) for said in sorted((s for _, s in shown), key=lambda s: -s.fingers))
                words = [
                    f"{room.people[person].name}: {said.reservation}" if one.names else said.reservation
                    for person, said in shown
                    if said.reservation
                ]
                rows.append((title, side.label if side else "No side", hands, words[0] if words else ""))
                rows += [("", "", "", more) for more in words[1:]]
    if rows:
        yield Table("", ("What", "Side", "Fingers", "Reservations"), tuple(rows))


def _left_open(room: Room) -> Iterator[Block]:
    rows = []
    for key in room.order():
        end = room.at(key).outcome
        if end is None:
            rows.append((room.at(key).question.ask, "Not asked", "", "", ""))
        elif end.how in (How.UNKNOWN, How.PARKED):
            day = day_words(end.by) if end.by else ""
            rows.append((room.at(key).question.ask, end.how.label, end.says, end.who, day))
    if rows:
        yield Table("", ("Question", "How", "In words", "Who finds out", "Until"), tuple(rows))


def _changed(changes: Sequence[Changed]) -> Iterator[Block]:
    """What was changed, by the steps of the charter, each sentence once."""
    by_part: dict[str, dict[str, None]] = {}
    for change in changes:
        by_part.setdefault(change.part, {}).update(dict.fromkeys(change.sentences))
    rows = [("" if at else part, said) for part, sentences in by_part.items() for at, said in enumerate(sentences)]
    if rows:
        yield Table("", ("Step", "What changed"), tuple(rows))


def names(room: Room) -> str:
    """Who took part, as a list of workshops tells it."""
    took = [p.name for p in room.people.values() if p.takes_part]
    return in_a_row(took) if len(took) <= 4 else f"{in_a_row(took[:3], ', ')} and {len(took) - 3} more"
