"""A client of the ML scoping workbench in one file. Copy it into your project; it needs Python 3.11 and httpx.

    from workbench_client import Workbench

    with Workbench("http://localhost:8501", token="wb_...") as workbench:
        project = workbench.find("Voice search")["id"]
        workbench.report(project, {"metric_key": "val_wer", "value": 11.5, "run": "41"})
        if not workbench.check_gate(project, {"val_wer": 11.5})["is_passed"]:
            raise SystemExit("The gate stays shut.")

What cannot be done raises Refused, whose words a person can act on. What fails on the way is sent again, and never done twice.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypedDict, TypeVar, cast

import httpx

_AGAIN_AFTER = (0.2, 1.0, 3.0)
"""Seconds between attempts, where the workbench names none."""
_LONGEST_WAIT = 90.0
_PASSING = (429, 503)

Value = TypeVar("Value")
Scope = Literal["read", "readings", "write", "admin"]
Plain = dict[str, Any]


class Refused(Exception):  # noqa: N818 - read aloud: the workbench refused
    """What cannot be done, and why.

    Attributes:
        status: 401 without a token, 403 for one that may not, 404, 409 and 412 where somebody else came before, 422 for what cannot be.
        errors: all that is wrong, a sentence each.
        body: the whole answer; `present` of a 412 and `conflicts` of a 409 stand in it.
    """

    def __init__(self, status: int, errors: Sequence[str], body: Mapping[str, Any]) -> None:
        super().__init__(" ".join(errors))
        self.status, self.errors, self.body = status, list(errors), dict(body)


class Unreachable(Exception):  # noqa: N818 - as above
    """Nothing answers at the address."""


@dataclass(frozen=True)
class Seen(Generic[Value]):
    """What was read, with the tag by which a change says that it was seen."""

    value: Value
    tag: str


class Met(TypedDict):
    met: int
    of: int


class Stands(TypedDict):
    word: str
    days_late: int | None
    reason: str
    as_of: str


class Project(TypedDict):
    id: str
    name: str
    owner: str
    revision: int
    saved_at: str
    saved_by: str
    is_archived: bool
    to_sign: Met
    health: Stands | None


class Latest(TypedDict):
    value: float | None
    when: str | None
    run: str


class Target(TypedDict):
    id: str
    metric: str
    slice: str
    metric_key: str
    unit: str
    direction: str | None
    target: float | None
    state: str
    rule: str
    latest: Latest | None


class Milestone(TypedDict):
    id: str
    title: str
    owner: str
    start: str | None
    due: str | None
    state: str
    rule: str
    met_on: str | None
    gate: str | None
    targets: list[Target]


class GateTarget(TypedDict):
    id: str
    metric: str
    slice: str
    goal: str
    value: float | None
    state: str


class GateCheck(TypedDict):
    is_passed: bool
    milestone: str
    title: str
    targets: list[GateTarget]
    problems: list[str]
    remarks: list[str]


class Reported(TypedDict):
    ok: bool
    health: Stands
    to_sign: Met
    readings: list[Plain]
    targets: list[Plain]
    added: int
    kept: int
    remarks: list[str]


class Changed(TypedDict):
    project: str
    revision: int
    is_dry_run: bool
    changed: int
    told: list[str]


class Imported(TypedDict):
    kind: str
    revision: int
    is_dry_run: bool
    taken: int
    changes: list[Plain]
    refused: list[Plain]
    remarks: list[str]


class File(TypedDict):
    name: str
    label: str
    told: str
    mime: str
    is_offered: bool


class Workbench:
    """A workbench at an address.

    Args:
        address: as browsers show it, without a path of ours: http://localhost:8501.
        token: opens one project, or all; made under Run, More, or under Settings.
        transport: of httpx, for tests and special networks.
    """

    def __init__(
        self, address: str, token: str = "", *, timeout: float = 30.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=f"{address.rstrip('/')}/api/v1", headers=headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    # Projects

    def projects(self, search: str = "", *, health: str = "", archived: bool = False) -> Iterator[Project]:
        """All projects, those that need somebody first."""
        offset: int | None = 0
        while offset is not None:
            asked = {"search": search, "archived": archived, "offset": offset, "limit": 200} | (
                {"health": health} if health else {}
            )
            page = self._get("/projects", asked)
            yield from page["projects"]
            offset = page["next"]

    def find(self, called: str) -> Project:
        """The one project of an id or a name. Raises Refused where there is none, or more than one."""
        if called.isalnum() and called == called.lower():
            try:
                return self.project(called)
            except Refused as refused:
                if refused.status != httpx.codes.NOT_FOUND:
                    raise
        named = [one for one in self.projects(called) if one["name"].casefold() == called.strip().casefold()]
        if len(named) == 1:
            return named[0]
        said = (
            f"There are {len(named)} projects called “{called}”; name it by its id."
            if named
            else f"No project is called “{called}”."
        )
        raise Refused(httpx.codes.NOT_FOUND, [said], {})

    def project(self, project: str) -> Project:
        """One project in a line."""
        return cast(Project, self._get(f"/projects/{project}"))

    def findings(self, project: str) -> Plain:
        """What is missing to sign, and advice."""
        return self._get(f"/projects/{project}/findings")

    def health(self, project: str) -> Stands:
        """How a project stands today."""
        return cast(Stands, self._get(f"/projects/{project}/health")["health"])

    def portfolio(self) -> Plain:
        """All live projects at once."""
        return self._get("/portfolio")

    # Charters

    def charter(self, project: str) -> Seen[Plain]:
        """The whole charter."""
        return self._seen(f"/projects/{project}/charter")

    def part(self, project: str, part: str) -> Seen[Plain]:
        """One part of the charter."""
        return self._seen(f"/projects/{project}/charter/{part}")

    def create(self, charter: Plain | bytes, *, dry_run: bool = False) -> Changed:
        """Bring in a charter as a new project."""
        return cast(Changed, self._send("POST", "/projects", charter, query={"dry_run": dry_run}).json())

    def replace_charter(self, project: str, charter: Plain | bytes, tag: str, *, dry_run: bool = False) -> Changed:
        """Make the charter what is sent; `tag` is that of what you read, "*" for whatever stands there."""
        answer = self._send("PUT", f"/projects/{project}/charter", charter, query={"dry_run": dry_run}, tag=tag)
        return cast(Changed, answer.json())

    def replace_part(self, project: str, part: str, value: Plain, tag: str, *, dry_run: bool = False) -> Changed:
        """Make a part what is sent."""
        answer = self._send("PUT", f"/projects/{project}/charter/{part}", value, query={"dry_run": dry_run}, tag=tag)
        return cast(Changed, answer.json())

    def edit(
        self, project: str, part: str, edits: Sequence[Mapping[str, Any]], *, note: str = "", tag: str = "", dry_run: bool = False
    ) -> Changed:
        """Change answers and entries of a part, all or none: `{"list", "record", "field", "before", "after"}`."""
        body = {"edits": [dict(one) for one in edits], "note": note}
        answer = self._send("PATCH", f"/projects/{project}/charter/{part}", body, query={"dry_run": dry_run}, tag=tag)
        return cast(Changed, answer.json())

    def bring(self, project: str, content: bytes, name: str, *, dry_run: bool = False) -> Imported:
        """Bring changes in from a workbook, a charter, an inventory or a plan that somebody changed."""
        query = {"name": name, "dry_run": dry_run}
        answer = self._send("POST", f"/projects/{project}/import", content, query=query, kind="application/octet-stream")
        return cast(Imported, answer.json())

    def schema(self) -> Plain:
        """The JSON Schema of a charter."""
        return self._get("/schema")

    # The plan

    def milestones(self, project: str) -> list[Milestone]:
        """Milestones and targets, and where they stand."""
        return cast("list[Milestone]", self._get(f"/projects/{project}/milestones")["milestones"])

    def gates(self, project: str) -> list[Plain]:
        """The gates of all milestones, as JSON Schemas."""
        return cast("list[Plain]", self._get(f"/projects/{project}/gates")["gates"])

    def check_gate(self, project: str, metrics: Mapping[str, Any] | Sequence[Any], milestone: str = "") -> GateCheck:
        """Whether metrics open the gate of a milestone, or of the next one; nothing is kept."""
        body = dict(metrics) if isinstance(metrics, Mapping) else list(metrics)
        query = {"milestone": milestone} if milestone else {}
        return cast(GateCheck, self._send("POST", f"/projects/{project}/gate-checks", body, query=query).json())

    def readings(self, project: str) -> Plain:
        """Readings, and where their targets stand."""
        return self._get(f"/projects/{project}/readings")

    def report(self, project: str, readings: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Reported:
        """Report readings, all or none of them: `{"metric_key" or "target", "value", "when", "run", "source", "slice"}`."""
        body = dict(readings) if isinstance(readings, Mapping) else [dict(one) for one in readings]
        return cast(Reported, self._send("POST", f"/projects/{project}/readings", body).json())

    def contracts(self, project: str) -> list[Plain]:
        """The contracts of the data sources."""
        return cast("list[Plain]", self._get(f"/projects/{project}/contracts")["contracts"])

    def evidence(self, project: str) -> Plain:
        """Evidence, measurements and verdicts."""
        return self._get(f"/projects/{project}/evidence")

    # Files

    def files(self, project: str) -> list[File]:
        """The files that the charter can be taken away in."""
        return cast("list[File]", self._get(f"/projects/{project}/files")["files"])

    def file(self, project: str, name: str) -> bytes:
        """One of them."""
        return self._ask("GET", f"/projects/{project}/files/{name}").content

    # Tokens

    def make_token(self, label: str, scopes: Sequence[Scope], project: str = "") -> str:
        """Make a token, for one project or for all; it is given back here and never again."""
        path = f"/projects/{project}/tokens" if project else "/tokens"
        return str(self._send("POST", path, {"label": label, "scopes": list(scopes)}).json()["token"])

    # How it is asked

    def _get(self, path: str, query: Mapping[str, Any] | None = None) -> Plain:
        return cast(Plain, self._ask("GET", path, params=query).json())

    def _seen(self, path: str) -> Seen[Plain]:
        answer = self._ask("GET", path)
        return Seen(answer.json(), answer.headers["ETag"])

    def _send(
        self,
        method: str,
        path: str,
        body: Any,
        *,
        query: Mapping[str, Any] | None = None,
        tag: str = "",
        kind: str = "application/json",
    ) -> httpx.Response:
        headers = {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())} | ({"If-Match": tag} if tag else {})
        given = {"content": body} if isinstance(body, bytes) else {"json": body}
        return self._ask(method, path, params=query, headers=headers, **given)

    def _ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Ask until there is an answer. A request that changes something carries a key, so that it is done once."""
        waits = iter(_AGAIN_AFTER)
        while True:
            wait = next(waits, None)
            try:
                answer = self._http.request(method, path, **given)
            except httpx.TransportError as error:
                if wait is None:
                    raise Unreachable(f"Nothing answers at {self._http.base_url} ({error}).") from None
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in _PASSING or wait is None:
                    raise _refusal(answer)
                wait = max(wait, min(float(answer.headers.get("Retry-After", 0)), _LONGEST_WAIT))
            time.sleep(wait)


def _refusal(answer: httpx.Response) -> Refused:
    try:
        body = answer.json()
        errors = [str(sentence) for sentence in body["errors"]]
    except (ValueError, KeyError, TypeError):
        body, errors = {}, [f"The address answers with {answer.status_code}, and not like a workbench."]
    return Refused(answer.status_code, errors, body)
