"""What a pack is: the files that it consists of, and what the charter lacks for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from scoping.charter import Charter
from scoping.places import Place
from scoping.section import Record
from scoping.words import count, short

Files = Mapping[str, str | bytes]
"""What stands in a pack, by its path in it."""
Plain = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Given:
    """The charter that a pack tells, at one of its revisions.

    Attributes:
        project: its id, which stays when it is named anew.
        today: the day whose state is told.
    """

    charter: Charter
    project: str
    revision: int
    saved_at: datetime
    today: date

    @property
    def stamp(self) -> str:
        """The moment of the revision, as programs write moments."""
        return self.saved_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Lack:
    """What a pack is missing, and where it is cured."""

    said: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A kind of pack.

    Attributes:
        name: in the address; the file ends like it.
        feeds: the tools that read it, in a sentence.
        use: the one command, or the clicks, that bring it there.
        make: writes its files; none where there is nothing to tell.
        told: what it will contain, in words.
        lacks: what would make it better.
        start: where the first of what it tells is written down.
    """

    name: str
    label: str
    feeds: str
    use: str
    make: Callable[[Given], Files]
    told: Callable[[Charter], str]
    lacks: Callable[[Charter], Iterable[Lack]]
    start: Place

    @property
    def folder(self) -> str:
        """Where its files stand among those of other packs."""
        return self.name.removesuffix(".zip")

    def zipped(self, given: Given) -> bytes:
        """All of its files in one; the same charter gives the same bytes."""
        return zipped(self.make(given), given.saved_at)


def zipped(files: Files, at: datetime) -> bytes:
    """Files in an archive whose bytes depend on nothing but them and a moment."""
    packed = io.BytesIO()
    stamp = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, stamp), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def lacking(rows: Iterable[Record], part: str, name: str, field: str, noun: str, lack: str, lacks: str = "") -> list[Lack]:
    """One sentence on all rows that lack an answer, leading to the first of them; nothing where none does.

    Args:
        lack: what one of them does, such as "has no owner".
        lacks: what many do, where that is not "have" in place of "has".
    """
    found = list(rows)
    if not found:
        return []
    does = lack if len(found) == 1 else lacks or lack.replace("has ", "have ", 1)
    return [Lack(f"{count(len(found), noun)} {does}.", Place(part, name, found[0].id, field))]


def line(words: str) -> str:
    """People's words in a line of Markdown, in which nothing of theirs is a mark of ours."""
    told = short(words, 1000)
    for sign in "\\`*_[]<>#|":
        told = told.replace(sign, f"\\{sign}")
    return told


def as_yaml(value: Any) -> str:
    """YAML in which every text stands as it was written."""
    import yaml

    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=120))
