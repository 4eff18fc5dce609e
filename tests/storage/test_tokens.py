"""Tokens of programs: shown once, kept as digests, good for one project, worthless once revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from scoping.charter import Charter
from storage import tokens
from storage.history import ArchivedError
from storage.store import CharterStore
from storage.tokens import TokenError


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter(), "Ana")


def test_a_token_names_its_project_and_only_its_digest_is_kept(store, project):
    made = store.tokens.make(project, "  Training\n pipeline ", "Ana")
    found = store.tokens.shown(made)
    assert (found.project_id, found.label, found.made_by) == (project, "Training pipeline", "Ana")
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM access_token")).all()
    assert len(rows) == 1
    assert made.removeprefix("wb_") not in str(rows)


def test_tokens_are_listed_newest_first_and_revoked_by_their_digest(store, project):
    made = [store.tokens.make(project, name, "Ana") for name in ("one", "two")]
    newest, oldest = store.tokens.of(project)
    assert (newest.label, oldest.label) == ("two", "one")
    store.tokens.revoke("another", newest.digest)
    assert store.tokens.shown(made[1])
    store.tokens.revoke(project, newest.digest)
    assert store.tokens.shown(made[1]) is None
    assert [t.label for t in store.tokens.of(project)] == ["one"]


@pytest.mark.parametrize("given", ["", "wb_", "wb_" + "x" * 43, "Bearer", "wb_" + "x" * 10_000, "wb_\0"])
def test_what_was_never_made_is_worthless(store, given):
    assert store.tokens.shown(given) is None


def test_the_last_use_is_known_to_the_minute_and_not_written_at_every_request(store, project):
    now = datetime(2027, 2, 15, 12, tzinfo=UTC)
    store.tokens._now = lambda: now
    made = store.tokens.make(project, "Training", "Ana")
    assert store.tokens.of(project)[0].used_at is None
    store.tokens.shown(made)
    later = now + timedelta(seconds=59)
    store.tokens._now = lambda: later
    store.tokens.shown(made)
    assert store.tokens.of(project)[0].used_at == now
    after = now + timedelta(seconds=60)
    store.tokens._now = lambda: after
    store.tokens.shown(made)
    assert store.tokens.of(project)[0].used_at == after


def test_a_token_needs_a_name_a_project_in_use_and_room(store, project, monkeypatch):
    with pytest.raises(TokenError, match="no name"):
        store.tokens.make(project, " \n", "Ana")
    monkeypatch.setattr(tokens, "AT_MOST", 1)
    store.tokens.make(project, "one", "Ana")
    with pytest.raises(TokenError, match="the most"):
        store.tokens.make(project, "two", "Ana")
    store.archive(project, "Ana")
    with pytest.raises(ArchivedError):
        store.tokens.make(project, "three", "Ana")
