"""Data sources: what data can be had, how much of it, at what cost, in what time."""

from __future__ import annotations

import math

from scoping.currency import Currency
from scoping.section import (
    Choice,
    Fields,
    Finding,
    LongText,
    Minor,
    Number,
    Record,
    Section,
    Text,
    Whole,
    advice,
    ask,
    blocker,
    records,
    short,
    text,
)


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


class Source(Record):
    """One way of obtaining data."""

    name: Text = text("Source", core=True, example="Crowdsourced reading")
    origin: Origin | None = ask("How we get it", core=True)
    amount: Number | None = ask("Amount", core=True, ge=0, example="1,000")
    unit: Text = text("Unit", core=True, example="hours")
    cost: Minor | None = ask("Cost", "All of it, for the whole amount; 0 where it is free.", core=True, ge=0, example="10,000")
    days: Whole | None = ask(
        "Days to obtain", "The forgotten column: how long until it can be used.", core=True, unit="days", ge=0, le=10_000
    )
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    quality: Quality | None = ask("Quality")
    privacy: Privacy | None = ask("Privacy")
    owner: Text = text("Who to ask")
    rights: LongText = text("Rights and regulation", "May we use it for this purpose? Who approves?")
    labelling: Labelling | None = ask("Labelling route")
    qualified: Text = text("Who is qualified to label", example="Any fluent speaker")
    contents: LongText = text("What one row or item is")
    refresh: Text = text("How often it is renewed")
    join_key: Text = text("Joined by", "A reliable identifier, if it must be joined.")
    stored_where: Text = text("Where it lies")
    known_bias: LongText = text("Known gaps or bias", "Who or what is missing.")
    recent_change: LongText = text("What changed in its collection in the last two years")

    @property
    def unit_cost(self) -> float | None:
        """Cost in minor units per unit of amount; None when either is not known or the amount is (nearly) zero."""
        per_unit = None if self.cost is None or not self.amount else self.cost / self.amount
        return None if per_unit is None or math.isinf(per_unit) else per_unit


class DataSources(Fields):
    """Definition of the data, and the inventory."""

    input_x: LongText = text(
        "What exactly is the input x", core=True, example="One spoken query, 1 to 8 seconds, 16 kHz, trimmed to 0.3 s of silence"
    )
    target_y: LongText = text(
        "What exactly is the target y", core=True, example="The words as spoken; unclear words as [unintelligible]"
    )
    label_rule: LongText = text(
        "How labellers stay consistent",
        "The rule for cases on which people differ.",
        core=True,
        example="Write “um” with one m and a comma; two labellers per clip, differences go to Ben",
    )
    edge_cases: LongText = text("Known edge cases and their agreed label")
    split_plan: LongText = text(
        "How training, development and test sets are split", example="By speaker; small sets balanced by class"
    )
    metadata: LongText = text("Meta-data kept from the first day", example="Phone model, labeller, version of the silence cutter")
    lineage: LongText = text("How steps and origins are recorded")
    production: LongText = text("What must be replicable before production", "Proof of concept may be manual; take notes.")
    sources: tuple[Source, ...] = records(
        "Data sources",
        "source",
        "List every place the data could come from: owned, bought, labelled, wished for. Rough numbers are fine.",
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


def review(data: DataSources) -> list[Finding]:
    """At least one source with amount, cost and time; a definition that labellers can follow."""
    found = []
    if not data.sources:
        found.append(blocker("data_sources.none", "List at least one data source."))
    for s in data.sources:
        missing = [word for name, word in (("amount", "amount"), ("cost", "cost"), ("days", "time")) if getattr(s, name) is None]
        if missing and s.origin is not Origin.WISHED:
            found.append(
                advice(
                    "data_sources.missing",
                    f"“{short(s.title, 60)}”: {' and '.join(missing)} not known yet. A rough number is enough.",
                    s.id,
                )
            )
        if s.privacy is None:
            found.append(advice("data_sources.privacy", f"Say whether “{short(s.title, 60)}” holds personal data.", s.id))
        if s.privacy in (Privacy.PERSONAL, Privacy.SENSITIVE) and not s.rights.strip():
            found.append(
                blocker(
                    "data_sources.rights",
                    f"“{short(s.title, 60)}” holds personal data. Say what allows its use and who approved it.",
                    s.id,
                )
            )
    if data.sources and not any(s.amount for s in data.sources):
        found.append(blocker("data_sources.no_amount", "No source has an amount yet. Estimate at least one."))
    if not data.input_x.strip():
        found.append(advice("data_sources.input", "Define the input x: what exactly is there when the prediction is made?"))
    if not data.target_y.strip():
        found.append(blocker("data_sources.target", "Define the target y so that two people would label the same case alike."))
    if not data.label_rule.strip():
        found.append(advice("data_sources.label_rule", "Write a rule for the cases on which labellers differ."))
    return found + _review_tenfold(data)


SECTION = Section(
    slug="data_sources",
    title="Data sources",
    icon="database",
    question="What data can we get?",
    why="Every source with amount, cost and time. Ask how much you can get in a few days, not how long for millions.",
    good="“Crowdsourced reading: 1,000 hours, $10,000, 14 days, any fluent speaker labels.”",
    poor="“We have lots of data.” How much of it, in which state, and may we use it?",
    model=DataSources,
    review=review,
)
