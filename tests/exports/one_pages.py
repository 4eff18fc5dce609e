"""The charter of each project on one page, as text that a product owner can read and object to."""

from __future__ import annotations

from collections.abc import Iterator

from pages.parts import steps
from scoping import samples
from scoping.charter import Charter
from scoping.document.one_page import Gap, Piece, Row, one_page
from scoping.editing import new_record
from scoping.review import overview
from scoping.sections.milestones import SECTION as MILESTONES
from scoping.sections.problems import SECTION as PROBLEMS
from scoping.sections.solutions import SECTION as SOLUTIONS
from scoping.sections.solutions import Standing
from scoping.words import day_words
from tests.exports import signals


def bakery() -> Charter:
    """A project after its first hour: the problem has its numbers, an idea is chosen, a date is set."""
    charter = samples.new_charter("Fewer unsold goods at Brotzeit bakeries", "Marta Vogel", "EUR")
    head = charter.project.model_copy(update={"sponsor": "Henrik Brandt, head of sales"})
    waste = new_record(
        PROBLEMS,
        "problems",
        "waste",
        "EUR",
        statement="Our 42 shops throw away one loaf in seven.",
        who_is_affected="Shop managers",
        baseline_metric="What is baked and not sold, in %",
        baseline_value=14.2,
    )
    goal = new_record(PROBLEMS, "goals", "less", "EUR", statement="Fewer unsold goods", rank=1, problem="waste", wanted=10.0)
    idea = new_record(
        SOLUTIONS,
        "solutions",
        "forecast",
        "EUR",
        name="Forecast sales per shop, article and day, and propose the evening order",
        standing=Standing.CHOSEN,
        problems=("waste",),
    )
    first = new_record(MILESTONES, "milestones", "proof", "EUR", deliverable="Proof on six shops", due=signals.TODAY)
    for slug, part in (
        ("project", head),
        ("problems", charter.problems.model_copy(update={"problems": (waste,), "goals": (goal,)})),
        ("solutions", charter.solutions.model_copy(update={"solutions": (idea,)})),
        ("milestones", charter.milestones.model_copy(update={"milestones": (first,)})),
    ):
        charter = charter.with_part(slug, part)
    return charter


def projects() -> Iterator[tuple[str, Charter]]:
    """What the file tells of: those of the signals, and a draft after its first hour."""
    yield from signals.projects()
    yield "A draft after its first hour", bakery()


def _piece(piece: Piece) -> str:
    lead = " " if piece.text.startswith(" ") else ""
    if isinstance(piece, Gap):
        return f"{lead}[{piece.text.strip()}]({steps.href('p', piece.place)})"
    return f"{lead}{{{piece.look}: {piece.text.strip()}}}" if piece.look else piece.text


def _row(row: Row) -> str:
    return f"- **{row.title}** {''.join(map(_piece, row.pieces))}"


def page() -> str:
    """All of them. Square brackets hold what is missing, with its place; braces what is not sure, or measured."""
    lines = ["# Charters on one page", "", page.__doc__ or "", ""]
    for title, charter in projects():
        told = one_page(charter, overview(charter))
        lines += [f"## {title}", "", *map(_row, (told.asked, *told.rows))]
        lines += [
            f"- asked: {d.text} ({d.who or 'nobody yet'}, {day_words(d.due) if d.due else 'no date yet'})" for d in told.decisions
        ]
        lines.append("")
    return "\n".join(lines)
