"""What an impact level or a legal class demands, kept as text beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from scoping.demands import Demand

_FILE = Path(__file__).with_name("obligations.toml")


@cache
def standard_demands() -> tuple[Demand, ...]:
    """Every demand, in the order of the file."""
    plain = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Demand(o["id"], o["demand"], o["because"], tuple(o.get("levels", ())), tuple(o.get("classes", ())), o.get("together", ""))
        for o in plain["obligations"]
    )
