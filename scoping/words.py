"""How things are written for people: counts, numbers, shares, lists, days, short texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

SHARE_FORMAT = "0 %"
"""The notation of `percent` as the number format of a worksheet's cell that holds a share of one."""

CHANCE_FORMAT = '[<0.01]"below 1 %";[>0.99]"above 99 %";0 %'
"""The same for `chance`."""

NO_BREAK = "\u00a0"
_BLANKS = re.compile(rf"[^\S{NO_BREAK}]+")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
"""A letter of Hebrew, Arabic, Persian or another script that runs from right to left."""
_QUOTED = re.compile("(?<=“)[^“”]+")
_BEGIN, _END = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE of Unicode: invisible, and between them a direction of its own holds."""
_ROOM = 0.5
"""Share of the room that whole words must fill, or else a text is cut inside one."""
_NEAR = 0.04
"""A chance this close to a simple fraction is told as the fraction."""
_LEAST = 0.01
"""A chance closer to never or to always than this is not told more exactly: draws do not know, and nobody acts on it."""


def figure(value: float) -> str:
    """A figure that is not known exactly, to four digits."""
    return number_words(float(f"{value:.4g}"))


def measured(value: float | str, unit: str) -> str:
    """A number with its unit, if it has one. A line never breaks between a figure and the sign of per cent.

    A figure that is written already stands as it is.
    """
    figure = value if isinstance(value, str) else number_words(value)
    between = NO_BREAK if unit.strip() == "%" else " "
    return f"{figure}{between}{unit.strip()}".strip()


def in_percent(value: float) -> str:
    """A figure that is in per cent already, as it was given: "80 %", "0.5 %"."""
    return measured(value, "%")


def percent(share: float, digits: int = 0) -> str:
    """A share of one in per cent: "80 %", and "12.5 %" with one digit, where "80.0 %" is "80 %"."""
    return in_percent(round(100 * share, digits) + 0.0)


def fine_percent(share: float) -> str:
    """A share of one in per cent to three digits, where small ones matter: "0.0123 %", "12.3 %"."""
    return in_percent(float(f"{100 * share:.3g}"))


def chance(probability: float) -> str:
    """A probability, or a share of what is uncertain. None is ever "0 %" or "100 %": simulations prove neither never nor always."""
    if probability < _LEAST:
        return f"below {percent(_LEAST)}"
    return f"above {percent(1 - _LEAST)}" if probability > 1 - _LEAST else percent(probability)


def one_in(probability: float) -> str:
    """A probability as people count: "1 in 3", "2 in 3", "9 in 10"; near never and near always it is told as such."""
    if probability < 1 / 20:
        return "less than 1 in 20"
    if probability > 19 / 20:
        return "more than 19 in 20"
    fractions = [(part, whole) for whole in (2, 3, 4, 5, 10) for part in range(1, whole)]
    near = [pair for pair in fractions if abs(probability - pair[0] / pair[1]) <= _NEAR]
    part, whole = near[0] if near else min(fractions, key=lambda pair: abs(probability - pair[0] / pair[1]))
    return f"{part} in {whole}"


def part(share: float) -> str:
    """A share of what is counted: not rounded to none or to all, but told as such where it is."""
    return chance(share) if 0 < share < 1 else percent(share)


def number_words(value: float) -> str:
    """A number as people write it: grouped thousands, no needless zeros."""
    text = f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.6g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def count(number: int | str, noun: str, many: str = "") -> str:
    """A number and its noun: "1 source", "1,200 sources", "2 people". A figure that is written already stands as it is."""
    figure = number if isinstance(number, str) else f"{number:,}"
    return f"{figure} {noun if figure == '1' else many or noun + 's'}"


def listed(texts: Iterable[str], limit: int = 12) -> str:
    """Texts in one line, the first few of them."""
    every = list(texts)
    more = f"; and {len(every) - limit} more" if len(every) > limit else ""
    return "; ".join(every[:limit]) + more


def in_a_row(texts: Sequence[str], last: str = " and ") -> str:
    """All of some texts as a sentence names them: "a, b and c"."""
    return last.join((", ".join(texts[:-1]), texts[-1])) if len(texts) > 1 else "".join(texts)


def capital(text: str) -> str:
    """A text as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def short(text: str, limit: int) -> str:
    """A text in one line, cut between words where it is longer than `limit`; what must not be parted stays so."""
    line = _BLANKS.sub(" ", text.strip())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    words = kept if line[limit - 1] == " " else kept.rpartition(" ")[0]
    # Inside a word only where that takes up most of the room.
    return f"{(words if len(words) >= limit * _ROOM else kept).rstrip(' ,;:.')}…"


def day_words(day: date) -> str:
    """A date that no country reads as another one, such as "3 May 2027"."""
    return f"{day.day} {day:%b} {day.year:04}"


def day_words_or(day: date | None, otherwise: str = "") -> str:
    """A date in words, or what stands where there is none."""
    return day_words(day) if day else otherwise


def ms(at: datetime | None) -> float | None:
    """A moment as browsers count it, in milliseconds since 1970; None for none."""
    return at.timestamp() * 1000 if at else None


def bare(text: str) -> str:
    """A name without what says nothing when names are compared: case and blanks."""
    return "".join(text.split()).casefold()


def isolated(name: str) -> str:
    """A name of people's as it stands in a sentence of ours: one that runs from right to left turns nothing around it."""
    return f"{_BEGIN}{name}{_END}" if _LEFTWARD.search(name) else name


def is_leftward(text: str) -> bool:
    """Whether a text runs from right to left: its first letter does."""
    return _LEFTWARD.match(next(filter(str.isalpha, text), "")) is not None


def isolated_names(sentence: str) -> str:
    """A sentence of ours with each name in quotation marks kept apart, so that it keeps its own direction."""
    return _QUOTED.sub(lambda name: isolated(name.group()), sentence)
