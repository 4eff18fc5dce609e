"""The plan as it can be counted with today, and the past projects that it learns from."""

from __future__ import annotations

from pages.parts import here, times
from scoping.milestones import plan, reference_class
from scoping.milestones.plan import Plan
from scoping.milestones.reference_class import PAST, Past
from scoping.sections.milestones import Milestones


def past() -> tuple[Past, ...]:
    """The past projects of this workbench."""
    return reference_class.kept(here.store().portfolio.setting(PAST))


def planned(promised: Milestones) -> Plan:
    """A plan as it can be counted with today."""
    return plan.plan(promised, times.today(), past())
