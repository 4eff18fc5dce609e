"""Going to the place where a finding is cured: the right tab, the record opened, the field marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from pages.parts import frame, steps, workshop
from pages.parts.workshop import Step
from scoping.places import Place

PLACE_PARAM = "at"
_STATE = "arrival"
_here = st.components.v2.component("arrival", js=(Path(__file__).parent / "arrival.js").read_text("utf-8"))


@dataclass
class _Arrival:
    """Where somebody came to.

    Attributes:
        page: the key of the step.
        number: tells one arrival from the next.
        is_new: whether the record is still to be opened.
    """

    page: str
    place: Place
    number: int
    is_new: bool = True


def _arrived(step: Step) -> _Arrival | None:
    arrived: _Arrival | None = st.session_state.get(_STATE)
    return arrived if arrived and arrived.page == step.key() else None


def link(place: Place, label: str, icon: str = ":material/arrow_forward:") -> None:
    """A link that leads to a place of the open project."""
    query = urlsplit(steps.href(workshop.project_id(), place)).query
    st.page_link(frame.page_of(place.part), label=label, icon=icon, help="", query_params=dict(parse_qsl(query)))


def take(step: Step) -> None:
    """Read from the address where somebody wants to go. It is taken out there, so that a reload or a copied address does not jump."""
    asked = st.query_params.get(PLACE_PARAM, "")
    if asked:
        del st.query_params[PLACE_PARAM]
        list_name, record, field = (*asked.split("."), "", "", "")[:3]
        wanted = Place(step.section.slug, list_name, record, field)
        st.session_state[_STATE] = _Arrival(step.key(), wanted, number() + 1)
    elif _arrived(step) is None:
        st.session_state.pop(_STATE, None)


def place(step: Step) -> Place | None:
    """The place on this page that somebody came to."""
    arrived = _arrived(step)
    return arrived.place if arrived else None


def number() -> int:
    """Tells one arrival from the next."""
    arrived: _Arrival | None = st.session_state.get(_STATE)
    return arrived.number if arrived else 0


def opened(step: Step, list_name: str) -> str:
    """The id of the record of a list to open now, "" for none."""
    arrived = _arrived(step)
    if arrived is None or arrived.place.list != list_name or not arrived.is_new:
        return ""
    arrived.is_new = False
    return arrived.place.record


def field(step: Step, list_name: str, record: str) -> str:
    """The question of a sheet to mark, "" for none."""
    wanted = place(step)
    return wanted.field if wanted and (wanted.list, wanted.record) == (list_name, record) else ""


def mark(step: Step, list_name: str) -> None:
    """Bring a list into view that somebody came to."""
    wanted = place(step)
    if wanted and wanted.list == list_name and not wanted.field:
        _here(key=step.key("arrival", list_name), data={"number": number()}, height="content")
