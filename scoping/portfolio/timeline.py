"""The milestones of all projects side by side with their states, and who is booked for how much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scoping.health import Health
from scoping.milestones.status import State

WEEKS = 16
"""How far the load of people is looked at."""
FULL = 100.0
"""Per cent of a week that a person has for all projects together."""
MOST_PEOPLE = 40


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A milestone of some project, with the state that the page of its project shows.

    Attributes:
        health: of the project; None while it is not worked out yet.
    """

    project_id: str
    project: str
    id: str
    title: str
    owner: str
    due: date | None
    state: State
    health: Health | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """How much of a person a milestone takes, in per cent of a week, from its start until it is due."""

    person: str
    share: float
    start: date
    due: date
    project: str
    project_id: str = ""


@dataclass(frozen=True)
class Load:
    """A person in the coming weeks; or a role in one project, whose name says that other people may have it elsewhere.

    Attributes:
        weeks: per cent of each week that is booked, over all projects.
        projects: that book this person in these weeks.
    """

    person: str
    weeks: tuple[float, ...]
    projects: tuple[str, ...]

    @property
    def is_overbooked(self) -> bool:
        return max(self.weeks) > FULL


def mondays(today: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """The first days of the coming weeks, this one included."""
    first = today.toordinal() - today.weekday()
    return tuple(date.fromordinal(max(1, min(first + 7 * n, date.max.toordinal()))) for n in range(weeks))


_ROLE = re.compile(
    r"\b(engineer|scientist|analyst|developer|manager|owner|labell?er|annotator|designer|researcher|architect|specialist|expert|lead"
    r"|student|intern|tester|consultant|contractor|doctor|nurse|clinician|lawyer|linguist|technician|administrator|operator|inspector"
    r"|devops|mlops|qa|pm|team|crowd|staff|somebody|anybody|nobody|tbd|tba|new hire)s?\b",
    re.IGNORECASE,
)
"""A word that names what somebody does, not who it is."""


def is_role(name: str) -> bool:
    """Whether a name is that of a role, which somebody in each project has: "ML engineer", and not "Dana Lee, ML engineer"."""
    return all(_ROLE.search(piece) for piece in re.split(r"[,;:(/–]| - ", name) if piece.strip())


def loads(shares: Iterable[Share], weeks: Sequence[date]) -> tuple[Load, ...]:
    """What everybody is booked for, the fullest first.

    Names that differ in case or spaces only are one person; a role is counted in each project by itself.
    """
    booked: Mapping[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0] * len(weeks))
    names: dict[tuple[str, ...], str] = {}
    projects: Mapping[tuple[str, ...], set[str]] = defaultdict(set)
    for share in shares:
        name = " ".join(share.person.split())
        role = is_role(name)
        key = (name.casefold(), share.project, share.project_id) if role else (name.casefold(),)
        names.setdefault(key, f"{name} ({share.project})" if role else name)
        for i, monday in enumerate(weeks):
            if share.start < monday + timedelta(days=7) and share.due >= monday:
                booked[key][i] += share.share
                projects[key].add(share.project)
    by_person = [Load(names[key], tuple(round(w, 6) for w in row), tuple(sorted(projects[key]))) for key, row in booked.items()]
    return tuple(
        sorted((load for load in by_person if any(load.weeks)), key=lambda load: (-max(load.weeks), load.person.casefold()))
    )
