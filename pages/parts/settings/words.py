"""The words of the field in plain words."""

from __future__ import annotations

from pages.parts import markup
from scoping.content import glossary


def show() -> None:
    """All words, with what is said instead and what they mean."""
    rows = [(term.word, term.say, term.means) for term in glossary.terms()]
    markup.show(
        markup.note(
            "Words that you may hear from others. Pages say the plain one; where another stays, a dotted line explains it."
        ),
        markup.table(("Word", "Say", "What it means"), rows),
    )
