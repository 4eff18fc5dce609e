"""Pictures of value: guesses are hollow, columns have names, chances are words."""

from datetime import date

import numpy as np

from scoping.drawing import LIGHT
from scoping.numbers.ranges import Range
from scoping.value.charts import outcomes, over_time, promised
from scoping.value.money import Flow, Frequency, Line, Projection
from scoping.value.realised import Month
from scoping.value.simulation import fan, simulate

PLAN = Projection(
    (
        Line(id="b", kind=Flow.BENEFIT, amount=Range(1, 2, 4), every=Frequency.MONTH),
        Line(id="c", kind=Flow.COST, amount=Range(1, 3, 5)),
    ),
    12,
)


def layers(picture):
    spec = picture.chart.to_dict()
    return [(one["mark"], (one.get("data") or spec["data"])["values"]) for one in spec["layer"]]


def test_columns_are_called_by_what_they_hold():
    seen = simulate(PLAN, n=200)
    pictures = (
        outcomes(seen, "USD", LIGHT),
        over_time(fan(PLAN, n=200), "USD", LIGHT, date(2027, 1, 1), (4, "Launch"), True),
        promised((Month(date(2027, 1, 1), 5.0, 4.0), Month(date(2027, 2, 1), 5.0, None)), "USD", LIGHT),
    )
    names = {key for picture in pictures for _, rows in layers(picture) for row in rows for key in row}
    assert {"share", "low", "month", "told"} <= names
    assert not [name for name in names if name[0] == "c" and name[1:].isdigit()]


def test_the_chance_of_a_loss_is_never_nought():
    assert "the chance of a loss is below 1\u00a0%" in outcomes(simulate(PLAN, n=200), "USD", LIGHT).alt


def test_the_fan_is_hatched_inside_its_edges_only_where_it_rests_on_guesses():
    seen = fan(PLAN, n=200)
    rough, firm = (layers(over_time(seen, "USD", LIGHT, None, (0, ""), guessed)) for guessed in (True, False))
    lines = next(rows for mark, rows in rough if "x2" in rows[0])
    assert len(lines) > 10
    for row in lines:
        for x, y in ((row["x"], row["y"]), (row["x2"], row["y2"])):
            low, high = (np.interp(x, range(len(edge)), edge) for edge in (seen.low, seen.high))
            assert low - 1e-9 <= y <= high + 1e-9
    assert not [rows for _, rows in firm if "x2" in rows[0]]
    assert "area" in {mark["type"] for mark, _ in firm}


def test_the_fan_names_when_the_money_is_back_and_what_is_delivered():
    plan = Projection(
        (
            Line(id="b", kind=Flow.BENEFIT, amount=Range(9, 10, 11), every=Frequency.MONTH, starts_month=3),
            Line(id="c", kind=Flow.COST, amount=Range(20, 25, 30)),
        ),
        12,
    )
    told = [
        row["told"]
        for _, rows in layers(over_time(fan(plan, n=200), "USD", LIGHT, date(2027, 1, 1), (3, "Launch, 1 Apr 2027"), False))
        for row in rows
        if "told" in row
    ]
    assert "Launch, 1 Apr 2027" in told
    assert "back about Jul 2027" in told
