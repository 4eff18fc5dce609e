"""Agendas that somebody kept under a name, for workshops of any project."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from scoping.section import SHORT, clean
from scoping.words import short
from scoping.workshop.agenda import Block
from storage.engine import Transactions
from storage.tables import WorkshopTemplateRow, table_of
from storage.workshops.keeping import WorkshopError

AT_MOST = 50

_template = table_of(WorkshopTemplateRow)


@dataclass(frozen=True)
class Template:
    """An agenda under a name."""

    id: str
    name: str
    agenda: tuple[Block, ...]


class Templates:
    """All agendas that were kept."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def all(self) -> tuple[Template, ...]:
        """What was kept, by name."""
        query = select(_template).order_by(func.lower(_template.c.name), _template.c.id)
        rows = self._transact.read(lambda connection: connection.execute(query).all())
        return tuple(
            Template(r.id, r.name, tuple(Block(**{**b, "questions": tuple(b["questions"])}) for b in r.agenda)) for r in rows
        )

    def keep(self, name: str, agenda: Sequence[Block], by: str) -> None:
        """Keep an agenda; one that had the name before is replaced. Raises WorkshopError where there are too many."""
        words = short(str(clean(name)), SHORT)
        row = {
            "id": secrets.token_hex(5),
            "name": words,
            "agenda": [vars(b) for b in agenda],
            "made_at": self._now(),
            "made_by": by,
        }

        def work(connection: Connection) -> None:
            connection.execute(delete(_template).where(func.lower(_template.c.name) == words.lower()))
            if connection.execute(select(func.count()).select_from(_template)).scalar_one() >= AT_MOST:
                raise WorkshopError(f"{AT_MOST} templates are kept, the most there can be.", "Remove one first.")
            connection.execute(insert(_template), row)

        self._transact.write(work)

    def remove(self, template: str) -> None:
        """Forget an agenda."""
        self._transact.write(lambda connection: connection.execute(delete(_template).where(_template.c.id == template)))
