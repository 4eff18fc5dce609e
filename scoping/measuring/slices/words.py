"""Errors by slice in words: headline, remarks, and the whole result as blocks."""

from __future__ import annotations

from collections.abc import Sequence

from scoping.blocks import Block, Facts, Paragraph
from scoping.blocks import Table as TableBlock
from scoping.feasibility import slices
from scoping.measuring.slices.result import Result, Settings, parts
from scoping.numbers.proportions import wilson
from scoping.words import count, percent, short


def headline(result: Result, settings: Settings) -> str:
    """How good the model is, and where most is to gain."""
    del settings
    low, high = wilson(result.cases - result.errors, result.cases)
    sentence = f"{percent(1 - result.errors / result.cases, 1)} of {count(result.cases, 'case')} right ({percent(low, 1)} to {percent(high, 1)})."
    place, first = slices.ranked(parts(result))[0] if result.tags else (None, None)
    if place and first and first.gain:
        sentence += f" Most to gain: {first.name}, {count(slices.points(first.gain), 'point')}."
    elif first:
        most = max(result.tags, key=lambda t: t.errors)
        sentence += f" Most errors: {most.name}, {most.errors:,} of {result.errors:,}."
    if result.untagged_errors:
        sentence += f" {count(result.untagged_errors, 'error')} without any tag."
    return short(sentence, 280)


def remarks(result: Result) -> list[str]:
    """What the figures mean, a sentence each: hidden slices first."""
    tags = parts(result)
    overall = 1 - result.errors / result.cases
    sentence = slices.hidden(slices.worse(tags, result.cases, result.errors), overall)
    if together := slices.gains(tags, exclusive=not result.overlap):
        sentence.append(slices.gains_words(together))
    else:
        sentence.append("How good people are is not known, so nothing says how much there is to gain.")
    if above := [p.name for p in tags if p.is_above_people]:
        sentence.append(f"Above people already, so nothing to gain there by this measure: {', '.join(above)}.")
    if result.errors and result.untagged_errors:
        sentence.append(
            f"{result.untagged_errors:,} of {count(result.errors, 'error')} carry none of these tags. Look at some of them and add a tag."
        )
    if result.covers:
        best = result.covers[-1]
        which = " and ".join(f"“{t}”" for t in best.tags)
        sentence.append(
            f"{which} {'explains' if len(best.tags) == 1 else 'together explain'} {best.errors:,} of {count(result.errors, 'error')}; "
            f"no other {'tag does' if len(best.tags) == 1 else f'{len(best.tags)} tags do'} more."
        )
    sentence += result.notes
    if result.skipped:
        sentence.append(f"{count(result.skipped, 'row')} without the true answer or the prediction left out.")
    if result.tags_left_out:
        sentence.append(
            f"{count(result.tags_left_out, 'tag with the fewest errors was', 'tags with the fewest errors were')} not looked at, such as {', '.join(result.left_out)}."
        )
    return sentence + slices.guarded(tags)


HEADERS = (
    "Group",
    "Share of the errors",
    "Wrong within the group",
    "95 % interval",
    "Share of the cases",
    "Room for improvement",
    "Points to gain",
    "Kind",
    "Cases",
)
"""The four questions of the slides about each tag, and what follows from them."""


def rows(result: Result, order: slices.Order = slices.Order.GAIN) -> list[tuple[str, ...]]:
    """The ranked list in words, under `HEADERS`."""
    return [_words(part, result) for _, part in slices.ranked(parts(result), order)]


def _words(part: slices.Part, result: Result) -> tuple[str, ...]:
    room = (
        "above people"
        if part.is_above_people
        else "not known"
        if part.room is None
        else f"{count(slices.points(part.room), 'point')}"
    )
    return (
        part.name,
        percent((part.errors or 0) / result.errors, 1) if result.errors else "no errors",
        percent(part.error_rate or 0, 1) if part.cases else "no cases",
        slices.error_interval_words(part),
        percent(part.share or 0, 1),
        room,
        "not known" if part.gain is None else slices.points(part.gain),
        part.kind.label,
        f"{part.cases or 0:,}",
    )


def blocks(result: Result, settings: Settings) -> Sequence[Block]:
    """The result told for charter and workbook."""
    told: list[Block] = [Paragraph(headline(result, settings))]
    facts = [
        ("Cases", f"{result.cases:,}"),
        ("Errors", f"{result.errors:,}"),
        ("Errors without a tag", f"{result.untagged_errors:,}"),
        ("Tags overlap", "yes" if result.overlap else "no"),
    ]
    if result.hlp is not None:
        facts.append(("People, over all", percent(result.hlp, 1)))
    told.append(Facts(tuple(facts), "Counted"))
    told += [Paragraph(sentence) for sentence in remarks(result)]
    told.append(TableBlock("Groups, most to gain first", HEADERS, tuple(rows(result))))
    if result.pairs:
        more = f" ({count(result.pairs_left_out, 'more pair')} not listed)" if result.pairs_left_out else ""
        shared = tuple((p.one, p.other, f"{p.errors:,}") for p in result.pairs)
        told.append(TableBlock(f"Errors that carry two tags{more}", ("One tag", "The other", "Errors"), shared))
    if result.covers:
        best = tuple((", ".join(c.tags), f"{c.errors:,}", percent(c.errors / result.errors, 1)) for c in result.covers)
        told.append(TableBlock("Fewest tags that explain most errors", ("Tags", "Errors", "Share of the errors"), best))
    return told
