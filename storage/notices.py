"""Short messages between the servers that share a database. PostgreSQL carries them; SQLite has one server and carries none."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from storage.engine import Transactions

Notice = dict[str, Any]
_CHANNEL = "workbench"
_LOOK_SECONDS = 1.0
"""How often a listening thread asks whether it should end."""
_AGAIN_AFTER_SECONDS = 2.0


class Notices:
    """Messages to all other servers of a database. None is kept: who does not listen misses it.

    Attributes:
        are_carried: whether the database carries messages at all.
    """

    def __init__(self, engine: Engine, transact: Transactions) -> None:
        self._engine = engine
        self._transact = transact
        self._me = secrets.token_hex(4)
        self.are_carried = engine.dialect.name == "postgresql"

    def send(self, notices: Sequence[Notice]) -> None:
        """Tell the other servers at once. Each may have 7,000 bytes."""

        def work(connection: Connection) -> None:
            for notice in notices:
                self.send_with(connection, notice)

        if self.are_carried:
            self._transact.write(work)

    def send_with(self, connection: Connection, notice: Notice) -> None:
        """Tell the other servers when a transaction has come to its good end."""
        if self.are_carried:
            connection.execute(select(func.pg_notify(_CHANNEL, json.dumps([self._me, notice], ensure_ascii=False))))

    def listen(self, hear: Callable[[Notice | None], None]) -> Callable[[], None]:
        """Hear the other servers on a connection of one's own, in a thread of one's own.

        Args:
            hear: given each message, and None whenever messages may have been missed.

        Returns:
            What ends it.
        """
        ended = threading.Event()
        if self.are_carried:
            threading.Thread(target=self._listen, args=(hear, ended), name="notices", daemon=True).start()
        return ended.set

    def _listen(self, hear: Callable[[Notice | None], None], ended: threading.Event) -> None:
        noted = ""
        while not ended.is_set():
            try:
                self._hear_until_it_breaks(hear, ended)
            except Exception as error:  # noqa: BLE001  whatever the driver raises, the next connection is tried
                if str(error) != noted:
                    noted = str(error)
                    logging.getLogger("workbench").warning("Messages of other servers are not heard at the moment: %s", noted)
            ended.wait(_AGAIN_AFTER_SECONDS)

    def _hear_until_it_breaks(self, hear: Callable[[Notice | None], None], ended: threading.Event) -> None:
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        try:
            connection.autocommit = True
            connection.execute(f"LISTEN {_CHANNEL}")
            hear(None)
            while not ended.is_set():
                for notification in connection.notifies(timeout=_LOOK_SECONDS):
                    sender, notice = json.loads(notification.payload)
                    if sender != self._me:
                        hear(notice)
        finally:
            pooled.close()
