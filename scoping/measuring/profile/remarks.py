"""What is worth a look in a profile, in plain sentences, the most important first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoping.measuring.profile.columns import FAR, Column, Holds, Profile, day
from scoping.measuring.profile.drift import DriftVerdict, Shift, TableDrift
from scoping.tables.notation import Mark
from scoping.words import count, day_words, fine_percent, listed, percent, short

_ONE_BY_ONE = 3
"""More columns with the same remark than this share one sentence."""
_NAMED = 6
_NEARLY = 0.99
"""A column of which one value fills this share of the rows is nearly constant."""
_MUCH_MISSING, _SOME_MISSING = 0.5, 0.05
_RARE_CLASS = 0.05
_FEW_OF_A_CLASS = 50


@dataclass(frozen=True)
class Remark:
    """One thing to look at; `code` is stable, for programs and tests."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Target:
    """The column that is to be predicted.

    Attributes:
        classes: values with their rows, commonest first; of many only the first, and none of numbers with many values.
        different: how many there are.
        known: rows in which it is filled.
    """

    name: str
    classes: tuple[tuple[str, int], ...]
    different: int
    known: int


def called(name: str) -> str:
    """A column in a sentence."""
    return f"“{short(name, 40)}”"


def share(part: float, whole: float) -> str:
    """A share in per cent that is neither rounded to none nor to all."""
    of_one = part / whole if whole else 0.0
    if 0 < of_one < 0.001:
        return f"less than {fine_percent(0.001)}"
    return f"more than {fine_percent(0.999)}" if 0.999 < of_one < 1 else fine_percent(of_one)


def different_words(column: Column) -> str:
    """How many different values, and how sure that is."""
    if not column.margin:
        return f"{column.different:,}"
    return f"about {float(f'{column.different:.3g}'):,.0f} (± {percent(column.margin, 1)})"


def remarks(profile: Profile, target: Target | None, drift: TableDrift | None) -> list[Remark]:
    """All that is worth a look."""
    told = [] if target is None else _of_target(target, profile.rows)
    told += _of_duplicates(profile)
    told += [] if drift is None else _of_drift(drift)
    for rule in _RULES:
        told += rule.apply(profile)
    if profile.mark is Mark.COMMA:
        told.append(Remark("marks", f"Numbers are read with {profile.mark.words}, as the columns of the file show."))
    return sorted(told, key=lambda r: _ORDER.index(r.code))


def _of_target(target: Target, rows: int) -> list[Remark]:
    name = called(target.name)
    told = []
    if not target.known:
        return [Remark("target", f"The target {name} is empty in every row. Nothing can be learned from it.")]
    if target.known < rows:
        told.append(
            Remark(
                "target",
                f"The target {name} is missing in {count(rows - target.known, 'row')} ({share(rows - target.known, rows)}).",
            )
        )
    if target.different == 1:
        told.append(Remark("target", f"The target {name} has one value only. There is nothing to tell apart."))
    elif target.classes and len(target.classes) == target.different:
        rarest, few = target.classes[-1]
        words = f"{called(rarest)} is the rarest class of {name}: {count(few, 'row')} ({share(few, target.known)})."
        if few < _FEW_OF_A_CLASS:
            told.append(Remark("target", f"{words} Too few to learn from or to test on; collect more or join classes."))
        elif few < _RARE_CLASS * target.known:
            told.append(Remark("target", f"{words} Accuracy would hide how well it is found."))
    return told


def _of_duplicates(profile: Profile) -> list[Remark]:
    if not profile.duplicates:
        return []
    about = "" if profile.are_duplicates_exact else "About "
    words = f"{about}{count(profile.duplicates, 'row')} ({share(profile.duplicates, profile.rows)})"
    verb = "repeats" if profile.duplicates == 1 else "repeat"
    return [
        Remark(
            "duplicates",
            f"{words} {verb} an earlier row in every cell. Find out whether they are copies; copies must not stand in training and test data.",
        )
    ]


def _of_drift(drift: TableDrift) -> list[Remark]:
    told = []
    if drift.gone:
        told.append(Remark("drift", f"Columns that are gone: {listed(map(called, drift.gone), _NAMED)}."))
    if drift.new:
        told.append(Remark("drift", f"New columns: {listed(map(called, drift.new), _NAMED)}."))
    told += [Remark("drift", f"{called(shift.name)}: {shift_words(shift)}.") for shift in drift.shifts if shift.is_change]
    return told


def shift_words(shift: Shift) -> str:
    """What has changed in a column, without its name."""
    words = []
    if shift.verdict is DriftVerdict.KIND:
        words.append("holds something else than before")
    if shift.verdict in (DriftVerdict.LARGE, DriftVerdict.MODERATE):
        words.append(f"{shift.verdict.label.lower()} of its values, stability index {shift.index:.2f}")
    if shift.is_far_out:
        sides = [f"{n:,} far {side} all earlier ones" for side, n in (("below", shift.far_below), ("above", shift.far_above)) if n]
        words.append(f"numbers outside the earlier range, {' and '.join(sides)}")
    if shift.is_missing_changed:
        words.append(f"missing in {fine_percent(shift.missing_now)} of the rows, before in {fine_percent(shift.missing_before)}")
    if shift.new:
        words.append(f"new values {listed(map(called, shift.new), 3)}")
    if shift.withheld:
        words.append(f"{count(shift.withheld, 'new value')} in very few rows, not shown")
    if shift.gone:
        words.append(f"values that are gone {listed(map(called, shift.gone), 3)}")
    return "; ".join(words)


@dataclass(frozen=True)
class _Rule:
    """A remark about single columns.

    Attributes:
        says: what is remarkable about a column, following its name; "" for nothing.
        together: the same of several columns, in front of their names.
    """

    code: str
    says: Callable[[Column, Profile], str]
    together: str
    then: str = ""

    def apply(self, profile: Profile) -> list[Remark]:
        remarkable = [(c, words) for c in profile.columns if (words := self.says(c, profile))]
        if len(remarkable) <= _ONE_BY_ONE:
            return [Remark(self.code, f"{called(c.name)} {words}.{self.then}") for c, words in remarkable]
        names = listed((called(c.name) for c, _ in remarkable), _NAMED)
        return [Remark(self.code, f"{count(len(remarkable), 'column')} {self.together}: {names}.{self.then}")]


def _personal(column: Column, _: Profile) -> str:
    if not column.personal:
        return ""
    words = []
    for hint in column.personal:
        seen = f"{count(hint.cells, 'cell')} {'looks' if hint.cells == 1 else 'look'} like it" if hint.cells else "by its title"
        words.append(f"{hint.title} ({seen})")
    return "may hold " + " and ".join(words)


def _missing(column: Column, profile: Profile) -> str:
    absent = column.absent()
    if column.holds is Holds.NOTHING or absent < _SOME_MISSING * profile.rows:
        return ""
    return f"is missing in {share(absent, profile.rows)} of the rows"


def _mostly_missing(column: Column, profile: Profile) -> str:
    return _missing(column, profile) if column.absent() >= _MUCH_MISSING * profile.rows else ""


def _partly_missing(column: Column, profile: Profile) -> str:
    return "" if column.absent() >= _MUCH_MISSING * profile.rows else _missing(column, profile)


def _empty(column: Column, profile: Profile) -> str:
    return "is empty" if column.holds is Holds.NOTHING and profile.rows else ""


def _constant(column: Column, profile: Profile) -> str:
    if column.holds is Holds.NOTHING or profile.rows < 2:
        return ""
    if column.different == 1 and not column.margin:
        return "has one value only"
    if column.top >= _NEARLY * profile.rows:
        return f"has the same value in {share(column.top, profile.rows)} of the rows"
    return ""


_MEANT = {Holds.WHOLE: "number", Holds.NUMBER: "number", Holds.DATE: "date", Holds.CODE: "code of digits"}


def _odd(column: Column, _: Profile) -> str:
    if not column.odd:
        return ""
    if column.holds is Holds.MIXED:
        return f"mixes kinds: {count(column.odd, 'cell')} hold something else than most"
    return f"has {count(column.odd, 'cell')} that {'is' if column.odd == 1 else 'are'} no {_MEANT[column.holds]}"


def _future(column: Column, _: Profile) -> str:
    return f"has {count(column.future, 'date')} in the future, the last on {_last_day(column)}" if column.future else ""


def _last_day(column: Column) -> str:
    return day_words(day(column.spread.high)) if column.spread and not column.is_withheld else "a day not shown"


def _unsure(column: Column, _: Profile) -> str:
    return "has dates of which day and month may be exchanged" if column.is_unsure else ""


def _outliers(column: Column, _: Profile) -> str:
    spread = column.spread
    if spread is None or column.holds is Holds.DATE or not spread.outliers or column.is_withheld:
        return ""
    low, high = spread.fences
    sides = [f"below {low:,.4g}"] * (spread.low < low) + [f"above {high:,.4g}"] * (spread.high > high)
    return f"has cells far out ({share(spread.outliers, spread.judged)}): {' or '.join(sides)}"


def _identifier(column: Column, _: Profile) -> str:
    if column.counts_up:
        return "counts the rows"
    return "is different in nearly every row" if column.is_identifier else ""


def _marks(column: Column, _: Profile) -> str:
    return f"has {count(column.marks, 'cell')} with a mark such as NA" if column.marks else ""


def _words(column: Column, _: Profile) -> str:
    if not column.words or column.holds is not Holds.TEXT:
        return ""
    return f"has {count(column.words, 'cell')} with a word such as unknown or none"


def _padded(column: Column, _: Profile) -> str:
    return f"has {count(column.padded, 'cell')} with blanks before or behind" if column.padded else ""


JUDGED = (
    f"Far out: more than {FAR:g} times the distance of the quartiles outside them. Nearly constant: one value in {percent(_NEARLY)} of the rows. "
    "Identifier: whole numbers that all differ, or codes and texts of which 95 in 100 do. Personal data: by titles and by the look of "
    "cells, so possible and never proven; values of such columns are withheld, and so are rare values."
)
"""The rules behind the remarks."""
_RULES = (
    _Rule("personal", _personal, "may hold personal data", " Settle what allows its use before anybody copies it."),
    _Rule("empty", _empty, "are empty"),
    _Rule(
        "mostly_missing", _mostly_missing, "are missing in more than half of the rows", " Ask whether that itself means something."
    ),
    _Rule("missing", _partly_missing, f"are missing in more than {percent(_SOME_MISSING)} of the rows"),
    _Rule("odd", _odd, "mix kinds of cells", " Correct or empty these cells."),
    _Rule("future", _future, "have dates in the future", " A plan, or a typing error?"),
    _Rule(
        "unsure", _unsure, "have dates of which day and month may be exchanged", " Ask its owner, and write dates as 2027-12-31."
    ),
    _Rule("outliers", _outliers, "have cells far out", " An error, or the cases that matter most?"),
    _Rule("constant", _constant, "have the same value in nearly all rows", " A model learns nothing from it."),
    _Rule("identifier", _identifier, "may be identifiers", " Good for joining, useless or harmful as a feature."),
    _Rule("marks", _marks, "have cells with a mark such as NA", " They count as missing."),
    _Rule("words", _words, "have words such as unknown or none", " Find out whether they mean missing or are an answer."),
    _Rule("padded", _padded, "have cells with blanks before or behind", " The same value may count as two."),
)
_ORDER = ("target", "personal", "drift", "duplicates", *(rule.code for rule in _RULES if rule.code != "personal"))


def basis(rows: int, sampled: int) -> str:
    """What the figures rest on."""
    if sampled >= rows:
        return "All figures rest on all rows."
    return f"Quartiles, outliers and bars rest on a random sample of {count(sampled, 'row')}; all other figures rest on all rows."
