"""Pictures of the ethics step: the band of the impact level between its limits, and risks on the five by five map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture
from scoping.sections.ethics import Ethics, Likelihood, Risk, RiskLevel, Severity, risk_level

if TYPE_CHECKING:
    from scoping.ethics.impact import Impact

_HEAT = {RiskLevel.LOW: "#2E7D5B", RiskLevel.MEDIUM: "#B58900", RiskLevel.HIGH: "#C2410C", RiskLevel.VERY_HIGH: "#9B1C31"}
"""From green to dark red; every field also carries its level in words and holds white figures at 3:1."""


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


def heat_before(ethics: Ethics, theme: Palette) -> Picture | None:
    """How many risks stand where before anything is done; None while none is rated."""
    return _heat(ethics, theme, left=False)


def heat_after(ethics: Ethics, theme: Palette) -> Picture | None:
    """How many risks stand where once the mitigation is done; None while none is rated."""
    return _heat(ethics, theme, left=True)


def _heat(ethics: Ethics, theme: Palette, *, left: bool) -> Picture | None:
    import altair as alt

    rated = [(r, place) for r in ethics.risks if (place := _place(r, left=left))]
    if not rated:
        return None
    rows: list[dict[str, Any]] = []
    for severity in reversed(Severity):
        for likelihood in Likelihood:
            here = [r.title for r, place in rated if place == (likelihood, severity)]
            level = risk_level(likelihood, severity)
            words = f"{likelihood.label}, {severity.label}: {level.label.lower()} risk, {scoping_words.count(len(here), 'entry', 'entries')}"
            rows.append(
                {
                    "likelihood": likelihood.label,
                    "severity": severity.label,
                    "level": level.label,
                    "count": str(len(here) or ""),
                    "told": words,
                }
            )
    x = alt.X(
        field="likelihood",
        type="ordinal",
        sort=None,
        axis=draw.axis(theme, title="Likelihood", labelAngle=0, grid=False, labelLimit=90),
        scale=alt.Scale(domain=[c.label for c in Likelihood]),
    )
    y = alt.Y(
        field="severity",
        type="ordinal",
        sort=None,
        axis=draw.axis(theme, title="Severity", grid=False),
        scale=alt.Scale(domain=[c.label for c in reversed(Severity)]),
    )
    levels = alt.Scale(domain=[level.label for level in _HEAT], range=list(_HEAT.values()))
    legend = alt.Legend(title=None, orient="bottom", labelColor=theme.ink)
    fields = draw.chart(rows).mark_rect(stroke=theme.paper, strokeWidth=2)
    figures = draw.chart(rows).mark_text(color="#FFFFFF", fontSize=15, fontWeight="bold")
    missing = len(ethics.risks) - len(rated)
    note = f"{scoping_words.count(missing, 'risk')} not rated and not shown." if missing else ""
    levels_of_risks = ", ".join(f"{r.title}: {risk_level(*place).label.lower()}" for r, place in rated[: draw.MOST_ROWS])
    return Picture(
        draw.layers(
            [
                fields.encode(
                    x=x, y=y, color=alt.Color(field="level", type="nominal", scale=levels, legend=legend), tooltip=draw.tip("told")
                ),
                figures.encode(x=x, y=y, text=alt.Text(field="count", type="nominal")),
            ],
            height=260,
        ).properties(title=alt.Title("After mitigation" if left else "Before", anchor="start", color=theme.ink)),
        f"Risks {'after' if left else 'before'} mitigation: {levels_of_risks}.",
        note,
    )


def _place(risk: Risk, *, left: bool) -> tuple[Likelihood, Severity] | None:
    likelihood, severity = (risk.likelihood_left, risk.severity_left) if left else (risk.likelihood, risk.severity)
    return (likelihood, severity) if likelihood and severity else None
