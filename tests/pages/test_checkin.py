"""A check-in is one form and one save: what changed, how sure, and the readings that are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pages.parts import times
from pages.parts.milestones import checkin
from scoping import samples
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.sections.milestones import CheckIn, Milestone, Reading, Target
from tests.pages.tabs import Tab


def day(offset: int) -> date:
    return times.today() + timedelta(days=offset)


def running(**lists: tuple) -> Charter:
    rows = {
        "milestones": (
            Milestone(id="a", deliverable="Recogniser for cars", start=day(-20), due=day(20), likely_days=20),
            Milestone(id="b", deliverable="Launch", start=day(21), due=day(40), likely_days=10, depends_on=("a",)),
        ),
        "targets": (
            Target(id="car", milestone="a", family="ml", metric="Words right", direction="at_least", target=85, unit="%"),
            Target(id="speed", milestone="a", family="software", metric="Latency", direction="at_most", target=300, unit="ms"),
            Target(id="later", milestone="b", family="business", metric="Orders", direction="at_least", target=10),
        ),
    }
    return Charter().with_part("milestones", Charter().milestones.model_copy(update={**rows, **lists}))


def open_talk(tab: Tab, charter: Charter) -> str:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("milestones")
    again(tab, project)
    return project


def again(tab: Tab, project: str) -> None:
    assert not tab.turn_to("checkin").exception


def check_in(tab: Tab) -> None:
    assert not next(b for b in tab.app.button if b.label == "Check in").click().run().exception


def asked(tab: Tab) -> set[str]:
    return {n.key.split(".")[-1] for n in tab.app.number_input}


def plan(tab: Tab, project: str):
    return tab.store.open(project).charter.milestones


def test_only_numbers_of_running_milestones_that_are_a_week_old_and_not_met_are_asked_for(tab: Tab) -> None:
    open_talk(tab, running())
    assert asked(tab) == {"car", "speed"}


def test_a_fresh_reading_and_a_met_target_are_not_asked_for(tab: Tab) -> None:
    fresh = Reading(id="r", target="car", when=day(-7), value=80)
    met = Reading(id="m", target="speed", when=day(-15), value=280)
    open_talk(tab, running(readings=(fresh, met)))
    assert asked(tab) == set()


def test_words_confidence_and_readings_are_kept_in_one_save(tab: Tab) -> None:
    project = open_talk(tab, running())
    before = tab.store.open(project).stamp.number
    tab.app.text_area(key=f"milestones.talk.{project}.changed").input("Labels *agree*")
    tab.app.button_group(key=f"milestones.talk.{project}.confidence").select(3)
    tab.app.number_input(key=_reading_key(tab, "car")).set_value(81.5)
    check_in(tab)
    now = plan(tab, project)
    assert tab.store.open(project).stamp.number == before + 1
    assert [(c.held_on, c.changed, c.confidence) for c in now.checkins] == [(times.today(), "Labels *agree*", 3)]
    assert [(r.target, r.when, r.value, r.source) for r in now.readings] == [("car", times.today(), 81.5, "Check-in")]
    assert asked(tab) == {"speed"}
    assert tab.app.text_area(key=f"milestones.talk.{project}.changed").value == ""


def _reading_key(tab: Tab, target: str) -> str:
    return next(n.key for n in tab.app.number_input if f".{target}" in n.key)


def test_an_impossible_reading_keeps_nothing_and_what_was_typed_stays(tab: Tab) -> None:
    project = open_talk(tab, running())
    tab.app.text_area(key=f"milestones.talk.{project}.changed").input("Labels agree")
    tab.app.number_input(key=_reading_key(tab, "car")).set_value(181.0)
    check_in(tab)
    assert "not between 0 and 100" in tab.texts()
    assert (plan(tab, project).checkins, plan(tab, project).readings) == ((), ())
    assert tab.app.text_area(key=f"milestones.talk.{project}.changed").value == "Labels agree"


def test_an_empty_form_is_no_check_in(tab: Tab) -> None:
    project = open_talk(tab, running())
    check_in(tab)
    assert "say what changed" in tab.texts()
    assert plan(tab, project).checkins == ()


def test_what_changed_since_the_last_check_in_is_told_from_the_history(tab: Tab) -> None:
    project = open_talk(tab, running())
    assert "Changes · Nothing changed so far" in [e.label for e in tab.app.expander]
    edit = Edit("milestones", "a", "owner", "", "Ben")
    assert tab.store.save(project, "milestones", [edit], "Bo").stamp
    again(tab, project)
    assert "Changes · 1 change so far" in [e.label for e in tab.app.expander]
    assert not tab.unfold(f"milestones.since.{project}").exception
    assert "Milestones: Recogniser for cars · Owner: nothing → Ben" in tab.texts().replace("\\", "")


def test_a_change_before_the_last_check_in_is_told_in_its_digest_and_not_again(tab: Tab) -> None:
    project = open_talk(tab, running())
    assert tab.store.save(project, "milestones", [Edit("milestones", "a", "owner", "", "Ben")], "Bo").stamp
    again(tab, project)
    tab.app.text_area(key=f"milestones.talk.{project}.changed").input("Labels agree")
    check_in(tab)
    assert any("Nothing changed since" in e.label for e in tab.app.expander)
    tab.app.session_state[f"milestones.digest.{project}"] = True
    assert not tab.app.run().exception
    assert "Owner: nothing → Ben" in tab.app.code[0].value


def test_more_changes_than_are_looked_through_are_not_counted_as_all(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkin, "_REVISIONS", 2)
    project = open_talk(tab, running())
    for before, after in (("", "Ben"), ("Ben", "Eva")):
        assert tab.store.save(project, "milestones", [Edit("milestones", "a", "owner", before, after)], "Bo").stamp
    again(tab, project)
    assert "Changes · More than 2 changes so far" in [e.label for e in tab.app.expander]


def test_what_is_late_and_what_is_next_stand_above_the_form(tab: Tab) -> None:
    late = Milestone(id="a", deliverable="Recogniser", start=day(-40), due=day(-5), likely_days=20)
    soon = Milestone(id="b", deliverable="Launch", start=day(-4), due=day(9), likely_days=10)
    open_talk(tab, running(milestones=(late, soon)))
    assert "**Late** · “Recogniser”" in tab.texts()
    assert "**Next** · “Launch”" in tab.texts()
    assert "in 9 days" in tab.texts()


def test_the_digest_holds_what_was_said(tab: Tab) -> None:
    said = CheckIn(id="c", held_on=day(0), changed="Labels agree", confidence=4)
    project = open_talk(tab, running(checkins=(said,)))
    tab.app.session_state[f"milestones.digest.{project}"] = True
    assert not tab.app.run().exception
    assert "Labels agree" in tab.app.code[0].value
    assert "4 of 5" in tab.app.code[0].value
    assert [b.label for b in tab.app.get("download_button")] == ["Markdown", "HTML"]


def test_without_a_plan_there_is_nothing_to_check_in_on(tab: Tab) -> None:
    open_talk(tab, Charter())
    assert "Plan a milestone first" in tab.texts()


def test_an_archived_project_takes_no_check_in(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.store.archive(project, "Ana")
    tab.open(project)
    tab.go("milestones")
    again(tab, project)
    assert next(b for b in tab.app.button if b.label == "Check in").disabled
