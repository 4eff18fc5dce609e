"""Which column is probably what, and what kind of label it holds, read off the names and the examples of a table."""

from __future__ import annotations

from collections.abc import Sequence

from scoping.measuring.hlp.labels import Level
from scoping.measuring.hlp.result import Layout, Settings
from scoping.tables import missingness, notation
from scoping.tables.headings import with_word
from scoping.tables.table import Column, Preview

_ROLES = {
    "truth": with_word("truth|gold|golden|true|actual|reference|correct|ground.?truth"),
    "model": with_word("model|predictions?|predicted|pred"),
    "labeller": with_word("labell?ers?|annotators?|raters?|coders?|workers?|users?|who|persons?|experts?|judges?|observers?|by"),
    "item": with_word("items?|id|cases?|examples?|images?|clips?|documents?|docs?|texts?|questions?|tasks?|units?|subjects?"),
    "label": with_word("labels?|class|category|answers?|ratings?|codes?|codings?|verdicts?|annotations?|scores?|grades?"),
}
"""What columns are called, the plainest words first."""
_SCALES = (
    ("none", "minimal", "mild", "moderate", "severe", "very severe"),
    ("very low", "low", "medium", "high", "very high"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("impossible", "doubtful", "possible", "probable", "certain"),
)
_KINDS_AT_MOST = 20
"""Different labels that are still guessed to be kinds when all of them are numbers."""


def guess(preview: Preview) -> Settings:
    """Columns by their names; the kind of label by its examples."""
    called: dict[str, str] = {}
    for role, pattern in _ROLES.items():
        called[role] = next((c.name for c in preview.columns if c.name not in called.values() and pattern.search(c.name)), "")
    if not (called["labeller"] and called["label"]):
        return _wide(preview, called)
    column = preview.column(called["label"])
    level, classes = _level([column] if column else [])
    return Settings(
        layout=Layout.LONG,
        item=called["item"],
        labeller=called["labeller"],
        label=called["label"],
        truth=called["truth"],
        model=called["model"],
        level=level,
        classes=classes,
    )


def _wide(preview: Preview, called: dict[str, str]) -> Settings:
    item = called["item"]
    if not item and preview.columns and preview.columns[0].distinct == preview.rows_seen > _KINDS_AT_MOST:
        item = preview.columns[0].name
    taken = {item, called["truth"], called["model"]}
    people = [c for c in preview.columns if c.name not in taken and c.distinct]
    level, classes = _level(people)
    return Settings(
        layout=Layout.WIDE,
        item=item,
        labellers=tuple(c.name for c in people),
        truth=called["truth"],
        model=called["model"],
        level=level,
        classes=classes,
    )


def _level(columns: Sequence[Column]) -> tuple[Level, tuple[str, ...]]:
    """Kinds, unless the examples are many different numbers or steps of a usual scale."""
    examples = [e.strip() for c in columns for e in c.examples if not missingness.is_missing(e)]
    numbers = (notation.number(e) for e in examples)
    if examples and max(c.distinct for c in columns) > _KINDS_AT_MOST and all(n is not None for n in numbers):
        return Level.NUMERIC, ()
    steps = {e.casefold(): e for e in examples}
    for scale in _SCALES:
        if len(steps) > 2 and set(steps) <= set(scale):
            return Level.ORDINAL, tuple(steps[step] for step in scale if step in steps)
    return Level.NOMINAL, ()
