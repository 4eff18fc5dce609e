"""The portfolio: cards of projects, how to start one, and the task list of the open one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from pages.parts import editors, frame, notices, times, workshop
from scoping import content
from scoping.charter import SECTIONS, Charter
from scoping.currency import Currency
from scoping.errors import WorkbenchError
from storage.store import Card, Found, Sort

PER_PAGE = 12
LARGEST_IMPORT = 5 * 1024 * 1024
_SORTS = {Sort.RECENT: "Last changed", Sort.NAME: "Name", Sort.PROGRESS: "Progress", Sort.DUE: "Next milestone"}
_GATES = {"All": None, "Draft": True, "Ready": False}
_STEPS = (
    ("Problems and ideas", "What should work better, and several ways to get there"),
    ("Can it work?", "Evidence with its strength, data with cost and time"),
    ("Is it worth it, is it right?", "Metrics both sides accept, concerns aired"),
    ("Plan and sign", "Milestones, rollout, and the charter in Excel"),
)


def _open(project: str) -> None:
    st.session_state.project_id = project
    st.switch_page("overview.py", query_params={workshop.PROJECT_PARAM: project})


def _start(charter: Charter, note: str = "") -> None:
    _open(workshop.store().create(charter, workshop.me(), note))


@st.dialog("Start a project", icon=":material/add:")
def start_dialog() -> None:
    """Ask for no more than a name and who owns it."""
    with st.form("start", border=False):
        name = st.text_input("What shall it be called?", placeholder="Better voice search", max_chars=300)
        owner = st.text_input("Who answers for it?", placeholder="May stay empty for now", max_chars=300)
        money = st.selectbox("Currency of its amounts", list(Currency), format_func=lambda c: f"{c.value} · {c.label}")
        if st.form_submit_button("Start", type="primary"):
            if name.strip():
                _start(content.new_charter(name.strip(), owner.strip(), money), "Started")
            st.error("Give the project a name; it can be changed later.", icon=":material/edit:")


@st.dialog("Bring in a charter", icon=":material/upload_file:")
def import_dialog() -> None:
    """Read a charter that was downloaded as JSON, here or in another workbench."""
    from scoping.reading.charter_json import read_charter

    file = st.file_uploader("A charter in JSON", type=["json"], help="Download one under Charter, More formats.")
    if file is None:
        return
    if file.size > LARGEST_IMPORT:
        st.error("The file is larger than 5 MB; a charter never is. Choose the JSON file that the workbench made.")
        return
    try:
        charter = read_charter(file.getvalue())
    except WorkbenchError as error:
        notices.refused(error)
        return
    st.markdown(f"**{notices.plain(charter.name)}**")
    namesakes = workshop.store().portfolio(today=datetime.now(UTC).date(), search=charter.name, limit=PER_PAGE).cards
    if any(card.name == charter.name for card in namesakes):
        st.caption("A project of this name is here already. It stays as it is; this one will stand beside it.")
    if st.button("Add as a new project", type="primary"):
        _start(charter, "Imported")


@st.dialog("Look at a finished project", width="large", icon=":material/play_circle:")
def samples_dialog() -> None:
    """Four samples; opening one makes a copy that may be changed."""
    samples()


def samples() -> None:
    """The samples as cards."""
    for row in _in_rows(content.samples(), 2):
        for column, sample in zip(st.columns(2), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{notices.plain(sample.title)}**")
                st.caption(notices.plain(sample.tagline))
                if st.button("Open a copy", key=f"sample.{sample.slug}", width="stretch"):
                    _start(sample.as_of(datetime.now(UTC).date()), f"Sample: {sample.title}")


def _in_rows(items: tuple[Any, ...], size: int) -> list[tuple[Any, ...]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def is_first_run() -> bool:
    """Whether no project exists yet, not even an archived one."""
    return workshop.store().is_empty()


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


def portfolio() -> None:
    """Search, filter, sort, and the cards."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Projects", anchor=False, width="content")
        with st.container(horizontal=True, width="content"):
            st.button("Samples", icon=":material/play_circle:", on_click=samples_dialog, key="samples")
            st.button("Import", icon=":material/upload_file:", on_click=import_dialog, key="import")
            st.button("Start a project", icon=":material/add:", type="primary", on_click=start_dialog, key="start")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Find a project",
            type="search",
            placeholder="Find by name or owner",
            live=True,
            key="find",
            label_visibility="collapsed",
            width=300,
            on_change=_from_the_first,
        )
        gate = st.segmented_control(
            "Show",
            list(_GATES),
            default="All",
            required=True,
            key="gate",
            label_visibility="collapsed",
            on_change=_from_the_first,
        )
        sort = st.selectbox(
            "Sorted by",
            list(_SORTS),
            format_func=_SORTS.__getitem__,
            key="sort",
            label_visibility="collapsed",
            width=190,
            on_change=_from_the_first,
        )
        archived = st.toggle("Archived", key="archived", on_change=_from_the_first)
    today = datetime.now(UTC).date()

    def on_page(number: int) -> Found:
        return workshop.store().portfolio(
            search=search or "",
            drafts=_GATES[gate or "All"],
            archived=archived,
            sort=sort,
            offset=(number - 1) * PER_PAGE,
            limit=PER_PAGE,
            today=today,
        )

    number = st.session_state.get("page_number", 1)
    found = on_page(number)
    pages = max(1, -(-found.total // PER_PAGE))
    if number > pages:
        st.session_state.page_number = pages
        found = on_page(pages)
    if not found.total:
        st.markdown("No archived projects." if archived else "No project fits. Change the search or start a new one.")
    for row in _in_rows(found.cards, 3):
        for column, card in zip(st.columns(3), row, strict=False):
            with column:
                _card(card)
    if pages > 1:
        st.pagination(pages, key="page_number")


def _from_the_first() -> None:
    """Other projects are asked for: what fits best stands on the first page."""
    st.session_state.page_number = 1


def _card(card: Card) -> None:
    total = sum((p.total for p in card.progress.values()), start=0)
    answered = sum((p.answered for p in card.progress.values()), start=0)
    unknown = sum((p.unknown for p in card.progress.values()), start=0)
    with st.container(border=True, height="stretch", key=f"project.{card.project_id}"):
        st.markdown(f"**{notices.plain(card.name)}**")
        with st.container(horizontal=True, gap="small"):
            if card.blockers:
                st.badge(f"Draft, {card.blockers} open", icon=":material/edit:", color="orange")
            else:
                st.badge("Ready", icon=":material/check_circle:", color="green")
            done = sum(card.progress[s.slug].is_complete for s in SECTIONS)
            st.badge(f"{done} of {len(SECTIONS)} steps", color="gray", help=_step_words(card))
        words = f"{answered} of {total} answered" + (f", {unknown} not known yet" if unknown else "")
        st.progress(answered / total if total else 0.0, text=words)
        changed = f"Changed {times.ago(card.stamp.at)}" + (f" by {card.stamp.by}" if card.stamp.by else "")
        # One element for three: a page of cards takes as long as it has elements.
        st.caption("\n\n".join(map(notices.plain, (f"Owner: {card.owner or 'nobody yet'}", _next(card), changed))))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if st.button("Open", key=f"open.{card.project_id}", width=140):
                _open(card.project_id)
            actions = ["Restore"] if card.is_archived else ["Duplicate", "Archive"]
            st.menu_button("More", actions, key=f"more.{card.project_id}", type="tertiary", on_click=_act, args=(card.project_id,))


def _step_words(card: Card) -> str:
    """The steps of a project and how far each one is."""
    return "  \n".join(
        f"{frame.state_icon(card.progress[s.slug])} {s.title}: {editors.count(card.progress[s.slug])}" for s in SECTIONS
    )


def _next(card: Card) -> str:
    due = card.next_milestone
    if due is None:
        return "No dated milestone ahead."
    return f"Next: {due.title}{f' ({due.owner})' if due.owner else ''}, {times.day(due.due)}."


def _act(project: str) -> None:
    action = st.session_state[f"more.{project}"]
    store = workshop.store()
    if action == "Archive":
        store.archive(project, workshop.me())
        st.toast("Archived. Switch on “Archived” to find it again.", icon=":material/archive:")
    elif action == "Restore":
        store.unarchive(project, workshop.me())
    elif action == "Duplicate":
        charter = store.open(project).charter
        head = charter.part("project")
        copy = charter.with_part("project", head.model_copy(update={"name": f"{charter.name[:280]} (copy)", "signatures": ()}))
        store.create(copy, workshop.me(), "Duplicated")
        st.toast("Duplicated. Signatures were left out of the copy.", icon=":material/content_copy:")


def task_list(step: workshop.Step) -> None:
    """The eight steps with their state, as a list to work through."""
    here = workshop.here()
    with st.container(border=True, gap="xsmall", key="tasks"):
        st.markdown("**Steps**")
        for section in SECTIONS:
            progress = step.overview.progress[section.slug]
            blockers = sum(f in step.overview.blockers for f in step.overview.of(section.slug))
            state = ":green-badge[done]" if progress.is_complete else f":gray-badge[{progress.answered} of {progress.total}]"
            if progress.unknown:
                state += f" :blue-badge[{progress.unknown} not known yet]"
            if blockers:
                state += f" :orange-badge[{blockers} to clear]"
            st.page_link(
                frame.page_of(section.slug),
                label=f"**{section.title}** {section.question} {state}",
                icon=frame.state_icon(progress),
                help="",
                query_params=here,
            )
