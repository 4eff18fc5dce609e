"""What is missing to sign stands in the charter at its place, as a link to its field."""

from __future__ import annotations

from pages.parts import steps
from scoping.charter import Charter
from scoping.document.one_page import Gap, one_page
from scoping.review import overview
from scoping.sections.problems import Problem, Problems
from tests.pages.tabs import Tab

STARTED = Charter(problems=Problems(problems=(Problem(id="p", statement="Calls are lost."), Problem(id="q"))))


def test_every_gap_of_the_charter_is_a_link_to_its_field(tab: Tab) -> None:
    project = tab.store.create(STARTED, "Ana")
    tab.open(project)
    tab.go("charter")
    told = one_page(STARTED, overview(STARTED))
    gaps = [piece for row in (told.asked, *told.rows) for piece in row.pieces if isinstance(piece, Gap)]
    assert len(gaps) == 11
    found = tab.links()
    for gap in gaps:
        assert found[gap.text.strip()] == steps.href(project, gap.place)


def test_who_signs_is_told_with_what_they_wait_for(tab: Tab) -> None:
    tab.open(tab.store.create(STARTED, "Ana"))
    tab.go("charter")
    assert "To sign: 0 of 16. Nobody signs a draft: " in tab.texts()
    assert tab.links()["Do the first one"].startswith("problems?")
