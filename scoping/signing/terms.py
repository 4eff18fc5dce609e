"""What a signature is about: the terms of a charter, which are all of it but a short list of what goes on after signing.

Spaces and the order of entries are no terms: a row that is moved, or a line that breaks elsewhere, asks nobody to sign again. A question
that is answered as every charter begins is left out, so that one which a later release asks changes nothing that was signed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from scoping.charter import PARTS, Charter
from scoping.section import Fields, Section


@dataclass(frozen=True)
class Apart:
    """Something of a charter that signing is not about.

    Attributes:
        list: "" for questions of the part itself.
        fields: the questions that are left out; none for the whole list.
        unless: answers that count all the same.
    """

    part: str
    list: str
    fields: tuple[str, ...]
    because: str
    unless: tuple[str, ...] = ()


APART = (
    Apart("project", "signatures", (), "Who is asked to sign, and what they answered."),
    Apart("project", "", ("sign_order", "sign_role"), "How the signing goes."),
    Apart("project", "decisions", (), "The log of decisions goes on after signing."),
    Apart("project", "ratings", (), "Ratings compare projects and promise nothing."),
    Apart("project", "assumptions", ("state",), "What became of an assumption is found out after signing."),
    Apart("value", "realised", (), "What came of the promise is noted after launch."),
    Apart("milestones", "milestones", ("reached_on",), "When a milestone was reached is tracked, as agreed."),
    Apart("milestones", "milestones", ("gate", "gate_on", "gate_reason"), "Gates are decided after signing, by the rule that was signed."),
    Apart("milestones", "milestones", ("accepted_by",), "Who can live with a date was asked in a workshop; the date itself counts."),
    Apart("milestones", "readings", (), "Readings are tracked against the targets that were signed."),
    Apart("milestones", "checkins", (), "Check-ins tell how it is going."),
    Apart("milestones", "moves", (), "Why a date was moved; the date itself counts."),
    Apart("milestones", "baselines", (), "Signed plans are copies of what was signed."),
    Apart("ethics", "obligations", ("state",), "How far a promise is kept; that it is not needed counts.", unless=("not_needed",)),
    Apart("ethics", "obligations", ("reason", "at_launch", "launch_note"), "What shows that a promise is kept."),
    Apart("rollout", "ramp", ("live_on",), "When a step went live is tracked."),
    Apart("rollout", "readings", (), "Readings after launch are tracked."),
    Apart("rollout", "", ("closed_on", "closed_as", "exit_benefits"), "How it ended is said when it ends."),
    Apart(
        "rollout",
        "",
        ("learnt_business", "learnt_data", "learnt_model", "learnt_team"),
        "What was learnt is said when it ends.",
    ),
    Apart("rollout", "next_steps", (), "Next steps follow when it ends."),
)  # fmt: skip
"""The short list: what may change while signatures hold, with the reason."""


MAY_CHANGE = (
    "Who is asked to sign, in which order, and what they answer.",
    "Decisions in the log, ratings, and what became of assumptions.",
    "Check-ins and readings, before and after launch.",
    "When milestones and rollout steps were reached, and who accepted a date.",
    "What is decided at a gate.",
    "How far promises of the ethics step are kept.",
    "What came of the promised value.",
    "How the project ends, what was learnt, and what follows.",
)
"""The same in few words, for whoever signs."""


@cache
def _apart(part: str, list_name: str) -> Mapping[str, Sequence[str]]:
    """The questions of a list that are left out, with the answers that count all the same; "" is a list as a whole."""
    of_list = [one for one in APART if (one.part, one.list) == (part, list_name)]
    return MappingProxyType({name: one.unless for one in of_list for name in one.fields or ("",)})


def is_apart(part: str, list_name: str, field: str = "", *answers: object) -> bool:
    """Whether signing is not about a question, with no field, whether it is not about a list at all.

    Args:
        answers: that it had and has, where some of them count all the same.
    """
    left_out = _apart(part, list_name)
    return "" in left_out or (field in left_out and not any(answer in left_out[field] for answer in answers))


def terms(charter: Charter) -> dict[str, Any]:
    """What is signed, as plain values in an order of its own."""
    return {section.slug: _of_part(section, charter.part(section.slug)) for section in PARTS}


def fingerprint(charter: Charter) -> str:
    """Names the terms of a charter: the same for those that say the same, and for no others."""
    parts = (_fingerprint(_Same(section, charter.part(section.slug))) for section in PARTS)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Same:
    """A part that is equal only to itself: to compare or to hash it would walk all of it."""

    section: Section
    value: Fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=512)
def _fingerprint(same: _Same) -> str:
    said = json.dumps(_of_part(same.section, same.value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _of_part(section: Section, value: Fields) -> dict[str, Any]:
    lists = {
        name: sorted((_entry(section, name, row) for row in getattr(value, name)), key=lambda row: str(row["id"]))
        for name in section.lists
        if not is_apart(section.slug, name)
    }
    return {**_entry(section, "", value), **lists}


def _entry(section: Section, list_name: str, entry: Fields) -> dict[str, Any]:
    left_out = _apart(section.slug, list_name)
    plain = entry.model_dump(mode="json", exclude=set(section.lists) if not list_name else None)
    fields = type(entry).model_fields
    told = {
        name: " ".join(answer.split()) if isinstance(answer, str) else answer
        for name, answer in plain.items()
        if name != "unknown"
        and (name not in left_out or answer in left_out[name])
        and (name == "id" or getattr(entry, name) != fields[name].default)
    }
    marks = [name for name in plain["unknown"] if name not in left_out]
    return {**told, "unknown": marks} if marks else told
