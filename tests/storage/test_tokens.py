"""Tokens of programs: shown once, kept as digests, good for one project, worthless once revoked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from scoping.charter import Charter
from storage.access import tokens
from storage.access.replies import KeyTakenError, Reply
from storage.access.tokens import Scope, TokenError
from storage.history import ArchivedError
from storage.store import CharterStore


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter(), "Ana")


def test_a_token_names_its_project_and_only_its_digest_is_kept(store, project):
    made = store.tokens.make(project, "  Training\n pipeline ", "Ana")
    found = store.tokens.shown(made)
    assert (found.project_id, found.label, found.made_by) == (project, "Training pipeline", "Ana")
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM program_token")).all()
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


def test_a_token_for_all_opens_every_project_and_stands_apart(store, project):
    made = store.tokens.make(None, "CI", "Ana", (Scope.READ, Scope.WRITE))
    found = store.tokens.shown(made)
    assert found.project_id is None
    assert found.scopes == {Scope.READ, Scope.WRITE}
    assert found.may(Scope.READ)
    assert not found.may(Scope.ADMIN, Scope.READINGS)
    assert store.tokens.of(project) == ()
    assert not store.tokens.revoke(project, found.digest)
    assert store.tokens.revoke(None, found.digest)
    assert store.tokens.shown(made) is None


def test_one_that_may_do_everything_may_also_read_and_one_must_be_allowed_something(store, project):
    assert store.tokens.shown(store.tokens.make(project, "Boss", "Ana", (Scope.ADMIN,))).may(Scope.READ)
    with pytest.raises(TokenError, match="may do nothing"):
        store.tokens.make(project, "Idle", "Ana", ())


def test_a_request_with_a_key_is_worked_on_once_and_answered_the_same_again(store, project):
    token = store.tokens.shown(store.tokens.make(project, "one", "Ana")).digest
    assert store.replies.begin(token, "k", "request") is None
    with pytest.raises(KeyTakenError, match="still worked on"):
        store.replies.begin(token, "k", "request")
    store.replies.keep(token, "k", Reply(status=201, tag='"1"', body="{}"))
    assert store.replies.begin(token, "k", "request") == Reply(status=201, tag='"1"', body="{}")
    with pytest.raises(KeyTakenError, match="another request"):
        store.replies.begin(token, "k", "another")
    store.replies.forget(token, "k")
    assert store.replies.begin(token, "k", "another") is None


def test_a_key_that_was_cut_off_is_free_after_a_minute_and_every_one_after_a_day(store, project):
    token = store.tokens.shown(store.tokens.make(project, "one", "Ana")).digest
    now = datetime(2027, 2, 15, 12, tzinfo=UTC)
    store.replies._now = lambda: now
    assert store.replies.begin(token, "cut", "request") is None
    assert store.replies.begin(token, "done", "request") is None
    store.replies.keep(token, "done", Reply(status=200, tag="", body="1"))
    store.replies._now = lambda: now + timedelta(seconds=61)
    assert store.replies.begin(token, "cut", "request") is None
    assert store.replies.begin(token, "done", "request")
    store.replies._now = lambda: now + timedelta(hours=25)
    assert store.replies.begin(token, "done", "request") is None


def test_two_who_send_the_same_key_at_once_do_not_both_work(store, elsewhere, project):
    token = store.tokens.shown(store.tokens.make(project, "one", "Ana")).digest

    def begin(at: int) -> str:
        try:
            return "works" if (store, elsewhere)[at % 2].replies.begin(token, "k", "request") is None else "answered"
        except KeyTakenError:
            return "waits"

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(begin, range(6))) == [*["waits"] * 5, "works"]
