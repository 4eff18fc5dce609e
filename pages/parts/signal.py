"""Whether a table predicts a target: measured, or judged by likeness where there is no data yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts, evidence, notices, uploads
from pages.parts.uploads import Done
from pages.parts.workshop import Step
from scoping import signal_charts
from scoping import signal_words as words
from scoping.content import plausibility as examples
from scoping.content.plausibility import Plausible
from scoping.measuring import signal as method
from scoping.reading.tables import Preview
from scoping.sections.feasibility import Check
from scoping.splits import Way

_INTRO = (
    "One row per case of the past: a column with what should be predicted, and columns with what is known when the prediction "
    "is made. A few hundred rows show a clear signal."
)
_ICONS = {
    Plausible.YES: ":green[:material/check_circle:]",
    Plausible.DOUBTFUL: ":orange[:material/help:]",
    Plausible.NO: ":red[:material/cancel:]",
}


def show(step: Step) -> None:
    """Measure whether the columns of a table predict its target, tell what that means, keep it."""
    done = uploads.measured(step, "signal", _ask, intro=_INTRO)
    if done is None:
        return
    result: method.Result = done.result
    settings: method.Settings = done.settings
    st.markdown(f"**{notices.plain(method.headline(result, settings))}**")
    _axes(result, settings)
    for sentence in words.remarks(result, settings):
        st.markdown(f":blue[:material/arrow_right:] {notices.plain(sentence)}")
    _flags(result)
    _models(step, result)
    _columns(result)
    if result.curve:
        st.markdown("**Would more rows help?**")
        charts.show(step.key("chart", "learning"), signal_charts.learning, result, charts.theme())
    for note in (words.unused_words(result), *result.notes):
        if note:
            st.caption(notices.plain(note))
    evidence.keep(step, "signal", done, evidence=_evidence(done))


# Asking


def _ask(preview: Preview, guessed: method.Settings) -> method.Settings | None:
    """Which column is what, and what only people know."""
    left, right = st.columns(2)
    with left:
        target = uploads.column(
            "Predict", preview, guessed.target, "target", help="What is known for these rows, but not for new ones."
        )
    task = right.selectbox(
        "It is",
        list(method.Task),
        index=list(method.Task).index(guessed.task),
        format_func=lambda one: one.label,
        key=uploads.key("task"),
        help="Codes such as 1, 2, 3 are classes when 3 is not three times 1.",
    )
    way = st.radio(
        "A prediction will be for",
        list(Way),
        index=list(Way).index(guessed.way),
        format_func=lambda one: one.label,
        key=uploads.key("way"),
        horizontal=True,
        help="Decides which rows are kept apart: any, whole groups, or the latest. A random split flatters where time matters.",
    )
    way = way or guessed.way
    order = _order(preview, guessed, way)
    used = _used(preview, guessed)
    if not target or (way is Way.TIME and not order["when"]) or (way is Way.GROUPED and not order["group"]):
        return None
    return method.Settings(target=target, task=task, way=way, **order, **used)


def _order(preview: Preview, guessed: method.Settings, way: Way) -> dict[str, Any]:
    """Time and group, as far as the kind of prediction needs them."""
    if way is Way.RANDOM:
        return {}
    left, middle, right = st.columns(3)
    said: dict[str, Any] = {"when": guessed.when, "group": guessed.group}
    if way is Way.TIME:
        with left:
            said["when"] = uploads.column("When it happened", preview, guessed.when, "when")
        said["gap"] = right.number_input(
            "The truth is known after … moments",
            min_value=1,
            max_value=1000,
            value=guessed.gap,
            key=uploads.key("gap"),
            help="1 when yesterday's truth is known today. What is not known yet is neither learnt from nor used as last value.",
        )
    with middle:
        help_ = "Somebody or something with several rows, such as a customer or a shop."
        said["group"] = uploads.column("Belongs to", preview, guessed.group, "group", optional=way is Way.TIME, help=help_)
    return said


def _used(preview: Preview, guessed: method.Settings) -> dict[str, Sequence[str]]:
    left, right = st.columns(2)
    with left:
        late = uploads.columns(
            "Not known when predicting",
            preview,
            guessed.left_out,
            "left_out",
            help="These are left out: filled in afterwards, or not available then.",
        )
    with right:
        known = uploads.columns(
            "Known when predicting, we checked",
            preview,
            guessed.available,
            "available",
            help="These are not asked about again, even when they predict suspiciously well.",
        )
    return {"left_out": late, "available": tuple(name for name in known if name not in late)}


# Telling


def _axes(result: method.Result, settings: method.Settings) -> None:
    with st.container(horizontal=True):
        for question, answer in words.axes(result):
            st.metric(question, answer)
        if seen := result.rests_on:
            label = "Score, 95 % interval" if not result.clean else "Score without possible leaks"
            st.metric(label, words.interval(result, seen), help=f"Score: {words.score_name(result)}.")
        if result.skill and settings.way is Way.TIME:
            st.metric(f"Less error than {notices.plain(result.naive)}", words.saved(result.skill))


def _flags(result: method.Result) -> None:
    if not result.flags:
        return
    st.markdown("**Columns that may not be known in time**")
    frame = pd.DataFrame(list(words.flag_rows(result)), columns=list(words.FLAGS))
    st.dataframe(frame, hide_index=True, alt="Columns that may not be known when the prediction is made")
    st.caption("Say above which of them are known when predicting and which are not, and measure again.")


def _models(step: Step, result: method.Result) -> None:
    if not result.trials:
        return
    st.markdown("**Models beside simple rules**")
    charts.show(step.key("chart", "models"), signal_charts.models, result, charts.theme())
    with st.expander("In figures"):
        frame = pd.DataFrame(list(words.model_rows(result)), columns=list(words.MODELS))
        st.dataframe(frame, hide_index=True, alt="Models and rules with score and error")
        st.caption(notices.plain(words.reading(result)))


def _columns(result: method.Result) -> None:
    if not result.columns:
        return
    st.markdown("**What each column says**")
    rows = [words.column_row(result, column) for column in result.columns]
    st.dataframe(pd.DataFrame(rows, columns=list(words.COLUMNS)), hide_index=True, alt="Columns alone and among the others")
    st.caption(
        "Alone: the score of this column by itself. Adds: by how much the score falls when only this column is shuffled. "
        "Columns that say the same share what they add."
    )


def _evidence(done: Done) -> dict[str, Any]:
    """The answers of a piece of evidence that the figures give."""
    result: method.Result = done.result
    seen = result.rests_on
    said: dict[str, Any] = {"check": Check.FEATURES, "items": result.rows}
    if seen:
        said |= {"metric": words.metric_name(result), "value": seen.value, "low": seen.low, "high": seen.high}
    return said


# Without data


def plausibility(step: Step) -> None:
    """The examples from likely to nearly impossible, and where the team's own case stands."""
    st.markdown("**Without data: which example is most like ours?**")
    for one in examples.ladder():
        chosen = step.value.resembles is one.key
        title = f"{one.known} → {one.wanted}"
        with st.container(border=chosen):
            st.markdown(
                f"{_ICONS[one.plausible]} **{notices.plain(title)}** · {notices.plain(one.plausible.label)}"
                + (" · :blue-badge[like ours]" if chosen else "")
            )
            st.caption(notices.plain(f"{one.reason} Ask: {one.test}"))
    st.caption("An example is an opinion, the weakest evidence. A table of a few hundred rows says more.")
