"""How long a million predictions take and how much memory, beside one pandas groupby per tag, which gives cases and errors alone.

Each runs in a process of its own, so that each has its own peak. `python -m tests.bench.slices_floor` prints the figures alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd

from scoping.measuring.slices.tags import MOST_TAGS
from tests.bench.table import Line, print_line

ROWS, TAGS, REGIONS = 1_000_000, 8, 30
NAME = f"{ROWS:,} predictions with {TAGS} tags and {REGIONS} regions"
MANY_SECONDS = 30
"""What the largest number of tags may take, whose pairs and threes are all looked at."""


def figures() -> dict[str, tuple[float, float]]:
    """Seconds: the whole check, and the groupbys."""
    return {NAME: (measured("ours")[0], measured("floor")[0])}


def measured(what: str) -> tuple[float, float]:
    """Seconds of work without the imports, and the peak memory of its process in MB."""
    work = subprocess.run([sys.executable, "-m", "tests.bench.slices_floor", what], check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(work.stdout)
    return float(seconds), float(megabytes)


def lines() -> Iterator[Line]:
    """As many tags as are looked at together."""
    seconds, _ = measured("many")
    yield Line.most(f"{ROWS:,} predictions with {MOST_TAGS} tags", seconds, MANY_SECONDS, "s")


def predictions(tags: int = TAGS) -> pd.DataFrame:
    """A model that is right nine times in ten, with tags that overlap, in a table of text."""
    chance = np.random.default_rng(1)
    truth = chance.integers(0, 4, ROWS)
    predicted = np.where(chance.random(ROWS) < 0.9, truth, chance.integers(0, 4, ROWS))
    names = np.array([f"class {i}" for i in range(4)])
    marks = {f"tag {i}": np.where(chance.random(ROWS) < 0.2, "1", "0") for i in range(tags)}
    regions = np.array([f"region {i}" for i in range(REGIONS)])[chance.integers(0, REGIONS, ROWS)]
    return pd.DataFrame({"truth": names[truth], "prediction": names[predicted], **marks, "region": regions}, dtype="str")


def ours(table: pd.DataFrame) -> None:
    """The four questions per tag with intervals, tags together, the best covers."""
    from scoping.measuring.slices import check as slices_check
    from scoping.measuring.slices import result as slices_result
    from scoping.tables.table import Table

    marks = tuple(name for name in table.columns if name.startswith("tag"))
    # Regions are tags as well: beside the largest number of marks there is no room for them.
    lists = ("region",) if len(marks) == TAGS else ()
    settings = slices_result.Settings(truth="truth", prediction="prediction", marks=marks, lists=lists, hlp=95)
    slices_check.measure(Table("cases.csv", "", len(table), table), settings, lambda *_: None)


def floor(table: pd.DataFrame) -> None:
    """Cases and errors per tag."""
    wrong = table["truth"] != table["prediction"]
    for name in table.columns[2:]:
        wrong.groupby(table[name]).agg(["size", "sum"])


def _main(what: str) -> None:
    import resource

    table = predictions(MOST_TAGS if what == "many" else TAGS)
    work = floor if what == "floor" else ours
    # Imports are not what is measured.
    work(table.head(100))
    begin = time.perf_counter()
    work(table)
    seconds = time.perf_counter() - begin
    json.dump([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _main(sys.argv[1])
    else:
        (seconds, megabytes), (least, least_megabytes) = measured("ours"), measured("floor")
        print(f"{NAME}: {seconds:.1f} s, {seconds / least:.1f} times; {megabytes:.0f} MB, {megabytes / least_megabytes:.1f} times")
        for line in lines():
            print_line(line)
