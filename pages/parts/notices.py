"""Remarks and refusals on the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import streamlit as st

from scoping.errors import WorkbenchError
from scoping.words import isolated_names


def plain(text: str) -> str:
    """People's words inside a label or a sentence: shown literally, never as markup; a quoted name turns no sentence around."""
    literal = "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:^&=" else c for c in isolated_names(text))
    return literal.replace("\n", " ")


def remark(sentence: str) -> str:
    """A sentence that somebody should look at, as Markdown."""
    return f":orange[:material/info:] {plain(sentence)}"


def quiet(sentence: str) -> str:
    """A sentence for those who want to know more, as Markdown."""
    return f":small[:gray[{plain(sentence)}]]"


def lines(told: Iterable[str]) -> None:
    """Pieces of Markdown below each other, as one element; nothing where there are none."""
    if text := "\n\n".join(told):
        st.markdown(text)


def remarks(sentences: Iterable[str]) -> None:
    """Sentences that somebody should look at."""
    lines(map(remark, sentences))


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
