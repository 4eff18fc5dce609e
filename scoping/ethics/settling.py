"""What is still to settle in the ethics step: one list, from which the sign-off asks a part and a clearance everything."""

from __future__ import annotations

from scoping.ethics import consequences
from scoping.ethics.consequences import Consequences
from scoping.findings import Finding
from scoping.lacking import Missing, begun, first_blank, lack, named, says
from scoping.section import Answer
from scoping.sections.ethics import NO_CONCERN, THREE, AtLaunch, Concern, Ethics, Judgement, Outcome, is_open, lacks_yes, why_adrift
from scoping.words import count, day_words, short


def to_clear(judged: Consequences) -> Missing:
    """Everything between a project and clear, in the order in which it should be done."""
    ethics = judged.ethics
    yield from _three(ethics)
    yield from level(judged)
    yield from legal_class(judged)
    yield from left_demands(judged)
    yield from filter(None, map(why_adrift, ethics.obligations))
    yield from concerns(ethics)
    for c in begun(ethics.concerns):
        if not _is_closed(c):
            yield lack("ethics.concern_left", f"The concern {named(c)} is not settled.", c, "outcome" if is_open(c) else "reason")
    yield from _broken_promises(ethics)
    yield from _cleared_by_name(ethics)


def to_sign(judged: Consequences) -> Missing:
    """What keeps people from signing, concerns apart: where level or class may be high, both stand and are taken on.

    A low result needs no more than to be known. A class that somebody began to look for has to be found.
    """
    ethics = judged.ethics
    yield from _three(ethics)
    yield from level(judged) if _level_may_be_high(judged) else _unanswered(judged)
    if _level_may_be_high(judged) or judged.legal.is_asked:
        yield from legal_class(judged)
    if _level_may_be_high(judged) or (judged.legal.is_asked and any(c.is_high for c in judged.legal.classes)):
        yield from left_demands(judged)
        demanded = {d.id for d in judged.certain}
        yield from filter(None, (why_adrift(o) for o in ethics.obligations if o.id in demanded))
    yield from _broken_promises(ethics)


def concerns(ethics: Ethics) -> Missing:
    """Whether people were asked for concerns, and none is open without an owner or a named acceptance."""
    told: tuple[Concern, ...] = begun(ethics.concerns)
    if not told and not (ethics.aired is Judgement.YES and says(ethics, "aired_how")):
        yield lack("ethics.no_concern", NO_CONCERN, ethics, "concerns")
    for c in told:
        if is_open(c) and not (says(c, "owner") or says(c, "accepted_by")):
            message = f"Open concern: {named(c, 80)}. Name a person who looks after it, or who accepts it as it is."
            yield lack("ethics.open_concern", message, c, "owner")
        elif c.outcome is Outcome.OVERRULED and (name := first_blank(c, "reason", "owner")):
            message = f"The concern {named(c, 80)} was overruled without reason or owner. Note both, or reopen it."
            yield lack("ethics.overruled", message, c, name)


def level(judged: Consequences) -> Missing:
    """A level is settled when it is a single one, and when a high one rests on more than a first impression."""
    impact = judged.impact
    if unanswered := tuple(_unanswered(judged)):
        yield from unanswered
    elif impact.level is None:
        words = f"The impact level is not certain. {consequences.level_words(impact)}. {consequences.decide_words(impact)}"
        yield Finding("ethics.level_open", words.strip(), field="checklist", is_unknown=_all_unknown(judged))
    elif impact.pack.screening and impact.scale.is_high(impact.level):
        words = f"{consequences.level_words(impact)}. That is high for a first impression. Look closer, so that it rests on more."
        yield lack("ethics.level_screened", words, judged.ethics, "impact_pack")


def legal_class(judged: Consequences) -> Missing:
    """A class is settled when it is a single one and allowed."""
    ethics, legal = judged.ethics, judged.legal
    if not legal.is_asked:
        message = "The legal class is not looked for yet. Go through the decision tree."
        yield lack("ethics.class_open", message, ethics, "legal_path")
    elif legal.is_certain("prohibited"):
        message = "By the answers given this is a prohibited practice. Change the plan, or stop here."
        yield lack("ethics.prohibited", message, ethics, "legal_path")
    elif legal.result is None:
        message = f"The legal class is not certain. Possible are: {', '.join(c.name.lower() for c in legal.classes)}."
        yield Finding("ethics.class_open", message, field="legal_path", is_unknown=legal.next is None)


def left_demands(judged: Consequences) -> Missing:
    """Whether every demand that is certain stands among the obligations."""
    if left := len(judged.left):
        words = f"{count(left, 'obligation')} {'follows' if left == 1 else 'follow'}"
        message = f"{words} from level and class and nobody has taken {'it' if left == 1 else 'them'} on."
        yield lack("ethics.demand_left", message, judged.ethics, "obligations")


def _three(ethics: Ethics) -> Missing:
    for name, *_ in THREE:
        if lacking := lacks_yes(ethics, name):
            denied = "_no" if getattr(ethics, name) is Judgement.NO else ""
            yield lack(f"ethics.{name}{denied}", lacking, ethics, name)


def _level_may_be_high(judged: Consequences) -> bool:
    return any(map(judged.impact.scale.is_high, judged.impact.levels))


def _unanswered(judged: Consequences) -> Missing:
    """The questions of a first impression without an answer; a longer pack stands for them once one of its own has one."""
    impact = judged.impact
    if not impact.open or (impact.answered and not impact.pack.screening):
        return
    if _all_unknown(judged):
        message = f"Not known yet: “{short(impact.open[0].ask, 80)}”"
    elif impact.answered:
        message = f"First impression: {impact.answered} of {count(impact.asked, 'question')} answered."
    else:
        message = "No impact question is answered yet, so any impact level is possible."
    yield Finding("ethics.level_open", message, field="checklist", is_unknown=_all_unknown(judged))


def _all_unknown(judged: Consequences) -> bool:
    """Whether the team looked at every question that is open and does not know its answer."""
    items = judged.items
    return all(q.id in items and items[q.id].answer("answered") is Answer.UNKNOWN for q in judged.impact.open)


def _broken_promises(ethics: Ethics) -> Missing:
    for o in ethics.obligations:
        if o.at_launch is AtLaunch.NOT_KEPT:
            message = f"At launch {named(o)} was found not kept. Cure it, or do not launch."
            yield lack("ethics.promise_broken", message, o, "at_launch")
    for i in ethics.checklist:
        if i.at_launch is AtLaunch.NOT_KEPT:
            message = f"Promised at the design and not kept at launch: {named(i, 80)}."
            yield lack("ethics.promise_broken", message, i, "at_launch")


def _is_closed(concern: Concern) -> bool:
    """Whether a concern is settled: open only with a name that accepts it, closed with reason and owner."""
    if is_open(concern):
        return says(concern, "accepted_by")
    return not first_blank(concern, "reason", "owner")


def _cleared_by_name(ethics: Ethics) -> Missing:
    by = short(ethics.cleared_by, 80)
    if not by:
        when = f" It says when, {day_words(ethics.cleared_on)}, but not by whom." if ethics.cleared_on else ""
        yield lack("ethics.not_cleared", f"Nobody has cleared it by name.{when}", ethics, "cleared_by")
    elif ethics.cleared_on is None:
        yield lack("ethics.not_cleared", f"It does not say when {by} cleared it.", ethics, "cleared_on")
