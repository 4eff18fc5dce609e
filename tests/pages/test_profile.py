"""A file of a source is profiled: what stands out is said, the report is kept, and a later file is compared with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping.charter import Charter
from scoping.measuring import telling
from scoping.sections.data_sources import Source
from tests.pages.tabs import Tab, figures, table

MAIL = [f"person{i}@mail.example" for i in range(40)]
OLD = "id,mail,city,spend,churn\n" + "".join(
    f"{i + 1},{MAIL[i % 40]},{('Rome', 'Oslo')[i % 2]},{i % 7},{('no', 'yes')[i % 10 == 0]}\n" for i in range(400)
)
NEW = "id,mail,city,spend,churn\n" + "".join(
    f"{i + 1},{MAIL[i % 40]},{('Rome', 'Paris')[i % 2]},{i % 7 + 5},{('no', 'yes')[i % 10 == 0]}\n" for i in range(400)
)


def _page(project: str) -> None:
    """The part of the page that profiles files and lists the reports. It runs as a script of its own."""

    from pages.parts import here
    from pages.parts.data_sources import profile as data_sources_profile
    from scoping.sections.data_sources import SECTION

    step = here.Step(SECTION, here.store().open(project))
    data_sources_profile.show(step)


class Person:
    """Somebody at the page."""

    def __init__(self, project: str) -> None:
        self.app = AppTest.from_function(_page, args=(project,), default_timeout=30)
        self.app.session_state["desk"] = "ana"
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + 30
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.05)
            self.run()
        assert not self.app.get("progress")
        assert not self.app.exception

    def profile(self, name: str, content: str, **choices: str) -> None:
        if any(b.label == "Choose another table" for b in self.app.button):
            self.press("Choose another table")
        self.app.file_uploader[0].upload(name, content.encode(), "text/csv").run()
        self.wait()
        for label, option in choices.items():
            self.box(label).select(option).run()
        self.press("Measure")
        self.wait()

    def press(self, label: str) -> None:
        next(button for button in self.app.button if button.label == label).click().run()
        assert not self.app.exception

    def box(self, label: str) -> Any:
        return next(box for box in self.app.selectbox if box.label.startswith(label))

    def metric(self, label: str) -> str:
        return dict(figures(self.app))[label]

    def says(self) -> str:
        return "\n".join(e.value for kind in ("markdown", "caption", "error") for e in self.app.get(kind)).replace("\\", "")

    def table(self, column: str) -> dict[str, dict[str, str]]:
        """The rows of the table that has this column, by what they are about."""
        html = "".join(e.proto.body for e in self.app.get("html"))
        return {next(iter(row.values())): row for row in table(html, column)}


@pytest.fixture
def project(new_tab: Callable[[], Tab]) -> str:
    new_tab()
    sources = (Source(id="crm", name="Customer file"), Source(id="web", name="Web log"))
    part = Charter().data_sources.model_copy(update={"sources": sources})
    return here.store().create(Charter().with_part("data_sources", part), "Ana")


def reports(project: str) -> tuple[Any, ...]:
    return tuple(here.store().open(project).charter.data_sources.reports)


def test_what_stands_out_in_a_file_is_said_and_its_suggested_rating_taken_over_by_one_click(project: str) -> None:
    ana = Person(project)
    ana.profile("old.csv", OLD, **{"Column to be predicted": "churn"})
    assert ana.metric("Rows") == "400"
    assert ana.metric("Columns with possible personal data") == "1"
    assert "“mail” may hold e-mail addresses (400 cells look like it)" in ana.says()
    assert "“id” counts the rows" in ana.says()
    assert "“yes” is the rarest class of “churn”: 40 rows (10\u00a0%)" in ana.says()
    columns = ana.table("Holds")
    assert columns["spend"]["Median"] == "3"
    assert columns["mail"]["Commonest"] == "withheld"
    assert [row["Rows"] for row in ana.table("Class").values()] == ["360", "40"]
    ana.press("Rate the source so")
    source = here.store().open(project).charter.data_sources.sources[0]
    assert (source.accuracy.value, source.coherence.value, source.timeliness) == ("3", "2", None)
    ana.run()
    assert not [b for b in ana.app.button if b.label == "Rate the source so"]


def test_a_report_is_kept_without_personal_values_and_a_later_file_compared_with_it(project: str) -> None:
    ana = Person(project)
    ana.profile("old.csv", OLD)
    ana.press("Keep as report")
    (report,) = reports(project)
    assert (report.source, report.rows, report.file_name) == ("crm", 400, "old.csv")
    assert "mail.example" not in report.model_dump_json()
    assert "Columns" in str(telling.blocks(report))
    ana.profile("new.csv", NEW, **{"Compare with": report.id})
    changes = ana.table("What changed")
    assert changes["spend"]["Values"] == "Large change"
    assert "new values “Paris”" in changes["city"]["What changed"]
    assert "values that are gone “Oslo”" in changes["city"]["What changed"]
    assert changes["churn"]["Values"] == "No sign of a change"
    assert changes["id"]["Values"] == "Not compared"
    ana.box("The file belongs to").select("web").run()
    (listed,) = [e.label for e in ana.app.expander]
    assert listed.replace("\\", "").startswith("Customer file: 400 rows, 5 columns")


def test_a_line_that_does_not_fit_is_named(project: str) -> None:
    ana = Person(project)
    long = "a,b\n" + "1,2\n" * 6_000 + "3\n"
    ana.profile("bad.csv", long)
    assert "Line 6002 has 1 cell, but there are 2 columns; there is none for “b”." in ana.says()


def test_without_a_source_the_place_says_what_is_needed(new_tab: Callable[[], Tab]) -> None:
    new_tab()
    assert "With a data source in the list" in Person(here.store().create(Charter(), "Ana")).says()
