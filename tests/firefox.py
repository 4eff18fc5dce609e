"""Firefox, driven over its own remote protocol (WebDriver BiDi): just enough to type, press keys, and look."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.tools import free_port, until

_SECONDS = 20
_KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c"}
_FIND = """(selector, text) => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap(el => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])])
  return all(document).find(el => el.matches(selector) && (!text || [el.textContent, el.placeholder, el.ariaLabel].some(t => t?.includes(text))))
}"""


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Firefox:
    """One window with one page.

    Attributes:
        complaints: errors of its console.
    """

    def __init__(self, program: Path) -> None:
        self.complaints: list[str] = []
        self._numbers = itertools.count(1)
        with contextlib.ExitStack() as opened:
            folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True))
            port = free_port()
            command = [str(program), "--headless", "--no-remote", "--profile", folder, f"--remote-debugging-port={port}"]
            process = subprocess.Popen([*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            opened.callback(process.wait, _SECONDS)
            opened.callback(process.terminate)
            self._socket = opened.enter_context(self._connect(port))
            self._opened = opened.pop_all()
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._page = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @contextlib.contextmanager
    def _connect(self, port: int) -> Iterator[ClientConnection]:
        assert until(lambda: _listens(port)), "Firefox did not start"
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None) as connection:
            yield connection

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv(_SECONDS))
            if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                self.complaints.append(said["params"]["text"])
            if said.get("id") == number:
                assert said["type"] == "success", said
                result: dict[str, Any] = said["result"]
                return result

    # What a person does

    def open(self, url: str) -> None:
        """Go to an address."""
        self._ask("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def picture(self, path: Path) -> None:
        """Keep what is to be seen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self._ask("browsingContext.captureScreenshot", context=self._page)["data"]))

    def look(self, expression: str) -> Any:
        """What an expression of JavaScript is; it must be plain."""
        told = self._ask(
            "script.evaluate", expression=f"JSON.stringify({expression})", target={"context": self._page}, awaitPromise=True
        )
        assert told["type"] == "success", told
        return json.loads(told["result"].get("value") or "null")

    def wait(self, expression: str) -> Any:
        """Wait until an expression of JavaScript is true."""
        latest = time.monotonic() + _SECONDS
        while not (found := self.look(expression)):
            assert time.monotonic() < latest, f"never true: {expression}"
            time.sleep(0.05)
        return found

    def press(self, selector: str, text: str = "") -> None:
        """Press an element, in whichever shadow it stands, as a mouse does."""
        find = f"({_FIND})({json.dumps(selector)}, {json.dumps(text)})"
        self.wait(f"Boolean({find})")
        self.look(f"({find}.scrollIntoView({{block: 'center'}}), 1)")
        x, y = self.look(
            f"(({{x, y, width, height}}) => [x + Math.min(width / 2, 40), y + height / 2])({find}.getBoundingClientRect())"
        )
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}, down, up]
        self._ask("input.performActions", context=self._page, actions=[{"type": "pointer", "id": "mouse", "actions": moves}])

    def type(self, text: str) -> None:
        """Type into what has the focus; a name in brackets is a key: `[Enter]`."""
        for piece in text.replace("]", "[").split("["):
            for key in [_KEYS[piece]] if piece in _KEYS else piece:
                strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
                self._ask("input.performActions", context=self._page, actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def shows(self, text: str) -> str:
        """An expression: whether a text is on the page, in whichever shadow."""
        return f"Boolean(({_FIND})('*', {json.dumps(text)}))"
