"""The chapter on feasibility, and the measurements behind it."""

from __future__ import annotations

from datetime import date

from scoping.blocks import Block, Paragraph
from scoping.document.reader import Column, Reader, points
from scoping.section import questions
from scoping.sections.feasibility import Evidence, Grade


def feasibility(r: Reader) -> list[Block]:
    from scoping.feasibility import words as feasibility_words

    part = r.charter.feasibility
    strength = list(Grade)
    evidence = sorted(part.evidence, key=lambda e: -strength.index(e.grade) if e.grade else 1)
    slices = sorted(part.slices, key=lambda s: (s.gain is None, -(s.gain or 0)))
    history = sorted(part.history, key=lambda h: h.when or date.max)
    starts = [q.name for q in questions(type(part)) if q.topic == "start"]
    asked = [q.name for q in questions(type(part)) if q.name not in starts]
    measured = Column("Measured", lambda e: _measured(r, e), ("metric", "value", "low", "high"))
    gap = Column("Gap", lambda s: points(s.gap))
    gain = Column("Gap × share", lambda s: points(s.gain))
    return [
        *r.said("feasibility", *asked),
        *r.entries(
            "feasibility",
            "verdicts",
            ("Verdicts", ("solution", "opinion", "reason", "decided_by", "decided_on", "next_check")),
        ),
        *feasibility_words.by_the_rules(r.charter, r.as_of),
        *r.entries(
            "feasibility",
            "evidence",
            ("Evidence, strongest first", ("finding", "grade", "speaks", "check", measured, "source", "solution")),
            rows=evidence,
            elsewhere=("measurement",),
        ),
        *r.entries(
            "feasibility",
            "hypotheses",
            ("Proof of concept: what is tried", ("belief", "how", "data", "owner", "due", "milestone")),
            (
                "Proof of concept: by which numbers, and what came out",
                ("belief", "metric", "success", "stop", "result", "came_out", "tried_on"),
            ),
            elsewhere=("better",),
        ),
        *([Paragraph("First steps."), *begun] if not r.is_brief and (begun := r.said("feasibility", *starts)) else []),
        *r.entries(
            "feasibility",
            "features",
            ("Predictive features", ("name", "known_when", "source", "signal", "checked_by", "checked_on")),
            elsewhere=("measurement",),
        ),
        *r.kept(part.measurements),
        *r.entries(
            "feasibility",
            "benchmarks",
            (
                "What others reached",
                (
                    "name",
                    "kind",
                    "metric",
                    "value",
                    "unit",
                    "found_on",
                    "data_similarity",
                    "setting_similarity",
                    "link",
                    "solution",
                ),
            ),
        ),
        *([] if r.is_brief else feasibility_words.compared(part)),
        *r.entries(
            "feasibility",
            "history",
            ("History of the project", ("when", "release", "metric", "value", "hlp", "solution", "source")),
            rows=history,
        ),
        *([] if r.is_brief else feasibility_words.history(part)),
        *r.entries(
            "feasibility",
            "slices",
            (
                "Groups, most to gain first",
                ("name", "model", "hlp", gap, "share", gain, "ease", "importance", "must_not_fail", "kind", "cases", "errors"),
            ),
            rows=slices,
        ),
        *feasibility_words.room(part),
    ]


def _measured(r: Reader, evidence: Evidence) -> str:
    """Metric and value, with the interval where there is one."""
    ends = [r.words(evidence, name) for name in ("low", "high")]
    words = r.joined(evidence, "metric", "value", by=": ")
    return f"{words} ({' to '.join(ends)})" if words and all(ends) else words
