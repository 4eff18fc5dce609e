"""The chapter on data sources."""

from __future__ import annotations

from scoping import currency as money
from scoping.blocks import Block, Facts
from scoping.data_sources.inventory import DIMENSIONS
from scoping.document.reader import Column, Reader
from scoping.sections.data_sources import Source, total_amount, total_cost, unpriced
from scoping.words import count, number_words


def _unit_cost(source: Source) -> str:
    if source.unit_cost is None:
        return ""
    minor = round(source.unit_cost)
    return money.words(minor, source.currency) if minor or not source.cost else f"under {money.words(1, source.currency)}"


def data(r: Reader) -> list[Block]:
    from scoping.data_sources import words as data_sources_words  # with scipy, which nothing else here needs

    part = r.charter.data_sources
    columns = ("name", "origin", "amount", "cost", Column("Cost per unit", _unit_cost), "days", "quality", "privacy")
    totals = [(f"Total cost in {c}", _with_gap(money.words(m, c), unpriced(part), "no cost")) for c, m in total_cost(part).items()]
    totals += [
        (f"Total amount in {unit}" if unit else "Total amount without a unit", number_words(amount))
        for unit, amount in total_amount(part).items()
    ]
    return [
        *r.said("data_sources"),
        *r.entries("data_sources", "sources", ("Sources", columns), ("Quality from 0 to 3", ("name", *DIMENSIONS))),
        *([Facts(tuple(totals), "All sources together")] if totals else []),
        *data_sources_words.plan(r.charter),
        *data_sources_words.labels_and_split(part),
        *r.entries("data_sources", "cases", ("Edge cases and their agreed labels", ("case", "label", "decided_by", "reason"))),
        *r.entries(
            "data_sources",
            "pipelines",
            ("Steps of the data", ("step", "reads_sources", "reads_steps", "makes", "breaks", "monitors", "downstream")),
            ("From proof of concept to production", ("step", "poc_how", "replicable", "from_milestone", "owner")),
        ),
        *r.entries(
            "data_sources",
            "additions",
            ("Data to add", ("what", "group", "way", "amount", "cost", "days")),
            ("Will it help?", ("what", "realistic", "people_do_well", "fails_today", "tells_apart")),
        ),
        *r.entries("data_sources", "learning_points", ("Learning curve", ("size", "error", "measured_on", "source"))),
        *data_sources_words.curve(part),
        *r.kept(part.reports),
    ]


def _with_gap(total: str, left_out: int, what: str) -> str:
    return f"{total}; {count(left_out, 'source')} with {what} yet" if left_out else total
