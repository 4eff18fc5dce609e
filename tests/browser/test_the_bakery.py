"""A new product owner scopes a project by doing what each screen says is next: from "New project" to a charter that can be signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from scoping.signing.asked import LEADING
from scoping.signing.conditions import conditions
from tests.browser.hands import Books, Person
from tests.server import Server

CLICKS_AT_MOST = 60
QUESTIONS_AT_MOST = 36
ANSWERS_AT_MOST = 190
"""What a walk may take; one that goes in circles ends here."""

WATCH = """() => {
  const seen = globalThis.seen = { fields: new Set(), grids: 0, clicks: () => Number(sessionStorage.clicks ?? 0) }
  addEventListener('click', (e) => { if (e.isTrusted && e.detail > 0) sessionStorage.clicks = seen.clicks() + 1 }, true)
  const all = (root) => [...root.querySelectorAll('*')].flatMap((el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])])
  const isSeen = (el) => el.getClientRects().length > 0 && el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const look = () => {
    const doc = globalThis.workbench?.current.peek()
    const places = new Map([...(doc?.fields.keys() ?? [])].map((at) => ['q-' + at.replace(/[^a-z0-9]+/gi, '-') + '-label', at]))
    for (const el of all(document)) {
      if (el.matches('.q .label') && isSeen(el.closest('.q'))) {
        const [part, list, , name] = places.get(el.id).split('/')
        seen.fields.add([part, list, name].join('.'))
      }
      if (el.matches('.one .bigq') && isSeen(el)) seen.fields.add('one.' + el.textContent)
      if (el.matches('.start .control') && isSeen(el)) seen.fields.add('start.' + el.id)
      if (el.matches('.tabulator') && isSeen(el)) seen.grids++
    }
  }
  setInterval(look, 120)
}"""
"""Counts in the page what a hand clicks, and keeps which questions were to be seen, be it far down."""

FOCUS = """() => {
  let el = document.activeElement
  while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement
  const doc = globalThis.workbench?.current.peek()
  const places = new Map([...(doc?.fields.keys() ?? [])].map((at) => ['q-' + at.replace(/[^a-z0-9]+/gi, '-'), at]))
  const q = el?.closest('.q'), control = q?.querySelector('.control'), one = el?.closest('.one')
  const says = (at) => doc.field(at).raw
  if (one) return { kind: 'one', at: 'one', ask: one.querySelector('.bigq').textContent }
  if (q && places.has(control?.id)) {
    const at = places.get(control.id), [part, list, record, name] = at.split('/')
    return { kind: el.matches('[role=radio]') ? 'picks' : q.classList[1], at: [part, list, name].join('.'), record, has: says(at), name: doc.title(part, list, record) }
  }
  if (el?.matches('input.add')) return { kind: 'add', at: el.getAttribute('aria-label') }
  if (el?.matches('.onward a')) return { kind: 'onward', at: el.textContent }
  if (el?.matches('.addrow button')) return { kind: 'new', at: el.textContent.trim() }
  return { kind: '', at: `${el?.tagName} ${el?.className} ${el?.textContent?.slice(0, 60)}` }
}"""
"""Where the hands are."""

Answers = Mapping[str, Any]

WISH = "Our bakery shops throw away one loaf in seven at closing time"
BAKERY = {
    "problems.problems.who_is_affected": "Shop managers and the bakers of the night shift",
    "problems.problems.baseline_metric": "Share of baked goods unsold at closing, in %",
    "problems.problems.baseline_value": "14.2",
    "Add a goal": ("Halve what is thrown away",),
    "problems.goals.wanted": "10",
    "problems.goals.wanted_on": "31 Dec 2027",
    "problems..decision_changed": "The shop manager orders for tomorrow what the forecast says, and corrects it.",
    "Add an action": ("Order the goods for the next day",),
    "problems.actions.executed_by": "Shop manager",
    "Add an idea": ("Forecast the sales of each shop and product", "Order the mean of the last four weeks"),
    "solutions.solutions.approach": {"Forecast": "Machine learning", "Order": "Rules or statistics"},
    "solutions.solutions.standing": {"Forecast": "Chosen for this charter", "Order": "Considered"},
    "solutions.solutions.data": "Structured: tables, records",
    "solutions.solutions.novelty": "New project",
    "solutions..why_this_one": "It reacts to weather and holidays, which the mean does not.",
    "solutions..why_learning": "The mean of four weeks misses by a third on holidays and rainy days.",
    "Add a piece of evidence": (
        "On the tills of two shops, weekday and weather explain most of the sales",
        "A chain in Denmark lost a third less with such a forecast",
    ),
    "feasibility.evidence.speaks": "For it",
    "feasibility.evidence.grade": {"On": "Pilot measurement", "A chain": "Precedent: others did it"},
    "feasibility.evidence.check": {"On": "Predictive features", "A chain": "External benchmark"},
    "feasibility.evidence.source": {"On": "Tills of shops 3 and 7", "A chain": "Talk at the bakers' fair"},
    "feasibility.evidence.found_on": "20 Nov 2026",
    "feasibility.evidence.serving": "Yes",
    "feasibility.verdicts.opinion": "Doubtful",
    "feasibility.verdicts.reason": "Two shops are few, but the signal is clear.",
    "Add a step: The model does": "Error of the forecast",
    "Add a step: The software does": "Forecast is there at six",
    "Add a step: People do": "Orders follow the forecast",
    "Add a step: The business sees": "Share unsold",
    "Add a step: The company feels": "Cost of unsold goods",
    "Add a step": None,
    "value.rungs.technical": "Can live with it",
    "value.rungs.business": "Can live with it",
    "Add a benefit": ("Goods not thrown away",),
    "Add a cost": ("Build and run",),
    "value.benefits.low": "100000",
    "value.benefits.likely": "200000",
    "value.benefits.high": "300000",
    "value.benefits.period": "per year",
    "value.benefits.evidence": "Guess",
    "value.costs.low": "60000",
    "value.costs.likely": "90000",
    "value.costs.high": "150000",
    "value.costs.period": "once",
    "value.costs.evidence": "Guess",
    "project..owner": "Marta Vogel",
    "project..sponsor": "Jonas Reit",
    "project..decision_asked": "Release 60,000 for a first result in two shops",
    "Add a source": ("Till records of all shops",),
    "data_sources.sources.amount": "900",
    "data_sources.sources.unit": "days",
    "data_sources.sources.cost": "0",
    "data_sources.sources.days": "5",
    "data_sources.sources.privacy": "No personal data",
    "data_sources.sources.rights": "Ours; the head of sales approves.",
    "data_sources..wanted_amount": "700",
    "data_sources..wanted_unit": "days",
    "data_sources..target_y": "Pieces sold per shop, product and day",
    "Add a milestone": ("Forecast for two shops", "All shops order with it"),
    "milestones.milestones.owner": "Tomasz Lis",
    "milestones.milestones.due": {"Forecast": "31 Mar 2027", "All": "30 Sep 2027"},
    "milestones.milestones.kind": {"Forecast": "Proof of concept", "All": "Launch"},
    "milestones.milestones.kill_criteria": "The error is not below that of the mean.",
    "milestones.milestones.decider": "Marta Vogel",
    "milestones.targets.metric": (
        "Error of the forecast",
        "Forecast there before six",
        "Share unsold",
        "Error of the forecast",
        "Forecast there before six",
        "Share unsold",
    ),
    "milestones.targets.direction": ("At most", "At least", "At most", "At most", "At least", "At most"),
    "milestones.targets.target": ("20", "95", "12", "18", "99", "10"),
    "rollout..pattern": "A small share of users first",
    "rollout..start_share": "5",
    "rollout..rollback_owner": "Shop manager",
    "Add a monitor": ("Shelves are empty before five",),
    "rollout.monitors.metric": "Minutes without bread before closing",
    "rollout.monitors.bound": "Alarm above",
    "rollout.monitors.threshold": "30",
    "rollout.monitors.who_reacts": "Aylin Demir",
    "Add a concern": ("Shop managers fear to be judged by the numbers",),
    "ethics.concerns.outcome": "Open",
    "ethics.concerns.owner": "Aylin Demir",
    "ethics.concerns.reason": "We show the forecast to the shop only.",
}
"""What somebody who knows the bakery would say: to a question, to a line that adds; of several entries one after the other, or by
how their names begin."""


def place(focus: dict[str, Any]) -> tuple[Any, ...]:
    return focus["kind"], focus.get("at"), focus.get("record"), focus.get("ask")


class Walker:
    """Somebody who knows their business and nothing of the workbench: answers what has the focus, and goes on with Enter."""

    def __init__(self, person: Person, answers: Answers) -> None:
        self.person, self.page, self.answers = person, person.page, answers
        self.told: dict[str, int] = {}
        self.trail: list[str] = []

    def next_answer(self, at: str, of: str = "") -> Any:
        """What is answered to a question; by the entry that it is about, or one answer after the other."""
        answer = self.answers[at]
        if isinstance(answer, dict):
            return next(text for begin, text in answer.items() if of.startswith(begin))
        if not isinstance(answer, tuple):
            return answer
        number = self.told[at] = self.told.get(at, -1) + 1
        return answer[number] if number < len(answer) else None

    def focus(self) -> dict[str, Any]:
        return self.page.evaluate(FOCUS)

    def moved_from(self, before: dict[str, Any]) -> dict[str, Any]:
        """Where the focus is, once it is somewhere else; where it stays, what it was on."""
        for _ in range(150):
            now = self.focus()
            if now["kind"] and place(now) != place(before):
                self.page.wait_for_timeout(60)
                if place(self.focus()) == place(now):
                    return now
            self.page.wait_for_timeout(60)
        return self.focus()

    def answer(self, at: dict[str, Any]) -> None:
        """Do what the focus asks for."""
        kind, name, keyboard = at["kind"], at["at"], self.page.keyboard
        match kind:
            case "one":
                keyboard.press(self.answers.get(at["ask"], "N"))
            case "new" | "onward":
                keyboard.press("Enter")
            case "add":
                if text := self.next_answer(name):
                    keyboard.type(text)
                    keyboard.press("Enter")
                    # The line stays, empty, for the next; nothing more to add is said by Enter alone.
                    self.page.wait_for_timeout(150)
                    if place(self.focus()) == place(at) and not self.more_to_add(name):
                        keyboard.press("Enter")
                else:
                    keyboard.press("Enter")
            case "picks" | "choice" | "link":
                if kind == "picks":
                    label = self.next_answer(name, at.get("name", ""))
                    self.picks(name).get_by_role("radio", name=label, exact=True).click()
                else:
                    keyboard.press("Enter")
            case "links":
                self.page.locator(f'.drawer .q[data-field="{name.rsplit(".", 1)[1]}"]').get_by_label(
                    self.next_answer(name, at.get("name", "")), exact=True
                ).click()
                keyboard.press("Enter")
            case _:
                keyboard.type(str(self.next_answer(name, at.get("name", ""))))
                keyboard.press("Control+Enter" if kind == "long" else "Enter")

    def more_to_add(self, name: str) -> bool:
        answer = self.answers[name]
        return isinstance(answer, tuple) and self.told[name] + 1 < len(answer)

    def picks(self, name: str) -> Locator:
        return self.page.locator(f'.q[data-field="{name.rsplit(".", 1)[1]}"] [role=radiogroup]').first

    def walk(self) -> None:
        """Do what the focus asks for until the page of the charter is there."""
        at = self.moved_from({"kind": ""})
        for _ in range(ANSWERS_AT_MOST):
            self.trail.append(str(at.get("at")))
            assert at["kind"], f"nothing has the focus after: {' · '.join(self.trail[-4:])}"
            self.answer(at)
            at = self.focus() if at["kind"] == "add" and self.more_to_add(at["at"]) else self.moved_from(at)
            if "/charter?" in self.page.url:
                return
        raise AssertionError(f"no end after: {' · '.join(self.trail[-8:])}")


def questions(seen: list[str]) -> set[str]:
    """Which questions were in view: those of the way by their key, whichever fields an answer needs; every other field is one."""
    leads = {
        f"{leading.part}.{list_name}.{name}": key
        for key, leading in LEADING.items()
        for fields in (leading.fields, leading.later)
        for list_name, names in fields.items()
        for name in names
    } | {"start.wish": "wish", "start.named": "ask"}
    return {leads.get(field, field) for field in seen}


@pytest.fixture
def visitor(people: Callable[..., Person], shared_server: Server) -> Person:
    return people(shared_server.url)


def test_a_new_product_owner_comes_to_a_charter_that_can_be_signed(books: Books, visitor: Person) -> None:
    page = visitor.page
    page.add_init_script(f"({WATCH})()")
    visitor.open()
    visitor.new_project().click()
    expect(page.get_by_label("What do you wish were working better?")).to_be_focused()
    page.keyboard.type(WISH)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/home\?project="))
    page.get_by_role("link", name="Do the first one").click()
    Walker(visitor, BAKERY).walk()

    charter = books.charter(re.search(r"project=(\w+)", page.url)[1])
    assert not [missing.message for c in conditions(charter) for missing in c.missing]
    expect(visitor.title("charter")).to_be_visible()
    seen = page.evaluate("[...seen.fields]")
    clicks, asked = page.evaluate("seen.clicks()"), questions(seen)
    print(f"{clicks} clicks, {len(asked)} questions, {len(seen)} fields")
    assert clicks <= CLICKS_AT_MOST
    assert len(asked) <= QUESTIONS_AT_MOST, sorted(asked)
    assert not page.evaluate("seen.grids")
