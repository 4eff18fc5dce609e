"""The result of a signal check is told in sentences that fit, with the interval, and drawn as it is."""

from __future__ import annotations

import json

import pytest

from scoping.blocks import Paragraph, Table
from scoping.drawing import DARK, LIGHT
from scoping.measuring.signal import answer as signal_answer
from scoping.measuring.signal import charts as signal_charts
from scoping.measuring.signal import words as signal_words
from scoping.measuring.signal.result import ColumnOf, CurveOf, Figure, FlagOf, NullOf, Result, Settings, SizeOf, TrialOf, UnusedOf
from scoping.measuring.signal.scoring import Predictable, Worthwhile
from scoping.measuring.signal.splits import Way

LONG = "a very long name " * 20
FULL = Result(
    rows=49_999,
    classes=tuple((f"class {i} {LONG}"[:40], 0.1) for i in range(10)),
    predictable=Predictable.YES,
    worthwhile=Worthwhile.NOT_SHOWN,
    noticed_skill=0.1234,
    rows_needed=123_456,
    score=Figure(value=0.8571, low=0.8019, high=0.9134),
    clean=Figure(value=0.8571, low=0.8019, high=0.9134),
    skill=Figure(value=0.7143, low=0.6, high=0.8),
    over_rules=Figure(value=0.05, low=-0.1, high=0.2),
    naive="always the same answer",
    rule="a rule of three questions",
    best="linear",
    trials=tuple(TrialOf(name=LONG[: signal_answer.NAME_AT_MOST], score=0.8, error=0.2, is_model=i < 4) for i in range(10)),
    null=NullOf(score=0.85, mean=0.51, usual=0.56, shuffles=99, exceeded=0, p=0.01, rows=1500),
    columns=tuple(
        ColumnOf(name=f"{i} {LONG}"[: signal_answer.NAME_AT_MOST], alone=0.7, q=0.00012, adds=0.05, missing=0.1, ask=True)
        for i in range(signal_answer.COLUMNS_AT_MOST)
    ),
    columns_left_out=900,
    significant=40,
    flags=tuple(
        FlagOf(
            name=LONG[: signal_answer.NAME_AT_MOST], sign="name", sentence=f"“{LONG[:60]}” sounds as if it were. " * 2, certain=True
        )
        for _ in range(signal_answer.FLAGS_AT_MOST)
    ),
    unused=tuple(
        UnusedOf(name=LONG[: signal_answer.NAME_AT_MOST], why="the same in every row") for _ in range(signal_answer.UNUSED_AT_MOST)
    ),
    curve=CurveOf(
        sizes=tuple(SizeOf(rows=n, error=e, spread=0.01) for n, e in ((50, 0.2), (100, 0.17), (400, 0.143))),
        saved=Figure(value=0.1, low=0.02, high=0.18),
        doubled=Figure(value=0.13, low=0.11, high=0.14),
    ),
    notes=(f"12 rows without a value in the target “{LONG[:60]}” left out.",) * 5,
)
SETTINGS = Settings(target="HeartDisease")


def test_the_largest_result_fits_into_a_cell():
    assert len(FULL.model_dump_json()) < 28_000


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("predictable", list(Predictable))
@pytest.mark.parametrize("worthwhile", list(Worthwhile))
def test_every_verdict_is_a_sentence_that_fits_and_carries_its_interval(way, predictable, worthwhile):
    result = FULL.model_copy(update={"predictable": predictable, "worthwhile": worthwhile})
    for target in ("HeartDisease", LONG):
        said = signal_words.headline(result, Settings(target=target, way=way, when="day", group="who"))
        assert len(said) <= 280
        assert said.endswith((".", "…"))
    if predictable is not Predictable.TOO_FEW:
        expected = "60\u00a0% to 80\u00a0%" if way is Way.TIME else "0.80 to 0.91"
        assert expected in signal_words.headline(result, SETTINGS.model_copy(update={"way": way}))


def test_a_rule_that_comes_close_is_recommended():
    assert "not shown to be better than “a rule of three questions”" in signal_words.headline(FULL, SETTINGS)
    assert any("Start with the rule" in sentence for sentence in signal_words.remarks(FULL, SETTINGS))


def test_without_signal_it_says_what_would_have_been_noticed_and_promises_nothing():
    result = FULL.model_copy(update={"predictable": Predictable.NOT_SHOWN, "worthwhile": Worthwhile.NOTHING, "curve": None})
    said = " ".join(signal_words.remarks(result, SETTINGS))
    assert "0.56 or more would have been noticed" in said
    assert "123,456 rows" in said
    assert "more rows help" not in said


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        (Figure(value=0.1, low=0.02, high=0.18), "Yes: "),
        (Figure(value=0.01, low=-0.02, high=0.04), "Hardly: "),
        (Figure(value=0.1, low=-0.2, high=0.4), "That cannot be said: "),
        (Figure(value=0.1), "That cannot be said."),
    ],
)
def test_whether_more_rows_help_follows_from_the_interval(saved, said):
    result = FULL.model_copy(update={"curve": FULL.curve.model_copy(update={"saved": saved})})
    assert signal_words.more_rows(result).startswith(said)


def test_a_curve_that_cannot_be_drawn_forecasts_nothing():
    curve = FULL.curve.model_copy(update={"doubled": None, "problem": "Too few points."})
    assert "cannot be said. Too few points." in signal_words.more_rows(FULL.model_copy(update={"curve": curve}))


def test_the_charter_tells_models_columns_and_leaks():
    told = signal_words.blocks(FULL, SETTINGS)
    assert told[0] == Paragraph(signal_words.headline(FULL, SETTINGS))
    titles = [block.title for block in told if isinstance(block, Table)]
    assert titles[:3] == ["Models beside simple rules", "Columns that may not be known in time", "Columns, strongest first"]
    for block in told:
        if isinstance(block, Table):
            assert all(len(row) == len(block.headers) for row in block.rows)
    assert Paragraph("900 weaker columns not listed.") in told


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("draw", [signal_charts.models, signal_charts.learning])
def test_pictures_are_valid_and_say_their_numbers(draw, theme):
    picture = draw(FULL, theme)
    json.dumps(picture.chart.to_dict(validate=True), allow_nan=False)
    assert ("0.80" if draw is signal_charts.models else "0.143") in picture.alt


def test_where_nothing_was_tried_nothing_is_drawn():
    empty = Result(rows=20, classes=(), predictable=Predictable.TOO_FEW, worthwhile=Worthwhile.NOTHING)
    assert signal_charts.models(empty, LIGHT) is None
    assert signal_charts.learning(empty, LIGHT) is None
    assert signal_words.remarks(empty, SETTINGS) == []


def told(way: Way = Way.RANDOM, **update: object) -> str:
    return signal_words.headline(FULL.model_copy(update=update), SETTINGS.model_copy(update={"way": way}))


def test_the_share_of_copies_is_in_the_headline_however_long_it_is():
    said = signal_words.headline(FULL.model_copy(update={"copies": 149_997}), Settings(target=LONG))
    assert said.endswith("75\u00a0% of the rows were copies of others or nearly, and left out.")
    assert len(said) <= 280
    assert "copies" not in told()


def test_what_is_too_good_is_asked_about_by_name_and_cleared_columns_are_not():
    flag = FlagOf(name="cancel_code", sign="perfect", sentence="", certain=False)
    strong = ColumnOf(name="days", alone=0.98, q=0.001, adds=0.1, missing=0, ask=True)
    for update, name in (({"flags": (flag,)}, "cancel_code"), ({"flags": (), "columns": (strong,)}, "days")):
        result = FULL.model_copy(update={"too_good": True, "clean": None, **update})
        assert f"is “{name}” known in time?" in signal_words.headline(result, SETTINGS)
        assert ("Can it be predicted?", "Too good: ask first") in signal_words.axes(result)
    known = strong.model_copy(update={"ask": False})
    assert "can be predicted" in told(too_good=True, flags=(), columns=(known,))


def test_learning_that_beats_no_simple_rule_is_a_verdict_of_its_own():
    result = FULL.model_copy(update={"worthwhile": Worthwhile.NO, "rule": "“last_week” as it is", "flags": ()})
    assert "but learning beats no simple rule: “last_week” as it is is better" in signal_words.headline(result, SETTINGS)
    assert signal_words.axes(result)[0][1] == "Yes, but learning beats no simple rule"


def test_a_column_that_is_surely_not_known_in_time_is_not_called_suspiciously_good_when_it_is_not():
    later = FlagOf(name="paid_on", sign="later", sentence="", certain=True)
    asked = {"predictable": Predictable.LEAK, "flags": (later,)}
    assert "suspiciously" not in told(**asked, score=Figure(value=0.7, low=0.6, high=0.8))
    assert "“paid_on” is known in time" in told(**asked, score=Figure(value=0.7, low=0.6, high=0.8))
    assert "suspiciously well" in told(**asked, score=Figure(value=0.99, low=0.98, high=1))


def test_a_verdict_against_its_interval_says_what_it_rests_on():
    wide, narrow = Figure(value=0.6, low=0.48, high=0.72), Figure(value=0.6, low=0.55, high=0.65)
    as_well = FULL.null.model_copy(update={"exceeded": 10, "shuffles": 40, "p": 0.25})
    shown = told(clean=None, score=wide)
    assert "by this: 0 of 99 shuffled targets did as well (p = 0.01)" in shown
    hidden = told(clean=None, score=narrow, predictable=Predictable.NOT_SHOWN, null=as_well)
    assert "10 of 40 shuffled targets did as well (p = 0.25)" in hidden
    assert "shuffled" not in told(clean=None, score=narrow)
    in_time = told(Way.TIME, skill=narrow, predictable=Predictable.NOT_SHOWN, null=as_well)
    assert "both must agree" in in_time


def test_what_is_too_few_is_named_a_class_groups_or_rows():
    few = {"predictable": Predictable.TOO_FEW, "rows": 400, "rows_needed": 200, "score": None}
    said = told(**few, classes=(("no", 0.99), ("yes", 0.01)))
    assert "Too few rows of the class “yes”" in said
    assert "4 of 400" in said
    assert "about 200" not in said
    said = told(Way.GROUPED, predictable=Predictable.TOO_FEW, rows=400, rows_needed=1_600, groups=12)
    assert "12 groups in 400 rows; about 48 groups are needed" in said
    assert "20 rows; about 200 are needed" in told(**few | {"rows": 20})


def test_a_loss_that_rounds_to_nothing_is_no_minus():
    assert signal_words.saved(Figure(value=-0.002, low=-0.004, high=0.3)) == "0\u00a0% (0\u00a0% to 30\u00a0%)"


def test_what_is_better_than_nothing_is_not_said_to_be_no_better_than_it():
    result = FULL.model_copy(update={"rule": FULL.naive, "predictable": Predictable.YES})
    assert result.worthwhile is Worthwhile.NOT_SHOWN
    assert "no simple rule" not in signal_words.headline(result, SETTINGS)
    assert "always the same answer" not in signal_words.headline(result, SETTINGS)
    assert signal_words.axes(result)[0][1] == "Yes"
    assert not any("Start with the rule" in sentence for sentence in signal_words.remarks(result, SETTINGS))
