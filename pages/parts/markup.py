"""Many small things of a page as one piece of HTML: a page takes as long as it has elements, not as they are long."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st


def show(*pieces: str) -> None:
    """Show pieces of HTML that this module or the document made, as one element."""
    st.html("".join(pieces))


def text(words: str) -> str:
    """Words for a page, shown literally."""
    return escape(words)


def link(href: str, label: str, symbol: str = "") -> str:
    """A link to a page of ours, below the address of the workbench. The browser goes there without loading anew."""
    return f'<a class="go" href="{escape(href)}">{icon(symbol) if symbol else ""}<span>{escape(label)}</span></a>'


def icon(name: str) -> str:
    """A Material symbol, which says nothing to those who listen."""
    return f'<span class="icon" aria-hidden="true">{name}</span>'


def lines(rows: Iterable[str]) -> str:
    """Pieces of HTML, one below the other."""
    return f'<ul class="plain">{"".join(f"<li>{row}</li>" for row in rows)}</ul>'


def note(sentence: str) -> str:
    """A quiet sentence."""
    return f'<p class="note">{escape(sentence)}</p>'


def figures(rows: Iterable[tuple[str, str] | tuple[str, str, str]], *, title: str = "", above: str = "", below: str = "") -> None:
    """Numbers beside each other: what each is, the number, and where it needs one a remark; with sentences around them."""
    told = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}{f'<small>{escape(remark[0])}</small>' if remark else ''}</dd></div>"
        for label, value, *remark in rows
    )
    head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    pieces = (head, note(above) if above else "", f'<dl class="figures">{told}</dl>' if told else "", note(below) if below else "")
    if any(pieces):
        show(*pieces)
