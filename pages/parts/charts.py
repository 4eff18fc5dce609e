"""Charts of the open project: the specs of scoping.charts in the colours of the page."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.parts.workshop import Step
from scoping import charts as pictures


def _theme() -> pictures.Palette:
    return pictures.DARK if st.context.theme.type == "dark" else pictures.LIGHT


def _show(picture: pictures.Picture | None, key: str) -> None:
    if picture is None:
        return
    st.altair_chart(picture.chart, key=key, alt=picture.alt)
    if picture.note:
        st.caption(picture.note)


def cost_against_amount(step: Step) -> None:
    """What each source costs for how much of it."""
    _show(pictures.cost_against_amount(step.value, _theme()), step.key("chart", "cost"))


def gantt(step: Step) -> None:
    """The plan in time."""
    _show(pictures.gantt(step.value, _theme(), datetime.now(UTC).date()), step.key("chart", "gantt"))


def ladder(step: Step) -> None:
    """Now and target on every rung."""
    _show(pictures.ladder(step.value, _theme()), step.key("chart", "ladder"))


def slices(step: Step) -> None:
    """Model and people on every slice."""
    _show(pictures.slices(step.value, _theme()), step.key("chart", "slices"))
