"""The one way to save: what people typed, added, moved, removed and brought back, merged with what the part is by now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import EDITS_URL
from pages.serving import document, handling
from pages.serving.handling import guarded
from scoping import answers, editing
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.merge import AFTER, Clash, Conflict, Edit, Flat, Key, Plain, added, entries_at, moved
from scoping.section import Kind, Section, question, questions
from scoping.words import ms
from storage.opened import Opened, Saved
from storage.store import CharterStore

ITEMS_AT_MOST = 5_000
ITEMS_AT_ONCE = 200
"""Saved in one transaction; between two of them others have their turn."""
LARGEST_BODY = 2 * 1024 * 1024
_PAUSE_SECONDS = 0.02


class Item(BaseModel, extra="forbid"):
    """What is done to one record, or to the questions of the part itself (list and record "")."""

    list: str = Field(default="", max_length=40)
    record: str = Field(default="", max_length=40)
    cells: dict[str, tuple[Any, Any]] = {}
    """By question, the plain value that was seen, and what was typed or chosen."""
    new: bool = False
    """The record is made, unless it is there already."""
    remove: bool = False
    restore: bool = False
    """The record is brought back with its text, if it was removed."""
    after: str | None = Field(default=None, max_length=40)
    """The id of the record behind which it shall stand; "" for the first place."""

    @property
    def key(self) -> Key:
        return (self.list, self.record)


class EditsIn(BaseModel, extra="forbid"):
    """Items in the order in which they are done."""

    part: str = Field(max_length=40)
    items: list[Item] = Field(max_length=ITEMS_AT_MOST)
    workshop: str = Field(default="", max_length=40)
    """In which it is done."""


@guarded
async def edits(request: Request) -> Response:
    """Save edits."""
    given = await handling.sent(request, EditsIn, LARGEST_BODY)
    device = handling.device_of(request)
    told: dict[str, Any] = {"ok": True, "number": 0, "saved": [], "refused": [], "conflicts": []}
    for begin in range(0, len(given.items) or 1, ITEMS_AT_ONCE):
        if begin:
            await asyncio.sleep(_PAUSE_SECONDS)
        some = given.model_copy(update={"items": given.items[begin : begin + ITEMS_AT_ONCE]})
        work = (save_edits, handling.store(), request.path_params["project"], some, device)
        answer = await handling.in_turn(handling.SAVING, *work)
        told = {name: told[name] + answer[name] if isinstance(answer[name], list) else answer[name] for name in answer}
    return JSONResponse(told)


def save_edits(store: CharterStore, project: str, given: EditsIn, device: str) -> dict[str, Any]:
    """Make edits in one transaction; an answer that cannot be read leaves the others alone.

    Returns:
        `{ok, number, at, by, saved, refused, conflicts}` as it is told to browsers.

    Raises:
        AnswerError: there is no such part, or the workshop is another project's. Whatever `CharterStore.change` raises.
    """
    section = PART_BY_SLUG.get(given.part)
    if section is None:
        raise AnswerError(f"There is no step called “{given.part}”.", "Reload the page.")
    by = store.people.name(device)
    if given.workshop and store.workshops.get(given.workshop).project_id != project:
        raise AnswerError("This workshop belongs to another project.", "Reload the page.")
    may_be_back = [item.key for item in given.items if (item.new or item.restore) and item.list in section.lists]
    removed = store.removed(project, given.part, may_be_back) if may_be_back else {}
    wishes = _Wishes(section, removed)

    def wanted(now: Opened) -> dict[str, Sequence[Edit]]:
        return {given.part: wishes.as_edits(now, given.items)}

    saved = store.change(project, by, wanted, workshop=given.workshop)
    return wishes.told(saved)


class _Wishes:
    """What people want of a part, as edits on what it is now; and what became of that.

    Args:
        removed: what stands in the records that may be brought back.
    """

    def __init__(self, section: Section, removed: Flat) -> None:
        self._section = section
        self._removed = removed

    def as_edits(self, now: Opened, items: Iterable[Item]) -> list[Edit]:
        """The edits. Asked anew when a transaction is tried again."""
        self._currency = now.charter.project.currency
        keys = {item.key for item in items if not item.list or item.list in self._section.lists}
        self._now: dict[Key, Plain | None] = {**entries_at(self._section, now.charter.part(self._section.slug), keys)}
        self._edits: list[Edit] = []
        self._refused: list[dict[str, str]] = []
        self._asked: dict[Key, set[str]] = {}
        for item in items:
            try:
                self._take(item)
            except AnswerError as error:
                self._refuse(item, error, item.cells or [""])
        return self._edits

    def _take(self, item: Item) -> None:
        self._check(item)
        entry = self._now.get(item.key)
        if item.remove:
            if entry is not None:
                self._refuse_forgetting(item, entry)
                self._make([Edit(*item.key, "", entry, None)])
                self._now[item.key] = None
            return
        if entry is None and item.new and item.key not in self._removed:
            self._add(item)
            return
        if entry is None and item.restore and item.key in self._removed:
            entry = self._now[item.key] = self._removed[item.key]
            self._make([Edit(*item.key, "", None, entry)])
        if entry is None:
            # Somebody removed it: each answer becomes a conflict that says who.
            gone = [Edit(*item.key, name, before, raw) for name, (before, raw) in item.cells.items()]
            self._make(gone or [moved(*item.key, "", "")])
            return
        self._answer(item, entry, {name: before for name, (before, _) in item.cells.items()})
        if item.after is not None:
            self._make([moved(*item.key, "", item.after)])

    def _check(self, item: Item) -> None:
        """Raise AnswerError for what no record of the part can be asked for."""
        if not item.list:
            if item.record or item.new or item.remove or item.restore or item.after is not None:
                raise AnswerError(f"{self._section.title}: no list was named.", "Reload the page.")
            return
        spec = self._section.lists.get(item.list)
        if spec is None:
            raise AnswerError(f"{self._section.title} has no list called “{item.list}”.", "Reload the page.")
        if spec.machine and (item.new or item.cells):
            raise AnswerError(f"{spec.title}: entries are written by the workbench itself.")

    def _refuse_forgetting(self, item: Item, entry: Plain) -> None:
        """Entries of some lists are answered and never removed, once something is written in them."""
        spec = self._section.lists[item.list]
        if spec.lasting and any(entry[q.name] for q in spec.questions if q.core):
            raise AnswerError(f"A {spec.singular} is answered, never removed.", "Say what came of it.")

    def _add(self, item: Item) -> None:
        try:
            row = editing.new_record(self._section, item.list, item.record, self._currency)
        except ValidationError:
            raise AnswerError(f"“{item.record}” cannot name an entry.", "Reload the page.") from None
        blank = row.model_dump(mode="json")
        at = len(self._edits)
        entry = self._answer(item, blank, blank)
        # One edit says it all: what was typed into a new record is no change of it.
        self._edits[at:] = [added(item.list, type(row).model_validate(entry))]
        if item.after is not None:
            self._make([moved(*item.key, None, item.after)])

    def _answer(self, item: Item, entry: Plain, seen: Plain) -> Plain:
        """Answer the questions of a record; what cannot be taken is refused, each by itself."""
        of_machine = {spec.name for spec in questions(self._section.model_of(item.list)) if spec.machine}
        typed = {name: raw for name, (_, raw) in item.cells.items() if name not in of_machine}
        made, after, bad = editing.fill(self._section, item.list, entry, typed, seen)
        bad |= {name: AnswerError(f"“{name}” is written by the workbench itself.") for name in item.cells.keys() & of_machine}
        for name, error in bad.items():
            self._refuse(item, error, [name])
        self._asked.setdefault(item.key, set()).update(typed.keys() - bad.keys())
        self._make(made)
        self._now[item.key] = after
        return after

    def _make(self, edits: Iterable[Edit]) -> None:
        self._edits += edits

    def _refuse(self, item: Item, error: AnswerError, fields: Iterable[str]) -> None:
        self._refused += [{"list": item.list, "record": item.record, "field": name, "error": str(error)} for name in fields]

    def told(self, saved: Saved) -> dict[str, Any]:
        """What became of the wishes, as browsers read it."""
        conflicts = list(self._conflicts(saved))
        stamp = saved.stamp or saved.project.stamp
        return {
            "ok": True,
            "number": stamp.number,
            "at": ms(stamp.at),
            "by": stamp.by,
            "saved": self._saved(saved, {(c["list"], c["record"], c["field"]) for c in conflicts}),
            "refused": self._refused,
            "conflicts": conflicts,
        }

    def _saved(self, saved: Saved, left: set[tuple[str, str, str]]) -> list[list[Any]]:
        """The cells as they are now that were answered, or that follow from an answer."""
        fields = {key: set(names) for key, names in self._asked.items()}
        for key, names in document.touched(self._section, [e for r in saved.revisions for e in r.edits]).items():
            fields.setdefault(key, set()).update(names)
        told = []
        for key, entry in entries_at(self._section, saved.project.charter.part(self._section.slug), fields).items():
            names = {name for name in fields[key] if (*key, name) not in left}
            tell = document.whole if document.ALL in names else document.cells
            if cells := tell(self._section, key[0], entry, names):
                told.append([*key, cells])
        return told

    def _conflicts(self, saved: Saved) -> Iterable[dict[str, Any]]:
        known = set()
        for conflict in saved.conflicts:
            edit = conflict.edit
            field = "" if edit.field == AFTER else edit.field
            # What an answer does to the marks of what is unknown is told with the answer.
            if edit.field == "unknown" or (*edit.key, field) in known:
                continue
            known.add((*edit.key, field))
            told = {"list": edit.list, "record": edit.record, "field": field, "by": conflict.by}
            yield {**told, **self._theirs(saved.project, conflict)}

    def _theirs(self, project: Opened, conflict: Conflict) -> dict[str, Any]:
        edit = conflict.edit
        if conflict.clash is Clash.REMOVED or not edit.field:
            return {"status": "removed"}
        entry = entries_at(self._section, project.charter.part(self._section.slug), [edit.key]).get(edit.key) or {}
        spec = question(self._section.model_of(edit.list), edit.field)
        currency = str(entry.get("currency", "USD"))
        typed = editing.shown(self._section, entry, edit.list, edit.field) if entry else ""
        names = project.titles.get(spec.refers_to, {})
        shown = answers.words(spec, conflict.theirs, currency, names) if spec.kind is not Kind.LONG else typed
        return {"status": "conflict", "value": conflict.theirs, "typed": typed, "shown": shown or typed}


ROUTES = [Route(f"/{EDITS_URL}", edits, methods=["POST"])]
