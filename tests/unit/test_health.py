"""One health per project: late before ready, unknown never good, and the same on every day that was foreseen."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.health import ICONS, TONES, Health, Tone, Word, health, health_over_time, milestones_over_time
from scoping.milestones import plan as milestones_plan
from scoping.milestones.status import State, of_plan
from scoping.review import overview
from scoping.sections.milestones import CheckIn, Gate, Milestone, Milestones, Pace, Reading, Target
from scoping.sections.project import Project, SignAnswer, Signature
from scoping.sections.rollout import ClosedAs, Rollout
from scoping.signing.milestones import stopping_is_agreed
from scoping.signing.signatures import bound
from tests.plans import any_charter, by_chance

TODAY = date(2026, 11, 30)
READY: tuple[str, ...] = ()
OPEN = ("Name the owner.", "Say when you would stop.", "Set a target.")


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def slug(name: str) -> str:
    return name.lower().replace(" ", "_")


def target(name: str, goal: float = 85) -> Target:
    return Target(id=slug(name), milestone="a", metric=name, family="ml", direction="at_least", target=goal, unit="%", baseline=60)


def reading(of: str, value: float, when: int = -3) -> Reading:
    return Reading(id=f"{slug(of)}{when}", target=slug(of), when=days(when), value=value)


def one(id: str = "a", start: int | None = -30, due: int | None = 30, **more: object) -> Milestone:
    ends = {name: days(n) for name, n in (("start", start), ("due", due)) if n is not None}
    return Milestone(id=id, deliverable=f"Result {id}", **ends, **more)


def project(*milestones: Milestone, signed: tuple[int | None, ...] = (), rollout: Rollout | None = None, **lists: tuple) -> Charter:
    signatures = tuple(
        Signature(id=f"s{n}", name=f"Signer {n}")
        if day is None
        else Signature(id=f"s{n}", name=f"Signer {n}", answered=SignAnswer.SIGNED, signed_on=days(day))
        for n, day in enumerate(signed)
    )
    charter = Charter(
        project=Project(name="Voice", signatures=signatures),
        milestones=Milestones(milestones=milestones, **lists),
        rollout=rollout or Rollout(),
    )
    return bound(charter, 1)


def told(charter: Charter, missing: tuple[str, ...] = READY, today: date = TODAY) -> Health:
    return health(charter, today, missing)


LATE = project(
    one(due=-3),
    targets=(target("Words right"), target("In the car"), target("Speed")),
    readings=(reading("Words right", 84), reading("In the car", 83.6), reading("Speed", 90)),
)


def test_three_days_late_with_missed_targets_is_late_although_nothing_to_sign_is_missing():
    found = told(LATE)
    assert (found.word, found.days_late, found.words, found.tone) == (Word.LATE, 3, "Late 3 days", Tone.BAD)
    assert found.reason == (
        "“Result a” was due on 27 Nov 2026; 2 of 3 targets are missed: Words right, 84\u00a0% (at least 85\u00a0%); In the car, 83.6\u00a0% (at least 85\u00a0%)."
    )
    assert told(LATE, OPEN) == found


def test_one_day_is_one_day_and_several_late_ones_are_counted_from_the_first():
    assert told(project(one(due=-1))).words == "Late 1 day"
    found = told(project(one("b", due=-2), one("a", due=-9)))
    assert found.days_late == 9
    assert "“Result a” was due on 21 Nov 2026, and nothing shows that it was reached. 1 more milestone is late." in found.reason


@pytest.mark.parametrize(
    ("charter", "missing", "word", "says"),
    [
        (project(), OPEN, Word.DRAFT, "Name the owner. 2 more conditions are not met yet."),
        (project(one()), OPEN[:1], Word.DRAFT, "Name the owner."),
        (project(one()), READY, Word.READY, "Name who signs it."),
        (project(one(), signed=(-1, None)), READY, Word.READY, "Not signed yet: Signer 1."),
        (project(one(), signed=(-1, 5)), READY, Word.READY, "Not signed yet: Signer 1."),
        (
            project(one(), signed=(-1, -1)),
            OPEN,
            Word.DRAFT,
            "The charter was signed, and is a draft by now: sign again once nothing is missing.",
        ),
        (
            project(one(), signed=(-1, None)),
            OPEN,
            Word.DRAFT,
            "It is a draft by now; Signer 0 signed it before, and not everybody did.",
        ),
        (project(one(start=7), signed=(-1,)), READY, Word.SIGNED, "it begins on 7 Dec 2026."),
        (project(signed=(-1,)), READY, Word.SIGNED, "no first day is planned"),
        (project(one(), signed=(-1,)), READY, Word.SIGNED, "nothing shows how “Result a” stands"),
        (project(one(due=-9, reached_on=days(-9)), signed=(-40,)), READY, Word.ON_TRACK, "Close it under Rollout."),
        (project(one("b", due=-2), one("a", depends_on=("b",))), READY, Word.LATE, "“Result b”"),
        (project(one(gate=Gate.REWORK, gate_on=days(-2))), READY, Word.AT_RISK, "Rework was decided at its gate on 28 Nov 2026."),
        (
            project(one(gate=Gate.STOP, gate_on=days(-2), gate_reason="Unfair to the young"), one("b", due=-9)),
            READY,
            Word.STOPPED,
            "Unfair to the young",
        ),
        (
            project(one(due=-9), rollout=Rollout(closed_on=days(-1), closed_as=ClosedAs.PARTLY)),
            OPEN,
            Word.CLOSED,
            "Delivered in part, on 29 Nov 2026.",
        ),
        (project(one(), rollout=Rollout(closed_on=days(-1), closed_as=ClosedAs.STOPPED)), OPEN, Word.STOPPED, "29 Nov 2026"),
        (project(one(), rollout=Rollout(closed_on=days(9))), OPEN, Word.DRAFT, "Name the owner."),
    ],
)
def test_the_first_rule_that_holds_decides(charter, missing, word, says):
    found = told(charter, missing)
    assert found.word is word
    assert says in found.reason


GATES = (
    (-20, [], True),
    (-20, [(Gate.GO, -10)], False),
    (-20, [(Gate.REWORK, -10)], False),
    (-20, [(Gate.GO, -30)], True),
    (-20, [(Gate.GO, -20)], False),
    (-20, [(Gate.GO, 5)], True),
    (-20, [(Gate.GO, 1)], False),
    (-20, [(Gate.GO, None)], True),
    (None, [(Gate.GO, -10)], True),
    (5, [], False),
    (1, [], True),
    (-20, [(Gate.GO, -10), (Gate.STOP, -5)], True),
)


@pytest.mark.parametrize(("stop_on", "others", "is_stopped"), GATES)
def test_one_decision_at_the_gates_holds_and_all_who_judge_a_plan_go_by_it(stop_on, others, is_stopped):
    """The first one is a stop; a day is counted from today, and tomorrow is today in the east."""
    decided = [("a", Gate.STOP, stop_on), *((name, gate, on) for name, (gate, on) in zip("bc", others, strict=False))]
    rows = [one(name, gate=gate, gate_on=None if on is None else days(on)) for name, gate, on in decided]
    charter = project(*rows)
    assert (told(charter).word is Word.STOPPED) == is_stopped
    stopped = {s.milestone.id for s in of_plan(charter.milestones, TODAY) if s.state is State.STOPPED}
    assert bool(stopped) == is_stopped
    assert set(milestones_plan.plan(charter.milestones, TODAY).left_out) == stopped
    last = rows[-1].gate is Gate.STOP
    assert stopped == ({rows[-1].id} if is_stopped and last else {"a"} if is_stopped else set())
    written_ahead = any(on is not None and on > 1 for _, _, on in decided)
    if not written_ahead:
        assert ("milestones.stopped" in {f.code for f in stopping_is_agreed(charter)}) == is_stopped


def test_a_decision_without_effect_says_why():
    ahead, overruled = (one(gate=Gate.STOP, gate_on=days(on)) for on in (5, -20))
    on_again = one("b", gate=Gate.GO, gate_on=days(-10))
    (a,) = of_plan(project(ahead).milestones, TODAY)
    assert a.rule.endswith("“Stop” at its gate is dated 5 Dec 2026, a day that is still to come.")
    (a, b) = of_plan(project(overruled, on_again).milestones, TODAY)
    assert a.rule.endswith("“Stop” at its gate does not hold any more: a later gate decided otherwise.")
    assert "gate" not in b.rule


def test_a_rework_that_is_dated_ahead_puts_nothing_at_risk_yet():
    charter = project(one(gate=Gate.REWORK, gate_on=days(5)))
    assert told(charter).word is Word.READY
    assert health(charter, days(5), READY).word is Word.AT_RISK
    assert set(_agrees(charter, READY, TODAY)) >= {Word.READY, Word.AT_RISK}


def test_no_word_is_told_twice():
    for day_closed, closed_as in ((days(-1), None), *((days(-1), how) for how in ClosedAs)):
        found = told(project(one(), rollout=Rollout(closed_on=day_closed, closed_as=closed_as)))
        assert not re.search(rf"\b{found.word.label}\b", found.reason, re.IGNORECASE)
    stopped = project(one(gate=Gate.STOP, gate_on=days(-2)))
    assert "stop" not in told(stopped).reason.lower()
    (a,) = of_plan(stopped.milestones, TODAY)
    assert "stop" not in a.rule.lower()


@pytest.mark.parametrize(
    ("confidence", "ago", "word"),
    [(4, 3, Word.ON_TRACK), (3, 3, Word.ON_TRACK), (2, 3, Word.AT_RISK), (None, 3, Word.SIGNED), (4, 60, Word.SIGNED)],
)
def test_a_team_that_is_sure_of_its_next_date_shows_how_it_stands_and_one_in_doubt_is_at_risk(confidence, ago, word):
    said = CheckIn(id="c", held_on=days(-ago), confidence=confidence)
    assert told(project(one(), signed=(-40,), checkins=(said,))).word is word


@pytest.mark.parametrize(
    ("pace", "ago", "word"),
    [
        (Pace.ON_TRACK, 3, Word.ON_TRACK),
        (Pace.AT_RISK, 3, Word.AT_RISK),
        (Pace.OFF_TRACK, 3, Word.AT_RISK),
        (Pace.ON_TRACK, 60, Word.SIGNED),
    ],
)
def test_what_a_team_says_of_its_pace_counts_before_how_sure_it_was(pace, ago, word):
    said = CheckIn(id="c", held_on=days(-ago), pace=pace, confidence=4)
    assert told(project(one(), signed=(-40,), checkins=(said,))).word is word


def test_what_readings_show_to_be_in_time_is_on_track():
    way = tuple(reading("Words right", value, when) for value, when in ((75, -20), (84, -2)))
    found = told(project(one(), signed=(-40,), targets=(target("Words right"),), readings=way))
    assert found.word is Word.ON_TRACK
    assert found.reason.startswith("Next is “Result a”, due on 30 Dec 2026.")


def test_every_word_has_an_icon_and_a_tone_and_only_trouble_is_loud():
    assert set(ICONS) == set(TONES) == set(Word)
    assert {word for word, tone in TONES.items() if tone in (Tone.BAD, Tone.WARN)} == {Word.LATE, Word.AT_RISK}


def test_the_sample_that_runs_late_says_so_in_the_words_of_its_targets():
    late = next(s for s in samples.samples() if s.slug == "voice_search").as_of(TODAY)
    found = told(late, overview(late).missing_words)
    assert found.words == "Late 3 days"
    assert "2 of 5 targets are missed: Word-level accuracy, 91.2\u00a0% (at least 91.3\u00a0%)" in found.reason


def _agrees(charter: Charter, missing: tuple[str, ...], begin: date) -> Counter[Word]:
    """Hold what was foreseen against what is worked out on each day. Returns how often each word was met."""
    spans, states = health_over_time(charter, begin, missing), milestones_over_time(charter.milestones, begin)
    assert (spans[0].first, spans[-1].last) == (date.min, date.max)
    assert all(a.last + timedelta(days=1) == b.first and a.value != b.value for a, b in pairwise(spans))
    met: Counter[Word] = Counter()
    for n in range(130):
        day = begin + timedelta(days=n)
        now = health(charter, day, missing)
        foreseen = next(s.value for s in spans if s.first <= day <= s.last)
        assert foreseen.on(day) == now, day
        for status in of_plan(charter.milestones, day):
            spans_of = states[status.milestone.id]
            assert next(s.value for s in spans_of if s.first <= day <= s.last) is status.state, (day, status.milestone.id)
        met[now.word] += 1
    return met


@pytest.mark.parametrize("seed", range(8))
def test_what_a_save_foresees_is_what_each_later_day_says(seed):
    chance, met = by_chance(seed), Counter[Word]()
    for _ in range(20):
        charter = any_charter(chance, TODAY)
        met += _agrees(charter, chance.choice([READY, OPEN]), TODAY - timedelta(days=chance.choice([0, 1])))
    assert len(met) >= 5


def test_what_a_team_said_grows_old_and_the_first_day_comes():
    said = CheckIn(id="c", held_on=days(-3), confidence=4)
    charter = project(one(start=9, due=200), signed=(-40,), checkins=(said,))
    assert list(_agrees(charter, READY, TODAY)) == [Word.SIGNED, Word.ON_TRACK]
    spans = health_over_time(charter, TODAY, READY)
    assert [(s.first, s.value.word) for s in spans[1:]] == [
        (days(9), Word.ON_TRACK),
        (days(33), Word.SIGNED),
        (days(201), Word.LATE),
    ]


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.slug)
def test_the_days_of_the_samples_are_foreseen(sample):
    charter = sample.as_of(TODAY)
    _agrees(charter, overview(charter).missing_words, TODAY)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_there_are_do_no_harm(day):
    ends = {"start": day, "due": day, "reached_on": day, "gate": Gate.REWORK, "gate_on": day}
    charter = project(
        Milestone(id="a", **ends),
        targets=(target("x"),),
        readings=(Reading(id="r", target="x", when=day, value=70),),
        checkins=(CheckIn(id="c", held_on=day, confidence=4),),
        rollout=Rollout(closed_on=day),
    )
    for begin in (TODAY, date.max, date.min + timedelta(days=1)):
        assert health_over_time(charter, begin, OPEN)[-1].last == date.max
        assert milestones_over_time(charter.milestones, begin)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("Name the owner.", "Name the owner."),
        ("One pilot speaks for it. (V5)", "One pilot speaks for it. (V5)"),
        ("Name an owner (a person)", "Name an owner (a person)."),
    ],
)
def test_a_reason_ends_once(missing, reason):
    assert told(Charter(), (missing,)).reason == reason
