"""What is missing to sign, on the screen: the one measure of progress."""

from __future__ import annotations

from pages.parts import markup
from scoping.signing.conditions import CONDITIONS, to_sign_words


def measure(met: int) -> str:
    """The one measure of progress, in words and as dashes."""
    return f"<div>{to_sign_words(met)}{markup.dashes(met, len(CONDITIONS))}</div>"
