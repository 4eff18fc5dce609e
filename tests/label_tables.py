"""Label tables with answers that other programs worked out (../shared/data/hlp, which is not part of the repository)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pandas as pd

from scoping.measuring.hlp.labels import Labels, Level, from_long, from_wide
from tests.tools import reference

NAMES = (
    "anesthesia_dawid_skene",
    "bluebirds",
    "fleiss1971_diagnoses",
    "fleiss_wikipedia14",
    "gwet_diagnosis4x4",
    "krippendorff_4coders",
    "ms_winnipeg",
    "seed_inspector",
    "snow_rte",
)


@cache
def _read(name: str) -> Any:
    return json.loads(reference(f"hlp/{name}").read_text())


def expected(name: str) -> Any:
    """What statsmodels, krippendorff, scikit-learn, R (irrCAC, vcd) and crowd-kit say of a table."""
    return _read("expected.json")[name]


def small_tables() -> Any:
    """Intervals and small tables by R."""
    return _read("intervals_and_small_tables.json")


def frame(name: str) -> pd.DataFrame:
    """A table as text, the way checks read it."""
    return pd.read_csv(reference(f"hlp/{name}.csv"), dtype=str, keep_default_na=False, na_values=[""])


def published(name: str, level: Level = Level.NOMINAL) -> Labels:
    """The labels of a published table."""
    table = frame(name)
    order = expected(name).get("level_order", ()) if level is Level.ORDINAL else ()
    return from_long(table, "item", "labeler", "label", "truth" if "truth" in table else "", level=level, classes=order)


def typed(*rows: str, **options: Any) -> Labels:
    """Labels written as one word per item with one letter per person: "aab" is an item on which the third person differs.

    A blank or a point stands for no label.
    """
    people = max(map(len, rows))
    columns = {f"p{i}": [row[i] if i < len(row) and row[i] not in ". " else None for row in rows] for i in range(people)}
    return from_wide(pd.DataFrame(columns, dtype="str"), "", list(columns), **options)
