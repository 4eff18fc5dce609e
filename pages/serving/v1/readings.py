"""The readings of a project's targets: reported by programs, all of them or none, and asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic import RootModel

from pages.serving.v1.models.plans import ReadingIn, ReadingOut, ReadingsOut, ReportedOut, TargetStandsOut
from pages.serving.v1.models.shape import MetOut
from pages.serving.v1.table import Answer, Asked, Operation, RefusedError
from scoping.export.charter_json import stands
from scoping.merge import added
from scoping.milestones.status import of_plan
from scoping.reading.metrics import matched
from scoping.reading.values import Given
from scoping.section import SHORT
from scoping.words import count
from storage.access.tokens import Scope

if TYPE_CHECKING:
    from storage.opened import Opened
AT_ONCE, IN_ALL = 500, 20_000
"""Readings of one request, and of one project."""


class Reported(RootModel[ReadingIn | list[ReadingIn]]):
    """One reading, or a list of them."""


def told(asked: Asked) -> Answer:
    """All readings, and where their targets stand."""
    return Answer(content=_told(asked.store.open(asked.project), None))


def report(asked: Asked) -> Answer:
    """Save what a program reports, unless any of it cannot be taken. What is here already is not saved again."""
    given = _understood(asked.data)
    opened = asked.store.open(asked.project)
    plan = opened.charter.milestones
    now = datetime.now(UTC)
    read = matched(_given(given), plan, now.date(), source="Reported by a program", author=asked.by)
    if len(plan.readings) + len(read.readings) > IN_ALL:
        read.problems.append(f"The project would have more than {count(IN_ALL, 'reading')}. Remove old ones first.")
    if read.problems:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, read.problems[0], errors=read.problems)
    if read.readings:
        edits = [added("readings", row) for row in read.readings]
        opened = asked.store.save(asked.project, "milestones", edits, asked.by, f"Reported by the program “{asked.by}”").project
    about = _told(opened, {*(row.id for row in read.readings), *read.kept})
    reported = ReportedOut(**dict(about), added=len(read.readings), kept=len(read.kept), remarks=read.remarks)
    return Answer(content=reported, status=HTTPStatus.CREATED if read.readings else HTTPStatus.OK)


def _understood(data: bytes) -> list[ReadingIn]:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        hint = "Send one reading as an object, or a list of them."
        raise RefusedError(HTTPStatus.BAD_REQUEST, "The request is no JSON.", hint) from None
    given = [ReadingIn.model_validate(row) for row in (rows if isinstance(rows, list) else [rows])]
    if nameless := [place for place, row in enumerate(given, 1) if not (row.target or row.metric_key).strip()]:
        said = f"Reading {nameless[0]} names no target."
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, said, "Write “metric_key” or “target”.")
    if not 0 < len(given) <= AT_ONCE:
        said = f"There are {count(len(given), 'reading')} in the request."
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, said, f"Send 1 to {AT_ONCE}.")
    return given


def _given(rows: Iterable[ReadingIn]) -> Sequence[Given]:
    return [
        Given(
            path=((row.target or row.metric_key).strip(),),
            value=row.value,
            when=row.when,
            run=str(row.run).strip()[:SHORT],
            source=row.source.strip(),
            slice=row.slice,
            place=f"Reading {place}",
        )
        for place, row in enumerate(rows, 1)
    ]


def _told(opened: Opened, only: set[str] | None) -> ReadingsOut:
    """Readings, where their targets stand, and the health of the project."""
    plan, today = opened.charter.milestones, datetime.now(UTC).date()
    rows = [row for row in plan.readings if only is None or row.id in only]
    about = {row.target for row in rows}
    targets = [t for m in of_plan(plan, today) for t in m.targets if only is None or t.target.id in about]
    return ReadingsOut(
        health=stands(opened.health(today), today),
        to_sign=MetOut(met=opened.overview.met, of=len(opened.overview.conditions)),
        readings=[ReadingOut.of(row) for row in rows],
        targets=[
            TargetStandsOut(id=t.target.id, metric=t.target.metric, metric_key=t.target.metric_key, state=t.state, rule=t.rule)
            for t in targets
        ],
    )


OPERATIONS = (
    Operation(
        method="GET", scopes=(Scope.READ, Scope.READINGS), path="/projects/{project}/readings", name="readings",
        summary="Readings, and where their targets stand", work=told, gives=ReadingsOut,
    ),
    Operation(
        method="POST", scopes=(Scope.READINGS,), path="/projects/{project}/readings", name="report",
        summary="Report readings, all or none of them", work=report, body=Reported, reads=True, gives=ReportedOut,
        status=(HTTPStatus.CREATED, HTTPStatus.OK),
        told=f"One, or a list of up to {AT_ONCE}. The same target, day, run and value is kept once, however often it is sent: "
        "201 when any is new, 200 when all were here.",
    ),
)  # fmt: skip
