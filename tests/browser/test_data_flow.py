"""Where data comes from is drawn as it is said, and what is kept of it is ticked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from scoping import samples
from scoping.section import YesNo
from scoping.sections.data_sources import DataSources, Pipeline, Source
from scoping.sections.rollout import Monitor
from tests.tools import until

SOURCES = (Source(id="till", name="Till receipts"), Source(id="waste", name="Waste lists"))
STEPS = (
    Pipeline(
        id="join", step="Join by shop and day", reads_sources=("till", "waste"), breaks="A shop closes early", monitors=("m",)
    ),
    Pipeline(id="cut", step="Leave out holidays"),
)


@pytest.fixture
def project(books) -> str:
    charter = samples.new_charter("Flow", "", "USD").with_part("data_sources", DataSources(sources=SOURCES, pipelines=STEPS))
    rollout = charter.rollout.model_copy(update={"monitors": (Monitor(id="m", trouble="Shops without sales"),)})
    return books.store.create(charter.with_part("rollout", rollout), "Cem")


def test_steps_are_drawn_by_what_they_read_and_a_loose_one_is_told(shared_server, books, people, project):
    ana, ben = people(shared_server.url), people(shared_server.url)
    for person in (ana, ben):
        person.open("data_sources", project)
        person.turn_to("Pipeline")
    picture = ana.page.get_by_role("region", name="From source to training set")
    expect(picture.locator(".source")).to_have_text(["Till receipts", "Waste lists"])
    expect(picture.locator(".edges path")).to_have_count(3)
    join = picture.get_by_role("button", name=re.compile("Join by shop and day"))
    expect(join).to_contain_text("seen by a monitor")
    expect(picture).to_contain_text("“Leave out holidays” reads nothing yet")

    picture.get_by_role("button", name="Say what it reads").click()
    drawer = ana.page.get_by_role("dialog")
    drawer.locator("summary").first.click()
    drawer.get_by_label("Join by shop and day", exact=True).check()
    ana.close_drawer()  # beside it there is no room for the picture
    expect(picture.locator(".edges path")).to_have_count(4)
    other = ben.page.get_by_role("region", name="From source to training set")
    expect(other.locator(".edges path")).to_have_count(4, timeout=3_000)
    expect(other).not_to_contain_text("reads nothing yet")


def test_on_a_phone_the_steps_stand_below_each_other_and_say_what_they_read(shared_server, books, people, project):
    ana = people(shared_server.url, viewport={"width": 390, "height": 844})
    ana.open("data_sources", project)
    ana.turn_to("Pipeline")
    picture = ana.page.get_by_role("region", name="From source to training set")
    expect(picture.get_by_text("reads Till receipts, Waste lists")).to_be_visible()
    expect(picture.locator(".edges path")).to_have_count(0)
    assert ana.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_kept_is_ticked_and_seen_by_others(shared_server, books, people, project):
    ana, ben = people(shared_server.url), people(shared_server.url)
    for person in (ana, ben):
        person.open("data_sources", project)
        person.turn_to("Pipeline")
    tick = ana.page.get_by_role("checkbox", name=re.compile("^Keep who labelled it"))
    expect(tick).not_to_be_checked()
    expect(tick).to_contain_text("not said yet")
    tick.focus()
    ana.page.keyboard.press("Space")
    expect(tick).to_be_checked()
    expect(ben.page.get_by_role("checkbox", name=re.compile("^Keep who labelled it"))).to_be_checked(timeout=3_000)
    assert until(lambda: books.part(project, "data_sources").keeps_labeller is YesNo.YES)
    tick.click()
    assert until(lambda: books.part(project, "data_sources").keeps_labeller is YesNo.NO)
    expect(tick).to_contain_text("not kept")
