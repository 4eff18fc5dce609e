"""The workshops of a project: those that go on, and the record of each."""

from __future__ import annotations

import streamlit as st

from pages.parts import editors, here, markup, steps, times
from pages.parts.addresses import RECORD_URL
from pages.parts.charter import paper, records
from pages.parts.markup import Html
from scoping.export.html import chapter_to_html
from scoping.sections.project import SECTION as PROJECT
from scoping.words import day_words
from scoping.workshop.record import IN_SHORT, dated, names
from storage.workshops.keeping import Workshop

_FILES = (("docx", "Word"), ("html", "Printable page"), ("md", "Markdown"))


def page() -> None:
    """All workshops, newest first, and the record of the one that is named in the address."""
    project = editors.opened(PROJECT, "Workshops", title="Workshops", whole=True).project
    st.title("What came of our workshops?", anchor=False)
    found = here.store().workshops.of(project.project_id)
    if not found:
        home = markup.link(f"home?{steps.PROJECT_PARAM}={project.project_id}", "Start one on Home")
        markup.show(markup.empty("Here stands what people wrote, voted and decided together.", home))
        return
    asked = st.query_params.get(steps.ROOM_PARAM, "")
    shown = next((one for one in found if one.id == asked), found[0])
    markup.show(paper.dress(), markup.stack(*([_list(found, shown)] if len(found) > 1 else []), _record(shown)))


def _list(found: tuple[Workshop, ...], shown: Workshop) -> Html:
    """A row for each: its name, its day, who took part, and whether it goes on."""
    rows = []
    for one in found:
        name = markup.words(one.name)
        title = Html(f"<strong>{name}</strong>") if one is shown else markup.link(steps.workshop(one.project_id, one.id), name)
        state = "" if one.ended_at else markup.chip("goes on", "hot")
        rows.append(
            (title, day_words(times.local(one.planned_at or one.made_at).date()), here.store().workshops.look(one.id, names), state)
        )
    return markup.table(("Workshop", "Day", "Who took part", ""), rows)


def _record(one: Workshop) -> Html:
    told = records.of(here.store(), one)
    ways = [
        f'<a class="btn q" href="{RECORD_URL.format(workshop=one.id, kind=kind)}" download>{label}</a>' for kind, label in _FILES
    ]
    if not one.ended_at:
        room = steps.workshop(one.project_id, one.id, "workshop")
        ways.insert(0, f'<a class="btn go" href="{markup.text(room)}">Go on with it</a>')
    title = markup.words(dated(one.name, told.day))
    head = f"{markup.heading(title)}{markup.result(told.sentence)}{markup.row(*ways)}"
    chapters = [c for c in told.chapters if c.title != IN_SHORT]
    text = "".join(f'<h2 id="{paper.anchor(c.title)}">{markup.text(c.title)}</h2>{chapter_to_html(c)}' for c in chapters)
    contents = paper.contents([c.title for c in chapters])
    return Html(
        f'<article class="stack">{head}<div class="reading record">{contents}<div class="text">{text}</div></div></article>'
    )
