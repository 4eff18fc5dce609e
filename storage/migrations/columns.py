"""The vocabulary of migrations: columns as the questions need them, and tables of parts and lists.

Past migrations are written in these words, so their meaning must never change; what is new gets a new word.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

DAY = sa.Date().with_variant(sa.Text(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: Any = sa.Double().with_variant(sa.REAL(), "sqlite")

CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "CAD",
    "AUD",
    "NZD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "TRY",
    "ILS",
    "AED",
    "SAR",
    "KWD",
    "IRR",
    "INR",
    "CNY",
    "JPY",
    "KRW",
    "SGD",
    "HKD",
    "BRL",
    "MXN",
    "ZAR",
    "NGN",
)
"""Codes as of the first schema; a currency that comes later gets a list of its own."""


def words(name: str, longest: int) -> sa.Column[Any]:
    check = sa.CheckConstraint(f'length("{name}") <= {longest}', name=f"{name}_length")
    return sa.Column(name, sa.Text(), check, nullable=False, server_default="")


def link(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def links(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="[]")


def choice(name: str, *values: str, nullable: bool = True) -> sa.Column[Any]:
    listed = ", ".join(f"'{v}'" for v in values)
    return sa.Column(name, sa.Text(), sa.CheckConstraint(f'"{name}" IN ({listed})', name=f"{name}_choice"), nullable=nullable)


def day(name: str) -> sa.Column[Any]:
    return sa.Column(name, DAY)


def bounded(name: str, kind: Any, low: float | None, high: float | None) -> sa.Column[Any]:
    bounds = [f'"{name}" {sign} {limit:g}' for sign, limit in ((">=", low), ("<=", high)) if limit is not None]
    checks = [sa.CheckConstraint(" AND ".join(bounds), name=f"{name}_range")] if bounds else []
    return sa.Column(name, kind, *checks)


def whole(name: str, low: float | None = None, high: float | None = None) -> sa.Column[Any]:
    return bounded(name, WHOLE, low, high)


def real(name: str, low: float | None = None, high: float | None = None) -> sa.Column[Any]:
    return bounded(name, REAL, low, high)


def of_project() -> sa.Column[Any]:
    return sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True)


def part(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        of_project(),
        sa.Column("saved_number", WHOLE, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        links("unknown"),
        *columns,
        sqlite_strict=True,
    )


def records(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        of_project(),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("row_order", WHOLE, nullable=False),
        sa.Column(
            "removed",
            sa.Integer(),
            sa.CheckConstraint("removed IN (0, 1)", name="removed"),
            nullable=False,
            server_default=sa.text("0"),
        ),
        links("unknown"),
        *columns,
        sqlite_strict=True,
    )


def add(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)


def currency() -> sa.Column[Any]:
    return choice("currency", *CURRENCIES, nullable=False)
