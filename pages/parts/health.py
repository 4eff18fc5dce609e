"""The badge of a project: its health in one word, the same wherever the project stands."""

from __future__ import annotations

from pages.parts import markup, times
from scoping.health import ICONS, Health, Word
from storage.store import Opened


def badge(health: Health | None) -> str:
    """The badge as HTML, filled only where somebody has to do something about it."""
    if health is None:
        return '<span class="badge quiet">Not worked out yet</span>'
    return f'<span class="badge {health.tone.value}">{markup.icon(ICONS[health.word])}{health.words}</span>'


def of(project: Opened) -> Health:
    """The health of a project today."""
    return project.health(times.today())


def line(project: Opened) -> str:
    """Badge and reason as HTML."""
    now = of(project)
    return f"<p>{badge(now)} {markup.text(now.reason)}</p>"


def named(word: Word | None) -> str:
    """A word of a filter; None stands for all."""
    return word.label if word else "All states"
