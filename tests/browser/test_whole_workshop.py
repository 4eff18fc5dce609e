"""A bakery chain wants fewer unsold goods: three browsers walk the whole default agenda from a code to a charter that can be signed.

What is typed key by key is tested question by question; here answers are typed through the document that the fields look at.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from scoping.charter import Charter
from scoping.sections.project import Project
from tests.browser.halls import PHONE, Guest
from tests.browser.hands import Books, Person
from tests.server import Server

TYPE = """([part, list, record, cells]) => {
    const doc = workbench.current.value
    for (const [name, text] of Object.entries(cells)) { const field = doc.field(`${part}/${list}/${record}/${name}`); field.begin(); field.type(text); field.flush() }
}"""
ADD = """([part, list, cells]) => workbench.current.value.rows(part, [{list, record: crypto.randomUUID().replaceAll("-", "").slice(0, 10), new: true,
    cells: Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, ["", text]]))}])"""
SAVED = "() => [...workbench.current.value.fields.values()].every((field) => field.draft.value === null)"


class Walk:
    """The room as those who sit in it see and move it."""

    def __init__(self, leader: Guest) -> None:
        self.leader, self.page = leader, leader.page
        self.room = re.search(r"room=(\w+)", leader.page.url)[1]  # type: ignore[index]

    @property
    def told(self) -> dict[str, Any]:
        return dict(self.page.request.get(f"{self.leader.person.url}/api/v1/workshops/{self.room}").json())

    @property
    def places(self) -> list[dict[str, Any]]:
        return [t for t in self.told["targets"] if not t["is_option"]]

    def asked(self) -> tuple[str, str]:
        question = self.told["room"]["question"]
        return (question["key"], question["phase"]) if question else ("", "")

    def on(self, question: str, phase: str) -> None:
        """Who leads goes on, also where somebody is not ready."""
        for _ in range(3):
            self.leader.onward().click()
            until = time.monotonic() + 4
            while time.monotonic() < until and self.asked() != (question, phase):
                if "Go on?" in self.leader.onward().inner_text():
                    break
                self.page.wait_for_timeout(50)
            if self.asked() == (question, phase):
                # The screen of who leads follows before they go on.
                expect(self.page.locator(f".rm[data-at='{question}'][data-phase='{phase}']")).to_be_visible()
                return
        raise AssertionError(f"{self.asked()} instead of {question}, {phase}: {self.page.locator('.rm').inner_text()}")

    def move(self, guest: Guest, *moves: dict[str, Any]) -> None:
        """Moves of somebody else, as their browser sends them."""
        url = f"{guest.person.url}/api/v1/workshops/{self.room}/moves"
        question = self.asked()[0]
        answer = guest.page.request.post(
            url, data={"moves": [{"question": question, **m} for m in moves]}, headers={"x-requested-with": "workbench"}
        ).json()
        assert answer["ok"], answer
        assert not answer["refused"], answer["refused"]

    def type(self, guest: Guest, place: dict[str, Any], **cells: str) -> None:
        assert set(cells) <= set(place["fields"]), f"the room is not asked for {set(cells) - set(place['fields'])}"
        if place["list"] and not place["record"]:
            answer = guest.page.evaluate(ADD, [place["part"], place["list"], cells])
            assert answer["ok"], answer
            assert not answer["refused"], answer
        else:
            guest.page.evaluate(TYPE, [place["part"], place["list"], place["record"], cells])
            guest.page.wait_for_function(SAVED)

    def guess(self, guest: Guest, *numbers: tuple[float | None, float, float | None]) -> None:
        """What somebody thinks of each place, in order."""
        moves = [
            {"kind": "estimate", "target": place["id"], "low": low, "likely": likely, "high": high}
            for place, (low, likely, high) in zip(self.told["targets"], numbers, strict=False)
        ]
        self.move(guest, *moves)

    def decide(self, who: str) -> None:
        self.page.get_by_label("Who decides").fill(who)


def problem(walk: Walk, marta: Guest, jonas: Guest) -> None:
    marta.write("A fifth of what we bake is unsold at closing.")
    jonas.write("Shelves are empty on Saturday afternoons.")
    expect(jonas.own()).to_have_count(1)
    jonas.press("I am ready")
    walk.on("wish", "grouping")
    walk.on("wish", "voting")
    unsold = next(c["id"] for c in walk.told["room"]["question"]["cards"] if "fifth" in c["text"])
    walk.move(marta, {"kind": "vote", "target": unsold, "dots": 2})
    walk.move(jonas, {"kind": "vote", "target": unsold, "dots": 1})
    walk.on("wish", "shown")
    walk.on("wish", "settled")
    expect(jonas.page.locator(".rm")).to_contain_text("A fifth of what we bake is unsold at closing.")
    walk.on("who", "writing")
    jonas.write("People who run the shops", "Customers who come late")
    expect(jonas.own()).to_have_count(2)
    walk.on("who", "grouping")
    walk.on("who", "settled")
    walk.on("today", "writing")
    problem = next(t for t in walk.places if t["title"].startswith("A fifth"))
    walk.type(jonas, problem, baseline_metric="Unsold goods, in % of what was baked", baseline_value="21")
    walk.on("today", "settled")
    walk.on("wanted", "writing")
    walk.guess(marta, (None, 10, None))
    walk.guess(jonas, (None, 14, None))
    walk.on("wanted", "shown")
    walk.on("wanted", "settled")
    walk.type(marta, walk.places[0], wanted_on="31 Dec 2027")
    walk.on("acts", "writing")
    asks, acting = walk.places
    walk.type(marta, asks, decision_changed="Shops bake by the forecast of the evening before.")
    walk.type(marta, acting, action="How much of each kind is baked", executed_by="The head of each shop")
    walk.on("acts", "settled")


def ideas(walk: Walk, marta: Guest, jonas: Guest, aylin: Guest) -> None:
    walk.move(jonas, {"kind": "card", "id": "idea1", "text": "Forecast the sales of each kind and shop.", "mark": "ml"})
    walk.move(aylin, {"kind": "card", "id": "idea2", "text": "Bake in two rounds.", "mark": "process"})
    walk.on("ideas", "grouping")
    walk.on("ideas", "settled")
    walk.on("first", "voting")
    forecast = next(t["id"] for t in walk.told["targets"] if t["is_option"] and t["title"].startswith("Forecast"))
    walk.move(aylin, {"kind": "vote", "target": forecast, "dots": 2})
    walk.on("first", "shown")
    walk.decide("Marta Vogel")
    marta.page.get_by_label("Because").last.fill("It reaches every kind and shop.")
    walk.on("first", "settled")
    why = next(t for t in walk.places if "why_learning" in t["fields"])
    walk.type(marta, why, why_learning="A rule by weekday misses weather and holidays.")
    walk.on("sees", "writing")
    seen = {"input_x": "Sales of the last weeks, weather, holidays", "target_y": "Pieces sold tomorrow", "data": "structured"}
    walk.type(marta, walk.places[0], novelty="new", **seen)
    walk.on("sees", "settled")


def can_it_work(walk: Walk, marta: Guest, jonas: Guest, aylin: Guest) -> None:
    walk.on("known", "writing")
    walk.move(jonas, {"kind": "card", "id": "know1", "text": "Sales of last year follow weekday and weather.", "mark": "for"})
    walk.move(aylin, {"kind": "card", "id": "know2", "text": "A chain in Graz halved what it threw away.", "mark": "for"})
    walk.on("known", "grouping")
    walk.on("known", "settled")
    signal, precedent = walk.places
    walk.type(marta, signal, check="features", grade="pilot", source="Trial on 3 shops, May 2026")
    walk.type(marta, precedent, check="benchmark", grade="precedent", source="Report of the chain, 2025, page 12")
    walk.on("people", "writing")
    walk.guess(jonas, (50, 60, 70))
    walk.guess(aylin, (60, 70, 80))
    walk.on("people", "shown")
    walk.on("people", "settled")
    walk.type(marta, walk.places[0], speaks="mixed")
    walk.on("can", "voting")
    walk.move(jonas, {"kind": "vote", "target": "doubtful", "dots": 1})
    walk.on("can", "shown")
    walk.decide("Jonas Reit")
    marta.page.get_by_label("Because").last.fill("Others did it; ours is tried in three shops only.")
    walk.on("can", "settled")


def worth_it(walk: Walk, marta: Guest, jonas: Guest, aylin: Guest) -> None:
    walk.on("ladder", "writing")
    metrics = ("Error of the forecast, in %", "model", "25", "15"), ("Goods unsold, in %", "business", "21", "12")
    another = next(t for t in walk.places if t["list"] and not t["record"])
    for metric, level, now, wanted in metrics:
        walk.type(jonas, another, metric=metric, level=level, current=now, target=wanted)
    walk.on("ladder", "settled")
    walk.on("live_with", "writing")
    for guest in (marta, jonas, aylin):
        walk.move(guest, *({"kind": "stand", "target": t["id"], "fingers": 4, "reservation": ""} for t in walk.places))
    walk.on("live_with", "shown")
    walk.on("live_with", "settled")
    walk.on("worth", "writing")
    walk.guess(jonas, (200_000, 400_000, 800_000))
    walk.guess(aylin, (300_000, 600_000, 1_200_000))
    walk.on("worth", "shown")
    walk.on("worth", "settled")
    walk.on("cost", "writing")
    walk.guess(jonas, *[(20_000, 40_000, 90_000)] * 4)
    walk.on("cost", "shown")
    walk.on("cost", "settled")


def right(walk: Walk, marta: Guest, jonas: Guest) -> None:
    walk.on("screening", "writing")
    walk.type(marta, walk.places[0], **dict.fromkeys(walk.places[0]["fields"], "no"))
    walk.on("screening", "settled")
    walk.on("worries", "writing")
    jonas.write("Shops are blamed when the forecast is wrong.")
    expect(jonas.own()).to_contain_text("without your name")
    walk.on("worries", "grouping")
    walk.on("worries", "settled")
    walk.type(marta, walk.places[0], owner="Marta Vogel")


def data(walk: Walk, marta: Guest, jonas: Guest, aylin: Guest) -> None:
    walk.on("have", "writing")
    walk.move(jonas, {"kind": "card", "id": "have1", "text": "Till receipts of all shops", "mark": "owned"})
    walk.move(aylin, {"kind": "card", "id": "have2", "text": "Weather by hour", "mark": "public"})
    walk.on("have", "grouping")
    walk.on("have", "settled")
    walk.on("amount", "writing")
    walk.guess(jonas, (None, 4_000_000, None), (None, 20_000, None), (None, 1_000_000, None))
    walk.on("amount", "shown")
    walk.on("amount", "settled")
    receipts, weather, needed = walk.places
    walk.type(marta, receipts, unit="receipts", cost="0", days="10")
    walk.type(marta, weather, unit="hours", cost="500", days="1")
    walk.type(marta, needed, wanted_unit="receipts")
    walk.on("may_use", "writing")
    for place in walk.places:
        walk.type(marta, place, privacy="none", may_use="ours", rights="Ours; head of IT approves.")
    walk.on("may_use", "settled")


def plan(walk: Walk, marta: Guest, jonas: Guest, aylin: Guest) -> None:
    walk.on("first_result", "writing")
    first, launch = walk.places
    walk.type(jonas, first, deliverable="Forecast for three shops", owner="Jonas Reit", start="1 Feb 2027", due="31 Mar 2027")
    walk.type(jonas, launch, deliverable="All shops bake by it", owner="Marta Vogel", start="1 Apr 2027", due="30 Sep 2027")
    walk.on("first_result", "settled")
    walk.on("judged", "writing")
    for place in walk.places:
        walk.type(marta, place, metric="Something counted", direction="at_most", target="15", unit="%")
    walk.on("judged", "settled")
    walk.on("stop", "writing")
    walk.type(marta, walk.places[0], kill_criteria="Above 25 % error after eight weeks", decider="Marta Vogel")
    walk.on("stop", "settled")
    walk.on("sees_first", "writing")
    walk.type(marta, walk.places[0], pattern="canary", start_share="5", rollback_owner="Head of each shop")
    walk.on("sees_first", "settled")
    walk.on("failed", "writing")
    jonas.write("Nobody looked at it on busy mornings.")
    expect(jonas.own()).to_have_count(1)
    walk.on("failed", "grouping")
    walk.on("failed", "voting")
    ignored = walk.told["room"]["question"]["groups"][0]["id"]
    walk.move(aylin, {"kind": "vote", "target": ignored, "dots": 2})
    walk.on("failed", "shown")
    walk.on("failed", "settled")
    opened = "Mornings on which the forecast was opened"
    walk.type(marta, walk.places[0], metric=opened, bound="below", threshold="80", who_reacts="Marta Vogel")
    walk.on("ask", "writing")
    asked = "Release two people until 31 March."
    walk.type(marta, walk.places[0], owner="Marta Vogel", sponsor="Ana Ruiz", decision_asked=asked)
    walk.on("ask", "settled")


def test_from_the_code_to_a_charter_that_can_be_signed(people: Callable[..., Person], shared_server: Server, books: Books) -> None:
    project = books.store.create(Charter(project=Project(name="Fewer unsold goods", currency="EUR")), "Marta")
    marta = Guest(people(shared_server.url), "Marta Vogel")
    marta.start(project)
    jonas = Guest(people(shared_server.url, **PHONE), "Jonas Reit")
    jonas.join(marta.code)
    walk = Walk(marta)
    marta.press("Start")
    for guest in (marta, jonas):
        guest.at("What do you wish were working better?")
    problem(walk, marta, jonas)
    walk.on("ideas", "writing")
    aylin = Guest(people(shared_server.url), "Aylin Demir")
    aylin.page.goto(marta.page.url)
    expect(aylin.page.locator(".entry")).to_contain_text("The room is at question 6 of 26")
    aylin.say_who("Business")
    aylin.at("How could we get there, with or without machine learning?")
    ideas(walk, marta, jonas, aylin)
    can_it_work(walk, marta, jonas, aylin)
    worth_it(walk, marta, jonas, aylin)
    right(walk, marta, jonas)
    data(walk, marta, jonas, aylin)
    plan(walk, marta, jonas, aylin)
    for guest in (marta, aylin):
        expect(guest.page.locator(".ag .sign")).to_contain_text("16 of 16")
    marta.onward().click()
    expect(marta.onward()).to_have_text("End it for all?")
    marta.onward().click()
    expect(jonas.page.locator(".lobby")).to_contain_text("It has ended.")
    assert not books.store.open(project).overview.missing
