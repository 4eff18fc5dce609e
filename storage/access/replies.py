"""What programs were answered under keys of their own, so that a request sent twice is worked on once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, or_, select, update

from scoping.errors import WorkbenchError
from storage.engine import Transactions
from storage.tables import ProgramReplyRow, table_of

KEPT = timedelta(hours=24)
_WORKED_ON = timedelta(minutes=1)
"""Longer than any request is worked on: what has no answer by then was cut off, and may be tried again."""
_reply = table_of(ProgramReplyRow)


class KeyTakenError(WorkbenchError):
    """A key that names another request, or one that is still worked on."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer as it was given; `tag` names the state that it told of."""

    status: int
    tag: str
    body: str


class Replies:
    """The answers that are remembered."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def begin(self, token: str, key: str, request: str) -> Reply | None:
        """Take a key for a request, named by its digest; the answer where it was given already.

        Raises KeyTakenError.
        """
        now = self._now()
        row = {"token": token, "key": key, "request": request, "tag": "", "body": "", "at": now}
        here = and_(_reply.c.token == token, _reply.c.key == key)
        cut_off = and_(_reply.c.status.is_(None), _reply.c.at < now - _WORKED_ON)
        taken = (
            self._transact.upsert(_reply)
            .values(**row)
            .on_conflict_do_nothing(index_elements=["token", "key"])
            .returning(_reply.c.key)
        )

        def work(connection: Connection) -> Reply | None:
            connection.execute(delete(_reply).where(or_(_reply.c.at < now - KEPT, and_(here, cut_off))))
            if connection.execute(taken).first():
                return None
            kept = connection.execute(select(_reply).where(here)).one()
            if kept.request != request:
                raise KeyTakenError("This Idempotency-Key belongs to another request.", "Send each request with a key of its own.")
            if kept.status is None:
                raise KeyTakenError("A request with this Idempotency-Key is still worked on.", "Try again in a moment.")
            return Reply(status=kept.status, tag=kept.tag, body=kept.body)

        return self._transact.write(work)

    def keep(self, token: str, key: str, reply: Reply) -> None:
        """Remember what a request was answered."""
        named = update(_reply).where(_reply.c.token == token, _reply.c.key == key)
        self._transact.write(lambda c: c.execute(named.values(status=reply.status, tag=reply.tag, body=reply.body)))

    def forget(self, token: str, key: str) -> None:
        """Let go of a key whose request came to nothing."""
        gone = delete(_reply).where(_reply.c.token == token, _reply.c.key == key)
        self._transact.write(lambda connection: connection.execute(gone))
