"""The charter tells where milestones and targets stand, with the frozen day beside what came of it."""

from __future__ import annotations

from datetime import date, timedelta

from scoping.milestones import words as milestones_words
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.sections.milestones import Baseline, Milestone, Milestones, Reading, Target

TODAY = date(2027, 5, 3)
PLAN = Milestones(
    milestones=(
        Milestone(id="a", deliverable="Proof", start=date(2027, 4, 1), due=date(2027, 4, 16), reached_on=date(2027, 4, 20)),
        Milestone(id="b", deliverable="Launch", due=date(2027, 4, 30)),
    ),
    targets=(Target(id="t", milestone="b", metric="Words right", direction="at_least", target=85, unit="%"),),
    readings=tuple(
        Reading(id=f"r{i}", target="t", when=date(2027, 4, 1) + timedelta(days=i), value=60 + i, source="run") for i in range(15)
    ),
    baselines=(Baseline(id="f", frozen_on=date(2027, 3, 1), plan=freeze([FrozenMilestone(id="a", due=date(2027, 4, 16))])),),
)


def test_a_reached_milestone_says_how_many_working_days_later_it_was() -> None:
    proof, launch = milestones_words.milestones(PLAN, TODAY).cells
    assert proof[:2] == ("Proof", "Done")
    assert proof[3:] == ("16 Apr 2027", "16 Apr 2027", "20 Apr 2027", "", "2")
    assert launch[:2] == ("Launch", "Late")
    assert launch[3] == ""
    assert launch[-1] == ""


def test_a_target_says_what_it_asks_for_and_where_it_stands() -> None:
    ((title, asks, stands, on, state, why),) = milestones_words.targets(PLAN, TODAY).cells
    assert (title, asks, stands, on, state) == ("Words right", "at least 85\u00a0%", "74\u00a0%", "15 Apr 2027", "Late")
    assert why.strip()


def test_of_many_readings_the_newest_are_told() -> None:
    shown = milestones_words.last_readings(PLAN.readings)
    assert [r.id for r in shown] == [f"r{i}" for i in range(5, 15)]
