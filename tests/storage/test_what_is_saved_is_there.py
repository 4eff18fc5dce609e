"""Whatever was acknowledged is read back the same, by whoever opens the database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from scoping import editing, samples
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.errors import AnswerError, DatabaseError, UnknownProjectError
from scoping.merge import Clash, Edit, added, removed
from scoping.review import overview
from scoping.sections.data_sources import Source
from scoping.sections.problems import Problem
from storage.history import ArchivedError

SOURCES, PROBLEMS = "data_sources", "problems"


def source(name: str, **more) -> Source:
    return Source(id=name, name=name, **more)


def names(store, project) -> list[str]:
    return [s.name for s in store.open(project).charter.part(SOURCES).sources]


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.slug)
def test_a_whole_charter_comes_back_equal(store, elsewhere, sample):
    project = store.create(sample.charter, "Ana")
    assert elsewhere.open(project).charter == sample.charter
    assert elsewhere.open(project) == store.open(project)


def test_two_people_change_different_fields_and_both_stay(store, elsewhere):
    project = store.create(Charter(), "Ana")
    store.save(project, SOURCES, [added("sources", source("a"))], "Ana")
    elsewhere.open(project)
    store.save(project, SOURCES, [Edit("sources", "a", "owner", "", "Ana's")], "Ana")
    saved = elsewhere.save(project, SOURCES, [Edit("sources", "a", "unit", "", "hours")], "Bo")
    assert saved.conflicts == ()
    row = store.open(project).charter.part(SOURCES).sources[0]
    assert (row.owner, row.unit) == ("Ana's", "hours")


def test_a_save_tells_the_project_as_it_is_after_it_with_what_others_saved_before(store, elsewhere):
    project = store.create(Charter(), "Ana")
    elsewhere.save(project, SOURCES, [added("sources", source("a")), added("sources", source("b"))], "Bo")
    for edit in (
        Edit("sources", "a", "owner", "", "Ana's"),
        Edit("sources", "a", "owner", "", "Ana's"),
        removed("sources", source("b")),
    ):
        assert store.save(project, SOURCES, [edit], "Ana").project == elsewhere.open(project)
    gone = store.open(project).stamp.number
    assert [s.name for s in store.undo(project, gone, "Ana").project.charter.data_sources.sources] == ["a", "b"]
    assert store.restore(project, 1, "Ana").project == elsewhere.open(project)


def test_the_same_field_changed_twice_is_a_conflict_that_names_the_other(store, elsewhere):
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "English")], "Ana")
    store.save(project, PROBLEMS, [Edit("", "", "out_of_scope", "", "Dictation")], "Cleo")
    saved = elsewhere.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "German")], "Bo")
    assert saved.stamp is None
    (conflict,) = saved.conflicts
    assert (conflict.clash, conflict.theirs, conflict.by) == (Clash.CHANGED, "English", "Ana")
    assert store.open(project).charter.part(PROBLEMS).in_scope == "English"


def test_a_record_that_somebody_changed_is_not_removed_unseen(store):
    project = store.create(Charter(), "Ana")
    seen = source("a")
    store.save(project, SOURCES, [added("sources", seen)], "Ana")
    store.save(project, SOURCES, [Edit("sources", "a", "owner", "", "Bo's")], "Bo")
    saved = store.save(project, SOURCES, [removed("sources", seen)], "Ana")
    assert saved.conflicts[0].by == "Bo"
    assert names(store, project) == ["a"]


def test_a_removed_record_comes_back_to_its_place(store, elsewhere):
    project = store.create(Charter(), "Ana")
    store.save(project, SOURCES, [added("sources", source(n)) for n in "abc"], "Ana")
    gone = store.save(project, SOURCES, [removed("sources", source("b"))], "Ana").stamp
    assert names(store, project) == ["a", "c"]
    store.undo(project, gone.number, "Ana")
    assert names(store, project) == names(elsewhere, project) == ["a", "b", "c"]


def test_an_answer_that_does_not_fit_saves_nothing(store):
    project = store.create(Charter(), "Ana")
    good = Edit("", "", "in_scope", "", "English")
    with pytest.raises(AnswerError, match="Rank"):
        store.save(project, PROBLEMS, [good, added("problems", Problem(id="p")), Edit("problems", "p", "rank", None, 1000)], "Ana")
    assert store.open(project).charter == Charter()
    assert store.open(project).stamp.number == 1


def test_saving_what_stands_there_already_makes_no_revision(store):
    project = store.create(Charter(), "Ana")
    edit = Edit("", "", "in_scope", "", "English")
    assert store.save(project, PROBLEMS, [edit], "Ana").stamp.number == 2
    assert store.save(project, PROBLEMS, [edit], "Ana").stamp is None
    assert len(store.history(project)) == 2


def test_money_and_dates_are_kept_exactly(store, database_url):
    project = store.create(Charter(), "Ana")
    section = PART_BY_SLUG["milestones"]
    row = editing.new_record(section, "milestones", "m", "EUR", due=date(2027, 2, 28), money=10**15)
    store.save(project, "milestones", [added("milestones", row)], "Ana")
    with store._engine.connect() as connection:
        due, money = connection.execute(text("SELECT due, money FROM milestones_milestones")).one()
    assert (str(due), money) == ("2027-02-28", 10**15)


@pytest.mark.parametrize("words", ["سلام ۱۲۳", "שלום", "e\u0301 👩‍🚀 漢字", "a\nb\tc", "'; DROP TABLE charter; --", "=1+1"])
def test_any_text_is_kept(store, elsewhere, words):
    project = store.create(Charter(), words)
    typed = editing.answer(PART_BY_SLUG[PROBLEMS], Charter().part(PROBLEMS).model_dump(mode="json"), "", "", "in_scope", "", words)
    store.save(project, PROBLEMS, typed, words)
    opened = elsewhere.open(project)
    assert opened.charter.part(PROBLEMS).in_scope == typed[0].after
    assert opened.stamp.by == words


def test_another_server_sees_a_save_at_once(store, elsewhere):
    project = store.create(Charter(), "Ana")
    before = elsewhere.open(project).stamp.number
    store.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "English")], "Ana")
    assert elsewhere.open(project).charter.part(PROBLEMS).in_scope == "English"
    assert elsewhere.heads([project]) == {project: before + 1}


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.slug)
def test_what_another_server_saved_since_is_read_and_only_that(store, elsewhere, sample):
    project = store.create(sample.charter, "Ana")
    before = elsewhere.open(project)
    assert before.overview.met == store.open(project).overview.met
    store.save(project, PROBLEMS, [Edit("", "", "in_scope", sample.charter.problems.in_scope, "English")], "Ana")
    row = sample.charter.data_sources.sources[0]
    number = store.save(project, SOURCES, [removed("sources", row)], "Ana").stamp.number
    after = elsewhere.open(project)
    assert (after, after.overview) == (store.open(project), overview(store.open(project).charter))
    kept = {s.slug for s in PARTS if after.charter.part(s.slug) is before.charter.part(s.slug)}
    assert kept == {s.slug for s in PARTS} - {PROBLEMS, SOURCES}
    store.undo(project, number, "Ana")
    assert elsewhere.open(project) == store.open(project)
    store.archive(project, "Ana")
    assert elsewhere.open(project).is_archived


def test_each_part_knows_its_last_change(store, elsewhere):
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "English")], "Bo")
    stamps = elsewhere.open(project).stamps
    assert (stamps[PROBLEMS].number, stamps[PROBLEMS].by) == (2, "Bo")
    assert {stamps[p.slug].number for p in PARTS if p.slug != PROBLEMS} == {1}


def test_an_archived_project_takes_no_change_until_it_is_restored(store):
    project = store.create(Charter(), "Ana")
    store.archive(project, "Ana")
    assert store.open(project).is_archived
    with pytest.raises(ArchivedError, match="archived"):
        store.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "English")], "Ana")
    store.unarchive(project, "Ana")
    assert store.save(project, PROBLEMS, [Edit("", "", "in_scope", "", "English")], "Ana").stamp


def test_a_project_that_does_not_exist_is_said_in_words(store):
    for act in (lambda: store.open("no"), lambda: store.save("no", PROBLEMS, [], "Ana"), lambda: store.archive("no", "Ana")):
        with pytest.raises(UnknownProjectError, match="does not exist"):
            act()


def test_a_name_is_kept_for_a_browser_whose_id_is_not(store, elsewhere):
    assert store.people.name("secret-device") == ""
    store.people.rename("secret-device", "Ana")
    store.people.rename("secret-device", "Ana Ruiz")
    assert elsewhere.people.name("secret-device") == "Ana Ruiz"
    with store._engine.connect() as connection:
        assert "secret" not in str(connection.execute(text("SELECT device FROM person")).all())


@pytest.mark.parametrize("project", ["\0", "a\0b", "'", "../a", "A", "", "é", "a" * 41, "a" * 10_000, "\ud800"])
def test_what_cannot_be_a_project_does_not_exist(store, project):
    for act in (
        lambda: store.open(project),
        lambda: store.save(project, PROBLEMS, [], "Ana"),
        lambda: store.archive(project, "Ana"),
    ):
        with pytest.raises(UnknownProjectError, match="does not exist"):
            act()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_the_database_refuses_is_said_in_words(store):
    with pytest.raises(DatabaseError, match=r"^The database refused this, so nothing was changed\. Try again"):
        store.portfolio.setting("\0")
