"""What is missing to sign, on the screen: in words, each a link to the place where it is put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pages.parts import markup, steps
from scoping.findings import Finding
from scoping.places import place_of
from scoping.signing.conditions import CONDITIONS, Condition, to_sign_words
from storage.store import Opened

NEXT = 3
"""Missing things named on the project's home."""
NAMED = 12
"""Missing things of one condition that are named; whoever has put these right sees the next."""
OPEN = "radio_button_unchecked"


def measure(met: int) -> str:
    """The one measure of progress, in words and as dashes."""
    return f"<div>{to_sign_words(met)}{markup.dashes(met, len(CONDITIONS))}</div>"


def _links(project: Opened, missing: Sequence[Finding], at_most: int) -> str:
    """What is missing, each as a link to the field where it is put right; what is not named is counted."""
    told = markup.lines(
        markup.link(
            steps.href(project.project_id, place_of(finding, project.charter)),
            f"{finding.message} (not known yet)" if finding.is_unknown else finding.message,
            OPEN,
        )
        for finding in missing[:at_most]
    )
    return told + (markup.note(f"and {len(missing) - at_most} more") if len(missing) > at_most else "")


def next_ones(project: Opened) -> str:
    """The first things that are missing."""
    return _links(project, project.overview.missing, NEXT)


def open_conditions(project: Opened, conditions: Iterable[Condition]) -> str:
    """Every condition that is open: its sentence, and what is missing of it."""
    told = (
        f"<strong>{condition.number}. {markup.text(condition.sentence)}</strong>{_links(project, condition.missing, NAMED)}"
        for condition in conditions
        if not condition.is_met
    )
    return markup.lines(told)
