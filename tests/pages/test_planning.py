"""The plan is told in dates and chances, frozen, and every moved promise is asked for its reason."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from pages.parts import times
from pages.parts.milestones import counting
from scoping import samples
from scoping import words as scoping_words
from scoping.charter import Charter
from scoping.merge import Edit, added, removed
from scoping.milestones import baseline, forecast, staffing, tracking
from scoping.milestones import plan as milestones_plan
from scoping.milestones.reference_class import PAST, Past
from scoping.sections.milestones import Assignment, Milestone, Milestones, Person
from tests.pages.tabs import Tab


def monday(weeks: int = 0) -> date:
    today = times.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def milestone(name: str, after: tuple[str, ...] = (), **given: object) -> Milestone:
    days = {"best_days": 8, "likely_days": 10, "worst_days": 20}
    return Milestone(id=name, deliverable=f"Result {name}", depends_on=after, **{**days, **given})


def two() -> tuple[Milestone, ...]:
    return (
        milestone("a", start=monday(1), due=monday(3) - timedelta(days=3)),
        milestone("b", ("a",), due=monday(6) - timedelta(days=3)),
    )


def planned(**lists: tuple) -> Charter:
    plan = Charter().milestones.model_copy(update={"milestones": two(), **lists})
    return Charter().with_part("milestones", plan)


def open_plan(tab: Tab, charter: Charter, at: str = "plan") -> str:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    turn(tab, project, at)
    return project


def turn(tab: Tab, project: str, label: str) -> None:
    tab.go("milestones" if label == "plan" else "run")
    assert not tab.turn_to(label).exception


def plan_of(tab: Tab, project: str) -> milestones_plan.Plan:
    return milestones_plan.plan(tab.store.open(project).charter.milestones, times.today(), counting.past())


def shown(tab: Tab, column: str) -> list[str]:
    return [row[column] for row in tab.table(column)]


def words(days: list[date | None]) -> list[str]:
    return [scoping_words.day_words_or(day, "–") for day in days]


def button(tab: Tab, label: str):
    return next(b for b in tab.app.button if b.label == label)


def metric(tab: Tab, label: str) -> str:
    return tab.figures()[label]


def wait(tab: Tab) -> None:
    """Wait until the process that reads a table has read it."""
    deadline = time.monotonic() + 60
    while tab.app.get("progress") and time.monotonic() < deadline:
        time.sleep(0.05)
        tab.app.run()
    assert not tab.app.get("progress")


def freeze(tab: Tab, project: str, **typed: str) -> None:
    turn(tab, project, "signed")
    for name, words in typed.items():
        tab.app.text_input(key=f"milestones.freeze.{name}.{project}").input(words)
    assert not button(tab, "Sign these dates").click().run().exception


def move(tab: Tab, project: str, days: int) -> date:
    row = tab.store.open(project).charter.milestones.milestones[1]
    after = row.due + timedelta(days=days)
    edit = Edit("milestones", row.id, "due", row.due.isoformat(), after.isoformat())
    assert tab.store.save(project, "milestones", [edit], "Bo").stamp
    return after


def test_dates_and_chances_are_shown_as_the_calculators_give_them(tab: Tab) -> None:
    project = open_plan(tab, planned())
    found = forecast.forecast(plan_of(tab, project))
    assert metric(tab, "All done, in half of all cases by") == scoping_words.day_words(found.p50)
    assert metric(tab, "In 8 of 10 cases by") == scoping_words.day_words(found.p80)
    assert shown(tab, "Chance of the promise") == [scoping_words.one_in(e.chance) for e in found.milestones]
    assert f"seed {milestones_plan.SEED}" in tab.texts()


def test_no_chance_is_nought_even_of_a_promise_that_has_passed(tab: Tab) -> None:
    late = (milestone("a", start=monday(-9), due=monday(-6)), milestone("b", ("a",), due=monday(-3)))
    open_plan(tab, planned(milestones=late))
    assert metric(tab, "Chance of the last promised day") == "less than 1 in 20"
    assert shown(tab, "Chance of the promise") == ["less than 1 in 20"] * 2


def test_a_person_who_is_booked_twice_is_named_and_the_proposed_dates_are_taken_over_in_one_save(tab: Tab) -> None:
    rows = tuple(milestone(name, start=monday(1), due=monday(3) - timedelta(days=3)) for name in "ab")
    ana = Person(id="ana", name="Ana", share=100)
    work = tuple(Assignment(id=f"w{m.id}", milestone=m.id, person="ana", share=80) for m in rows)
    project = open_plan(tab, planned(milestones=rows, people=(ana,), assignments=work), "load")
    assert shown(tab, "Booked") == ["160\u00a0%"]
    before = tab.store.open(project).stamp.number
    assert not button(tab, "Take over these dates").click().run().exception
    after = tab.store.open(project)
    assert after.stamp.number == before + 1
    moved = after.charter.milestones.moves
    assert [m.reason for m in moved] == ["So that nobody is booked twice"]
    assert staffing.staffing(plan_of(tab, project)).conflicts == ()
    assert "Nobody is booked for more than there is" in tab.texts()


def test_a_proof_of_concept_is_offered_while_no_duration_is_a_range(tab: Tab) -> None:
    bare = Milestone(id="a", deliverable="Model", start=monday(1), due=monday(9))
    project = open_plan(tab, planned(milestones=(bare,)))
    assert not button(tab, "Add a proof of concept of six weeks").click().run().exception
    assert [m.kind for m in tab.store.open(project).charter.milestones.milestones] == [None, "poc"]
    assert "A proof of concept first tells most" not in tab.texts()


def test_nothing_is_held_against_anything_before_the_plan_is_frozen(tab: Tab) -> None:
    open_plan(tab, planned(), "signed")
    assert "The plan is not signed yet" in tab.texts()
    assert "Later by working days" not in "".join(tab.html())


def test_a_frozen_plan_keeps_the_dates_as_they_were(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project, name="Agreed with the sponsor")
    kept = tab.store.open(project).charter.milestones
    assert [(b.name, b.frozen_on) for b in kept.baselines] == [("Agreed with the sponsor", times.today())]
    assert [m.due for m in baseline.frozen(kept).milestones] == [m.due for m in two()]
    assert shown(tab, "Signed") == words([m.due for m in two()])


def test_freezing_anew_asks_why(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    freeze(tab, project, name="Second")
    assert "say why there are new dates" in tab.app.toast[0].value
    assert len(tab.store.open(project).charter.milestones.baselines) == 1
    freeze(tab, project, reason="The scope grew")
    assert [b.reason for b in tab.store.open(project).charter.milestones.baselines] == ["", "The scope grew"]


def test_of_two_plans_frozen_on_one_day_the_second_counts(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    after = move(tab, project, 14)
    freeze(tab, project, reason="The scope grew")
    assert shown(tab, "Signed")[1] == scoping_words.day_words(after)


@pytest.mark.parametrize("at", ["plan", "signed"])
def test_a_moved_promise_is_asked_for_its_reason_which_is_kept_with_both_dates(tab: Tab, at: str) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    after = move(tab, project, 14)
    turn(tab, project, at)
    assert "Result b" in next(m.value for m in tab.app.markdown if "is due on" in m.value)
    assert not button(tab, "Note the reason").click().run().exception
    assert tab.store.open(project).charter.milestones.moves == ()
    tab.app.text_input(key=f"milestones.why.b.{project}").input("The crowd was *late*")
    assert not button(tab, "Note the reason").click().run().exception
    noted = tab.store.open(project).charter.milestones.moves
    assert [(m.milestone, m.before, m.after, m.reason) for m in noted] == [("b", two()[1].due, after, "The crowd was *late*")]
    assert not [b for b in tab.app.button if b.label == "Note the reason"]
    turn(tab, project, "signed")
    assert shown(tab, "Why")[1] == "The crowd was *late*"


def test_a_second_move_is_held_against_the_first(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    days = []
    for words in ("The crowd was late", "The lab was closed"):
        days.append(move(tab, project, 7))
        turn(tab, project, "signed")
        tab.app.text_input(key=f"milestones.why.b.{project}").input(words)
        assert not button(tab, "Note the reason").click().run().exception
    noted = tab.store.open(project).charter.milestones.moves
    assert [(m.before, m.after) for m in noted] == [(two()[1].due, days[0]), (days[0], days[1])]


def test_drift_is_told_in_working_days(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    for m in tab.store.open(project).charter.milestones.milestones:
        edit = Edit("milestones", m.id, "due", m.due.isoformat(), (m.due + timedelta(weeks=4)).isoformat())
        assert tab.store.save(project, "milestones", [edit], "Bo").stamp
    turn(tab, project, "signed")
    plan = tab.store.open(project).charter.milestones
    wanted = [d.days for d in tracking.drift(plan, plan_of(tab, project))]
    assert min(wanted) > 0
    assert shown(tab, "Later by working days") == [str(days) for days in wanted]
    assert "2 of 2 milestones are later" in tab.texts()


def test_one_second_after_freezing_no_milestone_is_later_and_the_forecast_stands_apart(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    turn(tab, project, "signed")
    assert set(shown(tab, "Later by working days")) == {"0"}
    assert "–" not in shown(tab, "Half of all cases")
    assert "No milestone is later than in" in tab.texts()


def test_what_begins_before_a_moved_milestone_is_done_is_said(tab: Tab) -> None:
    first, *_ = two()
    rows = (first, Milestone(id="z", deliverable="Trial", start=first.due + timedelta(days=1), due=first.due + timedelta(days=40)))
    project = open_plan(tab, Charter(milestones=Milestones(milestones=rows)))
    freeze(tab, project)
    turn(tab, project, "plan")
    assert "“Trial” starts before" not in tab.texts()
    edit = Edit("milestones", first.id, "due", first.due.isoformat(), (first.due + timedelta(days=9)).isoformat())
    assert tab.store.save(project, "milestones", [edit], "Bo").stamp
    turn(tab, project, "plan")
    assert f"“Trial” starts before “{first.title}”, which was planned to be done by then, is due." in tab.texts().replace("\\", "")


def test_a_frozen_milestone_that_was_removed_is_named(tab: Tab) -> None:
    project = open_plan(tab, planned())
    freeze(tab, project)
    row = tab.store.open(project).charter.milestones.milestones[1]
    assert tab.store.save(project, "milestones", [removed("milestones", row)], "Bo").stamp
    turn(tab, project, "signed")
    assert f"not in the plan any more: “{row.title}”" in tab.texts().replace("\\", "")


def test_a_baseline_that_cannot_be_read_is_said_to_be_so(tab: Tab) -> None:
    from scoping.sections.milestones import Baseline

    project = open_plan(tab, planned())
    broken = Baseline(id="x", name="Old", frozen_on=times.today(), plan='{"milestones": 3}')
    assert tab.store.save(project, "milestones", [added("baselines", broken)], "Bo").stamp
    turn(tab, project, "signed")
    assert "cannot be read" in tab.texts()


def test_an_archived_plan_is_not_frozen(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.store.archive(project, "Ana")
    tab.open(project)
    turn(tab, project, "signed")
    assert button(tab, "Sign these dates").disabled


def test_past_projects_are_read_from_pasted_rows_and_bend_the_forecast(tab: Tab) -> None:
    project = open_plan(tab, planned())
    before = metric(tab, "In 8 of 10 cases by")
    rows = "Project\tKind\tPlanned days\tActual days\n"
    rows += "\n".join(f"Old {i}\tRecogniser\t100\t{actual}" for i, actual in enumerate((200, 220, 260, 300, 310)))
    tab.unfold(f"milestones.outside.{project}")
    next(area for area in tab.app.text_area if area.label == "Or rows copied in a spreadsheet").input(rows).run()
    for label in ("Read these rows", "Read the projects", "Add these 5 projects"):
        assert not button(tab, label).click().run().exception
        wait(tab)
    assert len(counting.past()) == 5
    assert "5 past projects (5 of the kind “Recogniser”) added." in tab.texts().replace("\\", "")
    assert "5 past projects" in tab.texts()
    assert metric(tab, "In 8 of 10 cases by") != before


def test_a_count_of_past_projects_says_of_which_kind(tab: Tab) -> None:
    project = open_plan(tab, planned())
    tab.store.save(project, "milestones", [Edit("", "", "reference_kind", "", "Website")], "Ana")
    tab.store.portfolio.keep_setting(PAST, {str(i): asdict(Past(f"Old {i}", "Recogniser", 100, 120)) for i in range(5)})
    tab.unfold(f"milestones.outside.{project}")
    assert "known so far: 0 past projects of the kind “Website”, and 5 projects of other kinds." in tab.texts().replace("\\", "")
