"""Figures and names as they are kept in a result: short, and absent where they are not known."""

from __future__ import annotations

import math

from scoping.measuring.hlp.labels import Labels
from scoping.measuring.hlp.people import Share
from scoping.measuring.hlp.result import Figure
from scoping.numbers.resampling import Estimate

NAME_AT_MOST = 30
IN_PASSING = 20
"""Characters of a class where it stands among others."""


def six(value: float) -> float:
    """Six digits, which is more than any of these figures is known to and keeps a result small."""
    return float(f"{value:.6g}")


def finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else six(value)


def figure_of(seen: Estimate) -> Figure:
    return Figure(value=finite(seen.value), low=finite(seen.low), high=finite(seen.high), problem=seen.problem)


def share_of(share: Share) -> Figure:
    return Figure(value=finite(share.value), low=finite(share.low), high=finite(share.high))


def brief(name: str, limit: int = NAME_AT_MOST) -> str:
    """A name cut in its middle: numbers and endings tell long names apart."""
    head = (limit - 1) // 2
    return name if len(name) <= limit else f"{name[:head].rstrip()}…{name[head + 1 - limit :].lstrip()}"


def class_name(labels: Labels, place: int) -> str:
    return brief(labels.classes[place])
