"""Whether the port is free is tried as this system means it."""

from __future__ import annotations

import socket

import pytest

from storage import startup
from storage.settings import PORT, Settings
from tests.tools import free_port


def test_where_a_port_can_be_asked_for_alone_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    # On Windows the other option would take a port away from a program that uses it, and find every port free.
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False)
    asked: list[int] = []
    monkeypatch.setattr(socket.socket, "setsockopt", lambda *given: asked.append(given[2]), raising=False)
    assert startup._port_problem(Settings.from_environ({PORT: str(free_port())})) == ""
    assert asked == [socket.SO_KEEPALIVE]
