"""A table is uploaded, the page says whether it predicts its target and asks about leaks; without data the ladder stands there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping.charter import Charter
from scoping.measuring.signal import result as signal_result
from scoping.sections.feasibility import Check, Feasibility, KnownWhen, Resembles, Signal
from tests.pages.tabs import figures, read


def table(rows: int = 90, **more: Any) -> bytes:
    """Spending says whether somebody buys; the note is written when they did."""
    chance = np.random.default_rng(1)
    spend = chance.normal(50, 10, rows).round(1)
    bought = np.where(spend + chance.normal(0, 6, rows) > 50, "yes", "no")
    note = np.where(bought == "yes", "thanked", "")
    frame = pd.DataFrame({"spend": spend, "visits": chance.integers(1, 9, rows), "bought": bought, "note": note} | more)
    return frame.to_csv(index=False).encode()


def _page(project: str) -> None:
    """A page with the check alone. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.feasibility import features, signal
    from scoping.sections.feasibility import SECTION

    step = here.Step(SECTION, here.store().open(project))
    signal.show(step)
    features.plausibility(step)


class Bench:
    """One person at the check."""

    def __init__(self, project: str) -> None:
        self.project = project
        self.app = AppTest.from_function(_page, args=(project,), default_timeout=60)
        # Stands for the cookie of a browser.
        self.app.session_state["desk"] = "ana"
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def upload(self, content: bytes) -> None:
        self.app.file_uploader[0].upload("cases.csv", content, "text/csv").run()
        self.wait()

    def measure(self) -> None:
        self.press(next(b.label for b in self.app.button if b.label.startswith("Measure")))
        self.wait()

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + 120
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.1)
            self.app.run()
        assert not self.app.get("progress")
        assert not self.app.exception

    def press(self, label: str) -> None:
        next(b for b in self.app.button if b.label == label).click().run()
        assert not self.app.exception

    def box(self, label: str) -> Any:
        kinds = ("selectbox", "number_input", "radio", "multiselect")
        return next(box for kind in kinds for box in self.app.get(kind) if box.label == label)

    def metric(self, label: str) -> str:
        return dict(figures(self.app))[label]

    def texts(self) -> str:
        kinds = ("markdown", "caption", "error")
        said = [f"{e.value}" for kind in kinds for e in self.app.get(kind)]
        return "\n".join((*said, *map(read, (e.proto.body for e in self.app.get("html"))))).replace("\\", "")


@pytest.fixture
def bench(new_tab: Callable[[], Any]) -> Callable[..., Bench]:
    new_tab()

    def begin(**answers: Any) -> Bench:
        return Bench(here.store().create(Charter().with_part("feasibility", Feasibility(**answers)), "Ana"))

    return begin


def test_a_leak_is_asked_about_first_and_what_remains_is_told_and_kept(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(table())
    assert [page.box(label).value for label in ("Predict", "It is", "A prediction will be for")] == ["bought", "classes", "random"]
    page.measure()
    assert page.metric("Can it be predicted?") == "Check the leaks first"
    assert "“note” is known in time" in page.texts()
    flags = next(d.value for d in page.app.dataframe if "What was done" in d.value)
    assert flags["Column"].tolist() == ["note"]
    page.box("Not known when predicting").select("note").run()
    assert "measure again to renew them" in page.texts()
    page.measure()
    assert page.metric("Can it be predicted?") == "Yes"
    low, high = (float(v) for v in page.metric("Score, 95 % interval").split("(")[1].rstrip(")").split(" to "))
    assert 0.5 < low < high <= 1
    columns = next(d.value for d in page.app.dataframe if "Adds to the others" in d.value)
    assert columns["Column"][0] == "spend"
    assert "“note” (left out by you)" in page.texts()
    page.press("Take as evidence")
    part = here.store().open(page.project).charter.feasibility
    (evidence,), (kept,) = part.evidence, part.measurements
    assert evidence.check is Check.FEATURES
    assert evidence.low < evidence.value < evidence.high
    assert evidence.measurement == kept.id
    assert signal_result.Settings.model_validate_json(kept.settings).left_out == ("note",)
    assert signal_result.Result.model_validate_json(kept.result).rows == 90
    page.press("Take these columns over as features")
    part = here.store().open(page.project).charter.feasibility
    said = {f.name: (f.signal, f.known_when) for f in part.features}
    assert said["spend"] == (Signal.CARRIES, None)
    assert said["note"] == (None, KnownWhen.AFTER)
    page.press("Take these columns over as features")
    assert len(here.store().open(page.project).charter.feasibility.features) == len(part.features)


def test_a_table_that_cannot_be_judged_gets_a_sentence(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(table(bought="yes"))
    page.box("Predict").select("bought").run()
    page.measure()
    assert "Every row has “yes” in “bought”, so there is nothing to predict" in page.texts()


def test_a_later_time_asks_when_rows_happened_and_too_few_rows_are_said(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(table(rows=24, day=pd.date_range("2026-01-01", periods=24).astype(str)))
    assert page.box("When it happened").value == "day"
    assert page.box("The truth is known after … moments").value == 1
    page.measure()
    assert page.metric("Can it be predicted?") == "Too few rows to say"
    assert not [label for label, _ in figures(page.app) if label.startswith("Score")]


def test_words_of_people_are_never_markup(bench: Callable[..., Bench]) -> None:
    page = bench()
    content = table(rows=24).replace(b"spend", b"**bold** $x$ <b>").replace(b"note", b"=1+1").replace(b"thanked", b"")
    page.upload(content)
    page.measure()
    marked = [e.value for kind in ("markdown", "caption") for e in page.app.get(kind)]
    assert not any("**bold**" in text or "$x$" in text or "<b>" in text for text in marked)


def test_without_data_the_ladder_shows_where_the_case_stands(bench: Callable[..., Bench]) -> None:
    said = bench(resembles=Resembles.STOCK).texts()
    assert said.index("Past purchases") < said.index("DNA") < said.index("Past prices of a stock")
    assert "Its future price Close to impossible like ours" in said
    assert said.count("like ours") == 2  # the heading asks which example is most like ours
    assert bench().texts().count("like ours") == 1


@pytest.mark.slow
def test_a_large_table_has_a_first_answer_while_the_whole_one_is_worked_out(bench: Callable[..., Bench]) -> None:
    chance = np.random.default_rng(2)
    more = {f"x{i}": chance.integers(0, 99, 30_000) for i in range(12)}
    page = bench()
    page.upload(table(30_000, **more))
    page.press("Measure")
    deadline = time.monotonic() + 120
    while "A first answer from 2,000 of 30,000 rows" not in page.texts() and time.monotonic() < deadline:
        time.sleep(0.2)
        page.run()
    assert "A first answer from 2,000 of 30,000 rows" in page.texts()
    assert page.app.get("progress")
    assert page.metric("Can it be predicted?") == "Check the leaks first"
    assert "It can be kept once all rows are measured." in page.texts()
    assert "Take as evidence" not in [b.label for b in page.app.button]
    page.press("Cancel")
    assert not page.app.get("progress")
