"""The three lists say what they hold in all, contracts can be downloaded, and a spreadsheet becomes sources after a look at it."""

from __future__ import annotations

import time
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping import samples
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.sections.data_sources import DataSources, Source
from storage.store import CharterStore
from tests.pages.tabs import table

FILE = """Data source;Origin;Volume [hours];Price (EUR);Time;Colour
Owned queries;internal;120;0;0;red
Reading aloud;crowd;1.000,5;10.000,00;14 days;blue
Broken;external;lots;5;1;green
"""


def _page(project: str) -> None:
    """The inventory on a page of its own. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.data_sources import inventory
    from scoping.sections.data_sources import SECTION

    step = here.Step(SECTION, here.store().open(project))
    inventory.show(step)


class Page:
    """The page of one person."""

    def __init__(self, project: str) -> None:
        self.project = project
        self.app = AppTest.from_function(_page, args=(project,), default_timeout=30)
        self.app.session_state["desk"] = "ana"
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    @property
    def sources(self) -> tuple[Source, ...]:
        return here.store().open(self.project).charter.data_sources.sources

    def import_file(self, name: str, text: str) -> None:
        self.app.session_state[f"data_sources.import.{self.project}"] = True
        self.run()
        self.app.file_uploader[0].upload(name, text.encode(), "text/csv").run()
        self.wait()
        self.press("Look at the rows")
        self.wait()

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + 30
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.05)
            self.run()
        assert not self.app.get("progress")

    def press(self, label: str) -> None:
        next(b for b in self.app.button if b.label == label).click().run()
        assert not self.app.exception

    def rows(self, column: str) -> list[dict[str, str]]:
        """The rows of the table that has this column."""
        return table("".join(e.proto.body for e in self.app.get("html")), column)

    def texts(self) -> str:
        kinds = ("markdown", "caption", "warning", "error")
        said = [e.value for kind in kinds for e in self.app.get(kind)] + [e.proto.body for e in self.app.get("html")]
        return "\n".join(said).replace("\\", "")

    def sums(self) -> dict[str, dict[str, str]]:
        """What each list holds, by its name."""
        html = "".join(e.proto.body for e in self.app.get("html"))
        return {row["List"]: row for row in table(html, "Known amount")}


def page(store: CharterStore, *sources: Source) -> Page:
    return Page(store.create(Charter(data_sources=DataSources(sources=sources)), "Ana"))


def source(name: str, **more: Any) -> Source:
    return Source(id=name.casefold().replace(" ", "-"), name=name, **more)


def test_a_unit_is_never_markup(store: CharterStore) -> None:
    shown = page(store, source("Logs", origin="owned", amount=5, unit="**hours** $x$ <b>"))
    assert shown.sums()["Internal"]["Known amount"] == "5 **hours** $x$ <b>"


def test_each_list_says_what_it_holds_and_what_is_not_known(store: CharterStore) -> None:
    shown = page(
        store,
        source("Logs", origin="owned", amount=5, unit="hours", cost=0, days=0, accuracy="3"),
        source("Bought", origin="purchased", amount=7, unit="Hours", cost=50_00, days=9),
        source("Crowd", origin="crowdsourced", cost=10_00, unknown=("amount",)),
        source("Someday", origin="wished"),
        source("New"),
    )
    sums = shown.sums()
    assert [*sums] == ["Internal", "External", "Wished for", "Not said yet", "All together"]
    assert sums["All together"]["Known amount"] == "12 hours"
    external = {"List": "External", "Sources": "2", "Known amount": "7 Hours", "Known cost": "$60", "Slowest": "9 days"}
    assert sums["External"] == external
    assert sums["Wished for"]["Known cost"] == "–"
    assert "Of 5: 3 without an amount, 2 without a cost, 3 without a time, 5 not rated on every dimension." in shown.texts()


def test_ratings_are_drawn_for_whoever_opens_them(store: CharterStore) -> None:
    shown = page(store, source("Logs", origin="owned", accuracy="3"), source("Bought", origin="purchased"))
    assert not shown.app.get("vega_lite_chart")
    key = f"data_sources.quality.{shown.project}"
    shown.app.session_state[key] = shown.app.session_state[f"{key}.open"] = True
    shown.run()
    assert shown.app.get("vega_lite_chart")


def test_an_empty_inventory_offers_the_import_alone(store: CharterStore) -> None:
    shown = page(store)
    assert not shown.app.get("html")
    assert [e.proto.popover.label for e in shown.app.get("popover")] == ["Import from a spreadsheet"]


def test_a_spreadsheet_becomes_sources_after_a_look_at_it(store: CharterStore) -> None:
    shown = page(store, source("owned queries", origin="owned", amount=100, unit="hours", cost=0, days=0, owner="Ben"))
    before = shown.sources
    shown.import_file("inventory.csv", FILE)
    assert shown.sources == before
    said = shown.texts()
    assert "Row 3, “Broken”: How we get it: “external” is none of" in said
    assert "Row 3, “Broken”: Amount: “lots” is not a number" in said
    assert {tuple(row.values()) for row in shown.rows("In the file")} == {
        ("owned queries", "Amount", "100", "120"),
        ("owned queries", "Currency", "$ US dollar", "€ Euro"),
        ("owned queries", "Cost", "$0", "€0"),
    }
    shown.press("Add 2 and update 1")
    assert [(s.name, s.amount, s.unit, s.cost, s.currency, s.days) for s in shown.sources] == [
        ("owned queries", 120, "hours", 0, "EUR", 0),
        ("Reading aloud", 1000.5, "hours", 10_000_00, "EUR", 14),
        ("Broken", None, "hours", 500, "EUR", 1),
    ]
    assert shown.sources[0].owner == "Ben"
    assert "2 sources added, 1 source updated." in shown.texts()
    assert store.history(shown.project, limit=1)[0].note == "Imported from inventory.csv"


def test_the_same_file_again_adds_nothing(store: CharterStore) -> None:
    shown = page(store)
    shown.import_file("inventory.csv", "Source,Amount\nA,1\nB,2\n")
    shown.press("Add 2 and update 0")
    assert "Nothing in the file is new." in shown.texts()
    assert len(shown.sources) == 2


def test_a_source_that_is_taken_out_of_the_updates_stays_as_it_is(store: CharterStore) -> None:
    shown = page(store, source("A", amount=5), source("B", amount=5))
    shown.import_file("inventory.csv", "Source,Amount\nA,1\nB,2\n")
    # Both reach the server together, as they do when the page is slow.
    shown.app.multiselect[0].set_value(["b"])
    shown.press("Add 0 and update 2")
    assert [s.amount for s in shown.sources] == [5, 2]
    assert "0 sources added, 1 source updated." in shown.texts()


def test_what_somebody_changes_during_the_look_is_not_overwritten(store: CharterStore) -> None:
    shown = page(store, source("A", amount=5))
    shown.import_file("inventory.csv", "Source,Amount,Owner\nA,1,Zoë\n")
    store.save(shown.project, "data_sources", [Edit("sources", "a", "amount", 5, 9)], "Bo")
    shown.press("Add 0 and update 1")
    assert (shown.sources[0].amount, shown.sources[0].owner) == (9, "Zoë")
    assert "Bo changed Amount of a source meanwhile" in shown.texts()


def test_columns_must_name_the_sources_and_answer_one_question_each(store: CharterStore) -> None:
    shown = page(store)
    shown.app.session_state[f"data_sources.import.{shown.project}"] = True
    shown.run()
    shown.app.file_uploader[0].upload("a.csv", b"What,Cost,Euro\nA,1,2\n", "text/csv").run()
    shown.wait()
    assert "Choose the column that names the sources." in shown.texts()
    first, _, third = shown.app.selectbox
    first.set_value("name").run()
    assert "Choose the column" not in shown.texts()
    third.set_value("cost").run()
    assert "Two columns are to answer Cost." in shown.texts()


def test_contracts_are_offered_for_the_chosen_source_and_for_all(store: CharterStore) -> None:
    sample = samples.samples()[0].charter
    shown = Page(store.create(sample, "Ana"))
    shown.app.session_state[f"data_sources.contracts.{shown.project}"] = True
    shown.run()
    names = [button.proto.label for button in shown.app.get("download_button")]
    assert names == ["This contract"]
    assert any(">Contracts of all data sources</a>" in element.value for element in shown.app.get("html"))


def test_a_table_with_far_more_columns_than_questions_is_no_inventory(store: CharterStore) -> None:
    shown = page(store)
    shown.app.session_state[f"data_sources.import.{shown.project}"] = True
    shown.run()
    names = [f"c{i}" for i in range(300)]
    shown.app.file_uploader[0].upload("wide.csv", f"{','.join(names)}\n{','.join(names)}x\n".encode(), "text/csv").run()
    shown.wait()
    assert "The table has 300 columns; an inventory has 60 at most." in shown.texts()
    assert not shown.app.selectbox
    assert next(b for b in shown.app.button if b.label == "Look at the rows").disabled
