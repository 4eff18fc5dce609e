"""Charts of the open project: the specs of scoping.charts in the colours of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.parts.workshop import Step
from scoping import charts as pictures
from scoping.drawing import DARK, LIGHT, Palette, Picture


def theme() -> Palette:
    """The colours of the page as it is shown."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@lru_cache(maxsize=64)
def _drawn(draw: Callable[..., Picture | None], *given: Any) -> tuple[dict[str, Any], Picture] | None:
    """The picture of some answers as the browser takes it. Altair needs tens of milliseconds for one, so each is made once."""
    picture = draw(*given)
    return picture and (picture.chart.to_dict(), picture)


def show(key: str, draw: Callable[..., Picture | None], *given: Any) -> None:
    """Show what `draw` makes of some values, which must be hashable; nothing when it makes no picture."""
    drawn = _drawn(draw, *given)
    if drawn is None:
        return
    spec, picture = drawn
    st.vega_lite_chart(spec, key=key, alt=picture.alt)
    if picture.note:
        st.caption(picture.note)


def cost_against_amount(step: Step) -> None:
    """What each source costs for how much of it."""
    show(step.key("chart", "cost"), pictures.cost_against_amount, step.value, theme())


def gantt(step: Step) -> None:
    """The plan in time."""
    show(step.key("chart", "gantt"), pictures.gantt, step.value, theme(), datetime.now(UTC).date())


def ladder(step: Step) -> None:
    """Now and target on every rung."""
    show(step.key("chart", "ladder"), pictures.ladder, step.value, theme())


def slices(step: Step) -> None:
    """Model and people on every slice."""
    show(step.key("chart", "slices"), pictures.slices, step.value, theme())
