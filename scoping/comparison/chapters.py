"""In which chapter of the charter an answer is read, by the names of the one page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ASKED, PROBLEM, IDEA, CAN_IT_WORK, WORTH_IT = "What is asked", "Problem", "Idea", "Can it work?", "Worth it?"
COST, IS_IT_RIGHT, DATA, PLAN, STOP_IF = "What it costs", "Is it right?", "Data", "Plan", "Stop if"
ROLLOUT, UNKNOWN, SIGN_OFF = "Rollout", "Not known yet", "Sign-off"

ORDER = (ASKED, PROBLEM, IDEA, CAN_IT_WORK, WORTH_IT, COST, IS_IT_RIGHT, DATA, PLAN, STOP_IF, ROLLOUT, UNKNOWN, SIGN_OFF)
_OF_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "project": ASKED,
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
_ELSEWHERE: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("ethics", "risks"): STOP_IF,
        ("milestones", "milestones", "kill_criteria"): STOP_IF,
        ("problems", "in_scope"): IDEA,
        ("problems", "out_of_scope"): IDEA,
        ("problems", "stakeholders"): PLAN,
        ("project", "assumptions"): UNKNOWN,
        ("project", "decisions"): SIGN_OFF,
        ("project", "people_needed"): PLAN,
        ("project", "ratings"): WORTH_IT,
        ("project", "rhythm"): PLAN,
        ("project", "sign_order"): SIGN_OFF,
        ("project", "sign_role"): SIGN_OFF,
        ("project", "signatures"): SIGN_OFF,
        ("value", "costs"): COST,
        ("value", "realised"): ROLLOUT,
    }
)
"""Lists and questions that are read elsewhere than the rest of their part."""


def chapter(part: str, list_name: str, field: str) -> str:
    """The chapter that tells a question, or a record of a list."""
    exactly = _ELSEWHERE.get((part, list_name, field)) if list_name else None
    return exactly or _ELSEWHERE.get((part, list_name or field), _OF_PARTS[part])
