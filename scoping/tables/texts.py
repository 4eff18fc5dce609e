"""Columns of text as files have them: without blanks around, their patterns, and their marks for "missing"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from scoping.tables.table import Values
from scoping.tables.table_words import table_words

FIRST = 100
"""Texts that mostly tell already what a column does not hold."""


def trimmed(column: Values) -> Values:
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def missing_marks(different: pa.Array, values: Collection[str] | None = ()) -> pa.Array:
    """Which texts are marks for "missing" (see `missingness.is_missing`).

    Args:
        values: marks that are answers; None where all are, because the others have been taken out before.
    """
    if values is None:
        return pc.is_in(different, pa.array([], different.type))
    known = table_words()
    marks = pc.or_(among(pc.utf8_lower(different), known.missing), among(different, known.missing_as_written))
    return pc.and_not(marks, among(different, values)) if values else marks


def marks(columns: Mapping[str, Values]) -> tuple[str, ...]:
    """The different marks for "missing" that stand in columns of text."""
    seen: dict[str, None] = {}
    for column in columns.values():
        if pa.types.is_string(column.type):
            different = pc.unique(trimmed(column)).drop_null()
            seen |= dict.fromkeys(different.filter(missing_marks(different)).to_pylist())
    return tuple(seen)


def among(texts: pa.Array, wanted: Collection[str]) -> pa.Array:
    return pc.is_in(texts, pa.array(sorted(wanted), texts.type))


def all_match(known: pa.Array, pattern: str) -> bool:
    """Whether all match; the first few mostly tell that they do not."""
    return all(pc.all(pc.match_substring_regex(some, pattern)).as_py() for some in (known[:FIRST], known))


def any_match(known: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(known, pattern)).as_py())
