"""The baseline: a plan as it was frozen, and how far dates have drifted from it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from scoping.errors import CalculationError
from scoping.measurement import ROOM
from scoping.milestones.work_calendar import WorkCalendar
from scoping.sections.milestones import Baseline, Milestone, Milestones
from scoping.words import count, short

_TITLE = 60


class FrozenMilestone(BaseModel):
    """A milestone as it was planned when the plan was frozen.

    Attributes:
        due: what was promised; p50, p80: when it was expected by then.
        days: working days that it was likely to take.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    title: str = ""
    start: date | None = None
    due: date | None = None
    p50: date | None = None
    p80: date | None = None
    days: float | None = None

    @property
    def day(self) -> date | None:
        """The day that later dates are held against: the promise, and while there is none the expectation."""
        return self.due or self.p50


class Frozen(BaseModel):
    """A plan as it was frozen."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int = 1
    milestones: tuple[FrozenMilestone, ...] = ()

    def of(self, milestone: str) -> FrozenMilestone | None:
        """What was planned for a milestone; None when it was added later."""
        return next((m for m in self.milestones if m.id == milestone), None)


def freeze(milestones: Iterable[FrozenMilestone]) -> str:
    """The plan as JSON for the field `plan` of a baseline.

    Raises:
        CalculationError: the plan is too large to be kept.
    """
    plan = Frozen(milestones=tuple(m.model_copy(update={"title": short(m.title, _TITLE)}) for m in milestones))
    for without in (set[str](), {"title"}):
        written = plan.model_dump_json(exclude_none=True, exclude={"milestones": {"__all__": without}})
        if len(written) <= ROOM:
            return written
    raise CalculationError(
        f"The plan has {count(len(plan.milestones), 'milestone')}, which are too many to freeze at once.",
        "Divide the project, or freeze fewer milestones.",
    )


def thaw(baseline: Baseline) -> Frozen | None:
    """The plan that a baseline holds; None when it cannot be read."""
    try:
        return Frozen.model_validate_json(baseline.plan)
    except ValidationError:
        return None


def frozen(milestones: Milestones, first: bool = False) -> Frozen | None:
    """The plan that was frozen last, or first; None while nothing is frozen, or what is cannot be read."""
    row = latest(milestones, first)
    return thaw(row) if row else None


def latest(milestones: Milestones, first: bool = False) -> Baseline | None:
    """The baseline that was frozen last, or first; of several on one day the one that was added last, or first."""
    in_order = sorted(milestones.baselines, key=lambda b: b.frozen_on or date.min)
    return in_order[0 if first else -1] if in_order else None


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What is promised of a milestone against what was frozen. A forecast is no promise and moves nothing.

    Attributes:
        baseline: the day of the frozen plan; None for a milestone that is younger.
        now: when it was reached, else the day that is promised now; None while neither is known.
        days: working days from the one to the other; above 0 is late.
        moved: working days by which the promise itself was moved.
        lacks_reason: whether the promise moved and nobody noted why.
    """

    milestone: str
    baseline: date | None
    now: date | None
    days: int | None
    moved: int | None
    lacks_reason: bool


def drift(milestones: Milestones, frozen: Frozen, reached: Mapping[str, date], calendar: WorkCalendar) -> tuple[Drift, ...]:
    """Every milestone of a plan against its baseline.

    Args:
        reached: the day on which a milestone was reached, by its id.
    """
    reasons = sorted((m for m in milestones.moves if m.reason.strip()), key=lambda m: m.moved_on or date.min)
    # A day that was left and came back is a new move: only the last reason counts.
    explained = {m.milestone: m.after for m in reasons}.items()
    planned = {m.id: m for m in frozen.milestones}
    return tuple(
        _drift(m, planned.get(m.id), reached.get(m.id) or m.due, calendar, (m.id, m.due) in explained)
        for m in milestones.milestones
    )


def sequence(frozen: Frozen) -> tuple[tuple[str, str], ...]:
    """Ids of each milestone and of those that were planned to be done before it begins."""
    return tuple(
        (later.id, earlier.id)
        for later in frozen.milestones
        for earlier in frozen.milestones
        if later.start and earlier.due and earlier.due <= later.start
    )


def gone(milestones: Milestones, frozen: Frozen) -> tuple[FrozenMilestone, ...]:
    """The frozen milestones that are not in the plan any more."""
    known = {m.id for m in milestones.milestones}
    return tuple(m for m in frozen.milestones if m.id not in known)


def _drift(
    milestone: Milestone, old: FrozenMilestone | None, now: date | None, calendar: WorkCalendar, is_explained: bool
) -> Drift:
    then, promise = (old.day, old.due) if old else (None, None)
    return Drift(
        milestone=milestone.id,
        baseline=then,
        now=now,
        days=_late(then, now, calendar),
        moved=_late(promise, milestone.due, calendar),
        lacks_reason=promise is not None and milestone.due != promise and not is_explained,
    )


def _late(planned: date | None, now: date | None, calendar: WorkCalendar) -> int | None:
    return calendar.evening(now) - calendar.evening(planned) if planned and now else None
