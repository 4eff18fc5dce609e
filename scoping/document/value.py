"""The chapters on the metric ladder, money, errors, the budget, and what was promised beside what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scoping import currency as money
from scoping.blocks import Block, Facts, Missing, Paragraph
from scoping.document.reader import Column, Reader, as_table, plain_columns, rows_of, short
from scoping.sections.data_sources import total_cost, unpriced
from scoping.sections.value import Acceptance, Amount, Benefit, Cost, LinkedCosts, Rung, ladder
from scoping.words import count, number_words

Range = tuple[int, int, int]


def _totals(amounts: Iterable[Amount]) -> dict[tuple[str, str], Range]:
    """Sums of complete ranges by currency and period; different currencies or periods are never added."""
    totals: dict[tuple[str, str], Range] = {}
    for a in amounts:
        if a.low is not None and a.likely is not None and a.high is not None:
            key = (a.currency, a.period.label if a.period else "")
            low, likely, high = totals.get(key, (0, 0, 0))
            totals[key] = (low + a.low, likely + a.likely, high + a.high)
    return totals


def _incomplete(amounts: Iterable[Amount]) -> int:
    return sum(None in (a.low, a.likely, a.high) for a in amounts)


def metric_ladder(r: Reader) -> list[Block]:
    from scoping.value import ladder_words

    link = Column("One unit of the step below moves it", lambda rung: _link(r, rung), ("low", "likely", "high"))

    def side(name: str, header: str) -> Column:
        names = (f"{name}_by", f"{name}_on", f"{name}_reservation")
        return Column(header, lambda rung: r.joined(rung, *names, by="\n"), names)

    rungs, start = ladder(r.charter.value), ladder_words.start_of(r.worth.ladder)
    return [
        *r.said("value", "minimum_improvement", "guardrails", "measured_how"),
        *_objections(r, rungs),
        *r.entries(
            "value",
            "rungs",
            ("Ladder", ("order", "metric", "level", "current", "target", "technical", "business")),
            ("How one step moves the next", ("metric", "below", link, "shape", "evidence", "source")),
            (
                "Who looked at it, and with which reservations",
                ("metric", side("technical", "Technical side"), side("business", "Business side")),
            ),
            rows=rungs,
        ),
        *(
            rows_of(f"What it means if {start.called} reaches its target", ladder_words.implied(r.worth.ladder, start))
            if start
            else []
        ),
        *([Paragraph(doubt)] if start and (doubt := ladder_words.doubt(r.worth.ladder, start)) else []),
        *r.left_out("value.rungs"),
    ]


def _objections(r: Reader, rungs: Sequence[Rung]) -> list[Block]:
    """Who objects to which metric: what is not settled must not be read over."""
    objections = []
    for rung in rungs:
        for side in ("technical", "business"):
            if getattr(rung, side) is Acceptance.OBJECTS:
                who, why = r.joined(rung, f"{side}_by", f"{side}_on", by=", "), r.words(rung, f"{side}_reservation")
                words = f"{side.capitalize()} side has a reservation" + (f" ({who})" if who else "") + (f": {why}" if why else "")
                objections.append((short(rung.title), words))
    return [Facts(tuple(objections), "Open reservations")] if objections else []


def worth(r: Reader) -> list[Block]:
    from scoping.value import words as value_words

    worth, part = r.worth, r.charter.value
    results = list[Block]()
    if worth.of_chosen.counted:
        results = [
            Facts(tuple(value_words.result(worth))),
            Paragraph(value_words.basis(worth)),
            *rows_of("Beside the alternatives", value_words.alternatives(worth)),
            *rows_of("What moves the result most", value_words.movers(worth)),
            *(
                rows_of("Worth knowing before deciding", value_words.worth_knowing(worth))
                or [Paragraph(value_words.nothing_to_find_out(worth))]
            ),
            *rows_of(value_words.years_title(worth), value_words.year_by_year(worth)),
        ]
    elif part.benefits or part.costs:
        results = [Missing("No amount of the chosen idea can be counted yet, so its value is not known.")]
    return [
        *results,
        *r.said("value", "horizon_years", "discount_rate", "linked_costs"),
        *r.left_out("value.benefits", "value.costs", "data_sources.sources", "milestones.milestones"),
        *_amounts(r, "benefits", "Benefits"),
        *_amounts(r, "costs", "Costs", "kind"),
        *rows_of("Costs counted besides, from other steps", value_words.counted_besides(worth, part.linked_costs)),
        *r.entries("value", "rates", ("Exchange rates", ("foreign", "rate", "as_of", "source"))),
    ]


def _amounts(r: Reader, name: str, title: str, *more: str) -> list[Block]:
    timing = Column("When", _timing, ("starts_month", "ramp_months", "lasts_months"))
    cause = Column("Rises and falls with", _cause, ("cause", "pull"))
    depends = (
        ("name", timing, cause, "shape", "solution") if more else ("name", timing, "rung", cause, "shape", "solution", "accrues_to")
    )
    return r.entries(
        "value",
        name,
        (title, ("name", *more, "low", "likely", "high", "period", "evidence", "source")),
        (f"{title}: when, and what they depend on", depends),
    )


def _timing(row: Amount) -> str:
    starts = f"after {count(row.starts_month, 'month')}" if row.starts_month else ""
    if row.starts_month is None and isinstance(row, Benefit):
        starts = "once the plan has delivered"
    grows = f"grows over {count(row.ramp_months, 'month')}" if row.ramp_months else ""
    lasts = f"for {count(row.lasts_months, 'month')}" if row.lasts_months else ""
    return ", ".join(filter(None, (starts, grows, lasts)))


def _cause(row: Amount) -> str:
    if not row.cause.strip():
        return "" if row.pull is None else number_words(row.pull)
    return row.cause.strip() if row.pull is None else f"{row.cause.strip()} ({number_words(row.pull)})"


def errors(r: Reader) -> list[Block]:
    from scoping.value import words as value_words

    part = r.charter.value
    if not part.stakes:
        return r.said("value", "cost_of_error")
    valued = value_words.valued_points(part)
    others = [p for p in part.operating_points if p.id not in valued]
    outcomes = ("name", "cases_per_month", "positive_share", "value_tp", "cost_fp", "cost_fn", "source")
    return [
        *r.said("value", "cost_of_error"),
        *r.entries("value", "stakes", ("What each outcome of a decision is worth", outcomes)),
        *rows_of("When a decision pays", value_words.decisions(part)),
        *rows_of("What each setting is worth", value_words.points(part)),
        *rows_of("What errors of a number cost", value_words.numbers(part)),
        Paragraph("These figures stand beside that worth and are not part of it."),
        *r.entries(
            "value",
            "operating_points",
            ("Settings without a value", ("name", "stake", "precision", "recall", "source")),
            rows=others,
        ),
    ]


def promised_and_realised(r: Reader) -> list[Block]:
    from scoping.value import words as value_words

    if not r.charter.value.realised:
        return []
    return [
        *rows_of("Promised and realised", value_words.promises(r.charter, r.worth.currency)),
        *r.entries("value", "realised", ("What was noted", ("benefit", "month", "amount", "source"))),
    ]


def _link(r: Reader, rung: Rung) -> str:
    if rung.low is not None and rung.high is not None:
        likely = "" if rung.likely is None else f", most likely {number_words(rung.likely)}"
        return f"by {number_words(rung.low)} to {r.words(rung, 'high')}{likely}"
    known = (("at least", "low"), ("most likely", "likely"), ("at most", "high"))
    return ", ".join(f"{word} {said}" for word, name in known if (said := r.words(rung, name)))


_COUNTED = {
    None: "It is not said which of them overlap, so only the costs under Value are counted there, and nothing is added up here.",
    LinkedCosts.NONE: "The worth counts the costs under Value. The others show the same money from other steps and are not added.",
    LinkedCosts.DATA: "The worth counts the costs under Value and the data sources. Milestones show the same money again.",
    LinkedCosts.MILESTONES: "The worth counts the costs under Value and the milestones. Data sources show part of the same money again.",
    LinkedCosts.BOTH: "The worth counts all three; they do not overlap.",
}


def budget(r: Reader) -> list[Block]:
    """The money by step, each row telling where it comes from; views that overlap are never added to each other."""
    ideas = {s.id for s in r.charter.solutions.solutions}
    costs: list[Cost] = [c for c in r.charter.value.costs if c.solution not in ideas or c.solution == r.worth.chosen]
    data, plan = r.charter.data_sources, r.charter.milestones
    rows = []
    for kind in dict.fromkeys(c.kind for c in costs):
        name = kind.label if kind else "Kind not stated"
        for (currency, period), total in _totals([c for c in costs if c.kind is kind]).items():
            rows.append(("Costs (Value)", name, period, *(money.words(m, currency) for m in total)))
    for currency, minor in total_cost(data).items():
        rows.append(("Data sources", "All sources that have a cost", "", "", money.words(minor, currency), ""))
    needed: dict[str, int] = {}
    for m in plan.milestones:
        if m.money is not None:
            needed[m.currency] = needed.get(m.currency, 0) + m.money
    for currency, minor in needed.items():
        rows.append(("Milestones", "Money needed by all milestones", "", "", money.words(minor, currency), ""))
    gaps = (
        (_incomplete(costs), "cost", "without a complete range"),
        (unpriced(data), "data source", "without a cost"),
        (sum(m.money is None for m in plan.milestones), "milestone", "without a sum"),
    )
    left = [f"{count(n, what)} {lack}" for n, what, lack in gaps if n]
    headers = ("Where it comes from", "What", "How often", "At least", "Most likely", "At most")
    if not rows:
        return [Missing("No sum of money is written down yet."), *r.said("milestones", "budget_note")]
    others = len(r.charter.value.costs) - len(costs)
    from scoping.value import words as value_words
    from scoping.value.costs import MEANING

    return [
        *rows_of("What the chosen idea costs, at likely values", value_words.costs_by_kind(r.worth)),
        Paragraph(" ".join((MEANING, *value_words.costs_beside(r.worth, r.charter.value.linked_costs)))),
        Paragraph(value_words.decision_asked(r.charter)),
        *as_table("As it was written down, with its ranges", plain_columns(*headers), rows),
        Paragraph(_COUNTED[r.charter.value.linked_costs]),
        *([Paragraph(f"{count(others, 'cost')} of other ideas left out here.")] if others else []),
        *([Missing(f"Not in these sums: {', '.join(left)}.")] if left else []),
        *r.said("milestones", "budget_note"),
    ]
