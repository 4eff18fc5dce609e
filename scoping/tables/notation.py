"""How people and tables write numbers, and yes or no: what the text of one cell means, whoever asks.

The rules are patterns, which Python and pyarrow read alike: `cells` judges whole columns by them, and lists of a few hundred
texts are judged here, without a heavy library.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum, auto

from scoping.currency import Currency, sign

# Numbers


class Mark(Enum):
    """The sign before decimals."""

    POINT = auto()
    COMMA = auto()

    @property
    def words(self) -> str:
        return "a decimal point" if self is Mark.POINT else "a decimal comma"


class Order(StrEnum):
    """What goes first in dates that are written with slashes, as a format reads them."""

    DAY = "%d-%m"
    MONTH = "%m-%d"


_SPACE = "[ \u00a0\u202f\u2009'’]"
_END = r"([eE][+-]?\d{1,3})?$"
NUMBER = {
    Mark.POINT: (
        rf"^[+-]?((\d+|[1-9]\d{{0,2}}((,\d{{3}})+|({_SPACE}\d{{3}})+)|[1-9]\d?(,\d\d)+,\d{{3}})(\.\d*)?|\.\d+){_END}"  # 1,234.5
    ),
    Mark.COMMA: rf"^[+-]?((\d+|[1-9]\d{{0,2}}((\.\d{{3}})+|({_SPACE}\d{{3}})+))(,\d*)?|,\d+){_END}",  # 1.234,5
}
"""A bare number in each way of writing. What both fit, such as 1.234, means what the other cells of the file say."""
CODE = r"^[+-]?0\d|^[+-]?\d{16,}$"
"""Leading zeros, or more digits than a number keeps: codes, not amounts."""
WHOLE = r"^[+-]?\d+$"
GROUPS = {Mark.POINT: rf",|{_SPACE}", Mark.COMMA: rf"\.|{_SPACE}"}
"""What stands between thousands."""

SAME = {"−": "-", "‒": "-", "–": "-", "﹣": "-", "－": "-", "٫": ".", "٬": "'", "％": "%", "٪": "%"}
"""Signs of print and of other scripts, and the plain ones that mean the same."""
_CODES = "|".join(sorted({*Currency, *(s for c in Currency if (s := sign(c)).isalpha() and len(s) > 1)}))
_UNIT = rf"(?:[A-Z]{{0,2}}[$€£¥₹₩₽₺₪₫฿₴₦₱]|{_CODES}|%)"
UNIT = rf"(?P<unit>{_UNIT})"
_BEHIND, _BEFORE = (rf"{_SPACE}?{_UNIT}$", ""), (rf"^([+-]?){_SPACE}?{_UNIT}{_SPACE}?([+-]?)", r"\1\2")
UNDRESSED = (_BEHIND, _BEFORE, (r"^\( ?([^()+-]+)\)$", r"-\1"), _BEHIND, _BEFORE, (r"^([^-+].*\d|\d) ?-$", r"-\1"))
"""Patterns and what takes their place, in this order: per cent and currencies go; (5) and 5- become -5."""
BARE = r"^[+-]?[0-9.,]*([eE][+-]?[0-9]+)?$"
"""Texts like this are undressed already."""


def undressed(text: str) -> str:
    """A number without per cent, currency and the signs of bookkeepers, in the digits 0 to 9."""
    bare = text.strip()
    if re.match(BARE, bare):
        return bare
    bare = unified(bare)
    for pattern, instead in UNDRESSED:
        bare = re.sub(pattern, instead, bare)
    return bare


def unified(text: str) -> str:
    """A text with the plain signs and digits, and without marks of writing direction, which pasted text carries unseen."""
    return digits("".join(SAME.get(c, c) for c in text if unicodedata.category(c) != "Cf"))


def digits(text: str) -> str:
    """A text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def unit(text: str) -> str:
    """The per cent sign or currency that stands in a cell; "" for none."""
    written = re.search(UNIT, text)
    return written["unit"] if written else ""


def fitting(text: str) -> frozenset[Mark]:
    """The ways of writing in which a cell is a number."""
    return _fitting(undressed(text))


def _fitting(bare: str) -> frozenset[Mark]:
    return frozenset(mark for mark, pattern in NUMBER.items() if re.match(pattern, bare))


def settled(ways: Iterable[frozenset[Mark]]) -> Mark | None:
    """The way that numbers agree on which fit one way only; None where none tells or they contradict each other."""
    seen = {mark for way in ways if len(way) == 1 for mark in way}
    return seen.pop() if len(seen) == 1 else None


def of_file(columns: Iterable[Iterable[str]]) -> Mark | None:
    """The decimal sign of a file, if any column shows it beyond doubt and none contradicts."""
    told = [settled(map(fitting, column)) for column in columns]
    return settled(frozenset({mark}) for mark in told if mark)


def told(texts: Iterable[str]) -> frozenset[Mark]:
    """The ways of writing that these numbers show beyond doubt; of one file, one."""
    return frozenset(mark for way in map(fitting, texts) if len(way) == 1 for mark in way)


def is_open(text: str) -> bool:
    """Whether a number means something else in each way of writing."""
    bare = undressed(text)
    return len(_fitting(bare)) > 1 and not re.match(WHOLE, bare)


def as_typed(text: str, mark: Mark | None) -> str:
    """A number of a file as a field of the workbench takes it; without a decimal sign of the file, only what is clear."""
    bare = None if mark is None and is_open(text) else plain(text, mark)
    if bare is None:
        return text
    number = bare.rstrip("0").rstrip(".") if "." in bare and "e" not in bare.casefold() else bare
    return f"{number}%" if unit(text) == "%" else number


def plain(text: str, mark: Mark | None) -> str | None:
    """A number as every program writes it, with a decimal point and no groups; None for what is none.

    Args:
        mark: the decimal sign of the file. Without one, a cell that may mean two numbers is none, unless a point is its only
            sign, which usually stands before decimals.
    """
    return written(undressed(text), mark)


def written(bare: str, mark: Mark | None) -> str | None:
    """The same of a number that is undressed already."""
    ways = _fitting(bare)
    if not ways:
        return None
    if len(ways) > 1 and not re.match(WHOLE, bare):
        way = mark or (Mark.POINT if "," not in bare else None)
    else:
        way = min(ways, key=lambda one: one.value)
    if way is None:
        return None
    number = re.sub(GROUPS[way], "", bare)
    return (number.replace(",", ".") if way is Mark.COMMA else number).removeprefix("+")


def number(text: str, mark: Mark | None = None) -> float | None:
    """The finite number that a cell holds; None for none."""
    bare = plain(text, mark)
    value = math.inf if bare is None else float(bare)
    return value if math.isfinite(value) else None


# Yes or no

_YES, _NO = ("true", "yes", "y", "1"), ("false", "no", "n", "0")


def answer(text: str) -> bool | None:
    """What a cell says of yes or no; None where it says something else."""
    word = text.strip().casefold()
    word = re.sub(r"^([01])[.,]0{1,2}$", r"\1", word)
    return True if word in _YES else False if word in _NO else None


def same_answers(texts: Iterable[str]) -> Mapping[str, str]:
    """Where all texts say yes or no, in words or digits, the text that each of them is one with; otherwise nothing."""
    told = {text: answer(text) for text in texts}
    if None in told.values():
        return {}
    first: dict[bool | None, str] = {}
    return {text: first.setdefault(said, text) for text, said in told.items()}
