"""The page that loads first learns the server's address and gives the browser its id; whatever else is asked for stays as it is."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import Message

from app import FrontPage
from pages.parts.addresses import DEVICE_COOKIE

PAGE = "<html><head><title>Workbench</title></head></html>"


def ask(answer: Response, path: str = "/", query: str = "", **headers: str) -> tuple[dict[str, str], list[bytes]]:
    """What a browser gets that asks for a page: headers, and the pieces of the body as they are sent."""
    given = {"accept": "text/html", **headers}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def main() -> None:
        async def only(scope: Any, receive: Any, send: Any) -> None:
            await answer(scope, receive, send)

        await FrontPage(only)(scope, receive, send)

    # A thread of its own: tests in a browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, main()).result()
    begin, *rest = sent
    return {name.decode(): value.decode() for name, value in begin["headers"]}, [m.get("body", b"") for m in rest]


def test_a_page_learns_the_address_of_the_server_and_the_browser_gets_an_id() -> None:
    headers, body = ask(HTMLResponse(PAGE, headers={"etag": "old"}))
    page = b"".join(body)
    assert b"BACKEND_BASE_URL" in page
    assert int(headers["content-length"]) == len(page)
    assert "etag" not in headers
    assert headers["set-cookie"].startswith(f"{DEVICE_COOKIE}=")


@pytest.mark.parametrize(
    ("cookies", "is_known"),
    [
        (f"{DEVICE_COOKIE}=mine", True),
        (f"a=b; {DEVICE_COOKIE}=mine", True),
        (f"my{DEVICE_COOKIE}=x", False),
        (f"{DEVICE_COOKIE}=", False),
    ],
)
def test_a_browser_keeps_the_id_it_has(cookies: str, is_known: bool) -> None:
    headers, _ = ask(HTMLResponse(PAGE), cookie=cookies)
    assert ("set-cookie" not in headers) == is_known


def pieces() -> Any:
    async def parts() -> Any:
        for _ in range(3):
            yield PAGE.encode()

    return parts()


@pytest.mark.parametrize(
    "answer",
    [
        lambda: StreamingResponse(pieces(), media_type="text/html", headers={"content-disposition": "attachment; filename=a.html"}),
        lambda: StreamingResponse(pieces(), media_type="application/octet-stream"),
    ],
    ids=["a document to keep", "no page"],
)
def test_a_file_is_passed_on_piece_by_piece_as_it_is(answer: Any) -> None:
    headers, body = ask(answer(), cookie="a=b")
    assert [piece for piece in body if piece] == [PAGE.encode()] * 3
    assert "set-cookie" not in headers


def test_an_answer_without_a_type_is_passed_on() -> None:
    headers, body = ask(Response(PAGE.encode(), headers={"etag": "kept"}))
    assert (b"".join(body), headers["etag"]) == (PAGE.encode(), "kept")
    assert b"".join(ask(PlainTextResponse("still here"))[1]) == b"still here"


@pytest.mark.parametrize("base", ["", "/scoping"])
def test_whoever_kept_an_old_address_is_sent_on(base: str) -> None:
    headers, body = ask(HTMLResponse(PAGE), path=f"{base}/overview", query="project=p1&at=sponsor")
    assert headers["location"] == "home?project=p1&tab=about&at=sponsor"
    assert b"".join(body) == b""
    headers, body = ask(HTMLResponse(PAGE), path=f"{base}/compare")
    assert headers["location"] == "./?view=ranking"
    assert "location" not in ask(HTMLResponse(PAGE), path=f"{base}/compare", query="project=p1")[0]
    headers, body = ask(HTMLResponse(PAGE), path=f"{base}/timeline", query="project=p1")
    assert headers["location"] == "./?view=timeline&project=p1"
    assert b"".join(body) == b""
