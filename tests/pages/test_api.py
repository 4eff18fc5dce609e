"""The API for programs: every operation of its table, who may ask for it, and what is answered where it cannot be."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate

from pages.serving.v1 import door
from pages.serving.v1.document import document
from pages.serving.v1.operations import OPERATIONS
from pages.serving.v1.table import Operation
from scoping import samples
from scoping.charter import PARTS
from scoping.export.charter_json import to_json
from scoping.export.gates import why_not
from scoping.merge import Edit
from storage.access.tokens import Scope
from storage.store import CharterStore

WITH_TOKEN = [o for o in OPERATIONS if o.scopes]
WITH_BODY = [o for o in OPERATIONS if o.body is not None]
IN_PROJECT = [o for o in OPERATIONS if "project" in o.names]
READING = [o for o in OPERATIONS if not o.writes]
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def called(operation: Operation) -> str:
    return operation.name


def address(operation: Operation, project: str) -> str:
    return operation.path.format(project=project, part="problems", milestone="m", token="0" * 16, name="charter.md", number=1)


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 100_000)


@pytest.fixture
def made(store: CharterStore) -> str:
    """A token that may do everything."""
    return store.tokens.make(None, "CI", "Ana", (Scope.ADMIN,))


@pytest.fixture
def api(port: int, made: str) -> Iterator[httpx.Client]:
    with client(port, made) as found:
        yield found


def client(port: int, token: str = "") -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", headers=headers, timeout=20)


def sent(operation: Operation, project: str, **more: Any) -> dict[str, Any]:
    """A request that says as little as it may."""
    given: dict[str, Any] = {"method": operation.method, "url": address(operation, project), "headers": {"If-Match": "*"}}
    if operation.body is bytes:
        given |= {"content": b"{}", "headers": {"If-Match": "*", "Content-Type": "application/octet-stream"}}
    elif operation.body is not None:
        given["json"] = {}
    return {**given, **more}


def refused(answer: httpx.Response, status: int, words: str = "") -> dict[str, Any]:
    said: dict[str, Any] = answer.json()
    assert answer.status_code == said["status"] == status, answer.text
    assert said["ok"] is False
    assert said["error"] == said["errors"][0]
    assert words in said["error"]
    assert "Traceback" not in answer.text
    return said


# Every operation of the table


def test_the_document_is_valid_and_names_every_operation():
    told = document(OPERATIONS, "http://localhost:8501")
    validate(told)
    assert told["openapi"].startswith("3.1")
    named = [told["paths"][o.path][o.method.lower()]["operationId"] for o in OPERATIONS]
    assert len(set(named)) == len(OPERATIONS) == len(named)


@pytest.mark.parametrize("operation", OPERATIONS, ids=called)
def test_a_method_that_is_not_offered_is_refused_with_those_that_are(operation, api, project):
    offered = {o.method for o in OPERATIONS if o.path == operation.path}
    for method in METHODS - offered:
        answer = api.request(method, address(operation, project))
        refused(answer, 405, method)
        assert offered <= set(answer.headers["allow"].split(", "))
    assert api.options(address(operation, project)).status_code == 204


@pytest.mark.parametrize("operation", OPERATIONS, ids=called)
def test_a_token_is_asked_for_and_a_worthless_one_is_refused(operation, port, project):
    with client(port) as stranger:
        answer = stranger.request(**sent(operation, project))
        if operation.scopes:
            refused(answer, 401, "token")
            assert answer.headers["www-authenticate"] == "Bearer"
        else:
            assert answer.status_code == 200
    with client(port, "wb_" + "x" * 43) as stranger:
        refused(stranger.request(**sent(operation, project)), 401, "worthless")


@pytest.mark.parametrize("operation", WITH_TOKEN, ids=called)
def test_a_token_does_no_more_than_it_may(operation, port, project, store):
    others = [scope for scope in Scope if scope not in (*operation.scopes, Scope.ADMIN)]
    if not others:
        return
    with client(port, store.tokens.make(None, "Little", "Ana", others)) as little:
        refused(little.request(**sent(operation, project)), 403, "does not allow this")


@pytest.mark.parametrize("operation", OPERATIONS, ids=called)
def test_a_token_opens_its_own_project_only(operation, port, project, store):
    other = store.create(samples.samples()[1].charter, "Bo")
    with client(port, store.tokens.make(other, "Theirs", "Bo", (Scope.ADMIN,))) as theirs:
        answer = theirs.request(**sent(operation, project))
        refused(answer, 403, "another project" if "project" in operation.names else "one project")


@pytest.mark.parametrize("operation", IN_PROJECT, ids=called)
@pytest.mark.parametrize("name", ["nobody", "No-Such-Project", "x" * 400])
def test_a_project_that_is_not_there_is_refused_in_words(operation, name, api, store):
    body = json.loads(to_json(samples.samples()[0].charter, revision=1, saved_at=store._now()))
    known = {
        "report": {"metric_key": "x", "value": 1}, "edit": {"edits": [{"field": "in_scope", "after": "x"}]},
        "replace_charter": body, "make_token": {"label": "x", "scopes": ["read"]},
    }  # fmt: skip
    more = {"json": known[operation.name]} if operation.name in known else {}
    refused(api.request(**sent(operation, name, **more)), 404)


@pytest.mark.parametrize("operation", WITH_BODY, ids=called)
def test_what_is_not_said_to_be_json_or_is_none_is_refused(operation, api, project):
    def send(content: bytes, kind: str) -> httpx.Response:
        given = sent(operation, project)
        given.pop("json", None)
        return api.request(**{**given, "content": content, "headers": {"If-Match": "*", "Content-Type": kind}})

    kind = "application/octet-stream" if operation.body is bytes else "application/json"
    refused(send(b"{}", "application/x-www-form-urlencoded"), 415, "is not said to be")
    for broken in (b"", b"{", b"[" * 100_000, b"\xff\xfe"):
        answer = send(broken, kind)
        assert refused(answer, answer.status_code)["status"] in (400, 422)
    refused(send(b" " * (operation.largest + 1), kind), 413, "too large")


@pytest.mark.parametrize("operation", OPERATIONS, ids=called)
def test_a_word_in_the_address_that_means_nothing_is_refused(operation, api, project):
    refused(api.request(**sent(operation, project, params={"nonsense": "1"})), 400, "nonsense")


@pytest.mark.parametrize("operation", [o for o in READING if "milestone" not in o.names], ids=called)
def test_everything_that_can_be_asked_for_is_answered_and_named_by_its_state(operation, api, store, project):
    store.versions.keep(project, "Ana")
    answer = api.request(**sent(operation, project))
    assert answer.status_code == 200, answer.text
    assert "access-control-allow-origin" not in answer.headers
    assert ("etag" in answer.headers) is operation.tagged
    assert api.head(address(operation, project)).status_code == 200
    if operation.tagged:
        again = api.request(**sent(operation, project, headers={"If-None-Match": answer.headers["etag"]}))
        assert (again.status_code, again.content) == (304, b"")


def test_an_address_that_names_nothing_is_refused_in_the_one_shape(api):
    for method in METHODS:
        refused(api.request(method, "/nothing/here"), 404, "nothing at this address")


def test_many_requests_are_asked_to_wait(api, monkeypatch):
    door._asked.clear()
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 2)
    assert [api.get("/projects").status_code for _ in range(2)] == [200, 200]
    answer = api.get("/projects")
    refused(answer, 429, "too many")
    assert int(answer.headers["retry-after"]) > 0


# What is told


def test_projects_are_told_a_page_at_a_time(api, store):
    for sample in samples.samples()[:3]:
        store.create(sample.charter, "Ana")
    first = api.get("/projects", params={"limit": 2}).json()
    assert (len(first["projects"]), first["total"], first["next"]) == (2, 3, 2)
    last = api.get("/projects", params={"limit": 2, "offset": first["next"]}).json()
    assert (len(last["projects"]), last["next"]) == (1, None)
    assert len({p["id"] for p in first["projects"] + last["projects"]}) == 3
    name = last["projects"][0]["name"]
    assert [p["name"] for p in api.get("/projects", params={"search": name}).json()["projects"]] == [name]
    refused(api.get("/projects", params={"limit": 0}), 400, "limit")


def test_a_charter_is_told_whole_and_part_by_part(api, store, project):
    whole = api.get(f"/projects/{project}/charter").json()
    for section in PARTS:
        assert api.get(f"/projects/{project}/charter/{section.slug}").json() == whole["charter"][section.slug]
    refused(api.get(f"/projects/{project}/charter/nothing"), 404, "no part called")


def test_findings_milestones_gates_and_contracts_are_those_of_the_charter(api, store, project):
    opened = store.open(project)
    found = api.get(f"/projects/{project}/findings").json()
    assert found["to_sign"]["met"] == opened.overview.met
    plan = api.get(f"/projects/{project}/milestones").json()["milestones"]
    assert [m["id"] for m in plan] == [m.id for m in opened.charter.milestones.milestones]
    sources = api.get(f"/projects/{project}/contracts").json()["contracts"]
    assert [s["source"] for s in sources] == [s.id for s in opened.charter.data_sources.sources]
    for gate in api.get(f"/projects/{project}/gates").json()["gates"]:
        assert api.get(f"/projects/{project}/gates/{gate['milestone']}").json() == gate["rule"]
    refused(api.get(f"/projects/{project}/gates/nothing"), 404, "no milestone called")


def test_metrics_open_a_gate_or_do_not_and_nothing_is_kept(api, store, project):
    plan = store.open(project).charter.milestones
    gate = api.get(f"/projects/{project}/gates").json()["gates"][0]
    targets = [t for t in plan.targets if t.milestone == gate["milestone"] and not why_not(t)]
    good = {t.metric_key or t.metric: t.target for t in targets} | {"something_else": 3}
    where = {"params": {"milestone": gate["milestone"]}}
    said = api.post(f"/projects/{project}/gate-checks", json=good, **where).json()
    assert said["is_passed"], said
    assert {t["state"] for t in said["targets"]} == {"met"}
    said = api.post(f"/projects/{project}/gate-checks", json={"something_else": 3}, **where).json()
    assert (said["is_passed"], {t["state"] for t in said["targets"]}) == (False, {"absent"})
    assert store.open(project).charter.milestones == plan


def test_versions_differences_and_decisions_are_told(api, store, project):
    first = api.post(f"/projects/{project}/versions", json={"name": "Before the review"})
    assert (first.status_code, first.json()["number"], first.json()["by"]) == (201, 1, "CI")
    assert api.post(f"/projects/{project}/versions", json={}).status_code == 200
    api.patch(f"/projects/{project}/charter/problems", json={"edits": [{"field": "in_scope", "after": "Everything"}]})
    assert [v["name"] for v in api.get(f"/projects/{project}/versions").json()["versions"]] == ["Before the review"]
    whole = api.get(f"/projects/{project}/versions/1").json()
    assert whole["charter"]["problems"]["in_scope"] == samples.samples()[0].charter.problems.in_scope
    told = api.get(f"/projects/{project}/comparison").json()
    assert [(c["part"], c["field"], c["after"]) for c in told["changes"]] == [("problems", "in_scope", "Everything")]
    assert api.get(f"/projects/{project}/comparison", params={"older": "r1"}).json()["changes"] == told["changes"]
    assert api.get(f"/projects/{project}/comparison", params={"older": "now"}).json()["changes"] == []
    refused(api.get(f"/projects/{project}/comparison", params={"older": "soon"}), 400, "older")
    refused(api.get(f"/projects/{project}/comparison", params={"older": "7"}), 404, "no version 7")
    refused(api.get(f"/projects/{project}/versions/one"), 404, "no version")
    assert api.get(f"/projects/{project}/files/charter.md", params={"version": 1}).status_code == 200
    refused(api.get(f"/projects/{project}/files/charter.md", params={"version": 9}), 404)
    refused(api.get(f"/projects/{project}/files/charter.nothing"), 404, "no such file")
    assert [d["what"] for d in api.get(f"/projects/{project}/decisions").json()["decisions"]]


def test_who_put_an_idea_where_it_stands_is_told_by_the_history(api, store, project):
    idea = next(s for s in store.open(project).charter.solutions.solutions if s.standing == "considered")

    def said():
        for told in (api.get(f"/projects/{project}/decisions"), api.get(f"/projects/{project}/charter")):
            ideas = [d for d in told.json()["decisions"] if d["kind"] == "Idea" and idea.title in d["what"]]
            yield [(d["by"], d["on"]) for d in ideas]

    assert list(said()) == [[], []]
    edit = Edit("solutions", idea.id, "standing", "considered", "parked")
    at = store.save(project, "solutions", [edit], "Ben Ode").stamp.at
    store.save(project, "solutions", [Edit("solutions", idea.id, "because", idea.because, "Too dear")], "Dana Lee")
    assert list(said()) == [[("Ben Ode", at.date().isoformat())]] * 2


def test_the_api_has_a_page_to_try_it_that_runs_its_own_script_only(port):
    with client(port) as anybody:
        page = anybody.get("/docs")
        assert page.status_code == 200
        inside = page.text.split("<script>")[1].split("</script>")[0].encode()
        digest = base64.b64encode(hashlib.sha256(inside).digest()).decode()
        assert f"'sha256-{digest}'" in page.headers["content-security-policy"]
        assert "unsafe-inline" not in page.headers["content-security-policy"].split("style-src")[0]
        told = anybody.get("/openapi.json").json()
        validate(told)
        assert told["servers"][0]["url"] == f"http://127.0.0.1:{port}/api/v1"
        assert anybody.get("", follow_redirects=True).text == page.text


# Changes


def test_a_charter_goes_out_and_comes_back_as_a_new_project(api, store, project):
    told = api.get(f"/projects/{project}/charter")
    tried = api.post("/projects", params={"dry_run": True}, content=told.content, headers={"Content-Type": "application/json"})
    assert (tried.status_code, tried.json()["project"], tried.json()["is_dry_run"]) == (200, "", True)
    made = api.post("/projects", content=told.content, headers={"Content-Type": "application/json"})
    assert made.status_code == 201
    assert store.open(made.json()["project"]).charter == store.open(project).charter
    assert store.portfolio.page(today=store._now().date()).total == 2


def test_a_part_is_replaced_only_by_whoever_saw_it(api, store, project):
    path = f"/projects/{project}/charter/problems"
    told = api.get(path)
    wanted = {**told.json(), "in_scope": "Everything"}
    refused(api.put(path, json=wanted), 428, "If-Match")
    refused(api.put(path, json=wanted, headers={"If-Match": "soon"}), 400, "no ETag")
    bare = told.headers["etag"].strip('"')
    assert api.put(path, json=wanted, params={"dry_run": True}, headers={"If-Match": bare}).status_code == 200
    tried = api.put(path, json=wanted, params={"dry_run": True}, headers={"If-Match": told.headers["etag"]}).json()
    assert (tried["changed"], tried["is_dry_run"], len(tried["told"])) == (1, True, 1)
    assert api.get(path).json() == told.json()
    done = api.put(path, json=wanted, headers={"If-Match": told.headers["etag"]})
    assert (done.status_code, done.json()["changed"]) == (200, 1)
    assert api.get(path).headers["etag"] == done.headers["etag"]
    late = api.put(path, json=told.json(), headers={"If-Match": told.headers["etag"]})
    said = refused(late, 412, "changed since")
    assert said["present"] == wanted
    assert late.headers["etag"] == done.headers["etag"]
    assert store.history(project, limit=1)[0].by == "CI"


def test_a_charter_is_replaced_and_parts_that_are_left_out_stay(api, store, project):
    told = api.get(f"/projects/{project}/charter")
    file = told.json()
    file["charter"] = {"problems": {**file["charter"]["problems"], "in_scope": "All of it"}}
    done = api.put(f"/projects/{project}/charter", json=file, headers={"If-Match": told.headers["etag"]})
    assert (done.status_code, done.json()["changed"]) == (200, 1)
    now = store.open(project).charter
    assert now.problems.in_scope == "All of it"
    assert now.milestones.milestones


def test_edits_are_made_together_or_not_at_all(api, store, project):
    path = f"/projects/{project}/charter/problems"
    before = store.open(project).charter.problems
    fine = {"field": "in_scope", "after": "More"}
    clash = {"field": "out_of_scope", "before": "What nobody ever wrote", "after": "Less"}
    said = refused(api.patch(path, json={"edits": [fine, clash]}), 409, "changed the same")
    assert said["conflicts"] == [{"list": "", "record": "", "field": "out_of_scope", "present": before.out_of_scope}]
    for wrong, words in (
        ({"field": "nothing", "after": 1}, "asks nothing called"),
        ({"list": "nothing", "record": "x", "after": {}}, "no list called"),
        ({"list": "problems", "after": {}}, "named by its list and its record"),
        ({"list": "problems", "record": "x y", "after": {}}, "Problems: id"),
        ({"field": "in_scope", "after": 7}, "In scope"),
        ({"list": "problems", "record": before.problems[0].id, "after": {}}, "already"),
        ({"after": {}}, "neither added nor removed"),
    ):
        refused(api.patch(path, json={"edits": [fine, wrong]}), 422, words)
        refused(api.patch(path, json={"edits": [fine, wrong]}, params={"dry_run": True}), 422, words)
    assert store.open(project).charter.problems == before
    row = {"list": "problems", "record": "new", "after": {}}
    said = {"list": "problems", "record": "new", "field": "unknown", "after": ["statement"]}
    edits = [{"field": "in_scope", "after": "Little"}, fine, row, said]
    tried = api.patch(path, json={"edits": edits}, params={"dry_run": True}).json()
    done = api.patch(path, json={"edits": edits, "note": "From the review"}).json()
    assert tried["told"] == done["told"]
    now = store.open(project).charter.problems
    assert (now.in_scope, now.problems[-1].id) == ("More", "new")
    assert store.history(project, limit=1)[0].note == "From the review"
    gone = api.patch(path, json={"edits": [{"list": "problems", "record": "new", "after": None}]}).json()
    assert gone["changed"] == 1
    assert store.open(project).charter.problems.problems == before.problems


def test_a_file_is_tried_and_taken_and_what_others_changed_since_is_left(api, store, project):
    opened = store.open(project)
    told = json.loads(to_json(opened.charter, revision=1, saved_at=opened.stamp.at, project=project))
    told["charter"]["problems"] |= {"in_scope": "Of the file", "out_of_scope": "Of the file"}
    seen = opened.charter.problems.out_of_scope
    store.save(project, "problems", [Edit("", "", "out_of_scope", seen, "Of Bo")], "Bo")
    given = {
        "content": json.dumps(told).encode(), "headers": {"Content-Type": "application/octet-stream"}, "params": {"name": "c.json"},
    }  # fmt: skip
    path = f"/projects/{project}/import"
    tried = api.post(path, **{**given, "params": {"dry_run": True}}).json()
    assert (tried["kind"], tried["taken"], tried["is_dry_run"]) == ("charter", 1, True)
    assert {c["record"] + c["what"]: c["stands"] for c in tried["changes"]} == {"In scope": "free", "Out of scope": "conflict"}
    assert store.open(project).stamp.number == 2
    done = api.post(path, **given)
    assert (done.json()["taken"], done.json()["revision"]) == (1, 3)
    now = store.open(project).charter.problems
    assert (now.in_scope, now.out_of_scope) == ("Of the file", "Of Bo")
    other = store.create(opened.charter, "Ana")
    refused(api.post(f"/projects/{other}/import", **given), 422, "another project")
    refused(api.post(path, **{**given, "content": b"PK\x03\x04 no workbook"}), 422)


def test_what_the_workbench_writes_itself_is_taken_from_no_program(api, store, project):
    path = f"/projects/{project}/charter/feasibility"
    row = {"list": "measurements", "record": "mine", "after": {"headline": "All cases right"}}
    refused(api.patch(path, json={"edits": [row]}), 422, "written by the workbench itself")
    told = api.get(path)
    wanted = {**told.json(), "measurements": [*told.json()["measurements"], {"id": "mine", "headline": "All cases right"}]}
    refused(api.put(path, json=wanted, headers={"If-Match": "*"}), 422, "written by the workbench itself")


def test_a_request_with_a_key_is_done_once(api, store, project):
    told = api.get(f"/projects/{project}/charter").content
    headers = {"Content-Type": "application/json", "Idempotency-Key": "nightly-7"}
    first = api.post("/projects", content=told, headers=headers)
    again = api.post("/projects", content=told, headers=headers)
    assert first.json() == again.json()
    assert (first.status_code, again.status_code, again.headers["idempotent-replayed"]) == (201, 201, "true")
    assert again.headers["etag"] == first.headers["etag"]
    assert store.portfolio.page(today=store._now().date()).total == 2
    refused(api.post("/projects?dry_run=true", content=told, headers=headers), 409, "another request")
    refused(api.post("/projects", content=b"{}", headers={**headers, "Idempotency-Key": "x" * 201}), 400, "Idempotency-Key")
    refused(api.post("/projects", content=b"{}", headers={**headers, "Idempotency-Key": "wrong"}), 422)
    assert api.post("/projects", content=told, headers={**headers, "Idempotency-Key": "wrong"}).status_code == 201


def test_a_project_is_put_away_and_brought_back(api, store, project):
    assert api.post(f"/projects/{project}/archive").json()["is_archived"] is True
    refused(
        api.patch(f"/projects/{project}/charter/problems", json={"edits": [{"field": "in_scope", "after": "x"}]}), 422, "archived"
    )
    assert api.post(f"/projects/{project}/unarchive").json()["is_archived"] is False


def test_tokens_are_made_listed_and_revoked(api, port, store, project):
    made = api.post(f"/projects/{project}/tokens", json={"label": "Nightly", "scopes": ["read"]})
    assert made.status_code == 201
    with client(port, made.json()["token"]) as nightly:
        assert nightly.get(f"/projects/{project}/charter").status_code == 200
        refused(nightly.get("/projects"), 403, "one project")
        refused(nightly.get(f"/projects/{project}/tokens"), 403, "does not allow")
        known = api.get(f"/projects/{project}/tokens").json()["tokens"]
        assert [(t["label"], t["scopes"], t["id"]) for t in known] == [("Nightly", ["read"], made.json()["known"]["id"])]
        assert known[0]["used_at"] is not None
        assert api.delete(f"/projects/{project}/tokens/{known[0]['id']}").status_code == 204
        refused(nightly.get(f"/projects/{project}/charter"), 401, "worthless")
    refused(api.delete(f"/projects/{project}/tokens/{known[0]['id']}"), 404, "no token")
    assert [t["label"] for t in api.get("/tokens").json()["tokens"]] == ["CI"]
    refused(api.post("/tokens", json={"label": "x", "scopes": ["everything"]}), 400, "scopes")
