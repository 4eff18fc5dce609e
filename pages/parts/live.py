"""Components that show the live document, and parts of a page that follow it. No answer of anybody runs a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts import here
from pages.parts.steps import TAB_PARAM
from pages.serving import browser
from scoping.errors import UnknownProjectError

# Everything is in static modules: this is all that travels with each component.
_STUB = f"""
export default function (c) {{
  const shown = import(window.__streamlit.BACKEND_BASE_URL.replace(/\\/$/, "") + "/{browser.address("views.js")}").then((v) => v.mount(c))
  return () => shown.then((off) => off())
}}
"""
_component = st.components.v2.component("live", js=_STUB)


def view(kind: str, key: str, project: str, *, on_act: Callable[[], None] | None = None, **names: Any) -> Any:
    """Mount a view of the live document.

    Args:
        kind: one that `views.js` lists.
        key: unlike that of any other view of the page.
        project: the id of the project; "" for what is shown without one.
        on_act: called when somebody asks in the view for what only the page can do; the session holds it as `act` under the key.
        names: what the view is about, never what it shows: the same from run to run, or the browser mounts it anew.

    Returns:
        What somebody has just asked for in it; None in every other run.
    """
    given: dict[str, Any] = {"on_act_change": on_act} if on_act else {}
    return _mount(key, {"view": kind, "project": project, **names}, **given).get("act")


def _mount(key: str, about: Mapping[str, Any], **given: Any) -> Any:
    # In a list, for Streamlit looks at everything that stands in an object whether it is a table, which takes longer than all else.
    return _component(key=key, data=[about], height="content", **given)


def tabs(page: str, own: Mapping[str, str], *, whole: bool = False) -> str:
    """The tab that the address names, after links to all tabs of a page that is no step.

    Args:
        own: what people read on each, by its name in the address.
        whole: of a page that uses more than one column.
    """
    view("tabs", f"{page}.tabs", "", tabs=[[name, label] for name, label in own.items()], whole=whole)
    return asked(own)


def asked(own: Iterable[str]) -> str:
    """The tab among those of a page that the address names, the first where it names none of them."""
    names, named = list(own), st.query_params.get(TAB_PARAM, "")
    return named if named in names else names[0]


def follow(step: here.Step, key: str, draw: Callable[[here.Step], None], reads: Sequence[str] = ()) -> None:
    """Draw a part of the page that runs again, and nothing else does, when somebody changes what it reads.

    Args:
        key: unlike that of any other part of the page.
        draw: gets the step as it is by now, and must look at nothing older.
        reads: the slugs of the parts whose answers it shows; none for all of them.
    """
    section, project = step.section, step.project.project_id
    # The run of the page has just opened the project; whatever runs later opens it anew.
    at_first = [step]

    @st.fragment(key=step.key("follow", key))
    def part() -> None:
        try:
            now = at_first.pop() if at_first else here.Step(section, here.store().open(project))
        except UnknownProjectError:
            st.markdown("This project was removed.")
            return
        about = {"view": "wake", "project": project, "reads": list(reads), "number": now.project.stamp.number}
        _mount(step.key("wake", key), about, on_news_change=lambda: None)
        draw(now)

    part()
