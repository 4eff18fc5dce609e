"""What browsers run: libraries are what they say they are, modules are short, and all of it together stays light."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from pages.serving import browser

VENDOR = browser.FOLDER / "vendor"
MANIFEST = json.loads((VENDOR / "vendored.json").read_text("utf-8"))["files"]
KILOBYTES_AT_MOST, WITHOUT_A_GRID, IN_A_ROOM = 236, 157, 74
LONGEST, WIDEST = 500, 250
OURS = sorted([*browser.FOLDER.glob("*.js"), *browser.FOLDER.glob("*.css")])
ROOM = [path for path in OURS if path.name.startswith(browser.ROOM)]
LATER = {*(path.name for path in ROOM), "bring-back.js", "brought.js", "bring-back.css", "promises.js", "promises.css"}
"""What is loaded when somebody opens a workshop, brings a file back, or looks at promises."""
LICENCES = {"MIT": "Permission is hereby granted", "Apache-2.0": "Apache License"}


def test_the_list_of_libraries_names_every_file_and_no_other() -> None:
    assert {path.name for path in VENDOR.iterdir() if path.suffix in (".js", ".css")} == set(MANIFEST)


@pytest.mark.parametrize("name", MANIFEST)
def test_a_library_is_the_one_that_the_list_names(name: str) -> None:
    about = MANIFEST[name]
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == about["sha256"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["version"])
    assert LICENCES[about["licence"]] in (VENDOR / about["licence_file"]).read_text("utf-8")


def test_all_that_browsers_run_beside_workshops_stays_light() -> None:
    assert (
        sum(len(browser.packed(name)) for name in browser.names() if not name.startswith(browser.ROOM)) <= KILOBYTES_AT_MOST * 1000
    )


def test_a_page_loads_little_before_somebody_opens_a_grid() -> None:
    loaded, left = set(), ["views.js", *(path.name for path in OURS if path.suffix == ".css" and path.name not in LATER)]
    while left:
        name = left.pop()
        if name not in loaded:
            loaded.add(name)
            text = (browser.FOLDER / name).read_text("utf-8")
            left += [str(Path(name).parent / found) for found in re.findall(r'(?:^import|\bfrom)\s*"([^"]+)"', text, re.MULTILINE)]
    assert "vendor/tabulator.js" not in loaded
    assert not loaded & LATER
    assert sum(len(browser.packed(name)) for name in loaded) <= WITHOUT_A_GRID * 1000


def test_the_room_of_a_workshop_stays_light() -> None:
    assert sum(len(browser.packed(path.name)) for path in ROOM) <= IN_A_ROOM * 1000


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_modules_are_short_and_begin_with_what_they_are(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST
    if path.suffix == ".js":
        assert lines[0].startswith("// ")


def imports(text: str) -> set[str]:
    return set(re.findall(r'(?:^import|\bfrom|\bimport\()\s*"([^"]+)"', text, re.MULTILINE))


@pytest.mark.parametrize("path", [p for p in OURS if p.suffix == ".js"], ids=lambda path: path.name)
def test_a_module_imports_what_is_there(path: Path) -> None:
    for name in imports(path.read_text("utf-8")):
        assert name.startswith("./"), name
        assert (path.parent / name).is_file(), name


def test_nothing_makes_code_out_of_text() -> None:
    """The content security policy would refuse it."""
    for path in browser.FOLDER.rglob("*.js"):
        assert not re.search(r"\beval\(|\bnew Function\(", path.read_text("utf-8")), path.name
