"""What somebody brings back in a file: each change as it can be taken or left, what cannot be taken, and what was noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from scoping import answers
from scoping import currency as money
from scoping.comparison.edits import Titles
from scoping.merge import Edit, Plain, removed
from scoping.section import Fields, FieldSpec, Kind, ListSpec, Model, Record, Section, questions
from scoping.words import short

LARGEST_MB = 10
"""Of a file that brings changes back."""
_LONGEST_NAME = 60
_UNKNOWN = "unknown"

PlainEdit = tuple[str, str, str, Any, Any]
"""An `Edit` in a form that travels: list, record, question, before, after."""


class File(StrEnum):
    """What a file is."""

    WORKBOOK = "workbook"
    CHARTER = "charter"
    INVENTORY = "inventory"
    PLAN = "plan"


class Sort(StrEnum):
    """What a change does."""

    ANSWER = "answer"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Wish(Model):
    """One change, which is taken or left as a whole.

    Attributes:
        id: tells it apart from the others of its file: the place that it changes.
        place: where in the file it stands: "Data sources!F7"; "" where a file has no places.
        title: what the record is called; "" for the questions of the step itself.
        what: the question; what is added, removed or moved.
        before: "" for what had no answer.
        told: of a new record, its answers: question and words.
        needs: ids of the changes without which this one makes no sense.
    """

    id: str
    part: str
    list: str = ""
    record: str = ""
    sort: Sort = Sort.ANSWER
    place: str = ""
    title: str = ""
    what: str
    before: str = ""
    after: str = ""
    told: tuple[tuple[str, str], ...] = ()
    edits: tuple[PlainEdit, ...]
    needs: tuple[str, ...] = ()

    def as_edits(self) -> Sequence[Edit]:
        """The change as it is merged."""
        return tuple(Edit(*edit) for edit in self.edits)


class Refused(Model):
    """What stands in a file and cannot be taken.

    Attributes:
        place: where; "" where a file has no places.
        found: what stands there.
        why: in a sentence, with what to do.
    """

    part: str = ""
    place: str = ""
    found: str = ""
    why: str


class Brought(Model):
    """A file that was read.

    Attributes:
        project: the id of the project that it was written from; "" where it does not say.
        revision, saved_at: that it was written from; None where it does not say.
        wishes: in the order of the steps.
        charter: of a file that holds a whole one, in plain form; its changes are told once that revision is at hand.
        rows: of a file that is but a table: question or heading to cell; `headings` are those of the file by question.
    """

    kind: File
    project: str = ""
    revision: int | None = None
    saved_at: datetime | None = None
    wishes: tuple[Wish, ...] = ()
    refused: tuple[Refused, ...] = ()
    remarks: tuple[str, ...] = ()
    charter: Plain | None = None
    headings: dict[str, str] = Field(default_factory=dict)
    rows: tuple[dict[str, str], ...] = ()


def of_answers(
    section: Section,
    spec: ListSpec | None,
    before: Plain,
    after: Plain,
    edits: Iterable[Edit],
    *,
    titles: Titles,
    title: str = "",
    places: Mapping[str, str] | None = None,
) -> list[Wish]:
    """The changes of one entry, a question each.

    Args:
        spec: its list; None for the questions of the step itself.
        titles: of the records that links refer to.
        title: what the record is called.
        places: in the file, by question.
    """
    model: type[Fields] = spec.record if spec else section.model
    asked = {q.name: q for q in questions(model)}
    listed, record = spec.name if spec else "", before.get("id", "")
    found = []
    for name, own in _by_question(edits, asked, before, after).items():
        is_told_in_it = name != "currency" and asked[name].kind is Kind.MONEY and before.get("currency") != after.get("currency")
        wish = Wish(
            id=_id(section, listed, record, name),
            part=section.slug,
            list=listed,
            record=record,
            place=(places or {}).get(name, ""),
            title=title,
            what=asked[name].label,
            before=words(asked[name], before, titles),
            after=words(asked[name], after, titles),
            edits=_plain(own),
            needs=(_id(section, listed, record, "currency"),) if is_told_in_it else (),
        )
        found.append(wish)
    return found


def of_new(section: Section, spec: ListSpec, record: Record, titles: Titles, place: str = "", moves: Sequence[Edit] = ()) -> Wish:
    """A new record with its answers."""
    entry = record.model_dump(mode="json")
    told = ((q.label, words(q, entry, titles)) for q in spec.questions if not (q.assumed or q.machine))
    return Wish(
        id=_id(section, spec.name, record.id, Sort.ADDED),
        part=section.slug,
        list=spec.name,
        record=record.id,
        sort=Sort.ADDED,
        place=place,
        title=record.title,
        what=f"New {spec.singular}",
        told=tuple((label, answer) for label, answer in told if answer),
        edits=_plain([Edit(spec.name, record.id, "", None, entry), *moves]),
    )


def of_removed(section: Section, spec: ListSpec, record: Record, place: str = "") -> Wish | Refused:
    """A record that is gone from a file; refused where such records stay for good."""
    entry = record.model_dump(mode="json")
    if spec.lasting and any(entry[q.name] for q in spec.questions if q.core):
        name = short(record.title, _LONGEST_NAME)
        why = f"“{name}” is gone from the file. A {spec.singular} is answered, never removed, so it stays."
        return Refused(part=section.slug, place=place, why=why)
    return Wish(
        id=_id(section, spec.name, record.id, Sort.REMOVED),
        part=section.slug,
        list=spec.name,
        record=record.id,
        sort=Sort.REMOVED,
        place=place,
        title=record.title,
        what=f"Remove {spec.singular}",
        before=record.title,
        edits=_plain([removed(spec.name, record)]),
    )


def of_order(section: Section, spec: ListSpec, moves: Sequence[Edit], titles: Titles) -> Wish:
    """Records of a list that stand in another order."""
    names = titles.get(f"{section.slug}.{spec.name}", {})
    moved = ", ".join(f"“{short(names.get(edit.record, ''), _LONGEST_NAME)}”" for edit in moves)
    return Wish(
        id=_id(section, spec.name, "", Sort.MOVED),
        part=section.slug,
        list=spec.name,
        sort=Sort.MOVED,
        title=spec.title,
        what="Another order",
        after=f"{moved} moved",
        edits=_plain(moves),
    )


def tied(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Each with the new records that it links to: without them it would name what is not there."""
    listed = list(wishes)
    new = {wish.record: wish.id for wish in listed if wish.sort is Sort.ADDED}

    def needs(wish: Wish) -> tuple[str, ...]:
        named = (new[record] for edit in wish.edits for record in _records_in(edit[4]) if record in new)
        return tuple(dict.fromkeys([*wish.needs, *(need for need in named if need != wish.id)]))

    return tuple(wish.model_copy(update={"needs": needs(wish)}) for wish in listed)


def refusal(section: Section, spec: ListSpec | None, asked: FieldSpec, entry: Plain) -> str:
    """Why a question of an entry, as it stands, cannot be answered in a file at all; "" where it can."""
    if spec and spec.machine:
        return f"{spec.title}: entries are written by the workbench itself."
    if asked.is_sealed(entry):
        return f"{asked.label}: signing is done on the charter, by whoever signs."
    return f"{section.title}: the workbench writes this itself." if asked.machine else ""


def new_id(*about: object) -> str:
    """The id of a new record: the same for the same row of the same file, so that bringing it back twice adds nothing twice."""
    return hashlib.sha256("/".join(map(str, about)).encode()).hexdigest()[:16]


def words(spec: FieldSpec, entry: Plain, titles: Titles) -> str:
    """What an entry answers to a question, as people read it."""
    if spec.name in entry[_UNKNOWN]:
        return answers.UNKNOWN_WORDS
    return answers.words(spec, entry[spec.name], entry.get("currency", "USD"), titles.get(spec.refers_to))


def _id(section: Section, listed: str, record: str, about: str) -> str:
    return f"{section.slug}/{listed}/{record}/{about}"


def _plain(edits: Iterable[Edit]) -> tuple[PlainEdit, ...]:
    return tuple((e.list, e.record, e.field, e.before, e.after) for e in edits)


def _by_question(edits: Iterable[Edit], asked: Mapping[str, FieldSpec], before: Plain, after: Plain) -> dict[str, list[Edit]]:
    """Edits of one entry by the question whose answer they are, the currency first.

    The mark "not known" belongs to its question, and an amount that a new currency only writes anew to the currency.
    """
    old, new = before.get("currency"), after.get("currency")
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.field == _UNKNOWN:
            then, now = set(edit.before or ()), set(edit.after or ())
            for name in sorted(then ^ now):
                mark = Edit(edit.list, edit.record, _UNKNOWN, sorted(then & {name} - now), sorted(now & {name} - then))
                found.setdefault(name, []).append(mark)
            continue
        is_amount = old != new and asked[edit.field].kind is Kind.MONEY and None not in (edit.before, edit.after)
        is_rewritten = is_amount and money.to_major(edit.before, str(old)) == money.to_major(edit.after, str(new))
        found.setdefault("currency" if is_rewritten else edit.field, []).append(edit)
    return {"currency": found.pop("currency"), **found} if "currency" in found else found


def _records_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _records_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _records_in(inner)
