"""Questions are asked in plain words; the field's own terms stay in code and in what a figure rests on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scoping.charter import PARTS
from scoping.section import questions
from tests.tools import ROOT

AVOIDED = (
    r"rungs?|slices?|p95|canary|blue-green|shadow mode|NPV|net present value|payback|80 % intervals?|confidence intervals?"
    r"|human-level|HLP|input x|target y|blockers?|stakeholders?|kill criteria"
)
IN_SENTENCES = rf"{AVOIDED}|metric ladder|baselines?|canaries|A/B tests?|IRR|mitigations?|mitigated|to clear|pre-?mortem|compliant|drifts?|RICE|WSJF"
"""No sentence of ours says one of these; a label alone may be the name of what somebody looks for."""
NAMES = ("IRR Iranian rial", "Human-level performance from labels", "model hlp share")
"""The rial, a method under the name that statisticians know it by, and a name that formulas of the workbook use."""
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


def _sentences(path: Path) -> Iterator[str]:
    """What a module of ours says to people: its texts of several words, without what is written for programmers."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented and " " in node.value.strip():
            yield node.value.strip()


def _told_in_browsers(path: Path) -> Iterator[str]:
    """What a browser module says: words between tags, and sentences in quotes."""
    code = re.sub(r"(?<!:)//.*", "", path.read_text("utf-8"))
    for between, quoted in re.findall(r">([^<>${}()=\\n]*[a-z][^<>${}()=\\n]*)<|[\"`]([A-Z][^\"`\n]{4,})[\"`]", code):
        yield (between or quoted).strip()


def test_no_sentence_of_a_page_a_rule_or_an_export_says_a_word_that_has_a_plain_one() -> None:
    said = [
        (path.name, text) for floor in ("pages", "scoping") for path in (ROOT / floor).rglob("*.py") for text in _sentences(path)
    ]
    said += [(path.name, text) for path in (ROOT / "pages" / "static" / "live").glob("*.js") for text in _told_in_browsers(path)]
    assert len(said) > 5_000
    found = [
        (name, text) for name, text in said if re.search(rf"\b(?:{IN_SENTENCES})\b", text, re.IGNORECASE) and text not in NAMES
    ]
    assert found == []


def test_sentences_that_nobody_could_read_aloud_are_gone() -> None:
    told = {path: path.read_text("utf-8") for floor in ("pages", "scoping") for path in (ROOT / floor).rglob("*.py")}
    assert [(path.name, sentence) for path, text in told.items() for sentence in GONE if sentence in text] == []
