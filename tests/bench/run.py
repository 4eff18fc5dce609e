"""`make bench`: speed and memory of the workbench beside an empty Streamlit page and plain calls, and the aims, in one run.

Both servers run side by side with the same configuration and are asked in turns, so believe the ratios more than the
milliseconds. `python -m tests.bench.run --quick` takes about two minutes: fewer repetitions, and nothing that is long by nature.
The last line names the aims that were missed.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pages.serving import browser
from storage.store import CharterStore
from tests.bench import (
    acquisition_floor,
    data,
    hlp_floor,
    pages,
    profile_floor,
    ranking_floor,
    schedule_floor,
    signal_floor,
    slices_floor,
    stores,
    switching,
    value_floor,
    workshop,
)
from tests.bench.client import Tab, inside
from tests.bench.table import Line, Times, print_heading, print_line
from tests.server import Server

HEAVY = ("altair", "jinja2", "openpyxl", "scipy", "sklearn", "xlsxwriter")
"""Libraries that are imported when they are first needed, not at the start."""
MANY_MILESTONES = 10_000
ROOM = 30
"""People on one step of one project."""
LAUNCHER = ("-m", "tests.bench.launch")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a crowd may count on.

    Attributes:
        seen: seconds until others see an answer, 95 of 100 times.
        saved: seconds until an answer is confirmed, 95 of 100 times.
        busy: most of a processor that the server needs, in per cent.
        memory: most of the server, in MB.
    """

    seen: float
    saved: float
    busy: float = 100
    memory: float = 1_000


CROWDS = {100: Promise(seen=0.5, saved=0.3, busy=35, memory=320), 500: Promise(seen=2, saved=2)}


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is measured.

    Attributes:
        crowds: numbers of sessions at once; each crowd has projects of its own.
        has_largest: whether checks are made on the largest tables that they take.
    """

    reruns: int
    loads: int
    seconds_of_load: float
    reruns_for_memory: int
    calls: int
    projects: int
    crowds: tuple[int, ...]
    has_largest: bool


THOROUGH = Effort(
    reruns=40,
    loads=8,
    seconds_of_load=30,
    reruns_for_memory=2_000,
    calls=200,
    projects=10_000,
    crowds=(100, 500),
    has_largest=True,
)
QUICK = Effort(reruns=8, loads=2, seconds_of_load=0, reruns_for_memory=100, calls=20, projects=2_000, crowds=(), has_largest=False)
LEFT_OUT = "Left out: many people at once, checks on their largest tables, and the profile of a long file."


def megabytes(server: Server) -> float:
    """The resident memory of a server."""
    process = subprocess.run(["ps", "-o", "rss=", "-p", str(server.process.pid)], capture_output=True, check=True, text=True)
    return int(process.stdout) / 1024


@contextmanager
def serving(folder: Path, what: str) -> Iterator[tuple[Server, float]]:
    """A server, and the seconds until it was ready."""
    folder.mkdir(exist_ok=True)
    begin = time.perf_counter()
    server = Server(folder, program=(*LAUNCHER, what))
    ready = time.perf_counter() - begin
    try:
        yield server, ready
    finally:
        server.stop()


def show(title: str, lines: Iterable[Line]) -> list[Line]:
    """Print one group of figures, each as soon as it is known. Returns those that miss their aim."""
    print_heading(title)
    missed = []
    for line in lines:
        print_line(line)
        if line.is_met is False:
            missed.append(line)
    return missed


def verdict(missed: Sequence[Line]) -> str:
    """Which aims are missed, in one line."""
    if not missed:
        return "All aims are met."
    return f"Missed aims ({len(missed)}): {'; '.join(f'{line.name.strip()} {line.told}' for line in missed)}."


def started(server: Server, ready: float) -> list[Line]:
    """What holds right after a start."""
    inner = inside(server.url)
    heavy = [name for name in HEAVY if name in inner["modules"]]
    parser = "httptools" if "uvicorn.protocols.http.httptools_impl" in inner["modules"] else "h11"
    return [
        Line.most("start to ready, warm", ready, 2, "s"),
        Line("heavy libraries imported at the start", ", ".join(heavy) or "none", "", "none", not heavy),
        Line("garbage collection after every run", "on" if inner["collects"] else "off", "", "off", not inner["collects"]),
        Line("event loop", inner["loop"], "", "uvloop", inner["loop"] == "uvloop"),
        Line("HTTP parser", parser, "", "httptools", parser == "httptools"),
        Line.most("memory after the start", megabytes(server), 110, "MB"),
        Line.most("code for browsers, packed, all pages and a grid", browser_code(of_a_room=False), 250, "kB"),
        Line.most("  and what a workshop adds", browser_code(of_a_room=True), 70, "kB"),
    ]


def browser_code(*, of_a_room: bool) -> float:
    """What a browser loads that opens every page and a grid, or what it loads for a workshop, in kB; it is kept for a year by its hash."""
    return sum(len(browser.packed(name)) for name in browser.names() if name.startswith(browser.ROOM) is of_a_room) / 1000


async def growth(server: Server, project: str, reruns: int) -> list[Line]:
    """Memory over many reruns of all pages, since nothing collects garbage after a run."""
    tabs = [(await Tab.open(server.url, page, project))[0] for page in pages.PAGES]
    visited = megabytes(server)
    for tab in tabs * 5:
        await tab.rerun()
    before = megabytes(server)
    for number in range(reruns):
        await tabs[number % len(tabs)].rerun()
    after = megabytes(server)
    for tab in tabs:
        await tab.close()
    return [
        Line("memory after visiting every page", f"{visited:.0f} MB"),
        Line.most(f"memory gained over {reruns:,} reruns", after - before, 20, "MB"),
    ]


def crowds(server: Server, projects: Sequence[str], effort: Effort) -> Iterator[Line]:
    """Crowds of growing size in teams, then one large room; each on projects of its own."""
    left = list(projects)
    for sessions in effort.crowds:
        teams = [pages.Team(left.pop(), range(n, n + pages.TEAM)) for n in range(0, sessions, pages.TEAM)]
        yield from crowd(server, f"{sessions} sessions", teams, effort, CROWDS[sessions])
    if effort.crowds:
        room = pages.Team(left.pop(), range(ROOM), ("problems",), is_gathering=True)
        yield from crowd(server, f"a room of {ROOM}", [room], effort, Promise(seen=1, saved=1))


def crowd(server: Server, name: str, teams: Sequence[pages.Team], effort: Effort, promise: Promise) -> list[Line]:
    """Many sessions at once on one process."""
    load = asyncio.run(pages.many_at_once(server.url, teams, effort.seconds_of_load))
    busy, memory = 100 * load.processor_seconds / load.seconds, megabytes(server)
    seen, saves = Times(load.seen), Times(load.saves)
    for failure in load.failures[:3]:
        print(f"  {failure}")
    return [
        Line(f"{name}: {len(load.seen)} times somebody saw an answer", str(seen)),
        Line.most(f"{name}: 95 of 100 times within", seen.p95, promise.seen, "s"),
        Line(f"{name}: {len(load.saves)} answers saved", str(saves)),
        Line.most(f"{name}: 95 of 100 saved within", saves.p95, promise.saved, "s"),
        Line.most(f"{name}: of a processor", busy, promise.busy, "%"),
        Line.most(f"{name}: failures", len(load.failures), 0, ""),
        Line.most(f"{name}: memory", memory, promise.memory, "MB"),
    ]


def measure(folder: Path, effort: Effort) -> list[Line]:
    """Print all figures, group by group. Returns those that miss their aim."""
    (folder / "workbench").mkdir()
    store = CharterStore.at(f"sqlite:///{folder / 'workbench' / 'workbench.db'}")
    project, *teams = (store.create(data.realistic(), "Ana") for _ in range(2 + sum(effort.crowds) // pages.TEAM))
    store.close()
    missed = []
    with serving(folder / "empty", "empty") as (empty, _):
        with serving(folder / "workbench", "workbench"):
            pass
        with serving(folder / "workbench", "workbench") as (server, ready):
            missed += show("Start", started(server, ready))
            lines = asyncio.run(pages.each_page(server.url, empty.url, project, reruns=effort.reruns, loads=effort.loads))
            beside = "beside an empty page (ratio of the median, of the 95th percentile)"
            missed += show(f"Pages of a realistic project, {beside}", lines)
            missed += show("From page to page in a browser", switching.lines(server.url, project, effort.loads))
            missed += show("Memory", asyncio.run(growth(server, project, effort.reruns_for_memory)))
            if effort.crowds:
                missed += show("Many people on one process, in teams of five", crowds(server, teams, effort))
                missed += show("Workshops", workshop.lines(server.url, teams, effort.seconds_of_load))
        size = f"{effort.projects:,} projects and {effort.projects * data.MILESTONES:,} milestones"
        missed += show(f"Portfolio of {size}", portfolio(folder, empty, effort))
        missed += show(f"Timeline of {MANY_MILESTONES:,} milestones", timeline(folder, empty, effort))
    missed += show("Keeping charters", stores.keeping(folder, times=effort.calls))
    missed += show("Comparing moments of a charter", stores.comparing(folder, times=max(3, effort.calls // 20)))
    exported = "Export of a charter with 100 sources, 60 milestones, 300 targets"
    missed += show(exported, stores.exporting(times=max(3, effort.calls // 20)))
    missed += show("Value and ranking, beside plain numpy", calculators())
    if effort.has_largest:
        missed += show("Checks on data, beside the plain library calls that they replace", checks())
        missed += show("Profile of a long file, beside pandas", profile_floor.lines())
    return missed


def calculators() -> Iterator[Line]:
    """What the heaviest calculators need, as a multiple of the least that numpy needs for the same draws."""
    aims = (
        (value_floor.figures, 1),
        (ranking_floor.figures, 2),
        (acquisition_floor.figures, 10),
        (schedule_floor.figures, 0.5),
    )
    for figures, limit in aims:
        for name, (ours, floor) in figures().items():
            yield Line(name, f"{ours:.2f} s", f"{ours / floor:.1f}", f"<= {limit} s", ours <= limit)


def checks() -> Iterator[Line]:
    """Each check on its largest table in a process of its own, and the least that libraries need for the same question."""
    for check in (hlp_floor, signal_floor, slices_floor):
        ours, our_peak = check.measured("ours")
        plain, plain_peak = check.measured("floor")
        yield Line(f"{check.NAME}: time", f"{ours:.1f} s", f"{ours / plain:.1f}", "<= 1.5", ours <= 1.5 * plain)
        yield Line(
            f"{check.NAME}: peak memory",
            f"{our_peak:.0f} MB",
            f"{our_peak / plain_peak:.1f}",
            "<= 1.5",
            our_peak <= 1.5 * plain_peak,
        )
    yield from signal_floor.lines()
    yield from slices_floor.lines()


def portfolio(folder: Path, empty: Server, effort: Effort) -> Iterator[Line]:
    """Page and queries on a large database."""
    (folder / "many").mkdir()
    url = f"sqlite:///{folder / 'many' / 'workbench.db'}"
    data.fill(url, effort.projects)
    with serving(folder / "many", "workbench") as (server, _):
        ours, base, _ = asyncio.run(pages.rerun_in_turns(server.url, empty.url, "", "", effort.reruns))
        yield Line.beside("rerun portfolio", ours, base, 3)
        first, first_base = asyncio.run(pages.load_in_turns(server.url, empty.url, "", "", effort.loads))
        yield Line.beside("first load portfolio", first, first_base, 4)
    yield from stores.finding(url, projects=effort.projects, times=max(5, effort.calls // 10))


def timeline(folder: Path, empty: Server, effort: Effort) -> Iterator[Line]:
    """The page of all milestones, and its questions to the database."""
    (folder / "plans").mkdir()
    url = f"sqlite:///{folder / 'plans' / 'workbench.db'}"
    data.fill(url, MANY_MILESTONES // data.MILESTONES)
    with serving(folder / "plans", "workbench") as (server, _):
        ours, base, _ = asyncio.run(pages.rerun_in_turns(server.url, empty.url, "?view=timeline", "", effort.reruns))
        yield Line.beside("rerun timeline", ours, base, 3)
        first, first_base = asyncio.run(pages.load_in_turns(server.url, empty.url, "?view=timeline", "", effort.loads))
        yield Line.beside("first load timeline", first, first_base, 4)
    yield from stores.planned(url, times=max(5, effort.calls // 10))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="about two minutes: fewer repetitions, and nothing that is long by nature"
    )
    effort = QUICK if options.parse_args().quick else THOROUGH
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        missed = measure(Path(folder), effort)
    left_out = "" if effort.has_largest else f" {LEFT_OUT}"
    print(f"\nMeasured in {time.perf_counter() - begin:.0f} s. Times are median / 95th percentile.{left_out}")
    print(verdict(missed))


if __name__ == "__main__":
    main()
