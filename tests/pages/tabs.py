"""A tab of the workbench without a browser, run from the shell as the server does."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.parts import frame, here, steps
from scoping import samples
from scoping.charter import SECTIONS
from scoping.editing import new_record
from storage.store import CharterStore

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"
PAGES = (
    "portfolio",
    "home",
    *(section.slug for section in SECTIONS),
    "charter",
    "run",
    "history",
    "compare",
    "workshops",
    "settings",
)
SECONDS = 30
_LINK = re.compile('<a class="(?:[a-z]+ )*go" href="([^"]*)">(.*?)</a>')
_FIGURE = re.compile("<dt>(.*?)</dt><dd>(.*?)(?:<small>.*?</small>)?</dd>")


def read(html: str) -> str:
    """The words of a piece of HTML."""
    return unescape(re.sub("<[^>]*>", "", re.sub('<span class="icon".*?</span>|<style>.*?</style>', "", html, flags=re.DOTALL)))


class Tab:
    """One person's tab; all tabs of a test share the database of that test."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(SHELL), default_timeout=SECONDS)

    @property
    def store(self) -> CharterStore:
        """The store that the pages use."""
        return here.store()

    def open(self, project: str) -> None:
        """Name a project in the address."""
        self.app.query_params[steps.PROJECT_PARAM] = project

    @property
    def project(self) -> str:
        """The project in the address; "" for none."""
        named = self.app.query_params.get(steps.PROJECT_PARAM, "")
        return named if isinstance(named, str) else named[0]

    def go(self, page: str) -> AppTest:
        """Open a page."""
        self.app.switch_page(frame.script(page))
        return self.app.run()

    def turn_to(self, tab: str) -> AppTest:
        """Open a tab of the page by its name in the address; only what is open is worked out."""
        self.app.query_params[steps.TAB_PARAM] = tab
        return self.app.run()

    def unfold(self, *keys: str) -> AppTest:
        """Open places that are folded away."""
        for key in keys:
            self.app.session_state[key] = self.app.session_state[f"{key}.open"] = True
        return self.app.run()

    def texts(self) -> str:
        """All that the page says, to look for words in."""
        kinds = ("title", "header", "markdown", "caption", "text", "info", "warning", "error")
        said = [str(element.value) for kind in kinds for element in self.app.get(kind)]
        return "\n".join((*said, *map(read, self.html())))

    def html(self) -> list[str]:
        """What the page shows as HTML."""
        return [element.proto.body for element in self.app.get("html")]

    def links(self) -> dict[str, str]:
        """The addresses that links of the page lead to, by their words."""
        return links("".join(self.html()))

    def figures(self) -> dict[str, str]:
        """Numbers that the page shows beside each other, by what they are."""
        return dict(figures(self.app))

    def table(self, column: str) -> list[dict[str, str]]:
        """The rows of the table on the page that has this column, by its heads."""
        return table("".join(self.html()), column)

    def views(self, kind: str) -> list[dict[str, Any]]:
        """What each view of the live document on the page is about."""
        told = [json.loads(element.proto.json)[0] for element in self.app.get("bidi_component")]
        return [names for names in told if names["view"] == kind]


def links(html: str) -> dict[str, str]:
    """The addresses that links lead to, by their words."""
    return {read(label): unescape(href) for href, label in _LINK.findall(html)}


def table(html: str, column: str) -> list[dict[str, str]]:
    """The rows of the first table that has this column, by its heads."""
    for found in re.findall("<table.*?</table>", html, flags=re.DOTALL):
        head, *rows = (
            [read(cell) for cell in re.findall("<t[hd].*?>(.*?)</t[hd]>", row, flags=re.DOTALL)] for row in found.split("<tr")[1:]
        )
        if column in head:
            return [dict(zip(head, row, strict=True)) for row in rows]
    raise AssertionError(f"no table on the page has the column {column}")


def figures(run: AppTest) -> list[tuple[str, str]]:
    """What each number is and the number, as a page shows them beside each other."""
    html = "".join(element.proto.body for element in run.get("html"))
    return [(unescape(label), unescape(value)) for label, value in _FIGURE.findall(html)]


def huge() -> Any:
    """A sample with a thousand records more, spread over the lists."""
    charter = samples.samples()[0].charter
    lists = [(section, name) for section in SECTIONS for name in section.lists]
    for section, name in lists:
        rows = tuple(new_record(section, name, f"more{i}", "USD") for i in range(-(-1_000 // len(lists))))
        part = charter.part(section.slug)
        charter = charter.with_part(section.slug, part.model_copy(update={name: (*getattr(part, name), *rows)}))
    return charter
