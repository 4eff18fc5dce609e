"""The modules of browsers are served under a hash, packed, for a year; the front page names them before anything else."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pages.serving import browser
from tests.pages.test_front_page import PAGE, ask


def fetch(name: str, *, version: str = "", encoding: str = "gzip, br") -> Response:
    """What the route answers to a browser."""
    scope = {
        "type": "http",
        "path_params": {"name": name, "version": version or browser.version()},
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    # A thread of its own: tests in a browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(browser.file(Request(scope)))).result()


def test_a_module_may_be_kept_for_a_year() -> None:
    answer = fetch("doc.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == (browser.FOLDER / "doc.js").read_bytes()


def test_who_cannot_unpack_gets_it_plain() -> None:
    answer = fetch("tokens.css", encoding="identity")
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.body == (browser.FOLDER / "tokens.css").read_bytes()


@pytest.mark.parametrize(("version", "name"), [("0000000000000000", "doc.js"), ("", "none.js"), ("", "../icon.png")])
def test_what_is_not_of_this_version_is_refused_and_not_kept(version: str, name: str) -> None:
    answer = fetch(name, version=version)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_the_front_page_begins_to_load_every_module_but_those_of_the_grid() -> None:
    _, body = ask(HTMLResponse(PAGE))
    page = b"".join(body).decode()
    for name in ("doc.js", "views.js", "vendor/preact.js"):
        assert f'<link rel="modulepreload" href="/{browser.address(name)}">' in page
    assert f'<script type="module" src="/{browser.address("head.js")}">' in page
    assert "tabulator" not in page
    assert "grid" not in page
