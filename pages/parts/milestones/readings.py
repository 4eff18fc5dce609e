"""What has become of the targets: where each stands and why, its course, and readings from people, files and programs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, frame, here, markup, notices, times, tokens
from pages.parts.addresses import READINGS_URL
from pages.parts.charter import paper
from pages.parts.here import Step
from scoping import answers
from scoping import words as scoping_words
from scoping.errors import WorkbenchError
from scoping.export.gates import to_gates
from scoping.merge import added
from scoping.milestones import charts, status
from scoping.milestones.status import ICONS, SIGNS, MilestoneStatus, State, TargetStatus
from scoping.reading import metrics as reading_metrics
from scoping.reading import values as reading_values
from scoping.reading.metrics import Read
from scoping.reading.values import Given
from scoping.section import question
from scoping.sections.milestones import SECTION, Reading, Target
from scoping.words import count, short
from storage import mlflow
from storage.access.tokens import Scope
from storage.opened import Opened
from storage.settings import Settings

PROBLEMS_AT_MOST, ROWS_AT_MOST, LINES_AT_MOST = 12, 200, 12
_NO_TARGET = "There is nothing to read yet: give a milestone a target with a number first."
_PASTE, _FILE, _MLFLOW = "Paste", "File", "MLflow"


def show(step: Step) -> None:
    """Where every target stands, and the course of one."""
    plan = step.charter.milestones
    if not plan.targets:
        markup.show(markup.lead(_NO_TARGET))
        return
    found = status.of_plan(plan, times.today())
    goals = _goals(step, found)
    markup.show(
        markup.stack(_table(found), *([markup.fold("Goals that these targets serve", markup.lines(goals))] if goals else []))
    )
    _course(step, found)


def _line(word: str, title: str, rule: str) -> markup.Html:
    return markup.row(markup.chip(word), markup.text(f"“{short(title, 60)}”: {rule}"))


def _table(found: Sequence[MilestoneStatus]) -> markup.Html:
    """Every target with the rule that decided, those that stand worst first; of very many the first."""
    order = list(State)
    pairs = sorted(((m, t) for m in found for t in m.targets), key=lambda pair: order.index(pair[1].state))
    table = markup.table(
        ("Target", "State", "Asked", "Latest", "Because", "Milestone"), [_row(m, t) for m, t in pairs[:ROWS_AT_MOST]]
    )
    more = f" The first {ROWS_AT_MOST} of {len(pairs):,}." if len(pairs) > ROWS_AT_MOST else ""
    return markup.stack(table, markup.note(f"Nobody sets a state by hand: it follows from readings and dates.{more}"))


def _row(milestone: MilestoneStatus, one: TargetStatus) -> tuple[str, ...]:
    last = one.latest
    return (
        one.target.title,
        f"{SIGNS[one.state]} {one.state.label}",
        status.goal(one.target) if one.target.target is not None else "",
        f"{status.amount(one.target, last.value)}, {scoping_words.day_words(last.when)}" if last and last.when else "",
        one.rule,
        milestone.milestone.title,
    )


def _course(step: Step, found: Sequence[MilestoneStatus]) -> None:
    """The rule and the readings of one target; at first of one with readings that needs a look."""
    pairs = {t.target.id: (t, m) for m in found for t in m.targets}
    if not pairs:
        return
    order = list(State)
    first = min(pairs, key=lambda i: (not pairs[i][0].series, order.index(pairs[i][0].state)))
    titles = answers.told_apart({i: t.target.title for i, (t, _) in pairs.items()})
    picked = st.selectbox(
        "Look at one target",
        list(titles),
        index=list(titles).index(first),
        format_func=lambda i: titles.get(i, ""),
        key=step.key("course"),
    )
    one, milestone = pairs[picked]
    rule = f":material/{ICONS[one.state]}: **{one.state.label}**: {notices.plain(one.rule)}"
    notices.lines([rule, *map(notices.remark, one.remarks[:PROBLEMS_AT_MOST])])
    parts_charts.show(step.key("chart", "course"), charts.course, one, milestone.milestone.due, parts_charts.theme())


def _goals(step: Step, found: Sequence[MilestoneStatus]) -> list[markup.Html]:
    goals = status.goals(step.charter.value.rungs, found)
    return [_line(g.state.label, g.rung.title, g.rule) for g in goals[:LINES_AT_MOST]]


# Readings in


def ways_in(step: Step) -> None:
    """Many readings at once, pasted or from files and programs."""
    if not step.charter.milestones.targets:
        markup.show(markup.lead(_NO_TARGET))
        return
    with folds.fold("Add readings", step.key("add"), icon=":material/add_chart:") as place:
        if place.open:
            _ways(step)


def _ways(step: Step) -> None:
    ways: dict[str, Callable[[Step], None]] = {
        _PASTE: _pasted,
        _FILE: _filed,
        _MLFLOW: _from_mlflow,
    }
    way = st.segmented_control("How", list(ways), default=_PASTE, required=True, key=step.key("way"), label_visibility="collapsed")
    _said(step)
    ways[way or _PASTE](step)


def _said(step: Step) -> None:
    if said := st.session_state.pop(step.key("readings", "said"), ""):
        st.markdown(f":green[:material/check_circle:] {notices.plain(said)}")
    if refused := st.session_state.pop(step.key("readings", "refused"), ""):
        st.error(notices.plain(refused), icon=":material/error:")


def _pasted(step: Step) -> None:
    text = st.text_area(
        "Rows with metric, value and date, or the text of a metrics.json",
        key=step.key("paste"),
        height=140,
        placeholder="metric\tvalue\tdate\nval_wer\t11.5\t2027-02-15",
        max_chars=reading_values.LARGEST_MB << 20,
    )
    if text.strip():
        _parsed(step, text, "Pasted")


def _filed(step: Step) -> None:
    file = st.file_uploader(
        "CSV or metrics.json",
        key=step.key("file"),
        max_upload_size=reading_values.LARGEST_MB,
        help="One row per reading with metric, value and date; or one column per metric; or JSON as training pipelines write it.",
    )
    if file is None:
        return
    try:
        text = reading_values.text_of(file.getvalue())
    except WorkbenchError as error:
        notices.refused(error)
        return
    _parsed(step, text, short(file.name, 300))


def _parsed(step: Step, text: str, source: str) -> None:
    try:
        given = reading_values.parse(text)
    except WorkbenchError as error:
        notices.refused(error)
        return
    _dry_run(step, given, source)


def _from_mlflow(step: Step) -> None:
    uri = Settings.from_environ().mlflow_uri
    if not uri:
        st.caption("No MLflow store is connected. Whoever runs the workbench can name one in the setting WORKBENCH_MLFLOW_URI.")
        return
    key = step.key("mlflow")
    with st.form(key, enter_to_submit=True):
        run_id = st.text_input("Run id", key=f"{key}.run", placeholder="9f886e445b7e493d9f56d1414a504fd2")
        is_asked = st.form_submit_button("Look at the run")
    if is_asked:
        try:
            with st.spinner("Asking MLflow"):
                st.session_state[f"{key}.found"] = mlflow.run(uri, run_id)
        except WorkbenchError as error:
            st.session_state.pop(f"{key}.found", None)
            notices.refused(error)
    run: mlflow.Run | None = st.session_state.get(f"{key}.found")
    if run is None:
        return
    if not run.is_over:
        st.caption("The run is still going on; its values may change.")
    _dry_run(step, run.given(), f"MLflow run {run.name or run.id}")


def _dry_run(step: Step, given: Sequence[Given], source: str) -> None:
    """What would be added, what is here already, what is not understood; and the button that adds."""
    read = reading_metrics.matched(given, step.charter.milestones, times.today(), source=source, author=here.me())
    if read.problems:
        told = read.problems[:PROBLEMS_AT_MOST]
        more = [f"And {len(read.problems) - PROBLEMS_AT_MOST} more."] if len(read.problems) > PROBLEMS_AT_MOST else []
        st.warning("  \n".join(map(notices.plain, [*told, *more])), icon=":material/error:", title="Left out")
    notices.remarks(read.remarks[:PROBLEMS_AT_MOST])
    if read.kept:
        st.caption(f"{count(len(read.kept), 'reading')} here already, with the same day, run and value.")
    if not read.readings:
        st.markdown("There is nothing new to add.")
        return
    titles = {t.id: t for t in step.charter.milestones.targets}
    st.dataframe(
        pd.DataFrame([_new(titles[r.target], r) for r in read.readings[:ROWS_AT_MOST]]), hide_index=True, alt="Readings to add"
    )
    if len(read.readings) > ROWS_AT_MOST:
        st.caption(f"The first {ROWS_AT_MOST} are shown.")
    st.button(
        f"Add {count(len(read.readings), 'reading')}",
        type="primary",
        key=step.key("readings", "take"),
        on_click=_take,
        args=(step, read, source),
        disabled=step.project.is_archived,
    )


def _new(target: Target, row: Reading) -> dict[str, Any]:
    words = {name: answers.words(question(Reading, name), getattr(row, name)) for name in ("when", "run")}
    return {"Target": target.title, "Reached": status.amount(target, row.value), "On": words["when"], "Run": words["run"]}


def _take(step: Step, read: Read, source: str) -> None:
    try:
        if read.readings:
            edits = [added("readings", row) for row in read.readings]
            here.save(step.project.project_id, SECTION.slug, edits, f"Readings: {source}")
    except WorkbenchError as error:
        st.session_state[step.key("readings", "refused")] = str(error)
        return
    said = f"{count(len(read.readings), 'reading')} added." if read.readings else "This reading is here already."
    st.session_state[step.key("readings", "said")] = " ".join([said, *read.remarks])


# Programs


def programs(step: Step) -> None:
    """Calendars and planning programs, tokens of training pipelines, and the gates that judge metrics.json on a build server."""
    paper.plan_elsewhere(step.project)
    paper.onward(step.project)
    if not step.charter.milestones.targets:
        markup.show(markup.lead("Training pipelines report readings once a milestone has a target with a number."))
        return
    st.markdown("A training pipeline reports what it measured by one request. It needs a token, which opens this project only.")
    project = step.project
    tokens.show(project.project_id, step.key("token"), first=Scope.READINGS, is_archived=project.is_archived)
    st.code(_example(step), language=None, wrap_lines=True)
    st.caption(
        "“metric_key” is a target's name in the training pipeline; “target” with its metric does too. “when” may be left out for "
        "today. A list of up to 500 readings is taken whole or not at all, and what was sent before is kept once. "
        "GET at the same address tells readings and status."
    )
    st.download_button(
        "Gates for build servers (zip)",
        partial(_gates, step.project),
        "Gates.zip",
        "application/zip",
        key=step.key("gates"),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help="A JSON Schema per milestone. check-jsonschema --schemafile gate.json metrics.json passes when its targets are met.",
    )


def _example(step: Step) -> str:
    """A request for the first target, ready to be pasted into a shell."""
    one = next((t for t in step.charter.milestones.targets if t.metric_key.strip()), step.charter.milestones.targets[0])
    name = {"metric_key": one.metric_key.strip()} if one.metric_key.strip() else {"target": one.id}
    body = {**name, "value": one.target or 0.0, "run": "41", "source": "nightly"}
    url = frame.address(READINGS_URL.format(project=step.project.project_id))
    return (
        f"curl --fail-with-body {shlex.quote(url)} \\\n"
        '  -H "Authorization: Bearer $WORKBENCH_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f"  -d {shlex.quote(json.dumps(body, ensure_ascii=False))}"
    )


def _gates(project: Opened) -> bytes:
    return to_gates(
        project.charter.milestones, project=project.project_id, revision=project.stamp.number, saved_at=project.stamp.at
    )
