"""The value step in the workbook: formulas at likely values that agree with the page, and the simulation as values."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest

from scoping.charter import Charter
from scoping.currency import Currency
from scoping.export.workbook.parts import SPARE
from scoping.numbers import ranges
from scoping.numbers.shapes import Shape
from scoping.samples import samples
from scoping.sections.data_sources import DataSources, Origin, Source
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.project import Project
from scoping.sections.solutions import Solution, Solutions, Standing
from scoping.sections.value import Benefit, Cost, LinkedCosts, LinkEvidence, Period, Rate, Rung, Value
from scoping.value import money
from scoping.value.costs import DATA, PLAN, PROJECT
from scoping.value.valuation import SEED, simulated, valuation
from scoping.value.valuation import compared as compared_ideas
from scoping.value.words import FAR_ABOVE
from tests.exports.recalculation import compared, recalculated
from tests.exports.workbooks import exported, lines, opened, small_charter
from tests.tools import need, soffice

VOICE = samples()[0].charter
MONTH, YEAR, ONCE = Period.MONTH, Period.YEAR, Period.ONCE


def _full() -> Any:
    """Every way in which an amount can be counted, or cannot."""
    shapes = {
        "lognormal": (100_00, None, 400_00, Shape.LOGNORMAL),
        "lognormal_zero": (0, 100_00, 400_00, Shape.LOGNORMAL),
        "metalog": (100_00, 200_00, 400_00, Shape.METALOG),
        "metalog_lopsided": (100_00, 101_00, 400_00, Shape.METALOG),
        "metalog_negative": (-100_00, 20_00, 110_00, Shape.METALOG),
        "uniform": (100_00, None, 400_00, Shape.UNIFORM),
        "descending": (300_00, 200_00, 400_00, None),
        "one_end": (300_00, 350_00, None, None),
        "nothing": (None, None, None, None),
        "alone": (None, 77_00, None, None),
    }
    costs = [
        Cost(id=name, name=name, low=low, likely=likely, high=high, shape=shape, period=MONTH, evidence=LinkEvidence.ESTIMATE)
        for name, (low, likely, high, shape) in shapes.items()
    ]
    costs += [
        Cost(
            id="spread",
            name="Paid in parts",
            low=900_00,
            likely=1_000_00,
            high=1_100_00,
            period=ONCE,
            starts_month=2,
            lasts_months=5,
        ),
        Cost(id="late", name="After the end", likely=5_00, period=YEAR, starts_month=360),
        Cost(id="when", name="Nobody knows how often", low=1_00, likely=2_00, high=3_00),
        Cost(id="pounds", name="In pounds", likely=10_00, period=YEAR, currency="GBP"),
        Cost(id="krona", name="No rate", likely=10_00, period=YEAR, currency="SEK"),
    ]
    benefits = (
        Benefit(
            id="fall",
            name="Per failure less",
            low=8_00,
            likely=9_00,
            high=10_00,
            period=MONTH,
            rung="failures",
            ramp_months=6,
            starts_month=1,
        ),
        Benefit(
            id="yen",
            name="In yen",
            low=90_000,
            likely=100_000,
            high=150_000,
            currency="JPY",
            period=YEAR,
            lasts_months=7,
            ramp_months=3,
        ),
        Benefit(id="gone", name="Per unit of a removed rung", likely=1_00, period=MONTH, rung="gone"),
        Benefit(id="loose", name="Per unit of a rung without a link", likely=1_00, period=MONTH, rung="loose"),
        Benefit(id="rules", name="By rules", low=1_000_00, likely=2_000_00, high=3_000_00, period=YEAR, solution="rules"),
        Benefit(id="removed", name="Of a removed idea", likely=600_00, period=YEAR, solution="gone", unknown=("starts_month",)),
    )
    return Charter(
        project=Project(currency="EUR"),
        solutions=Solutions(
            solutions=(
                Solution(id="ml", name="Learn (it?) *", standing=Standing.CHOSEN),
                Solution(id="rules", name="Rules"),
                Solution(id="third", name="learn"),
            )
        ),
        value=Value(
            horizon_years=12,
            discount_rate=7.5,
            linked_costs=LinkedCosts.BOTH,
            rungs=(
                Rung(id="words", order=1, metric="Words ~ right?", current=80, target=85),
                Rung(
                    id="failures",
                    order=2,
                    metric="Failures",
                    current=20,
                    target=17,
                    low=-0.8,
                    likely=-0.6,
                    high=-0.3,
                    evidence="guess",
                ),
                Rung(id="loose", order=3, metric="Loose"),
            ),
            benefits=benefits,
            costs=tuple(c.model_copy(update={"currency": Currency.EUR}) if c.currency == "USD" else c for c in costs),
            rates=(
                Rate(id="a", foreign="JPY", rate=0.5),
                Rate(id="b", foreign="JPY", rate=0.006),
                Rate(id="c", foreign="GBP", rate=1.15),
                Rate(id="d", foreign="SEK", unknown=("rate",)),
                Rate(id="e", foreign="USD", rate=0.9),
            ),
        ),
        data_sources=DataSources(
            sources=(
                Source(id="a", name="Bought", cost=300_00, currency="EUR"),
                Source(id="b", name="Wished", cost=500_00, currency="EUR", origin=Origin.WISHED),
                Source(id="c", name="No rate", cost=500_00, currency="SEK"),
                Source(id="d", name="Unknown", unknown=("cost",)),
            )
        ),
        milestones=Milestones(
            milestones=(
                Milestone(id="a", deliverable="Later", start=date(2028, 2, 29), due=date(2028, 4, 1), money=100_00, currency="EUR"),
                Milestone(id="b", deliverable="First", due=date(2027, 11, 30), money=40_00, currency="EUR"),
                Milestone(id="c", deliverable="Undated", money=7_00, currency="USD"),
            )
        ),
    )


def _with(value: dict[str, Any], charter: Any = VOICE) -> Any:
    return charter.with_part("value", charter.value.model_copy(update=value))


def _one_benefit(**more: Any) -> Any:
    """Costs at once, a benefit that follows: the money changes its direction as often as its months say."""
    spent = Cost(id="c", name="Build", likely=1_000_00, period=ONCE)
    return Charter(value=Value(costs=(spent,), benefits=(Benefit(id="b", name="Gain", likely=100_00, period=MONTH, **more),)))


def _delivered(kind: MilestoneKind | None, **benefit: Any) -> Any:
    """A plan over ten months, with costs of every kind."""
    value = Value(
        benefits=(Benefit(id="b", name="Gain", likely=987_65, period=MONTH, **benefit),),
        costs=(Cost(id="c", name="Team", likely=123_45, period=MONTH),),
        linked_costs=LinkedCosts.MILESTONES,
    )
    plan = (
        Milestone(id="a", deliverable="Proof", start=date(2027, 5, 10), due=date(2027, 7, 1), money=500_50),
        Milestone(id="b", deliverable="Shops", due=date(2027, 12, 11), kind=kind, money=70_00),
        Milestone(id="c", deliverable="Review", due=date(2028, 3, 9), unknown=("kind",)),
        Milestone(id="d", deliverable="Later", unknown=("due",), kind=kind),
    )
    sources = DataSources(sources=(Source(id="a", name="Bought", cost=300_00),))
    return Charter(value=value, milestones=Milestones(milestones=plan), data_sources=sources)


CHARTERS = {
    "full": _full(),
    "voice": VOICE,
    "thirty years": _with({"horizon_years": 30}),
    "nothing linked": _with({"linked_costs": None, "discount_rate": None, "horizon_years": None}),
    "never back": _one_benefit(lasts_months=5),
    "back": _one_benefit(),
    "slow": _one_benefit(ramp_months=30),
    "launched": _delivered(MilestoneKind.LAUNCH),
    "no launch": _delivered(MilestoneKind.TEST),
    "own start": _delivered(MilestoneKind.LAUNCH, starts_month=3),
    "only benefits": Charter(value=Value(benefits=(Benefit(id="b", name="Gain", likely=1_00, period=YEAR),))),
    "end": Charter(
        value=Value(
            benefits=(Benefit(id="b", name="Gain", likely=100_00, period=MONTH, lasts_months=12),),
            costs=(
                Cost(id="c", name="Tear down", likely=1_100_00, period=ONCE, starts_month=30),
                Cost(id="d", likely=200_00, period=ONCE),
            ),
        )
    ),
}


def _found(charter: Any) -> dict[Any, list[Any]]:
    return _blocks(opened(exported(charter), results=True))


def _blocks(book: Any) -> dict[Any, list[Any]]:
    """What stands in the rows above the tables of the sheet, by the words in its second column."""
    found: dict[Any, list[Any]] = {}
    for row in book["Value"].iter_rows(min_col=2, values_only=True):
        if row[0] == "Ladder":
            return found
        if row[0] is not None:
            found[row[0]] = [value for value in row[1:] if value is not None]
    raise AssertionError("no ladder")


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=list(CHARTERS))
def test_the_likely_case_is_that_of_the_page(charter: Any) -> None:
    case, found = money.likely(valuation(charter).of_chosen), _found(charter)
    assert found["Worth after all costs"][0] == pytest.approx(case.npv)
    assert found["Benefits"][0] == pytest.approx(case.benefits)
    assert found["Costs"][0] == pytest.approx(case.costs)
    assert found["Benefits over costs"][0] == ("no costs" if case.roi is None else pytest.approx(1 + case.roi))
    assert found["Share resting on guesses"][0] == pytest.approx(case.guesses)
    back = "not in the years counted" if case.payback_months is None else pytest.approx(case.payback_months)
    assert found["Money is back after (months)"][0] == back
    for place, year in enumerate(case.years[:5], 1):
        assert found[place] == pytest.approx([year.benefits, year.costs, year.net, year.present, year.balance])


def test_a_rate_of_return_is_shown_only_where_there_is_one() -> None:
    def shown(charter: Any) -> Any:
        return _found(charter)["Return a year"][0]

    irr = money.likely(valuation(CHARTERS["slow"]).of_chosen).irr
    assert shown(CHARTERS["slow"]) == pytest.approx(irr, abs=1e-6)
    assert 0 < irr < 1
    assert shown(CHARTERS["end"]) == "not shown: money changes its direction more than once"
    assert shown(CHARTERS["only benefits"]) == "none: money flows one way only"


def test_a_rate_of_return_above_a_hundred_per_cent_is_no_figure() -> None:
    assert money.likely(valuation(CHARTERS["back"]).of_chosen).irr > 1
    assert _found(CHARTERS["back"])["Return a year"][0] == FAR_ABOVE


@pytest.mark.parametrize("name", ["launched", "no launch", "own start"])
def test_benefits_begin_where_the_plan_delivers(name: str) -> None:
    """First day 10 May 2027; the launch is due on 11 Dec, the last milestone on 9 Mar."""
    months = {"launched": (8, 8), "no launch": (10, 10), "own start": (8, 3)}[name]
    book = opened(exported(CHARTERS[name]), results=True)
    starts = next(row[6] for row in book["Cash flow"].iter_rows(values_only=True) if row[2] == "Benefit")
    assert (_blocks(book)["Benefits begin after (months)"][0], starts) == months


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=list(CHARTERS))
def test_the_kinds_of_cost_add_up_to_all_costs(charter: Any) -> None:
    found = _found(charter)
    rows = [found[name][:3] for name in found if name in (PROJECT, DATA, PLAN)]
    assert len(rows) == 3
    whole = [[0 if v == "not known" else v for v in row] for row in (*rows, found["All costs"][:3])]
    assert [sum(column) for column in zip(*whole[:3], strict=True)] == pytest.approx(whole[3])
    assert whole[3][2] == pytest.approx(money.likely(valuation(charter).of_chosen).costs, abs=2)


def test_a_result_that_rests_on_guesses_is_rounded_on_the_first_page() -> None:
    def tile(charter: Any) -> tuple[Any, str, float]:
        sheet = opened(exported(charter), results=True)["Summary"]
        at = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Worth after all costs")
        figure, note = (sheet.cell(at.row + below, at.column) for below in (1, 2))
        return figure.value, note.value, figure.font.size

    exact = money.likely(valuation(CHARTERS["launched"]).of_chosen).npv
    value, note, size = tile(CHARTERS["launched"])
    assert value == pytest.approx(exact, rel=0.05)
    assert value % 100 == 0
    assert value != pytest.approx(exact)
    assert "rests on guesses" in note
    assert size < tile(VOICE)[2]
    assert "guesses" not in tile(VOICE)[1]


def test_every_table_of_a_result_that_rests_on_guesses_says_so() -> None:
    told = "Rests on guesses only: take every figure of this table as a rough one."

    def said(charter: Charter) -> list[Any]:
        return [c.value for row in opened(exported(charter), results=True)["Value"].iter_rows() for c in row if c.value == told]

    assert len(said(CHARTERS["launched"])) == 3
    assert said(VOICE) == []
    seen, found = simulated(valuation(CHARTERS["launched"]).of_chosen), _found(CHARTERS["launched"])
    low = found["8 of 10 cases, lower end"][0]
    assert low == float(f"{seen.npv.p10:.2g}") != pytest.approx(seen.npv.p10)


def test_the_interval_stands_as_values_with_draws_seed_and_day() -> None:
    seen, book = simulated(valuation(VOICE).of_chosen), opened(exported(VOICE))
    found = _blocks(book)
    assert found["8 of 10 cases, lower end"][0] == pytest.approx(seen.npv.p10)
    assert found["8 of 10 cases, upper end"][0] == pytest.approx(seen.npv.p90)
    assert found["Chance of a loss"][0] == seen.loss
    assert (found["Draws"][0], found["Seed"][0]) == (ranges.DRAWS, SEED)
    assert found["Simulated as of"] == [datetime(2027, 1, 6), "Revision 7"]  # noqa: DTZ001


def test_alternatives_stand_side_by_side_with_doing_nothing() -> None:
    found = _found(VOICE)
    worth = valuation(VOICE)
    for o in compared_ideas(worth.plan):
        likely = money.likely(worth.plan.of(o.alternative)).npv
        expected = [likely, o.npv.mean, o.npv.p10, o.npv.p90, o.loss, o.best]
        assert found[worth.names[o.alternative]] == pytest.approx(expected)


def test_the_ladder_says_what_its_lowest_target_implies() -> None:
    book = opened(exported(VOICE))["Value"]
    rows = [list(row[1:11]) for row in book.iter_rows(values_only=True)]
    at = next(i for i, row in enumerate(rows) if row[0] == "What the ladder implies")
    revenue = next(row for row in rows[at:] if row[0] == "Revenue")
    assert revenue[1:3] == [1900, pytest.approx(1938)]
    assert revenue[3] < 1938 < revenue[4]
    assert 0 < revenue[6] < 1
    assert revenue[7] == pytest.approx(38)
    first = next(row for row in rows[at:] if row[0] == "Word-level accuracy")
    assert first[7:10] == [pytest.approx(1), 0, "Supposed to reach its target"]


def test_what_is_not_counted_says_so_in_its_line() -> None:
    book = opened(exported(CHARTERS["full"]), results=True)["Cash flow"]
    remarks = {
        row[1]: row[14] for row in book.iter_rows(max_col=15, values_only=True) if row[2] in ("Benefit", "Cost", "Data source")
    }
    left_out = {name for name, remark in remarks.items() if remark}
    assert left_out == {
        "lognormal_zero",
        "metalog_lopsided",
        "descending",
        "one_end",
        "nothing",
        "Nobody knows how often",
        "No rate",
        "Per unit of a removed rung",
        "Per unit of a rung without a link",
    }
    problems = {p.record for p in valuation(CHARTERS["full"]).problems if p.ref != "value.rungs"}
    assert len(problems) == len(left_out) + 2, "two lines have no rate, and one falls out of the years although it is counted"


def test_an_empty_charter_is_worth_nothing_that_anybody_knows() -> None:
    found = _found(Charter())
    assert found["Worth after all costs"][0] == 0
    assert found["Entries counted"][0] == 0
    assert "With its ranges, as simulated" not in found


def test_a_table_that_grew_past_the_sheet_is_noticed() -> None:
    head = lines(opened(exported(small_charter())), "Cash flow")["Entries below the last one that is listed here"][0]
    assert f"-{3 + SPARE})" in head
    assert f"-{5 + SPARE})" in head


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every workbook, and one that somebody has changed, after LibreOffice has calculated it anew."""
    contents = {name: exported(charter) for name, charter in CHARTERS.items()}
    contents["changed"] = _changed(contents["voice"])
    return dict(recalculated(need(soffice(), "LibreOffice"), tmp_path_factory.mktemp("value"), contents))


@pytest.mark.parametrize("name", CHARTERS)
def test_libreoffice_comes_to_the_same_value(name: str, results: dict[str, Any]) -> None:
    _, differing = compared(exported(CHARTERS[name]), results[name])
    assert not differing, differing[:10]


def _cell(sheet: Any, words: str, header: str = "") -> Any:
    """The answer beside a question, or the cell of an entry below a header."""
    for row in sheet.iter_rows():
        if header and [c for c in row if c.value == header]:
            col = next(c.column for c in row if c.value == header)
        if row[1].value == words and (not header or row[0].value):
            return sheet.cell(row[0].row, col if header else 3)
    raise AssertionError(words)


def _changed(content: bytes) -> bytes:
    """The workbook after somebody has changed years, rate, an amount, and what is linked."""
    book = opened(content)
    sheet = book["Value"]
    _cell(sheet, "Years to count").value = 5
    _cell(sheet, "Discount rate (%)").value = 4
    _cell(sheet, "Costs counted besides those below").value = LinkedCosts.DATA.label
    _cell(sheet, "The team, about 18 person-months", "Most likely").value = 300_000
    _cell(sheet, "More orders after spoken searches", "Starts after (months)").value = 3
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_change_in_the_workbook_moves_its_value_as_on_the_page(results: dict[str, Any]) -> None:
    value = VOICE.value
    costs = tuple(c.model_copy(update={"likely": 300_000_00}) if c.id == "team" else c for c in value.costs)
    benefits = tuple(b.model_copy(update={"starts_month": 3}) if b.id == "orders" else b for b in value.benefits)
    update = {"horizon_years": 5, "discount_rate": 4.0, "linked_costs": LinkedCosts.DATA, "costs": costs, "benefits": benefits}
    case = money.likely(valuation(_with(update)).of_chosen)
    found = _blocks(results["changed"])
    assert found["Worth after all costs"][0] == pytest.approx(case.npv)
    assert found["Benefits over costs"][0] == pytest.approx(1 + case.roi)
    assert found["Share resting on guesses"][0] == pytest.approx(case.guesses)
    assert found["Return a year"][0] == (FAR_ABOVE if case.irr > 1 else pytest.approx(case.irr, abs=1e-6))
    assert found[5] == pytest.approx([getattr(case.years[4], n) for n in ("benefits", "costs", "net", "present", "balance")])
    assert case.npv != pytest.approx(money.likely(valuation(VOICE).of_chosen).npv, rel=0.1)


@pytest.mark.parametrize(("rate", "shown"), [(8.0, "0 %"), (8.5, "0.0# %"), (7.0, "0 %"), (8.25, "0.0# %")])
def test_the_discount_rate_is_shown_as_it_is(rate: float, shown: str) -> None:
    content = exported(_with({"discount_rate": rate}))
    sheet, results = opened(content)["Cash flow"], opened(content, results=True)["Cash flow"]
    place = next(c.offset(column=1) for row in sheet.iter_rows() for c in row if c.value == "Discount rate a year")
    value = results[place.coordinate].value
    assert value == pytest.approx(rate / 100)
    (rule,) = next(found.rules for found in sheet.conditional_formatting if place.coordinate in found)
    assert rule.formula == [f"ABS({place.coordinate.replace('C', '$C$')}-ROUND({place.coordinate.replace('C', '$C$')},2))<1E-9"]
    is_whole = abs(value - round(value, 2)) < 1e-9
    assert (rule.dxf.numFmt.formatCode if is_whole else place.number_format) == shown


@pytest.mark.parametrize("name", CHARTERS)
def test_no_number_ends_in_a_bare_point(name: str) -> None:
    """Excel shows 8 as "8." where all digits behind the point are optional."""
    book = opened(exported(CHARTERS[name]))
    formats = {cell.number_format for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert not [f for f in formats if re.search(r"\.[#?]", f)]
