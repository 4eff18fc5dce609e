"""A list of records as a table that saves every cell as it is edited.

Positions are frozen while somebody works in the table, values follow the database, and blank rows at the end take
typing and pasting. Each position stands for a record id: edits are saved by id, never by position.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from time import sleep
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import notices, workshop
from scoping import answers, editing
from scoping.charter import Charter
from scoping.errors import WorkbenchError
from scoping.merge import Edit, added, apply
from scoping.section import FieldSpec, Kind, ListSpec, Record, Section, is_blank
from scoping.words import count

SPARE = 5
"""Blank rows at the end of a table."""
_TEXT = "string"
"""All cells are texts, read by `scoping.answers`: a cell of numbers or dates drops what it does not understand when it is
pasted ("?", "12 000"), swaps day and month, and says nothing."""

_WIDTHS = {Kind.INTEGER: 66, Kind.NUMBER: 78, Kind.MONEY: 100, Kind.DATE: 114, Kind.CHOICE: 104, Kind.LINK: 130}
_BUTTON = 80
_ROOM = 700
"""Pixels of a table on a common laptop. Texts share what the other columns leave, so that all columns are in sight."""
_NARROWEST, _NAME_AT_LEAST = 72, 140
_JOINTS = {Kind.TEXT: " / ", Kind.LONG: "\n\n"}
"""What stands between two texts that are both kept."""


REFUSED_AT_MOST = 6
MANY, PASTED_AT_ONCE = 500, 200
"""More pasted rows than this are spoken of before they are added; so many are one save, which holds the database for a moment."""
_PAUSE_SECONDS = 0.2


def _widths(specs: list[FieldSpec]) -> dict[str, int]:
    """The width of each column in pixels; wider windows stretch them all."""
    fixed = {q.name: _WIDTHS[q.kind] for q in specs if q.kind in _WIDTHS}
    texts = [q for q in specs if q.name not in fixed]
    shares = {q.name: 3.0 if q.kind is Kind.LONG or q is texts[0] else 1.5 for q in texts if q.name != "unit"}
    left = _ROOM - _BUTTON - sum(fixed.values()) - _NARROWEST * (len(texts) - len(shares))
    each = left / sum(shares.values()) if shares else 0
    least = {texts[0].name: _NAME_AT_LEAST} if texts else {}
    return {**fixed, **{q.name: max(least.get(q.name, _NARROWEST), round(each * shares.get(q.name, 0))) for q in texts}}


def columns(spec: ListSpec, currencies: set[str]) -> list[FieldSpec]:
    """The questions that a table shows, those that fit into a cell; the currency only where rows differ in it."""
    mixed = len(currencies) > 1
    return [q for q in spec.questions if q.kind is not Kind.LINKS and (q.tabled or (mixed and q.name == "currency"))]


def _cell(question: FieldSpec, entry: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """A value as the table shows it: choices and links by their words, because only what a cell shows can be pasted into it."""
    if question.name in entry["unknown"]:
        return answers.UNKNOWN_WORDS if question.kind in (Kind.CHOICE, Kind.LINK) else answers.UNKNOWN
    value = entry[question.name]
    if is_blank(value):
        return None
    match question.kind:
        case Kind.CHOICE:
            return next((c.label for c in question.choices if c == value), None)
        case Kind.LINK:
            return names.get(value, answers.REMOVED)
        case _:
            return answers.typed(question, value, entry.get("currency", "USD"))


@lru_cache(maxsize=256)
def _frame(
    specs: tuple[FieldSpec, ...], rows: tuple[Record | None, ...], names: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> pd.DataFrame:
    """The rows as a table, None for a blank one. It is made once for the same rows, since most runs change none of them.

    Args:
        names: what linked records are called, by list and id.
    """
    called = {ref: dict(labels) for ref, labels in names}
    entries = [None if row is None else row.model_dump(mode="json") for row in rows]
    data = {
        q.name: pd.Series([None if e is None else _cell(q, e, called.get(q.refers_to, {})) for e in entries], dtype=_TEXT)
        for q in specs
    }
    return pd.DataFrame({**data, "details": pd.Series(["Details" if e else None for e in entries], dtype=_TEXT)})


def _config(question: FieldSpec, names: Mapping[str, str], currencies: set[str], width: int) -> Any:
    label, hint = question.label, question.help or None
    config = st.column_config
    match question.kind:
        case Kind.CHOICE:
            words = [*(c.label for c in question.choices), answers.UNKNOWN_WORDS]
            return config.SelectboxColumn(label, help=hint, width=width, options=words)
        case Kind.LINK:
            return config.SelectboxColumn(
                label, help=hint, width=width, options=[*names.values(), answers.UNKNOWN_WORDS, answers.REMOVED]
            )
        case Kind.DATE:
            return config.TextColumn(
                label, help=hint or "Such as 31 Mar 2027; any usual way of writing it is understood.", width=width
            )
        case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            unit = "/".join(sorted(currencies)) if question.kind is Kind.MONEY else question.unit
            label += f" ({unit})" if unit and unit not in label.casefold().split() else ""
            return config.TextColumn(label, help=hint, width=width, alignment="right")
        case _:
            return config.TextColumn(label, help=hint, width=width, max_chars=question.max_length)


def show(step: workshop.Step, name: str) -> None:
    """Show a list as a table; rows and cells save themselves."""
    spec = step.spec(name)
    key = step.key(name)
    memory = _memory(key, step, name)
    if f"{key}.{memory['epoch']}" in st.session_state:
        _write(step.project.project_id, step.section, name, key)
    elif memory["sent"]:
        # Who comes back to the page meets a new table, in which nothing was typed yet.
        _settle(key, [row.id for row in step.rows(name)])
    if workshop.was_added(key):
        _settle(key, [row.id for row in step.rows(name)])
    memory["number"] = step.project.stamp.number
    rows = {row.id: row for row in step.rows(name)}
    used = (getattr(row, "currency", None) for row in rows.values())
    currencies = {str(c) for c in used if c} or {step.project.charter.project.currency.value}
    specs = columns(spec, currencies)
    widths = _widths(specs)
    names = _names(step.project.titles, specs)
    called = tuple((ref, tuple(labels.items())) for ref, labels in names.items())
    frame = _frame(tuple(specs), tuple(rows.get(i or "") for i in memory["slots"]), called)
    grid_key = f"{key}.{memory['epoch']}"
    st.data_editor(
        frame,
        key=grid_key,
        num_rows="fixed",
        hide_index=True,
        height="content" if len(frame) <= 40 else 1_400,
        placeholder="",
        column_config={
            **{q.name: _config(q, names.get(q.refers_to, {}), currencies, widths[q.name]) for q in specs},
            "details": st.column_config.ButtonColumn(
                "All fields", type="tertiary", on_click=_open, args=(key,), key=f"{grid_key}.details", width=_BUTTON
            ),
        },
        on_change=_write,
        args=(step.project.project_id, step.section, name, key),
        alt=f"{spec.title}. Blank rows at the end take a new {spec.singular}.",
    )
    _foot(step, spec, key, memory, rows)


def _names(titles: Mapping[str, Mapping[str, str]], specs: Iterable[FieldSpec]) -> dict[str, dict[str, str]]:
    """What the records that a table's links refer to are called, by list and id."""
    return {q.refers_to: answers.told_apart(titles[q.refers_to]) for q in specs if q.kind is Kind.LINK}


def _memory(key: str, step: workshop.Step, name: str) -> dict[str, Any]:
    """What this tab remembers of a table: which record stands where, what was sent, what was refused or clashed.

    What was refused is kept by record and field, with its text: the table forgets the text when it is built anew.
    """
    if f"{key}.memory" not in st.session_state:
        st.session_state[f"{key}.memory"] = {
            "epoch": 0,
            "slots": [],
            "sent": {},
            "done": {},
            "refused": {},
            "failed": "",
            "filled": False,
            "clashes": [],
            "open": "",
            "born": [],
        }
        _settle(key, [row.id for row in step.rows(name)])
    memory: dict[str, Any] = st.session_state[f"{key}.memory"]
    return memory


def _settle(key: str, ids: list[str]) -> None:
    """Let the table follow the database again: new positions, nothing pending."""
    memory = st.session_state[f"{key}.memory"]
    memory.update(epoch=memory["epoch"] + 1, slots=[*ids, *[None] * SPARE], sent={}, done={})


def renew(step: workshop.Step, name: str) -> None:
    """Let a table that was shown before show what was saved beside it, such as rows out of a file."""
    key = step.key(name)
    if f"{key}.memory" in st.session_state:
        part = workshop.store().open(step.project.project_id).charter.part(step.section.slug)
        _settle(key, [row.id for row in getattr(part, name)])


def _write(project: str, section: Section, name: str, key: str) -> None:
    """Save the cells that changed since the last time, each against what this person saw.

    A rerun that comes at the wrong moment cuts a callback short at its next Streamlit call, or takes its place. So these
    calls come first, and every run of the page makes good what a callback could not.
    """
    by = workshop.me()
    memory = st.session_state[f"{key}.memory"]
    edited = {position: dict(cells) for position, cells in st.session_state[f"{key}.{memory['epoch']}"]["edited_rows"].items()}
    if edited == memory["done"]:
        return
    seen = workshop.charter_seen(project, memory["number"])
    edits: list[Edit] = []
    memory["failed"] = ""
    was_roomy = memory["slots"].count(None) > 1
    sent_before = dict(memory["sent"])
    meant = _meant(section.lists[name], seen.titles())
    for position, cells in edited.items():
        typed = {f: meant.get((f, raw), raw) for f, raw in cells.items() if f != "details"}
        fresh = {f: raw for f, raw in typed.items() if memory["sent"].get(f"{position}.{f}", ...) != raw}
        if fresh:
            edits += _row_edits(section, seen, name, memory, int(position), fresh)
    if not edits:
        memory["done"] = edited
        return
    try:
        saved = workshop.store().save(project, section.slug, edits, by)
    except WorkbenchError as error:
        # What was not saved is tried again with the next edit, and said again until then.
        for place, raw in memory["sent"].items():
            if sent_before.get(place, ...) != raw:
                position, field = place.split(".", 1)
                memory["refused"][memory["slots"][int(position)], field] = (raw, "")
        memory["sent"] = sent_before
        memory["failed"] = str(error)
        return
    memory["done"] = edited
    # More than fits into the blank rows is cut by the browser, which does not say so.
    memory["filled"] = was_roomy and None not in memory["slots"]
    memory["born"].clear()
    fresh_clashes = {
        (c.edit.record, c.edit.field): {
            "list": c.edit.list,
            "record": c.edit.record,
            "field": c.edit.field,
            "mine": c.edit.after,
            "theirs": c.theirs,
            "by": c.by,
        }
        for c in saved.conflicts
    }
    # Who types again in a cell that clashed is asked about the newer text only.
    kept = [c for c in memory["clashes"] if (c["record"], c["field"]) not in fresh_clashes]
    memory["clashes"] = [*kept, *fresh_clashes.values()]


def _meant(spec: ListSpec, titles: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, Any], str]:
    """What the words of choosing cells stand for: field and words to the raw answer."""
    found: dict[tuple[str, Any], str] = {}
    for q in spec.questions:
        if q.kind in (Kind.CHOICE, Kind.LINK):
            found[q.name, answers.UNKNOWN_WORDS] = answers.UNKNOWN
        if q.kind is Kind.LINK:
            found |= {(q.name, label): record for record, label in answers.told_apart(titles[q.refers_to]).items()}
    return found


def _row_edits(
    section: Section, seen: Charter, name: str, memory: dict[str, Any], position: int, cells: Mapping[str, Any]
) -> list[Edit]:
    record = memory["slots"][position]
    entry = editing.entry(section, seen.part(section.slug), name, record) if record else None
    edits: list[Edit] = []
    if record is None:
        record = memory["slots"][position] = workshop.new_id()
        memory["born"].append(record)
    if entry is None:
        row = editing.new_record(section, name, record, seen.project.currency)
        entry = row.model_dump(mode="json")
        if record in memory["born"]:
            edits.append(added(name, row))
    for field in editing.currency_first(cells):
        raw, place = cells[field], f"{position}.{field}"
        try:
            # A cell edited before shows this person's own text, whatever the database holds by now.
            before = _meaning(section, name, entry, field, memory["sent"][place]) if place in memory["sent"] else entry[field]
            made = editing.answer(section, entry, name, record, field, before, "" if raw is None else raw)
            memory["sent"][place] = raw
            memory["refused"].pop((record, field), None)
        except WorkbenchError as error:
            memory["refused"][record, field] = (raw, str(error))
            continue
        edits += made
        if field == "currency":
            entry = apply(made, {(name, record): entry}).entries.get((name, record)) or entry
    return edits


def _meaning(section: Section, name: str, entry: Mapping[str, Any], field: str, raw: Any) -> Any:
    """The plain value that a cell's text stands for; the stored one when it was refused."""
    question = next(q for q in section.lists[name].questions if q.name == field)
    try:
        return answers.blank_of(question) if raw == answers.UNKNOWN else answers.read(question, raw, entry.get("currency", "USD"))
    except WorkbenchError:
        return entry[field]


def _open(key: str) -> None:
    """Open the fields of the row whose button was pressed."""
    memory = st.session_state[f"{key}.memory"]
    click = st.session_state[f"{key}.{memory['epoch']}.details"]
    memory["open"] = memory["slots"][click.row] or ""


def _is_stale(section: Section, name: str, memory: dict[str, Any], rows: Mapping[str, Record]) -> bool:
    """Whether somebody changed a cell that this person edited before, and the table still shows the older text."""
    for place, raw in memory["sent"].items():
        position, field = place.split(".", 1)
        row = rows.get(memory["slots"][int(position)] or "")
        if row is None:
            continue
        entry = row.model_dump(mode="json")
        if _meaning(section, name, entry, field, raw) != entry[field]:
            return True
    return False


def _foot(step: workshop.Step, spec: ListSpec, key: str, memory: dict[str, Any], rows: Mapping[str, Record]) -> None:
    _not_saved(spec, key, memory)
    if memory["filled"]:
        st.info(
            "All blank rows are filled. If you pasted more rows than there was room for, use “Paste many rows” for the rest.",
            icon=":material/content_paste:",
        )
    for clash in list(memory["clashes"]):
        _clash(step, spec, key, clash)
    others = [i for i in rows if i not in memory["slots"]]
    gone = [i for i in memory["slots"] if i and i not in rows]
    with st.container(horizontal=True, vertical_alignment="center"):
        if others or gone or _is_stale(step.section, spec.name, memory, rows):
            st.button(
                "Show what others changed", icon=":material/sync:", on_click=_settle, args=(key, list(rows)), key=f"{key}.sync"
            )
        if None not in memory["slots"]:
            st.button("More blank rows", icon=":material/add:", on_click=_settle, args=(key, list(rows)), key=f"{key}.more")
        _many(step, spec, key, list(rows))
        if spec.needed and not rows:
            st.caption(spec.begin)
        else:
            st.caption("Cells save themselves. Paste rows from a spreadsheet; ? stands for “not known yet”.")


def _not_saved(spec: ListSpec, key: str, memory: dict[str, Any]) -> None:
    """What was refused and why, with the text itself where the table does not show it any more."""
    rows = {record: place for place, record in enumerate(memory["slots"]) if record}
    edited = st.session_state[f"{key}.{memory['epoch']}"]["edited_rows"]
    typed = {int(position): cells for position, cells in edited.items()}
    labels = {q.name: q.label for q in spec.questions}
    reasons, lost = [memory["failed"]], {}
    for (record, field), (raw, why) in memory["refused"].items():
        row = f"Row {rows[record] + 1}" if record in rows else f"A new {spec.singular}"
        if why:
            reasons.append(f"{row}, {why}")
        if typed.get(rows.get(record, -1), {}).get(field) != raw:
            lost[record, field] = f"{row}, {labels[field]}: {raw}"
    said = [*filter(None, reasons)]
    if said:
        st.warning("  \n".join(map(notices.plain, said[:REFUSED_AT_MOST])), icon=":material/error:", title="Not saved yet")
    if lost:
        st.caption("The table does not show these texts any more. Copy what you need into it.")
        st.code("\n".join(lost.values()), language=None, wrap_lines=True)
        st.button("Forget these texts", key=f"{key}.forget", on_click=_forget, args=(key, tuple(lost)))


def _forget(key: str, places: Iterable[tuple[str, str]]) -> None:
    memory = st.session_state[f"{key}.memory"]
    memory["failed"] = ""
    for place in places:
        memory["refused"].pop(place, None)


def _many(step: workshop.Step, spec: ListSpec, key: str, ids: list[str]) -> None:
    """A place for more rows than the table has blank ones."""
    with st.popover("Paste many rows", icon=":material/content_paste:", type="tertiary"):
        named = ", ".join(q.label for q in columns(spec, set()))
        st.caption(notices.plain(f"Copy the rows in a spreadsheet, with or without headings. Columns in this order: {named}."))
        st.text_area("Rows", key=f"{key}.pasted", height=160, label_visibility="collapsed")
        st.button(
            "Add these rows",
            key=f"{key}.add",
            type="primary",
            on_click=_add_pasted,
            args=(step.project.project_id, step.section, spec.name, key, ids),
        )
        for sentence in st.session_state.get(f"{key}.pasting", []):
            st.markdown(notices.plain(sentence))


def _add_pasted(project: str, section: Section, name: str, key: str, ids: list[str]) -> None:
    """Add pasted rows. A cell that cannot be read is left blank and named; its row is added all the same."""
    text = str(st.session_state.get(f"{key}.pasted", ""))
    now = workshop.store().open(project)
    spec = section.lists[name]
    meant = _meant(spec, now.titles)
    currency_ = str(now.charter.project.currency)
    made, said = editing.pasted(section, name, columns(spec, set()), text, workshop.new_id, currency_, meant)
    if len(made) > MANY and st.session_state.get(f"{key}.sure") != text:
        st.session_state[f"{key}.sure"] = text
        told = f"These are {len(made):,} rows. They are added {PASTED_AT_ONCE} at a time, so that others can save meanwhile, and "
        st.session_state[f"{key}.pasting"] = [f"{told}History shows each time. Press “Add these rows” again to go on.", *said]
        return
    try:
        _save_in_parts(project, section, name, made)
    except WorkbenchError as error:
        said = [str(error)]
    else:
        if made:
            st.session_state[f"{key}.pasted"] = ""
            said = [f"{count(len(made), 'row')} added.", *said]
        said = said or ["Nothing to add: paste rows here first."]
        _settle(key, [*ids, *(row.id for row in made)])
    st.session_state[f"{key}.pasting"] = said


def _save_in_parts(project: str, section: Section, name: str, rows: Sequence[Record]) -> None:
    """Save new rows so that nobody waits long for the database meanwhile. Raises WorkbenchError, which says how far it came."""
    for begin in range(0, len(rows), PASTED_AT_ONCE):
        if begin:
            # Long enough for a save that waits to have its turn.
            sleep(_PAUSE_SECONDS)
        some = rows[begin : begin + PASTED_AT_ONCE]
        try:
            workshop.save(project, section.slug, [added(name, row) for row in some])
        except WorkbenchError as error:
            if not begin:
                raise
            so_far = f"The first {begin:,} of {len(rows):,} rows were added. Remove them from the text before you try again."
            raise WorkbenchError(f"{error.message} {so_far}", error.hint) from error


def _clash(step: workshop.Step, spec: ListSpec, key: str, clash: dict[str, Any]) -> None:
    question = next((q for q in spec.questions if q.name == clash["field"]), None)
    place = step.key("clash", clash["record"], clash["field"])
    with st.container(border=True, key=place):
        who = notices.plain(clash["by"] or "Somebody")
        entry = next((r for r in step.rows(spec.name) if r.id == clash["record"]), None)
        if question is None or entry is None:
            st.markdown(f"**{who}** removed this row while you were changing it. It can be brought back in History.")
            st.button("Understood", key=f"{place}.ok", on_click=_drop, args=(key, clash))
            return
        titles = step.project.titles.get(question.refers_to, {})
        money = str(getattr(entry, "currency", "USD"))
        st.markdown(f"**{who}** saved another answer to *{notices.plain(question.label)}* of *{notices.plain(entry.title)}*:")
        st.text(f"Theirs: {answers.words(question, clash['theirs'], money, titles) or 'nothing'}")
        st.text(f"Yours: {answers.words(question, clash['mine'], money, titles) or 'nothing'}")
        here = (step.project.project_id, step.section.slug, key, clash)
        ids = [r.id for r in step.rows(spec.name)]
        with st.container(horizontal=True):
            if question.kind in _JOINTS and clash["mine"] and clash["theirs"]:
                both = f"{clash['theirs'].rstrip()}{_JOINTS[question.kind]}{clash['mine'].lstrip()}"
                st.button("Keep both", key=f"{place}.both", on_click=_keep, args=(*here, both, ids))
            st.button("Keep mine", key=f"{place}.mine", on_click=_keep, args=(*here, clash["mine"], ids))
            st.button("Use theirs", key=f"{place}.theirs", on_click=_use_theirs, args=(key, clash, ids))


def _drop(key: str, clash: dict[str, Any]) -> None:
    st.session_state[f"{key}.memory"]["clashes"].remove(clash)


def _use_theirs(key: str, clash: dict[str, Any], ids: list[str]) -> None:
    _drop(key, clash)
    _settle(key, ids)


def _keep(project: str, slug: str, key: str, clash: dict[str, Any], text: Any, ids: list[str]) -> None:
    edit = Edit(clash["list"], clash["record"], clash["field"], clash["theirs"], text)
    saved = workshop.save(project, slug, [edit])
    _use_theirs(key, clash, ids)
    st.session_state[f"{key}.memory"]["clashes"] += [{**clash, "theirs": c.theirs, "by": c.by} for c in saved.conflicts]
