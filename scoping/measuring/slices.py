"""Errors by slice, from a table of predictions with tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scoping import slices
from scoping.answers import told_apart
from scoping.blocks import Block, Facts, Paragraph
from scoping.blocks import Table as TableBlock
from scoping.errors import WorkbenchError
from scoping.proportions import wilson
from scoping.reading.tables import Column, Holds, Preview, Table
from scoping.section import Choice, Model, short
from scoping.sections.feasibility import SliceKind

if TYPE_CHECKING:
    import pandas as pd

    from scoping import error_analysis
    from scoping.measuring import Tell

VERSION = "1"
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
_YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "x", "✓", "✔", "correct", "right"})
_NO = frozenset({"0", "0.0", "no", "n", "false", "f", "", "-", "wrong", "incorrect"})


def _word(words: str) -> re.Pattern[str]:
    """Matches a name that has one of the words in it, whatever stands between words."""
    return re.compile(rf"(^|[^a-z])({words})($|[^a-z])", re.IGNORECASE)


_TRUTH = _word("truth|true|labels?|actual|target|expected|gold|y")
_PREDICTION = _word("pred|predicted|predictions?|model|output|y_hat|guess")
_RIGHT = _word("correct|right|ok|hit")
_WRONG = _word("wrong|errors?|incorrect|misclassified|failed")
_TAGS = _word("tags?|slices?|groups?|segments?|categor(y|ies)|kinds?")
_PEOPLE = _word("human|people|person|annotator|expert|labell?er")
_ID = re.compile(r"^(id|example|item|row|case|index|nr|no|number)$|_id$", re.IGNORECASE)
_VALUES_AT_MOST = 12
"""Different values of a column that is guessed to name slices."""


class Means(Choice):
    """What "yes" says in a column about whether the model was right."""

    RIGHT = "right", "The model was right"
    WRONG = "wrong", "The model was wrong"


class Settings(Model):
    """Which column is what; "" for none.

    Attributes:
        judged: a yes-or-no column that says whether the model was right; without it, truth and prediction are compared.
        people: what people answered on the same cases, compared with the truth.
        marks: columns that say yes or no to one tag each.
        lists: columns that hold names of tags; several in a cell stand apart by `separator`.
        protected: columns among these that tell protected groups.
        hlp: share that people get right, in %, where no column tells it.
    """

    truth: str = ""
    prediction: str = ""
    judged: str = ""
    judged_means: Means = Means.RIGHT
    people: str = ""
    marks: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    separator: str = ""
    protected: tuple[str, ...] = ()
    hlp: float | None = None


class TagResult(Model):
    """A tag in figures; shares and gains follow from them.

    Attributes:
        hlp: share that people get right within the tag; None when not known.
    """

    name: str
    cases: int
    errors: int
    kind: SliceKind
    hlp: float | None


class PairResult(Model):
    one: str
    other: str
    errors: int


class CoverResult(Model):
    tags: tuple[str, ...]
    errors: int


class Result(Model):
    """The errors of a model by tag.

    Attributes:
        skipped: rows without the answer or the prediction, not counted.
        overlap: whether any case carries two tags.
        pairs: tags with errors in common, most first; `pairs_left_out` more are not listed.
        covers: the best sets of one, two and three tags.
        left_out: names of the first tags that were not looked at; `tags_left_out` counts them all.
    """

    cases: int
    errors: int
    skipped: int
    untagged_cases: int
    untagged_errors: int
    overlap: bool
    hlp: float | None
    tags: tuple[TagResult, ...]
    pairs: tuple[PairResult, ...]
    pairs_left_out: int
    covers: tuple[CoverResult, ...]
    left_out: tuple[str, ...]
    tags_left_out: int


def guess(preview: Preview) -> Settings:
    """Read the roles of the columns off their names and examples."""
    left = [c for c in preview.columns if not _ID.search(c.name)]

    def take(pattern: re.Pattern[str], fits: Callable[[Column], bool] = lambda _: True) -> str:
        found = next((c for c in left if pattern.search(c.name) and fits(c)), None)
        if found is None:
            return ""
        left.remove(found)
        return found.name

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
    return column.distinct <= 2 and bool(column.examples) and all(_plain(e) in _YES | _NO for e in column.examples)


def _names_slices(column: Column, rows: int) -> bool:
    """Whether cells hold names that come again; a text that is different in every row is none."""
    if 2 <= column.distinct <= _VALUES_AT_MOST:
        return True
    return bool(_separator([column])) and bool(_TAGS.search(column.name) or 2 * column.distinct <= rows)


def _separator(columns: Iterable[Column]) -> str:
    """The sign between several names in a cell; "" where every cell holds one."""
    examples = [e for c in columns if c.kind is Holds.TEXT for e in c.examples]
    return next((s for s in SEPARATORS[1:] if any(s in e for e in examples)), "")


def _plain(cell: object) -> str:
    return str(cell).strip().casefold()


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Count errors by tag.

    Raises:
        WorkbenchError: a column is missing or named twice, holds something else, or nothing can be counted.
    """
    import numpy as np

    from scoping import error_analysis

    _refuse(table, settings)
    tell(0.1, "Finding the errors")
    counts, wrong = _wrong(table, settings)
    if not counts.any():
        raise WorkbenchError(
            f"No row of {table.name} has both the true answer and the prediction.", "Choose the columns again, or another file."
        )
    tell(0.4, "Reading the tags")
    columns: list[error_analysis.Cells] = []
    kinds: dict[str, SliceKind] = {}
    for name, cells in _columns(table, settings):
        columns.append(error_analysis.Cells(cells.places[counts], cells.tags))
        if name in settings.protected:
            kinds |= {tag: SliceKind.PROTECTED for tags in cells.tags for tag in tags}
    tell(0.7, "Counting")
    wrong = wrong[counts]
    found = error_analysis.analyse(wrong, columns)
    hlp: dict[str, float | None] = {}
    overall = None if settings.hlp is None else settings.hlp / 100
    if settings.people:
        asked, missed = _people(table, settings, counts)
        people = error_analysis.analyse(missed, [error_analysis.Cells(c.places[asked], c.tags) for c in columns])
        hlp = {tag.name: 1 - tag.errors / tag.cases for tag in people.tags if tag.cases}
        overall = float(1 - np.mean(missed)) if len(missed) else None
    tell(1.0, "Done")
    return _result(found, len(counts) - int(counts.sum()), kinds, hlp, overall, by_tag=bool(settings.people))


def _result(
    found: error_analysis.Analysis,
    skipped: int,
    kinds: dict[str, SliceKind],
    hlp: dict[str, float | None],
    overall: float | None,
    *,
    by_tag: bool,
) -> Result:
    def kind(tag: error_analysis.Tag) -> SliceKind:
        return kinds.get(tag.name) or (SliceKind.RARE if tag.cases < RARE * found.cases else SliceKind.ORDINARY)

    called = told_apart({t.name: t.name for t in found.tags}, NAME_AT_MOST)
    return Result(
        cases=found.cases,
        errors=found.errors,
        skipped=skipped,
        untagged_cases=found.untagged_cases,
        untagged_errors=found.untagged_errors,
        overlap=found.overlap,
        hlp=overall,
        tags=tuple(
            TagResult(name=called[t.name], cases=t.cases, errors=t.errors, kind=kind(t), hlp=hlp.get(t.name) if by_tag else overall)
            for t in found.tags
        ),
        pairs=tuple(PairResult(one=called[p.one], other=called[p.other], errors=p.errors) for p in found.pairs[:PAIRS_AT_MOST]),
        pairs_left_out=max(0, len(found.pairs) - PAIRS_AT_MOST),
        covers=tuple(CoverResult(tags=tuple(called[t] for t in c.tags), errors=c.errors) for c in found.covers),
        left_out=tuple(short(t, NAME_AT_MOST) for t in found.left_out[:LEFT_OUT_AT_MOST]),
        tags_left_out=len(found.left_out),
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
        raise WorkbenchError("No column tells the slices.", "Choose at least one column with tags.")


def _wrong(table: Table, settings: Settings) -> tuple[Any, Any]:
    """Which rows count, and in which the model erred."""
    if settings.judged:
        answer, known = _yes(table, settings.judged, blank_is_no=False)
        return known, ~answer if settings.judged_means is Means.RIGHT else answer
    known, differ = _differ(table, settings.truth, settings.prediction)
    if known.any() and differ[known].mean() > HARDLY_EVER and _is_measured(table.frame[settings.truth]):
        raise WorkbenchError(
            f"“{short(settings.truth, 40)}” and “{short(settings.prediction, 40)}” hold numbers that hardly ever agree exactly.",
            "Add a column that says yes where a prediction is near enough, and choose that one.",
        )
    return known, differ


def _is_measured(cells: pd.Series) -> bool:
    """Whether cells hold numbers of a scale rather than names of classes."""
    different = cells.dropna().unique()
    return len(different) > CLASSES_AT_MOST and all(isinstance(_value(c), float) for c in different)


def _people(table: Table, settings: Settings, counts: Any) -> tuple[Any, Any]:
    """Which of the counted rows people answered, and in which of these they erred."""
    known, missed = _differ(table, settings.truth, settings.people)
    asked = known[counts]
    return asked, missed[counts][asked]


def _differ(table: Table, one: str, other: str) -> tuple[Any, Any]:
    """Which rows have both cells, and in which they differ; numbers are compared as numbers, so that 1 is 1.0."""
    import numpy as np
    import pandas as pd

    places, cells = pd.factorize(pd.concat([table.frame[one], table.frame[other]], ignore_index=True))
    same: dict[object, int] = {}
    numbers = np.array([-1 if not str(c).strip() else same.setdefault(_value(str(c)), len(same)) for c in cells] + [-1])
    half = len(table.frame)
    left, right = numbers[places[:half]], numbers[places[half:]]
    return (left >= 0) & (right >= 0), left != right


def _value(cell: str) -> object:
    text = cell.strip()
    try:
        return float(text)
    except ValueError:
        return text


def _yes(table: Table, name: str, *, blank_is_no: bool) -> tuple[Any, Any]:
    """A yes-or-no column as answers, and which rows have one.

    Raises:
        WorkbenchError: names the first row whose cell is neither.
    """
    import numpy as np
    import pandas as pd

    places, cells = pd.factorize(table.frame[name])
    plain = [_plain(c) for c in cells]
    for i, text in enumerate(plain):
        if text not in _YES | _NO:
            row = int(np.argmax(places == i))
            raise WorkbenchError(
                f"{_row(table, row)}, column “{short(name, 60)}”: “{short(str(cells[i]), 60)}” is neither yes nor no.",
                "Write 1 or 0, yes or no, or choose this column as one with names of tags.",
            )
    answers = np.array([text in _YES for text in plain] + [False])
    known = np.array([bool(text) for text in plain] + [False])
    return answers[places], np.ones(len(places), dtype=bool) if blank_is_no else known[places]


def _row(table: Table, place: int) -> str:
    """Where a row stands, the names of the columns being row 1; of a row drawn at random that is not known."""
    return f"A row of {table.name}" if table.is_sample else f"{table.name}, row {place + 2:,}"


def _columns(table: Table, settings: Settings) -> Iterator[tuple[str, error_analysis.Cells]]:
    """Each column of tags with its cells."""
    import pandas as pd

    from scoping import error_analysis

    for name in settings.marks:
        answers, _ = _yes(table, name, blank_is_no=True)
        yield name, error_analysis.Cells.marked(name, answers)
    for name in settings.lists:
        places, cells = pd.factorize(table.frame[name])
        yield name, error_analysis.Cells(places, [_tags(name, str(c), settings) for c in cells])


def _tags(column: str, cell: str, settings: Settings) -> tuple[str, ...]:
    """The tags in a cell, each once. Where two columns hold names, the column says which is meant."""
    names = cell.split(settings.separator) if settings.separator else [cell]
    prefix = f"{column}: " if len(settings.lists) > 1 or not settings.separator else ""
    return tuple(dict.fromkeys(prefix + n.strip() for n in names if n.strip()))


def parts(result: Result) -> tuple[slices.Part, ...]:
    """The tags as slices, for gap, gain and interval."""
    return tuple(
        slices.Part(
            name=t.name,
            accuracy=1 - t.errors / t.cases if t.cases else None,
            hlp=t.hlp,
            share=t.cases / result.cases,
            cases=t.cases,
            errors=t.errors,
            kind=t.kind,
        )
        for t in result.tags
    )


def headline(result: Result, settings: Settings) -> str:
    """How good the model is, and where most is to gain."""
    del settings
    low, high = wilson(result.cases - result.errors, result.cases)
    said = f"{1 - result.errors / result.cases:.1%} of {result.cases:,} cases right ({low:.1%} to {high:.1%})."
    place, first = slices.ranked(parts(result))[0] if result.tags else (None, None)
    if place and first and first.gain:
        said += f" Most to gain: {first.name}, {slices.points(first.gain)} points."
    elif first:
        most = max(result.tags, key=lambda t: t.errors)
        said += f" Most errors: {most.name}, {most.errors:,} of {result.errors:,}."
    if result.untagged_errors:
        said += f" {result.untagged_errors:,} errors carry no tag."
    return short(said, 280)


def remarks(result: Result) -> list[str]:
    """What the figures mean, a sentence each: hidden slices first."""
    found = parts(result)
    overall = 1 - result.errors / result.cases
    said = slices.hidden(slices.worse(found, result.cases, result.errors), overall)
    if together := slices.gains(found, exclusive=not result.overlap):
        said.append(slices.gains_words(together))
    else:
        said.append("How good people are is not known, so nothing says how much there is to gain.")
    if above := [p.name for p in found if p.is_above_people]:
        said.append(f"Above people already, so nothing to gain there by this measure: {', '.join(above)}.")
    if result.errors and result.untagged_errors:
        said.append(
            f"{result.untagged_errors:,} of {result.errors:,} errors carry none of these tags. Look at some of them and add a tag."
        )
    if result.covers:
        best = result.covers[-1]
        which = " and ".join(f"“{t}”" for t in best.tags)
        said.append(
            f"{which} {'explains' if len(best.tags) == 1 else 'together explain'} {best.errors:,} of {result.errors:,} errors; "
            f"no other {'tag does' if len(best.tags) == 1 else f'{len(best.tags)} tags do'} more."
        )
    if result.skipped:
        said.append(f"{result.skipped:,} rows without the true answer or the prediction are not counted.")
    if result.tags_left_out:
        said.append(
            f"{result.tags_left_out:,} tags with the fewest errors were not looked at, such as {', '.join(result.left_out)}."
        )
    return said + slices.guarded(found)


HEADERS = (
    "Slice",
    "Share of the errors",
    "Wrong within the slice",
    "95 % interval",
    "Share of the cases",
    "Room for improvement",
    "Points to gain",
    "Kind",
    "Cases",
)
"""The four questions of the slides about each tag, and what follows from them."""


def rows(result: Result, order: slices.Order = slices.Order.GAIN) -> list[tuple[str, ...]]:
    """The ranked list in words, under `HEADERS`."""
    return [_words(part, result) for _, part in slices.ranked(parts(result), order)]


def _words(part: slices.Part, result: Result) -> tuple[str, ...]:
    room = "above people" if part.is_above_people else "not known" if part.room is None else f"{slices.points(part.room)} points"
    return (
        part.name,
        f"{(part.errors or 0) / result.errors:.1%}" if result.errors else "no errors",
        f"{part.error_rate or 0:.1%}" if part.cases else "no cases",
        slices.error_interval_words(part),
        f"{part.share or 0:.1%}",
        room,
        "not known" if part.gain is None else slices.points(part.gain),
        part.kind.label,
        f"{part.cases or 0:,}",
    )


def blocks(result: Result, settings: Settings) -> Sequence[Block]:
    """The result told for charter and workbook."""
    told: list[Block] = [Paragraph(headline(result, settings))]
    facts = [
        ("Cases", f"{result.cases:,}"),
        ("Errors", f"{result.errors:,}"),
        ("Errors without a tag", f"{result.untagged_errors:,}"),
        ("Tags overlap", "yes" if result.overlap else "no"),
    ]
    if result.hlp is not None:
        facts.append(("People, over all", f"{result.hlp:.1%}"))
    told.append(Facts(tuple(facts), "Counted"))
    told += [Paragraph(sentence) for sentence in remarks(result)]
    told.append(TableBlock("Slices, most to gain first", HEADERS, tuple(rows(result))))
    if result.pairs:
        more = f" ({result.pairs_left_out} more pairs not listed)" if result.pairs_left_out else ""
        shared = tuple((p.one, p.other, f"{p.errors:,}") for p in result.pairs)
        told.append(TableBlock(f"Errors that carry two tags{more}", ("One tag", "The other", "Errors"), shared))
    if result.covers:
        best = tuple((", ".join(c.tags), f"{c.errors:,}", f"{c.errors / result.errors:.1%}") for c in result.covers)
        told.append(TableBlock("Fewest tags that explain most errors", ("Tags", "Errors", "Share of the errors"), best))
    return told
