"""The moments of a project that can be compared or taken away: its versions, its revisions, and now. No Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from pages.parts import steps
from scoping.charter import Charter
from scoping.comparison.change import Change, What
from scoping.comparison.comparing import Comparison, compare
from scoping.errors import UnknownProjectError
from scoping.export.comparison import Differences, Made
from scoping.merge import AFTER
from scoping.version import Version
from scoping.words import day_words
from storage.history import Revision
from storage.opened import Opened
from storage.store import CharterStore

FROM_PARAM, TO_PARAM, NOW = "from", "to", "now"
_REVISION = "r"
"""How a revision is called in an address: r120; a plain number is a version."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A project as it was once.

    Attributes:
        key: as the address names it.
        revision: the last one that is in it.
        version: None where it is none.
    """

    key: str
    charter: Charter
    revision: int
    at: datetime
    by: str
    version: Version | None = None


def moment(store: CharterStore, project: Opened, key: str) -> Moment:
    """The moment that an address names. Raises UnknownProjectError where there was none."""
    if key in ("", NOW):
        return Moment(key=NOW, charter=project.charter, revision=project.stamp.number, at=project.stamp.at, by=project.stamp.by)
    number = _number(key)
    if not key.startswith(_REVISION):
        version = store.versions.get(project.project_id, number)
        kept = store.versions.charter(project.project_id, number)
        return Moment(key=key, charter=kept, revision=version.revision, at=version.at, by=version.by, version=version)
    found = store.history(project.project_id, after=number - 1, upto=number)
    if not found:
        raise UnknownProjectError(f"Change {number} does not exist.", "Choose another one.")
    charter = project.charter if number == project.stamp.number else store.charter_at(project.project_id, number)
    return Moment(key=key, charter=charter, revision=number, at=found[0].at, by=found[0].by)


def _number(key: str) -> int:
    digits = key.removeprefix(_REVISION)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 16):
        raise UnknownProjectError("The address names no version and no change.", "Choose one of the list.")
    return int(digits)


def of_revision(number: int) -> str:
    """How an address names a revision."""
    return f"{_REVISION}{number}"


@dataclass(frozen=True, kw_only=True)
class Between:
    """What happened between two moments.

    Attributes:
        last: the revision that made each change what it is, where the history tells.
    """

    older: Moment
    newer: Moment
    comparison: Comparison
    last: Mapping[Change, Revision]


def between(store: CharterStore, project: Opened, older: str, newer: str) -> Between:
    """Compare two moments, as an address names them."""
    before, after = moment(store, project, older), moment(store, project, newer)
    comparison = compare(before.charter, after.charter)
    made: Sequence[Revision] = ()
    if before.revision < after.revision and comparison.changes:
        made = store.history(project.project_id, after=before.revision, upto=after.revision)
    return Between(older=before, newer=after, comparison=comparison, last=_last(comparison.changes, made))


def _last(changes: Iterable[Change], made: Sequence[Revision]) -> dict[Change, Revision]:
    """Who made each change, of revisions that are newest first."""
    found: dict[tuple[str, ...], Revision] = {}
    for revision in made:
        for edit in revision.edits:
            names = [edit.field] if edit.field != "unknown" else set(edit.before or ()) ^ set(edit.after or ())
            for field in (*names, "*"):
                found.setdefault((revision.part, edit.list, edit.record, field), revision)
    named = ((change, next((found[key] for key in _keys(change) if key in found), None)) for change in changes)
    return {change: revision for change, revision in named if revision}


def _keys(change: Change) -> Iterable[tuple[str, ...]]:
    """Where the edit may stand that made a change, the surest first."""
    place = change.place
    wanted = AFTER if change.what is What.MOVED else place.field
    return [(place.part, place.list, place.record, field) for field in (wanted, "currency", "", "*")]


def words(moment: Moment, day: date) -> str:
    """A moment as a sentence names it.

    Args:
        day: of the moment where the reader is.
    """
    if moment.version:
        return f"{moment.version.title}, {day_words(day)}"
    if moment.key == NOW:
        return f"now, {day_words(day)}"
    return f"change {moment.revision}, {day_words(day)}"


def differences(store: CharterStore, project: Opened, older: str, newer: str) -> Differences:
    """A comparison of two moments, as an address names them, to be sent. Days are those of Greenwich, as in all files."""
    found = between(store, project, older, newer)
    said = [words(one, one.at.astimezone(UTC).date()) for one in (found.older, found.newer)]
    made = {change: Made(revision.by, revision.at.astimezone(UTC).date()) for change, revision in found.last.items()}
    return Differences(name=found.newer.charter.name, older=said[0], newer=said[1], comparison=found.comparison, made=made)


def href(project: Opened, older: str, newer: str, **named: str) -> str:
    """The address of a comparison, below the address of the workbench."""
    return f"compare?{urlencode({steps.PROJECT_PARAM: project.project_id, FROM_PARAM: older, TO_PARAM: newer, **named})}"


def offered(store: CharterStore, project: Opened) -> list[Version]:
    """The versions that can be chosen, newest first."""
    return store.versions.of(project.project_id)


def usual(versions: Sequence[Version], revision: int) -> str:
    """With what the present is compared unless somebody chooses: the newest version before it, else how the project began."""
    older = next((v for v in versions if v.revision < revision), None)
    return str(older.number) if older else of_revision(1)
