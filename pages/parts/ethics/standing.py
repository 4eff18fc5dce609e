"""What the answers in depth come to: level with its band, points by area, coverage of frameworks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, markup
from pages.parts.here import Step
from scoping.ethics import charts, consequences, impact
from scoping.ethics import words as ethics_words


def show(step: Step) -> None:
    """The level, and behind a fold on what it rests; nothing while nothing is answered in depth."""
    found = consequences.of(step.charter.ethics).impact
    if not found.answered:
        return
    _outcome(step)
    with folds.fold("Points by area, and what each framework still lacks", step.key("points")) as place:
        if place.open:
            _points(found)
            _coverage(step)


def _outcome(step: Step) -> None:
    """Level with its band, points, per cent and limits side by side."""
    found = consequences.of(step.charter.ethics).impact
    told = [("Risk points", f"{found.risk.words} of {found.most_risk}")]
    if found.most_mitigation:
        told.append(("Points of what is done", f"{found.mitigation.words} of {found.most_mitigation}"))
    markup.figures(
        [*told, ("Share after it", consequences.share_words(found))],
        title=consequences.level_words(found),
        below=" ".join((f"{consequences.score_words(found)}.", *impact.remarks(found), ethics_words.NO_OFFICIAL)),
    )
    parts_charts.show(step.key("chart", "band"), charts.band, found, parts_charts.theme())


def _points(found: impact.Impact) -> None:
    rows = [
        {
            "Area": a.area.name,
            "Counts as": a.area.counts.value,
            "Points": a.points.words,
            "At most": a.area.maximum,
        }
        for a in found.areas
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Points by area")


def _coverage(step: Step) -> None:
    found = consequences.of(step.charter.ethics).coverage
    rows = [
        {
            "Framework": f.title,
            "Areas covered": f"{sum(not c.lacks for c in own)} of {len(own)}",
            "Still lacking": "; ".join(f"{c.name} ({c.lacks})" for c in own if c.lacks) or "nothing",
        }
        for f in dict.fromkeys(c.framework for c in found)
        for own in ([c for c in found if c.framework == f],)
    ]
    st.table(pd.DataFrame(rows).set_index("Framework"))
    st.caption("An area is covered once every question that serves it has an answer. Our questions, not the frameworks' own words.")
