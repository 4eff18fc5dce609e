"""Edits that a generator makes in a workbook, and the charter that they mean; written out by itself, not by what reads them back."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoping import merge
from scoping.charter import PARTS, Charter
from scoping.currency import to_minor
from scoping.export.workbook.links import Links
from scoping.export.workbook.sheet import choice_words
from scoping.merge import OWN, Flat
from scoping.reading.brought import Brought
from scoping.section import FieldSpec, Kind, questions
from tests.exports.brought_back import Edited

WORDS = ("late", "Ünïcode", "a | b", "a=1+1", "'quoted", "two\nlines", "12", "سلام", "50 %", "- dash", "x" * 200, "Not yet known")
UNKNOWN = "Not known yet"
_NOTHING = object()
_REMOVED_AT_MOST, _ADDED_AT_MOST = 6, 6


class Generated:
    """A workbook with edits in it.

    Attributes:
        wanted: every part in flat form as the edits mean it, without what was added.
        added: of each list, what new rows say: question to plain value.
        count: of edits.
    """

    def __init__(self, charter: Charter, count: int, seed: int) -> None:
        self.edited = Edited(charter)
        self.charter = charter
        self.wanted: dict[str, Flat] = {part.slug: merge.flatten(part, charter.part(part.slug)) for part in PARTS}
        self.added: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.count = 0
        self._chance = random.Random(seed)  # noqa: S311  a test that is the same every time
        self._links = Links(charter)
        self._answers(count - _REMOVED_AT_MOST - _ADDED_AT_MOST)
        self._add()
        self._remove()

    # Answers

    def _answers(self, count: int) -> None:
        places = [
            (part.slug, key, spec)
            for part in PARTS
            for key in self.wanted[part.slug]
            if not (key[0] and part.lists[key[0]].machine)
            for spec in questions(part.model_of(key[0]))
            if not spec.machine and not spec.sealed and spec.name != "currency"
        ]
        self._chance.shuffle(places)
        for slug, key, spec in places:
            if self.count >= count:
                return
            entry = self.wanted[slug][key]
            written, meant = self._answer(spec, entry)
            if written is _NOTHING:
                continue
            self.edited.write(slug, key[0], key[1], spec.name, written)
            entry["unknown"] = sorted({*entry["unknown"], spec.name} if written == UNKNOWN else {*entry["unknown"]} - {spec.name})
            entry[spec.name] = meant
            self.count += 1

    def _answer(self, spec: FieldSpec, entry: dict[str, Any]) -> tuple[Any, Any]:
        """What is typed, and the plain value that it means; nothing where that is what stands there already."""
        blank: Any = {Kind.LINKS: [], Kind.TEXT: "", Kind.LONG: "", Kind.LINK: ""}.get(spec.kind)
        if not spec.assumed and self._chance.random() < 0.15:
            if self._chance.random() < 0.5:
                return (_NOTHING, None) if spec.name in entry["unknown"] else (UNKNOWN, blank)
            return (_NOTHING, None) if entry[spec.name] in (blank, None) and spec.name not in entry["unknown"] else (None, blank)
        written, meant = self._written(spec, entry)
        return (_NOTHING, None) if written is _NOTHING or meant == entry[spec.name] else (written, meant)

    def _written(self, spec: FieldSpec, entry: dict[str, Any]) -> tuple[Any, Any]:
        chance = self._chance
        match spec.kind:
            case Kind.TEXT | Kind.LONG:
                text = f"{chance.choice(WORDS)} {chance.randrange(1000)}"
                return text, text
            case Kind.CHOICE:
                found = chance.choice(spec.choices)
                words = choice_words(found)
                return chance.choice((words, words.upper(), words.lower(), found.value)), found.value
            case Kind.DATE:
                day = date(2026, 1, 1) + timedelta(days=chance.randrange(1500))
                return chance.choice(
                    (datetime.combine(day, time()), f"{day.day}.{day.month}.{day.year}", day.isoformat())
                ), day.isoformat()
            case Kind.LINK | Kind.LINKS:
                return self._linked(spec)
            case _:
                return self._number(spec, entry)

    def _linked(self, spec: FieldSpec) -> tuple[Any, Any]:
        labels = self._links.labels[spec.refers_to]
        if not labels:
            return _NOTHING, None
        if spec.kind is Kind.LINK:
            record = self._chance.choice(list(labels))
            return self._chance.choice((labels[record], labels[record].upper())), record
        some = self._chance.sample(list(labels), self._chance.randint(1, min(3, len(labels))))
        return " | ".join(labels[record] for record in some), sorted(some)

    def _number(self, spec: FieldSpec, entry: dict[str, Any]) -> tuple[Any, Any]:
        low = int(spec.minimum if spec.minimum is not None else -500)
        high = min(int(spec.maximum if spec.maximum is not None else 5_000), low + 5_000)
        number: float = self._chance.randint(low, high)
        if spec.kind is Kind.INTEGER:
            return self._chance.choice((number, str(number))), number
        if number < high and self._chance.random() < 0.5:
            number += 0.5
        if spec.kind is Kind.MONEY:
            return number, to_minor(Decimal(str(number)), entry["currency"])
        comma = f"{number:g}".replace(".", ",")
        return self._chance.choice((number, comma if "," in comma else number)), float(number)

    # Rows

    def _add(self) -> None:
        listed = [(part, spec) for part in PARTS for spec in part.lists.values() if not spec.machine]
        for part, spec in self._chance.sample(listed, _ADDED_AT_MOST):
            told: dict[str, Any] = {}
            texts = [q for q in spec.questions if q.kind in (Kind.TEXT, Kind.LONG) and not (q.machine or q.sealed)]
            if not texts:
                continue
            row = self.edited.row(part.slug, spec.name, "")
            for asked in texts[:3]:
                written, meant = self._written(asked, {})
                self.edited.sheet(part.slug).cell(row, self.edited.column(part.slug, spec.name, asked.name)).value = written
                told[asked.name] = meant
            self.added.setdefault((part.slug, spec.name), []).append(told)
            self.count += 1

    def _remove(self) -> None:
        """Rows that nobody must keep, last, because what stands below moves up."""
        free = [
            (part.slug, key)
            for part in PARTS
            for key in self.wanted[part.slug]
            if key != OWN and not part.lists[key[0]].lasting and not part.lists[key[0]].machine
        ]
        for slug, (name, record) in self._chance.sample(free, min(_REMOVED_AT_MOST, len(free))):
            self.edited.sheet(slug).delete_rows(self.edited.row(slug, name, record))
            del self.wanted[slug][name, record]
            self.count += 1

    # What came back

    def wrong(self, brought: Brought) -> list[str]:
        """Every place where what was read is not what was meant."""
        found = [f"{r.place}: {r.why}" for r in brought.refused]
        for part in PARTS:
            base = merge.flatten(part, self.charter.part(part.slug))
            edits = [edit for wish in brought.wishes if wish.part == part.slug for edit in wish.as_edits()]
            merged = merge.apply(edits, base)
            found += [f"{part.slug} {conflict}" for conflict in merged.conflicts]
            now = {key: entry for key, entry in {**base, **merged.entries}.items() if entry is not None}
            for key in base.keys() | self.wanted[part.slug].keys():
                got, meant = now.get(key), self.wanted[part.slug].get(key)
                if got != meant:
                    names = [n for n in (meant or got or {}) if not got or not meant or got[n] != meant[n]]
                    found.append(f"{part.slug} {key}: {[(n, (got or {}).get(n), (meant or {}).get(n)) for n in names][:3]}")
            for name in part.lists:
                new = [now[key] for key in now.keys() - base.keys() if key[0] == name]
                told = self.added.get((part.slug, name), [])
                if sorted(str({n: entry[n] for n in one}) for entry, one in zip(new, told, strict=False)) != sorted(map(str, told)):
                    found.append(f"{part.slug} {name}: {new} added, {told} meant")
        return found


def saved_by_libreoffice(program: Path, path: Path, folder: Path) -> Path:
    """The same workbook as LibreOffice saves it."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.name


def gnumeric() -> Path | None:
    """The program by which Gnumeric converts files, where it is installed."""
    found = shutil.which("ssconvert")
    return Path(found) if found else None


def saved_by_gnumeric(program: Path, path: Path, folder: Path) -> Path:
    """The same workbook as Gnumeric saves it."""
    folder.mkdir(exist_ok=True)
    subprocess.run([program, path, folder / path.name], check=True, capture_output=True, timeout=180)
    return folder / path.name
