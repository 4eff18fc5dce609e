"""Two charters beside each other, as people read what differs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scoping import samples
from scoping.charter import PARTS, Charter
from scoping.comparison.change import What
from scoping.comparison.chapters import ORDER, chapter
from scoping.comparison.comparing import compare
from scoping.comparison.pieces import Fate
from scoping.comparison.summary import summary
from scoping.currency import Currency
from scoping.document.paper import document
from scoping.review import overview
from scoping.sections.milestones import Move
from tests.signed import DAY

VOICE = samples.samples()[0].charter


def other(part: str, charter: Charter = VOICE, **answers: object) -> Charter:
    return charter.with_part(part, charter.part(part).model_copy(update=answers))


def with_row(part: str, name: str, at: int = 0, charter: Charter = VOICE, **answers: object) -> Charter:
    rows = list(getattr(charter.part(part), name))
    rows[at] = rows[at].model_copy(update=answers)
    return other(part, charter, **{name: tuple(rows)})


def only(older: Charter, newer: Charter):
    (change,) = compare(older, newer).changes
    return change


def test_equal_charters_differ_in_nothing():
    same = Charter.model_validate_json(VOICE.model_dump_json())
    comparison = compare(VOICE, same)
    assert (comparison.changes, comparison.edits, summary(comparison)) == ((), {}, "Nothing changed.")
    assert comparison.untouched == ORDER


def test_a_long_text_tells_the_words_that_changed():
    change = only(VOICE, other("problems", in_scope=VOICE.problems.in_scope + " And in trains."))
    assert (change.what, change.chapter, change.entry, change.asked) == (What.CHANGED, "Idea", "", "In scope")
    assert [p.words for p in change.pieces if p.fate is Fate.ADDED] == [" And in trains."]
    assert change.matters


def test_sums_numbers_and_days_tell_how_far_apart_they_are():
    cost = VOICE.value.costs[0]
    assert only(VOICE, with_row("value", "costs", likely=cost.likely + 2_400_000)).difference == "$24,000 more"
    assert only(VOICE, other("project", people_needed=VOICE.project.people_needed + 1)).difference == "1 more"
    due = VOICE.milestones.milestones[0].due
    earlier = only(VOICE, with_row("milestones", "milestones", due=due - timedelta(1)))
    assert (earlier.difference, earlier.what, earlier.asked) == ("1 day earlier", What.CHANGED, "Due")
    share = next(i for i, s in enumerate(VOICE.feasibility.slices) if s.share)
    share_of = VOICE.feasibility.slices[share].share
    assert only(VOICE, with_row("feasibility", "slices", share, share=share_of - 0.5)).difference == "0.5 points less"


def test_another_currency_is_told_with_the_sums_and_has_no_difference():
    changes = compare(VOICE, with_row("value", "costs", currency=Currency.EUR)).changes
    assert {c.asked for c in changes} >= {"Most likely"}
    assert all("$" in c.before and "€" in c.after and not c.difference for c in changes)
    assert all(c.matters for c in changes)


def test_not_known_is_an_answer_and_told_as_such():
    change = only(VOICE, other("project", people_needed=None, unknown=("people_needed",)))
    assert (change.before, change.after, change.difference) == ("3", "Not known yet", "")


def test_links_tell_names_from_either_side():
    idea = VOICE.solutions.solutions[0]
    first, second = VOICE.problems.problems[:2]
    linked = with_row("solutions", "solutions", problems=(first.id,))
    without = other("problems", with_row("solutions", "solutions", charter=linked, problems=(second.id,)), problems=(second,))
    changes = {c.asked: c for c in compare(linked, without).changes if c.place.part == "solutions"}
    (change,) = changes.values()
    assert change.entry.startswith(idea.name[:40])
    assert [(p.fate, p.words) for p in change.pieces if p.words != "; "] == [
        (Fate.REMOVED, first.title),
        (Fate.ADDED, second.title),
    ]


def test_an_entry_that_went_tells_what_it_held_and_one_that_came_what_it_holds():
    source = VOICE.data_sources.sources[0]
    shorter = other("data_sources", sources=VOICE.data_sources.sources[1:])
    gone, come = only(VOICE, shorter), only(shorter, VOICE)
    assert (gone.what, come.what) == (What.REMOVED, What.ADDED)
    assert gone.facts == come.facts
    assert gone.entry.startswith(source.name[:40])
    assert ("Source", source.name) in gone.facts
    assert all(said for _, said in gone.facts)


def test_moves_in_a_list_are_one_line_that_matters_to_nobody_who_signs():
    rows = VOICE.problems.problems
    change = only(VOICE, other("problems", problems=(*rows[1:], rows[0])))
    assert (change.what, change.asked, change.matters, change.is_slight) == (What.MOVED, "Problems", False, True)
    assert change.after.startswith("“")
    assert "moved behind" in change.after
    comparison = compare(VOICE, other("problems", problems=rows[::-1]))
    assert len(comparison.changes) == 1
    assert comparison.slight == 1


def test_blanks_are_told_and_matter_to_nobody():
    change = only(VOICE, other("problems", in_scope=VOICE.problems.in_scope.replace(" ", "  ")))
    assert (change.matters, change.is_slight, change.is_of_terms) == (False, True, True)


def test_what_signing_is_not_about_is_told_apart():
    comparison = compare(VOICE, with_row("milestones", "milestones", reached_on=DAY))
    assert (len(comparison.changes), comparison.of_terms) == (1, ())
    assert "no signature is about" in summary(comparison)


def test_a_moved_date_tells_the_reason_that_was_noted():
    first = VOICE.milestones.milestones[0]
    move = Move(id="m", milestone=first.id, reason="The vans come later", moved_on=DAY, before=first.due, after=DAY)
    moved = with_row("milestones", "milestones", due=DAY)
    moved = other("milestones", moved, moves=(*moved.milestones.moves, move))
    change = next(c for c in compare(VOICE, moved).changes if c.place.field == "due")
    assert change.why == "The vans come later"


def test_what_only_the_workbench_reads_is_never_shown_raw():
    assert VOICE.milestones.baselines or VOICE.feasibility.measurements
    name, part = ("measurements", "feasibility") if VOICE.feasibility.measurements else ("baselines", "milestones")
    field = "result" if name == "measurements" else "plan"
    change = only(VOICE, with_row(part, name, **{field: "{}"}))
    assert (change.before, change.after, change.pieces) == ("", "written anew", ())
    rows = getattr(VOICE.part(part), name)
    for older, newer in ((VOICE, other(part, **{name: ()})), (other(part, **{name: ()}), VOICE)):
        told = [fact for c in compare(older, newer).changes for fact in c.facts]
        assert told
        assert getattr(rows[0], field) not in [said for _, said in told]


def test_changes_follow_the_chapters_of_the_charter():
    everything = compare(Charter(), VOICE)
    told = [c.chapter for c in everything.changes]
    assert told == sorted(told, key=ORDER.index)
    paper = document(VOICE, overview(VOICE), revision=1, saved_at=samples_day())
    assert set(ORDER) == {c.about for c in paper.chapters}
    for section in PARTS:
        for name in ("", *section.lists):
            fields = [q.name for q in section.questions] if not name else [""]
            assert all(chapter(section.slug, name, field) in ORDER for field in fields)


def samples_day():
    from datetime import UTC, datetime

    return datetime(2027, 1, 1, tzinfo=UTC)


def test_the_summary_begins_with_what_weighs_most():
    milestones = [m.model_copy(update={"due": m.due + timedelta(14)}) if m.due else m for m in VOICE.milestones.milestones[:2]]
    newer = other("milestones", milestones=(*milestones, *VOICE.milestones.milestones[2:]))
    newer = other("project", newer, decision_asked="Something else")
    newer = with_row("value", "costs", charter=newer, likely=VOICE.value.costs[0].likely * 2)
    newer = other("data_sources", newer, sources=VOICE.data_sources.sources[1:])
    told = summary(compare(VOICE, newer))
    assert told.startswith("Decision asked changed; cost $")
    assert "two milestones later, by 14 days" in told
    assert "1 removed" in told
    assert told.endswith(".")
    named = summary(compare(VOICE, other("project", name="A new name")))
    assert named == "It is called “A new name”."


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.slug)
def test_from_nothing_and_to_nothing_is_told_too(sample):
    for older, newer in ((Charter(), sample.charter), (sample.charter, Charter())):
        comparison = compare(older, newer)
        assert len(comparison.changes) > 50
        assert len(summary(comparison)) < 600
