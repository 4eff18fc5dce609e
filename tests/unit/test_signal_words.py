"""The result of a signal check is told in sentences that fit, with the interval, and drawn as it is."""

from __future__ import annotations

import json

import pytest

from scoping import signal_charts, signal_words
from scoping.blocks import Paragraph, Table
from scoping.drawing import DARK, LIGHT
from scoping.measuring import signal as method
from scoping.measuring.signal import ColumnOf, CurveOf, Figure, FlagOf, NullOf, Result, Settings, SizeOf, TrialOf, UnusedOf
from scoping.scoring import Predictable, Worthwhile
from scoping.splits import Way

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
    trials=tuple(TrialOf(name=LONG[: method.NAME_AT_MOST], score=0.8, error=0.2, is_model=i < 4) for i in range(10)),
    null=NullOf(score=0.85, mean=0.51, usual=0.56, shuffles=99, exceeded=0, p=0.01, rows=1500),
    columns=tuple(
        ColumnOf(name=f"{i} {LONG}"[: method.NAME_AT_MOST], alone=0.7, q=0.00012, adds=0.05, missing=0.1, ask=True)
        for i in range(method.COLUMNS_AT_MOST)
    ),
    columns_left_out=900,
    significant=40,
    flags=tuple(
        FlagOf(name=LONG[: method.NAME_AT_MOST], sign="name", sentence=f"“{LONG[:60]}” sounds as if it were. " * 2, certain=True)
        for _ in range(method.FLAGS_AT_MOST)
    ),
    unused=tuple(UnusedOf(name=LONG[: method.NAME_AT_MOST], why="the same in every row") for _ in range(method.UNUSED_AT_MOST)),
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
        said = method.headline(result, Settings(target=target, way=way, when="day", group="who"))
        assert len(said) <= 280
        assert said.endswith((".", "…"))
    if predictable is not Predictable.TOO_FEW:
        expected = "60% to 80%" if way is Way.TIME else "0.80 to 0.91"
        assert expected in method.headline(result, SETTINGS.model_copy(update={"way": way}))


def test_a_rule_that_comes_close_is_recommended():
    assert "not shown to be better than “a rule of three questions”" in method.headline(FULL, SETTINGS)
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
    told = method.blocks(FULL, SETTINGS)
    assert told[0] == Paragraph(method.headline(FULL, SETTINGS))
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
