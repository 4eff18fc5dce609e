"""Ethics: net value, fairness, concerns openly aired."""

from __future__ import annotations

from datetime import date

from scoping.section import (
    Choice,
    Fields,
    Finding,
    LongText,
    Record,
    Section,
    Text,
    advice,
    ask,
    blocker,
    records,
    short,
    text,
)


class Judgement(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"


class ItemAnswer(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Outcome(Choice):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted: we live with it"
    MITIGATED = "mitigated", "Mitigated"
    OVERRULED = "overruled", "Overruled"


class Concern(Record):
    """A worry somebody voiced, and what became of it."""

    concern: LongText = text("Concern", core=True, example="Speakers with an accent are served worse.")
    outcome: Outcome | None = ask("What came of it", core=True)
    owner: Text = text("Who looks after it", core=True)
    raised_by: Text = text("Raised by", "May stay empty: a concern counts without a name.")
    raised_on: date | None = ask("Raised on")
    debated_by: Text = text("Debated by")
    debated_on: date | None = ask("Debated on")
    reason: LongText = text("Why it was decided so", "Needed when a concern is accepted, mitigated or overruled.")


class ChecklistItem(Record):
    """One question of the checklist in the words it was asked in, and the answer."""

    question: LongText = text("Question", tabled=True)
    answered: ItemAnswer | None = ask("Answer", core=True)
    note: LongText = text("Reason or evidence", "Needed when the question does not apply, or the answer is no.")
    owner: Text = text("Who looks after it")
    area: Text = text("Area")


class Ethics(Fields):
    """The three questions, the concern log and the checklist."""

    net_positive: Judgement | None = ask("Does it create net positive value for society?", core=True)
    net_positive_reason: LongText = text(
        "Net value: because", core=True, example="Hands-free search keeps drivers' eyes on the road."
    )
    is_fair: Judgement | None = ask("Is it reasonably fair and free from bias?", core=True)
    is_fair_reason: LongText = text(
        "Fairness: because", core=True, example="Not yet: accents are under-represented; see the slice targets."
    )
    aired: Judgement | None = ask("Were concerns openly aired and debated?", core=True)
    aired_how: LongText = text("Where and by whom", core=True, example="Workshop on 3 May with support, legal and two drivers")
    concerns: tuple[Concern, ...] = records(
        "Concern log",
        "concern",
        "Ask everyone in the room: what could go wrong, and for whom? Write it down before debating it.",
        layout="cards",
    )
    checklist: tuple[ChecklistItem, ...] = records(
        "Checklist",
        "question",
        "The checklist is empty. Add the questions that your organisation asks of every project.",
        needed=False,
    )


_THREE = (
    (
        "net_positive",
        "net_positive_reason",
        "the project creates net positive value for society",
        "the project creates no net positive value for society",
    ),
    ("is_fair", "is_fair_reason", "it is reasonably fair and free from bias", "it is not fair and free from bias"),
    ("aired", "aired_how", "concerns were openly aired and debated", "concerns were not openly aired and debated"),
)
"""The three questions: field, field of the reason, what is asked, and what a no says."""


def review(ethics: Ethics) -> list[Finding]:
    """An unasked question is never a pass; open concerns and reasonless answers are named."""
    found = []
    for name, because, question, denial in _THREE:
        answer = getattr(ethics, name)
        if name in ethics.unknown:
            found.append(blocker(f"ethics.{name}", f"The team does not know yet whether {question}. Find out before going on."))
        elif answer is None:
            found.append(blocker(f"ethics.{name}", f"Nobody has answered yet whether {question}."))
        elif answer is Judgement.NO:
            found.append(blocker(f"ethics.{name}_no", f"The team says that {denial}. Cure it, or stop here."))
        elif not getattr(ethics, because).strip():
            found.append(advice(f"ethics.{name}_reason", f"Say why you believe that {question}."))
    return found + _review_concerns(ethics) + _review_checklist(ethics)


def _review_concerns(ethics: Ethics) -> list[Finding]:
    if not ethics.concerns:
        return [advice("ethics.no_concern", "No concern is noted yet. Ask everyone what could go wrong, and for whom.")]
    found = []
    for c in ethics.concerns:
        if c.outcome in (None, Outcome.OPEN):
            found.append(
                blocker("ethics.open_concern", f"Open concern: “{short(c.title, 80)}”. Debate it and note what came of it.", c.id)
            )
        elif not (c.reason.strip() and c.owner.strip()):
            found.append(advice("ethics.concern_reason", f"Note reason and owner for the concern “{short(c.title, 60)}”.", c.id))
    return found


def _review_checklist(ethics: Ethics) -> list[Finding]:
    if not ethics.checklist:
        return [advice("ethics.no_checklist", "No checklist was gone through. Add the questions that your organisation asks.")]
    found = []
    unasked = [i for i in ethics.checklist if i.answered is None and "answered" not in i.unknown]
    unknown = [i for i in ethics.checklist if "answered" in i.unknown]
    if unasked:
        found.append(
            advice(
                "ethics.checklist_open",
                f"Of {len(ethics.checklist)} checklist questions, {len(unasked)} {_have(unasked)} not been asked yet.",
            )
        )
    if unknown:
        found.append(
            advice(
                "ethics.checklist_unknown",
                f"Of {len(ethics.checklist)} checklist questions, {len(unknown)} {_have(unknown)} no known answer yet. "
                "Find out before launch.",
            )
        )
    found += [
        advice("ethics.checklist_reason", f"Give a reason for “{short(i.title, 70)}”.", i.id)
        for i in ethics.checklist
        if i.answered in (ItemAnswer.NO, ItemAnswer.NOT_APPLICABLE) and not i.note.strip()
    ]
    return found


def _have(items: list[ChecklistItem]) -> str:
    return "has" if len(items) == 1 else "have"


SECTION = Section(
    slug="ethics",
    title="Ethics",
    icon="balance",
    question="Is it right?",
    why="Three questions every project answers, a log of concerns, and a checklist. Blank never means safe.",
    good="“Raised by support on 3 May, debated on 10 May, mitigated by a slice target for accents, owner Ben.”",
    poor="A clean checklist, filled in alone on the last evening.",
    model=Ethics,
    review=review,
)
