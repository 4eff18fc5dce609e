"""The steps of the data along the plan: what may stay by hand, what must run alike every time, and from when on."""

from __future__ import annotations

from collections.abc import Mapping

from pages.parts import markup
from pages.parts.here import Step
from scoping.answers import told_apart
from scoping.data_sources.to_production import Runs, programme

_LOOKS: Mapping[Runs, markup.Look] = {Runs.BY_HAND: "", Runs.ALIKE: "yes", Runs.OPEN: "open"}


def show(step: Step) -> None:
    """How every step runs at each milestone that a step names, and what is still to be said."""
    found = programme(step.charter.data_sources, step.charter.milestones)
    if not found.ways:
        return
    pieces = [markup.heading("From proof of concept to production")]
    if found.milestones:
        titles = told_apart({m.id: m.title for m in found.milestones}, 60)
        rows = [(way.step.title, *(markup.chip(runs.label, _LOOKS[runs]) for runs in way.runs)) for way in found.ways]
        pieces.append(markup.table(("Step", *(titles[m.id] for m in found.milestones)), rows))
    else:
        said = "Once a step names the milestone from which on it must run alike, this place lays all steps along the plan."
        pieces.append(markup.note(said))
    markup.show(markup.stack(*pieces, markup.lines(map(markup.text, found.open_ends))))
