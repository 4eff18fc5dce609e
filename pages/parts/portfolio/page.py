"""The page of all projects: a sentence with the sums, one search and one choice of states, and the views that follow them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from pages.parts import frame, here, markup, times
from pages.parts.markup import Html
from pages.parts.portfolio import best, cards, menu, projects, ranking, rates, timeline
from pages.parts.portfolio import map as project_map
from pages.parts.portfolio.look import ARCHIVED, COMPARING, PER_PAGE, SEARCH, SHOWN, STATE, Look, View, found_words
from scoping.health import Word
from scoping.portfolio import sums
from scoping.words import short
from storage.portfolio import Found

FEW = 3
"""With fewer projects, samples are offered below them."""
_VIEWS = {View.CARDS: ("Cards", "grid_view"), View.MAP: ("Map", "scatter_plot"), View.TIMELINE: ("Timeline", "view_timeline")}
_COMPARE = ("Compare", "leaderboard")
_TABS = {View.RANKING: "Ranking", View.BEST: "Best set"}
_TITLES = {
    View.MAP: "Map of projects",
    View.TIMELINE: "Timeline of projects",
    View.RANKING: "Ranking of projects",
    View.BEST: "Best set of projects",
}
"""What the browser's tab says."""
_FIND, _STATE = "portfolio.find", "portfolio.state"


def page() -> None:
    """What the address asks for; the first minute where nothing is kept yet."""
    store = here.store().portfolio
    look, today = Look.asked(), times.today()
    found = store.page(today=today, which=look.which, limit=look.shown)
    if not found.total and store.is_empty():
        projects.welcome()
        return
    if look.view is not View.CARDS:
        st.set_page_config(page_title=frame.tab_title(_TITLES[look.view], None))
    summed = () if look.which.archived else store.sums(today=today, which=look.which)
    kept = rates.Kept.now([one.currency for one in summed])
    _head(sums.in_one(summed, kept.currency, kept.rates))
    _tools(look)
    if not found.total:
        _nothing(look)
        return
    _view(look, found, kept, today)
    if more := look.more(found.total):
        left = min(PER_PAGE, found.total - look.shown)
        markup.show(f'<div class="foot"><a class="btn" href="{markup.text(more.href())}">Show {left} more</a></div>')
    if found.total < FEW and not look.is_narrowed and look.view is View.CARDS:
        markup.show(markup.heading("Look at a finished one"))
        projects.samples()


def _view(look: Look, found: Found, kept: rates.Kept, today: date) -> None:
    said = found_words(look, found.total)
    above = markup.note(said) if said else Html()
    match look.view:
        case View.CARDS:
            markup.show(above, found.once(("cards", kept.scale), lambda: cards.drawn(found.cards, kept.currency, kept.rates)))
            menu.mount()
        case View.MAP:
            markup.show(above, found.once(("map", kept.scale), lambda: project_map.drawn(found.cards, *_one_currency(found, kept))))
        case View.TIMELINE:
            markup.show(above, found.once("timeline", lambda: _along_time(found, today)))
            timeline.people()
        case View.RANKING:
            markup.show(_tabs(look))
            ranking.page(found, kept)
        case View.BEST:
            markup.show(_tabs(look))
            best.page(found.cards, kept)


def _along_time(found: Found, today: date) -> Html:
    plans = here.store().portfolio.planned([c.project_id for c in found.cards], today)
    return timeline.drawn(found.cards, plans, today)


def _one_currency(found: Found, kept: rates.Kept) -> tuple[str, Mapping[str, float]]:
    """The currency of a picture: the one that is chosen, where all can be converted or it is used at all; else the commonest."""
    used = [c.figures.currency for c in found.cards]
    if kept.currency in used or all(kept.rates.get(code) for code in used):
        return kept.currency, kept.rates
    return max(used, key=used.count), {}


def _head(told: Sequence[sums.Sum]) -> None:
    """The title, the sentence, and how a project comes here."""
    sentences = " ".join(sums.told(told))
    said = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", markup.text(sentences))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="stretch"):
            markup.show(markup.title("Projects"))
        with st.container(horizontal=True, width="content", gap="small"):
            st.menu_button("More", ["Samples", "Import"], key="portfolio.more", type="tertiary", on_click=_bring)
            st.button("New project", icon=":material/add:", type="primary", on_click=projects.start_dialog, key="start")
    if said:
        markup.show(f'<p class="sum">{said}</p>')


def _bring() -> None:
    if st.session_state["portfolio.more"] == "Import":
        projects.import_dialog()
    else:
        projects.samples_dialog()


def _tools(look: Look) -> None:
    """One search and one choice of states, which all views share, and the views."""
    # What the address says goes before: a link or Back leads to exactly what was looked at.
    st.session_state[_FIND], st.session_state[_STATE] = look.which.search, look.state
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="portfolio-tools"):
        st.text_input(
            "Search all that projects say",
            type="search",
            placeholder="Find names, risks, ideas",
            live=True,
            key=_FIND,
            label_visibility="collapsed",
            width=240,
            on_change=_asked_anew,
        )
        st.selectbox(
            "States",
            ["", *(word.value for word in Word), ARCHIVED],
            format_func=_state_words,
            key=_STATE,
            label_visibility="collapsed",
            width=150,
            on_change=_asked_anew,
        )
        with st.container(width="stretch"):
            markup.show(f'<div class="tools"><p class="meta">Needs you first</p>{_segments(look)}</div>')


def _state_words(state: str) -> str:
    if state == ARCHIVED:
        return "Archived"
    return Word(state).label if state else "All states"


def _asked_anew() -> None:
    """Other projects are asked for: the address says so, and begins with the first of them."""
    for name, value in ((SEARCH, st.session_state[_FIND].strip()), (STATE, st.session_state[_STATE])):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    st.query_params.pop(SHOWN, None)


def _way(look: Look, view: View, label: str, is_here: bool) -> str:
    """A link to another view of the same projects."""
    here = ' aria-current="page"' if is_here else ""
    return f'<a href="{markup.text(look.href(view=view))}"{here}>{label}</a>'


def _segments(look: Look) -> str:
    links = [_way(look, view, f"{markup.icon(symbol)}{label}", look.view is view) for view, (label, symbol) in _VIEWS.items()]
    label, symbol = _COMPARE
    links.append(_way(look, View.RANKING, f"{markup.icon(symbol)}{label}", look.view in COMPARING))
    return f'<nav class="seg views" aria-label="Views">{"".join(links)}</nav>'


def _tabs(look: Look) -> str:
    links = "".join(_way(look, view, label, look.view is view) for view, label in _TABS.items())
    return f'<div class="tabrow"><nav class="tabs" aria-label="Ways to compare">{links}</nav></div>'


def _nothing(look: Look) -> None:
    """Why nothing is shown, and what to do about it."""
    everything = markup.link(Look(look.view).href(), "Show all projects")
    which = look.which
    if which.search:
        where = " among these" if which.word or which.archived else ""
        said = f"No project{where} says “{short(which.search, 60)}”. The beginning of a word is enough: “pred” finds predictions."
    elif which.archived:
        said = "No project is archived. What is put away from the menu of its card stands here and can be brought back."
    elif which.word:
        said = f"No project is {which.word.label.lower()}."
    else:
        said, everything = "All projects are archived.", markup.link(look.href(which=replace(which, archived=True)), "Show them")
    markup.show(markup.empty(said, everything))
