"""Routes of signing and of read-only links: refusals in one shape, a charter without the workbench, one sentence where there is none."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pages.parts.addresses import READ_URL, SHARES_URL, SIGNING_URL
from pages.serving.contract import shares
from scoping.errors import BusyDatabaseError
from scoping.merge import Edit
from storage.store import CharterStore
from tests.signed import READY, asking, person

TWO = asking(READY, person("Ana Ruiz", "Sponsor"), person("Ben Ode", "Technical lead"))
OURS = {"x-requested-with": "workbench", "content-type": "application/json"}


@pytest.fixture(autouse=True)
def nobody_waits() -> None:
    shares.READS.forget()


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(TWO, "Ann")


def asked(port: int, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", data=data, headers=headers or (OURS if data else {}))
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


def test_who_is_asked_signs_what_they_saw_and_nothing_else(port: int, store: CharterStore, project: str) -> None:
    path = SIGNING_URL.format(project=project)
    told = json.loads(asked(port, path)[2])
    assert (told["version"], told["missing"], [s["name"] for s in told["signers"]]) == (1, 0, ["Ana Ruiz", "Ben Ode"])
    given = {"signature": "ana_ruiz", "answered": "signed", "seen": told["seen"], "typed": "Ana Ruiz", "day": ""}
    assert asked(port, path, given, **{"content-type": "application/json"})[0] == 403
    assert asked(port, path, given | {"typed": "Eve"})[0] == 422
    store.save(project, "problems", [Edit("", "", "in_scope", TWO.problems.in_scope, "Everything")], "Eve")
    status, _, said = asked(port, path, given)
    assert (status, "was changed while you read it" in said) == (409, True)
    status, _, said = asked(port, path, given | {"seen": json.loads(asked(port, path)[2])["seen"]})
    assert status == 200
    assert json.loads(said)["words"].startswith("signed version 1 on ")
    assert asked(port, SIGNING_URL.format(project="gone"))[0] == 404


def test_a_link_shows_its_version_and_the_present_one_follows(port: int, store: CharterStore, project: str) -> None:
    store.versions.keep(project, "Ann", name="Before the board")
    made = [json.loads(asked(port, SHARES_URL.format(project=project), {"version": v, "days": 7})[2])["path"] for v in (1, None)]
    store.save(project, "project", [Edit("", "", "name", TWO.name, "Another name")], "Ann")
    pages = [asked(port, path, accept="text/html") for path in made]
    assert [status for status, *_ in pages] == [200, 200]
    assert [("Another name" in page, TWO.name in page) for _, _, page in pages] == [(False, True), (True, False)]
    for _, headers, page in pages:
        assert "noindex" in headers["x-robots-tag"]
        assert headers["cache-control"] == "no-store"
        assert "set-cookie" not in headers
        assert "<script" not in page
        assert project not in page


def test_ended_taken_back_and_unknown_links_are_one_sentence(
    port: int, store: CharterStore, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = READ_URL.format(token=store.shares.make(project, "Ann", days=7))
    store.shares.revoke(project, store.shares.of(project)[0].digest)
    status, headers, page = asked(port, path)
    assert (status, "This link was taken back on" in page, "noindex" in headers["x-robots-tag"]) == (410, True, True)
    long_ago = datetime.now(UTC) - timedelta(days=30)
    monkeypatch.setattr(store.shares, "_now", lambda: long_ago)
    status, _, page = asked(port, READ_URL.format(token=store.shares.make(project, "Ann", days=7)))
    assert (status, "This link ended on" in page) == (410, True)
    status, _, page = asked(port, READ_URL.format(token="x" * 43))
    assert (status, "No charter is read under this link." in page) == (404, True)
    assert READY.name not in page


def test_who_opens_links_too_often_waits(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "READS_A_MINUTE", 2)
    answers = [asked(port, READ_URL.format(token="x" * 43)) for _ in range(3)]
    assert [status for status, *_ in answers] == [404, 404, 429]
    assert int(answers[-1][1]["retry-after"]) > 0


def test_a_database_that_is_busy_is_one_sentence_too_and_says_nothing_of_us(port, store, project, monkeypatch):
    def busy(_: str) -> None:
        raise BusyDatabaseError("The database /srv/secret.db is locked.")

    path = READ_URL.format(token=store.shares.make(project, "Ann", days=1))
    monkeypatch.setattr(store.shares, "shown", busy)
    status, headers, page = asked(port, path)
    assert (status, headers["x-robots-tag"]) == (503, shares.HEADERS["X-Robots-Tag"])
    assert "cannot be read just now" in page
    assert "secret" not in page
