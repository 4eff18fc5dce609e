"""The two dozen questions that lead to the sixteen conditions, with the fields in which each is answered.

Drawers show these fields first; a workshop asks for them together, by the keys of the questions (`scoping/workshop/questions.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True)
class Leading:
    """A question that a team is asked on its way to a charter that can be signed; `scoping/content/workshop.toml` has its words.

    Attributes:
        part: slug of the part that is answered.
        fields: the fields of each list in which the answer stands; those of the part itself under "".
        later: fields that only some answers call for; they are asked when they are missing.
    """

    part: str
    fields: Mapping[str, tuple[str, ...]]
    later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def answered_in(self, part: str, list_name: str) -> tuple[str, ...]:
        """The fields of a part, or of one of its lists, in which an answer may stand; those first that are always asked."""
        return (*self.fields.get(list_name, ()), *self.later.get(list_name, ())) if part == self.part else ()


LEADING: Mapping[str, Leading] = {
    "wish": Leading("problems", {"problems": ("statement",)}),
    "who": Leading("problems", {"problems": ("who_is_affected",)}),
    "today": Leading("problems", {"problems": ("baseline_metric", "baseline_value")}),
    "wanted": Leading("problems", {"goals": ("statement", "problem", "wanted", "wanted_on")}),
    "acts": Leading("problems", {"": ("decision_changed",), "actions": ("action", "executed_by")}),
    "ideas": Leading("solutions", {"solutions": ("name", "approach", "problems")}),
    "sees": Leading("solutions", {}, {"solutions": ("data", "novelty")}),
    "first": Leading("solutions", {"": ("why_this_one", "why_learning"), "solutions": ("standing",)}, {"solutions": ("because",)}),
    "known": Leading(
        "feasibility",
        {"evidence": ("finding", "speaks", "check", "grade", "source", "found_on")},
        {"evidence": ("same_inputs", "truth", "serving", "items")},
    ),
    "can": Leading("feasibility", {"verdicts": ("opinion", "reason")}),
    "ladder": Leading("value", {"rungs": ("metric", "level")}),
    "live_with": Leading("value", {"rungs": ("technical", "business")}),
    "worth": Leading("value", {"benefits": ("name", "low", "likely", "high", "period", "evidence")}, {"benefits": ("source",)}),
    "cost": Leading("value", {"costs": ("name", "low", "likely", "high", "period", "evidence")}, {"costs": ("source",)}),
    "ask": Leading("project", {"": ("name", "owner", "sponsor", "decision_asked")}),
    "worries": Leading("ethics", {"concerns": ("concern", "owner", "outcome", "reason")}),
    "have": Leading("data_sources", {"sources": ("name",)}),
    "amount": Leading("data_sources", {"": ("wanted_amount", "wanted_unit"), "sources": ("amount", "unit", "cost", "days")}),
    "may_use": Leading("data_sources", {"sources": ("privacy", "rights")}, {"sources": ("legal_basis",)}),
    "predicts": Leading("data_sources", {"": ("target_y",)}),
    "first_result": Leading("milestones", {"milestones": ("deliverable", "owner", "due", "kind")}),
    "judged": Leading("milestones", {"targets": ("milestone", "family", "metric", "direction", "target")}),
    "stop": Leading("milestones", {"milestones": ("kill_criteria", "decider")}),
    "sees_first": Leading("rollout", {"": ("pattern", "rollback_owner")}, {"": ("start_share",)}),
    "failed": Leading("rollout", {"monitors": ("trouble", "metric", "bound", "threshold", "who_reacts")}),
}
"""By key, in the order of the conditions: what drawers show first, and what a workshop asks.

The eight questions of the ethics step are asked one at a time, in a way of their own.
"""


@cache
def _fields() -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for leading in LEADING.values():
        for list_name, names in leading.fields.items():
            key = (leading.part, list_name)
            found[key] = found.get(key, frozenset()) | frozenset(names)
    return MappingProxyType(found)


def asked_first(part: str, list_name: str) -> frozenset[str]:
    """The fields of a part, or of one of its lists, that lead to a signature; they are shown first, and all others wait."""
    return _fields().get((part, list_name), frozenset())
