"""From a file of labels to a milestone's target and to evidence in the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from scoping import samples
from tests.browser.hands import Books, Person
from tests.server import Server
from tests.tools import until

MEASURING_MS = 60_000
"""Generous, for machines that run other things."""


def labels() -> str:
    """Three people label 60 items; the first is right in all, the others err in different ones."""
    rows = ["item,labeller,label,truth"]
    for item in range(60):
        truth = "scratch" if item % 3 else "none"
        other = "none" if truth == "scratch" else "scratch"
        said = {"Ana": truth, "Bo": other if item % 10 == 0 else truth, "Cy": other if item % 8 == 0 else truth}
        rows += [f"{item},{who},{label},{truth}" for who, label in said.items()]
    return "\n".join(rows) + "\n"


def test_labels_become_a_target_and_evidence_in_the_workbook(
    shared_server: Server, books: Books, people: Callable[..., Person], tmp_path: Path
) -> None:
    (tmp_path / "labels.csv").write_text(labels())
    project = books.store.create(samples.samples()[0].charter, "Ana")
    ana = people(shared_server.url)
    ana.open("feasibility", project)
    ana.turn_to("Measure")
    ana.page.locator("input[type=file]").set_input_files(tmp_path / "labels.csv")
    measure = ana.page.get_by_role("button", name="Measure", exact=True)
    expect(measure).to_be_enabled(timeout=MEASURING_MS)
    measure.click()
    headline = ana.page.locator(
        ".result", has_text=re.compile(r"People are right in [\d.]+\s% \([\d.]+\s% to [\d.]+\s%\) of 180 labels")
    )
    expect(headline).to_be_visible(timeout=MEASURING_MS)

    before = len(books.part(project, "milestones").targets)
    ana.page.get_by_role("button", name="Use as target").click()
    ana.settle()
    assert until(lambda: len(books.part(project, "milestones").targets) == before + 1)
    targets = books.part(project, "milestones").targets
    added = targets[-1]
    assert added.target is not None
    assert 60 < added.target < 95
    assert added.milestone

    ana.page.get_by_role("button", name="Take as evidence").click()
    expect(ana.page.get_by_text("Taken as evidence: it stands in the verdict now.")).to_be_visible()
    expect(ana.page.get_by_role("img", name=re.compile("3 people are right: .*between"))).to_be_visible()
    expect(ana.page.get_by_text("Did people see only what the model will see?").last).to_be_visible()
    kept = books.part(project, "feasibility").measurements[-1]
    assert (kept.file_name, kept.rows, kept.rows_used) == ("labels.csv", 180, 180)
    assert len(kept.file_hash) == 64
    found = books.part(project, "feasibility").evidence[-1]
    expect(ana.page.get_by_text("Nothing is measured on data yet.")).to_have_count(0, timeout=MEASURING_MS)
    assert (found.measurement, found.labellers, found.items) == (kept.id, 3, 60)

    ana.turn_to("Verdict")
    card = ana.page.get_by_role("link", name=found.finding)
    expect(card).to_be_visible()
    card.click()
    expect(ana.page.get_by_role("dialog")).to_contain_text("What we found")
    ana.page.keyboard.press("Escape")

    ana.go("charter")
    path = ana.download("Excel", tmp_path)
    book = load_workbook(path, data_only=True)
    on_sheet = {str(cell.value) for row in book["Measurements"].iter_rows() for cell in row if cell.value is not None}
    assert kept.headline in on_sheet
    assert kept.file_hash in on_sheet
    assert any("labels.csv" in text for text in on_sheet)
    assert any(cell.value == found.finding for row in book["Feasibility"].iter_rows() for cell in row)
