"""A foreign page, a foreign name and a flood get nowhere; every answer carries what keeps a browser careful."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from scoping import samples
from storage.store import CharterStore
from tests.server import Server
from tests.tools import run, until

SECONDS = 30
SAVES = {"Content-Type": "application/json", "X-Requested-With": "workbench"}
EDITS = "/api/v1/projects/any/edits"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("WORKBENCH_ALLOWED_HOSTS", "scoping.example.com")
        server = Server(tmp_path_factory.mktemp("attacked"))
    yield server
    server.stop()
    assert "Traceback" not in server.log.read_text()


@pytest.fixture(scope="module")
def project(server: Server) -> str:
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(samples.samples()[0].charter, "Ana")
    store.close()
    return project


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What the server answers. Names of headers are written with _ for -; the body of a save is an empty object."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    connection.request(method, path, b"{}" if method == "POST" else None, {"Host": f"localhost:{server.port}", **given})
    answer = connection.getresponse()
    # A stream of events has no end.
    body = b"" if answer.headers["content-type"].startswith("text/event-stream") else answer.read()
    connection.close()
    return answer.status, {name.casefold(): value for name, value in answer.getheaders()}, body


def addresses(project: str) -> tuple[str, ...]:
    """One of each kind that is read: page, file of ours and of Streamlit, route, stream, media, health."""
    return (
        "/",
        f"/charter?project={project}",
        "/app/static/inter-latin-wght-normal.woff2",
        "/static/js/none.js",
        f"/api/v1/projects/{project}/calendar.ics",
        f"/api/v1/projects/{project}/stream",
        f"/api/v1/projects/{project}/document",
        f"/api/v1/projects/{project}/readings",
        "/media/none.csv",
        "/_stcore/health",
        "/_stcore/host-config",
    )


def test_a_name_that_was_made_to_lead_here_gets_nothing(server: Server, project: str) -> None:
    for path in addresses(project):
        status, _, body = ask(server, path, Host=f"evil.example:{server.port}")
        assert status == 403, path
        assert b"WORKBENCH_ALLOWED_HOSTS" in body
    status, _, body = ask(server, EDITS, "POST", Host="evil.example", Origin="http://evil.example", **SAVES)
    assert status == 403
    assert json.loads(body).keys() == {"ok", "error", "errors", "status"}
    status, _, _ = ask(server, "/_stcore/upload_file/a/b", "PUT", Host="evil.example")
    assert status == 403


def test_a_page_of_another_port_gets_nothing(server: Server, project: str) -> None:
    other = f"http://localhost:{server.port + 1}"
    for path in addresses(project):
        assert ask(server, path, Origin=other)[0] == 403, path
        # What a page embeds is asked for without its origin.
        assert ask(server, path, Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors")[0] == 403, path
    for method in ("POST", "PUT", "OPTIONS"):
        assert ask(server, EDITS, method, Origin=other, **SAVES)[0] == 403
    assert ask(server, "/", "POST", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 403


def test_our_own_pages_links_from_elsewhere_and_programs_are_served(server: Server, project: str) -> None:
    own = f"http://localhost:{server.port}"
    assert ask(server, EDITS, "POST", Origin=own, **SAVES)[0] == 400
    assert ask(server, f"/charter?project={project}", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200
    assert ask(server, f"/api/v1/projects/{project}/calendar.ics")[0] == 200
    assert ask(server, "/", Host=f"127.0.0.1:{server.port}")[0] == 200


def test_behind_a_proxy_the_names_of_the_setting_are_served(server: Server, project: str) -> None:
    page = "https://scoping.example.com"
    for host in ("scoping.example.com", f"127.0.0.1:{server.port}"):
        assert ask(server, EDITS, "POST", Host=host, Origin=page, **SAVES)[0] == 400
        assert ask(server, f"/api/v1/projects/{project}/stream", Host=host, Origin=page)[0] == 200


@pytest.mark.parametrize(
    ("host", "origin", "is_let_in"),
    [
        ("localhost:{port}", "http://localhost:{port}", True),
        ("scoping.example.com", "https://scoping.example.com", True),
        ("127.0.0.1:{port}", "https://scoping.example.com", True),
        ("evil.example:{port}", "http://evil.example:{port}", False),
        ("localhost:{port}", "http://localhost:1", False),
        ("localhost:{port}", "null", False),
    ],
)
def test_the_connection_of_a_page_is_judged_like_its_requests(server: Server, host: str, origin: str, is_let_in: bool) -> None:
    async def knock() -> None:
        url = f"ws://{host.format(port=server.port)}/_stcore/stream"
        async with connect(url, origin=origin.format(port=server.port), subprotocols=["streamlit"], sock=door(server)):
            pass

    if is_let_in:
        run(knock())
    else:
        with pytest.raises(InvalidStatus, match="403"):
            run(knock())


def door(server: Server) -> socket.socket:
    """A connection to the server, whatever name the request will give it."""
    return socket.create_connection(("127.0.0.1", server.port))


def test_every_answer_keeps_the_browser_careful(server: Server, project: str) -> None:
    refused = [ask(server, "/", Host="evil.example"), ask(server, EDITS), ask(server, EDITS, "POST")]
    for status, headers, _ in [*(ask(server, path) for path in addresses(project)), *refused]:
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self' blob:" in policy
        assert "unsafe-eval" not in policy, status
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_flood_ends_its_own_connection_while_others_are_served(server: Server) -> None:
    ask_again = BackMsg()
    ask_again.rerun_script.query_string = ""
    frame = ask_again.SerializeToString()
    closed: list[int] = []

    async def flood() -> None:
        url = f"ws://localhost:{server.port}/_stcore/stream"
        async with connect(url, subprotocols=["streamlit"], max_size=None, ping_interval=None) as page:
            reader = asyncio.create_task(drain(page))
            try:
                for _ in range(5_000):
                    await page.send(frame)
                await reader
            except ConnectionClosed:
                await reader
            closed.append(page.close_code or 0)

    async def drain(page: object) -> None:
        try:
            async for _ in page:  # type: ignore[attr-defined]
                pass
        except ConnectionClosed:
            pass

    flooding = threading.Thread(target=lambda: asyncio.run(flood()))
    flooding.start()
    served = 0
    while flooding.is_alive():
        assert ask(server, "/_stcore/health")[0] == 200
        served += 1
    flooding.join()
    # Where the machine itself is slower than a person, no flood comes through: then the unread connection ends by itself (1011).
    assert closed in ([1008], [1011])
    assert served > 20
    assert closed == [1011] or until(lambda: "sent far too much" in server.log.read_text(), SECONDS)


def test_a_request_that_is_given_up_is_one_line_in_the_log(server: Server) -> None:
    before = server.log.read_text().count("\n")
    for head in (f"POST {EDITS}", f"POST /api/v1/projects/{'a' * 16}/readings"):
        with door(server) as connection:
            lines = [head + " HTTP/1.1", f"Host: localhost:{server.port}", "X-Requested-With: workbench", "Content-Length: 900"]
            connection.sendall("\r\n".join([*lines, "", '{"project": ']).encode())
    assert until(lambda: "Given up by its sender" in server.log.read_text(), SECONDS)
    assert server.log.read_text().count("\n") - before == 1


# Below a path, behind a proxy that passes everything on.


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("below"), base="/scoping")
    yield server
    server.stop()


def test_all_routes_answer_below_the_base_path(below: Server) -> None:
    store = CharterStore.at(f"sqlite:///{below.database}")
    project = store.create(samples.samples()[0].charter, "Ana")
    store.close()
    assert ask(below, f"/scoping{EDITS}", "POST", **SAVES)[0] == 400
    for path, status in (("calendar.ics", 200), ("stream?tab=t&since=1", 200), ("document", 200), ("readings", 401)):
        assert ask(below, f"/scoping/api/v1/projects/{project}/{path}")[0] == status, path
    assert ask(below, "/scoping/api/v1/calendar.ics")[0] == 200
    assert ask(below, f"/scopingapi{EDITS}", "POST", **SAVES)[0] != 400
    assert b"BACKEND_BASE_URL: location.origin + '/scoping'" in ask(below, "/scoping/", Accept="text/html")[2]
