"""Pictures of human-level performance: what agreement needs no skill, and which classes people confuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping.drawing import Palette, Picture
from scoping.hlp_words import chance_rows, percent
from scoping.section import short

if TYPE_CHECKING:
    from scoping.measuring.hlp import Chance, Result


_LEVEL_LETTERS = 60
"""Letters of all classes together that fit beside each other without being turned."""


def illusion(chance: Chance | None, theme: Palette) -> Picture | None:
    """Two people beside models that only know what is common; None for numbers, where nothing is common."""
    import altair as alt

    if chance is None:
        return None
    told = chance_rows(chance)
    shares = (chance.two_people, chance.commonest, chance.always_same)
    rows: list[dict[str, Any]] = [
        {"c0": place, "c1": share, "c2": place == 0, "c3": words, "c4": f"{label}: {words}"}
        for place, (share, (label, words)) in enumerate(zip(shares, told, strict=True))
    ]
    scale = alt.Scale(domain=[0, 1.1], nice=False)
    x = alt.X(field="c1", type="quantitative", axis=None, scale=scale)
    y = draw.rows_axis(["Two people at random", "The item's commonest label", f"Always “{short(chance.always, 20)}”"], theme)
    colour = alt.Color(
        field="c2", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.second, theme.first])
    )
    base = draw.chart(rows)
    bars = base.mark_bar(height=22, cornerRadius=4).encode(x=x, y=y, color=colour, tooltip=draw.tip("c4"))
    words = base.mark_text(dx=6, align="left", fontSize=13, color=theme.ink).encode(x=x, y=y, text=draw.text("c3"))
    return Picture(
        draw.layers([bars, words], height=120),
        f"Agreement without any skill: {draw.listed(r['c4'] for r in rows)}.",
        "Drawn at random from the labels of each item, with replacement. Models that only know what is common see no item.",
    )


def confusion(result: Result, theme: Palette) -> Picture | None:
    """Truth against label, or the two labels of one item, as shares of each row; None with fewer than two classes."""
    import altair as alt

    names = [c.name for c in result.classes]
    if len(names) < 2 or not any(map(sum, result.confusion)):
        return None
    first, other = ("Truth", "Label") if result.against_truth else ("One label", "Another label")
    rows: list[dict[str, Any]] = []
    for down, counts in enumerate(result.confusion):
        whole = sum(counts)
        for across, number in enumerate(counts):
            if whole:
                share = number / whole
                told = f"{first} “{names[down]}”, {other.lower()} “{names[across]}”: {number:,} of {whole:,} ({percent(share)})"
                rows.append(
                    {"c0": down, "c1": across, "c2": share, "c3": f"{share:.0%}", "c4": told, "c5": _needs_paper(share, theme)}
                )
    labels = json.dumps([short(n, 18) for n in names])
    angle = 0 if max(map(len, names)) * len(names) <= _LEVEL_LETTERS else -30
    looks = draw.axis(theme, title=other, grid=False, labelExpr=f"{labels}[datum.value]", orient="top", labelAngle=angle)
    looks["labelColor"] = theme.ink
    x = alt.X(field="c1", type="ordinal", scale=alt.Scale(domain=list(range(len(names)))), axis=looks)
    y = draw.rows_axis(names, theme)
    colour = alt.Color(
        field="c2",
        type="quantitative",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[theme.paper, theme.first], interpolate="rgb"),
    )
    base = draw.chart(rows)
    cells = base.mark_rect(stroke=theme.grid).encode(x=x, y=y, color=colour, tooltip=draw.tip("c4"))
    ink = alt.Color(field="c5", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.paper, theme.ink]))
    words = base.mark_text(fontSize=12).encode(x=x, y=y, text=draw.text("c3"), color=ink)
    apart = sorted((r for r in rows if r["c0"] != r["c1"] and r["c2"] > 0), key=lambda r: -r["c2"])
    drawn = draw.layers([cells, words], height=max(120, 34 * len(names) + 50)).resolve_scale(color="independent")
    return Picture(
        drawn,
        f"Confusion of {len(names)} classes, most confused first: {draw.listed((r['c4'] for r in apart), 6) or 'none'}.",
        f"Each row adds up to 100%: what is said where the row's class is {'true' if result.against_truth else 'said by somebody'}.",
    )


def _needs_paper(share: float, theme: Palette) -> bool:
    """Whether words on a cell of this share read better in the colour of the page than in that of ink."""
    paper, full, ink = (_channels(c) for c in (theme.paper, theme.first, theme.ink))
    light = _luminance([p + share * (f - p) for p, f in zip(paper, full, strict=True)])
    return _contrast(light, _luminance(paper)) > _contrast(light, _luminance(ink))


def _channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
