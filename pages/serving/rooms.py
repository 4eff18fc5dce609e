"""Who has a project open, and what they hear: every change as it is made, and who is where. Memory only, no Streamlit here.

`GET …/stream?tab=T&since=N` tells as server-sent events what was saved after revision N, then whatever is saved. An event's id is
its revision, so a browser that was cut off goes on where it stopped. `POST …/here` says where somebody is; whoever gives no sign
for half a minute is gone, so an open page says it every 15 seconds or more often.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import STREAM_URL
from pages.serving import document, handling, watch
from pages.serving.handling import guarded
from pages.serving.watch import Watch
from scoping.errors import UnknownProjectError, WorkbenchError
from storage.history import Revision, is_project_id
from storage.notices import Notice
from storage.opened import Opened, Saved
from storage.store import CharterStore

REPLAYED_AT_MOST = 200
"""Revisions that a browser which was away is told one by one; after more it reads the document anew."""
GONE_SECONDS = 30.0
"""Without a sign for so long, somebody is gone."""
LEFT_SECONDS = 3.0
"""The same after their stream ended: a browser that was cut off is back sooner."""
_SAID_TOGETHER_SECONDS = 0.1
"""Signs of a room are told at most this often."""
_WAITING_AT_MOST = 500
"""Messages that wait for one browser. A slower one is cut off, and asks for what it missed when it comes back."""
_HERE_BODY = 4 * 1024
_READ_ANEW = b"event: reload\ndata: 1\n\n"
_BEGIN_ANEW = b"event: reload\ndata: back\n\n"
"""To a browser whose whole page should be loaded again; what is typed there stays on the device."""


@dataclass(kw_only=True)
class Person:
    """Somebody in a room, as one tab of a browser.

    Attributes:
        at: "part" or "part/list/record/field"; "" before they said so.
        is_ours: whether the tab is at this server and not at another one.
        seen: when they gave a sign last, by the clock of `time.monotonic`.
    """

    tab: str
    name: str
    at: str = ""
    typing: bool = False
    is_ours: bool = True
    seen: float = field(default_factory=time.monotonic)

    @property
    def told(self) -> dict[str, Any]:
        return {"tab": self.tab, "name": self.name, "at": self.at, "typing": self.typing}


@dataclass
class Listener:
    """The stream of one tab.

    Attributes:
        device: the browser, which nobody else is told.
        queue: what waits to be sent; None ends the stream.
    """

    device: str
    name: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(_WAITING_AT_MOST))

    def cut_off(self) -> None:
        """End the stream now, whatever waits to be sent."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Room:
    """The browsers that have a project open.

    Attributes:
        listeners: by tab.
        number: the newest revision that was told; None before anybody read one.
        derived: what was told last of what follows from the answers.
    """

    def __init__(self) -> None:
        self.listeners: dict[str, Listener] = {}
        self.people: dict[str, Person] = {}
        self.number: int | None = None
        self.derived: dict[str, Any] | None = None
        self._is_to_say = False

    def tell(self, message: bytes) -> None:
        """Send the same bytes to everybody."""
        for listener in tuple(self.listeners.values()):
            try:
                listener.queue.put_nowait(message)
            except asyncio.QueueFull:
                listener.cut_off()

    def say_who(self) -> None:
        """Tell everybody who is here, soon: signs that come close together are told together."""
        if not self._is_to_say:
            self._is_to_say = True
            asyncio.get_running_loop().call_later(_SAID_TOGETHER_SECONDS, self._say_who)

    def _say_who(self) -> None:
        self._is_to_say = False
        self.tell(self.who())

    def who(self) -> bytes:
        """The message of who is here."""
        return b"event: here\ndata: " + document.as_json([p.told for p in self.people.values()]) + b"\n\n"

    def forget_the_gone(self, now: float) -> list[Person]:
        """Leave out who gave no sign for long. Returns those of this server."""
        gone = [person for person in self.people.values() if now - person.seen > GONE_SECONDS]
        for person in gone:
            del self.people[person.tab]
        if gone:
            self.say_who()
        return [person for person in gone if person.is_ours]


@dataclass(frozen=True)
class _News:
    """What a room is told: messages up to a revision, and what follows from the answers there."""

    number: int
    message: bytes
    derived: dict[str, Any] | None


def _news(opened: Opened, revisions: Sequence[Revision], derived: dict[str, Any] | None) -> _News:
    now = document.derived(opened)
    events = document.changes(opened, revisions)
    if events and (fresh := document.newly_derived(now, derived)):
        events[-1]["derived"] = fresh
    lines = [b"id: %d\ndata: %b\n\n" % (event["number"], document.as_json(event)) for event in events]
    return _News(opened.stamp.number, b"".join(lines), now)


def _missed(store: CharterStore, project: str, since: int, derived: dict[str, Any] | None) -> _News:
    """What was saved after a revision. Raises UnknownProjectError."""
    number = store.number(project)
    if number == since:
        # After a restart everybody comes back at once: what nobody is to be told is not read or worked out.
        return _News(number, b"", derived)
    opened = store.open(project)
    number = opened.stamp.number
    if since < 0 or not 0 <= number - since <= REPLAYED_AT_MOST:
        # Too much to tell, or a revision that never was here: of a database that was put back, say.
        return _News(number, b"event: reload\ndata: %d\n\n" % number, None)
    later = store.history(project, after=since, upto=number) if number > since else []
    return _news(opened, later[::-1], derived)


class Rooms(Watch):
    """All rooms of this process, and the task that tells them what was saved."""

    watched = "for saves"

    def __init__(self) -> None:
        super().__init__()
        self.rooms: dict[str, Room] = {}
        self._saves: dict[str, list[Saved]] = {}

    async def follow(self, store: CharterStore) -> None:
        """Tell every room what is saved, until it is cancelled: at once what this process saves, soon what another one does."""
        store.people.on_renamed = lambda device, name: self._soon(self._rename, device, name)
        await super().follow(store)

    def _saved(self, saved: Saved) -> None:
        if saved.project.project_id in self.rooms:
            self._saves.setdefault(saved.project.project_id, []).append(saved)
            self._wake.set()

    async def _turn(self) -> None:
        self._sweep()
        await self._tell_saves()

    def _sweep(self) -> None:
        now = time.monotonic()
        for project, room in tuple(self.rooms.items()):
            for person in room.forget_the_gone(now):
                self._announce(project, person, is_gone=True)
            if not room.listeners:
                self.rooms.pop(project, None)

    async def _tell_saves(self) -> None:
        saves, self._saves = self._saves, {}
        for project, some in saves.items():
            room = self.rooms.get(project)
            if room is None or room.number is None:
                continue
            last = max(some, key=lambda saved: saved.project.stamp.number)
            made = {r.number: r for saved in some for r in saved.revisions if r.number > room.number}
            if len(made) == last.project.stamp.number - room.number:
                revisions = [made[number] for number in sorted(made)]
                await self._tell(room, last.project.stamp.number, _news, last.project, revisions, room.derived)
            else:
                await self._tell(room, last.project.stamp.number, _missed, self._store, project, room.number, room.derived)

    async def _look(self) -> None:
        """Tell what other processes saved."""
        ask = [project for project, room in self.rooms.items() if room.number is not None]
        if not ask or self._store is None:
            return
        heads = await anyio.to_thread.run_sync(self._store.heads, ask)
        for project, number in heads.items():
            room = self.rooms.get(project)
            if room is None or room.number is None:
                continue
            if number > room.number:
                await self._tell(room, number, _missed, self._store, project, room.number, room.derived)
            elif number < room.number:
                # A backup of the database was brought back: what browsers know is of a time to come.
                room.number, room.derived = number, None
                room.tell(_BEGIN_ANEW)

    async def _tell(self, room: Room, number: int, make: Any, *given: Any) -> None:
        try:
            news: _News = await anyio.to_thread.run_sync(make, *given)
        except WorkbenchError:
            raise
        except Exception:
            # One project that cannot be told must not keep the others waiting.
            logging.getLogger("workbench").exception("News could not be told; pages read the project anew")
            room.number, room.derived = number, None
            room.tell(_READ_ANEW)
            return
        if room.number is None or news.number > room.number:
            room.number, room.derived = news.number, news.derived
            room.tell(news.message)

    def _rename(self, device: str, name: str) -> None:
        for project, room in self.rooms.items():
            for tab, listener in room.listeners.items():
                if device and listener.device == device:
                    listener.name = name
                    self._appear(project, room, tab)

    # Other servers

    def _announce(self, project: str, person: Person, *, is_gone: bool = False) -> None:
        """Have other servers told, soon; of several signs of one tab the last."""
        if self._others_hear:
            self._to_servers[(project, person.tab)] = {"here": project, **person.told, "gone": is_gone}
            self._wake.set()

    def _take(self, notice: Notice | None) -> None:
        """Hear another server; None says that something may have been missed."""
        if notice is None or "saved" in notice:
            if notice is None or notice["saved"] in self.rooms:
                self._look_soon()
            return
        room = self.rooms.get(str(notice.get("here", notice.get("who"))))
        if room is None:
            return
        if "who" in notice:
            for person in room.people.values():
                if person.is_ours:
                    self._announce(notice["who"], person)
            return
        if notice["gone"]:
            room.people.pop(notice["tab"], None)
        else:
            room.people[notice["tab"]] = Person(
                tab=notice["tab"], name=notice["name"], at=notice["at"], typing=notice["typing"], is_ours=False
            )
        room.say_who()

    # People

    @contextlib.contextmanager
    def entered(self, project: str, tab: str, device: str, name: str) -> Iterator[tuple[Room, Listener]]:
        """Listen in a room as long as the context lasts. A stream that the same tab had is cut off; of somebody else it is not."""
        if project not in self.rooms and self._others_hear:
            self._to_servers[(project, "")] = {"who": project}
        room = self.rooms.setdefault(project, Room())
        if before := room.listeners.get(tab):
            if before.device != device:
                tab = secrets.token_hex(4)
            else:
                before.cut_off()
        listener = room.listeners[tab] = Listener(device, name)
        self._appear(project, room, tab)
        try:
            yield room, listener
        finally:
            if room.listeners.get(tab) is listener:
                del room.listeners[tab]
                if person := room.people.get(tab):
                    person.seen = min(person.seen, time.monotonic() - GONE_SECONDS + LEFT_SECONDS)

    def _appear(self, project: str, room: Room, tab: str, at: str | None = None, typing: bool | None = None) -> None:
        """Note a sign of somebody who listens; others are told what is new."""
        known = room.people.get(tab)
        person = room.people[tab] = Person(
            tab=tab,
            name=room.listeners[tab].name,
            at=at if at is not None else known.at if known else "",
            typing=typing if typing is not None else known.typing if known else False,
        )
        if known is None or known.told != person.told:
            room.say_who()
        self._announce(project, person)

    def sign(self, project: str, tab: str, device: str, at: str, *, typing: bool) -> None:
        """Note where somebody is who has the project open."""
        room = self.rooms.get(project)
        listener = room.listeners.get(tab) if room else None
        if room and listener and listener.device == device:
            self._appear(project, room, tab, at, typing)

    def began(self, room: Room, number: int) -> None:
        """Note what the first one in a room has read: what is saved from now on is told."""
        if room.number is None:
            room.number = number
            self._look_soon()

    def end(self) -> None:
        """End every stream, because the server is about to stop."""
        for room in tuple(self.rooms.values()):
            for listener in tuple(room.listeners.values()):
                listener.cut_off()


ROOMS = Rooms()


@guarded
async def stream(request: Request) -> Response:
    """Changes after a revision, then every change as it is made, as server-sent events."""
    project = request.path_params["project"]
    if not is_project_id(project):
        raise UnknownProjectError("This project does not exist.", "Choose another one in Projects.")
    since = _number(request.headers.get("last-event-id") or request.query_params.get("since", ""))
    device = handling.device_of(request)
    # A project that is not there is refused before the stream begins.
    name = await handling.in_turn(handling.READING, _who_comes, handling.store(), project, device)
    return handling.event_stream(_events(project, handling.tab_of(request), device, name, since))


def _who_comes(store: CharterStore, project: str, device: str) -> str:
    """The name of whoever asks for a project. Raises UnknownProjectError."""
    store.number(project)
    return store.people.name(device)


async def _events(project: str, tab: str, device: str, name: str, since: int) -> AsyncIterator[bytes]:
    # Listen first, then read what was missed: an event that is told twice does no harm.
    with ROOMS.entered(project, tab, device, name) as (room, listener):
        try:
            missed = await handling.in_turn(handling.READING, _missed, handling.store(), project, since, None)
        except WorkbenchError:
            return  # the browser comes again by itself
        ROOMS.began(room, missed.number)
        yield b"retry: 1500\n\n" + missed.message + room.who()
        while True:
            try:
                message = await asyncio.wait_for(listener.queue.get(), watch.REST_SECONDS)
            except TimeoutError:
                yield watch.STILL
                continue
            if message is None:
                return
            yield message


def _number(text: str) -> int:
    """A revision as an address or a browser names it; -1 for what is none."""
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else -1


class HereIn(BaseModel, extra="forbid"):
    """Where somebody is."""

    tab: str = Field(max_length=40)
    at: str = Field(default="", max_length=200)
    typing: bool = False


@guarded
async def here(request: Request) -> Response:
    """Where somebody is and whether they type; kept in memory only."""
    given = HereIn.model_validate_json(await handling.body_of(request, _HERE_BODY))
    ROOMS.sign(request.path_params["project"], given.tab, handling.device_of(request), given.at, typing=given.typing)
    return Response(status_code=204)


ROUTES = [
    Route(f"/{STREAM_URL}", stream),
    Route("/api/v1/projects/{project}/here", here, methods=["POST"]),
]
