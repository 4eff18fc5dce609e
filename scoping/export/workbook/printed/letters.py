"""How much room a text takes on paper, letter by letter, and where its lines break."""

from __future__ import annotations

import unicodedata

_LETTER, _JOINED, _SQUARE = 556, 530, 1000
"""What a letter is taken for whose width is not known: one of Latin kind, Arabic, East Asian; rather wide, so that no line is too long."""
_FROM_SPACE = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 "
    "584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 "
    "278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 "
    "500 334 260 334 584"
)
"""Of Arial, in thousandths of the size of the type, from the space to the tilde."""
_SIGNS = {"–": 556, "“": 333, "”": 333, "‘": 222, "’": 222, "•": 350, "\u00a0": 278, "\u202f": 200, "\u2009": 200}
_BOLD = 1.09


class _Widths(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        if unicodedata.east_asian_width(letter) in "WF" or letter in "—…→":
            found = _SQUARE
        elif unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            found = 0
        else:
            found = _JOINED if unicodedata.bidirectional(letter) == "AL" else _LETTER
        self[letter] = found
        return found


_WIDTHS = _Widths({chr(code): int(width) for code, width in enumerate(_FROM_SPACE.split(), 32)} | _SIGNS)


def width(text: str, *, bold: bool = False) -> float:
    """How wide a line of text is, in thousandths of the size of its type."""
    wide = sum(map(_WIDTHS.__getitem__, text))
    return wide * _BOLD if bold else wide


def wrapped(text: str, room: float, *, bold: bool = False) -> list[str]:
    """The lines of a text that has that much room, broken between words where possible."""
    return [line for part in text.split("\n") for line in _wrapped(part, room / _BOLD if bold else room)]


def _wrapped(text: str, room: float) -> list[str]:
    if width(text) <= room:
        return [text]
    lines, line, used, space = [], "", 0.0, _WIDTHS[" "]
    for word in text.split(" "):
        need = width(word)
        if line and used + space + need > room:
            lines.append(line)
            line, used = "", 0.0
        line, used = (f"{line} {word}", used + space + need) if line else (word, need)
        while used > room and len(line) > 1:
            fits = max(1, int(len(line) * room / used))
            while fits > 1 and width(line[:fits]) > room:
                fits -= 1
            lines.append(line[:fits])
            line = line[fits:]
            used = width(line)
    return [*lines, line]
