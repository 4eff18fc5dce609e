"""Answers to questions in depth and to those on the law, as edits; and the questions as they are asked one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoping.errors import AnswerError
from scoping.ethics import consequences, questions
from scoping.ethics import words as ethics_words
from scoping.ethics.legal_rules import rules_words
from scoping.merge import Edit, added
from scoping.section import Answer, Record
from scoping.sections.ethics import ChecklistItem, Ethics, ItemAnswer, LegalAnswer

UNKNOWN, NOT_APPLICABLE = "?", ItemAnswer.NOT_APPLICABLE.value


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it is asked.

    Attributes:
        source: the article, or the area, it comes from.
        options: short name and words of each answer, beside “not known yet”.
        chosen: the short name of the answer; `UNKNOWN` where nobody knows, "" while it is open.
        earlier: the answer that was given to an earlier wording, which does not count any more.
    """

    id: str
    ask: str
    help: str
    source: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    earlier: str = ""


def law(ethics: Ethics) -> tuple[Asked, ...]:
    """The questions on the law that have an answer, and the next one."""
    found = consequences.of(ethics).legal
    rows = {row.id: row for row in ethics.legal_path}
    nodes = [s.node for s in found.path if s.node.id in rows] + ([found.next] if found.next else [])
    asked = []
    for node in nodes:
        row = rows.get(node.id)
        counts = row is not None and row.question == node.ask
        asked.append(
            Asked(
                id=node.id,
                ask=node.ask,
                help=node.help,
                source=node.source,
                options=tuple((a.id, a.words) for a in node.answers),
                chosen=_of_law(row) if row and counts else "",
                earlier=row.chosen_words if row and not counts else "",
            )
        )
    return tuple(dict.fromkeys(asked))


def _of_law(row: LegalAnswer) -> str:
    return row.chosen or (UNKNOWN if "chosen" in row.unknown else "")


def depth(ethics: Ethics) -> tuple[Asked, ...]:
    """The questions in depth that apply: those that decide first, the others in the order of their packs."""
    judged = consequences.of(ethics)
    first = [q.id for q in judged.deciding]
    asked = []
    for question in sorted(judged.asked, key=lambda q: first.index(q.id) if q.id in first else len(first)):
        item, home = judged.items.get(question.id), judged.bank.asked[question.id]
        is_stale = item is not None and item.question != question.ask and item.answer("answered") is Answer.ANSWERED
        asked.append(
            Asked(
                id=question.id,
                ask=question.ask,
                help=question.help,
                source=home.area.name,
                options=(*((o.id, o.words) for o in question.options), (NOT_APPLICABLE, ItemAnswer.NOT_APPLICABLE.label)),
                chosen="" if item is None or is_stale else _of_item(item),
                earlier=ethics_words.answer_words(item) if item and is_stale else "",
            )
        )
    return tuple(asked)


def _of_item(item: ChecklistItem) -> str:
    if item.answer("answered") is Answer.UNKNOWN:
        return UNKNOWN
    if item.answered is ItemAnswer.OPTION:
        return item.option
    return item.answered.value if item.answered else ""


def answer_law(ethics: Ethics, name: str, chosen: str, seen: str) -> list[Edit]:
    """An answer on the law with its wording, its article and the version of the rules; "" takes it back.

    Raises:
        AnswerError: the rules do not ask this, have no such answer, or somebody has answered otherwise since it was `seen`.
    """
    tree = consequences.of(ethics).legal.tree
    node = tree.nodes.get(name)
    if node is None:
        raise AnswerError("The rules do not ask this question.", "Reload the page.")
    answer = node.answer(chosen)
    if answer is None and chosen not in ("", UNKNOWN):
        raise AnswerError(f"“{node.ask}” has no such answer.", "Reload the page.")
    old = next((row for row in ethics.legal_path if row.id == name), None)
    _refuse_late(_of_law(old) if old and old.question == node.ask else "", seen, chosen)
    if not chosen:
        return [Edit("legal_path", name, "", old.model_dump(mode="json"), None)] if old else []
    row = LegalAnswer(
        id=name,
        question=node.ask,
        chosen=answer.id if answer else "",
        chosen_words=answer.words if answer else "",
        source=node.source,
        rules=rules_words(tree),
        note=old.note if old else "",
        unknown=() if answer else ("chosen",),
    )
    return _edits("legal_path", old, row)


def answer_depth(ethics: Ethics, name: str, chosen: str, seen: str) -> list[Edit]:
    """An answer in depth with its wording and the version of its pack; "" takes it back.

    Raises:
        AnswerError: no pack asks this, it has no such answer, or somebody has answered otherwise since it was `seen`.
    """
    judged = consequences.of(ethics)
    home = judged.bank.asked.get(name)
    if home is None:
        raise AnswerError("No pack of this project asks this question.", "Reload the page.")
    option = home.question.option(chosen)
    if option is None and chosen not in ("", UNKNOWN, NOT_APPLICABLE):
        raise AnswerError(f"“{home.question.ask}” has no such answer.", "Reload the page.")
    old = judged.items.get(name)
    is_stale = old is not None and old.question != home.question.ask
    _refuse_late(_of_item(old) if old and not is_stale else "", seen, chosen)
    before = old or questions.item(home.pack, home.area.name, name, home.question.ask)
    given: Mapping[str, object] = {"answered": None, "option": "", "option_words": ""}
    if chosen in ("yes", "no", NOT_APPLICABLE):
        given = {**given, "answered": ItemAnswer(chosen)}
    elif option:
        given = {"answered": ItemAnswer.OPTION, "option": chosen, "option_words": option.words}
    others = tuple(n for n in before.unknown if n != "answered")
    wording = {"question": home.question.ask, "area": home.area.name, "pack": home.pack.id, "pack_version": home.pack.version}
    unknown = (*others, "answered") if chosen == UNKNOWN else others
    after = ChecklistItem.model_validate({**before.model_dump(), **given, **wording, "unknown": unknown})
    return _edits("checklist", old, after)


def _refuse_late(now: str, seen: str, chosen: str) -> None:
    if now not in (seen, chosen):
        raise AnswerError("Somebody has just answered this question.", "Look, then answer again.")


def _edits(name: str, before: Record | None, after: Record) -> list[Edit]:
    if before is None:
        return [added(name, after)]
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [Edit(name, after.id, field, old[field], new[field]) for field in new if old[field] != new[field]]
