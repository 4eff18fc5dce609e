"""The components of the design as HTML: a page takes as long as it has elements, not as they are long.

Makers take words and return `Html`; whatever takes both treats a plain `str` as words. Their looks are in `components.css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from math import isfinite
from typing import Literal

import streamlit as st

from scoping.health import ICONS, Health

Look = Literal["", "yes", "guess", "open", "hot", "no"]
"""What a chip says beside its words: measured or accepted, guessed, not known, a reservation, refused."""
_COLOURS = 8
_FIGURE = re.compile(r"(about |up to |at least |at most )?[-−+]?[€$£¥]?\d[^A-Za-z]*([A-Za-z%€/²]+\s*){0,2}")
_NOTHING = ("", "–", "—")


class Html(str):
    """HTML that a maker of this module made, unlike words, which are escaped wherever they are shown."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """What Streamlit shows; of any other text it measures the margin of every line first."""
        return str(self)


def show(*pieces: str) -> None:
    """Show pieces of HTML that this module or the document made, as one element."""
    st.html(Html(f'<div class="live">{"".join(pieces)}</div>'))


def text(words: str) -> Html:
    """Words for a page, shown literally; what is HTML already stays as it is."""
    return words if isinstance(words, Html) else Html(escape(words))


def words(said: str) -> Html:
    """People's own words, which take their direction from themselves and turn nothing around them."""
    return Html(f'<bdi dir="auto">{text(said)}</bdi>')


def link(href: str, label: str, symbol: str = "") -> Html:
    """A link to a page of ours, below the address of the workbench. The browser goes there without loading anew."""
    return Html(f'<a class="go" href="{escape(href)}">{icon(symbol) if symbol else ""}<span>{text(label)}</span></a>')


def unknown(sentence: str, href: str) -> Html:
    """What is not known yet, at its place: a quiet sentence that leads to the question."""
    return Html(f'<a class="unk go" href="{escape(href)}">{text(sentence)}</a>')


def icon(name: str) -> Html:
    """A Material symbol, which says nothing to those who listen."""
    return Html(f'<span class="icon" aria-hidden="true">{escape(name)}</span>')


def lines(rows: Iterable[str]) -> Html:
    """Pieces of HTML, one below the other."""
    return Html(f'<ul class="plain">{"".join(f"<li>{row}</li>" for row in rows)}</ul>')


def note(sentence: str) -> Html:
    """A quiet sentence."""
    return Html(f'<p class="meta">{text(sentence)}</p>')


def lead(sentence: str) -> Html:
    """A sentence to be read first, below a title or a result."""
    return Html(f'<p class="lead">{text(sentence)}</p>')


def title(question: str) -> Html:
    """The title of a page."""
    return Html(f"<h1>{text(question)}</h1>")


def heading(title: str) -> Html:
    """The heading of a section."""
    return Html(f"<h2>{text(title)}</h2>")


def result(sentence: str) -> Html:
    """The sentence that a sponsor repeats."""
    return Html(f'<p class="result">{text(sentence)}</p>')


def row(*pieces: str) -> Html:
    """Pieces of HTML beside each other, as far as there is room."""
    return Html(f'<div class="row">{"".join(pieces)}</div>')


def stack(*pieces: str) -> Html:
    """Pieces of HTML one below the other, with room between them."""
    return Html(f'<div class="stack">{"".join(pieces)}</div>')


def badge(standing: Health | None) -> Html:
    """The health of a project, filled only where somebody has to do something about it; None while it is not worked out."""
    if standing is None:
        return Html('<span class="badge">Not worked out yet</span>')
    return Html(f'<span class="badge {standing.word.value}">{icon(ICONS[standing.word])}{text(standing.words)}</span>')


def chip(said: str, look: Look = "", symbol: str = "") -> Html:
    """A property of something, never the state of a project."""
    return Html(f'<span class="{f"chip {look}".strip()}">{icon(symbol) if symbol else ""}{text(said)}</span>')


def chips(several: Iterable[str]) -> Html:
    """Chips beside each other."""
    return Html(f'<div class="chips">{"".join(several)}</div>')


def avatar(name: str, look: Literal["", "s"] = "") -> Html:
    """A person by their initials, in the colour that everybody sees; without a name a question mark."""
    known = name.split()
    if not known:
        return Html(
            f'<span class="{f"av {look} ghost".replace("  ", " ")}" role="img" aria-label="Somebody without a name">?</span>'
        )
    initials = (known[0][0] + (known[-1][0] if len(known) > 1 else "")).upper()
    classes = " ".join(filter(None, ("av", look, f"c{_colour(' '.join(known))}")))
    return Html(f'<span class="{classes}" role="img" aria-label="{escape(name)}" title="{escape(name)}">{escape(initials)}</span>')


def _colour(name: str) -> int:
    """As `people.js` works it out for somebody who is alone."""
    total = 7
    for letter in name:
        total = (total * 31 + ord(letter)) & 0xFFFFFFFF
    return total % _COLOURS + 1


def range_bar(low: float | None, likely: float | None, high: float | None, lo: float, hi: float, *, guess: bool = False) -> Html:
    """A range on a scale from `lo` to `hi`, which all ranges of a view share; its numbers stand beside it in words.

    Args:
        low: None, like all three, where nothing is known: a dashed line.
        guess: whether it rests on guesses, which is hatched.
    """

    def at(value: float) -> float:
        return round(100 * min(max((value - lo) / (hi - lo), 0.0), 1.0), 2) if hi > lo else 50.0

    known = [v for v in (low, likely, high) if v is not None and isfinite(v)]
    if not known:
        return Html('<div class="rng none" aria-hidden="true"><span class="ax"></span></div>')
    begin, end = at(min(known)), at(max(known))
    bar = f'<span class="bar{" g" if guess else ""}" style="inset-inline-start:{begin}%;width:{round(end - begin, 2)}%"></span>'
    tick = f'<span class="tk" style="inset-inline-start:{at(likely)}%"></span>' if likely is not None and isfinite(likely) else ""
    return Html(f'<div class="rng" aria-hidden="true"><span class="ax"></span>{bar}{tick}</div>')


def opener(title: str, href: str) -> Html:
    """The title of a card as the link that the whole card follows."""
    return Html(f'<h3 dir="auto"><a class="opener go" href="{escape(href)}">{text(title)}</a></h3>')


def card(*html: str, href: str = "", look: Literal["", "guess"] = "") -> Html:
    """What can be opened, moved or signed.

    Args:
        html: pieces, one below the other.
        href: makes a link of the first piece, which the whole card follows. Where another piece shall stand above the title,
            that is an `opener` instead.
    """
    first, rest = html[:1], html[1:]
    pieces = (*(opener(one, href) for one in first), *rest) if href else html
    return Html(f'<div class="{f"card {look}".strip()}">{"".join(pieces)}</div>')


def cards(several: Iterable[str]) -> Html:
    """Cards beside each other, as a list."""
    return Html(f'<ul class="cards">{"".join(f"<li>{one}</li>" for one in several)}</ul>')


def banner(said: str, link: str = "", *, calm: bool = False) -> Html:
    """Somebody waits, in orange; or, calm, something good to know. One action at most."""
    symbol = "info" if calm else "warning"
    return Html(f'<div class="banner{" calm" if calm else ""}">{icon(symbol)}<span class="grow">{text(said)}</span>{link}</div>')


def empty(said: str, link: str = "") -> Html:
    """What belongs here, and the first step to it."""
    return Html(f'<div class="empty">{text(said)} {link}</div>')


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, total: bool = False) -> Html:
    """A table that wraps. Columns of figures are aligned at their end.

    Args:
        rows: of cells, words or HTML; the first of each says what the row is about.
        total: whether the last row adds up those above.
    """
    told = [list(one) for one in rows]
    ends = {n for n in range(1, len(head)) if _is_of_figures(one[n] for one in told)}

    def cells(one: Sequence[str], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(f"<{tag}{scope}{' class=n' if n in ends else ''}>{text(cell)}</{tag}>" for n, cell in enumerate(one))

    last = len(told) - 1
    body = "".join(f"<tr{' class=sum' if total and at == last else ''}>{cells(one, 'td')}</tr>" for at, one in enumerate(told))
    # What is moved sideways by keys must be reached by them; a link in it is enough for that.
    reached = "" if "<a " in body else ' tabindex="0"'
    return Html(
        f'<div class="wide"{reached}><table class="tbl"><thead><tr>{cells(head, "th")}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _is_of_figures(column: Iterable[str]) -> bool:
    """Whether all that a column says are figures."""
    said = [cell.strip() for cell in column if cell.strip() not in _NOTHING]
    return bool(said) and all(not isinstance(cell, Html) and _FIGURE.fullmatch(cell) for cell in said)


def fold(title: str, html: str) -> Html:
    """What is there for those who ask."""
    return Html(f'<details class="fold"><summary>{text(title)}</summary>{html}</details>')


def facts(rows: Iterable[tuple[str, str] | tuple[str, str, str]]) -> Html:
    """Numbers beside each other: what each is, the number, and where it needs one a remark."""
    told = "".join(
        f"<div><dt>{text(label)}</dt><dd>{text(value)}{f'<small>{text(remark[0])}</small>' if remark else ''}</dd></div>"
        for label, value, *remark in rows
    )
    return Html(f'<dl class="figures">{told}</dl>' if told else "")


def figures(rows: Iterable[tuple[str, str] | tuple[str, str, str]], *, title: str = "", below: str = "") -> None:
    """Show facts with sentences around them."""
    told = facts(rows)
    head = Html(f"<h3>{text(title)}</h3>") if title else ""
    if pieces := [p for p in (head, told, note(below) if below else "") if p]:
        show(stack(*pieces))
