"""Steps of the data stand along the milestones of the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping.charter import Charter
from scoping.sections.data_sources import DataSources, Pipeline
from scoping.sections.milestones import Milestone, Milestones
from tests.pages.tabs import table


def _page(project: str) -> None:
    """The part on a page of its own."""
    from pages.parts import here
    from pages.parts.data_sources import pipelines
    from scoping.sections.data_sources import SECTION

    pipelines.show(here.Step(SECTION, here.store().open(project)))


def test_steps_are_laid_along_the_plan_and_open_ends_are_said(new_tab: Callable[[], Any]) -> None:
    new_tab()
    steps = (
        Pipeline(id="a", step="Cut", poc_how="By hand", replicable="yes", from_milestone="m", owner="Ben", lineage="Clips"),
        Pipeline(id="b", step="**Join**"),
    )
    plan = Milestones(milestones=(Milestone(id="m", deliverable="Launch 'one'"),))
    charter = Charter(data_sources=DataSources(pipelines=steps), milestones=plan)
    app = AppTest.from_function(_page, args=(here.store().create(charter, "Ana"),)).run()
    assert not app.exception
    html = "".join(element.proto.body for element in app.get("html"))
    assert [[*row.values()] for row in table(html, "Step")] == [["Cut", "alike every time"], ["**Join**", "not decided"]]
    assert "Decide whether “**Join**” must run alike every time in production." in html
