"""Predictive features: which are known in time, and what checks said of them; without data, which example is most like ours."""

from __future__ import annotations

from pages.parts import markup
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.feasibility.plausibility import Example, Plausible, ladder
from scoping.places import Place
from scoping.sections.feasibility import Feature, KnownWhen, Signal
from scoping.words import count, day_words

_LOOKS: dict[Plausible, markup.Look] = {Plausible.YES: "yes", Plausible.DOUBTFUL: "guess", Plausible.NO: "no"}


def show(step: Step) -> None:
    """In a sentence what is known in time, then what the last check said, leaks first."""
    rows = step.charter.feasibility.features
    check = step.link(Place("feasibility", "measurements"), "Check them on a file")
    if not rows:
        markup.show(markup.note("The list can be filled from a file too."), Html(f"<p>{check}</p>"))
        return
    in_time = [f for f in rows if f.known_when in (KnownWhen.BEFORE, KnownWhen.AT)]
    sentence = f"{len(in_time)} of {count(len(rows), 'feature')} {'is' if len(in_time) == 1 else 'are'} known in time."
    late = [f for f in rows if f.known_when is KnownWhen.AFTER]
    leaks = [f for f in rows if f.signal is Signal.LEAK and f not in late]
    pieces = [markup.result(sentence)]
    pieces += [_leak(step, f, "is known only afterwards: a leak. Leave it out.") for f in late]
    pieces += [_leak(step, f, "predicts too well to be true. Find out when it is known.") for f in leaks]
    if judged := [f for f in rows if f.signal]:
        table = [
            (f.title, f.signal.label if f.signal else "", day_words(f.checked_on) if f.checked_on else "not dated", f.checked_by)
            for f in judged
        ]
        pieces.append(markup.fold("What the last check said", markup.table(("Feature", "It says", "When", "Checked by"), table)))
    else:
        pieces.append(markup.note("No check has looked at them yet."))
    markup.show(*pieces, Html(f"<p>{check}</p>"))


def _leak(step: Step, row: Feature, words: str) -> Html:
    link = step.link(Place("feasibility", "features", row.id, "known_when"), "Look at it")
    return markup.banner(f"“{row.title}” {words}", link)


def plausibility(step: Step) -> None:
    """The examples from likely to nearly impossible, and where the team's own case stands."""
    rows = "".join(_example(step, one) for one in ladder())
    note = markup.note("An example is an opinion, the weakest evidence. A table of a few hundred rows says more.")
    markup.show(markup.heading("Without data: which example is most like ours?"), Html(f'<ul class="plain">{rows}</ul>'), note)


def _example(step: Step, one: Example) -> str:
    ours = markup.chip("like ours", "yes") if step.charter.feasibility.resembles is one.key else ""
    title = f"<b>{markup.text(f'{one.known} → {one.wanted}')}</b> {markup.chip(one.plausible.label, _LOOKS[one.plausible])} {ours}"
    return f"<li>{title}<br>{markup.note(f'{one.reason} Ask: {one.test}')}</li>"
