"""What is missing to sign: every point that the charter names is a link to its field."""

from __future__ import annotations

from pages.parts import steps
from pages.parts.to_sign import NAMED
from scoping import samples
from scoping.charter import Charter
from scoping.places import place_of
from scoping.review import overview
from scoping.sections.problems import Problem, Problems
from tests.pages.tabs import Tab

STARTED = Charter(problems=Problems(problems=(Problem(id="p", statement="Calls are lost."), Problem(id="q"))))


def test_every_point_that_the_charter_names_is_a_link_to_its_field(tab: Tab) -> None:
    project = tab.store.create(STARTED, "Ana")
    tab.open(project)
    tab.go("charter")
    missing = [f for c in overview(STARTED).conditions for f in c.missing]
    assert len(missing) > 16, "some conditions miss several things"
    found = {words.removesuffix(" (not known yet)"): href for words, href in tab.links().items()}
    for finding in missing:
        assert found[finding.message] == steps.href(project, place_of(finding, STARTED))


def test_a_condition_that_misses_very_much_names_some_and_counts_the_rest(tab: Tab) -> None:
    sample = samples.samples()[0].charter
    rows = tuple(Problem(id=f"p{n}", statement=f"We need an app {n}.") for n in range(NAMED + 5))
    charter = sample.with_part("problems", sample.problems.model_copy(update={"problems": rows}))
    first = overview(charter).conditions[0]
    assert len(first.missing) > NAMED
    tab.open(tab.store.create(charter, "Ana"))
    tab.go("charter")
    assert f"and {len(first.missing) - NAMED} more" in tab.texts()
