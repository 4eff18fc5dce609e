"""The digest of a check-in says what was said and how the plan stands, and shows people's words literally."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from scoping.export.digest import AT_MOST, digest
from scoping.milestones import baseline, checkin, tracking
from scoping.milestones import plan as milestones_plan
from scoping.milestones.baseline import FrozenMilestone
from scoping.milestones.words import drift_words
from scoping.sections.milestones import Baseline, CheckIn, Milestone, Milestones, Reading, Target

DAY = date(2027, 5, 12)
EVIL = "<script>alert(1)</script> **bold** | [x](http://a.b) `code`"


def plan(**lists: tuple) -> Milestones:
    rows = {
        "milestones": (
            Milestone(id="a", deliverable="Recogniser", start=date(2027, 4, 5), due=date(2027, 5, 7), likely_days=25),
            Milestone(
                id="b", deliverable="Launch", start=date(2027, 5, 10), due=date(2027, 6, 4), likely_days=20, depends_on=("a",)
            ),
        ),
        "targets": (
            Target(
                id="t", milestone="a", family="ml", metric="Words right", direction="at_least", target=85, unit="%", baseline=80
            ),
        ),
    }
    return Milestones(**{**rows, **lists})


def told(milestones: Milestones, said: CheckIn | None = None, changes: tuple[str, ...] = (), name: str = "Voice search"):
    return digest(name, checkin.look(milestones, milestones_plan.plan(milestones, DAY)), said, changes)


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_says_what_the_team_said() -> None:
    said = CheckIn(
        id="c", held_on=DAY, changed="Labels agree", confidence=2, risks="The car set", help_needed="Legal", author="Ana"
    )
    text = told(plan(), said).to_markdown()
    assert text.startswith("# Voice search: check-in of 12 May 2027\n")
    for words in ("Labels agree", "2 of 5", "The car set", "Legal", "Ana"):
        assert words in text


def test_a_vote_that_nobody_cast_is_not_a_number() -> None:
    text = told(plan(), CheckIn(id="c", held_on=DAY, changed="Labels agree")).to_markdown()
    assert "**How it is going**: not said" in text


def test_it_tells_status_with_its_rule_and_the_reading_that_is_due() -> None:
    old = Reading(id="r", target="t", when=date(2027, 4, 20), value=82)
    text = told(plan(readings=(old,))).to_markdown()
    assert "| Recogniser | Late | 7 May 2027 |" in text
    assert "| Words right | Recogniser | at least 85\u00a0% | 82\u00a0% on 20 Apr 2027 |" in text


def test_a_met_target_asks_for_nothing() -> None:
    met = Reading(id="r", target="t", when=date(2027, 4, 20), value=86)
    assert "## Readings" not in told(plan(readings=(met,))).to_markdown()


def test_it_tells_by_how_much_dates_moved_against_the_baseline() -> None:
    rows = plan().milestones
    frozen = baseline.freeze([FrozenMilestone(id=m.id, due=m.due) for m in rows])
    kept = plan(baselines=(Baseline(id="x", name="First", frozen_on=date(2027, 4, 1), plan=frozen),))
    assert "## Against the signed plan" not in told(kept).to_markdown()
    moved = kept.model_copy(update={"milestones": tuple(m.model_copy(update={"due": m.due + timedelta(days=14)}) for m in rows)})
    days = {d.milestone: d.days for d in tracking.drift(moved, milestones_plan.plan(moved, DAY))}
    assert min(days.values()) > 0
    text = told(moved).to_markdown()
    for number in days.values():
        assert drift_words(number) in text
    assert "## Against the signed plan" not in told(plan()).to_markdown()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "not known"),
        (0, "as signed"),
        (1, "later than signed by 1 working day"),
        (-3, "earlier than signed by 3 working days"),
        (4, "later than signed by 4 working days"),
    ],
)
def test_drift_is_told_in_words(days: int | None, words: str) -> None:
    assert drift_words(days) == words


def test_peoples_words_are_never_markup() -> None:
    said = CheckIn(id="c", held_on=DAY, changed=EVIL, author=EVIL)
    evil = told(plan(milestones=(Milestone(id="a", deliverable=EVIL, due=DAY),), targets=()), said, (EVIL,), EVIL)
    html = Words(evil.to_html())
    assert not {"script", "a", "strong", "code"} & set(html.tags)
    assert html.words.count("<script>alert(1)</script> **bold**") >= 4
    text = evil.to_markdown()
    assert r"&lt;script&gt;alert(1)&lt;/script&gt; \*\*bold\*\* \| \[x\](http\://a.b) \`code\`" in text
    assert not re.search(r"<script|(?<!\\)\*\*bold|(?<!\\)\[x", text)


def test_nothing_is_loaded_from_elsewhere() -> None:
    html = told(plan()).to_html()
    assert "default-src 'none'" in html
    assert "src=" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_a_long_plan_is_cut_and_the_rest_counted() -> None:
    many = tuple(Milestone(id=f"m{i}", deliverable=f"Result {i}", due=DAY + timedelta(days=i)) for i in range(AT_MOST + 5))
    text = told(plan(milestones=many, targets=()), changes=tuple(f"Change {i}" for i in range(AT_MOST + 2))).to_markdown()
    assert text.count("| Result ") == AT_MOST
    assert "and 5 more" in text
    assert "and 2 more" in text


def test_before_the_first_check_in_it_says_so() -> None:
    assert "Nobody has checked in yet" in told(plan()).to_markdown()


def test_of_two_check_ins_on_one_day_the_later_one_counts() -> None:
    talks = tuple(CheckIn(id=i, held_on=DAY, changed=i) for i in ("first", "second"))
    assert checkin.look(plan(checkins=talks), milestones_plan.plan(plan(), DAY)).last.id == "second"
