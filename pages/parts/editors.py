"""Editing a step: its own questions, its lists, and the frame around them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from pages.parts import frame, here, live, markup, steps
from scoping.content import kinds
from scoping.section import Section


def opened(section: Section, question: str, **names: Any) -> here.Step:
    """The part of the open project that a page is mostly about, below who is here; where none is open, the page says so and ends.

    Args:
        question: stands above the page without a project.
        names: what the line of who is here tells beside people.
    """
    project = here.shown()
    if project is None:
        _no_project(question)
        st.stop()
    current = here.Step(section, project)
    live.view("presence", current.key("presence"), project.project_id, **names)
    return current


@contextlib.contextmanager
def step(section: Section) -> Iterator[here.Step]:
    """The frame of a step: who is here, what is next and the question above, what good looks like below."""
    current = opened(section, section.question, title=frame.title(steps.page(section.slug)))
    project = current.project
    live.view("next", current.key("next"), project.project_id, part=section.slug)
    markup.show(markup.title(section.question), markup.lead(section.why))
    if project.is_archived:
        st.info("This project is archived. Restore it on its home to change it.", icon=":material/archive:")
    yield current
    markup.show(_examples(current))


@contextlib.contextmanager
def place(section: Section, page: str, title: str) -> Iterator[tuple[here.Step, str]]:
    """The frame of a page that is no step: who is here, its tabs. Gives the part of it that it is mostly about, and the tab."""
    current = opened(section, title, title=title, whole=True)
    tab = tabs(current, page)
    if tab != next(iter(steps.TABS[page])):
        # The first tab begins with a title of its own: how it stands.
        markup.show(markup.title(steps.TABS[page][tab].label))
    yield current, tab


def tabs(current: here.Step, page: str = "") -> str:
    """The tab of the page that the address names, after links to all of them: only what is looked at is worked out.

    Args:
        page: the page of the step, unless another is named, which is as wide as its charts.
    """
    own = steps.TABS[page or steps.page(current.section.slug)]
    shown, folded = ([[slug, tab.label] for slug, tab in own.items() if tab.folded is is_folded] for is_folded in (False, True))
    live.view("tabs", current.key("tabs"), current.project.project_id, tabs=shown, more=folded, whole=bool(page))
    return live.asked(own)


def _no_project(title: str) -> None:
    """The empty state of a page that needs an open project."""
    st.title(title, anchor=False)
    if here.project_id():
        st.markdown(
            "The project in this address does not exist here. It may belong to another workbench, or the link was cut short."
        )
    else:
        st.markdown("No project is open. Start one, or look at a finished one first.")
    frame.to_projects()


def _examples(current: here.Step) -> str:
    section, kind = current.section, current.charter.project.kind
    told = (
        f'<span class="{tone}">{markup.icon(icon)}</span> {markup.text(words)}'
        for tone, icon, words in (
            ("good", "thumb_up", kinds.good(section, kind)),
            ("poor", "thumb_down", kinds.poor(section, kind)),
        )
    )
    return f'<section class="examples"><h3>What good looks like</h3>{markup.lines(told)}</section>'


def questions(current: here.Step, topic: str = "") -> None:
    """The part's own questions on a topic; those that stand first, unless one is named."""
    sheet(current, topic=topic)


def sheet(current: here.Step, list_name: str = "", record: str = "", *, topic: str | None = None, folded: str = "") -> None:
    """A sheet of questions that saves itself: the part's own, or those of one record.

    Args:
        topic: only the questions of this topic; None for all.
        folded: the title behind which all of them are folded away; whoever is led to one finds it open.
    """
    live.view(
        "sheet",
        current.key("answers", list_name, record, *([topic] if topic else [])),
        current.project.project_id,
        part=current.section.slug,
        list=list_name,
        record=record,
        topic=topic,
        folded=folded,
    )


def heading(current: here.Step, name: str) -> None:
    """The heading of a list that the page draws itself; whoever is led to the list arrives here."""
    st.header(current.spec(name).title, anchor=name, divider="gray")


def records(current: here.Step, name: str, given: Mapping[str, str] | None = None, **drawn: Any) -> None:
    """A list of records: to be read, opened, added to and put in order.

    Args:
        given: what a new entry says at once, by question.
        drawn: how it is drawn where that is not as rows, such as `shape="ladder"`, or `shape="elsewhere"` where the page draws
            the entries itself: then this is the line to add, the grid and the drawer.
    """
    names = {"part": current.section.slug, "list": name, "given": dict(given or {}), **drawn}
    live.view("list", current.key("list", name), current.project.project_id, **names)


def view(current: here.Step, kind: str, about: str, **names: Any) -> None:
    """A view of the live document of its own kind, such as a picture of a list that is drawn as it is typed."""
    live.view(kind, current.key(kind, about), current.project.project_id, part=current.section.slug, about=about, **names)
