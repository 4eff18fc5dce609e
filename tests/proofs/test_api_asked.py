"""The API asked thousands of times by a program that knows nothing but its document, on both kinds of databases."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pages.parts import here
from pages.serving.v1 import door
from scoping import samples
from storage.access.tokens import Scope
from tests.fuzzing import ask
from tests.live import serving

EACH = int(os.environ.get("PROOF_EXAMPLES", "20"))


@pytest.fixture
def port(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", database_url)
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 10**9)
    with serving() as found:
        yield found


def test_nothing_that_anybody_can_send_breaks_it(port: int) -> None:
    store = here.store()
    project = store.create(samples.samples()[0].charter, "Ana")
    store.versions.keep(project, "Ana")
    token = store.tokens.make(None, "CI", "Ana", (Scope.ADMIN,))
    found = ask(port, token, each=EACH, phases="examples,coverage,fuzzing,stateful")
    assert found.code == 0, found.said[-20_000:]
    assert found.cases >= 1_000
    print(f"{found.cases:,} requests, nothing found")
