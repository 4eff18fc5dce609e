"""The weekly check-in as a digest to pass on: what the team says, how the plan stands, what was changed since."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import folds, here, times
from pages.parts.here import Step
from pages.parts.milestones.counting import planned
from scoping.charter import PART_BY_SLUG
from scoping.comparison import edits as changes
from scoping.export.digest import digest
from scoping.export.leaflet import Leaflet
from scoping.milestones import checkin as milestones_checkin
from scoping.sections.milestones import CheckIn
from storage.history import Revision

_REVISIONS = 200
"""Saves that are looked through; who has not checked in for longer finds the rest in the history."""


def show(step: Step) -> None:
    """A digest of the last check-in, once there is one."""
    milestones = step.charter.milestones
    if not milestones.milestones or not milestones_checkin.held(milestones):
        return
    with folds.fold("Digest for mail or chat", step.key("digest"), icon=":material/forward_to_inbox:") as place:
        if place.open:
            look = milestones_checkin.look(milestones, planned(milestones))
            before = look.held[-2] if len(look.held) > 1 else None
            _digest(digest(step.charter.name, look, look.last, _changes(step, before), step.project.health(look.today)), step)


def _changes(step: Step, since: CheckIn | None) -> list[str]:
    """What was changed in the project after a check-in, newest first, in words."""
    currency = str(step.charter.project.currency)
    found: list[str] = []
    revisions = here.store().history(step.project.project_id, limit=_REVISIONS)
    for revision in revisions:
        if since and (_holds(revision, since) or times.local(revision.at).date() < (since.held_on or date.min)):
            return found
        section = PART_BY_SLUG.get(revision.part)
        edits = [e for e in revision.edits if e.list != "checkins"] if section else []
        found += [f"{section.title}: {changes.sentence(section, e, step.project.titles, currency)}" for e in edits if section]
    return found


def _holds(revision: Revision, checkin: CheckIn) -> bool:
    """Whether a save is the one that kept a check-in."""
    return any(e.key == ("checkins", checkin.id) and e.before is None and not e.field for e in revision.edits)


def _digest(told: Leaflet, step: Step) -> None:
    name = f"check-in-{told.day.isoformat()}"
    with st.container(horizontal=True):
        for label, make, ending, kind in (
            ("Markdown", told.to_markdown, "md", "text/markdown"),
            ("HTML", told.to_html, "html", "text/html"),
        ):
            st.download_button(label, make, f"{name}.{ending}", kind, key=step.key("digest", ending), on_click="ignore")
    st.code(told.to_markdown(), language=None, wrap_lines=True)
