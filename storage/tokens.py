"""Tokens with which programs report readings to one project. Only digests are kept, so a token is shown once."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from scoping.errors import WorkbenchError
from scoping.section import clean
from scoping.words import short
from storage.engine import Transactions
from storage.history import refuse_archived
from storage.tables import AccessTokenRow, table_of

AT_MOST = 20
"""Tokens of a project."""
LABEL = 80
_SEEN_EVERY = timedelta(minutes=1)
"""The last use is written down no more often than that."""
_LOOKS = re.compile("wb_[A-Za-z0-9_-]{43}")
_token = table_of(AccessTokenRow)


class TokenError(WorkbenchError):
    """A token that cannot be made."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """What is known of a token without the token itself; its digest names it."""

    digest: str
    project_id: str
    label: str
    made_at: datetime
    made_by: str
    used_at: datetime | None


class Tokens:
    """The tokens of all projects."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def make(self, project: str, label: str, by: str) -> str:
        """Make a token with which a program may report readings; shown now and never again.

        Raises:
            TokenError: it has no name, or the project has too many.
            ArchivedError, UnknownProjectError.
        """
        words = short(str(clean(label)), LABEL)
        made = f"wb_{secrets.token_urlsafe(32)}"
        row = {"digest": _digest(made), "project_id": project, "label": words, "made_at": self._now(), "made_by": by}

        def work(connection: Connection) -> None:
            refuse_archived(connection, project)
            if not words:
                raise TokenError("The token has no name.", "Name the program that will use it.")
            if connection.execute(select(func.count()).where(_token.c.project_id == project)).scalar_one() >= AT_MOST:
                said = f"This project has {AT_MOST} tokens, the most there can be."
                raise TokenError(said, "Revoke one that is not used any more.")
            connection.execute(insert(_token), row)

        self._transact.write(work)
        return made

    def of(self, project: str) -> tuple[Token, ...]:
        """The tokens of a project, newest first."""
        query = select(_token).where(_token.c.project_id == project).order_by(_token.c.made_at.desc(), _token.c.digest)
        return self._transact.read(lambda connection: tuple(Token(**row) for row in connection.execute(query).mappings()))

    def revoke(self, project: str, digest: str) -> None:
        """Make a token worthless from now on."""
        query = delete(_token).where(_token.c.project_id == project, _token.c.digest == digest)
        self._transact.write(lambda connection: connection.execute(query))

    def shown(self, given: str) -> Token | None:
        """What is known of a token that a program shows, whose use is written down; None for one that is worthless."""
        if not _LOOKS.fullmatch(given):
            return None
        query = select(_token).where(_token.c.digest == _digest(given))
        row = self._transact.read(lambda connection: connection.execute(query).mappings().one_or_none())
        if row is None:
            return None
        token, now = Token(**row), self._now()
        if token.used_at is None or now - token.used_at >= _SEEN_EVERY:
            used = update(_token).where(_token.c.digest == token.digest).values(used_at=now)
            self._transact.write(lambda connection: connection.execute(used))
        return token


def _digest(token: str) -> str:
    """A token is 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
