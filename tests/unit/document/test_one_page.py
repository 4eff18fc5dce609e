"""The charter on one page: what it says, what it asks for, and where it leads."""

from dataclasses import replace

import pytest

from scoping import samples
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.document.one_page import Gap, one_page
from scoping.document.sentences import Look
from scoping.editing import new_record
from scoping.places import Place, Places
from scoping.review import overview
from scoping.section import questions
from scoping.sections.problems import SECTION as PROBLEMS
from scoping.sections.rollout import Pattern, RampStep, Rollout
from scoping.signing.effort import minutes
from scoping.words import in_percent
from tests.exports.one_pages import projects

PROJECTS = dict(projects())


def page(charter):
    return one_page(charter, overview(charter))


def rows(charter):
    told = page(charter)
    return {row.key: row for row in (told.asked, *told.rows)}


def gaps(row):
    return [piece for piece in row.pieces if isinstance(piece, Gap)]


def exists(charter: Charter, at: Place) -> bool:
    section = PART_BY_SLUG[at.part]
    if at.record and at.record not in {row.id for row in getattr(charter.part(at.part), at.list)}:
        return False
    is_asked = not at.field or at.field in {q.name for q in questions(section.model_of(at.list))}
    return is_asked and bool(at.list or at.field)


@pytest.mark.parametrize("title", PROJECTS)
def test_every_gap_leads_to_a_field_or_a_list_that_exists(title):
    charter = PROJECTS[title]
    told = page(charter)
    places = [gap.place for row in (told.asked, *told.rows) for gap in gaps(row)] + [d.place for d in told.decisions]
    assert [at for at in places if not exists(charter, at)] == []


@pytest.mark.parametrize("title", PROJECTS)
def test_what_is_missing_is_told_in_the_words_of_the_conditions(title):
    charter = PROJECTS[title]
    seen = overview(charter)
    told = {f.message for c in seen.conditions for f in c.missing} | {f.message for f in seen.of("project")}
    assert {gap.text.strip() for row in rows(charter).values() for gap in gaps(row)} <= told


def test_an_empty_project_says_in_every_row_what_to_do():
    told = rows(Charter())
    assert all(row.pieces and all(isinstance(piece, Gap) for piece in row.pieces) for row in told.values())
    assert "".join(p.text for p in told["can"].pieces) == "Nothing shows yet that it can work. Write down the first evidence."


def test_a_charter_that_can_be_signed_has_no_gap():
    ready = PROJECTS["A late project"]
    assert not overview(ready).is_draft
    assert [gap for row in rows(ready).values() for gap in gaps(row)] == []


def test_what_is_asked_is_one_sentence_with_the_one_who_decides():
    charter = samples.new_charter("P", "Dana Lee", "EUR")

    def asked(sponsor, decision):
        head = charter.project.model_copy(update={"sponsor": sponsor, "decision_asked": decision})
        return "".join(p.text for p in rows(charter.with_part("project", head))["asked"].pieces)

    assert asked("Henrik Brandt, head of sales", "Release two people") == "We ask Henrik Brandt to release two people."
    assert asked("Henrik Brandt", "€5,000 until May.") == "We ask Henrik Brandt: €5,000 until May."
    assert (
        asked("", "Release two people.")
        == "Release two people. Name the sponsor: who can release money and people, and is asked to sign."
    )


def test_a_number_that_nobody_measured_looks_like_a_guess():
    charter = PROJECTS["A draft after its first hour"]

    def look(**said):
        board = charter.problems.model_copy(update={"problems": (charter.problems.problems[0].model_copy(update=said),)})
        return next(p for p in rows(charter.with_part("problems", board))["problem"].pieces if "14.2" in p.text).look

    assert look() is Look.GUESS
    assert look(measured_how="Tills of one week in May") is Look.MEASURED


def test_the_share_that_sees_it_first_may_stand_in_the_ramp_up_alone():
    steps = (RampStep(id="a"), RampStep(id="b", share=5), RampStep(id="c", share=50))
    rollout = Rollout(pattern=Pattern.CANARY, ramp=steps)
    said = "".join(p.text for p in rows(Charter(rollout=rollout))["plan"].pieces)
    assert f"It goes live with {in_percent(5)} first." in said


def test_of_a_long_text_whole_sentences_are_kept():
    statement = "Too much bread is thrown away. " + "It hurts everybody. " * 30
    problem = new_record(PROBLEMS, "problems", "p", "EUR", statement=statement)
    charter = Charter().with_part("problems", Charter().problems.model_copy(update={"problems": (problem,)}))
    said = rows(charter)["problem"].pieces[0].text
    assert len(said) <= 240
    assert said.endswith("everybody.")


def test_on_paper_a_gap_says_that_it_is_one():
    told = rows(PROJECTS["A draft after its first hour"])
    assert told["idea"].written.endswith("order. Missing: Compare at least two ideas; the first one is rarely the best.")
    assert told["data"].written.startswith("Missing: List at least one data source")


def test_what_did_not_change_is_not_written_anew():
    charter = PROJECTS["A late project"]
    before = overview(charter)
    one_page(charter, before)
    head = charter.project.model_copy(update={"rhythm": "Fridays"})
    after_charter = charter.with_part("project", head)
    after = overview(after_charter, before)
    told = one_page(after_charter, after)
    forms = {name.key: kept for name, kept in after.judged.kept.items() if hasattr(name, "written_in")}
    earlier = {name.key: kept for name, kept in before.judged.kept.items() if hasattr(name, "written_in")}
    assert forms["plan"] is earlier["plan"]
    assert forms["asked"] is not earlier["asked"]
    assert told == one_page(after_charter, overview(after_charter))


def test_a_name_takes_a_minute_and_evidence_takes_longer():
    charter = Charter()
    found = {f.code: minutes(f, Places(charter).of(f)) for f in overview(charter).missing}
    assert found["project.owner"] == 1
    assert found["problems.decision"] == 3
    assert found["feasibility.no_evidence"] == 20
    assert found["problems.none"] == 5


def test_every_kind_of_question_has_its_minutes():
    some = overview(Charter()).missing[0]
    for section in PARTS:
        for name in ("", *section.lists):
            for spec in questions(section.model_of(name)):
                if not spec.machine:
                    assert minutes(replace(some, code="x.y"), Place(section.slug, name, "r" if name else "", spec.name)) >= 1
