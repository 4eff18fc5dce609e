"""Groups of cases in the order in which they deserve work, with the reason in each row."""

from __future__ import annotations

from pages.parts import markup
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.feasibility import slices
from scoping.feasibility.order_of_work import Placed, order_of_work
from scoping.feasibility.slices import Part
from scoping.places import Place
from scoping.sections.feasibility import SliceKind, Slices, share_total
from scoping.words import count, in_percent, percent, short


def show(step: Step) -> None:
    """What to work on first in a sentence, all groups in their order, and what a good average hides."""
    answered = step.charter.feasibility
    parts = slices.typed(answered)
    if not parts:
        return
    placed = order_of_work(parts)
    known = [p for p in placed if p.place]
    sentence = f"Work on “{short(known[0].part.name, 60)}” first." if known else "Nobody has measured any group yet."
    gains = slices.gains(parts, exclusive=slices.are_exclusive(answered))
    total = share_total(answered)
    shares = f" Shares add to {in_percent(total)}." if total is not None and answered.slices_are is not Slices.OVERLAPPING else ""
    lead = markup.lead(f"{slices.gains_words(gains) if gains else 'What there is to gain is not known yet.'}{shares}")
    rule = "First what must never fail; then the points there are to gain, weighed by ease and importance. Rare and protected groups count as if they were as common as the others; where nobody knows how well people do it, all errors count."
    remarks = [markup.text(one) for one in slices.remarks(answered)]
    markup.show(
        markup.result(sentence),
        lead,
        Html(f'<ul class="list">{"".join(_row(step, p) for p in placed)}</ul>'),
        *([markup.fold("What the average hides", markup.lines(remarks))] if remarks else []),
        markup.fold("How the order is made", markup.note(rule)),
        markup.fold("All figures", _table(parts)),
    )


def _row(step: Step, one: Placed) -> str:
    part = one.part
    href = step.href(Place("feasibility", "slices", part.id))
    marks = [markup.chip("must never fail", "hot")] if part.must_not_fail else []
    marks += [markup.chip(part.kind.label)] if part.kind is not SliceKind.ORDINARY else []
    marks += [markup.chip("people not known", "open")] if part.hlp is None else []
    marks += [markup.chip(f"{count(slices.points(part.gain), 'point')} to gain", "yes")] if part.gain else []
    place = f'<span class="n mute">{one.place}</span>' if one.place else '<span class="n mute">–</span>'
    reasons = ", ".join(one.reasons)
    words = f"{reasons[:1].upper()}{reasons[1:]}." if reasons else ""
    return (
        f'<li>{place}<div class="grow"><div class="t"><a class="go opener" href="{markup.text(href)}">{markup.text(part.name)}</a></div>'
        f'<p class="mute">{markup.text(words)}</p>{markup.chips(marks) if marks else ""}</div></li>'
    )


def _table(parts: tuple[Part, ...]) -> Html:
    def share(value: float | None) -> str:
        return "not known" if value is None else percent(value, 1)

    rows = [
        (
            p.name,
            share(p.accuracy),
            slices.interval_words(p).strip(" ()"),
            share(p.hlp),
            share(p.share),
            "" if p.gain is None else slices.points(p.gain),
        )
        for p in parts
    ]
    return markup.table(("Group", "Model", "Nineteen times in twenty", "People", "Share of the cases", "Points to gain"), rows)
