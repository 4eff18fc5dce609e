"""A project as browsers hold it: the whole document once, then every change. Both are written by the same few functions.

A cell is what is typed in a field, or `[value, typed]` where the plain value is not the same; blank cells are left out of the
document. Changes tell values as they are by now, so an event that comes twice or late does no harm. Their numbers have no gaps. In
each, rows that are gone go first; those that come stand at their place in the list as it is then; an order counts above all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts import steps
from pages.parts.addresses import DOCUMENT_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping import editing
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.content import glossary, kinds
from scoping.document.one_page import Gap, Piece, one_page
from scoping.errors import UnknownProjectError
from scoping.ethics import consequences
from scoping.findings import Finding
from scoping.health import Standing
from scoping.merge import AFTER, OWN, Edit, Key, Plain, entries_at
from scoping.places import Place, Places
from scoping.section import FieldSpec, Kind, Section, questions
from scoping.sections.project import SECTION as PROJECT
from scoping.sections.project import ProjectKind
from scoping.signing.asked import asked_first
from scoping.signing.effort import minutes
from scoping.signing.signatures import Stand
from scoping.words import isolated_names, ms
from storage.history import Revision
from storage.opened import Opened
from storage.portfolio.health import first_day

Event = dict[str, Any]
_YEAR = 365 * 86_400
FINDINGS_AT_MOST = 100
"""Told of each kind and part; the rest is counted: lists of thousands find thousands of things missing."""
NEXT = 3
"""Missing things that are named as the next ones to do."""
NAMED = 12
"""Missing things of one condition that are named; whoever has put these right sees the next."""
ALL = "*"
"""Stands for all fields of a record."""


def as_json(told: Any) -> bytes:
    """JSON as short as it can be."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


# Cells


def cells(section: Section, list_name: str, entry: Plain, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The cells of an entry: those that hold something, or those that are named."""
    wanted = None if names is None else set(names)
    found: dict[str, Any] = {}
    for spec in questions(section.model_of(list_name)):
        if spec.machine or (wanted is not None and spec.name not in wanted):
            continue
        value, typed = entry[spec.name], editing.shown(section, entry, list_name, spec.name)
        if wanted is None and not typed:
            continue
        found[spec.name] = typed if value == typed else [value, typed]
    return found


def whole(section: Section, list_name: str, entry: Plain, changed: Iterable[str]) -> dict[str, Any]:
    """The cells of a record that is told as a whole: those left out are blank, but for those that were changed to be."""
    return cells(section, list_name, entry) | cells(section, list_name, entry, changed)


def touched(section: Section, edits: Iterable[Edit]) -> dict[Key, set[str]]:
    """The fields in which edits are seen; `"*"` stands for a record that came or went."""
    found: dict[Key, set[str]] = {}
    for edit in edits:
        names = found.setdefault(edit.key, set())
        match edit.field:
            case "":
                names.add(ALL)
            case "unknown":
                names |= set(edit.before or ()) ^ set(edit.after or ())
            case "currency":
                names |= {"currency", *(q.name for q in questions(section.model_of(edit.list)) if q.kind is Kind.MONEY)}
            case name if name != AFTER:
                names.add(name)
    return found


# The document


@cache
def _referred_to() -> frozenset[str]:
    """The lists that links lead to."""
    return frozenset(q.refers_to for part in PARTS for name in ("", *part.lists) for q in questions(part.model_of(name)))


def _is_told(section: Section, list_name: str) -> bool:
    """Whether browsers hold a list: one that people fill, or of whose entries links tell the names."""
    return not section.lists[list_name].machine or f"{section.slug}.{list_name}" in _referred_to()


def _document(opened: Opened) -> tuple[bytes, bytes]:
    told = {
        "number": opened.stamp.number,
        "name": opened.charter.name,
        "archived": opened.is_archived,
        "schema": schema_hash(),
        "parts": {section.slug: _part(section, opened) for section in PARTS},
        "derived": derived(opened),
    }
    plain = as_json(told)
    return plain, _packed(plain)


def _part(section: Section, opened: Opened) -> dict[str, Any]:
    value = opened.charter.part(section.slug)
    lists = {
        name: [[row.id, cells(section, name, row.model_dump(mode="json"))] for row in getattr(value, name)]
        for name in section.lists
        if _is_told(section, name)
    }
    return {"own": cells(section, "", entries_at(section, value, [OWN])[OWN]), "lists": lists}


def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, compresslevel=6, mtime=0)


# What follows from the answers


def derived(opened: Opened) -> dict[str, Any]:
    """What is missing to sign, health, and advice: worked out once for a revision, as the save needs most of it."""
    return opened.once("derived", _derived)


def _derived(opened: Opened) -> dict[str, Any]:
    places = Places(opened.charter)
    spans = opened.standings(first_day(datetime.now(UTC)))
    return {
        "sign": _to_sign(opened, places),
        "page": _page(opened),
        "health": [[s.first.isoformat(), *_health_words(s.value)] for s in spans],
        "parts": {section.slug: _derived_part(section, opened, places) for section in PARTS},
    }


def _to_sign(opened: Opened, places: Places) -> dict[str, Any]:
    """The sixteen conditions, and of each what is missing as far as it is named."""
    overview = opened.overview

    def told(finding: Finding) -> list[Any]:
        at = places.of(finding)
        return [isolated_names(finding.message), finding.is_unknown, at.part, _spelt(at), minutes(finding, at)]

    return {
        "met": overview.met,
        "of": len(overview.conditions),
        "next": [told(f) for f in overview.missing[:NEXT]],
        "left": max(0, len(overview.missing) - NEXT),
        "signed": [isolated_names(s.name) for s in opened.signing.of(Stand.HOLDS)],
        "conditions": [
            [c.number, c.part, c.sentence, [told(f) for f in c.missing[:NAMED]], max(0, len(c.missing) - NAMED)]
            for c in overview.conditions
        ],
    }


def _page(opened: Opened) -> dict[str, Any]:
    """The charter on one page. A piece is its words and how sure they are, or with the place where it is put right."""
    page = one_page(opened.charter, opened.overview)

    def piece(one: Piece) -> list[Any]:
        if isinstance(one, Gap):
            return [one.text, "unknown" if one.is_unknown else "", one.place.part, _spelt(one.place)]
        return [one.text, one.look.value]

    return {
        "rows": [[row.key, row.title, [piece(p) for p in row.pieces], row.written_in] for row in (page.asked, *page.rows)],
        "decisions": [[d.text, d.who, d.due.isoformat() if d.due else "", d.place.part, _spelt(d.place)] for d in page.decisions],
    }


def _spelt(at: Place) -> str:
    return f"{at.list}.{at.record}.{at.field}"


def _health_words(standing: Standing) -> list[str | None]:
    late_since = standing.late_since.isoformat() if standing.late_since else None
    return [standing.word.value, standing.word.label, standing.reason, late_since]


def _derived_part(section: Section, opened: Opened, places: Places) -> dict[str, Any]:
    overview, slug = opened.overview, section.slug

    def place(finding: Finding) -> str:
        return _spelt(places.of(finding))

    advice = overview.of(slug)
    needed: dict[tuple[str, str], Finding] = {}
    for condition in sorted(overview.conditions, key=lambda c: c.part != slug):
        for finding in condition.missing:
            if slug in (condition.part, finding.part):
                needed.setdefault((finding.code, finding.record), finding)
    first = list(needed.values())[:FINDINGS_AT_MOST]
    return {
        "done": overview.is_done(slug),
        # Of what another part lacks for a condition of this one, the part is told too.
        "open": [[isolated_names(f.message), f.is_unknown, place(f), *([f.part] if f.part != slug else [])] for f in first],
        "advice": [[isolated_names(f.message), place(f)] for f in advice[:FINDINGS_AT_MOST]],
        "left": [len(needed) - len(first), max(0, len(advice) - FINDINGS_AT_MOST)],
        # Tabs that nothing calls for yet.
        **({"hidden": ["depth"]} if slug == "ethics" and not consequences.of(opened.charter.ethics).is_called_for else {}),
    }


def newly_derived(now: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any]:
    """What somebody does not know yet who was told the one and is to know the other; of parts, those that changed."""
    if told is None:
        return now
    fresh = {name: now[name] for name in ("sign", "page", "health") if now[name] != told[name]}
    parts = {slug: part for slug, part in now["parts"].items() if part != told["parts"][slug]}
    return {**fresh, "parts": parts} if parts else fresh


# Changes


def changes(opened: Opened, revisions: Sequence[Revision]) -> list[Event]:
    """Revisions as browsers apply them, oldest first.

    Args:
        opened: the project as it is after the last of them.
    """
    events = [_event(opened, revision) for revision in revisions]
    orders: dict[tuple[str, str], Event] = {}
    for revision, event in zip(revisions, events, strict=True):
        for name in _reordered(opened, revision, event, is_alone=len(revisions) == 1):
            orders[(revision.part, name)] = event
    for (part, name), event in orders.items():
        # Told last, so that it counts whatever rows came and went before.
        rows = getattr(opened.charter.part(part), name)
        event.setdefault("order", []).append([name, [row.id for row in rows]])
    return events


def _event(opened: Opened, revision: Revision) -> Event:
    section = PART_BY_SLUG[revision.part]
    value = opened.charter.part(revision.part)
    event: Event = {"number": revision.number, "part": revision.part, "by": revision.by, "at": ms(revision.at)}
    fields = {key: names for key, names in touched(section, revision.edits).items() if not key[0] or _is_told(section, key[0])}
    entries = entries_at(section, value, fields)
    rows = []
    for (name, record), names in fields.items():
        entry = entries.get((name, record))
        if entry is None:
            event.setdefault("gone", []).append([name, record])
        elif ALL in names:
            rows.append((name, record, whole(section, name, entry, names)))
        elif names:
            event.setdefault("set", []).append([name, record, cells(section, name, entry, names)])
    if rows:
        places = {name: {row.id: at for at, row in enumerate(getattr(value, name))} for name in {name for name, _, _ in rows}}
        # In the order of their places, so that each stands right when it is put in.
        event["rows"] = sorted(([n, r, places[n][r], c] for n, r, c in rows), key=lambda row: (row[0], row[2]))
    if section is PROJECT:
        event |= {"name": opened.charter.name, "archived": opened.is_archived}
    return event


def _reordered(opened: Opened, revision: Revision, event: Event, *, is_alone: bool) -> set[str]:
    """The lists whose order is told: where rows were moved, or came in anywhere but at the end."""
    section = PART_BY_SLUG[revision.part]
    came: dict[str, list[int]] = {}
    for name, _, place, _ in event.get("rows", ()):
        came.setdefault(name, []).append(place)
    lengths = {name: len(getattr(opened.charter.part(revision.part), name)) for name in came}
    inside = {name for name, places in came.items() if min(places) != lengths[name] - len(places)}
    moved = {edit.list for edit in revision.edits if edit.field == AFTER}
    # Of several revisions at once, rows that came with one may have gone with the next.
    shifted = set() if is_alone else {*came, *(name for name, _ in event.get("gone", ()))}
    return {name for name in inside | moved | shifted if _is_told(section, name)}


# The words of all questions


def _asked(section: Section, list_name: str) -> list[dict[str, Any]]:
    of_kinds = kinds.examples(section.slug, list_name)
    first = asked_first(section.slug, list_name)
    return [
        _words(spec, of_kinds.get(spec.name, {})) | ({"first": True} if spec.name in first else {})
        for spec in questions(section.model_of(list_name))
        if not spec.machine
    ]


def _words(q: FieldSpec, of_kinds: dict[str, str]) -> dict[str, Any]:
    words = {
        "name": q.name,
        "kind": q.kind,
        "label": q.label,
        "help": q.help,
        "unit": q.unit,
        "core": q.core,
        "tabled": q.tabled,
        "example": q.example,
        "examples": of_kinds,
        "terms": _terms(q.label) | _terms(q.help),
        "refers": q.refers_to,
        "assumed": q.assumed,
        "sealed": q.sealed,
        "sealedBy": q.sealed_by,
        "topic": q.topic,
        "max": q.max_length,
        "choices": [[c.value, c.label] for c in q.choices],
    }
    return {name: value for name, value in words.items() if value}


def _terms(sentence: str) -> dict[str, str]:
    """The words of a sentence that are explained, with what they mean."""
    return {written: meant.means for written, meant in glossary.pieces(sentence) if meant}


def _of_kinds(section: Section, told: Callable[[Section, ProjectKind | None], str]) -> dict[str, str]:
    """What is told of a step by the kind of project; "" for all other kinds."""
    neutral = told(section, None)
    return {"": neutral} | {kind: words for kind in ProjectKind if (words := told(section, kind)) != neutral}


def _section_words(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "icon": section.icon,
        "question": section.question,
        "why": section.why,
        "good": _of_kinds(section, kinds.good),
        "poor": _of_kinds(section, kinds.poor),
        "page": steps.page(section.slug),
        "tabs": steps.held(section.slug),
        "own": _asked(section, ""),
        "lists": {
            name: {
                "title": spec.title,
                "singular": spec.singular,
                "begin": spec.begin,
                "tells": spec.tells,
                "fields": _asked(section, name),
                **({"lasting": spec.lasting} if spec.lasting else {}),
            }
            for name, spec in section.lists.items()
            if _is_told(section, name)
        },
    }


@cache
def _schema() -> tuple[bytes, bytes]:
    """Every question in its own words; the same for all projects."""
    plain = as_json({section.slug: _section_words(section) for section in PARTS})
    return plain, _packed(plain)


@cache
def schema_hash() -> str:
    """Names the words of the questions: an address that holds it may be kept for ever."""
    return hashlib.sha256(_schema()[0]).hexdigest()[:16]


# Routes


def _answer(request: Request, both: tuple[bytes, bytes], kept: str) -> Response:
    plain, packed = both
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(plain, media_type="application/json", headers=headers)
    return Response(packed, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})


@guarded
async def document(request: Request) -> Response:
    """The whole project."""

    def read() -> tuple[bytes, bytes]:
        return handling.store().open(request.path_params["project"]).once("document", _document)

    return _answer(request, await handling.in_turn(handling.READING, read), "no-store")


@guarded
async def schema(request: Request) -> Response:
    """The words of all questions, under the hash of them."""
    if request.path_params["hash"] != schema_hash():
        raise UnknownProjectError("The questions have new words.", "Reload the page.")
    return _answer(request, _schema(), f"public, max-age={_YEAR}, immutable")


ROUTES = [
    Route(f"/{DOCUMENT_URL}", document),
    Route("/api/v1/schema/{hash}", schema),
]
