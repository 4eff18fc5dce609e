"""What the workbook calculates: stored results are right, and LibreOffice comes to the same."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from scoping.charter import Charter
from scoping.export.workbook.sums import working_days
from scoping.samples import samples
from scoping.sections.feasibility import Feasibility, Slice, Slices
from scoping.sections.milestones import Gate, Milestone, Milestones
from scoping.sections.value import Benefit, Period, Value
from tests.exports.filled import filled_charter
from tests.exports.recalculation import compared, recalculated
from tests.exports.workbooks import HOSTILE, charter_json, exported, lines, opened, small_charter, tables, tiles, with_texts
from tests.tools import need, soffice


@pytest.fixture(scope="module")
def small() -> bytes:
    return exported(small_charter())


def _results(content: bytes, table: str, header: str) -> list[Any]:
    return [row[header] for row in tables(opened(content, results=True))[table]]


def test_unit_costs_and_shares_leave_out_what_is_not_known(small: bytes) -> None:
    assert _results(small, "data_sources_sources", "Cost per unit")[:5] == [0, 10, None, 3000, None]
    shares = _results(small, "data_sources_sources", "Share of known cost")[:5]
    assert shares == [0, pytest.approx(10_000 / 15_000.5), pytest.approx(5_000.5 / 15_000.5), 1, None]


def test_known_costs_are_added_up_by_currency(small: bytes) -> None:
    found = lines(opened(small, results=True), "Data sources")
    assert found["USD"] == [15_000.5, 3]
    assert found["JPY"] == [30_000, 1]
    assert found["Sources without a cost"] == [1]
    assert found["Known costs in no total above"] == [0, "Every known cost is counted"]


def test_gaps_are_weighed_with_their_share(small: bytes) -> None:
    assert _results(small, "feasibility_slices", "Gap")[:2] == [1, 4]
    assert _results(small, "feasibility_slices", "Gap x share")[:2] == [0.6, 1.6]
    found = lines(opened(small, results=True), "Feasibility")
    assert found["Total of the shares, in %"] == [100, "Adds to 100 %"]
    assert found["Gain if every gap were closed"] == [2.2]


@pytest.mark.parametrize(
    ("shares", "relation", "words"),
    [
        ((), None, "No groups yet"),
        ((60, 76), None, "Does not add to 100 %"),
        ((60, 76), Slices.OVERLAPPING, "Groups overlap, so they need not add to 100 %"),
        ((60, None), None, "Some shares are not known yet"),
        ((60, 40.4), None, "Adds to 100 %"),
    ],
)
def test_the_check_of_the_shares_says_what_is_the_matter(shares: tuple[Any, ...], relation: Any, words: str) -> None:
    slices = tuple(Slice(id=f"s{n}", name=f"s{n}", share=share) for n, share in enumerate(shares))
    charter = Charter(feasibility=Feasibility(slices_are=relation, slices=slices))
    assert lines(opened(exported(charter), results=True), "Feasibility")["Total of the shares, in %"][-1] == words


@pytest.mark.parametrize(
    ("start", "due", "days"),
    [
        (date(2027, 1, 4), date(2027, 1, 8), 5),
        (date(2027, 1, 9), date(2027, 1, 10), 0),
        (date(2027, 1, 8), date(2027, 1, 11), 2),
        (date(2027, 1, 11), date(2027, 1, 8), -2),
        (date(2027, 1, 1), date(2027, 12, 31), 261),
    ],
)
def test_working_days_are_counted_from_monday_to_friday(start: date, due: date, days: int) -> None:
    assert working_days(start, due) == days


def test_plan_columns_count_days_and_targets(small: bytes) -> None:
    assert _results(small, "milestones_milestones", "Working days")[:4] == [31, 25, None, None]
    assert _results(small, "milestones_milestones", "Days left")[:4] == [68, -2, 115, None]
    assert _results(small, "milestones_milestones", "ML targets")[:4] == [2, 0, 0, 0]
    assert _results(small, "milestones_milestones", "Business targets")[:4] == [0, 1, 0, 0]
    assert _results(small, "milestones_milestones", "Software targets")[:4] == [0, 0, 0, 0]


def test_the_tiles_of_the_first_page_show_the_totals_in_their_currency(small: bytes) -> None:
    found = tiles(small)
    # One milestone begins in 1899, so benefits begin after all years that are counted.
    assert found["Worth after all costs"] == (
        pytest.approx(-450),
        "at most likely values; entries not counted: 1, rests on guesses",
    )
    assert found["Cost, all in all"][0] == 452
    assert found["Asked until delivery"][0] == 452
    assert found["Next gate"] == (datetime(2027, 1, 4), "Works")  # noqa: DTZ001
    assert found["Health"][0] == "Late 2 days"
    assert list(found) == [
        "Asked until delivery",
        "Worth after all costs",
        "Cost, all in all",
        "Chance of a loss",
        "Risk to people",
        "Health",
        "Next gate",
        "To sign",
    ]
    amounts = [c for row in opened(small)["Summary"].iter_rows() for c in row if str(c.number_format).startswith('"$"')]
    assert len(amounts) == 3


def test_totals_that_rest_on_nothing_are_not_shown_as_zero() -> None:
    found = tiles(exported(Charter()))
    for name in ("Asked until delivery", "Worth after all costs", "Cost, all in all", "Chance of a loss"):
        assert found[name][0] == "Not known yet", name
    assert (found["Risk to people"][0], found["Next gate"][0], found["To sign"][0]) == ("Not known yet", "None dated", "0 of 16")


GATES: dict[str, tuple[list[dict[str, Any]], date | None]] = {
    "decided": ([{"due": date(2027, 3, 1)}, {"due": date(2027, 2, 1), "gate": Gate.GO}], date(2027, 3, 1)),
    "reached": ([{"due": date(2027, 2, 1), "reached_on": date(2027, 1, 1)}, {"due": date(2027, 3, 1)}], date(2027, 3, 1)),
    "all reached": (
        [{"due": date(2027, 2, 1), "reached_on": date(2027, 1, 1)}, {"due": date(2027, 1, 5), "gate": Gate.GO}],
        date(2027, 2, 1),
    ),
    "none": ([{"due": date(2027, 2, 1), "gate": Gate.STOP}, {"deliverable": "No day"}], None),
    "not known": ([{"due": date(2027, 2, 1), "unknown": ("gate",)}, {"unknown": ("due",)}], date(2027, 2, 1)),
}


def test_the_next_gate_is_the_first_that_nobody_has_decided(tmp_path: Path) -> None:
    contents = {}
    for name, (plan, day) in GATES.items():
        milestones = tuple(Milestone(**{"id": f"m{n}", "deliverable": f"Step {n}", **row}) for n, row in enumerate(plan))
        contents[name] = exported(Charter(milestones=Milestones(milestones=milestones)))
        shown = datetime.combine(day, datetime.min.time()) if day else "None dated"
        assert tiles(contents[name])["Next gate"][0] == shown, name
    for name, theirs in recalculated(need(soffice(), "LibreOffice"), tmp_path, contents).items():
        assert not compared(contents[name], theirs)[1], name


def _odd_dates() -> Any:
    """Dates at both ends of the calendar, and one that only starts."""
    return Charter(
        milestones=Milestones(
            milestones=(
                Milestone(id="a", deliverable="a", start=date(1900, 3, 1), due=date(9999, 12, 31)),
                Milestone(id="b", deliverable="#N/A", start=date(1, 1, 1)),
            )
        ),
        value=Value(benefits=(Benefit(id="x", name="=1", likely=-5, period=Period.MONTH),)),
    )


CHARTERS = {
    "small": small_charter(),
    "empty": Charter(),
    "filled": filled_charter(),
    "hostile": with_texts(filled_charter(), HOSTILE)[0],
    "odd dates": _odd_dates(),
    **{sample.slug: sample.charter for sample in samples()},
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every workbook after LibreOffice has calculated it anew."""
    contents = {name: exported(charter) for name, charter in CHARTERS.items()}
    return dict(recalculated(need(soffice(), "LibreOffice"), tmp_path_factory.mktemp("recalculated"), contents))


@pytest.mark.parametrize("name", CHARTERS)
def test_libreoffice_comes_to_the_same_results(name: str, results: dict[str, Any]) -> None:
    count, differing = compared(exported(CHARTERS[name]), results[name])
    assert not differing, differing[:10]
    assert count > 200


def test_the_hidden_charter_survives_being_saved_by_libreoffice(results: dict[str, Any]) -> None:
    for name, book in results.items():
        assert charter_json(book) == CHARTERS[name].model_dump(mode="json"), name
