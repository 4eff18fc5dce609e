"""What is watched, for Prometheus: rules with their own tests, and routes that bring each alarm to its owner.

All figures are series of one gauge, told apart by the ids of project and entry, so that a statistic in any language has a name
that Prometheus takes, and keeps it when people name it anew. Nothing reported is an alarm too: unknown never counts as good.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from scoping.charter import Charter
from scoping.export.packs.pack import Files, Given, Lack, Pack, Plain, as_yaml, lacking
from scoping.milestones.status import figure, goal
from scoping.places import Place
from scoping.sections.milestones import Direction, Target
from scoping.sections.rollout import Bound, Monitor
from scoping.words import count, day_words, short

GAUGE = "charter_value"
_HOLDS = "15m"
"""How long a statistic must be beyond its threshold: one bad reading wakes nobody."""
_SILENT = "1d"
_NOBODY, _NOTHING = "nobody yet", "Nothing was reported for a day."
_OPERATORS = {Bound.ABOVE: ">", Bound.BELOW: "<"}
_MISSES = {Direction.AT_LEAST: "<", Direction.AT_MOST: ">"}
_LONGEST = 300
_STEP = 100
"""Days between two looks in the tests of targets, whose alarms begin on days that lie decades after Prometheus' first."""


@dataclass(frozen=True, kw_only=True)
class _Watched:
    """A number with a threshold.

    Attributes:
        beyond: when it is an alarm, as Prometheus compares.
        since: the day from which on it is one; None for at once.
    """

    id: str
    title: str
    beyond: str
    threshold: float
    owner: str
    kind: str
    summary: str
    runbook: str
    since: date | None = None

    @property
    def alarm(self) -> str:
        return f"{self.title} ({self.id})"

    @property
    def no_reading(self) -> str:
        return f"No reading: {self.alarm}"

    @property
    def bad(self) -> float:
        """A value that raises the alarm."""
        return math.nextafter(self.threshold, math.inf if self.beyond == ">" else -math.inf)


def _series(given: Given, item: str) -> str:
    return f'{GAUGE}{{project="{given.project}",item="{item}"}}'


def _monitors(charter: Charter) -> Iterator[_Watched]:
    for m in charter.rollout.monitors:
        if m.bound is not None and m.threshold is not None:
            yield _Watched(
                id=m.id,
                title=short(m.metric.strip() or m.title, 120),
                beyond=_OPERATORS[m.bound],
                threshold=m.threshold,
                owner=_owner(m.who_reacts),
                kind="monitor",
                summary=f"{short(m.trouble or m.metric, _LONGEST)}: {m.bound.label.lower()} {figure(m.threshold, m.unit)}",
                runbook=m.reaction.strip() or "Nobody has written down yet what to do.",
            )


def _is_watched(monitor: Monitor) -> bool:
    return monitor.threshold is not None and monitor.bound is not None


def _targets(charter: Charter) -> Iterator[_Watched]:
    milestones = {m.id: m for m in charter.milestones.milestones}
    for t in charter.milestones.targets:
        milestone = milestones.get(t.milestone)
        if t.target is None or t.direction is None or milestone is None or milestone.due is None:
            continue
        yield _Watched(
            id=t.id,
            title=short(t.title, 120),
            beyond=_MISSES[t.direction],
            threshold=t.target,
            owner=_owner(milestone.owner),
            kind="target",
            summary=f"{short(t.title, 120)} misses {goal(t)}, asked by {day_words(milestone.due)} for “{short(milestone.title, 120)}”",
            runbook=milestone.kill_criteria.strip() or "Nobody has agreed yet when to stop or rework.",
            since=milestone.due,
        )


def _owner(name: str) -> str:
    return short(name, 200) or _NOBODY


def _labels(given: Given, one: _Watched) -> Plain:
    severity = "warning" if one.kind == "monitor" else "info"
    return {"severity": severity, "owner": one.owner, "kind": one.kind, "project": given.project, "item": one.id}


def _annotations(one: _Watched, now: str) -> Plain:
    return {"summary": _inert(one.summary), "description": now, "runbook": _inert(one.runbook)}


def _inert(words: str) -> str:
    """Words in which Prometheus finds no template of its own."""
    return words.replace("{{", "{ {")


def _rule(given: Given, one: _Watched, name: str, expr: str, waits: str, now: str) -> Plain:
    labels, annotations = _labels(given, one), _annotations(one, now)
    return {"alert": name, "expr": expr, "for": waits, "labels": labels, "annotations": annotations}


def _alert(given: Given, one: _Watched) -> Plain:
    beyond = f"{_series(given, one.id)} {one.beyond} {one.threshold!r}"
    expr = f"({beyond}) and on() (vector(time()) >= {_seconds(one.since)})" if one.since else beyond
    return _rule(given, one, one.alarm, expr, _HOLDS, 'It stands at {{ printf "%.6g" $value }}.')


def _silence(given: Given, one: _Watched) -> Plain:
    return _rule(given, one, one.no_reading, f"absent({_series(given, one.id)})", _SILENT, _NOTHING)


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _pair(given: Given, name: str, rules: Sequence[Plain], tests: Sequence[Plain], every: str) -> Files:
    """Rules and the tests of them."""
    group = {"name": f"{given.project} {name}", "rules": list(rules)}
    judged = {"rule_files": [f"{name}.rules.yml"], "evaluation_interval": every, "tests": list(tests)}
    return {f"{name}.rules.yml": as_yaml({"groups": [group]}), f"{name}.test.yml": as_yaml(judged)}


# Tests of the rules


def _fires(given: Given, one: _Watched, name: str, at: str, now: str) -> Plain:
    expected = {"exp_labels": _labels(given, one), "exp_annotations": _annotations(one, now)}
    return {"eval_time": at, "alertname": name, "exp_alerts": [expected]}


def _stands(given: Given, one: _Watched, at: str) -> Plain:
    return _fires(given, one, one.alarm, at, f"It stands at {one.bad:.6g}.")


def _quiet(one: _Watched, at: str) -> Plain:
    return {"eval_time": at, "alertname": one.alarm, "exp_alerts": []}


def _test(interval: str, series: Mapping[str, float], length: int, told: Sequence[Plain]) -> Plain:
    given = [{"series": name, "values": f"{value!r}+0x{length}"} for name, value in series.items()]
    return {"interval": interval, "input_series": given, "alert_rule_test": list(told)}


def _monitor_tests(given: Given, monitors: Sequence[_Watched]) -> list[Plain]:
    """Beyond its threshold each is quiet at first and then fires; at its threshold it is quiet; not reported it fires."""
    bad, good = ({_series(given, m.id): getattr(m, which) for m in monitors} for which in ("bad", "threshold"))
    at_first, then = [_quiet(m, "10m") for m in monitors], [_stands(given, m, "20m") for m in monitors]
    return [
        _test("1m", bad, 30, [*at_first, *then]),
        _test("1m", good, 30, [_quiet(m, "20m") for m in monitors]),
        _test("1m", {}, 0, [_fires(given, m, m.no_reading, "1500m", _NOTHING) for m in monitors]),
    ]


def _target_tests(given: Given, targets: Sequence[_Watched]) -> list[Plain]:
    """Missed, each is quiet before its day and fires from then on; met it is quiet."""
    bad, good = ({_series(given, t.id): getattr(t, which) for t in targets} for which in ("bad", "threshold"))
    looks = {t.id: -(-max((t.since - date(1970, 1, 1)).days, 0) // _STEP) if t.since else 0 for t in targets}
    length = max(looks.values()) + 3
    # The last look before its day, and the second from it on: the alarm waits for a while.
    before = [_quiet(t, f"{(looks[t.id] - 1) * _STEP}d") for t in targets if looks[t.id] > 1]
    after = {t.id: f"{(looks[t.id] + 1) * _STEP}d" for t in targets}
    return [
        _test(f"{_STEP}d", bad, length, [*before, *(_stands(given, t, after[t.id]) for t in targets)]),
        _test(f"{_STEP}d", good, length, [_quiet(t, after[t.id]) for t in targets]),
    ]


# Routes


def _routes(given: Given, owners: Iterable[str]) -> Plain:
    """Who hears of what. Receivers are named by people; how each is reached is added by whoever runs Alertmanager."""
    names = list(dict.fromkeys(owners))
    own = [{"receiver": name, "matchers": [f"owner={_quoted(name)}"]} for name in names]
    return {
        "route": {
            "receiver": _NOBODY,
            "group_by": ["project", "alertname"],
            "routes": own and [{"receiver": _NOBODY, "matchers": [f"project={_quoted(given.project)}"], "routes": own}],
        },
        "receivers": [{"name": name} for name in dict.fromkeys([_NOBODY, *names])],
    }


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


# The pack


def _make(given: Given) -> Files:
    monitors, targets = list(_monitors(given.charter)), list(_targets(given.charter))
    if not monitors and not targets:
        return {}
    files: dict[str, str | bytes] = {"README.md": _readme(given, [*monitors, *targets])}
    if monitors:
        rules = [rule for one in monitors for rule in (_alert(given, one), _silence(given, one))]
        files |= _pair(given, "monitors", rules, _monitor_tests(given, monitors), "1m")
    if targets:
        rules = [_alert(given, one) for one in targets]
        files |= _pair(given, "targets", rules, _target_tests(given, targets), f"{_STEP}d")
    files["alertmanager.yml"] = as_yaml(_routes(given, (one.owner for one in [*monitors, *targets])))
    return files


def _readme(given: Given, watched: Sequence[_Watched]) -> str:
    series = "\n".join(f"    {_series(given, one.id)}  {one.title}" for one in watched)
    return (
        f"# What is watched: {given.charter.name}\n\n"
        f"From revision {given.revision} of the charter.\n\n"
        f"Your exporter reports one gauge, `{GAUGE}`, with these labels:\n\n{series}\n\n"
        "- `promtool check rules *.rules.yml` says whether Prometheus takes the rules, `promtool test rules *.test.yml` whether they fire when they must.\n"
        "- Name the rules under `rule_files` of prometheus.yml, and add how people are reached to the receivers of alertmanager.yml.\n"
        "- Rules and routes keep the ids of the charter: take the pack anew after a change, and nothing is there twice.\n"
    )


def _told(charter: Charter) -> str:
    monitors, targets = len(list(_monitors(charter))), len(list(_targets(charter)))
    return f"Rules with their tests for {count(monitors, 'statistic')} and {count(targets, 'target')}; a route for each owner."


def _lacks(charter: Charter) -> list[Lack]:
    monitors, plan = charter.rollout.monitors, charter.milestones
    dated = {m.id for m in plan.milestones if m.due}
    return [
        *lacking([m for m in monitors if not _is_watched(m)], "rollout", "monitors", "threshold", "statistic", "has no threshold"),
        *lacking(
            [m for m in monitors if not m.who_reacts.strip()],
            "rollout",
            "monitors",
            "who_reacts",
            "statistic",
            "has nobody who reacts",
        ),
        *lacking([m for m in monitors if not m.reaction.strip()], "rollout", "monitors", "reaction", "alarm", "has no runbook"),
        *lacking(
            [t for t in plan.targets if not _has_goal(t)], "milestones", "targets", "target", "target", "has no number or direction"
        ),
        *lacking(
            [t for t in plan.targets if _has_goal(t) and t.milestone not in dated],
            "milestones",
            "targets",
            "milestone",
            "target",
            "has no milestone with a date",
        ),
    ]


def _has_goal(target: Target) -> bool:
    return target.target is not None and target.direction is not None


MONITORING = Pack(
    name="monitoring.zip",
    label="Monitoring",
    feeds="Prometheus and Alertmanager: what is watched after launch, and targets from their day on.",
    use="promtool check rules *.rules.yml",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("rollout", "monitors"),
)
