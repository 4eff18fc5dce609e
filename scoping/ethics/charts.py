"""The picture of the ethics step: the band of the impact level between its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture

if TYPE_CHECKING:
    from scoping.ethics.impact import Impact


def band(impact: Impact, theme: Palette) -> Picture | None:
    """Where the score may still lie, between the limits of the levels; None before the first answer."""
    if not impact.answered:
        return None
    import altair as alt

    low, high = impact.per_cent(impact.score.low), impact.per_cent(impact.score.high)
    ends = [0, *(level.upto for level in impact.scale.levels if level.upto is not None), 100]
    fields = [
        {
            "start": start,
            "end": end,
            "middle": (start + end) / 2,
            "level": level.id,
            "told": f"Level {level.id}, {level.name.lower()}: {start} to {scoping_words.in_percent(end)}",
        }
        for level, start, end in zip(impact.scale.levels, ends, ends[1:], strict=False)
    ]
    looks = draw.axis(theme, title="Per cent of the most risk points", values=ends, grid=False)
    x = alt.X(field="start", type="quantitative", axis=looks, scale=alt.Scale(domain=[0, 100], nice=False, zero=True))
    to = alt.X2(field="end")
    back = draw.chart(fields).mark_rect(fill=theme.soft, opacity=0.18, stroke=theme.paper, strokeWidth=2)
    # A point has no width, so that a known score is drawn as a thin bar.
    shown = [
        {
            "start": max(0.0, low - 0.4) if impact.score.is_point else low,
            "end": min(100.0, high + 0.4) if impact.score.is_point else high,
            "told": _said(impact),
        }
    ]
    bar = draw.chart(shown).mark_bar(fill=theme.first, height=16, cornerRadius=3)
    words = draw.chart(fields).mark_text(color=theme.ink, fontSize=13, fontWeight="bold", dy=-22)
    layers = [
        back.encode(x=x, x2=to, tooltip=draw.tip("told")),
        bar.encode(x=x, x2=to, tooltip=draw.tip("told")),
        words.encode(x=alt.X(field="middle", type="quantitative"), text=alt.Text(field="level", type="nominal")),
    ]
    return Picture(
        draw.layers(layers, height=110), f"{_said(impact)} Levels end at {', '.join(map(str, ends[1:-1]))} per cent.", ""
    )


def _said(impact: Impact) -> str:
    low, high = impact.per_cent(impact.score.low), impact.per_cent(impact.score.high)
    if impact.score.is_point:
        return f"The score is {low:.0f} per cent."
    return f"The score lies between {low:.0f} and {high:.0f} per cent."
