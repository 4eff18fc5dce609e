"""A sheet for every part of the charter, laid out from the declarations of its questions and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from scoping.answers import UNKNOWN_WORDS
from scoping.export.workbook.hidden import Lists
from scoping.export.workbook.links import SEPARATOR, Links
from scoping.export.workbook.sheet import Sheet, Shown, answer_props, as_words, choice_words, header_of, shown
from scoping.export.workbook.styles import (
    BAD,
    FORMULA,
    GOOD,
    HEADER,
    HEADING,
    KEY,
    LABEL,
    NOTE,
    OPEN,
    SUM,
    SUM_HEADER,
    TITLE,
    TO_FILL,
    UNKNOWN,
    WARN,
    Props,
    height,
    lines,
    room,
)
from scoping.export.workbook.sums import END, ID, Calculated, Facts, table_name
from scoping.section import Choice, Fields, FieldSpec, Kind, ListSpec, Record, Section
from scoping.sections.data_sources import Quality
from scoping.sections.ethics import Judgement, Outcome
from scoping.sections.feasibility import Opinion
from scoping.sections.project import AssumptionState
from scoping.sections.solutions import Standing
from scoping.sections.value import Acceptance
from scoping.words import short

SPARE = 5
"""Empty rows at the end of every table, ready for what a team adds."""
STATES = ("Answered", "Still open", "Can wait")
"""An answer is there; it is missing; it is missing and no first workshop needs it."""
_PRESET = "Preset"
"""A convenience that counts neither as an answer nor as a question."""
_ID_WIDTH, _FIRST_WIDTH, _ANSWER_WIDTH, _STATE_WIDTH = 4.0, 36.0, 88.0, 16.0
_LEFT = {"align": "left", "indent": 0}
_TONES: tuple[tuple[Choice, Props], ...] = (
    (Acceptance.OBJECTS, BAD),
    (Acceptance.ACCEPTS, GOOD),
    (Opinion.FEASIBLE, GOOD),
    (Opinion.DOUBTFUL, WARN),
    (Opinion.NOT_FEASIBLE, BAD),
    (Opinion.TOO_LITTLE, WARN),
    (Outcome.OPEN, BAD),
    (AssumptionState.WRONG, BAD),
    (AssumptionState.CONFIRMED, GOOD),
    (Standing.CHOSEN, GOOD),
    (Judgement.NO, BAD),
    (Quality.POOR, BAD),
    (Quality.DOUBTFUL, WARN),
)


@dataclass(frozen=True)
class _Column:
    header: str
    spec: FieldSpec | None
    calculated: Calculated | None
    values: tuple[Shown, ...]

    @property
    def is_text(self) -> bool:
        return self.spec is not None and self.spec.kind in (Kind.TEXT, Kind.LONG, Kind.LINK, Kind.LINKS)

    @property
    def width(self) -> float:
        """Wide enough for the longest word and for the longest text in about six lines."""
        word = max((room(w) for w in self.header.replace("-", " ").split()), default=0)
        texts = [as_words(v) for v in self.values]
        longest = max(map(room, texts), default=0)
        if not self.is_text:
            return min(30.0, max(word + 3.0, 9.0, longest + 2.0 if longest <= 18 else longest / 2 + 3))
        longest_word = max((room(w) for t in texts for w in t.split()), default=0)
        return min(46.0, max(word + 3.0, 11.0, min(longest_word + 2.0, 24.0), min(longest + 2.0, 18.0), longest / 6))


class PartSheet:
    """Writes one part: its questions with answer and state, then every list as a table.

    Attributes:
        answers: where the answer to each question of the part stands, such as "$C$6", by field name.
        rows: the first data row of each list, counted from 0, by list name.
        is_asked: whether it is sent to somebody who fills in what is due, in the empty rows of its tables as well.
    """

    def __init__(
        self, sheet: Sheet, section: Section, value: Fields, links: Links, lists: Lists, facts: Facts, *, is_asked: bool = False
    ) -> None:
        self.sheet, self.section, self.value = sheet, section, value
        self.links, self.lists, self.facts, self.is_asked = links, lists, facts, is_asked
        self._open = TO_FILL if is_asked else OPEN
        self.answers: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self._tables: dict[str, list[_Column]] = {}
        self._widths: list[float] = []

    def lay_out(self, calculated: Mapping[str, Sequence[Calculated]]) -> None:
        """Decide on columns and their widths; they are shared by all tables of the sheet."""
        for name, spec in self.section.lists.items():
            rows: tuple[Record, ...] = getattr(self.value, name)
            self._tables[name] = self._columns(spec, rows, calculated.get(f"{self.section.slug}.{name}", ()))
        most = max((len(c) for c in self._tables.values()), default=0)
        widths = [max(c[i].width for c in self._tables.values() if i < len(c)) for i in range(most)]
        self._widths = [_ID_WIDTH, max(_FIRST_WIDTH, *widths[:1]), *widths[1:]]
        while len(self._widths) < 4 or sum(self._widths[2:-1]) < _ANSWER_WIDTH:
            self._widths.append(_STATE_WIDTH)
        self._answer_end = next(i for i in range(2, len(self._widths)) if sum(self._widths[2 : i + 1]) >= _ANSWER_WIDTH)
        self._widths[self._answer_end + 1] = max(self._widths[self._answer_end + 1], _STATE_WIDTH)
        for col, width in enumerate(self._widths):
            self.sheet.ws.set_column(col, col, width)

    def _columns(self, spec: ListSpec, rows: tuple[Record, ...], sums: Sequence[Calculated]) -> list[_Column]:
        columns = []
        for question in (q for q in spec.questions if not q.machine):
            columns.append(_Column(header_of(question), question, None, tuple(shown(question, r, self.links) for r in rows)))
            for c in sums:
                if c.after == question.name:
                    columns.append(_Column(c.header, None, c, tuple(c.results(rows, self.facts))))
        return columns

    def width(self, col: int) -> float:
        """How wide a column is; they are shared by all that stands on the sheet."""
        return self._widths[col] if col < len(self._widths) else 8.43

    def column(self, name: str, question: str) -> int:
        """The column in which a question of a list stands."""
        return next(i for i, c in enumerate(self._tables[name], 1) if c.spec and c.spec.name == question)

    def write_head(self, project: str) -> None:
        """Title, guiding question, and the meaning of the colours."""
        sheet = self.sheet
        sheet.put(0, 1, self.section.title, TITLE)
        sheet.put(0, 2, project, {"font_color": "#566664", "valign": "bottom"})
        sheet.put(1, 1, f"{self.section.question} {self.section.why}", NOTE)
        sheet.ws.set_row(0, 28)
        sheet.ws.freeze_panes(2, 2)
        sheet.row = 3
        if self.section.questions:
            self._write_questions()

    def _write_questions(self) -> None:
        sheet, end = self.sheet, self._answer_end
        sheet.put(sheet.row, 1, "Question", HEADER)
        sheet.merged(sheet.row, 2, end, "Answer", HEADER)
        sheet.put(sheet.row, end + 1, "State", HEADER)
        first = sheet.row + 1
        for row, spec in enumerate(self.section.questions, first):
            value = shown(spec, self.value, self.links)
            label = header_of(spec)
            sheet.put(row, 0, spec.name, KEY)
            sheet.put(row, 1, label, LABEL)
            props = answer_props(spec, value)
            sheet.merged(row, 2, end, value, props if spec.kind in (Kind.TEXT, Kind.LONG) else {**props, **_LEFT})
            spot = xl_rowcol_to_cell(row, 2, row_abs=True, col_abs=True)
            self._write_state(row, spec, spot, value)
            need = max(lines(as_words(value), sum(self._widths[2 : end + 1])), lines(label, self._widths[1]))
            sheet.ws.set_row(row, height(need))
            self._validate(spec, row, row, 2)
            self._tone(spec, row, row, 2)
            self.answers[spec.name] = spot
        last = sheet.row = first + len(self.section.questions) - 1
        state = f"${xl_rowcol_to_cell(first, end + 1)}"
        for words, props in ((STATES[1], self._open), (UNKNOWN_WORDS, UNKNOWN)):
            self._when(first, 2, last, end + 1, f'{state}="{words}"', props)
        sheet.row += 3

    def _write_state(self, row: int, spec: FieldSpec, spot: str, value: Shown) -> None:
        col = self._answer_end + 1
        if spec.assumed:
            self.sheet.put(row, col, _PRESET, FORMULA)
            return
        missing = STATES[1] if spec.core else STATES[2]
        formula = f'IF({spot}="","{missing}",IF({spot}="{UNKNOWN_WORDS}","{UNKNOWN_WORDS}","{STATES[0]}"))'
        self.sheet.formula(row, col, formula, _state(value, missing), FORMULA)

    def write_list(self, name: str) -> None:
        """Write a heading and the table of a list; `row` then stands two rows below it."""
        sheet, spec, columns = self.sheet, self.section.lists[name], self._tables[name]
        rows: tuple[Record, ...] = getattr(self.value, name)
        table = table_name(f"{self.section.slug}.{name}")
        sheet.put(sheet.row, 1, spec.title, HEADING)
        sheet.ws.set_row(sheet.row, 22)
        if not rows:
            sheet.row += 1
            sheet.put(sheet.row, 1, spec.begin, NOTE)
        head = sheet.row + 1
        first, last = head + 1, head + len(rows) + SPARE
        sheet.ws.add_table(
            head,
            0,
            last,
            len(columns),
            {
                "name": table,
                "style": None,
                "columns": [
                    {"header": ID, "header_format": sheet.styles({**KEY, "font_color": "#0F766E"})},
                    *(self._table_column(c) for c in columns),
                ],
            },
        )
        sheet.ws.set_row(head, height(max(2, *(lines(c.header, self._widths[i] - 3) for i, c in enumerate(columns, 1)))))
        for row in range(first, last + 1):
            record = rows[row - first] if row - first < len(rows) else None
            sheet.put(row, 0, record.id if record else None, KEY)
            for col, c in enumerate(columns, 1):
                self._write_cell(row, col, c, row - first, record)
            if record:
                texts = [(as_words(c.values[row - first]), self._widths[i]) for i, c in enumerate(columns, 1)]
                sheet.ws.set_row(row, height(max(lines(t, w) for t, w in texts)))
        self.rows[name] = first
        self._finish_table(columns, first, last)
        sheet.row = last + 2
        sheet.put(sheet.row, 0, END, KEY)

    def _table_column(self, c: _Column) -> dict[str, Any]:
        styled = self.sheet.styles(SUM_HEADER if c.calculated else HEADER)
        return {"header": c.header, "header_format": styled, **({"formula": c.calculated.formula} if c.calculated else {})}

    def _write_cell(self, row: int, col: int, c: _Column, index: int, record: Record | None) -> None:
        value = c.values[index] if record else None
        if c.calculated:
            self.sheet.formula(row, col, c.calculated.formula, value, {**SUM, "num_format": c.calculated.num_format})
        elif c.spec:
            props = answer_props(c.spec, value, getattr(record, "currency", ""))
            self.sheet.put(row, col, value, props if col > 1 or c.is_text else {**props, **_LEFT})

    def _finish_table(self, columns: list[_Column], first: int, last: int) -> None:
        core = []
        for col, c in enumerate(columns, 1):
            if c.spec is None:
                continue
            self._validate(c.spec, first, last, col)
            self._tone(c.spec, first, last, col)
            if c.spec.core:
                core.append(col)
        here = xl_rowcol_to_cell(first, 1)
        self._when(first, 1, last, len(columns), f'{here}="{UNKNOWN_WORDS}"', UNKNOWN)
        if core:
            begun = "TRUE" if self.is_asked else f"COUNTA(${xl_rowcol_to_cell(first, 0)}:${xl_rowcol_to_cell(first, core[-1])})>0"
            for col, c in enumerate(columns, 1):
                if c.spec and Standing.REJECTED in c.spec.choices:  # a rejected idea is asked for nothing but its reason
                    begun += f',${xl_rowcol_to_cell(first, col)}<>"{Standing.REJECTED.label}"'
            for col in core:
                self._when(first, col, last, col, f'AND({begun},{xl_rowcol_to_cell(first, col)}="")', self._open)

    def _when(self, first: int, left: int, last: int, right: int, condition: str, props: Props) -> None:
        self.sheet.ws.conditional_format(
            first,
            left,
            last,
            right,
            {"type": "formula", "criteria": f"={condition}", "format": self.sheet.styles.difference(props)},
        )

    def _tone(self, spec: FieldSpec, first: int, last: int, col: int) -> None:
        for choice, props in _TONES:
            if spec.choices and type(choice) is type(spec.choices[0]):
                self._when(first, col, last, col, f'{xl_rowcol_to_cell(first, col)}="{choice_words(choice)}"', props)

    def _validate(self, spec: FieldSpec, first: int, last: int, col: int) -> None:
        rule = _rule(spec, xl_rowcol_to_cell(first, col), self.lists.of(spec))
        if rule:
            self.sheet.ws.data_validation(first, col, last, col, rule)


def _state(value: Shown, missing: str) -> str:
    if value is None:
        return missing
    is_unknown = isinstance(value, str) and value.casefold() == UNKNOWN_WORDS.casefold()
    return UNKNOWN_WORDS if is_unknown else STATES[0]


def _limits(spec: FieldSpec, cell: str) -> tuple[str, str]:
    """The formula and the words of what a number may be."""
    bounds = [(">=", spec.minimum, "at least"), ("<=", spec.maximum, "at most")]
    known = [(sign, limit, words) for sign, limit, words in bounds if limit is not None]
    formula = "".join(f",{cell}{sign}{limit:g}" for sign, limit, _ in known)
    return formula, " and ".join(f"{words} {limit:,g}" for _, limit, words in known)


def _rule(spec: FieldSpec, cell: str, source: str) -> dict[str, Any] | None:
    """What a cell accepts: what its question does, and always “not known yet”."""
    hint = {"input_title": short(spec.label, 32), "input_message": short(spec.help, 255)} if spec.help else {}
    match spec.kind:
        case Kind.CHOICE:
            words = "Choose an entry of the list."
            return {"validate": "list", "source": f"={source}", "error_title": "Not in the list", "error_message": words, **hint}
        case Kind.LINK:
            words = "No entry of this name was there when the workbook was made. Keep it if you have added one."
            return {
                "validate": "list",
                "source": f"={source}",
                "error_type": "information",
                "error_title": "New name",
                "error_message": words,
                **hint,
            }
        case Kind.LINKS:
            return {"validate": "any", "input_title": "Several entries", "input_message": f"Separate them with “{SEPARATOR}”."}
        case Kind.DATE | Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            formula, limits = _limits(spec, cell)
            what = {Kind.DATE: "a date", Kind.INTEGER: "a whole number"}.get(spec.kind, "a number")
            whole = f",{cell}=INT({cell})" if spec.kind is Kind.INTEGER else ""
            test = f'=OR({cell}="{UNKNOWN_WORDS}",IF(ISNUMBER({cell}),AND(TRUE{formula}{whole}),FALSE))'
            words = f"Write {what}{' ' if limits else ''}{limits}, or “{UNKNOWN_WORDS}”."
            return {"validate": "custom", "value": test, "error_title": "Please check", "error_message": words, **hint}
        case _:
            return {"validate": "any", **hint} if hint else None
