"""Rollout: a way in, a way back, and somebody who notices."""

from datetime import date

import pytest

from scoping.sections.rollout import Automation, Monitor, Pattern, RampStep, Rollout, Signal
from tests.told import told_of

MONITORS = tuple(
    Monitor(id=s, trouble="Clipped audio", signal=s, metric="Length", threshold=0, who_reacts="On call") for s in Signal
)
CALM = Rollout(pattern=Pattern.SHADOW, rollback_owner="On call", fallback="The typed search opens", monitors=MONITORS)


def found(**changes):
    return told_of("rollout", rollout=CALM.model_copy(update=changes))


def test_a_complete_plan_leaves_nothing_open():
    assert found() == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pattern": None}, "rollout.pattern"),
        ({"rollback_owner": " "}, "rollout.rollback"),
        ({"fallback": ""}, "rollout.fallback"),
        ({"monitors": ()}, "rollout.no_monitor"),
        ({"pattern": Pattern.CANARY}, "rollout.share"),
    ],
)
def test_what_the_plan_lacks_is_named_alone(change, code):
    assert set(found(**change)) == {code}


def test_a_canary_of_no_share_at_all_is_a_stated_share():
    assert found(pattern=Pattern.CANARY, start_share=0.0) == {}


@pytest.mark.parametrize(
    ("now", "end", "told"),
    [
        (Automation.FULL, Automation.HUMAN, True),
        (Automation.ASSISTANCE, Automation.ASSISTANCE, False),
        (Automation.HUMAN, Automation.PARTIAL, False),
        (Automation.FULL, None, False),
    ],
)
def test_going_back_in_automation_is_asked_about(now, end, told):
    assert ("rollout.automation" in found(automation_now=now, automation_end=end)) is told


@pytest.mark.parametrize("signal", Signal)
def test_each_kind_of_metric_is_watched(signal):
    assert set(found(monitors=tuple(m for m in MONITORS if m.signal is not signal))) == {f"rollout.no_{signal}"}


@pytest.mark.parametrize("change", [{"threshold": None}, {"who_reacts": ""}])
def test_an_alarm_has_a_threshold_and_somebody_who_reacts(change):
    assert found(monitors=(MONITORS[0].model_copy(update=change), *MONITORS[1:]))["rollout.alarm"].record == MONITORS[0].id


def step(share: float | None, day: int, **more: object) -> RampStep:
    return RampStep(id=f"s{day}", share=share, starts=date(2027, 3, day), **{"condition": "No alarm", **more})


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ((step(5, 1), step(25, 15), step(100, 29)), set()),
        ((step(25, 1), step(5, 15)), {"rollout.ramp_share"}),
        ((step(5, 1), step(5, 15)), {"rollout.ramp_share"}),
        ((step(5, 15), step(25, 1)), {"rollout.ramp_order"}),
        ((step(5, 1, condition=""), step(100, 15)), {"rollout.ramp_condition"}),
        ((step(100, 1, condition=""),), set()),
        ((step(None, 1), step(5, 15)), set()),
    ],
)
def test_a_ramp_up_grows_and_says_what_has_to_hold(steps, codes):
    assert set(found(ramp=steps)) == codes


def test_the_first_step_of_a_ramp_up_is_the_share_that_sees_it_first():
    assert found(pattern=Pattern.CANARY, ramp=(step(5, 1),)) == {}
