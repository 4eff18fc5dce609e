"""Readings over HTTP: a token per project, all or none, the same one kept once, every refusal in the one shape."""

from __future__ import annotations

import contextlib
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pages.parts import addresses
from pages.serving import handling
from pages.serving.v1 import door, readings
from scoping.charter import Charter
from scoping.milestones.status import of_plan
from scoping.reading.metrics import matched
from scoping.reading.values import Given
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Target
from storage.store import CharterStore

TODAY = datetime.now(UTC).date()
SECONDS = 10
TARGET = Target(
    id="wer", milestone="m", family=Family.ML, metric="Words wrong", direction=Direction.AT_MOST, target=12.0, unit="%",
    metric_key="val_wer",
)  # fmt: skip
PLAN = Milestones(
    milestones=(Milestone(id="m", deliverable="Recogniser", start=TODAY - timedelta(days=60), due=TODAY + timedelta(days=60)),),
    targets=(TARGET,),
)


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter().with_part("milestones", PLAN), "Ana")


@pytest.fixture
def token(store: CharterStore, project: str) -> str:
    return store.tokens.make(project, "Training", "Ana")


class Client:
    def __init__(self, port: int, project: str, token: str | None) -> None:
        self.port, self.path = port, f"/{addresses.READINGS_URL.format(project=project)}"
        self.headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self.last: dict[str, str] = {}

    def ask(self, method: str, body: object = None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection.request(method, self.path, data, self.headers)
        answer = connection.getresponse()
        said = answer.read()
        self.last = {k.casefold(): v for k, v in answer.getheaders()}
        connection.close()
        assert b"Traceback" not in said
        return answer.status, json.loads(said) if said else None

    def post(self, body: object) -> tuple[int, Any]:
        return self.ask("POST", body)


@pytest.fixture
def client(port: int, project: str, token: str) -> Client:
    return Client(port, project, token)


def kept(store: CharterStore, project: str) -> list[tuple[Any, ...]]:
    rows = store.open(project).charter.milestones.readings
    return [(r.target, r.value, r.when, r.run, r.author) for r in rows]


def refused(answer: tuple[int, Any], status: int, words: str) -> None:
    got, body = answer
    assert got == body["status"] == status, body
    assert body["ok"] is False
    assert body["error"] == body["errors"][0]
    assert any(words in said for said in body["errors"]), body


def test_a_reading_is_saved_with_its_author_and_the_status_follows(client, store, project):
    status, said = client.post({"metric_key": "val_wer", "value": 11.5, "run": "41", "source": "nightly"})
    assert (status, said["added"], said["kept"]) == (201, 1, 0)
    assert said["targets"][0]["state"] == "done"
    assert kept(store, project) == [("wer", 11.5, TODAY, "41", "Training")]
    assert store.history(project, limit=1)[0].by == "Training"
    assert store.tokens.of(project)[0].used_at is not None
    status, got = client.ask("GET")
    assert (status, got["readings"]) == (200, said["readings"])
    assert got["to_sign"] == {"met": 0, "of": 16}
    assert got["readings"][0]["source"] == "nightly"


def test_the_same_reading_is_kept_once_however_often_it_is_sent(client, store, project):
    body = [{"target": "wer", "value": 14, "when": f"{TODAY}T00:30:00Z", "run": 7}]
    assert client.post(body)[0] == 201
    status, said = client.post(body)
    assert (status, said["added"], said["kept"], len(said["readings"])) == (200, 0, 1, 1)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(client.post, [{"target": "wer", "value": 13, "run": "8"}] * 4))
    assert {status for status, _ in answers} <= {200, 201}
    assert [r[1] for r in kept(store, project)] == [14, 13]


def test_all_or_none_of_a_list_is_saved(client, store, project):
    body = [{"metric_key": "val_wer", "value": 14}, {"metric_key": "val_wer", "value": 140}, {"metric_key": "loss", "value": 1}]
    answer = client.post(body)
    refused(answer, 422, "Reading 2, “Words wrong”: 140\u00a0% is not between 0 and 100 %")
    refused(answer, 422, "No target is called “loss”")
    assert kept(store, project) == []


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, "no JSON"),
        (b"{", 400, "no JSON"),
        (b"[" * 100_000, 400, "no JSON"),
        (b"\xff\xfe", 400, "no JSON"),
        (b'{"metric_key": "val_wer", "value": NaN}', 422, "not a number"),
        (b'{"metric_key": "val_wer", "value": Infinity}', 422, "infinite"),
        (b'{"metric_key": "val_wer", "value": 1e999}', 422, "infinite"),
        (7, 400, "not understood"),
        ([], 422, "0 readings"),
        ([{}], 400, "value"),
        ({"value": 1}, 422, "Reading 1 names no target"),
        ({"metric_key": "val_wer", "value": 1, "extra": 2}, 400, "extra"),
        ({"metric_key": "val_wer", "value": None}, 422, "no number"),
        ({"metric_key": "val_wer", "value": [1]}, 422, "no number"),
        ({"metric_key": "val_wer", "value": 1, "when": str(TODAY + timedelta(days=9))}, 422, "in the future"),
        ({"metric_key": "val_wer", "value": 1, "when": str(TODAY - timedelta(days=61))}, 422, "before the project begins"),
        ({"metric_key": "val_wer", "value": 1, "when": "soon"}, 422, "not a date"),
        ({"metric_key": "val_wer", "value": 1, "when": 1e300}, 422, "no date"),
        ({"metric_key": "x" * 301, "value": 1}, 400, "metric_key"),
        ([{"metric_key": "val_wer", "value": 1}] * 501, 422, "501 readings"),
        (b" " * (handling.LARGEST_BODY + 1), 413, "too large"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(client, store, project, body, status, words):
    refused(client.post(body), status, words)
    assert kept(store, project) == []


def test_only_the_token_of_the_project_opens_it_until_it_is_revoked(client, port, store, project, token):
    for worthless in (None, "nonsense", "wb_" + "x" * 43):
        stranger = Client(port, project, worthless)
        refused(stranger.post({"target": "wer", "value": 1}), 401, "missing or worthless")
        refused(stranger.ask("GET"), 401, "missing or worthless")
        assert stranger.last["www-authenticate"] == "Bearer"
    other = store.create(Charter(), "Ana")
    refused(Client(port, other, token).ask("GET"), 403, "another project")
    refused(Client(port, "nowhere", token).ask("GET"), 403, "another project")
    store.tokens.revoke(project, store.tokens.of(project)[0].digest)
    refused(client.ask("GET"), 401, "worthless")
    assert kept(store, project) == []


def test_an_archived_project_takes_no_readings(client, store, project):
    store.archive(project, "Ana")
    refused(client.post({"target": "wer", "value": 1}), 422, "archived")


def test_too_many_requests_are_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 2)
    assert [client.ask("GET")[0] for _ in range(2)] == [200, 200]
    refused(client.ask("GET"), 429, "too many requests")
    assert 0 < int(client.last["retry-after"]) <= 60


def test_a_project_has_room_for_so_many_readings(client, store, project, monkeypatch):
    monkeypatch.setattr(readings, "IN_ALL", 1)
    assert client.post({"target": "wer", "value": 14})[0] == 201
    assert client.post({"target": "wer", "value": 14})[0] == 200
    refused(client.post({"target": "wer", "value": 13}), 422, "more than 1 reading.")


def test_characters_that_no_text_can_hold_are_refused_in_words(client):
    refused(client.post({"target": "wer", "value": "\ud800"}), 422, "the value is empty")
    refused(client.post({"target": "wer", "value": 14, "when": "soon\ud800"}), 422, "“soon” is not a date")


def test_other_methods_are_refused_and_the_allowed_ones_named(client):
    for method in ("PUT", "PATCH", "DELETE"):
        refused(client.ask(method), 405, "POST")
        assert "POST" in client.last["allow"]
    assert client.ask("OPTIONS") == (204, None)
    assert "POST" in client.last["allow"]


def test_programs_are_told_the_health_of_a_project_and_an_unknown_one_is_refused_in_words(port, store) -> None:
    late = Milestones(milestones=(Milestone(id="m", deliverable="Recogniser", due=TODAY - timedelta(days=3)),))
    project = store.create(Charter().with_part("milestones", late), "Ana")

    def ask(name: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request("GET", f"/api/v1/projects/{name}/health")
        with contextlib.closing(connection), connection.getresponse() as answer:
            return answer.status, json.loads(answer.read())

    status, told = ask(project)
    stands = {"word": "late", "days_late": 3, "reason": store.open(project).health(TODAY).reason, "as_of": TODAY.isoformat()}
    assert (status, told) == (200, {"ok": True, "name": "Untitled project", "health": stands})
    status, told = ask("nobody")
    assert (status, told["ok"], told["status"]) == (404, False, 404)


def test_a_reading_of_today_is_taken_although_the_project_begins_next_week_and_is_still_taken_then(port, store) -> None:
    begin = TODAY + timedelta(days=7)
    plan = Milestones(
        milestones=(Milestone(id="m", deliverable="Recogniser", start=begin, due=begin + timedelta(days=60)),), targets=(TARGET,)
    )
    project = store.create(Charter().with_part("milestones", plan), "Ana")
    client = Client(port, project, store.tokens.make(project, "Training", "Ana"))
    assert client.ask("POST", {"metric_key": "val_wer", "value": 14.0})[0] == 201
    given = store.open(project).charter.milestones
    later = begin + timedelta(days=1)
    (stands,) = of_plan(given, later)
    assert [r.value for r in stands.targets[0].series] == [14.0]
    again = matched(
        [Given(path=("val_wer",), value=14.0, when=TODAY.isoformat(), run="", source="", slice="", place="1")], given, later
    )
    assert (again.problems, len(again.kept)) == ([], 1)
    older = matched(
        [
            Given(
                path=("val_wer",), value=14.0, when=(TODAY - timedelta(days=1)).isoformat(), run="", source="", slice="", place="1"
            )
        ],
        given,
        later,
    )
    assert "before the project begins" in older.problems[0]
