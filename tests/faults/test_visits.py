"""Tabs come and go, with files and without: what the server held for them is free again when they are closed."""

from __future__ import annotations

import asyncio
import http.client
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.server import Server
from tests.tools import run, until

VISITS, FILES, MEGABYTES = 30, 4, 40
SECONDS = 30
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts what Linux tells of a process")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the server keeps its temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def server(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("TMPDIR", str(folder))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        server = Server(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    yield server
    server.stop()
    assert "Traceback" not in server.log.read_text()


def open_files(server: Server) -> int:
    return sum(1 for _ in Path(f"/proc/{server.process.pid}/fd").iterdir())


def memory(server: Server) -> int:
    """What the server holds, in megabytes."""
    told = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", told)[0]) // 1024


async def visit(server: Server) -> tuple[ClientConnection, str]:
    """A tab whose page is complete, and the id of its session."""
    page = await connect(f"ws://localhost:{server.port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    await page.send(ask.SerializeToString())
    session = ""
    while True:
        message = ForwardMsg.FromString(await page.recv(decode=False))
        if message.WhichOneof("type") == "new_session":
            session = message.new_session.initialize.session_id
        if message.WhichOneof("type") == "script_finished":
            return page, session


def test_visits_leave_nothing_open(server: Server) -> None:
    async def visits(count: int) -> None:
        for _ in range(count):
            page, _ = await visit(server)
            await page.close()

    run(visits(2))
    before = open_files(server)
    run(visits(VISITS))
    assert until(lambda: open_files(server) <= before + 2, SECONDS)


def test_the_limit_of_open_files_is_raised_at_the_start(server: Server) -> None:
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    soft, hard = re.findall(r"Max open files\s+(\d+)\s+(\d+)", limits)[0]
    assert int(soft) == min(int(hard), 65_536) > 256


def upload(server: Server, session: str, name: str) -> int:
    """Send a file as the widget of a page does; the status of the answer."""
    door = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    door.request("GET", "/_stcore/host-config")
    answer = door.getresponse()
    answer.read()
    door.request("GET", "/_stcore/health")
    answer = door.getresponse()
    answer.read()
    given = {c.split("=", 1)[0]: c.split(";", 1)[0].split("=", 1)[1] for c in answer.headers.get_all("set-cookie", [])}
    token = given["_streamlit_xsrf"]
    body = b"".join(
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
            b"x" * (MEGABYTES << 20),
            b"\r\n--x--\r\n",
        )
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}; device=me",
    }
    door.request("PUT", f"/_stcore/upload_file/{session}/{name}", body, headers)
    answer = door.getresponse()
    answer.read()
    door.close()
    return answer.status


def test_uploads_lie_on_disk_and_go_when_the_tab_is_closed(server: Server, folder: Path) -> None:
    def on_disk() -> int:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    async def meet() -> tuple[int, int]:
        page, session = await visit(server)
        loop = asyncio.get_running_loop()
        # The first one also loads what reading an upload needs.
        assert await loop.run_in_executor(None, upload, server, session, "first") == 204
        before = memory(server)
        for number in range(FILES):
            assert await loop.run_in_executor(None, upload, server, session, f"f{number}") == 204
        found = memory(server) - before, on_disk()
        await page.close()
        return found

    more, kept = run(meet())
    assert more < MEGABYTES * FILES / 2
    assert kept == (FILES + 1) * (MEGABYTES << 20)
    assert until(lambda: on_disk() == 0, SECONDS)
