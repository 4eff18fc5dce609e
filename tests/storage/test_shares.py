"""Links with which others read: long, kept as digests, ending by themselves or when they are taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from scoping.errors import UnknownProjectError, WorkbenchError
from storage.access import shares
from storage.access.shares import ShareError
from storage.store import CharterStore
from tests.signed import READY

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock(store: CharterStore, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that the links are told; a test may move it."""
    now = [NOW]
    monkeypatch.setattr(store.shares, "_now", lambda: now[0])
    return now


def test_a_link_works_until_its_day_and_only_its_digest_is_kept(store, clock):
    project = store.create(READY, "Ann")
    token = store.shares.make(project, "Ann", days=7)
    assert len(token) == 43
    found = store.shares.shown(token)
    assert (found.project_id, found.version, found.made_by, found.works(NOW)) == (project, None, "Ann", True)
    assert store.shares.of(project) == (found,)
    clock[0] = NOW + timedelta(days=7)
    assert not store.shares.shown(token).works(clock[0])
    assert store.shares.of(project) == ()
    rows = store._transact.read(lambda connection: connection.execute(text("SELECT * FROM share")).all())
    assert token not in str(rows)


def test_one_that_is_taken_back_works_no_more_and_another_project_takes_nothing_back(store, clock):
    project, other = store.create(READY, "Ann"), store.create(READY, "Ann")
    token = store.shares.make(project, "Ann", days=7)
    digest = store.shares.of(project)[0].digest
    store.shares.revoke(other, digest)
    assert store.shares.shown(token).works(NOW)
    store.shares.revoke(project, digest)
    assert store.shares.shown(token).revoked_at == NOW
    assert not store.shares.shown(token).works(NOW)


@pytest.mark.parametrize("given", ["", "wb", "x" * 43, "x" * 44, "../etc", "é" * 43])
def test_what_was_never_a_link_is_none(store, given):
    assert store.shares.shown(given) is None


def test_a_version_is_shown_only_where_there_is_one_and_days_have_a_limit(store, clock, monkeypatch):
    project = store.create(READY, "Ann")
    with pytest.raises(UnknownProjectError, match="no version 1"):
        store.shares.make(project, "Ann", days=7, version=1)
    store.versions.keep(project, "Ann")
    assert store.shares.shown(store.shares.make(project, "Ann", days=7, version=1)).version == 1
    for days in (0, 367):
        with pytest.raises(ShareError, match="1 to 366 days"):
            store.shares.make(project, "Ann", days=days)
    monkeypatch.setattr(shares, "AT_MOST", 1)
    with pytest.raises(ShareError, match="the most there can be"):
        store.shares.make(project, "Ann", days=7)
    store.archive(project, "Ann")
    with pytest.raises(WorkbenchError, match="archived"):
        store.shares.make(project, "Ann", days=7)
