"""How long pages take, beside an empty page of another server: measured in turns, so that noise hits both."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pages.parts.addresses import EDITS_URL, STREAM_URL
from scoping.charter import SECTIONS
from scoping.section import Kind
from scoping.sections.data_sources import SECTION as ASKED
from tests.bench.client import RunError, Tab, inside, listen, post
from tests.bench.data import realistic
from tests.bench.table import Line, Times

PAGES = ("", "?view=map", "?view=timeline", "?view=ranking", "home", *(section.slug for section in SECTIONS), "charter", "history")
STEPS = tuple(section.slug for section in SECTIONS)
WARMING = 3
"""First reruns, which fill caches and are not counted."""
TEAM = 5
"""People who have the same project open."""
THINKING = (5.0, 15.0)
"""Seconds between two answers of one person."""


@dataclass(frozen=True)
class Team:
    """People who have the same project open.

    Attributes:
        people: a number for each, which no other person has.
        pages: where they are, in turns.
        is_gathering: whether each adds entries to one list, as a workshop does, rather than answer a question of their own.
    """

    project: str
    people: range
    pages: Sequence[str] = STEPS
    is_gathering: bool = False


@dataclass
class Load:
    """What many sessions at once went through.

    Attributes:
        seen: seconds from the sending of an answer to each of its team mates hearing it.
    """

    seen: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0
    processor_seconds: float = 0


async def rerun_in_turns(server: str, empty: str, page: str, project: str, times: int) -> tuple[Times, Times, Tab]:
    """Reruns of one page and of the empty page, one after the other."""
    ours, _ = await Tab.open(server, page, project)
    theirs, _ = await Tab.open(empty)
    mine, base = [], []
    for i in range(times + WARMING):
        pair = await ours.rerun(), await theirs.rerun()
        if i >= WARMING:
            mine.append(pair[0])
            base.append(pair[1])
    await ours.close()
    await theirs.close()
    return Times(mine), Times(base), ours


async def load_in_turns(server: str, empty: str, page: str, project: str, times: int) -> tuple[Times, Times]:
    """First loads of one page and of the empty page by new visitors."""
    mine, base = [], []
    for _ in range(times):
        for seconds, address in ((mine, (server, page, project)), (base, (empty,))):
            tab, took = await Tab.open(*address)
            seconds.append(took)
            await tab.close()
    return Times(mine), Times(base)


async def each_page(server: str, empty: str, project: str, *, reruns: int, loads: int) -> list[Line]:
    """Rerun, first load and number of messages of every page."""
    again, first, sent = [], [], []
    for page in PAGES:
        await (await Tab.open(server, page, project))[0].close()
        before = inside(server)["processor_seconds"]
        ours, theirs, tab = await rerun_in_turns(server, empty, page, project, reruns)
        work = (inside(server)["processor_seconds"] - before) / (reruns + WARMING)
        name = page or "portfolio"
        again.append(Line.beside(f"rerun {name} ({work * 1000:.0f} ms of processor)", ours, theirs, 3, 5))
        sent.append(Line.most(f"messages of {name}", tab.elements, 20, ""))
        ours, theirs = await load_in_turns(server, empty, page, project, loads)
        first.append(Line.beside(f"first load {name}", ours, theirs, 4))
    return [*again, *first, *sent]


async def many_at_once(server: str, teams: Sequence[Team], seconds: float) -> Load:
    """People in teams, each answering a question now and then; everybody's live document hears it."""
    load = Load()
    people = [(team, number, team.pages[n % len(team.pages)]) for team in teams for n, number in enumerate(team.people)]
    # One after the other: how long a page takes to come up is measured elsewhere.
    tabs = [(await Tab.open(server, page, team.project))[0] for team, _, page in people]
    load.processor_seconds -= inside(server)["processor_seconds"]
    load.seconds -= time.monotonic()
    async with asyncio.TaskGroup() as everybody:
        for tab, (team, number, _) in zip(tabs, people, strict=True):
            everybody.create_task(_one_person(server, tab, team, number, seconds, load))
    load.seconds += time.monotonic()
    load.processor_seconds += inside(server)["processor_seconds"]
    return load


async def _one_person(server: str, tab: Tab, team: Team, number: int, seconds: float, load: Load) -> None:
    project = team.project
    chance = random.Random(number)  # noqa: S311
    until = time.monotonic() + seconds

    def hear(event: dict[str, Any]) -> None:
        told = [cells for *_, cells in (*event.get("set", ()), *event.get("rows", ()))]
        load.seen += [time.time() - float(sent) for cells in told for sent in map(_sent_at, cells.values()) if sent]

    ear = asyncio.create_task(listen(server, f"{STREAM_URL.format(project=project)}?tab={number}&since=1", hear))
    try:
        pause = chance.uniform(0, THINKING[1])
        answers = _entries(number) if team.is_gathering else _answers(number)
        while True:
            await asyncio.sleep(max(0, min(pause, until - time.monotonic())))
            if time.monotonic() >= until or ear.done():
                break
            # Made when it is sent: it tells when that was.
            took, reply = await post(server, EDITS_URL.format(project=project), next(answers))
            load.saves.append(took)
            if not reply.get("saved"):
                load.failures.append(str(reply))
            pause = chance.uniform(*THINKING)
        if ear.done():
            ear.result()
    except (RunError, OSError, ValueError, ExceptionGroup) as error:
        load.failures.append(repr(error))
    finally:
        ear.cancel()
        await asyncio.gather(ear, return_exceptions=True)
        await tab.close()


def _sent_at(cell: object) -> str:
    """When an answer of the bench was sent; "" for any other."""
    found = re.search(r" at ([0-9.]+), ", str(cell))
    return found[1] if found else ""


def _answers(number: int) -> Iterator[dict[str, object]]:
    """Answers of one person, each team mate to another question, so that nobody is in anybody's way."""
    fields = [q.name for q in ASKED.questions if q.kind is Kind.LONG]
    field = fields[number % len(fields)]
    before = getattr(realistic().part(ASKED.slug), field)
    for i in count(1):
        raw = f"Answer {i} of person {number} at {time.time():.3f}, as long as people write"
        yield {"part": ASKED.slug, "items": [{"cells": {field: [before, raw]}}]}
        before = raw


def _entries(number: int) -> Iterator[dict[str, object]]:
    """Entries that one person adds to the list of everybody in the room."""
    for i in count(1):
        raw = f"Thought {i} of person {number} at {time.time():.3f}, as long as people write"
        item = {"list": "problems", "record": f"p{number}n{i}", "new": True, "cells": {"statement": ["", raw]}}
        yield {"part": "problems", "items": [item]}
