"""Text that product owners may edit: question packs, legal rules, rubrics, samples; and how it is read."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def names(pattern: str) -> list[str]:
    """The files that a pattern such as "samples/*.toml" fits, in order."""
    return sorted(path.relative_to(_HERE).as_posix() for path in _HERE.glob(pattern))


def text(name: str) -> str:
    """What a file holds."""
    return (_HERE / name).read_text(encoding="utf-8")
