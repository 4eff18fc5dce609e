"""Pictures of value: guesses are hollow, columns have names, chances are words."""

from datetime import date

from scoping.drawing import LIGHT
from scoping.numbers.ranges import Range
from scoping.value.charts import outcomes, promised, tornado
from scoping.value.money import Flow, Frequency, Line, Projection
from scoping.value.realised import Month
from scoping.value.simulation import simulate

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
        tornado(seen, "USD", LIGHT),
        promised((Month(date(2027, 1, 1), 5.0, 4.0), Month(date(2027, 2, 1), 5.0, None)), "USD", LIGHT),
    )
    names = {key for picture in pictures for _, rows in layers(picture) for row in rows for key in row}
    assert {"share", "decides", "month", "told"} <= names
    assert not [name for name in names if name[0] == "c" and name[1:].isdigit()]


def test_the_chance_of_a_loss_is_never_nought():
    assert "the chance of a loss is below 1\u00a0%" in outcomes(simulate(PLAN, n=200), "USD", LIGHT).alt
