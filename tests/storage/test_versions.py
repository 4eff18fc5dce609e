"""Versions: whole charters that stay what they were."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from scoping import samples
from scoping.errors import UnknownProjectError
from scoping.merge import Edit
from scoping.reading import charter_json
from scoping.version import fingerprint, written
from storage import versions
from storage.history import ArchivedError
from storage.versions import VersionError

SAMPLE = samples.samples()[0].charter


def change(store, project, words):
    seen = store.open(project).charter.problems.in_scope
    return store.save(project, "problems", [Edit("", "", "in_scope", seen, words)], "Bo")


@pytest.fixture
def project(store):
    return store.create(SAMPLE, "Ana")


def test_a_version_is_the_charter_of_its_moment_whatever_comes_later(store, project):
    first = store.versions.keep(project, "Ana", name=" After the workshop ", note="سلام")
    change(store, project, "Everything")
    second = store.versions.keep(project, "Bo")
    assert [v.number for v in store.versions.of(project)] == [2, 1]
    assert store.versions.of(project) == [second, first]
    assert store.versions.get(project, 1) == first
    assert (first.name, first.note, first.by, first.revision, second.revision) == ("After the workshop", "سلام", "Ana", 1, 2)
    assert first.at <= datetime.now(UTC)
    assert first.hash == fingerprint(written(SAMPLE))
    assert store.versions.charter(project, 1) == SAMPLE
    assert store.versions.charter(project, 2) == store.open(project).charter
    assert (first.title, second.title) == ("Version 1, After the workshop", "Version 2")


def test_keeping_the_same_once_more_makes_no_second_version(store, project):
    first = store.versions.keep(project, "Ana")
    named = store.versions.keep(project, "Bo", name="Before the summer")
    assert named.number == 1
    assert (named.name, named.by, named.at) == ("Before the summer", "Ana", first.at)
    assert store.versions.keep(project, "Bo", name="Another name", note="A word") == store.versions.get(project, 1)
    assert (store.versions.get(project, 1).name, store.versions.get(project, 1).note) == ("Before the summer", "A word")
    change(store, project, "Everything")
    store.versions.keep(project, "Bo")
    change(store, project, SAMPLE.problems.in_scope)
    assert store.versions.keep(project, "Bo").number == 3
    assert len(store.versions.of(project)) == 3


def test_an_older_format_goes_through_the_upgraders(store, project, monkeypatch):
    store.versions.keep(project, "Ana")

    def upgraded(file):
        file["charter"]["problems"]["in_scope"] = "As of the second format"
        return file | {"schema_version": 2}

    monkeypatch.setattr(charter_json, "SCHEMA_VERSION", 2)
    monkeypatch.setitem(charter_json._UPGRADES, 1, upgraded)
    assert store.versions.charter(project, 1).problems.in_scope == "As of the second format"


def test_what_is_not_there_is_said(store, project):
    for number in (0, 1, -3, 10**30):
        with pytest.raises(UnknownProjectError, match=f"no version {number}"):
            store.versions.get(project, number)
        with pytest.raises(UnknownProjectError, match=f"no version {number}"):
            store.versions.charter(project, number)
    for unknown in ("nobody", "b\x00d"):
        with pytest.raises(UnknownProjectError, match="does not exist"):
            store.versions.charter(unknown, 1)
        with pytest.raises(UnknownProjectError, match="does not exist"):
            store.versions.keep(unknown, "Ana")
    assert store.versions.of("nobody") == []


def test_nothing_is_kept_of_an_archived_project_and_no_more_than_there_may_be(store, project, monkeypatch):
    monkeypatch.setattr(versions, "AT_MOST", 1)
    store.versions.keep(project, "Ana")
    change(store, project, "Everything")
    with pytest.raises(VersionError, match="1 versions"):
        store.versions.keep(project, "Ana")
    store.archive(project, "Ana")
    with pytest.raises(ArchivedError):
        store.versions.keep(project, "Ana")


def test_versions_go_with_their_project(store, project):
    store.versions.keep(project, "Ana")
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text("DELETE FROM charter"))
        assert connection.execute(text("SELECT count(*) FROM version")).scalar() == 0
