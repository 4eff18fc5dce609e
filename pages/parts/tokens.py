"""Tokens of programs: made, shown once, listed with their last use, revoked. For one project, and for all."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, here, notices, times
from scoping.errors import WorkbenchError
from scoping.words import in_a_row
from storage.access.tokens import Scope, Token

API = "api/v1/docs"
"""Where every operation can be tried."""


def show(project: str | None, key: str, *, first: Scope, is_archived: bool = False) -> None:
    """Tokens of a project, or (None) of all.

    Args:
        first: what a new one may do unless somebody chooses.
    """
    with st.form(key, enter_to_submit=True, clear_on_submit=True):
        st.text_input("Which program will use it", key=f"{key}.label", placeholder="Nightly training", max_chars=80)
        st.pills(
            "What it may do",
            list(Scope),
            selection_mode="multi",
            default=[first],
            format_func=lambda scope: scope.label,
            key=f"{key}.scopes",
        )
        st.form_submit_button("Make a token", on_click=_make, args=(project, key), disabled=is_archived)
    if refused := st.session_state.pop(f"{key}.refused", ""):
        st.error(notices.plain(refused), icon=":material/error:")
    if made := st.session_state.pop(f"{key}.made", ""):
        st.markdown(":green[:material/key:] Copy the token now. It is not kept and cannot be shown again.")
        st.code(made, language=None)
    for token in here.store().tokens.of(project):
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(notices.plain(_said(token)))
        button.button("Revoke", key=f"{key}.revoke.{token.digest[:16]}", on_click=_revoke, args=(project, token.digest))
    st.markdown(f"[What programs can ask for, with a page to try it]({frame.address(API)})")


def _said(token: Token) -> str:
    may = in_a_row([scope.label.lower() for scope in Scope if scope in token.scopes])
    by = f" by {token.made_by}" if token.made_by else ""
    used = f"last used {times.ago(token.used_at)}" if token.used_at else "never used"
    return f"“{token.label}” may {may}. Made {times.moment(token.made_at)}{by}, {used}."


def _make(project: str | None, key: str) -> None:
    label, scopes = str(st.session_state[f"{key}.label"]), st.session_state[f"{key}.scopes"]
    try:
        st.session_state[f"{key}.made"] = here.store().tokens.make(project, label, here.me(), scopes)
    except WorkbenchError as error:
        st.session_state[f"{key}.refused"] = str(error)


def _revoke(project: str | None, digest: str) -> None:
    here.store().tokens.revoke(project, digest)
