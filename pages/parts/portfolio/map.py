"""Projects on the map: what each may be worth against whether it can work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.parts import markup
from pages.parts.markup import Html
from pages.parts.portfolio import cards as project_cards
from scoping import currency as iso
from scoping.ethics.state import EthicsKind
from scoping.portfolio import map as scoping_map
from scoping.portfolio.figures import CanWork
from scoping.words import count
from storage.portfolio import Card

_RISK = {
    EthicsKind.HIGH_RISK: "▲ high-risk",
    EthicsKind.OBJECTED: "✕ objected",
    EthicsKind.CLEARED: "✓ ethics cleared",
    EthicsKind.OPEN: "◇ ethics open",
    EthicsKind.FIRST_IMPRESSION: "◇ ethics: first impression",
    EthicsKind.NOT_ASSESSED: "? ethics not asked yet",
}
"""Where a project stands with ethics, as a mark and a word."""
_LOUD = (EthicsKind.HIGH_RISK, EthicsKind.OBJECTED)


def drawn(cards: Sequence[Card], currency: str, rates: Mapping[str, float]) -> Html:
    """The map, what its marks mean, and the same as a table."""
    live = [c for c in cards if not project_cards.is_final(c)]
    found = scoping_map.laid_out([(c.project_id, c.name, c.figures) for c in live], {**rates, currency: 1.0})
    if not found.points:
        said = "None of these projects says yet what it may be worth. Open one and say what it brings, under Value."
        return Html(markup.empty(said) + _table(cards))
    by_id = {c.project_id: c for c in live}
    marks = "".join(_mark(point, by_id[point.id], nth) for nth, point in enumerate(found.points, 1))
    lines = "".join(
        f'<div class="y{"" if amount else " nil"}" style="top:{_share(at)}"><span>{iso.about(amount, currency)}</span></div>'
        for amount, at in found.ticks
    )
    width = 100 / len(CanWork)
    columns = "".join(
        f'<div class="x" style="inset-inline-start:{n * width:g}%;width:{width:g}%"><span>{one.label}</span></div>'
        for n, one in enumerate(CanWork)
    )
    axes = '<span class="axis v">What it may be worth</span><span class="axis h">Can it work?</span>'
    field = (
        f'<div class="wide"><div class="map" role="group" aria-label="Map of projects">{axes}{lines}{columns}{marks}</div></div>'
    )
    return Html(field + _legend() + _left_out(cards, live, len(found.points), currency) + _table(cards))


def _share(of: float) -> str:
    return f"{100 * of:.2f}%"


def _mark(point: scoping_map.Point, card: Card, nth: int) -> str:
    """The cross of a project, its dot and its name."""
    tone = f"s-{card.health.word.value}" if card.health else ""
    rough = " guess" if point.is_rough else ""
    low, high, x = min(point.low, point.high), max(point.low, point.high), _share(point.x)
    across = ""
    if not point.is_known:
        across = f'<span class="bar-h guess {tone}" style="inset-inline:0;top:{_share(point.y)}"></span>'
    upright = (
        f'<span class="bar-v{rough} {tone}" style="inset-inline-start:{x};top:{_share(low)};height:{_share(high - low)}"></span>'
    )
    state = card.health.words if card.health else "Not worked out yet"
    risk = _RISK[card.figures.ethics]
    told = markup.text(f"{card.name}: {state}, {project_cards.worth_words(card.figures)}, {card.figures.can_work.label}, {risk}")
    hollow = " hollow" if point.is_rough or not point.is_known else ""
    place = f"inset-inline-start:{x};top:{_share(point.y)}"
    href = markup.text(project_cards.href(card))
    number = "" if point.name_at else str(nth)
    dot = f'<a class="dot{hollow} {tone}" style="{place}" href="{href}" title="{told}" aria-label="{told}">{number}</a>'
    if point.name_at is None:
        return across + upright + dot
    loud = ' class="risk"' if card.figures.ethics in _LOUD else ""
    small = f"<small>{markup.text(state)} · <span{loud}>{risk}</span></small>"
    at = f"inset-inline-start:{_share(point.name_at[0])};top:{_share(point.name_at[1])}"
    tag = f'<a class="tag {tone}" style="{at}" href="{href}" tabindex="-1" title="{told}">{small}<bdi>{markup.text(point.name)}</bdi></a>'
    return across + upright + dot + tag


def _legend() -> Html:
    marks = (
        ('<i class="dot-of"></i>', "known"),
        ('<i class="dot-of hollow"></i>', "rests on guesses, or too little is known"),
        ('<i class="cross-of"></i>', "where it lies in 8 of 10 cases"),
    )
    return Html(f'<div class="legend">{"".join(f"<span>{mark}{words}</span>" for mark, words in marks)}</div>')


def _left_out(cards: Sequence[Card], live: Sequence[Card], points: int, currency: str) -> Html:
    """Which projects the map cannot show, and why."""
    sentences = []
    if final := len(cards) - len(live):
        sentences.append(f"{count(final, 'stopped or closed project is', 'stopped or closed projects are')} not drawn.")
    unvalued = sum(c.figures.worth is None for c in live)
    if unvalued:
        sentences.append(f"{count(unvalued, 'project does', 'projects do')} not say yet what they may be worth.")
    if foreign := len(live) - unvalued - points:
        sentences.append(
            f"{count(foreign, 'project is', 'projects are')} in a currency without a known rate to {currency}; give one under Compare."
        )
    return markup.note(" ".join(sentences)) if sentences else Html()


def _table(cards: Sequence[Card]) -> Html:
    rows = [
        (
            markup.link(project_cards.href(card), card.name),
            card.health.words if card.health else "Not worked out yet",
            card.figures.can_work.label,
            project_cards.worth_words(card.figures)
            + (", rough" if card.figures.is_rough and card.figures.worth is not None else ""),
            _RISK[card.figures.ethics],
        )
        for card in cards
    ]
    return markup.fold("As a table", markup.table(("Project", "State", "Can it work?", "May be worth", "Ethics"), rows))
