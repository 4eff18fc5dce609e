"""The chapters on problem, solution, people and open questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scoping.blocks import Block, Facts, Missing, Paragraph, Table
from scoping.document.reader import Column, Reader, as_table, plain_columns, short
from scoping.document.sentences import unknowns
from scoping.section import Answer
from scoping.sections.problems import Side
from scoping.sections.solutions import chosen
from scoping.signing.decisions import Kind, decided
from scoping.signing.signatures import sign_off
from scoping.words import capital


def project(r: Reader) -> list[Block]:
    # Where there is a name it stands above the document, and what the project is in short on the one page.
    unsaid = [name for name in ("name", "summary") if r.charter.project.answer(name) is not Answer.ANSWERED]
    return r.said("project", *unsaid, "decision_asked", "owner", "sponsor", "kind")


def _by_rank(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def problem(r: Reader) -> list[Block]:
    cost = Column(
        "Cost of doing nothing",
        lambda p: r.joined(p, "cost_of_doing_nothing", "cost_period"),
        ("cost_of_doing_nothing", "cost_period"),
    )
    columns = ("statement", "who_is_affected", "how_many", "baseline_metric", "baseline_value", cost)
    rows = _by_rank(r.charter.problems.problems)
    return [*r.said("problems", "link_to_strategy"), *r.entries("problems", "problems", ("", columns), rows=rows)]


def goals(r: Reader) -> list[Block]:
    columns = ("rank", "statement", "problem", "wanted", "wanted_on", "type", "constraint", "measure")
    return r.entries("problems", "goals", ("", columns), rows=_by_rank(r.charter.problems.goals))


def decisions(r: Reader) -> list[Block]:
    columns = ("action", "executed_by", "acts_on", "how_often", "channel", "today")
    return [*r.told("problems", "decision_changed"), *r.entries("problems", "actions", ("", columns))]


def solution(r: Reader) -> list[Block]:
    idea = chosen(r.charter.solutions)
    others = [s for s in r.charter.solutions.solutions if s is not idea]
    columns = ("name", "standing", "approach", "because", "revisit_when")
    return [
        Facts((("Chosen idea", short(idea.title)),)) if idea else Missing("No single idea is chosen for this charter yet."),
        *r.said("solutions"),
        *(r.details([idea]) if idea else []),
        *(
            r.entries("solutions", "solutions", ("Other ideas, and when to look at them again", columns), rows=others)
            if others
            else []
        ),
    ]


def scope(r: Reader) -> list[Block]:
    return r.said("problems", "in_scope", "out_of_scope")


def ratings(r: Reader) -> list[Block]:
    ratings = r.charter.project.ratings
    rated = [row for row in ratings if row.reason.strip() or (row.low, row.likely, row.high) != (None, None, None)]
    left = [row.title for row in ratings if row not in rated]
    if not rated:
        return []
    return [
        Paragraph("Ratings compare this project with others in the portfolio. They are no part of the figures above."),
        *r.entries("project", "ratings", ("", ("criterion", "low", "likely", "high", "reason")), rows=rated),
        *([Missing(f"Not rated yet: {', '.join(left)}.")] if left else []),
    ]


def team(r: Reader) -> list[Block]:
    sides = list(Side)
    people = sorted(r.charter.problems.stakeholders, key=lambda s: sides.index(s.side) if s.side else len(sides))
    return [
        *r.entries(
            "problems", "stakeholders", ("", ("name", "side", "raci", "gains", "loses", "spoken_for_by", "wants")), rows=people
        ),
        *r.said("project", "people_needed", "rhythm"),
    ]


def open_questions(r: Reader) -> list[Block]:
    return [
        *r.entries("project", "assumptions", ("Assumptions and open questions", ("statement", "owner", "due", "state"))),
        *as_table("Answers that are not known yet", plain_columns("Step", "Entry", "Question"), unknowns(r.charter)),
    ]


def sign_offs(r: Reader) -> list[Block]:
    signing = sign_off(r.charter, r.as_of)
    if not signing.signers:
        return [Missing("Nobody is named yet who signs this charter."), *r.said("project", "sign_order", "sign_role")]
    headers = ("Role", "Name", "Where it stands", "Signature", "Remark or reservation")
    rows = (
        (r.words(s.signature, "role"), r.words(s.signature, "name"), capital(s.words), "", r.words(s.signature, "remark"))
        for s in signing.signers
    )
    return [Table("", headers, tuple(rows)), *r.said("project", "sign_order", "sign_role")]


def decision_log(r: Reader) -> list[Block]:
    # In brief a signature, an idea, a verdict or a risk stands in its own chapter alone.
    elsewhere = {Kind.SIGNATURE, Kind.IDEA, Kind.VERDICT, Kind.RISK, Kind.CONCERN, Kind.ETHICS} if r.is_brief else set()
    rows = [
        (
            d.what,
            d.who_and_when,
            str(d.version or ""),
            "\n".join(filter(None, (d.reasons, d.options and f"Else: {d.options}"))),
            d.reopened_if,
        )
        for d in decided(r.charter, r.chosen)
        if d.kind not in elsewhere
    ]
    headers = ("Decided", "By whom, when", "Version", "Because", "Decided anew when")
    return [Table("", headers, tuple(rows))] if rows else []
