"""The display names that people gave at their browsers. A browser is known by a digest of its random id only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy import select

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
        """The display name that the person at a browser gave; "" for none."""
        query = select(_person.c.name).where(_person.c.device == _digest(device))
        return self._transact.read(lambda connection: connection.execute(query).scalar() or "")

    def rename(self, device: str, name: str) -> None:
        """Remember the display name of the person at a browser."""
        row = self._transact.upsert(_person).values(device=_digest(device), name=name)
        query = row.on_conflict_do_update(index_elements=["device"], set_={"name": name})
        self._transact.write(lambda connection: connection.execute(query))
        self.on_renamed(device, name)


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
