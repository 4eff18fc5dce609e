"""Components of the page that talk to the server by themselves: the saving sheet of questions, and the ear for news."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts import arrival, workshop
from pages.parts.addresses import ANSWERS_URL, LIVE_URL
from scoping import editing
from scoping.section import FieldSpec, Kind, questions

_HERE = Path(__file__).parent

_sheet = st.components.v2.component(
    "workbench_answers",
    html="<div class='sheet'>\n</div>",
    css=(_HERE / "answers.css").read_text("utf-8"),
    js=(_HERE / "answers.js").read_text("utf-8"),
)
_ear = st.components.v2.component("workbench_ear", js=(_HERE / "ear.js").read_text("utf-8"))


def _url(path: str) -> str:
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"


def ear(project: str, part: str, number: int) -> None:
    """Rerun this page when somebody saves: at once if they changed this part, within three seconds otherwise."""
    _ear(
        key="ear",
        data={"url": _url(LIVE_URL.format(project=project)), "part": part, "number": number},
        on_heard_change=lambda: None,
        height="content",
    )


def _options(spec: FieldSpec, titles: Mapping[str, Mapping[str, str]], own_id: str) -> list[tuple[str, str]]:
    if spec.refers_to:
        return [(i, title) for i, title in titles.get(spec.refers_to, {}).items() if i != own_id]
    return [(choice.value, choice.label) for choice in spec.choices]


def answers(
    step: workshop.Step,
    list_name: str = "",
    record: str = "",
    *,
    topic: str | None = None,
    more_label: str = "More questions",
    focus: bool = False,
) -> None:
    """A sheet of questions that saves itself: the part's own, or those of one record.

    Args:
        topic: only the questions of this topic; None for all.
    """
    now = editing.entry(step.section, step.part, list_name, record)
    if now is None:
        return
    titles = step.project.titles
    asked = questions(step.section.model_of(list_name))
    specs = [spec for spec in asked if not spec.machine and topic in (None, spec.topic)]
    if not specs:
        return
    stamp = step.project.stamps[step.section.slug]
    fields = [_field(step, spec, now, list_name, record, titles) for spec in specs]
    if not any(spec.core for spec in specs):
        # Whoever came to this topic wants its questions, and nothing else is there to be more than.
        fields = [{**field, "core": True} for field in fields]
    _sheet(
        key=step.key("answers", list_name, record, *([topic] if topic else [])),
        height="content",
        data={
            "id": f"{step.project.project_id}/{step.section.slug}/{list_name}/{record}",
            "shape": ",".join(spec.name for spec in specs),
            "url": _url(ANSWERS_URL),
            "project": step.project.project_id,
            "part": step.section.slug,
            "list": list_name,
            "record": record,
            "me": workshop.me(),
            "number": step.project.stamp.number,
            "at": stamp.at.timestamp() * 1000,
            "by": stamp.by,
            "more_label": more_label,
            "focus": focus,
            "mark": arrival.field(step, list_name, record),
            "arrival": arrival.number(),
            "fields": fields,
        },
    )


def _field(
    step: workshop.Step,
    spec: FieldSpec,
    now: Mapping[str, Any],
    list_name: str,
    record: str,
    titles: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": spec.name,
        "kind": spec.kind,
        "label": spec.label,
        "help": spec.help,
        "unit": spec.unit,
        "core": spec.core,
        "assumed": spec.assumed,
        "example": spec.example,
        "max_length": spec.max_length or 300,
        "value": now[spec.name],
        "typed": editing.shown(step.section, dict(now), list_name, spec.name),
    }
    if spec.kind is Kind.MONEY:
        field["suffix"] = now.get("currency", "")
    if spec.kind in (Kind.CHOICE, Kind.LINK, Kind.LINKS):
        field["options"] = _options(spec, titles, record)
        held = now[spec.name] if spec.kind is Kind.LINKS else [now[spec.name]] if spec.refers_to else []
        known = dict(field["options"])
        field["options"] += [(i, "An entry that was removed") for i in held if i and i not in known]
        field["no_options"] = "" if field["options"] else "Nothing to choose from yet"
    return field
