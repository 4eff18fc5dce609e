"""The timeline of all projects in a picture and in words, and the load of people week by week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scoping.drawing import LIGHT
from scoping.milestones.status import SIGNS, State
from scoping.portfolio.charts import load_picture
from scoping.portfolio.timeline import FULL, Share, is_role, loads, mondays

TODAY = date(2027, 1, 15)
WEEKS = mondays(TODAY, 4)


def share(person: str = "Ana", percent: float = 60, start: date = WEEKS[0], due: date = WEEKS[1], project: str = "One") -> Share:
    return Share(person=person, share=percent, start=start, due=due, project=project)


def test_every_state_has_a_sign_of_its_own_beside_its_word() -> None:
    assert set(SIGNS) == set(State)
    assert len(set(SIGNS.values())) == len(State)


def test_weeks_begin_on_monday_with_the_present_one() -> None:
    assert mondays(TODAY, 4) == (date(2027, 1, 11), date(2027, 1, 18), date(2027, 1, 25), date(2027, 2, 1))
    assert len(mondays(date.max, 3)) == 3


def test_shares_of_a_week_are_added_up_over_projects_whatever_the_spelling() -> None:
    (ana,) = loads((share(), share(" ANA ", 50, start=WEEKS[1] + timedelta(days=6), due=WEEKS[2], project="Two")), WEEKS)
    assert ana.weeks == (60, 110, 50, 0)
    assert ana.projects == ("One", "Two")
    assert ana.is_overbooked


def test_a_full_week_is_not_too_much_and_who_is_booked_elsewhen_is_left_out() -> None:
    (ana,) = loads((share(percent=FULL), share("Bo", start=date(2027, 6, 1), due=date(2027, 6, 9))), WEEKS)
    assert not ana.is_overbooked


def test_shares_that_add_up_to_a_whole_week_are_not_more() -> None:
    (ana,) = loads((*(share(percent=10.1) for _ in range(9)), share(percent=9.1)), WEEKS)
    assert not ana.is_overbooked


def test_who_is_booked_twice_is_named_for_those_who_do_not_see_the_frame() -> None:
    people = loads((share(percent=140), share("Bo", 20)), WEEKS)
    found = load_picture(people, WEEKS, LIGHT)
    assert found is not None
    assert "Booked for more than a whole week: Ana up to 140\u00a0%." in found.alt
    assert load_picture((), WEEKS, LIGHT) is None


@pytest.mark.parametrize(
    "name", ["ML engineer", "Data Scientists", "labeller", "Product owner, to be named by the team", "Labeling crowd (staff)"]
)
def test_what_somebody_does_is_a_role(name) -> None:
    assert is_role(name)


@pytest.mark.parametrize(
    "name", ["Ana", "Dana Lee", "Dana Lee, ML engineer", "Engineer: Bo", "Search team (Bo)", "Leadbetter", "آنا"]
)
def test_who_somebody_is_is_no_role(name) -> None:
    assert not is_role(name)


def test_a_role_of_the_same_name_in_three_projects_is_three_people() -> None:
    found = loads(tuple(share("ML engineer", 100, project=p) for p in ("One", "Two", "Three")), WEEKS)
    assert [(one.person, max(one.weeks), one.is_overbooked) for one in found] == [
        (f"ML engineer ({p})", 100, False) for p in ("One", "Three", "Two")
    ]
    assert loads(tuple(share("Dana Lee", 100, project=p) for p in ("One", "Two", "Three")), WEEKS)[0].is_overbooked
