"""What holds of every question pack and every set of answers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping.ethics import impact
from scoping.ethics.bank import Area, Counts, Level, Option, Pack, Question, Scale

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCALE = Scale(
    80, 85, (Level("I", "Little", 25), Level("II", "Moderate", 50), Level("III", "High", 75), Level("IV", "Very high", None))
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    areas = []
    for number, counts in enumerate(draw(st.lists(st.sampled_from((Counts.RISK, Counts.MITIGATION)), min_size=0, max_size=3))):
        areas.append(draw(_areas(f"a{number}", counts)))
    risk = draw(_areas("risk", Counts.RISK))
    return Pack(id="made", title="Made", version=1, about="", place=1, scale=SCALE, areas=(risk, *areas))


@st.composite
def _areas(draw: st.DrawFn, name: str, counts: Counts) -> Area:
    tops = draw(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=4), min_size=1, max_size=5))
    questions = tuple(
        Question(
            id=f"{name}_{i}",
            ask="Why?",
            help="",
            options=tuple(Option(str(n), "", p) for n, p in enumerate([*options, options[0] + 1])),
            good="",
            frameworks=(),
        )
        for i, options in enumerate(tops)
    )
    return Area(name, name, counts, questions)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Pack, dict[str, int], Question | None, int]:
    """A pack, answers to some of its questions, and one more answer."""
    pack = draw(packs())
    given = {q.id: draw(st.sampled_from(q.options)).points for q in pack.questions if draw(st.booleans())}
    left = [q for q in pack.questions if q.id not in given]
    one = draw(st.sampled_from(left)) if left else None
    return pack, given, one, draw(st.sampled_from(one.options)).points if one else 0


@CALM
@given(answered())
def test_an_answer_never_widens_the_band(case):
    pack, given, question, points = case
    if question is None:
        return
    before, after = impact.assess(pack, given), impact.assess(pack, {**given, question.id: points})
    for name in ("risk", "mitigation", "score"):
        old, new = getattr(before, name), getattr(after, name)
        assert old.low <= new.low <= new.high <= old.high, name
    assert set(after.levels) <= set(before.levels)


@CALM
@given(packs(), st.data())
def test_all_answered_is_a_point_with_one_level(pack, data):
    given = {q.id: data.draw(st.sampled_from(q.options)).points for q in pack.questions}
    found = impact.assess(pack, given)
    assert found.score.is_point
    assert found.level is not None
    assert found.open == impact.to_decide(found) == ()
    low, high = impact.after_mitigation(pack, found.risk.low, pack.maximum(Counts.MITIGATION)), found.risk.low
    assert low <= found.score.low <= high


@CALM
@given(answered(), st.data())
def test_whatever_the_rest_is_answered_the_score_lies_in_the_band(case, data):
    pack, given, *_ = case
    rest = {q.id: data.draw(st.sampled_from(q.options)).points for q in pack.questions if q.id not in given}
    band, final = impact.assess(pack, given), impact.assess(pack, given | rest)
    assert band.score.low <= final.score.low <= band.score.high
    assert final.level in band.levels


@CALM
@given(packs(), st.integers(1, 9))
def test_a_question_more_never_changes_the_most_of_other_areas(pack, points):
    first, *others = pack.areas
    more = Question(
        id="more", ask="Why?", help="", options=(Option("no", "", 0), Option("yes", "", points)), good="", frameworks=()
    )
    grown = replace(pack, areas=(replace(first, questions=(*first.questions, more)), *others))
    before, after = impact.assess(pack, {}), impact.assess(grown, {})
    assert after.areas[0].area.maximum == before.areas[0].area.maximum + points
    assert [(a.area.maximum, a.points) for a in after.areas[1:]] == [(a.area.maximum, a.points) for a in before.areas[1:]]


@CALM
@given(answered())
def test_the_questions_to_decide_are_open_and_end_with_one_that_may(case):
    pack, given, *_ = case
    found = impact.assess(pack, given)
    wanted = impact.to_decide(found)
    assert (wanted == ()) == (found.level is not None)
    assert wanted == found.open[: len(wanted)]


@CALM
@given(answered())
def test_both_ends_of_the_band_are_reached_by_some_answers(case):
    pack, given, *_ = case
    left = [(q, a.counts is Counts.RISK) for a in pack.areas for q in a.questions if q.id not in given]
    best = {q.id: q.lowest if is_risk else q.highest for q, is_risk in left}
    worst = {q.id: q.highest if is_risk else q.lowest for q, is_risk in left}
    band = impact.assess(pack, given).score
    assert impact.assess(pack, given | best).score == impact.Band(band.low, band.low)
    assert impact.assess(pack, given | worst).score == impact.Band(band.high, band.high)
