"""Tokens with which programs report readings to one project. Only digests are kept, so a token is shown once."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from scoping.errors import WorkbenchError
from scoping.section import clean, short
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


@dataclass(frozen=True)
class Token:
    """What is known of a token without the token itself; its digest names it."""

    digest: str
    project_id: str
    label: str
    made_at: datetime
    made_by: str
    used_at: datetime | None


def make(connection: Connection, project: str, label: str, at: datetime, by: str) -> str:
    """Make a token and return it; it can never be shown again. Raises TokenError."""
    words = short(str(clean(label)), LABEL)
    if not words:
        raise TokenError("The token has no name.", "Name the program that will use it.")
    if connection.execute(select(func.count()).where(_token.c.project_id == project)).scalar_one() >= AT_MOST:
        raise TokenError(f"This project has {AT_MOST} tokens, the most there can be.", "Revoke one that is not used any more.")
    made = f"wb_{secrets.token_urlsafe(32)}"
    row = {"digest": _digest(made), "project_id": project, "label": words, "made_at": at, "made_by": by, "used_at": None}
    connection.execute(insert(_token), row)
    return made


def of_project(connection: Connection, project: str) -> tuple[Token, ...]:
    """The tokens of a project, newest first."""
    query = select(_token).where(_token.c.project_id == project).order_by(_token.c.made_at.desc(), _token.c.digest)
    return tuple(Token(**row) for row in connection.execute(query).mappings())


def revoke(connection: Connection, project: str, digest: str) -> None:
    """Make a token worthless."""
    connection.execute(delete(_token).where(_token.c.project_id == project, _token.c.digest == digest))


def known(connection: Connection, given: str) -> Token | None:
    """What is known of a token that a program shows; None for one that was never made, or was revoked."""
    if not _LOOKS.fullmatch(given):
        return None
    row = connection.execute(select(_token).where(_token.c.digest == _digest(given))).mappings().one_or_none()
    return None if row is None else Token(**row)


def is_due(token: Token, now: datetime) -> bool:
    """Whether the use of a token should be written down."""
    return token.used_at is None or now - token.used_at >= _SEEN_EVERY


def used(connection: Connection, digest: str, now: datetime) -> None:
    """Write down that a token was used."""
    connection.execute(update(_token).where(_token.c.digest == digest).values(used_at=now))


def _digest(token: str) -> str:
    """A token is 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
