"""Every finding leads to a place that exists: a list or a question, and a tab of the page that holds it."""

from __future__ import annotations

import pytest

from pages.parts import steps
from scoping import samples
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.places import _CURED_AT, Place, place_of
from scoping.review import overview
from scoping.section import questions
from scoping.signing.conditions import conditions
from tests.tools import ROOT
from tests.unit.test_signing import BREAKS

CHARTERS = {"empty": Charter(), **{s.slug: s.charter for s in samples.samples()}}

ALWAYS_IN_SIGHT = {"clearance"}
"""Topics that stand above the tabs of their page."""


@pytest.mark.parametrize("code", _CURED_AT)
def test_a_place_that_is_named_exists(code):
    section = PART_BY_SLUG[code.split(".")[0]]
    list_name, _, field = _CURED_AT[code].partition(".")
    model = section.lists[list_name].record if list_name else section.model
    assert not field or field in {q.name for q in questions(model)}


@pytest.mark.parametrize("code", _CURED_AT)
def test_a_finding_that_is_named_is_made_somewhere(code):
    text = "\n".join(f.read_text("utf-8") for f in (ROOT / "scoping").rglob("*.py") if f.name != "places.py")
    assert f'"{code}"' in text


@pytest.mark.parametrize("name", CHARTERS)
def test_a_finding_leads_to_a_record_that_is_there(name):
    charter = CHARTERS[name]
    seen = overview(charter)
    for part in PARTS:
        for finding in seen.of(part.slug):
            place = place_of(finding, charter)
            assert place.part == part.slug
            assert place.list or place.field, finding
            if finding.record and finding.field not in part.lists:
                assert place.record == finding.record, finding


@pytest.mark.parametrize(("number", "code", "charter"), BREAKS, ids=[code for _, code, _ in BREAKS])
def test_what_a_condition_lacks_leads_to_the_place_that_it_names(number, code, charter):
    lacking = next(c for c in conditions(charter) if c.number == number).missing
    assert code in {f.code for f in lacking}
    for finding in lacking:
        section, place = PART_BY_SLUG[finding.part], place_of(finding, charter)
        if finding.field in section.lists:
            assert place == Place(section.slug, finding.field)
        else:
            assert (place.record, place.field) == (finding.record, finding.field)
            assert bool(place.list) == bool(finding.record)


def test_a_milestone_without_a_target_leads_to_the_targets():
    charter = next(c for _, code, c in BREAKS if code == "milestones.no_target")
    found = [f for f in overview(charter).of("milestones") if f.code == "milestones.no_target"]
    assert all(f.record for f in found)
    assert {place_of(f, charter) for f in found} == {Place("milestones", "targets")}


@pytest.mark.parametrize("part", [p for p in PARTS if p.slug in steps.TABS], ids=lambda p: p.slug)
def test_every_list_and_topic_stands_in_one_tab(part):
    names = [name for tab in steps.TABS[part.slug].values() for name in tab.holds]
    # A list and a topic of one name stand together.
    topics = {q.topic for q in questions(part.model)}
    assert len(names) == len(set(names))
    machine = {n for n, s in part.lists.items() if s.machine}
    assert set(part.lists) - machine <= set(names)
    assert topics - {""} - ALWAYS_IN_SIGHT <= set(names)
    assert set(names) <= set(part.lists) | topics


def test_the_address_of_a_place_names_page_tab_record_and_question():
    assert steps.href("p1", Place("milestones", "targets", "t1", "target")) == (
        "milestones?project=p1&tab=targets&open=targets/t1&at=target"
    )
    assert steps.href("p1", Place("milestones", "", "", "work_week")) == "milestones?project=p1&tab=people&at=work_week"
    assert steps.href("p1", Place("ethics", "concerns")) == "ethics?project=p1&tab=concerns&at=concerns"
    assert steps.href("p1", Place("project", "", "", "sponsor")) == "overview?project=p1&at=sponsor"
    assert steps.href("p1", Place("rollout")) == "rollout?project=p1"


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.slug)
def test_a_question_and_a_list_of_a_part_never_share_a_name(part):
    assert not {q.name for q in questions(part.model)} & set(part.lists)
