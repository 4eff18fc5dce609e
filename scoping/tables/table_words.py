"""Words that tell what a column of somebody's table holds, kept in a text file in scoping/content."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from scoping import content


@dataclass(frozen=True)
class Personal:
    """A kind of personal data.

    Attributes:
        titles: what columns with it are called; the file says how they are compared.
        holds: what the cells must hold for such a title to count.
        is_shown: whether values may be shown, since they tell about nobody in particular.
    """

    id: str
    title: str
    titles: tuple[str, ...]
    holds: frozenset[str]
    is_shown: bool


@dataclass(frozen=True)
class TableWords:
    """All of them.

    Attributes:
        missing: marks of programs where there is no value, in lower case; `missing_as_written` in just this spelling.
        not_known: words of people for "not known", in lower case, which may be answers in a column of text.
        yes_no: cells that answer yes or no, in lower case.
    """

    missing: frozenset[str]
    missing_as_written: frozenset[str]
    not_known: frozenset[str]
    yes_no: frozenset[str]
    personal: tuple[Personal, ...]


@cache
def table_words() -> TableWords:
    """The words of the file."""
    read = tomllib.loads(content.text("table_words.toml"))
    return TableWords(
        missing=frozenset(read["missing"]),
        missing_as_written=frozenset(read["missing_as_written"]),
        not_known=frozenset(read["not_known"]),
        yes_no=frozenset(read["yes_no"]),
        personal=tuple(
            Personal(one["id"], one["title"], tuple(one["titles"]), frozenset(one["holds"]), one.get("is_shown", False))
            for one in read["personal"]
        ),
    )
