"""After launch alarms and promises are told in words; a closed project joins the past ones."""

from __future__ import annotations

from datetime import date, timedelta

from pages.parts import times
from pages.parts.milestones import counting
from scoping.charter import Charter
from scoping.milestones import baseline
from scoping.milestones.baseline import FrozenMilestone
from scoping.milestones.reference_class import PAST
from scoping.sections.ethics import Concern, Ethics, Obligation
from scoping.sections.milestones import Baseline, Milestone
from scoping.sections.rollout import NextStep, RampStep, Rollout
from scoping.sections.value import Benefit, Realised
from tests.pages.tabs import Tab


def charter(**parts: object) -> Charter:
    found = Charter()
    for slug, values in parts.items():
        found = found.with_part(slug, found.part(slug).model_copy(update=values))
    return found


def open_rollout(tab: Tab, given: Charter, at: str) -> str:
    project = tab.store.create(given, "Ana")
    tab.open(project)
    tab.go("run")
    assert not tab.turn_to(at).exception
    return project


def day(offset: int) -> date:
    return times.today() + timedelta(days=offset)


def test_the_ramp_up_tells_what_has_to_hold_before_more_follow(tab: Tab) -> None:
    steps = (
        RampStep(id="a", share=5, starts=day(-30), live_on=day(-28), condition="Two weeks without an alarm", decider="Dana"),
        RampStep(id="b", share=100, starts=day(3)),
    )
    open_rollout(tab, charter(rollout={"ramp": steps}), "after")
    assert "5\u00a0% of users see it since" in tab.texts()
    assert "when this holds: Two weeks without an alarm." in tab.texts()
    assert [row["Went live on"] for row in tab.table("Went live on")][1] == "not yet"


def test_promised_value_is_asked_again_and_never_taken_for_kept(tab: Tab) -> None:
    benefit = Benefit(id="b", name="Orders", likely=1200_00, period="year")
    open_rollout(tab, charter(value={"benefits": (benefit,)}), "after")
    assert "1 benefit promised; nobody noted yet what came in" in tab.texts()
    came = Realised(id="r", benefit="b", month=day(-40), amount=80_00)
    open_rollout(tab, charter(value={"benefits": (benefit,), "realised": (came,)}), "after")
    assert "Value: below the promise" in tab.texts()


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
    kept = tab.store.portfolio.setting(PAST)
    assert set(kept) == {project}
    (past,) = counting.past()
    assert (past.name, past.kind) == (done().name, "Recogniser")
    assert past.actual > past.planned > 0
    assert "among the past projects" in tab.texts()
    assert not [b for b in tab.app.button if b.label == "Add to the past projects"]
