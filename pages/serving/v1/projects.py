"""Projects, their charters, and what is found in them: everything that is only asked for."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pages.parts.charter import records
from pages.serving.v1.models.projects import FindingsOut, HealthOut, ProjectOut, ProjectsOut
from pages.serving.v1.table import Answer, Asked, Daily, Operation, missing
from scoping.charter import PART_BY_SLUG
from scoping.export.charter_json import Envelope, MissingOut, ToSign, json_schema, stands, to_json
from scoping.health import Word
from scoping.section import SHORT, Section
from scoping.signing.conditions import CONDITIONS
from storage.access.tokens import Scope
from storage.portfolio import Which

MOST = 200
"""Projects of one page."""


class WhichProjects(Daily):
    """Which projects, and how many at once."""

    search: str = Field("", max_length=SHORT, description="Words that each begin some word of the project.")
    health: Word | None = Field(None, description="Only projects of this health.")
    archived: bool = Field(False, description="Those that were put away, instead of the others.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many are left out before the first.")
    limit: int = Field(50, ge=1, le=MOST, description="How many are told at most.")


def all_of(asked: Asked) -> Answer:
    """A page of projects."""
    given: WhichProjects = asked.query
    which = Which(search=given.search, word=given.health, archived=given.archived)
    found = asked.store.portfolio.page(today=asked.today, which=which, offset=given.offset, limit=given.limit)
    end = given.offset + len(found.cards)
    cards = [ProjectOut.of_card(card, len(CONDITIONS), asked.today) for card in found.cards]
    return Answer(content=ProjectsOut(projects=cards, total=found.total, next=end if found.cards and end < found.total else None))


def one(asked: Asked) -> Answer:
    """A project in a line."""
    return Answer(content=ProjectOut.of(asked.store.open(asked.project), asked.today))


def charter(asked: Asked) -> Answer:
    """The whole charter, as it is brought into another workbench."""
    opened = asked.store.open(asked.project)
    about: dict[str, Any] = {"revision": opened.stamp.number, "saved_at": opened.stamp.at, "today": asked.today}
    text = to_json(opened.charter, **about, chosen=records.chosen(asked.store, opened))
    return Answer(content=text, tag=tag(opened.stamp.number))


def tag(revision: int) -> str:
    """The name of a state of a project, or of one of its parts."""
    return f'"{revision}"'


def section_of(asked: Asked) -> Section:
    """The part that an address names."""
    section = PART_BY_SLUG.get(asked.path["part"])
    if section is None:
        raise missing(f"part called “{asked.path['part'][:40]}”", f"There are: {', '.join(PART_BY_SLUG)}.")
    return section


def part(asked: Asked) -> Answer:
    """One part of the charter."""
    opened, section = asked.store.open(asked.project), section_of(asked)
    plain = opened.charter.part(section.slug).model_dump(mode="json")
    return Answer(content=plain, tag=tag(opened.stamps[section.slug].number))


def schema(_: Asked) -> Answer:
    """What a charter may hold."""
    return Answer(content=json_schema())


def findings(asked: Asked) -> Answer:
    """What is missing, and advice."""
    opened = asked.store.open(asked.project)
    seen = opened.overview
    advice = [
        MissingOut(message=f.message, part=f.part, field=f.field, record=f.record) for slug in PART_BY_SLUG for f in seen.of(slug)
    ]
    told = FindingsOut(
        revision=opened.stamp.number,
        health=stands(opened.health(asked.today), asked.today),
        to_sign=ToSign.of_overview(seen),
        advice=advice,
    )
    return Answer(content=told)


def health(asked: Asked) -> Answer:
    """How one project stands today."""
    opened = asked.store.open(asked.project)
    return Answer(content=HealthOut(name=opened.charter.name, health=stands(opened.health(asked.today), asked.today)))


_READ: dict[str, Any] = {"method": "GET", "scopes": (Scope.READ,)}
OPERATIONS = (
    Operation(
        **_READ, path="/projects", name="projects", summary="All projects, a page at a time", work=all_of, query=WhichProjects,
        gives=ProjectsOut,
    ),
    Operation(
        **_READ, path="/projects/{project}", name="project", summary="One project in a line", work=one, query=Daily, gives=ProjectOut
    ),
    Operation(
        **_READ, path="/projects/{project}/charter", name="charter", summary="The whole charter", work=charter, query=Daily,
        gives=Envelope, tagged=True,
    ),
    Operation(
        **_READ, path="/projects/{project}/charter/{part}", name="part", summary="One part of the charter", work=part,
        gives=dict[str, Any], tagged=True, told=f"Parts are {', '.join(PART_BY_SLUG)}.",
    ),
    Operation(
        method="GET", scopes=(), path="/schema", name="schema", summary="The JSON Schema of a charter", work=schema,
        gives=dict[str, Any], told="Of what “The whole charter” gives and takes.",
    ),
    Operation(
        **_READ, path="/projects/{project}/findings", name="findings", summary="What is missing to sign, and advice",
        work=findings, query=Daily, gives=FindingsOut,
    ),
    Operation(
        method="GET", scopes=(), path="/projects/{project}/health", name="health", summary="How a project stands", work=health,
        query=Daily, gives=HealthOut,
    ),
)  # fmt: skip
