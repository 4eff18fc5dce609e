"""A measured figure as one piece of HTML: the sentence, dots and bars on one scale, and what must be known before it counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from pages.parts import markup
from pages.parts.markup import Html
from scoping.feasibility.before_it_counts import Asking
from scoping.measuring.figures import Bar, Drawn
from scoping.words import percent

_DOT_PX = 11
_MOST_HIGH = 12
"""Dots above each other; more become one pile of that height."""
_STEPS = 40
"""Places beside each other where dots can stand."""
_LOOKS = {True: ("yes", "check_circle"), False: ("hot", "warning"), None: ("open", "radio_button_unchecked")}


def figure(drawn: Drawn) -> Html:
    """Dots and bars; the same in words for those who listen, and as a table."""
    known = [v for b in drawn.bars for v in (b.value, b.low, b.high) if v is not None] + list(drawn.dots)
    known += [drawn.wanted] if drawn.wanted is not None else []
    if not known:
        return Html("")
    lo, hi = math.floor(min(*known, 1.0) * 10 - 0.5) / 10, math.ceil(max(*known, 0.0) * 10 + 0.5) / 10
    lo, hi = max(0.0, lo) if min(known) >= 0 else lo, min(1.0, hi) if max(known) <= 1 else hi

    def at(value: float) -> float:
        return round(100 * (value - lo) / (hi - lo), 2)

    wanted = ""
    if drawn.wanted is not None:
        wanted = f'<span class="want" style="inset-inline-start:{at(drawn.wanted)}%"><span>wanted: {percent(drawn.wanted, 1)}</span></span>'
    axis = "".join(f'<span style="inset-inline-start:{at(tick)}%">{percent(tick)}</span>' for tick in (lo, (lo + hi) / 2, hi))
    rows = "".join(_row(bar, at) for bar in drawn.bars)
    told = "; ".join(_words(bar) for bar in drawn.bars)
    return Html(
        f'<div class="fig" role="img" aria-label="{markup.text(told)}">{wanted}{_dots(drawn.dots, lo, hi)}{rows}<div class="axis">{axis}</div></div>'
        f"{markup.note(' '.join(filter(None, (drawn.dots_are, drawn.note))))}"
        f"{markup.fold('As a table', markup.table(('', 'Figure', 'Nineteen times in twenty between'), [_cells(b) for b in drawn.bars]))}"
    )


def _dots(dots: tuple[float, ...], lo: float, hi: float) -> str:
    piles: Counter[int] = Counter(round(_STEPS * (d - lo) / (hi - lo)) for d in dots)
    if not piles:
        return ""
    spots = "".join(
        f'<i style="inset-inline-start:{100 * place / _STEPS:g}%;inset-block-end:{level * _DOT_PX}px"></i>'
        for place, many in sorted(piles.items())
        for level in range(min(many, _MOST_HIGH))
    )
    height = _DOT_PX * (min(max(piles.values()), _MOST_HIGH) + 2)
    return f'<div class="piles" style="height:{height}px">{spots}</div>'


def _row(bar: Bar, at: Callable[[float], float]) -> str:
    place = at(bar.value)
    span = ""
    end = place
    if bar.low is not None and bar.high is not None:
        begin, end = at(bar.low), at(bar.high)
        span = f'<span class="bar" style="inset-inline-start:{begin}%;width:{max(end - begin, 0.5):g}%"></span>'
    is_right = end > 55
    before = 100 - (place if bar.low is None else at(bar.low))
    side = f"inset-inline-end:calc({before:g}% + 16px)" if is_right else f"inset-inline-start:calc({end:g}% + 16px)"
    words = f'<span class="lab" style="{side}"><b>{percent(bar.value, 1)}</b> {markup.text(bar.label)}</span>'
    return f'<div class="frow{"" if bar.is_first else " beside"}">{span}<span class="pt" style="inset-inline-start:{place}%"></span>{words}</div>'


def _words(bar: Bar) -> str:
    between = "" if bar.low is None or bar.high is None else f", between {percent(bar.low, 1)} and {percent(bar.high, 1)}"
    return f"{bar.label}: {percent(bar.value, 1)}{between}"


def _cells(bar: Bar) -> tuple[str, str, str]:
    ends = "" if bar.low is None or bar.high is None else f"{percent(bar.low, 1)} to {percent(bar.high, 1)}"
    return bar.label, percent(bar.value, 1), ends


def checks(asked: tuple[Asking, ...]) -> Html:
    """What must be known before the figure counts in full."""
    rows = "".join(
        f'<li class="{_LOOKS[one.is_met][0]}">{markup.icon(_LOOKS[one.is_met][1])}<span>{markup.text(one.question)}<br>'
        f'<span class="mute">{markup.text(one.answer)}</span></span></li>'
        for one in asked
    )
    return Html(f'<h3>Before it counts</h3><ul class="checks">{rows}</ul>')


def measured(sentence: str, drawn: Drawn, asked: tuple[Asking, ...], means: list[str]) -> None:
    """Show a result: the sentence that a sponsor repeats, its picture, and beside it what it rests on and means."""
    what = f"<h3>What it means</h3>{markup.lines(markup.text(one) for one in means[:3])}" if means else ""
    more = markup.fold("More remarks", markup.lines(markup.text(one) for one in means[3:])) if means[3:] else ""
    markup.show(
        markup.result(sentence),
        Html(f'<div class="wideleft"><div>{figure(drawn)}</div><div>{checks(asked)}{what}{more}</div></div>'),
    )
