"""The health of a project in one word, the same wherever the project stands."""

from __future__ import annotations

from pages.parts import markup, times
from scoping.health import Health, Word
from storage.store import Opened


def of(project: Opened) -> Health:
    """The health of a project today."""
    return project.health(times.today())


def line(project: Opened) -> markup.Html:
    """Badge and reason."""
    now = of(project)
    return markup.row(markup.badge(now), markup.text(now.reason))


def named(word: Word | None) -> str:
    """A word of a filter; None stands for all."""
    return word.label if word else "All states"
