"""In which chapter of the charter an answer is read, by the names of the one page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoping.document.paper import ON_ONE_PAGE

PROBLEM, IDEA, CAN_IT_WORK, WORTH_IT, IS_IT_RIGHT = "Problem", "Idea", "Can it work?", "Worth it?", "Is it right?"
DATA, PLAN, ROLLOUT, OPEN_POINTS, SIGN_OFF = "Data", "Plan", "Rollout", "Open points", "Sign-off"

ORDER = (ON_ONE_PAGE, PROBLEM, IDEA, CAN_IT_WORK, WORTH_IT, IS_IT_RIGHT, DATA, PLAN, ROLLOUT, OPEN_POINTS, SIGN_OFF)
_OF_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "project": ON_ONE_PAGE,
        "problems": PROBLEM,
        "solutions": IDEA,
        "feasibility": CAN_IT_WORK,
        "value": WORTH_IT,
        "ethics": IS_IT_RIGHT,
        "data_sources": DATA,
        "milestones": PLAN,
        "rollout": ROLLOUT,
    }
)
_ELSEWHERE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("project", "assumptions"): OPEN_POINTS,
        ("project", "decisions"): SIGN_OFF,
        ("project", "people_needed"): PLAN,
        ("project", "ratings"): OPEN_POINTS,
        ("project", "rhythm"): PLAN,
        ("project", "signatures"): SIGN_OFF,
        ("project", "sign_order"): SIGN_OFF,
        ("project", "sign_role"): SIGN_OFF,
        ("problems", "in_scope"): IDEA,
        ("problems", "out_of_scope"): IDEA,
        ("problems", "stakeholders"): PLAN,
        ("value", "realised"): ROLLOUT,
    }
)
"""Lists and questions that are read elsewhere than the rest of their part."""


def chapter(part: str, list_name: str, field: str) -> str:
    """The chapter that tells a question, or a record of a list."""
    return _ELSEWHERE.get((part, list_name or field), _OF_PARTS[part])
