"""The sheet of workshops: the record of each, one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoping.document.paper import Chapter
from scoping.export.workbook import measured
from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import HEADING, NOTE, TITLE

NAME = "Workshops"


def write(sheet: Sheet, project: str, records: Mapping[str, Sequence[Chapter]]) -> None:
    """Write the chapters of each workshop under its title."""
    measured.begin(sheet, NAME, project)
    sheet.put(1, 1, "What was written, voted, estimated and decided in each; what was not shown stays unsaid.", NOTE)
    for title, chapters in records.items():
        sheet.put(sheet.row, 1, title, TITLE)
        sheet.row += 2
        for chapter in chapters:
            sheet.put(sheet.row, 1, chapter.title, HEADING)
            sheet.row += 1
            measured.write_blocks(sheet, chapter.blocks)
        sheet.row += 1
