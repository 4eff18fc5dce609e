"""Problems: what to achieve, never how."""

from __future__ import annotations

import re
from datetime import date

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.section import Choice, Fields, Id, Link, LongText, Minor, Number, Record, SectionOf, Text, Whole, ask, records, text
from scoping.words import short

__all__ = ["SECTION", "Action", "Goal", "Problem", "Problems", "Stakeholder", "solution_words"]


class CostPeriod(Choice):
    YEAR = "year", "per year"
    QUARTER = "quarter", "per quarter"
    MONTH = "month", "per month"
    ONCE = "once", "once"


class GoalType(Choice):
    EFFICIENCY = "efficiency", "Efficiency: the same with less"
    EFFECTIVENESS = "effectiveness", "Effectiveness: more of what counts"
    EQUITY = "equity", "Equity: fairer to those served"


class Side(Choice):
    BUSINESS = "business", "Business"
    TECHNICAL = "technical", "Technical"
    AFFECTED = "affected", "Affected by the outcome"
    OVERSIGHT = "oversight", "Law, privacy, oversight"


class Raci(Choice):
    RESPONSIBLE = "responsible", "Responsible: does the work"
    ACCOUNTABLE = "accountable", "Accountable: answers for it"
    CONSULTED = "consulted", "Consulted before"
    INFORMED = "informed", "Informed after"


class Problem(Record):
    """Something that should work better, told without naming a cure."""

    statement: LongText = text(
        "What do you wish were working better?",
        "Say what is wrong and for whom. The cure comes in the next step.",
        core=True,
        example="One in five deliveries comes back, because nobody was at home.",
    )
    who_is_affected: Text = text("Who is affected", core=True, example="Customers and drivers")
    how_many: Whole | None = ask("How many of them", "A rough order of magnitude helps.", core=True, ge=0, example="40,000")
    baseline_metric: Text = text("Measured by", "The number that would move.", core=True, example="Deliveries that come back, in %")
    baseline_value: Number | None = ask("Today it stands at", "Measured, not wished.", core=True, example="21")
    cost_of_doing_nothing: Minor | None = ask(
        "Cost of doing nothing", "What it costs if all stays as it is.", core=True, example="250,000"
    )
    currency: Currency = ask("Currency", default=Currency.USD, assumed=True)
    cost_period: CostPeriod | None = ask("The cost arises")
    rank: Whole | None = ask("Rank", "1 is the most pressing.", ge=1, le=999)
    observed_outcome: LongText = text(
        "What goes wrong, as observed", example="The driver comes a second time, or the customer gives up."
    )
    how_much_each: Text = text("How hard it hits each of them", example="A day of waiting and some anger")
    measured_how: Text = text("How today's number was measured", example="Log of 2,000 deliveries, May")
    measured_on: date | None = ask("Measured on")
    why_now: LongText = text("Why now")
    tried_before: LongText = text("What was tried before, and what came of it")
    current_process: LongText = text("How it is done today")
    owner: Text = text("Who owns the problem")


class Goal(Record):
    """An outcome the team wants, in order of importance."""

    statement: LongText = text("Goal", core=True, example="Fewer deliveries that come back")
    rank: Whole | None = ask("Rank", "1 counts most.", core=True, ge=1, le=999)
    problem: Link = text("Answers the problem", core=True, refers_to="problems.problems")
    type: GoalType | None = ask("Kind of goal")
    constraint: Text = text("Within which limits", example="Without later deliveries")
    wanted: Number | None = ask("Wanted", "The number that the problem it answers should reach.", tabled=True, example="12")
    wanted_on: date | None = ask("By when", tabled=True)
    measure: Text = text("Seen by", example="Returned deliveries, from 21 % to 12 %")


class Stakeholder(Record):
    """A person or group that decides, works with it or has to live with it: what it means for them, and who says so."""

    name: Text = text("Person or group", core=True, example="Dana Lee, deliveries")
    side: Side | None = ask("Side", core=True)
    gains: LongText = text("What they gain", "Said the way they would say it.", core=True, example="No second trip in the evening")
    loses: LongText = text(
        "What they may lose",
        "Time, money, a say, a habit; also for those who never use it.",
        core=True,
        example="A call on every day off",
    )
    spoken_for_by: Text = text(
        "Who speaks for them",
        "Where they are not in the room: somebody who asks them, or who knows them well enough to object.",
        tabled=True,
        example="The works council",
    )
    raci: Raci | None = ask("Role in the project")
    wants: LongText = text("What else they say about it", example="Not another trial without an owner")


class Action(Record):
    """A decision or act that a prediction would change."""

    action: Text = text("Decision or action", core=True, example="Whom to ring before the van leaves")
    executed_by: Text = text("Who takes it", core=True, example="The dispatcher")
    acts_on: Text = text("On whom or what", example="Each delivery")
    how_often: Text = text("How often it is decided", core=True, example="Every morning, 800 times")
    channel: Text = text("Through which channel", example="The list of the day")
    today: LongText = text("How it is decided today")


class Problems(Fields):
    """The problem board of a project."""

    decision_changed: LongText = text(
        "What would be done differently if we could predict it?",
        "Without an action that changes, a prediction is worth nothing.",
        core=True,
        topic="decisions",
        example="We would ring the doubtful tenth before we leave instead of coming twice.",
    )
    in_scope: LongText = text("In scope", core=True, topic="scope", example="Private customers, two cities")
    out_of_scope: LongText = text("Out of scope", core=True, topic="scope", example="Companies, abroad")
    link_to_strategy: LongText = text("How it serves the strategy", topic="scope")
    problems: tuple[Problem, ...] = records(
        "Problems",
        "problem",
        "Ask everyone: which three things do you wish were working better? Write one problem for each.",
        layout="cards",
        tells=("baseline_value", "owner", "measured_how"),
    )
    goals: tuple[Goal, ...] = records(
        "Goals",
        "goal",
        "Turn each problem into a goal and put the goals in order.",
        tells=("wanted", "wanted_on", "problem"),
    )
    stakeholders: tuple[Stakeholder, ...] = records(
        "People affected",
        "person or group",
        "Name who decides, who works with it and who has to live with it.",
        tells=("gains", "loses", "side", "spoken_for_by"),
    )
    actions: tuple[Action, ...] = records(
        "Decisions and actions",
        "action",
        "List the decisions that a prediction would change, and who takes them.",
        needed=False,
        tells=("executed_by", "how_often", "acts_on"),
    )


_TECHNOLOGY = (
    r"(?:AI|A\.I\.|ML|NLP|LLMs?|RAG|GPT[-\w]*|(?i:artificial intelligence|machine learning|deep learning|neural net\w*"
    r"|(?:large )?language models?|chat ?bots?|classifiers?|recommenders?|recommend(?:ation|er) (?:engines?|systems?)"
    r"|computer vision|knowledge graphs?|data lakes?|blockchain))"
)
_PRODUCT = (
    r"(?i:ai|ml|models?|algorithms?|apps?|dashboards?|portals?|platforms?|bots?|tools?|automate|automation|software|websites?)"
)
_TODAYS = r"(?i:our|the|its|their|this|that|existing|current|present|old|today['’]s|\w+['’]s)"
_WISHED = (
    r"(?i:(?:we|i|they|team|company) (?:really |just |also |all )?(?:needs?|wants?|should|must|wish|would like|lacks?|have no)"
    r"|there (?:is|are) no|there isn['’]t|let['’]s|needs? for|lack of|it would help to have"
    r"|^\s*(?:build|develop|introduce|implement|buy|create|deploy|launch|adopt|use|add|automate|make|get))"
)
_NAMED = re.compile(
    rf"{_WISHED}\b[^.!?;:\n]{{0,40}}?\b(?P<wished>{_TECHNOLOGY}|{_PRODUCT})(?!\w)"
    rf"|^\s*(?P<command>(?i:automate))\b"
    rf"|(?P<today>\b{_TODAYS}\s+(?:\w+\s+)?{_TECHNOLOGY})(?!\w)"
    rf"|\b(?P<named>{_TECHNOLOGY})(?!\w)",
    re.MULTILINE,
)
"""A technology counts unless it is one that is there today ("our chatbot misunderstands accents"); everyday words such
as "app" or "model" count only where somebody wishes for one ("we need an app")."""


def solution_words(statement: str) -> list[str]:
    """Words in a problem statement that sound like a solution or a technology. A hint for people, never a score."""
    matched = (m["wished"] or m["command"] or m["named"] for m in _NAMED.finditer(statement))
    return list(dict.fromkeys(word for word in matched if word))


def _review_problem(problem: Problem) -> list[Finding]:
    findings = []
    record: Id = problem.id
    if not problem.statement.strip():
        return [advice("problems.statement", "A problem has no statement yet: say what should work better, and for whom.", record)]
    if named := solution_words(problem.statement):
        findings.append(
            advice(
                "problems.names_solution",
                f"“{short(problem.title, 60)}” names “{named[0]}”, which sounds like a solution. What would be better with it, and for "
                "whom? Describe that here and keep the idea for Solutions.",
                record,
            )
        )
    if problem.baseline_value is None:
        findings.append(
            advice(
                "problems.baseline",
                f"“{short(problem.title, 60)}” has no number of today. Without it nobody can tell later whether it got better.",
                record,
            )
        )
    return findings


def review(problems: Problems) -> list[Finding]:
    """Problems before solutions: at least one, measurable, with an action that would change."""
    findings = []
    for problem in problems.problems:
        findings += _review_problem(problem)
    ranks = [g.rank for g in problems.goals if g.rank is not None]
    if len(set(ranks)) < len(ranks):
        findings.append(advice("problems.goal_ranks", "Two goals share a rank. Decide which one counts more."))
    return findings + _review_stakeholders(problems)


def _review_stakeholders(problems: Problems) -> list[Finding]:
    """People from both sides are named, and somebody speaks for those who only live with it."""
    if not problems.stakeholders:
        return [advice("problems.no_stakeholder", "Name the people who decide, who work with it and who have to live with it.")]
    findings = []
    sides = {s.side for s in problems.stakeholders}
    if missing := [side.label.lower() for side in (Side.BUSINESS, Side.TECHNICAL) if side not in sides]:
        findings.append(advice("problems.sides", f"Nobody speaks for the {' or the '.join(missing)} side yet. Name somebody."))
    findings += [
        advice(
            "problems.spoken_for_by", f"Say who speaks for “{short(person.title, 60)}”, who will have to live with it.", person.id
        )
        for person in problems.stakeholders
        if person.side is Side.AFFECTED and not person.spoken_for_by.strip()
    ]
    return findings


SECTION = SectionOf(
    slug="problems",
    title="Problems",
    icon="report",
    question="What should work better?",
    why="First agree on what to achieve. Ideas how to get there wait for the next step.",
    good="“One in five deliveries comes back; each costs us €14.” A number, a thing that happens, no cure.",
    poor="“We need a chatbot.” That is a solution looking for its problem.",
    model=Problems,
    review=review,
)
