"""Links with which anybody reads one charter, without the workbench. Only digests are kept, so a link is shown once."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from scoping.errors import UnknownProjectError, WorkbenchError
from storage.engine import Transactions
from storage.history import refuse_archived
from storage.tables import ShareRow, VersionRow, table_of

AT_MOST = 50
"""Links of a project that work."""
LONGEST_DAYS = 366
_LOOKS = re.compile("[A-Za-z0-9_-]{43}")
_share, _version = table_of(ShareRow), table_of(VersionRow)


class ShareError(WorkbenchError):
    """A link that cannot be made."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What is known of a link without the link itself; its digest names it.

    Attributes:
        version: the one that is shown; None for the charter as it stands when it is read.
    """

    digest: str
    project_id: str
    version: int | None
    expires_at: datetime
    made_at: datetime
    made_by: str
    revoked_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Whether somebody who has the link may read."""
        return self.revoked_at is None and now < self.expires_at


class Shares:
    """The links of all projects."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def make(self, project: str, by: str, *, days: int, version: int | None = None) -> str:
        """Make a link; what stands in its address is given back now and never again.

        Raises:
            ShareError: for no days, too many days, or when there are too many links.
            ArchivedError, UnknownProjectError.
        """
        if not 1 <= days <= LONGEST_DAYS:
            raise ShareError(f"A link is made for 1 to {LONGEST_DAYS} days.")
        made, now = secrets.token_urlsafe(32), self._now()
        row = {
            "digest": _digest(made),
            "project_id": project,
            "version": version,
            "expires_at": now + timedelta(days=days),
            "made_at": now,
            "made_by": by,
        }

        def work(connection: Connection) -> None:
            refuse_archived(connection, project)
            here = _version.c.project_id == project
            if (
                version is not None
                and not connection.execute(select(_version.c.number).where(here, _version.c.number == version)).first()
            ):
                raise UnknownProjectError(f"There is no version {version} of this project.", "Choose one on its charter page.")
            working = select(func.count()).where(
                _share.c.project_id == project, _share.c.revoked_at.is_(None), _share.c.expires_at > now
            )
            if connection.execute(working).scalar_one() >= AT_MOST:
                raise ShareError(
                    f"This charter has {AT_MOST} links, the most there can be.", "Take one back that is not used any more."
                )
            connection.execute(insert(_share), row)

        self._transact.write(work)
        return made

    def of(self, project: str) -> tuple[Share, ...]:
        """The links of a project that work, newest first."""
        query = select(_share).where(
            _share.c.project_id == project, _share.c.revoked_at.is_(None), _share.c.expires_at > self._now()
        )
        query = query.order_by(_share.c.made_at.desc(), _share.c.digest)
        return self._transact.read(lambda connection: tuple(Share(**row) for row in connection.execute(query).mappings()))

    def revoke(self, project: str, digest: str) -> None:
        """Make a link worthless from now on."""
        here = (_share.c.project_id == project) & (_share.c.digest == digest) & _share.c.revoked_at.is_(None)
        self._transact.write(lambda connection: connection.execute(update(_share).where(here).values(revoked_at=self._now())))

    def shown(self, given: str) -> Share | None:
        """What is known of a link that somebody follows, be it one that works no more; None for one that never was."""
        if not _LOOKS.fullmatch(given):
            return None
        query = select(_share).where(_share.c.digest == _digest(given))
        row = self._transact.read(lambda connection: connection.execute(query).mappings().one_or_none())
        return Share(**row) if row else None


def _digest(token: str) -> str:
    """A token is 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
