"""The log of decisions joins what was written down with what stands elsewhere, each once, the newest first."""

from __future__ import annotations

from datetime import date

from scoping.charter import Charter
from scoping.places import Place
from scoping.sections.ethics import Concern, Ethics, Outcome, Risk
from scoping.sections.feasibility import Feasibility, Opinion, Verdict
from scoping.sections.milestones import Gate, Milestone, Milestones
from scoping.sections.project import Decision, Project
from scoping.sections.rollout import ClosedAs, Rollout
from scoping.sections.solutions import Solution, Solutions, Standing
from scoping.signing.decisions import Kind, decided
from tests.signed import READY, signed

CHARTER = Charter(
    project=Project(
        decisions=(
            Decision(
                id="d", what="Begin in the north", decided_by="Ana", decided_on=date(2027, 2, 1), version=3, options="All at once"
            ),
            Decision(id="blank"),
        )
    ),
    solutions=Solutions(
        why_this_one="It reaches most returns.",
        solutions=(
            Solution(id="a", name="Learn", standing=Standing.CHOSEN),
            Solution(id="b", name="Ring", standing=Standing.REJECTED, because="Too dear", revisit_when="Calls are free"),
            Solution(id="c", name="Wait", standing=Standing.CONSIDERED),
        ),
    ),
    feasibility=Feasibility(
        verdicts=(
            Verdict(id="v", solution="a", opinion=Opinion.FEASIBLE, decided_on=date(2027, 1, 9), next_check="Below 70 %"),
            Verdict(id="w", solution="b"),
        )
    ),
    ethics=Ethics(
        risks=(Risk(id="r", risk="Late parcels", remark="A person looks"), Risk(id="s", risk="Other")),
        concerns=(
            Concern(id="k", concern="Unfair", outcome=Outcome.ACCEPTED, debated_by="Workshop", debated_on=date(2027, 3, 1)),
            Concern(id="l", concern="Open", outcome=Outcome.OPEN),
            Concern(id="m", concern="Open but carried", outcome=Outcome.OPEN, accepted_by="Ana"),
        ),
    ),
    milestones=Milestones(
        milestones=(
            Milestone(id="x", deliverable="First", gate=Gate.GO, gate_on=date(2027, 4, 1), decider="Ana", gate_reason="88 %"),
            Milestone(id="y", deliverable="Second"),
        )
    ),
    rollout=Rollout(closed_on=date(2027, 9, 1), closed_as=ClosedAs.DELIVERED),
)


def test_everything_that_was_decided_stands_in_one_order_and_leads_to_its_place():
    found = decided(CHARTER)
    assert [(d.kind, d.what) for d in found] == [
        (Kind.END, "The project is closed: Delivered"),
        (Kind.GATE, "“First”: Go on"),
        (Kind.CONCERN, "“Unfair”: Accepted: we live with it"),
        (Kind.OWN, "Begin in the north"),
        (Kind.VERDICT, "“Learn”: Feasible"),
        (Kind.IDEA, "“Learn” goes into this charter"),
        (Kind.IDEA, "“Ring” is rejected"),
        (Kind.RISK, "What is left of “Late parcels” may stay"),
        (Kind.CONCERN, "“Open but carried”: Goes ahead although it is open"),
    ]
    gate, chosen, rejected = found[1], found[5], found[6]
    assert (gate.who_and_when, gate.reasons, gate.place) == (
        "Ana, 1 Apr 2027",
        "88 %",
        Place("milestones", "milestones", "x", "gate"),
    )
    assert (chosen.options, chosen.reasons) == ("“Ring”; “Wait”", "It reaches most returns.")
    assert (rejected.reasons, rejected.reopened_if) == ("Too dear", "Calls are free")
    assert found[3].version == 3


def test_who_chose_an_idea_is_told_where_a_history_knows_it():
    told = {d.place.record: d for d in decided(CHARTER, {"a": ("Ben", date(2027, 1, 5))}) if d.kind is Kind.IDEA}
    assert [d.who_and_when for d in told.values()] == ["Ben, 5 Jan 2027", "not said"]


def test_an_empty_charter_decided_nothing():
    assert decided(Charter()) == ()


def test_signatures_stand_in_the_log():
    told = [d for d in decided(signed(READY)) if d.kind is Kind.SIGNATURE]
    assert [(d.what, d.by, d.version) for d in told] == [("Signed", s.name, 1) for s in READY.project.signatures]
