"""Behind a proxy that gives the workbench a path of its own and asks for it by an inner name, people work as ever."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scoping import samples
from storage.store import CharterStore
from tests.browser.hands import Person
from tests.server import Server
from tests.tools import free_port

SCOPE = "In scope"


class Proxy:
    """Passes everything on, and names the server in the Host header as many proxies do unless told otherwise."""

    def __init__(self, port: int, server: int) -> None:
        self._names = f"Host: localhost:{port}".encode(), f"Host: 127.0.0.1:{server}".encode()
        self._server = server
        self._door = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                page, _ = self._door.accept()
                threading.Thread(target=self._join, args=(page,), daemon=True).start()

    def _join(self, page: socket.socket) -> None:
        with page, socket.create_connection(("127.0.0.1", self._server)) as behind:
            back = threading.Thread(target=_pass, args=(behind, page), daemon=True)
            back.start()
            _pass(page, behind, self._names)
            back.join()

    def close(self) -> None:
        # A thread that waits for the next page holds the door open until it is shut.
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


def _pass(come: socket.socket, go: socket.socket, names: tuple[bytes, bytes] = (b"", b"")) -> None:
    """Pass on what comes until one side ends, which ends both."""
    with contextlib.suppress(OSError):
        while data := come.recv(1 << 16):
            go.sendall(data.replace(*names) if names[0] else data)
    for end in (come, go):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """The address that people know, and a project."""
    port = free_port()
    monkeypatch.setenv("WORKBENCH_ALLOWED_HOSTS", f"localhost:{port}")
    server = Server(tmp_path, base="/scoping")
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(samples.new_charter("Behind", "", "USD"), "Cem")
    store.close()
    proxy = Proxy(port, server.port)
    yield f"http://localhost:{port}/scoping", project
    proxy.close()
    server.stop()


def test_answers_are_saved_and_others_hear_of_them(address: tuple[str, str], people: Callable[..., Person]) -> None:
    url, project = address
    ana, ben = people(url), people(url)
    for person in (ana, ben):
        person.open("problems", project)
        person.turn_to("In and out of scope")
    ana.answer(SCOPE, "English")
    ana.saved(SCOPE)
    expect(ben.field(SCOPE)).to_have_value("English")
    ana.reload()
    expect(ana.field(SCOPE)).to_have_value("English")


def test_a_proxy_that_holds_news_back_is_named_and_others_are_heard_of_all_the_same(
    address: tuple[str, str], people: Callable[..., Person]
) -> None:
    url, project = address
    ana, ben = people(url), people(url)
    ben.page.route("**/stream?*", lambda _: None)
    for person in (ana, ben):
        person.open("problems", project)
        person.turn_to("In and out of scope")
    ana.answer(SCOPE, "English")
    ana.saved(SCOPE)
    expect(ben.field(SCOPE)).to_have_value("English", timeout=15_000)
    expect(ben.page.get_by_text("A proxy on the way holds news back")).to_be_visible()
    ben.answer(SCOPE, "English and Persian")
    ben.saved(SCOPE)
    expect(ana.field(SCOPE)).to_have_value("English and Persian")
