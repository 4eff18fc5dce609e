"""A version is kept, something is changed, and two moments are compared: words, sums, who and when; all by links and keys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from scoping import samples
from scoping.merge import Edit
from tests.browser.hands import Books, Person
from tests.server import Server

SAMPLE = samples.samples()[0].charter


@pytest.fixture
def project(books: Books) -> str:
    return books.store.create(SAMPLE, "Ana")


@pytest.fixture
def visitor(shared_server: Server, people: Callable[..., Person]) -> Person:
    return people(shared_server.url)


def changed(books: Books, project: str, by: str = "Bo") -> None:
    books.store.save(
        project, "problems", [Edit("", "", "in_scope", SAMPLE.problems.in_scope, f"{SAMPLE.problems.in_scope} And trains.")], by
    )


def test_a_version_is_kept_and_compared_with_what_came_later(
    shared_server: Server, books: Books, project: str, people: Callable[..., Person]
) -> None:
    ana = people(shared_server.url)
    ana.open("charter", project)
    ana.page.get_by_role("button", name="More", exact=True).click()
    ana.page.get_by_role("button", name="Keep as version").click()
    dialog = ana.page.get_by_role("dialog", name="Keep as version")
    expect(dialog.get_by_label("Name")).to_be_focused()
    dialog.get_by_label("Name").fill("After the workshop")
    dialog.get_by_label("Note").fill("Before the budget")
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)
    row = ana.page.locator(".versions summary", has_text="After the workshop")
    expect(row).to_be_visible()

    ana.page.get_by_role("button", name="More", exact=True).click()
    ana.page.get_by_role("button", name="Keep as version").click()
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog.get_by_role("alert")).to_have_text("Nothing changed since version 1, so it is kept already.")
    ana.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    changed(books, project)
    row.click()
    expect(ana.page.locator(".versions")).to_contain_text("Before the budget")
    ana.page.locator(".versions").get_by_role("link", name="Compare with now").click()
    ana.title("compare").wait_for()
    ana.settle()
    expect(ana.title("compare")).to_have_text("One change matters to sign")
    expect(ana.page.locator(".comparing ins")).to_have_text("And trains.")
    expect(ana.page.locator(".comparing .by")).to_contain_text("Bo, ")
    with ana.page.expect_download() as download:
        ana.page.get_by_text("As a file to send").click()
        ana.page.get_by_role("link", name="Markdown").click()
    assert "**And trains.**" in download.value.path().read_text("utf-8")


def test_another_moment_is_chosen_and_everything_is_wanted(books: Books, project: str, visitor: Person) -> None:
    books.store.versions.keep(project, "Ana", name="First")
    changed(books, project)
    books.store.versions.keep(project, "Ana")
    books.store.save(project, "rollout", [Edit("", "", "learnt_team", SAMPLE.rollout.learnt_team, "Ask earlier")], "Bo")
    visitor.open("compare", project)
    expect(visitor.title("compare")).to_have_text("Nothing changed that matters to sign")
    visitor.page.locator(".seg").get_by_role("link", name="Everything 1").click()
    expect(visitor.title("compare")).to_have_text("One change")
    pick = visitor.page.locator("details.pick").first
    pick.locator("summary").press("Enter")
    pick.get_by_role("link", name=re.compile("Version 1")).click()
    expect(visitor.title("compare")).to_have_text("One change matters to sign")
    visitor.page.get_by_role("link", name="In scope").click()
    expect(visitor.page.locator(".q.marked")).to_have_attribute("data-field", "in_scope")
    visitor.page.go_back()
    visitor.title("compare").wait_for()


def test_a_comparison_with_now_follows_what_others_write(books: Books, project: str, visitor: Person) -> None:
    books.store.versions.keep(project, "Ana")
    visitor.open("compare", project)
    expect(visitor.title("compare")).to_have_text("Nothing changed")
    changed(books, project)
    expect(visitor.title("compare")).to_have_text("One change matters to sign")
