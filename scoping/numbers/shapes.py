"""How a range may be filled: asked in the value step, drawn by `scoping.numbers.ranges`."""

from __future__ import annotations

from scoping.section import Choice


class Shape(Choice):
    """How the chances are spread between the low and the high value."""

    PERT = "pert", "Mostly near the likely value"
    TRIANGULAR = "triangular", "Less and less likely towards both ends"
    UNIFORM = "uniform", "Everything in between is as likely"
    LOGNORMAL = "lognormal", "Low and high are the 5 % and 95 % points"
    METALOG = "metalog", "Low, likely and high are the 10 %, 50 % and 90 % points"
