"""A charter whose source has a kept profile of a real file."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd

from scoping.charter import Charter
from scoping.measurement import Method
from scoping.measuring.profile.check import measure
from scoping.measuring.profile.result import Settings
from scoping.sections.data_sources import DataSources, Origin, Report, Source
from scoping.tables.table import Table


def good(seed: int = 1, rows: int = 500) -> pd.DataFrame:
    """A table as it should be."""
    draws = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "id": [f"d{seed}-{n:05}" for n in range(rows)],
            "weight": draws.normal(4.0, 1.0, rows).round(2),
            "stops": draws.integers(1, 40, rows),
            "depot": draws.choice(["north", "south", "شرق"], rows),
        }
    )


def faults() -> dict[str, pd.DataFrame]:
    """The same with one fault each."""
    cut, far, empty, other, twice = good(2, 100), good(3), good(4), good(5), good(6)
    far.loc[7, "weight"] = 4_000.0
    empty.loc[:99, "depot"] = None
    other.loc[:99, "depot"] = "nord"
    twice.loc[1, "id"] = twice.loc[0, "id"]
    return {"cut short": cut, "a unit mistaken": far, "a fifth empty": empty, "other words": other, "a row twice": twice}


def charter() -> Any:
    """A project that has looked at such a file."""
    text = io.StringIO(good().to_csv(index=False))
    frame = pd.read_csv(text, dtype="str")
    result = measure(Table("deliveries.csv", "0" * 64, len(frame), frame), Settings(), lambda *_: None)
    report = Report(
        id="r",
        source="s",
        headline="500 rows",
        method=Method.PROFILE,
        file_name="deliveries.csv",
        file_hash="a" * 64,
        rows=500,
        result=result.model_dump_json(),
    )
    return Charter(
        data_sources=DataSources(sources=(Source(id="s", name="Log of deliveries", origin=Origin.OWNED),), reports=(report,))
    )
