"""Data sources: what data can be had, how much of it, at what cost, in what time."""

from __future__ import annotations

import math
from datetime import date

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.measurement import Measurement
from scoping.section import (
    Choice,
    Fields,
    Link,
    LongText,
    Minor,
    Number,
    Record,
    SectionOf,
    Text,
    Whole,
    YesNo,
    ask,
    links,
    records,
    text,
)
from scoping.words import short


class Origin(Choice):
    OWNED = "owned", "Owned"
    CROWDSOURCED = "crowdsourced", "Crowdsourced"
    PAID_LABELS = "paid_labels", "Pay for labels"
    PURCHASED = "purchased", "Purchased"
    PARTNER = "partner", "From a partner"
    PUBLIC = "public", "Public"
    WISHED = "wished", "Wished for"


class Quality(Choice):
    GOOD = "3", "3 good"
    USABLE = "2", "2 usable"
    DOUBTFUL = "1", "1 doubtful"
    POOR = "0", "0 poor"


class Privacy(Choice):
    NONE = "none", "No personal data"
    PERSONAL = "personal", "Personal data"
    SENSITIVE = "sensitive", "Sensitive personal data"


class Labelling(Choice):
    NOT_NEEDED = "not_needed", "Labels come with it"
    IN_HOUSE = "in_house", "In-house"
    OUTSOURCED = "outsourced", "Outsourced"
    CROWD = "crowd", "Crowd"


class QualityRating(Choice):
    """StatCan's scale of quality, from 0 to 3."""

    GOOD = "3", "3 meets the need"
    USABLE = "2", "2 usable"
    DOUBTFUL = "1", "1 doubtful"
    POOR = "0", "0 not fit"


class LegalBasis(Choice):
    """Lawful bases of the GDPR, Article 6."""

    NOT_NEEDED = "not_needed", "None needed: no personal data"
    CONSENT = "consent", "Consent"
    CONTRACT = "contract", "Contract"
    OBLIGATION = "obligation", "Legal obligation"
    VITAL = "vital", "Vital interests"
    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE = "legitimate", "Legitimate interests"


class MayUse(Choice):
    """Whether a source may be used for this purpose, and on what ground."""

    OURS = "ours", "Yes, ours"
    CONTRACT = "contract", "Yes, by contract"
    LICENCE = "licence", "Yes, by licence"
    CONSENT = "consent", "Yes, with consent"
    NOT_ALLOWED = "not_allowed", "No, not for this"


class Divisible(Choice):
    PART = "part", "Any part of it"
    WHOLE = "whole", "Only the whole"


class Source(Record):
    """One way of obtaining data."""

    name: Text = text("Source", core=True, example="Log of deliveries")
    origin: Origin | None = ask("How we get it", core=True)
    amount: Number | None = ask("Amount", core=True, ge=0, example="1,000")
    unit: Text = text("Unit", core=True, example="deliveries")
    cost: Minor | None = ask("Cost", "All of it, for the whole amount; 0 where it is free.", core=True, ge=0, example="10,000")
    days: Whole | None = ask(
        "Days to obtain", "The forgotten column: how long until it can be used.", core=True, unit="days", ge=0, le=10_000
    )
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    divisible: Divisible | None = ask("Can be had in part", "Decides what a plan may take from it.")
    fixed_cost: Minor | None = ask("Fixed part of the cost", "Due whatever the amount: a contract, a tool.", ge=0)
    minimum_order: Number | None = ask("Least amount", "The smallest amount that can be had.", ge=0)
    lead_days: Whole | None = ask(
        "Days until the first arrives", "Empty: all of it arrives at the end.", unit="days", ge=0, le=10_000
    )
    usefulness: Number | None = ask(
        "Usefulness of one unit", "100 % when one unit helps as much as one of our own.", unit="%", ge=0, le=100
    )
    shares_with: Text = text("Needs the same people as", "Sources with the same word here cannot run at the same time.")
    quality: Quality | None = ask("Quality")
    accuracy: QualityRating | None = ask("Accuracy", "Right, complete, without outliers or duplicates.")
    timeliness: QualityRating | None = ask("Timeliness", "Recent enough, and renewed in time.")
    accessibility: QualityRating | None = ask("Accessibility", "Can be had and understood without its makers.")
    interpretability: QualityRating | None = ask("Interpretability", "Its meaning is written down.")
    coherence: QualityRating | None = ask("Coherence", "Agrees with itself, over time and with other sources.")
    privacy: Privacy | None = ask("Privacy")
    owner: Text = text("Who to ask")
    may_use: MayUse | None = ask("May we use it?")
    rights: LongText = text("Rights and regulation", "What allows it for this purpose, and who approves.")
    legal_basis: LegalBasis | None = ask("Legal basis", "For personal data: what allows its use.")
    retention: Text = text("Kept until", example="24 months after collection")
    labelling: Labelling | None = ask("Labelling route")
    qualified: Text = text("Who is qualified to label", example="Any dispatcher")
    contents: LongText = text("What one row or item is")
    refresh: Text = text("How often it is renewed")
    join_key: Text = text("Joined by", "A reliable identifier, if it must be joined.")
    stored_where: Text = text("Where it lies")
    known_bias: LongText = text("Known gaps or bias", "Who or what is missing.")
    recent_change: LongText = text("What changed in its collection in the last two years")
    provenance: LongText = text("Where it comes from and what was done to it")
    meta_data: LongText = text("Meta-data that comes with it", example="Time, device, who labelled it, version of the guide")

    @property
    def unit_cost(self) -> float | None:
        """Cost in minor units per unit of amount; None when either is not known or the amount is (nearly) zero."""
        per_unit = None if self.cost is None or not self.amount else self.cost / self.amount
        return None if per_unit is None or math.isinf(per_unit) else per_unit


class EdgeCase(Record):
    """A case on which people differ, and the label they agreed on."""

    case: LongText = text("Case", core=True, example="Handed to a neighbour")
    label: Text = text("Agreed label", core=True, example="Counts as delivered")
    decided_by: Text = text("Agreed by", tabled=True)
    reason: LongText = text("Why")


class Pipeline(Record):
    """A step from raw data to what the model sees."""

    step: Text = text("Step", core=True, example="Join orders with the log of the vans")
    reads_sources: tuple[Link, ...] = links("Reads these sources", tabled=True, refers_to="data_sources.sources")
    reads_steps: tuple[Link, ...] = links("Reads what these steps make", tabled=True, refers_to="data_sources.pipelines")
    makes: Text = text("Makes", tabled=True, example="One line per delivery")
    breaks: LongText = text("What breaks in it", core=True, example="A van without signal writes its stops a day late")
    monitors: tuple[Link, ...] = links(
        "Which monitor sees it", "What is watched after launch and would tell.", core=True, refers_to="rollout.monitors"
    )
    downstream: LongText = text(
        "What changes downstream", "Who must act, and what must be trained anew, when this step changes.", tabled=True
    )
    poc_how: Text = text("How the proof of concept does it", tabled=True, example="By hand, with notes")
    replicable: YesNo | None = ask("Must be replicable", "From the milestone named, the step runs alike every time.", core=True)
    from_milestone: Link = text("From the milestone on", tabled=True, refers_to="milestones.milestones")
    owner: Text = text("Owner", tabled=True)
    lineage: LongText = text("What it records of each run", example="Input, version of the code, output, time")


class Way(Choice):
    COLLECT = "collect", "Collect more of it"
    AUGMENT = "augment", "Change what we have"
    SYNTHESISE = "synthesise", "Make it up"
    CLEAN = "clean", "Clean what we have"


class Addition(Record):
    """Data to be added for a group on which the model does poorly and people do well."""

    what: Text = text("What exactly", core=True, example="Deliveries to new streets, noted for two weeks")
    group: Link = text("For the group", core=True, refers_to="feasibility.slices")
    way: Way | None = ask("How", core=True)
    realistic: YesNo | None = ask("Is it like what the model will meet?", core=True)
    people_do_well: YesNo | None = ask("Do people still do it well?", core=True)
    fails_today: YesNo | None = ask("Does the model fail on it today?", core=True)
    tells_apart: LongText = text("What lets people tell the answer from it")
    amount: Number | None = ask("Amount", tabled=True, ge=0, example="500")
    unit: Text = text("Unit", tabled=True, example="deliveries")
    cost: Minor | None = ask("Cost", "In no sum: what is bought stands among the sources.", tabled=True, ge=0)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    days: Whole | None = ask("Days to make", unit="days", tabled=True, ge=0, le=10_000)


class LearningPoint(Record):
    """The error that was reached with one amount of training data."""

    size: Number | None = ask("Amount of training data", core=True, ge=0)
    error: Number | None = ask("Error", "Wrong cases of all cases.", core=True, unit="%", ge=0, le=100)
    measured_on: date | None = ask("Measured on", tabled=True)
    source: Text = text("Measured how", tabled=True)

    @property
    def title(self) -> str:
        return "Not measured yet" if self.size is None else f"{self.size:g} in training"


class Report(Measurement):
    """The profile of a file that belongs to a source."""

    source: Link = text("Source", refers_to="data_sources.sources")


class DataSources(Fields):
    """Definition of the data, and the inventory."""

    input_x: LongText = text(
        "What exactly does it see",
        core=True,
        example="One delivery: order, address, weekday, as known the evening before",
        topic="definition",
    )
    target_y: LongText = text(
        "What exactly does it predict",
        core=True,
        example="Came back, or not; unclear cases are left out",
        topic="definition",
    )
    label_rule: LongText = text(
        "How labellers stay consistent",
        "The rule for cases on which people differ.",
        core=True,
        example="A neighbour counts as delivered; two people per case, differences go to Ben",
        topic="definition",
    )
    edge_cases: LongText = text("Known edge cases and their agreed label", topic="definition")
    uncertain_class: YesNo | None = ask("May labellers say that a case is unclear?", topic="labels")
    labels_per_item: Whole | None = ask("Labels per item", ge=1, le=100, topic="labels")
    items_to_label: Whole | None = ask("Items to label", ge=0, topic="labels")
    minutes_per_item: Number | None = ask("Minutes for one label", unit="minutes", ge=0, topic="labels")
    label_rate: Minor | None = ask("Cost of an hour of labelling", ge=0, topic="labels")
    agreement_target: Number | None = ask("Agreement to reach", unit="%", ge=0, le=100, topic="labels")
    wanted_amount: Number | None = ask("Amount wanted", ge=0, example="1,000", topic="plan")
    wanted_unit: Text = text("Unit of it", example="deliveries", topic="plan")
    budget: Minor | None = ask("Budget for data", ge=0, topic="plan")
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True, topic="plan")
    wanted_days: Whole | None = ask(
        "Days until it is needed", "Ask how much can be had in these days.", unit="days", ge=0, le=10_000, topic="plan"
    )
    loop_days: Number | None = ask(
        "Days of one round", "Training once and looking at the errors once.", unit="days", ge=0, le=1_000, topic="plan"
    )
    target_error: Number | None = ask("Error to reach", "Wrong cases of all cases.", unit="%", ge=0, le=100, topic="curve")
    examples: Whole | None = ask("Examples in all", ge=0, topic="split")
    positive_share: Number | None = ask("Share of the rarer class", unit="%", ge=0, le=100, topic="split")
    train_share: Number | None = ask("For training", unit="%", ge=0, le=100, topic="split")
    dev_share: Number | None = ask("For development", unit="%", ge=0, le=100, topic="split")
    test_share: Number | None = ask("For the test", unit="%", ge=0, le=100, topic="split")
    split_plan: LongText = text(
        "How training, development and test sets are split", example="By customer; small sets balanced by class", topic="split"
    )
    keeps_labeller: YesNo | None = ask("Keep who labelled it", "A number in place of a name will do.", topic="kept")
    keeps_time: YesNo | None = ask("Keep when it came to be and when it was labelled", topic="kept")
    keeps_device: YesNo | None = ask("Keep the device and its version", topic="kept")
    keeps_place: YesNo | None = ask("Keep the place: shop, factory, line or region", topic="kept")
    keeps_rule: YesNo | None = ask("Keep the version of the rule for labels", topic="kept")
    keeps_code: YesNo | None = ask("Keep the version of each step that made it", topic="kept")
    keeps_origin: YesNo | None = ask("Keep the source and what allows its use", topic="kept")
    metadata: LongText = text(
        "Meta-data kept beside these", example="Weather, kind of customer, how the case was chosen", topic="kept"
    )
    lineage: LongText = text("How steps and origins are recorded", topic="production")
    production: LongText = text(
        "What must be replicable before production", "Proof of concept may be manual; take notes.", topic="production"
    )
    sources: tuple[Source, ...] = records(
        "Data sources",
        "source",
        "List every place the data could come from: owned, bought, labelled, wished for. Rough numbers are fine.",
    )
    cases: tuple[EdgeCase, ...] = records(
        "Edge cases",
        "edge case",
        "Collect cases on which labellers differ, and agree on one label for each.",
        needed=False,
    )
    pipelines: tuple[Pipeline, ...] = records(
        "Steps of the data pipeline",
        "step",
        "List the steps from a source to what the model sees: what each reads and makes, what breaks in it, who would notice.",
        needed=False,
    )
    additions: tuple[Addition, ...] = records(
        "Data to add",
        "addition",
        "For a group that the model does poorly and people do well: collect, change, make up or clean data.",
        needed=False,
    )
    learning_points: tuple[LearningPoint, ...] = records(
        "Learning curve",
        "reading",
        "Train with a half, a quarter and less of the data, and note the errors: five sizes tell whether more data helps.",
        needed=False,
    )
    reports: tuple[Report, ...] = records(
        "Reports on files",
        "report",
        "No file has been profiled yet.",
        needed=False,
        machine=True,
    )


def total_cost(data: DataSources) -> dict[str, int]:
    """The known costs by currency, in minor units. Sources without a cost are left out; see `unpriced`."""
    totals: dict[str, int] = {}
    for source in data.sources:
        if source.cost is not None:
            totals[source.currency] = totals.get(source.currency, 0) + source.cost
    return totals


def unpriced(data: DataSources) -> int:
    """How many sources have no cost yet."""
    return sum(source.cost is None for source in data.sources)


def total_amount(data: DataSources) -> dict[str, float]:
    """The known amounts by unit (case and blanks ignored; the first spelling is kept)."""
    spelling: dict[str, str] = {}
    totals: dict[str, float] = {}
    for source in data.sources:
        if source.amount is not None:
            unit = spelling.setdefault(source.unit.strip().casefold(), source.unit.strip())
            totals[unit] = totals.get(unit, 0) + source.amount
    return totals


def _review_tenfold(data: DataSources) -> list[Finding]:
    """The slides' guard: do not increase data by more than ten times at once."""
    owned: dict[str, float] = {}
    for s in data.sources:
        if s.origin is Origin.OWNED and s.amount:
            owned[s.unit.strip().casefold()] = owned.get(s.unit.strip().casefold(), 0) + s.amount
    return [
        advice(
            "data_sources.tenfold",
            f"“{short(s.title, 60)}” is more than ten times what you own. Take a part first and look at the errors before buying the rest.",
            s.id,
        )
        for s in data.sources
        if s.amount and s.origin is not Origin.OWNED and s.amount > 10 * owned.get(s.unit.strip().casefold(), s.amount)
    ]


def _review_source(s: Source) -> list[Finding]:
    """What one row says against itself."""
    name = f"“{short(s.title, 60)}”"
    findings = []
    if s.cost is not None and s.fixed_cost is not None and s.fixed_cost > s.cost:
        findings.append(
            advice("data_sources.fixed_cost", f"{name}: the fixed part is larger than the whole cost. Correct one of them.", s.id)
        )
    if s.amount is not None and s.minimum_order is not None and s.minimum_order > s.amount:
        findings.append(
            advice("data_sources.minimum", f"{name}: the least amount is larger than all there is. Correct one of them.", s.id)
        )
    if s.days is not None and s.lead_days is not None and s.lead_days > s.days:
        findings.append(
            advice("data_sources.lead", f"{name}: the first of it cannot arrive after all of it. Correct one of them.", s.id)
        )
    return findings


def _review_plan(data: DataSources) -> list[Finding]:
    findings = [
        advice(
            "data_sources.from_milestone", f"Say from which milestone on “{short(p.title, 60)}” must run alike every time.", p.id
        )
        for p in data.pipelines
        if p.replicable is YesNo.YES and not p.from_milestone
    ]
    findings += [
        advice("data_sources.unread", f"Say what “{short(p.title, 60)}” reads, so that its data is traced to a source.", p.id)
        for p in data.pipelines
        if p.step.strip() and not (p.reads_sources or p.reads_steps)
    ]
    findings += [
        advice("data_sources.case_label", f"Agree on a label for “{short(c.title, 60)}”.", c.id)
        for c in data.cases
        if c.case.strip() and not c.label.strip()
    ]
    return findings


def review(data: DataSources) -> list[Finding]:
    """Rows that agree with themselves; a definition that labellers can follow."""
    findings = []
    for s in data.sources:
        findings += _review_source(s)
    if not data.input_x.strip():
        findings.append(advice("data_sources.input", "Say what it sees: what exactly is there when the prediction is made?"))
    if not data.label_rule.strip():
        findings.append(advice("data_sources.label_rule", "Write a rule for the cases on which labellers differ."))
    return findings + _review_plan(data) + _review_tenfold(data)


SECTION = SectionOf(
    slug="data_sources",
    title="Data sources",
    icon="database",
    question="What data can we get?",
    why="Every source with amount, cost and time. Ask how much you can get in a few days, not how long for millions.",
    good="“Log of deliveries: 40,000, free, 3 days; 1,000 of them checked by two people: $600, 5 days.”",
    poor="“We have lots of data.” How much of it, in which state, and may we use it?",
    model=DataSources,
    review=review,
)
