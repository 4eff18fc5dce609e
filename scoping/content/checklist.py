"""The standard ethics checklist, kept in a text file beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from scoping.sections.ethics import ChecklistItem

_FILE = Path(__file__).with_name("ethics_checklist.toml")


@cache
def standard_checklist() -> tuple[ChecklistItem, ...]:
    """The questions in the order they are asked, none of them answered."""
    areas = tomllib.loads(_FILE.read_text(encoding="utf-8"))["areas"]
    return tuple(
        ChecklistItem(id=item["id"], question=item["question"], area=area["name"]) for area in areas for item in area["questions"]
    )
