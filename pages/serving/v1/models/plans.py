"""Plans, gates, readings, contracts and evidence as programs are told of them and report them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field

from pages.serving.v1.models.shape import In, MetOut, Out
from scoping.export.charter_json import Stands
from scoping.milestones.status import MilestoneStatus, State, TargetStatus
from scoping.reading.gates import GateVerdict, Passed
from scoping.section import SHORT, clean
from scoping.sections.milestones import Direction, Gate, Reading


class LatestOut(Out):
    """The last reading of a target."""

    value: float | None
    when: date | None
    run: str


class TargetOut(Out):
    """A target, and where it stands."""

    id: str
    metric: str
    slice: str
    metric_key: str
    unit: str
    direction: Direction | None
    target: float | None
    state: State
    rule: str = Field(description="Why it stands so.")
    latest: LatestOut | None

    @classmethod
    def of(cls, status: TargetStatus) -> Self:
        """Where a target stands."""
        target, last = status.target, status.latest
        return cls(
            id=target.id,
            metric=target.metric,
            slice=target.slice,
            metric_key=target.metric_key,
            unit=target.unit,
            direction=target.direction,
            target=target.target,
            state=status.state,
            rule=status.rule,
            latest=LatestOut(value=last.value, when=last.when, run=last.run) if last else None,
        )


class MilestoneOut(Out):
    """A milestone, and where it stands."""

    id: str
    title: str
    owner: str
    start: date | None
    due: date | None
    state: State
    rule: str
    met_on: date | None
    gate: Gate | None = Field(description="What was decided at its gate.")
    targets: list[TargetOut]

    @classmethod
    def of(cls, status: MilestoneStatus) -> Self:
        """Where a milestone stands."""
        row = status.milestone
        return cls(
            id=row.id,
            title=row.title,
            owner=row.owner,
            start=row.start,
            due=row.due,
            state=status.state,
            rule=status.rule,
            met_on=status.met_on,
            gate=row.gate,
            targets=[TargetOut.of(t) for t in status.targets],
        )


class MilestonesOut(Out):
    """The plan, in its order."""

    revision: int
    milestones: list[MilestoneOut]


class GateOut(Out):
    """The gate of a milestone as a JSON Schema that `metrics.json` fulfils when the targets are met."""

    milestone: str
    title: str
    rule: dict[str, Any] = Field(description="The JSON Schema.")


class GatesOut(Out):
    """The gates of all milestones that have targets with numbers."""

    revision: int
    gates: list[GateOut]


class GateTargetOut(Out):
    """A target at a gate."""

    id: str
    metric: str
    slice: str
    goal: str
    value: float | None
    state: Passed


class GateCheckOut(Out):
    """Whether metrics open a gate."""

    is_passed: bool
    milestone: str
    title: str
    targets: list[GateTargetOut]
    problems: list[str] = Field(description="Values that could not be read; with any, the gate stays shut.")
    remarks: list[str]

    @classmethod
    def of(cls, verdict: GateVerdict) -> Self:
        """What a file of metrics came to."""
        return cls(
            is_passed=verdict.is_passed,
            milestone=verdict.milestone.id,
            title=verdict.milestone.title,
            targets=[
                GateTargetOut(
                    id=j.target.id, metric=j.target.metric, slice=j.target.slice, goal=j.goal, value=j.value, state=j.state
                )
                for j in verdict.targets
            ],
            problems=list(verdict.problems),
            remarks=list(verdict.remarks),
        )


class ReadingIn(In):
    """A reading as a program reports it; what its value and its date may be, its target says."""

    metric_key: str = Field(default="", max_length=SHORT)
    target: str = Field(default="", max_length=SHORT, description="The target's id or metric, where it has no key.")
    slice: str = Field(default="", max_length=SHORT)
    value: Annotated[Any, BeforeValidator(clean)] = Field(json_schema_extra={"type": ["number", "string"]})
    when: Annotated[str | int | float | None, BeforeValidator(clean)] = None
    run: Annotated[str | int, BeforeValidator(clean)] = Field(default="", union_mode="left_to_right")
    source: str = Field(default="", max_length=SHORT)


class TargetStandsOut(Out):
    """Where a target stands, in short."""

    id: str
    metric: str
    metric_key: str
    state: State
    rule: str


class ReadingOut(Out):
    """A reading as it is kept."""

    id: str
    target: str
    when: date | None
    value: float | None
    source: str
    author: str
    run: str

    @classmethod
    def of(cls, row: Reading) -> Self:
        """A reading of the charter."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ReadingsOut(Out):
    """Readings, where their targets stand, and the health of the project."""

    ok: bool = True
    health: Stands
    to_sign: MetOut
    readings: list[ReadingOut]
    targets: list[TargetStandsOut]


class ReportedOut(ReadingsOut):
    """What became of readings that were reported."""

    added: int
    kept: int = Field(description="How many were here already.")
    remarks: list[str]


class ContractOut(Out):
    """The contract of a data source, after the Open Data Contract Standard."""

    source: str
    title: str
    file: str
    contract: str = Field(description="YAML.")


class ContractsOut(Out):
    """The contracts of all data sources."""

    revision: int
    contracts: list[ContractOut]


class EvidenceOut(Out):
    """What speaks for and against the ideas, what was measured, and what the team concludes; entries as in the charter."""

    revision: int
    evidence: list[dict[str, Any]]
    measurements: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
