"""Value: metrics that both sides accept, from what is trained to what is earned, and what it brings and costs."""

from __future__ import annotations

from datetime import date

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.numbers.shapes import Shape
from scoping.section import Choice, Fields, Link, LongText, Minor, Number, Record, SectionOf, Text, Whole, ask, records, text
from scoping.words import short


class Acceptance(Choice):
    ACCEPTS = "accepts", "Can live with it"
    OBJECTS = "objects", "Has a reservation"


class Level(Choice):
    """From what is trained up to what is earned."""

    MODEL = "model", "The model does"
    SOFTWARE = "software", "The software does"
    PEOPLE = "people", "People do"
    BUSINESS = "business", "The business sees"
    COMPANY = "company", "The company feels"


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


class LinkedCosts(Choice):
    NONE = "none", "Nothing else: all costs stand here"
    DATA = "data", "The costs of data sources"
    MILESTONES = "milestones", "The money of milestones"
    BOTH = "both", "Both; they do not overlap"


class Rung(Record):
    """One metric on the ladder from training to business."""

    metric: Text = text("Metric", core=True, example="Returns foreseen")
    level: Level | None = ask("Where it shows", core=True)
    order: Whole | None = ask(
        "Place on the ladder", "1 is what the engineer trains; it rises to what the company earns.", tabled=True, ge=1, le=99
    )
    unit: Text = text("Unit", tabled=True, example="%")
    current: Number | None = ask("Now", core=True)
    target: Number | None = ask("Target", core=True)
    technical: Acceptance | None = ask("Technical side", "Can both sides live with this metric?", core=True)
    business: Acceptance | None = ask("Business side", core=True)
    below: Link = text(
        "Rests on",
        "The metric that moves this one. Leave empty for the one with the next lower place.",
        refers_to="value.rungs",
    )
    low: Number | None = ask("One unit of the step below moves this by: at least", "A guess with a range is better than none.")
    likely: Number | None = ask("One unit of the step below moves this by: most likely")
    high: Number | None = ask("One unit of the step below moves this by: at most")
    shape: Shape | None = ask("Within the range", "Leave empty for: mostly near the most likely value.")
    evidence: LinkEvidence | None = ask("How we know the link")
    source: Text = text("Source of the link", example="Trial with half of the vans, May")
    technical_by: Text = text("For the technical side")
    technical_on: date | None = ask("Technical side, on")
    technical_reservation: LongText = text("What the technical side says")
    business_by: Text = text("For the business side")
    business_on: date | None = ask("Business side, on")
    business_reservation: LongText = text("What the business side says")


class Amount(Record):
    """Money as a range, because a single number hides how little is known."""

    name: Text = text("What", core=True, example="Fewer second trips")
    low: Minor | None = ask("At least", core=True)
    likely: Minor | None = ask("Most likely", core=True)
    high: Minor | None = ask("At most", core=True)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    period: Period | None = ask("How often", core=True)
    evidence: LinkEvidence | None = ask("How we know", core=True)
    source: Text = text("Source")
    shape: Shape | None = ask("Within the range", "Leave empty for: mostly near the most likely value.")
    starts_month: Whole | None = ask("Starts after", "Leave empty for the first day.", unit="months", ge=0, le=360)
    ramp_months: Whole | None = ask(
        "Grows to its full size within", "In equal steps; empty for at once.", unit="months", ge=0, le=360
    )
    lasts_months: Whole | None = ask(
        "Lasts for", "Leave empty for: until the end of the years counted.", unit="months", ge=1, le=360
    )
    cause: Text = text(
        "Rises and falls with", "A common cause: amounts that name the same one move together.", example="Order volume"
    )
    pull: Number | None = ask(
        "How strongly the cause moves it", "From −1 (opposite) over 0 (not at all) to 1 (entirely).", ge=-1, le=1, example="0.7"
    )
    solution: Link = text("Only for the idea", "To compare ideas. Leave empty for the chosen one.", refers_to="solutions.solutions")


class Benefit(Amount):
    """What the project brings."""

    rung: Link = text(
        "For each unit of the step",
        "If set, the amount counts once for every unit by which this metric improves. Leave empty for an amount in all.",
        refers_to="value.rungs",
    )
    starts_month: Whole | None = ask(
        "Starts after",
        "Leave empty for: once the plan has delivered, which is when the last launch is due.",
        unit="months",
        ge=0,
        le=360,
    )
    accrues_to: Text = text("Who gains")


class Cost(Amount):
    """What the project costs."""

    kind: CostKind | None = ask("Kind of cost")


class Stake(Record):
    """A decision that the model makes or supports, and what being right and wrong is worth."""

    name: Text = text("Decision", core=True, example="Block a payment")
    cases_per_month: Whole | None = ask("Cases decided per month", core=True, ge=0, example="90,000")
    positive_share: Number | None = ask(
        "Share of positive cases", "How many of them are what you look for.", core=True, unit="%", ge=0, le=100, example="0.2"
    )
    value_tp: Minor | None = ask("Each positive found brings", core=True, example="120")
    cost_fp: Minor | None = ask("Each false alarm costs", core=True, ge=0, example="3")
    cost_fn: Minor | None = ask("Each positive missed costs", "Besides what finding it would have brought.", core=True, ge=0)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    cost_per_case: Minor | None = ask("Running the model costs per case", ge=0)
    cost_per_error: Minor | None = ask("If it predicts a number: each unit of error costs", "Per case, over or under.", ge=0)
    average_error: Number | None = ask("If it predicts a number: average error expected", ge=0)
    average_error_today: Number | None = ask("If it predicts a number: average error today", ge=0)
    source: Text = text("Source")


class OperatingPoint(Record):
    """How precision and recall go together at one threshold, measured on held-out cases."""

    name: Text = text("Setting", core=True, example="Threshold 0.6")
    stake: Link = text("For the decision", "Leave empty for the first one.", refers_to="value.stakes")
    precision: Number | None = ask("Precision", "Of the cases flagged, the share that is right.", core=True, unit="%", ge=0, le=100)
    recall: Number | None = ask("Recall", "Of the cases there are, the share that is flagged.", core=True, unit="%", ge=0, le=100)
    source: Text = text("Source", tabled=True, example="Check of 3 May, 2,000 cases kept aside")


class Rate(Record):
    """What another currency is worth."""

    foreign: Currency | None = ask("Currency", core=True)
    rate: Number | None = ask("One unit of it in the project's currency", core=True, ge=0, example="1.09")
    as_of: date | None = ask("As of", tabled=True)
    source: Text = text("Source", tabled=True)


class Realised(Record):
    """What was earned or saved in fact, after launch."""

    benefit: Link = text("Benefit", core=True, refers_to="value.benefits")
    month: date | None = ask("Month", "Any day of it.", core=True)
    amount: Minor | None = ask("Amount in that month", core=True)
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    source: Text = text("Source", tabled=True, example="Finance report, July")


class Value(Fields):
    """Metric ladder, benefits and costs, errors, and what came of it."""

    minimum_improvement: LongText = text(
        "The smallest improvement that makes it worthwhile",
        core=True,
        example="Returned deliveries down from 21 % to 16 %",
        topic="ladder",
    )
    guardrails: LongText = text(
        "What must not get worse",
        "Numbers that are watched while the others improve.",
        core=True,
        example="Waiting time, complaints",
        topic="ladder",
    )
    measured_how: LongText = text(
        "How the gain will be shown", core=True, example="Trial with 5 % of the deliveries for two weeks", topic="ladder"
    )
    cost_of_error: LongText = text(
        "What a wrong output costs",
        example="A needless call; a missed one costs a second trip",
        topic="mistakes",
    )
    horizon_years: Whole | None = ask(
        "Years to count",
        "Benefits and costs after that are left out. Three years are counted while this is empty.",
        ge=1,
        le=30,
        topic="basis",
    )
    discount_rate: Number | None = ask(
        "Discount rate",
        "What money in a year is worth less than today. Zero while this is empty.",
        unit="%",
        ge=0,
        le=100,
        example="8",
        topic="basis",
    )
    linked_costs: LinkedCosts | None = ask(
        "Costs counted besides those below",
        "Amounts entered in other steps are linked, not typed again. What you typed here must not stand there too.",
        topic="basis",
    )
    rungs: tuple[Rung, ...] = records(
        "Ladder",
        "step",
        "Start with the metric the engineers train, end with what the business earns, and put steps between.",
    )
    benefits: tuple[Benefit, ...] = records(
        "Benefits", "benefit", "Write down what it brings, as a range: a Fermi estimate will do."
    )
    costs: tuple[Cost, ...] = records("Costs", "cost", "Write down what it takes to build and to run, as a range.")
    stakes: tuple[Stake, ...] = records(
        "What being right or wrong is worth",
        "decision",
        "For each decision of the model: what a hit brings, what a false alarm and a miss cost.",
        needed=False,
        layout="cards",
    )
    operating_points: tuple[OperatingPoint, ...] = records(
        "Operating points",
        "operating point",
        "Note precision and recall at a few thresholds to see what each is worth.",
        needed=False,
    )
    rates: tuple[Rate, ...] = records(
        "Exchange rates", "rate", "Needed only where amounts are in more than one currency.", needed=False
    )
    realised: tuple[Realised, ...] = records(
        "Realised value", "month", "After launch: note month by month what each benefit brought in fact.", needed=False
    )


def ladder(value: Value) -> tuple[Rung, ...]:
    """The rungs from training metric to business metric; those without a place come last."""
    return tuple(sorted(value.rungs, key=lambda r: (r.order is None, r.order or 0)))


def is_ordered(row: Rung | Amount) -> bool:
    """Whether what is known of a range ascends."""
    known = [v for v in (row.low, row.likely, row.high) if v is not None]
    return known == sorted(known)


def _review_acceptance(rung: Rung) -> list[Finding]:
    """Both sides accept by name: a yes of nobody in particular binds nobody."""
    sides = {"technical": rung.technical, "business": rung.business}
    unsigned = [side for side in sides if not getattr(rung, f"{side}_by").strip()]
    if not unsigned or any(opinion is not Acceptance.ACCEPTS for opinion in sides.values()):
        return []
    who = "each side" if len(unsigned) == 2 else f"the {unsigned[0]} side"
    return [advice("value.accepted_by", f"Note who accepted “{short(rung.title, 60)}” for {who}.", rung.id)]


def review(value: Value) -> list[Finding]:
    """A ladder from training to business, accepted by name, and a floor."""
    findings = []
    if len(value.rungs) == 1:
        findings.append(advice("value.short_ladder", "A ladder needs at least two steps: what is trained and what is earned."))
    for rung in value.rungs:
        findings += _review_acceptance(rung)
    if not value.minimum_improvement.strip():
        findings.append(advice("value.minimum", "Agree on the smallest improvement that would be worth the effort."))
    return findings


SECTION = SectionOf(
    slug="value",
    title="Value",
    icon="payments",
    question="Is it worth it?",
    why="Both sides leave their comfort zone and agree on metrics, from what is trained to what is earned.",
    good="“One point more returns foreseen saves 0.6 to 1.1 points of second trips”: a range with its evidence.",
    poor="“It will increase revenue.” By how much, seen where, and who said so?",
    model=Value,
    review=review,
)


def rates_of(value: Value, currency: str) -> dict[str, float]:
    """What one unit of each currency is worth in the project's."""
    return {str(r.foreign): r.rate for r in value.rates if r.foreign and r.rate} | {currency: 1.0}
