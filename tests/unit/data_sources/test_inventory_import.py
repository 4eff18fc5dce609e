"""An inventory out of a spreadsheet becomes sources: headings are recognised, every cell that is left out is named, nothing is lost."""

from __future__ import annotations

import csv
import io
from itertools import count

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import merge
from scoping.data_sources import spreadsheet as data_sources_spreadsheet
from scoping.errors import WorkbenchError
from scoping.export.inventory_csv import to_csv
from scoping.measuring import inventory as method
from scoping.samples import samples
from scoping.section import Kind, questions
from scoping.sections.data_sources import SECTION, DataSources, Source
from scoping.tables.table import Table
from tests.property.strategies import HOSTILE, entries, texts

OWNED = Source(id="owned", name="Owned queries", amount=100, unit="hours", cost=0, owner="Ben")


def guess(*columns: str) -> dict[str, str]:
    return {column: field for field, column in data_sources_spreadsheet.guess(columns).items()}


def run(text: str, here: tuple[Source, ...] = (), currency: str = "USD", **columns: str) -> data_sources_spreadsheet.DryRun:
    """A dry run of rows, cells between bars; the first row names the questions."""
    head, *lines = (line.strip().split("|") for line in text.strip().splitlines())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    ids = count(1)
    return data_sources_spreadsheet.dry_run(
        {field: columns.get(field, field) for field in head}, rows, DataSources(sources=here), currency, lambda: f"new{next(ids)}"
    )


def saved(found: data_sources_spreadsheet.DryRun, here: tuple[Source, ...], *updated: str) -> dict[str, Source]:
    flat = merge.flatten(SECTION, DataSources(sources=here))
    outcome = merge.apply(found.edits(updated), flat)
    assert not outcome.conflicts
    rows = {key[1]: Source.model_validate(entry) for key, entry in outcome.entries.items() if entry and key[0]}
    return {s.id: s for s in here} | rows


def test_the_table_of_the_slides_is_read_as_people_write_it():
    found = run(
        """
        name|origin|amount|cost|days
        Owned|owned|100 h|$0|0
        Crowdsourced (Reading)|crowdsourced|1000h|$10,000|14 days
        Pay for labels|Pay for labels|100 h|$6,000|1 week
        Purchase data|bought|1,000 h|10000|1 day
        """
    )
    assert found.problems == ()
    assert [(s.origin, s.amount, s.unit, s.cost, s.days) for s in found.new] == [
        ("owned", 100, "h", 0, 0),
        ("crowdsourced", 1000, "h", 1_000_000, 14),
        ("paid_labels", 100, "h", 600_000, 7),
        ("purchased", 1000, "h", 1_000_000, 1),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Source", "name"),
        ("DATA_SET", "name"),
        ("Dataset name", "name"),
        ("How we get it", "origin"),
        ("Amount [hours]", "amount"),
        ("Volume", "amount"),
        ("Price (EUR)", "cost"),
        ("Time to obtain", "days"),
        ("Lead time", "lead_days"),
        ("Contains PII", "privacy"),
        ("Data owner", "owner"),
        ("Refresh rate", "refresh"),
        ("Granularity", "contents"),
        ("License", "rights"),
        ("Retention period", "retention"),
        ("Lineage", "provenance"),
        ("meta-data", "meta_data"),
        ("Timeliness", "timeliness"),
    ],
)
def test_a_heading_is_recognised_by_its_label_or_a_usual_spelling(heading: str, field: str):
    assert guess(heading) == {heading: field}


def test_every_question_is_recognised_by_its_own_label():
    labels = [spec.label for spec in data_sources_spreadsheet.fields()]
    assert list(guess(*labels).values()) == [spec.name for spec in data_sources_spreadsheet.fields()]


def test_no_spelling_stands_for_two_questions():
    spellings = [
        s
        for spec in data_sources_spreadsheet.fields()
        for s in data_sources_spreadsheet._labels(spec) | data_sources_spreadsheet._usual(spec)
    ]
    assert sorted(spellings) == sorted(set(spellings))
    assert set(spellings) == {data_sources_spreadsheet._bare(s) for s in spellings}


def test_a_label_goes_before_another_spelling_and_no_column_answers_twice():
    assert guess("Volume", "Amount", "Colour", "Price", "Costs") == {"Amount": "amount", "Price": "cost"}


def test_headings_may_name_unit_and_currency():
    found = run("name|amount|cost\nA|1.5|2,000\nB||", amount="Amount (TB)", cost="Cost in total (eur)")
    assert [(s.unit, s.currency, s.cost) for s in found.new] == [("TB", "EUR", 200_000), ("", "USD", None)]


def test_a_second_column_of_the_same_name_does_not_make_its_number_a_unit():
    assert run("name|amount\nA|1", amount="Amount (2)").new[0].unit == ""


def test_amounts_are_meant_in_the_currency_of_their_row():
    found = run("name|cost|currency\nA|12,000|JPY\nB|1.234|kwd\nC|7.50|", currency="GBP")
    assert [(s.cost, s.currency) for s in found.new] == [(12_000, "JPY"), (1_234, "KWD"), (750, "GBP")]


@pytest.mark.parametrize(
    ("field", "cell", "meant"),
    [
        ("origin", "In-house", "owned"),
        ("origin", "Open data", "public"),
        ("privacy", "YES", "personal"),
        ("privacy", "no", "none"),
        ("divisible", "No", "whole"),
        ("labelling", "included", "not_needed"),
        ("accuracy", "2", "2"),
        ("accuracy", "Usable", "2"),
        ("accuracy", "3 meets the need", "3"),
        ("quality", "high", "3"),
        ("legal_basis", "Legitimate interest", "legitimate"),
        ("usefulness", "80 %", 80),
        ("cost", "free", 0),
    ],
)
def test_answers_are_understood_in_usual_words(field: str, cell: str, meant: object):
    found = run(f"name|{field}\nA|{cell}")
    assert found.problems == ()
    assert getattr(found.new[0], field) == meant


@pytest.mark.parametrize(
    ("field", "cell", "label"),
    [
        ("origin", "external", "How we get it"),
        ("amount", "lots", "Amount"),
        ("amount", "100k", "Amount"),
        ("amount", "2 million rows", "Amount"),
        ("amount", "5 to 10", "Amount"),
        ("amount", "-3", "Amount"),
        ("cost", "€500", "Cost"),
        ("cost", "about 500", "Cost"),
        ("days", "3 months", "Days to obtain"),
        ("days", "1.5 weeks", "Days to obtain"),
        ("accuracy", "4", "Accuracy"),
        ("currency", "BTC", "Currency"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_row_question_and_value_and_the_rest_of_its_row_is_read(
    field: str, cell: str, label: str
):
    found = run(f"name|{field}|owner\nA||Zoë\nB|{cell}|Zoë")
    (problem,) = found.problems
    assert problem.startswith(f"Row 2, “B”: {label}")
    assert cell in problem
    assert problem.endswith(".")
    assert found.new[1].owner == "Zoë"
    assert getattr(found.new[1], field) == getattr(found.new[0], field)


def test_what_is_not_known_is_marked_so_and_a_dash_says_nothing():
    found = run("name|amount|cost|days|owner|currency\nA|TBD|?|n/a|-|?")
    assert found.problems == ()
    (source,) = found.new
    assert source.unknown == ("amount", "cost")
    assert (source.days, source.owner, source.currency) == (None, "", "USD")


def test_rows_without_a_name_or_with_one_that_stands_above_are_left_out_and_said():
    found = run("name|owner\n|Zoë\nA|Zoë\na |Ben\n?|Ben")
    assert [s.owner for s in found.new] == ["Zoë"]
    assert [p.split(",")[0].split(" is ")[0].split(" has ")[0] for p in found.problems] == ["Row 1", "Row 3", "Row 4"]
    assert "like row 2" in found.problems[1]


def test_a_source_that_is_here_is_offered_as_an_update_and_keeps_what_the_file_leaves_open():
    here = (OWNED,)
    found = run("name|amount|unit|owner|cost\nowned  QUERIES|120|hours||?\nNew|1|hours||", here)
    (change,) = found.changes
    assert change.source is OWNED
    assert change.fields == (("Amount", "100", "120"),)
    assert [s.name for s in found.new] == ["New"]
    assert saved(found, here, "owned")["owned"] == OWNED.model_copy(update={"amount": 120})
    assert saved(found, here)["owned"] == OWNED


def test_another_currency_changes_a_source_without_changing_the_written_amounts_that_the_file_leaves_alone():
    here = (OWNED.model_copy(update={"cost": 500_00, "fixed_cost": 100_00}),)
    found = run("name|cost|currency\nOwned queries|70,000|JPY", here)
    after = saved(found, here, "owned")["owned"]
    assert (after.currency, after.cost, after.fixed_cost) == ("JPY", 70_000, 100)


def test_the_same_file_again_has_nothing_to_say():
    text = "name|origin|amount|unit|cost|currency|accuracy|days\nA|owned|5|hours|1,200|EUR|2|?"
    first = run(text)
    again = run(text, first.new)
    assert (again.new, again.changes, again.problems, again.same) == ((), (), (), ("A",))


def test_a_name_that_two_sources_have_is_not_guessed():
    here = (OWNED, OWNED.model_copy(update={"id": "other"}))
    found = run("name|owner\nOwned queries|Zoë", here)
    assert (found.new, found.changes) == ((), ())
    assert "2 sources here are called" in found.problems[0]


def test_what_somebody_changed_since_the_dry_run_is_left_alone_and_told():
    found = run("name|amount|owner\nOwned queries|120|Zoë", (OWNED,))
    now = merge.flatten(SECTION, DataSources(sources=(OWNED.model_copy(update={"amount": 90}),)))
    outcome = merge.apply(found.edits(["owned"]), now)
    assert [(c.edit.field, c.theirs) for c in outcome.conflicts] == [("amount", 90)]
    assert outcome.entries["sources", "owned"]["owner"] == "Zoë"


def test_hostile_words_stay_words():
    words = "=HYPERLINK('x')"
    (source,) = run(f"name|rights\n{words}|<script>").new
    assert (source.name, source.rights) == (words, "<script>")


@given(st.lists(st.fixed_dictionaries({spec.name: texts(30) for spec in data_sources_spreadsheet.fields()}), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_cells_at_all_are_read_or_named(rows: list[dict[str, str]]):
    ids = count()
    here = (OWNED, Source(id="hostile", name=HOSTILE[0]))
    columns = {spec.name: spec.label for spec in data_sources_spreadsheet.fields()}
    found = data_sources_spreadsheet.dry_run(columns, rows, DataSources(sources=here), "USD", lambda: f"new{next(ids)}")
    taken = len(found.new) + len(found.changes) + len(found.same)
    assert taken + sum(" left out" in problem for problem in found.problems) >= len(rows)
    after = saved(found, here, *(change.source.id for change in found.changes))
    assert len(after) == len(here) + len(found.new)


def back(*sources: Source) -> list[dict[str, str]]:
    """Rows of the inventory as a spreadsheet gives them back, by question."""
    text = to_csv(sources)
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    names = {column: field for field, column in data_sources_spreadsheet.guess(head).items()}
    assert len(names) == len(head) == len(data_sources_spreadsheet.fields())
    return [{names[column]: cell for column, cell in zip(head, row, strict=True)} for row in rows]


def again(*sources: Source) -> data_sources_spreadsheet.DryRun:
    columns = {spec.name: spec.label for spec in data_sources_spreadsheet.fields()}
    return data_sources_spreadsheet.dry_run(columns, back(*sources), DataSources(sources=sources), "USD", lambda: "new")


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_an_inventory_that_goes_out_and_comes_back_changes_nothing(sample):
    sources = sample.charter.data_sources.sources
    found = again(*sources)
    assert (found.new, found.changes, found.problems) == ((), (), ())
    assert len(found.same) == len(sources)


@given(entries(SECTION, "sources"))
@settings(max_examples=40, deadline=None)
def test_no_number_choice_or_mark_is_lost_on_the_way_out_and_back(sources: tuple[Source, ...]):
    exact = [s for s in questions(Source) if s.kind not in (Kind.TEXT, Kind.LONG)]
    for place, source in enumerate(sources):
        named = Source.model_validate(source.model_dump() | {"name": f"Source {place}"})
        (row,) = back(named)
        columns = {spec.name: spec.label for spec in data_sources_spreadsheet.fields()}
        (read,) = data_sources_spreadsheet.dry_run(columns, [row], DataSources(), "USD", lambda: "new").new
        assert [getattr(read, s.name) for s in exact] == [getattr(named, s.name) for s in exact]
        assert set(named.unknown) <= set(read.unknown)


@pytest.mark.parametrize("words", ["=1+1", "+49 30 1234", "-", "@here", "＝A1", "'=1+1", "'quoted' words", "−5"])
def test_a_text_is_never_a_formula_in_a_spreadsheet_and_comes_back_as_it_was(words: str):
    source = OWNED.model_copy(update={"rights": words})
    cell = next(csv.DictReader(io.StringIO(to_csv([source]).removeprefix("\ufeff"))))["Rights and regulation"]
    assert cell[0] not in "=+-@＝"
    assert again(source).changes == ()


@pytest.mark.parametrize(
    ("cell", "meant"), [("0.8", None), ("1", None), ("0,5", None), ("80", 80), ("0.8 %", 0.8), ("80%", 80), ("0", 0)]
)
def test_a_share_that_may_be_a_percentage_is_named_rather_than_guessed(cell: str, meant: float | None):
    found = run(f"name|usefulness\nA|{cell}")
    assert found.new[0].usefulness == meant
    assert [("may be a share" in problem) for problem in found.problems] == ([True] if meant is None else [])


def table(rows: int, in_file: int | None = None) -> Table:
    frame = pd.DataFrame({"Source": [f"S{i}" for i in range(rows)], "Cost": ["5", None] * (rows // 2)}, dtype="str")
    return Table("inventory.csv", "ab", in_file or rows, frame)


def test_rows_of_a_table_come_by_question_and_missing_cells_are_blank():
    columns = {"name": "Source", "cost": "Cost"}
    result = method.measure(table(2), method.Settings(columns=columns), lambda *_: None)
    assert result.rows == ({"name": "S0", "cost": "5"}, {"name": "S1", "cost": ""})


def test_an_inventory_of_thousands_is_refused_rather_than_sampled():
    with pytest.raises(WorkbenchError, match="9,000 rows; an import takes 500 at a time"):
        method.measure(table(2, in_file=9_000), method.Settings(columns={"name": "Source"}), lambda *_: None)
