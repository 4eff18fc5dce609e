"""The history as people remember it: what somebody did at one sitting, and not save by save. No Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pages.parts.charter import records
from scoping import merge
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.merge import Edit
from scoping.section import questions
from storage.history import Revision
from storage.opened import Opened, Saved
from storage.store import CharterStore

PAUSE = timedelta(minutes=5)
"""Whoever does nothing for longer begins anew."""
_AT_ONCE = timedelta(seconds=2)
"""Saves of one takeover are as close as this, one for each step."""
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
    def is_takeover(self) -> bool:
        """Whether several steps were changed in one go, which is taken back in one go."""
        return bool(self.last.note) and len(self.revisions) > 1

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


def sittings(revisions: Iterable[Revision], pause: timedelta = PAUSE) -> list[Sitting]:
    """Revisions, newest first, as sittings.

    Args:
        pause: after which somebody begins anew; none where each save stands by itself.
    """
    found: list[list[Revision]] = []
    for revision in revisions:
        after = found[-1][-1] if found else None
        if after and _is_one(revision, after, pause):
            found[-1].append(revision)
        else:
            found.append([revision])
    return [Sitting(tuple(some)) for some in found]


def _is_one(before: Revision, after: Revision, pause: timedelta) -> bool:
    """Whether two saves belong together. What has a note, such as an import, is one only with what was saved in the same moment."""
    same = (before.by, before.workshop, before.note) == (after.by, after.workshop, after.note)
    near = after.at - before.at <= _AT_ONCE if after.note else pause and after.at - before.at <= pause
    return bool(same and near) and bool(before.edits) is bool(after.edits)


def around(store: CharterStore, project: str, number: int) -> Sitting | None:
    """A save with those that were made in the same go; None where there is no such save."""
    reach = len(PARTS)
    near = store.history(project, after=max(0, number - 1 - reach), upto=number + reach)
    return next((s for s in sittings(near, timedelta()) if any(r.number == number for r in s.revisions)), None)


def take_back(store: CharterStore, project: str, revisions: Iterable[Revision], by: str, note: str) -> Saved:
    """Take back several saves, newest first, as far as nobody changed the same things since. Raises what `store.change` raises."""
    back: dict[str, list[Edit]] = {}
    for revision in revisions:
        if revision.part in PART_BY_SLUG:
            back.setdefault(revision.part, []).extend(merge.inverse(revision.edits))
    return store.change(project, by, lambda _: back, note)


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
