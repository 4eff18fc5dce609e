"""Steps along the plan: by hand before the milestone they name and alike from it on; what nobody decided is open, never by hand."""

from datetime import date

from scoping.data_sources.to_production import Runs, programme
from scoping.sections.data_sources import DataSources, Pipeline
from scoping.sections.milestones import Milestone, Milestones

PLAN = Milestones(
    milestones=(
        Milestone(id="undated", deliverable="Everywhere"),
        Milestone(id="launch", deliverable="Launch", due=date(2027, 9, 1)),
        Milestone(id="unused", deliverable="Party", due=date(2027, 8, 1)),
        Milestone(id="poc", deliverable="Proof of concept", due=date(2027, 3, 1)),
    )
)
FULL = {"poc_how": "By hand", "owner": "Ben", "lineage": "Reads clips"}


def way(*steps: Pipeline):
    return programme(DataSources(pipelines=steps), PLAN)


def test_a_step_runs_alike_from_its_milestone_on_in_the_order_of_dates():
    found = way(
        Pipeline(id="a", step="Cut", replicable="yes", from_milestone="launch", **FULL),
        Pipeline(id="b", step="Join", replicable="yes", from_milestone="poc", **FULL),
        Pipeline(id="c", step="Ship", replicable="yes", from_milestone="undated", **FULL),
        Pipeline(id="d", step="Look", replicable="no", **FULL),
    )
    assert [m.id for m in found.milestones] == ["poc", "launch", "undated"]
    hand, alike = Runs.BY_HAND, Runs.ALIKE
    assert [w.runs for w in found.ways] == [(hand, alike, alike), (alike, alike, alike), (hand, hand, alike), (hand, hand, hand)]
    assert found.open_ends == ()


def test_what_nobody_decided_is_open_and_said():
    found = way(
        Pipeline(id="a", step="Cut", replicable="yes", from_milestone="poc", **FULL),
        Pipeline(id="b", step="Join"),
        Pipeline(id="c", step="Clean", replicable="yes", from_milestone="gone"),
        Pipeline(id="d", step="Look", replicable="no"),
        Pipeline(id="e", step="Link", from_milestone="poc"),
    )
    assert [w.runs for w in found.ways] == [(Runs.ALIKE,), (Runs.OPEN,), (Runs.OPEN,), (Runs.BY_HAND,), (Runs.OPEN,)]
    assert found.open_ends == (
        "Decide whether “Join” must run alike every time in production.",
        "Say of “Clean” from which milestone on it must run alike, who builds it and what it records of each run.",
        "Say how “Look” is done by hand, so that it can be done again.",
        "Decide whether “Link” must run alike every time in production.",
    )


def test_no_steps_are_no_programme():
    assert way().ways == ()
