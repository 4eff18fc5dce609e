"""What was promised beside what came, after launch."""

from __future__ import annotations

from pages.parts import charts as parts_charts
from pages.parts import markup
from pages.parts.here import Step
from scoping.value import charts, realised
from scoping.words import count


def show(step: Step) -> None:
    """Promise and reality added up month by month; nothing before the first month is noted."""
    months = realised.realised(step.charter)
    if not months:
        return
    code = step.charter.project.currency.value
    parts_charts.show(step.key("chart", "promised"), charts.promised, months, code, parts_charts.theme())
    missing = sum(m.realised is None for m in months)
    told = "Promised: the likely values of the benefits noted, from the first month on."
    if missing:
        told += f" {count(missing, 'month')} in between without a reading: counted as nothing realised."
    markup.show(markup.note(told))
