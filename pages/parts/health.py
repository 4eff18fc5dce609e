"""The badge of a project: its health in one word, the same wherever the project stands."""

from __future__ import annotations

import streamlit as st

from pages.parts import notices, times
from scoping.health import ICONS, TONES, Health, Tone, Word
from storage.store import Opened

_LOOKS = {
    Tone.BAD: ":red-badge[{}]",
    Tone.WARN: ":orange-badge[{}]",
    Tone.OURS: ":primary[**{}**]",
    Tone.GOOD: ":green[**{}**]",
    Tone.QUIET: ":gray[**{}**]",
}
"""Filled only where somebody has to do something about it."""


LOUD = frozenset(word for word, tone in TONES.items() if tone in (Tone.BAD, Tone.WARN))
"""Beside these nothing is ticked in green."""


def markup(health: Health | None) -> str:
    """The badge as Markdown."""
    if health is None:
        return ":gray[Not worked out yet]"
    return _LOOKS[health.tone].format(f":material/{ICONS[health.word]}: {health.words}")


def of(project: Opened) -> Health:
    """The health of a project today."""
    return project.health(times.today())


def show(project: Opened) -> None:
    """Badge and reason on top of a page."""
    now = of(project)
    with st.container(key="health"):
        st.markdown(f"{markup(now)} {notices.plain(now.reason)}")


def named(word: Word | None) -> str:
    """A word of a filter; None stands for all."""
    return word.label if word else "All states"
