"""What can be done with a project as a whole, from its card and from its home: duplicate, put away, bring back."""

from __future__ import annotations

import streamlit as st

from pages.parts import here, live, notices

_KEY = "portfolio.menu"


def mount() -> None:
    """Give every card its menu: one view for all of them."""
    live.view("cardmenu", _KEY, "", on_act=_acted)


def _acted() -> None:
    asked = st.session_state[_KEY].act
    act(str(asked["project"]), str(asked["what"]))


def act(project: str, what: str) -> None:
    """Do with a project what was chosen; a refusal is told."""
    store = here.store()
    with notices.refusals():
        if what == "archive":
            store.archive(project, here.me())
            st.toast("Archived. Choose “Archived” among the states in Projects to find it again.", icon=":material/archive:")
        elif what == "restore":
            store.unarchive(project, here.me())
            st.toast("Brought back from the archive.", icon=":material/unarchive:")
        elif what == "duplicate":
            charter = store.open(project).charter
            copy = charter.project.model_copy(update={"name": f"{charter.name[:280]} (copy)", "signatures": ()})
            store.create(charter.with_part("project", copy), here.me(), "Duplicated")
            st.toast("Duplicated. The copy stands in Projects, without signatures.", icon=":material/content_copy:")
