"""What leads from an older charter to a newer one: as edits for a program, as changes for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scoping import answers, merge
from scoping.answers import UNKNOWN_WORDS
from scoping.charter import PARTS, Charter
from scoping.comparison.change import Change, What, difference
from scoping.comparison.chapters import ORDER, SIGN_OFF, chapter
from scoping.comparison.edits import WRITTEN_ANEW, Titles
from scoping.merge import AFTER, OWN, Edit, Flat, Key, Plain
from scoping.places import Place
from scoping.section import FieldSpec, Kind, Section, questions
from scoping.signing import terms
from scoping.words import in_a_row, short

_NAME, _MOVES = 90, 3


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that differs, in the order in which the charter is read.

    Attributes:
        edits: by part, that lead from the older charter to the newer one.
    """

    older: Charter
    newer: Charter
    edits: Mapping[str, Sequence[Edit]]
    changes: tuple[Change, ...]

    @cached_property
    def of_terms(self) -> tuple[Change, ...]:
        """What matters to somebody who signs or has signed."""
        return tuple(one for one in self.changes if one.matters)

    @cached_property
    def slight(self) -> int:
        """How many changes of what is signed say nothing new."""
        return sum(one.is_of_terms and one.is_slight for one in self.changes)

    @cached_property
    def untouched(self) -> tuple[str, ...]:
        """The chapters in which nothing that is signed differs; that of the signatures where no answer does."""
        differ = {one.chapter for one in self.of_terms} | {one.chapter for one in self.changes if one.chapter == SIGN_OFF}
        return tuple(name for name in ORDER if name not in differ)


def compare(older: Charter, newer: Charter) -> Comparison:
    """Compare two charters."""
    edits, found = {}, []
    both = _Both(older, newer)
    for section in PARTS:
        if older.part(section.slug) is newer.part(section.slug):
            continue
        one = _Part(section, both)
        if one.edits:
            edits[section.slug] = one.edits
            found += list(one.changes())
    place = {name: at for at, name in enumerate(ORDER)}
    return Comparison(older=older, newer=newer, edits=edits, changes=tuple(sorted(found, key=lambda c: place[c.chapter])))


class _Both:
    """What is asked of two charters as wholes."""

    def __init__(self, older: Charter, newer: Charter) -> None:
        self.charters = older, newer
        known = {move.id for move in older.milestones.moves}
        self.why_moved = {m.milestone: m.reason.strip() for m in newer.milestones.moves if m.id not in known}

    @cached_property
    def titles(self) -> tuple[Titles, Titles]:
        old, new = (charter.titles() for charter in self.charters)
        # A link may lead to what is gone by now, or to what came only later.
        return {name: {**new[name], **old[name]} for name in old}, {name: {**old[name], **new[name]} for name in new}

    @cached_property
    def terms(self) -> tuple[dict[str, Any], dict[str, Any]]:
        older, newer = (terms.terms(charter) for charter in self.charters)
        return older, newer


class _Part:
    """One part of two charters."""

    def __init__(self, section: Section, both: _Both) -> None:
        self._section, self._both = section, both
        self._old, self._new = (merge.flatten(section, charter.part(section.slug)) for charter in both.charters)
        self.edits = merge.diff(self._old, self._new)

    def changes(self) -> Iterator[Change]:
        """All changes, list by list, those of an entry together."""
        by_list: dict[str, dict[Key, list[Edit]]] = {}
        for edit in self.edits:
            by_list.setdefault(edit.list, {}).setdefault(edit.key, []).append(edit)
        for name in ("", *self._section.lists):
            of_list = by_list.get(name, {})
            for key, edits in of_list.items():
                if key not in self._old or key not in self._new:
                    yield self._came_or_went(key)
                else:
                    yield from self._answered(key, {field for edit in edits for field in _fields(edit)})
            if moved := [e for edits in of_list.values() for e in edits if e.field == AFTER and e.key in self._old]:
                yield self._moved(name, moved)

    # Entries

    def _came_or_went(self, key: Key) -> Change:
        name, record = key
        side = 1 if key in self._new else 0
        entry = (self._new if side else self._old)[key]
        spec = self._section.lists[name]
        facts = [(q.label, self._words(q, entry, side)) for q in spec.questions if not q.machine and q.name != "currency"]
        return Change(
            place=Place(self._section.slug, name, record),
            chapter=chapter(self._section.slug, name, ""),
            entry=self._entry(key),
            asked=spec.singular,
            what=What.ADDED if side else What.REMOVED,
            facts=tuple((label, said) for label, said in facts if said),
            is_of_terms=self._terms(key, 0) != self._terms(key, 1),
        )

    def _moved(self, name: str, moves: Sequence[Edit]) -> Change:
        """All moves in a list, which are one line."""
        told = [f"“{self._entry(e.key)}” {self._behind(name, e)}" for e in moves[:_MOVES]]
        more = [f"{len(moves) - _MOVES} more"] if len(moves) > _MOVES else []
        return Change(
            place=Place(self._section.slug, name, moves[-1].record),
            chapter=chapter(self._section.slug, name, ""),
            entry="",
            asked=self._section.lists[name].title,
            what=What.MOVED,
            after=in_a_row([*told, *more]),
            is_of_terms=not terms.is_apart(self._section.slug, name),
        )

    def _behind(self, name: str, move: Edit) -> str:
        return f"moved behind “{self._entry((name, move.after))}”" if move.after else "moved to the top"

    def _entry(self, key: Key) -> str:
        if key == OWN:
            return ""
        of_list = self._both.titles[1].get(f"{self._section.slug}.{key[0]}", {})
        return short(of_list.get(key[1], answers.REMOVED), _NAME)

    # Answers

    def _answered(self, key: Key, names: Iterable[str]) -> Iterator[Change]:
        changed = set(names)
        asked = questions(self._section.model_of(key[0]))
        old, new = self._old[key], self._new[key]
        if "currency" in changed:
            sums = {q.name for q in asked if q.kind is Kind.MONEY and (old[q.name] is not None or new[q.name] is not None)}
            changed = (changed - {"currency"}) | sums if sums else changed
        people_read = [q for q in asked if q.name in changed and not q.machine]
        for spec in people_read or [q for q in asked if q.name in changed][:1]:
            yield self._answer(key, spec)

    def _answer(self, key: Key, spec: FieldSpec) -> Change:
        old, new = self._old[key], self._new[key]
        before, after = (old[spec.name], new[spec.name])
        why = self._both.why_moved.get(key[1], "") if (self._section.slug, *key[:1], spec.name) == _DATES else ""
        return Change(
            place=Place(self._section.slug, *key, spec.name),
            chapter=chapter(self._section.slug, key[0], spec.name),
            entry=self._entry(key),
            asked=spec.label,
            what=What.CHANGED,
            before="" if spec.machine else self._words(spec, old, 0),
            after=WRITTEN_ANEW if spec.machine else self._words(spec, new, 1),
            difference="" if spec.machine else difference(spec, before, after, (_currency(old), _currency(new))),
            is_text=spec.kind in (Kind.TEXT, Kind.LONG) and not spec.machine and bool(before and after),
            is_of_terms=self._is_signed(key, spec),
            why=why,
            items=(self._names(spec, before, 0), self._names(spec, after, 1)) if spec.kind is Kind.LINKS else ((), ()),
        )

    def _words(self, spec: FieldSpec, entry: Plain, side: int) -> str:
        if spec.name in entry["unknown"]:
            return UNKNOWN_WORDS
        names = self._both.titles[side].get(spec.refers_to, {})
        return answers.words(spec, entry[spec.name], _currency(entry), names)

    def _names(self, spec: FieldSpec, ids: Sequence[str], side: int) -> tuple[str, ...]:
        names = self._both.titles[side].get(spec.refers_to, {})
        return tuple(names.get(one, answers.REMOVED) for one in ids)

    # What is signed

    def _is_signed(self, key: Key, spec: FieldSpec) -> bool:
        """Whether a signature is about what changed: the answer, the mark that it is not known, or the currency of a sum."""
        name = spec.name
        old, new = (self._terms(key, side) or {} for side in (0, 1))
        if old.get(name) != new.get(name) or (name in old.get("unknown", ())) != (name in new.get("unknown", ())):
            return True
        if spec.kind is Kind.MONEY and old.get("currency") != new.get("currency"):
            return name in old
        return name in old and self._old[key][name] != self._new[key][name]  # blanks, which no signature is about

    def _terms(self, key: Key, side: int) -> Plain | None:
        return self._by_key[side].get(key)

    @cached_property
    def _by_key(self) -> tuple[Flat, Flat]:
        older, newer = (_by_key(self._section, of_parts[self._section.slug]) for of_parts in self._both.terms)
        return older, newer


_DATES = ("milestones", "milestones", "due")
"""The answer whose changes have reasons of their own, among the moves."""


def _by_key(section: Section, of_part: Mapping[str, Any]) -> Flat:
    """The terms of a part by the entries in which they stand."""
    own = {name: value for name, value in of_part.items() if name not in section.lists}
    return {OWN: own, **{(name, row["id"]): row for name in section.lists for row in of_part.get(name, ())}}


def _fields(edit: Edit) -> Iterator[str]:
    """The questions whose answers an edit changes."""
    if edit.field == "unknown":
        yield from set(edit.before or ()) ^ set(edit.after or ())
    elif edit.field not in ("", AFTER):
        yield edit.field


def _currency(entry: Plain) -> str:
    return str(entry.get("currency", "USD"))
