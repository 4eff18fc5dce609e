"""What projects say, word by word, so that one search goes over names, problems, ideas, risks and all the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    cast,
    column,
    delete,
    false,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.selectable import Select, SelectBase

from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.section import Fields, Kind, Section, questions
from storage.tables import SaidRow, table_of, whole

SAID = table_of(SaidRow)
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORDS = table("said_words", column("said_words"), column("rowid"), column("words"))
"""The index of words in SQLite. It would follow `said` by triggers, but a schema that may do that may be made to do more."""
_LONGEST = 60
"""Letters of a word that count; what is longer is no word."""
_MOST = 8
"""Words of a search that count."""
_BITS = 4
"""Behind the number of a project, for the place of the part among its parts."""


def words_in(sentence: str) -> list[str]:
    """The words of a text, without case, accents and signs."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", sentence.casefold()))
    return [word[:_LONGEST] for word in _WORD.findall(plain)]


def words_of(section: Section, part: Fields) -> str:
    """All that people wrote in a part, each word once."""
    return " ".join(sorted({word for sentence in _written(section, part) for word in words_in(sentence)}))


def _written(section: Section, part: Fields) -> Iterator[str]:
    for name in ("", *section.lists):
        texts = [q.name for q in questions(section.model_of(name)) if q.kind in (Kind.TEXT, Kind.LONG)]
        for row in getattr(part, name) if name else (part,):
            yield from (getattr(row, text_name) for text_name in texts)


def number_of(project: str) -> int:
    """The number under which the words of a project are found: an index of words knows rows by numbers only."""
    return int.from_bytes(blake2b(project.encode(), digest_size=7).digest())


def keep(connection: Connection, project: str, charter: Charter, slugs: Iterable[str] = PART_BY_SLUG) -> None:
    """Write down the words of some parts of a project, in place of those that stood there; parts that say the same stay as they are."""
    first = number_of(project) << _BITS
    words = {first + place: words_of(s, charter.part(s.slug)) for place, s in enumerate(PARTS) if s.slug in slugs}
    stood = {row.id: row.words for row in connection.execute(_rows().where(SAID.c.id.in_(words)))}
    changed = {place: told for place, told in words.items() if told != stood.get(place, "")}
    if not changed:
        return
    here = SAID.c.id.in_(changed)
    is_indexed_by_us = connection.dialect.name == "sqlite"
    if is_indexed_by_us:
        connection.execute(insert(_WORDS).from_select(["said_words", "rowid", "words"], _rows("'delete'").where(here)))
    connection.execute(delete(SAID).where(here))
    if any(changed.values()):
        connection.execute(insert(SAID), [{"id": i, "project_id": project, "words": told} for i, told in changed.items() if told])
    if is_indexed_by_us:
        connection.execute(insert(_WORDS).from_select(["rowid", "words"], _rows().where(here)))


def _rows(*first: str) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [*map(literal_column, first), SAID.c.id, SAID.c.words]
    return select(*columns)


def who_say(connection: Connection, search: str) -> list[SelectBase]:
    """The numbers of the projects in which a word of the search begins some word, a query for each; signs are said by nobody."""
    begins = _BEGINS[connection.dialect.name]
    words = list(dict.fromkeys(words_in(search)[:_MOST]))
    if search.strip() and not words:
        return [select(SAID.c.id).where(false())]
    return [begins(word) for word in words]


def _project_of(number: ColumnElement[Any]) -> ColumnElement[int]:
    return number.op(">>", return_type=whole())(literal_column(str(_BITS)))


# A word holds letters and digits only, so it cannot end the quotation it stands in.


def _in_sqlite(word: str) -> SelectBase:
    match = literal_column("said_words").op("MATCH")(f'"{word}"*')
    return select(_project_of(_WORDS.c.rowid)).where(match)


def _in_postgresql(word: str) -> SelectBase:
    told = func.array_to_tsvector(func.string_to_array(SAID.c.words, literal_column("' '")))
    return select(_project_of(SAID.c.id)).where(told.op("@@", is_comparison=True)(cast(literal(f"'{word}':*", Text), TSQUERY)))


_BEGINS = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}
