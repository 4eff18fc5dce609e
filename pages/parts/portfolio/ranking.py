"""The ranking: in the order of what the chances say, with the rubric and the figure of the step beside each rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import here, markup, notices, steps
from pages.parts.markup import Html
from pages.parts.portfolio import cards as project_cards
from pages.parts.portfolio.rates import Kept, ask, keep
from scoping.charter import PART_BY_SLUG
from scoping.errors import WorkbenchError
from scoping.ethics.state import EthicsKind
from scoping.merge import Edit, added
from scoping.places import Place
from scoping.portfolio import candidates, ranking, rubrics
from scoping.portfolio.candidates import Candidate, Known
from scoping.portfolio.ranking import Criterion, Method, Rule
from scoping.sections.project import Rating
from scoping.words import number_words, short
from storage.portfolio import Card, Found

FIRST = 3
CLOSE_SHOWN = 3
_METHOD, _RATED = "ranking.method", "ranking.rated"
_UNKNOWN = "Not known yet"


def page(found: Found, kept: Kept) -> None:
    """The order of the projects that are shown, how it comes about, and where it is put right."""
    cards = found.cards
    if len(cards) < 2:
        markup.show(markup.empty("Two projects or more can be compared. Start another one, or open a sample."))
        return
    ask(cards, kept)
    method = _method(kept)
    several = [Candidate(c.project_id, c.name, c.figures) for c in cards]
    ids = [c.id for c in several]
    ratings = found.once("ratings", lambda: here.store().portfolio.ratings(ids))
    known = found.once(("known", kept.scale), lambda: candidates.known(several, kept.rates, kept.currency))
    markup.show(found.once(("order", kept.scale, method), lambda: _order(cards, several, ratings, known, method)))
    _rate(several, ratings, known, method)
    _criteria(method)


def _method(kept: Kept) -> Method:
    own = rubrics.kept_own(here.store().portfolio.setting(rubrics.SETTING))
    methods = {m.id: rubrics.with_own(m, own) for m in rubrics.standard_methods()}
    names = {m.id: m.name for m in methods.values()}
    first = next(iter(methods))
    chosen = st.segmented_control(
        "Method",
        list(methods),
        format_func=lambda i: names[i],
        default=first,
        required=True,
        key=_METHOD,
        label_visibility="collapsed",
    )
    method = methods[chosen or first]
    if not method.weights:
        return method
    stored = kept.settings.get("weights", {})
    weights = {c.id: float(stored.get(c.id, w)) for c, w in zip(method.criteria, method.weights, strict=True)}
    try:
        return method.weighing(weights)
    except WorkbenchError as error:
        notices.refused(error)
        return method


def _order(
    cards: Sequence[Card],
    several: Sequence[Candidate],
    ratings: Mapping[str, tuple[Rating, ...]],
    known: Mapping[str, Mapping[str, Known]],
    method: Method,
) -> Html:
    """The sentence, the table, and who cannot be told apart."""
    rated = [candidates.rated(c, ratings[c.id], known[c.id]) for c in several]
    sure = ranking.robustness(rated, method, k=min(FIRST, len(rated)))
    by_id, of_project = {c.project_id: c for c in cards}, {r.id: r for r in rated}
    first = sure.standings[0]
    said = markup.result(f"“{short(first.name, 60)}” comes first in {_of_ten(sure.ahead_of_all(first.id))}.")
    basis = markup.lead(
        f"Ranked {sure.n:,} times, with each rating drawn within its range"
        + (" and the weights varied a little" if method.weights else "")
        + "; the order is that of the places they take on average. What nobody knows can be anything."
    )
    bands = {r.id: ranking.band(r, method) for r in rated}
    lo, hi = min(b.low for b in bands.values()), max(b.high for b in bands.values())
    rows = []
    for place, standing in enumerate(sure.standings, 1):
        card, band = by_id[standing.id], bands[standing.id]
        places = str(standing.first) if standing.first == standing.last else f"{standing.first} to {standing.last}"
        lacking = ranking.missing(of_project[standing.id], method)
        rows.append(
            (
                str(place),
                markup.link(project_cards.href(card), card.name),
                _of_ten(standing.top),
                places,
                markup.range_bar(band.low, band.likely, band.high, lo, hi, guess=bool(lacking)),
                ethics_chip(card),
                ", ".join(lacking) or "nothing",
            )
        )
    head = ("Place", "Project", f"Among the first {sure.k}", "Place in 8 of 10", "Score, worst to best", "Ethics", "Not known")
    calls = [markup.text(call.sentence) for call in sure.close_calls[:CLOSE_SHOWN]]
    return Html(said + basis + markup.stack(markup.table(head, rows), *([markup.lines(calls)] if calls else [])))


def _of_ten(share: float) -> str:
    """A chance as people say it."""
    tenths = round(share * 10)
    if share >= 0.995:
        return "nearly all cases"
    return "hardly any case" if share < 0.005 else "fewer than 1 of 10 cases" if tenths == 0 else f"{min(tenths, 9)} of 10 cases"


def ethics_chip(card: Card) -> Html:
    """Where a project stands with ethics; only a cleared one is quiet."""
    kind = card.figures.ethics
    if kind is EthicsKind.CLEARED:
        return markup.chip("Cleared", "yes", "check")
    is_grave = kind in (EthicsKind.OBJECTED, EthicsKind.HIGH_RISK)
    return markup.chip(f"Not cleared: {kind.label.lower()}", "no" if is_grave else "hot", "warning")


# Rating a project


def _rate(
    several: Sequence[Candidate],
    ratings: Mapping[str, tuple[Rating, ...]],
    known: Mapping[str, Mapping[str, Known]],
    method: Method,
) -> None:
    """Rate one project with the rubric beside each answer; what a step knows is shown and not asked."""
    with st.expander("Rate a project", key="ranking.rate", on_change="rerun") as place:
        if not place.open:
            return
        names = {c.id: c.name for c in several}
        project = st.selectbox("Project", list(names), format_func=lambda i: names.get(i, ""), key=_RATED)
        given = {r.id: r for r in ratings[project]}
        from_steps = []
        for criterion in method.asked:
            taken, rating = known[project].get(criterion.id), given.get(criterion.id)
            if taken and not (rating and _score(rating)):
                told = markup.link(steps.href(project, Place(taken.part)), f"{taken.told}, from {PART_BY_SLUG[taken.part].title}")
                from_steps.append((criterion.name, told, _level_words(criterion, taken.score.likely)))
            else:
                _ask_rating(project, criterion, rating, taken)
        if from_steps:
            head = ("Taken from the project", "What it says there", "By the rubric")
            markup.show(markup.table(head, from_steps))


def _score(rating: Rating) -> tuple[float, ...]:
    return tuple(v for v in (rating.low, rating.likely, rating.high) if v is not None)


def _level_words(criterion: Criterion, value: float | None) -> str:
    """The level that lies nearest, with its text."""
    if value is None:
        return ""
    near = min(criterion.levels, key=lambda level: abs(level.value - value))
    return f"{number_words(round(value, 2))}: {near.text}"


def _ask_rating(project: str, criterion: Criterion, rating: Rating | None, taken: Known | None) -> None:
    texts = {
        level.value: f"{number_words(level.value)}{f' {criterion.unit}' if criterion.unit else ''}: {level.text}"
        for level in criterion.levels
    }
    now = rating.likely if rating else None
    if now is not None and now not in texts:
        texts[now] = f"{number_words(now)}: as it was rated"
    key = f"ranking.level.{project}.{criterion.id}"
    st.session_state[key] = now
    label = f"**{notices.plain(criterion.name)}** {notices.plain(criterion.question)}"
    said = f" The step says: {notices.plain(taken.told)}." if taken else ""
    st.selectbox(
        f"{label}{said}",
        [None, *sorted(texts)],
        format_func=lambda value: _UNKNOWN if value is None else texts.get(value, ""),
        key=key,
        on_change=partial(_rated_as, project, criterion, rating, key),
    )


def _rated_as(project: str, criterion: Criterion, rating: Rating | None, key: str) -> None:
    value: float | None = st.session_state[key]
    with notices.refusals():
        if rating is None:
            edit = added("ratings", Rating(id=criterion.id, criterion=criterion.name, likely=value))
            here.save(project, "project", [edit])
            return
        before: dict[str, Any] = {"low": rating.low, "likely": rating.likely, "high": rating.high}
        after: dict[str, Any] = {"low": None, "likely": value, "high": None}
        edits = [Edit("ratings", rating.id, name, before[name], after[name]) for name in before if before[name] != after[name]]
        here.save(project, "project", edits)


# Criteria and weights


def _criteria(method: Method) -> None:
    """The rubric in full, and for a weighted score the weights and criteria of one's own."""
    with st.expander("Criteria and weights", key="ranking.criteria", on_change="rerun") as place:
        if not place.open:
            return
        if method.rule is Rule.MEAN:
            for criterion, weight in zip(method.criteria, method.weights, strict=True):
                key = f"compare.weight.{criterion.id}"
                st.slider(criterion.name, 0.0, 10.0, weight, 0.5, key=key, on_change=_weight_given, args=(criterion.id, key))
            _own()
        pieces = [
            markup.fold(
                f"{c.name}: {c.question}",
                markup.lines(f"{number_words(level.value)}: {markup.text(level.text)}" for level in c.levels),
            )
            for c in method.asked
        ]
        markup.show(markup.heading("What the levels stand for"), *pieces)


def _weight_given(criterion: str, key: str) -> None:
    keep(weights={criterion: st.session_state[key]})


def _own() -> None:
    """Criteria that people of this workbench made."""
    store = here.store().portfolio
    for one in rubrics.kept_own(store.setting(rubrics.SETTING)):
        label = f"Remove “{short(one.criterion.name, 60)}”"
        st.button(label, key=f"ranking.remove.{one.criterion.id}", type="tertiary", on_click=partial(_remove_own, one.criterion.id))
    with st.popover("Add a criterion", icon=":material/add:"), st.form("ranking.own", border=False):
        name = st.text_input("What is rated?", placeholder="Learning for the team", max_chars=80)
        texts = [st.text_input(f"Level {number_words(v)} means", max_chars=200) for v in rubrics.OWN_LEVELS]
        weight = st.slider("Weight", 0.5, 10.0, 3.0, 0.5)
        if st.form_submit_button("Add it", type="primary"):
            try:
                made = rubrics.own(name, "", texts, weight)
            except WorkbenchError as error:
                notices.refused(error)
                return
            store.keep_setting(rubrics.SETTING, {made.criterion.id: made.kept})
            st.rerun()


def _remove_own(criterion: str) -> None:
    here.store().portfolio.keep_setting(rubrics.SETTING, {criterion: None})
