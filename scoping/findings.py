"""What is found in a charter: a sentence for the person who can cure it, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass

from scoping.words import short


@dataclass(frozen=True)
class Finding:
    """One thing the team should look at, worded for the person who can act on it.

    Attributes:
        code: "part.what": stable, for programs and tests.
        record: id of the record it is about, or "".
        field: the question, or the list, where it is put right, or "".
        is_unknown: whether the team has looked there and does not know yet.
    """

    code: str
    message: str
    record: str = ""
    field: str = ""
    is_unknown: bool = False

    @property
    def part(self) -> str:
        return self.code.split(".", 1)[0]


def advice(code: str, message: str, record: str = "", field: str = "") -> Finding:
    """A finding that the team may overrule: it keeps nobody from signing."""
    return Finding(code, message, record, field)


@dataclass(frozen=True)
class Problem:
    """Why something of a record is left out, or cannot be placed.

    Attributes:
        ref: the list in which the record stands, such as "value.costs".
    """

    ref: str
    record: str
    sentence: str

    def about(self, title: str) -> str:
        """The sentence with the title of the record before it, unless that stands in it already."""
        if title and short(title, 60) in self.sentence:
            return self.sentence
        return f"“{short(title, 60)}”: {self.sentence[0].lower()}{self.sentence[1:]}"
