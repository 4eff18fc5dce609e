"""How long the profile of a long CSV takes and how much memory, beside reading and describing it whole with pandas."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from tests.bench.table import Line, print_heading, print_line

ROWS = 2_000_000
TIMES_PANDAS = 6
"""The profile also tells values apart, looks for personal data and repeated rows, which `describe` does not."""
MEMORY_MB = 600
"""What the profile may take at most, however long the file is."""
_AT_ONCE = 200_000
_CHECKOUT = Path(__file__).parents[2]
_OURS = """
from datetime import date
from pathlib import Path
from scoping.measuring.profile import check
from scoping.measuring.profile.result import Settings
from scoping.tables import files
rows = check.measure_chunks(files.chunks(Path(path)), Settings(as_of=date(2027, 1, 1)), lambda share, what: None).rows
"""
_FLOOR = """
import pandas
frame = pandas.read_csv(path)
frame.describe(include="all")
rows = len(frame)
"""
_MEASURED = """
import json, resource, sys, time
sys.path.insert(0, {checkout!r})
path = {path!r}
began = time.perf_counter()
{work}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([time.perf_counter() - began, peak, rows]))
"""


@dataclass(frozen=True)
class Cost:
    """Seconds, and the peak of the memory of a process of its own, in MB."""

    seconds: float
    peak_mb: float


def figures(rows: int = ROWS) -> dict[str, tuple[Cost, Cost]]:
    """The profile of a file of ten columns, and `pandas.read_csv` with `describe` on the same file."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        path = Path(folder) / "long.csv"
        write(path, rows)
        return {f"{rows:,} rows, 10 columns": (_cost(path, _OURS, rows), _cost(path, _FLOOR, rows))}


def write(path: Path, rows: int) -> None:
    """Customers with amounts, dates, codes, addresses and gaps."""
    chance = np.random.default_rng(1)
    for first in range(0, rows, _AT_ONCE):
        n = min(_AT_ONCE, rows - first)
        piece = pd.DataFrame(
            {
                "id": np.arange(first, first + n),
                "amount": chance.lognormal(3, 1, n).round(2),
                "age": chance.integers(18, 90, n),
                "city": chance.choice(["Berlin", "Paris", "Rome", "Oslo", "Wien"], n),
                "when": np.datetime64("2020-01-01") + chance.integers(0, 2_000, n),
                "mail": [f"user{i}@mail.example" for i in chance.integers(0, 500_000, n)],
                "score": chance.normal(size=n),
                "flag": chance.choice(["yes", "no"], n),
                "note": chance.choice([*[""] * 8, "late", "ok thanks"], n),
                "code": [f"C{i:06d}" for i in chance.integers(0, 300_000, n)],
            }
        )
        piece.to_csv(path, mode="a", header=not first, index=False)


def _cost(path: Path, work: str, rows: int) -> Cost:
    """What a piece of work costs in a process of its own, the start of Python left out."""
    program = _MEASURED.format(checkout=str(_CHECKOUT), path=str(path), work=work)
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    seconds, peak, seen = json.loads(process.stdout)
    if seen != rows:
        raise ValueError(f"{seen} of {rows} rows were seen")
    return Cost(seconds, peak)


def lines() -> Iterator[Line]:
    """Time as a multiple of that of pandas, and the memory beside its aim."""
    for name, (ours, floor) in figures().items():
        ratio = ours.seconds / floor.seconds
        yield Line(f"profile, {name}", f"{ours.seconds:.1f} s", f"{ratio:.1f}", f"<= {TIMES_PANDAS}", ratio <= TIMES_PANDAS)
        yield Line.most(f"profile, peak memory (pandas {floor.peak_mb:.0f} MB)", round(ours.peak_mb), MEMORY_MB, "MB")


if __name__ == "__main__":
    print_heading("Profile of a long file, beside pandas")
    for line in lines():
        print_line(line)
