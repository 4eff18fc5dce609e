"""What every part of a charter is made of: fields that carry their own words, records with a stable id, findings."""

from __future__ import annotations

import math
import re
import types
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, Union, get_args, get_origin

import annotated_types
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from scoping.findings import Finding

SHORT = 300
LONG = 10_000
"""Longest texts in characters. A cell of a workbook ends at 32,767, so a long text always fits into one."""
SEALED = "Signing is done on the charter."
"""What is said where somebody would write what only a signature may."""


class Choice(StrEnum):
    """A closed set of answers; every member carries the words that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class YesNo(Choice):
    """The answer to a plain question; "not known" is told apart from both."""

    YES = "yes", "Yes"
    NO = "no", "No"


_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(value: object) -> object:
    """Text in composed form (NFC), without the characters that databases and workbooks refuse.

    Removed are control characters other than tab and newline, lone surrogates, and the two code points that XML lacks;
    line ends become `\\n`.
    """
    if not isinstance(value, str):
        return value
    text = _REFUSED.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a number is needed, not infinity or 'not a number'")
    return value


Text = Annotated[str, BeforeValidator(clean), Field(max_length=SHORT)]
LongText = Annotated[str, BeforeValidator(clean), Field(max_length=LONG)]
Number = Annotated[float, AfterValidator(_finite)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
"""Names a record for as long as the project lives; other records refer to it by this."""
Link = Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,40}$")]
"""The id of another record, or "" for none."""
Whole = Annotated[int, Field(ge=-(10**15), le=10**15)]
"""A whole number that every database and workbook holds exactly."""
Minor = Annotated[int, Field(ge=-(10**15), le=10**15), "minor units"]
"""Money in the minor unit (cents) of the currency in the record's field `currency`."""


class Kind(StrEnum):
    """How a field is asked, stored and shown."""

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    LINK = "link"
    LINKS = "links"


class Answer(StrEnum):
    """What is known about one question. Unknown is an answer of its own: never safe, never done."""

    BLANK = "blank"
    UNKNOWN = "unknown"
    ANSWERED = "answered"


def ask(  # noqa: PLR0913  every one is named where it is given
    label: str,
    help: str = "",
    *,
    default: Any = None,
    core: bool = False,
    tabled: bool = False,
    unit: str = "",
    example: str = "",
    refers_to: str = "",
    assumed: bool = False,
    machine: bool = False,
    sealed: bool = False,
    sealed_by: str = "",
    topic: str = "",
    **limits: Any,
) -> Any:
    """Declare a question: the words, and whether a first workshop needs it at once.

    Args:
        tabled: a table of records shows it although a first workshop does not need it; core questions always are.
        unit: shown behind the value ("days", "%").
        example: shown while the answer is blank.
        refers_to: "part.list" whose records may be chosen; the field then holds their ids.
        assumed: the default is a mere convenience (a currency) and no answer.
        topic: names the place on the page where it is asked; "" for the questions that stand first.
        machine: written by the workbench in a form of its own (JSON); no form, table or document shows it as it stands.
        sealed: written by signing only. Everything shows it, and nothing else changes it.
        sealed_by: the question of the same entry with whose answer this one is sealed too; until then it is open.
    """
    extra: dict[str, Any] = {
        "core": core,
        "tabled": core or tabled,
        "unit": unit,
        "example": example,
        "refers_to": refers_to,
        "assumed": assumed,
        "machine": machine,
        "sealed": sealed,
        "sealed_by": sealed_by,
        "topic": topic,
    }
    return Field(
        default=default,
        title=label,
        description=help or None,
        json_schema_extra={k: v for k, v in extra.items() if v},
        **limits,
    )


def text(label: str, help: str = "", **options: Any) -> Any:
    """Declare a question whose blank answer is the empty text (also used for links)."""
    return ask(label, help, default="", **options)


def links(label: str, help: str = "", **options: Any) -> Any:
    """Declare a question answered by a set of other records; their order says nothing."""
    return ask(label, help, default=(), **options)


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One question of a model, read off its declaration: the single source for form, grid, table, sheet and text."""

    name: str
    kind: Kind
    label: str
    help: str
    unit: str
    core: bool
    tabled: bool
    example: str
    refers_to: str
    assumed: bool
    machine: bool
    sealed: bool
    sealed_by: str
    topic: str
    choices: tuple[Choice, ...]
    minimum: float | None
    maximum: float | None
    max_length: int | None

    def is_sealed(self, entry: Mapping[str, Any]) -> bool:
        """Whether nothing but signing may write it in an entry, given in plain form, as it stands."""
        return self.sealed or bool(self.sealed_by and entry.get(self.sealed_by))


def _kind(annotation: Any, info: FieldInfo, refers_to: str) -> tuple[Kind, tuple[Choice, ...]]:
    arms = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    plain = next(arm for arm in arms if arm is not type(None))
    if get_origin(plain) is Annotated:
        if plain == Minor:
            return Kind.MONEY, ()
        plain = get_args(plain)[0]
    if get_origin(plain) is tuple:
        return Kind.LINKS, ()
    if issubclass(plain, Choice):
        return Kind.CHOICE, tuple(plain)
    if plain is str:
        if refers_to:
            return Kind.LINK, ()
        return (Kind.LONG if _limit(info, annotated_types.MaxLen, "max_length") > SHORT else Kind.TEXT), ()
    return {int: Kind.INTEGER, float: Kind.NUMBER, date: Kind.DATE}[plain], ()


def _limit(info: FieldInfo, kind: type, attribute: str) -> Any:
    return next((getattr(m, attribute) for m in info.metadata if isinstance(m, kind)), None)


class Model(BaseModel):
    """A piece of a charter: an unchangeable value, strict about fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fields(Model):
    """A set of questions. `unknown` names those to which the team's answer is: we do not know yet."""

    unknown: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _links_are_sets(self) -> Self:
        for name in _links(type(self)):
            chosen = getattr(self, name)
            ids = tuple(sorted(set(chosen) - {""}))
            if ids != chosen:
                object.__setattr__(self, name, ids)
        return self

    @model_validator(mode="after")
    def _unknown_is_blank_and_sorted(self) -> Self:
        if not self.unknown:
            return self
        known = {spec.name for spec in questions(type(self))}
        names = tuple(sorted({n for n in self.unknown if n in known and is_blank(getattr(self, n))}))
        if names != self.unknown:
            object.__setattr__(self, "unknown", names)
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for name in _lists(type(self)):
            seen: set[str] = set()
            for row in getattr(self, name):
                if row.id in seen:
                    title = type(self).model_fields[name].title
                    raise ValueError(f"two entries of “{title}” share the id “{row.id}”")
                seen.add(row.id)
        return self

    def answer(self, name: str) -> Answer:
        """How far the question `name` is answered."""
        if not is_blank(getattr(self, name)):
            return Answer.ANSWERED
        return Answer.UNKNOWN if name in self.unknown else Answer.BLANK


class Record(Fields):
    """One row of a list. Its id never changes and is never reused."""

    id: Id

    @property
    def title(self) -> str:
        """What people call this record: its first non-blank text."""
        texts = (getattr(self, s.name) for s in questions(type(self)) if s.kind in (Kind.TEXT, Kind.LONG))
        return next((t for t in texts if t.strip()), "Not named yet")


def spelt(number: int) -> str:
    """A whole number as running text has it: in words up to twelve."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[number] if number < len(small) else str(number)


def is_blank(value: object) -> bool:
    """Whether nothing was entered. Zero and "no" are answers."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())


@cache
def questions(model: type[Fields]) -> tuple[FieldSpec, ...]:
    """The questions of a model in order, without its lists and its book-keeping (`id`, `unknown`)."""
    specs = []
    for name, info in model.model_fields.items():
        if name in ("id", "unknown") or _record_type(info) is not None:
            continue
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        refers_to = str(extra.get("refers_to", ""))
        kind, choices = _kind(info.annotation, info, refers_to)
        specs.append(
            FieldSpec(
                name=name,
                kind=kind,
                label=info.title or name,
                help=info.description or "",
                unit=str(extra.get("unit", "")),
                core=bool(extra.get("core", False)),
                tabled=bool(extra.get("tabled", False)),
                example=str(extra.get("example", "")),
                refers_to=refers_to,
                assumed=bool(extra.get("assumed", False)),
                machine=bool(extra.get("machine", False)),
                sealed=bool(extra.get("sealed", False)),
                sealed_by=str(extra.get("sealed_by", "")),
                topic=str(extra.get("topic", "")),
                choices=choices,
                minimum=_limit(info, annotated_types.Ge, "ge"),
                maximum=_limit(info, annotated_types.Le, "le"),
                max_length=_limit(info, annotated_types.MaxLen, "max_length"),
            )
        )
    return tuple(specs)


@cache
def _links(model: type[Fields]) -> tuple[str, ...]:
    """The questions of a model that are answered with links to several records."""
    return tuple(spec.name for spec in questions(model) if spec.kind is Kind.LINKS)


@cache
def _lists(model: type[Fields]) -> tuple[str, ...]:
    """The names of the lists of a model."""
    return tuple(name for name, info in model.model_fields.items() if _record_type(info) is not None)


def question(model: type[Fields], name: str) -> FieldSpec:
    """The question called `name`. Raises KeyError when the model does not ask it."""
    for spec in questions(model):
        if spec.name == name:
            return spec
    raise KeyError(name)


def _record_type(info: FieldInfo) -> type[Record] | None:
    args = get_args(info.annotation)
    if get_origin(info.annotation) is tuple and args and isinstance(args[0], type) and issubclass(args[0], Record):
        return args[0]
    return None


def records(
    title: str,
    singular: str,
    begin: str,
    *,
    needed: bool = True,
    layout: Literal["grid", "cards"] = "grid",
    machine: bool = False,
    lasting: str = "",
    tells: tuple[str, ...] = (),
) -> Any:
    """Declare a list of records.

    Args:
        tells: the questions whose answers say most of a record, told below its name; () for the first that a workshop needs.
        machine: the workbench writes the entries; people keep or remove them, and never type them.
        lasting: the question that answers an entry; such entries are never removed once something is written in them.
        begin: the empty state: how to start, in one sentence.
        needed: whether a complete charter has at least one of them.
        layout: "cards" where long texts matter more than comparing rows.
    """
    return Field(
        default=(),
        title=title,
        description=begin,
        json_schema_extra={
            "singular": singular,
            "needed": needed,
            "layout": layout,
            "machine": machine,
            "tells": list(tells),
            "lasting": lasting,
        },
    )


@dataclass(frozen=True, kw_only=True)
class ListSpec:
    """One list of a part: the records it holds and the words around it."""

    name: str
    record: type[Record]
    title: str
    singular: str
    begin: str
    needed: bool
    layout: Literal["grid", "cards"]
    machine: bool
    lasting: str
    tells: Sequence[str]

    @property
    def questions(self) -> tuple[FieldSpec, ...]:
        return questions(self.record)


Part_co = TypeVar("Part_co", bound=Fields, covariant=True)
"""The model of a part. Covariant, so that a loop over all parts may treat each as one of `Fields`; it hands every section the value
of its own model."""


@dataclass(frozen=True, kw_only=True)
class SectionOf(Generic[Part_co]):
    """One part of a charter: its words, its model and its review.

    Attributes:
        review: what is advised about a value of this model.
        slug: the stem used for module, page, URL, tables, sheet and JSON key.
        question: the guiding question, shown as the page's title.
        why: one sentence: what this step is good for.
        good: an example of a good answer.
        poor: an example of a poor one, with the reason.
    """

    slug: str
    title: str
    icon: str
    question: str
    why: str
    good: str
    poor: str
    model: type[Part_co]
    review: Callable[[Part_co], list[Finding]]

    @cached_property
    def questions(self) -> tuple[FieldSpec, ...]:
        """The single-valued questions of the part, in order."""
        return questions(self.model)

    @cached_property
    def lists(self) -> dict[str, ListSpec]:
        """The record lists of the part, by field name, in order."""
        specs = {}
        for name, info in self.model.model_fields.items():
            record = _record_type(info)
            if record is not None and isinstance(info.json_schema_extra, dict):
                specs[name] = ListSpec(
                    name=name,
                    record=record,
                    title=info.title or name,
                    begin=info.description or "",
                    **info.json_schema_extra,  # type: ignore[arg-type]
                )
        return specs

    def model_of(self, list_name: str) -> type[Fields]:
        """The model that holds a field: a record of the list, or the part itself for ""."""
        return self.lists[list_name].record if list_name else self.model


Section = SectionOf[Fields]
"""Any part of a charter."""
