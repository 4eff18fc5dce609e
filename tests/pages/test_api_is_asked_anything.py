"""A few requests for every operation that nobody thought of; tests/proofs asks thousands."""

from __future__ import annotations

from pages.serving.v1 import door
from storage.access.tokens import Scope
from tests.fuzzing import ask


def test_what_the_document_allows_is_answered_as_it_says(store, project, port, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 10**9)
    store.versions.keep(project, "Ana")
    found = ask(port, store.tokens.make(None, "CI", "Ana", (Scope.ADMIN,)), each=2, phases="fuzzing")
    assert found.code == 0, found.said[-4_000:]
    assert found.cases >= 50
