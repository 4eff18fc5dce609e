"""What commonly goes wrong at a start, checked before the server begins, each in one sentence."""

from __future__ import annotations

import errno
import socket

from scoping.errors import WorkbenchError
from storage import upgrade
from storage.settings import PORT, Settings


def check() -> tuple[str, int, list[str]]:
    """Read the settings, create or upgrade the database, try the port.

    Returns:
        Address, port, and sentences about what stands in the way (none: it can start).
    """
    try:
        settings = Settings.from_environ()
    except WorkbenchError as error:
        return "", 0, [str(error)]
    problems = []
    if taken := _port_problem(settings):
        problems.append(taken)
    try:
        upgrade.prepare(settings.database_url)
    except WorkbenchError as error:
        problems.append(str(error))
    return settings.address, settings.port, problems


def _port_problem(settings: Settings) -> str:
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family) as probe:
        # A port that was let go a moment ago may be taken again at once. On Windows the same option would also take a port
        # from a program that uses it, and another one says what is meant.
        probe.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
        try:
            probe.bind((settings.address, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {settings.port} is busy: perhaps the workbench already runs at http://localhost:{settings.port}. "
                    f"Stop it, or choose another port, for example {PORT}={settings.port + 1}."
                )
            return (
                f"Port {settings.port} at {settings.address} cannot be used ({error.strerror}). Set {PORT} and WORKBENCH_ADDRESS."
            )
    return ""
