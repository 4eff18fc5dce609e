"""Risks on the map before and after, and what a pre-mortem feeds: risks, monitors, stop criteria."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, notices, workshop
from pages.parts.workshop import Step
from scoping.ethics import charts, feeding, words
from scoping.sections.ethics import Failure
from scoping.words import short


def maps(step: Step) -> None:
    """Where the risks stand, before anything is done and afterwards."""
    if not step.charter.ethics.risks:
        return
    for picture in (charts.heat_before, charts.heat_after):
        parts_charts.show(step.key("chart", picture.__name__), picture, step.charter.ethics, parts_charts.theme())
    with folds.fold("Level of each risk, before and then", step.key("levels"), icon=":material/table:") as place:
        if place.open:
            _levels(step)


def _levels(step: Step) -> None:
    rows = [
        {"Risk": short(r.title, 80), "Before": words.level_of(r), "Then": words.left_of(r), "Owner": r.owner}
        for r in step.charter.ethics.risks
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Level of each risk before and after mitigation")
    st.caption("Level: likelihood times severity; up to 4 low, up to 9 medium, up to 16 high, above very high.")


def feeds(step: Step) -> None:
    """What each reason to fail can become with one click."""
    rows = step.charter.ethics.premortem
    if not rows:
        return
    known = step.project.titles
    used = sum(r.risk in known["ethics.risks"] or r.monitor in known["rollout.monitors"] for r in rows)
    tally = f"{used} of {len(rows)} in the risk register or watched"
    with folds.fold("Make use of it", step.key("feeds"), tally=tally, icon=":material/move_up:") as place:
        for row in rows if place.open else ():
            _feeds(step, row)


def _feeds(step: Step, row: Failure) -> None:
    known, plan = step.project.titles, step.project.titles["milestones.milestones"]
    with st.container(border=True, key=step.key("feeds", row.id)):
        st.markdown(notices.plain(short(row.title, 120)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if row.risk in known["ethics.risks"]:
                st.badge("In the risk register", icon=":material/check:", color="green")
            else:
                _button(step, row, "risk", "Make a risk of it", ":material/warning:")
            if row.monitor in known["rollout.monitors"]:
                st.badge("Watched after launch", icon=":material/check:", color="green")
            else:
                _button(step, row, "monitor", "Watch it after launch", ":material/monitoring:")
            if row.milestone in plan:
                st.badge(f"Stop criterion of {short(plan[row.milestone], 40)}", icon=":material/check:", color="green")
            elif plan:
                chosen = st.selectbox(
                    "Milestone",
                    list(plan),
                    format_func=lambda i: plan.get(i, ""),
                    key=step.key("stop", row.id, "which"),
                    width=240,
                )
                _button(step, row, "milestone", "Make it a stop criterion", ":material/block:", chosen)


def _button(step: Step, row: Failure, what: str, label: str, icon: str, milestone: str = "") -> None:
    st.button(
        label,
        key=step.key("feed", what, row.id),
        icon=icon,
        on_click=_feed,
        args=(step.project.project_id, row.id, what, milestone),
        disabled=step.project.is_archived,
    )


def _feed(project: str, failure: str, what: str, milestone: str) -> None:
    charter = workshop.store().open(project).charter
    row = next((f for f in charter.ethics.premortem if f.id == failure), None)
    if row is None:
        return
    match what:
        case "risk":
            edits = feeding.risk(row, workshop.new_id())
        case "monitor":
            edits = feeding.monitor(row, workshop.new_id())
        case _:
            edits = feeding.stop_criterion(row, charter.milestones, milestone)
    workshop.save_parts(project, edits, "Out of the pre-mortem")
