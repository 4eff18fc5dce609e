"""What is kept of a check that was worked out from data: the result, and everything needed to repeat it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from scoping.section import Choice, Record, Text, Whole, ask, clean, text

ROOM = 30_000
"""Characters of a result; a cell of a workbook holds it."""
Json = Annotated[str, BeforeValidator(clean), Field(max_length=ROOM)]


class Method(Choice):
    """How a figure was found; the value names the module in `scoping.measuring`."""

    HLP = "hlp", "Human-level performance from labels"
    SIGNAL = "signal", "Signal in a table"
    SLICES = "slices", "Errors by group"
    PROFILE = "profile", "Profile of a file"


class Measurement(Record):
    """One result. Nobody types it: it is written when a check is kept, so it says what was really computed."""

    headline: Text = text("Result")
    method: Method | None = ask("Method")
    version: Text = text("Version of the method")
    file_name: Text = text("File")
    file_hash: Text = text("Fingerprint of the file", "SHA-256: the same file has the same one.")
    rows: Whole | None = ask("Rows in the file", ge=0)
    rows_used: Whole | None = ask("Rows used", ge=0)
    measured_on: date | None = ask("Date")
    author: Text = text("Measured by")
    settings: Json = text("Settings", "JSON", machine=True)
    result: Json = text("Figures", "JSON", machine=True)
