"""The main job: from a business problem to a charter in Excel, all typed in as people do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from scoping.content.screening import SCREENING
from scoping.review import overview as state_of
from tests.browser.grids import Table
from tests.browser.hands import Books, Person
from tests.exports.recalculation import compared, recalculated
from tests.server import Server
from tests.tools import soffice

NAME, WISH = "Better voice search", "One in five spoken searches fails."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


def test_from_a_problem_to_a_charter_in_excel(
    shared_server: Server, books: Books, people: Callable[..., Person], folder: Path
) -> None:
    ana = people(shared_server.url)
    project = ana.start_project(NAME, WISH)
    ana.call_me("Ana")

    ana.go("charter")
    expect(ana.page.get_by_test_id("stMain").get_by_text("Draft").first).to_be_visible()
    missing = ana.page.get_by_text(f"Say who is affected by “{WISH.rstrip('.')}”.")
    expect(missing.first).to_be_visible()

    for fill in (home, problems, solutions, feasibility, value, ethics, data_sources, milestones, rollout):
        ana.go(fill.__name__)
        fill(ana)
        ana.all_saved()

    ana.go("charter")
    state = state_of(books.charter(project))
    assert {1, 8, 11} <= {c.number for c in state.conditions if c.is_met}
    expect(ana.page.get_by_text(f"To sign: {state.met} of 16").first).to_be_visible()
    expect(missing).to_have_count(0)
    paper = ana.page.locator("[data-testid=stMain]")
    for words in (
        "One in five spoken searches fails.",
        "Retrain the recogniser with in-car speech",
        "Fluent speakers transcribe 95 % of clear clips",
        "Query accuracy",
        "Speakers with an accent are served worse.",
        "Crowdsourced reading",
        "Bought from a vendor",
        "Proof of concept in the car",
        "A new phone clips the start of the audio",
    ):
        expect(paper).to_contain_text(words)

    saved = books.charter(project)
    assert "out_of_scope" in saved.problems.unknown
    assert saved.problems.problems[0].cost_of_doing_nothing == 250_000_00
    assert {r.by for r in books.store.history(project)} == {"", "Ana"}

    workbook = ana.download("Excel", folder)
    html = ana.download("Printable page", folder).read_text("utf-8")
    markdown = ana.download("Markdown", folder).read_text("utf-8")
    data = ana.download("Data (JSON)", folder)
    assert html.startswith("<!DOCTYPE html>")
    for text in (html, markdown):
        assert "Crowdsourced reading" in text
        assert "14 days" in text
    check_workbook(workbook, folder)
    assert json.loads(data.read_text("utf-8"))["charter"]["project"]["name"] == NAME

    again = ana.import_charter(data)
    assert again != project
    assert books.charter(again) == saved


def home(ana: Person) -> None:
    ana.turn_to("About the project")
    ana.answer("Decision asked of the sponsor", "Release two engineers and $16,000 until 15 March.")
    ana.answer("Summary in three sentences", "One in five spoken searches fails. A better recogniser would halve that.")


def problems(ana: Person) -> None:
    ana.page.get_by_role("button", name=WISH).click()
    card = ana.drawer()
    ana.answer("Who is affected", "Drivers searching by voice", card)
    ana.answer("How many of them", "40,000", card)
    ana.answer("Measured by", "Searches that fail, in %", card)
    ana.answer("Today it stands at", "21", card)
    ana.answer("Cost of doing nothing", "250,000", card)
    ana.saved("Cost of doing nothing", card)
    ana.close_drawer()
    ana.turn_to("Decisions")
    ana.answer("What would be done differently if we could predict it?", "Show results for the right words.")
    ana.all_saved()
    ana.turn_to("In and out of scope")
    ana.answer("In scope", "English, phones, in the car and at home")
    out = ana.question("Out of scope")
    out.get_by_role("button", name="Don’t know yet").click()
    expect(out.get_by_role("button", name="Not known yet")).to_be_visible()
    ana.saved("Out of scope")
    ana.turn_to("Goals")
    goals = Table(ana, "Goals")
    goals.go(0)
    goals.fill("Fewer failed spoken searches", "1")
    goals.reads(0, 1, "1")
    ana.turn_to("People affected")
    people = Table(ana, "People affected")
    people.go(0)
    people.paste_rows(("Dana Lee, search product", "Business"), ("Ben Ito, speech team", "Technical"))
    people.reads(1, 1, "Technical")


def solutions(ana: Person) -> None:
    card = ana.add("idea", "Retrain the recogniser with in-car speech")
    ana.answer("Which problems it answers", "One in five spoken searches fails.", card)
    ana.answer("Approach", "Machine learning", card)
    ana.answer("Where it stands", "Chosen for this charter", card)
    ana.answer("Kind of data", "Unstructured: images, sound, text", card)
    ana.answer("New or existing", "Existing system to improve", card)
    ana.saved("New or existing", card)
    ana.close_drawer()
    other = ana.add("idea", "A list of street names")
    ana.answer("Approach", "Rules or statistics", other)
    ana.answer("Where it stands", "Rejected", other)
    ana.close_drawer()
    ana.turn_to("Why this one")
    ana.answer("Why the chosen idea and not another", "It reaches most failed searches.")
    ana.answer("Would rules, or doing nothing, be enough?", "Rules fix the 50 commonest names only.")


def feasibility(ana: Person) -> None:
    card = ana.add("piece of evidence", "Fluent speakers transcribe 95 % of clear clips")
    ana.answer("For or against", "For it", card)
    ana.answer("How strong", "Pilot measurement", card)
    ana.answer("Kind of check", "How well people do it", card)
    expect(ana.field("About the idea", card).locator("option:checked")).to_have_text("Retrain the recogniser with in-car speech")
    ana.saved("Kind of check", card)
    ana.close_drawer()
    ana.answer("What performance is asked for", "Words right, in %")
    ana.answer("How much of it", "93")
    ana.answer("Direction", "Higher is better")
    ana.all_saved()
    card = ana.add("verdict")
    ana.answer("About the idea", "Retrain the recogniser with in-car speech", card)
    ana.answer("Verdict", "Feasible", card)
    ana.answer("Because", "People manage 95 %; two vendors report 93 %.", card)
    ana.saved("Because", card)
    ana.close_drawer()
    ana.turn_to("Groups and errors")
    slices = Table(ana, "Groups")
    slices.go(0)
    slices.paste_rows(("Car noise", "89", "93", "4"), ("Clear speech", "94", "95", "96"))
    slices.reads(1, 3, "96")


def value(ana: Person) -> None:
    ladder = Table(ana, "Ladder")
    ladder.go(0)
    ladder.paste_rows(
        ("Word accuracy", "The model does", "1", "%", "89", "93", "Can live with it", "Can live with it"),
        ("Query accuracy", "The company feels", "2", "%", "79", "88", "Can live with it", "Can live with it"),
    )
    ladder.reads(1, 7, "Can live with it")
    ana.answer("The smallest improvement that makes it worthwhile", "Failed searches down from 21 % to 16 %")
    ana.answer("What must not get worse", "Answer time, complaints")
    ana.answer("How the gain will be shown", "A/B test on 5 % of drivers")
    ana.all_saved()
    ana.turn_to("Money")
    benefits = Table(ana, "Benefits")
    benefits.go(0)
    benefits.fill("More completed searches", "100000", "150000.50", "220000")
    benefits.choose("per year")
    benefits.reads(0, 4, "per year")
    costs = Table(ana, "Costs")
    costs.go(0)
    costs.paste_rows(("Engineers", "12000", "16000", "21000", "once"))
    costs.reads(0, 4, "once")


def ethics(ana: Person) -> None:
    for words in SCREENING.values():
        expect(ana.page.get_by_role("heading", name=words.ask)).to_be_visible()
        ana.page.keyboard.press("n")
    expect(ana.page.get_by_role("heading", name="Low risk. Nothing more to ask.")).to_be_visible()
    ana.turn_to("Concerns")
    ana.answer("Does society gain more by it than it loses?", "Yes")
    ana.answer("Where and by whom", "Workshop with support, legal and two drivers")
    ana.all_saved()
    card = ana.add("concern", "Speakers with an accent are served worse.")
    ana.answer("What came of it", "Made smaller by a promise", card)
    ana.answer("Who looks after it", "Ben", card)
    ana.saved("Who looks after it", card)
    ana.close_drawer()


def data_sources(ana: Person) -> None:
    sources = Table(ana, "Data sources")
    sources.go(0)
    sources.fill("Owned queries")
    sources.choose("Owned")
    sources.go(0, 2)
    sources.fill("100", "hours", "0", "0")
    sources.go(1)
    sources.paste_rows(
        ("Crowdsourced reading", "Crowdsourced", "1,000", "hours", "10,000.50", "14"),
        ("Bought from a vendor", "Purchased", "2000.5", "hours", "30000", "30"),
    )
    sources.reads(2, 1, "Purchased")
    sources.reads(2, 5, "30")
    ana.turn_to("What is predicted")
    ana.answer("What exactly does it see", "One spoken query, 1 to 8 seconds")
    ana.answer("What exactly does it predict", "The words as spoken")
    ana.answer("How labellers stay consistent", "Two labellers per clip, differences go to Ben")


def milestones(ana: Person) -> None:
    plan = Table(ana, "Milestones")
    plan.go(0)
    plan.fill("Proof of concept in the car", "Ana", "2027-01-11", "2027-03-15")
    plan.go(1)
    plan.paste_rows(("Works on the test set", "Ben", "2027-03-16", "2027-06-30"))
    plan.reads(1, 3, "30 Jun 2027")
    ana.answer("If unsure: similar projects, or a proof of concept first?", "We start with a six-week proof of concept.")
    ana.all_saved()
    ana.turn_to("Targets")
    targets = Table(ana, "Targets")
    targets.go(0)
    for _ in range(3):
        targets.choose("Proof")
    targets.go(0, 1)
    targets.paste_rows(
        ("ML", "Word accuracy", "At least", "93", "%"),
        ("Software", "p95 latency", "At most", "300", "ms"),
        ("Business", "Query accuracy", "At least", "88", "%"),
    )
    targets.reads(2, 5, "%")


def rollout(ana: Person) -> None:
    ana.answer("Kind of deployment", "Replace an earlier ML system")
    ana.answer("How it goes live", "A small share of users first")
    ana.answer("Automation today", "5 Full automation")
    ana.answer("Automation in the end", "5 Full automation")
    ana.answer("Real time or batch", "Real time")
    ana.answer("Who may roll back", "On-call engineer of search")
    ana.all_saved()
    ana.turn_to("Watching")
    monitors = Table(ana, "Monitoring")
    monitors.go(0)
    monitors.paste_rows(
        (
            "A new phone clips the start of the audio",
            "Input",
            "Average length of the audio",
            "Alarm below",
            "1.5",
            "On-call engineer",
        )
    )
    monitors.reads(0, 5, "On-call engineer")


def check_workbook(path: Path, folder: Path) -> None:
    """What was typed is there as words, real numbers and real dates, and what is calculated from it is right."""
    values = {
        sheet.title: {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for sheet in load_workbook(path, data_only=True)
    }
    assert {"Crowdsourced reading", 1000, 10000.5, 14, 2000.5, 30000} <= values["Data sources"]
    assert {"Proof of concept in the car", date_cell("2027-01-11"), date_cell("2027-03-15")} <= values["Milestones"]
    assert {"Query accuracy", 79, 88, 150000.5} <= values["Value"]
    assert {250000, 40000, 21} <= values["Problems"]
    if program := soffice():
        count, differing = compared(path.read_bytes(), recalculated(program, folder, {"charter": path.read_bytes()})["charter"])
        assert count > 200
        assert not differing


def date_cell(day: str) -> datetime:
    return datetime.fromisoformat(day)
