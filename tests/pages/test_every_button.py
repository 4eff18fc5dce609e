"""Whatever is pressed, opened or chosen on a page, the page is drawn again without an incident."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import frame, steps
from pages.parts.portfolio.look import View
from scoping import samples
from scoping.charter import Charter
from tests.pages.tabs import PAGES, SECONDS, Tab

OF_MANY_PROJECTS = ("portfolio",)
CHARTERS = {"empty": Charter(), **{sample.slug: sample.charter for sample in samples.samples()}}
OF_ONE_KIND = 2
"""So many of one kind are pressed: the second finds the state that the first made."""
OPTIONS = 3
"""So many options of a list are chosen, where others show another part of the page."""
LAST = re.compile("Archive|Delete|Close", re.IGNORECASE)
"""What ends a project is pressed when all else was."""


@dataclass(frozen=True)
class Press:
    """Something that one can do on a page.

    Attributes:
        key: of the widget.
        option: the words of the option that is chosen, where there are any.
    """

    shape: str
    key: str
    label: str
    widget: Any
    option: str = ""

    @property
    def name(self) -> str:
        return f"{self.label} {self.option} ({self.shape} {self.key})"

    @property
    def most(self) -> int:
        return OPTIONS if self.shape in ("selectbox", "radio") else OF_ONE_KIND

    @property
    def kind(self) -> tuple[str, ...]:
        """What it shares with what does the same for other records."""
        words = re.sub("“.*”|[0-9]+", "", self.label) if self.shape == "button" else ""
        return (self.shape, words, *self.key.split(".")[:2])


class Walk:
    """Somebody who presses everything on a page, and looks at the page again after each press."""

    def __init__(self, tab: Tab, page: str) -> None:
        self.tab, self.page, self.place, self.address = tab, page, "", ""
        self.bars = 0
        self.pressed: Counter[tuple[str, ...]] = Counter()
        self.way: list[str] = []

    def everything(self) -> None:
        """Walk through all tabs of the page."""
        for place in self._places():
            self.turn_to(place)
            self.press_all()

    def _places(self) -> list[str]:
        """The tabs of the page: of a step, and the views of all projects, by the address."""
        return [*steps.TABS.get(self.page, ())] or (list(View) if self.page in OF_MANY_PROJECTS else [""])

    def turn_to(self, place: str) -> None:
        """Open a tab of the page."""
        self.place = place
        self._arrive()

    def press_all(self) -> None:
        """Press all that stands on the open tab."""
        while press := self._next():
            self._do(press)

    def measure(self, content: str) -> None:
        """Give a file to the check of the open tab, and have it measured."""
        self.bars = len(self.tab.app.get("progress"))
        self._look(self.tab.app.file_uploader[0].upload("table.csv", content.encode(), "text/csv").run())
        self.wait()
        self.press("Measure")
        self.wait()

    def press(self, *begin: str) -> None:
        """Press the button whose words begin so, or so."""
        self._do(next(press for press in presses(self.tab.app) if press.shape == "button" and press.label.startswith(begin)))

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + SECONDS
        while len(self.tab.app.get("progress")) > self.bars and time.monotonic() < deadline:
            time.sleep(0.05)
            self._look(self.tab.app.run())

    def _arrive(self) -> AppTest:
        self.tab.app.switch_page(frame.script(self.page))
        run = self.tab.app.run()
        self._look(run)
        self.address = run._finished_page_script_hash
        if self.page in steps.TABS:
            run = self.tab.turn_to(self.place)
        elif self.place:
            run.query_params[steps.VIEW_PARAM] = self.place
            run = run.run()
        self._look(run)
        return run

    def _next(self) -> Press | None:
        new = [press for press in presses(self.tab.app) if press.name not in self.way and self.pressed[press.kind] < press.most]
        return min(new, key=lambda press: bool(LAST.search(press.label)), default=None)

    def _do(self, press: Press) -> None:
        self.way.append(press.name)
        self.pressed[press.kind] += 1
        self._look(do(self.tab, press))
        self._look(self.tab.app.run())
        if self.tab.app._finished_page_script_hash != self.address:
            self._arrive()

    def _look(self, run: AppTest) -> None:
        told = [str(e.message) for e in run.exception]
        assert not told, f"{self.page} {self.place}: {told}\nafter {'; '.join(self.way[-4:]) or 'the page was opened'}"


def presses(run: AppTest) -> Iterator[Press]:
    """Everything that can be pressed, opened or chosen, in the order of the page."""
    for widget in run:
        proto = getattr(widget, "proto", None)
        key = getattr(proto, "id", "").split("-", 2)[-1]
        if not key or getattr(proto, "disabled", False):
            continue
        match widget.type:
            case "button" | "checkbox" | "toggle" | "expander":
                yield Press(widget.type, key, widget.label, widget)
            case "selectbox" | "button_group" | "radio":
                for option in reversed(widget.options):
                    yield Press(widget.type, key, widget.label, widget, option)


def do(tab: Tab, press: Press) -> AppTest:
    """Press a button, open what is closed, choose an option."""
    run = tab.app
    match press.shape:
        case "button":
            press.widget.click()
        case "checkbox" | "toggle":
            press.widget.set_value(not press.widget.value)
        case "expander":
            run.session_state[press.key] = True
        case _:
            # A browser sends the words of an option; what they stand for is known to the page only.
            states = run._tree.get_widget_states()
            state = next(s for s in states.widgets if s.id == press.widget.id)
            if press.shape in ("selectbox", "radio"):
                state.string_value = press.option
            else:
                state.string_array_value.data[:] = [press.option]
            return run._run(states)
    return run.run()


@pytest.mark.parametrize("page", [page for page in PAGES if page not in OF_MANY_PROJECTS])
@pytest.mark.parametrize("name", CHARTERS)
def test_everything_on_a_page_of_a_project_can_be_pressed(tab: Tab, name: str, page: str) -> None:
    tab.open(tab.store.create(CHARTERS[name], "Ana"))
    Walk(tab, page).everything()


@pytest.mark.parametrize("page", OF_MANY_PROJECTS)
def test_everything_on_a_page_of_all_projects_can_be_pressed(tab: Tab, page: str) -> None:
    for charter in CHARTERS.values():
        tab.open(tab.store.create(charter, "Ana"))
    Walk(tab, page).everything()


FILES = {
    "a source": ("data_sources", "files", "city,spend\n" + "".join(f"{('Rome', 'Oslo')[i % 2]},{i}\n" for i in range(40))),
    "labels": (
        "feasibility",
        "measure",
        "case,person,label\n" + "".join(f"{i // 3},{'ABC'[i % 3]},{('yes', 'no')[i % 7 > 3]}\n" for i in range(120)),
    ),
    "predictions": (
        "feasibility",
        "measure",
        "city,label,prediction\n"
        + "".join(f"{('Rome', 'Oslo')[i % 2]},{('yes', 'no')[i % 3 > 1]},{('yes', 'no')[i % 4 > 1]}\n" for i in range(120)),
    ),
}


@pytest.mark.parametrize(("page", "place", "content"), FILES.values(), ids=FILES)
def test_what_was_measured_on_a_page_can_be_kept_there_and_the_page_opens_again(
    tab: Tab, page: str, place: str, content: str
) -> None:
    tab.open(tab.store.create(CHARTERS["online_retailer"], "Ana"))
    walk = Walk(tab, page)
    walk.turn_to(place)
    walk.measure(content)
    walk.press("Keep as", "Take as")
    walk.press_all()
    kept = tab.store.open(tab.project).charter
    assert [*kept.feasibility.measurements, *kept.data_sources.reports[1:]]
