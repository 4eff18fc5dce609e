"""Labels, agreement, split and regime as a charter states them, made ready for their calculators."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from scoping.charter import Charter
from scoping.data_sources import labelling, regime, split_plan
from scoping.data_sources.supply import Supply
from scoping.measurement import Method
from scoping.sections import solutions
from scoping.sections.data_sources import DataSources
from scoping.words import percent, short

SHARES = (60.0, 20.0, 20.0)
"""The split of the slides, in per cent, while nobody chose another."""


# Split and labels


@dataclass(frozen=True)
class Split:
    """A split in figures: what a random one may do, and how many of each class a balanced one has."""

    names: tuple[str, ...]
    parts: tuple[split_plan.Part, ...]
    balanced: tuple[dict[str, int], ...]
    assumed: bool


_FEW = 10
"""With fewer cases of a class, a share of right answers is known to about 30 points at best."""

RARER, OTHER = "rarer class", "other classes"


def split(data: DataSources) -> Split | None:
    """The split plan; None while the examples or the share of the rarer class are not known.

    Raises:
        CalculationError: figures from which no split can be made.
    """
    if data.examples is None or data.positive_share is None:
        return None
    given = (data.train_share, data.dev_share, data.test_share)
    assumed = given == (None, None, None)
    shares = [share / 100 for share in SHARES] if assumed else [(share or 0.0) / 100 for share in given]
    names = ("Training", "Development", "Test")
    kept = [(name, share) for name, share in zip(names, shares, strict=True) if share]
    positives = round(data.examples * data.positive_share / 100)
    wanted = [share for _, share in kept]
    return Split(
        tuple(name for name, _ in kept),
        split_plan.random_split(data.examples, positives, wanted),
        split_plan.balanced_split({RARER: positives, OTHER: data.examples - positives}, wanted),
        assumed,
    )


def split_remarks(planned: Split) -> tuple[str, ...]:
    """Whether a random split would do."""
    remarks = []
    worst = max(planned.parts, key=lambda part: part.chance_off())
    if (chance := worst.chance_off()) >= 0.01:
        name = planned.names[planned.parts.index(worst)].lower()
        remarks.append(
            f"A random split is off by more than 10 points in the {name} set with a chance of {percent(chance)}. Divide each class by itself."
        )
    few = [name.lower() for name, part in zip(planned.names, planned.parts, strict=True) if part.expected < _FEW]
    if few:
        remarks.append(
            f"Fewer than {_FEW} of the rarer class in the {' and the '.join(few)} set: too few to say much about that class."
        )
    return tuple(remarks)


def effort(data: DataSources) -> labelling.Effort | None:
    """What labelling takes; None while items, labels per item or minutes are not known."""
    if data.items_to_label is None or data.labels_per_item is None or data.minutes_per_item is None:
        return None
    return labelling.effort(data.items_to_label, data.labels_per_item, data.minutes_per_item, data.label_rate)


def agreement(charter: Charter) -> labelling.Agreement | None:
    """The agreement between labellers that was measured last, in per cent; None when none was."""
    dated = [(m.measured_on, m.result) for m in charter.feasibility.measurements if m.method is Method.HLP and m.measured_on]
    for _, result in sorted(dated, key=lambda m: m[0], reverse=True):
        figure = _figure(result)
        if figure:
            return labelling.Agreement(*(100 * value for value in figure))
    return None


def _figure(result: str) -> tuple[float, float, float] | None:
    try:
        measured = json.loads(result)["agreement"]
        value, low, high = (float(measured[name]) for name in ("value", "low", "high"))
    except (ValueError, KeyError, TypeError):
        return None
    return value, low, high


def regime_of(charter: Charter) -> regime.Regime:
    """What size and kind of the data of the chosen idea ask for."""
    data: DataSources = charter.data_sources
    idea = solutions.chosen(charter.solutions)
    kind = None if idea is None or idea.data is None else str(idea.data)
    return regime.regime(data.examples, kind, None if data.positive_share is None else data.positive_share / 100)


def names_of(ids: Iterable[str], seen: Supply) -> str:
    """Titles of sources in a sentence."""
    titles = {o.id: f"“{short(o.name, 40)}”" for o in seen.offers}
    return ", ".join(titles[i] for i in titles if i in set(ids))
