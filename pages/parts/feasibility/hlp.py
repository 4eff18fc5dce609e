"""What people reach: labels measured, what follows from the figures, and a target taken from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import evidence, here, markup, notices, uploads
from pages.parts.feasibility import figure
from pages.parts.here import Step
from pages.parts.uploads import Done
from scoping import editing
from scoping import words as scoping_words
from scoping.measuring import figures
from scoping.measuring.hlp import charts as hlp_charts
from scoping.measuring.hlp import result as hlp_result
from scoping.measuring.hlp import words as hlp_words
from scoping.measuring.hlp.labels import Level
from scoping.measuring.hlp.result import Layout
from scoping.merge import added
from scoping.section import YesNo
from scoping.sections.feasibility import Check, Truth
from scoping.sections.milestones import SECTION as MILESTONES
from scoping.sections.milestones import Direction, Family, MilestoneKind
from scoping.tables.table import Preview
from scoping.words import count, short

_NEW = "new"


def show(step: Step, place: str = "") -> None:
    """Measure labels, tell what they mean, keep them, take a target from them."""
    done = uploads.measured(step, "hlp", partial(_ask, step), place=place)
    if done is None:
        return
    result: hlp_result.Result = done.result
    settings: hlp_result.Settings = done.settings
    found = _evidence(step, done)
    headline, drawn = hlp_words.headline(result, settings), figures.people(result, settings)
    figure.measured(headline, drawn, evidence.before_it_counts(step, found), hlp_words.remarks(result, settings))
    evidence.keep(step, "hlp", done, evidence=found)
    with st.expander("All figures"):
        _figures(result, settings)
        if result.overlap and result.chance:
            st.markdown("**Agreement without any skill**")
            parts_charts.show(step.key("chart", "illusion"), hlp_charts.illusion, result.chance, parts_charts.theme())
        _people(result, settings)
        _classes(step, result)
        _items(result)
    _target(step, done)


# Asking


def _ask(step: Step, preview: Preview, guessed: hlp_result.Settings) -> hlp_result.Settings | None:
    """Which column is what, and what only people know."""
    layout = st.radio(
        "The table has",
        list(Layout),
        index=list(Layout).index(guessed.layout),
        format_func=lambda one: one.label,
        key=uploads.key("layout"),
        horizontal=True,
    )
    layout = layout or guessed.layout
    columns = _long(preview, guessed) if layout is Layout.LONG else _wide(preview, guessed)
    left, right = st.columns(2)
    with left:
        truth = uploads.column("Truth", preview, guessed.truth, "truth", optional=True, help="What the item really is.")
    with right:
        said = "What a model says of each item, compared with people on the same items."
        model = uploads.column("Model", preview, guessed.model, "model", optional=True, help=said)
    asked = _said(step, guessed, has_truth=bool(truth))
    level = _level(guessed)
    if layout is Layout.LONG and not (columns["item"] and columns["label"]):
        return None
    if layout is Layout.WIDE and not columns["labellers"]:
        return None
    return hlp_result.Settings(layout=layout, **columns, truth=truth, model=model, **level, **asked)


def _long(preview: Preview, guessed: hlp_result.Settings) -> dict[str, Any]:
    item, labeller, label = st.columns(3)
    with item:
        of_item = uploads.column("Item", preview, guessed.item, "item")
    with labeller:
        by = uploads.column("Labeller", preview, guessed.labeller, "labeller", optional=True)
    with label:
        of_label = uploads.column("Label", preview, guessed.label, "label")
    return {"item": of_item, "labeller": by, "label": of_label}


def _wide(preview: Preview, guessed: hlp_result.Settings) -> dict[str, Any]:
    item, people = st.columns([1, 2])
    with item:
        of_item = uploads.column("Item", preview, guessed.item, "item", optional=True, help="None when every row is another item.")
    with people:
        labellers = uploads.columns("Labellers, one column each", preview, guessed.labellers, "labellers")
    return {"item": of_item, "labellers": labellers}


def _level(guessed: hlp_result.Settings) -> dict[str, Any]:
    left, right = st.columns(2)
    level = left.selectbox(
        "Labels are",
        list(Level),
        index=list(Level).index(guessed.level),
        format_func=lambda one: one.label,
        key=uploads.key("level"),
        help="Decides how far apart two different labels are.",
    )
    if level is Level.NUMERIC:
        tolerance = right.number_input(
            "Counts as right when off by at most", min_value=0.0, value=guessed.tolerance, format="%g", key=uploads.key("tolerance")
        )
        return {"level": level, "tolerance": tolerance}
    words = right.text_input(
        "Grades from low to high" if level is Level.ORDINAL else "All kinds that could be given",
        value="; ".join(guessed.classes),
        key=uploads.key("classes"),
        placeholder="Doubtful; possible; probable; certain" if level is Level.ORDINAL else "Only needed if some were never given",
        help="With a semicolon between them.",
    )
    return {"level": level, "classes": tuple(c.strip() for c in words.split(";") if c.strip())}


def _said(step: Step, guessed: hlp_result.Settings, *, has_truth: bool) -> dict[str, Any]:
    """What no file tells."""
    inputs, truth = st.columns(2)
    same = inputs.selectbox(
        "Did people see only what the model will see?",
        list(YesNo),
        index=list(YesNo).index(guessed.same_inputs) if guessed.same_inputs else None,
        format_func=lambda one: one.label,
        key=uploads.key("same_inputs"),
        placeholder="Not known yet",
    )
    truth_is = guessed.truth_is if has_truth else None
    if has_truth:
        truth_is = truth.selectbox(
            "The truth is",
            list(Truth),
            index=list(Truth).index(truth_is) if truth_is else None,
            format_func=lambda one: one.label,
            key=uploads.key("truth_is"),
            placeholder="Not known yet",
        )
    asked, width = st.columns(2)
    wanted = step.charter.feasibility.asked_value
    likely = wanted if wanted is not None and 0 < wanted <= 100 else None
    return {
        "same_inputs": same,
        "truth_is": truth_is,
        "asked": asked.number_input(
            "What somebody asks for, in %",
            min_value=0.0,
            max_value=100.0,
            value=likely if guessed.asked is None else guessed.asked,
            step=1.0,
            format="%g",
            key=uploads.key("asked"),
            placeholder="99",
        ),
        "half_width": width.number_input(
            "How exactly to know it, in points",
            min_value=0.5,
            max_value=50.0,
            value=guessed.half_width,
            step=1.0,
            format="%g",
            key=uploads.key("half_width"),
            help="The interval should reach no further than this to either side.",
        ),
    }


# Showing


def _figures(result: hlp_result.Result, settings: hlp_result.Settings) -> None:
    told = hlp_words.what(result, settings)
    rows: list[tuple[str, str] | tuple[str, str, str]] = [(f"People are {told}, 95 % interval", hlp_words.span(result.share))]
    if result.overlap and result.agreement.value is not None:
        rows.append(("Two labels of an item agree", scoping_words.percent(result.agreement.value, 1)))
    if result.alpha.value is not None:
        rows.append(("Agreement beyond chance (alpha)", f"{result.alpha.value:.2f}", hlp_words.shown(result.alpha)))
    if result.chance_of_asked is not None and result.against_truth:
        asked = f"Chance that people reach {scoping_words.in_percent(settings.asked or 0.0)}"
        rows.append((asked, hlp_words.chance_words(result.chance_of_asked)))
    markup.figures(rows)
    if result.overlap:
        rows = [*hlp_words.facts(result, settings), *hlp_words.group_facts(result)]
        _table(("Figure", "Value, 95 % interval"), rows, "Agreement in figures")


def _table(headers: Sequence[str], rows: Sequence[tuple[str, ...]], alt: str) -> None:
    st.dataframe(pd.DataFrame(rows, columns=list(headers)), hide_index=True, alt=alt)


def _people(result: hlp_result.Result, settings: hlp_result.Settings) -> None:
    st.markdown("**Labellers**")
    rows = [hlp_words.person_row(person) for person in result.people]
    _table(hlp_words.people_headers(result, settings), rows, "Labellers, those who deviate first")
    if left := result.labellers - len(result.people):
        st.caption(f"{count(left, 'labeller')} with fewer labels not listed.")


def _classes(step: Step, result: hlp_result.Result) -> None:
    if len(result.classes) < 2:
        return
    st.markdown("**Which classes are confused**")
    parts_charts.show(step.key("chart", "confusion"), hlp_charts.confusion, result, parts_charts.theme())
    if left := result.all_classes - len(result.classes):
        st.caption(f"{left:,} rarer classes are not drawn.")
    if result.merges:
        rows = [(m.one, m.other, f"{m.alpha:.2f}", hlp_words.shown(m.gain)) for m in result.merges]
        headers = ("Class", "And", "Alpha if they were one", "Gain, 95 % interval")
        _table(headers, rows, "Classes worth merging or defining better")


def _items(result: hlp_result.Result) -> None:
    for table in hlp_words.item_tables(result):
        st.markdown(f"**{table.title}**")
        _table(table.headers, table.rows, table.title)


# Keeping


def _metric(step: Step, result: hlp_result.Result) -> str:
    """What the share is called, in the words of what is asked for where there are some."""
    if not result.against_truth:
        return "Agreement with most others"
    return short(step.charter.feasibility.asked_metric.removesuffix(", in %"), 200) or "Labels right"


def _evidence(step: Step, done: Done) -> dict[str, Any]:
    result: hlp_result.Result = done.result
    share, seen = result.share, result.agreement.value
    return {
        "check": Check.HLP,
        "metric": f"{_metric(step, result)}, in %",
        **{name: _percent(getattr(share, name)) for name in ("value", "low", "high")},
        "labellers": result.labellers,
        "items": result.items,
        "agreement": _percent(seen),
        "same_inputs": done.settings.same_inputs,
        "truth": done.settings.truth_is if result.against_truth else Truth.HUMAN,
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _target(step: Step, done: Done) -> None:
    """Offer the lower end of the interval as the target of a milestone; the person decides about metric and number."""
    result: hlp_result.Result = done.result
    key = step.key("hlp", "target")
    plan = sorted(step.charter.milestones.milestones, key=lambda m: m.reached_on is not None)
    titles = {m.id: m.title for m in plan} | {_NEW: "A new milestone"}
    few = hlp_words.too_few(result)
    with st.container(border=True):
        st.markdown("**Use as target of a milestone**")
        interval = f"95 % interval {hlp_words.span(result.share)}"
        if few:
            st.caption(
                notices.plain(f"Too few labels to propose a number ({interval}). Label more items first, or choose one yourself.")
            )
        else:
            st.caption(
                notices.plain(f"Proposed is the lower end, rounded down: {scoping_words.percent(result.target, 1)} ({interval}).")
            )
        left, middle, right = st.columns([2, 1, 2])
        left.text_input("Metric", value=_metric(step, result), key=f"{key}.metric", max_chars=200)
        proposed = None if few else float(round(100 * result.target))
        place = f"{key}.value.{done.file_hash[:12]}.{proposed}"
        value = middle.number_input(
            "Target, in %",
            min_value=0.0,
            max_value=100.0,
            value=proposed,
            step=1.0,
            format="%g",
            key=place,
        )
        right.selectbox("Milestone", list(titles), format_func=lambda i: titles.get(i, ""), key=f"{key}.milestone")
        st.button(
            "Use as target",
            icon=":material/flag:",
            key=f"{key}.use",
            on_click=_use,
            args=(step.project.project_id, key, place, _measured_how(done)),
            disabled=step.project.is_archived or value is None,
        )
        if said := st.session_state.pop(f"{key}.said", ""):
            st.markdown(f":green[:material/check_circle:] {notices.plain(said)}")


def _measured_how(done: Done) -> str:
    result: hlp_result.Result = done.result
    what = "As people were" if result.against_truth else "As people agree"
    share = hlp_words.shown_share(result.share)
    people = count(result.labellers, "person", "people")
    return short(f"{what}: {share} on {count(result.judged_items, 'item')} by {people}, file {short(done.file_name, 80)}", 300)


def _use(project: str, key: str, place: str, how: str) -> None:
    """Save the target, with what stands in the fields by now: it may have been typed since the page was drawn."""
    value = st.session_state[place]
    if value is None:
        st.toast("Give the target a number first.", icon=":material/error:")
        return
    chosen = str(st.session_state[f"{key}.milestone"])
    metric = str(st.session_state[f"{key}.metric"]).strip() or "Labels right"
    currency = str(here.store().open(project).charter.project.currency)
    edits = []
    if chosen == _NEW:
        chosen = here.new_id()
        begun = {"deliverable": "As good as people", "kind": MilestoneKind.POC}
        edits.append(added("milestones", editing.new_record(MILESTONES, "milestones", chosen, currency, **begun)))
    target = editing.new_record(
        MILESTONES,
        "targets",
        here.new_id(),
        currency,
        milestone=chosen,
        family=Family.ML,
        metric=metric,
        direction=Direction.AT_LEAST,
        target=value,
        unit="%",
        measured_how=how,
    )
    with notices.refusals():
        here.save(project, MILESTONES.slug, [*edits, added("targets", target)], "Target from what people reach")
        st.session_state[f"{key}.said"] = (
            f"{metric}: at least {scoping_words.in_percent(value)} is a target in Milestones now. The history can take it back."
        )
