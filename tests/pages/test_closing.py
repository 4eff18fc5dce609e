"""After launch alarms and promises are told in words; a closed project joins the past ones."""

from __future__ import annotations

from datetime import date, timedelta

from pages.parts import times
from pages.parts.milestones import planning
from scoping.charter import Charter
from scoping.milestones import baseline
from scoping.milestones.baseline import FrozenMilestone
from scoping.sections.ethics import Concern, Ethics, Obligation
from scoping.sections.milestones import Baseline, Milestone
from scoping.sections.rollout import Monitor, MonitorReading, NextStep, Rollout
from scoping.sections.value import Benefit, Realised
from tests.pages.tabs import Tab

ALARM = Monitor(id="m", trouble="Clipped", metric="Audio length", bound="below", threshold=1.6, unit="s", who_reacts="Yuki")


def charter(**parts: object) -> Charter:
    found = Charter()
    for slug, values in parts.items():
        found = found.with_part(slug, found.part(slug).model_copy(update=values))
    return found


def open_rollout(tab: Tab, given: Charter, at: str) -> str:
    project = tab.store.create(given, "Ana")
    tab.open(project)
    tab.go("rollout")
    assert not tab.turn_to(at).exception
    return project


def day(offset: int) -> date:
    return times.today() + timedelta(days=offset)


def reading(value: float, offset: int = -1) -> MonitorReading:
    return MonitorReading(id="r", monitor="m", when=day(offset), value=value)


def test_a_reading_beyond_the_threshold_is_an_alarm_in_words(tab: Tab) -> None:
    open_rollout(tab, charter(rollout={"monitors": (ALARM,), "readings": (reading(1.2),)}), "after")
    assert "**Alarm** · Audio length" in tab.texts()
    assert "Yuki reacts" in tab.texts()


def test_a_reading_within_bounds_is_none_and_no_reading_is_not_known(tab: Tab) -> None:
    open_rollout(tab, charter(rollout={"monitors": (ALARM,), "readings": (reading(1.7),)}), "after")
    assert "**Within bounds** · Audio length" in tab.texts()
    open_rollout(tab, charter(rollout={"monitors": (ALARM,)}), "after")
    assert "**Not known** · Audio length" in tab.texts()


def test_promised_value_is_asked_again_and_never_taken_for_kept(tab: Tab) -> None:
    benefit = Benefit(id="b", name="Orders", likely=1200_00, period="year")
    open_rollout(tab, charter(value={"benefits": (benefit,)}), "after")
    assert "1 benefit promised; nobody noted yet what came in" in tab.texts()
    came = Realised(id="r", benefit="b", month=day(-40), amount=80_00)
    open_rollout(tab, charter(value={"benefits": (benefit,), "realised": (came,)}), "after")
    assert "**Value: below the promise**" in tab.texts()


def test_a_concern_that_was_not_overruled_is_asked_again(tab: Tab) -> None:
    concerns = (
        Concern(id="a", concern="Accents are served worse", outcome="mitigated", owner="Amara"),
        Concern(id="b", concern="Moonlight", outcome="overruled"),
    )
    open_rollout(tab, charter(ethics=dict(Ethics(concerns=concerns))), "after")
    assert "“Accents are served worse” Does it still hold, now that people use it? Ask Amara" in tab.texts().replace("\\", "")
    assert "Moonlight" not in tab.texts()


def test_an_obligation_that_was_not_asked_again_is_not_taken_for_kept(tab: Tab) -> None:
    for kept, is_told in ((None, True), ("kept", False)):
        duty = Obligation(id="notice", demand="Tell people", state="planned", at_launch=kept)
        given = charter(ethics=dict(Ethics(obligations=(duty,))))
        for place in ("after", "closing"):
            open_rollout(tab, given, place)
            assert ("not asked again at launch: “Tell people”" in tab.texts().replace("\\", "")) == is_told


def done() -> Charter:
    """A project that is closed, with nothing missing."""
    reached = Milestone(id="a", deliverable="Recogniser", start=day(-100), due=day(-40), reached_on=day(-20))
    frozen = baseline.freeze([FrozenMilestone(id="a", start=day(-100), due=day(-50))])
    return charter(
        milestones={
            "milestones": (reached,),
            "baselines": (Baseline(id="x", name="First", frozen_on=day(-100), plan=frozen),),
            "reference_kind": "Recogniser",
        },
        rollout=dict(
            Rollout(
                closed_on=day(-10),
                closed_as="delivered",
                exit_benefits="Fewer repeats",
                learnt_business="a",
                learnt_data="b",
                learnt_model="c",
                learnt_team="d",
                next_steps=(NextStep(id="n", step="Next language", owner="Ben", due=day(90)),),
            )
        ),
    )


def test_what_an_exit_report_lacks_is_listed(tab: Tab) -> None:
    open_rollout(tab, Charter(), "closing")
    assert "Missing before it is closed (8)" in tab.texts()
    assert "No next step is noted" in tab.texts()
    assert not [b for b in tab.app.button if b.label == "Add to the past projects"]
    assert "once the day on which it was closed is noted" in tab.texts()


def test_a_promised_benefit_without_a_reading_and_a_milestone_not_reached_are_missing(tab: Tab) -> None:
    still = Milestone(id="z", deliverable="Second language")
    given = done()
    plan = given.milestones.model_copy(update={"milestones": (*given.milestones.milestones, still)})
    value = given.value.model_copy(update={"benefits": (Benefit(id="b", name="Orders", likely=1, period="year"),)})
    open_rollout(tab, given.with_part("milestones", plan).with_part("value", value), "closing")
    assert "“Second language” is not reached" in tab.texts()
    assert "The benefit “Orders” was promised" in tab.texts()


def test_a_closed_project_joins_the_past_ones_with_its_first_promise_and_what_it_took(tab: Tab) -> None:
    project = open_rollout(tab, done(), "closing")
    assert "Nothing is missing" in tab.texts()
    button = next(b for b in tab.app.button if b.label == "Add to the past projects")
    assert not button.click().run().exception
    kept = tab.store.portfolio.setting(planning.PAST)
    assert set(kept) == {project}
    (past,) = planning.past()
    assert (past.name, past.kind) == (done().name, "Recogniser")
    assert past.actual > past.planned > 0
    assert "among the past projects" in tab.texts()
    assert not [b for b in tab.app.button if b.label == "Add to the past projects"]
