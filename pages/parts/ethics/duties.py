"""Promises: what is demanded, who takes it on, which milestone fulfils it, whether it was kept; fairness per group."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import editors, folds, here, notices
from pages.parts.here import Step
from scoping.ethics import consequences, feeding
from scoping.ethics.demands import standard_demands
from scoping.sections.ethics import Group, Obligation
from scoping.words import short


def proof(step: Step) -> None:
    """Where groups are proved in the plan, which milestone fulfils a promise, and whether promises were kept at launch."""
    slice_targets(step)
    milestones(step)
    launch(step)


def slice_targets(step: Step) -> None:
    """The gap of each group as a target of its milestone, by a click."""
    rows = step.charter.ethics.groups
    if not rows:
        return
    st.markdown("**Prove it in the plan**")
    targets, plan = step.project.titles["milestones.targets"], step.project.titles["milestones.milestones"]
    for row in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=step.key("proves", row.id)):
            st.markdown(notices.plain(short(row.title, 80)), width="stretch")
            if row.target in targets:
                st.badge("A target of the plan", icon=":material/check:", color="green")
            elif row.gap is None or row.milestone not in plan:
                st.caption("Name the largest gap and the milestone first.")
            else:
                st.button(
                    "Make it a target of the plan",
                    key=step.key("target", row.id),
                    icon=":material/flag:",
                    on_click=_make_target,
                    args=(step.project.project_id, row.id),
                )


def _make_target(project: str, group: str) -> None:
    row = _row(project, "groups", group)
    plan = here.store().open(project).charter.milestones
    if isinstance(row, Group) and row.target not in {t.id for t in plan.targets}:
        here.save_parts(project, feeding.slice_target(row, here.new_id()), "Out of the fairness plan")


def _row(project: str, name: str, record: str) -> Group | Obligation | None:
    ethics = here.store().open(project).charter.ethics
    return next((row for row in getattr(ethics, name) if row.id == record), None)


def demanded(step: Step) -> None:
    """What level and class demand, certain demands first, each to be taken on."""
    judged = consequences.of(step.charter.ethics)
    due, left = judged.due, judged.left
    if not due:
        return
    taken = {o.id for o in step.charter.ethics.obligations}
    if left:
        which = "all" if len(left) == len(judged.certain) else "the other"
        st.button(
            f"Take on {which} {len(left)} that are certain" if len(left) > 1 else "Take on the one that is certain",
            key=step.key("take", "all"),
            type="primary",
            icon=":material/playlist_add_check:",
            on_click=_take,
            args=(step.project.project_id, [d.id for d in left]),
        )
    with folds.fold("What is demanded", step.key("demanded"), tally=judged.due_words, icon=":material/gavel:") as place:
        for one in due if place.open else ():
            words, button = st.columns([5, 1.3], vertical_alignment="center")
            kind = ":red-badge[certain]" if one.is_certain else ":orange-badge[possible]"
            words.markdown(f"{kind} {notices.plain(one.demand.demand)} · {notices.plain(one.demand.because)}")
            if one.demand.id in taken:
                button.badge("Taken on", icon=":material/check:", color="green")
            else:
                args = (step.project.project_id, [one.demand.id])
                button.button("Take on", key=step.key("take", one.demand.id), on_click=_take, args=args)


def _take(project: str, names: list[str]) -> None:
    taken = {o.id for o in here.store().open(project).charter.ethics.obligations}
    edits = [e for d in standard_demands() if d.id in names and d.id not in taken for e in feeding.take_on(d)["ethics"]]
    here.save_parts(project, {"ethics": edits}, "Taken on")


def milestones(step: Step) -> None:
    """Each obligation beside its milestone; one click makes milestones of those that have none."""
    rows = step.charter.ethics.obligations
    if not rows:
        return
    left = feeding.without_milestone(step.charter.ethics, step.charter.milestones)
    if left:
        st.button(
            f"Make milestones of {len(left)}" if len(left) > 1 else "Make a milestone of it",
            key=step.key("milestones", "all"),
            icon=":material/flag:",
            on_click=_plan_all,
            args=(step.project.project_id,),
            help="Owner and date are taken along; the milestone names the obligation, and the obligation the milestone.",
        )
    plan = step.project.titles["milestones.milestones"]
    with folds.fold("One by one, or to a milestone that is planned already", step.key("tie")) as place:
        for row in rows if place.open else ():
            _tie(step, row, plan)


def _tie(step: Step, row: Obligation, plan: dict[str, str]) -> None:
    with st.container(border=True, key=step.key("ties", row.id)):
        st.markdown(notices.plain(short(row.title, 120)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if row.milestone in plan:
                st.badge(f"In the plan: {short(plan[row.milestone], 60)}", icon=":material/check:", color="green")
                return
            project = step.project.project_id
            st.button(
                "Make a milestone",
                key=step.key("milestone", row.id),
                icon=":material/flag:",
                on_click=_plan,
                args=(project, row.id),
            )
            if plan:
                which = st.selectbox(
                    "A milestone of the plan",
                    list(plan),
                    format_func=lambda i: plan.get(i, ""),
                    key=step.key("tie", row.id, "which"),
                    width=260,
                )
                st.button(
                    "Tie to it",
                    key=step.key("tie", row.id),
                    icon=":material/link:",
                    on_click=_tie_to,
                    args=(project, row.id, which),
                )


def _plan_all(project: str) -> None:
    charter = here.store().open(project).charter
    ethics, plan = charter.ethics, charter.milestones
    ids = [here.new_id() for _ in feeding.without_milestone(ethics, plan)]
    edits = feeding.all_milestones(ethics, plan, ids, charter.project.currency)
    here.save_parts(project, edits, "Obligations planned")


def _plan(project: str, obligation: str) -> None:
    row = _row(project, "obligations", obligation)
    charter = here.store().open(project).charter
    if isinstance(row, Obligation) and row.milestone not in {m.id for m in charter.milestones.milestones}:
        currency = charter.project.currency
        here.save_parts(project, feeding.milestone_of(row, here.new_id(), currency), "Obligation planned")


def _tie_to(project: str, obligation: str, milestone: str) -> None:
    row = _row(project, "obligations", obligation)
    if isinstance(row, Obligation):
        plan = here.store().open(project).charter.milestones
        here.save_parts(project, feeding.tied(row, plan, milestone), "Obligation planned")


def launch(step: Step) -> None:
    """What was promised at the design, asked again at launch, side by side; and the level if only what was kept counts."""
    promises = consequences.of(step.charter.ethics).promises
    if not promises:
        return
    asked = sum(p.found is not None for p in promises)
    tally = f"{asked} of {len(promises)} asked again"
    with folds.fold("At launch: was it kept?", step.key("launch"), tally=tally, icon=":material/rocket_launch:") as place:
        if not place.open:
            return
        now, then = consequences.of(step.charter.ethics).impact, consequences.of(step.charter.ethics).at_launch
        frame = pd.DataFrame(
            {
                "": ["At the design", "At launch"],
                "Level": [consequences.level_words(i) for i in (now, then)],
                "Points of what is done": [f"{i.mitigation.words} of {i.most_mitigation}" for i in (now, then)],
                "Points after mitigation": [i.score.words for i in (now, then)],
            }
        )
        st.table(frame.set_index(""))
        st.caption("A measure that has not been asked about again may still count or not, so it widens the band at launch.")
        for promise in promises:
            with st.container(border=True, key=step.key("promise", promise.list, promise.id)):
                design, later = st.columns(2)
                with design:
                    st.caption("Promised at the design")
                    st.text(promise.words)
                    if promise.promised:
                        st.text(promise.promised)
                with later:
                    editors.sheet(step, promise.list, promise.id, topic="launch")
