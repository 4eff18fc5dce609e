"""What every page needs: the store, who is here, the open project, and one step of it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from pages.parts import markup, notices, steps
from pages.parts.addresses import DEVICE_COOKIE
from scoping.charter import Charter
from scoping.errors import UnknownProjectError
from scoping.merge import Edit
from scoping.places import Place
from scoping.review import Overview
from scoping.section import Fields, ListSpec, Record, Section
from storage.opened import Opened, Saved
from storage.settings import Settings
from storage.store import CharterStore

_DEVICE = re.compile("[A-Za-z0-9_-]{16,64}")


@st.cache_resource(show_spinner=False, on_release=CharterStore.close)
def store() -> CharterStore:
    """The one door to the database, opened and upgraded once per process."""
    return CharterStore.at(Settings.from_environ().database_url)


def device() -> str:
    """The random id of this browser; "" where cookies are refused, or hold something that was never given out."""
    if "device" not in st.session_state:
        found = str(st.context.cookies.get(DEVICE_COOKIE, ""))
        st.session_state.device = found if _DEVICE.fullmatch(found) else ""
    return str(st.session_state.device)


def me() -> str:
    """The display name of the person at this browser, as it is by now; "" until they gave one."""
    return store().people.name(device())


def project_id() -> str:
    """The id of the open project, "" for none: the address first, then this tab's memory."""
    asked = st.query_params.get(steps.PROJECT_PARAM, "")
    if asked:
        st.session_state.project_id = asked
    return str(st.session_state.get("project_id", ""))


def _opened() -> Opened | None:
    """The open project as it is now; None when none is open or it is gone."""
    if not project_id():
        return None
    try:
        return store().open(project_id())
    except UnknownProjectError:
        return None


def new_id() -> str:
    """A fresh record id."""
    return secrets.token_hex(5)


_shown: ContextVar[Opened | None] = ContextVar("shown", default=None)


def look() -> Opened | None:
    """Begin a run: look up the open project, once, so that sidebar and page show the same moment of it."""
    _shown.set(_opened())
    return _shown.get()


def shown() -> Opened | None:
    """The project that this run shows, as it was when the run began. Callbacks and dialogs open it anew."""
    return _shown.get()


@dataclass(frozen=True)
class Step:
    """One part of the open project as this run sees it."""

    section: Section
    project: Opened

    @property
    def charter(self) -> Charter:
        charter: Charter = self.project.charter
        return charter

    @property
    def part(self) -> Fields:
        """The answers of this step, whichever it is; who means one step asks the charter for it by name."""
        return self.charter.part(self.section.slug)

    def about(self, section: Section) -> Step:
        """Another part of the same project at the same moment."""
        return Step(section, self.project)

    @property
    def overview(self) -> Overview:
        return self.project.overview

    def spec(self, list_name: str) -> ListSpec:
        return self.section.lists[list_name]

    def rows(self, list_name: str) -> tuple[Record, ...]:
        return tuple(getattr(self.part, list_name))

    def href(self, place: Place) -> str:
        """The address of a place of the project."""
        return steps.href(self.project.project_id, place)

    def link(self, place: Place, words: str) -> markup.Html:
        """A link to a place of the project."""
        return markup.link(self.href(place), words)

    def key(self, *parts: str) -> str:
        """A widget key that no other project or step shares."""
        return ".".join((self.section.slug, *parts, self.project.project_id))


def save(project: str, slug: str, edits: Sequence[Edit], note: str = "") -> Saved:
    """Save edits as the person at this browser: one call, one transaction."""
    return store().save(project, slug, edits, me(), note)


def save_parts(project: str, edits: Mapping[str, Sequence[Edit]], note: str = "") -> None:
    """Save edits of several parts together, in a callback; a refusal is told there."""
    with notices.refusals():
        saved = store().save_parts(project, edits, me(), note)
        if saved.conflicts:
            st.toast(f"{saved.conflicts[0].by or 'Somebody'} has just changed this. Look, then try again.", icon=":material/group:")


def charter_seen(project: str, number: int) -> Charter:
    """The charter as it stood at a revision: what a person saw who acts on it now."""
    return store().charter_at(project, number)
