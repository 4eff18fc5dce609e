"""Every finding leads to a place that exists: a list or a question, and a tab of the page that holds it."""

from __future__ import annotations

import pytest

from pages.parts import steps
from scoping import samples
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.places import _CURED_AT, Place, Places
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
            place = Places(charter).of(finding)
            assert place.part == part.slug
            assert place.list or place.field, finding
            if finding.record and finding.field not in part.lists:
                assert place.record == finding.record, finding


@pytest.mark.parametrize(("number", "code", "charter"), BREAKS, ids=[code for _, code, _ in BREAKS])
def test_what_a_condition_lacks_leads_to_the_place_that_it_names(number, code, charter):
    lacking = next(c for c in conditions(charter) if c.number == number).missing
    assert code in {f.code for f in lacking}
    for finding in lacking:
        section, place = PART_BY_SLUG[finding.part], Places(charter).of(finding)
        if finding.field in section.lists:
            assert place == Place(section.slug, finding.field)
        else:
            assert (place.record, place.field) == (finding.record, finding.field)
            assert bool(place.list) == bool(finding.record)


def test_a_milestone_without_a_target_leads_to_the_targets():
    charter = next(c for _, code, c in BREAKS if code == "milestones.no_target")
    found = [f for f in overview(charter).of("milestones") if f.code == "milestones.no_target"]
    assert all(f.record for f in found)
    assert {Places(charter).of(f) for f in found} == {Place("milestones", "targets")}


@pytest.mark.parametrize("part", [p for p in PARTS if steps.page(p.slug) in steps.TABS], ids=lambda p: p.slug)
def test_every_list_and_topic_stands_in_one_tab(part):
    names = [name for _, _, held in steps.held(part.slug) for name in held]
    # A list and a topic of one name stand together.
    topics = {q.topic for q in questions(part.model)}
    machine = {n for n, s in part.lists.items() if s.machine}
    assert set(part.lists) - machine <= set(names)
    assert topics - {""} - ALWAYS_IN_SIGHT <= set(names)
    assert set(names) <= set(part.lists) | topics


def test_nothing_stands_in_two_tabs():
    held = [name for tabs in steps.TABS.values() for tab in tabs.values() for name in tab.holds]
    assert sum(len(names) for part in PARTS for _, _, names in steps.held(part.slug)) == len(held)


def test_a_page_may_hold_what_another_part_asks(monkeypatch):
    tabs = {
        "milestones": {"plan": steps.Tab("Plan", ("milestones", ""))},
        "run": {"now": steps.Tab("Now", ("milestones.readings", "rollout.exit")), "worth": steps.Tab("Worth", ("value.realised",))},
    }
    monkeypatch.setattr(steps, "TABS", tabs)
    steps._holders.cache_clear()
    try:
        assert (
            steps.href("p1", Place("milestones", "readings", "r1", "value")) == "run?project=p1&tab=now&open=readings/r1&at=value"
        )
        assert steps.href("p1", Place("value", "realised")) == "run?project=p1&tab=worth&at=realised"
        assert steps.href("p1", Place("milestones", "milestones")) == "milestones?project=p1&tab=plan&at=milestones"
        assert steps.href("p1", Place("milestones")) == "milestones?project=p1"
        assert steps.held("milestones") == [("milestones", "plan", ["milestones", ""]), ("run", "now", ["readings"])]
    finally:
        monkeypatch.undo()
        steps._holders.cache_clear()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("overview?project=p1", "home?project=p1"),
        ("overview?project=p1&at=sponsor", "home?project=p1&tab=about&at=sponsor"),
        ("overview?project=p1&open=assumptions/a1&at=owner", "home?project=p1&tab=open&open=assumptions/a1&at=owner"),
        ("overview?project=p1&at=ratings", "home?project=p1&tab=ratings&at=ratings"),
        ("overview?project=p1&at=nothing", "home?project=p1&tab=about&at=nothing"),
        ("feasibility?project=p1&tab=evidence", "feasibility?project=p1&tab=verdict"),
        ("feasibility?project=p1&tab=evidence&open=measurements/m1", "feasibility?project=p1&tab=measure&open=measurements/m1"),
        ("value?project=p1&tab=realised&open=realised/r1", "run?project=p1&tab=after&open=realised/r1"),
        ("rollout?project=p1&tab=after&open=readings/r1", "run?project=p1&tab=after&open=readings/r1"),
        ("overview?tab=x&project=p%26q", "home?project=p%26q"),
        ("compare?project=p1", ""),
        ("timeline", "./?view=timeline"),
        ("home?project=p1", ""),
        ("milestones?project=p1&tab=plan", ""),
        ("charter", ""),
    ],
)
def test_an_old_address_leads_to_the_new_place(old, new):
    at, _, query = old.partition("?")
    assert steps.moved(at, query) == new


@pytest.mark.parametrize("old", steps.MOVED)
def test_what_moved_is_not_there_any_more_and_stands_where_it_is_said_to(old):
    (page, tab), (to, to_tab) = old, steps.MOVED[old]
    assert not steps.moved(to, f"tab={to_tab}")
    assert not (tab in steps.TABS.get(page, {}) if tab else (ROOT / "pages" / f"{page}.py").exists())
    assert (ROOT / "pages" / f"{to}.py").exists()
    assert not to_tab or to_tab in steps.TABS[to]


def test_a_page_that_is_a_view_now_is_no_page_any_more():
    assert [page for page in steps.VIEWS if (ROOT / "pages" / f"{page}.py").exists()] == []


def test_the_address_of_a_place_names_page_tab_record_and_question():
    assert steps.href("p1", Place("milestones", "targets", "t1", "target")) == (
        "milestones?project=p1&tab=targets&open=targets/t1&at=target"
    )
    assert steps.href("p1", Place("milestones", "", "", "work_week")) == "milestones?project=p1&tab=days&at=work_week"
    assert steps.href("p1", Place("ethics", "concerns")) == "ethics?project=p1&tab=concerns&at=concerns"
    assert steps.href("p1", Place("project", "", "", "sponsor")) == "home?project=p1&tab=about&at=sponsor"
    assert steps.href("p1", Place("rollout")) == "rollout?project=p1"


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.slug)
def test_a_question_and_a_list_of_a_part_never_share_a_name(part):
    assert not {q.name for q in questions(part.model)} & set(part.lists)
