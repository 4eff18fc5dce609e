"""Risks on the map of likelihood and severity, before anything is done and with what is promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pages.parts import markup, steps
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.ethics import words
from scoping.places import Place
from scoping.sections.ethics import Likelihood, Risk, RiskLevel, Severity, risk_left, risk_level
from scoping.words import capital, count

_SERIOUS = (RiskLevel.HIGH, RiskLevel.VERY_HIGH)
_Field = tuple[Likelihood, Severity]


def maps(step: Step) -> None:
    """A sentence, the map twice, and the same as a table."""
    risks = step.charter.ethics.risks
    if risks:
        project = step.project.project_id
        before = _map(project, "Before anything is done", [(r, _field(r.likelihood, r.severity)) for r in risks])
        after = _map(project, "With what is promised", [(r, _field(r.likelihood_left, r.severity_left)) for r in risks])
        markup.show(
            markup.lead(_said(risks)), f'<div class="heats">{before}{after}</div>', _left_out(risks), _table(project, risks)
        )


def _field(likelihood: Likelihood | None, severity: Severity | None) -> _Field | None:
    return (likelihood, severity) if likelihood and severity else None


def _said(risks: Sequence[Risk]) -> str:
    """How many are high, now and then; what nobody rated is not taken for small."""
    now = sum(risk_level(*at) in _SERIOUS for r in risks if (at := _field(r.likelihood, r.severity)))
    then = sum(risk_left(r) in _SERIOUS for r in risks)
    unsaid = sum(risk_left(r) is None for r in risks)
    promised = f"with what is promised {then or 'none'} would be" if unsaid < len(risks) else "what remains is not said yet"
    open_still = f", and of {unsaid} nobody said what remains" if 0 < unsaid < len(risks) else ""
    return f"{capital(str(now or 'none'))} of {count(len(risks), 'risk')} {'is' if now < 2 else 'are'} high or very high; {promised}{open_still}."


def _map(project: str, title: str, placed: Iterable[tuple[Risk, _Field | None]]) -> str:
    """Five by five fields, each with its level in words and the numbers of the risks that stand there."""
    marks: dict[_Field, list[str]] = {}
    for number, (risk, at) in enumerate(placed, 1):
        if at:
            told = markup.text(f"{risk.title}: {risk_level(*at).label.lower()}")
            marks.setdefault(at, []).append(
                f'<a class="go" href="{markup.text(_href(project, risk))}" title="{told}" aria-label="{told}">{number}</a>'
            )
    rows = "".join(
        f'<tr><th scope="row">{severity.label}</th>{"".join(_cell((likelihood, severity), marks) for likelihood in Likelihood)}</tr>'
        for severity in reversed(Severity)
    )
    foot = "".join(f'<th scope="col">{likelihood.label}</th>' for likelihood in Likelihood)
    return (
        f'<table class="heat"><caption>{markup.text(title)}</caption><tbody>{rows}</tbody>'
        f'<tfoot><tr><td><span class="off">Severity by likelihood</span></td>{foot}</tr></tfoot></table>'
    )


def _cell(at: _Field, marks: dict[_Field, list[str]]) -> str:
    level = risk_level(*at)
    return f'<td class="l{level.value}"><span class="nums">{"".join(marks.get(at, ()))}</span><small>{level.label}</small></td>'


def _href(project: str, risk: Risk) -> str:
    return steps.href(project, Place("ethics", "risks", risk.id))


def _left_out(risks: Sequence[Risk]) -> Html:
    unrated = sum(_field(r.likelihood, r.severity) is None for r in risks)
    return markup.note(f"{count(unrated, 'risk')} not rated and not drawn.") if unrated else Html()


def _table(project: str, risks: Sequence[Risk]) -> Html:
    rows = [
        (f"{number} ", markup.link(_href(project, r), r.title), words.level_of(r), words.left_of(r), r.owner or "–")
        for number, r in enumerate(risks, 1)
    ]
    head = ("", "Risk", "Before", "With what is promised", "Owner")
    how = markup.note("Level: likelihood times severity; up to 4 low, up to 9 medium, up to 16 high, above very high.")
    return markup.fold("As a table", Html(markup.table(head, rows) + how))
