"""Concerns raised without a name: nothing that is stored says who raised them."""

from __future__ import annotations

import streamlit as st

from pages.parts import here, notices
from pages.parts.here import Step
from scoping.merge import added
from scoping.section import LONG
from scoping.sections.ethics import Concern


def without_a_name(step: Step) -> None:
    """A place to raise a concern that nobody can trace: it is saved whole, in one save that carries no name."""
    key = step.key("anonymous")
    with st.expander("Raise a concern without your name", icon=":material/visibility_off:"):
        st.caption(
            "Nothing kept here says who raised it: not the concern, not the history, no export, no log. Only the moment is kept, "
            "so wait a while if others see you typing. What you add to the card afterwards carries your name as usual."
        )
        st.text_area("Your concern", key=key, max_chars=LONG, height=100)
        st.button(
            "Raise it without my name",
            key=f"{key}.raise",
            icon=":material/send:",
            on_click=_raise,
            args=(step.project.project_id, key),
            disabled=step.project.is_archived,
        )


def _raise(project: str, key: str) -> None:
    words = str(st.session_state.get(key, "")).strip()
    if not words:
        st.toast("Write the concern first.", icon=":material/edit:")
        return
    with notices.refusals():
        here.save_without_a_name(project, "ethics", [added("concerns", Concern(id=here.new_id(), concern=words))])
        st.session_state[key] = ""
        st.toast("Raised. It stands in the log without a name.", icon=":material/check:")
