"""Charts of the open project: the pictures of the wings in the colours of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.parts import notices
from pages.parts.here import Step
from scoping.data_sources import charts as data_sources_charts
from scoping.drawing import DARK, LIGHT, Palette, Picture
from scoping.feasibility import charts as feasibility_charts


def theme() -> Palette:
    """The colours of the page as it is shown."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@lru_cache(maxsize=64)
def _drawn(draw: Callable[..., Picture | None], *given: Any) -> tuple[dict[str, Any], Picture] | None:
    """The picture of some answers as the browser takes it. Altair needs tens of milliseconds for one, so each is made once."""
    picture = draw(*given)
    return None if picture is None else (picture.chart.to_dict(), picture)


def show(key: str, draw: Callable[..., Picture | None], *given: Any) -> None:
    """Show what `draw` makes of some values, which must be hashable, with what is to be said below it; nothing for no picture."""
    drawn = _drawn(draw, *given)
    if drawn is None:
        return
    spec, found = drawn
    st.vega_lite_chart(spec, key=key, alt=found.alt)
    if found.note:
        st.caption(notices.plain(found.note))


def small(step: Step, name: str, draw: Callable[..., Picture | None], *given: Any) -> None:
    """Show a picture whose words fit into a phone, so that it is not moved sideways there."""
    with st.container(key=step.key("small-chart", name)):
        show(step.key("chart", name), draw, *given)


def cost_against_amount(step: Step) -> None:
    """What each source costs for how much of it."""
    show(step.key("chart", "cost"), data_sources_charts.cost_against_amount, step.charter.data_sources, theme())


def slices(step: Step) -> None:
    """Model and people on every slice."""
    show(step.key("chart", "slices"), feasibility_charts.slices, step.charter.feasibility, theme())
