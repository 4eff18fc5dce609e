"""What is asked of the check of errors by slice, and what it answers."""

from __future__ import annotations

from pydantic import Field

from scoping.feasibility import slices
from scoping.measuring import TableSettings
from scoping.section import Choice, Model, Number
from scoping.sections.feasibility import SliceKind


class Means(Choice):
    """What "yes" says in a column about whether the model was right."""

    RIGHT = "right", "The model was right"
    WRONG = "wrong", "The model was wrong"


class Settings(TableSettings):
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
    hlp: Number | None = Field(default=None, ge=0, le=100)


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
        notes: how cells were read where they do not speak for themselves, a sentence each.
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
    notes: tuple[str, ...] = ()


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
