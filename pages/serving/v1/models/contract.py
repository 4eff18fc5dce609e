"""Versions, what differs between two of them, and decisions, as programs are told of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, BeforeValidator, Field

from pages.serving.v1.models.shape import In, Out
from scoping.comparison.change import Change, What
from scoping.section import LONG, SHORT, clean
from scoping.signing.decisions import Decided, Kind
from scoping.version import Version


class VersionIn(In):
    """What a version is called, and what is noted with it."""

    name: Annotated[str, BeforeValidator(clean)] = Field("", max_length=SHORT)
    note: Annotated[str, BeforeValidator(clean)] = Field("", max_length=LONG)


class VersionOut(Out):
    """A charter that was kept whole."""

    number: int
    name: str
    note: str
    revision: int
    at: AwareDatetime
    by: str
    terms: str = Field(description="Fingerprint of what a signature is about: the same terms have the same one.")

    @classmethod
    def of(cls, version: Version) -> Self:
        """A version without its charter."""
        return cls(**{name: getattr(version, name) for name in cls.model_fields})


class VersionsOut(Out):
    """All versions, newest first."""

    versions: list[VersionOut]


class DifferenceOut(Out):
    """Something that differs."""

    part: str
    list: str
    record: str
    field: str
    chapter: str
    entry: str = Field(description="What the entry is called.")
    asked: str
    what: What
    before: str
    after: str
    difference: str = Field(description="Between numbers, sums or days.")
    matters: bool = Field(description="Whether somebody who signed wants to read it.")
    why: str

    @classmethod
    def of(cls, change: Change) -> Self:
        """A change as it is read."""
        place = change.place
        said = {
            name: getattr(change, name) for name in ("chapter", "entry", "asked", "what", "before", "after", "difference", "why")
        }
        return cls(part=place.part, list=place.list, record=place.record, field=place.field, matters=change.matters, **said)


class ComparisonOut(Out):
    """What differs between two moments of a project."""

    older: int = Field(description="Its revision.")
    newer: int
    summary: str = Field(description="In a sentence.")
    changes: list[DifferenceOut]


class DecisionOut(Out):
    """A decision."""

    kind: Kind
    what: str
    by: str
    on: date | None
    version: int | None = Field(description="Of the charter that was looked at.")
    options: str
    reasons: str
    reopened_if: str

    @classmethod
    def of(cls, decided: Decided) -> Self:
        """A decision of the log."""
        return cls(**{name: getattr(decided, name) for name in cls.model_fields})


class DecisionsOut(Out):
    """The log of decisions, the newest first."""

    revision: int
    decisions: list[DecisionOut]
