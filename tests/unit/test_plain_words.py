"""Questions are asked in plain words; the field's own terms stay in code and in what a figure rests on."""

from __future__ import annotations

import re

from scoping.charter import PARTS
from scoping.section import questions
from tests.tools import ROOT

AVOIDED = (
    r"rungs?|slices?|p95|canary|blue-green|shadow mode|NPV|net present value|payback|80 % intervals?|confidence intervals?"
    r"|human-level|HLP|input x|target y|blockers?|stakeholders?|kill criteria"
)
GONE = ("Metrics that stand guard", "Net value: because", "2 to clear", "Beside your changes")


def _said() -> dict[str, str]:
    """What people read of each question, list and step. Methods keep the names under which statisticians know them."""
    said = {}
    for part in PARTS:
        said[part.slug] = f"{part.title} {part.question} {part.why}"
        said |= {f"{part.slug}.{name}": f"{spec.title} {spec.singular} {spec.begin}" for name, spec in part.lists.items()}
        for name in ("", *part.lists):
            for q in (q for q in questions(part.model_of(name)) if q.name != "method"):
                choices = " ".join(c.label for c in q.choices)
                said[f"{part.slug}.{name}.{q.name}"] = f"{q.label} {q.help} {q.example} {choices}"
    return said


def test_no_question_uses_a_word_that_has_a_plain_one() -> None:
    found = {place: re.findall(rf"\b(?:{AVOIDED})\b", words, re.IGNORECASE) for place, words in _said().items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_sentences_that_nobody_could_read_aloud_are_gone() -> None:
    told = {path: path.read_text("utf-8") for floor in ("pages", "scoping") for path in (ROOT / floor).rglob("*.py")}
    assert [(path.name, sentence) for path, text in told.items() for sentence in GONE if sentence in text] == []
