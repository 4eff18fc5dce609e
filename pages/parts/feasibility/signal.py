"""Whether a table predicts a target: measured, or judged by likeness where there is no data yet."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import evidence, here, markup, notices, times, uploads
from pages.parts.feasibility import figure
from pages.parts.here import Step
from pages.parts.uploads import Done
from scoping.measuring import figures
from scoping.measuring.judged_features import judged, taken_over
from scoping.measuring.signal import charts as signal_charts
from scoping.measuring.signal import result as signal_result
from scoping.measuring.signal import words as signal_words
from scoping.measuring.signal.splits import Way
from scoping.section import YesNo
from scoping.sections.feasibility import SECTION, Check
from scoping.tables.table import Preview


def show(step: Step, place: str = "") -> None:
    """Measure whether the columns of a table predict its target, tell what that means, keep it."""
    done = uploads.measured(step, "signal", _ask, place=place)
    if done is None:
        return
    result: signal_result.Result = done.result
    settings: signal_result.Settings = done.settings
    if done.is_first:
        st.caption(f":material/hourglass_top: {notices.plain(result.notes[0])}")
    found = _evidence(done)
    headline, drawn = signal_words.headline(result, settings), figures.features(result)
    figure.measured(headline, drawn, evidence.before_it_counts(step, found), list(signal_words.remarks(result, settings)))
    _flags(result)
    if done.is_first:
        st.caption("It can be kept once all rows are measured.")
    else:
        evidence.keep(step, "signal", done, evidence=found)
        _take_over_button(step, done)
    with st.expander("All figures"):
        _axes(result, settings)
        _models(step, result)
        _columns(result)
        if result.curve:
            st.markdown("**Would more rows help?**")
            parts_charts.show(step.key("chart", "learning"), signal_charts.learning, result, parts_charts.theme())
        # The note of a first answer stands on top.
        notes = (signal_words.unused_words(result), *result.notes[int(done.is_first) :])
        notices.lines(notices.quiet(note) for note in notes if note)


def _take_over_button(step: Step, done: Done) -> None:
    st.button(
        "Take these columns over as features",
        key=step.key("signal", "features"),
        on_click=_take_over,
        args=(step.project.project_id, step.project.stamp.number, done),
        disabled=step.project.is_archived,
        help="Each column becomes a row of the list of features, with what the check says of it. What people wrote there stays.",
    )


def _take_over(project: str, seen: int, done: Done) -> None:
    """Write what the check says of each column into the list of features, in one step that can be undone."""
    there = here.charter_seen(project, seen).feasibility.features
    found = judged(done.result, done.settings)
    by = here.me() or done.file_name
    edits = taken_over(there, found, done.file_name, by, times.today(), here.new_id)
    with notices.refusals():
        saved = here.save(project, SECTION.slug, edits, "Features from a table")
        if saved.conflicts:
            st.toast("Somebody has just changed some of these features. Look at them in their list.", icon=":material/group:")
        else:
            st.toast("The columns stand in the list of features.", icon=":material/check_circle:")


# Asking


def _ask(preview: Preview, guessed: signal_result.Settings) -> signal_result.Settings | None:
    """Which column is what, and what only people know."""
    left, right = st.columns(2)
    with left:
        target = uploads.column(
            "Predict", preview, guessed.target, "target", help="What is known for these rows, but not for new ones."
        )
    task = right.selectbox(
        "It is",
        [*signal_result.Task],
        index=list(signal_result.Task).index(guessed.task),
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
    left_out, available = _used(preview, guessed)
    if not target or (way is Way.TIME and not order["when"]) or (way is Way.GROUPED and not order["group"]):
        return None
    return signal_result.Settings(target=target, task=task, way=way, left_out=left_out, available=available, **order)


def _order(preview: Preview, guessed: signal_result.Settings, way: Way) -> dict[str, Any]:
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


def _used(preview: Preview, guessed: signal_result.Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that are left out, and those that are known to be there when predicting."""
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
    return late, tuple(name for name in known if name not in late)


# Telling


def _axes(result: signal_result.Result, settings: signal_result.Settings) -> None:
    told: list[tuple[str, str] | tuple[str, str, str]] = [*signal_words.axes(result)]
    if seen := result.rests_on:
        label = "Score, 95 % interval" if not result.clean else "Score without possible leaks"
        told.append((label, signal_words.interval(result, seen), signal_words.score_name(result)))
    if result.skill and settings.way is Way.TIME:
        told.append((f"Less error than {result.naive}", signal_words.saved(result.skill)))
    markup.figures(told)


def _flags(result: signal_result.Result) -> None:
    if not result.flags:
        return
    st.markdown("**Columns that may not be known in time**")
    frame = pd.DataFrame(list(signal_words.flag_rows(result)), columns=list(signal_words.FLAGS))
    st.dataframe(frame, hide_index=True, alt="Columns that may not be known when the prediction is made")
    st.caption("Say above which of them are known when predicting and which are not, and measure again.")


def _models(step: Step, result: signal_result.Result) -> None:
    if not result.trials:
        return
    st.markdown("**Models beside simple rules**")
    parts_charts.show(step.key("chart", "models"), signal_charts.models, result, parts_charts.theme())
    frame = pd.DataFrame(list(signal_words.model_rows(result)), columns=list(signal_words.MODELS))
    st.dataframe(frame, hide_index=True, alt="Models and rules with score and error")
    st.caption(notices.plain(signal_words.reading(result)))


def _columns(result: signal_result.Result) -> None:
    if not result.columns:
        return
    st.markdown("**What each column says**")
    rows = [signal_words.column_row(result, column) for column in result.columns]
    st.dataframe(pd.DataFrame(rows, columns=list(signal_words.COLUMNS)), hide_index=True, alt="Columns alone and among the others")
    st.caption(
        "Alone: the score of this column by itself. Adds: by how much the score falls when only this column is shuffled. "
        "Columns that say the same share what they add."
    )


def _evidence(done: Done) -> dict[str, Any]:
    """The answers of a piece of evidence that the figures give."""
    result: signal_result.Result = done.result
    seen = result.rests_on
    settings: signal_result.Settings = done.settings
    used = {c.name for c in result.columns}
    is_known = bool(used) and used <= set(settings.available) and not result.flags
    said: dict[str, Any] = {"check": Check.FEATURES, "items": result.rows, "serving": YesNo.YES if is_known else None}
    if seen:
        said |= {"metric": signal_words.metric_name(result), "value": seen.value, "low": seen.low, "high": seen.high}
    return said
