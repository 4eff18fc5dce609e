"""Every way in which a room comes to an end, to its end: in the charter, in the workbook and in the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scoping.export.xlsx import to_xlsx
from scoping.section import clean
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase
from scoping.workshop.record import Record, record
from tests.exports.workbooks import HOSTILE, charter_json, exported, opened
from tests.unit.workshop.test_becoming import BAKERY, room
from tests.workshops import Workshop

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def told(w: Workshop) -> Record:
    return record("First", w.room, w.charter, (), AT)


def workbook(w: Workshop) -> Any:
    found = told(w)
    content = to_xlsx(w.charter, revision=1, saved_at=AT, records={found.title: found.chapters})
    return opened(content)


def cells(sheet: Any) -> set[str]:
    return {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None}


def gathered(question: str, text: str, mark: str = "") -> Workshop:
    w = room(question)
    card = w.write("mei", text, mark)
    w.turn(Phase.GROUPING)
    if w.question.dots:
        w.turn(Phase.VOTING)
        w.vote("lena", card, 2)
        w.turn(Phase.SHOWN)
    w.settle(chosen=[card])
    return w


def estimated(question: str) -> Workshop:
    w = room(question)
    for person, more in {"lena": 0, "mei": 2}.items():
        w.estimate(person, w.targets[0].id, 11 + more, 13 + more, 17 + more)
    w.turn(Phase.SHOWN)
    w.settle()
    return w


def stood(question: str) -> Workshop:
    w = room(question)
    w.stand("lena", w.targets[0].id, 5)
    w.stand("mei", w.targets[0].id, 1, "Nobody measures it")
    w.turn(Phase.SHOWN)
    w.settle()
    return w


def decided(question: str, option: str) -> Workshop:
    w = room(question)
    w.turn(Phase.SHOWN)
    w.settle(chosen=[option], says="It reaches all shops.", who="Ana Ruiz")
    return w


def left(how: How) -> Workshop:
    w = room("worth")
    w.settle(how, says="Finance has the figures.", who="Jonas Weber", by="2026-12-08")
    return w


WAYS = {
    "problems": (lambda: gathered("wish", "Bread is stale."), "Problems", {"Bread is stale."}, {"Bread is stale.", "2"}),
    "people affected": (lambda: gathered("who", "Drivers"), "Problems", {"Drivers"}, {"Drivers", "Mei Tan"}),
    "ideas": (lambda: gathered("ideas", "Bake twice", "process"), "Solutions", {"Bake twice", "Change of process"}, {"Bake twice"}),
    "concerns": (lambda: gathered("worries", "Staff are blamed."), "Ethics", {"Staff are blamed."}, {"Staff are blamed."}),
    "reasons to fail": (lambda: gathered("failed", "Nobody looked."), "Ethics", {"Nobody looked."}, {"Nobody looked."}),
    "watched": (lambda: gathered("failed", "Nobody looked."), "Rollout", {"Nobody looked."}, {"Nobody looked."}),
    "sources": (lambda: gathered("have", "Tills", "owned"), "Data sources", {"Tills", "Owned"}, {"Tills"}),
    "out of scope": (lambda: gathered("outside", "Wholesale"), "Problems", {"Wholesale"}, {"Wholesale"}),
    "rank of goals": (lambda: gathered("wish", "Bread is stale."), "Problems", {"2"}, {"Bread is stale."}),
    "chosen idea": (
        lambda: decided("first", "s2"),
        "Solutions",
        {"Chosen for this charter", "It reaches all shops."},
        {"Ana Ruiz"},
    ),
    "ladder links": (lambda: estimated("links"), "Value", {"12", "14", "18"}, {"12 to 18, most likely 14"}),
    "benefits": (lambda: estimated("worth"), "Value", {"14", "Guess", "Estimate of 2 people, 24 Nov 2026"}, {"13 to 15"}),
    "costs": (lambda: estimated("cost"), "Value", {"14", "Building it"}, {"12 to 18, most likely 14"}),
    "durations": (lambda: estimated("how_long"), "Milestones", {"12", "14", "18"}, {"Three shops, working days"}),
    "amounts": (lambda: estimated("amount"), "Data sources", {"14"}, {"How much is needed"}),
    "ratings": (lambda: estimated("rated"), "Overview", {"12", "14", "18"}, {"12 to 18, most likely 14"}),
    "metric accepted": (lambda: stood("live_with"), "Value", {"Can live with it", "Has a reservation"}, {"Technical", "Business"}),
    "milestone accepted": (
        lambda: stood("plan_live_with"),
        "Milestones",
        {"Business, 24 Nov 2026: Lena Hoff\nTechnical, with a reservation: Mei Tan"},
        {"Mei Tan: Nobody measures it"},
    ),
    "check-in": (lambda: stood("sure"), "Milestones", {"3", "Mei Tan: Nobody measures it"}, {"5", "1"}),
    "gate": (lambda: decided("gate", "go"), "Milestones", {"Go on", "It reaches all shops.", "Ana Ruiz"}, {"Go on"}),
    "verdict": (lambda: decided("can", "doubtful"), "Feasibility", {"Doubtful", "Ana Ruiz"}, {"Doubtful"}),
    "not known yet": (
        lambda: left(How.UNKNOWN),
        "Overview",
        {"What is it worth in a year? Finance has the figures.", "Jonas Weber"},
        {"Not known yet"},
    ),
    "parked": (
        lambda: left(How.PARKED),
        "Overview",
        {"What is it worth in a year? Finance has the figures."},
        {"Parked", "8 Dec 2026"},
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_end_stands_in_the_workbook_and_in_the_record(way: str) -> None:
    make, part, in_charter, in_record = WAYS[way]
    w = make()
    book = workbook(w)
    assert in_charter <= cells(book[part])
    assert in_record <= cells(book["Workshops"])
    markdown = told(w).to_markdown()
    assert all(words.replace("\n", "<br>") in markdown for words in in_record)
    assert w.charter != BAKERY


def test_without_a_workshop_the_workbook_has_no_sheet_of_them() -> None:
    assert "Workshops" not in opened(exported(BAKERY)).sheetnames


def test_words_that_look_like_formulas_stay_words_in_the_sheet() -> None:
    w = room("have")
    for words in filter(str.strip, map(str, map(clean, HOSTILE))):
        w.write("mei", words)
    w.turn(Phase.GROUPING)
    book = workbook(w)
    sheet = book["Workshops"]
    assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]
    assert {"=1+1", "#N/A", "سلام ۱۲۳"} <= cells(sheet)


def test_a_workbook_with_records_is_read_back_as_the_same_charter() -> None:
    w = gathered("wish", "Bread is stale.")
    kept = charter_json(workbook(w))
    assert kept == charter_json(opened(to_xlsx(w.charter, revision=1, saved_at=AT)))
