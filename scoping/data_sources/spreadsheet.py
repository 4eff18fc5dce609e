"""An inventory as people keep it in a spreadsheet, read into data sources: first as a dry run, in which nothing is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoping import answers, editing
from scoping import currency as money
from scoping.currency import Currency
from scoping.merge import Edit, Plain, added
from scoping.section import Choice, FieldSpec, Kind, question, questions
from scoping.sections.data_sources import SECTION, DataSources, Divisible, Labelling, LegalBasis, Origin, Privacy, Quality, Source
from scoping.tables import missingness, notation
from scoping.tables.notation import Mark
from scoping.words import count, short

LIST = "sources"
NAME = "name"

_SPELLINGS = {
    "name": "data source|dataset|data set|data|title|table|file|system|feed|asset|source name|dataset name",
    "origin": "origin|source type|acquisition|acquired how|how obtained|obtained by|ownership|internal external|availability",
    "amount": "quantity|volume|size|count|number|rows|records|items|how much|how many|amount of data|capacity",
    "unit": "units|uom|unit of measure|measured in",
    "cost": "price|costs|total cost|total price|fee|expense|cost total|price total",
    "days": "time|duration|days|time to obtain|time needed|delivery time|available in|how long|days needed",
    "currency": "ccy|curr",
    "divisible": "can be split|in part|partly|all or nothing",
    "fixed_cost": "fixed cost|fixed price|setup cost|set up cost|one off cost|flat fee",
    "minimum_order": "minimum|minimum order|min order|minimum amount|least",
    "lead_days": "lead time|lead days|first delivery|days to first",
    "usefulness": "relevance|usability",
    "shares_with": "shared team|team needed|same people",
    "quality": "data quality|overall quality",
    "timeliness": "freshness|currentness|recency",
    "accessibility": "access",
    "interpretability": "documentation|documented|clarity",
    "coherence": "consistency",
    "privacy": "personal data|pii|contains pii|sensitivity|confidentiality|gdpr",
    "owner": "owner|data owner|contact|responsible|contact person|custodian|steward|data steward",
    "may_use": "usable|allowed|permitted|permission|use allowed",
    "rights": "licence|license|licence terms|rights|usage rights|terms of use|approval",
    "legal_basis": "lawful basis|basis",
    "retention": "retention|retention period|kept for|delete after|storage period",
    "labelling": "labeling|labels|labelling|annotation|labelled by|labeled by",
    "qualified": "labellers|labelers|annotators|who labels",
    "contents": "contents|description|granularity|grain|one row is",
    "refresh": "refresh|frequency|update frequency|refresh rate|updated|cadence",
    "join_key": "join key|key|join keys|identifier|primary key|joins on",
    "stored_where": "location|where|storage|stored in|path|url|link",
    "known_bias": "bias|known bias|gaps|limitations|known issues|known gaps",
    "recent_change": "changes|recent changes|collection change|change log",
    "provenance": "provenance|lineage|origin of data|collected how|history",
    "meta_data": "metadata|meta data",
}
"""Headings that people write instead of a question's label."""

_MEANT: dict[str, dict[str, Choice]] = {
    "origin": {
        **dict.fromkeys(("internal", "own", "in-house", "in house", "ours", "first party"), Origin.OWNED),
        **dict.fromkeys(("crowd", "crowdsourcing", "crowd-sourced"), Origin.CROWDSOURCED),
        **dict.fromkeys(("labels", "labelling", "labeling", "paid labelling", "paid labels", "annotation"), Origin.PAID_LABELS),
        **dict.fromkeys(("bought", "buy", "purchase", "vendor", "commercial"), Origin.PURCHASED),
        **dict.fromkeys(("partner", "partnership", "second party"), Origin.PARTNER),
        **dict.fromkeys(("open", "open data", "web"), Origin.PUBLIC),
        **dict.fromkeys(("wish", "wanted", "wishlist", "wish list", "missing", "to be found"), Origin.WISHED),
    },
    "privacy": {
        **dict.fromkeys(("no", "none", "n", "false", "not personal", "anonymous"), Privacy.NONE),
        **dict.fromkeys(("yes", "y", "true", "pii"), Privacy.PERSONAL),
        **dict.fromkeys(("special category", "special categories", "highly sensitive"), Privacy.SENSITIVE),
    },
    "legal_basis": {
        "none": LegalBasis.NOT_NEEDED,
        "legitimate interest": LegalBasis.LEGITIMATE,
        "public interest": LegalBasis.PUBLIC_TASK,
        "vital interest": LegalBasis.VITAL,
    },
    "divisible": {
        **dict.fromkeys(("yes", "y", "true", "part", "partly"), Divisible.PART),
        **dict.fromkeys(("no", "n", "false", "whole", "all or nothing"), Divisible.WHOLE),
    },
    "labelling": {
        **dict.fromkeys(("none", "included", "labelled", "labeled", "not needed"), Labelling.NOT_NEEDED),
        **dict.fromkeys(("internal", "own team", "in house"), Labelling.IN_HOUSE),
        **dict.fromkeys(("vendor", "external", "outsourcing"), Labelling.OUTSOURCED),
        "crowdsourced": Labelling.CROWD,
    },
    "quality": {"high": Quality.GOOD, "medium": Quality.USABLE, "low": Quality.DOUBTFUL},
}
"""Words for choices beside their own labels. "External" alone stays refused: it may be bought, a partner's or public."""
_NOT_KNOWN = frozenset({"?", "unknown", "not known", "not known yet", "tbd", "tbc", "to be determined", "don't know"})
_NOTHING = frozenset({"", "none given", "not applicable"})
_NONE = ("None", "NONE")
"""A mark in other files; here an answer, such as to "personal data"."""
_FREE = frozenset({"free", "free of charge"})
_BRACKETS = re.compile(r"[(\[]([^)\]]{1,40})[)\]]")
_WITH_UNIT = re.compile(r"([\d.,'’\s]*\d)\s*([^\W\d_][^\d]{0,40})")
_MULTIPLES = ("k", "m", "mn", "mio", "bn", "b", "g", "thousand", "million", "billion", "to", "or")
"""Words behind a number that make another number of it, so that what follows is no unit."""
_TIME = re.compile(r"([\d.,]+)\s*(d|days?|w|weeks?)", re.IGNORECASE)
_DAY_FIELDS = ("days", "lead_days")
_MONEY_FIELDS = ("cost", "fixed_cost")
_COUNTED = (Kind.NUMBER, Kind.INTEGER, Kind.MONEY)
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "'", "\t", "\r")
"""Beginnings of a text that gets an apostrophe in front where a spreadsheet must not take it for a formula."""


def fields() -> tuple[FieldSpec, ...]:
    """The questions that a column may answer."""
    return questions(Source)


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Which column answers which question, by their headings: question to column. A label goes before other spellings."""
    columns_of: dict[str, str] = {}
    headings = {column: _bare(column) for column in columns}
    for spellings in (_labels, _usual):
        for spec in fields():
            if spec.name not in columns_of:
                fits = (c for c, heading in headings.items() if heading in spellings(spec) and c not in columns_of.values())
                if column := next(fits, None):
                    columns_of[spec.name] = column
    return columns_of


def _labels(spec: FieldSpec) -> set[str]:
    return {_bare(spec.label), _bare(spec.name)}


def _usual(spec: FieldSpec) -> set[str]:
    return set(_SPELLINGS.get(spec.name, "").split("|"))


def _bare(heading: str) -> str:
    """A heading without what stands in brackets, marks and case."""
    return " ".join(re.sub(r"[\W_]+", " ", _BRACKETS.sub("", heading).casefold()).split())


@dataclass(frozen=True)
class Change:
    """What a row would change in a source that is here already.

    Attributes:
        fields: label of the question, what it says now ("" for nothing), and what the file says.
    """

    source: Source
    edits: tuple[Edit, ...]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class DryRun:
    """What an import would do. Nothing is done yet.

    Attributes:
        new: sources to add.
        same: sources of the file that are here already, with the same answers.
        problems: a sentence for every row and every cell that would be left out.
        remarks: how numbers were read, and every cell that was taken as missing though something stands there.
    """

    new: tuple[Source, ...]
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def edits(self, updated: Iterable[str]) -> list[Edit]:
        """The edits that add the new sources, and change those whose ids are given."""
        chosen = set(updated)
        changes = [edit for change in self.changes if change.source.id in chosen for edit in change.edits]
        return [*(added(LIST, source) for source in self.new), *changes]


def dry_run(
    columns: Mapping[str, str], rows: Sequence[Mapping[str, str]], data: DataSources, currency: str, new_id: Callable[[], str]
) -> DryRun:
    """Read rows against the inventory as it is. An empty cell, or one that says "not known", never takes an answer away.

    Args:
        columns: question to heading; a heading may name unit or currency in brackets.
        rows: question to cell, as text.
        currency: of amounts that name none.
    """
    here: dict[str, list[Source]] = {}
    for source in data.sources:
        here.setdefault(_key(source.name), []).append(source)
    first = _first_places(rows)
    named_by_headings = _implied(columns)
    numbers = _Numbers.of(rows)
    new: list[Source] = []
    changes: list[Change] = []
    same: list[str] = []
    problems: list[str] = []
    remarks = numbers.remarks()
    for place, row in enumerate(rows, 1):
        name = row.get(NAME, "").strip()
        known = here.get(_key(name), [])
        if refusal := _left_out(place, name, known, first):
            problems.append(refusal)
            continue
        entry = known[0].model_dump(mode="json") if known else _blank(new_id(), currency)
        cells = _cells({f: c for f, c in row.items() if f != NAME or not known}, entry, named_by_headings, numbers)
        problems += [f"Row {place}, “{short(name, 60)}”: {doubt}" for doubt in _doubts(cells, numbers)]
        remarks += [f"Row {place}, “{short(name, 60)}”: {missing}" for missing in _missing(row)]
        edits, filled, refused = editing.fill(SECTION, LIST, entry, cells)
        problems += [f"Row {place}, “{short(name, 60)}”: {error}" for error in refused.values()]
        if not known:
            new.append(Source.model_validate(filled))
        elif edits:
            changes.append(Change(known[0], tuple(edits), _told(entry, filled)))
        else:
            same.append(name)
    return DryRun(tuple(new), tuple(changes), tuple(same), tuple(problems), tuple(remarks))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _first_places(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, row in enumerate(rows, 1):
        places.setdefault(_key(row.get(NAME, "")), place)
    return places


def _left_out(place: int, name: str, known: Sequence[Source], first: Mapping[str, int]) -> str:
    """Why a row cannot be taken; "" when it can."""
    called = f"“{short(name, 60)}”"
    if name.casefold() in _NOT_KNOWN or _is_nothing(name):
        return f"Row {place} has no name and is left out. Write one into the file."
    if first[_key(name)] != place:
        return f"Row {place} is called {called} like row {first[_key(name)]} and is left out. Give each a name of its own."
    if len(known) > 1:
        return (
            f"Row {place} is left out: {count(len(known), 'source')} here are called {called}, so it is not clear which one is meant. "
            "Give each a name of its own first."
        )
    return ""


def _blank(record: str, currency: str) -> Plain:
    return editing.new_record(SECTION, LIST, record, currency).model_dump(mode="json")


def _implied(columns: Mapping[str, str]) -> dict[str, str]:
    """What headings say in brackets: "Cost (EUR)" names the currency, "Amount [hours]" the unit."""
    implied = {}
    for field, beside in (("currency", "cost"), ("unit", "amount")):
        bracketed = _BRACKETS.search(columns.get(beside, ""))
        if (
            bracketed
            and field not in columns
            and (money.named(bracketed[1]) is not None if field == "currency" else not bracketed[1].isdigit())
        ):
            implied[field] = bracketed[1].strip()
    return implied


def _is_nothing(cell: str) -> bool:
    plain = cell.strip().casefold()
    return plain in _NOTHING or (plain not in _NOT_KNOWN and missingness.is_missing(cell, _NONE))


def _missing(row: Mapping[str, str]) -> list[str]:
    """The cells that were taken as missing though something stands there."""
    marks = ((name, cell.strip()) for name, cell in row.items() if cell.strip() and _is_nothing(cell))
    return [f"{question(Source, name).label}: “{short(mark, 40)}” was taken as not answered." for name, mark in marks]


@dataclass(frozen=True)
class _Numbers:
    """How a file writes numbers.

    Attributes:
        told: the ways of writing that its cells show beyond doubt.
        example: a cell that shows one.
    """

    told: frozenset[Mark]
    example: str

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> _Numbers:
        cells = [_number_in(row[name]) for row in rows for name in row if question(Source, name).kind in _COUNTED]
        return cls(notation.told(cells), next((cell for cell in cells if notation.fitting(cell) == {Mark.COMMA}), ""))

    @property
    def mark(self) -> Mark | None:
        return next(iter(self.told)) if len(self.told) == 1 else None

    def remarks(self) -> list[str]:
        if self.mark is not Mark.COMMA:
            return []
        return [f"Numbers are read with {self.mark.words}, as “{short(self.example, 40)}” is written: 1.234 is 1,234 here."]

    def is_open(self, cell: str) -> bool:
        """Whether a number may mean two things, because the file writes numbers in both ways."""
        return len(self.told) > 1 and notation.is_open(cell)


def _number_in(cell: str) -> str:
    """A number without the unit behind it."""
    parts = _WITH_UNIT.fullmatch(cell.strip())
    return parts[1].strip() if parts else cell.strip()


def _cells(row: Mapping[str, str], entry: Plain, implied: Mapping[str, str], numbers: _Numbers) -> dict[str, str]:
    """What a row answers, by question, in words that its questions take."""
    cells = {name: bared(cell.strip()) for name, cell in row.items() if not _is_nothing(cell)}
    if "cost" in cells and "currency" in implied:
        cells.setdefault("currency", implied["currency"])
    _name_currency(cells)
    if "amount" in cells:
        parts = _WITH_UNIT.fullmatch(cells["amount"])
        if parts and parts[2].casefold().split()[0] not in _MULTIPLES:
            cells["amount"] = parts[1]
            cells.setdefault("unit", parts[2].strip())
        if "unit" in implied:
            cells.setdefault("unit", implied["unit"])
    meant = {name: _meant(name, cell) for name, cell in cells.items()}
    for name, cell in meant.items():
        kind = question(Source, name).kind
        if kind in _COUNTED and (kind is not Kind.MONEY or not (sign := notation.unit(cell)) or _is_of(sign, meant)):
            meant[name] = notation.as_typed(cell, numbers.mark)
    return {name: cell for name, cell in meant.items() if cell != answers.UNKNOWN or _may_be_unknown(name, entry)}


def bared(cell: str) -> str:
    """A text without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _name_currency(cells: dict[str, str]) -> None:
    """The currency by its code, whatever it was called."""
    if code := money.named(cells.get("currency", "")):
        cells["currency"] = code.value


def _is_of(sign: str, cells: Mapping[str, str]) -> bool:
    code = money.named(sign)
    return code is not None and code.value == cells.get("currency")


def _may_be_unknown(name: str, entry: Plain) -> bool:
    """Whether "not known" says something new: it takes no answer away."""
    return not question(Source, name).assumed and entry[name] in (None, "") and name not in entry["unknown"]


def _meant(name: str, cell: str) -> str:
    """The words of a cell as its question takes them."""
    plain = " ".join(cell.casefold().split())
    if plain in _NOT_KNOWN:
        return answers.UNKNOWN
    if name in _MONEY_FIELDS and plain in _FREE:
        return "0"
    if choice := _MEANT.get(name, {}).get(plain):
        return choice.value
    if name in _DAY_FIELDS and (time := _TIME.fullmatch(plain)):
        return _in_days(time[1], time[2])
    spec = question(Source, name)
    # A rating may be written as its number, its words, or both.
    worded = (c.value for c in spec.choices if plain == c.label.removeprefix(c.value).strip().casefold())
    return next(worded, cell)


def _doubts(cells: dict[str, str], numbers: _Numbers) -> list[str]:
    """Why cells cannot be taken as they stand; they are taken out."""
    doubts = [doubt for name in list(cells) if (doubt := _doubt(name, cells))]
    for name in [name for name, cell in cells.items() if question(Source, name).kind in _COUNTED and numbers.is_open(cell)]:
        both = f"{question(Source, name).label}: “{cells.pop(name)}” may mean thousands or decimals"
        doubts.append(f"{both}, because the file writes numbers in both ways. Write them in one.")
    if "currency" in cells and cells["currency"] not in set(Currency):
        for name in [name for name in _MONEY_FIELDS if name in cells]:
            doubts.append(
                f"{question(Source, name).label}: “{short(cells.pop(name), 40)}” is left out, because its currency "
                f"“{short(cells['currency'], 40)}” is none that is on offer here."
            )
    return doubts


def _doubt(name: str, cells: dict[str, str]) -> str:
    """Why a percentage may mean two things, in which case it is taken out; "" when it is clear.

    A spreadsheet keeps 80 % as 0.8, and a file shows it so.
    """
    spec, cell = question(Source, name), cells[name]
    if spec.unit != "%" or not re.fullmatch(r"0?[.,]\d+|1|1[.,]0+", cell):
        return ""
    del cells[name]
    return f"{spec.label}: “{cell}” may be a share or a percentage. Write it with its sign, such as 80 %."


def _in_days(number: str, unit: str) -> str:
    if unit.startswith("w") and number.isdigit():
        return str(int(number) * 7)
    return number if unit.startswith("d") else f"{number} {unit}"


def _told(entry: Plain, filled: Plain) -> tuple[tuple[str, str, str], ...]:
    """What differs, in words."""

    def words(plain: Plain, spec: FieldSpec) -> str:
        if spec.name in plain["unknown"]:
            return answers.UNKNOWN_WORDS
        return answers.words(spec, plain[spec.name], plain["currency"])

    both = ((spec.label, words(entry, spec), words(filled, spec)) for spec in fields())
    return tuple((label, now, then) for label, now, then in both if now != then)


def names_twice(chosen: Mapping[str, str]) -> list[str]:
    """Labels of questions that more than one column is to answer.

    Args:
        chosen: column to question.
    """
    counted = Counter(chosen.values())
    return [spec.label for spec in fields() if counted[spec.name] > 1]
