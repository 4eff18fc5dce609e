"""Projects side by side: value against feasibility, the ranking and how sure it is, and the best set under limits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import frame, markup, notices, times, workshop
from scoping import answers
from scoping import currency as iso
from scoping.currency import Currency
from scoping.errors import AnswerError, WorkbenchError
from scoping.ethics.state import EthicsKind
from scoping.merge import added
from scoping.portfolio import candidates as portfolio_candidates
from scoping.portfolio import charts, choosing, ranking
from scoping.portfolio.rubrics import standard_methods, standard_ratings
from scoping.section import question
from scoping.sections.value import Rate
from scoping.value.words import GUESSES
from scoping.words import chance, count, isolated, number_words, percent
from storage.portfolio import Card, Sort

AT_MOST = 300
"""Projects compared at once; beyond that no picture is read any more."""
DEAREST = 1_000_000
"""So much of one currency buys a unit of another at most; a larger rate is a slip."""
SETTING = "compare"
FIRST = 3
SETS_SHOWN = 3


@st.cache_resource(show_spinner=False)
def _known() -> dict[str, tuple[int, portfolio_candidates.Candidate]]:
    """What was worked out already: by project, the revision and what came of it."""
    return {}


def page() -> None:
    """The matrix, the ranking and the choice, each on a tab of its own."""
    st.title("Which project first?", anchor=False)
    st.caption(
        "Value, feasibility and ratings of all projects that are not archived. What nobody knows widens a band; it never counts as middling."
    )
    found = workshop.store().portfolio.page(today=times.today(), sort=Sort.NAME, limit=AT_MOST)
    cards = found.cards
    if found.total > len(cards):
        st.info(
            f"Only the first {len(cards):,} of {count(found.total, 'project')} are compared, in the order of their names. "
            "Archive those that are settled to compare the others.",
            icon=":material/info:",
        )
    if len(cards) < 2:
        st.markdown("Two projects or more can be compared. Start another one, or open a sample.")
        frame.to_projects()
        return
    kept = workshop.store().portfolio.setting(SETTING)
    candidates = _candidates(cards)
    currency, rates = _currency(candidates, kept)
    matrix, order, choice = st.tabs(["Value and feasibility", "Ranking", "Best set"], key="compare.tabs", on_change="rerun")
    if matrix.open:
        with matrix:
            parts_charts.show(
                "compare.matrix", charts.matrix, tuple(candidates), tuple(rates.items()), currency, parts_charts.theme()
            )
    if order.open:
        with order:
            _ranking(cards, candidates, kept)
    if choice.open:
        with choice:
            _best_set(candidates, rates, currency, kept)


def _candidates(cards: Sequence[Card]) -> list[portfolio_candidates.Candidate]:
    """Every project worked out, those that changed anew, with a bar while that lasts."""
    known = _known()
    now = {c.project_id: kept for c in cards if (kept := known.get(c.project_id)) and kept[0] == c.stamp.number}
    missing = [c for c in cards if c.project_id not in now]
    bar = st.progress(0.0, text=f"Working out {count(len(missing), 'project')}") if len(missing) > FIRST else None
    for place, card in enumerate(missing, 1):
        opened = workshop.store().open(card.project_id)
        worked_out = opened.stamp.number, portfolio_candidates.candidate(card.project_id, opened.charter)
        now[card.project_id] = known[card.project_id] = worked_out
        if bar:
            bar.progress(place / len(missing))
    if bar:
        bar.empty()
    for gone in set(known) - set(now):
        known.pop(gone, None)
    return [now[c.project_id][1] for c in cards]


def _keep(**changes: Any) -> None:
    workshop.store().portfolio.keep_setting(SETTING, changes)


def _currency(candidates: Sequence[portfolio_candidates.Candidate], kept: dict[str, Any]) -> tuple[str, dict[str, float]]:
    """The currency to compare in, and what the others are worth in it."""
    used = sorted({c.currency for c in candidates})
    if len(used) == 1:
        return used[0], {}
    commonest = max(used, key=lambda code: sum(c.currency == code for c in candidates))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        currency = st.selectbox(
            "Compare in",
            used,
            index=used.index(kept["currency"]) if kept.get("currency") in used else used.index(commonest),
            format_func=lambda code: f"{code} · {Currency(code).label}",
            key="compare.currency",
            on_change=_currency_chosen,
            width=260,
        )
        stored: dict[str, float] = kept.get("rates", {}).get(currency, {})
        rates = {}
        for code in used:
            if code != currency:
                key = _begun(f"compare.rate.{code}.{currency}", number_words(stored[code]) if stored.get(code) else "")
                st.text_input(
                    f"1 {code} in {currency}",
                    key=key,
                    on_change=_rate_given,
                    args=(currency, code, key),
                    width=190,
                    placeholder="not known",
                )
                if stored.get(code):
                    rates[code] = stored[code]
    if wrong := st.session_state.get("compare.wrong_rate"):
        st.error(notices.plain(wrong), icon=":material/error:")
    return currency, rates


def _begun(key: str, value: float | str | None) -> str:
    """The key of a field that begins as it is kept. With what is kept as its default it could never be emptied."""
    st.session_state.setdefault(key, value)
    return key


def _currency_chosen() -> None:
    _keep(currency=st.session_state["compare.currency"])


def _rate(typed: str) -> float | None:
    """An exchange rate as it is typed; None while it is not known. Raises AnswerError for what is none."""
    rate: float | None = answers.read(question(Rate, "rate"), typed)
    if rate is not None and not 0 < rate <= DEAREST:
        raise AnswerError(f"{rate:g} is no exchange rate.", f"Type a number above 0 and up to {DEAREST:,}.")
    return rate


def _rate_given(currency: str, code: str, key: str) -> None:
    """Keep a rate as it is typed; one that cannot be true is told and changes nothing."""
    try:
        rate = _rate(st.session_state[key])
    except AnswerError as error:
        st.session_state["compare.wrong_rate"] = f"1 {code} in {currency}: {error}"
        return
    st.session_state.pop("compare.wrong_rate", None)
    _keep(rates={currency: {code: rate}})


# Ranking


def _ranking(cards: Sequence[Card], candidates: Sequence[portfolio_candidates.Candidate], kept: dict[str, Any]) -> None:
    methods = {m.id: m for m in standard_methods()}
    chosen = st.segmented_control(
        "Method",
        list(methods),
        format_func=lambda i: methods[i].name,
        default=next(iter(methods)),
        required=True,
        key="compare.method",
    )
    method = methods[chosen or next(iter(methods))]
    if method.weights:
        method = _weighted(method, kept)
    ratings = workshop.store().portfolio.ratings([c.project_id for c in cards])
    rated = [portfolio_candidates.rated(c.project_id, c.name, ratings[c.project_id]) for c in cards]
    sure = ranking.robustness(rated, method, k=min(FIRST, len(rated)))
    standing = {s.id: s for s in sure.standings}
    ethics = {c.id: c.ethics for c in candidates}
    rows = [_rank_row(place, standing[place.project.id], ethics[place.project.id].label) for place in ranking.order(rated, method)]
    st.dataframe(
        pd.DataFrame(rows).astype({"Likely score": "Float64"}),
        hide_index=True,
        column_config={
            "Likely score": st.column_config.NumberColumn(format="%.4g"),
        },
        placeholder="not known",
        alt="Ranking of projects with how sure each place is",
    )
    notices.remarks(call.sentence for call in sure.close_calls[:SETS_SHOWN])
    st.caption(
        f"{sure.n:,} rankings with ratings drawn within their ranges"
        + (f" and weights varied by {percent(sure.weight_spread)}" if method.weights else "")
        + f", seed {sure.seed}. Rate a project on its home, under “Ratings for the portfolio”."
    )
    with st.expander("What the levels stand for"):
        for criterion in method.asked:
            st.markdown(f"**{notices.plain(criterion.name)}** {notices.plain(criterion.question)}")
            st.markdown("\n".join(f"- {number_words(level.value)}: {notices.plain(level.text)}" for level in criterion.levels))


def _rank_row(place: ranking.Place, standing: ranking.Standing, ethics: str) -> dict[str, Any]:
    low, likely, high = place.band
    return {
        "Place": "?" if place.position is None else str(place.position),
        "Project": place.project.name,
        "Ethics": ethics,
        "Likely score": likely,
        "Score from worst to best": f"{low:.3g} to {high:.3g}",
        "Place in 8 of 10": f"{standing.first} to {standing.last}" if standing.first != standing.last else str(standing.first),
        f"Among the first {FIRST}": chance(standing.top),
        "Not answered": ", ".join(place.missing),
    }


def _weighted(method: ranking.Method, kept: dict[str, Any]) -> ranking.Method:
    stored: dict[str, float] = kept.get("weights", {})
    with st.popover("Weights", icon=":material/tune:"):
        for criterion, usual in zip(method.criteria, method.weights, strict=True):
            key = f"compare.weight.{criterion.id}"
            st.slider(
                criterion.name,
                0.0,
                10.0,
                float(stored.get(criterion.id, usual)),
                0.5,
                key=key,
                on_change=_weight_given,
                args=(criterion.id, key),
            )
        st.caption("They are kept for everybody who compares projects here.")
    weights = {c.id: float(stored.get(c.id, w)) for c, w in zip(method.criteria, method.weights, strict=True)}
    try:
        return method.weighing(weights)
    except WorkbenchError as error:
        notices.refused(error)
        return method


def _weight_given(criterion: str, key: str) -> None:
    _keep(weights={criterion: st.session_state[key]})


# The best set


def _best_set(
    candidates: Sequence[portfolio_candidates.Candidate], rates: dict[str, float], currency: str, kept: dict[str, Any]
) -> None:
    names = {c.id: c.name for c in candidates}
    doubtful = {c.id: c.ethics.label for c in candidates if c.ethics.kind is not EthicsKind.CLEARED}
    limits = kept.get("limits", {})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        budget = _limit(f"Budget in {currency}", "budget", limits, 1000.0)
        people = _limit("People at the same time", "people", limits, 0.5)
    must = _among("In any case", "must", names, limits)
    either = _among("At most one of", "either", names, limits)
    offered, problems = portfolio_candidates.priced(candidates, rates, currency)
    known = {p.id for p in offered}
    notices.remarks(problems)
    try:
        case = choosing.Knapsack(
            projects=tuple(offered),
            budget=None if budget is None else iso.to_minor(Decimal(str(budget)), currency),
            people=people,
            must=tuple(i for i in must if i in known),
            exclusive=(tuple(i for i in either if i in known),) if len(either) > 1 else (),
            currency=currency,
        )
        best = choosing.best_set(case)
    except WorkbenchError as error:
        notices.refused(error)
        return
    notices.remarks((*best.reasons, *best.notes))
    if not best.sets:
        return
    if len(best.sets) > 1:
        st.markdown(
            f"**{len(best.sets)}{'' if best.is_complete else ' or more'} sets are worth the same; these are the cheapest.**"
        )
    for chosen in best.sets[:SETS_SHOWN]:
        _set(chosen, names, doubtful, currency, {c.id for c in candidates if c.is_rough})
    _next_steps(case)


def _limit(label: str, name: str, limits: dict[str, Any], step: float) -> float | None:
    key = _begun(f"compare.{name}", limits.get(name))
    return st.number_input(
        label,
        min_value=0.0,
        step=step,
        value=None,
        key=key,
        placeholder="no limit",
        on_change=_limit_given,
        args=(name, key),
        width=240,
    )


def _among(label: str, name: str, names: dict[str, str], limits: dict[str, Any]) -> list[str]:
    key = f"compare.{name}"
    stored = [i for i in limits.get(name, []) if i in names]
    return st.multiselect(
        label,
        list(names),
        default=stored,
        format_func=lambda i: names.get(i, ""),
        key=key,
        on_change=_limit_given,
        args=(name, key),
    )


def _limit_given(name: str, key: str) -> None:
    _keep(limits={name: st.session_state[key]})


def _set(chosen: choosing.Chosen, names: dict[str, str], doubtful: dict[str, str], currency: str, rough: set[str]) -> None:
    """A set with what it brings and costs, and which of its projects ethics has not cleared."""
    value = float(iso.to_major(chosen.value, currency))
    is_rough = bool(chosen.ids) and rough.issuperset(chosen.ids)
    with st.container(border=True):
        st.markdown("**" + (", ".join(notices.plain(isolated(names[i])) for i in chosen.ids) or "No project at all") + "**")
        if is_rough:
            st.badge(GUESSES.capitalize(), icon=":material/help:", color="orange")
            st.markdown(notices.plain(f"Expected value: roughly {iso.rough(value, value, currency)}"))
        cost = "not known" if chosen.cost is None else iso.about(float(iso.to_major(chosen.cost, currency)), currency)
        told = [("Cost", cost), ("People", "not known" if chosen.people is None else number_words(chosen.people))]
        markup.figures(told if is_rough else [("Expected value", iso.about(value, currency)), *told])
        doubts = [f"{isolated(names[i])}: {doubtful[i].lower()}" for i in chosen.ids if i in doubtful]
        if doubts:
            st.caption(f"Ethics is not cleared for {len(doubts)} of {len(chosen.ids)}. {notices.plain('; '.join(doubts))}.")


def _next_steps(case: choosing.Knapsack) -> None:
    """What a little more of each limit would buy."""
    for limit in case.limits:
        step = choosing.next_step(case, limit)
        st.markdown(f":material/trending_up: {notices.plain(step.sentence)}")
    if case.budget is None:
        return
    steps = choosing.curve(case)
    if len(steps) > 1:
        frame = pd.DataFrame(
            {
                "Budget": [iso.words(s.cost or 0, case.currency) for s in steps],
                "Expected value": [iso.about(float(iso.to_major(s.value, case.currency)), case.currency) for s in steps],
                "Projects": [", ".join(case.by_id[i].name for i in s.ids) or "none" for s in steps],
            }
        )
        with st.expander("What each budget would buy"):
            st.dataframe(frame, hide_index=True, alt="The best set for each budget")


def offer_ratings(step: workshop.Step) -> None:
    """For a project that is not rated by the rubric yet: add its criteria, all unanswered."""
    if not step.rows("ratings"):
        st.button(
            "Add the criteria of the rubric", icon=":material/leaderboard:", on_click=_add_ratings, args=(step.project.project_id,)
        )


def _add_ratings(project: str) -> None:
    with notices.refusals():
        workshop.save(project, "project", [added("ratings", rating) for rating in standard_ratings()])
