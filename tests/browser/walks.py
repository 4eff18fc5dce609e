"""A bakery walks the usual agenda: each question, as people in a room answer it, until nothing is missing to sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from tests.browser.halls import Guest

Seen = Callable[[Guest], None]
"""Looks at a screen as it stands, for whatever a test wants to know of it."""


@dataclass
class Walk:
    """The people of a room, and what they do at each block of the agenda.

    Attributes:
        leader: presses what leads on.
        guests: take part; more may come while the room goes on.
        seen: is called with each screen that is worth a look.
    """

    leader: Guest
    guests: list[Guest]
    seen: Seen = field(default=lambda _: None)

    # --- what they do at any question

    def look(self) -> None:
        """A moment worth a look: at the screen of who leads, and of the first guest."""
        for one in (self.leader, self.guests[0]):
            self.seen(one)

    def asked(self, ask: str) -> None:
        """Everybody is at a question."""
        for one in (self.leader, *self.guests):
            one.at(ask)

    def on(self, label: str) -> None:
        """Who leads presses the filled button, once everybody is ready."""
        if not label.startswith(("Next", "End")):
            for guest in self.guests:
                guest.press("I am ready")
        button = self.leader.onward()
        expect(button).to_contain_text(label)
        expect(self.leader.page.locator(".late")).to_have_count(0)
        button.click()

    def settled(self, how: str) -> None:
        """The answer stands on every screen."""
        for one in (self.leader, *self.guests):
            expect(one.page.locator(".agreedhow")).to_contain_text(how)

    def answered(self) -> None:
        """What was typed together is the answer."""
        self.on("This is our answer")
        self.settled("Answered")

    def both_taken(self) -> None:
        """Two cards are shown, and both taken as they are."""
        self.on("Show all cards")
        self.on("Take all 2")
        self.settled("Taken: 2 thoughts")

    def box(self, guest: Guest, title: str = "") -> Locator:
        """Where questions are answered together; with a title, those of one thing among several."""
        boxes = guest.page.locator(".work .fill")
        return boxes.filter(has=guest.page.get_by_role("heading", name=title)) if title else boxes

    def fill(self, guest: Guest, title: str | Locator = "", **cells: str) -> None:
        """Answer questions of one thing, by their names; choices by their words."""
        box = self.box(guest, title) if isinstance(title, str) else title
        for name, answer in cells.items():
            control = box.locator(f"[data-field={name}] .control").first
            if control.evaluate("el => el.tagName") == "SELECT":
                control.select_option(label=answer)
            else:
                control.fill(answer)
                control.press("Tab")
        guest.person.all_saved()

    # --- the blocks

    def problem(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("What do you wish were working better?")
        marta.write("A fifth of what we bake is unsold at closing.")
        jonas.write("A fifth of the bread is unsold when we close.", "Shelves are empty on Saturday afternoons.")
        expect(marta.page.locator(".others")).to_contain_text("2 thoughts, hidden")
        self.look()
        self.on("Show all cards")
        marta.press("Put them together")
        expect(jonas.page.locator(".rm")).to_contain_text("3 thoughts in 1 group")
        self.look()
        self.on("Go on to the vote")
        for guest in self.guests:
            for _ in range(2):
                guest.page.get_by_role("group", name=re.compile("A fifth")).get_by_role("button", name="One dot more").click()
        self.look()
        self.on("Show the votes")
        expect(jonas.page.locator(".rm")).to_contain_text("2 votes by 1 person")
        self.look()
        self.on("Take “A fifth")
        self.settled("Decided by 2 of 2 votes")
        self.look()
        self.on("Next: who feels it")

    def number(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("Who feels it, and how?")
        jonas.write("People who run the shops", "Customers who come late")
        self.both_taken()
        self.on("Next: which number")
        self.asked("Which number shows it today?")
        self.fill(jonas, baseline_metric="Unsold goods, in % of what was baked", baseline_value="21")
        expect(self.box(marta).locator("[data-field=baseline_value] .control")).to_have_value("21")
        self.look()
        self.answered()
        self.on("Next: where should")
        self.asked("Where should that number be, and by when?")
        marta.guess("10")
        jonas.guess("14 %")
        self.look()
        self.on("Show the numbers")
        expect(marta.page.locator(".apart")).to_contain_text("furthest apart")
        self.look()
        self.on("Take this number")
        self.settled("Agreed, a guess of 2 people")
        self.fill(marta, wanted_on="31 Dec 2027")
        self.on("Next: who would do")
        self.asked("Who would do what differently with a prediction in hand?")
        self.fill(marta, decision_changed="Shops bake by the forecast of the evening before.")
        self.fill(jonas, action="How much of each kind is baked", executed_by="The head of each shop")
        self.answered()
        self.look()
        self.on("Next: how could")

    def ideas(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("How could we get there, with or without machine learning?")
        jonas.kind("Machine learning")
        jonas.write("Forecast the sales of each kind and shop.")
        marta.kind("Change of process")
        marta.write("Bake in two rounds.")
        self.look()
        self.both_taken()
        self.on("Next: which one first")
        self.asked("Which one first?")
        for one in (marta, *self.guests):
            one.page.get_by_role("group", name=re.compile("Forecast")).get_by_role("button", name="One dot more").click()
        self.look()
        self.on("Show the votes")
        marta.page.get_by_label("Because").fill("It reaches every kind and shop.")
        marta.page.get_by_label("Who decides").fill("Marta Vogel")
        self.look()
        self.on("Decide for “Forecast")
        self.settled("Decided by Marta Vogel")
        self.fill(marta, why_learning="A rule by weekday misses weather and holidays.")
        self.on("Next: what does it see")
        self.asked("What does it see, and what does it predict?")
        self.fill(
            jonas,
            input_x="Sales of the last weeks, weather, holidays",
            target_y="Pieces sold tomorrow, by kind and shop",
            data="Structured: tables, records",
            novelty="New project",
        )
        self.look()
        self.answered()
        self.on("Next: what do we know")

    def can_it_work(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("What do we know already, for and against?")
        for guest, text in (
            (jonas, "Sales of last year follow weekday and weather."),
            (marta, "A chain in Graz halved its waste."),
        ):
            guest.kind("For it")
            guest.write(text)
        self.both_taken()
        self.fill(
            marta, "Sales of last year", check="Predictive features", grade="Pilot measurement", source="Trial on 3 shops, May 2026"
        )
        self.fill(
            jonas,
            "A chain in Graz",
            check="External benchmark",
            grade="Precedent: others did it",
            source="Report of the chain, 2025, page 12",
        )
        self.look()
        self.on("Next: how well")
        self.asked("How well do people do it, given the same input?")
        marta.guess("60", "70", "80")
        jonas.guess("50", "60", "70")
        self.look()
        self.on("Show the numbers")
        self.look()
        self.on("Take this range")
        self.settled("a guess of 2 people")
        self.fill(marta, speaks="Both ways")
        self.on("Next: can it work")
        self.asked("Can it work?")
        for one in (marta, *self.guests):
            one.press("My vote for Doubtful")
        self.look()
        self.on("Show the votes")
        marta.page.get_by_label("Because").fill("Others did it; ours is tried in three shops only.")
        marta.page.get_by_label("Who decides").fill("Jonas Reit")
        self.on("Decide for")
        self.settled("Decided by Jonas Reit")
        self.look()
        self.on("Next: which numbers lie")

    def worth_it(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("Which numbers lie between the model and the company?")
        said = (
            (jonas, "Error of the forecast, in %", "The model does", "25", "15"),
            (marta, "Goods unsold, in %", "The business sees", "21", "12"),
        )
        for rows, (guest, metric, level, now, wanted) in enumerate(said, 1):
            guest.press(re.compile("Add the first|Another step"))
            expect(self.box(guest)).to_have_count(rows)
            self.fill(guest, self.box(guest).last, metric=metric, level=level, current=now, target=wanted)
        self.look()
        self.answered()
        self.on("Next: can both")
        self.asked("Can both sides live with these numbers?")
        for one in (marta, *self.guests):
            for number in ("Error of the forecast", "Goods unsold"):
                one.page.get_by_role("radiogroup", name=re.compile(number)).get_by_role("radio", name=re.compile("^4")).click()
        self.look()
        self.on("Show the hands")
        self.look()
        self.on("Both can live with it")
        self.settled("Both can live with it")
        self.look()
        self.on("Next: what is it worth")
        self.asked("What is it worth in a year?")
        numbers = (("300,000", "€600,000", "1.2 million"), ("200000", "400000", "800000"), ("100.000", "300 k", "1,000,000"))
        for guest, said in zip((marta, *self.guests), numbers, strict=False):
            guest.guess(*said)
        self.on("Show the numbers")
        self.on("Take this range")
        self.settled(f"a guess of {1 + len(self.guests)} people")
        self.on("Next: what does it cost")
        self.asked("What does it cost to build and to run?")
        for title in ("Building it", "Running it"):
            jonas.guess("20,000", "40,000", "90,000", title=title)
        self.look()
        self.on("Show the numbers")
        self.look()
        self.on("Take these ranges")
        self.settled("a guess of 1 person")
        self.on("Next: eight quick")

    def right(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("Eight quick questions")
        self.look()
        for number in range(1, 9):
            for one in (marta, jonas):
                expect(one.page.locator(".rm")).to_contain_text(f"Question {number} of 8")
            (jonas if number % 2 else marta).page.get_by_role("radio", name="No", exact=True).click()
        expect(jonas.page.locator(".eightlist li")).to_have_count(8)
        self.answered()
        self.on("Next: what worries you")
        self.asked("What worries you?")
        jonas.page.get_by_label("Without my name").check()
        jonas.write("Shops are blamed when the forecast is wrong.")
        expect(marta.page.locator(".others")).to_contain_text("1 thought, hidden")
        self.look()
        self.on("Show all cards")
        self.on("Take “Shops are blamed")
        self.settled("Taken: 1 thought")
        self.fill(marta, owner="Marta Vogel")
        self.on("Next: what do we have")

    def data(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("What data do we have, and what could we get?")
        for origin, name in (("Owned", "Till receipts of all shops"), ("Public", "Weather by hour")):
            jonas.kind(origin)
            jonas.write(name)
        self.both_taken()
        self.on("Next: how much")
        self.asked("How much is there, and how much do we need?")
        for title, unit in (("Till receipts", "receipts"), ("Weather by hour", "hours")):
            self.fill(marta, marta.page.locator(".work fieldset", has_text=title), unit=unit)
        self.fill(marta, marta.page.locator(".work fieldset", has_text="How much is needed"), wanted_unit="receipts")
        for title, number in (("Till receipts", "4 million"), ("Weather by hour", "20 000"), ("How much is needed", "1 million")):
            jonas.guess(number, title=title)
        self.look()
        self.on("Show the numbers")
        self.on("Take these numbers")
        self.settled("a guess of 1 person")
        self.fill(marta, "Till receipts", cost="0", days="10")
        self.fill(marta, "Weather by hour", cost="500", days="1")
        self.on("Next: what may we use")
        self.asked("What may we use?")
        for title in ("Till receipts", "Weather by hour"):
            self.fill(marta, title, privacy="No personal data", may_use="Yes, ours", rights="Ours; head of IT approves.")
        self.answered()
        self.look()
        self.on("Next: first result")

    def plan(self) -> None:
        marta, jonas = self.leader, self.guests[0]
        self.asked("First result and launch: what, by when, who?")
        first = {"deliverable": "Forecast for three shops", "owner": "Jonas Reit", "start": "1 Feb 2027", "due": "31 Mar 2027"}
        launch = {"deliverable": "All shops bake by it", "owner": "Marta Vogel", "start": "1 Apr 2027", "due": "30 Sep 2027"}
        self.fill(jonas, self.box(jonas).nth(0), **first)
        self.fill(marta, self.box(marta).nth(1), **launch)
        self.look()
        self.answered()
        self.on("Next: by which three")
        self.asked("By which three numbers do we judge it?")
        expect(self.box(marta)).to_have_count(6)
        for n in range(6):
            guest = marta if n % 2 else jonas
            self.fill(guest, self.box(guest).nth(n), metric="Bread left at closing", direction="At most", target="15", unit="%")
        self.look()
        self.answered()
        self.on("Next: when do we stop")
        self.asked("When do we stop, and who says so?")
        self.fill(jonas, kill_criteria="Above 25 % error after eight weeks", decider="Marta Vogel")
        self.answered()
        self.on("Next: who sees it first")
        self.asked("Who sees it first, and who may switch it off?")
        self.fill(jonas, pattern="A small share of users first", start_share="5", rollback_owner="Head of each shop")
        self.answered()
        self.on("Next: it failed")
        self.asked("It is a year later, and it failed. Why?")
        jonas.page.get_by_label("Without my name").check()
        jonas.write("Nobody looked at it on busy mornings.")
        marta.write("Prices changed and nobody told it.")
        self.on("Show all cards")
        self.on("Go on to the vote")
        for guest in self.guests:
            guest.page.get_by_role("group", name=re.compile("Nobody looked")).get_by_role("button", name="One dot more").click()
        self.on("Show the votes")
        self.on("Take “Nobody looked")
        self.settled("Decided by")
        self.fill(marta, metric="Mornings on which it was opened", bound="Alarm below", threshold="80", who_reacts="Marta Vogel")
        self.look()
        self.on("Next: what do we ask")
        self.asked("What do we ask for, and of whom?")
        self.fill(marta, owner="Marta Vogel", sponsor="Ana Ruiz", decision_asked="Release two people until 31 March.")
        self.answered()
