"""Charts of the open project: the specs of scoping.charts in the colours of the page."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.parts.workshop import Step
from scoping import charts as pictures
from scoping.drawing import DARK, LIGHT, Palette, Picture


def theme() -> Palette:
    """The colours of the page as it is shown."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show(picture: Picture | None, key: str) -> None:
    if picture is None:
        return
    st.altair_chart(picture.chart, key=key, alt=picture.alt)
    if picture.note:
        st.caption(picture.note)


def cost_against_amount(step: Step) -> None:
    """What each source costs for how much of it."""
    show(pictures.cost_against_amount(step.value, theme()), step.key("chart", "cost"))


def gantt(step: Step) -> None:
    """The plan in time."""
    show(pictures.gantt(step.value, theme(), datetime.now(UTC).date()), step.key("chart", "gantt"))


def ladder(step: Step) -> None:
    """Now and target on every rung."""
    show(pictures.ladder(step.value, theme()), step.key("chart", "ladder"))


def slices(step: Step) -> None:
    """Model and people on every slice."""
    show(pictures.slices(step.value, theme()), step.key("chart", "slices"))
