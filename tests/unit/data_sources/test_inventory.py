"""The inventory's lists and totals: every source is in one list, and what is not known is counted, never taken for zero."""

import json

import pytest

from scoping.data_sources import charts as data_sources_charts
from scoping.data_sources.inventory import BEST, DIMENSIONS, List, counts, list_of, only, rated, summary
from scoping.drawing import DARK, LIGHT
from scoping.section import Kind, question
from scoping.sections.data_sources import DataSources, Origin, Source

WEIRD = ['quo"te', "it's", "سلام دنیا", "two\nlines", "back\\slash", "</script><b>", "${datum.line}", "👩‍🚀", "x" * 300]


def data(*sources: Source) -> DataSources:
    return DataSources(sources=sources)


def spec(picture):
    """What the browser gets: checked by Altair against the schema of Vega-Lite, and readable by every JSON reader."""
    return json.loads(json.dumps(picture.chart.to_dict(validate=True), allow_nan=False))


def test_every_source_is_in_exactly_one_list():
    sources = [Source(id=f"s{i}", origin=origin) for i, origin in enumerate((None, *Origin))]
    lists = {s.origin: list_of(s) for s in sources}
    assert lists[Origin.OWNED] is List.INTERNAL
    assert lists[Origin.WISHED] is List.WISHED
    assert lists[None] is List.OPEN
    assert {lists[o] for o in Origin} - {List.INTERNAL, List.WISHED} == {List.EXTERNAL}
    found = data(*sources)
    assert sum(counts(found).values()) == len(sources)
    assert sorted(s.id for name in List for s in only(found, name).sources) == sorted(s.id for s in sources)
    assert only(found, None) is found


def test_a_list_that_nobody_needs_is_not_shown_and_the_three_of_the_slides_always_are():
    assert counts(data()) == {List.INTERNAL: 0, List.EXTERNAL: 0, List.WISHED: 0}


def test_what_is_not_known_is_counted_and_in_no_sum():
    found = summary(
        data(
            Source(id="a", amount=5, unit="hours", cost=0, days=0),
            Source(id="b", amount=7, unit="Hours", currency="EUR", cost=10_00),
            Source(id="c", unit="hours", days=3, unknown=("amount",), **dict.fromkeys(DIMENSIONS, "0")),
        )
    )
    assert (found.amounts, found.unmeasured) == ({"hours": 12}, 1)
    assert (found.costs, found.unpriced) == ({"USD": 0, "EUR": 1000}, 1)
    assert (found.days, found.timeless) == (3, 1)
    assert found.unrated == 2
    assert summary(data()).days is None


def test_the_dimensions_are_questions_with_ratings_from_zero_to_three():
    for name in DIMENSIONS:
        asked = question(Source, name)
        assert asked.kind is Kind.CHOICE
        assert sorted(int(c.value) for c in asked.choices) == list(range(BEST + 1))


def test_the_picture_says_every_rating_and_tells_not_rated_from_zero_and_not_known():
    sources = data(
        Source(id="a", name="Logs", origin="owned", accuracy="3", timeliness="0", unknown=("coherence",)),
        Source(id="b", name="Bought", origin="purchased"),
    )
    picture = data_sources_charts.quality(sources, None, LIGHT)
    assert "Logs: accuracy 3, timeliness 0, accessibility not rated, interpretability not rated, coherence not known" in picture.alt
    assert "1 source without any rating not shown." in picture.note
    marks = spec(picture)["layer"][2]["data"]["values"]
    assert [m["sign"] for m in marks] == ["3", "0", "–", "–", "?"]
    bars = spec(picture)["layer"][1]["data"]["values"]
    assert len(bars) == 1
    assert data_sources_charts.quality(sources, List.EXTERNAL, LIGHT) is None
    assert rated(sources.sources)[0].name == "Logs"


@pytest.mark.parametrize("title", WEIRD)
def test_any_title_is_drawn(title: str):
    picture = data_sources_charts.quality(data(Source(id="a", name=title, accuracy="1")), None, DARK)
    assert spec(picture)
    assert "\n" not in picture.alt
