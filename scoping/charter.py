"""The charter: the ordered list of its parts, and a value for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self, cast

from pydantic import Field

from scoping.section import Fields, Model, Section
from scoping.sections import data_sources, ethics, feasibility, milestones, problems, project, rollout, solutions, value
from scoping.sections.data_sources import DataSources
from scoping.sections.ethics import Ethics
from scoping.sections.feasibility import Feasibility
from scoping.sections.milestones import Milestones
from scoping.sections.problems import Problems
from scoping.sections.project import Project
from scoping.sections.rollout import Rollout
from scoping.sections.solutions import Solutions
from scoping.sections.value import Value

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


class Charter(Model):
    """Everything a team agreed about one project."""

    project: Project = Field(default_factory=Project, title=project.SECTION.title)
    problems: Problems = Field(default_factory=Problems, title=problems.SECTION.title)
    solutions: Solutions = Field(default_factory=Solutions, title=solutions.SECTION.title)
    feasibility: Feasibility = Field(default_factory=Feasibility, title=feasibility.SECTION.title)
    value: Value = Field(default_factory=Value, title=value.SECTION.title)
    ethics: Ethics = Field(default_factory=Ethics, title=ethics.SECTION.title)
    data_sources: DataSources = Field(default_factory=DataSources, title=data_sources.SECTION.title)
    milestones: Milestones = Field(default_factory=Milestones, title=milestones.SECTION.title)
    rollout: Rollout = Field(default_factory=Rollout, title=rollout.SECTION.title)

    def part(self, slug: str) -> Fields:
        """The value of one part, for loops over PARTS; whoever means one part asks for it by name."""
        return cast(Fields, getattr(self, slug))

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
        return self.project.name.strip() or "Untitled project"

    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of the records that links may refer to: {"problems.problems": {id: title}}."""
        return {
            f"{section.slug}.{name}": {row.id: row.title for row in getattr(value, name)}
            for section, value in self.parts()
            for name in section.lists
        }


def about_rejected(charter: Charter) -> set[str]:
    """Ids of the rejected ideas, and of the evidence, verdicts and hypotheses on them: nothing is asked of them but the reason."""
    feasibility = charter.feasibility
    rejected = {s.id for s in charter.solutions.solutions if s.standing is solutions.Standing.REJECTED}
    lists = (feasibility.evidence, feasibility.verdicts, feasibility.benchmarks, feasibility.hypotheses)
    return rejected | {row.id for rows in lists for row in rows if row.solution in rejected}
