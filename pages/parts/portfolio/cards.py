"""Projects as cards: how each stands and why, what it asks, what it may be worth, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.parts import markup, steps
from pages.parts.markup import Html
from scoping import currency as iso
from scoping.health import FINAL, UNSIGNED
from scoping.places import Place
from scoping.portfolio.figures import Figures
from scoping.signing.conditions import to_sign_words
from scoping.words import day_words, isolated_names
from storage.portfolio import Card

_SHORT = 56
"""Letters that two lines of every card hold."""


def drawn(cards: Sequence[Card], currency: str, rates: Mapping[str, float]) -> Html:
    """Cards beside each other. Their ranges share a scale, as far as their currencies can be converted.

    Args:
        rates: what one unit of another currency is worth in `currency`.
    """
    known = {**rates, currency: 1.0}
    alike = {code: currency if known.get(code) else code for code in (c.figures.currency for c in cards)}
    ends: dict[str, list[float]] = {code: [0.0] for code in alike.values()}
    for figures in (c.figures for c in cards):
        rate = known.get(figures.currency) or 1.0
        ends[alike[figures.currency]] += [end * rate for end in (figures.low, figures.high) if end is not None]

    def scale(code: str) -> tuple[float, float]:
        rate = known.get(code) or 1.0
        return min(ends[alike[code]]) / rate, max(ends[alike[code]]) / rate

    return markup.cards(_card(card, *scale(card.figures.currency)) for card in cards)


def href(card: Card) -> str:
    """The address of a project's home."""
    return steps.href(card.project_id, Place("project"))


def is_final(card: Card) -> bool:
    """Whether nothing more is expected of a project."""
    return card.health is not None and card.health.word in FINAL


def _card(card: Card, lo: float, hi: float) -> Html:
    figures = card.figures
    is_over = is_final(card)
    chip = markup.chip("guesses", "guess") if figures.is_rough and figures.worth is not None and not is_over else ""
    menu = (
        f'<button type="button" class="btn q sm ico more" data-project="{card.project_id}" data-archived="{int(card.is_archived)}"'
    )
    menu += f' aria-label="More for {markup.text(card.name)}" aria-haspopup="true">{markup.icon("more_horiz")}</button>'
    head = Html(f'<div class="row top">{_badge(card)}<span class="grow"></span>{chip}{menu}</div>')
    why = _why(card.health.reason) if card.health and card.health.reason else Html()
    pieces = (head, markup.opener(card.name, href(card)), why, _amounts(figures, is_final=is_over))
    worth = () if is_over else (markup.range_bar(figures.low, figures.worth, figures.high, lo, hi, guess=figures.is_rough),)
    return markup.card(*pieces, *worth, *(() if is_over or card.is_archived else (_next(card),)))


def _why(reason: str) -> Html:
    """Two lines of a reason; the whole of it for whoever points at it, comes by Tab or taps."""
    told = markup.text(isolated_names(reason))
    if len(reason) <= _SHORT:
        return Html(f'<p class="why">{told}</p>')
    return Html(
        f'<p class="why" tabindex="0"><span class="brief">{told}</span><span class="tip" aria-hidden="true">{told}</span></p>'
    )


def _badge(card: Card) -> Html:
    if card.is_archived:
        return Html(f'<span class="badge">{markup.icon("archive")}Archived</span>')
    return markup.badge(card.health)


def _amounts(figures: Figures, *, is_final: bool) -> Html:
    """What it asks, and while that is still open, what it may be worth."""
    asked = "not known yet" if figures.asked is None else iso.about(figures.asked, figures.currency)
    rows = [("Asked", asked)]
    if not is_final:
        rows.append(("Worth, rough" if figures.is_rough and figures.worth is not None else "Worth", worth_words(figures)))
    told = "".join(f"<dt>{name}</dt><dd>{markup.text(value)}</dd>" for name, value in rows)
    return Html(f'<dl class="asked">{told}</dl>')


def worth_words(figures: Figures) -> str:
    """What a project may be worth in 8 of 10 cases."""
    if figures.low is None or figures.high is None:
        return "not known yet"
    return iso.rough(figures.low, figures.high, figures.currency)


def _next(card: Card) -> Html:
    """What comes next, who answers for it, and when."""
    due = card.next_milestone
    if card.health is not None and card.health.word in UNSIGNED:
        who, what, when = card.owner, to_sign_words(card.met), ""
    elif due is not None:
        who, what, when = due.owner or card.owner, due.title, day_words(due.due)
    else:
        who, what, when = card.owner, "No date ahead", ""
    day = f"<time>{when}</time>" if when else ""
    return Html(f'<div class="then">{markup.avatar(who, "s")}<span class="grow" dir="auto">{markup.text(what)}</span>{day}</div>')
