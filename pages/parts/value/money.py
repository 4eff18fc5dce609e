"""What the chosen idea is worth: a sentence, one fan from money out to money back, and what both rest on."""

from __future__ import annotations

from collections.abc import Mapping

from pages.parts import charts as parts_charts
from pages.parts import editors, folds, markup, notices
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.blocks import Rows
from scoping.places import Place
from scoping.value import charts, costs, money, simulation, story, valuation
from scoping.value import words as value_words
from scoping.words import count, short

READS = ("value", "project", "solutions", "data_sources", "milestones")
"""The parts that what it is worth is worked out from."""
_EVIDENCE: Mapping[str, tuple[str, markup.Look]] = {
    "measured": ("measured", "yes"),
    "estimate": ("estimate", ""),
    "guess": ("guess", "guess"),
    "": ("not said", "guess"),
}
"""How a row says what it rests on; what nobody said is a guess."""


def show(step: Step) -> None:
    """The result as a sponsor repeats it, with the picture that proves it and the table that backs it."""
    worth, first = valuation.valuation(step.charter), valuation.first_day(step.charter.milestones)
    lists = ("value.benefits", "value.costs", valuation.SOURCES, valuation.MILESTONES)
    titles = step.project.titles
    notices.remarks(p.about(titles[p.ref].get(p.record, "")) for p in worth.problems if p.ref in lists)
    plan = worth.of_chosen
    if not plan.counted:
        markup.show(
            markup.empty("What it is worth stands here as soon as one benefit or cost has an amount and says how often it comes.")
        )
        return
    rough = value_words.is_rough(plan)
    chip = markup.chips([markup.chip(value_words.GUESSES, "guess")]) if rough else ""
    markup.show(
        markup.stack(markup.result(story.sentence(worth, first)), *filter(None, [chip]), markup.facts(story.facts(worth, first)))
    )
    delivered = (worth.delivery.month, _delivered(worth.delivery)) if worth.delivery.due else (0, "")
    seen = valuation.spread_out(plan)
    parts_charts.small(step, "fan", charts.over_time, seen, worth.currency, parts_charts.theme(), first, delivered, rough)
    pieces = [_guess(step, worth), _rows(step, worth, seen), _drivers(step, worth, rough), _costs(step, worth)]
    markup.show(markup.stack(*filter(None, pieces)))


def _delivered(delivery: valuation.Delivery) -> str:
    return short(delivery.milestone, 26) if delivery.due else ""


def rates(step: Step) -> None:
    """Exchange rates, where an amount is in another currency than the project or somebody has noted one."""
    charter = step.charter
    lists = (charter.value.benefits, charter.value.costs, charter.data_sources.sources, charter.milestones.milestones)
    currencies = {row.currency for rows in lists for row in rows}
    if charter.value.rates or currencies - {charter.project.currency}:
        editors.records(step, "rates")


_ELSEWHERE = {valuation.SOURCES: "Data sources", valuation.MILESTONES: "Money of the plan"}
"""Costs of other steps, a row for all of a step: they are single figures that were typed there."""


def _rows(step: Step, worth: valuation.Valuation, seen: simulation.Fan) -> Html:
    """Every benefit and cost on one scale, and what is left."""
    places = {line.input: place for place, line in worth.lines.items()}
    largest = max((max(one.spread.p90, one.likely) for one in seen.lines), default=0.0)
    rows, elsewhere = [], dict.fromkeys(_ELSEWHERE, 0.0)
    for one in seen.lines:
        ref, record = places[one.line.input]
        if ref in elsewhere:
            elsewhere[ref] += one.likely
            continue
        words, look = _EVIDENCE["guess" if one.line.is_guess and one.line.evidence else one.line.evidence]
        bar = markup.range_bar(one.spread.p10, one.likely, one.spread.p90, 0.0, largest, guess=one.line.is_guess)
        amount = story.signed(one.likely, worth.currency, is_cost=one.line.kind is money.Flow.COST, rough=one.line.is_guess)
        rows.append((_link(step, ref, record, short(one.line.name, 120)), bar, amount, markup.chip(words, look)))
    for ref, spent in elsewhere.items():
        if spent:
            amount = story.signed(spent, worth.currency, is_cost=True)
            bar = markup.range_bar(spent, spent, spent, 0.0, largest)
            rows.append((_link(step, ref, "", _ELSEWHERE[ref]), bar, amount, markup.chip("planned")))
    left, is_rough = seen.likely[-1], value_words.is_rough(worth.of_chosen)
    total = ("What is left", Html(""), story.signed(abs(left), worth.currency, is_cost=left < 0, rough=is_rough), Html(""))
    years, rate = value_words.years(worth.of_chosen), worth.plan.yearly_discount_rate
    head = (
        f"Over {years}{', in the money of the first day' if rate else ''}",
        "Range, most likely marked",
        "Most likely",
        "Rests on",
    )
    return markup.table(head, [*rows, total], total=True)


def _link(step: Step, ref: str, record: str, words: str, field: str = "") -> Html:
    part, _, name = ref.partition(".")
    return step.link(Place(part, name, record, field), words)


def _guess(step: Step, worth: valuation.Valuation) -> str:
    """The guess that matters most, and the cheapest way out of it."""
    found = story.guess(worth)
    if found is None:
        return ""
    told, driver = found
    link = _link(step, driver.ref, driver.record, "Say how we know it", driver.field)
    return markup.card(markup.heading("The guess that matters most"), markup.text(told), link, look="guess")


def _drivers(step: Step, worth: valuation.Valuation, rough: bool) -> str:
    """The three inputs that alone move the result most, as bars on one scale."""
    found = story.drivers(worth)[: story.MOST_DRIVERS]
    if not found:
        return ""
    ends = [end for driver in found for end in (driver.swing.npv_low, driver.swing.npv_high)]
    likely = money.likely(worth.of_chosen).npv
    rows = []
    for driver in found:
        low, high = sorted((driver.swing.npv_low, driver.swing.npv_high))
        bar = markup.range_bar(low, likely, high, min(ends), max(ends), guess=driver.is_guess)
        link = _link(step, driver.ref, driver.record, driver.name[:1].upper() + driver.name[1:])
        rows.append((link, bar, value_words.span(low, high, worth.currency, rough=rough), "yes" if driver.swing.flips else "no"))
    table = markup.table(("What", "The rest as it is", "Alone moves what it is worth", "Could turn it into a loss"), rows)
    return markup.fold(f"What drives it most: {found[0].name}", table)


def _costs(step: Step, worth: valuation.Valuation) -> str:
    told = value_words.costs_by_kind(worth)
    sentences = (
        *value_words.costs_beside(worth, step.charter.value.linked_costs),
        value_words.decision_asked(step.charter),
        costs.MEANING,
    )
    begins = value_words.begins(worth)
    # What nobody wrote down stands as a dash among the sums; that it is not free is said below them.
    cells = [tuple("–" if cell == "none counted" else cell for cell in row) for row in told.cells]
    fold = markup.fold("What counts as what", markup.stack(*map(markup.note, (*sentences, *([begins] if begins else [])))))
    total = f"What it costs in all: {cells[-1][-1]}"
    return markup.fold(total, markup.stack(markup.table(told.headers, cells, total=True), fold))


def basis(step: Step) -> None:
    """How often which outcome comes, the alternatives, the years, and how all of it is worked out; for whoever opens it."""
    worth = valuation.valuation(step.charter)
    plan = worth.of_chosen
    if not plan.counted:
        return
    with folds.fold("How it was worked out", step.key("basis")) as place:
        if not place.open:
            return
        rough = value_words.is_rough(plan)
        key = step.key("chart", "outcomes")
        parts_charts.show(key, charts.outcomes, valuation.simulated(plan), worth.currency, parts_charts.theme(), rough)
        tables = (
            ("Beside the alternatives", value_words.alternatives(worth)),
            (value_words.years_title(worth), value_words.year_by_year(worth)),
            ("Worth knowing before you decide", value_words.worth_knowing(worth)),
        )
        told = [_titled(title, rows) for title, rows in tables if rows.cells]
        case = money.likely(plan)
        sentences = [value_words.basis(worth), *_left_out(case)]
        if not tables[-1][1].cells:
            sentences.insert(0, value_words.nothing_to_find_out(worth))
        ratio = value_words.benefits_over_costs(case)
        markup.show(markup.stack(*told, *map(markup.note, (*sentences, f"Benefits over costs: {ratio}."))))


def _titled(title: str, rows: Rows) -> Html:
    kept = [n for n in range(len(rows.headers)) if any(row[n] for row in rows.cells)]
    table = markup.table([rows.headers[n] for n in kept], [[row[n] for n in kept] for row in rows.cells])
    return markup.stack(markup.heading(title), table)


def _left_out(case: money.LikelyCase) -> list[str]:
    return [f"{count(len(case.left_out), 'amount')} not known yet and not counted."] if case.left_out else []
