"""Pictures of the signal check: models beside rules and chance, and the error with fewer rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.measuring.signal import words
from scoping.words import short

if TYPE_CHECKING:
    from scoping.measuring.signal.result import Result


def models(result: Result, theme: Palette) -> Picture | None:
    """Scores of models and rules, best first; None when nothing was tried."""
    import altair as alt

    if not result.trials:
        return None
    ordered = sorted(result.trials, key=lambda t: -t.score)
    start = 0.5 if words.is_classes(result) else 0.0
    rows: list[Row] = [
        # A score below that of knowing nothing has no length; its number says it.
        {
            "line": place,
            "score": max(start, t.score),
            "is_model": t.is_model,
            "start": start,
            "figure": words.score(result, t.score),
        }
        | {"told": f"{short(t.name, 60)}: {words.score(result, t.score)}"}
        for place, t in enumerate(ordered)
    ]
    scale = alt.Scale(domain=[start, start + (1 - start) * 1.12], nice=False, zero=False)
    x = alt.X(field="score", type="quantitative", axis=None, scale=scale)
    y = draw.rows_axis([t.name for t in ordered], theme, "line")
    colour = alt.Color(
        field="is_model", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.first, theme.second])
    )
    base = draw.chart(rows)
    bars = base.mark_bar(height=16, cornerRadius=4).encode(
        x=x, x2=alt.X2(field="start"), y=y, color=colour, tooltip=draw.tip("told")
    )
    figures = base.mark_text(dx=6, align="left", fontSize=12, color=theme.ink).encode(x=x, y=y, text=draw.text("figure"))
    return Picture(
        draw.layers([bars, figures], height=max(90, 28 * len(rows))),
        f"Scores on rows not learnt from: {scoping_words.listed(r['told'] for r in rows)}.",
        f"Green: models. Brown: simple rules. Score: {words.score_name(result)}.",
    )


def learning(result: Result, theme: Palette) -> Picture | None:
    """The error with fewer rows, and what twice as many are expected to bring; None without a curve."""
    import altair as alt

    seen = result.curve
    if seen is None or len(seen.sizes) < 2:
        return None
    rows: list[Row] = [
        {
            "rows": s.rows,
            "error": s.error,
            "low": max(0.0, s.error - s.spread),
            "high": s.error + s.spread,
            "is_ahead": False,
            "told": f"{scoping_words.count(s.rows, 'row')}: error {s.error:.3f}, standard error {s.spread:.3f}",
        }
        for s in seen.sizes
    ]
    ahead = seen.doubled
    if ahead is not None and ahead.low is not None and ahead.high is not None:
        told = f"{scoping_words.count(2 * seen.sizes[-1].rows, 'row')}: error {ahead.value:.3f} expected ({ahead.low:.3f} to {ahead.high:.3f})"
        point = {"rows": 2 * seen.sizes[-1].rows, "error": ahead.value, "low": ahead.low, "high": ahead.high}
        rows.append({**point, "is_ahead": True, "told": told})
    across = alt.Scale(type="log", domain=[rows[0]["rows"] * 0.9, rows[-1]["rows"] * 1.1], nice=False)
    up = alt.Scale(domain=[0, max(r["high"] for r in rows) * 1.05 or 1], nice=False)
    x = alt.X(
        field="rows", type="quantitative", scale=across, axis=draw.axis(theme, title="Rows learnt from", format="~s", tickCount=5)
    )
    y = alt.Y(field="error", type="quantitative", scale=up, axis=draw.axis(theme, title="Error (1 minus the score)", tickCount=5))
    colour = alt.Color(
        field="is_ahead", type="nominal", legend=None, scale=alt.Scale(domain=[False, True], range=[theme.first, theme.second])
    )
    base = draw.chart(rows)
    reach = base.mark_rule(strokeWidth=2).encode(
        x=x, y=alt.Y(field="low", type="quantitative", scale=up), y2=alt.Y2(field="high"), color=colour
    )
    line = draw.chart([r for r in rows if not r["is_ahead"]]).mark_line(color=theme.first, strokeWidth=2).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour, tooltip=draw.tip("told"))
    note = "Bars: one standard error." + (" Brown: expected with twice the rows, 80 of 100 cases." if ahead else "")
    return Picture(
        draw.layers([reach, line, dots], height=220), f"Error by rows: {scoping_words.listed(r['told'] for r in rows)}.", note
    )
