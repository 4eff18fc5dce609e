"""Value: metrics that both sides accept, from what is trained to what is earned, and what it brings and costs."""

from __future__ import annotations

from datetime import date

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


class Acceptance(Choice):
    ACCEPTS = "accepts", "Can live with it"
    OBJECTS = "objects", "Objects"


class LinkEvidence(Choice):
    GUESS = "guess", "Guess"
    ESTIMATE = "estimate", "Estimate from other cases"
    MEASURED = "measured", "Measured here"


class Period(Choice):
    ONCE = "once", "once"
    MONTH = "month", "per month"
    YEAR = "year", "per year"


class CostKind(Choice):
    BUILD = "build", "Build"
    DATA = "data", "Data and labelling"
    RUN = "run", "Run"
    PEOPLE = "people", "People"
    OTHER = "other", "Other"


class Rung(Record):
    """One metric on the ladder from training to business."""

    order: Whole | None = ask(
        "Rung", "1 is what the engineer trains, the highest is what the business earns.", core=True, ge=1, le=99
    )
    metric: Text = text("Metric", core=True, example="Words recognised correctly")
    unit: Text = text("Unit", tabled=True, example="%")
    current: Number | None = ask("Now", core=True)
    target: Number | None = ask("Target", core=True)
    technical: Acceptance | None = ask("Technical side", "Can both sides live with this metric?", core=True)
    business: Acceptance | None = ask("Business side", core=True)
    low: Number | None = ask("One unit of the rung below moves this by: at least", "A guess with a range is better than none.")
    likely: Number | None = ask("One unit of the rung below moves this by: most likely")
    high: Number | None = ask("One unit of the rung below moves this by: at most")
    evidence: LinkEvidence | None = ask("How we know the link")
    technical_by: Text = text("For the technical side")
    technical_on: date | None = ask("Technical side, on")
    technical_reservation: LongText = text("Technical reservation")
    business_by: Text = text("For the business side")
    business_on: date | None = ask("Business side, on")
    business_reservation: LongText = text("Business reservation")


class Amount(Record):
    """Money as a range, because a single number hides how little is known."""

    name: Text = text("What", core=True, example="More completed searches")
    low: Minor | None = ask("At least", core=True)
    likely: Minor | None = ask("Most likely", core=True)
    high: Minor | None = ask("At most", core=True)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    period: Period | None = ask("How often", core=True)
    evidence: LinkEvidence | None = ask("How we know")
    source: Text = text("Source")


class Benefit(Amount):
    """What the project brings."""

    accrues_to: Text = text("Who gains")


class Cost(Amount):
    """What the project costs."""

    kind: CostKind | None = ask("Kind of cost")


class Value(Fields):
    """Metric ladder, benefits and costs."""

    minimum_improvement: LongText = text(
        "The smallest improvement that makes it worthwhile",
        core=True,
        example="Failed searches down from 21 % to 16 %",
    )
    guardrails: LongText = text(
        "What must not get worse", "Metrics that stand guard.", core=True, example="Answer time, complaints"
    )
    measured_how: LongText = text("How the gain will be shown", core=True, example="A/B test on 5 % of drivers for two weeks")
    cost_of_error: LongText = text(
        "What a wrong output costs", example="A driver repeats the query; a wrong call is rare but annoying"
    )
    horizon_years: Whole | None = ask("Years to count", unit="years", ge=1, le=30)
    rungs: tuple[Rung, ...] = records(
        "Metric ladder",
        "rung",
        "Start with the metric the engineers train, end with what the business earns, and put steps between.",
    )
    benefits: tuple[Benefit, ...] = records(
        "Benefits", "benefit", "Write down what it brings, as a range: a Fermi estimate will do."
    )
    costs: tuple[Cost, ...] = records("Costs", "cost", "Write down what it takes to build and to run, as a range.")


def ladder(value: Value) -> tuple[Rung, ...]:
    """The rungs from training metric to business metric; those without a number come last."""
    return tuple(sorted(value.rungs, key=lambda r: (r.order is None, r.order or 0)))


def _review_range(part: str, row: Rung | Amount) -> list[Finding]:
    known = [v for v in (row.low, row.likely, row.high) if v is not None]
    if known != sorted(known):
        return [
            blocker(
                f"value.{part}_range",
                f"“{short(row.title, 60)}”: at least, most likely and at most are not in ascending order.",
                row.id,
            )
        ]
    return []


def _review_acceptance(rung: Rung) -> list[Finding]:
    """Both sides accept, by name: a yes of nobody in particular binds nobody."""
    says = {"technical": rung.technical, "business": rung.business}
    name = short(rung.title, 60)
    if objecting := [side for side, opinion in says.items() if opinion is Acceptance.OBJECTS]:
        who = "Both sides object" if len(objecting) == 2 else f"The {objecting[0]} side objects"
        return [blocker("value.objection", f"{who} to “{name}”. Find a metric both can live with.", rung.id)]
    if silent := [side for side, opinion in says.items() if opinion is None]:
        who = "both sides whether they" if len(silent) == 2 else f"the {silent[0]} side whether it"
        return [advice("value.not_accepted", f"Ask {who} can live with “{name}”.", rung.id)]
    if unsigned := [side for side in says if not getattr(rung, f"{side}_by").strip()]:
        who = "each side" if len(unsigned) == 2 else f"the {unsigned[0]} side"
        return [advice("value.accepted_by", f"Note who accepted “{name}” for {who}.", rung.id)]
    return []


def review(value: Value) -> list[Finding]:
    """A ladder both sides accept, ranges in order, a floor and guardrails."""
    found = []
    if not value.rungs:
        found.append(blocker("value.no_ladder", "Name the metrics from training to business that both sides will look at."))
    elif len(value.rungs) < 2:
        found.append(advice("value.short_ladder", "A ladder needs at least two rungs: what is trained and what is earned."))
    for rung in value.rungs:
        found += _review_range("link", rung)
        found += _review_acceptance(rung)
    for amount in (*value.benefits, *value.costs):
        found += _review_range("amount", amount)
    if not value.benefits:
        found.append(blocker("value.no_benefit", "Estimate at least one benefit as a range."))
    if not value.costs:
        found.append(advice("value.no_cost", "Estimate what it costs to build and to run."))
    if not value.minimum_improvement.strip():
        found.append(advice("value.minimum", "Agree on the smallest improvement that would be worth the effort."))
    return found


SECTION = Section(
    slug="value",
    title="Value",
    icon="payments",
    question="Is it worth it?",
    why="Both sides leave their comfort zone and agree on metrics, from what is trained to what is earned.",
    good="“One point of word accuracy moves query accuracy by 0.6 to 1.1 points”: a range with its evidence.",
    poor="“It will increase revenue.” By how much, seen where, and who said so?",
    model=Value,
    review=review,
)
