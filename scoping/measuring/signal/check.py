"""Signal in a table: whether its columns predict a target, better than simple rules do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.measuring.signal import rows, words
from scoping.measuring.signal.answer import result_of
from scoping.measuring.signal.encoding import USABLE, Role, read
from scoping.measuring.signal.guessing import guess
from scoping.measuring.signal.question import Question
from scoping.measuring.signal.result import Result, Settings
from scoping.measuring.signal.rows import AT_MOST
from scoping.measuring.signal.scoring import Predictable
from scoping.measuring.signal.splits import Way
from scoping.tables.table import Table, Tell
from scoping.words import count

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2"
AS_TEXT = False
FIRST_ROWS = 2_000
"""Rows of a first answer, which takes seconds."""
_MANY_CELLS = 400_000
"""A table with fewer is measured nearly as soon."""

SEED = 1


def first(table: Table, settings: Settings) -> Result | None:
    """An answer from some of the rows while all are measured: with time the latest, else rows or whole groups at random.

    None for a small table, and where the sample says nothing.
    """
    if table.frame.size < _MANY_CELLS:
        return None
    try:
        some = _some(table.frame, settings)
        how = "the latest" if settings.way is Way.TIME else "drawn at random"
        result = _measured(replace(table, rows=len(some), frame=some), settings, lambda *_: None, is_first=True)
    except WorkbenchError:
        # Whatever is wrong with the whole table is told when it is measured.
        return None
    if result.predictable is Predictable.TOO_FEW:
        return None
    note = (
        f"A first answer from {len(some):,} of {count(table.rows, 'row')}, {how}. The intervals become narrower with all of them."
    )
    return result.model_copy(update={"notes": (note, *result.notes)})


def _some(frame: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """So many rows as a first answer rests on, in their order."""
    chance = np.random.default_rng(SEED)
    column = {Way.TIME: settings.when, Way.GROUPED: settings.group}.get(settings.way, "")
    groups = rows.codes(frame, column)
    if groups is None:
        order = chance.permutation(len(frame))
    elif settings.way is Way.TIME:
        when = read(frame[column], column)
        order = np.argsort(when.values if when.is_numeric else groups, kind="stable")[::-1]
    else:
        order = np.argsort(chance.permutation(groups.max() + 1)[groups], kind="stable")
    return frame.iloc[np.sort(order[:FIRST_ROWS])].reset_index(drop=True)


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Read the columns, ask the question, tell the answer.

    Raises:
        WorkbenchError: names the column that cannot be used as chosen, and what to do.
    """
    return _measured(table, settings, tell)


def _measured(table: Table, settings: Settings, tell: Tell, *, is_first: bool = False) -> Result:
    from scoping.measuring.signal import procedure

    tell(0.0, "reading the columns")
    used = rows.used(table, settings)
    by_name = {f.name: f for f in used.features}
    is_in_time = settings.way is Way.TIME
    when = rows.moments(by_name, settings)
    chosen = [f for f in used.features if f.name not in settings.left_out and f.name != settings.group]
    usable = tuple(replace(f, recurs=f.name != settings.when) for f in chosen if f.role in USABLE)
    if is_in_time:
        usable = tuple(f for f in usable if f.name != settings.when or f.role is Role.DATE)
    if not usable:
        raise WorkbenchError(
            "No column is left to predict from: all are empty, constant, names of rows, or left out.",
            "Bring a table with more columns.",
        )
    question = Question(
        target=used.target,
        features=usable,
        way=settings.way,
        when=when.values if when else None,
        has_calendar=when is not None and when.role is Role.DATE,
        groups=rows.codes(used.frame, settings.group),
        gap=settings.gap,
        seed=SEED,
    )
    identifiers = [f for f in chosen if f.role is Role.IDENTIFIER and not (is_in_time and f.name == settings.when)]
    moment = settings.when if is_in_time else ""
    signal = procedure.check(question, settings.target, moment, frozenset(settings.available), identifiers, tell, is_first=is_first)
    return result_of(question, signal, used, settings)


METHOD = Method(
    version=VERSION,
    as_text=AS_TEXT,
    at_most=AT_MOST,
    settings=Settings,
    result=Result,
    guess=guess,
    measure=measure,
    headline=words.headline,
    blocks=words.blocks,
    first=first,
)
