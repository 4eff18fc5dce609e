"""Where projects come from: started with one sentence, copied from a sample, or brought in; and the first minute."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import here, live, notices, steps, times
from pages.parts.settings import defaults
from scoping import samples as scoping_samples
from scoping.charter import Charter
from scoping.errors import WorkbenchError
from scoping.export.charter_json import LARGEST_MB
from scoping.reading.charter_json import read_charter
from scoping.review import overview
from scoping.section import LONG, SHORT
from scoping.sections.project import ProjectKind
from scoping.signing.acts import anew_words, brought
from storage.portfolio import Which

_STEPS = (
    ("Problems and ideas", "What should work better, and several ways to get there"),
    ("Can it work?", "Evidence with its strength, data with cost and time"),
    ("Is it worth it, is it right?", "Metrics both sides accept, concerns aired"),
    ("Plan and sign", "Milestones, rollout, and the charter in Excel"),
)


def _open(project: str) -> None:
    st.session_state.project_id = project
    st.switch_page("home.py", query_params={steps.PROJECT_PARAM: project})


def _start(charter: Charter, note: str = "") -> None:
    _open(here.store().create(charter, here.me(), note))


@st.dialog("Start a project", icon=":material/add:")
def start_dialog() -> None:
    """Ask for one sentence; a name may be left, and all else has time."""
    asked = live.view("start", "start.view", "", kinds=[[kind.value, kind.label] for kind in ProjectKind])
    if asked:
        wish, name, kind = (str(asked.get(given, "")).strip() for given in ("wish", "name", "kind"))
        known = ProjectKind(kind) if kind in set(ProjectKind) else None
        record = here.new_id()
        charter = scoping_samples.started_with(wish[:LONG], name[:SHORT], known, currency=defaults.currency(), record=record)
        _start(defaults.begun(charter), "Started")


@st.dialog("Bring in a charter", icon=":material/upload_file:")
def import_dialog() -> None:
    """Read a charter that was downloaded as JSON, here or in another workbench."""
    file = st.file_uploader(
        "A charter in JSON",
        type=["json"],
        max_upload_size=LARGEST_MB,
        help="Download one under Export, Data (JSON).",
    )
    if file is None:
        return
    try:
        charter = read_charter(file.getvalue())
    except WorkbenchError as error:
        notices.refused(error)
        return
    st.markdown(f"**{notices.plain(charter.name)}**")
    namesakes = here.store().portfolio.page(today=times.today(), which=Which(search=charter.name)).cards
    if any(card.name == charter.name for card in namesakes):
        st.caption("A project of this name is here already. It stays as it is; this one will stand beside it.")
    if said := anew_words(brought(charter, is_ready=not overview(charter).is_draft)[1]):
        st.caption(notices.plain(said))
    if st.button("Add as a new project", type="primary"):
        _start(charter, "Imported")


@st.dialog("Look at a finished project", width="large", icon=":material/play_circle:")
def samples_dialog() -> None:
    """Four samples; opening one makes a copy that may be changed."""
    samples()


def samples() -> None:
    """The samples as cards."""
    for row in _in_rows(scoping_samples.samples(), 2):
        for column, sample in zip(st.columns(2), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{notices.plain(sample.title)}**")
                st.caption(notices.plain(sample.tagline))
                if st.button("Open a copy", key=f"sample.{sample.slug}", width="stretch"):
                    _start(sample.as_of(times.today()), f"Sample: {sample.title}")


def _in_rows(items: tuple[Any, ...], size: int) -> list[tuple[Any, ...]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def welcome() -> None:
    """The first minute: start, look at a sample, or bring in a charter."""
    st.title("Scope a machine-learning project together", anchor=False)
    st.markdown(
        "Answer plain questions, alone or with your team. You leave with a project charter that both sides can sign, in Excel. "
        "What you do not know yet is an answer too."
    )
    start, bring = st.columns(2)
    with start, st.container(border=True, height="stretch"):
        st.header(":material/add_circle: Start a project", anchor=False)
        st.markdown("Name it and begin with what should work better. Two minutes to the first answers.")
        st.button("Start a project", type="primary", on_click=start_dialog, width="stretch", key="start")
    with bring, st.container(border=True, height="stretch"):
        st.header(":material/upload_file: Bring in a charter", anchor=False)
        st.markdown("Somebody sent you a charter as a JSON file. Open it here and go on.")
        st.button("Choose a file", on_click=import_dialog, width="stretch", key="import")
    st.header("Or look at a finished one", anchor=False)
    samples()
    st.caption("How it goes")
    for number, (column, (title, text)) in enumerate(zip(st.columns(4), _STEPS, strict=True), 1):
        with column:
            st.markdown(f":green-badge[{number}] **{title}**")
            st.caption(text)
