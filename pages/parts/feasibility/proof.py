"""The proof of concept: what it has shown so far, and what it does to the verdict."""

from __future__ import annotations

from pages.parts import live, markup, times
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.feasibility import proof
from scoping.feasibility.verdict import verdicts
from scoping.places import Place
from scoping.sections import solutions
from scoping.sections.feasibility import CameOut, Hypothesis
from scoping.sections.milestones import in_order
from scoping.words import count, day_words

_LOOKS: dict[CameOut, markup.Look] = {CameOut.CONFIRMED: "yes", CameOut.REFUTED: "no", CameOut.UNCLEAR: "guess"}
TICKS = {
    "read_up": Place("feasibility", "benchmarks"),
    "simple_baseline": Place("solutions"),
    "overfitted": Place("feasibility", "hypotheses"),
    "error_loop": Place("feasibility", "slices"),
}
"""Where each first step leaves its trace."""


def show(step: Step) -> None:
    """What was tried so far, in a sentence, and what the verdict is with it."""
    part = step.charter.feasibility
    tried = [h for h in part.hypotheses if h.outcome]
    still = proof.still_open(part)
    if not part.hypotheses:
        return
    sentence = (
        f"{count(len(tried), 'hypothesis', 'hypotheses')} tried, {len(still)} to go."
        if tried
        else f"Nothing is tried yet; {count(len(still), 'hypothesis is', 'hypotheses are')} planned."
    )
    markup.show(markup.result(sentence), _follows(step), *(_row(step, h) for h in tried))


def _follows(step: Step) -> Html:
    chosen = solutions.chosen(step.charter.solutions)
    judged = next((j for j in verdicts(step.charter, times.today()) if chosen and j.solution.id == chosen.id), None)
    if judged is None:
        return markup.note("No idea is chosen yet, so a result counts for the idea that it names.")
    link = step.link(Place("feasibility", "evidence"), "See what it rests on")
    return Html(f'<p class="lead">With it the evidence says: {markup.text(judged.ruling.sentence)} {link}</p>')


def _row(step: Step, row: Hypothesis) -> Html:
    outcome = row.outcome or CameOut.UNCLEAR
    link = step.link(Place("feasibility", "hypotheses", row.id), proof.told(row))
    when = f", {day_words(row.tried_on)}" if row.tried_on else ""
    return Html(
        f'<p class="row">{markup.chip(outcome.label, _LOOKS[outcome])}{link}<span class="meta">{markup.text(when.lstrip(", "))}</span></p>'
    )


def first_steps(step: Step) -> None:
    """The short list of the first milestone: a tick each, with a link to where it shows."""
    plan = in_order(step.charter.milestones)
    first = f"First steps of “{plan[0].title}”" if plan else "First steps"
    links = {name: step.href(place) for name, place in TICKS.items()}
    live.view("first", step.key("first"), step.project.project_id, part="feasibility", topic="start", title=first, links=links)
