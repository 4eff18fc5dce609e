"""Which questions of ethics a project asks: the pack that gives its level, and packs of its own."""

from __future__ import annotations

from pages.parts import here, markup
from pages.parts.ethics import packs
from scoping.sections.ethics import SECTION


def show() -> None:
    """The packs of the open project."""
    project = here.shown()
    if project is None:
        markup.show(markup.empty("Which questions are asked is decided for each project. Open one first."))
        return
    markup.show(markup.note("These hold for the open project."))
    packs.show(here.Step(SECTION, project))
