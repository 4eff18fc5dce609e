"""Who is in which workshop, and what they hear: the whole room, made once for all of them. Memory only, no Streamlit here.

`GET …/stream?tab=T` tells as server-sent events: `room` (what everybody is told), `about` (the places of the charter that the question
is about, and how much is signed), `mine` (what somebody wrote in another tab of theirs). Each message is whole, so a browser that was
cut off needs none of those that it missed. Whoever has a stream open is in the room.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import anyio.to_thread

from pages.serving import document, watch
from pages.serving.watch import Watch
from pages.serving.workshops import settling, trying
from scoping.errors import WorkbenchError
from scoping.workshop import telling
from scoping.workshop.room import Room
from storage.notices import Notice
from storage.opened import Opened, Saved
from storage.store import CharterStore
from storage.workshops.keeping import Workshop

GATHER_SECONDS = 0.08
"""What happens within so long is told together."""
LEFT_SECONDS = 3.0
"""Without a stream for so long, somebody is gone: a browser that was cut off is back sooner."""
REPLAY_SECONDS = 1.2
"""Between what two of those do who are replayed."""
LATELY_SECONDS = 60.0
"""For so long nobody takes over from a leader who was cut off."""
_ELSEWHERE_SECONDS = 3 * watch.REST_SECONDS


class Listener:
    """The stream of one tab. Of each kind of message only the newest waits, however slow the browser is."""

    def __init__(self, device: str, person: str) -> None:
        self.device = device
        self.person = person
        self._waiting: dict[str, bytes] = {}
        self._wake = asyncio.Event()
        self.is_cut = False

    def tell(self, kind: str, message: bytes) -> None:
        self._waiting[kind] = message
        self._wake.set()

    def cut_off(self) -> None:
        """End the stream."""
        self.is_cut = True
        self._wake.set()

    async def next(self) -> bytes:
        """What there is to tell, as soon as there is something; a sign of life after a while."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), watch.REST_SECONDS)
        self._wake.clear()
        waiting, self._waiting = self._waiting, {}
        return b"".join(waiting.values()) or watch.STILL


@dataclass
class _Told:
    """What a hall was told last.

    Attributes:
        number: of the last move in it.
        about: question, and revision of the charter, of which `places` tells.
    """

    number: int
    room: bytes
    about: tuple[str, int]
    places: bytes


@dataclass(kw_only=True)
class Hall:
    """The browsers in a workshop.

    Attributes:
        listeners: by tab.
        seen: when somebody's last stream ended, by the clock of `time.monotonic`.
        elsewhere: who is at other servers, and when these said so.
        movers: who made moves that were not told yet.
        replayed: who is here by a script.
    """

    workshop: str
    project: str
    is_demo: bool = False
    listeners: dict[str, Listener] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    elsewhere: dict[str, tuple[frozenset[str], float]] = field(default_factory=dict)
    movers: set[str] = field(default_factory=set)
    opened: float = field(default_factory=time.monotonic)
    told: _Told | None = None
    is_news: bool = False
    work: asyncio.Task[None] | None = None
    replayed: frozenset[str] = frozenset()
    replay: asyncio.Task[None] | None = None

    def ours(self) -> set[str]:
        """The people who are here at this server."""
        now = time.monotonic()
        left = {person for person, at in self.seen.items() if now - at < LEFT_SECONDS}
        return left | self.replayed | {one.person for one in self.listeners.values() if one.person}

    def here(self) -> set[str]:
        """The people who are here, at whatever server."""
        now = time.monotonic()
        return self.ours().union(*(people for people, at in self.elsewhere.values() if now - at < _ELSEWHERE_SECONDS))

    def was_seen(self, person: str) -> bool:
        """Whether somebody is here, or was seen here a moment ago."""
        return time.monotonic() - self.seen.get(person, -LATELY_SECONDS) < LATELY_SECONDS or person in self.here()

    def was_lately(self, person: str) -> bool:
        """Whether somebody is here, or may have been a moment ago. What was before the hall was opened here nobody knows."""
        return time.monotonic() - self.opened < LATELY_SECONDS or self.was_seen(person)

    def tell(self, kind: str, message: bytes) -> None:
        """Send the same bytes to everybody."""
        for listener in self.listeners.values():
            listener.tell(kind, message)


class Halls(Watch):
    """All workshops with somebody in them, and the tasks that tell them what happens."""

    watched = "over workshops"

    def __init__(self) -> None:
        super().__init__()
        self.halls: dict[str, Hall] = {}
        self._me = secrets.token_hex(4)
        self._say_at = 0.0

    async def follow(self, store: CharterStore) -> None:
        """Tell every workshop what happens in it, until it is cancelled: at once what comes here, soon what comes elsewhere."""
        store.workshops.on_moved = lambda workshop, people: self._soon(self._news, workshop, people)
        await super().follow(store)

    async def _turn(self) -> None:
        self._sweep()
        if time.monotonic() >= self._say_at:
            self._say_at = time.monotonic() + watch.REST_SECONDS
            for hall in self.halls.values():
                self._announce(hall)

    def _sweep(self) -> None:
        now = time.monotonic()
        for workshop, hall in tuple(self.halls.items()):
            for person, at in tuple(hall.seen.items()):
                # Told once, after a moment in which they may come back.
                if LEFT_SECONDS <= now - at < LEFT_SECONDS + 2 * watch.POLL_SECONDS:
                    self._people_changed(hall)
                elif now - at > LATELY_SECONDS:
                    del hall.seen[person]
            if not hall.listeners and not hall.seen:
                del self.halls[workshop]

    def _news(self, workshop: str, people: Collection[str] = ()) -> None:
        hall = self.halls.get(workshop)
        if hall is None:
            return
        hall.is_news = True
        hall.movers.update(people)
        if hall.work is None or hall.work.done():
            hall.work = asyncio.create_task(self._tell(hall))

    def _saved(self, saved: Saved) -> None:
        self._changed(saved.project.project_id)

    def _changed(self, project: str) -> None:
        for workshop, hall in self.halls.items():
            if hall.project == project:
                self._news(workshop)

    async def _tell(self, hall: Hall) -> None:
        """Tell what is new, and what becomes new meanwhile."""
        store = self._store
        while hall.is_news and store:
            await asyncio.sleep(GATHER_SECONDS)
            hall.is_news = False
            movers, hall.movers = hall.movers, set()
            try:
                told = await anyio.to_thread.run_sync(made, store, hall.workshop, hall.project, hall.here(), hall.told)
                hall.tell("room", told.room)
                if hall.told is None or told.places != hall.told.places:
                    hall.tell("about", told.places)
                hall.told = told
                await self._tell_own(store, hall, movers)
                if hall.is_demo and (hall.replay is None or hall.replay.done()):
                    hall.replay = asyncio.create_task(self._replay(store, hall))
            except WorkbenchError:
                # The database is away. Each browser comes again, and then hears all.
                self._cut_off(hall)
            except Exception:
                logging.getLogger("workbench").exception("A workshop could not be told; its browsers begin anew")
                self._cut_off(hall)

    async def _replay(self, store: CharterStore, hall: Hall) -> None:
        """Have the participants of a try-out act, one after the other, until they wait for who leads."""
        has_acted = True
        while has_acted and hall.listeners:
            await asyncio.sleep(REPLAY_SECONDS)
            with contextlib.suppress(WorkbenchError):
                has_acted, hall.replayed = await anyio.to_thread.run_sync(trying.act, store, hall.workshop)

    async def _tell_own(self, store: CharterStore, hall: Hall, movers: Collection[str]) -> None:
        for person in movers:
            tabs = [one for one in hall.listeners.values() if one.person == person]
            if len(tabs) > 1:
                message = await anyio.to_thread.run_sync(_mine, store, hall.workshop, person)
                for tab in tabs:
                    tab.tell("mine", message)

    def _cut_off(self, hall: Hall) -> None:
        for listener in hall.listeners.values():
            listener.cut_off()

    async def _look(self) -> None:
        """Tell what other servers kept."""
        ask = {workshop: hall for workshop, hall in self.halls.items() if hall.listeners and hall.told}
        if not ask or self._store is None:
            return
        moved = await anyio.to_thread.run_sync(self._store.workshops.heads, ask)
        saved = await anyio.to_thread.run_sync(self._store.heads, [hall.project for hall in ask.values()])
        for workshop, hall in ask.items():
            if hall.told and (moved.get(workshop) != hall.told.number or saved.get(hall.project) != hall.told.about[1]):
                self._news(workshop)

    # Other servers

    def _people_changed(self, hall: Hall) -> None:
        self._news(hall.workshop)
        self._announce(hall)

    def _announce(self, hall: Hall) -> None:
        """Have other servers told who is here, soon."""
        if self._others_hear:
            self._to_servers["in", hall.workshop] = {"in": hall.workshop, "people": sorted(hall.ours()), "server": self._me}
            self._wake.set()

    def _take(self, notice: Notice | None) -> None:
        """Hear another server; None says that something may have been missed."""
        if notice is None:
            self._look_soon()
        elif "saved" in notice:
            self._changed(notice["saved"])
        elif "workshop" in notice:
            self._news(notice["workshop"], notice["by"])
        elif "asks_in" in notice and (hall := self.halls.get(notice["asks_in"])):
            self._announce(hall)
        elif "in" in notice and (hall := self.halls.get(notice["in"])):
            hall.elsewhere[notice["server"]] = (frozenset(notice["people"]), time.monotonic())
            self._news(hall.workshop)

    # People

    @contextlib.contextmanager
    def entered(self, one: Workshop, tab: str, device: str, person: str) -> Iterator[tuple[Hall, Listener]]:
        """Listen in a workshop as long as the context lasts. A stream that the same tab had ends; of somebody else it does not."""
        workshop = one.id
        if workshop not in self.halls:
            self.halls[workshop] = Hall(workshop=workshop, project=one.project_id, is_demo=one.is_demo)
            if self._others_hear:
                self._to_servers["asks", workshop] = {"asks_in": workshop}
        hall = self.halls[workshop]
        if before := hall.listeners.get(tab):
            if before.device != device:
                tab = secrets.token_hex(4)
            else:
                before.cut_off()
        listener = hall.listeners[tab] = Listener(device, person)
        self._people_changed(hall)
        try:
            yield hall, listener
        finally:
            if hall.listeners.get(tab) is listener:
                del hall.listeners[tab]
            if listener.person:
                hall.seen[listener.person] = time.monotonic()

    def came_in(self, workshop: str, device: str, person: str) -> None:
        """Note who somebody is that listened before they said so."""
        hall = self.halls.get(workshop)
        new = [one for one in hall.listeners.values() if one.device == device and one.person != person] if hall and device else []
        for listener in new:
            listener.person = person
        if hall and new:
            self._people_changed(hall)

    def here(self, workshop: str) -> set[str]:
        """The people who are in a workshop."""
        hall = self.halls.get(workshop)
        return hall.here() if hall else set()

    def was_seen(self, workshop: str, person: str) -> bool:
        """Whether somebody is in a workshop, or was seen there a moment ago."""
        hall = self.halls.get(workshop)
        return hall is not None and hall.was_seen(person)

    def was_lately(self, workshop: str, person: str) -> bool:
        """Whether somebody is in a workshop, or may have been a moment ago."""
        hall = self.halls.get(workshop)
        return hall is None or hall.was_lately(person)

    def end(self) -> None:
        """End every stream, because the server is about to stop."""
        for hall in self.halls.values():
            self._cut_off(hall)


HALLS = Halls()


def made(store: CharterStore, workshop: str, project: str, here: Collection[str], before: _Told | None) -> _Told:
    """What everybody in a workshop is told now. Raises UnknownProjectError."""

    def read(room: Room) -> tuple[int, str, bytes]:
        return room.number, room.now, document.as_json(telling.told(room, here, datetime.now(UTC)))

    number, question, room = store.workshops.look(workshop, read)
    opened = store.open(project)
    of = question, opened.stamp.number
    is_as_before = before is not None and of == before.about
    places = before.places if before and is_as_before else _event("about", document.as_json(about(opened, question)))
    return _Told(number, _event("room", room), of, places)


def about(opened: Opened, question: str) -> dict[str, Any]:
    """The places of the charter that a question is about, and how much of it is ready to sign."""
    return {"of": question, "targets": settling.places(opened, question), "toSign": document.derived(opened)["sign"]}


def _mine(store: CharterStore, workshop: str, person: str) -> bytes:
    return _event("mine", store.workshops.look(workshop, lambda room: document.as_json(telling.mine(room, person))))


def _event(kind: str, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), data)


async def events(store: CharterStore, one: Workshop, tab: str, device: str, person: str) -> AsyncIterator[bytes]:
    """The stream of one tab, until the browser or the server ends it."""
    with HALLS.entered(one, tab, device, person) as (hall, listener):
        try:
            # What was told last is at most a moment old: coming in is news itself.
            now = (
                await anyio.to_thread.run_sync(made, store, one.id, one.project_id, hall.here(), None)
                if hall.told is None
                else hall.told
            )
        except WorkbenchError:
            return  # the browser comes again by itself
        yield b"retry: 1500\n\n" + now.room + now.places
        while not listener.is_cut:
            yield await listener.next()
