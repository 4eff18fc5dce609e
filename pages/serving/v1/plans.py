"""The plan of a project, its gates, what its data promise, and what it rests on."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, JsonValue, RootModel

from pages.serving.v1.models.plans import (
    ContractOut,
    ContractsOut,
    EvidenceOut,
    GateCheckOut,
    GateOut,
    GatesOut,
    MilestoneOut,
    MilestonesOut,
)
from pages.serving.v1.projects import tag
from pages.serving.v1.table import Answer, Asked, Daily, Operation, missing
from scoping.export.contract import file_names, to_contract
from scoping.export.gates import to_gate
from scoping.milestones.status import of_plan
from scoping.reading.gates import judge, next_gate
from scoping.reading.values import from_plain
from scoping.section import Record
from scoping.sections.milestones import Milestone, Milestones
from storage.access.tokens import Scope


class Metrics(RootModel[dict[str, JsonValue] | list[JsonValue]]):
    """What a training run measured: names with numbers, in groups or in a list, as `metrics.json` has them."""


class WhichGate(Daily):
    """Of which milestone."""

    milestone: str = Field("", max_length=40, description="Its id. Left out: the next one that is open and has targets.")


def milestones(asked: Asked) -> Answer:
    """Where the milestones stand."""
    opened = asked.store.open(asked.project)
    rows = [MilestoneOut.of(status) for status in of_plan(opened.charter.milestones, asked.today)]
    return Answer(content=MilestonesOut(revision=opened.stamp.number, milestones=rows))


def gates(asked: Asked) -> Answer:
    """The gates as JSON Schemas."""
    opened = asked.store.open(asked.project)
    plan, revision = opened.charter.milestones, opened.stamp.number
    texts = [(row, to_gate(plan, row, project=asked.project, revision=revision)) for row in plan.milestones]
    found = [GateOut(milestone=row.id, title=row.title, rule=json.loads(text)) for row, text in texts if text]
    return Answer(content=GatesOut(revision=revision, gates=found))


def gate(asked: Asked) -> Answer:
    """One of them."""
    opened = asked.store.open(asked.project)
    plan = opened.charter.milestones
    row = _milestone(plan, asked.path["milestone"])
    text = to_gate(plan, row, project=asked.project, revision=opened.stamp.number)
    if text is None:
        raise missing("gate of this milestone", "Give one of its targets a number, a direction and a name.")
    return Answer(content=text, tag=tag(opened.stamps["milestones"].number))


def check(asked: Asked) -> Answer:
    """Hold metrics against a gate; nothing is kept."""
    plan = asked.store.open(asked.project).charter.milestones
    if wanted := asked.query.milestone:
        row = _milestone(plan, wanted)
    elif (found := next_gate(plan, asked.today)) is not None:
        row = found
    else:
        raise missing("open milestone with a target", "Name a milestone, or give a target a number and a direction.")
    return Answer(content=GateCheckOut.of(judge(from_plain(asked.body.root), plan, row, asked.today)))


def _milestone(plan: Milestones, asked: str) -> Milestone:
    row = next((m for m in plan.milestones if m.id == asked), None)
    if row is None:
        raise missing(f"milestone called “{asked[:40]}”", "Name it by its id.")
    return row


def contracts(asked: Asked) -> Answer:
    """What each data source promises."""
    opened = asked.store.open(asked.project)
    sources = opened.charter.data_sources.sources
    stamp = opened.stamp
    told = [
        ContractOut(
            source=source.id,
            title=source.title,
            file=name,
            contract=to_contract(opened.charter, source, project=asked.project, revision=stamp.number, saved_at=stamp.at),
        )
        for name, source in zip(file_names(sources), sources, strict=True)
    ]
    return Answer(content=ContractsOut(revision=stamp.number, contracts=told))


def evidence(asked: Asked) -> Answer:
    """What the charter rests on."""
    opened = asked.store.open(asked.project)
    found = opened.charter.feasibility

    def plain(rows: tuple[Record, ...]) -> list[dict[str, Any]]:
        return [row.model_dump(mode="json") for row in rows]

    told = EvidenceOut(
        revision=opened.stamp.number,
        evidence=plain(found.evidence),
        measurements=plain(found.measurements),
        verdicts=plain(found.verdicts),
    )
    return Answer(content=told)


_READ: dict[str, Any] = {"method": "GET", "scopes": (Scope.READ,)}
OPERATIONS = (
    Operation(
        **_READ, path="/projects/{project}/milestones", name="milestones", summary="Milestones and targets, and where they stand",
        work=milestones, query=Daily, gives=MilestonesOut,
    ),
    Operation(
        **_READ, path="/projects/{project}/gates", name="gates", summary="The gates of all milestones", work=gates, gives=GatesOut
    ),
    Operation(
        **_READ, path="/projects/{project}/gates/{milestone}", name="gate", summary="The gate of a milestone, as a JSON Schema",
        work=gate, gives=dict[str, Any], tagged=True, told="`check-jsonschema --schemafile gate.json metrics.json` judges by it.",
    ),
    Operation(
        method="POST", scopes=(Scope.READ, Scope.READINGS), path="/projects/{project}/gate-checks", name="check_gate",
        summary="Whether metrics open a gate", work=check, query=WhichGate, body=Metrics, gives=GateCheckOut,
        told="Nothing is kept. The answer is 200 either way: `is_passed` says which.",
    ),
    Operation(
        **_READ, path="/projects/{project}/contracts", name="contracts", summary="The contracts of the data sources",
        work=contracts, gives=ContractsOut,
    ),
    Operation(
        **_READ, path="/projects/{project}/evidence", name="evidence", summary="Evidence, measurements and verdicts",
        work=evidence, gives=EvidenceOut,
    ),
)  # fmt: skip
