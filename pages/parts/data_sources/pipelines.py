"""The steps of the data along the plan: what may stay by hand, what must run alike every time, and from when on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import notices
from pages.parts.workshop import Step
from scoping import words as scoping_words
from scoping.answers import told_apart
from scoping.data_sources.to_production import Runs, programme

_SIGNS = {Runs.BY_HAND: "✋", Runs.ALIKE: "🔁", Runs.OPEN: "?"}


def show(step: Step) -> None:
    """How every step runs at each milestone that a step names, and what is still to be said."""
    found = programme(step.charter.data_sources, step.charter.milestones)
    if not found.ways:
        return
    titles = told_apart({m.id: m.title for m in found.milestones}, 60)
    names = [f"c{place}" for place in range(len(found.milestones))]
    rows = [
        {"Step": way.step.title, **{name: f"{_SIGNS[runs]} {runs.label}" for name, runs in zip(names, way.runs, strict=True)}}
        for way in found.ways
    ]
    # Columns have names of ours; what people called their milestones is shown above them.
    config = {
        name: st.column_config.TextColumn(titles[m.id], help=scoping_words.day_words(m.due) if m.due else "No due date yet")
        for name, m in zip(names, found.milestones, strict=True)
    }
    if found.milestones:
        st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=config, alt="How each step runs at each milestone")
    else:
        st.caption("Once a step names the milestone from which on it must run alike, this place lays all steps along the plan.")
    notices.remarks(found.open_ends)
