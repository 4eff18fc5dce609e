"""A workbook is taken away, edited, and brought back while somebody else has changed the same; who brings it back chooses."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from scoping import samples
from scoping.merge import Edit
from tests.exports.brought_back import Edited
from tests.tools import until

SAMPLE = samples.samples()[0].charter
SOURCE = SAMPLE.data_sources.sources[0]


def test_a_workbook_comes_back_with_a_conflict_and_a_choice(shared_server, books, people, tmp_path: Path):
    ana = people(shared_server.url)
    project = books.store.create(SAMPLE, "Ana")
    stamp = books.store.open(project).stamp
    book = Edited(SAMPLE, project=project, revision=stamp.number, saved_at=stamp.at)
    book.write("project", "", "", "owner", "Somebody Else")
    book.write("project", "", "", "sponsor", "Another Sponsor")
    book.write("data_sources", "sources", SOURCE.id, "cost", 4_321)
    path = book.save(tmp_path / "Charter.xlsx")
    books.store.save(project, "project", [Edit("", "", "owner", SAMPLE.project.owner, "Ben Ode")], "Ben")

    ana.open("charter", project)
    ana.page.get_by_role("button", name="More", exact=True).click()
    ana.page.get_by_role("link", name="Bring changes back").click()
    ana.page.get_by_label("File with changes").set_input_files(path)
    expect(ana.page.get_by_role("heading", name="3 changes in the workbook")).to_be_visible()
    row = ana.page.get_by_role("listitem").filter(has_text="Project owner")
    expect(row).to_contain_text("Ben, ")
    expect(row).to_contain_text("Ben Ode")
    expect(row).to_contain_text("Somebody Else")
    expect(ana.page.get_by_role("button", name="Take over 2 changes")).to_be_visible()
    row.get_by_role("button", name="Take the file’s").click()
    ana.page.get_by_label("Sponsor", exact=True).uncheck()
    ana.page.get_by_role("button", name="Take over 2 changes").click()

    expect(ana.page.get_by_role("heading", name="2 changes were taken over")).to_be_visible()
    now = books.charter(project)
    assert (now.project.owner, now.project.sponsor) == ("Somebody Else", SAMPLE.project.sponsor)
    assert now.data_sources.sources[0].cost == 432_100
    ana.page.get_by_role("button", name="Take them back").click()
    assert until(lambda: books.charter(project).project.owner == "Ben Ode")
    assert books.charter(project).data_sources.sources[0].cost == SOURCE.cost


def test_an_untouched_workbook_says_so_and_a_wrong_file_is_refused(shared_server, books, people, tmp_path: Path):
    ana = people(shared_server.url)
    project = books.store.create(SAMPLE, "Ana")
    stamp = books.store.open(project).stamp
    path = Edited(SAMPLE, project=project, revision=stamp.number, saved_at=stamp.at).save(tmp_path / "Charter.xlsx")
    ana.open("bring_back", project)
    ana.page.get_by_label("File with changes").set_input_files(path)
    expect(ana.page.get_by_role("heading", name="Nothing was changed in this file.")).to_be_visible()
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name="Nothing was changed in this file.")).to_be_visible()
    ana.page.get_by_role("button", name="Choose another file").click()
    ana.page.get_by_label("File with changes").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"a,b\n1,2\n"}
    )
    expect(ana.page.get_by_text("The file is no workbook, charter, inventory or plan")).to_be_visible()
