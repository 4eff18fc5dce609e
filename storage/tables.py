"""The tables: a few of their own, and those of the sections, derived from the questions in a loop.

A part has one table for its own questions and one per list, named like the part and the list, so that a new question
needs a migration and nothing else here. SQLite tables are STRICT, and the limits of the questions are checks in the
database too: what a program writes past the models is refused there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    text,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from scoping.charter import PARTS
from scoping.health import Word
from scoping.milestones.status import State
from scoping.section import Choice, FieldSpec, Kind, Section, questions

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """The root of all tables, with a registry of its own: a module that is loaded twice must not meet itself."""


class Day(TypeDecorator[date]):
    """A date; ISO text in SQLite, whose strict tables know no dates. Takes dates and ISO text."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return day.isoformat() if dialect.name == "sqlite" else day

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; in SQLite as ISO text of one length, so that it sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return None if moment is None else moment.astimezone(UTC)


class Plain(TypeDecorator[Any]):
    """Lists and objects as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return json.loads(value)


def whole() -> TypeEngine[Any]:
    """A whole number of up to 64 bits."""
    return BigInteger().with_variant(Integer(), "sqlite")


def real() -> TypeEngine[Any]:
    """A number of double precision."""
    return Double().with_variant(REAL(), "sqlite")


_STRICT = {"sqlite_strict": True}


class CharterRow(Table, table=True):
    """One project: its head revision, and what the portfolio shows of it without reading the parts."""

    __tablename__ = "charter"
    __table_args__ = (Index(None, "archived", "saved_at", "id"), _STRICT)

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    created_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    number: int = Field(sa_column=Column(whole(), nullable=False))
    saved_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    saved_by: str = Field(sa_column=Column(Text(), nullable=False))
    archived: int = Field(
        default=0, sa_column=Column(Integer(), CheckConstraint("archived IN (0, 1)", name="archived"), nullable=False)
    )
    name: str = Field(sa_column=Column(Text(), nullable=False))
    name_key: str = Field(sa_column=Column(Text(), nullable=False))
    owner: str = Field(sa_column=Column(Text(), nullable=False))
    met: int = Field(default=0, sa_column=Column(Integer(), nullable=False, server_default="0"))
    currency: str = Field(default="USD", sa_column=Column(Text(), nullable=False, server_default="USD"))
    asked: float | None = Field(default=None, sa_column=Column(real()))
    worth_low: float | None = Field(default=None, sa_column=Column(real()))
    worth: float | None = Field(default=None, sa_column=Column(real()))
    worth_high: float | None = Field(default=None, sa_column=Column(real()))
    worth_variance: float | None = Field(default=None, sa_column=Column(real()))
    worth_third: float | None = Field(default=None, sa_column=Column(real()))
    loss: float | None = Field(default=None, sa_column=Column(real()))
    guessed: float = Field(default=1, sa_column=Column(real(), nullable=False, server_default="1"))
    is_rough: int = Field(default=0, sa_column=Column(Integer(), nullable=False, server_default="0"))
    years: int = Field(default=0, sa_column=Column(Integer(), nullable=False, server_default="0"))
    people: float | None = Field(default=None, sa_column=Column(real()))
    months: float | None = Field(default=None, sa_column=Column(real()))
    can_work: str = Field(default="unknown", sa_column=Column(Text(), nullable=False, server_default="unknown"))
    ethics: str = Field(default="not_assessed", sa_column=Column(Text(), nullable=False, server_default="not_assessed"))
    said_by: int = Field(default=0, sa_column=Column(whole(), nullable=False, server_default="0"))
    ethics_words: str = Field(default="", sa_column=Column(Text(), nullable=False, server_default=""))


class RevisionRow(Table, table=True):
    """One save: who changed what, when. Rows are only ever added."""

    __tablename__ = "revision"
    __table_args__ = (Index(None, "project_id", "part", "number"), _STRICT)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    number: int = Field(sa_column=Column(whole(), primary_key=True, autoincrement=False))
    part: str = Field(sa_column=Column(Text(), nullable=False))
    at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    by: str = Field(sa_column=Column(Text(), nullable=False))
    note: str = Field(sa_column=Column(Text(), nullable=False))
    workshop: str = Field(default="", sa_column=Column(Text(), nullable=False, server_default=""))
    edits: list[list[Any]] = Field(sa_column=Column(Plain(), nullable=False))


class VersionRow(Table, table=True):
    """A charter that was kept whole, as JSON of the format it had then: it stays what it was, whatever the tables become."""

    __tablename__ = "version"
    __table_args__ = (_STRICT,)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    number: int = Field(sa_column=Column(whole(), primary_key=True, autoincrement=False))
    revision: int = Field(sa_column=Column(whole(), nullable=False))
    name: str = Field(sa_column=Column(Text(), nullable=False))
    note: str = Field(sa_column=Column(Text(), nullable=False))
    at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    by: str = Field(sa_column=Column(Text(), nullable=False))
    schema_version: int = Field(sa_column=Column(whole(), nullable=False))
    hash: str = Field(sa_column=Column(Text(), nullable=False))
    terms: str = Field(sa_column=Column(Text(), nullable=False))
    payload: str = Field(sa_column=Column(Text(), nullable=False))


def _one_of(name: str, choices: type[Choice]) -> CheckConstraint:
    listed = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f'"{name}" IN ({listed})', name=f"{name}_choice")


class HealthRow(Table, table=True):
    """The health of a project from one day to another, as long as nobody saves anything; together the rows hold all days."""

    __tablename__ = "health"
    __table_args__ = (_STRICT,)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    from_day: date = Field(sa_column=Column(Day(), primary_key=True))
    to_day: date = Field(sa_column=Column(Day(), nullable=False))
    word: str = Field(sa_column=Column(Text(), _one_of("word", Word), nullable=False))
    reason: str = Field(sa_column=Column(Text(), nullable=False))
    late_since: date | None = Field(default=None, sa_column=Column(Day()))


class PlaceRow(Table, table=True):
    """Where a project stands among all from one day to another: its health, and within it the one of lowest `rank` first.

    Days of one health stand in one row, whatever their reasons, and one index holds all that the order asks for.
    """

    __tablename__ = "place"
    __table_args__ = (Index(None, "archived", "word", "rank", "project_id", "from_day", "to_day", "said_by"), _STRICT)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    from_day: date = Field(sa_column=Column(Day(), primary_key=True))
    to_day: date = Field(sa_column=Column(Day(), nullable=False))
    word: str = Field(sa_column=Column(Text(), _one_of("word", Word), nullable=False))
    archived: int = Field(sa_column=Column(Integer(), nullable=False))
    rank: float = Field(sa_column=Column(real(), nullable=False))
    said_by: int = Field(sa_column=Column(whole(), nullable=False))


class SaidRow(Table, table=True):
    """The words of one part of a project, each once and without case or accents. An index of words belongs to it, see `said`."""

    __tablename__ = "said"
    __table_args__ = (_STRICT,)

    id: int = Field(sa_column=Column(whole(), primary_key=True, autoincrement=False))
    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), nullable=False))
    words: str = Field(sa_column=Column(Text(), nullable=False))


class MilestoneStateRow(Table, table=True):
    """The state of a milestone from one day to another, as long as nobody saves anything; together the rows hold all days."""

    __tablename__ = "milestone_state"
    __table_args__ = (Index(None, "state", "from_day", "to_day", "project_id", "milestone"), _STRICT)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    milestone: str = Field(sa_column=Column(Text(), primary_key=True))
    from_day: date = Field(sa_column=Column(Day(), primary_key=True))
    to_day: date = Field(sa_column=Column(Day(), nullable=False))
    state: str = Field(sa_column=Column(Text(), _one_of("state", State), nullable=False))


class PersonRow(Table, table=True):
    """What the person at a browser gave: a display name, and wishes such as a currency. The browser's id is kept only as a digest."""

    __tablename__ = "person"
    __table_args__ = (_STRICT,)

    device: str = Field(sa_column=Column(Text(), primary_key=True))
    name: str = Field(sa_column=Column(Text(), nullable=False))
    wishes: dict[str, Any] = Field(default={}, sa_column=Column(Plain(), nullable=False, server_default="{}"))


class SettingRow(Table, table=True):
    """What the whole portfolio shares, such as its budget and the weights of its criteria."""

    __tablename__ = "setting"
    __table_args__ = (_STRICT,)

    name: str = Field(sa_column=Column(Text(), primary_key=True))
    value: dict[str, Any] = Field(sa_column=Column(Plain(), nullable=False))


class KeptFileRow(Table, table=True):
    """The data behind a measurement, kept because somebody asked for it; packed."""

    __tablename__ = "kept_file"
    __table_args__ = (_STRICT,)

    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True))
    sha256: str = Field(sa_column=Column(Text(), primary_key=True))
    name: str = Field(sa_column=Column(Text(), nullable=False))
    size: int = Field(sa_column=Column(whole(), nullable=False))
    packed: bytes = Field(sa_column=Column(LargeBinary(), nullable=False))
    kept_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    kept_by: str = Field(sa_column=Column(Text(), nullable=False))


class ProgramTokenRow(Table, table=True):
    """A token with which a program comes in, to one project or (None) to all. Only its digest is kept."""

    __tablename__ = "program_token"
    __table_args__ = (Index(None, "project_id"), _STRICT)

    digest: str = Field(sa_column=Column(Text(), primary_key=True))
    project_id: str | None = Field(default=None, sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE")))
    label: str = Field(sa_column=Column(Text(), nullable=False))
    scopes: str = Field(sa_column=Column(Text(), nullable=False))
    made_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    made_by: str = Field(sa_column=Column(Text(), nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(Moment()))


class ShareRow(Table, table=True):
    """A link with which anybody reads one charter. Only its digest is kept.

    Attributes:
        version: the one that is shown; None for the charter as it stands when it is read.
    """

    __tablename__ = "share"
    __table_args__ = (Index(None, "project_id"), _STRICT)

    digest: str = Field(sa_column=Column(Text(), primary_key=True))
    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), nullable=False))
    version: int | None = Field(default=None, sa_column=Column(whole()))
    expires_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    made_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    made_by: str = Field(sa_column=Column(Text(), nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Moment()))


class ProgramReplyRow(Table, table=True):
    """What a program was answered under a key of its own: when it sends the same again, it hears the same. No status: not yet."""

    __tablename__ = "program_reply"
    __table_args__ = (Index(None, "at"), _STRICT)

    token: str = Field(sa_column=Column(Text(), ForeignKey("program_token.digest", ondelete="CASCADE"), primary_key=True))
    key: str = Field(sa_column=Column(Text(), primary_key=True))
    request: str = Field(sa_column=Column(Text(), nullable=False))
    status: int | None = Field(default=None, sa_column=Column(Integer()))
    tag: str = Field(sa_column=Column(Text(), nullable=False))
    body: str = Field(sa_column=Column(Text(), nullable=False))
    at: datetime = Field(sa_column=Column(Moment(), nullable=False))


def _of_workshop() -> Column[str]:
    return Column(Text(), ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)


_IS_OPEN = text("ended_at IS NULL")


class WorkshopRow(Table, table=True):
    """One workshop of a project: how people find it, and how many moves were made. A code names one that has not ended."""

    __tablename__ = "workshop"
    __table_args__ = (
        Index(None, "code", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(None, "link", unique=True),
        Index(None, "project_id", "made_at"),
        _STRICT,
    )

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    project_id: str = Field(sa_column=Column(Text(), ForeignKey("charter.id", ondelete="CASCADE"), nullable=False))
    name: str = Field(sa_column=Column(Text(), nullable=False))
    code: str = Field(sa_column=Column(Text(), nullable=False))
    link: str = Field(sa_column=Column(Text(), nullable=False))
    number: int = Field(sa_column=Column(whole(), nullable=False))
    planned_at: datetime | None = Field(default=None, sa_column=Column(Moment()))
    made_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    made_by: str = Field(sa_column=Column(Text(), nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Moment()))
    follows: str = Field(sa_column=Column(Text(), nullable=False))


class WorkshopPersonRow(Table, table=True):
    """Which browser is which person of a workshop. The browser's id is kept only as a digest."""

    __tablename__ = "workshop_person"
    __table_args__ = (_STRICT,)

    workshop_id: str = Field(sa_column=_of_workshop())
    device: str = Field(sa_column=Column(Text(), primary_key=True))
    person: str = Field(sa_column=Column(Text(), nullable=False))


class WorkshopMoveRow(Table, table=True):
    """One move of a workshop. Rows are only ever added, and numbered without gaps."""

    __tablename__ = "workshop_move"
    __table_args__ = (_STRICT,)

    workshop_id: str = Field(sa_column=_of_workshop())
    number: int = Field(sa_column=Column(whole(), primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    by: str = Field(sa_column=Column(Text(), nullable=False))
    kind: str = Field(sa_column=Column(Text(), nullable=False))
    data: dict[str, Any] = Field(sa_column=Column(Plain(), nullable=False))


class WorkshopTemplateRow(Table, table=True):
    """An agenda that somebody kept, for workshops of any project."""

    __tablename__ = "workshop_template"
    __table_args__ = (_STRICT,)

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    name: str = Field(sa_column=Column(Text(), nullable=False))
    agenda: list[dict[str, Any]] = Field(sa_column=Column(Plain(), nullable=False))
    made_at: datetime = Field(sa_column=Column(Moment(), nullable=False))
    made_by: str = Field(sa_column=Column(Text(), nullable=False))


def _column(spec: FieldSpec) -> Column[Any]:
    name = spec.name
    match spec.kind:
        case Kind.TEXT | Kind.LONG:
            limit = CheckConstraint(f'length("{name}") <= {spec.max_length}', name=f"{name}_length")
            return Column(name, Text(), limit, nullable=False, server_default="")
        case Kind.LINK:
            return Column(name, Text(), nullable=False, server_default="")
        case Kind.LINKS:
            return Column(name, Plain(), nullable=False, server_default="[]")
        case Kind.CHOICE:
            values = ", ".join(f"'{c.value}'" for c in spec.choices)
            return Column(
                name, Text(), CheckConstraint(f'"{name}" IN ({values})', name=f"{name}_choice"), nullable=not spec.assumed
            )
        case Kind.DATE:
            return Column(name, Day())
        case _:
            bounds = [
                f'"{name}" {sign} {limit:g}' for sign, limit in ((">=", spec.minimum), ("<=", spec.maximum)) if limit is not None
            ]
            limits = [CheckConstraint(" AND ".join(bounds), name=f"{name}_range")] if bounds else []
            return Column(name, real() if spec.kind is Kind.NUMBER else whole(), *limits)


def table_name(section: Section, list_name: str = "") -> str:
    """The table of a part's own questions, or of one of its lists."""
    return f"{section.slug}_{list_name}" if list_name else section.slug


def _table(section: Section, list_name: str) -> SqlTable:
    """A table with a column per question. Nobody asks for a class of its rows, and those of all tables would take 8 MB."""
    columns: list[Column[Any]] = [Column("project_id", Text(), ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True)]
    if list_name:
        columns += [
            Column("id", Text(), primary_key=True),
            Column("row_order", whole(), nullable=False),
            Column(
                "removed", Integer(), CheckConstraint("removed IN (0, 1)", name="removed"), nullable=False, server_default=text("0")
            ),
        ]
    else:
        columns += [
            Column("saved_number", whole(), nullable=False),
            Column("saved_at", Moment(), nullable=False),
            Column("saved_by", Text(), nullable=False),
        ]
    columns.append(Column("unknown", Plain(), nullable=False, server_default="[]"))
    columns += map(_column, questions(section.model_of(list_name)))
    name = table_name(section, list_name)
    return SqlTable(name, Table.metadata, *columns, *_indexes(section, list_name), sqlite_strict=True)


def _indexes(section: Section, list_name: str) -> Iterator[Index]:
    """The portfolio asks every project for its next milestone, and a calendar holds those of all by date."""
    if (section.slug, list_name) == ("milestones", "milestones"):
        yield Index(None, "project_id", "removed", "due")
        yield Index("ix_milestones_milestones_all", "removed", "project_id", "id", "due", "row_order", "owner")


def table_of(row: type[Table]) -> SqlTable:
    """The table behind a row class."""
    return Table.metadata.tables[str(row.__tablename__)]


TABLES: dict[tuple[str, str], SqlTable] = {
    (section.slug, name): _table(section, name) for section in PARTS for name in ("", *section.lists)
}
"""The table of every part's own questions (list "") and of every list."""
