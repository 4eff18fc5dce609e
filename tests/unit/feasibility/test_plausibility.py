"""The ladder of plausibility holds the slides' five examples, each with a reason and a question."""

from scoping.feasibility.plausibility import Plausible, ladder
from scoping.sections.feasibility import Resembles


def test_every_example_that_can_be_chosen_stands_on_the_ladder_once():
    assert [e.key for e in ladder()] == list(Resembles)


def test_the_examples_are_judged_as_on_the_slides():
    assert {e.key.value: e.plausible.value for e in ladder()} == {
        "purchases": "yes",
        "weather": "yes",
        "dna": "doubtful",
        "chatter": "doubtful",
        "stock": "no",
    }


def test_the_most_plausible_stands_first():
    places = [list(Plausible).index(e.plausible) for e in ladder()]
    assert places == sorted(places)


def test_every_example_says_why_and_asks_whether_a_case_is_like_it():
    for one in ladder():
        assert one.reason.endswith(".")
        assert one.test.endswith("?")
        assert one.known != one.wanted
