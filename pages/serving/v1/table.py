"""What an operation of the API is: its address, what it takes and gives, who may ask, and what may go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pages.serving.handling import LARGEST_BODY
from scoping.errors import WorkbenchError
from scoping.reading.brought import Brought
from storage.access.tokens import Scope
from storage.store import CharterStore

PREFIX = "api/v1"
JSON = "application/json"
BYTES = "application/octet-stream"


class Query(BaseModel):
    """What may stand behind the question mark of an address; a name that means nothing is refused."""

    model_config = ConfigDict(extra="forbid")


def _written_out(said: object) -> object:
    """A day as it is written in an address; a number of seconds is none."""
    if isinstance(said, str) and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
        raise ValueError("a day is written 2027-02-15")
    return said


class Daily(Query):
    """Of something that changes with the day."""

    today: Annotated[date | None, BeforeValidator(_written_out)] = Field(
        None, description="The day as it is where you are; that of the server when left out."
    )


class RefusedError(WorkbenchError):
    """A refusal with a status of its own, and more to tell than its sentence."""

    def __init__(self, status: HTTPStatus, message: str, hint: str = "", *, tag: str = "", **more: Any) -> None:
        super().__init__(message, hint)
        self.status, self.tag, self.more = status, tag, more


def missing(what: str, hint: str) -> RefusedError:
    """The refusal of something that was asked for by its name and is not there."""
    return RefusedError(HTTPStatus.NOT_FOUND, f"There is no {what}.", hint)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that was let in and understood.

    Attributes:
        read: reads a file that brings changes, by its content and name.
        query: an instance of the operation's query model.
        body: an instance of the operation's body model; None where it reads `data` itself.
        by: who is told to have done it.
        project_only: the one project that the token opens; None for all.
        seen: the tag under which the asker saw what is to be changed; "" where they do not say, "*" for any.
    """

    store: CharterStore
    read: Callable[[bytes, str], Brought]
    path: Mapping[str, str]
    query: Any
    body: Any
    data: bytes
    by: str
    scopes: frozenset[Scope]
    project_only: str | None
    seen: str
    today: date

    @property
    def project(self) -> str:
        return self.path["project"]

    def refuse_stale(self, tag: str, present: Callable[[], Any]) -> None:
        """Raise RefusedError unless what is to be changed is what the asker saw, as far as they say."""
        if self.seen and self.seen not in ("*", tag):
            said = "It was changed since you read it, so nothing was saved."
            hint = "Look at “present”, and send your change again."
            raise RefusedError(HTTPStatus.PRECONDITION_FAILED, said, hint, tag=tag, present=present())


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is given back.

    Attributes:
        content: a model or plain JSON, text or bytes.
        tag: names the state that it tells of; "" where it has no name.
        mime: of text and bytes.
        name: of a file to keep; "" for none.
    """

    content: Any
    status: HTTPStatus = HTTPStatus.OK
    tag: str = ""
    mime: str = JSON
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that programs may ask for.

    Attributes:
        path: below `PREFIX`, with names in braces.
        name: in the document, and of the client's method.
        scopes: any of these will do; none where no token is asked for.
        gives: the model of the answer, or media types of files.
        body: the model of what is sent; bytes for a file, None for nothing.
        reads: whether `work` reads the body's bytes itself.
        tagged: whether the answer carries an ETag, so that it need not be told twice.
        guarded: whether If-Match is taken: "may" or "must" be sent; "" where it is not.
        refusals: beyond those that follow from the rest.
    """

    method: str
    path: str
    name: str
    summary: str
    told: str = ""
    scopes: tuple[Scope, ...]
    work: Callable[[Asked], Answer]
    query: type[Query] = Query
    body: Any = None
    gives: Any
    status: tuple[HTTPStatus, ...] = (HTTPStatus.OK,)
    reads: bool = False
    largest: int = LARGEST_BODY
    tagged: bool = False
    guarded: str = ""
    refusals: tuple[HTTPStatus, ...] = field(default=())

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def names(self) -> list[str]:
        """The names in its path."""
        return [piece[1:-1] for piece in self.path.split("/") if piece.startswith("{")]

    @property
    def all_refusals(self) -> list[HTTPStatus]:
        """Every status with which it may be refused."""
        found = {HTTPStatus.BAD_REQUEST, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INTERNAL_SERVER_ERROR, *self.refusals}
        # A token that is shown is looked at, whether it is asked for or not.
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
        if self.names:
            found.add(HTTPStatus.NOT_FOUND)
        if self.body is not None:
            found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNPROCESSABLE_ENTITY}
        if self.writes:
            found |= {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
        if self.guarded:
            found.add(HTTPStatus.PRECONDITION_FAILED)
        if self.guarded == "must":
            found.add(HTTPStatus.PRECONDITION_REQUIRED)
        return sorted(found)
