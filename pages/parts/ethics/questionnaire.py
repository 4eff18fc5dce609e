"""The questions of the packs: what they come to, and a place to answer each with one click."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import editors, folds, markup, notices, workshop
from pages.parts.workshop import Step
from scoping.answers import UNKNOWN_WORDS
from scoping.errors import PackError, WorkbenchError
from scoping.ethics import charts, consequences, impact, questions
from scoping.ethics import words as ethics_words
from scoping.ethics.bank import Area, Counts, Pack, Question
from scoping.measurement import ROOM
from scoping.merge import Edit, added, removed
from scoping.section import Answer, spelt
from scoping.sections.ethics import ChecklistItem, ItemAnswer, QuestionPack
from scoping.words import count, short

_NOT_APPLICABLE, _UNKNOWN = ItemAnswer.NOT_APPLICABLE.value, "?"
_DETAILS = ("note", "evidence", "owner")
_FEW = 8
"""Questions that would decide the level, shown to be answered at once."""


def show(step: Step) -> None:
    """The few questions of the first impression with what they come to; the long ones once somebody looks closer."""
    judged = consequences.of(step.charter.ethics)
    if not judged.is_first_impression:
        editors.heading(step, "checklist")
        _everything(step)
        return
    st.header(f"First impression: {spelt(judged.tally.asked)} questions", anchor="checklist", divider="gray")
    for area in judged.pack.areas:
        for question in area.questions:
            _question(step, judged.pack, area, question, judged.items.get(question.id), "first")
    if judged.tally.answered:
        outcome(step)
    with folds.fold("Look closer", step.key("closer"), icon=":material/search:") as closer:
        if closer.open:
            st.caption(
                "A longer pack gives a level that can be relied on, and the other questions cover what frameworks ask. "
                "Nothing of it is due while the first impression is not high."
            )
            _everything(step)


def _everything(step: Step) -> None:
    if not consequences.of(step.charter.ethics).is_first_impression:
        outcome(step)
        deciding(step)
    all_questions(step)
    standing(step)
    packs(step)


def outcome(step: Step) -> None:
    """Level with its band, points, per cent and limits side by side, and the questions that would decide it."""
    found = consequences.of(step.charter.ethics).impact
    told = [("Risk points", f"{found.risk.words} of {found.most_risk}")]
    if found.most_mitigation:
        told.append(("Mitigation points", f"{found.mitigation.words} of {found.most_mitigation}"))
    markup.figures(
        [*told, ("Share after mitigation", consequences.share_words(found))],
        title=consequences.level_words(found),
        below=" ".join((f"{consequences.score_words(found)}.", *impact.remarks(found), ethics_words.NO_OFFICIAL)),
    )
    parts_charts.show(step.key("chart", "band"), charts.band, found, parts_charts.theme())


def standing(step: Step) -> None:
    """Points by area, and what each framework still lacks."""
    with folds.fold(
        "Points by area, and what each framework still lacks", step.key("points"), icon=":material/checklist:"
    ) as place:
        if place.open:
            _points(consequences.of(step.charter.ethics).impact)
            _coverage(step)


def _points(found: impact.Impact) -> None:
    rows = [
        {
            "Area": a.area.name,
            "Counts as": a.area.counts.value,
            "Points": a.points.words,
            "At most": a.area.maximum,
            "Answered": f"{a.answered} of {len(a.area.questions)}",
        }
        for a in found.areas
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Points by area")


def deciding(step: Step) -> None:
    """The questions that narrow the band most, to be answered here."""
    found = consequences.of(step.charter.ethics).impact
    wanted = impact.to_decide(found)
    if not wanted:
        return
    shown = wanted[:_FEW]
    words = "this one" if len(wanted) == 1 else f"these {len(wanted)}"
    with folds.fold("Decide it", step.key("deciding"), tally=f"answer {words}", icon=":material/target:") as place:
        if place.open:
            st.caption(
                "Those that narrow the band most come first, taken one by one until some answers to them leave a single level. "
                "With other answers a few more may be needed."
            )
            items = consequences.of(step.charter.ethics).items
            homes = {q.id: a for a in found.pack.areas for q in a.questions}
            for question in shown:
                _question(step, found.pack, homes[question.id], question, items.get(question.id), "deciding")
            if len(wanted) > len(shown):
                st.caption(f"and {len(wanted) - len(shown)} more, among all questions.")


def all_questions(step: Step) -> None:
    """Every question, folded away with a count."""
    judged = consequences.of(step.charter.ethics)
    with folds.fold("All questions", step.key("questions"), tally=judged.tally.words, icon=":material/list:") as place:
        if place.open:
            _areas(step, judged)


def _areas(step: Step, judged: consequences.Consequences) -> None:
    """The areas with their counts, and the questions of those that are chosen, narrowed by framework and what is unanswered."""
    asked = judged.bank.packs_asked(judged.pack)
    titles = {f.id: f.title for f in judged.bank.frameworks}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        framework = st.selectbox(
            "Framework", ["", *titles], format_func=lambda i: titles.get(i, "All frameworks"), key=step.key("framework"), width=300
        )
        is_open = st.checkbox("Only unanswered", key=step.key("unanswered"))
    st.caption(
        f"{judged.tally.words}. Choose the areas to look at. One click answers a question; a note, the evidence and an owner can be "
        "added to each. An answer is kept with the wording it was given to."
    )
    left_out = judged.pack if judged.is_first_impression else None
    shown = [_pack(step, pack, judged.items, framework, is_open) for pack in asked if pack is not left_out]
    if not any(shown):
        st.markdown(":green[:material/check_circle:] Nothing unanswered here.")
    _others(step, {q.id for p in asked for q in p.questions})


def _pack(step: Step, pack: Pack, items: Mapping[str, ChecklistItem], framework: str, is_open: bool) -> bool:
    """The areas of a pack to choose from, and the questions of the chosen ones; whether there is anything to show."""
    shown = {
        area.id: (area, wanted, asked)
        for area in pack.areas
        if (wanted := [q for q in area.questions if not framework or framework in dict(q.frameworks)])
        and (asked := _asked(step, area, wanted, items, is_open))
    }
    if not shown:
        return False
    key = step.key("areas", pack.id)
    st.session_state[key] = [i for i in st.session_state.get(f"{key}.open", []) if i in shown]
    chosen = st.pills(
        notices.plain(pack.title),
        list(shown),
        selection_mode="multi",
        format_func=lambda i: _tally(*shown[i][:2], items),
        key=key,
        on_change=_choose_areas,
        args=(key,),
    )
    for name, (area, _, asked) in shown.items():
        if name not in chosen:
            st.session_state.pop(step.key("seen", area.id), None)
            continue
        st.session_state[step.key("seen", area.id)] = [q.id for q in asked]
        promised = [notices.quiet("What is promised here is asked again at launch.")] if area.counts is Counts.MITIGATION else []
        notices.lines([f"**{notices.plain(area.name)}**", *promised])
        for question in asked:
            _question(step, pack, area, question, items.get(question.id), "area")
    return True


def _choose_areas(key: str) -> None:
    st.session_state[f"{key}.open"] = st.session_state[key]


def _asked(step: Step, area: Area, wanted: list[Question], items: Mapping[str, ChecklistItem], is_open: bool) -> list[Question]:
    """The questions to show; one just answered stays in sight until its area is closed, so that nothing jumps under the mouse."""
    kept = st.session_state.get(step.key("seen", area.id), [])
    return [q for q in wanted if not is_open or q.id in kept or not consequences.counts(items.get(q.id), q)]


def _tally(area: Area, wanted: list[Question], items: Mapping[str, ChecklistItem]) -> str:
    answered = sum(consequences.counts(items.get(q.id), q) for q in wanted)
    if answered == len(wanted):
        return f"{notices.plain(area.name)} · all answered :green[:material/check_circle:]"
    return f"{notices.plain(area.name)} · {answered} of {len(wanted)}"


def _question(step: Step, pack: Pack, area: Area, question: Question, item: ChecklistItem | None, place: str) -> None:
    """One question: its words, its answers, and a note once there is an answer."""
    key = step.key(place, question.id)
    with st.container(border=True, key=f"question.{key}", gap="xsmall"):
        words = {o.id: o.words for o in question.options} | {
            _NOT_APPLICABLE: ItemAnswer.NOT_APPLICABLE.label,
            _UNKNOWN: UNKNOWN_WORDS,
        }
        # Packs that people brought are their words; ours are shown as they are, for a name read aloud keeps every sign.
        literal = str if pack in questions.standard_bank().packs else notices.plain
        is_stale = item is not None and item.question != question.ask and item.answer("answered") is Answer.ANSWERED
        st.session_state[key] = None if is_stale else _chosen(item)
        st.segmented_control(
            literal(question.ask),
            list(words),
            format_func=lambda name: literal(words[name]),
            key=key,
            help=literal(question.help) or None,
            on_change=_answer,
            args=(step.project.project_id, step.project.stamp.number, pack, area.name, question, key),
            disabled=step.project.is_archived,
        )
        if item is not None and is_stale:
            st.caption("Answered to an earlier wording, which does not count any more:")
            st.text(f"{item.question}\n{ethics_words.answer_words(item)}")
        if item is not None and item.answer("answered") is not Answer.BLANK:
            _details(step, item, question, place)


def _chosen(item: ChecklistItem | None) -> str | None:
    if item is None:
        return None
    if item.answer("answered") is Answer.UNKNOWN:
        return _UNKNOWN
    if item.answered is ItemAnswer.OPTION:
        return item.option
    return item.answered.value if item.answered else None


def _details(step: Step, item: ChecklistItem, question: Question, place: str) -> None:
    lacks_reason = item.answered is ItemAnswer.NOT_APPLICABLE and not item.note.strip()
    if lacks_reason:
        st.markdown(":orange[:material/info:] “Does not apply” counts as an answer as soon as it has a reason.")
    elif question.good and item.answered is not ItemAnswer.OPTION and item.answered and item.answered != question.good:
        st.caption("Say what follows from this.")
    key = step.key(place, question.id, "details")
    if lacks_reason:
        folds.unfold(key)
    with folds.fold("Note, evidence, owner", key, type="compact") as more:
        if more.open:
            editors.sheet(step, "checklist", item.id, topic="note")
    if not more.open and (said := " · ".join(short(getattr(item, n), 100) for n in _DETAILS if getattr(item, n).strip())):
        st.caption(notices.plain(said))


def _answer(project: str, seen: int, pack: Pack, area: str, question: Question, key: str) -> None:
    """Save the answer that was clicked; a second click on it takes it back."""
    chosen = st.session_state[key]
    items = consequences.of(workshop.charter_seen(project, seen).ethics).items
    before = items.get(question.id) or questions.item(pack, area, question.id, question.ask)
    unknown = tuple(name for name in before.unknown if name != "answered")
    given: dict[str, object] = {"answered": None, "option": "", "option_words": "", "unknown": unknown}
    if chosen == _UNKNOWN:
        given["unknown"] = (*unknown, "answered")
    elif chosen in ("yes", "no", _NOT_APPLICABLE):
        given["answered"] = ItemAnswer(chosen)
    elif chosen:
        option = question.option(chosen)
        given |= {"answered": ItemAnswer.OPTION, "option": chosen, "option_words": option.words if option else ""}
    wording = {"question": question.ask, "area": area, "pack": pack.id, "pack_version": pack.version}
    after = ChecklistItem.model_validate({**before.model_dump(), **given, **wording})
    save_answers(project, [added("checklist", after)] if question.id not in items else _edits(before, after))


def _edits(before: ChecklistItem, after: ChecklistItem) -> list[Edit]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [Edit("checklist", after.id, name, old[name], new[name]) for name in new if old[name] != new[name]]


def save_answers(project: str, edits: list[Edit]) -> None:
    """Save answers of the ethics step, in a callback; what stands against it is told there."""
    with notices.refusals():
        saved = workshop.save(project, "ethics", edits)
        if saved.conflicts:
            st.toast(
                f"{saved.conflicts[0].by or 'Somebody'} has just answered this question. Look, then answer again.",
                icon=":material/group:",
            )


def _others(step: Step, known: set[str]) -> None:
    """Answers to questions that no pack asks any more, in the words they answered."""
    rows = [i for i in step.charter.ethics.checklist if i.id not in known]
    if not rows:
        return
    with folds.fold("Earlier questions that are not asked any more", step.key("earlier"), tally=str(len(rows))) as place:
        if place.open:
            frame = pd.DataFrame(
                {
                    "Question": [i.question for i in rows],
                    "Answer": [ethics_words.answer_words(i) for i in rows],
                    "Reason or evidence": [i.note for i in rows],
                }
            )
            st.dataframe(frame, hide_index=True, alt="Answers to questions of earlier packs")


def _coverage(step: Step) -> None:
    found = consequences.of(step.charter.ethics).coverage
    rows = [
        {
            "Framework": f.title,
            "Areas covered": f"{sum(not c.lacks for c in own)} of {len(own)}",
            "Still lacking": "; ".join(f"{c.name} ({c.lacks})" for c in own if c.lacks) or "nothing",
        }
        for f in dict.fromkeys(c.framework for c in found)
        for own in ([c for c in found if c.framework == f],)
    ]
    st.table(pd.DataFrame(rows).set_index("Framework"))
    st.caption("An area is covered once every question that serves it has an answer. Our questions, not the frameworks' own words.")


def packs(step: Step) -> None:
    """Which pack gives the level, and the packs of this project."""
    judged = consequences.of(step.charter.ethics)
    name, key = step.spec("question_packs").title, step.key("packs")
    # What the charter misses leads here, so a pack that cannot be read is in sight.
    if any(isinstance(pack, PackError) for pack in questions.own_packs(step.charter.ethics.question_packs).values()):
        folds.unfold(key)
    with folds.fold(name, key, tally=judged.pack.title, icon=":material/inventory_2:") as place:
        if place.open:
            _pack_choice(step)
            editors.heading(step, "question_packs")
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


def _choose_pack(project: str, before: str, key: str) -> None:
    save_answers(project, [Edit("", "", "impact_pack", before, st.session_state[key])])


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
    save_answers(project, [removed("question_packs", row)])


def _bring(step: Step, name: str, data: bytes) -> None:
    """Add a pack, or the new version of one that the project has. One that cannot be read is refused in words."""
    try:
        text = questions.decoded(name, data)
        pack = questions.read_own(name, text)
        rows = {i: p for i, p in questions.own_packs(step.charter.ethics.question_packs).items() if isinstance(p, Pack)}
        same = next((i for i, p in rows.items() if p.id == pack.id), "")
        row = QuestionPack(id=same or workshop.new_id(), name=pack.title, definition=text)
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
    save_answers(step.project.project_id, [e for e in edits if e.before != e.after])
    st.rerun()
