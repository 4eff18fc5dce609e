"""Sheets that people do not see: the lists behind validations, and the whole charter for reading the workbook back."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from xlsxwriter.utility import xl_range_abs

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.export.workbook.links import Links, every_question
from scoping.export.workbook.sheet import Sheet, choice_words
from scoping.section import Choice, FieldSpec, Kind

FORMAT, VERSION = "charter-workbook", 2
CHUNK = 30_000
"""Characters of JSON per cell."""


class Lists:
    """Fills the sheet *Lists* and knows where each list stands."""

    def __init__(self, sheet: Sheet, links: Links) -> None:
        self._sheet = sheet
        self._col = 0
        self._choices: dict[type[Choice], str] = {}
        self.labels: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        for part, spec in every_question():
            if spec.choices and type(spec.choices[0]) not in self._choices:
                words = [choice_words(c) for c in spec.choices]
                more = [] if spec.assumed else [UNKNOWN_WORDS]
                self._choices[type(spec.choices[0])] = self._column(f"{part.slug}.{spec.name}", words + more)
        for ref, labels in links.labels.items():
            self.ids[ref] = self._column(f"{ref} id", list(labels))
            self.labels[ref] = self._column(ref, list(labels.values()))

    def _column(self, header: str, values: list[str]) -> str:
        """Write a column and return where its values stand."""
        for row, value in enumerate([header, *values]):
            self._sheet.put(row, self._col, value, {})
        place = f"Lists!{xl_range_abs(1, self._col, max(1, len(values)), self._col)}"
        self._col += 1
        return place

    def of(self, spec: FieldSpec) -> str:
        """Where the possible answers to a question of a closed set stand; "" when it has none."""
        if spec.kind is Kind.LINK:
            return self.labels[spec.refers_to]
        return self._choices[type(spec.choices[0])] if spec.choices else ""


def write_charter(sheet: Sheet, charter: Charter, *, project: str, revision: int, saved_at: datetime) -> None:
    """Write the whole charter as JSON in pieces, with project and revision it comes from and a checksum over the joined pieces."""
    # Plain ASCII without "_x" survives the escapes that workbooks apply to text, whoever saves them.
    text = json.dumps(charter.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":")).replace("_x", "\\u005fx")
    rows: list[tuple[str, str | int]] = [
        ("format", FORMAT),
        ("version", VERSION),
        ("project", project),
        ("revision", revision),
        ("saved_at", saved_at.isoformat()),
        ("sha256", hashlib.sha256(text.encode("ascii")).hexdigest()),
    ]
    rows += [("json", text[start : start + CHUNK]) for start in range(0, len(text), CHUNK)]
    for row, (key, value) in enumerate(rows):
        sheet.put(row, 0, key, {})
        sheet.put(row, 1, value, {})
