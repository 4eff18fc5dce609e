"""In which order groups deserve work, and why."""

from __future__ import annotations

import pytest

from scoping.feasibility.order_of_work import order_of_work
from scoping.feasibility.slices import Part
from scoping.sections.feasibility import SliceKind

CLEAR = Part(name="Clear speech", accuracy=0.94, hlp=0.95, share=0.60)
CAR = Part(name="Car noise", accuracy=0.89, hlp=0.93, share=0.04)
PEOPLE = Part(name="People noise", accuracy=0.87, hlp=0.89, share=0.30)
WEAK = Part(name="Weak connection", accuracy=0.70, hlp=0.70, share=0.06)


def changed(part, **fields):
    return Part(**{**vars(part), **fields})


def order(*parts):
    return [(p.place, p.part.name) for p in order_of_work(parts)]


def why(name, *parts):
    return next(", ".join(p.reasons) for p in order_of_work(parts) if p.part.name == name)


def test_without_more_the_points_to_gain_decide():
    assert order(WEAK, CAR, PEOPLE, CLEAR) == [
        (1, "Clear speech"),
        (1, "People noise"),
        (3, "Car noise"),
        (4, "Weak connection"),
    ]
    assert "4 points behind people on 4\u00a0% of the cases" in why("Car noise", WEAK, CAR, PEOPLE, CLEAR)
    assert "little to gain" in why("Weak connection", WEAK, CAR, PEOPLE, CLEAR)


def test_importance_and_ease_move_a_group():
    assert order(changed(CLEAR, ease=1), PEOPLE)[0] == (1, "People noise")
    assert order(CLEAR, changed(PEOPLE, importance=5))[0] == (1, "People noise")
    assert "hard to improve" in why("Clear speech", changed(CLEAR, ease=1), PEOPLE)


def test_what_must_never_fail_comes_first_however_rare_it_is_and_says_why():
    car = changed(CAR, must_not_fail=True, why="Drivers look away from the road.")
    assert order(CLEAR, PEOPLE, car)[0] == (1, "Car noise")
    assert why("Car noise", CLEAR, car).startswith("must never fail: Drivers look away from the road,")


def test_what_must_never_fail_and_never_does_waits():
    perfect = changed(CAR, accuracy=1.0, hlp=1.0, must_not_fail=True)
    assert order(CLEAR, perfect)[0] == (1, "Clear speech")


def test_one_that_nobody_measured_is_the_first_of_those_that_must_never_fail():
    unknown = Part(name="Children", must_not_fail=True)
    assert order(changed(CAR, must_not_fail=True), unknown) == [(1, "Children"), (2, "Car noise")]
    assert "nobody has measured" in why("Children", unknown)


@pytest.mark.parametrize("kind", [SliceKind.RARE, SliceKind.PROTECTED])
def test_a_rare_or_protected_group_counts_as_if_it_were_as_common_as_the_others(kind):
    assert order(CLEAR, PEOPLE, changed(CAR, kind=kind))[0] == (1, "Car noise")
    assert "counted as if it were as common" in why("Car noise", CLEAR, PEOPLE, changed(CAR, kind=kind))
    assert "counted as if" not in why("Clear speech", changed(CLEAR, kind=kind), PEOPLE)


def test_where_people_are_not_known_all_errors_count_and_that_is_said():
    unknown = changed(PEOPLE, hlp=None)
    assert order(CLEAR, unknown)[0] == (1, "People noise")
    assert "how well people do it is not known: all its errors count, 13\u00a0% on 30\u00a0% of the cases" in why(
        "People noise", CLEAR, unknown
    )


def test_what_is_not_measured_has_no_place_and_stands_last():
    assert order(Part(name="New shops", share=0.5), CLEAR) == [(1, "Clear speech"), (None, "New shops")]
    assert order() == []
