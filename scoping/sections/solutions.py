"""Solutions: how to achieve it, with and without machine learning."""

from __future__ import annotations

from scoping.findings import Finding, advice
from scoping.section import Choice, Fields, Link, LongText, Record, SectionOf, Text, ask, links, records, text
from scoping.words import short


class Approach(Choice):
    ML = "ml", "Machine learning"
    RULES = "rules", "Rules or statistics"
    PROCESS = "process", "Change of process"
    BUY = "buy", "Buy a product"
    NOTHING = "nothing", "Do nothing"


class Standing(Choice):
    CONSIDERED = "considered", "Considered"
    CHOSEN = "chosen", "Chosen for this charter"
    PARKED = "parked", "Parked"
    REJECTED = "rejected", "Rejected"


class Data(Choice):
    UNSTRUCTURED = "unstructured", "Unstructured: images, sound, text"
    STRUCTURED = "structured", "Structured: tables, records"


class Novelty(Choice):
    NEW = "new", "New project"
    EXISTING = "existing", "Existing system to improve"


class Posture(Choice):
    AUGMENT = "augment", "Help people do it"
    AUTOMATE = "automate", "Do it for them"


class Solution(Record):
    """One way to achieve a goal."""

    name: Text = text("Idea", core=True, example="Learn which deliveries will come back")
    problems: tuple[Link, ...] = links("Which problems it answers", core=True, refers_to="problems.problems")
    approach: Approach | None = ask("Approach", "Note at least one way without machine learning.", core=True)
    standing: Standing | None = ask("Where it stands", "Exactly one idea is chosen for the charter.", core=True)
    data: Data | None = ask("Kind of data", "Decides with the next answer which feasibility checks fit.", core=True)
    novelty: Novelty | None = ask("New or existing", core=True)
    description: LongText = text("How it would work")
    input_x: LongText = text(
        "What it sees",
        "Only what is really there when the prediction is made.",
        tabled=True,
        example="The order, the address, past deliveries to it",
    )
    target_y: LongText = text("What it predicts", tabled=True, example="Whether the delivery comes back")
    label_source: Text = text("Where the true answers come from", example="The log of returns")
    who_acts: Text = text("Who acts on the output", example="The dispatcher, before the van is loaded")
    decision_enabled: LongText = text("Which decision it improves")
    process_change: LongText = text("What changes in the process, before and after")
    integration: LongText = text("What it must connect to")
    posture: Posture | None = ask(
        "Help or automate", "Help where people enjoy the task or carry responsibility; automate where it is tedious."
    )
    wait: Text = text("How long until the truth is known", example="Three days")
    horizon: Text = text("How far ahead it predicts")
    simple_baseline: LongText = text(
        "The simplest thing that could work",
        "What learning has to be better than.",
        example="Ring everybody whose last delivery came back",
    )
    because: LongText = text("Chosen, parked or rejected because")
    revisit_when: LongText = text("Look at it again when", "The condition under which a rejected idea comes back.")


class Solutions(Fields):
    """The ideas of a project and the one it goes with."""

    why_this_one: LongText = text(
        "Why the chosen idea and not another",
        core=True,
        example="It reaches most returns; a check of addresses alone would find only one in ten.",
    )
    why_learning: LongText = text(
        "Would rules, or doing nothing, be enough?",
        "Say where the simpler way stops.",
        core=True,
        example="Rules fix the 50 commonest mistakes; the rest has too many variants.",
    )
    solutions: tuple[Solution, ...] = records(
        "Ideas",
        "idea",
        "For every problem, collect several ways to solve it, at least one of them without machine learning.",
        layout="cards",
        tells=("input_x", "target_y", "approach", "standing"),
    )


def chosen(solutions: Solutions) -> Solution | None:
    """The one solution of the charter; None when none or several are marked so."""
    marked = [s for s in solutions.solutions if s.standing is Standing.CHOSEN]
    return marked[0] if len(marked) == 1 else None


def review(solutions: Solutions) -> list[Finding]:
    """What the chosen idea, where it learns, should say of itself."""
    one = chosen(solutions)
    if one is None or one.approach is not Approach.ML:
        return []
    asked = (
        ("input_x", "what it sees"),
        ("target_y", "what it predicts"),
        ("who_acts", "who acts on the output"),
    )
    return [
        advice(f"solutions.{name}", f"Say for “{short(one.title, 60)}” {what}.", one.id)
        for name, what in asked
        if not getattr(one, name).strip()
    ]


SECTION = SectionOf(
    slug="solutions",
    title="Solutions",
    icon="lightbulb",
    question="How could we achieve it?",
    why="Several ideas per problem, with and without learning; one of them becomes this charter.",
    good="“Learn which deliveries come back” beside “ring before we leave”: two ways, one without learning.",
    poor="One idea, already decided, with the problem written afterwards.",
    model=Solutions,
    review=review,
)
