"""The projects that every pack is judged with: all samples, and the hard ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scoping.charter import Charter
from scoping.export.packs.pack import Given, Pack
from scoping.samples import samples
from tests.exports.filled import AT, filled_charter
from tests.pages.tabs import huge
from tests.persian import persian

PROJECTS: Mapping[str, Callable[[], Any]] = {
    **{sample.slug: (lambda charter=sample.charter: charter) for sample in samples()},
    "empty": Charter,
    "filled": filled_charter,
    "huge": huge,
    "persian": lambda: persian(samples()[0].charter),
}


@cache
def given(name: str) -> Given:
    """One of them, at its seventh revision."""
    return Given(charter=PROJECTS[name](), project="p1", revision=7, saved_at=AT, today=date(2027, 5, 3))


def unpacked(pack: Pack, name: str, folder: Path) -> list[Path]:
    """The files of a pack of a project, in a folder."""
    made = []
    for path, content in pack.make(given(name)).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        made.append(file)
    return made
