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
from scoping.document.reader import NOT_STATED, Reader, short
from scoping.document.rollout import risks, rollout
from scoping.document.scope import decisions, goals, open_questions, problem, ratings, scope, sign_offs, solution, team
from scoping.document.value import budget, errors, metric_ladder, promised_and_realised, worth
from scoping.health import Health, health
from scoping.review import Overview
from scoping.sections.milestones import in_order
from scoping.sections.solutions import chosen
from scoping.signing.conditions import Condition, to_sign_words
from scoping.words import count, day_words


@dataclass(frozen=True)
class Chapter:
    """One numbered chapter.

    Attributes:
        part: slug of the part where its content is written; "" when nobody writes it.
    """

    number: int
    title: str
    part: str
    blocks: tuple[Block, ...]


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


def document(charter: Charter, overview: Overview, *, revision: int, saved_at: datetime, today: date | None = None) -> Document:
    """Write the charter out: every answer, and a word about every answer that is due.

    Args:
        today: the day whose state of the project is told; that of the revision where none is given.
    """
    as_of = today or saved_at.astimezone(UTC).date()
    reader = Reader(charter, as_of)
    chapters = [Chapter(n, title, part, tuple(write(reader))) for n, (title, part, write) in enumerate(_CHAPTERS, 1)]
    now = health(charter, as_of, overview.missing_words)
    paper = Document(
        name=charter.name,
        conditions=overview.conditions,
        chapters=tuple(chapters),
        revision=revision,
        saved_at=saved_at,
        health=now,
    )
    history = Paragraph(f"Revision {revision}, saved on {paper.saved}.")
    return replace(paper, chapters=(*chapters, Chapter(len(chapters) + 1, "Change history", "", (history,))))


def _at_a_glance(r: Reader) -> Facts:
    idea = chosen(r.charter.solutions)
    opinions = [r.words(v, "opinion") for v in r.charter.feasibility.verdicts if idea and v.solution == idea.id]
    plan = in_order(r.charter.milestones)
    days = [day for m in plan for day in (m.start, m.due) if day]
    span = f"{day_words(min(days))} to {day_words(max(days))}, {count(len(plan), 'milestone')}" if days else NOT_STATED
    from scoping.value import words as value_words

    brings, costs = value_words.sums(r.worth)
    return Facts(
        (
            ("Solution", short(idea.title) if idea else NOT_STATED),
            ("Can it work", "; ".join(opinions) or NOT_STATED),
            ("What it brings", brings or NOT_STATED),
            ("What it costs", costs or NOT_STATED),
            ("Net present value", value_words.headline(r.worth) or NOT_STATED),
            ("Plan", span),
        ),
        "At a glance",
    )


def _summary(r: Reader) -> list[Block]:
    unnamed = [] if r.charter.project.name.strip() else r.said("project", "name")
    return [
        *r.told("project", "summary"),
        *r.said("project", "decision_asked", "owner", "sponsor"),
        *unnamed,  # a name stands above the document
        _at_a_glance(r),
    ]


_CHAPTERS: tuple[tuple[str, str, Callable[[Reader], list[Block]]], ...] = (
    ("Summary and decision asked", "project", _summary),
    ("Problem and baseline", "problems", problem),
    ("Goals, ranked", "problems", goals),
    ("Decisions and actions", "problems", decisions),
    ("Solution", "solutions", solution),
    ("Scope", "problems", scope),
    ("Feasibility", "feasibility", feasibility),
    ("Metric ladder", "value", metric_ladder),
    ("What it is worth", "value", worth),
    ("What being wrong costs", "value", errors),
    ("Ethics", "ethics", ethics),
    ("Data plan", "data_sources", data),
    ("Milestones and targets", "milestones", plan),
    ("Team and roles", "problems", team),
    ("Budget", "value", budget),
    ("Rollout and monitoring", "rollout", rollout),
    ("Promised and realised", "value", promised_and_realised),
    ("Progress", "milestones", progress),
    ("Risks and stop criteria", "milestones", risks),
    ("Assumptions and open questions", "project", open_questions),
    ("Ratings for the portfolio", "project", ratings),
    ("Sign-off", "project", sign_offs),
)
"""Title, part and content of the chapters in the order of the outline; the change history follows them."""
