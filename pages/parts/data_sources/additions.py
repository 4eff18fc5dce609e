"""Where more data would help: groups on which the model does poorly and people do well, and what is planned for each."""

from __future__ import annotations

from pages.parts import markup
from pages.parts.here import Step
from scoping.places import Place
from scoping.section import YesNo
from scoping.sections.data_sources import Addition
from scoping.sections.feasibility import Slice
from scoping.words import in_percent, short

_CHECKS = (
    ("realistic", "it is not like what the model will meet"),
    ("people_do_well", "people do not do it well either"),
    ("fails_today", "the model does not fail on it today"),
)
"""The questions that an addition must pass, with what a no to each means."""


def show(step: Step) -> None:
    """The groups with room up to people, largest gain first, with what is planned; and additions that will not help."""
    groups = [g for g in step.charter.feasibility.slices if (_room(g) or 0) > 0]
    additions = step.charter.data_sources.additions
    doubts = [sentence for one in additions if (sentence := _doubt(one))]
    pieces = [markup.heading("Where more data would help")]
    if groups:
        rows = [_row(step, group, additions) for group in sorted(groups, key=lambda g: -(_room(g) or 0) * (g.share or 0))]
        pieces.append(markup.table(("Group", "Model", "People", "Of all cases", "Planned"), rows))
    else:
        link = step.link(Place("feasibility", "slices"), "Note the groups")
        pieces.append(markup.empty("No group is known yet on which people do better than the model.", link))
    markup.show(markup.stack(*pieces, *map(markup.banner, doubts)))


def _room(group: Slice) -> float | None:
    return None if group.model is None or group.hlp is None else group.hlp - group.model


def _row(step: Step, group: Slice, additions: tuple[Addition, ...]) -> tuple[str, ...]:
    known = ("–" if value is None else in_percent(value) for value in (group.model, group.hlp, group.share))
    planned = [markup.words(one.title) for one in additions if one.group == group.id]
    return (
        step.link(Place("feasibility", "slices", group.id), group.title),
        *known,
        markup.lines(planned) if planned else markup.chip("nothing yet", "open"),
    )


def _doubt(one: Addition) -> str:
    """Why an addition will not help, where an answer says so."""
    against = [why for name, why in _CHECKS if getattr(one, name) is YesNo.NO]
    return f"“{short(one.title, 60)}” is unlikely to help: {' and '.join(against)}." if against else ""
