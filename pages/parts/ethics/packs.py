"""Question packs: which one gives the impact level, and those that a project brings itself."""

from __future__ import annotations

import streamlit as st

from pages.parts import editors, folds, here, notices
from pages.parts.here import Step
from scoping.errors import PackError, WorkbenchError
from scoping.ethics import consequences, questions
from scoping.ethics.bank import Pack
from scoping.measurement import ROOM
from scoping.merge import Edit, added, removed
from scoping.sections.ethics import QuestionPack
from scoping.words import count


def show(step: Step) -> None:
    """Which pack gives the level, and the packs of the open project, behind a fold that opens where one cannot be read."""
    key = step.key("packs")
    if any(isinstance(pack, PackError) for pack in questions.own_packs(step.charter.ethics.question_packs).values()):
        folds.unfold(key)
    with folds.fold("Question packs", key) as place:
        if place.open:
            editors.heading(step, "question_packs")
            _pack_choice(step)
            _own_packs(step)


def _pack_choice(step: Step) -> None:
    """Which pack gives the level."""
    ethics = step.charter.ethics
    judged = consequences.of(ethics)
    scored = judged.bank.scored
    titles = {p.id: p.title for p in scored}
    key = step.key("impact_pack")
    st.session_state[key] = judged.pack.id
    st.selectbox(
        "The level rests on",
        list(titles),
        format_func=lambda i: titles.get(i, ""),
        key=key,
        on_change=_choose_pack,
        args=(step.project.project_id, ethics.impact_pack, key),
        width=360,
    )


def _save(project: str, edits: list[Edit]) -> None:
    """Save in a callback; what stands against it is told there."""
    with notices.refusals():
        here.save(project, "ethics", edits)


def _choose_pack(project: str, before: str, key: str) -> None:
    _save(project, [Edit("", "", "impact_pack", before, st.session_state[key])])


def _own_packs(step: Step) -> None:
    """Question packs of this project: bring one as a file, see what it asks or why it cannot be read."""
    st.caption(
        "A pack is a text file in TOML; its format is explained in scoping/content/ethics/README.md. Packs in that folder are asked "
        "of every project, one brought here of this project only. A pack with the id of another one takes its place."
    )
    found = questions.own_packs(step.charter.ethics.question_packs)
    for row in step.charter.ethics.question_packs:
        _own_pack(step, row, found.get(row.id))
    with st.form(step.key("pack"), clear_on_submit=True):
        file = st.file_uploader(
            f"A pack of questions, up to {ROOM:,} characters",
            type="toml",
            key=step.key("pack", "file"),
            max_upload_size=questions.LARGEST_MB,
        )
        if st.form_submit_button("Add the pack", icon=":material/add:") and file is not None:
            _bring(step, file.name, file.getvalue())


def _own_pack(step: Step, row: QuestionPack, pack: Pack | PackError | None) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if isinstance(pack, Pack):
            asked = count(sum(1 for _ in pack.questions), "question")
            st.markdown(f"**{notices.plain(pack.title)}** · version {pack.version} · {asked}", width="stretch")
        elif isinstance(pack, PackError):
            st.markdown(f":orange[:material/error:] **{notices.plain(row.title)}** {notices.plain(str(pack))}", width="stretch")
        else:
            st.markdown(f"**{notices.plain(row.title)}** is empty.", width="stretch")
        st.button(
            "Remove",
            key=step.key("pack", row.id),
            type="tertiary",
            icon=":material/delete:",
            on_click=_drop,
            args=(step.project.project_id, row),
        )


def _drop(project: str, row: QuestionPack) -> None:
    _save(project, [removed("question_packs", row)])


def _bring(step: Step, name: str, data: bytes) -> None:
    """Add a pack, or the new version of one that the project has. One that cannot be read is refused in words."""
    try:
        text = questions.decoded(name, data)
        pack = questions.read_own(name, text)
        rows = {i: p for i, p in questions.own_packs(step.charter.ethics.question_packs).items() if isinstance(p, Pack)}
        same = next((i for i, p in rows.items() if p.id == pack.id), "")
        row = QuestionPack(id=same or here.new_id(), name=pack.title, definition=text)
        others = [r for r in step.charter.ethics.question_packs if r.id != same]
        if isinstance(refused := questions.own_packs([*others, row])[row.id], PackError):
            raise refused
    except WorkbenchError as error:
        notices.refused(error)
        return
    old = next((r for r in step.charter.ethics.question_packs if r.id == same), None)
    edits = [added("question_packs", row)]
    if old:
        edits = [Edit("question_packs", same, n, getattr(old, n), getattr(row, n)) for n in ("name", "definition")]
    _save(step.project.project_id, [e for e in edits if e.before != e.after])
    st.rerun()
