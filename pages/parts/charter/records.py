"""The records of a project's workshops, as page and files have them. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date

from scoping import editing
from scoping.charter import PART_BY_SLUG, Charter
from scoping.comparison import edits as changes
from scoping.document.paper import Chapter
from scoping.merge import Edit
from scoping.section import Section
from scoping.signing.conditions import conditions
from scoping.signing.decisions import Chosen
from scoping.workshop.record import Changed, Record, record
from storage.history import Revision, Sought
from storage.opened import Opened
from storage.store import CharterStore
from storage.workshops.keeping import Workshop

MADE = "Made this project"
"""What the first save did, which has no edits."""


def of(store: CharterStore, one: Workshop) -> Record:
    """The record of a workshop as far as it is."""
    opened = store.open(one.project_id)
    made = store.history(one.project_id, workshop=one.id)[::-1]
    changed = [
        Changed(r.number, PART_BY_SLUG[r.part].title, tuple(sentences(opened, r, r.edits))) for r in made if r.part in PART_BY_SLUG
    ]
    met = (_met(store, one.project_id, made[0].number - 1), _met(store, one.project_id, made[-1].number)) if made else None
    return store.workshops.look(one.id, lambda room: record(one.name, room, opened.charter, changed, one.made_at, met))


def all_of(store: CharterStore, project: str) -> Mapping[str, Sequence[Chapter]]:
    """The chapters of all workshops of a project that somebody began, by their title, newest first."""
    began = [one for one in store.workshops.of(project) if store.workshops.look(one.id, lambda room: room.started is not None)]
    return {found.title: found.chapters for found in (of(store, one) for one in began)}


def _met(store: CharterStore, project: str, number: int) -> int:
    return sum(c.is_met for c in conditions(store.charter_at(project, number)))


def chosen(store: CharterStore, project: Opened) -> Chosen:
    """Who put each idea of a project where it stands, see `chosen_by`."""
    return chosen_by(store, project.project_id, project.charter, project.stamp.number)


def chosen_by(store: CharterStore, project: str, charter: Charter, upto: int) -> Chosen:
    """Who put each idea where it stands at a revision, and when, as far as the history tells. Days are those of Greenwich, as in all files."""
    standing = {one.id: str(one.standing) for one in charter.solutions.solutions if one.standing}
    found: dict[str, tuple[str, date]] = {}
    if standing:
        sought = Sought(holding=('"standing"',))
        for revision in store.history(project, part="solutions", sought=sought, upto=upto):
            for edit in revision.edits:
                if edit.record in standing and _stood(edit):
                    found.setdefault(edit.record, (revision.by, revision.at.astimezone(UTC).date()))
    return found


def _stood(edit: Edit) -> bool:
    """Whether an edit says where an idea stands; one that comes back or is brought in says it as a whole."""
    if edit.field:
        return edit.field == "standing"
    return isinstance(edit.after, Mapping) and bool(edit.after.get("standing"))


def sentences(project: Opened, revision: Revision, edits: Sequence[Edit]) -> list[str]:
    """What was changed, a sentence for each edit."""
    section = PART_BY_SLUG.get(revision.part)
    if section is None:
        return []
    if revision.number == 1:
        return [MADE]
    shown = [edit for edit in edits if changes.is_told(section, edit)]
    return changes.sentences(section, shown, project.titles, lambda edit: _currency(project, section, edit))


def _currency(project: Opened, section: Section, edit: Edit) -> str:
    """The currency that the amounts of the edited record are in now."""
    now = editing.entry(section, project.charter.part(section.slug), edit.list, edit.record) or {}
    return str(now.get("currency", "USD"))
