"""Readings on the page: pasted, from a file, from MLflow; status and its rule beside them; tokens shown once."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping.charter import Charter
from scoping.reading.values import LARGEST_MB
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Reading, Target
from scoping.sections.value import Rung, Value
from storage.settings import MLFLOW_URI
from tests.pages.tabs import table

TODAY = datetime.now(UTC).date()
ERROR = Target(
    id="wer", milestone="m", family=Family.ML, metric="*Words* wrong", direction=Direction.AT_MOST, target=12.0, unit="%",
    metric_key="val_wer",
)  # fmt: skip
PLAN = Milestones(
    milestones=(Milestone(id="m", deliverable="Recogniser", start=TODAY - timedelta(days=60), due=TODAY + timedelta(days=60)),),
    targets=(ERROR,),
)


def _page(project: str, part: str) -> None:
    """The readings on a page of their own. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.milestones import readings as milestones_readings
    from scoping.sections.milestones import SECTION

    for name in part.split():
        getattr(milestones_readings, name)(here.Step(SECTION, here.store().open(project)))


class Page:
    """The page of one person."""

    def __init__(self, plan: Milestones = PLAN, part: str = "show ways_in", **parts: Any) -> None:
        charter = Charter().with_part("milestones", plan)
        for name, value in parts.items():
            charter = charter.with_part(name, value)
        self.project = here.store().create(charter, "Ana")
        self.app = AppTest.from_function(_page, args=(self.project, part), default_timeout=30)
        self.app.session_state[f"milestones.add.{self.project}.open"] = True
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def turn_to(self, way: str) -> None:
        self.app.session_state[f"milestones.way.{self.project}"] = way
        self.run()

    def press(self, label: str) -> None:
        next(b for b in self.app.button if b.label == label).click().run()
        assert not self.app.exception

    @property
    def readings(self) -> list[tuple[Any, ...]]:
        rows = here.store().open(self.project).charter.milestones.readings
        return [(r.target, r.value, r.when, r.source, r.run) for r in rows]

    def rows(self) -> list[dict[str, str]]:
        return table("".join(e.proto.body for e in self.app.get("html")), "Because")

    def texts(self) -> str:
        kinds = ("markdown", "caption", "warning", "error")
        said = "\n".join(e.value for kind in kinds for e in self.app.get(kind)).replace("\\", "")
        return said + "".join(e.proto.body for e in self.app.get("html"))


@pytest.fixture(autouse=True)
def _database(new_tab: object) -> None:
    """The database of this test."""


def at(days: int, value: float) -> Reading:
    return Reading(id=f"r{days}", target="wer", when=TODAY - timedelta(days=days), value=value)


def test_status_comes_with_word_sign_and_rule_and_the_course_of_a_target():
    page = Page(PLAN.model_copy(update={"readings": tuple(at(d, v) for d, v in ((28, 24), (21, 20), (14, 17), (7, 15), (1, 13)))}))
    (row,) = page.rows()
    assert row["State"] in ("↗ On track", "▲ At risk")
    assert "At the rate of its 5 readings" in row["Because"]
    chart = page.app.get("vega_lite_chart")[0]
    assert "Target: at most 12\u00a0%" in str(chart.proto)
    assert "Forecast for" in str(chart.proto)


def test_goals_follow_their_readings():
    page = Page(PLAN.model_copy(update={"readings": (at(1, 11.0),)}), value=Value(rungs=(Rung(id="r", metric="*words* wrong"),)))
    said = page.texts()
    assert "Goals that these targets serve" in said
    assert "“*words* wrong”: Met since" in said


def test_pasted_rows_are_looked_at_before_they_are_added():
    page = Page()
    page.turn_to("Paste")
    page.app.text_area[0].set_value(f"metric\tvalue\tdate\nval_wer\t14\t{TODAY}\nloss\t3\t{TODAY}").run()
    assert "No target is called “loss”" in page.texts()
    assert page.readings == []
    page.press("Add 1 reading")
    assert page.readings == [("wer", 14, TODAY, "Pasted", "")]
    assert "1 reading here already" in page.texts()


def test_a_metrics_file_is_read_and_no_file_brings_the_page_down():
    page = Page()
    page.turn_to("File")
    assert page.app.file_uploader[0].proto.max_upload_size_mb == LARGEST_MB
    page.app.file_uploader[0].upload("metrics.json", json.dumps({"val": {"wer": 14}}).encode(), "application/json").run()
    page.press("Add 1 reading")
    assert page.readings == [("wer", 14, TODAY, "metrics.json", "")]
    for content in (b"\0\1\2", b"{", b"just words"):
        page.app.file_uploader[0].upload("broken.json", content, "application/json").run()
        assert not page.app.exception
        assert page.app.error


def _store(path: Path) -> str:
    """The two tables of an MLflow store that are read."""
    with contextlib.closing(sqlite3.connect(path)) as store:
        store.execute("CREATE TABLE runs (run_uuid, name, status, lifecycle_stage)")
        store.execute("CREATE TABLE latest_metrics (key, value, timestamp, step, is_nan, run_uuid)")
        store.execute("INSERT INTO runs VALUES ('run41', 'bold', 'RUNNING', 'active')")
        now = int(datetime.now(UTC).timestamp() * 1000)
        store.execute("INSERT INTO latest_metrics VALUES ('val_wer', 13.5, ?, 3, 0, 'run41')", (now,))
        store.commit()
    return f"sqlite:///{path}"


def test_a_run_of_mlflow_is_looked_at_and_added(tmp_path, monkeypatch):
    page = Page()
    page.turn_to("MLflow")
    assert "WORKBENCH_MLFLOW_URI" in page.texts()
    monkeypatch.setenv(MLFLOW_URI, _store(tmp_path / "mlflow.db"))
    page.run()
    page.app.text_input[0].set_value("nobody")
    page.press("Look at the run")
    assert "knows no run “nobody”" in page.texts()
    page.app.text_input[0].set_value("run41")
    page.press("Look at the run")
    assert "still going on" in page.texts()
    page.press("Add 1 reading")
    assert page.readings == [("wer", 13.5, TODAY, "MLflow run bold", "run41")]


def test_a_token_is_shown_once_and_revoked():
    page = Page(part="programs")
    page.press("Make a token")
    assert "Name the program" in page.texts()
    page.app.text_input[0].set_value("Nightly *training*")
    page.press("Make a token")
    made, example = (c.value for c in page.app.code if "calendar.ics" not in c.value)
    assert here.store().tokens.shown(made).label == "Nightly *training*"
    assert '\'{"metric_key": "val_wer"' in example
    assert page.project in example
    page.run()
    assert len(page.app.code) == 1
    page.press("Revoke")
    assert here.store().tokens.shown(made) is None


def test_without_targets_the_page_says_what_to_do_first():
    assert "give a milestone a target" in Page(Milestones()).texts()
