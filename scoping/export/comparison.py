"""What changed between two moments of a charter, to be sent: as Markdown, as a printable page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from scoping.comparison.change import Change, What
from scoping.comparison.comparing import Comparison
from scoping.comparison.pieces import Fate, Piece
from scoping.comparison.summary import summary
from scoping.export.html import rendered
from scoping.export.markdown import literal
from scoping.words import day_words, short

_FACTS = 6
_TAGS = {Fate.ADDED: ("<ins>", "</ins>"), Fate.REMOVED: ("<del>", "</del>"), Fate.KEPT: ("", "")}
_SIGNS = {Fate.ADDED: ("**", "**"), Fate.REMOVED: ("~~", "~~"), Fate.KEPT: ("", "")}


@dataclass(frozen=True)
class Made:
    """Who made a change, and when."""

    by: str
    on: date

    @property
    def words(self) -> str:
        return f"{self.by.strip() or 'Somebody'}, {day_words(self.on)}"


@dataclass(frozen=True, kw_only=True)
class Differences:
    """A comparison to be sent.

    Attributes:
        older, newer: the two moments, in words.
        made: by change, where it is known.
    """

    name: str
    older: str
    newer: str
    comparison: Comparison
    made: Mapping[Change, Made] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.name}: what changed"

    @property
    def moments(self) -> str:
        return f"From {self.older} to {self.newer}."

    @property
    def summary(self) -> str:
        return summary(self.comparison)

    @property
    def chapters(self) -> list[tuple[str, list[Change]]]:
        """The changes by chapter."""
        return [(name, list(some)) for name, some in groupby(self.comparison.changes, key=lambda c: c.chapter)]

    def who(self, change: Change) -> str:
        return self.made[change].words if change in self.made else ""


def head(change: Change) -> str:
    """What a change is about, in a line."""
    if change.what in (What.ADDED, What.REMOVED):
        return f"{change.what.capitalize()} {change.asked}: {change.entry}"
    return f"{change.entry}, {change.asked}" if change.entry else change.asked


def held(change: Change) -> str:
    """What an entry holds or held, in a line."""
    told = [f"{label}: {short(said, 120)}" for label, said in change.facts if said != change.entry]
    return "; ".join(told[:_FACTS]) + (f"; and {len(told) - _FACTS} more" if len(told) > _FACTS else "")


# Markdown


def to_markdown(told: Differences) -> str:
    """Write it as GitHub-flavoured Markdown: what went is struck, what came is bold."""
    written = [f"# {literal(told.title)}", literal(told.moments), literal(told.summary)]
    for name, changes in told.chapters:
        written += [f"## {literal(name)}", "\n".join(_item(told, change) for change in changes)]
    return "\n\n".join(written) + "\n"


def _item(told: Differences, change: Change) -> str:
    said = _marked(change)
    after = [literal(part) for part in (change.difference, f"Why: {change.why}" if change.why else "", told.who(change)) if part]
    rest = f" ({'; '.join(after)})" if after else ""
    return f"- **{literal(head(change))}**{f': {said}' if said else ''}{rest}"


def _marked(change: Change) -> str:
    if change.facts:
        return literal(held(change))
    if change.what is What.MOVED:
        return literal(change.after)
    found = change.pieces or _whole(change)
    marks = _SIGNS if _are_apart(found) else _TAGS
    return "".join(_one(piece, *marks[piece.fate]) for piece in found)


def _whole(change: Change) -> tuple[Piece, ...]:
    """The old and the new answer, one after the other."""
    gone = (Piece(change.before, Fate.REMOVED), Piece(" ", Fate.KEPT)) if change.before else ()
    come = (Piece(change.after, Fate.ADDED),) if change.after else (Piece("no answer any more", Fate.KEPT),)
    return (*gone, *come)


def _one(piece: Piece, begin: str, end: str) -> str:
    words = piece.words.strip()
    if not words:
        return " " if piece.words else ""
    before, after = ("" if part == piece.words else " " for part in (piece.words.lstrip(), piece.words.rstrip()))
    return f"{before}{begin}{literal(words)}{end}{after}"


def _are_apart(found: Sequence[Piece]) -> bool:
    """Whether signs of Markdown around pieces are read as such: between blanks, or between a letter and a blank."""
    for at, piece in enumerate(found):
        words = piece.words.strip()
        if piece.fate is Fate.KEPT or not words:
            continue
        before = found[at - 1].words[-1:] if at else " "
        after = found[at + 1].words[:1] if at + 1 < len(found) else " "
        begins = words[0].isalnum() or (piece.words[0] + before).strip() != piece.words[0] + before
        ends = words[-1].isalnum() or (after + piece.words[-1]).strip() != after + piece.words[-1]
        if not (begins and ends) or "\n" in words:
            return False
    return True


# A page


def to_html(told: Differences) -> str:
    """Write it as one page that loads nothing from elsewhere."""
    return rendered("comparison.html.jinja", told=told, head=head, held=held)
