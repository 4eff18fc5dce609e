"""The document of the API, OpenAPI 3.1, written from the table of operations and their models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from pages.serving.v1.door import REQUESTS_A_MINUTE
from pages.serving.v1.models.shape import Refusal
from pages.serving.v1.table import BYTES, JSON, PREFIX, Operation
from scoping.charter import PART_BY_SLUG
from storage.access.tokens import Scope

VERSION = "1"
_REF = "#/components/schemas/{model}"
_NAMES = {
    "project": ("The project's id.", {"type": "string", "pattern": "^[a-z0-9]{1,40}$"}),
    "part": ("A part of the charter.", {"type": "string", "enum": list(PART_BY_SLUG)}),
    "milestone": ("The milestone's id.", {"type": "string", "pattern": "^[a-z0-9_-]{1,40}$"}),
    "token": ("The token's id.", {"type": "string", "pattern": "^[0-9a-f]{16}$"}),
    "name": ("The file's name.", {"type": "string", "maxLength": 80}),
    "number": ("The number.", {"type": "integer", "minimum": 1, "maximum": 1_000_000_000}),
}
_ABOUT = f"""Projects, charters, plans and readings for programs.

**Tokens.** Send `Authorization: Bearer wb_…`. A token opens one project (made under Run, More) or all (under Settings), may do what
was chosen when it was made, and asks {REQUESTS_A_MINUTE} times a minute at most.

**Refusals** have one shape: `{{"ok": false, "error", "errors", "status"}}`, in sentences that people can act on.

**Changes.** What you read carries an ETag; send it back as If-Match, and a change of what somebody else has changed since is answered by
412 with what it is by now. With `dry_run=true` nothing is changed, and you are told what would be. A request with an
`Idempotency-Key` is worked on once within a day, however often it is sent.

**Money** is in the minor unit (cents) of the currency beside it. **Days** are written 2027-02-15."""


def document(operations: Sequence[Operation], server: str) -> dict[str, Any]:
    """The document.

    Args:
        server: the address below which the API answers.
    """
    return {
        "openapi": "3.1.1",
        "info": {"title": "ML scoping workbench", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": f"{server.rstrip('/')}/{PREFIX}"}],
        "paths": _paths(tuple(operations)),
        "components": {
            "schemas": _schemas(tuple(operations))[1],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _scopes() -> str:
    return "A token that may: " + "; ".join(f"`{scope.value}`: {scope.label.lower()}" for scope in Scope) + "."


def _models(operations: Sequence[Operation]) -> Iterator[tuple[type[BaseModel], str]]:
    for operation in operations:
        if isinstance(operation.body, type) and issubclass(operation.body, BaseModel):
            yield operation.body, "validation"
        if isinstance(operation.gives, type) and issubclass(operation.gives, BaseModel):
            yield operation.gives, "serialization"
    yield Refusal, "serialization"


@cache
def _schemas(operations: tuple[Operation, ...]) -> tuple[dict[Any, Any], dict[str, Any]]:
    wanted = list(dict.fromkeys(_models(operations)))
    refs, definitions = models_json_schema(wanted, ref_template=_REF)  # type: ignore[arg-type]
    schemas = definitions["$defs"]
    for schema in _walk(schemas):
        _plain_words_only(schema)
    return refs, schemas


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


_OWN = frozenset(name for name in ("core", "tabled", "unit", "example", "refers_to", "assumed", "machine", "topic"))
"""Words of questions that stand in their models for the workbench itself."""


def _plain_words_only(schema: dict[str, Any]) -> None:
    if "properties" in schema or "title" not in schema:
        return
    for name in _OWN & schema.keys():
        del schema[name]


@cache
def _paths(operations: tuple[Operation, ...]) -> dict[str, Any]:
    refs, _ = _schemas(operations)
    paths: dict[str, Any] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, refs)
    return paths


def _operation(operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_of_path(operation), *_of_query(operation), *_of_headers(operation)],
        "responses": {str(status.value): _given(operation, status, refs) for status in operation.status},
        "security": [{"token": [scope.value]} for scope in operation.scopes] or [{}, {"token": []}],
    }
    if operation.told:
        said["description"] = operation.told
    if operation.body is not None:
        sent = {BYTES: {}} if operation.body is bytes else {JSON: {"schema": _schema(operation.body, "validation", refs)}}
        said["requestBody"] = {"required": True, "content": sent}
    if operation.tagged:
        said["responses"]["304"] = {"description": "It is still as you know it.", "headers": _tag()}
    for status in operation.all_refusals:
        content = {JSON: {"schema": _schema(Refusal, "serialization", refs)}}
        headers = _tag() if status == HTTPStatus.PRECONDITION_FAILED else {}
        said["responses"][str(status.value)] = {"description": _WHY[status], "content": content} | (
            {"headers": headers} if headers else {}
        )
    return said


def _schema(model: Any, mode: str, refs: dict[Any, Any]) -> dict[str, Any]:
    if (model, mode) in refs:
        found: dict[str, Any] = refs[(model, mode)]
        return found
    return TypeAdapter(model).json_schema()


def _given(operation: Operation, status: HTTPStatus, refs: dict[Any, Any]) -> dict[str, Any]:
    if operation.gives is None:
        return {"description": "Done."}
    kinds = operation.gives if isinstance(operation.gives, tuple) else (JSON,)
    schema = {} if isinstance(operation.gives, tuple) else _schema(operation.gives, "serialization", refs)
    told: dict[str, Any] = {"description": "Made." if status == HTTPStatus.CREATED else "Here it is."}
    told["content"] = {kind: {"schema": schema} for kind in kinds}
    return told | ({"headers": _tag()} if operation.tagged or operation.guarded else {})


def _tag() -> dict[str, Any]:
    return {"ETag": {"description": "Names this state.", "schema": {"type": "string"}}}


def _of_path(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "description": _NAMES[name][0], "schema": _NAMES[name][1]}
        for name in operation.names
    ]


def _of_query(operation: Operation) -> list[dict[str, Any]]:
    schema = operation.query.model_json_schema()
    definitions = schema.get("$defs", {})
    found = []
    for name, field in schema.get("properties", {}).items():
        one: dict[str, Any] = {"name": name, "in": "query", "required": False, "schema": _of_address(field, definitions)}
        if said := field.get("description"):
            one["description"] = said
        found.append(one)
    return found


def _of_address(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What may stand in an address: there is no null in it, and nothing that stands elsewhere."""
    arms = [arm for arm in field.get("anyOf", [field]) if arm.get("type") != "null"]
    arm = arms[0]
    if "$ref" in arm:
        arm = definitions[arm["$ref"].rpartition("/")[2]]
    return {name: value for name, value in arm.items() if name not in ("description", "title", "default")}


def _of_headers(operation: Operation) -> list[dict[str, Any]]:
    found = []
    if operation.guarded:
        said = "The ETag of what you saw; * for whatever stands there."
        schema = {"type": "string", "pattern": '^(\\*|"?[0-9]{1,15}"?)$'}
        required = operation.guarded == "must"
        found.append({"name": "If-Match", "in": "header", "required": required, "description": said, "schema": schema})
    if operation.writes:
        said = "A name of your own for this request: sent again within a day, it is answered the same and not done twice."
        schema = {"type": "string", "pattern": "^[!-~]{1,200}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": False, "description": said, "schema": schema})
    return found


_WHY = {
    HTTPStatus.BAD_REQUEST: "The request is not understood.",
    HTTPStatus.UNAUTHORIZED: "The token is missing or worthless.",
    HTTPStatus.FORBIDDEN: "The token does not allow this.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.CONFLICT: "Somebody else has come before, or the Idempotency-Key belongs to another request.",
    HTTPStatus.PRECONDITION_FAILED: "It was changed since you read it.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "It is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "It is not said to be JSON.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "It is understood, and cannot be.",
    HTTPStatus.PRECONDITION_REQUIRED: "If-Match is missing.",
    HTTPStatus.TOO_MANY_REQUESTS: "There are too many requests.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here.",
    HTTPStatus.NOT_IMPLEMENTED: "What it takes is not installed where the workbench runs.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database is busy; try again in a moment.",
}
"""Every refusal that an operation may name."""
