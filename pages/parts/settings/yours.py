"""What a person chooses for their browser: the currency that their new projects begin with; and tokens of their programs."""

from __future__ import annotations

import streamlit as st

from pages.parts import here, markup, tokens
from pages.parts.settings import defaults
from scoping.currency import Currency
from storage.access.tokens import Scope


def show() -> None:
    """The choices, kept as they are made."""
    if not here.device():
        markup.show(markup.banner("This browser keeps no cookies, so what is chosen here holds for this visit only.", calm=True))
    st.selectbox(
        "Currency of new projects",
        list(Currency),
        index=list(Currency).index(defaults.currency()),
        format_func=lambda one: one.label,
        key="settings.currency",
        on_change=_keep,
        width=320,
        help="Each project keeps its own. Until you choose one, it is guessed from the language of your browser.",
    )
    markup.show(
        markup.note("Your name stands in the sidebar. Days are written “12 Feb 2027” everywhere, so that no country misreads one.")
    )
    st.header("Programs", anchor=False)
    markup.show(markup.note("A token made here opens all projects; one for a single project is made there, under Run, More."))
    tokens.show(None, "settings.token", first=Scope.READ)


def _keep() -> None:
    defaults.keep_currency(st.session_state["settings.currency"])
