"""What conditions 10 and 11 ask of ethics: answered, taken on where it is high, and no concern without a name."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.ethics import consequences, settling
from scoping.lacking import Missing


def ethics_is_settled(charter: Charter) -> Missing:
    return settling.to_sign(consequences.of(charter.ethics))


def concerns_are_answered(charter: Charter) -> Missing:
    return settling.concerns(charter.ethics)
