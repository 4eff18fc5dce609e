"""What goes to other tools: each pack with what it lacks and the way to it, and everything in one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest

from pages.parts.charter import exports
from scoping import samples
from scoping.charter import Charter
from scoping.export.packs.shelf import PACKS
from tests.live import ask, serving
from tests.pages.tabs import Tab, huge

SAMPLE = samples.samples()[0].charter


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


def page(tab: Tab) -> str:
    tab.go("hand_over")
    assert not tab.app.exception
    return "".join(tab.html())


def test_every_pack_stands_on_the_page_with_its_file(tab: Tab) -> None:
    project = tab.store.create(SAMPLE, "Ana")
    tab.open(project)
    told = page(tab)
    for pack in PACKS:
        assert pack.label in told
        assert (f"files/{pack.name}?" in told) is (pack.name != "data-checks.zip")


def test_what_is_missing_leads_to_its_field_and_the_first_of_it_is_next(tab: Tab) -> None:
    tab.open(tab.store.create(SAMPLE, "Ana"))
    told = page(tab)
    assert "6 targets have no metric key." in told
    assert "at=metric_key" in told
    assert told.count('class="btn p"') == 1
    assert "Next: " in told


@pytest.mark.parametrize("charter", [Charter(), huge()], ids=["empty", "huge"])
def test_an_empty_and_a_huge_project_have_the_page_too(charter: Charter, tab: Tab) -> None:
    tab.open(tab.store.create(charter, "Ana"))
    assert "Which tools take it from here?" in page(tab)


@pytest.mark.parametrize("name", [e.name for e in exports.PACKED])
def test_each_pack_is_taken_away_at_its_address(name: str, tab: Tab, port: int) -> None:
    project = tab.store.create(SAMPLE, "Ana")
    status, content = ask(port, "GET", f"projects/{project}/files/{name}?today=2026-12-01")
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None


def test_everything_is_one_file_with_its_manifest(tab: Tab, port: int) -> None:
    project = tab.store.create(SAMPLE, "Ana")
    _, content = ask(port, "GET", f"projects/{project}/files/handover.zip?today=2026-12-01")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        paths = {r["path"] for r in json.loads(archive.read("datapackage.json"))["resources"]}
        assert {"charter.xlsx", "charter.json", "monitoring/monitors.rules.yml", "governance/eu-ai-act.md"} <= paths
        assert paths | {"datapackage.json", "SHA256SUMS"} == set(archive.namelist())
