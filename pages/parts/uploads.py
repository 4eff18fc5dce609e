"""A check on a table of the team's own: choose it, say which column is what, watch it being measured."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts import here, notices, times
from pages.parts.here import Step
from scoping import measuring
from scoping import words as scoping_words
from scoping.errors import WorkbenchError
from scoping.section import Model
from scoping.tables import missingness
from scoping.tables.table import Preview
from storage import sources
from storage.children import Finished, Refused, Running, TaskState, Waiting, WorkError
from storage.files import KeptFile
from storage.jobs import Desk, Jobs, Source
from storage.settings import SettingError, Settings

_EVERY = 1.0
"""Seconds between two looks at work that goes on."""
_UPLOAD, _KEPT, _FOLDER, _DATABASE = "Upload a file", "Kept with the project", "From the data folder", "From the database"

Ask = Callable[[Preview, Any], Any]
"""Draws the widgets for the settings of a check, filled with those given; returns the settings, or None while they are not complete."""
_prefix: ContextVar[tuple[str, ...]] = ContextVar("prefix", default=())


@st.cache_resource(show_spinner=False, on_release=Jobs.close)
def jobs() -> Jobs:
    """The work of this server."""
    return Jobs()


@dataclass(frozen=True, kw_only=True)
class Done:
    """A finished check.

    Attributes:
        file_hash: SHA-256 of the file, in hexadecimal digits.
        rows: in the file.
        rows_used: fewer where a sample was drawn.
        notes: how the file was read and sampled, a sentence each.
        settings, result: of the check's own classes.
        is_first: whether it rests on a part of the rows, and the whole answer is on its way.
    """

    file_name: str
    file_hash: str
    rows: int
    rows_used: int
    notes: tuple[str, ...]
    settings: Any
    result: Any
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class _Check:
    """One use of a method on a page, and the desk that belongs to it."""

    step: Step
    method: str
    about: str
    keeps: bool
    pastes: bool = False
    place: str = ""

    @property
    def project_id(self) -> str:
        return self.step.project.project_id

    @property
    def desk_key(self) -> tuple[str, ...]:
        return (_person(), self.project_id, self.place or self.method, self.about)

    def key(self, *parts: str) -> str:
        return self.step.key(self.place or self.method, *([self.about] if self.about else []), *parts)

    def look(self) -> Desk | None:
        return jobs().look(self.desk_key)


def _person() -> str:
    """Who works here: the browser, or where that refuses cookies this tab."""
    if not here.device():
        st.session_state.setdefault("desk", secrets.token_hex(16))
    return here.device() or str(st.session_state.desk)


def measured(  # noqa: PLR0913  every one is named where it is given
    step: Step,
    method: str,
    ask: Ask,
    *,
    about: str = "",
    intro: str = "",
    action: str = "Measure",
    keeps: bool = True,
    pastes: bool = False,
    place: str = "",
) -> Done | None:
    """Lead through a check; returns the result of the last one that was finished on the table shown.

    `ask(preview, guessed)` draws its widgets, with keys from `key`. What is typed there is kept while the person starts, cancels
    and starts again; after a reload `guessed` are the settings last used.

    Args:
        about: tells several uses of one method on one page apart, such as the id of a data source.
        intro: what the table should hold, shown beside the choice of a file.
        action: the words of the button that starts the check.
        keeps: whether the file itself can be kept with the project.
        pastes: whether rows may be pasted instead of choosing a file.
        place: the name of a desk that several checks share; `wanted` says which of them the table there is for.
    """
    check = _Check(step=step, method=method, about=about, keeps=keeps, pastes=pastes, place=place)
    desk = check.look()
    if desk is None:
        _choose(check, intro)
        return None
    _chosen(check, desk)
    match desk.preview:
        case Finished(answer):
            return _measure(check, desk, Preview.model_validate(answer), ask, action)
        case Refused(error):
            notices.refused(error)
            _sheets(check, desk, error.sheets)
        case _:
            _watch(check, _preview_of)
    return None


def shared(step: Step, place: str) -> tuple[tuple[str, ...], Desk | None]:
    """The key of a desk that several checks share, and what lies on it."""
    check = _Check(step=step, method="", about="", keeps=True, place=place)
    return check.desk_key, check.look()


# Choosing


def _choose(check: _Check, intro: str) -> None:
    if intro:
        st.caption(notices.plain(intro))
    if refusal := st.session_state.pop(check.key("refusal"), None):
        notices.refused(refusal)
    folder, database = _named_places()
    kept = here.store().files.of(check.project_id) if check.keeps else ()
    ways = {
        _UPLOAD: True,
        _KEPT: bool(kept),
        _FOLDER: folder is not None,
        _DATABASE: bool(database),
    }
    offered = [way for way, is_there in ways.items() if is_there]
    way: str | None = _UPLOAD
    if len(offered) > 1:
        way = st.segmented_control("Where is the table?", offered, default=_UPLOAD, required=True, key=check.key("way"))
    if way == _KEPT and kept:
        _pick(check, "Kept file", {file.sha256: _called(file) for file in kept}, _take_kept)
    elif way == _FOLDER and folder:
        _pick(check, "File", {name: name for name in sources.files(folder)}, _take_file)
    elif way == _DATABASE:
        try:
            _pick(check, "Table", {name: name for name in _tables(database)}, _take_table)
        except WorkbenchError as error:
            notices.refused(error)
    else:
        uploader = check.key("file", str(st.session_state.get(check.key("uploads"), 0)))
        # Any file may be chosen: one that is no table then gets a sentence, where the browser would only draw a red sign.
        st.file_uploader("A table as CSV, Excel or Parquet", key=uploader, on_change=_take_upload, args=(check, uploader))
        unless = ", unless you ask to keep it" if check.keeps else ""
        st.caption(f"The file is removed an hour after you leave{unless}.")
        if check.pastes:
            rows = check.key("rows")
            st.text_area("Or rows copied in a spreadsheet", key=rows, height=140)
            st.button("Read these rows", key=check.key("paste"), on_click=_take_pasted, args=(check, rows))


def _named_places() -> tuple[Path | None, str]:
    """Folder and database of whoever runs the workbench; none while one of them is not there, such as a folder on a network."""
    try:
        settings = Settings.from_environ()
    except SettingError:
        return None, ""
    return settings.data_folder, settings.data_database_url


@st.cache_data(ttl=30, max_entries=10, show_spinner="Asking the database")
def _tables(url: str) -> tuple[str, ...]:
    return sources.tables(url)


def _pick(check: _Check, label: str, names: Mapping[str, str], take: Callable[[_Check, str], None]) -> None:
    widget = check.key("pick", label)
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda name: names.get(name, name),
        key=widget,
        placeholder="Choose one" if names else "There is none",
        disabled=not names,
        on_change=lambda: take(check, st.session_state[widget]),
    )


def _take_upload(check: _Check, uploader: str) -> None:
    """Move an upload to the desk, out of the server's memory, and put a fresh uploader in its place."""
    file: UploadedFile | None = st.session_state.get(uploader)
    run = get_script_run_ctx()
    if file is None or run is None:
        return
    st.session_state[check.key("uploads")] = st.session_state.get(check.key("uploads"), 0) + 1
    try:
        source = jobs().copy(file, file.name, _person())
    except WorkError as error:
        st.session_state[check.key("refusal")] = error
        return
    finally:
        # Otherwise it would stay there until the person closes the tab.
        if isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)
    jobs().take(check.desk_key, check.method, source)


def _take_pasted(check: _Check, widget: str) -> None:
    """Put pasted rows on the desk as a file of their own."""
    text = str(st.session_state.get(widget, ""))
    if not text.strip():
        st.session_state[check.key("refusal")] = WorkbenchError("There is nothing to read.", "Paste rows with headings first.")
        return
    _take(check, lambda: jobs().copy(io.BytesIO(text.encode("utf-8", "replace")), "Pasted rows"))


def _called(file: KeptFile) -> str:
    return f"{file.name}, kept on {scoping_words.day_words(times.local(file.at).date())}" + (f" by {file.by}" if file.by else "")


def _take(check: _Check, find: Callable[[], Source]) -> None:
    """Put a table on the desk, or say why it cannot be had."""
    try:
        source = find()
    except WorkbenchError as error:
        st.session_state[check.key("refusal")] = error
    else:
        jobs().take(check.desk_key, check.method, source)


def _take_kept(check: _Check, sha256: str) -> None:
    name = next((file.name for file in here.store().files.of(check.project_id) if file.sha256 == sha256), "")
    _take(check, lambda: jobs().copy(here.store().files.content(check.project_id, sha256), name, _person()))


def _take_file(check: _Check, name: str) -> None:
    folder, _ = _named_places()
    if folder:
        _take(check, lambda: Source(name, sources.file(folder, name)))


def _take_table(check: _Check, name: str) -> None:
    _, database = _named_places()
    if database:
        jobs().take(check.desk_key, check.method, Source(name, database=database))


def _chosen(check: _Check, desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/table: **{notices.plain(desk.source.name)}**", width="content")
        st.button("Choose another table", key=check.key("drop"), type="tertiary", on_click=jobs().drop, args=(check.desk_key,))


def _sheets(check: _Check, desk: Desk, sheets: Sequence[str]) -> None:
    if len(sheets) < 2:
        return
    widget = check.key("sheet", desk.number)
    st.selectbox(
        "Sheet",
        sheets,
        index=sheets.index(desk.sheet) if desk.sheet in sheets else 0,
        key=widget,
        on_change=lambda: jobs().turn(check.desk_key, st.session_state[widget]),
    )


# Measuring


def _measure(check: _Check, desk: Desk, preview: Preview, ask: Ask, action: str) -> Done | None:
    method = measuring.method(check.method)
    _sheets(check, desk, preview.sheets)
    _beginning(preview)
    guessed = method.settings.model_validate(desk.settings) if desk.settings else method.guess(preview)
    _prefix.set((check.key(desk.number, check.method),))
    settings: Model | None = ask(preview, guessed)
    if isinstance(settings, measuring.TableSettings) and (preview.marks or settings.values):
        settings = settings.model_copy(update={"values": _answers(preview, guessed.values)})
    is_busy = isinstance(desk.work, Waiting | Running)
    label = f"{action} again" if desk.work else action
    if st.button(label, key=check.key("start"), type="primary", disabled=settings is None or is_busy) and settings:
        jobs().start(check.desk_key, settings.model_dump(mode="json"))
        desk = check.look() or desk
    match desk.work:
        case Running(first=dict(answer)):
            _watch(check, _work_of)
            return replace(_done(check, desk, method, answer, settings), is_first=True)
        case Waiting() | Running():
            _watch(check, _work_of)
        case Refused(error):
            notices.refused(error)
        case Finished(answer):
            return _done(check, desk, method, answer, settings)
    return None


def _answers(preview: Preview, chosen: Sequence[str]) -> tuple[str, ...]:
    """The marks such as NA that are answers in this table."""
    marks = list(dict.fromkeys([*preview.marks, *chosen]))
    found = st.multiselect(
        missingness.ANSWERS,
        marks,
        default=list(chosen),
        format_func=lambda mark: f"“{mark}”",
        key=key("values"),
        accept_new_options=True,
        placeholder="None: they all count as missing",
        help="Cells such as NA, null or - hold nothing in most files. Choose those that are an answer of their own in this one.",
    )
    return tuple(found)


def _done(check: _Check, desk: Desk, method: measuring.Method[Any, Any], answer: dict[str, Any], settings: Model | None) -> Done:
    for note in answer["notes"]:
        st.caption(notices.plain(note))
    if desk.source.path and check.keeps:
        _keep_data(check, desk.source, answer["file_hash"])
    used = method.settings.model_validate(desk.settings)
    if settings != used:
        st.caption("What is chosen above was changed since. The figures below are from before; measure again to renew them.")
    return Done(
        file_name=desk.source.name,
        file_hash=answer["file_hash"],
        rows=answer["rows"],
        rows_used=answer["rows_used"],
        notes=tuple(answer["notes"]),
        settings=used,
        result=method.result.model_validate(answer["result"]),
    )


def _keep_data(check: _Check, source: Source, sha256: str) -> None:
    """Offer to keep the file itself, which nobody has done unless the box is ticked."""
    is_kept = any(file.sha256 == sha256 for file in here.store().files.of(check.project_id))
    widget = check.key("data", sha256[:12], "kept" if is_kept else "not")
    st.checkbox(
        "Keep the file itself with the project",
        value=is_kept,
        key=widget,
        on_change=_drop_file if is_kept else _keep_file,
        args=(check, sha256) if is_kept else (check, source, widget),
        disabled=check.step.project.is_archived,
        help="Everybody who opens the project can then measure it again. Keep no personal data that need not be here.",
    )
    if refusal := st.session_state.pop(f"{widget}.refusal", None):
        notices.refused(refusal)


def _keep_file(check: _Check, source: Source, widget: str) -> None:
    try:
        if source.path:
            here.store().files.keep(check.project_id, source.path, source.name, here.me())
    except WorkbenchError as error:
        st.session_state[f"{widget}.refusal"] = error
        st.session_state[widget] = False


def _drop_file(check: _Check, sha256: str) -> None:
    with notices.refusals():
        here.store().files.drop(check.project_id, sha256)


def _beginning(preview: Preview) -> None:
    """The first rows, so that people see whether the file was understood."""
    # Columns have names of ours: people's may be empty, equal, or hold signs that the grid takes for its own.
    names = [f"c{i}" for i in range(len(preview.columns))]
    import pandas as pd

    frame = pd.DataFrame(list(preview.first_rows), columns=names)
    config = {name: st.column_config.TextColumn(column.name) for name, column in zip(names, preview.columns, strict=True)}
    st.dataframe(frame, hide_index=True, column_config=config, height="content", alt=f"The first rows of {preview.name}")
    for note in preview.notes:
        st.caption(notices.plain(note))


def _preview_of(desk: Desk) -> TaskState | None:
    return desk.preview


def _work_of(desk: Desk) -> TaskState | None:
    return desk.work


def _watch(check: _Check, part: Callable[[Desk], TaskState | None]) -> None:
    """Show how far work is, again and again until it ends; then, and when a first answer is there, the whole page runs again."""
    desk = check.look()
    had_first = _has_first(part(desk) if desk else None)

    @st.fragment(run_every=_EVERY)
    def watch() -> None:
        desk = check.look()
        now = part(desk) if desk else None
        if not isinstance(now, Waiting | Running) or _has_first(now) != had_first:
            # A fragment can only redraw itself, and the result stands elsewhere on the page.
            st.rerun()
        share, words = _words(now)
        st.progress(share, text=notices.plain(words))
        if part is _work_of:
            st.button("Cancel", key=check.key("cancel"), on_click=jobs().cancel, args=(check.desk_key,))

    watch()


def _has_first(state: TaskState | None) -> bool:
    return isinstance(state, Running) and state.first is not None


def _words(state: Waiting | Running) -> tuple[float, str]:
    if isinstance(state, Running):
        return state.share, state.what
    return 0.0, f"Waiting for {state.before + 1} {'checks' if state.before else 'check'} of others to finish"


# Widgets for `ask`


def key(name: str) -> str:
    """The key of a widget that `ask` draws: no other project, check or file shares it."""
    return ".".join((*_prefix.get(), name))


def column(label: str, preview: Preview, chosen: str, name: str, *, help: str = "", optional: bool = False) -> str:
    """A choice of one column; "" for none, which only an optional one offers as an answer.

    Args:
        chosen: selected at first, if there is such a column.
        name: of the widget, as in `key`.
    """
    found = st.selectbox(
        label,
        ["", *preview.names] if optional else preview.names,
        index=_place(preview, chosen, optional),
        format_func=lambda option: option or "None",
        key=key(name),
        placeholder="Choose a column",
        help=help or None,
    )
    return found or ""


def _place(preview: Preview, chosen: str, optional: bool) -> int | None:
    if chosen in preview.names:
        return preview.names.index(chosen) + optional
    return 0 if optional else None


def columns(label: str, preview: Preview, chosen: Sequence[str], name: str, *, help: str = "") -> tuple[str, ...]:
    """A choice of any number of columns, in the order of the table."""
    found = st.multiselect(
        label,
        preview.names,
        default=[one for one in chosen if one in preview.names],
        key=key(name),
        placeholder="Choose columns",
        help=help or None,
    )
    return tuple(one for one in preview.names if one in found)
