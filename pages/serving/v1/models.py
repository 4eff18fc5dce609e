"""What programs send and are told: models from which answers are made and the document of the API is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, RootModel

from scoping.export.charter_json import ConditionOut, MissingOut, Stands, ToSign, stands
from scoping.health import Health
from scoping.milestones.status import MilestoneStatus, State, TargetStatus
from scoping.portfolio.sums import Sum
from scoping.reading.gates import GateVerdict, Passed
from scoping.section import SHORT, clean
from scoping.sections.milestones import Direction, Gate, Reading
from storage.access.tokens import LABEL, Scope, Token
from storage.portfolio import Card
from storage.store import Opened

__all__ = ["ConditionOut", "MissingOut", "Stands", "ToSign"]


class Out(BaseModel):
    """Something that is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class In(BaseModel):
    """Something that is sent; a name that means nothing is refused."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Out):
    """Why nothing was done."""

    ok: bool = Field(False, description="Always false.")
    error: str = Field(description="What is wrong, in a sentence or two.")
    errors: list[str] = Field(description="All that is wrong.")
    status: int
    present: Any = Field(None, description="With 412: what it is by now; its ETag is in the header.")
    conflicts: list[ClashOut] = Field(default=[], description="With 409: what others have come before.")


class ClashOut(Out):
    """An answer that somebody else changed."""

    list: str
    record: str
    field: str
    present: Any = Field(description="What stands there now; null when the entry is gone.")


# Projects


class MetOut(Out):
    """How far a charter is from being signed."""

    met: int
    of: int


class ProjectOut(Out):
    """A project in a line."""

    id: str
    name: str
    owner: str
    revision: int = Field(description="Counts the saves.")
    saved_at: AwareDatetime
    saved_by: str
    is_archived: bool
    to_sign: MetOut
    health: Stands | None = Field(description="Null while it is worked out.")

    @classmethod
    def of(cls, opened: Opened, today: date) -> Self:
        """A project that was opened."""
        seen = opened.overview
        return cls(
            id=opened.project_id,
            name=opened.charter.name,
            owner=opened.charter.project.owner,
            revision=opened.stamp.number,
            saved_at=opened.stamp.at,
            saved_by=opened.stamp.by,
            is_archived=opened.is_archived,
            to_sign=MetOut(met=seen.met, of=len(seen.conditions)),
            health=stands(opened.health(today), today),
        )

    @classmethod
    def of_card(cls, card: Card, conditions: int, today: date) -> Self:
        """A project of a list."""
        return cls(
            id=card.project_id,
            name=card.name,
            owner=card.owner,
            revision=card.stamp.number,
            saved_at=card.stamp.at,
            saved_by=card.stamp.by,
            is_archived=card.is_archived,
            to_sign=MetOut(met=card.met, of=conditions),
            health=stands(card.health, today) if card.health else None,
        )


class ProjectsOut(Out):
    """A page of projects, those that need somebody first."""

    projects: list[ProjectOut]
    total: int
    next: int | None = Field(description="Where the next page begins; null on the last one.")


class HealthOut(Out):
    """How a project stands."""

    ok: bool = True
    name: str
    health: Stands


class FindingsOut(Out):
    """What is missing, and advice."""

    revision: int
    health: Stands
    to_sign: ToSign
    advice: list[MissingOut]


# Changes


class EditIn(In):
    """One change: an answer (with `field`), an entry that is added (without `field`, with `after`) or removed (`after` null)."""

    list: str = Field("", max_length=40, description="Left out for the questions of the part itself.")
    record: str = Field("", max_length=40, description="The entry's id.")
    field: str = Field("", max_length=60)
    before: JsonValue = Field(None, description="What you saw there. Left out: whatever stands there is replaced.")
    after: JsonValue = Field(description="What it shall be, written as in the charter.")


class EditsIn(In):
    """Changes of one part, made together or not at all."""

    edits: list[EditIn] = Field(min_length=1, max_length=1_000)
    note: Annotated[str, BeforeValidator(clean)] = Field("", max_length=SHORT, description="Why, for the history.")


class PartIn(RootModel[dict[str, JsonValue]]):
    """A part of the charter, as it is told; what may stand in it is in the schema of the charter."""


class ChangedOut(Out):
    """What a change came to."""

    project: str = Field(description="Its id; empty for one that a dry run did not make.")
    revision: int
    is_dry_run: bool
    changed: int = Field(description="How many things differ.")
    told: list[str] = Field(description="What was, or would be, changed, a sentence each; the first hundred.")


# The plan


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


# What the charter rests on


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


class FileOut(Out):
    """A file that the charter can be taken away in."""

    name: str
    label: str
    told: str
    mime: str
    is_offered: bool = Field(description="Whether there is anything to write.")


class FilesOut(Out):
    """All of them."""

    files: list[FileOut]


# All projects


class SumOut(Out):
    """Projects of one currency together, in whole units of it."""

    currency: str
    projects: int
    asked: float | None
    low: float | None = Field(description="In 8 of 10 cases it is worth more than this, and less than `high`.")
    likely: float | None
    high: float | None
    guessed: float | None = Field(description="The share of it that rests on guesses.")

    @classmethod
    def of(cls, sum: Sum) -> Self:
        """What projects ask for and may be worth."""
        low, high = sum.range or (None, None)
        return cls(
            currency=sum.currency, projects=sum.projects, asked=sum.asked, low=low, likely=sum.mean, high=high, guessed=sum.guessed
        )


class OpenMilestoneOut(Out):
    """An open milestone of any project."""

    project: str
    project_name: str
    id: str
    title: str
    owner: str
    due: date | None
    state: State


class PortfolioOut(Out):
    """All live projects at once."""

    projects: int
    sums: list[SumOut]
    milestones: list[OpenMilestoneOut] = Field(description="The open ones that are due first.")


# Tokens


class TokenIn(In):
    """A token to be made."""

    label: Annotated[str, BeforeValidator(clean)] = Field(min_length=1, max_length=LABEL, description="Which program will use it.")
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))


class TokenOut(Out):
    """What is known of a token."""

    id: str
    label: str
    project: str | None = Field(description="The one that it opens; null for all.")
    scopes: list[Scope]
    made_at: AwareDatetime
    made_by: str
    used_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> Self:
        """A token without its secret."""
        return cls(
            id=token.digest[:16],
            label=token.label,
            project=token.project_id,
            scopes=[scope for scope in Scope if scope in token.scopes],
            made_at=token.made_at,
            made_by=token.made_by,
            used_at=token.used_at,
        )


class TokensOut(Out):
    """Tokens, newest first."""

    tokens: list[TokenOut]


class MadeOut(Out):
    """A token that was made."""

    token: str = Field(description="Shown now and never again.")
    known: TokenOut


def health_told(health: Health, today: date) -> Stands:
    """How a project stands."""
    return stands(health, today)


def first(sentences: Sequence[str]) -> list[str]:
    """As many as are told."""
    return list(sentences[:100])
