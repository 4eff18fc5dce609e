"""Data sources: amount, cost and time of each, totals that mix nothing, and a definition people can label by."""

import pytest

from scoping.sections.data_sources import DataSources, Origin, Pipeline, Privacy, Source, review, total_amount, total_cost, unpriced
from tests.told import told_of

FULL = Source(
    id="a", name="Owned", origin=Origin.OWNED, amount=100, unit="hours", cost=0, days=0, privacy=Privacy.NONE, rights="Ours"
)


def found(*sources, **parts):
    return told_of("data_sources", data_sources=DataSources(sources=sources, **parts))


def test_an_empty_inventory_asks_for_a_source_and_for_x_and_y():
    lacking = {"none", "wanted", "input", "target", "label_rule"}
    assert set(found()) == {f"data_sources.{what}" for what in lacking}


def test_a_full_inventory_leaves_nothing_open():
    assert found(FULL, input_x="Audio", target_y="Words", label_rule="One m", wanted_amount=100, wanted_unit="hours") == {}


@pytest.mark.parametrize(("name", "word"), [("amount", "amount"), ("cost", "cost"), ("days", "time")])
def test_a_missing_number_is_named_and_zero_is_a_number(name, word):
    missing = FULL.model_copy(update={name: None})
    assert f"“Owned”: {word} not known yet" in found(missing)["data_sources.missing"].message
    assert "data_sources.missing" not in found(FULL)


def test_what_is_only_wished_for_needs_no_numbers():
    assert "data_sources.missing" not in found(Source(id="w", origin=Origin.WISHED))


def test_an_inventory_without_any_amount_blocks():
    assert "data_sources.too_little" in found(FULL.model_copy(update={"amount": None}), wanted_amount=1, wanted_unit="hours")
    assert "data_sources.too_little" in found(FULL.model_copy(update={"amount": 0}), wanted_amount=1, wanted_unit="hours")
    assert "data_sources.too_little" not in found(FULL, wanted_amount=100, wanted_unit=" Hours")


@pytest.mark.parametrize("privacy", [Privacy.PERSONAL, Privacy.SENSITIVE])
def test_personal_data_without_a_right_to_use_it_blocks(privacy):
    personal = FULL.model_copy(update={"privacy": privacy, "rights": ""})
    assert found(personal)["data_sources.rights"].record == "a"
    assert "data_sources.rights" not in found(personal.model_copy(update={"rights": "Consent, approved by legal"}))


def test_a_source_that_does_not_say_whether_it_is_personal_is_not_taken_for_safe():
    assert "data_sources.privacy" in found(FULL.model_copy(update={"privacy": None}))
    assert "data_sources.privacy" not in found(FULL)


def test_more_than_ten_times_what_is_owned_is_doubted_in_the_same_unit_only():
    bought = Source(id="b", name="Bought", origin=Origin.PURCHASED, amount=1001, unit=" Hours ")
    assert found(FULL, bought)["data_sources.tenfold"].record == "b"
    assert "data_sources.tenfold" not in found(FULL, bought.model_copy(update={"amount": 1000}))
    assert "data_sources.tenfold" not in found(FULL, bought.model_copy(update={"unit": "clips"}))
    assert "data_sources.tenfold" not in found(bought)


def test_costs_add_up_by_currency_and_unpriced_sources_are_counted():
    sources = (FULL, Source(id="b", cost=500, currency="EUR"), Source(id="c", cost=250, currency="EUR"), Source(id="d"))
    data = DataSources(sources=sources)
    assert total_cost(data) == {"USD": 0, "EUR": 750}
    assert unpriced(data) == 1


def test_amounts_add_up_by_unit_in_the_first_spelling():
    sources = (FULL, Source(id="b", amount=5, unit=" HOURS"), Source(id="c", amount=3), Source(id="d", unit="clips"))
    assert total_amount(DataSources(sources=sources)) == {"hours": 105, "": 3}


@pytest.mark.parametrize(
    ("amount", "cost", "unit_cost"), [(1000, 1_000_000, 1000), (4, 10, 2.5), (0, 5, None), (None, 5, None), (5, None, None)]
)
def test_the_cost_of_one_unit_is_known_when_cost_and_amount_are(amount, cost, unit_cost):
    assert Source(id="a", amount=amount, cost=cost).unit_cost == unit_cost


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"privacy": "personal", "rights": "Consent", "legal_basis": "not_needed"}, "data_sources.legal_basis"),
        ({"cost": 100, "fixed_cost": 200}, "data_sources.fixed_cost"),
        ({"amount": 10, "minimum_order": 20}, "data_sources.minimum"),
        ({"days": 3, "lead_days": 5}, "data_sources.lead"),
    ],
)
def test_a_source_that_contradicts_itself_is_named(row, code):
    assert code in found(Source(id="a", **row))


def test_shares_of_the_split_add_to_a_hundred():
    assert "data_sources.split" in found(train_share=60, dev_share=20, test_share=10)
    assert "data_sources.split" not in found(train_share=60, dev_share=20, test_share=20)
    assert "data_sources.split" not in found(train_share=60)


def test_a_step_that_must_be_replicable_says_from_when_on():
    step = Pipeline(id="a", step="Cut silence", replicable="yes")
    assert "data_sources.from_milestone" in {f.code for f in review(DataSources(pipelines=(step,)))}
    dated = step.model_copy(update={"from_milestone": "launch"})
    assert "data_sources.from_milestone" not in {f.code for f in review(DataSources(pipelines=(dated,)))}


@pytest.mark.parametrize(("reads", "told"), [({}, True), ({"reads_sources": ("a",)}, False), ({"reads_steps": ("b",)}, False)])
def test_a_step_that_reads_nothing_is_told(reads, told):
    step = Pipeline(id="p", step="Cut", **reads)
    assert ("data_sources.unread" in {f.code for f in review(DataSources(pipelines=(step,)))}) is told
