"""How the monitors after launch stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoping.milestones.possible import AHEAD, day
from scoping.milestones.status import FRESH_DAYS, figure
from scoping.section import Choice
from scoping.sections.rollout import Bound, Monitor, MonitorReading, Rollout

# After launch


class Alarm(Choice):
    """What a monitored statistic says."""

    RAISED = "raised", "Alarm"
    UNKNOWN = "unknown", "Not known"
    CALM = "calm", "Within bounds"


@dataclass(frozen=True)
class MonitorStatus:
    """Where a monitored statistic stands; `series` holds one reading per day in order of time."""

    monitor: Monitor
    alarm: Alarm
    rule: str
    series: tuple[MonitorReading, ...] = ()


def of_monitors(rollout: Rollout, today: date) -> tuple[MonitorStatus, ...]:
    """Where every monitor of a rollout stands by its latest reading."""
    return tuple(_of_monitor(m, [r for r in rollout.readings if r.monitor == m.id], today) for m in rollout.monitors)


def _of_monitor(monitor: Monitor, readings: Iterable[MonitorReading], today: date) -> MonitorStatus:
    by_day = {r.when: r for r in readings if r.when and r.value is not None and r.when - today <= AHEAD}
    series = tuple(by_day[day] for day in sorted(by_day))
    if monitor.threshold is None or monitor.bound is None:
        return MonitorStatus(monitor, Alarm.UNKNOWN, "It has no threshold yet, so nothing can raise an alarm.", series)
    if not series:
        return MonitorStatus(monitor, Alarm.UNKNOWN, "There is no reading yet.")
    last = series[-1]
    value, limit = last.value or 0.0, monitor.threshold
    words = f"{figure(value, monitor.unit)} on {day(last.when)}"
    if value > limit if monitor.bound is Bound.ABOVE else value < limit:
        who = f" {monitor.who_reacts.strip()} reacts." if monitor.who_reacts.strip() else ""
        rule = f"{words} is {monitor.bound.value} the threshold of {figure(limit, monitor.unit)}.{who}"
        return MonitorStatus(monitor, Alarm.RAISED, rule, series)
    if last.when and (today - last.when).days > FRESH_DAYS:
        return MonitorStatus(monitor, Alarm.UNKNOWN, f"{words} is too old to tell.", series)
    return MonitorStatus(monitor, Alarm.CALM, f"{words} is within the threshold of {figure(limit, monitor.unit)}.", series)
