"""Codes of six letters that are easy to say: BADEKO. None look alike, and none say something rude."""

from __future__ import annotations

import re
import secrets

CONSONANTS, VOWELS = "bdfghkmnprstvz", "aeou"
_PAIRS = 3
_RUDE = re.compile("fag|fok|fuk|gaz|hor|hur|kak|kok|kuk|nazo|neg|nude|pede|pup|put|rap|sade|suk|tat|tet|tod|zob")
"""Pieces of words, in several languages, that nobody wants to read out."""


def new_code() -> str:
    """A code by chance, in small letters."""
    while True:
        code = "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(_PAIRS))
        if not _RUDE.search(code):
            return code


def as_typed(text: str) -> str:
    """A code as somebody typed it, without spaces and case, and a nought read as the letter: no code holds a digit."""
    return re.sub(r"[\W_]+", "", text).casefold().replace("0", "o")
