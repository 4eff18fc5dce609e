"""What a project's history says about what is asked for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import here, notices, times
from pages.parts.here import Step
from scoping import editing
from scoping.feasibility import charts
from scoping.feasibility import history as feasibility_history
from scoping.feasibility.benchmarks import Asked, same_metric
from scoping.merge import added
from scoping.numbers import trend
from scoping.numbers.trend import Prospect, Series, Trend
from scoping.sections import solutions
from scoping.sections.feasibility import SECTION, Better, Check, Grade, Speaks
from scoping.words import figure, short


def show(step: Step) -> None:
    """Where a metric stands, how fast it improves, what comes next and when the target is reached."""
    found, problems = feasibility_history.histories(step.charter.feasibility.history)
    notices.remarks(problems)
    if not found:
        st.caption(
            f"From {trend.FEWEST} dated readings of one metric on, this place tells the rate of improvement and what comes next."
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        series = _one_of(step, found)
        every = st.selectbox(
            "Progress per",
            [*trend.Every],
            index=list(trend.Every).index(trend.usual_period(series)),
            format_func=lambda e: e.label,
            key=step.key("every"),
            width=160,
        )
        if not series.is_steady and st.checkbox(
            "Only readings that were the best so far",
            key=step.key("records"),
            help="Right where the readings come from many teams. For one system every release counts.",
        ):
            series = series.records()
    target, why_not = _target(step, series)
    told = feasibility_history.told(series, every, target)
    st.markdown("\n".join(f"- {notices.plain(sentence)}" for sentence in told))
    if why_not:
        st.caption(notices.plain(why_not))
    parts_charts.show(
        step.key("chart", "history"), charts.history, series, trend.Shrinks.ERROR, every, target, parts_charts.theme()
    )
    by_error, by_gap = trend.trend(series), trend.trend(series, trend.Shrinks.GAP)
    if by_error is None:
        return
    rows = [
        {
            "When": a.when,
            "Likely": figure(a.likely),
            "8 of 10 cases": f"{figure(a.low)} to {figure(a.high)}",
            "If the gap to people shrinks": figure(by_gap.at(a.when).likely) if by_gap else None,
            "Remark": "further ahead than twice the time observed" if a.is_far else "",
        }
        for a in by_error.ahead(every)
    ]
    with st.expander("As a table"):
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, placeholder="not known", alt="What the next periods will bring at this rate"
        )
    _keep_button(step, series, told, _speaks(by_error, target))


def _one_of(step: Step, found: tuple[Series, ...]) -> Series:
    if len(found) == 1:
        return found[0]
    names = [s.metric for s in found]
    picked = st.selectbox("Metric", names, key=step.key("metric"))
    return found[names.index(picked) if picked in names else 0]


def _target(step: Step, series: Series) -> tuple[float | None, str]:
    """The value asked for, where it is on this metric; otherwise why there is none."""
    asked = Asked.of(step.charter.feasibility)
    if not asked.metric.strip() or asked.value is None:
        return None, "Say above which performance is asked for, and this place tells when it is reached."
    if not same_metric(asked.metric, series.metric):
        return (
            None,
            f"The target is not compared: it is on “{short(asked.metric, 60)}”, this history on “{short(series.metric, 60)}”.",
        )
    if asked.better and (asked.better is Better.HIGHER) != series.is_higher_better:
        return None, "The target is not compared: it asks for the other direction. Correct one of them."
    return asked.value, ""


def _speaks(found: Trend, target: float | None) -> Speaks | None:
    """Which way a trend speaks; None without a target."""
    if target is None:
        return None
    seen = found.arrival(target)
    if seen.prospect in (Prospect.NEVER, Prospect.FARTHER):
        return Speaks.AGAINST
    return Speaks.MIXED if seen.is_far else Speaks.FOR


def _keep_button(step: Step, series: Series, told: list[str], speaks: Speaks | None) -> None:
    st.button(
        "Note as evidence",
        icon=":material/inventory:",
        key=step.key("history", "keep"),
        on_click=_keep,
        args=(step.project.project_id, step.project.stamp.number, series.metric, " ".join(told), speaks),
        disabled=step.project.is_archived,
        help="Adds these sentences to the list of evidence, as a measurement of the history.",
    )


def _keep(project: str, seen: int, metric: str, finding: str, speaks: Speaks | None) -> None:
    charter = here.charter_seen(project, seen)
    rows = [r for r in charter.feasibility.history if same_metric(r.metric, metric) and r.value is not None]
    dated = [(r.when, r) for r in rows if r.when]
    if not dated:
        return
    _, last = max(dated, key=lambda one: one[0])
    one = solutions.chosen(charter.solutions)
    answers = {
        "solution": last.solution or (one.id if one else ""),
        "check": Check.HISTORY,
        "finding": finding,
        "grade": Grade.MEASURED,
        "speaks": speaks,
        "metric": metric,
        "value": last.value,
        "source": short("; ".join(dict.fromkeys(r.source for _, r in dated if r.source.strip())) or "History of the project", 300),
        "found_on": times.today(),
        "owner": here.me(),
    }
    record = editing.new_record(SECTION, "evidence", here.new_id(), "", **answers)
    with notices.refusals():
        here.save(project, SECTION.slug, [added("evidence", record)], "History")
        st.toast("Noted in the list of evidence.", icon=":material/check_circle:")
