"""Risks on the map, before anything is done and afterwards."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds
from pages.parts.here import Step
from scoping.ethics import charts, words
from scoping.words import short


def maps(step: Step) -> None:
    """Where the risks stand, before anything is done and afterwards."""
    if not step.charter.ethics.risks:
        return
    for picture in (charts.heat_before, charts.heat_after):
        parts_charts.show(step.key("chart", picture.__name__), picture, step.charter.ethics, parts_charts.theme())
    with folds.fold("Level of each risk, before and then", step.key("levels"), icon=":material/table:") as place:
        if place.open:
            _levels(step)


def _levels(step: Step) -> None:
    rows = [
        {"Risk": short(r.title, 80), "Before": words.level_of(r), "Then": words.left_of(r), "Owner": r.owner}
        for r in step.charter.ethics.risks
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Level of each risk before and after what is promised")
    st.caption("Level: likelihood times severity; up to 4 low, up to 9 medium, up to 16 high, above very high.")
