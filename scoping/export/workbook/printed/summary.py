"""The first sheet: one page of A4 that a sponsor can read, decide on and sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell

from scoping import answers
from scoping import currency as money
from scoping.charter import Charter
from scoping.document.paper import Document
from scoping.document.tiles import risk as risk_tile
from scoping.export.workbook.openpoints import ADVICE, CONDITIONS, STATE
from scoping.export.workbook.printed import pages
from scoping.export.workbook.printed.pages import UNITS, Cell, Row
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import BAD, DATE, GOOD, GRID, INK, PALE, SOFT, TEAL, WARN, Props
from scoping.export.workbook.sums import calendar_day, column, header, table_name
from scoping.export.workbook.worth import NOTHING_COUNTED, Total, two_digits
from scoping.health import Health, Tone
from scoping.review import Overview
from scoping.sections.milestones import Milestone
from scoping.signing.conditions import ConditionState
from scoping.signing.signatures import sign_off
from scoping.value.words import GUESSES
from scoping.words import capital, short

NAME = "Summary"
_AS_OF = 67
"""The column of the day whose state is told, counted from 0."""
AS_OF_CELL = xl_rowcol_to_cell(1, _AS_OF, row_abs=True, col_abs=True)
_TILE, _LABEL = 21, 14
"""Columns of the grid that a tile takes, and the title of a row."""
_NAME_LENGTH, _REASON, _NOTE_LENGTH, _SIGNER = 90, 400, 90, 60
_MOST_SIGNERS, _LEAST_SIGNERS = 8, 2
_DISPLAY = 14
"""Points of the name and of the figures in tiles; all else is text."""
_TITLE: Props = {"bold": True, "font_size": _DISPLAY, "font_color": TEAL, "valign": "vcenter"}
_QUIET: Props = {"font_color": SOFT}
_TEXT: Props = {"font_color": INK}
_HEADING: Props = {"bold": True, "font_color": TEAL}
_LINE: Props = {"bottom": 4, "bottom_color": GRID}
_BOX: Props = {"bg_color": PALE, "align": "center", "font_color": SOFT, "valign": "vcenter"}
_FIGURE: Props = {**_BOX, "bold": True, "font_size": _DISPLAY, "font_color": TEAL}
_ROUGH: Props = {**_BOX, "font_color": INK}
"""A figure that rests on guesses is not what one sees first."""
_GAP = Row((), height=6)
_LOOKS: Mapping[Tone, Props] = {
    Tone.BAD: BAD,
    Tone.WARN: WARN,
    Tone.OURS: {"font_color": TEAL},
    Tone.GOOD: GOOD,
    Tone.QUIET: {"font_color": SOFT},
}
"""How a health looks, never without its word."""

Totals = Mapping[str, Total]
"""What other sheets came to, by name: npv, gaps, counted, rough, early, costs, loss."""


@dataclass(frozen=True, kw_only=True)
class _Tile:
    """A figure with its name above and what it means below; both follow the workbook where they have a formula."""

    label: str
    value: Shown
    note: str
    formula: str = ""
    note_formula: str = ""
    props: Props = field(default_factory=lambda: _FIGURE)
    num_format: str = "General"

    def cells(self, first: int) -> tuple[Cell, Cell, Cell]:
        last = first + _TILE - 1
        edge: Props = {"left": 5, "left_color": "#FFFFFF"} if first else {}
        return (
            Cell(first, last, self.label, {**_BOX, **edge}),
            Cell(first, last, self.value, {**self.props, "num_format": self.num_format, **edge}, self.formula),
            Cell(first, last, self.note, {**_BOX, "valign": "top", **edge}, self.note_formula),
        )


def write(
    sheet: Sheet, charter: Charter, overview: Overview, paper: Document, totals: Totals, *, as_of: date, chance_of_loss: str
) -> None:
    """Write the page from top to bottom.

    Args:
        as_of: the day whose state is told.
        chance_of_loss: in words, as simulated; "" while nothing can be counted.
    """
    pages.set_up(sheet)
    tiles = [*_money(totals, chance_of_loss), *_standing(charter, overview, paper.health)]
    rows = [*_head(charter, paper.revision, as_of), *_tiles(tiles), *_told(paper), *_sign_off(charter, as_of)]
    pages.write(sheet, pages.paginated([part for row in rows for part in pages.split(row)]))


def _head(charter: Charter, revision: int, as_of: date) -> Iterator[Row]:
    project = charter.project
    name = short(charter.name, _NAME_LENGTH)
    yield Row((Cell(0, UNITS - 1, name, _TITLE),), height=20 * (1 + (len(name) > _NAME_LENGTH * 2 // 3)))
    people = ", ".join(
        f"{who}: {short(said, _NAME_LENGTH)}" for who, said in (("Owner", project.owner), ("Sponsor", project.sponsor)) if said
    )
    said = f"Revision {revision}, as of"
    yield Row(
        (
            Cell(0, _AS_OF - 16, people, _QUIET),
            Cell(_AS_OF - 15, _AS_OF - 1, said, {**_QUIET, "align": "right"}),
            Cell(_AS_OF, UNITS - 1, as_of, {**_QUIET, "num_format": DATE, "align": "left", "indent": 1}),
        )
    )
    yield _GAP


def _tiles(tiles: Sequence[_Tile]) -> Iterator[Row]:
    """Four tiles beside each other."""
    across = UNITS // _TILE
    for start in range(0, len(tiles), across):
        cells = [tile.cells(n * _TILE) for n, tile in enumerate(tiles[start : start + across])]
        labels, figures, notes = (tuple(row) for row in zip(*cells, strict=True))
        yield Row(labels, height=16)
        yield Row(figures, height=24)
        yield Row(notes, height=max(Row(notes).tall, 28))
        yield _GAP


def _told(paper: Document) -> Iterator[Row]:
    """The charter on one page, row by row, as everywhere else."""
    page, stands = paper.page, paper.health
    yield Row((Cell(0, UNITS - 1, page.asked.written, {**_TEXT, "bold": True}),))
    yield _GAP
    told = [("How it stands", short(stands.reason, _REASON) or stands.words)]
    told += [(row.title, row.written) for row in page.rows if row.key != "signed"]
    for title, words in told:
        is_open = words.startswith(_MISSING)
        said = Cell(_LABEL, UNITS - 1, words, {**_TEXT, **({"italic": True, "font_color": SOFT} if is_open else {})})
        yield Row((Cell(0, _LABEL - 2, title, _HEADING), said), props=_LINE)


_MISSING = "Missing: "


def _sign_off(charter: Charter, as_of: date) -> Iterator[Row]:
    """Who signs, where each of them stands, and room for a hand."""
    asked = [
        (short(s.signature.role, _SIGNER), short(s.signature.name, _SIGNER), capital(s.words), "")
        for s in sign_off(charter, as_of).signers
    ]
    places = ((0, 16), (18, 36), (38, 60), (62, UNITS - 1))
    titles = ("To be signed by", "Name", "Where it stands", "Signature")
    yield _GAP
    yield Row(
        tuple(Cell(*place, title, _HEADING) for place, title in zip(places, titles, strict=True)),
        stays=True,
        props={"bottom": 1, "bottom_color": TEAL},
    )
    for values in [*asked[:_MOST_SIGNERS], *[("", "", "", "")] * max(0, _LEAST_SIGNERS - len(asked))]:
        cells = (Cell(*place, value, {**_TEXT, "valign": "vcenter"}) for place, value in zip(places, values, strict=True))
        row = Row(tuple(cells), props=_LINE)
        yield replace(row, height=max(24, row.tall))
    if len(asked) > _MOST_SIGNERS:
        more = f"… and {len(asked) - _MOST_SIGNERS} more on the sheet “Overview”."
        yield Row((Cell(0, UNITS - 1, more, _QUIET),))


# Tiles


def _in(code: str) -> str:
    """The notation of whole amounts of a currency, its sign before the figure."""
    sign = money.sign(code)
    sign = f"{sign} " if sign[-1].isalpha() else sign
    return f'"{sign}"#,##0;"-{sign}"#,##0'


def _money(totals: Totals, chance_of_loss: str) -> Iterator[_Tile]:
    """What is asked, worth and spent, at likely values, and how likely a loss is."""
    npv, gaps, counted, rough, early, costs = (totals[n] for n in ("npv", "gaps", "counted", "rough", "early", "costs"))
    notation = _in(npv.unit)
    known = bool(counted.value)
    unknown = answers.UNKNOWN_WORDS
    delivered = isinstance(early.value, int | float)
    yield _Tile(
        label="Asked until delivery",
        formula=f'IF({counted.spot}=0,"{unknown}",IF(ISNUMBER({early.spot}),{early.spot},"{unknown}"))',
        value=early.value if known and delivered else unknown,
        note="what falls due before the plan has delivered",
        num_format=notation,
    )
    worth = _Tile(
        label="Worth after all costs",
        formula=f'IF({counted.spot}=0,"{unknown}",{npv.spot})',
        value=npv.value if known else unknown,
        note_formula=_gaps_formula(counted, gaps),
        note=_gaps(known, gaps),
        num_format=notation,
    )
    yield _rough(worth, npv, rough) if known else worth
    yield _Tile(
        label="Cost, all in all",
        formula=f'IF({counted.spot}=0,"{unknown}",{costs.spot})',
        value=costs.value if known else unknown,
        note="at most likely values, in the years counted",
        num_format=notation,
    )
    yield _Tile(
        label="Chance of a loss",
        value=chance_of_loss or unknown,
        note="as simulated for this revision" if chance_of_loss else NOTHING_COUNTED,
    )


_ALL_COUNTED, _NOT_COUNTED = "at most likely values", "at most likely values; entries not counted: "


def _gaps_formula(counted: Total, gaps: Total) -> str:
    return f'IF({counted.spot}=0,"{NOTHING_COUNTED}",IF({gaps.spot}=0,"{_ALL_COUNTED}","{_NOT_COUNTED}"&{gaps.spot}))'


def _gaps(known: bool, gaps: Total) -> str:
    if not known:
        return NOTHING_COUNTED
    return f"{_NOT_COUNTED}{gaps.value}" if gaps.value else _ALL_COUNTED


def _rough(tile: _Tile, total: Total, rough: Total) -> _Tile:
    """A total that is rounded to two digits and says so while it rests on guesses."""
    said, size = f", {GUESSES}", f"INT(LOG10(ABS({total.spot})))"
    two = f"IF({total.spot}=0,0,ROUND({total.spot},1-{size}))"
    return replace(
        tile,
        formula=f"IF({rough.spot}=1,{two},{tile.formula})",
        value=two_digits(tile.value) if rough.value and isinstance(tile.value, float) else tile.value,
        note_formula=f'{tile.note_formula}&IF({rough.spot}=1,"{said}","")',
        note=f"{tile.note}{said}" if rough.value else tile.note,
        props=_ROUGH if rough.value else tile.props,
    )


def _standing(charter: Charter, overview: Overview, stands: Health) -> Iterator[_Tile]:
    """Where it stands with the law, today, with the plan and with signing."""
    risk = risk_tile(charter)
    yield _Tile(label=risk.label, value=risk.value, note=short(risk.note, _NOTE_LENGTH))
    yield _Tile(label="Health", value=stands.words, note="as of the day above", props={**_FIGURE, **_LOOKS[stands.tone]})
    yield _next_gate(charter)
    state = column(CONDITIONS, STATE)
    advice = f'SUMPRODUCT(--({column(ADVICE, "What to do")}<>""))'
    yield _Tile(
        label="To sign",
        formula=f'COUNTIF({state},"{ConditionState.MET.label}")&" of "&ROWS({state})',
        value=f"{overview.met} of {len(overview.conditions)}",
        note_formula=f'"pieces of advice: "&{advice}',
        note=f"pieces of advice: {len(overview.findings)}",
    )


_LATER = 2_958_466
"""The day after the last one that a spreadsheet knows."""


def _next_gate(charter: Charter) -> _Tile:
    """The first milestone whose gate nobody has decided on yet, one that is still to be reached before all others."""
    ref = "milestones.milestones"
    due, gate, reached, name = (column(table_name(ref), header(ref, n)) for n in ("due", "gate", "reached_on", "deliverable"))
    waits = f'ISNUMBER({due})*(({gate}="")+({gate}="{answers.UNKNOWN_WORDS}")>0)'
    ahead = f"{waits}*NOT(ISNUMBER({reached}))"
    day = f'({_LATER}-TEXT({due},"0;-0;0;\\0"))'

    def first_of(which: str) -> str:
        return f"{_LATER}-SUMPRODUCT(MAX({which}*{day}))"

    gate_on = f'IF(SUMPRODUCT({ahead})>0,{first_of(ahead)},IF(SUMPRODUCT({waits})>0,{first_of(waits)},"None dated"))'
    first = _first_gate(charter.milestones.milestones)
    when = calendar_day(first.due) if first else None
    at = next((m for m in charter.milestones.milestones if when and m.due == when), None)
    return _Tile(
        label="Next gate",
        formula=gate_on,
        value=when or "None dated",
        note_formula=f'IFERROR(INDEX({name},MATCH({gate_on},{due},0))&"","no decision ahead")',
        note=at.deliverable if at else "no decision ahead",
        num_format=DATE,
    )


def _first_gate(milestones: Sequence[Milestone]) -> Milestone | None:
    waiting = [m for m in milestones if calendar_day(m.due) and m.gate is None]
    coming = [m for m in waiting if calendar_day(m.reached_on) is None] or waiting
    return min(coming, key=lambda m: m.due or date.max, default=None)
