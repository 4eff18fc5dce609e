"""The records of a project's workshops, as page and files have them. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoping import editing
from scoping.charter import PART_BY_SLUG
from scoping.comparison import edits as changes
from scoping.document.paper import Chapter
from scoping.merge import Edit
from scoping.section import Section
from scoping.signing.conditions import conditions
from scoping.workshop.record import Changed, Record, record
from storage.history import Revision
from storage.opened import Opened
from storage.store import CharterStore
from storage.workshops.keeping import Workshop


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


def sentences(project: Opened, revision: Revision, edits: Sequence[Edit]) -> list[str]:
    """What was changed, a sentence for each edit."""
    section = PART_BY_SLUG.get(revision.part)
    if section is None:
        return []
    shown = [edit for edit in edits if changes.is_told(section, edit)]
    return changes.sentences(section, shown, project.titles, lambda edit: _currency(project, section, edit))


def _currency(project: Opened, section: Section, edit: Edit) -> str:
    """The currency that the amounts of the edited record are in now."""
    now = editing.entry(section, project.charter.part(section.slug), edit.list, edit.record) or {}
    return str(now.get("currency", "USD"))
