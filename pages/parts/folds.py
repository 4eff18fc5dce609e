"""Places that are folded away and worked out only while they are open, whatever their label says meanwhile."""

from __future__ import annotations

from typing import Any

import streamlit as st


def fold(name: str, key: str, *, tally: str = "", icon: str | None = None) -> Any:
    """A place to be opened by a click; its `open` says whether it is.

    An expander with another label is another one for Streamlit: it would fold itself, and a field in it lose the cursor. So
    its state is kept here, and its label stays the same while it is open.

    Args:
        tally: what is said behind the name while it is folded; it may change at any time.
    """
    is_open = st.session_state[key] = st.session_state.get(f"{key}.open", False)
    label = name if is_open or not tally else f"{name} · {tally}"
    return st.expander(label, key=key, icon=icon, on_change=_remember, args=(key,))


def unfold(key: str) -> None:
    """Open a place before it is drawn."""
    st.session_state[f"{key}.open"] = True


def _remember(key: str) -> None:
    st.session_state[f"{key}.open"] = st.session_state[key]
