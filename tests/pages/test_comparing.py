"""Two moments of a charter are compared on a page and in files; versions are kept, and taken away as they were."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from pages.parts import here
from pages.parts.charter import exports, moments
from scoping import samples
from scoping.charter import Charter
from scoping.errors import UnknownProjectError
from scoping.merge import Edit, removed
from storage.store import CharterStore
from tests.live import ask, serving
from tests.pages.tabs import Tab, read

SAMPLE = samples.samples()[0].charter
SOURCE = SAMPLE.data_sources.sources[0]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


@pytest.fixture
def project(tab: Tab) -> str:
    made = tab.store.create(SAMPLE, "Ana")
    tab.open(made)
    return made


def answer(store: CharterStore, project: str, part: str, field: str, after: object, by: str = "Bo") -> None:
    before = getattr(store.open(project).charter.part(part), field)
    store.save(project, part, [Edit("", "", field, before, after)], by)


def unpacked(content: Any) -> Any:
    """The parts of a packed file: the hour of packing is nobody's."""
    if not isinstance(content, bytes) or not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def page(tab: Tab, **asked: str) -> str:
    tab.app.query_params.clear()
    for name, value in asked.items():
        tab.app.query_params[name] = value
    tab.go("compare")
    assert not tab.app.exception
    return "".join(tab.html())


def test_the_page_tells_words_sums_and_entries_with_who_changed_them(tab: Tab, project: str) -> None:
    tab.store.versions.keep(project, "Ana", name="After the workshop")
    answer(tab.store, project, "problems", "in_scope", SAMPLE.problems.in_scope + " And <b>trains</b>.")
    answer(tab.store, project, "project", "people_needed", 4.5, "Cy")
    tab.store.save(project, "data_sources", [removed("sources", SOURCE)], "")
    html = page(tab, project=project)
    told = read(html)
    assert "Three changes matter to sign" in told
    assert "Version 1" in told
    assert "After the workshop" in told
    assert "<ins>And &lt;b&gt;trains&lt;/b&gt;.</ins>" in html
    assert "<del>3</del> <ins>4.5</ins>" in html
    assert "1.5 more" in told
    assert SOURCE.name in told
    assert "removed" in told
    assert [who in told for who in ("Bo, ", "Cy, ", "Somebody, ")] == [True] * 3
    assert "“Problem”" in told
    assert "stand as they did." in told


def test_what_no_signature_is_about_is_left_out_until_everything_is_wanted(tab: Tab, project: str) -> None:
    tab.store.versions.keep(project, "Ana")
    answer(tab.store, project, "rollout", "learnt_team", "Ask earlier")
    told = read(page(tab, project=project))
    assert "Nothing changed that matters to sign" in told
    assert "Ask earlier" not in told
    assert "1 change that no signature is about is left out" in told
    told = read(page(tab, project=project, all="1"))
    assert "One change" in told
    assert "Ask earlier" in told


def test_equal_moments_and_moments_that_never_were_are_said_in_words(tab: Tab, project: str) -> None:
    tab.store.versions.keep(project, "Ana")
    assert "Nothing changed" in read(page(tab, project=project, to="1", **{"from": "1"}))
    for wrong in ("7", "r99", "0", "abc", "r", "-1", "９", "9" * 40):
        told = read(page(tab, project=project, **{"from": wrong}))
        assert "Nothing to compare" in told, wrong
    assert "Both sides are the same moment." in read(page(tab, project=project, **{"from": "now", "to": "now"}))


def test_without_a_version_the_present_is_compared_with_the_beginning(tab: Tab, project: str) -> None:
    answer(tab.store, project, "project", "name", "Another name")
    told = read(page(tab, project=project))
    assert "As it began" in told
    assert "It is called “Another name”." in told


def test_a_hundred_changes_are_folded_by_chapter(tab: Tab) -> None:
    made = tab.store.create(Charter(), "Ana")
    tab.store.restore(made, 1, "Ana")
    other = tab.store.create(SAMPLE, "Ana")
    assert other
    for part in ("problems", "value", "milestones"):
        before, after = (getattr(c, part) for c in (Charter(), SAMPLE))
        from scoping.charter import PART_BY_SLUG
        from scoping.merge import diff, flatten

        section = PART_BY_SLUG[part]
        tab.store.save(made, part, diff(flatten(section, before), flatten(section, after)), "Bo")
    html = page(tab, project=made, **{"from": "r1"})
    assert html.count('<details class="fold chapter">') > 2
    assert "changes</span>" in html


def test_a_version_is_kept_by_a_request_and_named_once(project: str, port: int) -> None:
    status, told = ask(port, "POST", f"projects/{project}/keep", {"name": "One", "note": "A word"})
    assert (status, told) == (200, {"ok": True, "number": 1, "new": True})
    assert ask(port, "POST", f"projects/{project}/keep", {})[1] == {"ok": True, "number": 1, "new": False}
    assert ask(port, "POST", f"projects/{project}/keep", {"name": "x" * 301})[0] == 400
    assert ask(port, "POST", "projects/nosuch/keep", {})[0] == 404
    here.store().archive(project, "Ana")
    status, told = ask(port, "POST", f"projects/{project}/keep", {})
    assert (status, told["ok"]) == (422, False)


def test_a_version_is_taken_away_in_every_format_as_it_was(tab: Tab, project: str, port: int) -> None:
    tab.store.versions.keep(project, "Ana")
    files = {e.name: ask(port, "GET", f"projects/{project}/files/{e.name}?version=1")[1] for e in exports.EXPORTS}
    answer(tab.store, project, "project", "name", "Another name")
    answer(tab.store, project, "problems", "in_scope", "All")
    for export in exports.EXPORTS:
        status, content = ask(port, "GET", f"projects/{project}/files/{export.name}?version=1")
        assert status == 200
        assert unpacked(content) == unpacked(files[export.name]), export.name
    plain = files["charter.json"]["charter"]
    assert plain["project"]["name"] == SAMPLE.name
    for wrong, status in (("2", 404), ("0", 400), ("x", 400), ("9" * 30, 400)):
        assert ask(port, "GET", f"projects/{project}/files/charter.md?version={wrong}")[0] == status


def test_a_comparison_is_a_file_of_three_kinds(tab: Tab, project: str, port: int) -> None:
    tab.store.versions.keep(project, "Ana")
    answer(tab.store, project, "problems", "in_scope", SAMPLE.problems.in_scope + " And =1+1 | *trains*.")
    where = f"projects/{project}/comparison"
    _, content = ask(port, "GET", f"{where}.md?from=1&to=now")
    assert "**And =1+1 \\| \\*trains\\*.**" in content.decode()
    _, content = ask(port, "GET", f"{where}.html?from=1")
    assert "<ins> And =1+1 | *trains*.</ins>" in content.decode()
    _, content = ask(port, "GET", f"{where}.xlsx?from=1")
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(min_row=5, values_only=True))
    assert rows[0][:3] == ("Chapter", "Entry", "Question")
    assert (rows[1][0], rows[1][2], rows[1][7], rows[1][9]) == ("Idea", "In scope", "yes", "Bo")
    assert rows[1][5].endswith("And =1+1 | *trains*.")
    assert ask(port, "GET", f"{where}.pdf?from=1")[0] == 404
    assert ask(port, "GET", f"{where}.md?from=9")[0] == 404


def test_the_charter_page_lists_versions_with_what_can_be_done(tab: Tab, project: str) -> None:
    tab.go("charter")
    assert "Keep one before a meeting" in tab.texts()
    tab.store.versions.keep(project, "Ana", name="سلام & more", note="Before the budget")
    tab.go("charter")
    (html,) = (piece for piece in tab.html() if 'class="versions"' in piece)
    assert "سلام &amp; more" in html
    assert "Before the budget" in read(html)
    assert "files/charter.xlsx?version=1" in html
    assert f"compare?project={project}&amp;from=1&amp;to=now" in html


def test_who_changed_something_twice_is_told_by_the_last_time(tab: Tab, project: str) -> None:
    answer(tab.store, project, "problems", "in_scope", "First", "Bo")
    answer(tab.store, project, "problems", "in_scope", "Second", "Cy")
    found = moments.between(tab.store, tab.store.open(project), "r1", "now")
    assert [r.by for r in found.last.values()] == ["Cy"]
    assert moments.between(tab.store, tab.store.open(project), "now", "r1").last == {}
    with pytest.raises(UnknownProjectError):
        moments.moment(tab.store, tab.store.open(project), "r0")
