"""The words of the field in plain words: what is said instead, what it means, and where a sentence holds one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scoping import content


@dataclass(frozen=True)
class Term:
    """A word that not everybody knows.

    Attributes:
        say: what pages say instead.
        means: one sentence for somebody who has never heard it.
        also: other spellings and forms.
    """

    word: str
    say: str
    means: str
    also: tuple[str, ...] = ()


@cache
def terms() -> tuple[Term, ...]:
    """All words, in the order of the alphabet."""
    told = tomllib.loads(content.text("glossary.toml"))["words"]
    made = (Term(t["word"], t["say"], t["means"], tuple(t.get("also", ()))) for t in told)
    return tuple(sorted(made, key=lambda term: term.word.casefold()))


def term(word: str) -> Term:
    """The term that a word is a form of. Raises KeyError for one that is not explained."""
    return _by_form()[word.casefold()]


def pieces(sentence: str) -> Iterator[tuple[str, Term | None]]:
    """A sentence cut where words stand that are explained; each of them once, at its first place."""
    explained: set[str] = set()
    end = 0
    for match in _pattern().finditer(sentence):
        meant = term(match[0])
        if meant.word in explained:
            continue
        explained.add(meant.word)
        if match.start() > end:
            yield sentence[end : match.start()], None
        yield match[0], meant
        end = match.end()
    if end < len(sentence):
        yield sentence[end:], None


@cache
def _by_form() -> dict[str, Term]:
    return {form.casefold(): term for term in terms() for form in (term.word, *term.also)}


@cache
def _pattern() -> re.Pattern[str]:
    """Longer forms first, so that "false positives" is not read as a form of something shorter."""
    forms = sorted(_by_form(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)
