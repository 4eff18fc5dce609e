"""The first sheet of a workbook that is sent to somebody who never opens the workbench: what to do, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.export.workbook.asking import Ask
from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import INK, SOFT, TITLE, TO_FILL, Props, height, lines
from scoping.section import Answer, Fields, Section, questions
from scoping.words import count, short

NAME = "Please fill in"
_WIDTHS = (2, 5, 26, 56)
_TEXT: Props = {"font_color": INK, "text_wrap": True, "valign": "top", "font_size": 11}
_NUMBER: Props = {**_TEXT, "bold": True, "align": "left"}
_ABOUT = 600


def write(sheet: Sheet, charter: Charter, ask: Ask) -> None:
    """Write the letter: who asks, what for, which sheets, how, and where the file goes."""
    for col, width in enumerate(_WIDTHS):
        sheet.ws.set_column(col, col, width)
    sheet.put(0, 1, NAME, TITLE)
    sheet.ws.set_row(0, 30)
    project, owner = charter.project, charter.project.owner.strip()
    who = short(owner, 90) if owner else "The team"
    sheet.row = 1
    _line(
        sheet,
        f"{who} asks you for answers to the project “{short(charter.name, 120)}”. They take a few minutes, and no other program.",
    )
    if about := project.summary.strip():
        _line(sheet, short(about, _ABOUT))
    sheet.row += 1
    for number, step in enumerate(_steps(ask), 1):
        _step(sheet, number, step)
    sheet.row += 1
    asked = [(part, value) for part, value in charter.parts() if part.slug in ask.steps]
    sheet.merged(sheet.row, 1, len(_WIDTHS) - 1, "The sheets", {**_TEXT, "bold": True})
    sheet.row += 1
    for part, value in asked:
        _sheet(sheet, part, value)
    sheet.row += 1
    sheet.put(sheet.row, 1, None, {**TO_FILL, "border": 1, "border_color": "#B8C4C1"})
    sheet.merged(sheet.row, 2, len(_WIDTHS) - 1, "A grey cell waits for an answer.", _TEXT)
    sheet.ws.set_portrait()
    sheet.ws.fit_to_pages(1, 1)
    sheet.ws.print_area(0, 0, sheet.row, len(_WIDTHS) - 1)


def _steps(ask: Ask) -> Iterator[str]:
    back = f"to {short(ask.back_to.strip(), 120)}" if ask.back_to.strip() else "to whoever sent it to you"
    yield "Please fill in the grey cells of the sheets below. White ones may be filled in or corrected too, where you know better."
    yield f"Where nobody knows, write “{UNKNOWN_WORDS}”: that is an answer too. Where it is not for you to say, leave the cell as it is."
    yield "Some cells offer a list to choose from. Write days as dates and amounts of money as plain numbers."
    yield "Something that is not in a table yet goes into the empty rows at its end. Please leave the small grey ids in column A alone."
    yield f"Save the workbook and send it back {back}."


def _line(sheet: Sheet, text: str) -> None:
    sheet.merged(sheet.row, 1, len(_WIDTHS) - 1, text, _TEXT)
    sheet.ws.set_row(sheet.row, _tall(text, sum(_WIDTHS[1:])))
    sheet.row += 1


def _step(sheet: Sheet, number: int, text: str) -> None:
    sheet.put(sheet.row, 1, number, _NUMBER)
    sheet.merged(sheet.row, 2, len(_WIDTHS) - 1, text, _TEXT)
    sheet.ws.set_row(sheet.row, _tall(text, sum(_WIDTHS[2:])))
    sheet.row += 1


def _sheet(sheet: Sheet, part: Section, value: Fields) -> None:
    """A sheet to fill in, as a link to it, with what it is about."""
    told = f"{part.question} {_waiting(part, value)}"
    place = f"internal:'{part.title}'!C6"
    sheet.ws.write_url(sheet.row, 2, place, sheet.styles({**_TEXT, "font_color": "#0B5F73", "underline": 1}), part.title)
    sheet.put(sheet.row, 3, told, {**_TEXT, "font_color": SOFT})
    sheet.ws.set_row(sheet.row, _tall(told, _WIDTHS[3]))
    sheet.row += 1


def _waiting(part: Section, value: Fields) -> str:
    entries: Sequence[Fields] = [value, *(row for name in part.lists for row in getattr(value, name))]
    grey = sum(map(_blank, entries))
    return f"({count(grey, 'grey cell') if grey else 'nothing is missing, please look it over'})"


def _blank(entry: Fields) -> int:
    """How many questions of an entry that are due have no answer."""
    return sum(q.core and entry.answer(q.name) is Answer.BLANK for q in questions(type(entry)))


def _tall(text: str, width: float) -> float:
    # One size larger than the workbook's text, so a tenth less fits into a line.
    return height(lines(text, width / 1.12)) * 1.15
