"""Pictures of the signal check: models beside rules and chance, and the error with fewer rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import signal_words as words
from scoping.drawing import Palette, Picture
from scoping.section import short

if TYPE_CHECKING:
    from scoping.measuring.signal import Result


def models(result: Result, theme: Palette) -> Picture | None:
    """Scores of models and rules, best first; None when nothing was tried."""
    import altair as alt

    if not result.trials:
        return None
    ordered = sorted(result.trials, key=lambda t: -t.score)
    start = 0.5 if words.is_classes(result) else 0.0
    rows: list[dict[str, Any]] = [
        # A score below that of knowing nothing has no length; its number says it.
        {"c0": place, "c1": max(start, t.score), "c2": t.is_model, "c3": start, "c4": words.score(result, t.score)}
        | {"c5": f"{short(t.name, 60)}: {words.score(result, t.score)}"}
        for place, t in enumerate(ordered)
    ]
    scale = alt.Scale(domain=[start, start + (1 - start) * 1.12], nice=False, zero=False)
    x = alt.X(field="c1", type="quantitative", axis=None, scale=scale)
    y = draw.rows_axis([t.name for t in ordered], theme)
    colour = alt.Color(
        field="c2", type="nominal", legend=None, scale=alt.Scale(domain=[True, False], range=[theme.first, theme.second])
    )
    base = draw.chart(rows)
    bars = base.mark_bar(height=16, cornerRadius=4).encode(x=x, x2=alt.X2(field="c3"), y=y, color=colour, tooltip=draw.tip("c5"))
    figures = base.mark_text(dx=6, align="left", fontSize=12, color=theme.ink).encode(x=x, y=y, text=draw.text("c4"))
    return Picture(
        draw.layers([bars, figures], height=max(90, 28 * len(rows))),
        f"Scores on rows not learnt from: {draw.listed(r['c5'] for r in rows)}.",
        f"Green: models. Brown: simple rules. Score: {words.score_name(result)}.",
    )


def learning(result: Result, theme: Palette) -> Picture | None:
    """The error with fewer rows, and what twice as many are expected to bring; None without a curve."""
    import altair as alt

    seen = result.curve
    if seen is None or len(seen.sizes) < 2:
        return None
    rows: list[dict[str, Any]] = [
        {
            "c0": s.rows,
            "c1": s.error,
            "c2": max(0.0, s.error - s.spread),
            "c3": s.error + s.spread,
            "c4": False,
            "c5": f"{s.rows:,} rows: error {s.error:.3f}, standard error {s.spread:.3f}",
        }
        for s in seen.sizes
    ]
    ahead = seen.doubled
    if ahead is not None and ahead.low is not None and ahead.high is not None:
        told = f"{2 * seen.sizes[-1].rows:,} rows: error {ahead.value:.3f} expected ({ahead.low:.3f} to {ahead.high:.3f})"
        rows.append({"c0": 2 * seen.sizes[-1].rows, "c1": ahead.value, "c2": ahead.low, "c3": ahead.high, "c4": True, "c5": told})
    across = alt.Scale(type="log", domain=[rows[0]["c0"] * 0.9, rows[-1]["c0"] * 1.1], nice=False)
    up = alt.Scale(domain=[0, max(r["c3"] for r in rows) * 1.05 or 1], nice=False)
    x = alt.X(
        field="c0", type="quantitative", scale=across, axis=draw.axis(theme, title="Rows learnt from", format="~s", tickCount=5)
    )
    y = alt.Y(field="c1", type="quantitative", scale=up, axis=draw.axis(theme, title="Error (1 minus the score)", tickCount=5))
    colour = alt.Color(
        field="c4", type="nominal", legend=None, scale=alt.Scale(domain=[False, True], range=[theme.first, theme.second])
    )
    base = draw.chart(rows)
    reach = base.mark_rule(strokeWidth=2).encode(
        x=x, y=alt.Y(field="c2", type="quantitative", scale=up), y2=alt.Y2(field="c3"), color=colour
    )
    line = draw.chart([r for r in rows if not r["c4"]]).mark_line(color=theme.first, strokeWidth=2).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour, tooltip=draw.tip("c5"))
    note = "Bars: one standard error." + (" Brown: expected with twice the rows, 80 of 100 cases." if ahead else "")
    return Picture(draw.layers([reach, line, dots], height=220), f"Error by rows: {draw.listed(r['c5'] for r in rows)}.", note)
