"""Any charter at all, built from the models' own questions, so that a new question or part is covered unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from scoping.charter import PARTS, Charter
from scoping.section import Fields, FieldSpec, Kind, Section, questions

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "a | b || c",
    "# heading\n- list\n1. one\n> quote\n    code",
    "**bold** _it_ `code` ~~no~~ $x$ [link](http://x.y) ![pic](x)",
    "https://example.org www.example.org",
    "=1+1",
    "سلام ۱۲۳ world",
    "שלום \u202eabc",
    "e\u0301 é 👩‍🚀 漢字",
    "\\ \\| &lt; &amp; {{ 7*7 }} {% raw %}",
    "quote \" and ' ]]> --> \u2028 end",
)
"""Texts that have broken documents, tables, sheets or pages somewhere before."""

_IDS = st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True)
_POOL = st.sampled_from(("a", "b", "c", "gone"))
"""Ids that links and records share, so that links often find their record and sometimes do not."""


def texts(longest: int) -> st.SearchStrategy[str]:
    """Plain, hostile and blank texts of at most `longest` characters."""
    made = st.text(st.characters(exclude_categories=("Cs",)), max_size=min(longest, 40))
    return st.one_of(made, st.sampled_from(HOSTILE).map(lambda t: t[:longest]), st.just(""))


def _integers(spec: FieldSpec) -> st.SearchStrategy[int]:
    return st.integers(int(spec.minimum if spec.minimum is not None else -(10**15)), int(spec.maximum or 10**15))


def _numbers(spec: FieldSpec) -> st.SearchStrategy[float]:
    return st.floats(spec.minimum, spec.maximum, allow_nan=False, allow_infinity=False)


_OF_KIND: dict[Kind, Callable[[FieldSpec], st.SearchStrategy[Any]]] = {
    Kind.TEXT: lambda spec: texts(spec.max_length or 300),
    Kind.LONG: lambda spec: texts(spec.max_length or 10_000),
    Kind.INTEGER: _integers,
    Kind.NUMBER: _numbers,
    Kind.MONEY: _integers,
    Kind.DATE: lambda _: st.dates(),
    Kind.CHOICE: lambda spec: st.sampled_from(spec.choices),
    Kind.LINK: lambda _: st.one_of(st.just(""), _POOL),
    Kind.LINKS: lambda _: st.lists(_POOL, max_size=3, unique=True).map(tuple),
}


def answers(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Values of one question, blank ones included."""
    given = _OF_KIND[spec.kind](spec)
    may_be_none = spec.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.CHOICE) and not spec.assumed
    return st.one_of(st.none(), given) if may_be_none else given


def _fields(model: type[Fields], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    specs = questions(model)
    given = {spec.name: answers(spec) for spec in specs}
    unknown = st.lists(st.sampled_from([spec.name for spec in specs]), max_size=3).map(tuple)
    return st.fixed_dictionaries({}, optional={**given, "unknown": unknown}).flatmap(
        lambda values: st.fixed_dictionaries(more).map(lambda extra: model(**values, **extra))
    )


def entries(section: Section, list_name: str, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Records of one list, each with an id of its own."""
    record = _fields(section.lists[list_name].record, id=st.one_of(_POOL, _IDS))
    return st.lists(record, max_size=most, unique_by=lambda row: row.id).map(tuple)


def parts(section: Section) -> st.SearchStrategy[Any]:
    """Values of one part."""
    return _fields(section.model, **{name: entries(section, name) for name in section.lists})


def charters() -> st.SearchStrategy[Any]:
    """Whole charters, from empty ones to full ones."""
    return st.fixed_dictionaries({}, optional={part.slug: parts(part) for part in PARTS}).map(lambda values: Charter(**values))
