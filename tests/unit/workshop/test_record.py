"""The record tells what was shown, by whom where names stand on it, how it ended and what the charter became; hidden words stay hidden."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from scoping.charter import Charter
from scoping.sections.project import Project
from scoping.workshop import moves
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase
from scoping.workshop.record import Changed, dated, record
from tests.workshops import Workshop

MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CHANGES = (
    Changed(2, "Problems", ("Problem “A fifth is unsold”: added",)),
    Changed(3, "Problems", ("Goal “A fifth is unsold”: added", "Problem “A fifth is unsold”: added")),
)


def walked():
    w = Workshop(Charter(project=Project(name="Fewer unsold goods", currency="EUR")))
    w.go("wish")
    unsold = w.write("lena", "A fifth is unsold.")
    same = w.write("mei", "We throw away bread.")
    joke = w.write("omar", "Only a joke")
    w.turn(Phase.GROUPING)
    w.move("lena", moves.Put(question="wish", card=same, group=unsold))
    w.move("lena", moves.Hide(question="wish", card=joke))
    w.turn(Phase.VOTING)
    w.vote("mei", unsold, 2)
    w.turn(Phase.SHOWN)
    w.settle(chosen=[unsold])
    w.go("worth")
    for person, likely in {"lena": 200_000, "mei": 500_000}.items():
        w.estimate(person, w.targets[0].id, 100_000, likely, 900_000)
    w.turn(Phase.SHOWN)
    w.settle(agreed={w.targets[0].id: (150_000, 400_000, 900_000)})
    w.go("may_use")
    w.settle(How.UNKNOWN, says="Legal has to look.", who="Jonas Weber", by="2026-12-08")
    w.go("worries")
    w.write("omar", "Staff are blamed.", secret="0f" * 16)
    return w


def told(w, **more):
    return record("First workshop", w.room, w.charter, CHANGES, MADE, **more)


def chapter(found, title):
    return next(c for c in found.chapters if c.title == title)


def table(found, title):
    return next(b for b in chapter(found, title).blocks if hasattr(b, "headers"))


def test_it_begins_with_a_sentence_that_somebody_can_repeat():
    found = told(walked(), met=(0, 3))
    assert found.title == "Fewer unsold goods: First workshop, 24 Nov 2026"
    assert found.day == date(2026, 11, 24)
    said = r"4 people answered 2 of 26 questions\. To sign: 0 of 16 before, 3 of 16 after\."
    assert re.fullmatch(said, found.sentence)


def test_a_name_that_tells_the_day_tells_it_once():
    assert dated("First workshop", date(2026, 12, 1)) == "First workshop, 1 Dec 2026"
    assert dated("Workshop, 1 Dec 2026, 14:00", date(2026, 12, 1)) == "Workshop, 1 Dec 2026, 14:00"
    assert dated("Workshop, 21 Dec 2026", date(2026, 12, 1)) == "Workshop, 21 Dec 2026, 1 Dec 2026"


def test_groups_stand_with_their_cards_dots_and_names_and_what_was_hidden_is_kept():
    blocks = chapter(told(walked()), "What do you wish were working better?").blocks
    cards, hidden = (b for b in blocks if hasattr(b, "headers"))
    assert cards.headers == ("Group", "Written", "By", "Dots")
    assert cards.rows == (
        ("A fifth is unsold.", "A fifth is unsold.", "Lena Hoff", "2"),
        ("", "We throw away bread.", "Mei Tan", ""),
    )
    assert hidden.rows == (("Only a joke",),)


def test_estimates_tell_their_spread_and_what_was_agreed():
    rows = table(told(walked()), "What is it worth in a year?").rows
    assert rows == (
        (
            "A fifth is unsold, EUR per year",
            "2",
            "200,000 to 500,000",
            "100,000 to 900,000, most likely 350,000",
            "150,000 to 900,000, most likely 400,000",
        ),
    )


def test_what_was_answered_together_stands_there_with_its_labels():
    w = walked()
    w.go("today")
    w.answer(w.targets[0], baseline_metric="Unsold goods, in %", baseline_value="21")
    w.settle()
    ended, answers = chapter(told(w), "Which number shows it today?").blocks
    assert ended.rows == (("How it ended", "Answered"),)
    assert answers.rows == (("Measured by", "Unsold goods, in %"), ("Today it stands at", "21"))


def test_what_was_left_out_and_what_stood_there_before_is_told():
    w = walked()
    w.go("ideas")
    taken, left = w.write("mei", "Bake twice"), w.write("omar", "Sell the ovens")
    w.settle(chosen=[taken], left_out=[left])
    w.go("have")
    w.settle(chosen=["s1"])
    facts = {
        title: dict(chapter(told(w), title).blocks[0].rows)
        for title in ("How could we get there, with or without machine learning?", "What data do we have, and what could we get?")
    }
    ideas, data = facts.values()
    assert (ideas["Taken"], ideas["Not in the charter"]) == ("Bake twice", "Sell the ovens")
    assert data["Taken"] == "What stood in the charter already"


def test_what_nobody_knows_and_what_was_never_asked_is_left_open():
    rows = {row[0]: row[1:] for row in table(told(walked()), "Left open").rows}
    assert rows["What may we use?"] == ("Not known yet", "Legal has to look.", "Jonas Weber", "8 Dec 2026")
    assert rows["Which one first?"] == ("Not asked", "", "", "")
    assert "What do you wish were working better?" not in rows


@pytest.mark.parametrize("kind", ["to_markdown", "to_html"])
def test_words_that_were_not_shown_and_names_of_the_nameless_stand_in_no_file(kind):
    w = walked()
    before = getattr(told(w), kind)()
    assert "Staff are blamed." not in before
    assert "1 answer not shown yet" in before
    w.turn(Phase.GROUPING)
    after = getattr(told(w), kind)()
    assert "Staff are blamed." in after
    assert "Omar Haddad" not in after[after.index("Staff are blamed.") :].split("Left open")[0]


def test_without_names_on_the_cards_the_record_has_none():
    w = walked()
    w.go("wish")
    w.move("lena", moves.Limits(question="wish", dots=3, on_one=2, names=False))
    assert table(told(w), "What do you wish were working better?").headers == ("Group", "Written", "Dots")


def test_changes_stand_by_step_each_once():
    rows = table(told(walked()), "What changed in the charter").rows
    assert rows == (("Problems", "Problem “A fifth is unsold”: added"), ("", "Goal “A fifth is unsold”: added"))


def test_a_workshop_that_nobody_has_begun_has_a_record_of_its_agenda():
    w = Workshop()
    found = told(w)
    assert found.day == MADE.date()
    assert [c.title for c in found.chapters][:3] == ["In short", "Who took part", "Agenda"]


def test_word_has_the_same_text_with_heads_that_repeat_and_runs_from_right_to_left_where_it_should():
    w = walked()
    w.turn(Phase.GROUPING)
    w.write("mei", "قیمت‌ها محرمانه‌اند\nو کهنه")
    book = Document(BytesIO(told(w).to_docx()))
    texts = [p.text for p in book.paragraphs] + [c.text for t in book.tables for row in t.rows for c in row.cells]
    assert {"Fewer unsold goods: First workshop, 24 Nov 2026", "Staff are blamed.", "Left open"} <= set(texts)
    assert "قیمت‌ها محرمانه‌اند\nو کهنه" in texts
    xml = book.element.xml
    assert "<w:tblHeader/>" in xml
    assert "<w:bidi/>" in xml
    assert "<w:rtl/>" in xml
