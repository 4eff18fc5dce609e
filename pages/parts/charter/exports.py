"""The files that a project can be taken away in: what each is for, and what makes it. No Streamlit here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlencode

from pages.parts.addresses import FILE_URL
from pages.parts.charter import records
from scoping.charter import PARTS
from scoping.document.paper import Chapter, Document, document
from scoping.errors import AnswerError
from scoping.export.charter_json import to_json
from scoping.export.contract import to_contracts
from scoping.export.html import to_html
from scoping.export.jira_csv import to_jira_csv
from scoping.export.markdown import to_markdown
from scoping.export.mspdi import to_mspdi
from scoping.export.packs.handover import handed_over
from scoping.export.packs.pack import Files, Given, Pack
from scoping.export.packs.shelf import PACKS
from scoping.export.workbook.asking import Ask
from scoping.sections.project import SECTION as PROJECT
from scoping.signing.decisions import NOBODY, Chosen
from scoping.version import Version
from storage.history import Stamp
from storage.opened import Opened
from storage.store import CharterStore

_EXTRAS = "Not installed here. Whoever runs the workbench adds it: .venv/bin/python -m pip install -r requirements-extras.txt, and a new start."
PLAN, SOURCES = "milestones/milestones", "data_sources/sources"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a file tells.

    Attributes:
        today: the day whose state is told.
        records: makes the chapters of all workshops, by their title.
        chosen: finds who put each idea where it stands, and when.
        version: the one that is told; None for the present.
        ask: what somebody else is asked to fill in, where the file is for that.
    """

    project: Opened
    today: date
    records: Callable[[], Mapping[str, Sequence[Chapter]]] = dict
    chosen: Callable[[], Chosen] = dict
    version: Version | None = None
    ask: Ask | None = None

    @classmethod
    def of(cls, store: CharterStore, project: str, today: date, version: int = 0) -> Told:
        """What files tell of a project: as it is, or as one of its versions was on its own day, the same for ever.

        Raises UnknownProjectError.
        """
        now = store.open(project)
        if not version:
            return cls(
                project=now,
                today=today,
                records=lambda: records.all_of(store, project),
                chosen=lambda: records.chosen(store, now),
            )
        kept = store.versions.get(project, version)
        stamp = Stamp(kept.revision, kept.at, kept.by)
        was = Opened(project, store.versions.charter(project, version), stamp, dict.fromkeys(now.stamps, stamp), now.is_archived)
        day = kept.at.astimezone(UTC).date()
        return cls(project=was, today=day, chosen=lambda: records.chosen(store, was), version=kept)


@dataclass(frozen=True, kw_only=True)
class Export:
    """A kind of file.

    Attributes:
        name: in the address; the file ends like it.
        what: the word with which the file's name begins.
        told: what it is good for, in a sentence.
        needs: "part/list" without whose entries it would be empty; "" for none.
        library: what makes it, where that is not installed everywhere; "" where it always is.
        make: writes it.
    """

    name: str
    label: str
    told: str
    mime: str
    make: Callable[[Told], str | bytes]
    what: str = "Charter"
    needs: str = ""
    library: str = ""

    @property
    def lacks(self) -> str:
        """What to do so that it can be made here; "" where it can be."""
        return "" if not self.library or find_spec(self.library) else _EXTRAS

    def is_offered(self, project: Opened) -> bool:
        """Whether there is anything to write."""
        part, _, rows = self.needs.partition("/")
        return not part or bool(getattr(project.charter.part(part), rows))

    def file_name(self, told: Told) -> str:
        """Name of the project, version or revision, and day."""
        which = f"v{told.version.number}" if told.version else f"r{told.project.stamp.number}"
        return f"{self.what} - {plain(told.project.charter.name)} - {which} - {told.today:%Y-%m-%d}.{self.name.rsplit('.', 1)[-1]}"


def plain(name: str) -> str:
    """A name without a sign that a disk may refuse."""
    return " ".join("".join(c if c.isalnum() or c in " -_" else " " for c in name).split())[:60]


def written(project: Opened, today: date, version: Version | None = None, chosen: Chosen = NOBODY) -> Document:
    """The charter as a document."""
    title, stamp = version.title if version else "", project.stamp
    about: dict[str, Any] = {"revision": stamp.number, "saved_at": stamp.at, "today": today, "version": title, "chosen": chosen}
    return document(project.charter, project.overview, **about)


def _stamped(project: Opened) -> dict[str, Any]:
    return {"revision": project.stamp.number, "saved_at": project.stamp.at}


def _xlsx(told: Told, ask: Ask | None = None) -> bytes:
    from scoping.export.xlsx import to_xlsx

    project = told.project
    about = {**_stamped(project), "today": told.today, "project": project.project_id}
    return to_xlsx(project.charter, **about, records=told.records(), ask=ask)


def _to_fill_in(told: Told) -> bytes:
    """The workbook with the chosen steps only. Raises AnswerError where none is chosen."""
    if not told.ask or not set(told.ask.steps) <= set(STEPS):
        raise AnswerError("Say which steps are to be filled in.", f"There are: {', '.join(STEPS)}.")
    return _xlsx(told, told.ask)


def _calendar(told: Told) -> bytes:
    from scoping.export.calendar import to_calendar

    project = told.project
    return to_calendar(project.charter, project=project.project_id, **_stamped(project), today=told.today)


def _mspdi(told: Told) -> bytes:
    return to_mspdi(told.project.charter, **_stamped(told.project))


def _docx(told: Told) -> bytes:
    from scoping.export.word import to_docx

    return to_docx(written(told.project, told.today, told.version, told.chosen()))


def _pdf(told: Told) -> bytes:
    from scoping.export.pdf import to_pdf  # a second of work, in which Typst lets other threads go on

    return to_pdf(written(told.project, told.today, told.version, told.chosen()))


def _pptx(told: Told) -> bytes:
    from scoping.export.slide import to_pptx

    return to_pptx(written(told.project, told.today, told.version, told.chosen()))


def given(told: Told) -> Given:
    """What a pack is made from."""
    project = told.project
    return Given(charter=project.charter, project=project.project_id, **_stamped(project), today=told.today)


def _packed(pack: Pack) -> Export:
    return Export(
        name=pack.name,
        label=pack.label,
        told=pack.feeds,
        mime="application/zip",
        make=lambda told: pack.zipped(given(told)),
        what=plain(pack.label),
    )


_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{_OFFICE}spreadsheetml.sheet"
EXPORTS = (
    Export(name="charter.xlsx", label="Excel", told="The whole charter, with formulas to check it.", mime=XLSX, make=_xlsx),
    Export(
        name="charter.docx",
        label="Word",
        told="To edit on: headings, styles, tables.",
        mime=f"{_OFFICE}wordprocessingml.document",
        make=_docx,
    ),
    Export(
        name="charter.pdf",
        label="PDF",
        told="To sign, to send, to keep: one page first, then all of it.",
        mime="application/pdf",
        make=_pdf,
        library="typst",
    ),
    Export(
        name="charter.pptx",
        label="One slide",
        told="The one page for a steering committee.",
        mime=f"{_OFFICE}presentationml.presentation",
        make=_pptx,
        library="pptx",
    ),
    Export(
        name="charter.html",
        label="Printable page",
        told="To read, to print, to send: one file.",
        mime="text/html",
        make=lambda told: to_html(written(told.project, told.today, told.version, told.chosen())),
    ),
    Export(
        name="charter.md",
        label="Markdown",
        told="Plain text for a wiki or a repository.",
        mime="text/markdown",
        make=lambda told: to_markdown(written(told.project, told.today, told.version, told.chosen())),
    ),
    Export(
        name="charter.json",
        label="Data (JSON)",
        told="All of it, to be brought into another workbench.",
        mime="application/json",
        make=lambda told: to_json(
            told.project.charter,
            **_stamped(told.project),
            today=told.today,
            project=told.project.project_id,
            chosen=told.chosen(),
        ),
    ),
    Export(
        name="plan.ics",
        label="Calendar of the plan",
        told="Milestones and gates as days, for any calendar.",
        mime="text/calendar",
        make=_calendar,
        what="Plan",
        needs=PLAN,
    ),
    Export(
        name="plan.xml",
        label="Plan for MS Project",
        told="Tasks, links, people and days off.",
        mime="application/xml",
        make=_mspdi,
        what="Plan",
        needs=PLAN,
    ),
    Export(
        name="plan.csv",
        label="Plan for Jira",
        told="Milestones as epics, each with how it stands. Jira asks how days are written: yyyy-MM-dd.",
        mime="text/csv",
        make=lambda told: to_jira_csv(told.project.charter, told.today),
        what="Plan",
        needs=PLAN,
    ),
    Export(
        name="plan.unchanged.csv",
        label="Plan for Jira, texts unchanged",
        told="Without the apostrophe before texts like =1+1. Open it in no spreadsheet.",
        mime="text/csv",
        make=lambda told: to_jira_csv(told.project.charter, told.today, as_text=False),
        what="Plan",
        needs=PLAN,
    ),
    Export(
        name="contracts.zip",
        label="Contracts of all data sources",
        told="What each source promises, as files for programs.",
        mime="application/zip",
        make=lambda told: to_contracts(told.project.charter, project=told.project.project_id, **_stamped(told.project)),
        what="Data contracts",
        needs=SOURCES,
    ),
)
"""Every kind of file, the most wanted first."""
TO_FILL_IN = Export(
    name="to-fill-in.xlsx",
    label="Workbook to fill in",
    told="For somebody who never opens the workbench.",
    mime=XLSX,
    make=_to_fill_in,
    what="To fill in",
)
"""Needs to know which steps; it is made of the present and of no version."""
STEPS = tuple(part.slug for part in PARTS if part is not PROJECT)
PACKED = tuple(map(_packed, PACKS))
"""What other tools read, handed over on a page of its own."""


def _everything(told: Told) -> bytes:
    """Every file that can be made here, and every pack in a folder of its own."""
    single = [e for e in EXPORTS if not e.lacks and e.is_offered(told.project)]
    files: Files = {e.name: e.make(told) for e in single}
    packed = {f"{pack.folder}/{path}": content for pack in PACKS for path, content in pack.make(given(told)).items()}
    return handed_over(given(told), {**files, **packed})


EVERYTHING = Export(
    name="handover.zip",
    label="Everything",
    told="All files and packs, with a manifest that says whether they came over whole.",
    mime="application/zip",
    make=_everything,
    what="Handover",
)
FILES = (*EXPORTS, *PACKED, EVERYTHING)
"""Whatever can be taken away without saying more."""
BY_NAME = {export.name: export for export in (*FILES, TO_FILL_IN)}
_GROUPS = {
    "To read": ("charter.pdf", "charter.pptx", "charter.html", "charter.md"),
    "To work on": ("charter.xlsx", TO_FILL_IN.name, "charter.docx"),
    "Plan": ("plan.ics", "plan.xml", "plan.csv", "plan.unchanged.csv"),
    "Data": ("charter.json", "contracts.zip"),
}
MENU = [
    [e.name, e.label, e.lacks or e.told, e.needs, bool(e.lacks), group]
    for group, names in _GROUPS.items()
    for e in map(BY_NAME.__getitem__, names)
]
"""What the menu in the browser offers; of each, whether it cannot be made here, and what it is for."""


def href(project: str, name: str, today: date, version: int = 0) -> str:
    """The address of a file, below the address of the workbench."""
    named = {"version": version} if version else {"today": today.isoformat()}
    return f"{FILE_URL.format(project=project, name=name)}?{urlencode(named)}"
