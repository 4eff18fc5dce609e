"""What the data step works out, told for the charter: what to take from where, how much is enough, labels and split."""

from __future__ import annotations

import math

from scoping import currency as money
from scoping.blocks import Block, Facts, Paragraph, Table
from scoping.charter import Charter
from scoping.data_sources import enough, supply
from scoping.data_sources import labels_and_split as data_sources_labels_and_split
from scoping.data_sources.acquisition import AcquisitionPlan, Sourcing
from scoping.data_sources.supply import QUICK, Supply, Wish
from scoping.errors import CalculationError
from scoping.sections.data_sources import DataSources
from scoping.words import count, number_words, short


def plan(charter: Charter) -> list[Block]:
    """The best way to the amount that is wanted, within budget and days; with none wanted, the most there can be."""
    data: DataSources = charter.data_sources
    if data.wanted_amount is None and data.budget is None and data.wanted_days is None:
        return []
    seen = supply.supply(charter)
    if not seen.offers or len(seen.offers) > QUICK:
        return []
    wish = Wish.MOST if data.wanted_amount is None else Wish.CHEAPEST
    told = list[Block]()
    for title, offers in seen.variants():
        case = Sourcing(offers, data.wanted_amount, supply.budget_of(data), data.wanted_days)
        try:
            answer = supply.planned(case, wish)
            told += _told(answer.plan, len(answer.plans), title, seen) if answer.plan else _none(supply.why_not(case, seen), title)
        except CalculationError as error:
            told.append(Paragraph(str(error)))
    return told


def _told(best: AcquisitionPlan, equal: int, title: str, seen: Supply) -> list[Block]:
    rows = tuple(
        (
            short(t.offer.name, 120),
            seen.much(t.amount),
            seen.much(t.offer.amount),
            seen.money(t.cost),
            f"{math.floor(t.begins)} to {t.there_on}",
        )
        for t in best.takes
    )
    words = f"{seen.much(best.amount)} for {seen.money(best.cost)}, there after {supply.days_words(best.days)}."
    if equal > 1:
        words += f" {equal} plans cost and bring the same; this one is there first."
    heading = f"What to take from where{f', {title[:1].lower()}{title[1:]}' if title else ''}"
    return [Paragraph(words), Table(heading, ("Source", "Take", "Of", "Cost", "Days"), rows)]


def _none(reasons: tuple[str, ...], title: str) -> list[Block]:
    return [Paragraph(f"{f'{title}: no' if title else 'No'} plan keeps the limits. {' '.join(reasons)}")]


def curve(data: DataSources) -> list[Block]:
    """What the learning curve says about the error to reach."""
    if data.target_error is None or not data.learning_points:
        return []
    try:
        line = enough.curve(data)
    except CalculationError as error:
        return [Paragraph(str(error))]
    return [Paragraph(enough.says(line, data.target_error / 100, data.wanted_unit.strip()))]


def labels_and_split(data: DataSources) -> list[Block]:
    """What labelling takes, and a split that keeps the classes."""
    told = list[Block]()
    if effort := data_sources_labels_and_split.effort(data):
        rows = [("Labels", f"{effort.labels:,}"), ("Time of one person", count(number_words(float(f"{effort.days:.3g}")), "day"))]
        if effort.cost is not None:
            rows.append(("Cost of labelling", money.words(effort.cost, data.currency)))
        told.append(Facts(tuple(rows), "What labelling takes"))
    try:
        split = data_sources_labels_and_split.split(data)
    except CalculationError as error:
        return [*told, Paragraph(str(error))]
    if split is None:
        return told
    lines = []
    for name, part, balanced in zip(split.names, split.parts, split.balanced, strict=True):
        low, high = part.range90()
        lines.append(
            (name, f"{sum(balanced.values()):,}", f"{balanced[data_sources_labels_and_split.RARER]:,}", f"{low:,} to {high:,}")
        )
    headers = ("Set", "Examples", "Of the rarer class", "A random split, 90 % range")
    return [
        *told,
        Table("Split that keeps the classes", headers, tuple(lines)),
        *map(Paragraph, data_sources_labels_and_split.split_remarks(split)),
    ]
