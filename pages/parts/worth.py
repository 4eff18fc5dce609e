"""The value step in figures: what targets imply, money with its chances, what errors cost, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts, notices
from pages.parts.workshop import Step
from scoping import currency as iso
from scoping import decision, ladder, money, value_charts
from scoping import valuation as figures
from scoping.answers import number_words
from scoping.ranges import DRAWS
from scoping.section import short
from scoping.sections.value import Rung

KNOWN_AT_MOST = 6


def _number(value: float) -> str:
    """A figure that is not known exactly, to four digits."""
    return number_words(float(f"{value:.4g}"))


def _problems(worth: figures.Valuation, refs: Sequence[str]) -> None:
    """Why something of these lists could not be worked out, a sentence each."""
    for problem in worth.problems:
        if problem.ref in refs:
            st.markdown(f":orange[:material/info:] {notices.plain(problem.sentence)}")


def ladder_implications(step: Step) -> None:
    """What a target on one rung implies on every other."""
    worth = figures.valuation(step.project.charter)
    rungs: list[Rung] = list(step.rows("rungs"))
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
    found = figures.implied(resolved.rungs, chosen)
    rows = [_implied_row(r, found.get(r.id)) for r in reversed(resolved.rungs) if r.id != chosen]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={"Reaches its target": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)},
        placeholder="not known",
        alt=f"What the target of {with_target[chosen]} implies on the other rungs",
    )
    more = [r.called for r in resolved.rungs if (i := found.get(r.id)) and i.asks_more]
    if more:
        st.markdown(
            f":orange[:material/info:] {notices.plain('More is asked of ' + ' and '.join(more) + ' than this rung gives.')}"
        )
    st.caption(f"Intervals hold 80 of 100 outcomes ({DRAWS:,} draws, seed {figures.SEED}). Links are those of the ladder.")


def _implied_row(rung: ladder.Rung, implied: ladder.Implied | None) -> dict[str, Any]:
    row: dict[str, Any] = {"Rung": short(rung.name, 60) or rung.called, "Now": rung.current, "Target": rung.target}
    value = implied.value if implied else None
    row["Implied"] = _number(value.likely) if value else None
    row["80 % interval"] = f"{_number(value.spread.p10)} to {_number(value.spread.p90)}" if value else None
    row["Reaches its target"] = implied.reach if implied else None
    row["Remark"] = implied.problem if implied else ""
    return row


def result(step: Step) -> None:
    """Net present value with its chances, what drives it, and what would be worth knowing."""
    worth = figures.valuation(step.project.charter)
    plan = worth.of_chosen
    _problems(worth, ["value.benefits", "value.costs", figures.SOURCES, figures.MILESTONES])
    if not plan.counted:
        st.caption("As soon as one benefit or cost has an amount and a period, its value over the years appears here.")
        return
    case, seen = money.likely(plan), figures.simulated(plan)
    code = worth.currency
    with st.container(horizontal=True):
        st.metric("Net present value, 80 % interval", f"{iso.about(seen.npv.p10, code)} to {iso.about(seen.npv.p90, code)}")
        st.metric("At likely values", iso.about(case.npv, code))
        st.metric("Chance of a loss", f"{seen.loss:.0%}" if seen.loss >= 0.005 or not seen.loss else "below 1%")
        st.metric("Money is back after", _payback_words(seen.payback))
    st.caption(notices.plain(_basis(worth, case, seen)))
    charts.show(step.key("chart", "outcomes"), value_charts.outcomes, seen, code, charts.theme())
    st.markdown("**What moves the result most**")
    charts.show(step.key("chart", "tornado"), value_charts.tornado, seen, code, charts.theme())
    _worth_knowing(seen, code)
    _alternatives(worth)
    with st.expander("Year by year, at likely values"):
        _years(case, code)


def _payback_words(payback: money.Payback) -> str:
    if payback.p50 is None:
        return "not in these years"
    return "at once" if payback.p50 == 0 else f"{payback.p50:.0f} months"


def _basis(worth: figures.Valuation, case: money.Case, seen: money.Simulation) -> str:
    """Where the figures come from."""
    plan = worth.of_chosen
    rate = f"discounted at {100 * plan.yearly_discount_rate:g} % a year" if plan.yearly_discount_rate else "not discounted"
    words = f"{plan.horizon_months // 12} years, {rate}, in {worth.currency}; {seen.n:,} draws, seed {seen.seed}."
    if case.guesses is not None:
        words += f" {case.guesses:.0%} of the value rests on guesses."
    if seen.payback.never >= 0.005:
        words += f" In {seen.payback.never:.0%} of the draws the money is not back in this time."
    if case.left_out:
        words += (
            f" {len(case.left_out)} amounts are not known yet and not counted."
            if len(case.left_out) > 1
            else " 1 amount is not counted."
        )
    return words


def _worth_knowing(seen: money.Simulation, code: str) -> None:
    st.markdown("**Worth knowing before you decide**")
    shown = [k for k in seen.knowing if k.worth > 0.001 * max(1.0, abs(seen.npv.mean))][:KNOWN_AT_MOST]
    if not shown:
        st.caption("No single answer would change the decision: within all ranges it stays the same on average.")
        return
    frame = pd.DataFrame({"If this were known": [k.name for k in shown], "Worth up to": [iso.about(k.worth, code) for k in shown]})
    st.dataframe(frame, hide_index=True, alt="What it would be worth to know an input before deciding")
    st.caption("The most that finding out may cost. Knowing everything: " + iso.about(seen.perfect_knowledge, code) + ".")


def _alternatives(worth: figures.Valuation) -> None:
    outlooks = figures.compared(worth.plan)
    st.markdown("**Beside the alternatives**")
    frame = pd.DataFrame(
        {
            "Idea": [worth.names.get(o.alternative, "Not tied to an idea") for o in outlooks],
            "Expected": [iso.about(o.npv.mean, worth.currency) for o in outlooks],
            "80 % interval": [
                f"{iso.about(o.npv.p10, worth.currency)} to {iso.about(o.npv.p90, worth.currency)}" for o in outlooks
            ],
            "Chance of a loss": [o.loss for o in outlooks],
            "Chance to be the best": [o.best for o in outlooks],
        }
    )
    percent = st.column_config.NumberColumn(format="percent")
    config = {"Chance of a loss": percent, "Chance to be the best": percent}
    st.dataframe(frame, hide_index=True, column_config=config, alt="Net present value of the alternatives side by side")
    if len(outlooks) == 2:
        st.caption("Benefits and costs count for the chosen idea unless a row names another one under “Only for the idea”.")


def _years(case: money.Case, code: str) -> None:
    rows = [
        {
            "Year": place,
            "Benefits": iso.about(y.benefits, code),
            "Costs": iso.about(y.costs, code),
            "Net": iso.about(y.net, code),
            "Discounted": iso.about(y.present, code),
            "Added up": iso.about(y.balance, code),
        }
        for place, y in enumerate(case.years, 1)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Benefits and costs year by year at likely values")
    rate = "none, or more than one" if case.irr is None else f"{case.irr:.0%} a year"
    gain = "not defined" if case.roi is None else f"{case.roi:.0%}"
    st.caption(f"Internal rate of return: {rate}. Return on investment: {gain}, net over costs, not discounted.")


def errors(step: Step) -> None:
    """What each decision's errors cost, what thresholds are worth, and whether the planned target is enough."""
    for one in figures.judged(step.value):
        with st.container(border=True):
            st.markdown(f"**{notices.plain(one.row.title)}**")
            if one.stakes is None and one.errors is None:
                st.caption("Cases, share of positive cases and at least one amount are needed to work this out.")
            if one.stakes is not None:
                _stakes(step, one, one.stakes)
            if one.errors is not None:
                _number_errors(one, one.errors)


def _stakes(step: Step, one: figures.Judged, stakes: decision.Stakes) -> None:
    code = one.row.currency
    with st.container(horizontal=True):
        st.metric("Without a model, per month", iso.about(stakes.nothing, code))
        st.metric("Flagging every case", iso.about(stakes.everything.gain, code), help="Against flagging nothing.")
        needed = "not at any precision" if one.needs is None else f"{one.needs:.1%} precision"
        st.metric("A flag pays from", needed, help="Of the cases flagged, the share that must be right for flagging to pay.")
    if one.points:
        best = one.best
        frame = pd.DataFrame(
            {
                "Setting": [v.point.name for v in one.points],
                "Precision": [v.point.precision for v in one.points],
                "Recall": [v.point.recall for v in one.points],
                "Better than nothing by, per month": [iso.about(v.worth.gain, code) if v.worth else None for v in one.points],
                "Remark": [v.problem or ("worth most" if v is best else "") for v in one.points],
            }
        )
        percent = st.column_config.NumberColumn(format="percent")
        st.dataframe(
            frame,
            hide_index=True,
            column_config={"Precision": percent, "Recall": percent},
            alt="What each operating point is worth",
        )
    for sentence in _targets_enough(step, one):
        st.markdown(f":orange[:material/info:] {notices.plain(sentence)}")


def _targets_enough(step: Step, one: figures.Judged) -> list[str]:
    """Whether the precision that milestones promise is one from which flagging pays."""
    if one.needs is None:
        return ["With these amounts no precision makes flagging pay."]
    charter = step.project.charter
    return [
        f"The milestone target “{short(target.metric, 50)}” is below the {one.needs:.1%} precision from which a flag pays."
        for judged, target in figures.below_break_even(charter.part("value"), charter.part("milestones"))
        if judged.row.id == one.row.id
    ]


def _number_errors(one: figures.Judged, stakes: decision.ErrorStakes) -> None:
    row, code = one.row, one.row.currency
    with st.container(horizontal=True):
        for label, error in (("Errors cost today, per month", row.average_error_today), ("With the model", row.average_error)):
            if error is not None:
                st.metric(label, iso.about(stakes.cost(error), code))
        if row.average_error_today is not None:
            limit = stakes.break_even(row.average_error_today)
            st.metric("The model pays below an error of", "no error at all" if limit is None else _number(limit))


def came_of_it(step: Step) -> None:
    """What was promised beside what was realised, added up."""
    months = figures.realised(step.project.charter)
    code = step.project.charter.part("project").currency.value
    charts.show(step.key("chart", "promised"), value_charts.promised, months, code, charts.theme())
    if months:
        missing = sum(m.realised is None for m in months)
        st.caption(
            "Promised: the likely values of the benefits noted, from the first month on."
            + (f" {missing} months in between have no reading and count as nothing realised." if missing else "")
        )
