"""Calendars hold every date of a plan under a name that lasts, read back by another program's parser."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from hypothesis import given, settings

from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.calendar import to_calendar, to_portfolio_calendar
from scoping.health import Health, Word
from scoping.milestones.status import State
from scoping.portfolio.timeline import Entry
from scoping.samples import samples
from scoping.sections.milestones import CheckIn, Gate, Milestone, Milestones, Target
from scoping.sections.project import Project
from scoping.sections.rollout import NextStep, Rollout
from tests.exports.filled import AT, filled_charter
from tests.property.strategies import parts

DUE = date(2027, 6, 1)
ROW = Milestone(id="m1", deliverable="Recogniser, measured; at 5 °C", owner="Bo\nLee", due=DUE)


def charter(*rows: Milestone, rollout: Rollout | None = None, **lists: tuple) -> Charter:
    plan = Milestones(milestones=rows, **lists)
    return Charter(project=Project(name="Voice: search"), milestones=plan, rollout=rollout or Rollout())


def made(one: Charter, revision: int = 7, saved_at: datetime = AT) -> bytes:
    return to_calendar(one, project="p1", revision=revision, saved_at=saved_at)


def events(content: bytes) -> dict[str, vobject.base.Component]:
    """What another parser finds, by the part of the name before the project."""
    calendar = vobject.readOne(content.decode())
    found = getattr(calendar, "vevent_list", [])
    assert len({e.uid.value for e in found}) == len(found)
    return {e.uid.value.split("@")[0].removesuffix("-p1"): e for e in found}


def test_a_milestone_is_a_whole_day_with_a_reminder_a_week_before() -> None:
    event = events(made(charter(ROW)))["milestone-m1"]
    assert (event.dtstart.value, event.dtend.value) == (DUE, DUE + timedelta(days=1))
    assert event.summary.value == "Voice: search: Recogniser, measured; at 5 °C"
    assert event.description.value == "Owner: Bo\nLee"
    assert event.valarm.trigger.value == -timedelta(days=7)
    assert event.transp.value == "TRANSPARENT"


def test_names_last_when_a_date_moves_and_the_newer_calendar_wins() -> None:
    before, after = made(charter(ROW)), made(charter(ROW.model_copy(update={"due": DUE + timedelta(days=9)})), revision=8)
    old, new = (events(content)["milestone-m1"] for content in (before, after))
    assert old.uid.value == new.uid.value
    assert int(new.sequence.value) > int(old.sequence.value)
    assert new.dtstart.value == DUE + timedelta(days=9)


def test_the_same_revision_gives_the_same_bytes() -> None:
    assert made(samples()[0].charter) == made(samples()[0].charter)


def test_a_gate_says_who_decides_and_when_to_stop_and_a_decided_one_no_longer_reminds() -> None:
    row = ROW.model_copy(update={"decider": "Dana", "kill_criteria": "Below 80 %"})
    gate = events(made(charter(row)))["gate-m1"]
    assert gate.dtstart.value == DUE
    assert "Decides: Dana" in gate.description.value
    assert "Below 80 %" in gate.description.value
    decided = row.model_copy(update={"gate": Gate.GO, "gate_on": date(2027, 6, 3), "gate_reason": "Met"})
    for taken_by, told in ((date(2027, 5, 31), "Noted ahead of the day: Go on"), (date(2027, 6, 3), "Decided: Go on")):
        gate = events(to_calendar(charter(decided), project="p1", revision=7, saved_at=AT, today=taken_by))["gate-m1"]
        assert gate.dtstart.value == date(2027, 6, 3)
        assert told in gate.description.value
        assert hasattr(gate, "valarm") == told.startswith("Noted")


def test_targets_are_told_and_one_without_a_number_is_not() -> None:
    targets = (
        Target(id="t", milestone="m1", metric="Words right", direction="at_least", target=85.5, unit="%"),
        Target(id="u", milestone="m1", metric="Not known"),
    )
    text = events(made(charter(ROW, targets=targets)))["milestone-m1"].description.value
    assert "Words right: at least 85.5\u00a0%" in text
    assert "Not known" not in text


def test_check_ins_come_every_week_until_the_last_open_milestone_is_due() -> None:
    held = (CheckIn(id="c", held_on=date(2027, 5, 10)),)
    event = events(made(charter(ROW, checkins=held)))["check-in"]
    days = [d.date() for d in event.getrruleset(addRDate=True)]
    assert days == [date(2027, 5, 17), date(2027, 5, 24), date(2027, 5, 31)]


@pytest.mark.parametrize(
    "over", [charter(ROW.model_copy(update={"reached_on": DUE})), charter(ROW, rollout=Rollout(closed_on=DUE)), charter()]
)
def test_no_check_in_is_asked_for_when_nothing_is_open(over: Charter) -> None:
    assert "check-in" not in events(made(over))


def test_next_steps_of_a_closed_project_stay_in_the_calendar() -> None:
    rollout = Rollout(closed_on=DUE, next_steps=(NextStep(id="n", step="Hand over", owner="Bo", due=date(2027, 7, 1)),))
    assert events(made(charter(rollout=rollout)))["next-step-n"].dtstart.value == date(2027, 7, 1)


def test_the_first_and_the_last_day_there_are_fit() -> None:
    rows = (Milestone(id="a", deliverable="A", due=date.min), Milestone(id="z", deliverable="Z", due=date.max))
    content = made(charter(*rows, checkins=(CheckIn(id="c", held_on=date.max),)))
    assert b"DTSTART;VALUE=DATE:00010101" in content
    assert b"DTSTART;VALUE=DATE:99991231" in content


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    content = made(filled_charter().with_part("project", Project(name="زبان " * 50)))
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@settings(max_examples=25, deadline=None)
@given(parts(PART_BY_SLUG["milestones"]))
def test_any_plan_gives_a_calendar_that_can_be_read(plan: Milestones) -> None:
    found = events(made(Charter(milestones=plan), saved_at=datetime(2027, 1, 1, tzinfo=UTC)))
    assert {f"milestone-{m.id}" for m in plan.milestones if m.due} <= found.keys()


def test_a_milestone_that_is_reworked_is_still_reminded_of() -> None:
    for gate, is_reminded in ((Gate.REWORK, True), (Gate.GO, False), (Gate.STOP, False)):
        event = events(made(charter(ROW.model_copy(update={"gate": gate}))))["milestone-m1"]
        assert hasattr(event, "valarm") == is_reminded


LATE = Health(Word.LATE, "“Result” was due on 1 Jun 2027, and nothing shows that it was reached.", 3)


@pytest.mark.parametrize(
    ("health", "told"),
    [
        (LATE, "Project: Late 3 days: “Result” was due on 1 Jun 2027, and nothing shows that it was reached."),
        (None, "Project: its health is not worked out yet."),
    ],
)
def test_every_date_of_all_projects_tells_how_its_project_is(health: Health | None, told: str) -> None:
    entry = Entry(
        project_id="p1",
        project="Voice",
        id="m1",
        title="Result",
        owner="Bo",
        due=DUE,
        state=State.LATE,
        health=health,
    )
    event = events(to_portfolio_calendar([entry], 1, AT))["milestone-m1"]
    assert event.description.value == f"Late\nOwner: Bo\n{told}"


def test_all_projects_in_one_calendar_say_how_many_were_left_out() -> None:
    entries = [
        Entry(
            project_id=f"p{i}",
            project="Voice",
            id="m1",
            title="Result",
            owner="Bo",
            due=DUE,
            state=State.LATE,
            health=LATE,
        )
        for i in range(3)
    ]
    content = to_portfolio_calendar(entries, 5, AT)
    assert len(events(content)) == 3
    assert vobject.readOne(content.decode()).x_wr_caldesc.value == "The next 3 of 5 open milestones."
    (own,) = (e.uid.value for e in events(made(charter(ROW))).values() if "milestone" in e.uid.value)
    assert own in content.decode().replace("\r\n ", "")
