"""The charter as an Excel workbook: a page to sign, a sheet per part, live formulas that carry their results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from xlsxwriter import Workbook

from scoping.charter import PARTS, Charter
from scoping.document.paper import Chapter, document
from scoping.export.workbook import blocks, cashflow, cashflow_layout, hidden, letter, measured, openpoints, timeline, workshops
from scoping.export.workbook.asking import Ask
from scoping.export.workbook.links import Links
from scoping.export.workbook.parts import PartSheet
from scoping.export.workbook.printed import annexes, summary
from scoping.export.workbook.sheet import PlainWorksheet, Sheet, writable
from scoping.export.workbook.styles import FONT, Styles
from scoping.export.workbook.sums import AS_OF, Facts, calculated
from scoping.export.workbook.worth import Total, Worth
from scoping.review import overview
from scoping.value import valuation
from scoping.words import day_words, one_in

LISTS, CHARTER = "Lists", "_charter"
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def to_xlsx(
    charter: Charter,
    *,
    revision: int,
    saved_at: datetime,
    today: date | None = None,
    project: str = "",
    records: Mapping[str, Sequence[Chapter]] | None = None,
    ask: Ask | None = None,
) -> bytes:
    """Write the charter as a workbook; the same charter, revision, moment, day and records give the same bytes.

    Args:
        saved_at: when the revision was saved.
        today: the day whose health is told and from which days are counted; that of the revision where none is given.
        project: its id, by which a workbook that comes back is known; "" for a charter that is in no workbench.
        records: of its workshops, by title.
        ask: what somebody else is asked to fill in, who then sees nothing but that; None for the whole workbook.
    """
    moment = saved_at.astimezone(UTC).replace(tzinfo=None) if saved_at.tzinfo else saved_at
    file = BytesIO()
    # The library writes into the properties of the font that it is given.
    options = {"in_memory": True, "default_format_properties": dict(FONT), **_TEXT_STAYS_TEXT}
    with Workbook(file, options) as book:
        book.set_properties(
            {"title": writable(charter.name), "subject": f"Project charter, revision {revision}", "created": moment}
        )
        made = _Book(book, charter, revision, saved_at, today or saved_at.date(), records or {}, ask)
        made.write(project)
        made.show()
    return file.getvalue()


class _Book:
    """The sheets in their order. Those that show others' results are filled last."""

    def __init__(
        self,
        book: Workbook,
        charter: Charter,
        revision: int,
        saved_at: datetime,
        as_of: date,
        records: Mapping[str, Sequence[Chapter]],
        ask: Ask | None,
    ) -> None:
        self.book, self.charter, self.revision, self.saved_at, self.as_of = book, charter, revision, saved_at, as_of
        self.records, self.ask = records, ask
        self.overview = overview(charter)
        self.styles = Styles(book)
        self.letter = self._sheet(letter.NAME, on_paper=True) if ask else None
        self.summary, self.annexes = (self._sheet(module.NAME, on_paper=True) for module in (summary, annexes))
        self.parts = {part.slug: self._sheet(part.title) for part in PARTS}
        self.timeline, self.cash_flow, self.open_points, self.how_to_read = (
            self._sheet(name) for name in (timeline.NAME, cashflow_layout.NAME, openpoints.OPEN_POINTS, openpoints.HOW_TO_READ)
        )
        self.kept = [*charter.feasibility.measurements, *charter.data_sources.reports]
        self.measured = self._sheet(measured.NAME) if self.kept else None
        self.workshops = self._sheet(workshops.NAME) if records else None
        self.lists, self.json = self._sheet(LISTS), self._sheet(CHARTER)

    def _sheet(self, name: str, *, on_paper: bool = False) -> Sheet:
        ws = self.book.add_worksheet(name, PlainWorksheet)
        ws.set_paper(9)
        ws.hide_gridlines(2)
        if self.overview.is_draft:
            ws.set_header('&L&"Arial,Bold"&9DRAFT&R&"Arial,Regular"&9&A')
        else:
            ws.set_header('&R&"Arial,Regular"&9&A')
        ws.set_footer(f'&L&"Arial,Regular"&9Revision {self.revision}, saved {day_words(self.saved_at.date())}&R&9Page &P of &N')
        sheet = Sheet(ws, self.styles)
        if not on_paper:
            sheet.keep_off_paper()
        return sheet

    def write(self, project: str) -> None:
        as_of = self.as_of
        self.book.define_name(AS_OF, f"={summary.NAME}!{summary.AS_OF_CELL}")
        links = Links(self.charter)
        lists = hidden.Lists(self.lists, links)
        facts = Facts(self.charter, as_of)
        sums = calculated(lists)
        flow = cashflow.CashFlow(self.cash_flow, self.charter, valuation.valuation(self.charter), links, lists)
        written: dict[str, PartSheet] = {}
        totals: dict[str, Total] = {}
        for section, value in self.charter.parts():
            is_asked = self.ask is not None and section.slug in self.ask.steps
            part = PartSheet(self.parts[section.slug], section, value, links, lists, facts, is_asked=is_asked)
            part.lay_out(sums)
            part.write_head(self.charter.name)
            if section.slug == "value":
                worth = Worth(part, flow, self.revision, as_of)
                totals |= worth.write(self.book)
            for name in section.lists:
                blocks.write_before(f"{section.slug}.{name}", part, self.charter, self.book)
                part.write_list(name)
                if f"{section.slug}.{name}" == "value.rungs":
                    gains = worth.write_implied(lambda rung: links.label("value.rungs", rung))
            written[section.slug] = part
        flow.write(written, gains)
        timeline.write_timeline(self.timeline, self.charter, written["milestones"], as_of)
        if self.measured:
            measured.write(self.measured, self.charter.name, self.kept)
        if self.workshops:
            workshops.write(self.workshops, self.charter.name, self.records)
        openpoints.write_open_points(self.open_points, self.overview)
        openpoints.write_how_to_read(self.how_to_read, self.revision, day_words(as_of))
        self._write_paper(totals, flow.worth)
        hidden.write_charter(self.json, self.charter, project=project, revision=self.revision, saved_at=self.saved_at)
        if self.letter and self.ask:
            letter.write(self.letter, self.charter, self.ask)

    def show(self) -> None:
        """Show the sheets that are meant for whoever opens the workbook, the first of them in front."""
        first = self.letter or self.summary
        self.lists.ws.hide()
        self.json.ws.very_hidden()
        if self.ask:
            shown = {letter.NAME, *(self.parts[slug].name for slug in self.ask.steps)}
            for ws in self.book.worksheets():
                if ws.get_name() not in {*shown, LISTS, CHARTER}:
                    ws.hide()
            for sheet in (self.summary, self.annexes):
                sheet.keep_off_paper()  # not every program leaves hidden sheets out
            first.ws.set_first_sheet()
        first.ws.activate()

    def _write_paper(self, totals: Mapping[str, Total], worth: valuation.Valuation) -> None:
        """Page one, and what it rests on."""
        seen = valuation.simulated(worth.of_chosen) if worth.of_chosen.counted else None
        loss = one_in(seen.loss) if seen else ""
        paper = document(
            self.charter, self.overview, revision=self.revision, saved_at=self.saved_at, today=self.as_of, is_brief=True
        )
        summary.write(self.summary, self.charter, self.overview, paper, totals, as_of=self.as_of, chance_of_loss=loss)
        annexes.write(self.annexes, paper.chapters)
