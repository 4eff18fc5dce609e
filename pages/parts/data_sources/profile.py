"""The profile of a file that belongs to a data source: what each column holds, what to look at, what has changed."""

from __future__ import annotations

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import evidence, here, markup, notices, times, uploads
from pages.parts.here import Step
from pages.parts.uploads import Done
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
    """Choose the source that a file belongs to, profile the file, and keep the report; and the reports that were kept."""
    _measured(step)
    evidence.listed(step)


def _measured(step: Step) -> None:
    sources = list(step.charter.data_sources.sources)
    if not sources:
        st.caption(
            "With a data source in the list, a file of it can be profiled here: what it holds, what is missing, what has changed."
        )
        return
    titles = step.project.titles["data_sources.sources"]
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
        saved = here.save(project, "data_sources", edits, "From a profile")
        if saved.conflicts:
            st.toast("Somebody rated the source meanwhile. Look at the rating and press again.", icon=":material/info:")


def _columns(result: profile_result.Result) -> None:
    head = ("Column", "Holds", "Missing", "Different values", "Lowest", "Median", "Highest", "Commonest", "May be personal")
    table = markup.table(head, [_row(column, result.rows) for column in result.columns])
    told = [markup.heading("Columns"), table]
    if result.columns_left_out:
        more = count(result.columns_left_out, "further column")
        told.append(markup.note(f"{more} profiled and not shown; those with a remark are shown first."))
    markup.show(markup.stack(*told))


def _row(column: Column, rows: int) -> tuple[str, ...]:
    low, high = profile_words.ends(column)
    commonest = "withheld" if column.is_withheld else "; ".join(f"{text} ({n:,})" for text, n in column.commonest[:3])
    return (
        column.name,
        column.holds.label,
        profile_remarks.share(column.absent() / rows, 1),
        profile_remarks.different_words(column),
        low,
        profile_words.middle(column),
        high,
        commonest,
        "; ".join(hint.title for hint in column.personal),
    )


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
    rows = [(text, f"{n:,}", profile_remarks.share(n / target.known, 1)) for text, n in target.classes]
    title = markup.heading(f"Classes of {profile_remarks.called(target.name)}")
    told = [title, markup.table(("Class", "Rows", "Share"), rows)]
    if target.different > len(target.classes):
        told.append(markup.note(f"The {len(target.classes)} commonest of {count(target.different, 'class', 'classes')}."))
    markup.show(markup.stack(*told))


def _changes(result: profile_result.Result, settings: profile_result.Settings) -> None:
    if result.shifts is None or settings.earlier is None:
        return
    rows = [
        (
            shift.name,
            shift.verdict.label,
            profile_remarks.shift_words(shift),
            "" if shift.index is None else f"{shift.index:.3f}",
            "" if shift.p is None else profile_words.chance(shift.p),
            profile_remarks.share(shift.missing_before, 1),
            profile_remarks.share(shift.missing_now, 1),
        )
        for shift in result.shifts
    ]
    head = ("Column", "Values", "What changed", "Stability index", "Chance, corrected", "Missing before", "Missing now")
    told = [markup.heading(f"Changes since {settings.earlier.name}"), markup.table(head, rows)]
    told.append(
        markup.note(
            "From a stability index of 0.1 a change counts as moderate, from 0.25 as large. Chances are corrected for all columns."
        )
    )
    for words, names in (("New columns", result.new), ("Columns that are gone", result.gone)):
        if names:
            told.append(markup.note(f"{words}: {', '.join(names)}"))
    markup.show(markup.stack(*told))
