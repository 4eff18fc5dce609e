"""A charter that comes back whole, as the changes that lead to it from the revision that it was written from."""

from __future__ import annotations

from scoping import merge
from scoping.charter import PARTS, Charter
from scoping.comparison.edits import Titles
from scoping.merge import AFTER, OWN, Edit, Flat, Key
from scoping.reading import brought
from scoping.reading.brought import Refused, Wish
from scoping.section import Section, question


def of_charter(base: Charter, mine: Charter) -> tuple[tuple[Wish, ...], tuple[Refused, ...]]:
    """What was changed, and what of it cannot come in by a file."""
    old, new = base.titles(), mine.titles()
    titles = {ref: {**old[ref], **new[ref]} for ref in new}
    wishes: list[Wish] = []
    refused: list[Refused] = []
    for section in PARTS:
        then, now = (merge.flatten(section, charter.part(section.slug)) for charter in (base, mine))
        if then == now and merge.by_list(then) == merge.by_list(now):
            continue
        part = _Part(section, then, now, titles)
        for key, edits in _by_key(merge.diff(then, now)).items():
            part.take(key, edits)
        wishes += part.wishes
        refused += part.refused
    return brought.tied(wishes), tuple(refused)


def _by_key(edits: list[Edit]) -> dict[Key, list[Edit]]:
    found: dict[Key, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.key, []).append(edit)
    return found


class _Part:
    def __init__(self, section: Section, then: Flat, now: Flat, titles: Titles) -> None:
        self._section, self._then, self._now, self._titles = section, then, now, titles
        self._moves: dict[str, list[Edit]] = {}
        self._answers: list[Wish] = []
        self.refused: list[Refused] = []

    @property
    def wishes(self) -> list[Wish]:
        """Everything that was taken so far, the orders of lists last."""
        lists, titles = self._section.lists, self._titles
        orders = (brought.of_order(self._section, lists[name], moves, titles) for name, moves in self._moves.items())
        return [*self._answers, *orders]

    def take(self, key: Key, edits: list[Edit]) -> None:
        """What was done to one entry."""
        section, spec = self._section, self._section.lists.get(key[0])
        moves = [edit for edit in edits if edit.field == AFTER]
        edits = [edit for edit in edits if edit.field != AFTER]
        if key == OWN or (key in self._then and key in self._now):
            if spec and moves:
                self._moves.setdefault(spec.name, []).extend(moves)
            self._answered(key, edits)
        elif spec and spec.machine and key in self._now:
            self.refused.append(Refused(part=section.slug, why=f"{spec.title}: entries are written by the workbench itself."))
        elif spec and key in self._now:
            record = spec.record.model_validate(self._now[key])
            self._answers.append(brought.of_new(section, spec, record, self._titles, moves=moves))
        elif spec:
            gone = brought.of_removed(section, spec, spec.record.model_validate(self._then[key]))
            (self._answers if isinstance(gone, Wish) else self.refused).append(gone)  # type: ignore[arg-type]

    def _answered(self, key: Key, edits: list[Edit]) -> None:
        section, spec = self._section, self._section.lists.get(key[0])
        title = spec.record.model_validate(self._then[key]).title if spec else ""
        good = []
        for edit in edits:
            asked = None if edit.field == "unknown" else question(section.model_of(key[0]), edit.field)
            if asked and (never := brought.refusal(section, spec, asked, self._now[key])):
                self.refused.append(Refused(part=section.slug, place=title, found=str(edit.after or ""), why=never))
            else:
                good.append(edit)
        then, now = self._then[key], self._now[key]
        self._answers += brought.of_answers(section, spec, then, now, good, titles=self._titles, title=title)
