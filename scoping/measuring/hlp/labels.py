"""Labels: which person called which item what, read from a long or a wide table of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping.errors import WorkbenchError
from scoping.numbers.resampling import Floats, Ints
from scoping.section import Choice
from scoping.tables import missingness, notation
from scoping.words import count, short

if TYPE_CHECKING:
    import pandas as pd

CLASSES_AT_MOST = 200
"""Different labels that can be kinds or grades; more are free text or numbers."""
NOBODY = "Not named"
_PLAIN = re.compile(r"[!-+\-/-~]+( [!-+\-/-~]+)*")
"""A text of plain letters, digits and signs, but for point and comma, that is in its one written form already."""


class LabelsError(WorkbenchError):
    """A table from which no labels can be read, or too few to say anything."""


class Level(Choice):
    """What labels are, which decides how far apart two of them are."""

    NOMINAL = "nominal", "Kinds, in no order"
    ORDINAL = "ordinal", "Grades, from low to high"
    NUMERIC = "numeric", "Numbers"


@dataclass(frozen=True, eq=False, kw_only=True)
class Labels:
    """All labels given, one entry each, in the order of their items and for each item of their labellers.

    Attributes:
        item, labeller, label: codes that count from 0: places in `items`, `labellers`, `classes`.
        truth: class of each item, -1 where it is not known; None when no item has one.
        model: what a model says of each item, in the same way.
        values: the number each class stands for; None unless labels are numbers.
        notes: what was left out or looks odd, a sentence each.
    """

    level: Level
    items: tuple[str, ...]
    labellers: tuple[str, ...]
    classes: tuple[str, ...]
    item: Ints
    labeller: Ints
    label: Ints
    truth: Ints | None = None
    model: Ints | None = None
    values: Floats | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.item)

    @cached_property
    def counts(self) -> Any:
        """How many labels of each class every item got: a sparse matrix, items by classes."""
        return sparse(self.item, self.label, (len(self.items), len(self.classes)))

    @cached_property
    def per_item(self) -> Ints:
        """Labels of each item."""
        return np.bincount(self.item, minlength=len(self.items))

    @cached_property
    def pair(self) -> Ints:
        """For each label, the number of its pair of item and labeller."""
        changes = (np.diff(self.item) != 0) | (np.diff(self.labeller) != 0)
        return np.concatenate([[0], np.cumsum(changes)])

    @property
    def repeated(self) -> int:
        """Labels by somebody who had labelled the same item before."""
        return len(self) - 1 - int(self.pair[-1])


def sparse(rows: Ints, columns: Ints, shape: tuple[int, int], values: Floats | None = None) -> Any:
    """A sparse matrix that sums what falls on the same cell; ones unless `values` are given."""
    from scipy.sparse import csr_array

    matrix = csr_array((np.ones(len(rows)) if values is None else values, (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix


def tidy(text: object) -> str:
    """A label or name as it is compared: composed form (NFC), single blanks, "1.0" and "1,0" as "1"."""
    if isinstance(text, str) and _PLAIN.fullmatch(text):
        return text
    line = " ".join(unicodedata.normalize("NFC", str(text)).translate({0x200B: None, 0xFEFF: None}).split())
    # Spreadsheets turn whole numbers into 1.0 where a column has a gap.
    whole = re.fullmatch(r"([+-]?\d+)(?:\.0+|,0{1,2})", line)
    return whole[1] if whole else line


def from_long(  # noqa: PLR0913  every one is a choice that a person makes
    frame: pd.DataFrame,
    item: str,
    labeller: str,
    label: str,
    truth: str = "",
    model: str = "",
    *,
    level: Level = Level.NOMINAL,
    classes: Sequence[str] = (),
    values: Collection[str] = (),
) -> Labels:
    """Labels from a table with one label per row.

    Args:
        labeller: "" when the table does not say who gave a label; then every item may have one label only.
        truth, model: columns with one answer for each item; "" when there is none.
        classes: all classes that could be given; from low to high for grades.
        values: marks such as NA that are labels here rather than missing, as declared classes are.

    Raises:
        LabelsError: names the column, and row and value where one is wrong.
    """
    kept = frozenset(values) | frozenset(classes)
    items = _Names.of(frame[item], kept)
    who = _Names.of(frame[labeller], kept) if labeller else _Names(np.zeros(len(frame), dtype=np.int64), (NOBODY,))
    given = _Names.of(frame[label], kept)
    built = _build(items, who, [(label, given)], _answers(frame, kept, truth=truth, model=model), level, classes)
    if not labeller and built.repeated:
        raise LabelsError(
            "Some items have several labels, but no column says who gave them.",
            "Choose the column with the labeller's name.",
        )
    return built


def from_wide(
    frame: pd.DataFrame,
    item: str,
    labellers: Sequence[str],
    truth: str = "",
    model: str = "",
    *,
    level: Level = Level.NOMINAL,
    classes: Sequence[str] = (),
    values: Collection[str] = (),
) -> Labels:
    """Labels from a table with one column per labeller.

    Args:
        item: "" when every row is an item of its own.

    Raises:
        LabelsError: names the column, and row and value where one is wrong.
    """
    rows, kept = len(frame), frozenset(values) | frozenset(classes)
    items = _Names.of(frame[item], kept) if item else _Names(np.arange(rows), tuple(f"Row {row + 1}" for row in range(rows)))
    given = [(column, _Names.of(frame[column], kept)) for column in labellers]
    who = _Names(np.repeat(np.arange(len(labellers)), rows), tuple(labellers))
    return _build(items, who, given, _answers(frame, kept, truth=truth, model=model), level, classes)


@dataclass(frozen=True, eq=False)
class _Names:
    """A column of text as codes; -1 where it is missing.

    Attributes:
        marks: how many cells hold a mark for "missing"; `mark` is the first of them, in data row `row`.
    """

    codes: Ints
    names: tuple[str, ...]
    marks: int = 0
    mark: str = ""
    row: int = 0

    @classmethod
    def of(cls, column: pd.Series[Any], values: Collection[str]) -> _Names:
        import pandas as pd

        raw, seen = pd.factorize(column)
        cleaned = ["" if missingness.is_missing(str(text), values) else tidy(text) for text in seen.tolist()]
        places: dict[str, int] = {}
        again = [places.setdefault(text, len(places)) if text else -1 for text in cleaned]
        is_mark = np.array([*(not text and bool(str(cell).strip()) for text, cell in zip(cleaned, seen, strict=True)), False])[raw]
        codes = np.array([*again, -1], dtype=np.int64)[raw]
        if not is_mark.any():
            return cls(codes, tuple(places))
        first = int(np.argmax(is_mark))
        return cls(codes, tuple(places), int(is_mark.sum()), str(column.iloc[first]).strip(), first + 1)

    def renamed(self, names: Mapping[str, str]) -> _Names:
        """The same with other names, of which several may become one."""
        places: dict[str, int] = {}
        again = [places.setdefault(names.get(name, name), len(places)) for name in self.names]
        return replace(self, codes=np.array([*again, -1], dtype=np.int64)[self.codes], names=tuple(places))


def _answers(frame: pd.DataFrame, values: Collection[str], **columns: str) -> dict[str, tuple[str, _Names]]:
    """The columns with one answer for each item, by what they are, as far as they were chosen."""
    return {role: (column, _Names.of(frame[column], values)) for role, column in columns.items() if column}


def _build(
    items: _Names,
    who: _Names,
    label_columns: list[tuple[str, _Names]],
    answers: dict[str, tuple[str, _Names]],
    level: Level,
    classes: Sequence[str],
) -> Labels:
    alike = notation.same_answers(dict.fromkeys(n for _, column in [*label_columns, *answers.values()] for n in column.names))
    alike = {} if level is not Level.NOMINAL or classes else {text: answer for text, answer in alike.items() if text != answer}
    label_columns = [(column, names.renamed(alike)) for column, names in label_columns]
    answers = {role: (column, names.renamed(alike)) for role, (column, names) in answers.items()}
    scale, values, named = _scale([*label_columns, *answers.values()], level, classes)
    item = np.concatenate([items.codes] * len(label_columns))
    labeller = who.codes
    label = np.concatenate([scale[place][column.codes] for place, (_, column) in enumerate(label_columns)])
    notes = [*_marked([*label_columns, *answers.values()]), *_one_answer(alike)]
    notes += [*_lost("item", items.codes), *_lost("labeller", who.codes)]
    given = (item >= 0) & (labeller >= 0) & (label >= 0)
    if not given.any():
        names = " and ".join(f"“{short(column, 40)}”" for column, _ in label_columns[:3])
        raise LabelsError(f"No label was found in {names}.", "Choose the columns that hold items, labellers and labels.")
    order = np.argsort(item[given] * len(who.names) + labeller[given], kind="stable")
    item, labeller, label = (column[given][order] for column in (item, labeller, label))
    kept_items, item = _kept(item, len(items.names))
    kept_people, labeller = _kept(labeller, len(who.names))
    notes += _silent("item", len(items.names) - len(kept_items))
    notes += _silent("labeller", len(who.names) - len(kept_people))
    known: dict[str, Ints] = {}
    for place, (role, (column, answer)) in enumerate(answers.items(), len(label_columns)):
        of_items, contradicted = _answers_of(items.codes, scale[place][answer.codes], len(items.names))
        notes += _contradictions(column, [items.names[i] for i in contradicted])
        if (of_items[kept_items] >= 0).any():
            known[role] = of_items[kept_items]
        else:
            notes.append(f"The column “{short(column, 40)}” says nothing about any labelled item.")
    notes += _look_alikes("label", named) + _look_alikes("labeller", [who.names[i] for i in kept_people])
    return Labels(
        level=level,
        items=tuple(items.names[i] for i in kept_items),
        labellers=tuple(who.names[i] for i in kept_people),
        classes=tuple(named),
        item=item,
        labeller=labeller,
        label=label,
        truth=known.get("truth"),
        model=known.get("model"),
        values=values,
        notes=tuple(notes),
    )


def _marked(columns: list[tuple[str, _Names]]) -> list[str]:
    """What was taken as missing though something stands there."""
    marked = [(column, names) for column, names in columns if names.marks]
    if not marked:
        return []
    column, first = marked[0]
    return [missingness.taken_as_missing(sum(names.marks for _, names in marked), first.mark, first.row, column)]


def _one_answer(alike: Mapping[str, str]) -> list[str]:
    return [f"“{text}” and “{one}” mean the same and count as one label." for text, one in alike.items()]


def _kept(codes: Ints, names: int) -> tuple[Ints, Ints]:
    """The codes that occur, in order, and the codes counted among these only."""
    occurs = np.bincount(codes, minlength=names) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[codes]


def _scale(columns: list[tuple[str, _Names]], level: Level, classes: Sequence[str]) -> tuple[list[Ints], Floats | None, list[str]]:
    """For each column the class of each of its codes, with -1 at the end; the numbers of the classes, and their names."""
    seen = dict.fromkeys(name for _, column in columns for name in column.names)
    if level is Level.NUMERIC:
        mark = notation.of_file(column.names for _, column in columns)
        numbers = {name: _number(columns, name, mark) for name in seen}
        values = np.unique(np.array([*numbers.values()], dtype=float))
        where = {name: int(np.searchsorted(values, number)) for name, number in numbers.items()}
        named = [f"{value:.10g}" for value in values]
    else:
        values = np.empty(0)
        named = _in_order(seen, level, [tidy(c) for c in classes if tidy(c)])
        where = {name: place for place, name in enumerate(named)}
    places = [np.array([*(where[name] for name in column.names), -1], dtype=np.int64) for _, column in columns]
    return places, values if len(values) else None, named


def _in_order(seen: Iterable[str], level: Level, declared: list[str]) -> list[str]:
    """The classes: those declared, then the others by number or alphabet."""
    declared = list(dict.fromkeys(declared))
    others = sorted(set(seen) - set(declared), key=_natural)
    if len(declared) + len(others) > CLASSES_AT_MOST:
        raise LabelsError(
            f"There are {len(declared) + len(others):,} different labels; up to {CLASSES_AT_MOST} kinds can be compared.",
            "Choose the column that holds the labels, or say that they are numbers.",
        )
    if level is Level.ORDINAL and others and (declared or not _are_numbers(others)):
        words = "; ".join(short(c, 40) for c in others[:10])
        raise LabelsError(
            f"The order of the grades does not name: {words}{' …' if len(others) > 10 else ''}.",
            "Write all grades from low to high, with a semicolon between them.",
        )
    return declared + others


def _natural(name: str) -> tuple[int, float, str, str]:
    """No two names are equal in it: the same file gives the same order in every process."""
    value = notation.number(name)
    return (1, 0.0, name.casefold(), name) if value is None else (0, value, "", name)


def _are_numbers(names: Iterable[str]) -> bool:
    return all(notation.number(name) is not None for name in names)


def _number(columns: list[tuple[str, _Names]], name: str, mark: notation.Mark | None) -> float:
    value = notation.number(name, mark)
    if value is not None:
        return value
    for column, names in columns:
        if name in names.names:
            row = int(np.argmax(names.codes == names.names.index(name)))
            raise LabelsError(
                f"Data row {row + 1:,}, column “{short(column, 40)}”: “{short(name, 60)}” is no number.",
                "Correct the cell or leave it empty, or say that the labels are kinds.",
            )
    raise KeyError(name)


def _lost(what: str, codes: Ints) -> list[str]:
    missing = np.flatnonzero(codes < 0)
    if not len(missing):
        return []
    first = int(missing[0]) + 1
    if len(missing) == 1:
        return [f"1 row names no {what} and was left out: data row {first:,}."]
    return [f"{count(len(missing), 'row')} name no {what} and were left out, first data row {first:,}."]


def _silent(what: str, number: int) -> list[str]:
    if not number:
        return []
    return [f"{count(number, what)} {'have' if number > 1 else 'has'} no label and {'were' if number > 1 else 'was'} left out."]


def _answers_of(item: Ints, answer: Ints, items: int) -> tuple[Ints, list[int]]:
    """The answer for each item, -1 where none is given or several are; and the items with several."""
    known = (item >= 0) & (answer >= 0)
    low, high = np.full(items, np.iinfo(np.int64).max), np.full(items, -1)
    np.minimum.at(low, item[known], answer[known])
    np.maximum.at(high, item[known], answer[known])
    contradicted = (high >= 0) & (low != high)
    return np.where(contradicted, -1, high), np.flatnonzero(contradicted).tolist()


def _contradictions(column: str, names: list[str]) -> list[str]:
    if not names:
        return []
    items = f"{count(len(names), 'item')} {'has' if len(names) == 1 else 'have'}"
    first = f"first “{short(names[0], 60)}”"
    return [f"{items} several answers in the column “{short(column, 40)}”, {first}; they count as not known there."]


def _look_alikes(what: str, names: Sequence[str]) -> list[str]:
    """A note where names differ in capitals only."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            note = (
                f"The {what}s “{short(other, 40)}” and “{short(name, 40)}” differ in capitals only and count as two. "
                "If they are one, write them alike in the file."
            )
            return [note]
    return []
