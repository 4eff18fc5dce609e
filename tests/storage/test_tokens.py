"""Tokens of programs: shown once, kept as digests, good for one project, worthless once revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from scoping.charter import Charter
from storage import tokens
from storage.store import ArchivedError, CharterStore
from storage.tokens import TokenError


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter(), "Ana")


def test_a_token_names_its_project_and_only_its_digest_is_kept(store, project):
    made = store.make_token(project, "  Training\n pipeline ", "Ana")
    found = store.token(made)
    assert (found.project_id, found.label, found.made_by) == (project, "Training pipeline", "Ana")
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM access_token")).all()
    assert len(rows) == 1
    assert made.removeprefix("wb_") not in str(rows)


def test_tokens_are_listed_newest_first_and_revoked_by_their_digest(store, project):
    made = [store.make_token(project, name, "Ana") for name in ("one", "two")]
    newest, oldest = store.tokens(project)
    assert (newest.label, oldest.label) == ("two", "one")
    store.revoke_token("another", newest.digest)
    assert store.token(made[1])
    store.revoke_token(project, newest.digest)
    assert store.token(made[1]) is None
    assert [t.label for t in store.tokens(project)] == ["one"]


@pytest.mark.parametrize("given", ["", "wb_", "wb_" + "x" * 43, "Bearer", "wb_" + "x" * 10_000, "wb_\0"])
def test_what_was_never_made_is_worthless(store, given):
    assert store.token(given) is None


def test_the_last_use_is_known_to_the_minute_and_not_written_at_every_request(store, project):
    now = datetime(2027, 2, 15, 12, tzinfo=UTC)
    store._now = lambda: now
    made = store.make_token(project, "Training", "Ana")
    assert store.tokens(project)[0].used_at is None
    store.token(made)
    later = now + timedelta(seconds=59)
    store._now = lambda: later
    store.token(made)
    assert store.tokens(project)[0].used_at == now
    after = now + timedelta(seconds=60)
    store._now = lambda: after
    store.token(made)
    assert store.tokens(project)[0].used_at == after


def test_a_token_needs_a_name_a_project_in_use_and_room(store, project, monkeypatch):
    with pytest.raises(TokenError, match="no name"):
        store.make_token(project, " \n", "Ana")
    monkeypatch.setattr(tokens, "AT_MOST", 1)
    store.make_token(project, "one", "Ana")
    with pytest.raises(TokenError, match="the most"):
        store.make_token(project, "two", "Ana")
    store.archive(project, "Ana")
    with pytest.raises(ArchivedError):
        store.make_token(project, "three", "Ana")
