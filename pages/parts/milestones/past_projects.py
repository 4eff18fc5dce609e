"""Past projects: what became of those that are over, from a file or pasted rows. They count for all projects of the workbench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.parts import here, notices, uploads
from pages.parts.here import Step
from pages.parts.milestones.counting import past
from scoping.errors import WorkbenchError
from scoping.measuring.past_projects import Result, Settings
from scoping.milestones import reference_class
from scoping.milestones.reference_class import PAST, Past
from scoping.tables.table import Preview
from scoping.words import bare, count, listed, number_words, short

_SENTENCES_AT_MOST = 10


def outside_view(step: Step) -> None:
    """What became of past projects of the kind, and a place to add some."""
    projects = past()
    kind = step.charter.milestones.reference_kind
    found = reference_class.outside(projects, kind)
    if found.is_enough and found.middle is not None and found.p80 is not None:
        told = notices.plain(
            f"Of {found.source}, the middle one took {number_words(round(found.middle, 2))} times its plan; "
            f"four in five stayed below {number_words(round(found.p80, 2))} times."
        )
    else:
        apart = len(projects) - found.n
        others = f", and {count(apart, 'project')} of other kinds" if apart else ""
        told = notices.quiet(f"{found.words}{others}. Until then others stand in: {reference_class.KITCHENHAM.words}.")
    st.markdown(told)
    read(step)
    if projects:
        st.caption(f"{len(projects):,} past {'project is' if len(projects) == 1 else 'projects are'} here.")
        st.dataframe(_table_of(projects), hide_index=True, alt="Past projects")


def read(step: Step, place: str = "") -> None:
    """Read past projects from a table, and keep them.

    Args:
        place: the desk on which the table lies already, where several checks share one.
    """
    for sentence in st.session_state.pop(step.key("past", "said"), ()):
        st.markdown(notices.plain(sentence))
    done = uploads.measured(
        step,
        "past",
        _ask,
        intro="One row per project that is over; the first row names the columns: Project, Kind, Planned days, Actual days. "
        "Past projects count for all projects of this workbench.",
        action="Read the projects",
        keeps=False,
        pastes=True,
        place=place,
    )
    if done:
        _offer(step, done.result)


def _ask(preview: Preview, guessed: Settings) -> Settings | None:
    """Which column holds what."""
    chosen = {
        name: uploads.column(label, preview, guessed.columns.get(name, ""), name, optional=name in ("name", "kind"))
        for name, label in (("name", "Project"), ("kind", "Kind"), ("planned", "Planned days"), ("actual", "Actual days"))
    }
    if chosen["planned"] and chosen["planned"] == chosen["actual"]:
        st.warning("Planned and actual days need a column each.", icon=":material/warning:")
        return None
    return (
        Settings(columns={name: column for name, column in chosen.items() if column})
        if chosen["planned"] and chosen["actual"]
        else None
    )


def _offer(step: Step, result: Result) -> None:
    """What was read, and the button that keeps it."""
    if result.left_out:
        told = [*result.left_out[:_SENTENCES_AT_MOST]]
        more = len(result.left_out) - len(told)
        told += [f"And {more:,} more."] if more else []
        st.warning("  \n".join(map(notices.plain, told)), icon=":material/error:", title="Left out")
    if not result.projects:
        st.markdown("No project can be read.")
        return
    st.dataframe(_table_of(result.projects), hide_index=True, alt="Projects of the file")
    st.button(
        f"Add these {len(result.projects):,} projects" if len(result.projects) > 1 else "Add this project",
        type="primary",
        key=step.key("past", "add"),
        on_click=_add,
        args=(step.key("past", "said"), result.projects),
    )


def _table_of(projects: Sequence[Past]) -> pd.DataFrame:
    return pd.DataFrame([{"Project": p.name, "Kind": p.kind, "Planned days": p.planned, "Actual days": p.actual} for p in projects])


def _add(said_key: str, projects: Sequence[Past]) -> None:
    """Keep projects; of those called and typed alike the last one counts, which is said."""
    by_name = {_called(p): p for p in projects}
    kept = {name: asdict(project) for name, project in by_name.items()}
    try:
        known = here.store().portfolio.setting(PAST).keys() & kept.keys()
        here.store().portfolio.keep_setting(PAST, kept)
    except WorkbenchError as error:
        st.session_state[said_key] = [str(error)]
        return
    said = [f"{_by_kind([p for name, p in by_name.items() if name not in known])} added."]
    if known:
        had = "was here already by name and kind, and has" if len(known) == 1 else "were here already by name and kind, and have"
        said.append(f"{len(known):,} {had} the days of the file now.")
    if twice := len(projects) - len(kept):
        said.append(
            f"{twice:,} {'stands' if twice == 1 else 'stand'} in the file more than once by name and kind; the last one counts."
        )
    st.session_state[said_key] = said


def _by_kind(projects: Sequence[Past]) -> str:
    """How many projects of which kind: what is shown above counts one kind only."""
    kinds = Counter(short(p.kind.strip(), 40) for p in projects)
    said = (f"{n:,} of the kind “{kind}”" if kind else f"{n:,} without a kind" for kind, n in kinds.most_common())
    return f"{count(len(projects), 'past project')} ({listed(said, 4)})"


def _called(project: Past) -> str:
    """What a past project is kept under: the same one given again replaces itself."""
    return f"{bare(project.name)}/{bare(project.kind)}"[:200]
