"""Parquet, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scoping.tables.cells import words
from scoping.tables.grids import CELLS, COLUMNS, texts, unique
from scoping.tables.table import SEED, Drawn, Passing, UnreadableTableError, Values
from scoping.words import count, short

if TYPE_CHECKING:
    from scoping.tables.table import Tell

_AT_ONCE = 50_000
_DAMAGED = ("The Parquet file is damaged or was cut short.", "Download or write it again.")


class ParquetTable:
    """A Parquet file whose columns of plain values are read; lists, records and bytes are left out, and it is said."""

    sheets: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        try:
            self._file = pq.ParquetFile(path)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError):
            raise UnreadableTableError(*_DAMAGED) from None
        if len(schema) > COLUMNS:
            raise UnreadableTableError(
                f"The table has {count(len(schema), 'column')}; at most {COLUMNS:,} can be read.", "Keep the columns that matter."
            )
        self._rows = int(self._file.metadata.num_rows)
        self._names = unique(schema.names)
        self._plain = [i for i, field in enumerate(schema) if _is_plain(field.type)]
        left_out = [self._names[i] for i in range(len(schema)) if i not in self._plain]
        self._notes = (f"“{short(left_out[0], 60)}” {_others(len(left_out))} left out: no plain values.",) if left_out else ()
        if not self._plain or not self._rows:
            raise UnreadableTableError("The table has no rows of plain values.", "Choose a file with at least one row.")

    def begin(self, at_most: int) -> Drawn:
        """The first rows."""
        batches: list[pa.RecordBatch] = []
        for batch in self._batches(min(at_most, _AT_ONCE)):
            batches.append(batch)
            if sum(map(len, batches)) >= min(at_most, self._rows):
                break
        return self._drawn([batch.slice(0, at_most) for batch in batches])

    def draw(self, at_most: int, tell: Tell) -> Drawn:
        """All rows; of more than `at_most`, a random sample in the order of the file."""
        at_most = max(1, min(at_most, CELLS // len(self._plain)))
        chosen = None
        if self._rows > at_most:
            chosen = np.sort(np.random.default_rng(SEED).choice(self._rows, at_most, replace=False))
        kept, seen = [], 0
        for batch in self._batches(_AT_ONCE):
            if chosen is None:
                kept.append(batch)
            else:
                first, last = np.searchsorted(chosen, (seen, seen + len(batch)))
                kept.append(batch.take(pa.array(chosen[first:last] - seen)))
            seen += len(batch)
            tell(seen / self._rows, f"Reading: {seen:,} of {count(self._rows, 'row')}")
        return self._drawn(kept)

    def passing(self) -> Passing:
        """All rows, piece by piece."""
        return Passing(self._pieces(), notes=self._notes)

    def _pieces(self) -> Iterator[tuple[float, pd.DataFrame]]:
        seen = 0
        for batch in self._batches(_AT_ONCE):
            seen += len(batch)
            columns = {self._names[i]: _plain(pa.chunked_array([batch.column(i)])) for i in self._plain}
            yield seen / self._rows, texts(columns)

    def _batches(self, size: int) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._file.iter_batches(batch_size=size)
        except (pa.ArrowException, OSError):
            raise UnreadableTableError(*_DAMAGED) from None

    def _drawn(self, batches: list[pa.RecordBatch]) -> Drawn:
        columns = {self._names[i]: _plain(pa.chunked_array([batch.column(i) for batch in batches])) for i in self._plain}
        drawn = sum(map(len, batches))
        return Drawn(columns=columns, rows=self._rows, is_whole=drawn == self._rows, notes=self._notes)


def _others(left_out: int) -> str:
    return "is" if left_out == 1 else f"and {left_out - 1} more are"


def _is_plain(kind: Any) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return not (pa.types.is_nested(kind) or _is_bytes(kind))


def _is_bytes(kind: Any) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def _plain(column: Values) -> Values:
    """A column in one of the few kinds that the rest of the workbench knows."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_boolean(kind) or pa.types.is_string(kind):
        return column
    if pa.types.is_unsigned_integer(kind) or pa.types.is_integer(kind):
        return _whole(column)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64(), safe=False)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    return pa.chunked_array([pa.array([None if cell is None else words(cell) for cell in column.to_pylist()], pa.string())])


def _whole(column: Values) -> Values:
    """Whole numbers; those too long for a float stay digits, because they are codes."""
    as_float = column.cast(pa.float64(), safe=False)
    is_long = pc.any(pc.greater_equal(pc.abs(as_float), 2.0**53)).as_py()
    return column.cast(pa.string()) if is_long else column.cast(pa.int64())
