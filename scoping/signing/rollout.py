"""What condition 16 asks of the rollout: a safe first step, who may roll back, and what is watched."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.ethics import consequences
from scoping.lacking import Missing, begun, first_blank, lack, named, says
from scoping.sections.ethics import (
    Ethics,
    ObligationState,
)
from scoping.sections.rollout import Automation, Pattern, Rollout


def first_step_is_safe(charter: Charter) -> Missing:
    rollout: Rollout = charter.rollout
    if rollout.pattern is None:
        message = "Decide how it goes live: unseen beside the old way, to a small share, or by a switch."
        yield lack("rollout.pattern", message, rollout, "pattern")
    elif rollout.pattern is Pattern.CANARY and rollout.first_share is None:
        message = "Say which share of the users sees it first; about 5 % is usual."
        yield lack("rollout.share", message, rollout, "start_share")
    if not says(rollout, "rollback_owner"):
        message = "Name the person who may roll back without asking."
        yield lack("rollout.rollback", message, rollout, "rollback_owner")
    monitors = begun(rollout.monitors)
    if not monitors:
        message = "Write down what could go wrong and the number that would show it."
        yield lack("rollout.no_monitor", message, rollout, "monitors")
    elif all(first_blank(m, "metric", "threshold", "who_reacts") for m in monitors):
        message = f"{named(monitors[0])} needs a statistic, a threshold and somebody who reacts."
        yield lack("rollout.alarm", message, monitors[0], first_blank(monitors[0], "metric", "threshold", "who_reacts"))
    if rollout.automation_end is Automation.FULL and _demands_a_human(charter.ethics):
        message = "The impact level demands that a human decides, but the end of the rollout is full automation."
        yield lack("rollout.human_decision", message, rollout, "automation_end")


def _demands_a_human(ethics: Ethics) -> bool:
    waived = {o.id for o in ethics.obligations if o.state is ObligationState.NOT_NEEDED and says(o, "reason")}
    return "human_decision" in {d.id for d in consequences.of(ethics).certain} - waived
