"""The project itself: what it is called, who decides, what is asked of the sponsor, what is only assumed."""

from __future__ import annotations

from datetime import date

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.section import SEALED, Choice, Fields, LongText, Number, Record, SectionOf, Text, Whole, ask, records, text
from scoping.words import short


class ProjectKind(Choice):
    NUMBERS = "numbers", "Forecast of numbers"
    DECISIONS = "decisions", "Decision about people or cases"
    PICTURES = "pictures", "Seeing in pictures"
    LANGUAGE = "language", "Text and speech"
    SEARCH = "search", "Search and recommendation"
    UNUSUAL = "unusual", "Finding the unusual, maintenance"
    OTHER = "other", "Something else"


class AssumptionState(Choice):
    OPEN = "open", "Open"
    CONFIRMED = "confirmed", "Confirmed"
    WRONG = "wrong", "Turned out wrong"


class Assumption(Record):
    """Something the charter rests on that nobody has checked yet, or a question nobody can answer yet."""

    statement: LongText = text("Assumption or open question", core=True, example="Customers accept a call before the delivery.")
    owner: Text = text("Who finds out", core=True, example="Legal, Maria")
    due: date | None = ask("Until when")
    state: AssumptionState | None = ask("State")


class Rating(Record):
    """How the project fares on one criterion of the portfolio; the rubric in scoping/content says what a level means."""

    criterion: Text = text("Criterion", tabled=True)
    low: Number | None = ask("At least", "By the rubric below. Leave all three empty while nobody knows.", tabled=True, ge=0)
    likely: Number | None = ask("Most likely", tabled=True, ge=0)
    high: Number | None = ask("At most", tabled=True, ge=0)
    reason: LongText = text("Because", tabled=True)


class SignAnswer(Choice):
    """What somebody who is asked to sign says."""

    SIGNED = "signed", "Signed"
    REFUSED = "refused", "Refused"
    CHANGES = "changes", "Asks for changes"


class SignOrder(Choice):
    """Whether those who sign wait for each other."""

    ANY = "any", "In any order"
    IN_TURN = "in_turn", "One after the other, as they are listed"


class SignRole(Choice):
    """How many of those with the same role it takes."""

    ALL = "all", "All of a role"
    ONE = "one", "Any one of a role"


class Signature(Record):
    """A person who signs the charter, in a role, and what they answered to which version."""

    role: Text = text("Role", "Sponsor, product owner, technical lead, or a role of your own.", core=True, example="Sponsor")
    name: Text = text("Name", core=True, example="Ana Ruiz")
    answered: SignAnswer | None = ask("Answer", SEALED, sealed=True, tabled=True)
    signed_on: date | None = ask("Answered on", SEALED, sealed=True, tabled=True)
    version: Whole | None = ask("Version", SEALED, sealed=True, ge=1)
    typed: Text = text("Name typed by", SEALED, sealed=True)
    terms: Text = text("Fingerprint of what was signed", sealed=True, machine=True)
    remark: LongText = text("Remark or reservation", sealed_by="answered")


class Decision(Record):
    """Something that was decided, and what would make people decide it anew."""

    what: LongText = text("What was decided", core=True, example="We begin with the two depots in the north.")
    decided_by: Text = text("By whom", core=True, example="Ana Ruiz, sponsor")
    decided_on: date | None = ask("When", core=True)
    version: Whole | None = ask("On which version", "Its number, where one was looked at.", ge=1)
    options: LongText = text("What else was possible", example="All depots at once; wait for the new vans")
    reasons: LongText = text("Because", tabled=True, example="Their addresses are clean, and both heads want it.")
    reopened_if: LongText = text("Decided anew when", tabled=True, example="Fewer than 200 deliveries a day remain there.")


class Project(Fields):
    """What stands on the charter's first page."""

    name: Text = text("Name of the project", core=True, example="Fewer deliveries that come back")
    kind: ProjectKind | None = ask("Kind of project", "Decides which examples stand in empty questions.")
    owner: Text = text("Project owner", "The person who answers for the outcome.", core=True, example="Dana Lee, deliveries")
    summary: LongText = text(
        "Summary in three sentences",
        "Problem, idea, expected gain: readable aloud to somebody who was not in the room.",
        core=True,
        example="One in five deliveries comes back. Knowing which would halve that. We ask for six weeks to prove it.",
    )
    decision_asked: LongText = text(
        "Decision asked of the sponsor",
        "What should be decided when this charter is read?",
        core=True,
        example="Release two engineers and $16,000 for a trial until 15 March.",
    )
    sponsor: Text = text("Sponsor", "Who can release money and people.", core=True, example="Head of operations")
    currency: Currency = ask("Currency of new amounts", default=Currency.USD, assumed=True)
    people_needed: Number | None = ask(
        "People it takes at the same time", "Full-time people, for choosing among projects.", ge=0, le=10_000, example="2.5"
    )
    rhythm: LongText = text("How the team keeps in touch", example="Stand-up on Mondays, demo every second Thursday.")
    sign_order: SignOrder | None = ask("In which order people sign", "In any order, unless you choose otherwise.", topic="signing")
    sign_role: SignRole | None = ask(
        "How many of one role", "All of them, unless you choose otherwise: of two sponsors, both.", topic="signing"
    )
    assumptions: tuple[Assumption, ...] = records(
        "Assumptions and open questions",
        "assumption",
        "Write down what everybody takes for granted; each gets a person who finds out.",
        needed=False,
    )
    ratings: tuple[Rating, ...] = records(
        "Ratings for the portfolio",
        "rating",
        "Rated by the same rubric as other projects, so that the portfolio can say which one to do first.",
        needed=False,
    )
    signatures: tuple[Signature, ...] = records(
        "Who signs",
        "signature",
        "Name the people who will sign the charter, from both sides.",
        needed=False,
        tells=("answered",),
    )
    decisions: tuple[Decision, ...] = records(
        "Decisions",
        "decision",
        "Write down what was decided, by whom, and what would make you decide it anew.",
        needed=False,
        layout="cards",
        tells=("decided_by", "decided_on", "reasons"),
    )


def review(project: Project) -> list[Finding]:
    """People from both sides sign, and what turned out wrong is looked at."""
    findings = []
    if len(project.signatures) < 2:
        findings.append(
            advice("project.signatures", "Name at least two people who will sign, one from business and one technical.")
        )
    findings += [
        advice("project.assumption_wrong", f"An assumption turned out wrong: “{short(a.title, 80)}”. Check what rests on it.", a.id)
        for a in project.assumptions
        if a.state is AssumptionState.WRONG
    ]
    return findings


SECTION = SectionOf(
    slug="project",
    title="Overview",
    icon="dashboard",
    question="Where do we stand?",
    why="What the project is called, who answers for it, and what the sponsor is asked to decide.",
    good="“Release two engineers and $16,000 until 15 March; we come back with measured accuracy.”",
    poor="“Approve the AI initiative.” Nobody can say afterwards what was decided.",
    model=Project,
    review=review,
)
