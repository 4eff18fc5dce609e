"""The picture of an inventory: how good each source is on each dimension."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping.drawing import Palette, Picture, Row
from scoping.inventory import BEST, DIMENSIONS, List, only, rated, rating
from scoping.section import Answer, question, short
from scoping.sections.data_sources import DataSources, Source

if TYPE_CHECKING:
    import altair as alt

_HEAD = 30
"""Pixels of the names above."""
_FULL = 0.72
"""Length of the bar of the best rating, where the room of one dimension is 1."""


def quality(data: DataSources, chosen: List | None, theme: Palette) -> Picture | None:
    """A bar from 0 to 3 for every rating of the sources of one list (None: of all); None when nothing is rated."""
    sources = only(data, chosen).sources
    known = rated(sources)
    if not known:
        return None
    shown = known[: draw.MOST_ROWS]
    notes = [f"Bars run from 0 to {BEST}. –: nobody has rated it; ?: known to be not known.", *draw.cut_note(known)]
    if missing := len(sources) - len(known):
        notes.append(f"{draw.count(missing, 'source')} without any rating not shown.")
    return Picture(
        _chart([row for place, source in enumerate(shown) for row in _rows(place, source)], [s.title for s in shown], theme),
        f"Quality of {draw.count(len(known), 'source')}, from 0 to {BEST}: {draw.listed(map(_words, known))}.",
        " ".join(notes),
    )


def _label(name: str) -> str:
    return question(Source, name).label


def _sign(source: Source, name: str) -> str:
    found = rating(source, name)
    if found is not None:
        return str(found)
    return "?" if source.answer(name) is Answer.UNKNOWN else "–"


def _said(source: Source, name: str) -> str:
    words = {"?": "not known", "–": "not rated"}
    sign = _sign(source, name)
    return f"{_label(name).casefold()} {words.get(sign, sign)}"


def _words(source: Source) -> str:
    return f"{short(source.title, 60)}: {', '.join(_said(source, name) for name in DIMENSIONS)}"


def _rows(place: int, source: Source) -> list[Row]:
    return [
        {
            "c0": place,
            "c1": at,
            "c2": at + _FULL,
            "c3": at + _FULL * (rating(source, name) or 0) / BEST,
            "c4": at + _FULL + 0.05,
            "c5": f"{short(source.title, 60)}: {_said(source, name)}",
            "c6": _sign(source, name),
        }
        for at, name in enumerate(DIMENSIONS)
    ]


def _chart(rows: list[Row], titles: list[str], theme: Palette) -> alt.LayerChart:
    import altair as alt

    labels = json.dumps([_label(name) for name in DIMENSIONS])
    middles = [at + _FULL / 2 for at in range(len(DIMENSIONS))]
    looks = draw.axis(
        theme, orient="top", title=None, grid=False, values=middles, labelExpr=f"{labels}[floor(datum.value)]", labelLimit=120
    )

    def x(field: str) -> Any:
        scale = alt.Scale(domain=[0, len(DIMENSIONS)], nice=False)
        return alt.X(field=field, type="quantitative", scale=scale, axis=looks)

    y = draw.rows_axis(titles, theme)
    track = draw.chart(rows).mark_rule(color=theme.grid, strokeWidth=12).encode(x=x("c1"), x2=alt.X2(field="c2"), y=y)
    full = draw.chart([r for r in rows if r["c3"] > r["c1"]])
    bars = full.mark_rule(color=theme.first, strokeWidth=12).encode(x=x("c1"), x2=alt.X2(field="c3"), y=y, tooltip=draw.tip("c5"))
    signs = draw.chart(rows).mark_text(align="left", fontSize=12, color=theme.ink)
    return draw.layers([track, bars, signs.encode(x=x("c4"), y=y, text=draw.text("c6"))], height=_HEAD + 34 * len(titles))
