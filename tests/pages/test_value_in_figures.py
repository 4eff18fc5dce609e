"""The value step works out what it can, follows every change, and names what it leaves out."""

from __future__ import annotations

import pytest

from scoping import currency as iso
from scoping import samples
from scoping.charter import Charter
from scoping.merge import Edit, added
from scoping.sections.value import Benefit, Cost, OperatingPoint, Rung, Stake
from scoping.value import money, valuation
from tests.pages.tabs import Tab

SAMPLE = samples.samples()[0].charter


def open_value(tab: Tab, charter: object, at: str = "metrics") -> str:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("value")
    turn(tab, project, at)
    return project


def turn(tab: Tab, project: str, label: str) -> None:
    assert not tab.turn_to(label).exception


def unfold(tab: Tab, project: str, name: str) -> None:
    assert not tab.unfold(f"value.{name}.{project}").exception


def metric(tab: Tab, label: str) -> str:
    return tab.figures()[label]


def with_rows(**lists: tuple) -> Charter:
    value = Charter().value.model_copy(update=lists)
    return Charter().with_part("value", value)


def test_the_money_of_a_sample_is_shown_as_the_calculators_give_it(tab: Tab) -> None:
    project = open_value(tab, SAMPLE, "money")
    worth = valuation.valuation(SAMPLE)
    seen, case = valuation.simulated(worth.of_chosen), money.likely(worth.of_chosen)
    assert metric(tab, "At likely values") == iso.about(case.npv, worth.currency)
    low, high = (iso.about(v, worth.currency) for v in (seen.npv.p10, seen.npv.p90))
    assert f"{low} to {high} by " in tab.texts()
    assert tab.table("Rests on")[-1]["Most likely"] == f"+{iso.about(case.npv, worth.currency)}"
    assert "seed" not in tab.texts()
    unfold(tab, project, "basis")
    assert f"seed {valuation.SEED}" in tab.texts()


def test_a_changed_range_changes_every_figure_that_rests_on_it(tab: Tab) -> None:
    project = open_value(tab, SAMPLE, "money")
    before = [*tab.figures().values(), *(row["Most likely"] for row in tab.table("Rests on")[:1])]
    benefit = SAMPLE.value.benefits[0]
    edits = [
        Edit("benefits", benefit.id, name, getattr(benefit, name), getattr(benefit, name) // 2)
        for name in ("low", "likely", "high")
    ]
    assert tab.store.save(project, "value", edits, "Bo").stamp
    tab.app.run()
    after = [*tab.figures().values(), *(row["Most likely"] for row in tab.table("Rests on")[:1])]
    # What is spent until the launch does not rest on what a benefit brings.
    assert set(before) & set(after) <= {metric(tab, "Costs until the last launch")}


def test_the_same_figures_come_again(tab: Tab) -> None:
    open_value(tab, SAMPLE, "money")
    first = tab.figures()
    valuation.simulated.cache_clear()
    tab.app.run()
    assert tab.figures() == first


def test_what_rests_on_guesses_is_told_roughly_and_names_the_guess_that_matters(tab: Tab) -> None:
    value = SAMPLE.value
    guesses = tuple(b.model_copy(update={"evidence": None}) for b in value.benefits)
    project = open_value(tab, SAMPLE.with_part("value", value.model_copy(update={"benefits": guesses})), "money")
    assert "rests on guesses" in tab.texts()
    assert "Roughly" in tab.texts()
    assert "At likely values" not in tab.figures()
    assert "The guess that matters most" in tab.texts()
    assert tab.links()["Say how we know it"].startswith("value?")
    unfold(tab, project, "basis")
    assert "Year by year, roughly: rests on guesses" in tab.texts()
    first = money.likely(valuation.valuation(SAMPLE).of_chosen).years[-1]
    said = tab.table("Net, added up")[-1]["Benefits"]
    assert said == iso.rough(first.benefits, first.benefits, "USD") != iso.about(first.benefits, "USD")


def test_costs_stand_in_one_table_that_adds_up(tab: Tab) -> None:
    open_value(tab, SAMPLE, "money")

    def amount(words: str) -> int:
        return int(words.strip("$").replace(",", "")) if words.startswith("$") else 0

    rows = [[amount(words) for words in [*row.values()][1:]] for row in tab.table("Until delivery")]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert all(early + later == total for early, later, total in rows)
    assert rows[-1][2] == money.likely(valuation.valuation(SAMPLE).of_chosen).costs


def test_no_chance_on_the_page_is_nought_per_cent(tab: Tab) -> None:
    unfold(tab, open_value(tab, SAMPLE, "money"), "basis")
    rows = tab.table("Chance to be best")
    assert not {"0\u00a0%", "0 %", "0%", 0} & {row[name] for row in rows for name in ("Chance of a loss", "Chance to be best")}


def test_without_any_amount_the_place_says_what_is_needed(tab: Tab) -> None:
    project = open_value(tab, Charter(), "money")
    assert "as soon as one benefit or cost has an amount" in tab.texts()
    turn(tab, project, "metrics")
    assert [view["shape"] for view in tab.views("list")] == ["ladder"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Benefit(id="b", name="Orders", low=500, likely=300, high=900, period="year"), "the low value is above the likely one"),
        (Benefit(id="b", name="Orders", likely=300), "say how often the amount comes"),
        (Benefit(id="b", name="Orders", likely=300, period="year", currency="EUR"), "no exchange rate"),
        (Benefit(id="b", name="Orders", likely=300, period="year", rung="gone"), "does not exist"),
    ],
)
def test_what_cannot_be_counted_is_named_and_the_rest_keeps_computing(tab: Tab, row: Benefit, said: str) -> None:
    good = Cost(id="c", name="Team", low=100_00, likely=200_00, high=300_00, period="once", evidence="estimate")
    open_value(tab, with_rows(benefits=(row,), costs=(good,)), "money")
    assert said in tab.texts()
    assert metric(tab, "At likely values") == "-$200"


def test_a_circle_in_the_ladder_is_named(tab: Tab) -> None:
    rungs = (
        Rung(id="a", metric="Words", below="b", current=1, target=2, likely=1),
        Rung(id="b", metric="Queries", below="a", current=1, target=2, likely=1),
    )
    open_value(tab, with_rows(rungs=rungs))
    assert "in a circle" in tab.texts()


def test_an_error_costs_what_was_typed_and_an_impossible_point_is_explained(tab: Tab) -> None:
    stake = Stake(id="s", name="Block", cases_per_month=1000, positive_share=10, value_tp=100_00, cost_fp=10_00, cost_fn=0)
    points = (
        OperatingPoint(id="p", name="Careful", precision=80, recall=50),
        OperatingPoint(id="q", name="Impossible", precision=1, recall=100),
    )
    open_value(tab, with_rows(stakes=(stake,), operating_points=points), "errors")
    assert "it pays once 9.1\u00a0% of the cases it flags are right" in tab.texts()
    careful, impossible = tab.table("Setting")
    assert careful["Better than nothing, a month"] == iso.about(50 * 100 - 12.5 * 10, "USD")
    assert "precision cannot be below" in impossible["Remark"]


def test_realised_value_stands_beside_the_promise(tab: Tab) -> None:
    from scoping.sections.value import Realised

    benefit = Benefit(id="b", name="Orders", likely=1200_00, period="year")
    project = open_value(tab, with_rows(benefits=(benefit,)))
    tab.go("run")
    turn(tab, project, "after")
    row = Realised(id="r", benefit="b", month="2027-05-10", amount=80_00)
    assert tab.store.save(project, "value", [added("realised", row)], "Ana").stamp
    tab.app.run()
    assert not tab.app.exception
    assert "from the first month on" in tab.texts()
