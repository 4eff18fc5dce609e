"""The past projects of a file, to be looked at before they are kept.

Nothing is measured: reading a file is what needs a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoping.blocks import Block
from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.milestones import reference_class
from scoping.milestones.reference_class import Past
from scoping.section import Model
from scoping.tables.table import Preview, Table, Tell
from scoping.words import count

VERSION = "1"
AS_TEXT = True
AT_MOST = 1_000
_SENTENCES_AT_MOST = 100
"""More rows left out than this are counted; a result is a short text."""


class Settings(Model):
    """Which column holds what: field of a past project to column."""

    columns: dict[str, str]


class Result(Model):
    """The projects, and a sentence for each row that is left out."""

    projects: tuple[Past, ...]
    left_out: tuple[str, ...]


def guess(preview: Preview) -> Settings:
    """Read what the columns hold off their headings."""
    return Settings(columns=reference_class.guess(preview.names))


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """The projects of the table. Raises WorkbenchError when there are too many rows, or no column with the days."""
    if table.is_sample:
        raise WorkbenchError(
            f"The table has {count(table.rows, 'row')}; {AT_MOST:,} are the most at a time.", "Keep the rows that matter."
        )
    tell(0.5, "Reading the rows")
    rows = table.frame.fillna("").to_dict("records")
    projects, left_out = reference_class.read(rows, settings.columns)
    more = len(left_out) - _SENTENCES_AT_MOST
    told = (*left_out[:_SENTENCES_AT_MOST], *([f"And {count(more, 'more row is', 'more rows are')} left out."] if more > 0 else []))
    return Result(projects=projects, left_out=told)


def headline(result: Result, _: Settings) -> str:
    """How many projects there are."""
    return f"{len(result.projects):,} past projects"


def blocks(_result: Result, _settings: Settings) -> Sequence[Block]:
    """Nothing: past projects belong to no charter."""
    return ()


METHOD = Method(
    version=VERSION,
    as_text=AS_TEXT,
    at_most=AT_MOST,
    settings=Settings,
    result=Result,
    guess=guess,
    measure=measure,
    headline=headline,
    blocks=blocks,
    is_whole=True,
)
