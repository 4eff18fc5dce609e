"""What the data step works out, told for the charter: what to take from where, how much is enough, labels and split."""

from __future__ import annotations

import math
from typing import Any

from scoping import currency as money
from scoping import data_plan as figures
from scoping.acquisition import Case, Plan
from scoping.answers import number_words
from scoping.blocks import Block, Facts, Paragraph, Table
from scoping.data_plan import QUICK, Supply, Wish
from scoping.errors import CalculationError
from scoping.section import short
from scoping.sections.data_sources import DataSources


def plan(charter: Any) -> list[Block]:
    """The best way to the amount that is wanted, within budget and days; with none wanted, the most there can be."""
    data: DataSources = charter.part("data_sources")
    if data.wanted_amount is None and data.budget is None and data.wanted_days is None:
        return []
    seen = figures.supply(charter)
    if not seen.offers or len(seen.offers) > QUICK:
        return []
    wish = Wish.MOST if data.wanted_amount is None else Wish.CHEAPEST
    told = list[Block]()
    for title, offers in seen.variants():
        case = Case(offers, data.wanted_amount, figures.budget_of(data), data.wanted_days)
        try:
            answer = figures.planned(case, wish)
            told += _told(answer.plan, len(answer.plans), title, seen) if answer.plan else _none(figures.why_not(case, seen), title)
        except CalculationError as error:
            told.append(Paragraph(str(error)))
    return told


def _told(best: Plan, equal: int, title: str, seen: Supply) -> list[Block]:
    rows = tuple(
        (
            short(t.offer.name, 120),
            seen.much(t.amount),
            seen.much(t.offer.amount),
            seen.money(t.cost),
            f"{math.floor(t.begins)} to {math.ceil(t.ends - 1e-6)}",
        )
        for t in best.takes
    )
    words = f"{seen.much(best.amount)} for {seen.money(best.cost)}, there after {figures.days_words(best.days)}."
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
        line = figures.curve(data)
    except CalculationError as error:
        return [Paragraph(str(error))]
    return [Paragraph(figures.says(line, data.target_error / 100, data.wanted_unit.strip()))]


def labels_and_split(data: DataSources) -> list[Block]:
    """What labelling takes, and a split that keeps the classes."""
    told = list[Block]()
    if effort := figures.effort(data):
        rows = [("Labels", f"{effort.labels:,}"), ("Time of one person", f"{number_words(float(f'{effort.days:.3g}'))} days")]
        if effort.cost is not None:
            rows.append(("Cost of labelling", money.words(effort.cost, data.currency)))
        told.append(Facts(tuple(rows), "What labelling takes"))
    try:
        split = figures.split(data)
    except CalculationError as error:
        return [*told, Paragraph(str(error))]
    if split is None:
        return told
    lines = []
    for name, part, balanced in zip(split.names, split.parts, split.balanced, strict=True):
        low, high = part.range90()
        lines.append((name, f"{sum(balanced.values()):,}", f"{balanced[figures.RARER]:,}", f"{low:,} to {high:,}"))
    headers = ("Set", "Examples", "Of the rarer class", "A random split, 90 % range")
    return [*told, Table("Split that keeps the classes", headers, tuple(lines)), *map(Paragraph, figures.split_remarks(split))]
