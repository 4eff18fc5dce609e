"""The charter as a contract: its versions, what differs between them, and what was decided."""

from __future__ import annotations

from datetime import UTC
from http import HTTPStatus
from typing import Any

from pydantic import Field

from pages.parts.charter import moments, records
from pages.parts.charter.moments import NOW
from pages.serving.v1.models.contract import (
    ComparisonOut,
    DecisionOut,
    DecisionsOut,
    DifferenceOut,
    VersionIn,
    VersionOut,
    VersionsOut,
)
from pages.serving.v1.table import Answer, Asked, Operation, Query, missing
from scoping.comparison.summary import summary
from scoping.export.charter_json import Envelope, to_json
from scoping.signing.decisions import decided
from storage.access.tokens import Scope

_MOMENT = r"^(now|r?[0-9]{1,9})$"


class Moments(Query):
    """Two moments of a project."""

    older: str = Field(
        "", pattern=r"^(now|r?[0-9]{1,9})?$", description="A version (4), a revision (r120); the newest version when left out."
    )
    newer: str = Field(NOW, pattern=_MOMENT, description="The present when left out.")


def versions(asked: Asked) -> Answer:
    """All versions."""
    asked.store.number(asked.project)  # or a refusal: there is no such project
    return Answer(content=VersionsOut(versions=[VersionOut.of(one) for one in asked.store.versions.of(asked.project)]))


def keep(asked: Asked) -> Answer:
    """Keep the charter as it is."""
    before = {one.number for one in asked.store.versions.of(asked.project)}
    kept = asked.store.versions.keep(asked.project, asked.by, name=asked.body.name, note=asked.body.note)
    return Answer(content=VersionOut.of(kept), status=HTTPStatus.OK if kept.number in before else HTTPStatus.CREATED)


def version(asked: Asked) -> Answer:
    """The charter of a version."""
    number = asked.path["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise missing(f"version “{number[:40]}”", "Versions have numbers.")
    kept = asked.store.versions.get(asked.project, int(number))
    charter = asked.store.versions.charter(asked.project, kept.number)
    chosen = records.chosen_by(asked.store, asked.project, charter, kept.revision)
    text = to_json(charter, revision=kept.revision, saved_at=kept.at, today=kept.at.astimezone(UTC).date(), chosen=chosen)
    return Answer(content=text, tag=f'"v{kept.number}"')


def comparison(asked: Asked) -> Answer:
    """What differs between two moments."""
    opened = asked.store.open(asked.project)
    kept = asked.store.versions.of(asked.project)
    older = asked.query.older or (str(kept[0].number) if kept else moments.of_revision(1))
    found = moments.between(asked.store, opened, older, asked.query.newer)
    told = ComparisonOut(
        older=found.older.revision,
        newer=found.newer.revision,
        summary=summary(found.comparison),
        changes=[DifferenceOut.of(change) for change in found.comparison.changes],
    )
    return Answer(content=told)


def decisions(asked: Asked) -> Answer:
    """The log of decisions."""
    opened = asked.store.open(asked.project)
    rows = [DecisionOut.of(one) for one in decided(opened.charter, records.chosen(asked.store, opened))]
    return Answer(content=DecisionsOut(revision=opened.stamp.number, decisions=rows))


_READ: dict[str, Any] = {"method": "GET", "scopes": (Scope.READ,)}
OPERATIONS = (
    Operation(
        **_READ, path="/projects/{project}/versions", name="versions", summary="Versions of the charter", work=versions,
        gives=VersionsOut,
    ),
    Operation(
        method="POST", scopes=(Scope.WRITE,), path="/projects/{project}/versions", name="keep_version",
        summary="Keep the charter as a version", work=keep, body=VersionIn, gives=VersionOut,
        status=(HTTPStatus.CREATED, HTTPStatus.OK), told="200 when nothing has changed since the newest one.",
    ),
    Operation(
        **_READ, path="/projects/{project}/versions/{number}", name="version", summary="The charter of a version", work=version,
        gives=Envelope, tagged=True,
    ),
    Operation(
        **_READ, path="/projects/{project}/comparison", name="comparison", summary="What differs between two moments",
        work=comparison, query=Moments, gives=ComparisonOut,
    ),
    Operation(
        **_READ, path="/projects/{project}/decisions", name="decisions", summary="The log of decisions", work=decisions,
        gives=DecisionsOut,
    ),
)  # fmt: skip
