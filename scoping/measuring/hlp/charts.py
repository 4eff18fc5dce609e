"""Pictures of human-level performance: what agreement needs no skill, and which classes people confuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row, needs_paper
from scoping.measuring.hlp.words import chance_rows
from scoping.words import percent, short

if TYPE_CHECKING:
    from scoping.measuring.hlp.result import Chance, Result


_LEVEL_LETTERS = 60
"""Letters of all classes together that fit beside each other without being turned."""


def illusion(chance: Chance | None, theme: Palette) -> Picture | None:
    """Two people beside models that only know what is common; None for numbers, where nothing is common."""
    import altair as alt

    if chance is None:
        return None
    told = chance_rows(chance)
    shares = (chance.two_people, chance.commonest, chance.always_same)
    rows: list[Row] = [
        {"line": place, "share": share, "is_people": place == 0, "figure": words, "told": f"{label}: {words}"}
        for place, (share, (label, words)) in enumerate(zip(shares, told, strict=True))
    ]
    scale = alt.Scale(domain=[0, 1.1], nice=False)
    x = alt.X(field="share", type="quantitative", axis=None, scale=scale)
    y = draw.rows_axis(
        ["Two people at random", "The item's commonest label", f"Always “{short(chance.always, 20)}”"], theme, "line"
    )
    colour = alt.Color(
        field="is_people", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.second, theme.first])
    )
    base = draw.chart(rows)
    bars = base.mark_bar(height=22, cornerRadius=4).encode(x=x, y=y, color=colour, tooltip=draw.tip("told"))
    words = base.mark_text(dx=6, align="left", fontSize=13, color=theme.ink).encode(x=x, y=y, text=draw.text("figure"))
    return Picture(
        draw.layers([bars, words], height=120),
        f"Agreement without any skill: {scoping_words.listed(r['told'] for r in rows)}.",
        "Drawn at random from the labels of each item, with replacement. Models that only know what is common see no item.",
    )


def confusion(result: Result, theme: Palette) -> Picture | None:
    """Truth against label, or the two labels of one item, as shares of each row; None with fewer than two classes."""
    import altair as alt

    names = [c.name for c in result.classes]
    if len(names) < 2 or not any(map(sum, result.confusion)):
        return None
    first, other = ("Truth", "Label") if result.against_truth else ("One label", "Another label")
    rows: list[Row] = []
    for down, counts in enumerate(result.confusion):
        whole = sum(counts)
        for across, number in enumerate(counts):
            if whole:
                share = number / whole
                told = f"{first} “{names[down]}”, {other.lower()} “{names[across]}”: {number:,} of {whole:,} ({percent(share, 1)})"
                rows.append(
                    {"down": down, "across": across, "share": share, "figure": f"{percent(share)}", "told": told}
                    | {"is_on_dark": needs_paper(share, theme)}
                )
    labels = json.dumps([short(n, 18) for n in names])
    angle = 0 if max(map(len, names)) * len(names) <= _LEVEL_LETTERS else -30
    looks = draw.axis(theme, title=other, grid=False, labelExpr=f"{labels}[datum.value]", orient="top", labelAngle=angle)
    looks["labelColor"] = theme.ink
    x = alt.X(field="across", type="ordinal", scale=alt.Scale(domain=list(range(len(names)))), axis=looks)
    y = draw.rows_axis(names, theme, "down")
    colour = alt.Color(
        field="share",
        type="quantitative",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[theme.paper, theme.first], interpolate="rgb"),
    )
    base = draw.chart(rows)
    cells = base.mark_rect(stroke=theme.grid).encode(x=x, y=y, color=colour, tooltip=draw.tip("told"))
    ink = alt.Color(
        field="is_on_dark", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.paper, theme.ink])
    )
    words = base.mark_text(fontSize=12).encode(x=x, y=y, text=draw.text("figure"), color=ink)
    apart = sorted((r for r in rows if r["down"] != r["across"] and r["share"] > 0), key=lambda r: -r["share"])
    drawn = draw.layers([cells, words], height=max(120, 34 * len(names) + 50)).resolve_scale(color="independent")
    return Picture(
        drawn,
        f"Confusion of {scoping_words.count(len(names), 'class', 'classes')}, most confused first: {scoping_words.listed((r['told'] for r in apart), 6) or 'none'}.",
        f"Each row adds up to 100%: what is said where the row's class is {'true' if result.against_truth else 'said by somebody'}.",
    )
