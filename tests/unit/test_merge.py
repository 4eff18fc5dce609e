"""Three-way merge: what only one side changed is taken, what both changed differently is asked about, nothing is lost."""

import pytest

from scoping import merge
from scoping.charter import PART_BY_SLUG
from scoping.merge import OWN, Clash, Edit
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.milestones import Milestone, Milestones
from tests.merging import merge as merge_versions

SOURCES = PART_BY_SLUG["data_sources"]
MILESTONES = PART_BY_SLUG["milestones"]
BASE = DataSources(input_x="Audio", sources=(Source(id="a", name="Owned", amount=10), Source(id="b", name="Bought")))


def with_source(value, record, **changes):
    rows = tuple(s.model_copy(update=changes) if s.id == record else s for s in value.sources)
    return value.model_copy(update={"sources": rows})


def without(value, record):
    return value.model_copy(update={"sources": tuple(s for s in value.sources if s.id != record)})


def plus(value, row):
    return value.model_copy(update={"sources": (*value.sources, row)})


def together(mine, theirs, base=BASE):
    return merge_versions(SOURCES, base, mine, theirs)


def test_different_fields_of_one_record_both_win():
    merged, conflicts = together(with_source(BASE, "a", name="Ours"), with_source(BASE, "a", amount=20.0))
    assert not conflicts
    assert (merged.sources[0].name, merged.sources[0].amount) == ("Ours", 20)


def test_different_records_both_win():
    merged, conflicts = together(plus(BASE, Source(id="c", name="Mine")), plus(BASE, Source(id="d", name="Theirs")))
    assert not conflicts
    assert [s.name for s in merged.sources] == ["Owned", "Bought", "Theirs", "Mine"]


def test_the_same_field_changed_twice_shows_both_and_leaves_theirs():
    merged, (conflict,) = together(with_source(BASE, "a", name="Mine"), with_source(BASE, "a", name="Theirs"))
    assert merged.sources[0].name == "Theirs"
    assert (conflict.clash, conflict.edit.before, conflict.edit.after, conflict.theirs) == (
        Clash.CHANGED,
        "Owned",
        "Mine",
        "Theirs",
    )
    assert (conflict.edit.list, conflict.edit.record, conflict.edit.field) == ("sources", "a", "name")


def test_one_clash_does_not_hold_back_the_other_edits():
    mine = with_source(BASE, "a", name="Mine", days=3).model_copy(update={"input_x": "Speech"})
    merged, conflicts = together(mine, with_source(BASE, "a", name="Theirs"))
    assert len(conflicts) == 1
    assert (merged.sources[0].days, merged.input_x) == (3, "Speech")


def test_the_same_change_on_both_sides_is_no_conflict():
    changed = with_source(BASE, "a", name="Same")
    assert together(changed, changed) == (changed, [])


def test_a_change_of_a_removed_record_is_asked_about():
    merged, (conflict,) = together(with_source(BASE, "b", name="Mine"), without(BASE, "b"))
    assert (conflict.clash, conflict.theirs) == (Clash.REMOVED, None)
    assert [s.id for s in merged.sources] == ["a"]


def test_a_record_that_somebody_has_just_changed_is_not_removed_unseen():
    theirs = with_source(BASE, "b", name="Better")
    merged, (conflict,) = together(without(BASE, "b"), theirs)
    assert merged == theirs
    assert (conflict.clash, conflict.theirs["name"]) == (Clash.CHANGED, "Better")


def test_a_record_removed_twice_is_gone_without_a_question():
    assert together(without(BASE, "b"), without(BASE, "b")) == (without(BASE, "b"), [])


def test_one_record_added_by_two_people_takes_the_answers_of_both():
    merged, conflicts = together(plus(BASE, Source(id="c", name="Radio")), plus(BASE, Source(id="c", days=3)))
    assert not conflicts
    assert (merged.sources[2].name, merged.sources[2].days) == ("Radio", 3)


def test_one_record_added_by_two_people_with_different_answers_is_asked_about():
    merged, (conflict,) = together(plus(BASE, Source(id="c", name="Radio")), plus(BASE, Source(id="c", name="TV")))
    assert merged.sources[2].name == "TV"
    assert (conflict.edit.field, conflict.edit.after, conflict.theirs) == ("name", "Radio", "TV")


def test_links_merge_as_sets():
    def after(*ids):
        return Milestones(milestones=(Milestone(id="m", depends_on=ids),))

    merged, conflicts = merge_versions(MILESTONES, after("a", "b"), after("b", "c"), after("a", "b", "d"))
    assert not conflicts
    assert merged.milestones[0].depends_on == ("b", "c", "d")


def test_unknown_marks_of_two_people_add_up():
    merged, conflicts = together(with_source(BASE, "a", unknown=("days",)), with_source(BASE, "a", unknown=("cost",)))
    assert not conflicts
    assert merged.sources[0].unknown == ("cost", "days")


def test_an_answer_beats_the_mark_that_nobody_knows_it():
    merged, conflicts = together(with_source(BASE, "a", days=3), with_source(BASE, "a", unknown=("days",)))
    assert not conflicts
    assert (merged.sources[0].days, merged.sources[0].unknown) == (3, ())


def test_what_was_made_is_told_with_the_value_it_replaced():
    edit = Edit("sources", "a", "name", "Owned", "Ours")
    outcome = merge.apply([edit], merge.flatten(SOURCES, BASE))
    assert outcome.made == [edit]
    assert list(outcome.entries) == [("sources", "a")]


def test_applying_never_changes_what_it_was_given():
    flat = merge.flatten(SOURCES, BASE)
    merge.apply([Edit("sources", "a", "name", "Owned", "Ours"), Edit(*OWN, "input_x", "Audio", "Speech")], flat)
    assert flat == merge.flatten(SOURCES, BASE)


def test_an_added_record_can_be_taken_back_and_brought_back():
    flat = merge.flatten(SOURCES, BASE)
    added = merge.apply([merge.added("sources", Source(id="c", name="Radio"))], flat)
    undone = merge.apply(merge.inverse(added.made), flat | added.entries)
    assert undone.entries == {("sources", "c"): None}
    again = merge.apply(merge.inverse(undone.made), flat)
    assert again.entries == added.entries


def test_edits_of_one_save_build_on_each_other():
    row = Source(id="c")
    outcome = merge.apply([merge.added("sources", row), Edit("sources", "c", "name", "", "Radio")], {})
    assert outcome.entries[("sources", "c")]["name"] == "Radio"
    assert not outcome.conflicts


@pytest.mark.parametrize("keys", [[OWN], [("sources", "b")], [OWN, ("sources", "a"), ("sources", "gone")], []])
def test_some_entries_can_be_had_without_all_others(keys):
    flat = merge.flatten(SOURCES, BASE)
    assert merge.entries_at(SOURCES, BASE, keys) == {key: flat[key] for key in keys if key in flat}


def test_entries_are_put_back_in_place():
    entries = merge.flatten(SOURCES, with_source(BASE, "a", name="Ours"))
    changed = merge.with_entries(
        SOURCES,
        BASE,
        {("sources", "a"): entries["sources", "a"], ("sources", "b"): None, OWN: entries[OWN] | {"target_y": "Words"}},
    )
    assert [s.name for s in changed.sources] == ["Ours"]
    assert (changed.input_x, changed.target_y) == ("Audio", "Words")


def test_a_save_is_undone_from_its_end():
    flat = merge.flatten(SOURCES, BASE)
    added_and_named = [merge.added("sources", Source(id="c")), Edit("sources", "c", "name", "", "Radio")]
    done = merge.apply(added_and_named, flat)
    undone = merge.apply(merge.inverse(done.made), flat | done.entries)
    assert not undone.conflicts
    assert undone.entries == {("sources", "c"): None}
