"""The workbench as `python app.py` starts it, for tests that need a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.tools import ROOT, free_port

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 10


class Server:
    """A running server with a database of its own; it can be killed, and started again on the same database.

    Args:
        program: what Python is given to start it.
        base: the path below which it answers, with a slash before it; it is then started as `streamlit run app.py`.

    Attributes:
        database: the SQLite file, unless another address was given.
    """

    def __init__(self, folder: Path, database_url: str = "", program: tuple[str, ...] = ("app.py",), base: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        options = (f"--server.port={self.port}", "--server.address=127.0.0.1", f"--server.baseUrlPath={base}")
        self._program = ("-m", "streamlit", "run", "app.py", *options) if base else program
        self.url = f"http://localhost:{self.port}{base}"
        self.database = folder / "workbench.db"
        self.log = folder / "server.log"
        self._environ = {
            "WORKBENCH_DATABASE_URL": database_url or f"sqlite:///{self.database}",
            "WORKBENCH_PORT": str(self.port),
        }
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self._program], cwd=ROOT, env=os.environ | self._environ, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _SECONDS_TO_START
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        self.kill()
        raise AssertionError(f"The server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, as whoever runs it does."""
        self.process.terminate()
        try:
            self.process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
