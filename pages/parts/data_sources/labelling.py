"""Labels and the split: what size and kind of data ask for, what labelling takes, and a split that keeps the classes."""

from __future__ import annotations

import streamlit as st

from pages.parts import folds, markup, notices
from pages.parts.here import Step
from scoping import currency as iso
from scoping.data_sources import labels_and_split
from scoping.errors import CalculationError
from scoping.words import chance, count, number_words


def regime(step: Step) -> None:
    """What the size and the kind of the data ask for."""
    found = labels_and_split.regime_of(step.charter)
    name = notices.plain(f"Advice: {found.name[:1].lower()}{found.name[1:]}")
    with folds.fold(name, step.key("advice"), icon=":material/lightbulb:") as place:
        if not place.open:
            return
        told = [
            f"{notices.plain(advice.about)}\n\n" + "\n".join(f"- {notices.plain(sentence)}" for sentence in advice.sentences)
            for advice in found.advice
        ]
        notices.lines([*told, notices.quiet("Comparable: " + " ".join(found.examples))])


def effort(step: Step) -> None:
    """What labelling takes, and how far labellers agree."""
    _effort(step)
    _agreement(step)


def _effort(step: Step) -> None:
    data = step.charter.data_sources
    taken = labels_and_split.effort(data)
    if taken is None:
        st.caption("With items, labels per item and minutes for one label, this place says what labelling takes.")
        return
    days = count(number_words(float(f"{taken.days:.3g}")), "day")
    cost = "rate not known yet" if taken.cost is None else iso.words(taken.cost, data.currency)
    markup.figures(
        (
            ("Labels", f"{taken.labels:,}"),
            ("Time of one person", days, "eight hours of labelling a day"),
            ("Cost of labelling", cost),
        )
    )


def _agreement(step: Step) -> None:
    data = step.charter.data_sources
    measured = labels_and_split.agreement(step.charter)
    if data.agreement_target is None and measured is None:
        return
    if measured is None:
        st.caption(
            "How far labellers agree has not been measured yet: have some items labelled twice, and upload the labels in Feasibility."
        )
    elif data.agreement_target is None:
        st.markdown(notices.plain(f"Labellers agree on {measured.words}."))
    else:
        st.markdown(notices.plain(measured.says(data.agreement_target)))


def sets(step: Step) -> None:
    """A split that keeps the classes beside what a random one may do, and what size and kind of the data ask for."""
    _split(step)
    regime(step)


def _split(step: Step) -> None:
    try:
        parts = labels_and_split.split(step.charter.data_sources)
    except CalculationError as error:
        notices.refused(error)
        return
    if parts is None:
        said = "With the number of examples and the share of the rarer class, this place says how a random split may miss."
        markup.show(markup.note(said))
        return
    rows = []
    for name, part, balanced in zip(parts.names, parts.parts, parts.balanced, strict=True):
        low, high = part.range90()
        rows.append(
            (
                name,
                f"{sum(balanced.values()):,}",
                f"{balanced[labels_and_split.RARER]:,}",
                f"{low:,} to {high:,}",
                chance(part.chance_off()),
                chance(part.chance_none),
            )
        )
    head = ("Part", "Examples", "Of the rarer class", "A random split, 9 times in 10", "Off by more than 10 points", "None at all")
    told = [*map(markup.banner, labels_and_split.split_remarks(parts))]
    if parts.assumed:
        told.append(markup.note("Split 60, 20 and 20 % while nobody chose other shares."))
    title = markup.heading("Split that keeps the classes, and what a random one may do")
    markup.show(markup.stack(title, markup.table(head, rows), *told))
