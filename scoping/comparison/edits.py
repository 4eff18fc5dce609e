"""What somebody changed, in words: what it was and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoping import answers
from scoping.merge import AFTER, Edit
from scoping.section import Section, question, questions
from scoping.words import short

Titles = Mapping[str, Mapping[str, str]]
_LONGEST, _LONGEST_NAME = 300, 60


@dataclass(frozen=True)
class Change:
    """An edit as people read it.

    Attributes:
        what: the question, or what was done where no question was answered.
        before: "" for what had no answer; both are "" where nothing was answered.
    """

    what: str
    before: str = ""
    after: str = ""
    is_answer: bool = False

    @property
    def words(self) -> str:
        """In one line."""
        return f"{self.what}: {self.before or 'nothing'} → {self.after or 'nothing'}" if self.is_answer else self.what


def change(section: Section, edit: Edit, titles: Titles, currency: str) -> Change:
    """An edit in words, which do not say in which record it was made.

    Args:
        titles: of the records that links refer to, as `Charter.titles` has them.
        currency: that amounts of the record are in now.
    """
    if not edit.field:
        return _came_or_went(section, edit)
    if edit.field == AFTER:
        behind = titles.get(f"{section.slug}.{edit.list}", {}).get(str(edit.after), answers.REMOVED)
        return Change(f"moved behind “{short(behind, _LONGEST_NAME)}”" if edit.after else "moved to the top")
    if edit.field == "unknown":
        return Change(_marked(section, edit))
    spec = question(section.model_of(edit.list), edit.field)
    names = titles.get(spec.refers_to, {})

    def words(value: Any) -> str:
        said = answers.words(spec, value, currency, names)
        return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"

    return Change(spec.label, words(edit.before), words(edit.after), is_answer=True)


def is_told(section: Section, edit: Edit) -> bool:
    """Whether people read of it: the fingerprint that comes with a signature tells them nothing."""
    specs = {spec.name: spec for spec in questions(section.model_of(edit.list))}
    spec = specs.get(edit.field)
    return spec is None or not (spec.sealed and spec.machine)


def sentence(section: Section, edit: Edit, titles: Titles, currency: str) -> str:
    """An edit in words that say in which record it was made."""
    told = change(section, edit, titles, currency).words
    name = titles.get(f"{section.slug}.{edit.list}", {}).get(edit.record, "") if edit.field else ""
    return f"{short(name, _LONGEST_NAME)} · {told}" if name else told


def _came_or_went(section: Section, edit: Edit) -> Change:
    spec = section.lists.get(edit.list)
    title = spec.record.model_validate(edit.after or edit.before).title if spec else ""
    return Change(f"{'Added' if edit.before is None else 'Removed'} {spec.singular if spec else 'entry'}: {title}")


def _marked(section: Section, edit: Edit) -> str:
    model = section.model_of(edit.list)
    now, then = set(edit.after or ()), set(edit.before or ())
    marked = [question(model, n).label for n in sorted(now - then)]
    cleared = [question(model, n).label for n in sorted(then - now)]
    parts = [f"{', '.join(marked)}: not known yet"] if marked else []
    parts += [f"{', '.join(cleared)}: no longer marked as not known"] if cleared else []
    return "; ".join(parts)
