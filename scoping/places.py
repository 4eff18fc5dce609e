"""Where a finding is cured: the list, the record and the field that somebody has to go to."""

from __future__ import annotations

from dataclasses import dataclass

from scoping.charter import PART_BY_SLUG, Charter
from scoping.findings import Finding
from scoping.section import Fields, Section, questions


@dataclass(frozen=True)
class Place:
    """A place in a charter.

    Attributes:
        list: "" for a question of the part itself.
        record: "" for the list as a whole, to which something should be added.
        field: "" where no single answer cures it.
    """

    part: str
    list: str = ""
    record: str = ""
    field: str = ""


_CURED_AT = {
    "data_sources.minimum": "sources.minimum_order",
    "data_sources.lead": "sources.lead_days",
    "data_sources.tenfold": "sources.amount",
    "data_sources.case_label": "cases.label",
    "data_sources.unread": "pipelines.reads_sources",
    "data_sources.input": ".input_x",
    "ethics.checklist_unknown": "checklist.answered",
    "ethics.checklist_reason": "checklist.note",
    "ethics.pack_unreadable": "question_packs.",
    "ethics.no_concern": "concerns.",
    "ethics.open_concern": "concerns.outcome",
    "ethics.concern_carried": "concerns.accepted_by",
    "ethics.concern_reason": "concerns.reason",
    "ethics.risk_bare": "risks.mitigation",
    "ethics.risk_left": "risks.likelihood_left",
    "ethics.risk_unrated": "risks.likelihood",
    "ethics.failure_unwatched": "premortem.monitor",
    "ethics.group_unmeasured": "groups.metric",
    "ethics.group_unproved": "groups.target",
    "feasibility.asked": ".asked_metric",
    "feasibility.human_truth": "evidence.truth",
    "feasibility.benchmark_value": "benchmarks.value",
    "feasibility.benchmark_source": "benchmarks.link",
    "feasibility.reason": "verdicts.reason",
    "feasibility.share_unknown": "slices.share",
    "feasibility.feature_late": "features.known_when",
    "feasibility.feature_leak": "features.known_when",
    "feasibility.feature_when": "features.known_when",
    "feasibility.proof_numbers": "hypotheses.success",
    "feasibility.proof_contradicted": "hypotheses.came_out",
    "milestones.overlap": "milestones.start",
    "milestones.kill": "milestones.kill_criteria",
    "milestones.target_alone": "targets.milestone",
    "milestones.off_ladder": "targets.metric",
    "milestones.below_break_even": "targets.target",
    "problems.baseline": "problems.baseline_value",
    "problems.names_solution": "problems.statement",
    "problems.goal_ranks": "goals.rank",
    "problems.no_stakeholder": "stakeholders.",
    "problems.sides": "stakeholders.side",
    "project.signatures": "signatures.",
    "project.signed_draft": "signatures.answered",
    "project.assumption_wrong": "assumptions.state",
    "rollout.automation": ".automation_now",
    "rollout.alarm": "monitors.threshold",
    "solutions.unanswered": "solutions.",
    "value.minimum": ".minimum_improvement",
    "value.short_ladder": "rungs.",
    "value.accepted_by": "rungs.technical_by",
    "value.currencies": "rates.",
}
"""List and field that cure a piece of advice, where neither itself nor its code says them."""
_NO_MONITOR = "rollout.no_"
"""How the codes begin of what is found for each kind of monitor."""


class Places:
    """Where findings about one charter are cured; whoever asks for many looks through its lists once."""

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        self._ids: dict[tuple[str, str], set[str]] = {}

    def of(self, finding: Finding) -> Place:
        """Where the answer stands that a finding is about, as far as it is about a single one."""
        section = PART_BY_SLUG[finding.part]
        if finding.field in section.lists:
            return Place(section.slug, finding.field)
        told = _CURED_AT.get(finding.code) or ("monitors." if finding.code.startswith(_NO_MONITOR) else "")
        list_name, _, field = told.partition(".")
        if finding.record:
            list_name = self._holder(section, finding, list_name) or list_name
        model = section.lists[list_name].record if list_name else section.model
        field = next((name for name in (finding.field, field, *_names(finding)) if name and name in _asked(model)), "")
        record = finding.record if list_name and self._has(section, list_name, finding.record) else ""
        return Place(section.slug, list_name, record, "" if list_name and not record else field)

    def _has(self, section: Section, list_name: str, record: str) -> bool:
        key = (section.slug, list_name)
        if key not in self._ids:
            self._ids[key] = {row.id for row in getattr(self._charter.part(section.slug), list_name)}
        return record in self._ids[key]

    def _holder(self, section: Section, finding: Finding, likely: str) -> str:
        """The list that holds the record of a finding; where ids repeat, the likely one, and then one that asks its question."""
        holding = [name for name in section.lists if self._has(section, name, finding.record)]
        return min(holding, key=lambda n: (n != likely, finding.field not in _asked(section.lists[n].record)), default="")


def _names(finding: Finding) -> tuple[str, ...]:
    """Names of a question that the code of a finding may hold: ethics.is_fair_no is about is_fair."""
    what = finding.code.split(".", 1)[1]
    return ("low",) if what.endswith("_range") else (what, what.removesuffix("_no"))


def _asked(model: type[Fields]) -> set[str]:
    return {spec.name for spec in questions(model)}
