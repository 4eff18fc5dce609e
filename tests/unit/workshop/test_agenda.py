"""Which questions a workshop asks, in what order and with how many minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scoping.charter import Charter
from scoping.sections.solutions import Solution, Solutions
from scoping.workshop.about import filled_in
from scoping.workshop.agenda import Block, Length, beginning_with, begins, fitting, planned, seconds_for, usually_needed
from scoping.workshop.questions import questions

USUAL = [q.key for q in questions().values() if q.is_usual]


def asked(agenda: tuple[Block, ...]) -> list[str]:
    return [key for block in agenda for key in block.questions]


def test_an_empty_project_is_asked_everything_in_ninety_minutes() -> None:
    agenda = planned(())
    assert asked(agenda) == USUAL
    assert [b.minutes for b in agenda] == [15, 15, 15, 15, 5, 10, 15]


def test_what_is_met_is_left_out_with_its_time() -> None:
    agenda = planned({1, 2, 3, 10, 11})
    assert "wish" not in asked(agenda)
    assert "right" not in [b.key for b in agenda]
    assert sum(b.minutes for b in agenda) < 90
    assert planned(range(1, 17)) == ()


def test_what_is_filled_in_is_not_asked_again() -> None:
    sees = {
        "input_x": "Sales of the last weeks",
        "target_y": "Sales of tomorrow",
        "approach": "ml",
        "data": "structured",
        "novelty": "existing",
    }
    forecast = Solution(id="s1", name="Forecast sales", standing="chosen", **sees)
    assert filled_in(Charter()) == set()
    assert "sees" in filled_in(charter := Charter(solutions=Solutions(solutions=(forecast,))))
    assert "sees" in asked(planned(()))
    assert "sees" not in asked(planned((), filled=filled_in(charter)))
    # What nobody knows yet is open.
    doubtful = forecast.model_copy(update={"novelty": None, "unknown": frozenset({"novelty"})})
    assert "sees" not in filled_in(Charter(solutions=Solutions(solutions=(doubtful,))))
    kept = (Block("mine", "Mine", 20, ("sees", "cost")),)
    assert fitting(kept, (), {"sees"}) == (Block("mine", "Mine", 10, ("cost",)),)


def test_a_short_one_is_short_and_several_days_have_time_to_talk() -> None:
    short, long = planned((), Length.SHORT), planned((), Length.SERIES)
    assert set(asked(short)) < set(USUAL)
    assert sum(b.minutes for b in short) == 45
    # What is met takes its time along, however long the team needed before.
    assert sum(b.minutes for b in planned({1, 2}, Length.SHORT)) < 45
    assert sum(b.minutes for b in planned((), Length.SHORT, dict.fromkeys(USUAL, 900.0))) == 45
    assert (asked(long), sum(b.minutes for b in long)) == (USUAL, 180)


def test_minutes_follow_what_the_team_needed() -> None:
    needed = usually_needed([{"wish": 1200, "who": 3}, {"wish": 600, "who": 300}, {"wish": 9000}])
    assert needed == {"wish": 1200, "who": 300}
    usual, learnt = planned(())[0], planned((), needed=needed)[0]
    assert usual.minutes == 15
    assert learnt.minutes == round(3 / 5 * 15 + 20 + 5)


def test_the_next_one_begins_with_what_was_left_open() -> None:
    agenda = beginning_with(planned(()), ["cost", "screening", "gone"])
    assert (agenda[0].questions, agenda[0].key) == (("cost", "screening"), "open")
    assert sorted(asked(agenda)) == sorted(USUAL)
    # A block that has nothing left is no block.
    assert "right" in [b.key for b in agenda]
    assert "right" not in [b.key for b in beginning_with(planned(()), ["screening", "worries"])]
    assert beginning_with(planned(()), []) == planned(())


def test_an_agenda_that_was_kept_loses_what_is_answered_and_what_no_workshop_asks_any_more() -> None:
    kept = (Block("mine", "Mine", 20, ("wish", "who", "of old", "cost")), Block("done", "Done", 5, ("wish",)))
    assert fitting(kept, {1}) == (Block("mine", "Mine", 5, ("cost",)),)


def test_blocks_begin_one_after_the_other_and_share_their_minutes() -> None:
    agenda = (Block("a", "A", 10, ("wish", "who")), Block("b", "B", 5, ("cost",)))
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert begins(agenda, at) == [at, at + timedelta(minutes=10), at + timedelta(minutes=15)]
    assert [seconds_for(agenda, key) for key in ("who", "cost", "ideas")] == [300, 300, 0]


@pytest.mark.parametrize("length", list(Length))
def test_every_length_fits_every_state_of_a_project(length: Length) -> None:
    for done in range(17):
        agenda = planned(range(1, done + 1), length)
        assert all(b.minutes >= 1 and b.questions for b in agenda)
        assert len(asked(agenda)) == len(set(asked(agenda)))
