"""Edits that were made together, as the history tells them."""

from scoping import samples
from scoping.charter import PART_BY_SLUG
from scoping.comparison.edits import sentence, sentences
from scoping.merge import Edit

VOICE = samples.samples()[0].charter
TITLES = VOICE.titles()
PROJECT, MILESTONES = PART_BY_SLUG["project"], PART_BY_SLUG["milestones"]


def told(*edits: Edit, section=PROJECT) -> list[str]:
    return sentences(section, edits, TITLES, lambda _: "USD")


def test_that_an_answer_is_not_known_yet_is_told_with_the_answer():
    asked, marked = Edit("", "", "people_needed", 3.0, None), Edit("", "", "unknown", ["rhythm"], ["people_needed", "rhythm"])
    assert told(asked, marked) == ["People it takes at the same time: 3 → not known yet"]
    back = [Edit(e.list, e.record, e.field, e.after, e.before) for e in (asked, marked)]
    assert told(*back) == ["People it takes at the same time: not known yet → 3"]


def test_a_mark_alone_is_a_sentence_of_its_own():
    marked = Edit("", "", "unknown", ["rhythm"], ["people_needed"])
    assert told(marked) == [
        "People it takes at the same time: not known yet; How the team keeps in touch: no longer marked as not known"
    ]
    assert told(Edit("", "", "people_needed", 3.0, None), marked) == [
        "People it takes at the same time: 3 → not known yet",
        "How the team keeps in touch: no longer marked as not known",
    ]


def test_what_only_the_workbench_reads_is_never_told_raw():
    kept = VOICE.milestones.baselines[0]
    plan = Edit("baselines", kept.id, "plan", kept.plan, "{}")
    assert sentence(MILESTONES, plan, TITLES, "USD").endswith("Plan: written anew")
    assert len(told(plan, section=MILESTONES)) == 1
    (line,) = told(plan, Edit("baselines", kept.id, "reason", "", "A new start"), section=MILESTONES)
    assert line.endswith("nothing → A new start")


def test_a_long_answer_and_a_long_name_are_cut_with_a_sign():
    (line,) = told(Edit("", "", "summary", "", "x" * 400))
    assert line.endswith("x…")
    assert len(line) < 340
