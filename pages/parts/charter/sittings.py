"""The history as people remember it: what somebody did at one sitting, and not save by save. No Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pages.parts.charter import records
from scoping.charter import PARTS
from scoping.merge import Edit
from scoping.section import questions
from storage.history import Revision
from storage.opened import Opened

PAUSE = timedelta(minutes=5)
"""Whoever does nothing for longer begins anew."""
_RECORDS_AT_MOST = 40


@dataclass(frozen=True)
class Sitting:
    """Saves of one person that follow each other closely, newest first; never none."""

    revisions: tuple[Revision, ...]

    @property
    def last(self) -> Revision:
        return self.revisions[0]

    @property
    def first(self) -> Revision:
        return self.revisions[-1]

    @property
    def parts(self) -> list[str]:
        """The parts that were changed, in the order of the steps."""
        changed = {revision.part for revision in self.revisions if revision.edits}
        return [section.slug for section in PARTS if section.slug in changed]

    def net(self, part: str) -> list[Edit]:
        """What came of it in one part: of several answers to one question the last, from what was there before the first."""
        found: dict[tuple[str, str, str], Edit] = {}
        for revision in reversed(self.revisions):
            for edit in revision.edits if revision.part == part else ():
                key = (edit.list, edit.record, edit.field)
                found[key] = replace(edit, before=found[key].before) if key in found else edit
        return [edit for edit in found.values() if edit.before != edit.after]


def sittings(revisions: Iterable[Revision]) -> list[Sitting]:
    """Revisions, newest first, as sittings."""
    found: list[list[Revision]] = []
    for revision in revisions:
        after = found[-1][-1] if found else None
        if after and _is_one(revision, after):
            found[-1].append(revision)
        else:
            found.append([revision])
    return [Sitting(tuple(some)) for some in found]


def _is_one(before: Revision, after: Revision) -> bool:
    """Whether two saves belong together. One that has a note, such as an import, stands by itself."""
    same = (before.by, before.workshop, before.note) == (after.by, after.workshop, after.note)
    return same and after.at - before.at <= PAUSE and bool(before.edits) is bool(after.edits)


def told(project: Opened, sitting: Sitting, part: str) -> list[str]:
    """What came of it in one part, a sentence for each change."""
    return records.sentences(project, replace(sitting.last, part=part), sitting.net(part))


def meant(project: Opened, words: str) -> Sequence[str]:
    """Texts one of which stands in whatever is meant by some words: the words, and how edits name the entries and questions so called."""
    wanted = words.strip().casefold()
    if not wanted:
        return ()
    rows = [record for titles in project.titles.values() for record, title in titles.items() if wanted in title.casefold()]
    fields = {
        spec.name
        for section in PARTS
        for name in ("", *section.lists)
        for spec in questions(section.model_of(name))
        if wanted == spec.label.casefold()
    }
    return [words.strip(), *(f'"{name}"' for name in (*rows[:_RECORDS_AT_MOST], *sorted(fields)))]
