"""What holds for the health of every charter: it is always known, and what a save foresees comes true."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping.health import health, health_over_time, milestones_over_time
from scoping.milestones.status import of_plan
from scoping.review import overview
from tests.property.strategies import charters

SMALL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SMALL
@given(charters(), st.dates(), st.dates())
def test_every_day_after_a_save_was_foreseen(charter, one, other):
    begin, day = sorted((one, other))
    missing = overview(charter).missing_words
    (foreseen,) = [s.value for s in health_over_time(charter, begin, missing) if s.first <= day <= s.last]
    assert foreseen.on(day) == health(charter, day, missing)
    states = milestones_over_time(charter.milestones, begin)
    for status in of_plan(charter.milestones, day):
        assert [s.value for s in states[status.milestone.id] if s.first <= day <= s.last] == [status.state]
