"""Where ethics stands, above its tabs, and the place where a named person clears it."""

from __future__ import annotations

import streamlit as st

from pages.parts import editors, folds, notices
from pages.parts.workshop import Step
from scoping.ethics.state import EthicsKind, state

LOOKS = {
    EthicsKind.NOT_ASSESSED: ":gray[:material/radio_button_unchecked:]",
    EthicsKind.FIRST_IMPRESSION: ":gray[:material/contrast:]",
    EthicsKind.OPEN: ":orange[:material/pending:]",
    EthicsKind.HIGH_RISK: ":red[:material/warning:]",
    EthicsKind.OBJECTED: ":red[:material/block:]",
    EthicsKind.CLEARED: ":green[:material/verified_user:]",
}
"""One look for each state; green is for what a named person cleared, and for nothing else."""


def standing(step: Step) -> None:
    """The state with its reason, and who cleared it and when."""
    now = state(step.charter.ethics)
    st.markdown(f"{LOOKS[now.kind]} **{notices.plain(now.label)}**  \n{notices.quiet(now.reason)}")
    if now.kind in (EthicsKind.NOT_ASSESSED, EthicsKind.FIRST_IMPRESSION) and not step.charter.ethics.cleared_by:
        return
    with folds.fold("Who clears it, and when", step.key("clearance"), type="compact") as place:
        if place.open:
            editors.questions(step, topic="clearance")
