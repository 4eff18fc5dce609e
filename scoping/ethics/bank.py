"""The question bank: packs of questions kept as text, each question asked once and mapped to every framework that wants it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from itertools import chain
from re import fullmatch
from typing import Any

from scoping.content.screening import SCREENING
from scoping.errors import PackError
from scoping.section import LONG, SHORT


class Counts(StrEnum):
    """What the points of an area stand for."""

    RISK = "risk"
    MITIGATION = "mitigation"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen."""

    id: str
    words: str
    points: int = 0


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        options: what may be answered, besides “does not apply” and “not known”.
        good: the option that reassures; "" where none does.
        frameworks: the framework areas it serves, as (framework, area).
        after: questions of the screening of which one is no "no" where this one has to be asked; empty where it always has to be.
    """

    id: str
    ask: str
    help: str
    options: tuple[Option, ...]
    good: str
    frameworks: tuple[tuple[str, str], ...]
    after: tuple[str, ...] = ()

    @property
    def lowest(self) -> int:
        """The fewest points it may come to; “does not apply” comes to these."""
        return min(o.points for o in self.options)

    @property
    def highest(self) -> int:
        return max(o.points for o in self.options)

    def option(self, name: str) -> Option | None:
        """The option called `name`; None when this version has none."""
        return next((o for o in self.options if o.id == name), None)


@dataclass(frozen=True)
class Area:
    """Questions that belong together."""

    id: str
    name: str
    counts: Counts
    questions: tuple[Question, ...]

    @property
    def maximum(self) -> int:
        """The most points that its questions can come to."""
        return sum(q.highest for q in self.questions)


@dataclass(frozen=True)
class Level:
    """An impact level; the last one has no upper limit.

    Attributes:
        upto: share of the most risk points, in per cent, up to which the level holds, the limit included.
    """

    id: str
    name: str
    upto: int | None


@dataclass(frozen=True)
class Scale:
    """How points become a level.

    Attributes:
        mitigation_from: share of the most mitigation points, in per cent, from which mitigation counts.
        leaves: what it then leaves of the risk points, in per cent; the result is rounded, halves up.
    """

    mitigation_from: int
    leaves: int
    levels: tuple[Level, ...]

    def is_high(self, level: Level) -> bool:
        """Whether a level lies in the upper half."""
        return 2 * self.levels.index(level) >= len(self.levels)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A set of questions with a version; answers remember the version and the wording they answered.

    Attributes:
        scale: how its points become an impact level; None for a pack that gives none.
    """

    id: str
    title: str
    version: int
    about: str
    place: int
    scale: Scale | None
    areas: tuple[Area, ...]

    @property
    def questions(self) -> Iterator[Question]:
        for area in self.areas:
            yield from area.questions

    def maximum(self, counts: Counts) -> int:
        """The most points of its risk or mitigation areas together."""
        return sum(a.maximum for a in self.areas if a.counts is counts)


@dataclass(frozen=True)
class Framework:
    """A framework that asks to be covered, area by area."""

    id: str
    title: str
    about: str
    areas: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class Asked:
    """A question with the place where it is asked."""

    pack: Pack
    area: Area
    question: Question


@dataclass(frozen=True)
class Bank:
    """All questions that a project may be asked."""

    packs: tuple[Pack, ...]
    frameworks: tuple[Framework, ...]

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Every question by its id."""
        return {q.id: Asked(p, a, q) for p in self.packs for a in p.areas for q in a.questions}

    @property
    def scored(self) -> tuple[Pack, ...]:
        """The packs that give an impact level."""
        return tuple(p for p in self.packs if p.scale)

    def impact_pack(self, name: str, answered: Collection[str] = ()) -> Pack:
        """The pack that gives a project its impact level: the one it chose.

        Where it chose none that exists, it is the first one that has an answer; before that, the first one.

        Args:
            answered: the questions that have an answer, by id.
        """
        chosen = (p for p in self.scored if p.id == name)
        begun = (p for p in self.scored if any(q.id in answered for q in p.questions))
        return next(chain(chosen, begun, self.scored))

    def packs_asked(self, impact_pack: Pack) -> tuple[Pack, ...]:
        """The packs that a project is asked: all that give no level, and the one of the others that gives it its level."""
        return tuple(p for p in self.packs if p.scale is None or p.id == impact_pack.id)


def bank(packs: Iterable[Pack], frameworks: tuple[Framework, ...]) -> Bank:
    """A bank of packs in their order; of two packs with one id the later one holds.

    Raises:
        PackError: two packs ask a question under the same id, or none gives a level.
    """
    by_id = {p.id: p for p in packs}
    ordered = tuple(sorted(by_id.values(), key=lambda p: (p.place, p.id)))
    home: dict[str, Pack] = {}
    for pack in ordered:
        for question in pack.questions:
            if question.id in home:
                raise PackError(
                    f"The packs “{home[question.id].title}” and “{pack.title}” both ask a question “{question.id}”.",
                    "Ask it once, and give the other one an id of its own.",
                )
            home[question.id] = pack
    if not any(p.scale for p in ordered):
        raise PackError("No pack says how points become an impact level.", "Add a table [scale] to one of them.")
    return Bank(ordered, frameworks)


def read_frameworks(file: str, text: str) -> tuple[Framework, ...]:
    """The frameworks that a file describes. Raises PackError."""
    plain = _toml(file, text)
    frameworks = []
    for entry in _list(plain, "frameworks", file):
        where = f"{file}, framework “{entry.get('id')}”"
        areas = entry.get("areas")
        if not isinstance(areas, dict) or not areas:
            raise PackError(f"{where}: “areas” is missing.", 'Name each area, such as privacy = "Privacy".')
        frameworks.append(Framework(_id(entry, where), _words(entry, "title", where), _words(entry, "about", where), areas))
    return tuple(frameworks)


def read_pack(file: str, text: str, frameworks: tuple[Framework, ...]) -> Pack:
    """The pack that a file describes.

    Args:
        file: what it is called where a mistake is told.

    Raises:
        PackError: names file, area and question of the first mistake, and says what to do.
    """
    plain = _toml(file, text)
    # "standard" and "screening" had a meaning in earlier versions; packs that people wrote then are still read.
    _only(plain, ("id", "title", "version", "about", "place", "standard", "scale", "screening", "areas"), file)
    known = {f.id: f.areas for f in frameworks}
    version, place = plain.get("version"), plain.get("place", 99)
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 10**9:
        raise PackError(f"{file}, field “version”: found {version!r}.", "Write a whole number, 1 for the first version.")
    if not isinstance(place, int):
        raise PackError(f"{file}, field “place”: found {place!r}.", "Write a whole number.")
    areas = tuple(_area(entry, file, known) for entry in _list(plain, "areas", file))
    seen: set[str] = set()
    for name in [a.id for a in areas] + [q.id for a in areas for q in a.questions]:
        if name in seen:
            raise PackError(f"{file}: the id “{name}” is used twice.", "Give each area and question an id of its own.")
        seen.add(name)
    pack = Pack(
        id=_id(plain, file),
        title=_words(plain, "title", file),
        version=version,
        about=_words(plain, "about", file),
        place=place,
        scale=_scale(plain["scale"], file) if "scale" in plain else None,
        areas=areas,
    )
    if pack.scale and not pack.maximum(Counts.RISK):
        raise PackError(f"{file}: it has a scale, but no question with points for risk.", "Add points, or leave out [scale].")
    return pack


def _area(entry: Mapping[str, Any], file: str, known: Mapping[str, Mapping[str, str]]) -> Area:
    where = f"{file}, area “{entry.get('id')}”"
    _only(entry, ("id", "name", "counts", "questions"), where)
    counts = entry.get("counts", Counts.NOTHING)
    if counts not in list(Counts):
        raise PackError(f"{where}, field “counts”: found {counts!r}.", f"Write one of: {', '.join(Counts)}.")
    questions = tuple(_question(q, where, known, Counts(counts)) for q in _list(entry, "questions", where))
    return Area(_id(entry, where), _words(entry, "name", where), Counts(counts), questions)


def _question(entry: Mapping[str, Any], where: str, known: Mapping[str, Mapping[str, str]], counts: Counts) -> Question:
    where = f"{where}, question “{entry.get('id')}”"
    _only(entry, ("id", "ask", "help", "options", "points", "good", "frameworks", "after"), where)
    options = _options(entry, where)
    good = entry.get("good", "")
    if good != "" and good not in [o.id for o in options]:
        raise PackError(f"{where}, field “good”: it has no answer “{good}”.", f"Write one of: {', '.join(o.id for o in options)}.")
    if counts is not Counts.NOTHING and len({o.points for o in options}) < 2:
        raise PackError(f"{where}: whatever is answered, it gives the same points.", "Give points to at least one answer.")
    mapped = entry.get("frameworks", {})
    if not isinstance(mapped, dict):
        raise PackError(f"{where}, field “frameworks”: found {mapped!r}.", 'Write it like { deon = "redress" }.')
    for framework, area in mapped.items():
        if framework not in known:
            raise PackError(f"{where}: there is no framework “{framework}”.", _close(framework, known))
        if not isinstance(area, str) or area not in known[framework]:
            raise PackError(f"{where}: {framework} has no area “{area}”.", _close(str(area), known[framework]))
    after = entry.get("after", [])
    if not isinstance(after, list) or not set(map(str, after)) <= set(SCREENING):
        raise PackError(f"{where}, field “after”: found {after!r}.", f"Name some of: {', '.join(SCREENING)}.")
    asked = _words(entry, "ask", where, LONG)
    return Question(
        id=_id(entry, where),
        ask=asked,
        help=str(entry.get("help", "")),
        options=options,
        good=good,
        frameworks=tuple(mapped.items()),
        after=tuple(map(str, after)),
    )


def _options(entry: Mapping[str, Any], where: str) -> tuple[Option, ...]:
    points = entry.get("points", {})
    rows = entry.get("options", [["yes", "Yes", 0], ["no", "No", 0]])
    if not isinstance(points, dict) or not isinstance(rows, list) or len(rows) < 2:
        raise PackError(
            f"{where}: its answers cannot be read.", 'Write points = { yes = 2 }, or options = [["some", "Some of it", 1], …].'
        )
    options = []
    for row in rows:
        if not (isinstance(row, list) and len(row) == 3 and isinstance(row[0], str) and isinstance(row[1], str)):
            raise PackError(
                f"{where}: the answer {row!r} cannot be read.", 'Write id, words and points: ["some", "Some of it", 1].'
            )
        if not fullmatch(r"[a-z0-9_-]{1,40}", row[0]) or not 0 < len(row[1].strip()) <= SHORT:
            raise PackError(f"{where}: the answer {row!r} needs an id of small letters and words of at most {SHORT} characters.")
        options.append(Option(row[0], row[1], _points(points.get(row[0], row[2]), where)))
    names = [o.id for o in options]
    if len(set(names)) < len(names) or not set(points) <= set(names):
        raise PackError(
            f"{where}: two answers share an id, or points name an answer that is none.", f"Answers are: {', '.join(names)}."
        )
    return tuple(options)


def _points(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1000:
        raise PackError(f"{where}: {value!r} are no points.", "Write a whole number from 0 to 1000.")
    return value


def _scale(plain: Any, file: str) -> Scale:
    where = f"{file}, scale"
    if not isinstance(plain, dict):
        raise PackError(f"{where}: found {plain!r}.", "Write it as a table, [scale].")
    _only(plain, ("mitigation_from", "leaves", "levels"), where)
    shares = [plain.get(name) for name in ("mitigation_from", "leaves")]
    if not all(isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 100 for v in shares):
        raise PackError(f"{where}: “mitigation_from” and “leaves” are per cent.", "Write whole numbers from 0 to 100.")
    rows = _list(plain, "levels", where)
    levels = tuple(Level(str(r.get("id", "")), _words(r, "name", where), r.get("upto")) for r in rows)
    limits = [level.upto for level in levels]
    whole = [v for v in limits if isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 100]
    ids = {level.id for level in levels} - {""}
    if limits[-1] is not None or len(whole) < len(levels) - 1 or whole != sorted(set(whole)) or len(ids) < len(levels):
        raise PackError(
            f"{where}: the levels need an id each and rising limits “upto” in per cent, the last one without.",
            "Order them from low to high.",
        )
    return Scale(plain["mitigation_from"], plain["leaves"], levels)


def _toml(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(f"{file} is not written in TOML: {error}.", "Check quotes and brackets there.") from None
    except ValueError:
        # Python turns no more than some thousand digits into a number.
        raise PackError(f"{file} holds a number with thousands of digits.", "Write a shorter one.") from None


def _list(plain: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    rows = plain.get(name)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise PackError(f"{where}: it has no “{name}”.", f"Write each as a table, [[{name}]].")
    return rows


def _words(plain: Mapping[str, Any], name: str, where: str, longest: int = SHORT) -> str:
    value = plain.get(name)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= longest:
        raise PackError(f"{where}, field “{name}”: words are needed, at most {longest} characters.", f'Write {name} = "…".')
    return " ".join(value.split())


def _id(plain: Mapping[str, Any], where: str) -> str:
    value = plain.get("id")
    if not isinstance(value, str) or not fullmatch(r"[a-z0-9_-]{1,40}", value):
        raise PackError(f"{where}, field “id”: found {value!r}.", "Use 1 to 40 small letters, digits, - and _.")
    return value


def _only(plain: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in plain:
        if name not in known:
            raise PackError(f"{where}: there is no field “{name}”.", _close(name, known))


def _close(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f"Did you mean “{close[0]}”?" if close else f"Known are: {', '.join(known)}."
