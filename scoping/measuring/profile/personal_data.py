"""What in a table may be personal, by the titles of its columns and by the look of its cells. Possible, never proven.

Cells are judged in bulk with pyarrow, whose expressions take time in proportion to the text whatever is written there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoping.tables.table_words import Personal, table_words

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

_EMAIL = r"[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SHAPES = {
    "phone": r"(?:\+|00[ ./-]?)\d{1,3}[ ().\/-]*(?:\d[ ().\/-]*){6,12}|\(?0\d{1,4}\)?[ .\/-]+\d(?:[ .\/-]?\d){4,10}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}",
    "iban": r"[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}",
    "card": r"(?:4|5[1-5]|2[2-7]|3[0-8]|6[0-9])\d?(?:[ -]?\d){11,17}",
    "ip": rf"(?:{_OCTET}\.){{3}}{_OCTET}|(?:[0-9A-Fa-f]{{1,4}}:){{7}}[0-9A-Fa-f]{{1,4}}|(?:[0-9A-Fa-f]{{1,4}}:){{1,6}}(?::[0-9A-Fa-f]{{1,4}}){{1,6}}",
    "postcode": r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[1-9]\d{3} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "national_id": r"\d{3}-\d{2}-\d{4}",
}
"""What the whole cell looks like. Postcodes of digits alone tell nothing without a title."""
_CERTAIN_ENOUGH = ("email", "iban")
"""One such cell is worth a word; of the others half of the cells must look alike, since chance makes a few."""


@dataclass(frozen=True)
class Hint:
    """Something in a column that may be personal.

    Attributes:
        kind: the id in the list of words.
        cells: how many look like it.
        by_title: whether the title of the column says so.
    """

    kind: str
    cells: int
    by_title: bool

    @property
    def title(self) -> str:
        return self._words.title

    @property
    def is_shown(self) -> bool:
        """Whether values of such a column may be shown."""
        return self._words.is_shown

    @property
    def _words(self) -> Personal:
        return next(p for p in table_words().personal if p.id == self.kind)


def hints(title: str, holds: str, looks: Mapping[str, int], cells: int) -> tuple[Hint, ...]:
    """What a column may hold of people.

    Args:
        holds: what its cells hold: "text", "code", "whole", "number", "date" or "yes_no".
        looks: how many cells look like what (see `looking`).
        cells: how many are filled.
    """
    hints = []
    for personal in table_words().personal:
        alike = looks.get(personal.id, 0)
        by_title = holds in personal.holds and _is_titled(title, personal)
        if by_title or (alike and (personal.id in _CERTAIN_ENOUGH or alike >= 0.5 * cells)):
            hints.append(Hint(personal.id, alike, by_title))
    return tuple(hints)


def _is_titled(title: str, personal: Personal) -> bool:
    words = _words(title)
    return any(_says(words, wanted) for wanted in personal.titles)


def _says(title: str, wanted: str) -> bool:
    bare = _words(wanted)
    if wanted.startswith("="):
        return title == bare
    if any(c >= "\u2e80" for c in bare):
        return bare in title
    return f" {bare}" in f" {title}" if wanted.endswith("*") else f" {bare} " in f" {title} "


@lru_cache(maxsize=10_000)
def _words(title: str) -> str:
    """The words of a title in lower case, without accents: "E-Mail_Adresse", "firstName" -> "e mail adresse", "first name"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title.replace("ß", "ss"))
    bare = "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def looking(texts: Any, counts: Ints) -> dict[str, int]:
    """How many cells look like which kind of personal data.

    Args:
        texts: an arrow array of different texts.
        counts: how often each occurs.
    """
    import pyarrow.compute as pc

    if not len(texts):
        return {}
    trimmed = pc.utf8_trim_whitespace(texts)
    looks = {}
    at = _marks(pc.match_substring(trimmed, "@"))
    if at.any():
        looks["email"] = int(counts[at][_marks(pc.match_substring_regex(trimmed.filter(at), _EMAIL))].sum())
    any_shape = "^(?:" + "|".join(_SHAPES.values()) + ")$"
    shaped = _marks(pc.match_substring_regex(trimmed, any_shape))
    if shaped.any():
        some, counts = trimmed.filter(shaped), counts[shaped]
        for kind, shape in _SHAPES.items():
            marks = _marks(pc.match_substring_regex(some, f"^(?:{shape})$"))
            check = _CHECKS.get(kind)
            if check and marks.any():
                marks[marks] = check(pc.replace_substring_regex(some.filter(marks), "[ -]", ""))
            looks[kind] = int(counts[marks].sum())
    return {kind: number for kind, number in looks.items() if number}


def _luhn(digits: Any) -> Marks:
    """Which card numbers have the right check digit (ISO/IEC 7812-1)."""
    figures = _characters(digits, 19, "0") - ord("0")
    doubled = figures[:, -2::-2] * 2
    total = figures[:, ::-2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)
    marks: Marks = total % 10 == 0
    return marks


def _mod_97(ibans: Any) -> Marks:
    """Which account numbers have the right check digits (ISO 13616)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    turned = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(ibans, 4), pc.utf8_slice_codeunits(ibans, 0, 4), pa.scalar("", ibans.type)
    )
    remainder = np.zeros(len(ibans), dtype=np.int64)
    for column in _characters(turned, 34, "0").T:
        letters = column >= ord("A")
        value = np.where(letters, column - ord("A") + 10, column - ord("0"))
        remainder = (remainder * np.where(letters, 100, 10) + value) % 97
    marks: Marks = remainder == 1
    return marks


_CHECKS = {"card": _luhn, "iban": _mod_97}


def _characters(texts: Any, width: int, filler: str) -> Ints:
    """One row per text and one column per character, filled up at the front."""
    import pyarrow.compute as pc

    padded = pc.utf8_lpad(texts, width, filler).to_numpy(zero_copy_only=False).astype(f"S{width}")
    characters: Ints = padded.view(np.uint8).reshape(len(padded), width).astype(np.int64)
    return characters


def _marks(array: Any) -> Marks:
    marks: Marks = array.to_numpy(zero_copy_only=False).astype(bool)
    return marks
