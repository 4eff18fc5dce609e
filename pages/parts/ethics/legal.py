"""The way through the decision tree: one question after the other, each with its article, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import editors, folds, notices, workshop
from pages.parts.ethics import questionnaire
from pages.parts.workshop import Step
from scoping.answers import UNKNOWN_WORDS
from scoping.ethics import consequences
from scoping.ethics import words as ethics_words
from scoping.ethics.legal_class import Found, Node
from scoping.ethics.legal_rules import rules_words
from scoping.merge import Edit, added
from scoping.sections.ethics import LegalAnswer
from scoping.words import count, short

_UNKNOWN = "?"
_MOST_RESULTS = 6


def way(step: Step) -> None:
    """What the answers lead to, the way so far, and one of its questions: the next one, or another that was chosen."""
    found = consequences.of(step.charter.ethics).legal
    rows = {row.id: row for row in step.charter.ethics.legal_path}
    notices.lines(_result(found))
    if node := _chosen(step, found, rows):
        _node(step, found, node, rows.get(node.id))
    strangers = [row for row in rows.values() if row.id not in {s.node.id for s in found.path}]
    kept = "Kept from another way through the tree, or from earlier rules, without effect: "
    told = [notices.quiet(f"{kept}{'; '.join(row.title for row in strangers)}")] if strangers else []
    by_rules = f"{rules_words(found.tree)}. Found by a decision tree, never by a score. {ethics_words.NO_OFFICIAL}"
    notices.lines([*told, notices.quiet(f"{by_rules} Talk to counsel before you rely on it.")])


def _result(found: Found) -> list[str]:
    """The class with what it means, or the classes that are possible, as Markdown."""
    if not found.is_asked:
        begin = "Answer one question after the other. “Not known yet” keeps several classes possible, and says so."
        return ["**The class is not looked for yet**", notices.quiet(begin)]
    if found.result:
        legal = found.result.legal
        duties = (_item(duty.name.capitalize(), duty.source, duty.means) for duty in found.result.duties)
        head = f"**{notices.plain(found.result.words)}** · {notices.plain(legal.source)}"
        return [head, notices.plain(legal.means), "\n".join(duties)]
    many = len(found.classes)
    head = f"**Not certain: {count(many, 'class', 'classes')} are possible**" if many > 1 else "**Duties are not certain**"
    return [head, "\n".join(_item(legal.name, legal.source, legal.means) for legal in found.classes[:_MOST_RESULTS])]


def _item(name: str, source: str, means: str) -> str:
    return f"- {notices.plain(name)} ({notices.plain(source)}): {notices.plain(means)}"


def _chosen(step: Step, found: Found, rows: Mapping[str, LegalAnswer]) -> Node | None:
    """All questions of the way with their answers, and the one that is open: where nobody chose another, the next one."""
    nodes = [place.node for place in found.path if place.node.id in rows] + ([found.next] if found.next else [])
    if not nodes:
        return None
    by_id, key = {node.id: node for node in nodes}, step.key("way")
    wanted = st.session_state.get(f"{key}.open", "")
    st.session_state[key] = wanted if wanted in by_id else nodes[-1].id
    chosen = st.radio(
        "Questions on the way" if found.next else "Every question on the way has an answer or is marked as not known yet",
        list(by_id),
        format_func=lambda i: notices.plain(by_id[i].ask),
        captions=[_answered(node, rows.get(node.id)) for node in nodes],
        key=key,
        on_change=_open,
        args=(key,),
    )
    return by_id[chosen]


def _open(key: str) -> None:
    st.session_state[f"{key}.open"] = st.session_state[key]


def _answered(node: Node, row: LegalAnswer | None) -> str:
    """What stands below a question of the way, as Markdown."""
    if row is None:
        return f"**Next question** · {notices.plain(node.source)}"
    if row.question != node.ask:
        return ":orange[Answered to an earlier wording] · " + notices.plain(node.source)
    note = f" · {short(row.note, 200)}" if row.note.strip() else ""
    return f"**{notices.plain(row.chosen_words or UNKNOWN_WORDS)}** · {notices.plain(node.source + note)}"


def _node(step: Step, found: Found, node: Node, row: LegalAnswer | None) -> None:
    key = step.key("node", node.id)
    words = {a.id: a.words for a in node.answers} | {_UNKNOWN: UNKNOWN_WORDS}
    known = row is not None and row.question == node.ask and (row.chosen in words or not row.chosen)
    st.session_state[key] = (row.chosen or _UNKNOWN) if row and known else None
    st.segmented_control(
        node.ask,
        list(words),
        format_func=words.__getitem__,
        key=key,
        help=node.help or None,
        on_change=_answer,
        args=(step.project.project_id, step.project.stamp.number, node, rules_words(found.tree), key, step.key("way")),
        disabled=step.project.is_archived,
    )
    if row is None:
        return
    if row.question != node.ask:
        st.text(
            f"Answered to an earlier wording, which does not count any more:\n{row.question}\n{row.chosen_words or UNKNOWN_WORDS}"
        )
    with folds.fold("Reason or evidence", f"{key}.note", type="compact") as more:
        if more.open:
            editors.sheet(step, "legal_path", row.id, topic="note")


def _answer(project: str, seen: int, node: Node, rules: str, key: str, way: str) -> None:
    """Save the answer that was clicked, with the wording, the article and the version of the rules; a second click takes it back."""
    chosen = st.session_state[key]
    path = {row.id: row for row in workshop.charter_seen(project, seen).ethics.legal_path}
    answer = node.answer(chosen or "")
    row = LegalAnswer(
        id=node.id,
        question=node.ask,
        chosen=answer.id if answer else "",
        chosen_words=answer.words if answer else "",
        source=node.source,
        rules=rules,
        unknown=("chosen",) if chosen == _UNKNOWN else (),
    )
    old = path.get(node.id)
    if old is None:
        # Whoever answers a new question is led to the one after it; whoever changes an answer stays there.
        st.session_state.pop(f"{way}.open", None)
        edits = [added("legal_path", row)]
    elif chosen is None:
        edits = [Edit("legal_path", node.id, "", old.model_dump(mode="json"), None)]
    else:
        before, after = old.model_dump(mode="json"), {**row.model_dump(mode="json"), "note": old.note}
        edits = [Edit("legal_path", node.id, name, before[name], after[name]) for name in after if before[name] != after[name]]
    questionnaire.save_answers(project, edits)
