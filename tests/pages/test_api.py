"""The routes for programs: answers are saved, refusals have one shape and never a traceback, saves are told."""

from __future__ import annotations

import contextlib
import http.client
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from sqlalchemy import event
from starlette.applications import Starlette

from pages import api
from pages.parts import addresses, workshop
from pages.serving import answers, handling
from pages.serving import news as streams
from scoping import samples
from scoping.merge import Edit, removed
from storage.store import CharterStore

SAMPLE = samples.samples()[0].charter
PROBLEM = SAMPLE.problems.problems[0]
OURS = {"Content-Type": "application/json", "X-Requested-With": "workbench", "Cookie": f"{addresses.DEVICE_COOKIE}=this-browser"}
SECONDS = 10


@contextlib.asynccontextmanager
async def _news(_: Starlette):
    import anyio

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(streams.tell_listeners)
        yield
        tasks.cancel_scope.cancel()


@pytest.fixture
def port(new_tab: object) -> Iterator[int]:
    """The routes on a server of their own, with the database of this test."""
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=api.ROUTES, lifespan=_news), port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    streams.end_streams()
    server.should_exit = True
    thread.join(SECONDS)


@pytest.fixture
def store(new_tab: object) -> CharterStore:
    return workshop.store()


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(SAMPLE, "Ana")


def post(port: int, body: object, headers: dict[str, str] = OURS) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.request("POST", f"/{addresses.ANSWERS_URL}", data, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    assert b"Traceback" not in said
    return answer.status, json.loads(said)


def answer(to: str, **given: object) -> dict[str, object]:
    """An answer to who is affected by the first problem of a project."""
    common = {"project": to, "part": "problems", "list": "problems", "record": PROBLEM.id, "field": "who_is_affected"}
    return {**common, "before": PROBLEM.who_is_affected, "raw": "Drivers", **given}


def affected(store: CharterStore, project: str) -> str:
    return store.open(project).charter.problems.problems[0].who_is_affected


def refused(reply: tuple[int, dict[str, Any]], status: int) -> str:
    """The sentence of a refusal, whose shape is the same everywhere."""
    assert reply[0] == status
    said = reply[1]
    assert said.keys() == {"ok", "error", "errors", "status"}
    assert (said["ok"], said["status"], said["errors"]) == (False, status, [said["error"]])
    assert said["error"].endswith(".")
    return said["error"]


def test_an_answer_is_saved_under_the_name_of_the_browser(port: int, project: str, store: CharterStore) -> None:
    store.people.rename("this-browser", "Zoë")
    status, said = post(port, answer(project))
    assert (status, said["ok"], said["status"], said["by"], said["typed"]) == (200, True, "saved", "Zoë", "Drivers")
    assert affected(store, project) == "Drivers"
    assert store.open(project).stamp.by == "Zoë"


def test_the_same_answer_again_changes_nothing(port: int, project: str, store: CharterStore) -> None:
    post(port, answer(project))
    number = store.open(project).stamp.number
    assert post(port, answer(project))[1]["status"] == "same"
    assert store.open(project).stamp.number == number


def test_a_question_mark_says_that_it_is_not_known_yet(port: int, project: str, store: CharterStore) -> None:
    assert post(port, answer(project, raw="?"))[1]["status"] == "saved"
    assert "who_is_affected" in store.open(project).charter.problems.problems[0].unknown


def test_an_answer_of_the_part_itself_needs_no_list(port: int, project: str, store: CharterStore) -> None:
    before = SAMPLE.problems.in_scope
    _, said = post(port, answer(project, list="", record="", field="in_scope", before=before, raw="Less"))
    assert said["status"] == "saved"
    assert store.open(project).charter.problems.in_scope == "Less"


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "XMLHttpRequest"}])
def test_another_site_may_not_save(port: int, project: str, store: CharterStore, headers: dict[str, str]) -> None:
    refused(post(port, answer(project), {"Content-Type": "text/plain", **headers}), 403)
    assert affected(store, project) == PROBLEM.who_is_affected


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"project": "gone"}, 404, "does not exist"),
        ({"project": "\0"}, 404, "does not exist"),
        ({"project": "../charter"}, 404, "does not exist"),
        ({"project": "a" * 41}, 404, "does not exist"),
        ({"part": "nonsense"}, 422, "nonsense"),
        ({"field": "nonsense"}, 422, "nonsense"),
        ({"field": "unknown"}, 422, "unknown"),
        ({"field": "id"}, 422, "id"),
        ({"list": "nonsense"}, 422, "nonsense"),
        ({"field": "how_many", "before": PROBLEM.how_many, "raw": "many"}, 422, "How many"),
        ({"field": "how_many", "before": PROBLEM.how_many, "raw": "-4"}, 422, "How many"),
        ({"raw": "x" * 301}, 422, "Who is affected"),
        ({"raw": ["Drivers"]}, 422, "Who is affected"),
        ({"raw": {"a": 1}}, 422, "Who is affected"),
        ({"more": 1}, 400, "more"),
        ({"project": 7}, 400, "project"),
        ({"field": None}, 400, "field"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    port: int, project: str, store: CharterStore, given: dict[str, object], status: int, words: str
) -> None:
    assert words in refused(post(port, answer(project, **given)), status)
    assert store.open(project).charter == SAMPLE


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[]", b'{"project": ', b"\xff\xfe", b'{"raw": NaN}', b"[" * 100_000])
def test_anything_but_a_json_object_is_refused(port: int, body: bytes) -> None:
    refused(post(port, body), 400)


def test_a_body_that_is_too_large_is_refused(port: int, project: str, store: CharterStore) -> None:
    said = refused(post(port, answer(project, raw="x" * (handling.LARGEST_BODY + 1))), 413)
    assert "too long" in said
    assert store.open(project).charter == SAMPLE


def test_an_archived_project_is_not_changed(port: int, project: str, store: CharterStore) -> None:
    store.archive(project, "Ana")
    assert "archived" in refused(post(port, answer(project)), 422)


@pytest.mark.parametrize("raw", [["a"], {"a": 1}, True, 1e400, None, 12])
def test_any_kind_of_json_is_an_answer_or_a_refusal(port: int, project: str, raw: object) -> None:
    status, said = post(port, answer(project, raw=raw))
    assert status in (200, 400, 422)
    assert said["ok"] == (status == 200)


def test_what_somebody_else_answered_meanwhile_is_shown_and_not_overwritten(port: int, project: str, store: CharterStore) -> None:
    store.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Riders")], "Bo")
    status, said = post(port, answer(project))
    assert (status, said["status"], said["by"], said["value"], said["typed"]) == (200, "conflict", "Bo", "Riders", "Riders")
    assert affected(store, project) == "Riders"
    assert post(port, answer(project, before="Riders"))[1]["status"] == "saved"
    assert affected(store, project) == "Drivers"


def test_a_record_removed_meanwhile_is_told_and_brought_back_on_request(port: int, project: str, store: CharterStore) -> None:
    store.save(project, "problems", [removed("problems", PROBLEM)], "Bo")
    _, said = post(port, answer(project))
    assert (said["status"], said["by"]) == ("removed", "Bo")
    assert PROBLEM.id not in {p.id for p in store.open(project).charter.problems.problems}
    assert post(port, answer(project, revive=True))[1]["status"] == "saved"
    (back,) = (p for p in store.open(project).charter.problems.problems if p.id == PROBLEM.id)
    assert back == PROBLEM.model_copy(update={"who_is_affected": "Drivers"})


def listen(port: int, project: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", f"/{addresses.LIVE_URL.format(project=project)}")
    return connection, connection.getresponse()


def next_news(news: http.client.HTTPResponse) -> object:
    line = b""
    while not line.startswith(b"data:"):
        line = news.readline()
        assert line, "the stream ended"
    return json.loads(line[5:])


def test_a_save_of_another_server_is_told_to_open_pages(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    connection, news = listen(port, project)
    assert news.getheader("Content-Type", "").startswith("text/event-stream")
    assert news.readline().startswith(b"retry")
    assert next_news(news) == {"number": 1, "parts": []}
    time.sleep(3 * streams.POLL_SECONDS)
    other = CharterStore.at(f"sqlite:///{tmp_path / 'workbench.db'}")
    begin = time.monotonic()
    other.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Riders")], "Bo")
    assert next_news(news) == {"number": 2, "parts": ["problems"]}
    assert time.monotonic() - begin < 3
    connection.close()
    other.close()


def test_an_answer_asks_who_is_here_and_what_the_project_is_and_saves_no_more(store: CharterStore, project: str) -> None:
    begun: list[object] = []
    event.listen(store._engine, "begin", begun.append)
    told = answers.save_answer(store, answers.AnswerIn.model_validate(answer(project)), "this-browser")
    assert len(begun) == 3
    assert (told["status"], told["value"], told["number"]) == ("saved", "Drivers", 2)


def change(store: CharterStore, project: str) -> None:
    store.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Riders")], "Bo")


def test_a_save_right_after_the_page_was_opened_is_told(port: int, project: str, store: CharterStore) -> None:
    connection, news = listen(port, project)
    assert next_news(news) == {"number": 1, "parts": []}
    change(store, project)
    assert next_news(news) == {"number": 2, "parts": ["problems"]}
    connection.close()


@pytest.mark.parametrize("project", ["%00", "a.b", "A", "a" * 41, "%C3%A9"])
def test_what_cannot_be_a_project_has_no_news(port: int, project: str) -> None:
    connection, news = listen(port, project)
    assert "does not exist" in refused((news.status, json.loads(news.read())), 404)
    connection.close()


def test_a_surprise_does_not_end_the_news(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(streams, "REST_SECONDS", 0.1)
    connection, news = listen(port, project)
    assert next_news(news) == {"number": 1, "parts": []}
    with monkeypatch.context() as broken:
        broken.setattr(handling, "store", lambda: 1 / 0)
        deadline = time.monotonic() + SECONDS
        while "surprise" not in caplog.text and time.monotonic() < deadline:
            time.sleep(0.01)
    change(store, project)
    assert next_news(news) == {"number": 2, "parts": ["problems"]}
    connection.close()


def test_projects_that_nobody_has_open_any_more_are_forgotten(port: int, project: str) -> None:
    for name in (project, "gone"):
        connection, news = listen(port, name)
        assert news.readline()
        assert name in streams._watched
        # Both hold the line, and it is cut only when both let go.
        news.close()
        connection.close()
    streams.end_streams()
    deadline = time.monotonic() + SECONDS
    while streams._watched and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not streams._watched


def fetch(port: int, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_a_calendar_subscribes_to_a_project_and_hears_that_nothing_changed(port: int, project: str) -> None:
    path = f"/api/v1/projects/{project}/calendar.ics"
    status, headers, content = fetch(port, path)
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert content.count(b"BEGIN:VEVENT") >= len(SAMPLE.milestones.milestones)
    assert fetch(port, path, **{"If-None-Match": headers["ETag"]})[0::2] == (304, b"")


def test_a_calendar_of_a_changed_project_is_sent_anew(port: int, project: str, store: CharterStore) -> None:
    path = f"/api/v1/projects/{project}/calendar.ics"
    tag = fetch(port, path)[1]["ETag"]
    row = SAMPLE.milestones.milestones[0]
    store.save(project, "milestones", [Edit("milestones", row.id, "owner", row.owner, "Zoë")], "Ana")
    status, _, content = fetch(port, path, **{"If-None-Match": tag})
    assert status == 200
    assert "Zoë" in content.decode()


@pytest.mark.parametrize("name", ["gone", "%20", "a%2Fb"])
def test_a_calendar_of_no_project_is_a_sentence(port: int, name: str) -> None:
    status, _, said = fetch(port, f"/api/v1/projects/{name}/calendar.ics")
    assert status == 404
    assert b"Traceback" not in said


def test_one_calendar_has_the_open_milestones_of_all_projects(port: int, store: CharterStore) -> None:
    assert b"BEGIN:VEVENT" not in fetch(port, f"/{addresses.ALL_CALENDARS_URL}")[2]
    projects = [store.create(samples.samples()[i].as_of(datetime.now(UTC).date()), "Ana") for i in (0, 1)]
    found = fetch(port, f"/{addresses.ALL_CALENDARS_URL}")[2].decode().replace("\r\n ", "")
    assert all(f"-{one}@" in found for one in projects)


def test_a_database_that_is_busy_is_worth_another_try(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    store.close()
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 1"))
    with contextlib.closing(sqlite3.connect(tmp_path / "workbench.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request("POST", f"/{addresses.ANSWERS_URL}", json.dumps(answer(project)), OURS)
        reply = connection.getresponse()
        said = json.loads(reply.read())
        connection.close()
    assert "busy" in refused((reply.status, said), 503)
    assert reply.headers["Retry-After"] == "2"
    assert post(port, answer(project))[1]["status"] == "saved"


def test_trouble_that_does_not_pass_is_no_reason_to_try_again(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    (tmp_path / "workbench.db").unlink()
    assert "was deleted" in refused(post(port, answer(project)), 500)
