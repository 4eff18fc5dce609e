"""A product owner of a bakery chain, from New project to a charter ready to sign, only by what the workbench says is next."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from scoping.review import overview as state_of
from tests.browser.hands import Books, Person
from tests.server import Server

WISH = "Too much bread is left over in our shops every evening."
CLICKS, QUESTIONS, STEPS = 60, 36, 90

ADDED = {
    "Add a goal": ["Half as many unsold goods at closing time"],
    "Add an action": ["Order less before quiet days"],
    "Add an idea": ["Forecast demand per shop and day", "Order what was sold a week ago"],
    "Add a piece of evidence": ["Three years of sales show weekly patterns", "Two other chains report a third less waste"],
    "Add a step: The company feels": ["Unsold goods, in %"],
    "Add a benefit": ["Fewer goods thrown away"],
    "Add a cost": ["Building and running it for a year"],
    "Add a source": ["Till data of 42 shops"],
    "Add a milestone": ["Forecast beats last week's sales in ten shops", "Forecast in all shops"],
    "Add a concern": ["Managers may feel that they are watched"],
    "Add a monitor": ["A shop closes and its sales fall to nothing"],
}
"""What is written into the line of a list."""

ANSWERS = {
    "problems/problems": {"who_is_affected": "Shop managers and bakers", "baseline_value": "14.2"},
    "problems/goals": {"problem": "Too much", "wanted": "7", "wanted_on": "2027-12-31"},
    "problems/": {"decision_changed": "Managers would order less before quiet days."},
    "problems/actions": {"executed_by": "Shop managers"},
    "solutions/solutions": [
        {"problems": " ", "approach": "Machine", "standing": "Chosen", "data": "Structured", "novelty": "New"},
        {"approach": "Rules"},
    ],
    "solutions/": {
        "why_this_one": "It knows weather and holidays, and fits the evening order.",
        "why_learning": "Rules know weekdays, not weather and holidays.",
    },
    "feasibility/evidence": [
        {"speaks": "For", "grade": "Measured", "check": "Predictive", "source": "Till data, analysis by planning"},
        {"speaks": "For", "grade": "Precedent", "check": "External", "source": "Trade press, May 2026"},
    ],
    "value/rungs": {"technical": "Can", "business": "Can"},
    "value/benefits": {"low": "100,000", "high": "300,000", "period": "per year", "evidence": "Guess"},
    "value/costs": {"low": "40,000", "high": "90,000", "period": "per year", "evidence": "Guess"},
    "project/": {
        "owner": "Ana Ruiz, shops",
        "sponsor": "Eva Baum, board",
        "decision_asked": "Release two people and $40,000 until June.",
    },
    "ethics/": {},
    "data_sources/sources": {
        "amount": "1000000", "unit": "sales", "cost": "0", "days": "10", "privacy": "No personal", "rights": "Our own till data.",
    },
    "data_sources/": {"target_y": "Pieces sold per product, shop and day.", "wanted_amount": "500000", "wanted_unit": "sales"},
    "milestones/milestones": [
        {"owner": "Ana Ruiz", "due": "2027-03-31", "kill_criteria": "No better than last week's sales", "decider": "Eva Baum"},
        {"owner": "Ana Ruiz", "due": "2027-09-30", "kind": "Launch"},
    ],
    "rollout/": {"pattern": "Shadow", "rollback_owner": "Planner on call"},
    "rollout/monitors": {"metric": "Sales per day", "threshold": "10", "who_reacts": "Planner on call"},
}  # fmt: skip
"""What is answered where, by part and list: one entry, or one for each row in its order. A choice by how its words begin."""

FOCUSED = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return { tag: at?.tagName ?? "", id: (at?.id || at?.closest?.(".q")?.querySelector("[id^=q-]")?.id || "").replace(/-label$/, ""),
    label: at?.getAttribute("aria-label") || at?.innerText || "", type: at?.type ?? "", value: at?.type === "checkbox" ? (at.checked ? "on" : "") : at?.value ?? "" }
}"""
IN_VIEW = """() => {
  const found = []
  const look = (root) => root.querySelectorAll("*").forEach((el) => {
    if (el.shadowRoot) look(el.shadowRoot)
    if (el.matches(".q") && el.getClientRects().length) found.push(el.querySelector("[id^=q-]")?.id ?? "")
  })
  look(document)
  return [...new Set(found)]
}"""


def test_looks(shared_server: Server, books: Books, people: Callable[..., Person]) -> None:
    ana = people(shared_server.url)
    walk(ana, books)


def walk(ana: Person, books: Books) -> None:
    page, seen = ana.page, []
    clicks = 0

    def click(locator):
        nonlocal clicks
        clicks += 1
        locator.click()

    def focused():
        return page.evaluate(FOCUSED)

    ana.open()
    click(page.get_by_role("button", name=re.compile("(New|Start a) project$")))
    page.get_by_label("What do you wish were working better?").wait_for()
    page.keyboard.type(WISH)
    click(page.get_by_role("button", name="Start", exact=True))
    project = ana._project_opened()
    click(page.get_by_role("link", name="Do the first one"))
    used = {}
    last = None
    for n in range(STEPS):
        for _ in range(80):
            page.wait_for_timeout(100)
            at = focused()
            if (at["id"] or at["label"].startswith("Add ")) and (at["id"], at["label"]) != last:
                break
        seen.append(page.evaluate(IN_VIEW))
        nxt = page.locator(".next p").first.inner_text()
        print(n, clicks, page.locator(".next .meta").last.inner_text(), "|", nxt, "|", at["tag"], at["id"] or at["label"][:60], len(seen[-1]), flush=True)
        last = (at["id"], at["label"])
        if at["label"] in ADDED and at["tag"] == "INPUT":
            k = used.get(at["label"], 0)
            for text in ADDED[at["label"]][k:]:
                page.keyboard.type(text)
                page.keyboard.press("Enter")
            used[at["label"]] = len(ADDED[at["label"]])
        elif at["id"]:
            part, name_list, record, name, table = where(at["id"], books, project)
            for key in list(table)[list(table).index(name):] if name in table else []:
                prefix = at["id"][: -len(name)]
                for _ in range(40):
                    now = focused()
                    if now["id"] == prefix + key.replace("_", "-"):
                        break
                    page.keyboard.press("Tab")
                else:
                    print("   not reached", key)
                    break
                if now["value"] == "" :
                    if now["type"] == "checkbox":
                        page.keyboard.press("Space")
                    else:
                        page.keyboard.type(table[key])
        elif "verdict" in at["label"].lower():
            click(page.get_by_role("button", name="Take this over as the team's verdict"))
        page.keyboard.press("Tab")
        ana.all_saved()
        expect(page.locator(".next p").first).not_to_have_text(nxt, timeout=15000)
        page.wait_for_timeout(700)
        if "sign the charter" in page.locator(".next p").first.inner_text():
            break
        click(page.locator(".next p a").first)
    print("clicks", clicks, "max in view", max(map(len, seen)), "distinct", len({re.sub(r"-[0-9a-f]{10}-", "-", q) for s in seen for q in s}), "sum", sum(map(len, seen)))


def where(element, books, project):
    for key, tables in sorted(ANSWERS.items(), key=lambda one: one[0].endswith("/")):
        part, _, name_list = key.partition("/")
        start = f"q-{part}-{name_list}-".replace("_", "-") if name_list else f"q-{part}-".replace("_", "-")
        if not element.startswith(start):
            continue
        rest = element.removeprefix(start)
        if name_list:
            found = re.match(r"([0-9a-f]{10})-(.+)$", rest)
            if not found:
                continue
            record, name = found[1], found[2].replace("-", "_")
            ids = [r.id for r in getattr(books.part(project, part), name_list)]
            table = tables[ids.index(record)] if isinstance(tables, list) else tables
            return part, name_list, record, name, table
        return part, "", "", rest.replace("-", "_"), tables
    raise AssertionError(element)
