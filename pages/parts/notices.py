"""Findings and refusals on the screen: the only place that words them there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import streamlit as st

from scoping.errors import WorkbenchError
from scoping.findings import Finding
from scoping.words import isolated_names


def plain(text: str) -> str:
    """People's words inside a label or a sentence: shown literally, never as markup; a quoted name turns no sentence around."""
    literal = "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:^&=" else c for c in isolated_names(text))
    return literal.replace("\n", " ")


def findings(found: Iterable[Finding]) -> None:
    """Advice, each piece as a sentence."""
    with st.container(key="open_points"):
        st.markdown("\n\n".join(f":gray[:material/info:] {plain(finding.message)}" for finding in found))


def refused(error: WorkbenchError) -> None:
    """An expected refusal."""
    st.error(plain(str(error)), icon=":material/error:")


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """In a callback: tell an expected refusal in passing, and leave out the rest of what stands inside."""
    try:
        yield
    except WorkbenchError as error:
        st.toast(plain(str(error)), icon=":material/error:")


def incident(error: Exception, number: str) -> None:
    """Something unexpected: say that saved work is safe, and what to tell whom."""
    if isinstance(error, WorkbenchError):
        refused(error)
        return
    st.error(
        "Something went wrong on this page. All that was marked as saved is safe. "
        f"Reload the page; if it happens again, tell the person who runs the workbench: incident {number}.",
        icon=":material/error:",
        title="This should not have happened",
    )
