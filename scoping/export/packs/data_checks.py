"""Checks of data as contracts of the Open Data Contract Standard: for each source with a kept profile, what a new file must be like.

A check rests on what was seen: shares of empty cells, ends of numbers, the few values of a column, whether it tells rows apart. It
has room for chance and for a moderate change; what was never looked at is not checked, and the contract says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from scoping.charter import Charter
from scoping.export.contract import VERSION, file_names
from scoping.export.packs.pack import Files, Given, Lack, Pack, Plain, as_yaml
from scoping.measurement import Method
from scoping.measuring.profile.columns import Column, Holds
from scoping.measuring.profile.drift import MODERATE
from scoping.measuring.profile.result import Result
from scoping.places import Place
from scoping.sections.data_sources import Report, Source
from scoping.words import count, short

_POINTS = 5
"""Points of per cent by which the share of empty cells may grow before it is a finding."""
_VALUES = 20
_TYPES = {Holds.WHOLE: "integer", Holds.NUMBER: "number"}


def reports(charter: Charter) -> Iterator[tuple[Source, Report, Result]]:
    """The last profile of each source that has one which can still be read."""
    data = charter.data_sources
    for source in data.sources:
        for report in reversed(data.reports):
            if report.source == source.id and report.method is Method.PROFILE and (result := _read(report)):
                yield source, report, result
                break


def _read(report: Report) -> Result | None:
    try:
        return Result.model_validate_json(report.result)
    except ValidationError:
        return None


def to_checks(given: Given, source: Source, report: Report, result: Result) -> str:
    """The contract of one source, with the file beside it under `data/` as what it judges."""
    file = short(report.file_name, 200) or "new.csv"
    told: Plain = {
        "apiVersion": VERSION,
        "kind": "DataContract",
        "id": f"{given.project}-{source.id}-checks",
        "name": short(source.title, 200),
        "version": f"0.{given.revision}.0",
        "status": "draft",
        "description": {
            "purpose": short(report.headline, 1000) or "Profile of a file",
            "limitations": f"Checked are {count(len(result.columns), 'column')} of {result.width}, by a profile of {count(result.rows, 'row')}.",
        },
        "servers": [{"server": "file", "type": "local", "path": f"./data/{file}", "format": "csv", "delimiter": ","}],
        "schema": [
            {
                "name": "table",
                "physicalName": "table",
                "logicalType": "object",
                "businessName": short(source.title, 200),
                "properties": [_property(column, result.rows) for column in result.columns],
                "quality": [_rows(result)],
            }
        ],
    }
    return as_yaml(told)


def _rows(result: Result) -> Plain:
    """At least half of the rows: a file cut short is the commonest fault of all."""
    return {
        "type": "library",
        "metric": "rowCount",
        "mustBeGreaterOrEqualTo": max(result.rows // 2, 1),
        "dimension": "completeness",
    }


def _property(column: Column, rows: int) -> Plain:
    told: Plain = {"name": column.name, "logicalType": _TYPES.get(column.holds, "string")}
    quality = list(_quality(column, rows))
    return {**told, **_ends(column), **({"quality": quality} if quality else {})}


def _quality(column: Column, rows: int) -> Iterator[Plain]:
    if rows and column.missing < rows:
        most = min(math.ceil(100 * column.missing / rows) + _POINTS, 100)
        yield {
            "type": "library",
            "metric": "nullValues",
            "unit": "percent",
            "mustBeLessOrEqualTo": most,
            "dimension": "completeness",
        }
    if column.is_withheld:
        return
    values = [value for value, _ in column.commonest]
    if column.holds is Holds.TEXT and 0 < len(values) == column.different <= _VALUES and not column.margin:
        yield _valid(values)
    if column.is_identifier and not column.margin and column.different == rows - column.missing:
        yield {"type": "library", "metric": "duplicateValues", "mustBe": 0, "dimension": "uniqueness"}


def _valid(values: list[str]) -> Plain:
    most = round(100 * MODERATE)
    return {
        "type": "library",
        "metric": "invalidValues",
        "arguments": {"validValues": values},
        "unit": "percent",
        "mustBeLessOrEqualTo": most,
        "dimension": "conformity",
    }


def _ends(column: Column) -> Plain:
    """Beyond the ends by more than a tenth of their distance lies nothing that was ever seen."""
    spread = column.spread
    if column.is_withheld or column.counts_up or spread is None or column.holds not in _TYPES:
        return {}
    room = MODERATE * (spread.high - spread.low) or abs(spread.high) * MODERATE or 1.0
    low, high = spread.low - room, spread.high + room
    ends = (math.floor(low), math.ceil(high)) if column.holds is Holds.WHOLE else (low, high)
    return {"logicalTypeOptions": dict(zip(("minimum", "maximum"), ends, strict=True))}


def _make(given: Given) -> Files:
    found = list(reports(given.charter))
    names = file_names(source for source, _, _ in found)
    return {name: to_checks(given, *one) for name, one in zip(names, found, strict=True)}


def _told(charter: Charter) -> str:
    found = list(reports(charter))
    columns = sum(len(result.columns) for _, _, result in found)
    return f"Checks of {count(columns, 'column')} of {count(len(found), 'data source')}: rows, empty cells, ranges, values."


def _lacks(charter: Charter) -> list[Lack]:
    known = {source.id for source, _, _ in reports(charter)}
    bare: list[Any] = [s for s in charter.data_sources.sources if s.id not in known]
    if not bare:
        return []
    does = "has" if len(bare) == 1 else "have"
    return [Lack(f"{count(len(bare), 'source')} {does} no profile of a file.", Place("data_sources", "reports"))]


DATA_CHECKS = Pack(
    name="data-checks.zip",
    label="Data checks",
    feeds="The tool datacontract, and through it Great Expectations, Soda and dbt: whether a new file is like the one that was looked at.",
    use="datacontract test FILE.odcs.yaml",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("data_sources", "reports"),
)
