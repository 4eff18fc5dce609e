"""The figures asked for first: what is known with what it rests on, what is not as that."""

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.document.tiles import tiles
from scoping.samples import samples
from scoping.sections.milestones import Gate
from scoping.value.valuation import valuation
from scoping.words import day_words


def found(charter):
    return {tile.label: tile for tile in tiles(charter, valuation(charter))}


def test_an_empty_charter_knows_nothing_and_says_so():
    assert {tile.value for tile in found(Charter()).values()} == {UNKNOWN_WORDS}


def test_a_sample_tells_its_range_its_chance_its_cost_its_risk_and_its_gate():
    told = found(samples()[0].charter)
    assert told["Worth"].value.startswith("$")
    assert told["Worth"].note == "over 3 years in 8 of 10 cases"
    assert told["Chance of a loss"].value == "Less than 1 in 20"
    assert (told["What it costs"].value, told["What it costs"].note) == ("$450,000", "over 3 years at likely values")
    assert (told["Risk to people"].value, told["Risk to people"].note) == ("Low risk", "by the eight questions and the law")
    assert told["Next gate"].note == "Dana Lee decides"


def test_the_next_gate_is_the_first_that_nobody_decided():
    charter = samples()[0].charter
    plan = charter.milestones
    open_ones = sorted((m for m in plan.milestones if m.gate is None and m.due), key=lambda m: m.due)
    first, second = open_ones[:2]
    assert found(charter)["Next gate"].value == day_words(first.due)
    decided = tuple(m.model_copy(update={"gate": Gate.GO}) if m is first else m for m in plan.milestones)
    after = charter.with_part("milestones", plan.model_copy(update={"milestones": decided}))
    assert found(after)["Next gate"].value == day_words(second.due)
