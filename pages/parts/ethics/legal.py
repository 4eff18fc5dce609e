"""The way through the decision tree: one question after the other, each with its article, and where it leads."""

from __future__ import annotations

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
    """What the answers lead to, the way so far, and the next question."""
    found = consequences.of(step.charter.ethics).legal
    _result(found)
    rows = {row.id: row for row in step.charter.ethics.legal_path}
    for place in found.path:
        if place.node.id in rows:
            _node(step, found, place.node, rows[place.node.id])
    if found.next is not None:
        st.markdown("**Next question**")
        _node(step, found, found.next, None)
    elif found.result is None:
        st.markdown("Every question on the way has an answer or is marked as not known yet.")
    strangers = [row for row in rows.values() if row.id not in {s.node.id for s in found.path}]
    if strangers:
        st.caption(
            f"Kept from another way through the tree, or from earlier rules, without effect: "
            f"{notices.plain('; '.join(row.title for row in strangers))}"
        )
    st.caption(
        f"{notices.plain(rules_words(found.tree))}. Found by a decision tree, never by a score. {ethics_words.NO_OFFICIAL} "
        "Talk to counsel before you rely on it."
    )


def _result(found: Found) -> None:
    with st.container(border=True):
        if not found.is_asked:
            st.markdown("**The class is not looked for yet**")
            st.caption("Answer one question after the other. “Not known yet” keeps several classes possible, and says so.")
            return
        if found.result:
            legal = found.result.legal
            st.markdown(f"**{notices.plain(found.result.words)}** · {notices.plain(legal.source)}")
            st.markdown(notices.plain(legal.means))
            for duty in found.result.duties:
                st.markdown(
                    f"- {notices.plain(duty.name.capitalize())} ({notices.plain(duty.source)}): {notices.plain(duty.means)}"
                )
            return
        st.markdown(
            f"**Not certain: {count(len(found.classes), 'class', 'classes')} are possible**"
            if len(found.classes) > 1
            else "**Duties are not certain**"
        )
        for legal in found.classes[:_MOST_RESULTS]:
            st.markdown(f"- {notices.plain(legal.name)} ({notices.plain(legal.source)}): {notices.plain(legal.means)}")


def _node(step: Step, found: Found, node: Node, row: LegalAnswer | None) -> None:
    key = step.key("node", node.id)
    with st.container(border=True, key=f"question.{key}", gap="xsmall"):
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
            args=(step.project.project_id, step.project.stamp.number, node, rules_words(found.tree), key),
            disabled=step.project.is_archived,
        )
        st.caption(notices.plain(node.source))
        if row is not None and row.question != node.ask:
            st.caption("Answered to an earlier wording, which does not count any more:")
            st.text(f"{row.question}\n{row.chosen_words or UNKNOWN_WORDS}")
        if row is not None:
            with folds.fold("Reason or evidence", f"{key}.note", type="compact") as more:
                if more.open:
                    editors.sheet(step, "legal_path", row.id, topic="note")
            if not more.open and row.note.strip():
                st.caption(notices.plain(short(row.note, 200)))


def _answer(project: str, seen: int, node: Node, rules: str, key: str) -> None:
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
        edits = [added("legal_path", row)]
    elif chosen is None:
        edits = [Edit("legal_path", node.id, "", old.model_dump(mode="json"), None)]
    else:
        before, after = old.model_dump(mode="json"), {**row.model_dump(mode="json"), "note": old.note}
        edits = [Edit("legal_path", node.id, name, before[name], after[name]) for name in after if before[name] != after[name]]
    questionnaire.save_answers(project, edits)
