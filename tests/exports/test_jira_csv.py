"""The plan for Jira's importer: parents above children, links by Issue ID, days in one format, words as they are."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
from hypothesis import given, settings

from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.jira_csv import HEADERS, to_jira_csv
from scoping.samples import samples
from scoping.sections.milestones import Milestone, Milestones, Reading, Target
from scoping.sections.rollout import NextStep, Rollout
from tests.exports.workbooks import HOSTILE
from tests.property.strategies import parts

TODAY = date(2027, 5, 10)
ROWS = (
    Milestone(id="b", deliverable="Second", owner="Bo", start=date(2027, 5, 3), due=date(2027, 5, 14), depends_on=("a", "gone")),
    Milestone(id="a", deliverable="First", due=date(2027, 4, 1), kill_criteria="Below 80 %\nafter six weeks"),
    Milestone(id="c", deliverable="Third", depends_on=("a", "b", "c")),
)
TARGETS = (
    Target(id="t", milestone="b", metric="Words right", direction="at_least", target=85, unit="%", family="ml"),
    Target(id="u", milestone="gone", metric="Speed"),
)


def made(one: Charter) -> list[dict[str, str]]:
    """The issues, with texts unchanged."""
    return list(csv.DictReader(io.StringIO(to_jira_csv(one, TODAY, as_text=False), newline="")))


def charter(**lists: object) -> Charter:
    return Charter(milestones=Milestones(milestones=ROWS, targets=TARGETS), **lists)


def test_milestones_are_epics_and_targets_their_tasks_below_them() -> None:
    rows = made(charter())
    assert [(r["Issue ID"], r["Issue Type"], r["Parent"], r["Summary"]) for r in rows] == [
        ("1", "Epic", "", "First"),
        ("2", "Epic", "", "Second"),
        ("3", "Epic", "", "Third"),
        ("4", "Task", "2", "Words right: at least 85\u00a0%"),
        ("5", "Task", "", "Speed: no number agreed yet"),
    ]


def test_days_are_written_in_the_format_that_the_importer_asks_for() -> None:
    second = made(charter())[1]
    assert (second["Start date"], second["Due date"], second["Assignee"]) == ("2027-05-03", "2027-05-14", "Bo")


def test_what_comes_before_is_named_once_for_each_in_a_column_of_its_own() -> None:
    header, *rows = csv.reader(io.StringIO(to_jira_csv(charter(), TODAY), newline=""))
    places = [i for i, name in enumerate(header) if name == "Blocked by"]
    assert [[row[i] for i in places] for row in rows] == [["", ""], ["1", ""], ["1", "2"], ["", ""], ["", ""]]


def test_what_is_reached_is_done_since_a_day_and_what_is_stopped_is_not_to_be_done() -> None:
    plan = Milestones(
        milestones=(
            Milestone(id="a", deliverable="Reached", reached_on=date(2027, 4, 2), due=date(2027, 4, 3)),
            Milestone(id="b", deliverable="Measured", start=date(2027, 4, 5), due=date(2027, 6, 1)),
            Milestone(id="c", deliverable="To come", start=date(2027, 6, 2), due=date(2027, 7, 1)),
            Milestone(id="d", deliverable="Stopped", due=date(2027, 8, 1), gate="stop", gate_on=date(2027, 5, 1)),
        ),
        targets=(
            Target(id="t", milestone="b", metric="Right", direction="at_least", target=80),
            Target(id="u", milestone="b", metric="Fast", direction="at_most", target=300),
        ),
        readings=(Reading(id="r", target="t", when=date(2027, 5, 1), value=82),),
    )
    rows = {r["Summary"].split(":")[0]: (r["Status"], r["Resolution"], r["Resolved"]) for r in made(Charter(milestones=plan))}
    assert rows["Reached"] == ("Done", "Done", "2027-04-02")
    assert rows["Right"] == ("Done", "Done", "2027-05-01")
    assert rows["Measured"][0] == rows["Fast"][0] == "In Progress"
    assert rows["Stopped"] == ("Done", "Won't Do", "2027-05-01")


def test_a_target_is_due_with_its_milestone() -> None:
    right = made(charter())[3]
    assert (right["Due date"], right["Status"]) == ("2027-05-14", "In Progress")


def test_headers_have_no_punctuation_and_no_mark_before_them() -> None:
    text = to_jira_csv(charter(), TODAY)
    assert text.startswith(HEADERS[0])
    assert all(name.replace(" ", "").isalpha() for name in HEADERS)


def test_next_steps_are_tasks_too() -> None:
    rollout = Rollout(next_steps=(NextStep(id="n", step="Hand over", owner="Ana", due=date(2027, 8, 1)),))
    last = made(charter(rollout=rollout))[-1]
    assert (last["Summary"], last["Assignee"], last["Due date"]) == ("Hand over", "Ana", "2027-08-01")


def test_texts_stay_as_they_are_and_line_ends_inside_a_cell_too() -> None:
    rows = tuple(Milestone(id=f"m{i}", deliverable=text, kill_criteria=text) for i, text in enumerate(HOSTILE))
    found = made(Charter(milestones=Milestones(milestones=rows)))
    assert {"=1+1", "-2", "@SUM(A1)"} < {r["Summary"] for r in found}
    assert {r["Description"] for r in found} == {f"Stop or rework if: {m.kill_criteria}" if m.kill_criteria else "" for m in rows}
    assert made(charter())[0]["Description"].endswith("Below 80 %\nafter six weeks")


def test_no_cell_is_one_that_a_spreadsheet_would_run_unless_that_is_asked_for() -> None:
    rows = tuple(Milestone(id=f"m{i}", deliverable=text, owner=text) for i, text in enumerate(HOSTILE))
    one = Charter(milestones=Milestones(milestones=rows))
    cells = [cell for row in csv.reader(io.StringIO(to_jira_csv(one, TODAY), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]
    assert {"'=1+1", "'-2", "'@SUM(A1)"} < set(cells)


def test_another_reader_finds_the_same_table() -> None:
    for sample in samples():
        text = to_jira_csv(sample.charter, TODAY, as_text=False)
        read = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        assert list(read["Summary"]) == [r["Summary"] for r in made(sample.charter)]
        assert read["Summary"].str.len().max() <= 255


def test_a_charter_without_a_plan_has_headers_only() -> None:
    assert made(Charter()) == []


@settings(max_examples=25, deadline=None)
@given(parts(PART_BY_SLUG["milestones"]))
def test_every_parent_stands_above_its_children(plan: Milestones) -> None:
    seen: set[str] = set()
    for row in made(Charter(milestones=plan)):
        assert row["Parent"] in seen | {""}
        assert row["Issue ID"] not in seen
        seen.add(row["Issue ID"])
