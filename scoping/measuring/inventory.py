"""The rows of a team's own inventory, to be looked at before any becomes a data source.

Nothing is measured: reading a file is what needs a process of its own. The rows are not kept, so they may be longer than results are.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoping.blocks import Block
from scoping.data_sources import spreadsheet as data_sources_spreadsheet
from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.section import LONG, Model
from scoping.tables.table import Preview, Table, Tell
from scoping.words import count

VERSION = "1"
AS_TEXT = True
AT_MOST = 500
"""An inventory with more sources is the list of a whole company, not of a project."""


class Settings(Model):
    """Which column answers which question: question to column."""

    columns: dict[str, str]


class Result(Model):
    """Cells by question, a row each; "" for a missing one."""

    rows: tuple[dict[str, str], ...]


def guess(preview: Preview) -> Settings:
    """Read what the columns answer off their headings."""
    return Settings(columns=data_sources_spreadsheet.guess(preview.names))


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """The rows of the table. Raises WorkbenchError when there are too many for an inventory."""
    if table.is_sample:
        raise WorkbenchError(
            f"The table has {count(table.rows, 'row')}; an import takes {AT_MOST} at a time.",
            "Keep the sources that matter, or split the file.",
        )
    tell(0.5, "Reading the rows")
    columns = {field: table.frame[column].fillna("").tolist() for field, column in settings.columns.items()}
    # Longer than any answer may be: enough for the refusal to say so.
    rows = ({field: cells[place][: LONG + 1] for field, cells in columns.items()} for place in range(len(table.frame)))
    return Result(rows=tuple(rows))


def headline(result: Result, _: Settings) -> str:
    """How many rows there are."""
    return f"{count(len(result.rows), 'row')} of an inventory"


def blocks(_result: Result, _settings: Settings) -> Sequence[Block]:
    """Nothing: rows become data sources, which the charter tells itself."""
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
