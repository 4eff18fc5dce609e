"""A file that brings changes back, whatever it is: its bytes decide. Run in a process of its own."""

from __future__ import annotations

import codecs
from pathlib import Path

from scoping.data_sources import spreadsheet
from scoping.errors import WorkbenchError
from scoping.reading import charter_json, rows
from scoping.reading.brought import LARGEST_MB, Brought, File
from scoping.reading.workbook.read import read_workbook
from scoping.section import LONG
from scoping.tables import files

_ROWS = 1_000
_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_NOTHING_KNOWN = (
    "The file is no workbook, charter, inventory or plan of the workbench.",
    "Choose a file that you downloaded under Export and changed.",
)


class UnknownFileError(WorkbenchError):
    """A file that brings nothing back."""


def read(path: Path, name: str) -> Brought:
    """What a file brings. Raises WorkbenchError, which says what is wrong and what to do.

    Args:
        name: as its owner calls it.
    """
    if path.stat().st_size > LARGEST_MB << 20:
        raise UnknownFileError(f"The file is larger than {LARGEST_MB} MB, which no file of a charter is.", _NOTHING_KNOWN[1])
    with path.open("rb") as file:
        begin = file.read(4_096)
    if begin.startswith((_PACKED, _OLD)):
        return read_workbook(path)
    bare = begin.removeprefix(codecs.BOM_UTF8).lstrip()
    if not bare:
        raise UnknownFileError("The file is empty.", _NOTHING_KNOWN[1])
    return _charter(path) if bare.startswith(b"{") else _table(path, name)


def _charter(path: Path) -> Brought:
    file = charter_json.read_envelope(path.read_bytes())
    return Brought(
        kind=File.CHARTER,
        project=file.project,
        revision=file.revision,
        saved_at=file.saved_at,
        charter=file.charter.model_dump(mode="json"),
    )


def _table(path: Path, name: str) -> Brought:
    table = files.read_whole(path, name, _ROWS)
    headings = [str(heading) for heading in table.frame.columns]
    cells = table.frame.fillna("").astype(str)
    if rows.is_plan(headings):
        kind, columns = File.PLAN, {heading: heading for heading in headings}
    else:
        kind, columns = File.INVENTORY, spreadsheet.guess(headings)
        if spreadsheet.NAME not in columns:
            raise UnknownFileError(*_NOTHING_KNOWN)
    # Longer than any answer may be: enough for the refusal to say so.
    told = tuple({q: cells[column].iloc[at][: LONG + 1] for q, column in columns.items()} for at in range(len(cells)))
    not_read = [heading for heading in headings if heading not in columns.values()]
    remarks = tuple(f"The column “{heading}” was not read." for heading in not_read)
    return Brought(kind=kind, headings=columns, rows=told, remarks=remarks)
