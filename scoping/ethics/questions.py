"""The questions that projects are asked under Ethics: the packs of scoping/content, and those that a project adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from scoping import content
from scoping.errors import PackError
from scoping.ethics.bank import Bank, Framework, Pack, bank, read_frameworks, read_pack
from scoping.measurement import ROOM
from scoping.sections.ethics import ChecklistItem, Ethics, QuestionPack

_FRAMEWORKS = "frameworks.toml"
_NO_PACKS = (_FRAMEWORKS, "screening.toml")


@cache
def frameworks() -> tuple[Framework, ...]:
    """The frameworks that questions are mapped to."""
    return read_frameworks(_FRAMEWORKS, content.text(f"ethics/{_FRAMEWORKS}"))


@cache
def standard_packs() -> tuple[Pack, ...]:
    """Every pack of the folder.

    Raises:
        PackError: names file, area and question of the first mistake.
    """
    packs = {name.removeprefix("ethics/"): name for name in content.names("ethics/*.toml")}
    return tuple(read_pack(file, content.text(name), frameworks()) for file, name in packs.items() if file not in _NO_PACKS)


def item(pack: Pack, area: str, question: str, words: str) -> ChecklistItem:
    """A question as a project keeps it, in the words of the pack's version, not answered."""
    return ChecklistItem(id=question, question=words, area=area, pack=pack.id, pack_version=pack.version)


def standard_bank() -> Bank:
    """The bank of a project without packs of its own."""
    return _bank(())


def of_project(ethics: Ethics) -> Bank:
    """The bank of a project. A pack of its own that cannot be read asks nothing; `own_packs` tells why."""
    return _bank(tuple(row.definition for row in ethics.question_packs if row.definition.strip()))


def own_packs(rows: Iterable[QuestionPack]) -> dict[str, Pack | PackError]:
    """The packs that a project added, or why they cannot be used, by record id."""
    read: dict[str, Pack | PackError] = {}
    kept: list[Pack] = []
    for row in rows:
        if not row.definition.strip():
            continue
        try:
            pack = read_own(row.title, row.definition)
            bank([*standard_packs(), *kept, pack], frameworks())
        except PackError as error:
            read[row.id] = error
        else:
            kept.append(pack)
            read[row.id] = pack
    return read


def read_own(name: str, text: str) -> Pack:
    """A pack that a project brings. Raises PackError."""
    return read_pack(f"“{name}”", text, frameworks())


LARGEST_MB = 1
"""A file with more holds more characters than fit, whatever their alphabet."""


def decoded(name: str, data: bytes) -> str:
    """The text of a pack that somebody brings as a file. Raises PackError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(f"{name} is not text in UTF-8.", "Save it as UTF-8 and bring it again.") from None
    if len(text) > ROOM:
        raise PackError(f"{name} has {len(text):,} characters; {ROOM:,} fit.", "Split it into two packs.")
    return text


@lru_cache(maxsize=64)
def _bank(texts: tuple[str, ...]) -> Bank:
    kept = list(standard_packs())
    for text in texts:
        try:
            pack = read_own("pack", text)
            bank([*kept, pack], frameworks())
        except PackError:
            continue
        kept.append(pack)
    return bank(kept, frameworks())


def standard_words() -> Mapping[str, ChecklistItem]:
    """Every question of the standard packs as a project keeps it, by id."""
    return {q.id: item(pack, area.name, q.id, q.ask) for pack in standard_packs() for area in pack.areas for q in area.questions}
