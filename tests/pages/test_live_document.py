"""The live document over HTTP: read once, then every change as it is made; who is here; nothing is lost on the way."""

from __future__ import annotations

import gc
import gzip
import http.client
import json
import queue
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from pages.serving import document, handling, rooms, watch
from pages.serving.rooms import ROOMS, Rooms
from scoping import samples
from scoping.charter import PARTS
from scoping.document.one_page import one_page
from scoping.merge import Edit, added, moved, removed
from scoping.section import questions
from scoping.sections.problems import Problem
from storage.store import CharterStore
from tests.live import Line, Model, ask
from tests.tools import new_database, until

SAMPLE = samples.samples()[0].charter
FIRST, SECOND, *_ = SAMPLE.problems.problems


def read(port: int, project: str) -> dict[str, Any]:
    status, told = ask(port, "GET", f"projects/{project}/document")
    assert status == 200
    return dict(told)


def affected(by: str) -> Edit:
    return Edit("problems", FIRST.id, "who_is_affected", FIRST.who_is_affected, by)


def change(store: CharterStore, project: str, to: str = "Riders") -> None:
    now = next(p for p in store.open(project).charter.problems.problems if p.id == FIRST.id).who_is_affected
    store.save(project, "problems", [Edit("problems", FIRST.id, "who_is_affected", now, to)], "Bo")


def test_the_document_holds_every_answer_of_the_project(port: int, project: str, store: CharterStore) -> None:
    told = read(port, project)
    assert (told["number"], told["name"], told["archived"]) == (1, SAMPLE.name, False)
    assert told["parts"].keys() == {part.slug for part in PARTS}
    for section in PARTS:
        value = SAMPLE.part(section.slug)
        for name, spec in section.lists.items():
            if name not in told["parts"][section.slug]["lists"]:
                assert spec.machine
                continue
            rows = told["parts"][section.slug]["lists"][name]
            assert [record for record, _ in rows] == [row.id for row in getattr(value, name)]
            for (_, cells), row in zip(rows, getattr(value, name), strict=True):
                entry = row.model_dump(mode="json")
                for q in questions(spec.record):
                    if q.name in cells:
                        cell = cells[q.name]
                        assert (cell[0] if isinstance(cell, list) else cell) == entry[q.name]
                    else:
                        assert q.machine or (entry[q.name] in (None, "", []) and q.name not in entry["unknown"])


def test_whatever_a_link_leads_to_is_known_in_browsers(port: int, project: str) -> None:
    """Else what is linked would seem to be removed. Lists that only pages show do not travel."""
    told = read(port, project)
    parts = ask(port, "GET", f"schema/{told['schema']}")[1]
    specs = [
        spec
        for part in parts.values()
        for fields in (part["own"], *(li["fields"] for li in part["lists"].values()))
        for spec in fields
    ]
    linked = {spec["refers"] for spec in specs if "refers" in spec}
    assert "feasibility.measurements" in linked
    for ref in linked:
        part, _, name = ref.partition(".")
        assert parts[part]["lists"][name]["fields"]
        assert name in told["parts"][part]["lists"]
    assert "reports" not in told["parts"]["data_sources"]["lists"]


def test_what_follows_from_the_answers_agrees_with_what_the_store_knows(port: int, project: str, store: CharterStore) -> None:
    opened = store.open(project)
    told = read(port, project)["derived"]
    assert (told["sign"]["met"], told["sign"]["of"]) == (opened.overview.met, 16)
    today = datetime.now(UTC).date()
    span = [s for s in told["health"] if date.fromisoformat(s[0]) <= today][-1]
    health = opened.health(today)
    assert span[1:4] == [health.word.value, health.word.label, health.reason]
    assert span[4] is None if health.days_late is None else (today - date.fromisoformat(span[4])).days == health.days_late
    for section in PARTS:
        part = told["parts"][section.slug]
        assert part["done"] == opened.overview.is_done(section.slug)
        assert [a[0] for a in part["advice"]] == [f.message for f in opened.overview.of(section.slug)]


def test_everything_missing_to_sign_is_told_at_its_step(port: int, store: CharterStore) -> None:
    empty = store.create(SAMPLE.model_copy(update={"solutions": type(SAMPLE.solutions)()}), "Ana")
    overview = store.open(empty).overview
    parts = read(port, empty)["derived"]["parts"]
    assert {m for part in parts.values() for m, *_ in part["open"]} >= {f.message for f in overview.missing}
    elsewhere = [o for o in parts["feasibility"]["open"] if len(o) == 4]
    assert elsewhere
    assert {o[3] for o in elsewhere} == {"solutions"}
    for slug, part in parts.items():
        assert all(len(o) == 3 or o[3] != slug for o in part["open"])


def test_the_home_is_told_what_is_next_and_what_each_condition_lacks(port: int, store: CharterStore) -> None:
    empty = store.create(SAMPLE.model_copy(update={"solutions": type(SAMPLE.solutions)()}), "Ana")
    opened = store.open(empty)
    told = read(port, empty)["derived"]
    sign, missing = told["sign"], opened.overview.missing
    assert [n[0] for n in sign["next"]] == [f.message for f in missing[: document.NEXT]]
    assert len(sign["next"]) + sign["left"] == len(missing)
    assert [c[2] for c in sign["conditions"]] == [c.sentence for c in opened.overview.conditions]
    assert [len(c[3]) + c[4] for c in sign["conditions"]] == [len(c.missing) for c in opened.overview.conditions]
    assert all(minutes > 0 for *_, minutes in sign["next"])
    page = one_page(opened.charter, opened.overview)
    assert [["".join(p[0] for p in row[2]), row[1]] for row in told["page"]["rows"]] == [
        ["".join(p.text for p in row.pieces), row.title] for row in (page.asked, *page.rows)
    ]


def test_of_thousands_of_findings_the_first_are_told_and_the_rest_is_counted(port: int, project: str, store: CharterStore) -> None:
    before = read(port, project)["derived"]["parts"]["problems"]
    rows = [added("problems", Problem(id=f"p{i}", statement=f"Problem {i}")) for i in range(150)]
    store.save(project, "problems", rows, "Bo")
    part, overview = read(port, project)["derived"]["parts"]["problems"], store.open(project).overview
    told = [len(part["open"]), len(part["advice"])]
    assert max(told) == document.FINDINGS_AT_MOST
    assert part["left"] != before["left"] == [0, 0]
    assert told[1] + part["left"][1] == len(overview.of("problems"))


def test_the_document_travels_packed_and_is_never_kept(port: int, project: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/api/v1/projects/{project}/document", headers={"Accept-Encoding": "gzip"})
    reply = connection.getresponse()
    assert (reply.headers["Content-Encoding"], reply.headers["Cache-Control"]) == ("gzip", "no-store")
    assert json.loads(gzip.decompress(reply.read())) == read(port, project)
    connection.close()


def test_the_words_of_questions_are_kept_for_a_year_under_their_hash(port: int, project: str) -> None:
    name = read(port, project)["schema"]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/api/v1/schema/{name}")
    reply = connection.getresponse()
    words = json.loads(reply.read())
    assert "immutable" in reply.headers["Cache-Control"]
    connection.close()
    assert words["problems"]["lists"]["problems"]["title"]
    assert words["project"]["page"] == "home"
    assert ["value", "money", ["benefits", "costs", "rates", "basis"]] in words["value"]["tabs"]
    assert ask(port, "GET", "schema/0123456789abcdef")[0] == 404


@pytest.mark.parametrize("name", ["gone", "%00", "a.b", "A", "a" * 41, "%C3%A9"])
def test_what_is_no_project_has_no_document_and_no_stream(port: int, name: str) -> None:
    for path in ("document", "stream?tab=t&since=1"):
        status, said = ask(port, "GET", f"projects/{name}/{path}")
        assert status == 404
        assert "does not exist" in said["error"]


# The stream


def test_an_answer_is_told_as_the_cell_it_is_now(port: int, project: str, store: CharterStore) -> None:
    line = Line(port, project, "t", 1)
    assert line.answer.getheader("Content-Type", "").startswith("text/event-stream")
    change(store, project)
    event = line.next()
    assert event["set"] == [["problems", FIRST.id, {"who_is_affected": "Riders"}]]
    assert (event["number"], event["part"], event["by"]) == (2, "problems", "Bo")
    assert abs(event["at"] / 1000 - time.time()) < 60
    line.cut()


def test_a_save_is_heard_at_once_and_not_only_when_it_is_looked_for(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "heads", lambda _: {})
    line = Line(port, project, "t", 1)
    line.next("here")
    took = []
    for to in ("One", "Two", "Three"):
        begin = time.monotonic()
        change(store, project, to)
        line.next()
        took.append(time.monotonic() - begin)
    assert min(took) < watch.POLL_SECONDS
    line.cut()


def test_a_save_of_another_process_is_told_too(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    line = Line(port, project, "t", 1)
    other = CharterStore.at(f"sqlite:///{tmp_path / 'workbench.db'}")
    change(other, project)
    assert line.next()["set"] == [["problems", FIRST.id, {"who_is_affected": "Riders"}]]
    other.close()
    line.cut()


def test_what_was_missed_is_told_first_and_only_once_more(port: int, project: str, store: CharterStore) -> None:
    for to in ("One", "Two", "Three"):
        change(store, project, to)
    line = Line(port, project, "t", 2)
    assert [line.next()["number"] for _ in range(2)] == [3, 4]
    change(store, project, "Four")
    assert line.next()["number"] == 5
    line.cut()


@pytest.mark.parametrize("since", [-1, 99, 10**14])
def test_a_revision_that_never_was_here_means_to_read_the_document_anew(port: int, project: str, since: int) -> None:
    line = Line(port, project, "t", since)
    assert line.next("reload") == 1
    line.cut()


def test_after_too_many_missed_revisions_the_document_is_read_anew(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "REPLAYED_AT_MOST", 2)
    for to in ("One", "Two", "Three"):
        change(store, project, to)
    line = Line(port, project, "t", 1)
    assert line.next("reload") == 4
    change(store, project, "Four")
    assert line.next()["number"] == 5
    line.cut()


def test_all_listeners_get_the_very_same_bytes_and_they_are_made_once(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [Line(port, project, f"t{i}", 1) for i in range(5)]
    for line in lines:
        line.next("here")
    made = []
    changes = document.changes
    monkeypatch.setattr(document, "changes", lambda *given: made.append(given) or changes(*given))
    change(store, project)
    events = [line.next() for line in lines]
    assert all(event == events[0] for event in events)
    assert len(made) == 1
    for line in lines:
        line.cut()


def test_nothing_is_kept_of_a_revision_that_another_one_followed(port: int, project: str, store: CharterStore) -> None:
    opened = store.open(project)
    assert document.derived(opened) is document.derived(opened)
    read(port, project)
    old = weakref.ref(opened)
    del opened
    change(store, project)
    read(port, project)
    gc.collect()
    assert old() is None


def test_only_the_parts_of_which_something_changed_are_derived_anew(port: int, project: str, store: CharterStore) -> None:
    line = Line(port, project, "t", 1)
    change(store, project)
    assert line.next()["derived"].keys() == {"sign", "page", "health", "parts"}
    change(store, project, "Others")
    assert "derived" not in line.next()
    store.save(project, "problems", [removed("problems", SECOND)], "Bo")
    event = line.next()
    assert "problems" in event["derived"]["parts"]
    assert "ethics" not in event["derived"]["parts"]
    line.cut()


def test_a_mark_of_the_unknown_and_a_currency_are_told_as_the_fields_they_touch(
    port: int, project: str, store: CharterStore
) -> None:
    line = Line(port, project, "t", 1)
    store.save(project, "problems", [Edit("problems", FIRST.id, "how_many", FIRST.how_many, None)], "Bo")
    line.next()
    store.save(project, "problems", [Edit("problems", FIRST.id, "unknown", [], ["how_many"])], "Bo")
    assert line.next()["set"] == [["problems", FIRST.id, {"how_many": [None, "?"]}]]
    store.save(project, "problems", [Edit("problems", FIRST.id, "currency", FIRST.currency, "JPY")], "Bo")
    cells = line.next()["set"][0][2]
    assert cells["currency"] == "JPY"
    assert "cost_of_doing_nothing" in cells
    line.cut()


def test_rows_are_told_with_their_places_and_moves_with_the_order(port: int, project: str, store: CharterStore) -> None:
    line = Line(port, project, "t", 1)
    new = Problem(id="new", statement="Later")
    store.save(project, "problems", [added("problems", new)], "Bo")
    event = line.next()
    assert event["rows"] == [["problems", "new", len(SAMPLE.problems.problems), {"statement": "Later", "currency": "USD"}]]
    assert "order" not in event
    store.save(project, "problems", [moved("problems", "new", "", "")], "Bo")
    ids = [p.id for p in SAMPLE.problems.problems]
    assert line.next()["order"] == [["problems", ["new", *ids]]]
    store.save(project, "problems", [removed("problems", FIRST)], "Bo")
    assert line.next()["gone"] == [["problems", FIRST.id]]
    store.undo(project, 4, "Bo")
    event = line.next()
    assert [row[:3] for row in event["rows"]] == [["problems", FIRST.id, 1]]
    assert event["order"] == [["problems", ["new", *ids]]]
    line.cut()


def test_putting_a_project_away_and_back_is_told(port: int, project: str, store: CharterStore) -> None:
    line = Line(port, project, "t", 1)
    store.archive(project, "Bo")
    assert line.next()["archived"] is True
    assert read(port, project)["archived"] is True
    store.unarchive(project, "Bo")
    assert line.next()["archived"] is False
    line.cut()


def test_a_stream_that_is_cut_in_the_middle_goes_on_where_it_stopped(port: int, project: str, store: CharterStore) -> None:
    model = Model()
    model.read(read(port, project))
    for to in ("One", "Two", "Three"):
        line = Line(port, project, model.tab, model.number)
        line.next("here")
        change(store, project, to)
        if to != "Two":
            model.hear(line.next())
        line.cut()
    line = Line(port, project, model.tab, model.number)
    while model.number < 4:
        model.hear(line.next())
    assert model.shown() == {k: v for k, v in read(port, project).items() if k != "schema"}
    line.cut()


def test_events_that_come_twice_change_nothing_and_a_gap_is_noticed(port: int, project: str, store: CharterStore) -> None:
    model = Model()
    model.read(read(port, project))
    line = Line(port, project, model.tab, 1)
    store.save(project, "problems", [removed("problems", FIRST)], "Bo")
    store.undo(project, 2, "Bo")
    store.save(project, "problems", [moved("problems", FIRST.id, "", SECOND.id)], "Bo")
    events = []
    while not events or events[-1]["number"] < 4:
        events.append(line.next())
    model.hear(events[2])
    assert model.must_listen_anew
    for event in [events[0], events[0], *events, events[1], events[0]]:
        model.hear(event)
    assert model.shown() == {k: v for k, v in read(port, project).items() if k != "schema"}
    line.cut()


def test_who_reads_too_slowly_is_cut_off_and_loses_nothing(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "_WAITING_AT_MOST", 3)
    listener = rooms.Listener("", "")
    monkeypatch.undo()
    room = rooms.Room()
    room.listeners["slow"] = listener
    for number in range(5):
        room.tell(b"%d" % number)
    left = [listener.queue.get_nowait() for _ in range(listener.queue.qsize())]
    assert left[0] is None


def test_a_surprise_does_not_end_the_watch(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watch, "REST_SECONDS", 0.1)
    line = Line(port, project, "t", 1)
    line.next("here")
    with monkeypatch.context() as broken:
        broken.setattr(store, "heads", lambda _: 1 / 0)
        assert until(lambda: "surprise" in caplog.text)
    change(store, project)
    assert line.next()["number"] == 2
    line.cut()


def test_rooms_that_nobody_is_in_any_more_are_forgotten(port: int, project: str) -> None:
    line = Line(port, project, "t", 1)
    line.next("here")
    assert project in ROOMS.rooms
    line.cut()
    ROOMS.end()
    assert until(lambda: project not in ROOMS.rooms)


def test_headers_keep_a_proxy_from_gathering_what_should_pass(port: int, project: str) -> None:
    line = Line(port, project, "t", 1)
    headers = line.answer.headers
    assert (headers["X-Accel-Buffering"], headers["Content-Encoding"]) == ("no", "identity")
    assert "no-transform" in headers["Cache-Control"]
    line.cut()


# Who is here


def people(line: Line, wanted: list[dict[str, Any]], seconds: float = 5) -> bool:
    """Whether the people who are told to be here become the wanted ones."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        try:
            told = line.next("here", left)
        except queue.Empty:
            return False
        if sorted(told, key=lambda p: p["tab"]) == wanted:
            return True
    return False


def person(tab: str, name: str, at: str = "", *, typing: bool = False) -> dict[str, Any]:
    return {"tab": tab, "name": name, "at": at, "typing": typing}


def say(port: int, project: str, tab: str, at: str, device: str, *, typing: bool = False) -> int:
    return ask(port, "POST", f"projects/{project}/here", {"tab": tab, "at": at, "typing": typing}, device)[0]


def test_everybody_sees_who_is_here_where_and_whether_they_type(port: int, project: str, store: CharterStore) -> None:
    store.people.rename("browser-of-zoe", "Zoë")
    line = Line(port, project, "a", 1)
    other = Line(port, project, "z", 1, "browser-of-zoe")
    assert people(line, [person("a", ""), person("z", "Zoë")])
    at = f"problems/problems/{FIRST.id}/owner"
    assert say(port, project, "z", at, "browser-of-zoe", typing=True) == 204
    assert people(line, [person("a", ""), person("z", "Zoë", at, typing=True)])
    store.people.rename("browser-of-zoe", "Zoë B.")
    assert people(line, [person("a", ""), person("z", "Zoë B.", at, typing=True)])
    for one in (line, other):
        one.cut()


def test_who_left_is_gone_soon_and_who_comes_back_at_once_never_was(
    port: int, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "LEFT_SECONDS", 0.5)
    line, other = Line(port, project, "a", 1), Line(port, project, "b", 1)
    assert people(line, [person("a", ""), person("b", "")])
    Line(port, project, "b", 1)
    other.cut()
    assert not people(line, [person("a", "")], 1.5)
    ROOMS.rooms[project].listeners["b"].cut_off()
    assert people(line, [person("a", "")])
    line.cut()


def test_who_gives_no_sign_is_gone_though_the_line_still_stands(port: int, project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "GONE_SECONDS", 1.0)
    line, silent = Line(port, project, "a", 1), Line(port, project, "b", 1)
    stop = threading.Event()

    def signs() -> None:
        while not stop.wait(0.2):
            say(port, project, "a", "problems", "")

    thread = threading.Thread(target=signs)
    thread.start()
    try:
        assert people(line, [person("a", "", "problems")])
        say(port, project, "b", "", "")
        assert people(line, [person("a", "", "problems"), person("b", "")])
    finally:
        stop.set()
        thread.join()
    for one in (line, silent):
        one.cut()


def test_nobody_can_give_signs_of_another_browser(port: int, project: str) -> None:
    line = Line(port, project, "a", 1, "one-browser")
    assert people(line, [person("a", "")])
    assert say(port, project, "a", "value", "another-browser") == 204
    assert say(port, project, "nobody", "value", "") == 204
    assert say(port, "gone", "a", "value", "") == 204
    assert not people(line, [person("a", "", "value")], 0.6)
    line.cut()


def test_many_signs_at_once_are_told_together(port: int, project: str) -> None:
    line = Line(port, project, "a", 1)
    line.next("here")
    for i in range(100):
        say(port, project, "a", f"problems/{i}", "")
    assert people(line, [person("a", "", "problems/99")])
    assert line.messages.qsize() < 10
    line.cut()


@pytest.mark.parametrize("body", [b"", b"[]", {"tab": 7}, {"tab": "t", "at": "x" * 201}, {"tab": "t", "more": 1}])
def test_a_sign_that_makes_no_sense_is_refused(port: int, project: str, body: object) -> None:
    status, said = ask(port, "POST", f"projects/{project}/here", body)
    assert (status, said["ok"]) == (400, False)
    assert ask(port, "POST", f"projects/{project}/here", b"x" * 5000)[0] == 413


def test_a_busy_database_does_not_end_a_stream_for_good(
    port: int, project: str, store: CharterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scoping.errors import BusyDatabaseError

    def busy(_: str) -> None:
        raise BusyDatabaseError("The database is busy.", "Try again.")

    with monkeypatch.context() as broken:
        broken.setattr(store, "number", busy)
        status, said = ask(port, "GET", f"projects/{project}/stream?tab=t&since=1")
        assert (status, said["ok"]) == (503, False)
    line = Line(port, project, "t", 1)
    line.next("here")
    line.cut()
    assert handling.READING.borrowed_tokens == 0


# Several servers


class Servers:
    """Two servers of one PostgreSQL database, in two processes' stead: each with rooms of its own."""

    def __init__(self, url: str) -> None:
        self.stores = [CharterStore.at(url) for _ in range(2)]
        self.rooms = [Rooms() for _ in range(2)]

    async def run(self, work: Callable[[Servers], Awaitable[None]]) -> None:
        async with anyio.create_task_group() as tasks:
            for rooms_, store in zip(self.rooms, self.stores, strict=True):
                tasks.start_soon(rooms_.follow, store)
            await anyio.sleep(0.5)
            await work(self)
            tasks.cancel_scope.cancel()

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def servers(postgres_server: str) -> Iterator[Servers]:
    with new_database(postgres_server) as url:
        both = Servers(url)
        yield both
        both.close()


async def _next(listener: rooms.Listener, sign: bytes) -> bytes:
    with anyio.fail_after(10):
        while True:
            message = await listener.queue.get()
            assert message is not None
            if sign in message:
                return message


def test_servers_of_one_database_tell_each_other_of_saves_and_people(servers: Servers) -> None:
    (one, other), (here, there) = servers.stores, servers.rooms
    project = one.create(SAMPLE, "Ana")

    async def work(_: Servers) -> None:
        with here.entered(project, "a", "", "Ana") as (room, listener), there.entered(project, "b", "", "Bo") as (second, distant):
            here.began(room, 1)
            there.began(second, 1)
            await _next(listener, b'"name":"Bo"')
            await _next(distant, b'"name":"Ana"')
            begin = time.monotonic()
            await anyio.to_thread.run_sync(change, other, project)
            assert b"Riders" in await _next(listener, b"id: 2")
            assert time.monotonic() - begin < watch.POLL_WHERE_TOLD_SECONDS / 2
            there.sign(project, "b", "", "value", typing=True)
            assert b'"at":"value","typing":true' in await _next(listener, b'"at":"value"')
        # Whoever comes later learns who is there already, and who left is gone.
        with there.entered(project, "c", "", "Cy") as (_, late), here.entered(project, "d", "", "Di"):
            assert b'"name":"Di"' in await _next(late, b'"name":"Di"')

    anyio.run(servers.run, work)
