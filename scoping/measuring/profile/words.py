"""A profile in words: headline, and the whole result as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from scoping.blocks import Block, Facts, Paragraph
from scoping.blocks import Table as TableBlock
from scoping.measuring.profile import drift
from scoping.measuring.profile import remarks as profile_remarks
from scoping.measuring.profile.columns import Column, Holds, day
from scoping.measuring.profile.result import Result, Settings
from scoping.words import count, day_words, number_words, percent, short

DIMENSIONS = {"accuracy": "Accuracy", "coherence": "Coherence"}
"""Those that data speak of, with their names."""


def headline(result: Result, settings: Settings) -> str:
    """The profile in one sentence. Its counts are exact unless it says “about”."""
    parts = [f"{profile_remarks.share(result.missing, 1)} of the cells are missing" if result.missing else "no cell is missing"]
    about = "" if result.are_duplicates_exact else "about "
    verb = "repeats" if result.duplicates == 1 else "repeat"
    parts.append(f"{about}{count(result.duplicates, 'row')} {verb} another" if result.duplicates else "no row repeats another")
    if result.personal:
        parts.append(f"{count(result.personal, 'column')} may hold personal data")
    if settings.earlier and result.shifts is not None:
        changed = sum(shift.is_change for shift in result.shifts)
        parts.append(f"{count(changed, 'column')} changed since {short(settings.earlier.name, 60)}")
    of = "" if result.of is None else f" of {result.of:,}"
    return f"{result.rows:,}{of} {'row' if result.rows == 1 and not of else 'rows'}, {count(result.width, 'column')}: {', '.join(parts)}."


def blocks(result: Result, settings: Settings) -> list[Block]:
    """What is worth a look, the columns, the classes of the target, and what changed."""
    told: list[Block] = [Facts(tuple(_facts(result)), "Profile of the file")]
    told += [Paragraph(remark.sentence) for remark in result.remarks]
    if result.remarks_left_out:
        told.append(Paragraph(f"{count(result.remarks_left_out, 'less important remark')} left out."))
    told.append(_columns_block(result))
    if result.target and result.target.classes:
        rows = tuple((text, f"{n:,}", profile_remarks.share(n, result.target.known)) for text, n in result.target.classes)
        told.append(
            TableBlock(f"Classes of the target {profile_remarks.called(result.target.name)}", ("Class", "Rows", "Share"), rows)
        )
    if result.shifts is not None and settings.earlier:
        told += _drift_blocks(result, settings.earlier.name)
    return [*told, Paragraph(profile_remarks.JUDGED)]


def _facts(result: Result) -> Iterator[tuple[str, str]]:
    of = "" if result.of is None else f", a random sample of {result.of:,}"
    yield "Rows and columns", f"{count(result.rows, 'row')}{of}; {count(result.width, 'column')}"
    yield "Missing cells", profile_remarks.share(result.missing, 1)
    about = "" if result.are_duplicates_exact else "about "
    yield "Rows that repeat another", f"{about}{result.duplicates:,}"
    for dimension, label in DIMENSIONS.items():
        if rating := result.ratings.get(dimension):
            score = "not known" if rating.score is None else f"{rating.score} of 3"
            yield f"{label}, suggested", f"{score}. {rating.reason}"
    yield "What the figures rest on", profile_remarks.basis(result.rows, result.sampled)


def ends(column: Column) -> tuple[str, str]:
    """The smallest and the largest value in words; blank where there is none or none is shown."""
    if column.spread is None:
        return "", ""
    if column.holds is Holds.DATE:
        return day_words(day(column.spread.low)), day_words(day(column.spread.high))
    return _to_six_digits(column.spread.low), _to_six_digits(column.spread.high)


def middle(column: Column) -> str:
    """The median in words; blank where there is none or none is shown."""
    if column.spread is None:
        return ""
    return day_words(day(column.spread.median)) if column.holds is Holds.DATE else _to_six_digits(column.spread.median)


def _columns_block(result: Result) -> TableBlock:
    rows = tuple(
        (
            column.name,
            column.holds.label,
            profile_remarks.share(column.absent(), result.rows),
            profile_remarks.different_words(column),
            ends(column)[0],
            middle(column),
            ends(column)[1],
            "; ".join(f"{text} ({n:,})" for text, n in column.commonest[:3]),
        )
        for column in result.columns
    )
    more = f" (the first {len(rows)} of {result.width:,})" if result.columns_left_out else ""
    headers = ("Column", "Holds", "Missing", "Different values", "Lowest", "Median", "Highest", "Commonest, with rows")
    return TableBlock(f"Columns{more}", headers, rows)


def _withheld(values: int) -> Iterator[str]:
    if values:
        yield f"new: {count(values, 'value')} in very few rows"


def _drift_blocks(result: Result, name: str) -> Iterator[Block]:
    shifts = result.shifts or ()
    yield TableBlock(
        f"Compared with {short(name, 80)}",
        (
            "Column",
            "Values",
            "Stability index",
            "Largest distance",
            "Chance, corrected",
            "Missing before",
            "Missing now",
            "New or gone",
        ),
        tuple(
            (
                s.name,
                s.verdict.label,
                "" if s.index is None else f"{s.index:.3f}",
                "" if s.distance is None else f"{s.distance:.3f}",
                "" if s.p is None else chance(s.p),
                profile_remarks.share(s.missing_before, 1),
                profile_remarks.share(s.missing_now, 1),
                "; ".join([*(f"new: {v}" for v in s.new), *_withheld(s.withheld), *(f"gone: {v}" for v in s.gone)]),
            )
            for s in shifts
        ),
    )
    if result.shifts_left_out:
        yield Paragraph(f"{count(result.shifts_left_out, 'further column')} compared and not shown.")
    yield Paragraph(
        f"A change is called moderate from a stability index of {drift.MODERATE} and large from {drift.LARGE}, if chance explains it in less "
        f"than {percent(drift.CHANCE)} of such columns. Numbers are far outside where they lie beyond all earlier ones by more than all "
        f"those spanned. Dates, identifiers and columns with personal data are compared for missing cells only."
    )


def chance(p: float) -> str:
    """A chance in words that never claims to be none."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def _to_six_digits(value: float) -> str:
    return number_words(float(f"{value:.6g}"))
