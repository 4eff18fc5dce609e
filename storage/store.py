"""The one door to the charters: open, save by merging, history, undo, restore. Values in, values out."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from scoping import answers, editing, merge
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.errors import AnswerError, UnknownProjectError
from scoping.ethics import becoming
from scoping.merge import Conflict, Edit, Flat, Key
from scoping.review import overview
from scoping.section import LONG, Fields, Section, clean
from scoping.signing import acts
from scoping.signing.signatures import bound
from scoping.signing.terms import fingerprint
from scoping.words import short
from storage import history, rows, upgrade
from storage.access.replies import Replies
from storage.access.shares import Shares
from storage.access.tokens import Tokens
from storage.engine import Transactions, open_engine
from storage.files import Files
from storage.history import Revision, Sought, Stamp
from storage.notices import Notices
from storage.opened import Opened, Saved
from storage.people import People
from storage.portfolio import Portfolio, said, summary
from storage.portfolio import health as standings
from storage.portfolio.health import Head
from storage.tables import CharterRow, table_of
from storage.versions import Versions
from storage.workshops.keeping import Workshops
from storage.workshops.templates import Templates

KEPT_OPEN = 256
"""How many charters are kept in memory; each is checked against its head revision before it is used."""
_JUDGED_AT_ONCE = 20
"""Projects that are judged in one transaction, so that no other server waits long behind it."""

_charter = table_of(CharterRow)
_SAVE = update(_charter).where(_charter.c.id == bindparam(rows.PROJECT))


Wish = Callable[[Opened], Mapping[str, Sequence[Edit]]]
"""Works edits out, by part, from the project as it is inside the transaction; asked anew when that is tried again."""


class CharterStore:
    """Charters in a database. Every method is one call, one transaction; rows never leave it.

    Attributes:
        portfolio: what is asked about all projects at once.
        people: who is at which browser.
        files: data that is kept with projects.
        tokens, replies: with which programs come in, and what they were answered.
        workshops, agendas: what people do in workshops, and agendas that somebody kept.
        versions, shares: charters that are kept whole, and links with which others read.
        notices: what servers that share the database tell each other: `{"saved": project}` of each save.
        on_saved: who is told every save of this process as soon as it is safe, in the thread that saved.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._now = now
        self._transact = Transactions(engine)
        self.portfolio = Portfolio(self._transact)
        self.people = People(self._transact)
        self.files = Files(self._transact, now)
        self.tokens, self.replies = Tokens(self._transact, now), Replies(self._transact, now)
        self.notices = Notices(engine, self._transact)
        self.versions = Versions(self._transact, now, self._charter_now)
        self.shares = Shares(self._transact, now)
        self.workshops = Workshops(self._transact, self.notices, now)
        self.agendas = Templates(self._transact, now)
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._lock = threading.Lock()
        self.on_saved: list[Callable[[Saved], None]] = []

    @classmethod
    def at(cls, url: str) -> Self:
        """Open the database at an address, created or upgraded as needed. Raises DatabaseError."""
        upgrade.prepare(url)
        store = cls(open_engine(url))
        store.complete_lists()
        return store

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    # Reading

    def open(self, project: str) -> Opened:
        """The project as it is now. Raises UnknownProjectError."""
        number = self.number(project)
        kept = self._kept(project)
        if kept and kept.stamp.number == number:
            return kept
        return self._keep(self._transact.read_as_one(lambda connection: _read(connection, project, kept)))

    def number(self, project: str) -> int:
        """The newest revision number of a project. Raises UnknownProjectError."""
        return self._transact.read(lambda connection: history.head_number(connection, project))

    def _kept(self, project: str) -> Opened | None:
        with self._lock:
            return self._open.get(project)

    def _keep(self, opened: Opened) -> Opened:
        with self._lock:
            kept = self._open.get(opened.project_id)
            if kept is None or kept.stamp.number <= opened.stamp.number:
                self._open[opened.project_id] = opened
            self._open.move_to_end(opened.project_id)
            while len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)
        return opened

    def charter_at(self, project: str, number: int) -> Charter:
        """The charter as it stood right after a revision: the present one with all later edits taken back."""

        def past(connection: Connection) -> Charter:
            now = self._present(connection, project)
            later = history.revisions(connection, project, after=number)
            lists = history.lists_to_order(later)
            orders = {slug: rows.places(connection, project, PART_BY_SLUG[slug], names) for slug, names in lists.items()}
            return history.rewound(now.charter, later, {slug: merge.ids(lists) for slug, lists in orders.items()})

        return self._transact.read_as_one(past)

    def removed(self, project: str, part: str, keys: Sequence[Key]) -> Flat:
        """What stood in those of some records that were removed."""
        section, by_list = PART_BY_SLUG[part], merge.by_list(keys)

        def read(connection: Connection) -> Flat:
            found: Flat = {}
            for name, records in by_list.items():
                found |= rows.removed_entries(connection, project, section, name, records)
            return found

        return self._transact.read_as_one(read)

    def history(
        self,
        project: str,
        *,
        part: str = "",
        workshop: str = "",
        sought: Sought = history.EVERYTHING,
        limit: int | None = None,
        after: int = 0,
        upto: int | None = None,
    ) -> list[Revision]:
        """Revisions, newest first: of one part or of all, of one workshop, with numbers above `after` and at most `upto`."""
        return self._transact.read(
            lambda connection: history.revisions(
                connection, project, part=part, workshop=workshop, sought=sought, limit=limit, after=after, upto=upto
            )
        )

    def people_of(self, project: str) -> list[str]:
        """Whoever saved something in a project, by name; "" for those without one."""
        return self._transact.read(lambda connection: history.people(connection, project))

    def history_of(self, project: str, part: str, key: Key, limit: int) -> list[Revision]:
        """What happened to one record, or to the questions of the part itself, newest first: revisions with its edits alone."""

        def read(connection: Connection) -> list[Revision]:
            named = history.revisions(connection, project, part=part, sought=Sought(record=key[1]), limit=limit)
            own = (replace(r, edits=tuple(e for e in r.edits if e.key == key)) for r in named)
            return [r for r in own if r.edits]

        return self._transact.read(read)

    def heads(self, projects: Sequence[str]) -> dict[str, int]:
        """The newest revision number of each project that exists."""
        return self._transact.read(lambda connection: history.heads(connection, projects))

    # Writing

    def create(self, charter: Charter, by: str, note: str = "") -> str:
        """Keep a new project. Returns its id. Answers of those who sign count as far as they were given to its very terms."""
        project = secrets.token_hex(8)
        stamp = Stamp(1, self._now(), by)
        charter, _ = acts.brought(charter, is_ready=not overview(charter).is_draft)
        is_signed = any(one.answered for one in charter.project.signatures)

        def work(connection: Connection) -> Opened:
            opened = Opened(project, charter, stamp, dict.fromkeys(PART_BY_SLUG, stamp), False)
            columns = {"id": project, "created_at": stamp.at, "archived": 0, **_summary(opened), **_head(stamp)}
            connection.execute(insert(_charter), columns)
            rows.insert_charter(connection, project, charter, (stamp.number, stamp.at, by))
            self._keep_health(connection, opened)
            said.keep(connection, project, charter)
            history.add_revision(connection, project, _revision(stamp, "project", note))
            if is_signed:
                self.versions.keep_with(connection, project, charter, stamp.number, by, name="As it was brought in")
            return opened

        self._keep(self._transact.write(work))
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
        return self.change(project, by, lambda _: edits, note)

    def undo(self, project: str, number: int, by: str, key: Key | None = None) -> Saved:
        """Take back one revision, as far as nobody changed the same things since. Raises UnknownProjectError.

        Args:
            key: take back only what was done to this record, or to the questions of the part itself.
        """
        revision = next(iter(self.history(project, after=number - 1, upto=number)), None)
        if revision is None:
            raise UnknownProjectError(f"Change {number} does not exist.", "Reload the page.")
        edits = [e for e in revision.edits if key is None or e.key == key]
        if any(editing.is_answer(PART_BY_SLUG[revision.part], e) for e in edits):
            raise AnswerError(
                "What somebody answered who signs is not undone.", "They take it back themselves, on the charter page."
            )
        back = {revision.part: merge.inverse(edits)}
        return self.change(project, by, lambda _: back, f"Took back change {number}")

    def restore(self, project: str, number: int, by: str) -> Saved:
        """Bring the whole project back to how it stood at a revision; itself a change that can be undone."""
        past = self.charter_at(project, number)

        def back(now: Opened) -> Mapping[str, Sequence[Edit]]:
            return {
                s.slug: merge.diff(*(merge.flatten(s, c.part(s.slug)) for c in (now.charter, past)), comes_back=True) for s in PARTS
            }

        return self.change(project, by, back, f"Back to change {number}")

    def archive(self, project: str, by: str) -> None:
        """Put a project away; nothing is deleted."""
        self._put_away(project, by, True)

    def unarchive(self, project: str, by: str) -> None:
        """Bring a project back from the archive."""
        self._put_away(project, by, False)

    def _put_away(self, project: str, by: str, away: bool) -> None:
        def work(connection: Connection) -> Saved:
            now = self._present(connection, project)
            if now.is_archived == away:
                return Saved(now, None)
            stamp = Stamp(now.stamp.number + 1, self._now(), by)
            connection.execute(_SAVE, {rows.PROJECT: project, "archived": int(away), **_head(stamp)})
            revision = _revision(stamp, "project", "Archived" if away else "Restored from the archive")
            history.add_revision(connection, project, revision)
            standings.move(connection, project, Head(saved_at=stamp.at, is_archived=away))
            self.notices.send_with(connection, {"saved": project})
            return Saved(replace(now, stamp=stamp, is_archived=away), stamp, (), (revision,))

        self._tell(self._transact.write(work))

    def change(
        self,
        project: str,
        by: str,
        wanted: Wish,
        note: str = "",
        *,
        workshop: str = "",
    ) -> Saved:
        """Make edits on any number of parts in one transaction, with a revision for each part that changes.

        Args:
            wanted: works the edits out from the project as it is inside the transaction; asked anew when that is tried again.
            workshop: id of the one in which it is done.

        Raises: what `save` raises.
        """

        return self._tell(self._transact.write(lambda c: self._wished(c, project, by, wanted, note, workshop)))

    def tried(self, project: str, by: str, wanted: Wish) -> Saved:
        """What a change would come to, judged as when it is made: it is made, and undone before anybody sees it."""

        def work(connection: Connection) -> Saved:
            trial = connection.begin_nested()
            try:
                return self._wished(connection, project, by, wanted)
            finally:
                trial.rollback()

        return self._transact.write(work)

    def _wished(self, connection: Connection, project: str, by: str, wanted: Wish, note: str = "", workshop: str = "") -> Saved:
        now = self._in_use(connection, project)
        # Whatever was removed, taken back or brought in: nothing but signing writes signatures.
        edits = {slug: editing.unsealed(PART_BY_SLUG[slug], now.charter.part(slug), some) for slug, some in wanted(now).items()}
        return self._changed(connection, now, edits, by, note, workshop)

    def sign(self, project: str, act: acts.Act, by: str) -> Saved:
        """Sign, refuse, ask for changes, or take that back. What is answered is kept as a version, in the same transaction.

        Raises:
            SigningError: it cannot be signed, or not by this person.
            ChangedError: the terms are no longer those that the person has read.
            ArchivedError, UnknownProjectError, DatabaseError.
        """

        def work(connection: Connection) -> Saved:
            now = self._in_use(connection, project)
            signature = acts.allowed(act, now.charter, now.signing, len(now.overview.missing_words)).signature
            if act.answered is None:
                note, made = "Answer taken back", acts.edits(act, signature, None, "")
            else:
                terms, name = fingerprint(now.charter), acts.told(act, signature)
                version = self.versions.of_terms(connection, project, terms) or self.versions.keep_with(
                    connection, project, now.charter, now.stamp.number, by, name=name
                )
                note, made = f"{name}, version {version.number}", acts.edits(act, signature, version.number, terms)
            return self._changed(connection, now, {"project": made}, by, note)

        return self._tell(self._transact.write(work))

    def _changed(
        self,
        connection: Connection,
        now: Opened,
        wanted: Mapping[str, Sequence[Edit]],
        by: str,
        note: str,
        workshop: str = "",
    ) -> Saved:
        after, project = now, now.project_id
        conflicts: list[Conflict] = []
        made: list[Revision] = []
        for slug, edits in wanted.items():
            after, clashes, revision = self._change_part(connection, after, PART_BY_SLUG[slug], edits, by, note, workshop)
            conflicts += clashes
            made += [revision] if revision else []
        if not made:
            return Saved(now, None, tuple(conflicts))
        asked_anew = acts.following(now.charter, after.charter)
        follows = [(slug, some, "Follows its entry") for slug, some in becoming.following(now.charter, after.charter).items()]
        for slug, edits, why in [*follows, ("project", asked_anew, "Asked anew, as somebody else is named")]:
            after, _, revision = self._change_part(connection, after, PART_BY_SLUG[slug], edits, by, why, workshop)
            made += [revision] if revision else []
        connection.execute(_SAVE, {rows.PROJECT: project, **_summary(after), **_head(after.stamp)})
        if after.stands_as(now):
            standings.move(connection, project, after.head)
        else:
            self._keep_health(connection, after)
        said.keep(connection, project, after.charter, {revision.part for revision in made})
        self.notices.send_with(connection, {"saved": project})
        return Saved(after, after.stamp, tuple(conflicts), tuple(made))

    def _tell(self, saved: Saved) -> Saved:
        self._keep(saved.project)
        if saved.stamp:
            for tell in tuple(self.on_saved):
                tell(saved)
        return saved

    def _change_part(
        self, connection: Connection, now: Opened, section: Section, edits: Sequence[Edit], by: str, note: str, workshop: str
    ) -> tuple[Opened, list[Conflict], Revision | None]:
        value = now.charter.part(section.slug)
        before = merge.entries_at(section, value, [e.key for e in edits])
        places = rows.places(connection, now.project_id, section, merge.orders_needed(edits))
        merged = merge.apply(edits, before, merge.ids(places))
        authors = history.authors(connection, now.project_id, section.slug, [c.edit for c in merged.conflicts])
        last = now.stamps[section.slug].by
        conflicts = [replace(c, by=last if a is None else a) for c, a in zip(merged.conflicts, authors, strict=True)]
        if not merged.made:
            return now, conflicts, None
        try:
            value = merge.with_entries(section, value, merged.entries, merged.order)
        except ValidationError as error:
            raise AnswerError(f"{section.title}: {answers.sentences(error, _refusing(section, error))}.") from None
        kept = merge.entries_at(section, value, merged.entries)
        stamp = Stamp(now.stamp.number + 1, self._now(), by)
        written = {key: kept.get(key) for key in merged.entries}
        rows.write_entries(connection, now.project_id, section, written, places, merged.order, (stamp.number, stamp.at, stamp.by))
        revision = _revision(stamp, section.slug, note, merged.made, workshop)
        history.add_revision(connection, now.project_id, revision)
        return now.changed(section.slug, value, stamp), conflicts, revision

    def _present(self, connection: Connection, project: str) -> Opened:
        """The project as it is inside a write transaction, locked against other writers."""
        number = history.head_number(connection, project)
        kept = self._kept(project)
        return kept if kept and kept.stamp.number == number else _read(connection, project, kept)

    def _in_use(self, connection: Connection, project: str) -> Opened:
        now = self._present(connection, project)
        if now.is_archived:
            raise history.archived()
        return now

    def _charter_now(self, connection: Connection, project: str) -> tuple[Charter, int]:
        now = self._present(connection, project)
        return now.charter, now.stamp.number

    # What lists of projects show

    def _keep_health(self, connection: Connection, opened: Opened) -> None:
        begin = standings.first_day(self._now())
        spans = opened.standings(begin)
        standings.keep(connection, opened.project_id, opened.head, opened.charter.milestones, spans, begin)

    def complete_lists(self) -> None:
        """Work out anew what is kept beside charters for lists of projects, as far as an upgrade had it forgotten."""

        def some(connection: Connection) -> None:
            for project in standings.without(connection, _JUDGED_AT_ONCE):
                opened = self._bound(connection, self._present(connection, project))
                connection.execute(_SAVE, {rows.PROJECT: project, **_summary(opened)})
                self._keep_health(connection, opened)
                said.keep(connection, project, opened.charter)

        while self._transact.read(lambda connection: standings.without(connection, 1)):
            self._transact.write(some)

    def _bound(self, connection: Connection, opened: Opened) -> Opened:
        """The project with signatures of the time when these were only days, bound to what they stand under today."""
        if all(one.terms or not one.answered for one in opened.charter.project.signatures):
            return opened
        what = "As it stood when signatures began to be bound"
        version = self.versions.keep_with(connection, opened.project_id, opened.charter, opened.stamp.number, "", name=what)
        section = PART_BY_SLUG["project"]
        before, after = (merge.flatten(section, c.project) for c in (opened.charter, bound(opened.charter, version.number)))
        return self._changed(connection, opened, {section.slug: merge.diff(before, after)}, "", what).project


def _read(connection: Connection, project: str, known: Opened | None = None) -> Opened:
    """A project as it is now.

    Args:
        known: as it was at an earlier revision; only what was saved since then is read.
    """
    head = connection.execute(select(_charter).where(_charter.c.id == project)).one()
    stamp = Stamp(head.number, head.saved_at, head.saved_by)
    if known and known.stamp.number >= stamp.number:
        # A backup was brought back.
        known = None
    changed = history.changed_parts(connection, project, known.stamp.number) if known else PART_BY_SLUG
    parts, stamps = {}, dict(known.stamps if known else {})
    for slug in changed:
        parts[slug], saved = rows.read_part(connection, project, PART_BY_SLUG[slug])
        stamps[slug] = Stamp(*saved)
    charter = (known.charter if known else Charter()).model_copy(update=parts)
    opened = Opened(project, charter, stamp, stamps, bool(head.archived))
    return opened.judged_after(known) if known and known.is_judged else opened


def _refusing(section: Section, error: ValidationError) -> type[Fields]:
    """The model of a part that refused a value; pydantic tells no more than its name."""
    models = [section.model_of(name) for name in ("", *section.lists)]
    return next(m for m in models if m.__name__ == error.title)


def _revision(stamp: Stamp, part: str, note: str, edits: Sequence[Edit] = (), workshop: str = "") -> Revision:
    said = short(str(clean(note)), LONG)
    return Revision(number=stamp.number, part=part, at=stamp.at, by=stamp.by, note=said, workshop=workshop, edits=tuple(edits))


def _head(stamp: Stamp) -> rows.Columns:
    return {"number": stamp.number, "saved_at": stamp.at, "saved_by": stamp.by}


def _summary(opened: Opened) -> rows.Columns:
    return summary(opened.project_id, opened.charter, opened.overview.met, opened.figures)
