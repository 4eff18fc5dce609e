"""One figure for every check on data: dots for single people or columns, and bars with their intervals, all on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoping.measuring.hlp import result as hlp
from scoping.measuring.hlp import words as hlp_words
from scoping.measuring.signal import result as signal
from scoping.measuring.signal import words as signal_words
from scoping.measuring.slices import result as slices
from scoping.numbers.proportions import wilson
from scoping.words import count, short

BARS_AT_MOST = 8


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A share from 0 to 1 with its 95 % interval, where there is one.

    Attributes:
        is_first: what the sentence speaks of; the others are beside it.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a figure shows.

    Attributes:
        dots: shares of single people, columns or groups; `dots_are` says whose, "" for none.
        wanted: what is asked for, as a share; None where that is not said, or is another metric.
        note: how to read it.
    """

    bars: tuple[Bar, ...]
    dots: tuple[float, ...] = ()
    dots_are: str = ""
    wanted: float | None = None
    note: str = "The bar shows where the figure lies, nineteen times in twenty."


def people(result: hlp.Result, settings: hlp.Settings) -> Drawn:
    """How well people do it: each of them, all together, and a model on the same items."""
    bars = [
        _bar(f"{count(result.labellers, 'person', 'people')} are {hlp_words.what(result, settings)}", result.share, is_first=True)
    ]
    if duel := result.duel:
        low, high = wilson(duel.model, duel.items)
        bars.append(Bar(label="The model, on the same items", value=duel.model / duel.items, low=low, high=high))
    if result.chance and hlp_words.misleads(result.chance):
        bars.append(Bar(label=f"Always “{short(result.chance.always, 20)}”", value=result.chance.always_same))
    return Drawn(
        bars=tuple(bars),
        dots=tuple(p.share.value for p in result.people if p.share.value is not None),
        dots_are="Each dot is one person.",
        wanted=settings.asked / 100 if settings.asked is not None and result.against_truth else None,
    )


def _bar(label: str, seen: hlp.Figure | signal.Figure, *, is_first: bool = False) -> Bar:
    return Bar(label=label, value=seen.value or 0.0, low=seen.low, high=seen.high, is_first=is_first)


def features(result: signal.Result) -> Drawn:
    """How well columns predict their target, beside rules that need no learning, and what chance would give."""
    return Drawn(
        bars=tuple(_scores(result))[:BARS_AT_MOST],
        dots=tuple(c.alone for c in result.columns),
        dots_are="Each dot is one column by itself." if result.columns else "",
        note=f"The score is the {signal_words.score_name(result)}. The bar shows where it lies, nineteen times in twenty.",
    )


def _scores(result: signal.Result) -> Iterator[Bar]:
    if result.rests_on:
        yield _bar("What was learnt" + (", without possible leaks" if result.clean else ""), result.rests_on, is_first=True)
    yield from (Bar(label=t.name, value=t.score) for t in result.trials if not t.is_model)
    if result.null:
        yield Bar(label="By chance at most, in 95 of 100 cases", value=result.null.usual)


def groups(result: slices.Result) -> Drawn:
    """What share is right in all cases, and in each group, the worst first."""
    low, high = wilson(result.cases - result.errors, result.cases)
    overall = Bar(label="All cases", value=1 - result.errors / result.cases, low=low, high=high, is_first=True)
    parts = sorted((p for p in slices.parts(result) if p.accuracy is not None), key=lambda p: p.accuracy or 0.0)
    bars = [
        Bar(
            label=p.name,
            value=p.accuracy or 0.0,
            low=p.interval[0] if p.interval else None,
            high=p.interval[1] if p.interval else None,
        )
        for p in parts
    ]
    return Drawn(
        bars=(overall, *bars[: BARS_AT_MOST - 1]),
        note="Right in each group, the worst first. The bar shows where the share lies, nineteen times in twenty.",
    )
