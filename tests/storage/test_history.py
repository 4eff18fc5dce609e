"""Every save is a revision, and any moment can be brought back."""

from __future__ import annotations

import random

import pytest

from scoping import merge, samples
from scoping.charter import PARTS, Charter
from scoping.errors import UnknownProjectError
from scoping.merge import Edit, added, removed
from scoping.sections.problems import Goal

PROBLEMS = "problems"


def say(store, project, before, after, by="Ana"):
    return store.save(project, PROBLEMS, [Edit("", "", "in_scope", before, after)], by)


def scope(store, project):
    return store.open(project).charter.part(PROBLEMS).in_scope


def flat(charter):
    """A charter without the order of its records, which the past does not keep."""
    return {part.slug: merge.flatten(part, charter.part(part.slug)) for part in PARTS}


def test_a_revision_says_who_changed_what_from_what_to_what(store):
    project = store.create(Charter(), "Ana", "Started")
    say(store, project, "", "English", "Bo")
    newest, first = store.history(project)
    assert (newest.number, newest.by, newest.part) == (2, "Bo", PROBLEMS)
    assert newest.edits == (Edit("", "", "in_scope", "", "English"),)
    assert (first.note, first.edits) == ("Started", ())


def test_history_can_be_read_by_part_and_in_pages(store):
    project = store.create(Charter(), "Ana")
    for i in range(5):
        say(store, project, "" if not i else str(i - 1), str(i))
    assert [r.number for r in store.history(project, part=PROBLEMS, limit=2)] == [6, 5]
    assert store.history(project, part="ethics") == []


def test_undo_takes_back_one_change_and_leaves_later_ones(store):
    project = store.create(Charter(), "Ana")
    say(store, project, "", "English")
    store.save(project, PROBLEMS, [Edit("", "", "out_of_scope", "", "Dictation")], "Bo")
    assert store.undo(project, 2, "Ana").conflicts == ()
    value = store.open(project).charter.part(PROBLEMS)
    assert (value.in_scope, value.out_of_scope) == ("", "Dictation")


def test_undo_leaves_alone_what_was_changed_again(store):
    project = store.create(Charter(), "Ana")
    say(store, project, "", "English")
    say(store, project, "English", "German", "Bo")
    saved = store.undo(project, 2, "Ana")
    assert saved.stamp is None
    assert saved.conflicts[0].theirs == "German"
    assert scope(store, project) == "German"


def test_undo_of_a_change_that_never_was_is_said_in_words(store):
    project = store.create(Charter(), "Ana")
    with pytest.raises(UnknownProjectError, match="Change 9"):
        store.undo(project, 9, "Ana")


def test_restore_brings_the_whole_project_back_and_can_be_taken_back(store):
    sample = samples.samples()[0].charter
    project = store.create(sample, "Ana")
    say(store, project, sample.part(PROBLEMS).in_scope, "something else")
    store.save(project, PROBLEMS, [removed("problems", p) for p in sample.part(PROBLEMS).problems], "Bo")
    spoiled = store.open(project).stamp.number
    store.restore(project, 1, "Ana")
    assert store.open(project).charter == sample
    store.restore(project, spoiled, "Ana")
    assert store.open(project).charter.part(PROBLEMS).problems == ()
    assert scope(store, project) == "something else"


@pytest.mark.parametrize("seed", range(3))
def test_every_past_moment_can_be_rebuilt(store, elsewhere, seed):
    rng = random.Random(seed)  # noqa: S311
    project = store.create(samples.samples()[seed].charter, "Ana")
    moments = {1: flat(store.open(project).charter)}
    for i in range(25):
        goals = store.open(project).charter.part(PROBLEMS).goals
        kind = rng.choice(["add", "change", "remove", "undo"])
        if kind == "add" or not goals:
            edits = [added("goals", Goal(id=f"g{i}", statement=f"goal {i}", rank=i + 1))]
        elif kind == "change":
            row = rng.choice(goals)
            edits = [Edit("goals", row.id, "statement", row.statement, f"text {i}")]
        elif kind == "remove":
            edits = [removed("goals", rng.choice(goals))]
        else:
            store.undo(project, rng.randint(2, max(moments)) if max(moments) > 1 else 1, "Ana")
            edits = []
        if edits:
            store.save(project, PROBLEMS, edits, "Ana")
        opened = store.open(project)
        moments[opened.stamp.number] = flat(opened.charter)
    for number, moment in moments.items():
        assert flat(elsewhere.charter_at(project, number)) == moment, number
