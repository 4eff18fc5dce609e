"""Kinds of projects: which one a wish sounds like, and the examples that fit it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from scoping import content
from scoping.section import Section
from scoping.sections.project import ProjectKind


def guess(wish: str) -> ProjectKind | None:
    """The kind that a sentence sounds like; None where it says nothing, or where two kinds sound equally likely."""
    heard = {kind: sum(1 for _ in pattern.finditer(wish)) for kind, pattern in _patterns().items()}
    first, second = sorted(heard.values(), reverse=True)[:2]
    return None if first == second else max(heard, key=heard.__getitem__)


def good(section: Section, kind: ProjectKind | None) -> str:
    """What good looks like in a step of such a project."""
    return str(_told(kind).get("good", {}).get(section.slug, section.good))


def poor(section: Section, kind: ProjectKind | None) -> str:
    """What poor looks like in a step of such a project."""
    return str(_told(kind).get("poor", {}).get(section.slug, section.poor))


def examples(part: str, list_name: str) -> dict[str, dict[str, str]]:
    """By question, the examples that differ from the neutral one: by kind, what stands in an empty field."""
    prefix = f"{part}.{list_name}." if list_name else f"{part}."
    found: dict[str, dict[str, str]] = {}
    for kind, told in _kinds().items():
        for name, example in told["examples"].items():
            field = name.removeprefix(prefix)
            if name.startswith(prefix) and "." not in field:
                found.setdefault(field, {})[kind] = example
    return found


def _told(kind: ProjectKind | None) -> Mapping[str, Any]:
    return _kinds().get(kind, {}) if kind else {}


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return tomllib.loads(content.text("kinds.toml"))


@cache
def _patterns() -> dict[ProjectKind, re.Pattern[str]]:
    return {
        ProjectKind(kind): re.compile(rf"\b(?:{'|'.join(map(re.escape, told['words']))})", re.IGNORECASE)
        for kind, told in _kinds().items()
    }
