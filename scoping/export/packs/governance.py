"""What frameworks of governance ask, and what the charter answers: each with its place, and open places by name. It claims nothing."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from scoping import answers, content
from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.packs.pack import Files, Given, Lack, Pack, line
from scoping.places import Place
from scoping.section import Answer, Fields, FieldSpec, Section, question
from scoping.words import count, short

_ENTRIES = 12
"""Entries of a list that are told; the charter has all of them."""
_LETTERS = 300
_WIDTHS = (12, 44, 46, 70, 46)


@dataclass(frozen=True)
class _Row:
    number: str
    asks: str
    reads: tuple[str, ...]
    who: str


@dataclass(frozen=True)
class Framework:
    """A text that asks something of AI systems, in rows.

    Attributes:
        note: what a reader must know first.
    """

    slug: str
    title: str
    note: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What the charter says to one question.

    Attributes:
        label: part and question, as people read them.
        told: the answers; none where it is open.
        why_open: "" where it is answered.
    """

    label: str
    place: Place
    told: tuple[str, ...] = ()
    why_open: str = ""


@cache
def frameworks() -> tuple[Framework, ...]:
    """All of them."""
    read = tomllib.loads(content.text("governance.toml"))["framework"]
    return tuple(Framework(f["slug"], f["title"], f["note"], tuple(map(_row, f["rows"]))) for f in read)


def _row(told: Mapping[str, Any]) -> _Row:
    return _Row(told["number"], told["asks"], tuple(told["reads"]), told.get("who", ""))


# What the charter says


def _said(charter: Charter, name: str, titles: Mapping[str, Mapping[str, str]]) -> _Said:
    part, *rest = name.split(".")
    section = PART_BY_SLUG[part]
    list_name, field = rest if len(rest) == 2 else ("", rest[0])
    spec = question(section.model_of(list_name), field)
    if list_name:
        return _of_list(charter, section, list_name, spec, titles)
    label, place = f"{section.title}: {spec.label}", Place(part, "", "", field)
    value = charter.part(part)
    if told := _words(spec, value, titles):
        return _Said(label=label, place=place, told=(told,))
    return _Said(label=label, place=place, why_open=_why(value, field))


def _of_list(charter: Charter, section: Section, list_name: str, spec: FieldSpec, titles: Mapping[str, Mapping[str, str]]) -> _Said:
    rows = getattr(charter.part(section.slug), list_name)
    listed = section.lists[list_name]
    where = ", ".join(dict.fromkeys((section.title, listed.title)))
    label = f"{where}: {spec.label}"
    told = [_titled(row.title, words) for row in rows if (words := _words(spec, row, titles))]
    bare = [row for row in rows if not _words(spec, row, titles)]
    place = Place(section.slug, list_name, bare[0].id if bare else "", spec.name if bare else "")
    more = [f"and {len(told) - _ENTRIES} more"] if len(told) > _ENTRIES else []
    why = "nothing is listed yet" if not rows else f"open for {len(bare):,} of {len(rows):,}" if bare else ""
    return _Said(label=label, place=place, told=(*told[:_ENTRIES], *more), why_open=why)


def _titled(title: str, words: str) -> str:
    """What an entry says, after its name where that is something else."""
    return words if words == short(title, _LETTERS) else f"{short(title, 100)}: {words}"


def _words(spec: FieldSpec, value: Fields, titles: Mapping[str, Mapping[str, str]]) -> str:
    if value.answer(spec.name) is not Answer.ANSWERED:
        return ""
    names = titles.get(spec.refers_to) if spec.refers_to else None
    return short(answers.words(spec, getattr(value, spec.name), getattr(value, "currency", "USD"), names), _LETTERS)


def _why(value: Fields, field: str) -> str:
    return "looked at, not known yet" if value.answer(field) is Answer.UNKNOWN else "not answered yet"


def _table(given: Given, framework: Framework) -> Iterator[tuple[str, str, Sequence[_Said], str]]:
    """Number, what is asked, what the charter says, and who answers where a charter does not."""
    titles = given.charter.titles()
    for row in framework.rows:
        yield row.number, row.asks, [_said(given.charter, name, titles) for name in row.reads], row.who


# As texts


def to_outline(given: Given, framework: Framework) -> str:
    """A framework as Markdown."""
    told = [
        f"# {framework.title}",
        f"{line(given.charter.name)}, revision {given.revision} of the charter.",
        f"> {framework.note}",
    ]
    for number, asks, said, who in _table(given, framework):
        told.append(f"## {number}  {asks}")
        told += ["\n".join([f"**{one.label}**", *(f"- {line(words)}" for words in one.told)]) for one in said if one.told]
        if places := _open(said, who):
            told.append("\n".join(["**Open**", *(f"- {line(place)}" for place in places)]))
    return "\n\n".join(told) + "\n"


def _open(said: Sequence[_Said], who: str) -> list[str]:
    places = [f"{one.label} ({one.why_open})" for one in said if one.why_open]
    return [*places, *([f"Not in a charter. Who answers: {who}"] if who else [])]


def to_sheets(given: Given) -> bytes:
    """All frameworks as a workbook, a sheet for each."""
    import xlsxwriter

    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, plain)
    book.set_properties({"title": f"Governance: {given.charter.name}"[:200], "created": given.saved_at.replace(tzinfo=None)})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E2F0ED", "valign": "top", "text_wrap": True})
    for framework in frameworks():
        sheet = book.add_worksheet(framework.slug)
        sheet.write_string(0, 0, framework.title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, f"{framework.note} Revision {given.revision}.")
        for at, (name, width) in enumerate(
            zip(("Number", "What is asked", "Place in the charter", "Answer", "Open"), _WIDTHS, strict=True)
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(2, at, name, head)
        below = 3
        for number, asks, said, who in _table(given, framework):
            for cells in _cells(number, asks, said, who):
                for at, words in enumerate(cells):
                    sheet.write_string(below, at, words, wrapped)
                below += 1
        sheet.freeze_panes(3, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    book.close()
    return file.getvalue()


def _cells(number: str, asks: str, said: Sequence[_Said], who: str) -> Iterator[tuple[str, str, str, str, str]]:
    for one in said:
        yield number, asks, one.label, "\n".join(one.told), one.why_open
    if who or not said:
        yield number, asks, "", "", f"Not in a charter. Who answers: {who}"


# The pack


def _make(given: Given) -> Files:
    texts = {f"{framework.slug}.md": to_outline(given, framework) for framework in frameworks()}
    return {**texts, "governance.xlsx": to_sheets(given)}


def _places(charter: Charter) -> list[_Said]:
    names = dict.fromkeys(name for framework in frameworks() for row in framework.rows for name in row.reads)
    titles = charter.titles()
    return [_said(charter, name, titles) for name in names]


def _told(charter: Charter) -> str:
    said = _places(charter)
    return f"{sum(bool(one.told) for one in said)} of {count(len(said), 'question')} of the charter that they read have an answer; what is open is named."


def _lacks(charter: Charter) -> list[Lack]:
    """Questions that nobody has touched; rows that a list lacks here and there are named in the pack itself."""
    bare = [one for one in _places(charter) if not one.told]
    return (
        [Lack(f"{count(len(bare), 'question')} {'has' if len(bare) == 1 else 'have'} no answer yet.", bare[0].place)]
        if bare
        else []
    )


GOVERNANCE = Pack(
    name="governance.zip",
    label="Governance outlines",
    feeds="Counsel, risk and audit: EU AI Act Annex IV, NIST AI RMF, ISO/IEC 42001. To work from; it claims no compliance.",
    use="Open governance.xlsx, or the Markdown files in a wiki.",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("ethics"),
)
