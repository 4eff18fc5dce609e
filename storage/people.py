"""The display names that people gave at their browsers, and what they chose there. A browser is known by a digest of its random id only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select, update

from storage.engine import Transactions
from storage.tables import PersonRow, table_of

_person = table_of(PersonRow)


class People:
    """Who is at which browser.

    Attributes:
        on_renamed: told the browser and the name whenever somebody of this process gives one.
    """

    def __init__(self, transact: Transactions) -> None:
        self._transact = transact
        self.on_renamed: Callable[[str, str], None] = lambda _, __: None

    def name(self, device: str) -> str:
        """The display name that the person at a browser gave; "" for none, and where a browser keeps no cookies."""
        if not device:
            return ""
        query = select(_person.c.name).where(_person.c.device == digest_of(device))
        return self._transact.read(lambda connection: connection.execute(query).scalar() or "")

    def rename(self, device: str, name: str) -> None:
        """Remember the display name of the person at a browser."""
        row = self._transact.upsert(_person).values(device=digest_of(device), name=name, wishes={})
        query = row.on_conflict_do_update(index_elements=["device"], set_={"name": name})
        self._transact.write(lambda connection: connection.execute(query))
        self.on_renamed(device, name)

    def wishes(self, device: str) -> dict[str, Any]:
        """What the person at a browser chose for themselves; empty where they chose nothing."""
        query = select(_person.c.wishes).where(_person.c.device == digest_of(device))
        return self._transact.read(lambda connection: connection.execute(query).scalar() or {})

    def keep_wish(self, device: str, name: str, value: Any) -> None:
        """Remember one choice of the person at a browser."""
        of_device = _person.c.device == digest_of(device)
        row = self._transact.upsert(_person).values(device=digest_of(device), name="", wishes={})

        def work(connection: Connection) -> None:
            connection.execute(row.on_conflict_do_nothing(index_elements=["device"]))
            now = connection.execute(select(_person.c.wishes).where(of_device).with_for_update()).scalar_one()
            connection.execute(update(_person).where(of_device).values(wishes={**now, name: value}))

        self._transact.write(work)


def digest_of(device: str) -> str:
    """What is kept of the random id of a browser."""
    return hashlib.sha256(device.encode()).hexdigest()
