"""Milestones: dates that hold, three families of targets, stop criteria agreed beforehand."""

from datetime import date

import pytest

from scoping.sections.milestones import Family, Milestone, Milestones, Target, cycle, in_order, review

MARCH, APRIL, MAY = date(2027, 3, 15), date(2027, 4, 15), date(2027, 5, 15)
FIRST = Milestone(id="a", deliverable="Proof", owner="Ben", start=MARCH, due=APRIL, kill_criteria="Below 80 %")
TARGETS = tuple(Target(id=family, milestone="a", family=family, metric="m", target=0) for family in Family)


def found(*rows, targets=TARGETS):
    return {f.code: f for f in review(Milestones(milestones=rows, targets=targets))}


def test_a_milestone_with_all_it_needs_leaves_nothing_open():
    assert found(FIRST) == {}


def test_no_milestone_is_the_only_finding():
    assert set(found()) == {"milestones.none"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due": None}, "milestones.due"),
        ({"due": date(2027, 3, 14)}, "milestones.dates"),
        ({"owner": " "}, "milestones.owner"),
        ({"kill_criteria": ""}, "milestones.kill"),
    ],
)
def test_what_a_milestone_lacks_is_named(change, code):
    assert found(FIRST.model_copy(update=change))[code].record == "a"


def test_a_milestone_of_one_day_is_fine():
    assert "milestones.dates" not in found(FIRST.model_copy(update={"due": MARCH}))


def test_a_start_before_the_work_it_waits_for_is_done_is_told():
    second = FIRST.model_copy(update={"id": "b", "start": MARCH, "due": MAY, "depends_on": ("a",)})
    assert found(FIRST, second)["milestones.overlap"].record == "b"
    assert "milestones.overlap" not in found(FIRST, second.model_copy(update={"start": APRIL}))


@pytest.mark.parametrize("family", Family)
def test_each_family_of_targets_is_needed(family):
    message = found(FIRST, targets=tuple(t for t in TARGETS if t.family is not family))[f"milestones.no_{family}"].message
    assert (family.label if family is Family.ML else family.label.lower()) in message


@pytest.mark.parametrize("change", [{"milestone": ""}, {"milestone": "gone"}, {"target": None}, {"family": None}])
def test_a_target_without_milestone_number_or_family_reaches_nothing(change):
    targets = tuple(t.model_copy(update=change) for t in TARGETS)
    assert {"milestones.no_target", "milestones.no_ml", "milestones.no_software", "milestones.no_business"} <= set(
        found(FIRST, targets=targets)
    )


@pytest.mark.parametrize("milestone", ["", "gone"])
def test_a_target_that_belongs_to_no_milestone_is_named(milestone):
    assert found(FIRST, targets=(Target(id="t", metric="Words", milestone=milestone),))["milestones.target_alone"].record == "t"


def test_a_milestone_that_no_number_measures_is_named():
    second = FIRST.model_copy(update={"id": "b"})
    assert found(FIRST, second)["milestones.no_target"].record == "b"


def waiting(**links):
    return Milestones(milestones=tuple(Milestone(id=i, deliverable=i, depends_on=d) for i, d in links.items()))


@pytest.mark.parametrize(
    ("plan", "circle"),
    [
        (waiting(a=(), b=("a",), c=("a", "b")), set()),
        (waiting(a=("gone",)), set()),
        (waiting(a=("a",)), {"a"}),
        (waiting(a=("b",), b=("a",)), {"a", "b"}),
        (waiting(a=("c",), b=("a",), c=("b",), d=("a",)), {"a", "b", "c"}),
    ],
)
def test_milestones_that_wait_for_each_other_are_found(plan, circle):
    assert set(cycle(plan)) == circle
    assert ("milestones.cycle" in {f.code for f in review(plan)}) is bool(circle)


def test_the_plan_is_told_by_due_date_and_undated_work_comes_last():
    plan = Milestones(
        milestones=(
            Milestone(id="x"),
            Milestone(id="late", due=MAY),
            Milestone(id="soon", due=APRIL, start=MARCH),
            Milestone(id="sooner", due=APRIL, start=date(2027, 1, 1)),
        )
    )
    assert [m.id for m in in_order(plan)] == ["sooner", "soon", "late", "x"]
