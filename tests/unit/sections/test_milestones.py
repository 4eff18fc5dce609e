"""Milestones: dates that hold, three families of targets, stop criteria agreed beforehand."""

from datetime import date

import pytest

from scoping.sections.milestones import Family, Milestone, MilestoneKind, Milestones, Move, Target, cycle, in_order, review
from tests.told import missing, told_of

MARCH, APRIL, MAY = date(2027, 3, 15), date(2027, 4, 15), date(2027, 5, 15)
FIRST = Milestone(
    id="a", deliverable="Proof", owner="Ben", start=MARCH, due=APRIL, kill_criteria="Below 80 %", decider="Ana", kind="poc"
)
LAUNCH = FIRST.model_copy(update={"id": "z", "deliverable": "Launch", "start": MAY, "due": MAY, "kind": MilestoneKind.LAUNCH})
TARGETS = tuple(Target(id=f"{m}_{family}", milestone=m, family=family, metric="m", target=0) for family in Family for m in "az")


def found(*rows, targets=TARGETS):
    return told_of("milestones", milestones=Milestones(milestones=rows, targets=targets))


def test_a_milestone_with_all_it_needs_leaves_nothing_open():
    assert found(FIRST, LAUNCH) == {}


def test_no_milestone_is_the_only_finding():
    assert set(found(targets=())) == {"milestones.none", "milestones.no_stop"}


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
    message = found(FIRST, LAUNCH, targets=tuple(t for t in TARGETS if t.family is not family))["milestones.no_target"].message
    assert (family.label if family is Family.ML else family.label.lower()) in message


@pytest.mark.parametrize("change", [{"milestone": ""}, {"milestone": "gone"}, {"target": None}, {"family": None}])
def test_a_target_without_milestone_number_or_family_reaches_nothing(change):
    targets = tuple(t.model_copy(update=change) for t in TARGETS)
    assert "no ML and no software and no business target" in found(FIRST, LAUNCH, targets=targets)["milestones.no_target"].message


@pytest.mark.parametrize("milestone", ["", "gone"])
def test_a_target_that_belongs_to_no_milestone_is_named(milestone):
    assert found(FIRST, targets=(Target(id="t", metric="Words", milestone=milestone),))["milestones.target_alone"].record == "t"


def test_a_milestone_that_no_number_measures_is_named():
    second = FIRST.model_copy(update={"id": "b"})
    assert found(FIRST, second, LAUNCH)["milestones.no_target"].record == "b"


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
    assert ("milestones.cycle" in missing(milestones=plan)) is bool(circle)


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


def test_what_does_not_wait_for_its_predecessor_after_a_move_is_said():
    def said(*rows, **lists):
        found = review(Milestones(milestones=rows, **lists))
        return [f.message for f in found if f.code == "milestones.overlap"]

    first = Milestone(id="a", deliverable="Data", due=date(2027, 3, 20))
    after = Milestone(id="b", deliverable="Trial", start=date(2027, 3, 10), depends_on=("a",))
    assert said(first, after) == ["“Trial” starts before “Data”, on which it depends, is due."]
    assert said(first.model_copy(update={"reached_on": date(2027, 3, 9)}), after) == []
    blank = Milestone(id="b", deliverable="Trial", due=date(2027, 3, 20), depends_on=("a",))
    assert said(first, blank) == ["“Trial” is not due later than “Data”, on which it depends."]
    free = after.model_copy(update={"depends_on": ()})
    assert said(first, free) == []
    move = Move(id="m", milestone="a", before=date(2027, 3, 9), after=date(2027, 3, 20), reason="Late labels")
    assert said(first, free, moves=(move,)) == ["“Trial” starts before “Data”, which was planned to be done by then, is due."]
    earlier = move.model_copy(update={"before": date(2027, 3, 15)})
    assert said(first, free, moves=(earlier,)) == []
