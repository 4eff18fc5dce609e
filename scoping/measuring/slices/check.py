"""Errors by slice, from a table of predictions with tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from scoping.answers import told_apart
from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.measuring.slices import tags as slices_tags
from scoping.measuring.slices import words
from scoping.measuring.slices.result import CoverResult, Means, PairResult, Result, Settings, TagResult
from scoping.measuring.slices.tags import Bools
from scoping.sections.feasibility import SliceKind
from scoping.tables import missingness, notation
from scoping.tables.headings import with_word
from scoping.tables.table import Column, Holds, Preview, Table, Tell
from scoping.words import short

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2"
AS_TEXT = True
AT_MOST = 2_000_000

RARE = 0.05
"""A slice with a smaller share of the cases counts as rare."""
HARDLY_EVER = 0.9
"""Share of differing cells from which numbers are no names of classes."""
CLASSES_AT_MOST = 50
NAME_AT_MOST = 60
PAIRS_AT_MOST = 20
LEFT_OUT_AT_MOST = 10
SEPARATORS = ("", ";", ",", "|", "/")
_YES = frozenset({"t", "x", "✓", "✔", "correct", "right"})
_NO = frozenset({"f", "wrong", "incorrect"})
"""Words for yes and no in a column that asks for them, beside those of any table."""


_TRUTH = with_word("truth|true|labels?|actual|target|expected|gold|y")
_PREDICTION = with_word("pred|predicted|predictions?|model|output|y_hat|guess")
_RIGHT = with_word("correct|right|ok|hit")
_WRONG = with_word("wrong|errors?|incorrect|misclassified|failed")
_TAGS = with_word("tags?|slices?|groups?|segments?|categor(y|ies)|kinds?")
_PEOPLE = with_word("human|people|person|annotator|expert|labell?er")
_ID = re.compile(r"^(id|example|item|row|case|index|nr|no|number)$|_id$", re.IGNORECASE)
_VALUES_AT_MOST = 12
"""Different values of a column that is guessed to name slices."""


def guess(preview: Preview) -> Settings:
    """Read the roles of the columns off their names and examples."""
    left = [c for c in preview.columns if not _ID.search(c.name)]

    def take(pattern: re.Pattern[str], fits: Callable[[Column], bool] = lambda _: True) -> str:
        column = next((c for c in left if pattern.search(c.name) and fits(c)), None)
        if column is None:
            return ""
        left.remove(column)
        return column.name

    people, prediction, truth = take(_PEOPLE, lambda c: not _is_mark(c)), take(_PREDICTION), take(_TRUTH)
    judged, means = "", Means.RIGHT
    if not (truth and prediction):
        judged = take(_RIGHT, _is_mark)
        if not judged and (judged := take(_WRONG, _is_mark)):
            means = Means.WRONG
    marks = [c for c in left if _is_mark(c)]
    several = [c for c in left if c not in marks and _names_slices(c, preview.rows_seen)]
    return Settings(
        truth=truth,
        prediction=prediction,
        judged=judged,
        judged_means=means,
        people=people if truth else "",
        marks=tuple(c.name for c in marks),
        lists=tuple(c.name for c in several),
        separator=_separator(several),
    )


def _is_mark(column: Column) -> bool:
    if column.kind is Holds.YES_NO:
        return True
    return column.distinct <= 2 and bool(column.examples) and all(_answer(e) is not None for e in column.examples)


def _names_slices(column: Column, rows: int) -> bool:
    """Whether cells hold names that come again; a text that is different in every row is none."""
    if 2 <= column.distinct <= _VALUES_AT_MOST:
        return True
    return bool(_separator([column])) and bool(_TAGS.search(column.name) or 2 * column.distinct <= rows)


def _separator(columns: Iterable[Column]) -> str:
    """The sign between several names in a cell; "" where every cell holds one."""
    examples = [e for c in columns if c.kind is Holds.TEXT for e in c.examples]
    return next((s for s in SEPARATORS[1:] if any(s in e for e in examples)), "")


def _answer(cell: str, values: Collection[str] = ()) -> bool | None:
    """Yes or no, as which a missing cell counts too; None for anything else."""
    text = cell.strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    return False if missingness.is_missing(cell, values) else notation.answer(cell)


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Count errors by tag.

    Raises:
        WorkbenchError: a column is missing or named twice, holds something else, or nothing can be counted.
    """
    _refuse(table, settings)
    tell(0.1, "Finding the errors")
    counts, wrong = _wrong(table, settings)
    if not counts.any():
        raise WorkbenchError(
            f"No row of {table.name} has both the true answer and the prediction.", "Choose the columns again, or another file."
        )
    tell(0.4, "Reading the tags")
    columns: list[slices_tags.Cells] = []
    kinds: dict[str, SliceKind] = {}
    for name, cells in _columns(table, settings):
        columns.append(slices_tags.Cells(cells.places[counts], cells.tags))
        if name in settings.protected:
            kinds |= {tag: SliceKind.PROTECTED for tags in cells.tags for tag in tags}
    tell(0.7, "Counting")
    wrong = wrong[counts]
    analysis = slices_tags.analyse(wrong, columns)
    hlp: dict[str, float | None] = {}
    overall = None if settings.hlp is None else settings.hlp / 100
    if settings.people:
        asked, missed = _people(table, settings, counts)
        people = slices_tags.analyse(missed, [slices_tags.Cells(c.places[asked], c.tags) for c in columns])
        hlp = {tag.name: 1 - tag.errors / tag.cases for tag in people.tags if tag.cases}
        overall = float(1 - np.mean(missed)) if len(missed) else None
    tell(1.0, "Done")
    result = _result(analysis, len(counts) - int(counts.sum()), kinds, hlp, overall, by_tag=bool(settings.people))
    return result.model_copy(update={"notes": tuple(_notes(table, settings))})


def _notes(table: Table, settings: Settings) -> Iterator[str]:
    """What was taken as missing, and which words as one answer."""
    answered = [name for name in (settings.truth, settings.prediction, settings.judged, settings.people) if name]
    marked = [(name, _marks(table.frame[name], settings.values)) for name in (*answered, *settings.marks, *settings.lists)]
    if count := sum(int(marks.sum()) for _, marks in marked):
        name, marks = next((name, marks) for name, marks in marked if marks.any())
        row = int(marks.argmax())
        yield missingness.taken_as_missing(count, str(table.frame[name].iloc[row]).strip(), row + 1, name)
    if not settings.judged:
        present = [t for name in answered for t in _different(table.frame[name]) if not missingness.is_missing(t, settings.values)]
        for text, answer in notation.same_answers(present).items():
            if text != answer:
                yield f"“{text}” and “{answer}” mean the same and count as one answer."


def _marks(column: pd.Series, values: Collection[str]) -> Any:
    """Which rows hold a mark for "missing"."""
    marks = [cell for cell in _different(column) if cell.strip() and missingness.is_missing(cell, values)]
    return column.isin(marks).to_numpy()


def _result(
    analysis: slices_tags.Analysis,
    skipped: int,
    kinds: dict[str, SliceKind],
    hlp: dict[str, float | None],
    overall: float | None,
    *,
    by_tag: bool,
) -> Result:
    def kind(tag: slices_tags.Tag) -> SliceKind:
        return kinds.get(tag.name) or (SliceKind.RARE if tag.cases < RARE * analysis.cases else SliceKind.ORDINARY)

    called = told_apart({t.name: t.name for t in analysis.tags}, NAME_AT_MOST)
    return Result(
        cases=analysis.cases,
        errors=analysis.errors,
        skipped=skipped,
        untagged_cases=analysis.untagged_cases,
        untagged_errors=analysis.untagged_errors,
        overlap=analysis.overlap,
        hlp=overall,
        tags=tuple(
            TagResult(name=called[t.name], cases=t.cases, errors=t.errors, kind=kind(t), hlp=hlp.get(t.name) if by_tag else overall)
            for t in analysis.tags
        ),
        pairs=tuple(PairResult(one=called[p.one], other=called[p.other], errors=p.errors) for p in analysis.pairs[:PAIRS_AT_MOST]),
        pairs_left_out=max(0, len(analysis.pairs) - PAIRS_AT_MOST),
        covers=tuple(CoverResult(tags=tuple(called[t] for t in c.tags), errors=c.errors) for c in analysis.covers),
        left_out=tuple(short(t, NAME_AT_MOST) for t in analysis.left_out[:LEFT_OUT_AT_MOST]),
        tags_left_out=len(analysis.left_out),
    )


def _refuse(table: Table, settings: Settings) -> None:
    roles = [
        ("true answers", settings.truth),
        ("predictions", settings.prediction),
        ("whether the model was right", settings.judged),
        ("people's answers", settings.people),
        *(("tags", name) for name in (*settings.marks, *settings.lists)),
    ]
    for role, name in roles:
        if name and name not in table.frame.columns:
            raise WorkbenchError(f"{table.name} has no column “{short(name, 60)}” for {role}.", "Choose another column.")
    named = [name for _, name in roles if name]
    if twice := next((n for n in named if named.count(n) > 1), ""):
        raise WorkbenchError(f"The column “{short(twice, 60)}” was chosen twice.", "Give each column one meaning.")
    if not settings.judged and not (settings.truth and settings.prediction):
        raise WorkbenchError(
            "Nothing says which predictions are wrong.",
            "Choose the column with the true answers and the one with the predictions, or one that says whether the model was right.",
        )
    if settings.people and not settings.truth:
        raise WorkbenchError(
            "People's answers can be judged only beside the true ones.", "Choose the column with the true answers."
        )
    if not settings.marks and not settings.lists:
        raise WorkbenchError("No column tells the groups.", "Choose at least one column with tags.")


def _wrong(table: Table, settings: Settings) -> tuple[Bools, Bools]:
    """Which rows count, and in which the model erred."""
    if settings.judged:
        answer, known = _yes(table, settings.judged, settings.values, blank_is_no=False)
        return known, ~answer if settings.judged_means is Means.RIGHT else answer
    known, differ = _differ(table, settings.truth, settings.prediction, settings.values)
    if known.any() and differ[known].mean() > HARDLY_EVER and _is_measured(table.frame[settings.truth]):
        raise WorkbenchError(
            f"“{short(settings.truth, 40)}” and “{short(settings.prediction, 40)}” hold numbers that hardly ever agree exactly.",
            "Add a column that says yes where a prediction is near enough, and choose that one.",
        )
    return known, differ


def _is_measured(cells: pd.Series) -> bool:
    """Whether cells hold numbers of a scale rather than names of classes."""
    different = _different(cells)
    return len(different) > CLASSES_AT_MOST and all(isinstance(_value(c, None), float) for c in different)


def _people(table: Table, settings: Settings, counts: Bools) -> tuple[Bools, Bools]:
    """Which of the counted rows people answered, and in which of these they erred."""
    known, missed = _differ(table, settings.truth, settings.people, settings.values)
    asked = known[counts]
    return asked, missed[counts][asked]


def _differ(table: Table, one: str, other: str, values: Collection[str]) -> tuple[Bools, Bools]:
    """Which rows have both cells, and in which they differ: 1 is 1.0, and where all cells say yes or no 1 is TRUE."""
    import pandas as pd

    places, cells = pd.factorize(pd.concat([table.frame[one], table.frame[other]], ignore_index=True))
    half = len(table.frame)
    texts = [str(cell).strip() for cell in cells]
    present = [text for text in texts if not missingness.is_missing(text, values)]
    alike = notation.same_answers(present)
    mark = notation.of_file(_different(table.frame[name]) for name in (one, other))
    same: dict[object, int] = {}
    known = {text: same.setdefault(alike.get(text) or _value(text, mark), len(same)) for text in present}
    numbers = np.array([known.get(text, -1) for text in texts] + [-1])
    left, right = numbers[places[:half]], numbers[places[half:]]
    return (left >= 0) & (right >= 0), left != right


def _different(column: pd.Series) -> list[str]:
    return [str(cell) for cell in column.dropna().unique()]


def _value(text: str, mark: notation.Mark | None) -> object:
    """A number, if the cell is one, or else its text."""
    number = notation.number(text, mark)
    return text if number is None else number


def _yes(table: Table, name: str, values: Collection[str], *, blank_is_no: bool) -> tuple[Bools, Bools]:
    """A yes-or-no column as answers, and which rows have one.

    Raises:
        WorkbenchError: names the first row whose cell is neither.
    """
    import pandas as pd

    places, cells = pd.factorize(table.frame[name])
    read = [_answer(str(cell), values) for cell in cells]
    for i, answer in enumerate(read):
        if answer is None:
            row = int(np.argmax(places == i))
            raise WorkbenchError(
                f"{_row(table, row)}, column “{short(name, 60)}”: “{short(str(cells[i]), 60)}” is neither yes nor no.",
                "Write 1 or 0, yes or no, or choose this column as one with names of tags.",
            )
    answers = np.array([*read, False], dtype=bool)
    known = np.array([*(not missingness.is_missing(str(cell), values) for cell in cells), False])
    return answers[places], np.ones(len(places), dtype=bool) if blank_is_no else known[places]


def _row(table: Table, place: int) -> str:
    """Where a row stands, the names of the columns being row 1; of a row drawn at random that is not known."""
    return f"A row of {table.name}" if table.is_sample else f"{table.name}, row {place + 2:,}"


def _columns(table: Table, settings: Settings) -> Iterator[tuple[str, slices_tags.Cells]]:
    """Each column of tags with its cells."""
    import pandas as pd

    for name in settings.marks:
        answers, _ = _yes(table, name, settings.values, blank_is_no=True)
        yield name, slices_tags.Cells.marked(name, answers)
    for name in settings.lists:
        places, cells = pd.factorize(table.frame[name])
        yield name, slices_tags.Cells(places, [_tags(name, str(c), settings) for c in cells])


def _tags(column: str, cell: str, settings: Settings) -> tuple[str, ...]:
    """The tags in a cell, each once. Where two columns hold names, the column says which is meant."""
    names = cell.split(settings.separator) if settings.separator else [cell]
    prefix = f"{column}: " if len(settings.lists) > 1 or not settings.separator else ""
    return tuple(dict.fromkeys(prefix + n.strip() for n in names if not missingness.is_missing(n, settings.values)))


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
)
