"""Which texts are numbers, in either notation, and which way a column is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from scoping.tables import notation
from scoping.tables.notation import Mark
from scoping.tables.table import Values
from scoping.tables.texts import FIRST, all_match, any_match, missing_marks, trimmed

_NEARLY_ALL = 0.99
"""A column of which this share are numbers holds numbers; the cells that are none count as missing and are named."""

DecimalMark = Callable[[], Mark | None]
"""The decimal sign of the file, looked for only where a column leaves it open."""


def undressed(known: pa.Array) -> pa.Array:
    """Cells without per cent, currency and the signs of bookkeepers (see `notation.undressed`)."""
    is_bare = pc.match_substring_regex(known, notation.BARE)
    if pc.all(is_bare).as_py():
        return known
    dressed = pc.fill_null(pc.invert(is_bare), False)
    return pc.replace_with_mask(known, dressed, _undressed(known.filter(dressed)))


def _undressed(known: pa.Array) -> pa.Array:
    if not pc.all(pc.string_is_ascii(known)).as_py():
        for sign, same in notation.SAME.items():
            known = pc.replace_substring(known, sign, same)
        known = pc.replace_substring_regex(known, r"\p{Cf}", "")
        if any_match(known, r"[^\x00-\x7F]") and any_match(pc.replace_substring_regex(known, "[0-9]", ""), r"\p{Nd}"):
            known = pa.array([None if text is None else notation.digits(text) for text in known.to_pylist()], known.type)
    for pattern, instead in notation.UNDRESSED:
        known = pc.replace_substring_regex(known, pattern, instead)
    return known


@dataclass(frozen=True)
class Numerals:
    """The cells that are numbers, as they are written.

    Attributes:
        texts: as written; null where a cell is empty.
        bare: the same, undressed.
        fits: by way of writing, which of them are numbers in it.
        units: per cent and currencies that stand in cells, "" for none.
    """

    texts: pa.Array
    bare: pa.Array
    fits: Mapping[Mark, pa.Array]
    units: tuple[str, ...]

    @property
    def are_nearly_all(self) -> bool:
        numbers = pc.sum(pc.or_(*self.fits.values())).as_py() or 0
        return bool(numbers and numbers >= _NEARLY_ALL * (len(self.bare) - self.bare.null_count))

    @property
    def told(self) -> tuple[Mark, ...]:
        """The ways that cells show beyond doubt."""
        point, comma = self.fits[Mark.POINT], self.fits[Mark.COMMA]
        only = {Mark.POINT: pc.and_not(point, comma), Mark.COMMA: pc.and_not(comma, point)}
        return tuple(mark for mark, cells in only.items() if pc.any(cells).as_py())

    def way(self, of_file: DecimalMark) -> Mark | None:
        """The way in which the column is written; None where it may be either, or its cells contradict each other."""
        if told := self.told:
            return told[0] if len(told) == 1 else None
        numbers = self.bare.filter(self.fits[Mark.POINT])
        if all_match(numbers, notation.WHOLE):
            return Mark.POINT
        # A point alone is the usual decimal sign; a comma alone may separate thousands as well as decimals.
        return of_file() or (None if any_match(numbers, ",") else Mark.POINT)

    def likely_way(self, of_file: Mark | None) -> Mark | None:
        """The way in which most of the column is written, where its cells contradict each other."""
        if len(self.told) < 2:
            return self.way(lambda: of_file)
        comma, point = (pc.sum(self.fits[mark]).as_py() for mark in (Mark.COMMA, Mark.POINT))
        return Mark.COMMA if comma > point else Mark.POINT

    def amounts(self, way: Mark | None) -> pa.Array:
        """The numbers as floats, NaN where a cell is none or, without a way, may mean two."""
        assumed = Mark.POINT if way is None else way
        fits = self.fits[assumed] if way else pc.and_not(self.fits[assumed], pc.match_substring(self.bare, ","))
        if unlike_units(self.units):
            fits = pc.and_(fits, pc.equal(self.bare, self.texts))
        return pc.fill_null(self._plain(fits, assumed).cast(pa.float64()), float("nan"))

    def read(self, way: Mark) -> pa.Array:
        """The numbers, null where a cell is none: whole ones as integers where all are."""
        plain = self._plain(self.fits[way], way)
        return plain.cast(pa.int64() if all_match(plain.drop_null(), notation.WHOLE) else pa.float64())

    def _plain(self, fits: pa.Array, way: Mark) -> pa.Array:
        plain = pc.if_else(fits, self.bare, None)
        plain = pc.replace_substring_regex(plain, notation.GROUPS[way], "")
        if way is Mark.COMMA:
            plain = pc.replace_substring(plain, ",", ".")
        return pc.replace_substring_regex(plain, r"^\+", "")


def of_cells(known: pa.Array) -> Numerals:
    """Which cells are numbers, in which ways of writing."""
    bare = undressed(known)
    fits = {mark: pc.fill_null(pc.match_substring_regex(bare, pattern), False) for mark, pattern in notation.NUMBER.items()}
    is_number = pc.fill_null(pc.or_(*fits.values()), False)
    units: tuple[str, ...] = ("",)
    if bare is not known:
        told = pc.struct_field(pc.extract_regex(known.filter(is_number), notation.UNIT), "unit")
        units = tuple(sorted({unit or "" for unit in pc.unique(told).to_pylist()}))
    return Numerals(known, bare, fits, units)


def of_column(known: pa.Array) -> Numerals | None:
    """The numbers of a column; None where it holds codes, or where the first cells tell that it holds something else."""
    if not pc.any(pc.or_(*of_cells(known[:FIRST]).fits.values())).as_py():
        return None
    written = of_cells(known)
    return None if any_match(written.bare, notation.CODE) else written


def unlike_units(units: Collection[str]) -> bool:
    return len(set(units) - {""}) > 1


def decimal_mark(columns: Mapping[str, Values]) -> Mark | None:
    """The decimal sign of a file, if any column shows it beyond doubt and none contradicts."""
    seen: set[Mark] = set()
    for column in columns.values():
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            different = pc.unique(trimmed(column))
            written = of_column(pc.if_else(missing_marks(different), None, different))
            if written is not None and written.are_nearly_all and len(written.told) == 1:
                seen |= set(written.told)
    return seen.pop() if len(seen) == 1 else None
