"""What counts as missing in a table: empty cells, and the marks that programs write for them."""

from __future__ import annotations

from collections.abc import Collection

from scoping.tables.table_words import table_words
from scoping.words import short

ANSWERS = "Marks that are answers here"
"""What the choice of marks that are not missing is called."""


def is_missing(text: str, values: Collection[str] = ()) -> bool:
    """Whether a cell holds nothing, or a mark that programs write for nothing, such as NA.

    Args:
        values: marks that are answers of their own in this table.
    """
    bare = text.strip()
    return not bare or (
        bare not in values and (bare in table_words().missing_as_written or bare.casefold() in table_words().missing)
    )


def taken_as_missing(cells: int, mark: str, row: int, column: str) -> str:
    """What is said of marks that were taken as missing, of which the first stands in this data row and column."""
    told = f"{cells:,} cells such as “{mark}” were taken as missing, first" if cells > 1 else f"“{mark}” was taken as missing"
    return f"{told} in data row {row:,}, column “{short(column, 40)}”. Where that is an answer, say so under “{ANSWERS}”."
