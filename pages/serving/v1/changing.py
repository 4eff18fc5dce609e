"""Changes of projects and charters by programs: made in one transaction, seen first, and refused where people are needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from pydantic import Field, ValidationError

from pages.serving.v1.models.projects import ChangedOut, EditIn, EditsIn, PartIn, ProjectOut
from pages.serving.v1.projects import section_of, tag
from pages.serving.v1.table import Answer, Asked, Daily, Operation, Query, RefusedError
from scoping import answers, editing, merge
from scoping.charter import PART_BY_SLUG, Charter
from scoping.comparison import edits as changes
from scoping.errors import AnswerError
from scoping.export.charter_json import FORMAT, LARGEST_MB, SCHEMA_VERSION, Envelope
from scoping.merge import Conflict, Edit, Key, Plain
from scoping.reading.charter_json import read_charter
from scoping.review import overview
from scoping.section import SEALED, Section, question, questions
from scoping.signing import acts
from scoping.words import count
from storage.access.tokens import Scope
from storage.opened import Opened

LARGEST = LARGEST_MB << 20
_TOLD = 100
"""Sentences that an answer tells."""
Edits = Mapping[str, Sequence[Edit]]


class DryRun(Query):
    """Whether it is only tried."""

    dry_run: bool = Field(False, description="Say what would be changed, and change nothing.")


def create(asked: Asked) -> Answer:
    """Keep a charter as a new project."""
    charter = read_charter(asked.data)
    entries = sum(len(getattr(value, name)) for section, value in charter.parts() for name in section.lists)
    anew = acts.brought(charter, is_ready=not overview(charter).is_draft)[1]
    said = f"A new project, “{charter.name}”, with {count(entries, 'entry', 'entries')}."
    told = [sentence for sentence in (said, acts.anew_words(anew)) if sentence]
    if asked.query.dry_run:
        return Answer(content=ChangedOut(project="", revision=0, is_dry_run=True, changed=entries, told=told))
    project = asked.store.create(charter, asked.by, f"Brought in by “{asked.by}”")
    made = ChangedOut(project=project, revision=1, is_dry_run=False, changed=entries, told=told)
    return Answer(content=made, status=HTTPStatus.CREATED, tag=tag(1))


def replace_charter(asked: Asked) -> Answer:
    """Make the charter what is sent; parts that are left out stay as they are."""
    wanted = read_charter(asked.data)
    named = [slug for slug in PART_BY_SLUG if slug in json.loads(asked.data.decode("utf-8-sig"))["charter"]]

    def edits(now: Opened) -> Edits:
        asked.refuse_stale(tag(now.stamp.number), lambda: _plain(now.charter))
        return {slug: _led(PART_BY_SLUG[slug], now, wanted) for slug in named}

    return _changed(asked, edits, "Brought in", lambda now: tag(now.stamp.number))


def replace_part(asked: Asked) -> Answer:
    """Make a part what is sent."""
    section = section_of(asked)
    file = {"format": FORMAT, "schema_version": SCHEMA_VERSION, "charter": {section.slug: asked.body.root}}
    wanted = read_charter(json.dumps(file).encode())

    def edits(now: Opened) -> Edits:
        _refuse_stale_part(asked, section, now)
        return {section.slug: _led(section, now, wanted)}

    return _changed(asked, edits, "Changed", lambda now: tag(now.stamps[section.slug].number))


def edit(asked: Asked) -> Answer:
    """Make changes of a part, all of them or none."""
    section, given = section_of(asked), asked.body

    def edits(now: Opened) -> Edits:
        _refuse_stale_part(asked, section, now)
        value = now.charter.part(section.slug)
        keys = {(one.list, one.record) for one in given.edits if not one.list or one.list in section.lists}
        entries: dict[Key, Plain | None] = {**merge.entries_at(section, value, keys)}
        made: list[Edit] = []
        conflicts: list[Conflict] = []
        for one in given.edits:
            wish = _as_edit(section, one, entries)
            # Each is made on what those before it leave.
            found = merge.apply([wish], {key: entry for key, entry in entries.items() if entry is not None})
            entries |= found.entries
            made.append(wish)
            conflicts += found.conflicts
        if conflicts:
            told = [{"list": c.edit.list, "record": c.edit.record, "field": c.edit.field, "present": c.theirs} for c in conflicts]
            said = "Somebody changed the same since, so nothing was saved."
            raise RefusedError(HTTPStatus.CONFLICT, said, "Look at “conflicts”, and send your edits again.", conflicts=told)
        return {section.slug: made}

    return _changed(asked, edits, given.note or "Changed", lambda now: tag(now.stamps[section.slug].number))


def _as_edit(section: Section, given: EditIn, entries: Mapping[Key, Plain | None]) -> Edit:
    """A change as it is merged. Raises AnswerError for one of something that is not there."""
    if given.list and given.list not in section.lists:
        lists = ", ".join(section.lists) or "none"
        raise AnswerError(f"{section.title} has no list called “{given.list}”.", f"Lists are: {lists}.")
    if bool(given.list) != bool(given.record):
        raise AnswerError("An entry is named by its list and its record.", "Send both, or neither for the part itself.")
    key = (given.list, given.record)
    entry = entries.get(key)
    if not given.field:
        return _whole(section, given, entry)
    if given.field != "unknown":
        try:
            question(section.model_of(given.list), given.field)
        except KeyError:
            raise AnswerError(f"{section.title} asks nothing called “{given.field}”.", "The schema names what it asks.") from None
    present = entry.get(given.field) if entry else None
    before = given.before if "before" in given.model_fields_set else present
    if isinstance(present, list) and not _is_set(given.after):
        raise AnswerError(f"“{given.field}” takes a list of ids.", "Send the whole list as it shall be.")
    return Edit(*key, given.field, before if not isinstance(present, list) or _is_set(before) else present, given.after)


def _is_set(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _whole(section: Section, given: EditIn, entry: Plain | None) -> Edit:
    if not given.list:
        raise AnswerError("The questions of a part are neither added nor removed.", "Name the field that is answered.")
    if given.after is None:
        before = given.before if "before" in given.model_fields_set else entry
        return Edit(given.list, given.record, "", before, None)
    if not isinstance(given.after, dict):
        raise AnswerError("An entry is an object with its answers by name.", "Send one in “after”.")
    if entry is not None:
        raise AnswerError(f"There is an entry “{given.record}” already.", "Change its fields, or give another id.")
    model = section.lists[given.list].record
    try:
        row = model.model_validate({**given.after, "id": given.record})
    except ValidationError as error:
        raise AnswerError(f"{section.title}: {answers.sentences(error, model)}.") from None
    return merge.added(given.list, row)


def _refuse_stale_part(asked: Asked, section: Section, now: Opened) -> None:
    present = now.charter.part(section.slug)
    asked.refuse_stale(tag(now.stamps[section.slug].number), lambda: present.model_dump(mode="json"))


def _plain(charter: Charter) -> dict[str, Any]:
    return charter.model_dump(mode="json")


def _led(section: Section, now: Opened, wanted: Charter) -> list[Edit]:
    """The edits that lead from what a part is to what it shall be."""
    base, mine = (merge.flatten(section, charter.part(section.slug)) for charter in (now.charter, wanted))
    return merge.diff(base, mine)


def _refuse_what_people_do(section: Section, edits: Sequence[Edit], now: Opened) -> None:
    """Raise AnswerError for what only the workbench itself writes, and for entries that are answered and never removed."""
    for one in edits:
        spec = section.lists.get(one.list)
        of_machine = {q.name for q in questions(section.model_of(one.list)) if q.machine}
        is_removed = one.field == "" and one.after is None
        if spec is not None and spec.machine and not is_removed:
            raise AnswerError(f"{spec.title}: entries are written by the workbench itself.", "Leave them as they are.")
        entry = editing.entry(section, now.charter.part(section.slug), one.list, one.record) or {}
        sealed = {q.name for q in questions(section.model_of(one.list)) if q.is_sealed(entry)}
        if one.field in sealed:
            raise AnswerError(f"“{one.field}” is not written by programs.", SEALED)
        if one.field in of_machine:
            raise AnswerError(f"“{one.field}” is written by the workbench itself.", "Leave it as it is.")
        if (
            spec is not None
            and spec.lasting
            and is_removed
            and any((one.before or {}).get(q.name) for q in spec.questions if q.core)
        ):
            raise AnswerError(f"A {spec.singular} is answered, never removed.", "Say what came of it.")


def _changed(asked: Asked, edits: Callable[[Opened], Edits], note: str, named: Callable[[Opened], str]) -> Answer:
    """Make edits, or say what they would come to."""
    seen: list[Opened] = []

    def wanted(now: Opened) -> Edits:
        found = {slug: list(some) for slug, some in edits(now).items()}
        for slug, some in found.items():
            _refuse_what_people_do(PART_BY_SLUG[slug], some, now)
        seen[:] = [now]
        return found

    dry = bool(asked.query.dry_run)
    make = asked.store.tried if dry else partial(asked.store.change, note=note)
    saved = make(asked.project, asked.by, wanted)
    told = [
        sentence
        for revision in saved.revisions
        if revision.part in PART_BY_SLUG
        for sentence in _sentences(PART_BY_SLUG[revision.part], seen[0], saved.project, revision.edits)
    ]
    stands = seen[0] if dry else saved.project
    answer = ChangedOut(project=asked.project, revision=stands.stamp.number, is_dry_run=dry, changed=len(told), told=told[:_TOLD])
    return Answer(content=answer, tag=named(stands))


def _sentences(section: Section, before: Opened, after: Opened, edits: Sequence[Edit]) -> list[str]:
    titles = {**before.titles, **after.titles}
    own = before.charter.project.currency
    entries = merge.entries_at(section, before.charter.part(section.slug), {e.key for e in edits})
    return [changes.sentence(section, e, titles, str(entries.get(e.key, {}).get("currency", own))) for e in edits]


def archive(asked: Asked) -> Answer:
    """Put a project away."""
    asked.store.archive(asked.project, asked.by)
    return Answer(content=ProjectOut.of(asked.store.open(asked.project), asked.today))


def unarchive(asked: Asked) -> Answer:
    """Bring it back."""
    asked.store.unarchive(asked.project, asked.by)
    return Answer(content=ProjectOut.of(asked.store.open(asked.project), asked.today))


_WRITE: dict[str, Any] = {"scopes": (Scope.WRITE,), "query": DryRun, "gives": ChangedOut}
_SEEN = "Send the ETag of what you read as If-Match: what was changed since is answered by 412, with what it is by now."
OPERATIONS = (
    Operation(
        **_WRITE, method="POST", path="/projects", name="create", summary="Bring in a charter as a new project", work=create,
        body=Envelope, reads=True, largest=LARGEST, status=(HTTPStatus.CREATED, HTTPStatus.OK),
    ),
    Operation(
        **_WRITE, method="PUT", path="/projects/{project}/charter", name="replace_charter",
        summary="Make the charter what is sent", work=replace_charter, body=Envelope, reads=True, largest=LARGEST, guarded="must",
        told=f"Parts that are left out stay as they are. {_SEEN}",
    ),
    Operation(
        **_WRITE, method="PUT", path="/projects/{project}/charter/{part}", name="replace_part",
        summary="Make a part of the charter what is sent", work=replace_part, body=PartIn, largest=LARGEST,
        guarded="must", told=_SEEN,
    ),
    Operation(
        **_WRITE, method="PATCH", path="/projects/{project}/charter/{part}", name="edit",
        summary="Change answers and entries of a part, all or none", work=edit, body=EditsIn, guarded="may",
        told="Say in `before` what you saw: where somebody else changed it, 409 tells what stands there. Money is in the minor unit, "
        "as in the charter.",
    ),
    Operation(
        method="POST", scopes=(Scope.ADMIN,), path="/projects/{project}/archive", name="archive", summary="Put a project away",
        work=archive, query=Daily, gives=ProjectOut, told="Nothing is deleted.",
    ),
    Operation(
        method="POST", scopes=(Scope.ADMIN,), path="/projects/{project}/unarchive", name="unarchive",
        summary="Bring a project back", work=unarchive, query=Daily, gives=ProjectOut,
    ),
)  # fmt: skip
