"""The pages of the steps as plain data: where each stands, which tabs it has, what is in them. No Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from scoping.charter import PART_BY_SLUG
from scoping.places import Place
from scoping.section import questions
from scoping.sections.project import SECTION as PROJECT

PROJECT_PARAM, TAB_PARAM, OPEN_PARAM, AT_PARAM, VIEW_PARAM, ROOM_PARAM = "project", "tab", "open", "at", "view", "room"
"""What an address says: the project, the tab of the page, the open record as list/record, the field to be led to; on the page of
all projects the way to look at them; the workshop, and whether it is shown on the wall."""


class Tab(NamedTuple):
    """One tab of a page.

    Attributes:
        label: what people read.
        holds: the lists and the topics of questions that stand in it, "" for the questions without a topic; those of another
            part than the page's own with its name before them: "milestones.readings".
        folded: whether it waits behind the menu “More”.
    """

    label: str
    holds: tuple[str, ...] = ()
    folded: bool = False


TABS: Mapping[str, Mapping[str, Tab]] = MappingProxyType(
    {
        "home": {
            "page": Tab("On a page"),
            "about": Tab("About the project", ("", "signing", "signatures")),
            "open": Tab("Open questions", ("assumptions",)),
            "ratings": Tab("Ratings", ("ratings",)),
        },
        "problems": {
            "problems": Tab("Problems", ("problems",)),
            "goals": Tab("Goals", ("goals",)),
            "people": Tab("People affected", ("stakeholders",)),
            "decisions": Tab("Decisions", ("decisions", "actions")),
            "scope": Tab("In and out of scope", ("scope",)),
        },
        "solutions": {
            "ideas": Tab("Ideas", ("solutions",)),
            "choice": Tab("Why this one", ("",)),
        },
        "feasibility": {
            "verdict": Tab("Verdict", ("", "evidence", "verdicts")),
            "measure": Tab("Measure", ("measurements", "history", "benchmarks")),
            "features": Tab("Predictive features", ("features",)),
            "proof": Tab("Proof", ("hypotheses", "start")),
            "groups": Tab("Groups and errors", ("slices",)),
        },
        "value": {
            "metrics": Tab("Ladder", ("rungs", "ladder")),
            "money": Tab("Money", ("benefits", "costs", "rates", "basis")),
            "errors": Tab("Cost of mistakes", ("stakes", "operating_points", "mistakes")),
        },
        "ethics": {
            "result": Tab("Result", ("screening", "handover", "clearance", "legal_path")),
            "concerns": Tab("Concerns", ("concerns", "aloud")),
            "risks": Tab("Risks", ("risks", "premortem")),
            "promises": Tab("Promises", ("obligations", "groups")),
            "depth": Tab("In depth", ("checklist", "question_packs")),
        },
        "data_sources": {
            "inventory": Tab("Sources", ("sources", "additions")),
            "plan": Tab("Plan", ("plan", "learning_points", "curve")),
            "labels": Tab("What is predicted", ("definition", "cases", "labels", "split")),
            "files": Tab("Files", ("reports",)),
            "production": Tab("Pipeline", ("pipelines", "kept", "production")),
        },
        "milestones": {
            "plan": Tab("Plan", ("milestones", "", "reference")),
            "targets": Tab("Targets", ("targets",)),
            "people": Tab("People", ("people", "assignments")),
            "days": Tab("Days off", ("calendar", "holidays")),
        },
        "rollout": {
            "live": Tab("Going live", ("", "ramp")),
            "watching": Tab("Watching", ("monitors",)),
        },
        "charter": {
            "read": Tab("Charter"),
            "decisions": Tab("Decision log", ("project.decisions",)),
        },
        "run": {
            "now": Tab("Now", ("milestones.checkins",)),
            "after": Tab("After launch", ("rollout.readings", "value.realised")),
            "closing": Tab("Closing", ("rollout.exit", "rollout.next_steps")),
            "signed": Tab("Signed dates", ("milestones.moves", "milestones.baselines"), folded=True),
            "load": Tab("People and load", folded=True),
            "targets": Tab("All targets", folded=True),
            "readings": Tab("All readings", ("milestones.readings",), folded=True),
            "programs": Tab("Calendars, files, programs", folded=True),
        },
    }
)
"""The tabs of every page that has some, by the name of the page and of the tab in the address. A page that has none, and yet holds
something of another part, has one without a name."""

MOVED: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("overview", ""): ("home", ""),
        ("feasibility", "evidence"): ("feasibility", "verdict"),
        ("feasibility", "people"): ("feasibility", "measure"),
        ("feasibility", "history"): ("feasibility", "measure"),
        ("feasibility", "slices"): ("feasibility", "groups"),
        ("value", "realised"): ("run", "after"),
        ("milestones", "readings"): ("run", "readings"),
        ("milestones", "checkin"): ("run", "now"),
        ("milestones", "baseline"): ("run", "signed"),
        ("rollout", "after"): ("run", "after"),
        ("rollout", "closing"): ("run", "closing"),
        ("data_sources", "enough"): ("data_sources", "plan"),
        ("ethics", "questions"): ("ethics", "result"),
        ("ethics", "impact"): ("ethics", "depth"),
        ("ethics", "legal"): ("ethics", "result"),
        ("ethics", "fairness"): ("ethics", "promises"),
        ("ethics", "obligations"): ("ethics", "promises"),
    }
)
"""Where a page or a tab is that somebody kept the address of: page and tab as they were, page and tab as they are. A page alone
stands for all of its tabs that are not named."""

VIEWS: Mapping[str, str] = MappingProxyType({"compare": "ranking", "ranking": "ranking", "timeline": "timeline"})
"""Pages of their own that are views of the projects now: page as it was, view as the address names it."""
_AGAIN = "compare"
"""Is called so again, and now a page of one project."""


def page(part: str) -> str:
    """The name of the page on which a part is edited, as far as its tabs do not say otherwise."""
    return "home" if part == PROJECT.slug else part


@cache
def _holders() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Page and tab of every list and topic that stands in a tab, by part and name."""
    own = {page(slug): slug for slug in PART_BY_SLUG}
    held = ((at, slug, name) for at, tabs in TABS.items() for slug, tab in tabs.items() for name in tab.holds)
    return {_named(own.get(at, ""), name): (at, slug) for at, slug, name in held}


def _named(own: str, name: str) -> tuple[str, str]:
    """Part and name of what a tab holds."""
    part, dot, rest = name.partition(".")
    return (part, rest) if dot else (own, name)


def held(part: str) -> list[tuple[str, str, list[str]]]:
    """Every tab that holds something of a part: page, tab, names of the lists and topics, in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for (whose, name), where in _holders().items():
        if whose == part:
            found.setdefault(where, []).append(name)
    return [(at, slug, names) for (at, slug), names in found.items()]


def where(place: Place) -> tuple[str, str]:
    """Page and tab of a place; no tab for a page as a whole, where it has no tabs, or where a place stands above them."""
    if not (place.list or place.field):
        return page(place.part), ""
    name = place.list or next((q.topic for q in questions(PART_BY_SLUG[place.part].model) if q.name == place.field), "")
    return _holders().get((place.part, name), (page(place.part), ""))


def workshop(project: str, room: str, at: str = "workshops") -> str:
    """The address of a workshop: of its record, or on another page of the room itself."""
    return _address(at, [(PROJECT_PARAM, project), (ROOM_PARAM, room)])


def moved(at: str, query: str) -> str:
    """The address that replaces an old one, below the address of the workbench; "" where it is still right."""
    named = parse_qsl(query, keep_blank_values=True)
    if (view := VIEWS.get(at)) and not (at == _AGAIN and PROJECT_PARAM in dict(named)):
        return _address("./", [(VIEW_PARAM, view), *named])
    old = dict(named).get(TAB_PARAM, "")
    found = MOVED.get((at, old)) or MOVED.get((at, ""))
    # A page that stays is moved tab by tab.
    if found is None or (found[0] == at and (at, old) not in MOVED):
        return ""
    there, tab = _led(at, dict(named)) or found
    kept = [(name, value) for name, value in named if name != TAB_PARAM]
    return _address(there, [*kept[:1], *([(TAB_PARAM, tab)] if tab else []), *kept[1:]])


def _led(at: str, named: Mapping[str, str]) -> tuple[str, str] | None:
    """Page and tab of the record or the field that an old address leads to; None for one that names none, or none that is known."""
    section = PART_BY_SLUG.get(PROJECT.slug if at == "overview" else at)
    listed, field = named.get(OPEN_PARAM, "").partition("/")[0], named.get(AT_PARAM, "")
    if section is None or not (listed or field):
        return None
    name = listed or (field if field in section.lists else "")
    there = where(Place(section.slug, name, "", field))
    return there if there[1] else None


def _address(at: str, named: Iterable[tuple[str, str]]) -> str:
    told = urlencode([(name, value) for name, value in named if value], safe="/")
    return quote(at) + (f"?{told}" if told else "")


@lru_cache(maxsize=4096)
def href(project: str, place: Place) -> str:
    """The address of a place, below the address of the workbench.

    A record is opened by `open`. `at` names the question to be led to: one of the record, else one of the part, or a list
    of it, which never shares its name with a question.
    """
    there, tab = where(place)
    named = {
        PROJECT_PARAM: project,
        TAB_PARAM: tab,
        OPEN_PARAM: f"{place.list}/{place.record}" if place.record else "",
        AT_PARAM: place.field if place.record or not place.list else place.list,
    }
    return _address(there, named.items())
