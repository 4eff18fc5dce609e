"""What is missing to sign: every point that is named is a link to its field, on the step and on the charter."""

from __future__ import annotations

import pytest
from pages.parts.arrival import PLACE_PARAM

from pages.parts import notices
from pages.parts.to_sign import NAMED
from scoping import samples
from scoping.charter import SECTIONS, Charter
from scoping.places import place_of
from scoping.review import overview
from scoping.sections.problems import Problem, Problems
from tests.pages.tabs import Tab

STARTED = Charter(problems=Problems(problems=(Problem(id="p", statement="Calls are lost."), Problem(id="q"))))


def links(tab: Tab) -> dict[str, str]:
    """Where the links lead that have a place in their address, by their words."""
    found = [link.proto for link in tab.app.get("page_link")]
    return {link.label.split(" :gray-badge")[0]: link.query_string for link in found if f"{PLACE_PARAM}=" in link.query_string}


@pytest.mark.parametrize("charter", [Charter(), STARTED], ids=["empty", "started"])
@pytest.mark.parametrize("slug", [s.slug for s in SECTIONS])
def test_every_point_that_a_step_misses_is_a_link_to_its_field(tab: Tab, slug: str, charter: Charter) -> None:
    tab.open(tab.store.create(charter, "Ana"))
    tab.go(slug)
    missing = [f for f in overview(charter).missing if f.part == slug]
    assert missing
    found = links(tab)
    for finding in missing:
        place = place_of(finding, charter)
        assert f"{place.list}.{place.record}.{place.field}" in found[notices.plain(finding.message)]


def test_every_point_that_the_charter_names_is_a_link_to_its_field(tab: Tab) -> None:
    tab.open(tab.store.create(STARTED, "Ana"))
    tab.go("charter")
    missing = [f for c in overview(STARTED).conditions for f in c.missing]
    assert len(missing) > 16, "some conditions miss several things"
    found = links(tab)
    assert {notices.plain(f.message) for f in missing} == {*found}
    for finding in missing:
        place = place_of(finding, STARTED)
        assert f"{place.list}.{place.record}.{place.field}" in found[notices.plain(finding.message)]


def test_a_condition_that_misses_very_much_names_some_and_counts_the_rest(tab: Tab) -> None:
    sample = samples.samples()[0].charter
    rows = tuple(Problem(id=f"p{n}", statement=f"We need an app {n}.") for n in range(NAMED + 5))
    charter = sample.with_part("problems", sample.problems.model_copy(update={"problems": rows}))
    first = overview(charter).conditions[0]
    assert len(first.missing) > NAMED
    tab.open(tab.store.create(charter, "Ana"))
    tab.go("charter")
    assert f"and {len(first.missing) - NAMED} more" in tab.texts()
