"""A tab of the workbench without a browser, run from the shell as the server does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.parts import workshop
from scoping import samples
from scoping.charter import SECTIONS
from scoping.editing import new_record
from storage.store import CharterStore

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"
PAGES = ("portfolio", "compare", "timeline", "overview", *(section.slug for section in SECTIONS), "charter", "history")
SECONDS = 30


class Tab:
    """One person's tab; all tabs of a test share the database of that test."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(SHELL), default_timeout=SECONDS)
        self._edited: dict[str, dict[str, dict[str, Any]]] = {}

    @property
    def store(self) -> CharterStore:
        """The store that the pages use."""
        return workshop.store()

    def open(self, project: str) -> None:
        """Name a project in the address."""
        self.app.query_params[workshop.PROJECT_PARAM] = project

    @property
    def project(self) -> str:
        """The project in the address; "" for none."""
        named = self.app.query_params.get(workshop.PROJECT_PARAM, "")
        return named if isinstance(named, str) else named[0]

    def go(self, page: str) -> AppTest:
        """Open a page."""
        if page != "portfolio":
            self.app.switch_page(f"{page}.py")
        return self.app.run()

    def turn_to(self, key: str, label: str | bool) -> AppTest:
        """Open a tab of the page, or with True a fold; only what is open is worked out."""
        self.app.session_state[key] = label
        return self.app.run()

    def edit(self, key: str, rows: dict[int, dict[str, Any]]) -> AppTest:
        """Edit cells of a table as a browser does: it sends all edits since the table was built, by position."""
        edits = self._edited.setdefault(key, {})
        for row, cells in rows.items():
            edits.setdefault(str(row), {}).update(cells)
        states = self.app._tree.get_widget_states()
        state = states.widgets.add()
        state.id = self.app.data_editor(key=key).proto.id
        state.string_value = json.dumps({"edited_rows": edits, "added_rows": [], "deleted_rows": []})
        return self.app._run(states)

    def texts(self) -> str:
        """All that the page says, to look for words in."""
        kinds = ("title", "header", "markdown", "caption", "text", "info", "warning", "error")
        return "\n".join(str(element.value) for kind in kinds for element in self.app.get(kind))


def huge() -> Any:
    """A sample with a thousand records more, spread over the lists."""
    charter = samples.samples()[0].charter
    lists = [(section, name) for section in SECTIONS for name in section.lists]
    for section, name in lists:
        rows = tuple(new_record(section, name, f"more{i}", "USD") for i in range(-(-1_000 // len(lists))))
        part = charter.part(section.slug)
        charter = charter.with_part(section.slug, part.model_copy(update={name: (*getattr(part, name), *rows)}))
    return charter
