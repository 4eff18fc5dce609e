"""The verdict on each idea by written rules: which checks it needs, what the evidence carries, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pandas as pd
import streamlit as st

from pages.parts import notices, times, workshop
from pages.parts.charter import paper
from pages.parts.workshop import Step
from scoping import editing
from scoping.blocks import Table
from scoping.feasibility.ruling import RULES
from scoping.feasibility.verdict import Judged, untied, verdicts
from scoping.feasibility.weighing import Strength
from scoping.merge import Edit, added
from scoping.sections import solutions
from scoping.sections.feasibility import SECTION, Check, Opinion, Verdict
from scoping.words import count, short

FLIPS_AT_MOST = 5
RULED = "By the rules: "
"""How a reason begins that was taken over from here."""
_Colour = Literal["green", "orange", "red", "gray"]
_LOOKS: dict[Opinion, tuple[_Colour, str]] = {
    Opinion.FEASIBLE: ("green", "check_circle"),
    Opinion.DOUBTFUL: ("orange", "help"),
    Opinion.NOT_FEASIBLE: ("red", "cancel"),
    Opinion.TOO_LITTLE: ("gray", "hourglass_empty"),
}


def show(step: Step) -> None:
    """Every idea with its verdict, and one of them in full."""
    charter = step.charter
    judged = verdicts(charter, times.today())
    if not judged:
        st.info("Collect ideas in Solutions; each one is judged here by the evidence about it.", icon=":material/lightbulb:")
        return
    shown = _pick(step, judged)
    with st.container(border=True, key=step.key("verdict")):
        _card(step, shown)
    if loose := untied(charter):
        names = ", ".join(f"“{short(row.title, 40)}”" for row in loose[:3])
        more = f" and {len(loose) - 3} more" if len(loose) > 3 else ""
        st.caption(notices.plain(f"Evidence that names no idea counts for none: {names}{more}."))
    with st.expander("The rules", icon=":material/gavel:", key=step.key("rules"), on_change="rerun") as place:
        if place.open:
            paper.told([Table("", ("Rule", "It says"), tuple(RULES.items()))])


def _pick(step: Step, judged: tuple[Judged, ...]) -> Judged:
    """The idea to look at: the chosen one at first."""
    if len(judged) == 1:
        return judged[0]
    said = {j.solution.id: _team_says(step, j) for j in judged}
    frame = pd.DataFrame(
        {
            "Idea": [short(j.solution.title, 60) for j in judged],
            "By the rules": [j.ruling.opinion.label for j in judged],
            "The team says": [v.opinion.label if (v := said[j.solution.id]) and v.opinion else None for j in judged],
            "Checks still open": [", ".join(c.label for c in j.ruling.open) or "none" for j in judged],
        }
    )
    config = {"Idea": st.column_config.TextColumn(width="medium")}
    st.dataframe(frame, hide_index=True, column_config=config, placeholder="nothing yet", alt="The verdict on every idea")
    one = solutions.chosen(step.charter.solutions)
    titles = {j.solution.id: j.solution.title for j in judged}
    picked = st.selectbox(
        "Look at the idea",
        list(titles),
        index=list(titles).index(one.id) if one else 0,
        format_func=lambda i: titles.get(i, ""),
        key=step.key("idea"),
    )
    return next((j for j in judged if j.solution.id == picked), judged[0])


def _card(step: Step, one: Judged) -> None:
    colour, icon = _LOOKS[one.ruling.opinion]
    title = f"**{notices.plain(one.solution.title)}** :{colour}-badge[:material/{icon}: {one.ruling.opinion.label}]"
    fired = (f"{notices.plain(sentence)} :gray[{rule}]" for rule, sentence in one.ruling.fired)
    notices.lines([title, *fired, *_checks(one), *_flips(one)])
    _pieces(one)
    _take_over_button(step, one)


def _checks(one: Judged) -> Iterator[str]:
    """The route through the 2x2 and how far each check is."""
    if not one.needed:
        yield notices.quiet("An idea without learning needs none of the checks; only the evidence about it counts.")
        return
    states = ((check, *_state(one, check)) for check in one.needed)
    yield "Checks that fit it"
    yield " ".join(f":{colour}-badge[:material/{icon}: {check.label}: {state}]" for check, colour, icon, state in states)
    if one.solution.data is None or one.solution.novelty is None:
        yield notices.quiet(
            "The idea does not say yet whether its data is structured and whether it is new, so every check may apply."
        )


def _state(one: Judged, check: Check) -> tuple[_Colour, str, str]:
    strength = one.state(check)
    if strength is Strength.NOTHING:
        return "orange", "radio_button_unchecked", "missing"
    if check in one.ruling.open:
        return "orange", "radio_button_partial", strength.label
    return "green", "check_circle", strength.label


def _flips(one: Judged) -> Iterator[str]:
    yield "What would change it"
    if not one.flips:
        yield notices.quiet("No single piece of evidence would change this verdict.")
        return
    yield "\n".join(f"- If {notices.plain(_lower(f.sentence))}: **{f.to.label.lower()}**" for f in one.flips[:FLIPS_AT_MOST])
    more = len(one.flips) - FLIPS_AT_MOST
    yield notices.quiet(f"Cheapest first{f'; {more} more would change it' if more > 0 else ''}.")


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _pieces(one: Judged) -> None:
    """What each piece of evidence carries, and why it may be less than it claims."""
    if not one.pieces and not one.ignored:
        return
    weak = sum(p.strength < p.claimed for p in one.pieces) + len(one.ignored)
    label = f"How the evidence counts ({count(len(one.pieces), 'piece')}" + (f", {weak} weakened or left out)" if weak else ")")
    with st.expander(label, icon=":material/balance:"):
        if one.pieces:
            rows = tuple(
                (
                    p.title,
                    p.check.label,
                    p.speaks.label,
                    p.claimed.label,
                    p.strength.label,
                    "; ".join(f"{why} ({rule})" for rule, why in p.weakened),
                )
                for p in one.pieces
            )
            paper.told([Table("", ("Evidence", "Check", "Speaks", "Stated as", "Counts as", "Why"), rows)])
        notices.remarks(one.ignored)


def _team_says(step: Step, one: Judged) -> Verdict | None:
    return next((v for v in step.charter.feasibility.verdicts if v.solution == one.solution.id), None)


def _take_over_button(step: Step, one: Judged) -> None:
    said = _team_says(step, one)
    if said and said.opinion is one.ruling.opinion:
        st.caption("The team says the same.")
        return
    if said and said.opinion:
        st.caption(f"The team says: {said.opinion.label.lower()}.")
    st.button(
        "Take over as verdict",
        icon=":material/done:",
        key=step.key("take", one.solution.id),
        on_click=_take_over,
        args=(step.project.project_id, step.project.stamp.number, one.solution.id, one.ruling.opinion, one.ruling.reason),
        disabled=step.project.is_archived,
        help="Writes the verdict and its reason into the list of verdicts, where the team can change them.",
    )


def _take_over(project: str, seen: int, solution: str, opinion: Opinion, reason: str) -> None:
    charter = workshop.charter_seen(project, seen)
    row = next((v for v in charter.feasibility.verdicts if v.solution == solution), None)
    ruled = f"{RULED}{reason}"
    if row is None:
        record = editing.new_record(SECTION, "verdicts", workshop.new_id(), "", solution=solution, opinion=opinion, reason=ruled)
        edits = [added("verdicts", record)]
    else:
        own = row.reason.split(RULED, 1)[0].strip()
        edits = [
            Edit("verdicts", row.id, "opinion", row.opinion, opinion),
            Edit("verdicts", row.id, "reason", row.reason, f"{own}\n{ruled}".strip()),
        ]
    with notices.refusals():
        saved = workshop.save(project, SECTION.slug, edits, "Verdict by the rules")
        if saved.conflicts:
            st.toast("Somebody has just changed this verdict. Look at it, then take over again.", icon=":material/group:")
