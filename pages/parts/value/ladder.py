"""What the steps of the ladder ask of each other, a sentence at each link."""

from __future__ import annotations

from pages.parts import markup, notices
from pages.parts.here import Step
from scoping.places import Place
from scoping.value import ladder_words, valuation


def show(step: Step) -> None:
    """What the lowest target means for every step above it, and what keeps that from being worked out."""
    worth = valuation.valuation(step.charter)
    notices.remarks(problem.sentence for problem in worth.problems if problem.ref == "value.rungs")
    told = ladder_words.asked_of_each_other(worth.ladder)
    if not told:
        return
    rows = [
        f"{markup.text(sentence)} {step.link(Place('value', 'rungs', rung, 'target'), more)}" if more else markup.text(sentence)
        for rung, sentence, more in told
    ]
    doubt = (start := ladder_words.start_of(worth.ladder)) and ladder_words.doubt(worth.ladder, start)
    pieces = (markup.heading("What the targets ask of each other"), markup.lines(rows), markup.note(doubt) if doubt else "")
    markup.show(markup.stack(*filter(None, pieces)))
