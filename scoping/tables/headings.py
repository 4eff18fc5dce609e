"""What columns are called."""

from __future__ import annotations

import re


def with_word(words: str) -> re.Pattern[str]:
    """Matches a name that has one of the words in it, such as "truth|gold", whatever stands between words."""
    return re.compile(rf"(^|[^a-z])({words})($|[^a-z])", re.IGNORECASE)
