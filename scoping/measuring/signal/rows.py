"""The rows of a table that the signal check uses: each once, with a target, and with time and group where these matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping.errors import WorkbenchError
from scoping.measuring.signal import copies
from scoping.measuring.signal.copies import Marks
from scoping.measuring.signal.encoding import USABLE, Feature, Role, Whole, read
from scoping.measuring.signal.guessing import names_a_group, names_a_moment
from scoping.measuring.signal.result import CLASSES_AT_MOST, Settings, Task
from scoping.measuring.signal.scoring import FEWEST_PER_CLASS, Target
from scoping.measuring.signal.splits import Way
from scoping.tables.table import Table
from scoping.words import count, short

if TYPE_CHECKING:
    import pandas as pd

AT_MOST = 50_000
_OTHERS = "all others"
_ALIKE = 0.3
"""Share of different rows below which it is worth a word that rows are alike."""
_FEW_GROUPS = 10


@dataclass(frozen=True)
class Rows:
    """The rows that are used, each once.

    Attributes:
        features: all columns but the target, read.
        copies: rows left out as copies or near-copies.
        notes: what was done to the rows, and what may flatter, a sentence each.
    """

    frame: pd.DataFrame
    target: Target
    features: Sequence[Feature]
    copies: int
    notes: tuple[str, ...]


def used(table: Table, settings: Settings) -> Rows:
    """Leave out rows that say nothing or say it again, and read the columns."""
    complete, incomplete_notes = _rows(table, settings)
    different, copies_notes = _without_copies(complete, settings)
    target, kept, target_notes = _target(different, settings)
    frame = different[kept]
    features = _read(frame, settings)
    near = _near_copies(features, target, settings)
    notes = [*incomplete_notes, *copies_notes, *target_notes]
    if near.any():
        frame, target = frame[~near], target.shuffled(np.flatnonzero(~near))
        # Without its copies, a column may turn out to name rows.
        features = _read(frame, settings)
        notes.append(f"{count(int(near.sum()), 'row')} left out as near-copies of others, alike but for names or last digits.")
    if infinite := sum(f.infinite for f in features):
        notes.append(f"{count(infinite, 'infinite number')} counted as missing.")
    notes += _doubts(table, features, codes(frame, settings.group), settings)
    return Rows(frame, target, features, len(complete) - len(different) + int(near.sum()), tuple(notes))


def _read(frame: pd.DataFrame, settings: Settings) -> list[Feature]:
    return [read(frame[name], name) for name in frame.columns if name != settings.target]


def _rows(table: Table, settings: Settings) -> tuple[pd.DataFrame, list[str]]:
    """The rows that can be used: with a target, and with time and group where these matter."""
    frame, notes = table.frame, []
    for role, name in _asked(table, settings).items():
        known = frame[name].notna()
        if frame[name].dtype.kind in "OT":
            known &= frame[name].astype(str).str.strip() != ""
        if lost := int((~known).sum()):
            notes.append(f"{count(lost, 'row')} without a value in the {role} “{short(name, 60)}” left out.")
            frame = frame[known]
    if not len(frame):
        raise WorkbenchError(f"No row has a value in “{short(settings.target, 60)}”.", "Choose another target.")
    return frame.reset_index(drop=True), notes


def _without_copies(frame: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, list[str]]:
    """The different rows. Rows that are alike by nature stay, since nobody could tell them from copies."""
    repeated = copies.exact(frame, settings.target)
    if repeated.any():
        words = f"{count(int(repeated.sum()), 'row')} left out as copies of others, whose answer would be known already."
        return frame[~repeated].reset_index(drop=True), [words]
    different = len(frame) - int(frame.duplicated().sum())
    if different <= _ALIKE * len(frame):
        return frame, [f"Only {count(different, 'row')} are different, so the columns tell few cases apart."]
    return frame, []


def _near_copies(features: Sequence[Feature], target: Target, settings: Settings) -> Marks:
    """Rows that nearly repeat an earlier one, as far as models see; rows that follow each other in time are alike by nature."""
    if settings.way is Way.TIME:
        return np.zeros(len(target.values), dtype=bool)
    apart = {settings.group, *settings.left_out}
    return copies.near([f for f in features if f.role in USABLE and f.name not in apart], target)


def _asked(table: Table, settings: Settings) -> dict[str, str]:
    """The columns that every row needs a value in. Raises WorkbenchError where one is missing or chosen twice."""
    asked = {"target": settings.target}
    if settings.way is Way.TIME:
        asked["time column"] = settings.when
    if settings.way is Way.GROUPED:
        asked["group column"] = settings.group
    for role, name in asked.items():
        if name not in table.frame.columns:
            complaint = f"The table has no column “{short(name, 60)}”" if name else f"No {role} is chosen"
            raise WorkbenchError(f"{complaint}.", f"Choose the {role}.")
    if settings.target in (settings.when, settings.group):
        raise WorkbenchError(
            f"“{short(settings.target, 60)}” cannot be the target and also say when or who.", "Choose different columns."
        )
    return asked


def _target(frame: pd.DataFrame, settings: Settings) -> tuple[Target, Marks, list[str]]:
    """The target, the rows that keep one, and what was done to it."""
    name = short(settings.target, 60)
    column = read(frame[settings.target], settings.target)
    if settings.task is Task.CLASSES:
        return classes(frame[settings.target], name)
    if column.role is Role.DATE or not column.is_numeric:
        example = short(str(next(v for v in frame[settings.target] if v is not None)), 40)
        raise WorkbenchError(
            f"“{name}” holds values that are no numbers, such as “{example}”.",
            "Choose “one of several classes”, or another target.",
        )
    kept = ~column.missing
    values = column.values[kept].astype(np.float64)
    notes = [] if kept.all() else [f"{count(int((~kept).sum()), 'row')} left out whose “{name}” is no finite number."]
    if len(np.unique(values)) < 2:
        raise WorkbenchError(f"“{name}” is the same number in every row, so there is nothing to predict.", "Choose another target.")
    if np.abs(values).max() > 1e100:
        raise WorkbenchError(
            f"“{name}” holds numbers as large as {np.abs(values).max():.0e}.", "Correct these rows, or choose another target."
        )
    return Target(values), kept, notes


def classes(column: pd.Series[Any], name: str) -> tuple[Target, Marks, list[str]]:
    texts = column.map(_class_name)
    counts = texts.value_counts()
    if len(counts) < 2:
        raise WorkbenchError(
            f"Every row has “{short(str(counts.index[0]), 40)}” in “{name}”, so there is nothing to predict.",
            "Choose another target, or a table that holds other outcomes too.",
        )
    if counts.iloc[0] < FEWEST_PER_CLASS and len(counts) > len(texts) / 2:
        raise WorkbenchError(
            f"“{name}” has {len(counts):,} different values in {count(len(texts), 'row')}, so it names rows rather than classes.",
            "Choose another target, or “a number”.",
        )
    common = [c for c in counts.index if counts[c] >= FEWEST_PER_CLASS][: CLASSES_AT_MOST - (len(counts) > CLASSES_AT_MOST)]
    if len(common) < 2 and len(texts) - counts.iloc[0] < FEWEST_PER_CLASS:
        common = list(counts.index[:CLASSES_AT_MOST])
    rare = ~texts.isin(common)
    notes = []
    kept = np.ones(len(texts), dtype=bool)
    if rare.sum() >= FEWEST_PER_CLASS:
        texts = texts.where(~rare, _OTHERS)
        fewer = len(counts) - len(common)
        notes.append(f"{count(fewer, 'rarer class', 'rarer classes')} of “{name}” taken together as “{_OTHERS}”.")
    elif rare.any():
        kept = ~rare.to_numpy()
        notes.append(f"{count(int(rare.sum()), 'row')} of classes with fewer than {FEWEST_PER_CLASS} rows left out.")
    order = texts[kept].value_counts().index
    places = {label: place for place, label in enumerate(order)}
    return Target(texts[kept].map(places).to_numpy(dtype=np.float64), tuple(map(str, order))), kept, notes


def _class_name(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def moments(by_name: dict[str, Feature], settings: Settings) -> Feature | None:
    if settings.way is not Way.TIME:
        return None
    column = by_name[settings.when]
    if not column.is_numeric:
        example = short(str(next((v for v in column.values if v is not None), "")), 40)
        raise WorkbenchError(
            f"“{short(settings.when, 60)}” says when each row happened, but “{example}” is neither a date nor a number.",
            "Write dates as 2027-03-31, or choose another column.",
        )
    if column.missing.any():
        row = int(column.missing.argmax())
        raise WorkbenchError(
            f"“{short(settings.when, 60)}” has no readable date in {count(int(column.missing.sum()), 'row')}, first in row {row + 1}.",
            "Correct or remove these rows.",
        )
    return column


def codes(frame: pd.DataFrame, group: str) -> Whole | None:
    if not group or group not in frame.columns:
        return None
    codes: Whole = frame.groupby(group, sort=False, dropna=False).ngroup().to_numpy()
    return codes


def _doubts(table: Table, features: Sequence[Feature], groups: Whole | None, settings: Settings) -> list[str]:
    """What may make the figures better than they will be, a sentence each."""
    doubts = []
    if settings.way is Way.TIME and table.is_sample:
        doubts.append(
            "The rows are a sample, so “as last time” is the last row drawn, not the last there was. Measure the latest "
            f"{AT_MOST:,} rows by themselves to compare with that."
        )
    if settings.way is Way.GROUPED and groups is not None and groups.max() + 1 < _FEW_GROUPS:
        doubts.append(f"Only {count(int(groups.max()) + 1, 'group')}, so little can be said about new ones.")
    if settings.way is Way.RANDOM:
        kept = [f for f in features if f.name not in settings.left_out]
        dates = [f.name for f in kept if f.role is Role.DATE and names_a_moment(f.name)]
        names = [f.name for f in kept if f.role in (Role.NUMBER, Role.CATEGORY) and names_a_group(f.name)]
        if dates:
            doubts.append(
                f"“{short(dates[0], 60)}” may say when rows happened. If predictions are for later, a random split flatters."
            )
        if names:
            doubts.append(
                f"“{short(names[0], 60)}” comes up in several rows. If predictions are for new ones, a random split flatters."
            )
    return doubts
