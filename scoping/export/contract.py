"""Data contracts after the Open Data Contract Standard v3.1.0, in YAML, one for each data source.

What nobody has answered is absent and listed as open, so that no tool downstream takes a blank for a promise.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from scoping import answers
from scoping import currency as money
from scoping.charter import Charter
from scoping.data_sources.inventory import BEST, DIMENSIONS, rating
from scoping.section import Answer, FieldSpec, Kind, is_blank, question, questions
from scoping.sections.data_sources import DataSources, Origin, Report, Source

VERSION = "v3.1.0"
_THEIR_NAMES = {"accuracy": "accuracy", "timeliness": "timeliness", "coherence": "consistency"}
"""What the standard calls dimensions of quality; it has no name for the others."""
_LIMITS = ("known_bias", "recent_change")
_PLACED = ("name", "owner", "rights", "contents", "refresh", "retention", "stored_where", "lead_days", *_LIMITS, *DIMENSIONS)
"""Answers for which the standard has a place of its own."""

Plain = dict[str, Any]


def to_contract(charter: Charter, source: Source, *, project: str, revision: int, saved_at: datetime) -> str:
    """The contract of one source.

    Args:
        project: id of the project, which makes the contract's id unique.
    """
    import yaml

    contract = _contract(charter, source, project, revision, saved_at)
    return str(yaml.safe_dump(contract, sort_keys=False, allow_unicode=True, width=120))


def to_contracts(charter: Charter, *, project: str, revision: int, saved_at: datetime) -> bytes:
    """A zip file with the contract of every source; the same charter gives the same bytes."""
    data: DataSources = charter.data_sources
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, source in zip(file_names(data.sources), data.sources, strict=True):
            text = to_contract(charter, source, project=project, revision=revision, saved_at=saved_at)
            pack.writestr(zipfile.ZipInfo(name, saved_at.astimezone(UTC).timetuple()[:6]), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def file_names(sources: Iterable[Source]) -> tuple[str, ...]:
    """Names for the contracts of some sources, no two alike in any case."""
    taken: set[str] = set()
    names = []
    for source in sources:
        base = name = _slug(source.title)
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        names.append(f"{name}.odcs.yaml")
    return tuple(names)


def _slug(title: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    return "-".join(words)[:60] or "source"


def _contract(charter: Charter, source: Source, project: str, revision: int, saved_at: datetime) -> Plain:
    data: DataSources = charter.data_sources
    contract = {
        "apiVersion": VERSION,
        "kind": "DataContract",
        "id": f"{project}-{source.id}",
        "name": source.title,
        "version": f"0.{revision}.0",
        "status": "proposed" if source.origin is Origin.WISHED else "draft",
        "dataProduct": charter.name,
        "description": _known(purpose=_purpose(data), usage=source.rights, limitations=_limitations(source)),
        "servers": [_server(source.stored_where)] if source.stored_where.strip() else [],
        "schema": [_schema(source)],
        "price": _price(source),
        "team": {"members": [{"username": source.owner, "role": "owner"}]} if source.owner.strip() else {},
        "slaProperties": _promises(source),
        "customProperties": [*_others(source), *_reports(data, source), *_open(source)],
        "contractCreatedTs": saved_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    return _known(**contract)


def _known(**values: Any) -> Plain:
    """Values without those that say nothing."""
    return {name: value for name, value in values.items() if not (is_blank(value) or value in ([], {}))}


def _purpose(data: DataSources) -> str:
    """What the data is to serve: input and target as the team defined them."""
    asked = (("Input", data.input_x), ("Target", data.target_y))
    return "\n".join(f"{word}: {text.strip()}" for word, text in asked if text.strip())


def _limitations(source: Source) -> str:
    return "\n".join(f"{question(Source, name).label}: {text}" for name in _LIMITS if (text := getattr(source, name).strip()))


def _server(place: str) -> Plain:
    return {"server": "storage", "type": "custom", "description": place}


def _schema(source: Source) -> Plain:
    quality = [_rating(source, name) for name in DIMENSIONS if rating(source, name) is not None]
    return _known(
        name=_slug(source.title),
        logicalType="object",
        businessName=source.title,
        dataGranularityDescription=source.contents,
        quality=quality,
    )


def _rating(source: Source, name: str) -> Plain:
    spec, choice = question(Source, name), getattr(source, name)
    return _known(
        type="text",
        name=spec.label,
        dimension=_THEIR_NAMES.get(name),
        description=f"Rated {choice.value} of {BEST}: {choice.label.removeprefix(choice.value).strip()}. {spec.help}".strip(),
        customProperties=[
            {"property": "rating", "value": rating(source, name)},
            {"property": "highestRating", "value": BEST},
        ],
    )


def _price(source: Source) -> Plain:
    """The price of one unit beyond the fixed part of the cost; that of the whole where no amount is known."""
    if source.cost is None:
        return {}
    beyond = source.cost - (source.fixed_cost or 0)
    each = float(money.to_major(beyond, source.currency)) / source.amount if source.amount and beyond >= 0 else math.inf
    if math.isfinite(each):
        amount, unit = each, source.unit.strip() or "unit"
    else:
        amount, unit = float(money.to_major(source.cost, source.currency)), "the whole source"
    return {"priceAmount": _number(float(f"{amount:.12g}")), "priceCurrency": source.currency.value, "priceUnit": unit}


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _promises(source: Source) -> list[Plain]:
    """What the standard calls service levels: when the first data is there, how often it is renewed, how long it is kept."""
    first = ("lead_days", source.lead_days) if source.lead_days is not None else ("days", source.days)
    promises = []
    if first[1] is not None:
        promises.append({"property": "latency", "value": first[1], "unit": "d", "description": question(Source, first[0]).label})
    for name, field in (("frequency", "refresh"), ("retention", "retention")):
        if text := getattr(source, field).strip():
            promises.append({"property": name, "value": text, "description": question(Source, field).label})
    return promises


def _others(source: Source) -> list[Plain]:
    """Every other answer under its own name, with raw values, so that programs in any language read the same."""
    return [
        {"property": _camel(spec.name), "value": _raw(source, spec), "description": _words(source, spec)}
        for spec in questions(Source)
        if spec.name not in _PLACED and source.answer(spec.name) is Answer.ANSWERED
    ]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _raw(source: Source, spec: FieldSpec) -> Any:
    value = getattr(source, spec.name)
    match spec.kind:
        case Kind.MONEY:
            return _number(float(money.to_major(value, source.currency)))
        case Kind.CHOICE:
            return value.value
        case Kind.NUMBER:
            return _number(value)
        case _:
            return value


def _words(source: Source, spec: FieldSpec) -> str:
    """What the value means, where it does not say so itself."""
    if spec.kind in (Kind.CHOICE, Kind.MONEY) or spec.unit:
        return f"{spec.label}: {answers.words(spec, getattr(source, spec.name), source.currency)}"
    return spec.label


def _reports(data: DataSources, source: Source) -> list[Plain]:
    """What was measured on files of this source."""
    reports = [_report(r) for r in data.reports if r.source == source.id]
    return [{"property": "reports", "value": reports, "description": "Profiles of files"}] if reports else []


def _report(report: Report) -> Plain:
    day = report.measured_on and report.measured_on.isoformat()
    return _known(result=report.headline, file=report.file_name, sha256=report.file_hash, rows=report.rows, measuredOn=day)


def _open(source: Source) -> list[Plain]:
    """The questions without an answer: those that the team knows it cannot answer yet, and those that nobody has looked at."""
    kinds: Sequence[tuple[str, Answer, str]] = (
        ("notKnownYet", Answer.UNKNOWN, "Looked at, and not known yet"),
        ("openQuestions", Answer.BLANK, "Not answered yet"),
    )
    return [
        {"property": name, "value": labels, "description": words}
        for name, state, words in kinds
        if (labels := [spec.label for spec in questions(Source) if source.answer(spec.name) is state])
    ]
