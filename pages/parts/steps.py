"""The pages of the steps as plain data: where each stands, which tabs it has, what is in them. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlencode

from scoping.charter import PART_BY_SLUG
from scoping.places import Place
from scoping.section import questions
from scoping.sections.project import SECTION as PROJECT

PROJECT_PARAM, TAB_PARAM, OPEN_PARAM, AT_PARAM = "project", "tab", "open", "at"
"""What an address says: the project, the tab of the page, the open record as list/record, the field to be led to."""


class Tab(NamedTuple):
    """One tab of a page.

    Attributes:
        label: what people read.
        holds: the lists and the topics of questions that stand in it; "" for the questions without a topic.
    """

    label: str
    holds: tuple[str, ...] = ()


TABS: Mapping[str, Mapping[str, Tab]] = MappingProxyType(
    {
        "feasibility": {
            "verdict": Tab("Verdict", ("", "verdicts")),
            "evidence": Tab("Evidence", ("evidence", "measurements")),
            "people": Tab("People"),
            "features": Tab("Features", ("features",)),
            "history": Tab("History and benchmarks", ("history", "benchmarks")),
            "slices": Tab("Errors by slice", ("slices",)),
        },
        "value": {
            "metrics": Tab("Metrics", ("rungs",)),
            "money": Tab("Money", ("benefits", "costs", "rates")),
            "errors": Tab("Errors", ("stakes", "operating_points")),
            "realised": Tab("After launch", ("realised",)),
        },
        "ethics": {
            "result": Tab("Result", ("screening", "handover", "clearance", "legal_path")),
            "concerns": Tab("Concerns", ("concerns", "aloud")),
            "risks": Tab("Risks", ("risks", "premortem")),
            "promises": Tab("Promises", ("obligations", "groups")),
            "depth": Tab("In depth", ("checklist", "")),
        },
        "data_sources": {
            "inventory": Tab("Inventory", ("sources",)),
            "labels": Tab("Definition and labels", ("definition", "cases", "labels", "split")),
            "plan": Tab("Plan", ("plan",)),
            "enough": Tab("How much is enough", ("learning_points", "curve")),
            "files": Tab("Files", ("reports",)),
            "production": Tab("To production", ("production", "pipelines")),
        },
        "milestones": {
            "plan": Tab("Plan", ("milestones", "", "reference")),
            "targets": Tab("Targets", ("targets",)),
            "people": Tab("People", ("people", "assignments", "calendar", "holidays")),
            "readings": Tab("Readings", ("readings",)),
            "checkin": Tab("Check-in", ("checkins",)),
            "baseline": Tab("Baseline", ("moves", "baselines")),
        },
        "rollout": {
            "live": Tab("Going live", ("", "monitors")),
            "after": Tab("After launch", ("readings",)),
            "closing": Tab("Closing", ("exit", "next_steps")),
        },
    }
)
"""The tabs of every step that has some, by the slug of the part and the name of the tab in the address."""


def page(part: str) -> str:
    """The name of the page on which a part is edited: the project itself stands on the overview."""
    return "overview" if part == PROJECT.slug else part


def tab(place: Place) -> str:
    """The tab that holds a place; "" for a page as a whole, where it has no tabs, or where a place stands above them."""
    if not (place.list or place.field):
        return ""
    held = place.list or next((q.topic for q in questions(PART_BY_SLUG[place.part].model) if q.name == place.field), "")
    return next((slug for slug, one in TABS.get(place.part, {}).items() if held in one.holds), "")


def href(project: str, place: Place) -> str:
    """The address of a place, below the address of the workbench.

    A record is opened by `open`. `at` names the question to be led to: one of the record, else one of the part, or a list
    of it, which never shares its name with a question.
    """
    at = place.field if place.record or not place.list else place.list
    named = {
        PROJECT_PARAM: project,
        TAB_PARAM: tab(place),
        OPEN_PARAM: f"{place.list}/{place.record}" if place.record else "",
        AT_PARAM: at,
    }
    return f"{quote(page(place.part))}?{urlencode({k: v for k, v in named.items() if v}, safe='/')}"
