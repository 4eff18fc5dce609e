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
    dialog = _ask(ana, 1)
    expect(dialog).to_contain_text("takes back 2 changes by Bo and Cleo")
    assert books.charter(project).name == "Later name"
    dialog.get_by_role("button", name="Back to this moment").click()
    assert until(lambda: books.charter(project) == SAMPLE)
    expect(dialog).to_have_count(0)
    _ask(ana, 3).get_by_role("button", name="Back to this moment").click()
    assert until(lambda: books.charter(project).name == "Later name")
    assert books.charter(project).problems.in_scope == "All"


def test_who_only_looks_takes_nothing_back_and_may_look_again(shared_server, books, people):
    ana = people(shared_server.url)
    project = books.store.create(SAMPLE, "Ana")
    books.store.save(project, "project", [Edit("", "", "name", SAMPLE.name, "Later name")], "Bo")
    ana.open("history", project)
    for _ in range(2):
        dialog = _ask(ana, 2)
        ana.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(ana.page).not_to_have_url(re.compile("revision="))
    assert books.charter(project).name == "Later name"
    _ask(ana, 2).get_by_role("button", name="Take back this change").click()
    assert until(lambda: books.charter(project).name == SAMPLE.name)


def _ask(person, number: int):
    """The dialog that a change in the history leads to."""
    person.page.locator(f"a.go[href$='revision={number}']").click()
    dialog = person.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog
