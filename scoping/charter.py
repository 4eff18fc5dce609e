"""The charter: the ordered list of its parts, a value for each, and whether it may leave the draft state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from pydantic import Field, create_model

from scoping import checks
from scoping.section import Fields, Finding, Model, Progress, Section, Severity, advice, progress, short
from scoping.sections import (
    data_sources,
    ethics,
    feasibility,
    milestones,
    problems,
    project,
    rollout,
    solutions,
    value,
)

SECTIONS: tuple[Section, ...] = (
    problems.SECTION,
    solutions.SECTION,
    feasibility.SECTION,
    value.SECTION,
    ethics.SECTION,
    data_sources.SECTION,
    milestones.SECTION,
    rollout.SECTION,
)
"""The eight steps of the workshop, in order."""
PARTS: tuple[Section, ...] = (project.SECTION, *SECTIONS)
"""All that a charter consists of: the project itself and the steps."""
PART_BY_SLUG = {part.slug: part for part in PARTS}


class _Charter(Model):
    """Everything a team agreed about one project."""

    def part(self, slug: str) -> Any:
        """The value of one part."""
        return getattr(self, slug)

    def parts(self) -> Iterator[tuple[Section, Fields]]:
        """Every part with its value, in order."""
        for section in PARTS:
            yield section, self.part(section.slug)

    def with_part(self, slug: str, value: Fields) -> Self:
        """The same charter with one part replaced."""
        return self.model_copy(update={slug: value})

    @property
    def name(self) -> str:
        """What people call the project."""
        return self.part("project").name.strip() or "Untitled project"

    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of the records that links may refer to: {"problems.problems": {id: title}}."""
        return {
            f"{section.slug}.{name}": {row.id: row.title for row in getattr(value, name)}
            for section, value in self.parts()
            for name in section.lists
        }


Charter = create_model(
    "Charter",
    __base__=_Charter,
    __doc__=_Charter.__doc__,
    **{part.slug: (part.model, Field(default_factory=part.model, title=part.title)) for part in PARTS},  # type: ignore[call-overload]
)


@dataclass(frozen=True)
class Overview:
    """What can be said about a charter at a glance.

    Attributes:
        progress: per part, by slug.
        findings: of all parts and of the rules between them, in the order of the parts.
    """

    progress: dict[str, Progress]
    findings: tuple[Finding, ...]

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Why the charter is still a draft; empty when the evidence gate is met."""
        return tuple(f for f in self.findings if f.severity is Severity.BLOCKER)

    @property
    def is_draft(self) -> bool:
        return bool(self.blockers)

    @property
    def total(self) -> Progress:
        return sum(self.progress.values(), start=Progress(0, 0, 0))

    def of(self, slug: str) -> list[Finding]:
        """The findings that one part can cure, blockers first."""
        found = [f for f in self.findings if f.part == slug]
        return sorted(found, key=lambda f: f.severity is not Severity.BLOCKER)


def _broken_links(charter: _Charter) -> list[Finding]:
    """Answers that refer to records which were removed: they look answered and say nothing."""
    known = charter.titles()
    return [
        advice(
            f"{section.slug}.removed_link",
            f"“{short(row.title, 60)}” refers to an entry that was removed ({spec.label}). Choose another one.",
            row.id,
        )
        for section, value in charter.parts()
        for name, entries in section.lists.items()
        for row in getattr(value, name)
        for spec in entries.questions
        if spec.refers_to and not known[spec.refers_to].keys() >= _linked(getattr(row, spec.name))
    ]


def _linked(answer: str | tuple[str, ...]) -> set[str]:
    return set(answer) if isinstance(answer, tuple) else {answer} - {""}


def overview(charter: _Charter) -> Overview:
    """Progress and findings of a whole charter."""
    found = [f for section, value in charter.parts() for f in section.review(value)]
    values: dict[str, Any] = {section.slug: value for section, value in charter.parts()}
    found += checks.review(**values)
    found += _broken_links(charter)
    order = {part.slug: i for i, part in enumerate(PARTS)}
    return Overview(
        {section.slug: progress(section, value) for section, value in charter.parts()},
        tuple(sorted(found, key=lambda f: order[f.part])),
    )
