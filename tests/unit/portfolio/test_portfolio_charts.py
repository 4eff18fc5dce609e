"""Where projects stand in the picture of all of them."""

from __future__ import annotations

import pytest

from scoping.portfolio.charts import _aside


@pytest.mark.parametrize("projects", range(1, 7))
def test_the_projects_of_a_verdict_stand_around_its_name(projects: int) -> None:
    places = [_aside(nth, projects) for nth in range(projects)]
    assert sum(places) == pytest.approx(0)
    assert len(set(places)) == projects
    assert max(map(abs, places)) < 0.5  # within its column


def test_more_projects_than_fit_start_again_from_the_left() -> None:
    assert [_aside(nth, 8) for nth in (6, 7)] == [_aside(nth, 8) for nth in (0, 1)]
