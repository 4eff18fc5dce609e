"""Slices in figures: measured on a table of predictions, or typed; what each would bring, and what a good average hides."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import evidence, here, notices, uploads
from pages.parts.feasibility import figure
from pages.parts.here import Step
from pages.parts.uploads import Done
from scoping import editing
from scoping.feasibility import slices
from scoping.measuring import figures
from scoping.measuring.slices import charts as slices_charts
from scoping.measuring.slices import result as slices_result
from scoping.measuring.slices import words as slices_words
from scoping.merge import OWN, Edit, added
from scoping.numbers.proportions import wilson
from scoping.section import Choice
from scoping.sections.feasibility import SECTION, Check, Slice, Slices
from scoping.tables.table import Preview

TAKEN_AT_MOST = 20
NO_TAG = "No tag"
_SEPARATORS = {"": "nothing: one name per cell", ";": "semicolon ;", ",": "comma ,", "|": "bar |", "/": "slash /"}


class _Known(Choice):
    COMPARED = "compared", "Two columns: the true answer and the prediction"
    JUDGED = "judged", "One column that says whether the model was right"


def show(step: Step, place: str = "") -> None:
    """Measure groups on a table of predictions."""
    done = uploads.measured(
        step,
        "slices",
        _ask,
        place=place,
    )
    if done is None:
        return
    result: slices_result.Result = done.result
    found = _evidence(done)
    headline, drawn = slices_words.headline(result, done.settings), figures.groups(result)
    figure.measured(headline, drawn, evidence.before_it_counts(step, found), list(slices_words.remarks(result)))
    evidence.keep(step, "slices", done, evidence=found)
    st.button(
        "Take over into the list of groups",
        icon=":material/playlist_add:",
        key=step.key("slices", "take"),
        on_click=_take_over,
        args=(step.project.project_id, step.project.stamp.number, result),
        disabled=step.project.is_archived,
        help=f"The first {TAKEN_AT_MOST} by points to gain; groups of the same name get the new figures.",
    )
    with st.expander("All figures"):
        order = _order(step, "measured", [o for o in slices.Order if o not in (slices.Order.EASE, slices.Order.IMPORTANCE)])
        parts_charts.show(step.key("chart", "tags"), slices_charts.tags, result, order, parts_charts.theme())
        frame = pd.DataFrame(slices_words.rows(result, order), columns=list(slices_words.HEADERS))
        st.dataframe(frame, hide_index=True, alt="Groups, ranked")
        _together(result)


def _evidence(done: Done) -> dict[str, object]:
    result: slices_result.Result = done.result
    low, high = wilson(result.cases - result.errors, result.cases)
    return {
        "check": Check.OTHER,
        "metric": "Cases right, in %",
        "value": round(100 * (1 - result.errors / result.cases), 2),
        "low": round(100 * low, 2),
        "high": round(100 * high, 2),
        "items": result.cases,
    }


def _ask(preview: Preview, guessed: slices_result.Settings) -> slices_result.Settings | None:
    """Which column is what."""
    known = st.radio(
        "What says which predictions are wrong?",
        list(_Known),
        index=1 if guessed.judged else 0,
        format_func=lambda k: k.label,
        key=uploads.key("known"),
    )
    truth = prediction = judged = people = ""
    means = guessed.judged_means
    if known is _Known.JUDGED:
        judged, means = _judged(preview, guessed)
    else:
        truth, prediction, people = _compared(preview, guessed)
    marks, lists, separator = _tags(preview, guessed)
    tags = list(dict.fromkeys((*marks, *lists)))
    protected = _protected(tags, guessed)
    hlp = None if people else _people_right(guessed)
    if not tags or not (judged or (truth and prediction)):
        return None
    return slices_result.Settings(
        truth=truth,
        prediction=prediction,
        judged=judged,
        judged_means=means,
        people=people,
        marks=marks,
        lists=lists,
        separator=separator,
        protected=protected,
        hlp=hlp,
    )


def _judged(preview: Preview, guessed: slices_result.Settings) -> tuple[str, slices_result.Means]:
    """The column that says whether the model was right, and what yes means in it."""
    left, right = st.columns(2)
    with left:
        judged = uploads.column("Whether the model was right", preview, guessed.judged, "judged")
    means: slices_result.Means = right.selectbox(
        "Yes means",
        [*slices_result.Means],
        index=list(slices_result.Means).index(guessed.judged_means),
        format_func=lambda m: m.label,
        key=uploads.key("means"),
    )
    return judged, means


def _compared(preview: Preview, guessed: slices_result.Settings) -> tuple[str, str, str]:
    """The columns of the true answer, of the prediction and, "" where there is none, of what people answered."""
    left, right = st.columns(2)
    with left:
        truth = uploads.column("True answer", preview, guessed.truth, "truth")
    with right:
        prediction = uploads.column("Prediction", preview, guessed.prediction, "prediction")
    people = uploads.column(
        "What people answered on the same cases",
        preview,
        guessed.people,
        "people",
        optional=True,
        help="Gives the gap to people.",
    )
    return truth, prediction, people


def _tags(preview: Preview, guessed: slices_result.Settings) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The columns that are one tag each, those that name tags in a cell, and what stands between such names."""
    marks = uploads.columns("Tags as yes or no, one column each", preview, guessed.marks, "marks")
    lists = uploads.columns("Tags as names in a cell", preview, guessed.lists, "lists", help="Such as region, or “car; people”.")
    separator = ""
    if lists:
        separator = st.selectbox(
            "Between several names in a cell stands",
            list(_SEPARATORS),
            index=list(_SEPARATORS).index(guessed.separator),
            format_func=lambda s: _SEPARATORS[s],
            key=uploads.key("separator"),
        )
    return marks, lists, separator


def _protected(tags: list[str], guessed: slices_result.Settings) -> tuple[str, ...]:
    chosen = st.multiselect(
        "Of these, columns that tell protected groups",
        tags,
        default=[c for c in guessed.protected if c in tags],
        key=uploads.key("protected"),
        help="Their figures are always told, with intervals.",
    )
    return tuple(chosen)


def _people_right(guessed: slices_result.Settings) -> float | None:
    """What people get right, in per cent; None is not known."""
    right: float | None = st.number_input(
        "People get right, in %",
        min_value=0.0,
        max_value=100.0,
        value=guessed.hlp,
        key=uploads.key("hlp"),
        placeholder="not known",
        help="On all cases. Without it nothing says how much there is to gain.",
    )
    return right


def _order(step: Step, place: str, orders: Sequence[slices.Order]) -> slices.Order:
    """The column to rank by, as the person chooses."""
    chosen: slices.Order = st.selectbox(
        "Rank by", list(orders), format_func=lambda o: o.label, key=step.key("slices", place, "order"), width=260
    )
    return chosen


def _together(result: slices_result.Result) -> None:
    if result.pairs:
        frame = pd.DataFrame(
            [(p.one, p.other, p.errors) for p in result.pairs], columns=["One tag", "The other", "Errors with both"]
        )
        st.dataframe(frame, hide_index=True, alt="Errors that carry two tags")
    if result.covers:
        rows = [(", ".join(c.tags), c.errors, c.errors / result.errors) for c in result.covers]
        frame = pd.DataFrame(rows, columns=["Fewest tags that explain most errors", "Errors", "Share of the errors"])
        config = {"Share of the errors": st.column_config.NumberColumn(format="percent")}
        st.dataframe(frame, hide_index=True, column_config=config, alt="The fewest tags that explain most errors")
    if not result.pairs:
        st.caption("No error carries two tags.")


def _take_over(project: str, seen: int, result: slices_result.Result) -> None:
    """Write measured slices into the list, in one step that can be undone."""
    answered = here.charter_seen(project, seen).feasibility
    there = {s.name.strip().casefold(): s for s in answered.slices}
    edits: list[Edit] = []
    for _, part in slices.ranked([*slices_result.parts(result), *_rest(result)])[:TAKEN_AT_MOST]:
        answers = _answers(part)
        row = there.get(part.name.strip().casefold())
        if row is None:
            edits.append(added("slices", editing.new_record(SECTION, "slices", here.new_id(), "", name=part.name, **answers)))
        else:
            edits += _changed(row, answers)
    if result.overlap and answered.slices_are is not Slices.OVERLAPPING:
        edits.append(Edit(*OWN, "slices_are", answered.slices_are, Slices.OVERLAPPING))
    with notices.refusals():
        saved = here.save(project, SECTION.slug, edits, "Groups from a table")
        if saved.conflicts:
            st.toast("Somebody has just changed some of these groups. Look at them in their list.", icon=":material/group:")
        else:
            st.toast("The groups stand in their list.", icon=":material/check_circle:")


def _rest(result: slices_result.Result) -> list[slices.Part]:
    """The cases without a tag; where tags do not overlap, shares add to 100 % only with them."""
    if result.overlap or not result.untagged_cases:
        return []
    cases, errors = result.untagged_cases, result.untagged_errors
    return [slices.Part(name=NO_TAG, accuracy=1 - errors / cases, hlp=None, share=cases / result.cases, cases=cases, errors=errors)]


def _answers(part: slices.Part) -> dict[str, object]:
    found: dict[str, object] = {"cases": part.cases, "errors": part.errors, "kind": part.kind}
    for name, share in (("model", part.accuracy), ("hlp", part.hlp), ("share", part.share)):
        if share is not None:
            found[name] = round(100 * share, 2)
    return found


def _changed(row: Slice, answers: dict[str, object]) -> list[Edit]:
    """The new figures of a slice that is in the list; what the team said about its kind stays."""
    return [
        Edit("slices", row.id, name, getattr(row, name), after)
        for name, after in answers.items()
        if after != getattr(row, name) and not (name == "kind" and row.kind)
    ]
