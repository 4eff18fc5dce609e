"""Charts: valid pictures that say their numbers in words, whatever people wrote."""

import json

import altair as alt
import pytest

from scoping import drawing
from scoping.data_sources import charts as data_sources_charts
from scoping.drawing import DARK, LIGHT
from scoping.feasibility import charts as feasibility_charts
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.feasibility import Feasibility, Slice, Slices

COLUMNS = {
    "cost": {"amount", "cost", "name", "dx", "dy", "align", "told"},
    "slices": {"line", "model", "people", "gain", "largest", "told", "right", "who"},
}
WEIRD = ['quo"te', "it's", "سلام دنیا", "", "two\nlines", "back\\slash", "</script><b>", "${datum.line}", "👩‍🚀", "x" * 300]
TINY, HUGE = 1e-300, 1e308


def sources(*rows):
    return data_sources_charts.cost_against_amount(DataSources(sources=rows), LIGHT)


def sliced(*rows, **parts):
    return feasibility_charts.slices(Feasibility(slices=rows, **parts), LIGHT)


DRAWN = {
    "cost": lambda title, i: sources(Source(id=i, name=title, amount=5, unit=title[:300], cost=100, days=1)),
    "slices": lambda title, i: sliced(Slice(id=i, name=title, model=80, hlp=90, share=10)),
}


def spec(picture):
    """What the browser gets: checked by Altair against the schema of Vega-Lite, and readable by every JSON reader."""
    return json.loads(json.dumps(picture.chart.to_dict(validate=True), allow_nan=False))


def values(node):
    """All rows of data anywhere in a specification."""
    if isinstance(node, dict):
        found = node.get("values", []) if set(node) <= {"values", "name"} else []
        return [*found, *(row for child in node.values() for row in values(child))]
    return [row for child in node for row in values(child)] if isinstance(node, list) else []


@pytest.mark.parametrize("title", WEIRD)
@pytest.mark.parametrize("kind", DRAWN)
def test_any_title_is_drawn_as_it_is_and_said_in_one_line(kind, title):
    picture = DRAWN[kind](title, "a")
    assert isinstance(picture.chart, alt.LayerChart)
    drawn = spec(picture)
    beginning = " ".join(title.split())[:20] or "Not named yet"
    assert any(str(text).startswith(beginning) for row in values(drawn) for text in row.values())
    if kind != "cost":
        expression = drawn["layer"][-1]["encoding"]["y"]["axis"]["labelExpr"]
        assert json.loads(expression.removesuffix("[datum.value]"))[0].startswith(beginning)
    assert beginning in picture.alt
    assert "\n" not in picture.alt
    assert len(picture.alt) < 500


@pytest.mark.parametrize("kind", DRAWN)
def test_what_people_write_is_never_the_name_of_a_column(kind):
    assert {key for row in values(spec(DRAWN[kind]("a.b[0]", "a"))) for key in row} == COLUMNS[kind]


def test_nothing_to_draw_is_no_picture():
    assert sources() is None
    assert sources(Source(id="a", amount=5), Source(id="b", cost=5)) is None
    assert sliced() is None
    assert sliced(Slice(id="a", name="Car", share=4)) is None


def test_the_cost_chart_says_amount_cost_and_time_of_each_source():
    picture = sources(
        Source(id="a", name="Owned", amount=100, unit="hours", cost=0, days=0),
        Source(id="b", name="Crowd", amount=1000, unit="Hours", cost=1_000_000, days=14),
    )
    assert (
        picture.alt == "Cost against amount of 2 sources: Owned: 100 hours for $0, 0 days; Crowd: 1,000 Hours for $10,000, 14 days."
    )
    assert picture.note == ""
    assert {(row["amount"], row["cost"]) for row in values(spec(picture))} == {(100, 0), (1000, 10_000)}


def test_sources_that_cannot_be_compared_are_left_out_and_counted():
    picture = sources(
        Source(id="a", name="Owned", amount=100, unit="hours", cost=1),
        Source(id="b", amount=1, unit="hours", cost=1),
        Source(id="c", amount=100, unit="clips", cost=1),
        Source(id="d", amount=100, unit="hours", cost=1, currency="EUR"),
        Source(id="e", amount=100, unit="hours"),
    )
    assert "of 2 sources" in picture.alt
    assert picture.note == (
        "Shown are sources in hours and USD; 2 in other units or currencies not shown. 1 source without amount or cost not shown."
    )


@pytest.mark.parametrize(
    ("amounts", "costs"),
    [
        ((0,), (0,)),
        ((HUGE,), (10**15,)),
        ((TINY, HUGE), (0, 10**15)),
        ((5e-324, HUGE), (1, 10**15)),
        ((1, 1), (5, 5)),
        ((0, 10**6), (0, 1)),
    ],
)
def test_every_amount_and_cost_has_a_finite_place(amounts, costs):
    rows = tuple(Source(id=f"s{i}", amount=a, cost=c) for i, (a, c) in enumerate(zip(amounts, costs, strict=True)))
    picture = spec(sources(*rows))
    assert len({(row["amount"], row["cost"], row["told"]) for row in values(picture)}) >= 1
    low, high = picture["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < high


def test_many_sources_are_drawn_without_names_that_would_cover_each_other():
    many = sources(*(Source(id=f"s{i}", name=f"Source {i}", amount=i, unit="h", cost=i) for i in range(1000)))
    assert {row["name"] for row in values(spec(many))} == {""}
    assert many.note == "Point at a dot to see which source it is."
    assert many.alt.endswith("; and 988 more.")


def test_names_of_sources_in_one_place_do_not_cover_each_other():
    rows = values(spec(sources(*(Source(id=f"s{i}", name="Twin", amount=5, unit="h", cost=5) for i in range(5)))))
    places = {(row["dx"], row["dy"], row["align"]) for row in rows}
    assert len(places) == 5


def test_the_slices_say_their_numbers_with_the_largest_gain_first():
    picture = sliced(
        Slice(id="a", name="Car", model=89, hlp=93, share=4),
        Slice(id="b", name="Clear", model=94, hlp=95, share=60),
        Slice(id="c", name="Far", model=50),
        Slice(id="d", name="Near"),
        slices_are=Slices.OVERLAPPING,
    )
    assert picture.alt == (
        "Model and people on 3 groups, largest gain first: Clear: model 94\u00a0%, people 95\u00a0%, gain 0.6; "
        "Car: model 89\u00a0%, people 93\u00a0%, gain 0.16; Far: model 50\u00a0%, people not known, gain not known."
    )
    assert "gains must not be added" in picture.note
    assert "1 group without numbers not shown." in picture.note


@pytest.mark.parametrize(("model", "hlp"), [(0, 0), (100, 100), (100, 0), (None, 5), (5, None)])
def test_any_performance_is_drawn(model, hlp):
    picture = spec(sliced(Slice(id="a", model=model, hlp=hlp)))
    low, high = picture["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low <= min(n for n in (model, hlp) if n is not None) < high


def test_records_of_one_title_keep_lines_of_their_own():
    twins = tuple(Slice(id=i, name="Twin", model=80, hlp=90) for i in "ab")
    assert len({row["line"] for row in values(spec(sliced(*twins)))}) == 2


@pytest.mark.parametrize(
    "picture",
    [
        sliced(*(Slice(id=f"s{i}", model=1) for i in range(150))),
    ],
    ids=["slices"],
)
def test_a_picture_ends_where_a_browser_could_not_draw_on_and_says_so(picture):
    assert max(row.get("line", 0) for row in values(spec(picture))) == 99
    assert "Only the first 100 of 150 are drawn." in picture.note


def test_light_and_dark_differ_in_colours_only():
    value = Feasibility(slices=(Slice(id="a", model=80, hlp=90),))
    light, dark = (json.dumps(spec(feasibility_charts.slices(value, theme))) for theme in (LIGHT, DARK))
    assert light != dark
    for name in ("ink", "soft", "grid", "paper", "first", "second"):
        light = light.replace(getattr(LIGHT, name), name)
        dark = dark.replace(getattr(DARK, name), name)
    assert light == dark


@pytest.mark.parametrize("figure", ["$1.18 million", "2.4 %", "EUR 1,200", "3 billion"])
def test_a_figure_in_a_tip_is_not_broken_over_two_lines(figure):
    (row,) = values(
        spec(drawing.Picture(drawing.layers([drawing.chart([{"told": f"Most likely {figure} a year"}]).mark_point()], 10), ""))
    )
    assert row["told"] == f"Most likely {figure.replace(' ', chr(0xA0))} a year"


@pytest.mark.parametrize("kind", DRAWN)
def test_every_column_that_a_mark_shows_stands_in_its_rows(kind):
    picture = spec(DRAWN[kind]("Car", "a"))
    for layer in picture["layer"]:
        columns = {key for row in values(layer.get("data", picture.get("data"))) for key in row}
        shown = {look["field"] for look in layer["encoding"].values() if "field" in look}
        assert shown <= columns
