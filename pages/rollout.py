"""Rollout: how it goes live, how far it is automated, how trouble is noticed, and how the project ended."""

import streamlit as st

from pages.parts import closing, editors
from scoping.sections.rollout import SECTION

with editors.step(SECTION) as step:
    live, watch, end = st.tabs(["Going live", "After launch", "Closing"], key=step.key("tabs"), on_change="rerun")
    if live.open:
        with live:
            editors.questions(step)
            editors.records(step, "monitors")
    if watch.open:
        with watch:
            closing.after_launch(step)
            editors.records(step, "readings")
    if end.open:
        with end:
            editors.questions(step, "exit")
            editors.records(step, "next_steps")
            closing.closing(step)
