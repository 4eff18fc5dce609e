"""Workshops over their routes: coming in, moves, what everybody hears, and what is refused."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pages.serving.workshops import coming, halls, room
from scoping.charter import Charter
from scoping.workshop import demo
from storage.store import CharterStore
from tests.live import Line, ask

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    for times in (coming.WRONG, coming.TRIED, room.MOVED):
        times.forget()
    yield
    halls.HALLS.halls.clear()


def device() -> str:
    return secrets.token_urlsafe(18)


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, port: int, workshop: str, at: str = "") -> None:
        self.port, self.workshop, self.device = port, workshop, at or device()

    def __call__(self, *moves: Json) -> Json:
        status, told = ask(self.port, "POST", f"workshops/{self.workshop}/moves", {"moves": list(moves)}, self.device)
        assert status == 200, told
        return told

    def join(self, name: str, **more: str) -> Json:
        return self({"kind": "join", "name": name, **more})

    def look(self, at: str = "") -> Json:
        status, told = ask(self.port, "GET", f"workshops/{self.workshop}{at and '?at=' + at}", device=self.device)
        assert status == 200, told
        return told

    def listen(self, tab: str = "") -> Line:
        return Line(self.port, self.workshop, tab or secrets.token_hex(4), 0, self.device, kind="workshops")


@pytest.fixture
def start(port: int, project: str) -> Callable[..., tuple[Json, Person]]:
    def start(of: str = "", **more: Any) -> tuple[Json, Person]:
        at = device()
        body = {"name": "First look", "leader": {"name": "Ana", "side": "business"}, **more}
        status, made = ask(port, "POST", f"projects/{of or project}/workshops", body, at)
        assert status == 201, made
        return made, Person(port, made["id"], at)

    return start


def until(line: Line, holds: Callable[[Json], Any], seconds: float = 5) -> Json:
    """The first room of a stream for which something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        told = line.next("room", seconds)
        if holds(told):
            return told
    raise AssertionError("it never came")


def test_from_the_code_to_a_card_that_others_see_once_it_is_shown(store: CharterStore, port: int, start: Any) -> None:
    made, ana = start(store.create(Charter(), "Ana"))
    bo = Person(port, made["id"])
    status, found = ask(port, "POST", "join", {"code": f" {made['code'][:3].upper()} {made['code'][3:].upper()}"}, bo.device)
    assert (status, found["workshop"]) == (200, made["id"])
    assert bo.look()["me"] is None
    told = bo.join("Bo", side="technical")
    assert (told["me"]["name"], told["me"]["role"], told["refused"]) == ("Bo", "takes_part", [])
    line = bo.listen()
    assert until(line, lambda room: [p["here"] for p in room["people"]] == [False, True])["status"] == "lobby"
    question = told["room"]["agenda"][0]["questions"][0]["key"]
    ana({"kind": "go", "question": question, "seen": ""})
    bo({"kind": "card", "question": question, "id": "c1", "text": "Too much bread is left"})
    room = until(line, lambda room: room["question"] and room["question"]["count"] == 1)
    assert room["question"]["cards"] is None
    assert "bread" not in str(ana.look())
    assert bo.look()["mine"][question]["cards"][0]["text"] == "Too much bread is left"
    ana({"kind": "turn", "question": question, "phase": "grouping", "seen": "writing"})
    assert until(line, lambda room: room["question"]["cards"])["question"]["cards"][0]["text"] == "Too much bread is left"


def go(leader: Person, question: str) -> Json:
    return leader({"kind": "go", "question": question, "seen": leader.look()["room"]["now"]})


def settle(leader: Person, **body: Any) -> tuple[int, Json]:
    return ask(leader.port, "POST", f"workshops/{leader.workshop}/settle", {"kind": "settle", **body}, leader.device)


@pytest.fixture
def empty(store: CharterStore) -> str:
    return store.create(Charter(), "Ana")


def test_what_the_room_takes_stands_in_the_charter_and_a_second_press_adds_nothing(
    store: CharterStore, empty: str, start: Any
) -> None:
    _, ana = start(empty)
    go(ana, "wish")
    ana({"kind": "card", "question": "wish", "id": "c1", "text": "Too much bread is left"})
    body = {"question": "wish", "how": "taken", "says": "Less bread is thrown away", "chosen": ["c1"]}
    line = ana.listen()
    status, told = settle(ana, **body, revisions=[77])
    assert (status, told["room"]["question"]["phase"]) == (200, "settled")
    opened = store.open(empty)
    assert [p.statement for p in opened.charter.problems.problems if p.statement] != []
    revisions = told["room"]["question"]["outcome"]["revisions"]
    assert revisions
    assert 77 not in revisions
    assert line.next("about")["toSign"]["of"] == 16
    number = told["number"]
    again = settle(ana, **body)[1]
    assert (again["number"], store.open(empty).stamp.number) == (number, opened.stamp.number)
    assert settle(ana, question="wish", how="open")[1]["room"]["question"]["phase"] == "writing"
    assert store.open(empty).stamp.number == opened.stamp.number


def test_only_who_leads_settles_and_nothing_changes_before_that_is_clear(store: CharterStore, empty: str, start: Any) -> None:
    made, ana = start(empty)
    bo = Person(ana.port, made["id"])
    go(ana, "wish")
    body = {"question": "wish", "how": "unknown", "says": "Nobody knows", "who": "Bo"}
    assert settle(bo, **body)[0] == 422
    bo.join("Bo")
    status, told = settle(bo, **body)
    assert (status, told["error"]) == (422, "Only who leads the workshop can do this.")
    assert store.open(empty).stamp.number == 1
    assert bo({"kind": "settle", **body})["refused"][0]["at"] == 0
    assert settle(ana, **body)[0] == 200
    assert [a.owner for a in store.open(empty).charter.project.assumptions] == ["Bo"]
    status, told = settle(ana, **{**body, "who": "B" * 301})
    assert status == 400
    assert settle(ana, **{**body, "question": "nothing"})[0] == 422


def test_a_question_has_its_places_before_it_is_asked(store: CharterStore, empty: str, start: Any) -> None:
    _, ana = start(empty)
    assert ana.look()["targets"] == []
    go(ana, "cost")
    told = ana.look()
    assert [t["title"] for t in told["targets"]] == ["Building it", "Running it"]
    assert told["of"] == "cost"
    line = ana.listen()
    assert line.next("about")["targets"] == told["targets"]
    number = store.open(empty).stamp.number
    go(ana, "")
    go(ana, "cost")
    assert store.open(empty).stamp.number == number
    assert [t["part"] for t in ana.look(at="first_result")["targets"]] == []
    ana({"kind": "prepare", "questions": ["first_result"], "until": "2027-01-01"})
    looked = ana.look(at="first_result")
    assert [t["part"] for t in looked["targets"]] == ["milestones", "milestones"]
    assert looked["question"]["key"] == "first_result"


def test_a_participant_sows_nothing(store: CharterStore, empty: str, start: Any) -> None:
    made, ana = start(empty)
    bo = Person(ana.port, made["id"])
    bo.join("Bo")
    assert bo({"kind": "go", "question": "cost", "seen": ""})["refused"]
    assert store.open(empty).stamp.number == 1


def test_a_code_that_is_guessed_a_thousand_times_has_to_wait(port: int, start: Any) -> None:
    made, _ = start()
    at = device()
    answers = [ask(port, "POST", "join", {"code": "zzzzzz"}, at) for _ in range(coming.WRONG_OF_DEVICE + 1)]
    assert [status for status, _ in answers] == [404] * coming.WRONG_OF_DEVICE + [429]
    assert answers[-1][1]["error"].startswith("Too many codes led nowhere. Wait 10 minutes")
    # Another browser cannot go on for ever either; a right code is none the better.
    statuses = [ask(port, "POST", "join", {"code": "zzzzzz"}, device())[0] for _ in range(coming.WRONG_OF_ADDRESS)]
    assert statuses.count(429) == coming.WRONG_OF_DEVICE
    assert ask(port, "POST", "join", {"code": made["code"]}, device())[0] == 429


def test_forty_come_in_at_once(port: int, start: Any) -> None:
    made, ana = start()

    def come(number: int) -> list[Json]:
        assert ask(port, "POST", "join", {"code": made["code"].upper()}, device())[0] == 200
        return Person(port, made["id"]).join(f"Person {number}")["refused"]

    with ThreadPoolExecutor(40) as pool:
        assert list(pool.map(come, range(40))) == [[]] * 40
    people = ana.look()["room"]["people"]
    assert len({p["id"] for p in people}) == len(people) == 41


def test_words_that_are_too_long_are_refused_and_others_are_kept_as_they_are(start: Any) -> None:
    _, ana = start()
    go(ana, "wish")
    script = "<script>alert(1)</script>"
    card = {"kind": "card", "question": "wish"}
    told = ana({**card, "id": "c1", "text": "x" * 10_000}, {**card, "id": "c2", "text": script}, {"kind": "nonsense"}, 7)
    assert [r["at"] for r in told["refused"]] == [0, 2, 3]
    assert told["refused"][0]["error"] == "This is longer than 2,000 characters. Please shorten it, or write two."
    assert [c["text"] for c in told["mine"]["wish"]["cards"]] == [script]


def test_a_vote_past_the_page_keeps_to_the_limit(start: Any) -> None:
    made, ana = start()
    bo = Person(ana.port, made["id"])
    bo.join("Bo")
    go(ana, "wish")
    for n in range(3):
        bo({"kind": "card", "question": "wish", "id": f"c{n}", "text": f"Wish {n}"})
    for phase, seen in (("grouping", "writing"), ("voting", "grouping")):
        ana({"kind": "turn", "question": "wish", "phase": phase, "seen": seen})
    vote = {"kind": "vote", "question": "wish"}

    def votes(_: int) -> Json:
        return bo({**vote, "target": "c0", "dots": 2}, {**vote, "target": "c1", "dots": 2}, {**vote, "target": "c2", "dots": 2})

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(votes, range(8)))[-1]
    assert sum(bo.look()["mine"]["wish"]["votes"].values()) <= 3
    assert told["refused"]
    assert bo({**vote, "target": "c0", "dots": 3})["refused"][0]["error"] == "At most 2 of your dots can stand on one."


def test_two_who_lead_press_at_once_and_the_room_goes_one_step(start: Any) -> None:
    made, ana = start()
    bo = Person(ana.port, made["id"])
    person = bo.join("Bo")["me"]["id"]
    ana({"kind": "hand_over", "person": person, "role": "leads"})
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda who: who({"kind": "go", "question": "wish", "seen": ""}), (ana, bo)))
    assert [t["refused"] for t in told] == [[], []]
    first = ana({"kind": "go", "question": "who", "seen": "wish"})
    second = bo({"kind": "go", "question": "today", "seen": "wish"})
    assert (first["room"]["now"], second["room"]["now"]) == ("who", "who")


def test_nobody_takes_over_while_the_leader_was_here_a_moment_ago(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made, ana = start()
    bo = Person(ana.port, made["id"])
    bo.join("Bo")
    lines = [ana.listen(), bo.listen()]
    for line in lines:
        until(line, lambda room: all(p["here"] for p in room["people"]))
    monkeypatch.setattr(halls, "LATELY_SECONDS", 0.2)
    monkeypatch.setattr(halls, "LEFT_SECONDS", 0.1)
    time.sleep(0.3)
    assert bo({"kind": "take_over"})["refused"][0]["error"].startswith("Ana leads.")
    lines[0].cut()
    until(lines[1], lambda room: [p["here"] for p in room["people"]] == [False, True])
    time.sleep(0.3)
    told = bo({"kind": "take_over"})
    assert (told["refused"], told["me"]["role"]) == ([], "leads")


def test_ones_other_tabs_hear_of_ones_own_words(start: Any) -> None:
    _, ana = start()
    go(ana, "wish")
    first, second = ana.listen("t1"), ana.listen("t2")
    until(second, lambda room: room["now"] == "wish")
    ana({"kind": "card", "question": "wish", "id": "c1", "text": "Too much bread is left"})
    assert first.next("mine")["wish"]["cards"][0]["id"] == "c1"
    assert second.next("mine")["wish"]["cards"][0]["id"] == "c1"


def test_what_waited_for_five_minutes_is_taken_and_sent_twice_does_no_harm(start: Any) -> None:
    made, ana = start()
    bo = Person(ana.port, made["id"])
    bo.join("Bo")
    go(ana, "wish")
    waited = [{"kind": "card", "question": "wish", "id": f"late{n}", "text": f"Written without a network, {n}"} for n in range(30)]
    waited.append({"kind": "ready", "question": "wish", "phase": "writing"})
    go(ana, "who")
    told = bo(*waited)
    assert told["refused"] == []
    number = told["number"]
    assert bo(*waited)["number"] == number
    assert len(told["mine"]["wish"]["cards"]) == 30


def test_a_phone_finds_the_way_by_the_picture(port: int, start: Any) -> None:
    made, _ = start()
    path = f"workshops/{made['id']}/qr.svg"
    status, picture = ask(port, "GET", path)
    assert status == 200
    assert picture.startswith(b"<svg")
    behind = ask(port, "GET", path, Referer=f"https://127.0.0.1:{port}/workshop", Host=f"127.0.0.1:{port}")[1]
    assert behind != picture
    assert ask(port, "GET", path, Referer="https://evil.example/workshop")[1] == picture
    assert made["link"].startswith("join?link=")
    token = made["link"].partition("=")[2]
    assert ask(port, "POST", "join", {"code": token}, device())[1]["workshop"] == made["id"]


def test_agendas_that_come_along_and_those_that_somebody_kept(port: int, empty: str, start: Any) -> None:
    _, ana = start(empty)
    path = f"projects/{empty}/agendas"
    told = ask(port, "GET", path)[1]["agendas"]
    assert [a["name"] for a in told] == ["90 minutes", "45 minutes", "Several days"]
    minutes = [sum(b["minutes"] for b in a["blocks"]) for a in told]
    assert minutes[0] == 90
    assert minutes[1] <= 47
    assert minutes[2] == 180
    blocks = told[0]["blocks"][:2]
    assert ask(port, "POST", path, {"name": "Ours", "blocks": blocks}, ana.device)[0] == 200
    assert ask(port, "POST", path, {"name": "ours", "blocks": blocks[:1]}, ana.device)[0] == 200
    kept = ask(port, "GET", path)[1]["agendas"][3:]
    assert [(a["name"], a["blocks"]) for a in kept] == [("ours", blocks[:1])]
    twice = {"name": "Twice", "blocks": [blocks[0], {**blocks[0], "key": "again"}]}
    assert ask(port, "POST", path, twice, ana.device)[1]["error"] == "A question stands twice in the agenda."
    assert ask(port, "POST", f"{path}/{kept[0]['id']}/remove", {}, ana.device)[0] == 200
    assert len(ask(port, "GET", path)[1]["agendas"]) == 3


def test_the_next_of_a_series_begins_with_what_the_last_left_open(port: int, empty: str, start: Any) -> None:
    made, ana = start(empty)
    go(ana, "cost")
    settle(ana, question="cost", how="unknown", says="Nobody knows the price", who="Bo", by="2027-02-01")
    go(ana, "acts")
    settle(ana, question="acts", how="parked")
    ana({"kind": "end"})
    next_one, bo = start(empty, follows=made["id"], name="Second look")
    told = bo.look()
    assert told["workshop"]["follows"]["name"] == "First look"
    left = {o["question"]: o for o in told["workshop"]["follows"]["open"]}
    assert (left["cost"]["says"], left["cost"]["who"], left["cost"]["by"]) == ("Nobody knows the price", "Bo", "2027-02-01")
    assert [q["key"] for q in told["room"]["agenda"][0]["questions"]] == ["acts", "cost"]
    keys = [q["key"] for b in told["room"]["agenda"] for q in b["questions"]]
    assert len(keys) == len(set(keys))
    listed = ask(port, "GET", f"projects/{empty}/workshops")[1]
    assert [w["id"] for w in listed["open"]] == [next_one["id"]]
    assert [(w["id"], w["status"], w["left"]) for w in listed["past"]] == [(made["id"], "ended", 2)]
    assert ask(port, "POST", "join", {"code": made["code"]}, device())[0] == 404


def test_a_workshop_or_project_that_is_not_there(port: int, start: Any) -> None:
    assert ask(port, "GET", "workshops/nowhere")[0] == 404
    assert ask(port, "GET", "workshops/nowhere/stream")[0] == 404
    assert ask(port, "POST", "workshops/nowhere/moves", {"moves": []}, device())[0] == 404
    assert ask(port, "POST", "projects/nowhere/workshops", {"leader": {"name": "Ana"}}, device())[0] == 404
    made, _ = start()
    status, told = ask(port, "POST", "projects/nowhere/workshops", {"leader": {"name": ""}}, device())
    assert status == 400
    status, told = ask(port, "POST", f"workshops/{made['id']}/moves", {"moves": [{"kind": "join", "name": "Bo"}]})
    assert told["refused"][0]["error"].startswith("This browser keeps no cookies")


def test_one_person_tries_a_workshop_with_others_who_are_replayed(
    store: CharterStore, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halls, "REPLAY_SECONDS", 0.02)
    at = device()
    status, made = ask(port, "POST", "try", {"name": "Ana"}, at)
    assert status == 201
    ana = Person(port, made["id"], at)
    line = ana.listen()
    people = until(line, lambda room: len(room["people"]) == 4 and all(p["here"] for p in room["people"]))["people"]
    assert [p["name"] for p in people[1:]] == [p.name for p in demo.script().people]
    go(ana, "wish")
    room = until(line, lambda room: room["question"] and sum(p["ready"] for p in room["people"]) == 3)
    assert room["question"]["count"] == 5
    for phase, seen in (("grouping", "writing"), ("voting", "grouping"), ("shown", "voting")):
        ana({"kind": "turn", "question": "wish", "phase": phase, "seen": seen})
        room = until(line, lambda room, to=phase: room["question"]["phase"] == to and sum(p["ready"] for p in room["people"]) == 3)
    assert sum(room["question"]["votes"]["given"].values()) == 6
    best = room["question"]["groups"][0]["id"]
    assert settle(ana, question="wish", how="taken", chosen=[best])[0] == 200
    go(ana, "cost")
    until(line, lambda room: room["now"] == "cost" and sum(p["ready"] for p in room["people"]) == 3)
    ana({"kind": "turn", "question": "cost", "phase": "shown", "seen": "writing"})
    shown = until(line, lambda room: room["question"]["guesses"])["question"]["guesses"]
    assert [len(one["guesses"]) for one in shown] == [3, 3]
    assert store.open(made["project"]).charter.name.startswith("Try-out")
    assert not store.open(made["project"]).is_archived
    ana({"kind": "end"})
    assert store.open(made["project"]).is_archived


def test_nobody_is_replayed_in_a_real_workshop(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halls, "REPLAY_SECONDS", 0.02)
    made, ana = start()
    assert not made["id"].startswith("demo")
    forged = Person(ana.port, made["id"], "replayed-0")
    forged.join("Lena Example")
    line = ana.listen()
    go(ana, "wish")
    time.sleep(0.3)
    assert until(line, lambda room: room["now"] == "wish")["question"]["count"] == 0
    assert ana.look()["room"]["question"]["count"] == 0


def test_a_browser_that_sends_without_end_has_to_wait_and_others_do_not(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOVES_A_MINUTE", 5)
    made, ana = start()
    ana(*({"kind": "clock", "seconds": n} for n in range(5)))
    body = {"moves": [{"kind": "call"}]}
    status, told = ask(ana.port, "POST", f"workshops/{made['id']}/moves", body, ana.device)
    assert status == 429
    assert told["error"] == "This browser sends too much at once. What you wrote is kept here and sent in a moment."
    assert ana.look()["room"]["called"] == 0
    assert Person(ana.port, made["id"]).join("Bo")["refused"] == []
