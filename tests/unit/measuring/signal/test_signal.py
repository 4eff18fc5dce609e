"""Signal is found where it is, not claimed where there is none, and never where a leak or the last value explains it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scoping.errors import WorkbenchError
from scoping.measuring.signal import chance as signal_chance
from scoping.measuring.signal import check as signal_check
from scoping.measuring.signal import procedure as signal_procedure
from scoping.measuring.signal import question as signal_question
from scoping.measuring.signal import result as signal_result
from scoping.measuring.signal import rows as signal_rows
from scoping.measuring.signal import words as signal_words
from scoping.measuring.signal.encoding import Feature, Role
from scoping.measuring.signal.result import Settings, Task
from scoping.measuring.signal.scoring import Predictable, Target, Worthwhile
from scoping.measuring.signal.splits import Way
from scoping.tables.table import Table
from tests.tools import reference

TRUTHS = {"predictive": Predictable.YES, "not_predictive": Predictable.NOT_SHOWN, "leak": Predictable.LEAK}
TABLES = (
    "attrition_leak",
    "bikes_weather",
    "cdnow_buys_again",
    "heart_disease",
    "heart_disease_shuffled",
    "stock_goog_next_close",
    "stock_goog_next_up",
    "wide_noise_a",
)


def quiet(_share: float, _what: str) -> None:
    """Nobody listens."""


def measured(frame: pd.DataFrame, tell: Any = quiet, **settings: Any) -> signal_result.Result:
    chosen = Settings(**{"target": "y", **settings})
    return signal_check.measure(Table("table.csv", "0" * 64, len(frame), frame), chosen, tell)


def noise(seed: int, rows: int, columns: int, **more: Any) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    return pd.DataFrame({f"x{i}": chance.normal(size=rows) for i in range(columns)} | more)


# Tables whose truth is known


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_known_truth_is_judged_right_with_a_score_as_others_computed_it(name):
    """Scores from LightGBM and statsmodels, ../shared/data/README.md."""
    known = json.loads(reference("predictive/expected.json").read_text("utf-8"))[name]
    frame = pd.read_csv(reference(f"predictive/{name}.csv"))
    time = known.get("time", "")
    result = measured(
        frame,
        target=known["target"],
        task=Task.NUMBER if known["task"] == "regression" else Task.CLASSES,
        way=Way.TIME if time else Way.RANDOM,
        when=time,
    )
    assert result.predictable is TRUTHS[known["truth"]]
    low, high = known["independent_scores"]["accept_range_of_best_model"]
    assert low <= result.score.value <= high
    assert {f.name for f in result.flags if f.certain} == set(known.get("leak_columns", ()))
    unused = {u.name: u.why for u in result.unused}
    whys = {"id_columns": "names rows", "constant_columns": "the same in every row", "empty_columns": "empty"}
    assert unused == {column: why for key, why in whys.items() for column in known.get(key, ())}
    assert len(result.model_dump_json()) < 28_000


def test_a_random_walk_is_not_predictable_although_its_level_is_explained():
    chance = np.random.default_rng(4)
    level = np.cumsum(chance.normal(size=240)) + 100
    days = pd.date_range("2026-01-01", periods=240)
    frame = pd.DataFrame({"day": days, "today": level, "other": chance.normal(size=240)}).assign(y=np.append(level[1:], np.nan))
    result = measured(frame, task=Task.NUMBER, way=Way.TIME, when="day")
    assert result.predictable is Predictable.NOT_SHOWN
    assert result.score.value > 0.5
    assert result.naive == "as last time"
    assert "1 row without a value in the target" in result.notes[0]


@pytest.mark.slow
def test_noise_is_called_signal_no_more_often_than_stated():
    """At most 5 of 100; of these 12 tables, 3 or more would come up in 2 of 100 runs at that rate."""
    claimed = 0
    for seed in range(12):
        chance = np.random.default_rng([seed, 77])
        features = tuple(
            Feature(name=f"x{i}", role=Role.NUMBER, values=chance.normal(size=60), missing=np.zeros(60, bool)) for i in range(3)
        )
        target = Target((chance.random(60) < 0.5).astype(float), ("no", "yes"))
        found = signal_procedure.check(signal_question.Question(target=target, features=features), "y", "", frozenset(), [], quiet)
        claimed += found.verdict.predictable in (Predictable.YES, Predictable.WEAK)
    assert claimed < 3


def test_a_planted_signal_is_found_and_the_column_that_carries_it_comes_first():
    frame = noise(1, 200, 3)
    frame["y"] = frame["x1"] + np.random.default_rng(2).normal(size=200)
    result = measured(frame, task=Task.NUMBER)
    assert result.predictable is Predictable.YES
    assert result.columns[0].name == "x1"
    assert [c.name for c in result.columns if c.q < 0.05] == ["x1"]
    assert result.columns[0].ask
    assert result.skill.low > 0.2
    assert result.null.exceeded == 0


def test_what_only_two_columns_together_say_is_found_by_trees():
    frame = noise(5, 310, 2)
    frame["y"] = np.where(frame["x0"] * frame["x1"] > 0, "same", "other")
    result = measured(frame)
    assert result.predictable is Predictable.YES
    assert result.best == "trees"
    assert max(c.alone for c in result.columns) < 0.62
    assert min(c.adds for c in result.columns) > 0.1


def test_a_planted_leak_is_named_and_the_verdict_is_what_remains_without_it():
    frame = noise(3, 60, 1)
    frame["y"] = np.where(np.random.default_rng(3).random(60) < 0.5, "yes", "no")
    frame["answer code"] = np.where(frame["y"] == "yes", 7, 3)
    result = measured(frame)
    assert result.predictable is Predictable.LEAK
    assert [(f.name, f.sign, f.certain) for f in result.flags] == [("answer code", "copy", True)]
    assert result.score.value > 0.99
    assert result.clean.low < 0.5 < result.clean.high
    assert "“answer code”" in signal_words.headline(result, Settings(target="y"))
    cleared = measured(frame, available=("answer code",))
    assert cleared.predictable is Predictable.YES
    assert cleared.too_good
    assert not cleared.flags


def test_yesterday_and_last_week_as_they_are_make_it_predictable_without_any_learning():
    chance = np.random.default_rng(10)
    count = list(chance.normal(size=7) * 300 + 1000)
    for day in range(7, 400):
        count.append(count[day - 7] + chance.normal() * 30)
    series = pd.Series(count).round()
    columns = {"yesterday": series.shift(1), "last_week": series.shift(7), "rain": chance.gamma(1, 2, 400).round(1)}
    frame = pd.DataFrame({"day": pd.date_range("2026-01-05", periods=400), **columns, "y": series})[7:]
    result = measured(frame, task=Task.NUMBER, way=Way.TIME, when="day")
    assert result.predictable is Predictable.YES
    assert result.worthwhile in (Worthwhile.NO, Worthwhile.NOT_SHOWN)
    assert "“last_week” as it is" in {t.name for t in result.trials if not t.is_model}
    headline = signal_words.headline(result, Settings(target="y", way=Way.TIME, when="day"))
    assert "can be predicted" in headline
    assert "learning beats no simple rule" in headline


def test_a_column_just_short_of_certain_is_named_as_a_suspected_leak():
    chance = np.random.default_rng(15)
    left = chance.random(300) < 0.3
    frame = noise(16, 300, 1, code=np.where(left, 3.6, 0) + chance.normal(size=300), y=np.where(left, "left", "stays"))
    result = measured(frame)
    assert 0.98 < next(c.alone for c in result.columns if c.name == "code") < 0.9999
    assert not any(f.certain for f in result.flags)
    assert "is “code” known in time?" in signal_words.headline(result, Settings(target="y"))


def test_what_only_repeats_every_week_is_predictable_and_needs_no_machine_learning():
    chance = np.random.default_rng(8)
    days = pd.date_range("2026-01-05", periods=210)
    weekday = np.array([10.0, 40.0, 15.0, 60.0, 20.0, 80.0, 5.0])[days.day_of_week]
    frame = pd.DataFrame({"day": days, "x": chance.normal(size=210), "y": weekday + chance.normal(size=210)})
    result = measured(frame, task=Task.NUMBER, way=Way.TIME, when="day")
    assert result.predictable is Predictable.YES
    assert {t.name for t in result.trials if not t.is_model} >= {"as last time", "same time last week"}
    season = next(t for t in result.trials if t.name == "same time last week")
    assert season.score > 0.98
    assert result.leader == season.name or result.null.exceeded == 0
    assert result.worthwhile is not Worthwhile.NOTHING


def test_shuffled_blocks_of_a_series_fall_out_of_step_with_its_seasons():
    """A block length that a season divides would keep it, and nothing of it would ever be found."""
    when = np.arange(196.0)
    target = Target(when % 7, tuple("abcdefg"))
    question = signal_question.Question(target=target, features=(), way=Way.TIME, when=when, has_calendar=True)
    orders = [signal_chance._shuffle(question, np.random.default_rng(seed)) for seed in range(20)]
    assert all(sorted(order) == list(range(196)) for order in orders)
    in_step = np.mean([np.mean(target.values[order] == target.values) for order in orders])
    assert in_step < 0.25


def test_the_same_table_gives_the_same_result_and_progress_only_grows():
    frame = noise(6, 44, 1, y=np.arange(44) % 2)
    told: list[float] = []
    first = measured(frame, tell=lambda share, _: told.append(share))
    assert measured(frame) == first
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


def test_rows_of_one_person_are_not_on_both_sides():
    chance = np.random.default_rng(9)
    person = np.repeat(np.arange(25), 8)
    habit = chance.normal(size=25)[person]
    frame = pd.DataFrame({"person": person, "habit": habit, "y": np.where(chance.random(25) < 0.5, "a", "b")[person]})
    frame["noise"] = chance.normal(size=200)
    at_random = measured(frame, left_out=("person",))
    by_person = measured(frame, way=Way.GROUPED, group="person")
    assert at_random.score.low > 0.8
    assert by_person.predictable not in (Predictable.YES, Predictable.WEAK)


# Tables as people have them


def small(rows: int = 20, **columns: Any) -> pd.DataFrame:
    """Too small for models, so that only what is done to rows and columns shows."""
    return noise(7, rows, 1, y=np.where(np.arange(rows) % 2, "a", "b")).assign(**columns)


def test_twenty_rows_are_too_few_and_say_how_many_it_takes():
    result = measured(small())
    assert (result.predictable, result.worthwhile) == (Predictable.TOO_FEW, Worthwhile.NOTHING)
    assert result.score is None
    assert signal_words.headline(result, Settings(target="y")).startswith("Too few rows to say")
    assert "200" in signal_words.headline(result, Settings(target="y"))


@pytest.mark.parametrize(
    ("frame", "settings", "said"),
    [
        (small(y="a"), {}, "Every row has “a” in “y”"),
        (small(y=5), {"task": Task.NUMBER}, "the same number in every row"),
        (small(y=None), {}, "No row has a value in “y”"),
        (small(y="a").assign(y=np.where(np.arange(20) % 2, "low", "high")), {"task": Task.NUMBER}, "no numbers, such as “high”"),
        (noise(7, 1000, 1, y=[f"order {i}" for i in range(1000)]), {}, "1,000 different values in 1,000 rows"),
        (small(), {"target": "gone"}, "no column “gone”"),
        (small(), {"way": Way.TIME}, "No time column is chosen"),
        (small(when="soon"), {"way": Way.TIME, "when": "when"}, "“soon” is neither a date nor a number"),
        (small(), {"way": Way.TIME, "when": "y"}, "cannot be the target and also say when"),
        (small(), {"left_out": ("x0",)}, "No column is left"),
        (small(y=[1e300, *range(19)]), {"task": Task.NUMBER}, "numbers as large as 1e+300"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_measured_is_refused_in_a_sentence_that_names_it(frame, settings, said):
    with pytest.raises(WorkbenchError) as refused:
        measured(frame, **settings)
    assert said in refused.value.message
    assert refused.value.hint


def test_columns_that_say_nothing_are_named_with_the_reason():
    frame = small(empty=None, same="x", number=range(20), late=np.random.default_rng(1).normal(size=20))
    result = measured(frame, left_out=("late",))
    assert {u.name: u.why for u in result.unused} == {
        "empty": "empty",
        "same": "the same in every row",
        "number": "names rows",
        "late": "left out by you",
    }


def test_the_time_that_orders_the_rows_is_not_said_to_name_them():
    """A number of the month grows as the numbers of rows do."""
    frame = small(month=range(20), order_id=range(100, 120))
    assert {u.name for u in measured(frame, way=Way.TIME, when="month").unused} == {"order_id"}
    assert {u.name for u in measured(frame).unused} == {"month", "order_id"}


def test_the_name_of_a_person_names_rows_however_many_words_it_has():
    names = [f"Braund {i}, Mr. Owen Harris" for i in range(30)]
    assert [(u.name, u.why) for u in measured(small(30, Name=names)).unused] == [("Name", "names rows")]
    assert not measured(small(30, note=names)).unused


def test_copies_of_rows_are_left_out_but_rows_that_are_alike_by_nature_stay():
    frame = small()
    result = measured(pd.concat([frame, frame]))
    assert result.rows == 20
    assert "20 rows left out as copies" in result.notes[0]
    alike = pd.DataFrame({"x": np.arange(38) % 2, "y": np.arange(38) % 2})
    result = measured(alike)
    assert result.rows == 38
    assert "Only 2 rows are different" in result.notes[0]


@pytest.mark.parametrize(
    ("frame", "settings", "said"),
    [
        (small(order_date=pd.date_range("2026-01-01", periods=20)), {}, "“order_date” may say when rows happened"),
        (small(customer=["Ana", "Bo"] * 10), {}, "“customer” comes up in several rows"),
        (small(shop=np.arange(20) % 3), {"way": Way.GROUPED, "group": "shop"}, "Only 3 groups"),
    ],
    ids=["time", "customer", "few groups"],
)
def test_a_split_that_may_flatter_is_said(frame, settings, said):
    assert any(said in note for note in measured(frame, **settings).notes)
    assert not measured(small(birth_date=pd.date_range("2026-01-01", periods=20), income=range(0, 200, 10))).notes


def test_a_sample_of_a_series_says_that_the_last_time_is_not_the_last_there_was():
    frame = small(day=pd.date_range("2026-01-01", periods=20))
    settings = Settings(target="y", way=Way.TIME, when="day")
    assert "The rows are a sample" in signal_check.measure(Table("t", "", 100, frame), settings, quiet).notes[0]
    assert not signal_check.measure(Table("t", "", 20, frame), settings, quiet).notes


@pytest.mark.slow
def test_noise_that_was_copied_is_no_signal_and_the_share_of_the_copies_is_in_the_headline():
    frame = noise(11, 100, 4, y=np.random.default_rng(12).choice(list("ab"), 100))
    four = pd.concat([frame] * 4).sample(frac=1, random_state=1).reset_index(drop=True)
    shaken = four.assign(x0=four["x0"] + np.random.default_rng(13).normal(0, 0.003, 400), number=range(400))
    for table in (four, shaken):
        result = measured(table)
        assert result.predictable is Predictable.NOT_SHOWN
        assert (result.rows, result.copies) == (100, 300)
        assert "75\u00a0% of the rows" in signal_words.headline(result, Settings(target="y"))


def test_infinite_numbers_count_as_missing_and_are_counted():
    frame = small()
    frame.loc[3, "x0"] = np.inf
    assert "1 infinite number counted as missing." in measured(frame).notes


def test_codes_are_classes_when_they_are_said_to_be():
    result = measured(small(39, y=[1.0, 2.0, 3.0] * 13))
    assert [name for name, _ in result.classes] == ["1", "2", "3"]


def test_of_very_many_classes_the_commonest_stay_and_the_others_become_one():
    labels = [f"c{i // 20}" for i in range(200)] + [f"rare {i}" for i in range(60)]
    frame = noise(2, 260, 1, y=labels)
    target, kept, notes = signal_rows.classes(frame["y"], "y")
    assert len(target.classes) == signal_result.CLASSES_AT_MOST
    assert target.classes[0] == "all others"
    assert kept.all()
    assert "rarer classes of “y” taken together" in notes[0]


def test_a_class_with_a_handful_of_rows_is_left_out_and_said():
    target, kept, notes = signal_rows.classes(pd.Series(["a"] * 20 + ["b"] * 20 + ["c"] * 3), "y")
    assert target.classes == ("a", "b")
    assert kept.sum() == 40
    assert "3 rows of classes with fewer than" in notes[0]


# A first answer


def large(rows: int = 30_000, **more: Any) -> pd.DataFrame:
    chance = np.random.default_rng(17)
    frame = noise(18, rows, 14, **more)
    return frame.assign(y=np.where(frame["x0"] + chance.normal(size=rows) > 0, "yes", "no"))


def first(frame: pd.DataFrame, **settings: Any) -> signal_result.Result | None:
    return signal_check.first(Table("t", "0" * 64, len(frame), frame), Settings(target="y", **settings))


def test_a_large_table_has_a_first_answer_from_a_sample_with_its_interval():
    result = first(large())
    assert result.rows == signal_check.FIRST_ROWS
    assert "A first answer from 2,000 of 30,000 rows, drawn at random" in result.notes[0]
    assert result.predictable is Predictable.YES
    assert 0.5 < result.score.low < result.score.value < result.score.high
    assert result.curve is None


def test_a_first_answer_takes_the_latest_rows_and_whole_groups():
    frame = large(day=pd.date_range("1990-01-01", periods=30_000), who=np.arange(30_000) // 10)
    shuffled = frame.sample(frac=1, random_state=1).reset_index(drop=True)
    latest = signal_check._some(shuffled, Settings(target="y", way=Way.TIME, when="day"))
    assert latest["day"].min() == frame["day"].iloc[-signal_check.FIRST_ROWS]
    grouped = signal_check._some(shuffled, Settings(target="y", way=Way.GROUPED, group="who"))
    assert grouped.groupby("who").size().eq(10).mean() > 0.99


def test_a_small_table_and_one_that_is_refused_have_no_first_answer():
    assert first(small()) is None
    assert first(large().assign(y="yes")) is None
