"""What is still to settle in the ethics step: one list, from which the sign-off asks a part and a clearance everything."""

from __future__ import annotations

from dataclasses import replace

from scoping.content.screening import SCREENING
from scoping.ethics import consequences
from scoping.ethics.consequences import Consequences
from scoping.findings import Finding
from scoping.lacking import Missing, begun, first_blank, lack, named, says
from scoping.section import Answer
from scoping.sections.ethics import (
    NO_CONCERN,
    THREE,
    AtLaunch,
    Concern,
    Ethics,
    Judgement,
    Outcome,
    is_open,
    lacks_yes,
    why_adrift,
)
from scoping.words import count, day_words, short


def to_clear(judged: Consequences) -> Missing:
    """Everything between a project and clear, in the order in which it should be done."""
    ethics = judged.ethics
    yield from _screening(judged)
    if judged.wants_class:
        yield from legal_class(judged)
    if judged.is_called_for:
        yield from level(judged)
    yield from left_demands(judged)
    yield from filter(None, map(why_adrift, ethics.obligations))
    yield from unpromised(judged)
    yield from _said_aloud(ethics)
    yield from concerns(ethics)
    for c in begun(ethics.concerns):
        if not _is_closed(c):
            yield lack("ethics.concern_left", f"The concern {named(c)} is not settled.", c, "outcome" if is_open(c) else "reason")
    yield from _broken_promises(ethics)
    yield from _cleared_by_name(ethics)


def to_sign(judged: Consequences) -> Missing:
    """What keeps people from signing, concerns apart: the eight questions are answered, and what they call for is done.

    Eight times no needs nothing more. A yes asks for the legal class; what may be high, for level and duties as well.
    """
    ethics = judged.ethics
    yield from _objections(ethics)
    yield from _screening(judged)
    further = [*(legal_class(judged) if judged.wants_class else ())]
    if judged.may_be_high:
        further += level(judged)
        further += left_demands(judged)
        demanded = {d.id for d in judged.certain}
        further += filter(None, (why_adrift(o) for o in ethics.obligations if o.id in demanded))
    yield from (_waits(ethics, finding) for finding in further)
    yield from _broken_promises(ethics)


def handed_words(ethics: Ethics) -> str:
    """With whom the further questions are, and until when; "" while they are with nobody."""
    if not ethics.handed_to.strip():
        return ""
    until = f" until {day_words(ethics.handed_until)}" if ethics.handed_until else ""
    return f"{short(ethics.handed_to, 80)}{until}"


def _waits(ethics: Ethics, finding: Finding) -> Finding:
    """What is missing, with the person who was asked for it. It stays missing until it is done."""
    with_whom = handed_words(ethics)
    return replace(finding, message=f"With {with_whom}: {finding.message}") if with_whom else finding


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
    """A level is settled when it is a single one."""
    impact = judged.impact
    if not impact.answered:
        message = "How large the impact on people may be is not looked at yet. Answer the questions in depth."
        yield Finding("ethics.level_open", message, field="checklist", is_unknown=_all_unknown(judged))
    elif impact.level is None:
        words = f"Answer what decides the impact level. {consequences.level_words(impact)}. {consequences.decide_words(impact)}"
        yield Finding("ethics.level_open", words.strip(), field="checklist", is_unknown=_all_unknown(judged))


def legal_class(judged: Consequences) -> Missing:
    """A class is settled when it is a single one and allowed."""
    ethics, legal = judged.ethics, judged.legal
    if not legal.is_asked:
        message = "Which class of the law it falls into is not looked for yet. A few questions tell."
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
        demanded = count(left, "promise is demanded", "promises are demanded")
        message = f"{demanded} by level and class, and nobody has taken {'it' if left == 1 else 'them'} on."
        yield lack("ethics.demand_left", message, judged.ethics, "obligations")


def unpromised(judged: Consequences) -> Missing:
    """The yeses that nobody's promise answers; of a high risk, level and class say what has to be promised."""
    for name in () if judged.may_be_high else judged.screened.unpromised:
        message = f"“{SCREENING[name].ask}” is a yes, and no promise with an owner answers it."
        yield Finding("ethics.yes_unpromised", message, field=name)


def _screening(judged: Consequences) -> Missing:
    """The first of the eight questions without an answer, and each of which the answer is not known."""
    screened = judged.screened
    for name in screened.blank[:1]:
        begin = "The eight quick questions are not all answered" if screened.is_begun else "Eight quick questions are not answered"
        yield Finding("ethics.screening_open", f"{begin} yet. The next: “{SCREENING[name].ask}”", field=name)
    for name in screened.unknown:
        message = f"Not known yet: “{SCREENING[name].ask}” It counts as a yes until somebody knows."
        yield lack("ethics.screening_unknown", message, judged.ethics, name)


def _said_aloud(ethics: Ethics) -> Missing:
    for name, *_ in THREE:
        if lacking := lacks_yes(ethics, name):
            denied = "_no" if getattr(ethics, name) is Judgement.NO else ""
            yield lack(f"ethics.{name}{denied}", lacking, ethics, name)


def _objections(ethics: Ethics) -> Missing:
    """What the team itself says against the project: such a no has ended projects that were worth a lot."""
    yield from (finding for finding in _said_aloud(ethics) if finding.code.endswith("_no"))


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
