"""The charter as a sponsor reads and signs it: one page first, then numbered chapters of sentences, facts and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scoping.blocks import Block, Missing, Table
from scoping.charter import Charter
from scoping.document.data_sources import data
from scoping.document.ethics import ethics
from scoping.document.feasibility import feasibility
from scoping.document.milestones import plan, progress
from scoping.document.one_page import OnePage, one_page
from scoping.document.reader import Reader
from scoping.document.rollout import risks, rollout
from scoping.document.scope import (
    decision_log,
    decisions,
    goals,
    open_questions,
    problem,
    project,
    ratings,
    scope,
    sign_offs,
    solution,
    team,
)
from scoping.document.tiles import Tile, tiles
from scoping.document.value import budget, errors, metric_ladder, promised_and_realised, worth
from scoping.health import Health, health
from scoping.review import Overview
from scoping.signing.conditions import Condition, to_sign_words
from scoping.signing.decisions import NOBODY, Chosen
from scoping.words import day_words


@dataclass(frozen=True)
class Chapter:
    """One numbered chapter.

    Attributes:
        part: slug of the part where its content is written; "" when nobody writes it.
        about: the row of the one page that it tells more of.
    """

    number: int
    title: str
    part: str
    blocks: tuple[Block, ...]
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """The charter at one revision.

    Attributes:
        page: stands before all chapters, and can stand for them.
        tiles: the figures that are asked for first.
        summary: the project in people's own words; "" while nobody wrote it.
        chapters: those in which something is written.
        conditions: the sixteen that it takes to sign, with what is missing of each.
        saved_at: a moment with a time zone.
        health: of the project on the day on which the document was made.
        version: number and name of the version that it shows; "" for the present.
        is_answered: whether somebody has signed or refused, so that even the shortest form tells who.
    """

    name: str
    page: OnePage
    tiles: tuple[Tile, ...]
    summary: str
    chapters: tuple[Chapter, ...]
    conditions: tuple[Condition, ...]
    revision: int
    saved_at: datetime
    health: Health
    version: str = ""
    is_answered: bool = False

    @property
    def title(self) -> str:
        """What a file of it is called."""
        return f"{'DRAFT: ' if self.is_draft else ''}Charter {self.name}, {self.moment}"

    @property
    def moment(self) -> str:
        """Version and revision that it shows."""
        return ", ".join(filter(None, (self.version, f"revision {self.revision}" if self.version else f"Revision {self.revision}")))

    @property
    def is_draft(self) -> bool:
        return bool(self.open)

    @property
    def open(self) -> tuple[Condition, ...]:
        """The conditions that keep it a draft."""
        return tuple(c for c in self.conditions if not c.is_met)

    @property
    def to_sign(self) -> str:
        """The one measure of progress, in words."""
        return to_sign_words(len(self.conditions) - len(self.open))

    @property
    def saved(self) -> str:
        """When this revision was saved, in words that hold in every time zone."""
        at = self.saved_at.astimezone(UTC)
        return f"{day_words(at.date())}, {at:%H:%M} UTC"


def document(
    charter: Charter,
    overview: Overview,
    *,
    revision: int,
    saved_at: datetime,
    today: date | None = None,
    version: str = "",
    is_brief: bool = False,
    chosen: Chosen = NOBODY,
) -> Document:
    """Write the charter out: every answer, and a word about every answer that is due.

    Args:
        today: the day whose state of the project is told; that of the revision where none is given.
        version: number and name of the version that it is; "" for the present.
        is_brief: whether it is for readers who have all answers elsewhere, as in a workbook; see `Reader`.
        chosen: who put each idea where it stands, and when, as far as the history tells.
    """
    as_of = today or saved_at.astimezone(UTC).date()
    reader = Reader(charter, as_of, is_brief=is_brief, chosen=chosen)
    written = [(about, title, part, tuple(write(reader))) for about, title, part, write in _CHAPTERS]
    told = [found for found in written if not all(isinstance(block, Missing) for block in found[-1])]
    page = one_page(charter, overview)
    if page.says_something and (lacks := _lacks(overview)):
        told.append(lacks)
    return Document(
        name=charter.name,
        page=page,
        tiles=tiles(charter, reader.worth),
        summary=charter.project.summary.strip(),
        chapters=tuple(Chapter(n, title, part, blocks, about) for n, (about, title, part, blocks) in enumerate(told, 1)),
        conditions=overview.conditions,
        revision=revision,
        saved_at=saved_at,
        health=health(charter, as_of, overview.missing_words),
        is_answered=any(s.answered for s in charter.project.signatures),
        version=version,
    )


_Written = tuple[str, str, str, tuple[Block, ...]]


def _lacks(overview: Overview) -> _Written | None:
    """What keeps a draft from being signed, condition by condition. Before anything is written the one page says it."""
    rows = [
        (str(c.number), c.sentence, c.state.label, "\n".join(f.message for f in c.missing))
        for c in overview.conditions
        if not c.is_met
    ]
    table = Table("", ("No.", "It takes to sign", "State", "What is missing"), tuple(rows))
    return ("Sign-off", "What is missing to sign", "", (table,)) if rows else None


_CHAPTERS: tuple[tuple[str, str, str, Callable[[Reader], list[Block]]], ...] = (
    ("What is asked", "The project", "project", project),
    ("Problem", "The problem, and how it is today", "problems", problem),
    ("Problem", "Goals, ranked", "problems", goals),
    ("Problem", "Decisions and actions", "problems", decisions),
    ("Idea", "Solution", "solutions", solution),
    ("Idea", "Scope", "problems", scope),
    ("Can it work?", "Feasibility", "feasibility", feasibility),
    ("Worth it?", "Ladder", "value", metric_ladder),
    ("Worth it?", "What it is worth", "value", worth),
    ("Worth it?", "What being wrong costs", "value", errors),
    ("Worth it?", "Ratings for the portfolio", "project", ratings),
    ("What it costs", "Budget", "value", budget),
    ("Is it right?", "Ethics", "ethics", ethics),
    ("Data", "Data plan", "data_sources", data),
    ("Plan", "Milestones and targets", "milestones", plan),
    ("Plan", "Team and roles", "problems", team),
    ("Plan", "Progress", "milestones", progress),
    ("Stop if", "Risks and stop criteria", "milestones", risks),
    ("Rollout", "Rollout and monitoring", "rollout", rollout),
    ("Rollout", "Promised and realised", "value", promised_and_realised),
    ("Not known yet", "Assumptions and open questions", "project", open_questions),
    ("Sign-off", "Sign-off", "project", sign_offs),
    ("Sign-off", "Decision log", "project", decision_log),
)
"""What a chapter tells more of, title, part and content, in the order of the one page."""
