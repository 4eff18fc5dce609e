"""How long it takes to put one missing thing right: an honest, fixed estimate for each kind of thing."""

from __future__ import annotations

from scoping.charter import PART_BY_SLUG
from scoping.findings import Finding
from scoping.places import Place
from scoping.section import Kind, question

_MINUTES = {
    Kind.TEXT: 1,
    Kind.LINK: 1,
    Kind.LINKS: 1,
    Kind.CHOICE: 2,
    Kind.DATE: 2,
    Kind.LONG: 3,
    Kind.INTEGER: 5,
    Kind.NUMBER: 5,
    Kind.MONEY: 5,
}
"""For an answer, by how it is asked: a name is known, a number has to be looked up."""
_ENTRY = 5
"""For an entry that has to be added."""
_LOOKED_AT = 3
"""For a place where no single answer puts it right."""
_TALKED_OVER = {
    "feasibility.check_missing": 20,
    "feasibility.contradicted": 15,
    "feasibility.no_evidence": 20,
    "feasibility.opinion_only": 20,
    "feasibility.verdict": 20,
    "value.objection": 15,
    "value.not_accepted": 10,
}
"""For what people have to find or to talk over first."""


def minutes(missing: Finding, place: Place) -> int:
    """Minutes that it takes.

    Args:
        place: where it is put right.
    """
    if missing.code in _TALKED_OVER:
        return _TALKED_OVER[missing.code]
    if place.list and not place.record:
        return _ENTRY
    if not place.field:
        return _LOOKED_AT
    return _MINUTES[question(PART_BY_SLUG[place.part].model_of(place.list), place.field).kind]
