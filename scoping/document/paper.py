"""The charter as a sponsor reads and signs it: numbered chapters of sentences, facts and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from scoping.blocks import Block, Facts, Paragraph
from scoping.charter import Charter
from scoping.document.data_sources import data
from scoping.document.ethics import ethics
from scoping.document.feasibility import feasibility
from scoping.document.milestones import plan, progress
from scoping.document.one_page import one_page
from scoping.document.reader import Reader
from scoping.document.rollout import risks, rollout
from scoping.document.scope import decisions, goals, open_questions, problem, ratings, scope, sign_offs, solution, team
from scoping.document.value import budget, errors, metric_ladder, promised_and_realised, worth
from scoping.health import Health, health
from scoping.review import Overview
from scoping.signing.conditions import Condition, to_sign_words
from scoping.words import day_words

ON_ONE_PAGE = "On one page"


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
        conditions: the sixteen that it takes to sign, with what is missing of each.
        saved_at: a moment with a time zone.
        health: of the project on the day on which the document was made.
    """

    name: str
    conditions: tuple[Condition, ...]
    chapters: tuple[Chapter, ...]
    revision: int
    saved_at: datetime
    health: Health

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
    charter: Charter, overview: Overview, *, revision: int, saved_at: datetime, today: date | None = None, is_brief: bool = False
) -> Document:
    """Write the charter out: every answer, and a word about every answer that is due.

    Args:
        today: the day whose state of the project is told; that of the revision where none is given.
        is_brief: whether it is for readers who have all answers elsewhere, as in a workbook; see `Reader`.
    """
    as_of = today or saved_at.astimezone(UTC).date()
    reader = Reader(charter, as_of, is_brief=is_brief)
    now = health(charter, as_of, overview.missing_words)
    first = Chapter(1, ON_ONE_PAGE, "project", tuple(_on_one_page(reader, overview)), ON_ONE_PAGE)
    rest = [Chapter(n, title, part, tuple(write(reader)), about) for n, (about, title, part, write) in enumerate(_CHAPTERS, 2)]
    chapters = [first, *rest]
    paper = Document(
        name=charter.name,
        conditions=overview.conditions,
        chapters=tuple(chapters),
        revision=revision,
        saved_at=saved_at,
        health=now,
    )
    history = Paragraph(f"Revision {revision}, saved on {paper.saved}.")
    return replace(paper, chapters=(*chapters, Chapter(len(chapters) + 1, "Change history", "", (history,), "Sign-off")))


def _on_one_page(r: Reader, overview: Overview) -> list[Block]:
    """The page that can stand for all others, then who answers for it."""
    page = one_page(r.charter, overview)
    unnamed = [] if r.charter.project.name.strip() else r.said("project", "name")
    return [
        Paragraph(page.asked.written),
        Facts(tuple((row.title, row.written) for row in page.rows)),
        *r.told("project", "summary"),
        *r.said("project", "decision_asked", "owner", "sponsor", "kind"),
        *unnamed,  # a name stands above the document
    ]


_CHAPTERS: tuple[tuple[str, str, str, Callable[[Reader], list[Block]]], ...] = (
    ("Problem", "The problem, and how it is today", "problems", problem),
    ("Problem", "Goals, ranked", "problems", goals),
    ("Problem", "Decisions and actions", "problems", decisions),
    ("Idea", "Solution", "solutions", solution),
    ("Idea", "Scope", "problems", scope),
    ("Can it work?", "Feasibility", "feasibility", feasibility),
    ("Worth it?", "Ladder", "value", metric_ladder),
    ("Worth it?", "What it is worth", "value", worth),
    ("Worth it?", "What being wrong costs", "value", errors),
    ("Worth it?", "Budget", "value", budget),
    ("Is it right?", "Ethics", "ethics", ethics),
    ("Data", "Data plan", "data_sources", data),
    ("Plan", "Milestones and targets", "milestones", plan),
    ("Plan", "Team and roles", "problems", team),
    ("Plan", "Progress", "milestones", progress),
    ("Plan", "Risks and stop criteria", "milestones", risks),
    ("Rollout", "Rollout and monitoring", "rollout", rollout),
    ("Rollout", "Promised and realised", "value", promised_and_realised),
    ("Open points", "Assumptions and open questions", "project", open_questions),
    ("Open points", "Ratings for the portfolio", "project", ratings),
    ("Sign-off", "Sign-off", "project", sign_offs),
)
"""What a chapter tells more of, title, part and content, in the order of the one page; the change history follows them."""
