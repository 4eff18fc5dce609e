"""Everything that a charter is told about its parts: what is missing to sign, and advice."""

from __future__ import annotations

from typing import Any

from scoping.charter import Charter
from scoping.findings import Finding
from scoping.review import overview


def told(**parts: Any) -> dict[str, Finding]:
    """The findings about a charter with these parts, by code; of those with one code the first."""
    state = overview(Charter(**parts))
    found: dict[str, Finding] = {}
    for finding in (*state.missing, *state.findings):
        found.setdefault(finding.code, finding)
    return found


def told_of(slug: str, **parts: Any) -> dict[str, Finding]:
    """Those that one part can cure."""
    return {code: f for code, f in told(**parts).items() if f.part == slug}


def missing(**parts: Any) -> set[str]:
    """The codes of what is missing to sign."""
    return {f.code for f in overview(Charter(**parts)).missing}
