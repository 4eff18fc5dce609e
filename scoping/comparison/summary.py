"""A comparison in one sentence that a sponsor can repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scoping import currency as money
from scoping.charter import PART_BY_SLUG
from scoping.comparison.change import Change, What
from scoping.comparison.comparing import Comparison
from scoping.portfolio.figures import Figures, figures
from scoping.section import spelt
from scoping.sections import solutions
from scoping.value import words as value_words
from scoping.words import capital, count, short

NOTHING = "Nothing changed."
_LISTS = 3
_TOLD = {("project", "", "name"), ("project", "", "decision_asked"), ("milestones", "milestones", "due")}
"""Answers that have words of their own in the sentence."""


def summary(comparison: Comparison, now: Figures | None = None) -> str:
    """What changed, the weightiest first.

    Args:
        now: the figures of the newer charter, where somebody knows them already.
    """
    if not comparison.changes:
        return NOTHING
    told = [*_in_words(comparison), *_in_figures(comparison, now), *_dates(comparison), *_lists(comparison), *_rest(comparison)]
    return capital("; ".join(told)) + "."


def _in_words(comparison: Comparison) -> Iterator[str]:
    older, newer = comparison.older, comparison.newer
    if older.project.name != newer.project.name:
        yield f"it is called “{short(newer.name, 60)}”"
    if older.project.decision_asked.split() != newer.project.decision_asked.split():
        yield "decision asked changed"
    before, after = solutions.chosen(older.solutions), solutions.chosen(newer.solutions)
    if (before and before.id) != (after and after.id):
        yield f"the chosen idea is “{short(after.title, 60)}”" if after else "no idea is chosen any more"


def _in_figures(comparison: Comparison, now: Figures | None) -> Iterator[str]:
    old, new = figures(comparison.older), now or figures(comparison.newer)
    if (told := _cost(old)) != (later := _cost(new)):
        yield f"cost {told} to {later}" if told and later else f"cost {later or 'no longer known'}"
    if (told := _worth(old)) != (later := _worth(new)):
        yield f"worth {later or 'no longer known'}" + (f" instead of {told}" if told and later else "")
    if old.can_work is not new.can_work:
        yield f"can it work: {new.can_work.label.lower()} instead of {old.can_work.label.lower()}"
    if old.ethics is not new.ethics:
        yield f"ethics: {new.ethics.label.lower()} instead of {old.ethics.label.lower()}"


def _cost(seen: Figures) -> str:
    return "" if seen.asked is None else money.about(seen.asked, seen.currency)


def _worth(seen: Figures) -> str:
    if seen.low is None or seen.high is None:
        return ""
    return value_words.span(seen.low, seen.high, seen.currency, rough=seen.is_rough)


def _dates(comparison: Comparison) -> Iterator[str]:
    """Milestones that are due on another day."""
    dues = {m.id: m.due for m in comparison.older.milestones.milestones}
    moved = [(m.due - before).days for m in comparison.newer.milestones.milestones if m.due and (before := dues.get(m.id))]
    later, earlier = [d for d in moved if d > 0], [-d for d in moved if d < 0]
    for days, how in ((later, "later"), (earlier, "earlier")):
        if days:
            upto = count(max(days), "day")
            yield f"{_spelt(len(days), 'milestone')} {how}, by {upto if len(set(days)) == 1 else f'up to {upto}'}"


def _lists(comparison: Comparison) -> Iterator[str]:
    """Entries that came and went, list by list."""
    counted = Counter((c.place.part, c.place.list, c.what) for c in comparison.of_terms if c.what in (What.ADDED, What.REMOVED))
    lists = list(dict.fromkeys((part, name) for part, name, _ in counted))
    for part, name in lists[:_LISTS]:
        told = [f"{n} {what}" for what in (What.ADDED, What.REMOVED) if (n := counted[part, name, what])]
        yield f"{PART_BY_SLUG[part].lists[name].title.lower()}: {', '.join(told)}"
    if len(lists) > _LISTS:
        rest = sum(n for (part, name, _), n in counted.items() if (part, name) in lists[_LISTS:])
        yield f"{_spelt(rest, 'entry', 'entries')} elsewhere added or removed"


def _rest(comparison: Comparison) -> Iterator[str]:
    """Answers that were not told yet."""
    of_terms = [c for c in comparison.of_terms if c.what is What.CHANGED]
    other = [c for c in of_terms if not _is_told(c)]
    if other:
        more = "more " if len(other) < len(of_terms) else ""
        yield f"{_spelt(len(other), f'{more}answer')} changed"
    if not comparison.of_terms:
        yield f"{_spelt(len(comparison.changes), 'change')} that no signature is about"


def _is_told(one: Change) -> bool:
    return (one.place.part, one.place.list, one.place.field) in _TOLD and (one.place.field != "due" or bool(one.difference))


def _spelt(number: int, noun: str, many: str = "") -> str:
    return f"{spelt(number)} {noun if number == 1 else many or noun + 's'}"
