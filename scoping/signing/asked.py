"""The two dozen questions that lead to the sixteen conditions, with the fields in which each is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True)
class Leading:
    """A question that a team is asked on its way to a charter that can be signed.

    Attributes:
        part: slug of the part that is answered.
        fields: the fields of each list in which the answer stands; those of the part itself under "".
        later: fields that only some answers call for; they are asked when they are missing.
    """

    ask: str
    part: str
    fields: Mapping[str, tuple[str, ...]]
    later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


LEADING = (
    Leading("What do you wish were working better?", "problems", {"problems": ("statement",)}),
    Leading("Who feels it, and how?", "problems", {"problems": ("who_is_affected",)}),
    Leading("Which number shows it today?", "problems", {"problems": ("baseline_metric", "baseline_value")}),
    Leading("Where should it be, by when?", "problems", {"goals": ("statement", "problem", "wanted", "wanted_on")}),
    Leading(
        "What would be done differently, and by whom?",
        "problems",
        {"": ("decision_changed",), "actions": ("action", "executed_by")},
    ),
    Leading(
        "How could we get there, with or without machine learning?", "solutions", {"solutions": ("name", "approach", "problems")}
    ),
    Leading("What kind of data, and is it new?", "solutions", {}, {"solutions": ("data", "novelty")}),
    Leading(
        "Which one first, and why?",
        "solutions",
        {"": ("why_this_one", "why_learning"), "solutions": ("standing",)},
        {"solutions": ("because",)},
    ),
    Leading(
        "What do we know already, for and against?",
        "feasibility",
        {"evidence": ("finding", "speaks", "grade", "check", "source", "found_on")},
        {"evidence": ("same_inputs", "truth", "serving", "items")},
    ),
    Leading("Can it work?", "feasibility", {"verdicts": ("opinion", "reason")}),
    Leading("Which numbers lie between the model and the company?", "value", {"rungs": ("metric", "level")}),
    Leading("Can both live with it?", "value", {"rungs": ("technical", "business")}),
    Leading(
        "What is it worth?",
        "value",
        {"benefits": ("name", "low", "likely", "high", "period", "evidence")},
        {"benefits": ("source",)},
    ),
    Leading(
        "What does it cost to build and to run?",
        "value",
        {"costs": ("name", "low", "likely", "high", "period", "evidence")},
        {"costs": ("source",)},
    ),
    Leading("Who asks whom for what?", "project", {"": ("name", "owner", "sponsor", "decision_asked")}),
    Leading("What worries you?", "ethics", {"concerns": ("concern", "outcome", "owner", "reason")}),
    Leading("What data do we have, what could we get?", "data_sources", {"sources": ("name", "amount", "unit")}),
    Leading("How much by when?", "data_sources", {"": ("wanted_amount", "wanted_unit"), "sources": ("cost", "days")}),
    Leading("What may we use?", "data_sources", {"sources": ("privacy", "rights")}, {"sources": ("legal_basis",)}),
    Leading("What exactly does it predict?", "data_sources", {"": ("target_y",)}),
    Leading("First result and launch: what, by when, who?", "milestones", {"milestones": ("deliverable", "owner", "due", "kind")}),
    Leading(
        "By which three numbers do we judge it?",
        "milestones",
        {"targets": ("milestone", "family", "metric", "direction", "target")},
    ),
    Leading("When do we stop, and who says so?", "milestones", {"milestones": ("kill_criteria", "decider")}),
    Leading(
        "Who sees it first, and who may switch it off?",
        "rollout",
        {"": ("pattern", "rollback_owner")},
        {"": ("start_share",)},
    ),
    Leading("It failed: what would show it?", "rollout", {"monitors": ("trouble", "metric", "bound", "threshold", "who_reacts")}),
)
"""In the order of the conditions. The eight questions of the ethics step are asked one at a time, in a way of their own."""


@cache
def _fields() -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for leading in LEADING:
        for list_name, names in leading.fields.items():
            key = (leading.part, list_name)
            found[key] = found.get(key, frozenset()) | frozenset(names)
    return MappingProxyType(found)


def asked_first(part: str, list_name: str) -> frozenset[str]:
    """The fields of a part, or of one of its lists, that lead to a signature; they are shown first, and all others wait."""
    return _fields().get((part, list_name), frozenset())
