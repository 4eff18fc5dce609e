"""Projects and charters as programs are told of them and change them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, BeforeValidator, Field, JsonValue, RootModel

from pages.serving.v1.models.shape import In, MetOut, Out
from scoping.export.charter_json import MissingOut, Stands, ToSign, stands
from scoping.reading.brought import File
from scoping.reading.dry_run import Look
from scoping.reading.dry_run import Stands as Standing
from scoping.section import SHORT, clean
from storage.opened import Opened
from storage.portfolio import Card


class ProjectOut(Out):
    """A project in a line."""

    id: str
    name: str
    owner: str
    revision: int = Field(description="Counts the saves.")
    saved_at: AwareDatetime
    saved_by: str
    is_archived: bool
    to_sign: MetOut
    health: Stands | None = Field(description="Null while it is worked out.")

    @classmethod
    def of(cls, opened: Opened, today: date) -> Self:
        """A project that was opened."""
        seen = opened.overview
        return cls(
            id=opened.project_id,
            name=opened.charter.name,
            owner=opened.charter.project.owner,
            revision=opened.stamp.number,
            saved_at=opened.stamp.at,
            saved_by=opened.stamp.by,
            is_archived=opened.is_archived,
            to_sign=MetOut(met=seen.met, of=len(seen.conditions)),
            health=stands(opened.health(today), today),
        )

    @classmethod
    def of_card(cls, card: Card, conditions: int, today: date) -> Self:
        """A project of a list."""
        return cls(
            id=card.project_id,
            name=card.name,
            owner=card.owner,
            revision=card.stamp.number,
            saved_at=card.stamp.at,
            saved_by=card.stamp.by,
            is_archived=card.is_archived,
            to_sign=MetOut(met=card.met, of=conditions),
            health=stands(card.health, today) if card.health else None,
        )


class ProjectsOut(Out):
    """A page of projects, those that need somebody first."""

    projects: list[ProjectOut]
    total: int
    next: int | None = Field(description="Where the next page begins; null on the last one.")


class HealthOut(Out):
    """How a project stands."""

    ok: bool = True
    name: str
    health: Stands


class FindingsOut(Out):
    """What is missing, and advice."""

    revision: int
    health: Stands
    to_sign: ToSign
    advice: list[MissingOut]


class EditIn(In):
    """One change: an answer (with `field`), an entry that is added (without `field`, with `after`) or removed (`after` null)."""

    list: str = Field("", max_length=40, description="Left out for the questions of the part itself.")
    record: str = Field("", max_length=40, description="The entry's id.")
    field: str = Field("", max_length=60)
    before: JsonValue = Field(None, description="What you saw there. Left out: whatever stands there is replaced.")
    after: JsonValue = Field(description="What it shall be, written as in the charter.")


class EditsIn(In):
    """Changes of one part, made together or not at all."""

    edits: list[EditIn] = Field(min_length=1, max_length=1_000)
    note: Annotated[str, BeforeValidator(clean)] = Field("", max_length=SHORT, description="Why, for the history.")


class PartIn(RootModel[dict[str, JsonValue]]):
    """A part of the charter, as it is told; what may stand in it is in the schema of the charter."""


class ChangedOut(Out):
    """What a change came to."""

    project: str = Field(description="Its id; empty for one that a dry run did not make.")
    revision: int
    is_dry_run: bool
    changed: int = Field(description="How many things differ.")
    told: list[str] = Field(description="What was, or would be, changed, a sentence each; the first hundred.")


class BroughtOut(Out):
    """A change that a file brings."""

    part: str
    list: str
    record: str
    place: str = Field(description="Where in the file it stands, such as Data sources!F7.")
    title: str
    what: str
    before: str
    after: str
    stands: Standing = Field(description="Free to be taken, the same already, in conflict with what somebody wrote since, or gone.")

    @classmethod
    def of(cls, look: Look) -> Self:
        """A change against what is here now."""
        return cls(stands=look.stands, **look.wish.model_dump(include=cls.model_fields.keys() - {"stands"}))


class LeftOut(Out):
    """What stands in a file and cannot be taken."""

    part: str
    place: str
    found: str
    why: str


class ImportedOut(Out):
    """What became of a file."""

    kind: File
    revision: int
    is_dry_run: bool
    taken: int = Field(description="How many changes were, or would be, taken.")
    changes: list[BroughtOut]
    refused: list[LeftOut]
    remarks: list[str]
