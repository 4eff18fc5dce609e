"""What is missing to sign, on the screen: in words, with a way to the place where it is put right."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.parts import arrival, health, notices
from scoping.charter import PART_BY_SLUG, Charter
from scoping.findings import Finding
from scoping.places import place_of
from scoping.signing.conditions import Condition
from storage.store import Opened

NEXT = 3
"""Missing things named on the project's home."""
_OPEN, _MET, _ARROW = ":material/radio_button_unchecked:", ":material/check_circle:", ":material/arrow_forward:"


def go_to(finding: Finding, charter: Charter, *, says: str = "") -> None:
    """A link to the field where something is put right, in the words of what is missing unless others are given."""
    arrival.link(place_of(finding, charter), notices.plain(says or finding.message), _ARROW if says else _OPEN)


def next_ones(project: Opened) -> None:
    """The first things that are missing, as links."""
    missing = project.overview.missing
    for finding in missing[:NEXT]:
        go_to(finding, project.charter)
    if len(missing) > NEXT:
        st.caption(f"and {len(missing) - NEXT} more")


def of_step(project: Opened, slug: str) -> None:
    """The conditions of a step with what is missing of them, and what others miss here."""
    overview = project.overview
    own = overview.conditions_of(slug)
    elsewhere = [c for c in overview.conditions if c.part != slug and any(f.part == slug for f in c.missing)]
    if not elsewhere and all(c.is_met for c in own):
        tick = "" if health.of(project).word in health.LOUD else f":green[{_MET}] "
        st.markdown(f"{tick}**Nothing here is missing to sign.**")
        return
    st.markdown("**Missing to sign**")
    lines = [line for c in own for line in _told(c, c.missing)]
    lines += [line for c in elsewhere for line in _told(c, [f for f in c.missing if f.part == slug])]
    st.markdown("\n\n".join(lines))


def _told(condition: Condition, missing: Iterable[Finding]) -> list[str]:
    """A condition that is met as a line of its own; of one that is open, what is missing."""
    if condition.is_met:
        return [f":green[{_MET}] {notices.plain(condition.sentence)}"]
    return [f":orange[{_OPEN}] {notices.plain(f.message)}{' :gray-badge[not known yet]' if f.is_unknown else ''}" for f in missing]


def open_conditions(conditions: Iterable[Condition], charter: Charter) -> None:
    """Every condition that is open: its sentence, what is missing, and the way there."""
    for condition in conditions:
        if condition.is_met:
            continue
        missing = "\n".join(f"- {notices.plain(f.message)}" for f in condition.missing)
        st.markdown(f":orange[{_OPEN}] **{condition.number}. {notices.plain(condition.sentence)}**\n\n{missing}")
        first = condition.missing[0]
        go_to(first, charter, says=f"Go to {PART_BY_SLUG[first.part].title}")
