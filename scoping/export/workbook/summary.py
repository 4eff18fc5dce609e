"""The first sheet: one page of A4 that a sponsor can read, decide on and sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoping import answers
from scoping.charter import Charter
from scoping.export.workbook.openpoints import ADVICE, CONDITIONS, STATE
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import (
    BAD,
    DATE,
    FONT,
    GOOD,
    GRID,
    INK,
    NOTE,
    PALE,
    SOFT,
    TEAL,
    WARN,
    Props,
    height,
    lines,
)
from scoping.export.workbook.sums import AS_OF, calendar_day, column, header, table_name, used
from scoping.export.workbook.worth import Total, two_digits
from scoping.health import Tone, health
from scoping.review import Overview
from scoping.sections.milestones import in_order
from scoping.sections.solutions import chosen
from scoping.signing.conditions import ConditionState, to_sign_words
from scoping.signing.signatures import Stand, sign_off
from scoping.value.costs import DATA
from scoping.value.words import GUESSES
from scoping.words import capital, short

NAME, AS_OF_CELL = "Summary", "$J$2"
_COLUMNS, _WIDTH = 10, 9.6
_LAST = _COLUMNS
_HEADING = {"bold": True, "font_size": 11, "font_color": TEAL, "bottom": 1, "bottom_color": TEAL, "valign": "bottom"}
_TEXT = {"text_wrap": True, "valign": "top", "font_color": INK}
_SMALL = {**_TEXT, "font_size": 9}
_TILE = {"bg_color": PALE, "align": "center", "font_color": SOFT, "font_size": 8, "text_wrap": True, "valign": "vcenter"}
_FIGURE = {**_TILE, "bold": True, "font_size": 14, "font_color": TEAL}
_ROUGH = {**_FIGURE, "bold": False, "font_size": 10, "font_color": INK}
"""A figure that rests on guesses is not what one sees first."""
_LINE = {"bottom": 1, "bottom_color": GRID, "text_wrap": True, "valign": "vcenter", "font_size": 9}
_LOOKS: Mapping[Tone, Mapping[str, str]] = {
    Tone.BAD: BAD,
    Tone.WARN: WARN,
    Tone.OURS: {"bg_color": PALE, "font_color": TEAL},
    Tone.GOOD: GOOD,
    Tone.QUIET: {"bg_color": "#F6FAF9", "font_color": SOFT},
}
"""How a health looks, never without its word."""
_MOST_REASONS, _MOST_PROBLEMS, _MOST_GATES, _MOST_SIGNERS = 3, 3, 6, 5


_MET = f'COUNTIF({column(CONDITIONS, STATE)},"{ConditionState.MET.label}")'
_IN_ALL = f"ROWS({column(CONDITIONS, STATE)})"
"""Formulas: how many of the conditions are met, and how many there are."""

Totals = Mapping[str, Total]
"""What other sheets came to, by name: npv, gaps, counted, rough, cost, unpriced."""


@dataclass(frozen=True, kw_only=True)
class _Tile:
    label: str
    formula: str
    value: Shown
    note_formula: str
    note: str
    num_format: str = "#,##0"
    is_rough: bool = False


def _sum_tile(label: str, count: str, known: bool, total: Total, missing: Total, words: tuple[str, str, str]) -> _Tile:
    """A total with what is missing from it. While nothing is known, there is no total, not even zero.

    Args:
        count: formula for how many numbers are known.
        words: when nothing is known, when nothing is missing, and before the number of what is missing.
    """
    nothing, complete, partly = words[0], f"{total.unit}, {words[1]}", f"{total.unit}, {words[2]}"
    note = complete if missing.value == 0 else f"{partly}{missing.value}"
    return _Tile(
        label=label,
        formula=f'IF({count}=0,"{answers.UNKNOWN_WORDS}",{total.spot})',
        value=total.value if known else answers.UNKNOWN_WORDS,
        note_formula=f'IF({count}=0,"{nothing}",IF({missing.spot}=0,"{complete}","{partly}"&{missing.spot}))',
        note=note if known else nothing,
    )


def _rough_tile(tile: _Tile, total: Total, rough: Total) -> _Tile:
    """A total that is rounded to two digits and says so while it rests on guesses."""
    said, size = f", {GUESSES}", f"INT(LOG10(ABS({total.spot})))"
    two = f"IF({total.spot}=0,0,ROUND({total.spot},1-{size}))"
    return replace(
        tile,
        formula=f"IF({rough.spot}=1,{two},{tile.formula})",
        value=two_digits(tile.value) if rough.value and isinstance(tile.value, float) else tile.value,
        note_formula=f'{tile.note_formula}&IF({rough.spot}=1,"{said}","")',
        note=f"{tile.note}{said}" if rough.value else tile.note,
        is_rough=bool(rough.value),
    )


class Summary:
    """Writes the page from top to bottom."""

    def __init__(self, sheet: Sheet, charter: Charter, overview: Overview) -> None:
        self.sheet, self.charter, self.overview = sheet, charter, overview

    def write(self, totals: Totals, revision: int, as_of: date, worth: str = "") -> None:
        """Write the page.

        Args:
            worth: the result of the simulation in one line, "" while there is none.
        """
        ws = self.sheet.ws
        ws.set_column(0, 0, 1.5)
        ws.set_column(1, _LAST, _WIDTH)
        self._head(revision, as_of)
        project = self.charter.project
        self._paragraph("Decision asked of the sponsor", project.decision_asked, 500)
        self._tiles(totals, as_of)
        if worth:
            self._wide(f"Worth: {worth}. As simulated for this revision.", _SMALL)
            self._gap()
        self._paragraph("In short", project.summary, 600)
        self._problems()
        self._solution()
        self._gates(as_of)
        self._sign_off(as_of)
        ws.set_portrait()
        ws.fit_to_pages(1, 1)
        ws.print_area(0, 0, self.sheet.row, _LAST)
        ws.center_horizontally()

    def _wide(self, value: Shown, props: Props, *, width: float = _WIDTH * _COLUMNS) -> None:
        sheet = self.sheet
        sheet.merged(sheet.row, 1, _LAST, value, props)
        sheet.ws.set_row(sheet.row, height(lines(str(value or ""), width)))
        sheet.row += 1

    def _head(self, revision: int, as_of: date) -> None:
        sheet, project = self.sheet, self.charter.project
        stands = health(self.charter, as_of, self.overview.missing_words)
        sheet.merged(
            0,
            1,
            _LAST - 2,
            short(self.charter.name, 120),
            {"bold": True, "font_size": 20, "font_color": TEAL, "text_wrap": True, "valign": "vcenter"},
        )
        looks = _LOOKS[stands.tone]
        badge = {**looks, "bold": True, "font_size": 12, "align": "center", "valign": "vcenter", "text_wrap": True}
        sheet.merged(0, _LAST - 1, _LAST, stands.words.upper(), badge)
        title_lines = lines(short(self.charter.name, 120), _WIDTH * (_COLUMNS - 2) / 2)
        sheet.ws.set_row(0, 16 + 24 * title_lines)
        people = "\n".join(
            f"{who}: {short(name, 90)}" for who, name in (("Owner", project.owner), ("Sponsor", project.sponsor)) if name
        )
        sheet.merged(1, 1, 6, people, {**NOTE, "text_wrap": True, "valign": "top"})
        sheet.ws.set_row(1, height(lines(people, _WIDTH * 6)))
        sheet.merged(1, 7, 8, f"Revision {revision}, as of", {**NOTE, "align": "right", "valign": "top"})
        sheet.merged(1, 9, _LAST, as_of, {**NOTE, "num_format": DATE, "align": "left", "indent": 1, "valign": "top"})
        sheet.row = 2
        told = {**_SMALL, "font_color": looks["font_color"]}
        self._wide(short(stands.reason, 900), told, width=_WIDTH * _COLUMNS * 1.05)
        missing = self.overview.missing
        if missing:
            words = [f"• {short(f.message, 180)}" for f in missing[:_MOST_REASONS]]
            more = len(missing) - _MOST_REASONS
            if more > 0:
                words.append(f"… and {more} more on the sheet “Open points”.")
            self._wide(
                f"{to_sign_words(self.overview.met)}. Missing are:\n" + "\n".join(words),
                {**_SMALL, "font_color": BAD["font_color"]},
                width=_WIDTH * _COLUMNS * 1.05,
            )
        else:
            self._wide(
                f"{to_sign_words(self.overview.met)}. Nothing is missing.",
                {**_SMALL, "font_color": GOOD["font_color"]},
            )
        self._gap()

    def _gap(self, points: float = 7) -> None:
        self.sheet.ws.set_row(self.sheet.row, points)
        self.sheet.row += 1

    def _heading(self, words: str) -> None:
        self.sheet.merged(self.sheet.row, 1, _LAST, words, _HEADING)
        self.sheet.ws.set_row(self.sheet.row, 18)
        self.sheet.row += 1

    def _paragraph(self, heading: str, text: str, most: int) -> None:
        self._heading(heading)
        self._wide(short(text, most) or "Not answered yet", _TEXT if text.strip() else NOTE)
        self._gap()

    def _tiles(self, totals: Totals, as_of: date) -> None:
        sheet, first = self.sheet, self.sheet.row
        tiles = self._five(totals, as_of)
        for n, tile in enumerate(tiles):
            left = 1 + 2 * n
            border = {"left": 5, "left_color": "#FFFFFF"} if n else {}
            sheet.merged(first, left, left + 1, tile.label, {**_TILE, **border})
            sheet.merged_formula(
                first + 1,
                left,
                left + 1,
                tile.formula,
                tile.value,
                {**(_ROUGH if tile.is_rough else _FIGURE), "num_format": tile.num_format, **border},
            )
            sheet.merged_formula(first + 2, left, left + 1, tile.note_formula, tile.note, {**_TILE, **border})
        notes = height(max(2, *(lines(tile.note, _WIDTH * 2.3) for tile in tiles)))
        for offset, points in enumerate((18, 26, min(notes, 80))):
            sheet.ws.set_row(first + offset, points)
        sheet.row = first + 3
        self._gap()

    def _five(self, totals: Totals, as_of: date) -> list[_Tile]:
        advice = f'SUMPRODUCT(--({column(ADVICE, "What to do")}<>""))'
        problems = len(self.charter.problems.problems)
        met, in_all, others = self.overview.met, len(self.overview.conditions), len(self.overview.findings)
        return [
            _Tile(
                label="Problems to solve",
                formula=f"SUMPRODUCT({used('problems.problems')})",
                value=problems,
                note_formula=f'"Ideas compared: "&SUMPRODUCT({used("solutions.solutions")})',
                note=f"Ideas compared: {len(self.charter.solutions.solutions)}",
            ),
            self._net(totals),
            self._cost(totals),
            self._next(as_of),
            _Tile(
                label="To sign",
                formula=f'{_MET}&" of "&{_IN_ALL}',
                value=f"{met} of {in_all}",
                note_formula=f'"Pieces of advice: "&{advice}',
                note=f"Pieces of advice: {others}",
            ),
        ]

    def _net(self, totals: Totals) -> _Tile:
        npv, gaps, counted, rough = (totals[name] for name in ("npv", "gaps", "counted", "rough"))
        words = ("no amount known yet", "at most likely values", "not counted: ")
        tile = _sum_tile("Worth after all costs", counted.spot, bool(counted.value), npv, gaps, words)
        return _rough_tile(tile, npv, rough) if counted.value else tile

    def _cost(self, totals: Totals) -> _Tile:
        known = any(s.cost is not None for s in self.charter.data_sources.sources)
        count = f"COUNT({column(table_name('data_sources.sources'), header('data_sources.sources', 'cost'))})"
        words = ("no cost known yet", "every source counted", "sources without a cost: ")
        return _sum_tile(f"{DATA}, wishes included", count, known, totals["cost"], totals["unpriced"], words)

    def _next(self, as_of: date) -> _Tile:
        ref = "milestones.milestones"
        due, name = (column(table_name(ref), header(ref, n)) for n in ("due", "deliverable"))
        dated = [(day, m) for m in self.charter.milestones.milestones if (day := calendar_day(m.due)) and day >= as_of]
        day, first = min(dated, key=lambda pair: pair[0]) if dated else (None, None)
        next_due = f'SMALL({due},COUNTIF({due},"<"&{AS_OF})+1)'
        return _Tile(
            label="Next milestone",
            formula=f'IFERROR({next_due},"None dated")',
            value=day or "None dated",
            note_formula=f'IFERROR(INDEX({name},MATCH({next_due},{due},0))&"","no date ahead")',
            note=first.deliverable if first else "no date ahead",
            num_format=DATE,
        )

    def _problems(self) -> None:
        self._heading("The problem")
        ranked = sorted(self.charter.problems.problems, key=lambda p: (p.rank is None, p.rank or 0))
        named = [p for p in ranked if p.statement.strip()]
        for p in named[:_MOST_PROBLEMS]:
            self._wide(short(p.statement, 260), _TEXT)
        if len(named) > _MOST_PROBLEMS:
            self._wide(f"… and {len(named) - _MOST_PROBLEMS} more on the sheet “Problems”.", NOTE)
        if not named:
            self._wide("Not answered yet", NOTE)
        self._gap()

    def _solution(self) -> None:
        idea = chosen(self.charter.solutions)
        text = f"{idea.title}. {idea.description}".removesuffix(" ") if idea else ""
        self._heading("The idea")
        self._wide(short(text, 500) or "No idea is chosen yet", _TEXT if idea else NOTE)
        reason = self.charter.solutions.why_this_one
        if idea and reason.strip():
            self._wide(f"Why this one: {short(reason, 300)}", _TEXT)
        self._gap()

    def _gates(self, as_of: date) -> None:
        self._heading("Milestones")
        plan = in_order(self.charter.milestones)
        coming = [m for m in plan if m.due is None or m.due >= as_of]
        for m in coming[:_MOST_GATES]:
            sheet = self.sheet
            due = m.due if calendar_day(m.due) else "No date yet"
            sheet.merged(sheet.row, 1, 2, due, {**_LINE, "num_format": DATE, "align": "left", "bold": True})
            sheet.merged(sheet.row, 3, 8, short(m.title, 150), _LINE)
            sheet.merged(sheet.row, 9, _LAST, short(m.owner, 40) or "No owner yet", {**_LINE, "font_color": SOFT})
            need = max(lines(short(m.title, 150), _WIDTH * 6.4), lines(short(m.owner, 40), _WIDTH * 2.1))
            sheet.ws.set_row(sheet.row, height(need))
            sheet.row += 1
        past, more = len(plan) - len(coming), len(coming) - _MOST_GATES
        rest = [f"{more} more later" if more > 0 else "", f"{past} already due before this date" if past else ""]
        if any(rest):
            self._wide("; ".join(r for r in rest if r) + ": see the sheet “Timeline”.", NOTE)
        if not plan:
            self._wide("No milestone is planned yet", NOTE)
        self._gap()

    def _sign_off(self, as_of: date) -> None:
        self._heading("Sign-off")
        sheet = self.sheet
        people = [
            (s.signature.role, s.signature.name, s.signature.signed_on if s.stand is Stand.HOLDS else None, capital(s.words))
            for s in sign_off(self.charter, as_of).signers
        ]
        rows = [*people[:_MOST_SIGNERS], *[("", "", None, "")] * max(0, 2 - len(people))]
        small = {**_LINE, "font_color": SOFT, "font_size": 8}
        for first, last, words in ((1, 3, "Role"), (4, 6, "Name"), (7, 8, "Date"), (9, _LAST, "Signature")):
            sheet.merged(sheet.row, first, last, words, small)
        sheet.row += 1
        for role, name, signed_on, stands in rows:
            day = signed_on if calendar_day(signed_on) else None
            cells = ((1, 3, short(role, 60)), (4, 6, short(name, 60)), (7, 8, day), (9, _LAST, stands))
            for first, last, value in cells:
                sheet.merged(sheet.row, first, last, value, {**_LINE, "num_format": DATE, "align": "left"} if first == 7 else _LINE)
            sheet.ws.set_row(sheet.row, 26)
            sheet.row += 1
        if len(people) > _MOST_SIGNERS:
            self._wide(
                f"… and {len(people) - _MOST_SIGNERS} more on the sheet “Overview”.", {**NOTE, "font_name": FONT["font_name"]}
            )
