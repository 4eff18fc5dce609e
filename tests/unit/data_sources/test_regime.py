"""What size and kind of the data ask for."""

from __future__ import annotations

import pytest

from scoping.data_sources.regime import regime


def _about(*given: object) -> list[str]:
    return [advice.about for advice in regime(*given).advice]


@pytest.mark.parametrize(
    ("examples", "kind", "about"),
    [
        (100, "unstructured", ["Small data", "Unstructured data"]),
        (50, "structured", ["Small data", "Structured data"]),
        (50_000_000, "unstructured", ["Big data", "Unstructured data", "The long tail"]),
        (1_000_000, "structured", ["Big data", "Structured data", "The long tail"]),
    ],
)
def test_the_four_cells_of_the_slides(examples, kind, about):
    assert _about(examples, kind) == about


@pytest.mark.parametrize("examples", [4_000, 10_000, 25_000])
def test_near_the_border_both_advices_are_given(examples):
    assert _about(examples, "structured")[:2] == ["Small data", "Big data"]


def test_what_is_not_known_stays_open():
    found = regime(None, None)
    assert found.name == "Size not known yet, kind not known yet"
    assert {a.about for a in found.advice} == {"Small data", "Big data", "Unstructured data", "Structured data", "The long tail"}
    assert len(found.examples) == 4


def test_a_rare_class_of_a_big_set_is_small_data():
    tail = regime(1_000_000, "structured", 0.001).advice[-1]
    assert "about 1,000 examples" in tail.sentences[0]
    assert "examples" not in regime(1_000_000, "structured", 0.4).advice[-1].sentences[0]
