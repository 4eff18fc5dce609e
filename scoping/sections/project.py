"""The project itself: what it is called, who decides, what is asked of the sponsor, what is only assumed."""

from __future__ import annotations

from datetime import date

from scoping.currency import Currency
from scoping.findings import Finding, advice
from scoping.section import Choice, Fields, LongText, Number, Record, SectionOf, Text, ask, records, text
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


class Signature(Record):
    """A person who signs the charter, in a role."""

    role: Text = text("Role", core=True, example="Sponsor")
    name: Text = text("Name", core=True, example="Ana Ruiz")
    signed_on: date | None = ask("Signed on", "Leave empty until the person has agreed to this charter.")
    remark: LongText = text("Remark or reservation")


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
    sponsor: Text = text("Sponsor", "Who can release money and people.", example="Head of operations")
    currency: Currency = ask("Currency of new amounts", default=Currency.USD, assumed=True)
    people_needed: Number | None = ask(
        "People it takes at the same time", "Full-time people, for choosing among projects.", ge=0, le=10_000, example="2.5"
    )
    rhythm: LongText = text("How the team keeps in touch", example="Stand-up on Mondays, demo every second Thursday.")
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
        "Sign-off", "signature", "Name the people who will sign the charter, from both sides.", needed=False
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
