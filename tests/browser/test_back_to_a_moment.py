"""The whole project is brought back to an earlier moment, after it was said what that takes back, and forth again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from scoping import samples
from scoping.merge import Edit
from tests.tools import until

SAMPLE = samples.samples()[0].charter


def test_the_project_goes_back_to_a_moment_and_forth_again(shared_server, books, people):
    ana = people(shared_server.url)
    project = books.store.create(SAMPLE, "Ana")
    books.store.save(project, "project", [Edit("", "", "name", SAMPLE.name, "Later name")], "Bo")
    books.store.save(project, "problems", [Edit("", "", "in_scope", SAMPLE.problems.in_scope, "All")], "Cleo")
    ana.open("history", project)
    _press(ana, 1)
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("takes back 2 changes by Bo and Cleo")
    assert books.charter(project).name == "Later name"
    dialog.get_by_role("button", name="Bring it back").click()
    assert until(lambda: books.charter(project) == SAMPLE)
    ana.settle()
    _press(ana, 3)
    ana.page.get_by_role("dialog").get_by_role("button", name="Bring it back").click()
    assert until(lambda: books.charter(project).name == "Later name")
    assert books.charter(project).problems.in_scope == "All"


def _press(person, number: int) -> None:
    card = person.page.locator(f".st-key-revision-{number}")
    card.get_by_role("button", name=re.compile("Back to this moment")).click()
