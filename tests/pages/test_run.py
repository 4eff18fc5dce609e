"""How a plan stands is told to browsers; a reading is noted where one looks, or refused at its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pages.parts import here
from scoping.charter import Charter
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.sections.milestones import Baseline, Milestone, Milestones, Target
from scoping.sections.rollout import Monitor, Rollout
from tests.live import ask

DEVICE = "this-browser"


def day(offset: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=offset)


PLAN = Milestones(
    milestones=(
        Milestone(id="a", deliverable="Recogniser", start=day(-40), due=day(-3), decider="Dana Lee", likely_days=20),
        Milestone(id="b", deliverable="Launch", start=day(1), due=day(60), likely_days=10, depends_on=("a",)),
    ),
    targets=(Target(id="car", milestone="a", family="ml", metric="Words right", direction="at_least", target=85, unit="%"),),
    baselines=(Baseline(id="x", frozen_on=day(-50), plan=freeze([FrozenMilestone(id="a", due=day(-10))])),),
)
WATCHED = Monitor(id="m", trouble="Clipped", metric="Audio length", bound="below", threshold=1.6, unit="s", who_reacts="Yuki")


@pytest.fixture
def project(new_tab: object) -> str:
    charter = Charter().with_part("milestones", PLAN).with_part("rollout", Rollout(monitors=(WATCHED,)))
    return here.store().create(charter, "Ana")


def told(port: int, project: str) -> dict[str, Any]:
    status, said = ask(port, "GET", f"projects/{project}/run", None, DEVICE)
    assert status == 200
    return said


def note(port: int, project: str, of: str, value: str, when: str = "") -> dict[str, Any]:
    status, said = ask(
        port, "POST", f"projects/{project}/noted", {"of": of, "value": value, "when": when or day(0).isoformat()}, DEVICE
    )
    assert status == 200
    return said


def readings(project: str, part: str) -> list[Any]:
    return list(here.store().open(project).charter.part(part).readings)


def test_every_milestone_is_told_with_its_state_its_signed_day_and_the_days_to_come(port: int, project: str) -> None:
    said = told(port, project)
    late, soon = said["rows"]["a"], said["rows"]["b"]
    assert (late["state"], late["signed"], late["later"] > 0) == ("late", day(-10).isoformat(), True)
    assert (soon["state"], "signed" in soon, soon["half"] <= soon["most"]) == ("at_risk", False, True)
    assert said["signed"] is True
    assert said["targets"]["car"][0] == "late"
    assert said["monitors"]["m"][0] == "unknown"


def test_the_four_facts_name_the_gate_the_chance_the_half_and_what_was_signed(port: int, project: str) -> None:
    facts = told(port, project)["facts"]
    assert [label for label, _, _ in facts] == ["Next gate", facts[1][0], "Half of all cases by", "Last promised day"]
    assert facts[0][2] == "3 days ago; Dana Lee decides"
    assert facts[1][0].startswith("All done by")
    assert "1 in" in facts[1][1] or "in 20" in facts[1][1]
    assert facts[3][2] == "not in the signed plan"


def test_a_reading_is_kept_with_day_and_name_and_the_plan_follows(port: int, project: str) -> None:
    assert note(port, project, "car", "86 %")["ok"]
    ((target, value, when),) = [(r.target, r.value, r.when) for r in readings(project, "milestones")]
    assert (target, value, when) == ("car", 86, day(0))
    assert told(port, project)["rows"]["a"]["state"] == "done"
    assert "already" in note(port, project, "car", "86")["remark"]
    assert len(readings(project, "milestones")) == 1


@pytest.mark.parametrize(
    ("of", "value", "when", "field", "words"),
    [
        ("car", "186", "", "value", "not between 0 and 100"),
        ("car", "many", "", "value", "many"),
        ("car", "", "", "value", "Type a number."),
        ("car", "86", day(9).isoformat(), "when", "is in the future"),
        ("car", "86", day(-90).isoformat(), "when", "before the project begins"),
        ("car", "86", "soon", "when", "soon"),
        ("m", "1.2", day(9).isoformat(), "when", "is in the future"),
        ("gone", "1.2", "", "value", "removed meanwhile"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    port: int, project: str, of: str, value: str, when: str, field: str, words: str
) -> None:
    said = note(port, project, of, value, when)
    assert (said["ok"], said["field"]) == (False, field)
    assert words in said["error"]
    assert readings(project, "milestones") == readings(project, "rollout") == []


def test_a_reading_beyond_its_threshold_is_an_alarm_in_words(port: int, project: str) -> None:
    assert note(port, project, "m", "1.2")["ok"]
    alarm, label, rule = told(port, project)["monitors"]["m"]
    assert (alarm, label, "Yuki reacts" in rule) == ("raised", "Alarm", True)


def test_a_page_of_another_site_notes_nothing(port: int, project: str) -> None:
    body = {"of": "car", "value": "86", "when": day(0).isoformat()}
    status, _ = ask(port, "POST", f"projects/{project}/noted", body, DEVICE, **{"X-Requested-With": "other"})
    assert status == 403
