"""All projects at once, files to take away, and tokens."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from pydantic import Field

from pages.parts.charter import exports
from pages.serving.files import written
from pages.serving.v1.models.others import (
    FileOut,
    FilesOut,
    MadeOut,
    OpenMilestoneOut,
    PortfolioOut,
    SumOut,
    TokenIn,
    TokenOut,
    TokensOut,
)
from pages.serving.v1.table import Answer, Asked, Daily, Operation, RefusedError, missing
from scoping.export.workbook.asking import Ask
from storage.access.tokens import Scope, digest
from storage.portfolio import Which


class HowMany(Daily):
    """How many milestones are told."""

    limit: int = Field(50, ge=1, le=500, description="How many milestones are told at most.")


class WhichFile(Daily):
    """Of which version, and what a workbook to fill in asks."""

    version: int | None = Field(None, ge=1, le=10**9, description="Its number; the present charter when left out.")
    steps: str = Field("", max_length=200, description="Of to-fill-in.xlsx: what is asked, such as ethics,data_sources.")
    back: str = Field("", max_length=200, description="Of to-fill-in.xlsx: who gets it back.")


def portfolio(asked: Asked) -> Answer:
    """All live projects: what they ask for and may be worth, and their open milestones."""
    store = asked.store.portfolio
    total = store.page(today=asked.today, which=Which(), limit=1).total
    rows = [
        OpenMilestoneOut(
            project=e.project_id, project_name=e.project, id=e.id, title=e.title, owner=e.owner, due=e.due, state=e.state
        )
        for e in store.milestones(today=asked.today, limit=asked.query.limit).entries
    ]
    sums = [SumOut.of(one) for one in store.sums(today=asked.today)]
    return Answer(content=PortfolioOut(projects=total, sums=sums, milestones=rows))


def files(asked: Asked) -> Answer:
    """What the charter can be taken away in."""
    opened = asked.store.open(asked.project)
    found = [
        FileOut(name=e.name, label=e.label, told=e.told, mime=e.mime, is_offered=e.is_offered(opened) and not e.lacks)
        for e in exports.FILES
    ]
    return Answer(content=FilesOut(files=found))


def file(asked: Asked) -> Answer:
    """One of them."""
    export = exports.BY_NAME.get(asked.path["name"])
    if export and export.lacks:
        raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, f"{export.label} cannot be made here.", export.lacks)
    steps = tuple(filter(None, asked.query.steps.split(",")))
    ask = Ask(steps, asked.query.back) if steps else None
    content, name, mime = written(asked.store, asked.project, asked.path["name"], asked.today, asked.query.version or 0, ask)
    return Answer(content=content, name=name, mime=mime)


def tokens(asked: Asked) -> Answer:
    """Tokens of a project, or of all."""
    if project := asked.path.get("project"):
        asked.store.number(project)  # or a refusal: there is no such project
    return Answer(content=TokensOut(tokens=[TokenOut.of(token) for token in asked.store.tokens.of(project)]))


def make(asked: Asked) -> Answer:
    """Make a token."""
    project, given = asked.path.get("project"), asked.body
    made = asked.store.tokens.make(project, given.label, asked.by, given.scopes)
    known = next(token for token in asked.store.tokens.of(project) if token.digest == digest(made))
    return Answer(content=MadeOut(token=made, known=TokenOut.of(known)), status=HTTPStatus.CREATED)


def revoke(asked: Asked) -> Answer:
    """Make a token worthless."""
    project, named = asked.path.get("project"), asked.path["token"]
    found = [token for token in asked.store.tokens.of(project) if token.digest[:16] == named]
    if not found or not asked.store.tokens.revoke(project, found[0].digest):
        raise missing(f"token called “{named[:40]}”", "Name it by its id.")
    return Answer(content="", status=HTTPStatus.NO_CONTENT)


def _of_tokens(path: str, which: str, summary: str) -> tuple[Operation, ...]:
    admin: dict[str, Any] = {"scopes": (Scope.ADMIN,)}
    return (
        Operation(
            **admin, method="GET", path=path, name=f"{which}tokens", summary=f"Tokens {summary}", work=tokens, gives=TokensOut
        ),
        Operation(
            **admin, method="POST", path=path, name=f"make_{which}token", summary=f"Make a token {summary}", work=make,
            body=TokenIn, gives=MadeOut, status=(HTTPStatus.CREATED,), told="It is shown in the answer and never again.",
        ),
        Operation(
            **admin, method="DELETE", path=f"{path}/{{token}}", name=f"revoke_{which}token", summary=f"Revoke a token {summary}",
            work=revoke, gives=None, status=(HTTPStatus.NO_CONTENT,), refusals=(HTTPStatus.NOT_FOUND,),
        ),
    )  # fmt: skip


OPERATIONS = (
    Operation(
        method="GET", scopes=(Scope.READ,), path="/portfolio", name="portfolio", summary="All live projects at once",
        work=portfolio, query=HowMany, gives=PortfolioOut,
    ),
    Operation(
        method="GET", scopes=(Scope.READ,), path="/projects/{project}/files", name="files",
        summary="The files that the charter can be taken away in", work=files, gives=FilesOut,
    ),
    Operation(
        method="GET", scopes=(), path="/projects/{project}/files/{name}", name="file", summary="One of these files",
        work=file, query=WhichFile, gives=tuple(dict.fromkeys(export.mime for export in exports.FILES)),
        refusals=(HTTPStatus.NOT_IMPLEMENTED,), told=f"There are {', '.join(exports.BY_NAME)}.",
    ),
    *_of_tokens("/projects/{project}/tokens", "", "of a project"),
    *_of_tokens("/tokens", "common_", "for all projects"),
)  # fmt: skip
