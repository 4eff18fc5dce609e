"""Tokens with which programs come in, to one project or to all. Only digests are kept, so a token is shown once."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, update

from scoping.errors import WorkbenchError
from scoping.section import Choice, clean
from scoping.words import short
from storage.engine import Transactions
from storage.history import refuse_archived
from storage.tables import ProgramTokenRow, table_of

AT_MOST = 20
"""Tokens of a project, and of all projects together."""
LABEL = 80
_SEEN_EVERY = timedelta(minutes=1)
"""The last use is written down no more often than that."""
_LOOKS = re.compile("wb_[A-Za-z0-9_-]{43}")
_token = table_of(ProgramTokenRow)


class Scope(Choice):
    """What a program may do with a token."""

    READ = "read", "Read"
    READINGS = "readings", "Report readings"
    WRITE = "write", "Change charters"
    ADMIN = "admin", "Do everything"


class TokenError(WorkbenchError):
    """A token that cannot be made."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """What is known of a token without the token itself; its digest names it.

    Attributes:
        project_id: the one project that it opens; None for all.
    """

    digest: str
    project_id: str | None
    label: str
    scopes: frozenset[Scope]
    made_at: datetime
    made_by: str
    used_at: datetime | None

    def may(self, *scopes: Scope) -> bool:
        """Whether it allows any of these."""
        return not self.scopes.isdisjoint({*scopes, Scope.ADMIN})


class Tokens:
    """The tokens of all projects."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def make(self, project: str | None, label: str, by: str, scopes: Collection[Scope] = (Scope.READINGS,)) -> str:
        """Make a token; shown now and never again.

        Args:
            project: the one that it opens; None for all.

        Raises:
            TokenError: it has no name, may do nothing, or there are too many.
            ArchivedError, UnknownProjectError.
        """
        words = short(str(clean(label)), LABEL)
        made = f"wb_{secrets.token_urlsafe(32)}"
        row = {
            "digest": digest(made),
            "project_id": project,
            "label": words,
            "scopes": " ".join(scope.value for scope in Scope if scope in scopes),
            "made_at": self._now(),
            "made_by": by,
        }

        def work(connection: Connection) -> None:
            if project is not None:
                refuse_archived(connection, project)
            if not words:
                raise TokenError("The token has no name.", "Name the program that will use it.")
            if not scopes:
                raise TokenError("The token may do nothing.", "Choose at least one thing that it may do.")
            if connection.execute(select(func.count()).where(_of(project))).scalar_one() >= AT_MOST:
                who = "All projects together have" if project is None else "This project has"
                raise TokenError(f"{who} {AT_MOST} tokens, the most there can be.", "Revoke one that is not used any more.")
            connection.execute(insert(_token), row)

        self._transact.write(work)
        return made

    def of(self, project: str | None) -> tuple[Token, ...]:
        """The tokens of one project, or (None) those that open all, newest first."""
        query = select(_token).where(_of(project)).order_by(_token.c.made_at.desc(), _token.c.digest)
        return self._transact.read(lambda connection: tuple(_read(row) for row in connection.execute(query).mappings()))

    def revoke(self, project: str | None, digest: str) -> bool:
        """Make a token worthless from now on. Returns whether there was one."""
        query = delete(_token).where(_of(project), _token.c.digest == digest)
        return self._transact.write(lambda connection: connection.execute(query).rowcount > 0)

    def shown(self, given: str) -> Token | None:
        """What is known of a token that a program shows, whose use is written down; None for one that is worthless."""
        if not _LOOKS.fullmatch(given):
            return None
        query = select(_token).where(_token.c.digest == digest(given))
        row = self._transact.read(lambda connection: connection.execute(query).mappings().one_or_none())
        if row is None:
            return None
        token, now = _read(row), self._now()
        if token.used_at is None or now - token.used_at >= _SEEN_EVERY:
            used = update(_token).where(_token.c.digest == token.digest).values(used_at=now)
            self._transact.write(lambda connection: connection.execute(used))
        return token


def _of(project: str | None) -> ColumnElement[bool]:
    return _token.c.project_id.is_(None) if project is None else _token.c.project_id == project


def _read(row: RowMapping) -> Token:
    return Token(**{**row, "scopes": frozenset(Scope(word) for word in row["scopes"].split())})


def digest(token: str) -> str:
    """A token is 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
