"""The profile of a file that belongs to a data source: what each column holds, what to look at, what has changed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import evidence, markup, notices, times, uploads, workshop
from pages.parts.uploads import Done
from pages.parts.workshop import Step
from scoping.measurement import Measurement
from scoping.measuring import telling
from scoping.measuring.profile import charts as profile_charts
from scoping.measuring.profile import check as profile_check
from scoping.measuring.profile import remarks as profile_remarks
from scoping.measuring.profile import result as profile_result
from scoping.measuring.profile import words as profile_words
from scoping.measuring.profile.columns import Column
from scoping.merge import Edit
from scoping.sections.data_sources import QualityRating, Source
from scoping.tables.table import Preview
from scoping.words import count, day_words, short

_REMARKS = 8
"""Remarks that are shown at once."""


def show(step: Step) -> None:
    """Choose the source that a file belongs to, profile the file, and keep the report."""
    sources = list(step.charter.data_sources.sources)
    if not sources:
        st.caption(
            "With a data source in the list, a file of it can be profiled here: what it holds, what is missing, what has changed."
        )
        return
    titles = {s.id: s.title for s in sources}
    chosen = st.selectbox(
        "The file belongs to", list(titles), format_func=lambda i: short(titles.get(i, ""), 60), key=step.key("profile", "source")
    )
    source = next(s for s in sources if s.id == chosen)
    done = uploads.measured(
        step,
        "profile",
        lambda preview, guessed: _ask(step, source, preview, guessed),
        about=source.id,
        intro="Any table of this source. It may be longer than memory; it is read piece by piece.",
    )
    if done:
        _result(step, source, done)
        evidence.keep(step, "profile", done, source=source.id)


def _ask(step: Step, source: Source, preview: Preview, guessed: profile_result.Settings) -> profile_result.Settings:
    target = uploads.column(
        "Column to be predicted", preview, guessed.target, "target", optional=True, help="Its classes are counted."
    )
    reports = {r.id: r for r in reversed(step.charter.data_sources.reports) if r.source == source.id and telling.read(r)}
    before = guessed.earlier.report if guessed.earlier else ""
    offered = ["", *reports]
    earlier = st.selectbox(
        "Compare with an earlier file",
        offered,
        index=offered.index(before) if before in offered else 0,
        format_func=lambda i: _called(reports[i]) if i in reports else "None",
        key=uploads.key("earlier"),
        help="Those whose report was kept. To compare two files, profile the older one first and keep its report.",
    )
    return profile_result.Settings(
        target=target, as_of=times.today(), earlier=_earlier(reports[earlier]) if earlier in reports else None
    )


def _called(report: Measurement) -> str:
    when = f", {day_words(report.measured_on)}" if report.measured_on else ""
    return f"{short(report.file_name, 50)}{when}"


def _earlier(report: Measurement) -> profile_result.Earlier | None:
    told = telling.read(report)
    return profile_check.earlier(_called(report), told[2], report.id) if told else None


def _result(step: Step, source: Source, done: Done) -> None:
    result: profile_result.Result = done.result
    about = "" if result.are_duplicates_exact else "about "
    markup.figures(
        (
            ("Rows", f"{result.rows:,}"),
            ("Columns", f"{result.width:,}"),
            ("Cells missing", profile_remarks.share(result.missing, 1)),
            ("Rows that repeat another", f"{about}{result.duplicates:,}"),
            ("Columns with possible personal data", f"{result.personal:,}"),
        )
    )
    st.caption(profile_remarks.basis(result.rows, result.sampled))
    _remarks(result)
    _ratings(step, source, result)
    _columns(result)
    _one_column(step, source, result)
    _classes(result)
    _changes(result, done.settings)


def _remarks(result: profile_result.Result) -> None:
    """What to look at, most important first."""
    if not result.remarks:
        st.markdown(":green[:material/check_circle:] Nothing in this file stands out.", help=notices.plain(profile_remarks.JUDGED))
        return
    st.markdown("**Worth a look**", help=notices.plain(profile_remarks.JUDGED))
    sentences = [notices.remark(r.sentence) for r in result.remarks]
    st.markdown("\n\n".join(sentences[:_REMARKS]))
    if more := sentences[_REMARKS:]:
        with st.expander(f"{count(len(more), 'more remark')}"):
            st.markdown("\n\n".join(more))
            if result.remarks_left_out:
                st.caption(f"{count(result.remarks_left_out, 'further remark')} left out.")


def _ratings(step: Step, source: Source, result: profile_result.Result) -> None:
    """What the data say about the quality of the source, and one click to agree."""
    st.markdown("**Quality that the data suggest**")
    for name, rating in result.ratings.items():
        label = QualityRating(str(rating.score)).label if rating.score is not None else "not known"
        st.markdown(f"{profile_words.DIMENSIONS[name]}: **{notices.plain(label)}**. {notices.plain(rating.reason)}")
    st.caption("Timeliness, accessibility and interpretability are for people who know the source.")
    wanted = {name: str(r.score) for name, r in result.ratings.items() if r.score is not None}
    edits = [
        Edit("sources", source.id, name, now, score)
        for name, score in wanted.items()
        if (now := _plain(getattr(source, name))) != score
    ]
    if edits:
        st.button(
            "Rate the source so",
            key=step.key("profile", "rate", source.id),
            on_click=_rate,
            args=(step.project.project_id, edits),
            disabled=step.project.is_archived,
        )


def _plain(rating: QualityRating | None) -> str | None:
    return None if rating is None else rating.value


def _rate(project: str, edits: list[Edit]) -> None:
    with notices.refusals():
        saved = workshop.save(project, "data_sources", edits, "From a profile")
        if saved.conflicts:
            st.toast("Somebody rated the source meanwhile. Look at the rating and press again.", icon=":material/info:")


def _columns(result: profile_result.Result) -> None:
    st.markdown("**Columns**")
    frame = pd.DataFrame([_row(column, result.rows) for column in result.columns])
    config = {"Missing": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)}
    st.dataframe(frame, hide_index=True, column_config=config, alt="The columns of the file and what they hold")
    if result.columns_left_out:
        st.caption(
            f"{count(result.columns_left_out, 'further column')} profiled and not shown; those with a remark are shown first."
        )


def _row(column: Column, rows: int) -> dict[str, Any]:
    low, high = profile_words.ends(column)
    return {
        "Column": column.name,
        "Holds": column.holds.label,
        "Missing": column.absent() / rows,
        "Different values": profile_remarks.different_words(column),
        "Lowest": low,
        "Median": profile_words.middle(column),
        "Highest": high,
        "Commonest": "withheld" if column.is_withheld else "; ".join(f"{text} ({n:,})" for text, n in column.commonest[:3]),
        "May be personal": "; ".join(hint.title for hint in column.personal),
    }


def _one_column(step: Step, source: Source, result: profile_result.Result) -> None:
    drawable = {c.name: c for c in result.columns if c.commonest or (c.spread and c.spread.bars)}
    if not drawable:
        return
    name = st.selectbox("Look at a column", list(drawable), key=step.key("profile", "column", source.id))
    if name in drawable:
        chart = step.key("chart", "profile", source.id)
        parts_charts.show(chart, profile_charts.column, drawable[name], result.rows, parts_charts.theme())


def _classes(result: profile_result.Result) -> None:
    target = result.target
    if target is None or not target.classes:
        return
    st.markdown(f"**Classes of {notices.plain(profile_remarks.called(target.name))}**")
    frame = pd.DataFrame(
        {
            "Class": [text for text, _ in target.classes],
            "Rows": [n for _, n in target.classes],
            "Share": [n / target.known for _, n in target.classes],
        }
    )
    config = {"Share": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)}
    st.dataframe(frame, hide_index=True, column_config=config, alt="How many rows each class of the target has")
    if target.different > len(target.classes):
        st.caption(f"The {len(target.classes)} commonest of {count(target.different, 'class', 'classes')}.")


def _changes(result: profile_result.Result, settings: profile_result.Settings) -> None:
    if result.shifts is None or settings.earlier is None:
        return
    st.markdown(f"**Changes since {notices.plain(settings.earlier.name)}**")
    frame = pd.DataFrame(
        {
            "Column": [s.name for s in result.shifts],
            "Values": [s.verdict.label for s in result.shifts],
            "What changed": [profile_remarks.shift_words(s) for s in result.shifts],
            "Stability index": [s.index for s in result.shifts],
            "Chance, corrected": ["" if s.p is None else profile_words.chance(s.p) for s in result.shifts],
            "Missing before": [s.missing_before for s in result.shifts],
            "Missing now": [s.missing_now for s in result.shifts],
        }
    ).astype({"Stability index": "Float64"})
    percent = st.column_config.NumberColumn(format="percent")
    config = {
        "Stability index": st.column_config.NumberColumn(
            format="%.3f", help="From 0.1 a change counts as moderate, from 0.25 as large."
        ),
        "Chance, corrected": st.column_config.TextColumn(
            help="Of such a difference without any change; corrected for all columns."
        ),
        "Missing before": percent,
        "Missing now": percent,
    }
    st.dataframe(frame, hide_index=True, column_config=config, alt="How each column has changed since the earlier file")
    for words, names in (("New columns", result.new), ("Columns that are gone", result.gone)):
        if names:
            st.caption(notices.plain(f"{words}: {', '.join(names)}"))
