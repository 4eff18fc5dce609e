"""The best set: which projects together for a budget and people, and what more of either would buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import markup, notices
from pages.parts.markup import Html
from pages.parts.portfolio import cards as project_cards
from pages.parts.portfolio.ranking import ethics_chip
from pages.parts.portfolio.rates import Kept, ask, begun, keep
from scoping import currency as iso
from scoping.errors import WorkbenchError
from scoping.ethics.state import EthicsKind
from scoping.portfolio import choosing
from scoping.portfolio.candidates import Candidate, priced
from scoping.words import count, number_words
from storage.portfolio import Card

SETS_SHOWN = 3


def page(cards: Sequence[Card], kept: Kept) -> None:
    """The best set of the projects that are shown; without a budget nothing is chosen."""
    live = [c for c in cards if not project_cards.is_final(c)]
    if len(live) < 2:
        markup.show(markup.empty("Two live projects or more can be chosen from. Start another one, or open a sample."))
        return
    ask(live, kept)
    limits = kept.settings.get("limits", {})
    names = {c.project_id: c.name for c in live}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        budget = _limit(f"Budget in {kept.currency}", "budget", limits, 1000.0, "say a budget")
        people = _limit("People at the same time", "people", limits, 0.5, "no limit")
        must = _among("In any case", "must", names, limits)
        either = _among("At most one of", "either", names, limits)
    if budget is None:
        said = (
            f"Say a budget in {kept.currency}, and the best set of projects for it stands here: without one, all of them would do."
        )
        markup.show(markup.empty(said))
        return
    offered, problems = priced([Candidate(c.project_id, c.name, c.figures) for c in live], kept.rates, kept.currency)
    known = {p.id for p in offered}
    try:
        case = choosing.Knapsack(
            projects=tuple(offered),
            budget=iso.to_minor(Decimal(str(budget)), kept.currency),
            people=people,
            must=tuple(i for i in must if i in known),
            exclusive=(tuple(i for i in either if i in known),) if len(either) > 1 else (),
            currency=kept.currency,
        )
        best = choosing.best_set(case)
    except WorkbenchError as error:
        notices.refused(error)
        return
    by_id = {c.project_id: c for c in live}
    several = [markup.lead(_several(best))] if len(best.sets) > 1 else []
    sets = [_set(chosen, by_id, kept.currency) for chosen in best.sets[:SETS_SHOWN]]
    notes = [markup.text(sentence) for sentence in (*best.reasons, *problems, *best.notes)]
    more = [markup.text(choosing.next_step(case, limit).sentence) for limit in case.limits] if best.sets else []
    head = [markup.heading("What a little more would buy")] if more else []
    markup.show(
        markup.stack(*several, *sets, *head, *([markup.lines(more)] if more else []), *([markup.lines(notes)] if notes else []))
    )
    if best.sets:
        _curve(case)


def _several(best: choosing.Best) -> str:
    return f"{len(best.sets)}{'' if best.is_complete else ' or more'} sets are worth the same; these are the cheapest."


def _limit(label: str, name: str, limits: Mapping[str, Any], step: float, empty: str) -> float | None:
    key = begun(f"compare.{name}", limits.get(name))
    given = partial(_limit_given, name, key)
    return st.number_input(label, min_value=0.0, step=step, value=None, key=key, placeholder=empty, on_change=given, width=200)


def _among(label: str, name: str, names: Mapping[str, str], limits: Mapping[str, Any]) -> list[str]:
    key = f"compare.{name}"
    stored = [i for i in limits.get(name, []) if i in names]
    given = partial(_limit_given, name, key)
    return st.multiselect(label, list(names), default=stored, format_func=lambda i: names.get(i, ""), key=key, on_change=given)


def _limit_given(name: str, key: str) -> None:
    keep(limits={name: st.session_state[key]})


def _set(chosen: choosing.Chosen, by_id: Mapping[str, Card], currency: str) -> Html:
    """A set in a sentence, and its projects; whoever ethics has not cleared is told before all else."""
    if not chosen.ids:
        return markup.result("No project at all fits.")
    inside = [by_id[i] for i in chosen.ids]
    is_rough = all(c.figures.is_rough for c in inside)
    value = float(iso.to_major(chosen.value, currency))
    worth = iso.rough(value, value, currency) if is_rough else iso.about(value, currency)
    cost = "an amount that is not known" if chosen.cost is None else iso.about(float(iso.to_major(chosen.cost, currency)), currency)
    people = "" if chosen.people is None else f" and {count(number_words(chosen.people), 'person', 'people')} at the same time"
    said = f"{count(len(inside), 'project')} for {cost}{people}: {'roughly ' if is_rough else ''}{worth} expected."
    doubtful = [c for c in inside if c.figures.ethics is not EthicsKind.CLEARED]
    loud: tuple[Html, ...] = ()
    if doubtful:
        which = "None of them is cleared" if len(doubtful) == len(inside) else f"{len(doubtful)} of {len(inside)} are not cleared"
        loud = (markup.banner(f"{which} by ethics. Clear them before money is released, or leave them out."),)
    rows = [
        (
            markup.link(project_cards.href(c), c.name),
            "–" if c.figures.asked is None else iso.about(c.figures.asked, c.figures.currency),
            project_cards.worth_words(c.figures) + (", rough" if c.figures.is_rough else ""),
            "–" if c.figures.people is None else number_words(c.figures.people),
            ethics_chip(c),
        )
        for c in inside
    ]
    return markup.stack(markup.result(said), *loud, markup.table(("Project", "Asked", "May be worth", "People", "Ethics"), rows))


def _curve(case: choosing.Knapsack) -> None:
    """What other budgets would buy, for whoever asks."""
    with st.expander("What each budget would buy", key="best.curve", on_change="rerun") as place:
        if not place.open:
            return
        rows = [
            (
                iso.words(s.cost or 0, case.currency),
                iso.about(float(iso.to_major(s.value, case.currency)), case.currency),
                ", ".join(case.by_id[i].name for i in s.ids) or "none",
            )
            for s in choosing.curve(case)
        ]
        markup.show(markup.table(("Budget", "Expected value", "Projects"), rows))
