"""The value step in figures: what targets imply, money with its chances, what errors cost, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, markup, notices
from pages.parts.workshop import Step
from scoping import currency as iso
from scoping.blocks import Rows
from scoping.numbers.ranges import DRAWS
from scoping.value import charts, costs, decision, ladder, money, realised, simulation, valuation
from scoping.value import errors as value_errors
from scoping.value import words as value_words
from scoping.words import chance, count, figure, part, percent, short


def _problems(worth: valuation.Valuation, refs: Sequence[str]) -> None:
    """Why something of these lists could not be worked out, a sentence each."""
    notices.remarks(problem.sentence for problem in worth.problems if problem.ref in refs)


def ladder_implications(step: Step) -> None:
    """What a target on one rung implies on every other."""
    worth = valuation.valuation(step.charter)
    rungs = list(step.charter.value.rungs)
    _problems(worth, ["value.rungs"])
    resolved = worth.ladder
    with_target = {r.id: r.called.strip("“”") for r in resolved.rungs if r.target is not None and r.current is not None}
    if len(rungs) < 2 or not with_target:
        st.caption("With two rungs, a present value and a target, this place says what the target implies for every other rung.")
        return
    chosen = st.selectbox(
        "If this rung reaches its target …",
        list(with_target),
        format_func=lambda i: with_target.get(i, ""),
        key=step.key("implies"),
    )
    found = valuation.implied(resolved.rungs, chosen)
    rows = [_implied_row(r, found.get(r.id)) for r in reversed(resolved.rungs) if r.id != chosen]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="not known",
        alt=f"What the target of {with_target[chosen]} implies on the other rungs",
    )
    more = [r.called for r in resolved.rungs if (i := found.get(r.id)) and i.asks_more]
    if more:
        notices.remarks([f"More is asked of {' and '.join(more)} than this rung gives."])
    st.caption(f"Intervals hold 80 of 100 outcomes ({DRAWS:,} draws, seed {valuation.SEED}). Links are those of the ladder.")


def _implied_row(rung: ladder.Rung, implied: ladder.Implied | None) -> dict[str, Any]:
    row: dict[str, Any] = {"Rung": short(rung.name, 60) or rung.called, "Now": rung.current, "Target": rung.target}
    value = implied.value if implied else None
    row["Implied"] = figure(value.likely) if value else None
    row["80 % interval"] = f"{figure(value.spread.p10)} to {figure(value.spread.p90)}" if value else None
    row["Reaches its target"] = chance(implied.reach) if implied and implied.reach is not None else None
    row["Remark"] = implied.problem if implied else ""
    return row


def result(step: Step) -> None:
    """What the chosen idea is worth with its chances, what it costs, what drives it, and what would be worth knowing."""
    worth = valuation.valuation(step.charter)
    plan, code = worth.of_chosen, worth.currency
    _problems(worth, ["value.benefits", "value.costs", valuation.SOURCES, valuation.MILESTONES])
    if not plan.counted:
        st.caption("As soon as one benefit or cost has an amount and a period, its value over the years appears here.")
        return
    case, seen = money.likely(plan), valuation.simulated(plan)
    if case.rests_on_guesses:
        _rough(worth, case, seen)
    else:
        _known(worth, case, seen)
    note = parts_charts.picture(
        step.key("chart", "outcomes"), charts.outcomes, seen, code, parts_charts.theme(), case.rests_on_guesses
    )
    notices.lines([*_begins(worth), *([notices.quiet(note)] if note else []), notices.quiet(_basis(worth, case, seen))])
    with folds.fold("What it costs", step.key("costs"), icon=":material/payments:") as place:
        if place.open:
            _costs(step, worth)
    drivers = "What moves the result most, and what is worth knowing before you decide"
    with folds.fold(drivers, step.key("drivers"), icon=":material/tornado:") as place:
        if place.open:
            parts_charts.show(step.key("chart", "tornado"), charts.tornado, seen, code, parts_charts.theme(), case.rests_on_guesses)
            _worth_knowing(worth)
    with folds.fold("Beside the alternatives", step.key("beside"), icon=":material/compare_arrows:") as place:
        if place.open:
            _alternatives(worth)
    with folds.fold(value_words.years_title(worth), step.key("years"), icon=":material/calendar_month:") as place:
        if place.open:
            _years(worth, case)


def _costs(step: Step, worth: valuation.Valuation) -> None:
    _table(value_words.costs_by_kind(worth), "What the chosen idea costs, by where it is written and until when")
    beside = (*value_words.costs_beside(worth, step.charter.value.linked_costs), value_words.decision_asked(step.charter))
    told = (f":gray[:material/info:] {notices.plain(sentence)}" for sentence in beside)
    notices.lines([*told, notices.quiet(costs.MEANING)])


def _alternatives(worth: valuation.Valuation) -> None:
    _table(value_words.alternatives(worth), "Net present value of the alternatives side by side")
    if len(valuation.compared(worth.plan)) == 2:
        st.caption("Benefits and costs count for the chosen idea unless a row names another one under “Only for the idea”.")


def _years(worth: valuation.Valuation, case: money.LikelyCase) -> None:
    _table(value_words.year_by_year(worth), f"Benefits and costs. {value_words.years_title(worth)}")
    rate, ratio = value_words.rate_of_return(case), value_words.benefits_over_costs(case)
    st.caption(notices.plain(f"Internal rate of return: {rate}. Benefits over costs: {ratio}."))


def _known(worth: valuation.Valuation, case: money.LikelyCase, seen: simulation.Simulation) -> None:
    code = worth.currency
    markup.figures(
        (
            ("Net present value, 80 % interval", f"{iso.about(seen.npv.p10, code)} to {iso.about(seen.npv.p90, code)}"),
            ("At likely values", iso.about(case.npv, code)),
            ("Chance of a loss", value_words.chance_of_loss(seen.npv, seen.loss)),
            ("Money is back after", _payback_words(seen.payback)),
        )
    )


def _rough(worth: valuation.Valuation, case: money.LikelyCase, seen: simulation.Simulation) -> None:
    """A result that nobody has looked into is told in a sentence, not in large figures."""
    told = value_words.interval(seen.npv, worth.currency, rough=True)
    loss = value_words.chance_of_loss(seen.npv, seen.loss)
    back = value_words.payback(case, seen, worth.of_chosen)
    notices.lines(
        [
            f":orange-badge[:material/help: {value_words.GUESSES.capitalize()}]",
            (
                f"**{notices.plain(told[0].upper() + told[1:])}** "
                f"{notices.plain(f'over {value_words.years(worth.of_chosen)}, after all costs.')}  \n"
                f"{notices.plain(f'Chance of a loss: {loss}. Money is back after: {back}.')}"
            ),
            notices.quiet("All benefits are guesses. One that is estimated from other cases or measured makes the figures firmer."),
        ]
    )


def _begins(worth: valuation.Valuation) -> list[str]:
    """When the benefits begin, and where that comes from, as Markdown; nothing where there is nothing to say."""
    words = value_words.begins(worth)
    is_open = worth.delivery.due is None or worth.delivery.undated
    return [f"{':orange[:material/info:]' if is_open else ':gray[:material/event:]'} {notices.plain(words)}"] if words else []


def _table(rows: Rows, alt: str) -> None:
    """A table without its empty columns."""
    frame = pd.DataFrame(rows.cells, columns=list(rows.headers))
    st.dataframe(frame.loc[:, (frame != "").any()], hide_index=True, alt=alt)


def _payback_words(payback: simulation.Payback) -> str:
    if payback.p50 is None:
        return "not in these years"
    return "at once" if payback.p50 == 0 else count(round(payback.p50), "month")


def _basis(worth: valuation.Valuation, case: money.LikelyCase, seen: simulation.Simulation) -> str:
    """Where the figures come from."""
    plan = worth.of_chosen
    rate = f"discounted at {percent(plan.yearly_discount_rate, 4)} a year" if plan.yearly_discount_rate else "not discounted"
    words = f"{value_words.years(plan)}, {rate}, in {worth.currency}; {seen.n:,} draws, seed {seen.seed}."
    if case.guesses is not None:
        words += f" {part(case.guesses)} of the value rests on guesses."
    if seen.payback.never:
        words += f" Chance that the money is not back in this time: {chance(seen.payback.never)}."
    if seen.npv.mean is None:
        words += f" {value_words.NO_MEAN}"
    if case.left_out:
        words += f" {count(len(case.left_out), 'amount')} not known yet and not counted."
    return words


def _worth_knowing(worth: valuation.Valuation) -> None:
    rows = value_words.worth_knowing(worth)
    if not rows.cells:
        st.caption(value_words.nothing_to_find_out(worth))
        return
    st.markdown("**Worth knowing before you decide**")
    _table(rows, "What it would be worth to know an input before deciding")
    st.caption("The most that finding out may cost.")


def errors(step: Step) -> None:
    """What each decision's errors cost, what thresholds are worth, and whether the planned target is enough."""
    for one in value_errors.judged(step.charter.value):
        with st.container(border=True):
            st.markdown(f"**{notices.plain(one.row.title)}**")
            if one.stakes is None and one.errors is None:
                st.caption("Cases, share of positive cases and at least one amount are needed to work this out.")
            if one.stakes is not None:
                _stakes(step, one, one.stakes)
            if one.errors is not None:
                _number_errors(one, one.errors)


def _stakes(step: Step, one: value_errors.JudgedErrors, stakes: decision.Stakes) -> None:
    code = one.row.currency
    needed = "not at any precision" if one.needs is None else f"{percent(one.needs, 1)} precision"
    markup.figures(
        (
            ("Without a model, per month", iso.about(stakes.nothing, code)),
            ("Flagging every case", iso.about(stakes.everything.gain, code), "against flagging nothing"),
            ("A flag pays from", needed, "of the cases flagged that must be right"),
        )
    )
    if one.points:
        best = one.best
        frame = pd.DataFrame(
            {
                "Setting": [v.point.name for v in one.points],
                "Precision": [None if v.point.precision is None else percent(v.point.precision, 6) for v in one.points],
                "Recall": [percent(v.point.recall, 6) for v in one.points],
                "Better than nothing by, per month": [iso.about(v.worth.gain, code) if v.worth else None for v in one.points],
                "Remark": [v.problem or ("worth most" if v is best else "") for v in one.points],
            }
        )
        st.dataframe(frame, hide_index=True, alt="What each operating point is worth")
    notices.remarks(_targets_enough(step, one))


def _targets_enough(step: Step, one: value_errors.JudgedErrors) -> list[str]:
    """Whether the precision that milestones promise is one from which flagging pays."""
    if one.needs is None:
        return ["With these amounts no precision makes flagging pay."]
    charter = step.charter
    return [
        f"The milestone target “{short(target.metric, 50)}” is below the {percent(one.needs, 1)} precision from which a flag pays."
        for judged, target in value_errors.below_break_even(charter.value, charter.milestones)
        if judged.row.id == one.row.id
    ]


def _number_errors(one: value_errors.JudgedErrors, stakes: decision.ErrorStakes) -> None:
    row, code = one.row, one.row.currency
    errors = (("Errors cost today, per month", row.average_error_today), ("With the model", row.average_error))
    told = [(label, iso.about(stakes.cost(error), code)) for label, error in errors if error is not None]
    if row.average_error_today is not None:
        limit = stakes.break_even(row.average_error_today)
        told.append(("The model pays below an error of", "no error at all" if limit is None else figure(limit)))
    markup.figures(told)


def came_of_it(step: Step) -> None:
    """What was promised beside what was realised, added up."""
    months = realised.realised(step.charter)
    code = step.charter.project.currency.value
    parts_charts.show(step.key("chart", "promised"), charts.promised, months, code, parts_charts.theme())
    if months:
        missing = sum(m.realised is None for m in months)
        st.caption(
            "Promised: the likely values of the benefits noted, from the first month on."
            + (f" {count(missing, 'month')} in between without a reading: counted as nothing realised." if missing else "")
        )
