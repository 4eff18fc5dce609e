"""What the workbench runs on is locked: exact versions with hashes, made from the requirements as they are."""

from __future__ import annotations

import re

from tools import ready

LOCK = (ready.ROOT / ready.LOCK).read_text()
ENTRIES = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, re.MULTILINE)


def name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).casefold()


def test_it_was_made_from_the_requirements_as_they_are() -> None:
    assert ready.is_locked(), "requirements.txt changed: .venv/bin/python -m tools.lock"


def test_every_line_is_a_version_with_hashes_and_names_no_place() -> None:
    starts = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(ENTRIES) == len(starts) > 40
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_every_requirement_is_in_it_with_its_version() -> None:
    asked = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z]+\])?==([^\s;]+)", (ready.ROOT / ready.RUNNING).read_text(), re.MULTILINE)
    assert {(name(n), v) for n, v in asked} <= {(name(n), v) for n, v, _ in ENTRIES}
    assert {"uvicorn", "websockets", "python-multipart", "protobuf"} <= {n for n, _ in asked}


def test_what_only_some_systems_have_is_asked_for_only_there() -> None:
    assert re.search(r"^uvloop==\S+ ; sys_platform != 'win32'", LOCK, re.MULTILINE)
