"""What is missing to sign, on the screen: in words, with a way to the place where it is put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.parts import arrival, health, notices
from scoping.charter import Charter
from scoping.findings import Finding
from scoping.places import place_of
from scoping.signing.conditions import Condition
from storage.store import Opened

NEXT = 3
"""Missing things named on the project's home."""
NAMED = 12
"""Missing things of one condition that are named; whoever has put these right sees the next."""
_OPEN, _MET = ":material/radio_button_unchecked:", ":material/check_circle:"


def next_ones(project: Opened) -> None:
    """The first things that are missing, as links."""
    _links(project.overview.missing, project.charter, NEXT)


def _links(missing: Sequence[Finding], charter: Charter, at_most: int) -> None:
    """What is missing, each as a link to the field where it is put right; what is not named is counted."""
    for finding in missing[:at_most]:
        unknown = " :gray-badge[not known yet]" if finding.is_unknown else ""
        arrival.link(place_of(finding, charter), f"{notices.plain(finding.message)}{unknown}", _OPEN)
    if len(missing) > at_most:
        st.caption(f"and {len(missing) - at_most} more")


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
    with st.container(key="missing", gap="xsmall"):
        for condition in (*own, *elsewhere):
            if condition.is_met:
                st.markdown(f":green[{_MET}] {notices.plain(condition.sentence)}")
            _links([f for f in condition.missing if condition in own or f.part == slug], project.charter, NAMED)


def open_conditions(conditions: Iterable[Condition], charter: Charter) -> None:
    """Every condition that is open: its sentence, and what is missing with the way there."""
    for condition in conditions:
        if not condition.is_met:
            st.markdown(f"**{condition.number}. {notices.plain(condition.sentence)}**")
            with st.container(key=f"missing.{condition.number}", gap="xsmall"):
                _links(condition.missing, charter, NAMED)
