"""What somebody changed, in words: what it was and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoping import answers
from scoping.merge import AFTER, Edit
from scoping.section import Section, question, questions
from scoping.words import short

Titles = Mapping[str, Mapping[str, str]]
WRITTEN_ANEW = "written anew"
"""What is told of an answer that only the workbench can read."""
_LONGEST, _LONGEST_NAME = 300, 60
_UNKNOWN, _NOT_KNOWN = "unknown", answers.UNKNOWN_WORDS.lower()


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
    if edit.field == _UNKNOWN:
        return Change(_marked(section, edit))
    spec = question(section.model_of(edit.list), edit.field)
    if spec.machine:
        return Change(f"{spec.label}: {WRITTEN_ANEW}")
    names = titles.get(spec.refers_to, {})

    def words(value: Any) -> str:
        said = answers.words(spec, value, currency, names)
        return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"

    return Change(spec.label, words(edit.before), words(edit.after), is_answer=True)


def sentences(section: Section, edits: Sequence[Edit], titles: Titles, currency: Callable[[Edit], str]) -> list[str]:
    """Edits that were made together, a sentence for each. That an answer is not known yet is told with the answer.

    Args:
        currency: that amounts of an edit's record are in now.
    """
    marks = {(e.key, name): name in (e.before or ()) for e in edits if e.field == _UNKNOWN for name in _marks(e)}
    answered = {(e.key, e.field) for e in edits}
    told = []
    for edit in _read(section, edits):
        if edit.field == _UNKNOWN:
            alone = {name for name in _marks(edit) if (edit.key, name) not in answered}
            if not alone:
                continue
            had, has = (sorted(alone & set(names or ())) for names in (edit.before, edit.after))
            told.append(sentence(section, replace(edit, before=had, after=has), titles, currency(edit)))
            continue
        one = change(section, edit, titles, currency(edit))
        if (was := marks.get((edit.key, edit.field))) is not None:
            before, after = (one.before or _NOT_KNOWN, one.after) if was else (one.before, one.after or _NOT_KNOWN)
            one = replace(one, before=before, after=after)
        told.append(_where(section, edit, titles, one))
    return told


def _read(section: Section, edits: Sequence[Edit]) -> list[Edit]:
    """Edits without those of answers that only the workbench reads, where something else of the same entry was changed too."""

    def is_machine(edit: Edit) -> bool:
        asked = questions(section.model_of(edit.list))
        return any(spec.machine and spec.name == edit.field for spec in asked)

    others = {edit.key for edit in edits if not is_machine(edit)}
    return [edit for edit in edits if edit.key not in others or not is_machine(edit)]


def _marks(edit: Edit) -> set[str]:
    """The questions that an edit marks as not known, or no longer so."""
    return set(edit.before or ()) ^ set(edit.after or ())


def is_told(section: Section, edit: Edit) -> bool:
    """Whether people read of it: the fingerprint that comes with a signature tells them nothing."""
    specs = {spec.name: spec for spec in questions(section.model_of(edit.list))}
    spec = specs.get(edit.field)
    return spec is None or not (spec.sealed and spec.machine)


def sentence(section: Section, edit: Edit, titles: Titles, currency: str) -> str:
    """An edit in words that say in which record it was made."""
    return _where(section, edit, titles, change(section, edit, titles, currency))


def _where(section: Section, edit: Edit, titles: Titles, told: Change) -> str:
    name = titles.get(f"{section.slug}.{edit.list}", {}).get(edit.record, "") if edit.field else ""
    return f"{short(name, _LONGEST_NAME)} · {told.words}" if name else told.words


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
