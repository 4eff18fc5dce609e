"""The one door to the charters: open, save by merging, history, undo, restore, portfolio. Values in, values out."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any, Self, TypeVar, cast

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scoping import answers, merge
from scoping.charter import PART_BY_SLUG, PARTS, Overview, overview
from scoping.errors import AnswerError, DatabaseError, UnknownProjectError, WorkbenchError
from scoping.merge import Conflict, Edit
from scoping.section import Fields, Progress, Section
from scoping.sections.project import Rating
from storage import files, rows, tokens, upgrade
from storage import milestones as plans
from storage.engine import lost_connection, open_engine, worded
from storage.tables import TABLES, CharterRow, PersonRow, RevisionRow, SettingRow, table_of
from storage.tokens import Token

KEPT_OPEN = 256
"""How many charters are kept in memory; each is checked against its head revision before it is used."""
KEPT_ANSWERS = 64
"""How many answers about all projects are kept in memory, until any project changes."""
_RETRY_AFTER = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts while the database server restarts. Edits say what was seen, so doing them twice is harmless."""
_LAST_AUTHOR_DEPTH = 200

_UPSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""How a row is written that another server may be writing at the same moment."""

Result = TypeVar("Result")
_charter, _revision = table_of(CharterRow), table_of(RevisionRow)
_person, _setting = table_of(PersonRow), table_of(SettingRow)
_milestone = TABLES[("milestones", "milestones")]
_rating = TABLES[("project", "ratings")]


def is_project_id(text: str) -> bool:
    """Whether a project could be called so. What else stands in an address (a cut link, a stray sign) names none."""
    return re.fullmatch("[a-z0-9]{1,40}", text) is not None


class ArchivedError(WorkbenchError):
    """A change to a project that was put away."""


@dataclass(frozen=True)
class Stamp:
    """Number, moment and author of a revision."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True)
class Opened:
    """A project as it was at `stamp`. Everybody who opens that revision gets the same one, so what follows from it is kept.

    Attributes:
        stamps: the last change of each part, by slug.
    """

    project_id: str
    charter: Any
    stamp: Stamp
    stamps: dict[str, Stamp] = field(hash=False)
    is_archived: bool

    @cached_property
    def overview(self) -> Overview:
        """Progress and findings."""
        return overview(self.charter)

    @cached_property
    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of the records that links may refer to, as `Charter.titles` has them."""
        found: dict[str, dict[str, str]] = self.charter.titles()
        return found


@dataclass(frozen=True)
class Saved:
    """What a save came to: its stamp (None when nothing changed) and what was left alone because others changed it."""

    stamp: Stamp | None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Revision:
    """One save in the history of a project."""

    number: int
    part: str
    at: datetime
    by: str
    note: str
    edits: tuple[Edit, ...]


class Sort(StrEnum):
    """The orders of the portfolio."""

    RECENT = "recent"
    NAME = "name"
    PROGRESS = "progress"
    DUE = "due"


@dataclass(frozen=True)
class Due:
    """The next milestone of a project."""

    title: str
    owner: str
    due: date


@dataclass(frozen=True)
class Card:
    """A project as the portfolio shows it."""

    project_id: str
    name: str
    owner: str
    progress: dict[str, Progress]
    blockers: int
    is_archived: bool
    stamp: Stamp
    next_milestone: Due | None


@dataclass(frozen=True)
class Found:
    """One page of the portfolio, and how many projects fit in all."""

    total: int
    cards: tuple[Card, ...]


class CharterStore:
    """Charters in a database. Every method is one call, one transaction; rows never leave it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._now = now
        # A charter is read by about thirty statements, which PostgreSQL must answer as of one moment.
        snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._snapshot = engine.execution_options(**snapshot)
        self._writing = engine.execution_options(write=True)
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._seen: Any = None
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._lock = threading.Lock()

    @classmethod
    def at(cls, url: str) -> Self:
        """Open the database at an address, created or upgraded as needed. Raises DatabaseError."""
        upgrade.prepare(url)
        return cls(open_engine(url))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    # Reading

    def open(self, project: str) -> Opened:
        """The project as it is now. Raises UnknownProjectError."""
        query = select(_charter.c.number).where(_charter.c.id == project)
        number = self._read(lambda connection: connection.execute(query).scalar()) if is_project_id(project) else None
        if number is None:
            raise UnknownProjectError("This project does not exist any more.", "Choose another one in Projects.")
        with self._lock:
            kept = self._open.get(project)
        if kept and kept.stamp.number == number:
            return kept
        return self._keep(self._run(self._snapshot, lambda connection: _read(connection, project)))

    def _keep(self, opened: Opened) -> Opened:
        with self._lock:
            kept = self._open.get(opened.project_id)
            if kept is None or kept.stamp.number <= opened.stamp.number:
                self._open[opened.project_id] = opened
            self._open.move_to_end(opened.project_id)
            while len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)
        return opened

    def charter_at(self, project: str, number: int) -> Any:
        """The charter as it stood right after a revision: the present one with all later edits taken back."""
        opened = self.open(project)
        later = self.history(project, after=number, upto=opened.stamp.number)
        return _rewound(opened.charter, later)

    def history(
        self, project: str, *, part: str = "", limit: int | None = None, after: int = 0, upto: int | None = None
    ) -> list[Revision]:
        """Revisions, newest first: of one part or of all, with numbers above `after` and at most `upto`."""
        query = select(_revision).where(_revision.c.project_id == project, _revision.c.number > after)
        if part:
            query = query.where(_revision.c.part == part)
        if upto is not None:
            query = query.where(_revision.c.number <= upto)
        query = query.order_by(_revision.c.number.desc()).limit(limit)
        return self._read(lambda connection: [_revision_of(r) for r in connection.execute(query)])

    def heads(self, projects: Sequence[str]) -> dict[str, int]:
        """The newest revision number of each project that exists."""
        query = select(_charter.c.id, _charter.c.number).where(_charter.c.id.in_(projects))
        return self._read(lambda connection: {row.id: row.number for row in connection.execute(query)})

    def changed_parts(self, project: str, after: int) -> set[str]:
        """The parts that were saved since a revision."""
        query = select(_revision.c.part).where(_revision.c.project_id == project, _revision.c.number > after).distinct()
        return self._read(lambda connection: set(connection.execute(query).scalars()))

    def ratings(self, projects: Sequence[str]) -> dict[str, tuple[Rating, ...]]:
        """The ratings of many projects at once, by project."""
        query = select(_rating).where(_rating.c.project_id.in_(projects), _rating.c.removed == 0).order_by(_rating.c.row_order)

        def work(connection: Connection) -> dict[str, tuple[Rating, ...]]:
            found: dict[str, list[Rating]] = {project: [] for project in projects}
            for row in connection.execute(query).mappings():
                found[row["project_id"]].append(Rating.model_validate({name: row[name] for name in Rating.model_fields}))
            return {project: tuple(rows_) for project, rows_ in found.items()}

        return self._read(work)

    # Writing

    def create(self, charter: Any, by: str, note: str = "") -> str:
        """Keep a new project. Returns its id."""
        project = secrets.token_hex(8)
        stamp = Stamp(1, self._now(), by)

        def work(connection: Connection) -> Opened:
            opened = Opened(project, charter, stamp, dict.fromkeys(PART_BY_SLUG, stamp), False)
            head = {"id": project, "created_at": stamp.at, "archived": 0, **_summary(opened), **_head(stamp)}
            connection.execute(insert(_charter), head)
            rows.insert_charter(connection, project, charter, (stamp.number, stamp.at, by))
            _add_revision(connection, project, stamp, "project", note, [])
            return opened

        self._keep(self._write(work))
        return project

    def save(self, project: str, part: str, edits: Sequence[Edit], by: str, note: str = "") -> Saved:
        """Make edits on one part as it is by now. What others changed differently is left alone and told.

        Raises:
            AnswerError: an edit leads to a value that its question cannot take; nothing is saved.
            ArchivedError, UnknownProjectError, DatabaseError.
        """
        return self.save_parts(project, {part: edits}, by, note)

    def save_parts(self, project: str, edits: Mapping[str, Sequence[Edit]], by: str, note: str = "") -> Saved:
        """Make edits on several parts in one transaction; refuses what `save` refuses."""
        return self._change(project, by, note, lambda _: dict(edits))

    def undo(self, project: str, number: int, by: str) -> Saved:
        """Take back one revision, as far as nobody changed the same things since. Raises UnknownProjectError."""
        revision = next(iter(self.history(project, after=number - 1, upto=number)), None)
        if revision is None:
            raise UnknownProjectError(f"Change {number} does not exist.", "Reload the page.")
        return self._change(project, by, f"Took back change {number}", lambda _: {revision.part: merge.inverse(revision.edits)})

    def restore(self, project: str, number: int, by: str) -> Saved:
        """Bring the whole project back to how it stood at a revision; itself a change that can be undone."""
        past = self.charter_at(project, number)

        def back(now: Any) -> dict[str, Sequence[Edit]]:
            return {s.slug: merge.diff(*(merge.flatten(s, c.part(s.slug)) for c in (now, past))) for s in PARTS}

        return self._change(project, by, f"Back to change {number}", back)

    def archive(self, project: str, by: str) -> None:
        """Put a project away; nothing is deleted."""
        self._put_away(project, by, True)

    def unarchive(self, project: str, by: str) -> None:
        """Bring a project back from the archive."""
        self._put_away(project, by, False)

    def _put_away(self, project: str, by: str, away: bool) -> None:
        def work(connection: Connection) -> Opened:
            now = self._present(connection, project)
            if now.is_archived == away:
                return now
            stamp = Stamp(now.stamp.number + 1, self._now(), by)
            connection.execute(update(_charter).where(_charter.c.id == project).values(archived=int(away), **_head(stamp)))
            _add_revision(connection, project, stamp, "project", "Archived" if away else "Restored from the archive", [])
            return replace(now, stamp=stamp, is_archived=away)

        self._keep(self._write(work))

    def _change(self, project: str, by: str, note: str, wanted: Callable[[Any], dict[str, Sequence[Edit]]]) -> Saved:
        """Make edits on any number of parts in one transaction, with a revision for each part that changes."""

        def work(connection: Connection) -> tuple[Opened, Saved]:
            now = after = self._present(connection, project)
            if now.is_archived:
                raise ArchivedError("This project is archived, so nothing was changed.", "Restore it in Projects first.")
            conflicts: list[Conflict] = []
            came_back = False
            for slug, edits in wanted(now.charter).items():
                after, clashes, back = self._change_part(connection, after, PART_BY_SLUG[slug], edits, by, note)
                conflicts += clashes
                came_back |= back
            if after is now:
                return now, Saved(None, tuple(conflicts))
            head = update(_charter).where(_charter.c.id == project)
            connection.execute(head.values(**_summary(after), **_head(after.stamp)))
            return (_read(connection, project) if came_back else after), Saved(after.stamp, tuple(conflicts))

        opened, saved = self._write(work)
        self._keep(opened)
        return saved

    def _change_part(
        self, connection: Connection, now: Opened, section: Section, edits: Sequence[Edit], by: str, note: str
    ) -> tuple[Opened, list[Conflict], bool]:
        value = now.charter.part(section.slug)
        before = merge.entries_at(section, value, [e.key for e in edits])
        outcome = merge.apply(edits, before)
        conflicts = [replace(c, by=_author(connection, now, section.slug, c.edit)) for c in outcome.conflicts]
        if not outcome.made:
            return now, conflicts, False
        try:
            value = merge.with_entries(section, value, outcome.entries)
        except ValidationError as error:
            raise AnswerError(f"{section.title}: {answers.sentences(error, _refusing(section, error))}.") from None
        kept = merge.entries_at(section, value, outcome.entries)
        stamp = Stamp(now.stamp.number + 1, self._now(), by)
        written = {key: kept.get(key) for key in outcome.entries}
        came_back = rows.write_entries(connection, now.project_id, section, before, written, (stamp.number, stamp.at, by))
        _add_revision(connection, now.project_id, stamp, section.slug, note, outcome.made)
        stamps = {**now.stamps, section.slug: stamp}
        return Opened(now.project_id, now.charter.with_part(section.slug, value), stamp, stamps, False), conflicts, came_back

    def _present(self, connection: Connection, project: str) -> Opened:
        """The project as it is inside a write transaction, locked against other writers."""
        query = select(_charter.c.number).where(_charter.c.id == project).with_for_update()
        number = connection.execute(query).scalar() if is_project_id(project) else None
        if number is None:
            raise UnknownProjectError("This project does not exist any more.", "Choose another one in Projects.")
        with self._lock:
            kept = self._open.get(project)
        return kept if kept and kept.stamp.number == number else _read(connection, project)

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        return self._run(self._engine, work)

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        return self._run(self._writing, work)

    def _run(self, engine: Engine, work: Callable[[Connection], Result]) -> Result:
        """Run one transaction; try again while the server of the database restarts."""
        for pause in _RETRY_AFTER:
            try:
                with worded(), engine.begin() as connection:
                    return work(connection)
            except DatabaseError as error:
                if not lost_connection(error.__cause__):
                    raise
                time.sleep(pause)
        with worded(), engine.begin() as connection:
            return work(connection)

    # People

    def person(self, device: str) -> str:
        """The display name that the person at a browser gave; "" for none."""
        query = select(_person.c.name).where(_person.c.device == _digest(device))
        return self._read(lambda connection: connection.execute(query).scalar() or "")

    def name_person(self, device: str, name: str) -> None:
        """Remember the display name of the person at a browser."""
        row = _UPSERT[self._engine.dialect.name](_person).values(device=_digest(device), name=name)
        query = row.on_conflict_do_update(index_elements=["device"], set_={"name": name})
        self._write(lambda connection: connection.execute(query))

    # Files

    def keep_file(self, project: str, path: Path, name: str, by: str) -> files.KeptFile:
        """Keep a copy of a file with a project. Raises WorkbenchError where that cannot be done."""
        if self.open(project).is_archived:
            raise ArchivedError("This project is archived, so nothing was changed.", "Restore it in Projects first.")
        file, content = files.packed(path, name, self._now(), by)
        self._write(lambda connection: files.keep(connection, project, file, content))
        return file

    def drop_file(self, project: str, sha256: str) -> None:
        """Forget a kept file."""
        self._write(lambda connection: files.drop(connection, project, sha256))

    def kept_files(self, project: str) -> tuple[files.KeptFile, ...]:
        """What is kept with a project, newest first."""
        return self._read(lambda connection: files.of_project(connection, project))

    def kept_file(self, project: str, sha256: str) -> IO[bytes]:
        """The content of a kept file. Raises UnknownFileError."""
        return self._read(lambda connection: files.content(connection, project, sha256))

    # Tokens of programs

    def make_token(self, project: str, label: str, by: str) -> str:
        """Make a token with which a program may report readings; shown now and never again. Raises TokenError, ArchivedError."""
        if self.open(project).is_archived:
            raise ArchivedError("This project is archived, so nothing was changed.", "Restore it in Projects first.")
        return self._write(lambda connection: tokens.make(connection, project, label, self._now(), by))

    def revoke_token(self, project: str, digest: str) -> None:
        """Make a token worthless from now on."""
        self._write(lambda connection: tokens.revoke(connection, project, digest))

    def tokens(self, project: str) -> tuple[Token, ...]:
        """The tokens of a project, newest first."""
        return self._read(lambda connection: tokens.of_project(connection, project))

    def token(self, given: str) -> Token | None:
        """What is known of a token that a program shows, whose use is written down; None for one that is worthless."""
        found = self._read(lambda connection: tokens.known(connection, given))
        if found and tokens.is_due(found, now := self._now()):
            self._write(lambda connection: tokens.used(connection, found.digest, now))
        return found

    # The portfolio

    def setting(self, name: str) -> dict[str, Any]:
        """What was kept for the whole portfolio under a name; empty when nothing was."""
        query = select(_setting.c.value).where(_setting.c.name == name)
        return self._read(lambda connection: connection.execute(query).scalar() or {})

    def keep_setting(self, name: str, changes: dict[str, Any]) -> None:
        """Keep plain values for the whole portfolio, entry by entry: what is not named stays as somebody else left it.

        Args:
            changes: new values; None takes an entry away, an object is carried over entry by entry too.
        """
        row = _UPSERT[self._engine.dialect.name](_setting).values(name=name, value={})
        of_name = _setting.c.name == name

        def work(connection: Connection) -> None:
            connection.execute(row.on_conflict_do_nothing(index_elements=["name"]))
            now = connection.execute(select(_setting.c.value).where(of_name).with_for_update()).scalar_one()
            connection.execute(update(_setting).where(of_name).values(value=_carried_over(now, changes)))

        self._write(work)

    def is_empty(self) -> bool:
        """Whether no project was ever kept here, not even one that is archived now."""
        query = select(_charter.c.id).limit(1)
        return self._read(lambda connection: connection.execute(query).first()) is None

    def portfolio(
        self,
        *,
        today: date,
        search: str = "",
        drafts: bool | None = None,
        archived: bool = False,
        sort: Sort = Sort.RECENT,
        offset: int = 0,
        limit: int = 50,
    ) -> Found:
        """One page of projects.

        Args:
            today: milestones due from this day on count as the next ones.
            search: words of the name or the owner, in any case.
            drafts: True for those with blockers, False for those without, None for all.
        """
        fits = [_charter.c.archived == int(archived)]
        fits += [_charter.c.search_key.contains(word, autoescape=True) for word in search.casefold().split()]
        if drafts is not None:
            fits.append(_charter.c.blockers > 0 if drafts else _charter.c.blockers == 0)
        coming = (
            select(func.min(_milestone.c.due)).where(_is_next(today), _milestone.c.project_id == _charter.c.id).scalar_subquery()
        )
        order = {
            Sort.RECENT: (_charter.c.saved_at.desc(),),
            Sort.NAME: (_charter.c.name_key,),
            Sort.PROGRESS: (_charter.c.done_share.desc(), _charter.c.name_key),
            Sort.DUE: (coming.is_(None), coming, _charter.c.name_key),
        }[sort]
        query = select(_charter).where(*fits).order_by(*order, _charter.c.id).offset(offset).limit(limit)

        def work(connection: Connection) -> Found:
            total = connection.execute(select(func.count()).select_from(_charter).where(*fits)).scalar_one()
            found = connection.execute(query).all()
            due = _next_milestones(connection, [r.id for r in found], today)
            return Found(total, tuple(_card(r, due.get(r.id)) for r in found))

        return self._read(work)

    def milestones(
        self,
        *,
        today: date,
        which: plans.Which = plans.Which.OPEN,
        owner: str | None = None,
        search: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> plans.Listed:
        """One page of the milestones of all projects, by due date; those that are archived are left out."""
        options: dict[str, Any] = {
            "today": today,
            "which": which,
            "owner": owner,
            "search": search,
            "offset": offset,
            "limit": limit,
        }
        return self._until_a_change(("milestones", *options.values()), partial(plans.listed, **options))

    def milestone_owners(self) -> tuple[str, ...]:
        """Everybody who answers for a milestone."""
        return self._until_a_change(("owners",), plans.owners)

    def booked(self, today: date, last: date) -> plans.Booked:
        """How much of whom is booked from today until a day, over all projects."""
        return self._until_a_change(("booked", today, last), partial(plans.booked, today=today, last=last))

    def _until_a_change(self, question: tuple[Any, ...], ask: Callable[[Connection], Result]) -> Result:
        """An answer about all projects, kept until any of them changes: every save raises one of their numbers."""

        def work(connection: Connection) -> Result:
            seen = tuple(connection.execute(select(func.count(), func.sum(_charter.c.number))).one())
            with self._lock:
                if self._seen != seen:
                    self._seen, self._answers = seen, {}
                kept = self._answers
            if question in kept:
                return cast("Result", kept[question])
            answer = ask(connection)
            with self._lock:
                if len(kept) < KEPT_ANSWERS:
                    kept[question] = answer
            return answer

        return self._read(work)


def _read(connection: Connection, project: str) -> Opened:
    head = connection.execute(select(_charter).where(_charter.c.id == project)).one()
    charter, stamps = rows.read_charter(connection, project)
    return Opened(
        project,
        charter,
        Stamp(head.number, head.saved_at, head.saved_by),
        {slug: Stamp(*stamp) for slug, stamp in stamps.items()},
        bool(head.archived),
    )


def _rewound(charter: Any, later: Sequence[Revision]) -> Any:
    """A charter with revisions taken back, newest first."""
    for revision in later:
        if not revision.edits:
            continue
        section = PART_BY_SLUG[revision.part]
        value = charter.part(revision.part)
        outcome = merge.apply(merge.inverse(revision.edits), merge.entries_at(section, value, [e.key for e in revision.edits]))
        charter = charter.with_part(revision.part, merge.with_entries(section, value, outcome.entries))
    return charter


def _refusing(section: Section, error: ValidationError) -> type[Fields]:
    """The model of a part that refused a value; pydantic tells no more than its name."""
    models = [section.model_of(name) for name in ("", *section.lists)]
    return next(m for m in models if m.__name__ == error.title)


def _author(connection: Connection, now: Opened, part: str, edit: Edit) -> str:
    """Who made a thing what it is at present: the author of its last change."""
    query = select(_revision).where(_revision.c.project_id == now.project_id, _revision.c.part == part)
    for row in connection.execute(query.order_by(_revision.c.number.desc()).limit(_LAST_AUTHOR_DEPTH)):
        if any(e.key == edit.key and (not edit.field or e.field in ("", edit.field)) for e in _revision_of(row).edits):
            return str(row.by)
    return now.stamps[part].by


def _revision_of(row: Any) -> Revision:
    return Revision(row.number, row.part, row.at, row.by, row.note, tuple(Edit(*edit) for edit in row.edits))


def _add_revision(connection: Connection, project: str, stamp: Stamp, part: str, note: str, edits: Sequence[Edit]) -> None:
    plain = [[e.list, e.record, e.field, e.before, e.after] for e in edits]
    values = {
        "project_id": project,
        "number": stamp.number,
        "part": part,
        "at": stamp.at,
        "by": stamp.by,
        "note": note,
        "edits": plain,
    }
    connection.execute(insert(_revision), values)


def _head(stamp: Stamp) -> rows.Columns:
    return {"number": stamp.number, "saved_at": stamp.at, "saved_by": stamp.by}


def _summary(opened: Opened) -> rows.Columns:
    """What the portfolio shows, kept beside the charter so that a list of projects reads no parts."""
    charter, state = opened.charter, opened.overview
    owner = charter.part("project").owner.strip()
    return {
        "name": charter.name,
        "name_key": charter.name.casefold(),
        "owner": owner,
        "search_key": f"{charter.name} {owner}".casefold(),
        "progress": {slug: [p.answered, p.unknown, p.total] for slug, p in state.progress.items()},
        "done_share": state.total.answered / state.total.total if state.total.total else 0.0,
        "blockers": len(state.blockers),
    }


def _is_next(today: date) -> Any:
    return (_milestone.c.removed == 0) & (_milestone.c.due >= today)


def _next_milestones(connection: Connection, projects: Sequence[str], today: date) -> dict[str, Due]:
    columns = (_milestone.c.project_id, _milestone.c.deliverable, _milestone.c.owner, _milestone.c.due)
    query = (
        select(*columns)
        .where(_milestone.c.project_id.in_(projects), _is_next(today))
        .order_by(_milestone.c.due, _milestone.c.row_order)
    )
    found: dict[str, Due] = {}
    for row in connection.execute(query):
        found.setdefault(row.project_id, Due(row.deliverable or "Milestone without a name", row.owner, row.due))
    return found


def _card(row: Any, due: Due | None) -> Card:
    return Card(
        row.id,
        row.name,
        row.owner,
        {slug: Progress(*counts) for slug, counts in row.progress.items()},
        row.blockers,
        bool(row.archived),
        Stamp(row.number, row.saved_at, row.saved_by),
        due,
    )


def _carried_over(now: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Plain values with some entries changed, at every depth."""
    found = dict(now)
    for name, value in changes.items():
        if isinstance(value, dict):
            before = found.get(name)
            found[name] = _carried_over(before if isinstance(before, dict) else {}, value)
        elif value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
