"""A check-in is told in a digest, with what was changed since the one before."""

from __future__ import annotations

from datetime import date, timedelta

from pages.parts import times
from scoping.charter import Charter
from scoping.merge import Edit, added
from scoping.sections.milestones import CheckIn, Milestone, Pace
from tests.pages.tabs import Tab

PLAN = (
    Milestone(
        id="a", deliverable="Recogniser for cars", start=times.today(), due=times.today() + timedelta(days=20), likely_days=9
    ),
)


def day(offset: int) -> date:
    return times.today() + timedelta(days=offset)


def opened(tab: Tab, *said: CheckIn, milestones: tuple[Milestone, ...] = PLAN) -> str:
    plan = Charter().milestones.model_copy(update={"milestones": milestones, "checkins": said})
    project = tab.store.create(Charter().with_part("milestones", plan), "Ana")
    tab.open(project)
    return project


def digest(tab: Tab, project: str) -> str:
    tab.go("run")
    assert not tab.unfold(f"milestones.digest.{project}").exception
    return str(tab.app.code[0].value)


def test_the_digest_holds_what_was_said(tab: Tab) -> None:
    said = CheckIn(
        id="c", held_on=day(0), pace=Pace.AT_RISK, changed="Labels *agree*", coming="Twenty cars", help_needed="Dana: go on?"
    )
    told = digest(tab, opened(tab, said))
    assert all(words in told for words in ("At risk", r"Labels \*agree\*", "Twenty cars", "Dana: go on?"))
    assert [b.label for b in tab.app.get("download_button")] == ["Markdown", "HTML"]


def test_how_sure_a_team_was_is_told_where_it_said_no_more(tab: Tab) -> None:
    assert "4 of 5" in digest(tab, opened(tab, CheckIn(id="c", held_on=day(0), confidence=4)))


def test_a_change_since_the_check_in_before_is_told(tab: Tab) -> None:
    project = opened(tab, CheckIn(id="b", held_on=day(-7)))
    assert tab.store.save(project, "milestones", [Edit("milestones", "a", "owner", "", "Ben")], "Bo").stamp
    assert tab.store.save(project, "milestones", [added("checkins", CheckIn(id="c", held_on=day(0)))], "Bo").stamp
    assert "Owner: nothing → Ben" in digest(tab, project)


def test_there_is_no_digest_before_anybody_said_anything(tab: Tab) -> None:
    for milestones in (PLAN, ()):
        opened(tab, milestones=milestones)
        tab.go("run")
        assert "Digest" not in "".join(e.label for e in tab.app.expander)


def test_the_page_has_few_messages(tab: Tab) -> None:
    opened(tab, CheckIn(id="c", held_on=day(0), changed="Labels agree"))
    tab.go("run")
    assert [view["view"] for kind in ("presence", "tabs", "run") for view in tab.views(kind)] == ["presence", "tabs", "run"]
    assert len(list(tab.app.main)) <= 8
