"""What is missing to sign, on the screen: in words, each a link to the place where it is put right."""

from __future__ import annotations

from collections.abc import Iterable

from pages.parts import markup, steps
from scoping.charter import Charter
from scoping.findings import Finding
from scoping.places import place_of
from scoping.signing.conditions import CONDITIONS, Condition, to_sign_words
from storage.store import Opened

NEXT = 3
"""Missing things named on the project's home."""
OPEN = "radio_button_unchecked"


def measure(met: int) -> str:
    """The one measure of progress, in words and as dashes."""
    dashes = "".join(f"<i{' class=met' if n < met else ''}></i>" for n in range(len(CONDITIONS)))
    return f'<div>{to_sign_words(met)}<div class="dashes" aria-hidden="true">{dashes}</div></div>'


def _way(project: str, finding: Finding, charter: Charter) -> str:
    return markup.link(steps.href(project, place_of(finding, charter)), finding.message, OPEN)


def next_ones(project: Opened) -> str:
    """The first things that are missing."""
    missing = project.overview.missing
    told = markup.lines(_way(project.project_id, finding, project.charter) for finding in missing[:NEXT])
    return told + (markup.note(f"and {len(missing) - NEXT} more") if len(missing) > NEXT else "")


def open_conditions(project: Opened, conditions: Iterable[Condition]) -> str:
    """Every condition that is open: its sentence, and what is missing of it."""
    told = (
        f"<strong>{condition.number}. {markup.text(condition.sentence)}</strong>"
        + markup.lines(_way(project.project_id, finding, project.charter) for finding in condition.missing)
        for condition in conditions
        if not condition.is_met
    )
    return markup.lines(told)
