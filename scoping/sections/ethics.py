"""Ethics and risk: net value, fairness, concerns openly aired, impact, legal class, risks, and what follows from them."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Any

from scoping.content.screening import SCREENING
from scoping.findings import Finding, advice
from scoping.measurement import Json
from scoping.section import Choice, Fields, Link, LongText, Number, Record, SectionOf, Text, Whole, ask, records, text
from scoping.words import isolated, short


class Judgement(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"


class ItemAnswer(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    OPTION = "option", "One of several answers"


class AtLaunch(Choice):
    KEPT = "kept", "Kept"
    NOT_KEPT = "not_kept", "Not kept"


class Outcome(Choice):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted: we live with it"
    MITIGATED = "mitigated", "Made smaller by a promise"
    OVERRULED = "overruled", "Overruled"


class Likelihood(Choice):
    RARE = "1", "1 Rare"
    UNLIKELY = "2", "2 Unlikely"
    POSSIBLE = "3", "3 Possible"
    LIKELY = "4", "4 Likely"
    CERTAIN = "5", "5 Almost certain"


class Severity(Choice):
    NEGLIGIBLE = "1", "1 Negligible"
    MINOR = "2", "2 Minor"
    SERIOUS = "3", "3 Serious"
    GRAVE = "4", "4 Grave"
    RUINOUS = "5", "5 Ruinous"


class Bound(Choice):
    ABOVE = "above", "Alarm above"
    BELOW = "below", "Alarm below"


class Commitment(Choice):
    KILL = "kill", "We stop the project"
    PIVOT = "pivot", "We change direction"
    REPAIR = "repair", "We repair it first"


class ObligationState(Choice):
    TO_DO = "to_do", "To do"
    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "Not needed"


def _screened(name: str) -> Any:
    return ask(SCREENING[name].ask, SCREENING[name].help, core=True, topic="screening")


def _because(name: str) -> Any:
    return text(f"Say how {SCREENING[name].said}", topic="screening")


class ScreeningQuestion(Choice):
    """One of the eight, where a promise names the yes that it answers."""

    DECIDES = "decides_people", "Decides about people"
    WATCHES = "watches_people", "Watches or rates people"
    SPECIAL = "special_data", "Specially protected data"
    HURTS = "could_hurt", "A mistake could hurt"
    UNDO = "hard_to_undo", "Hard to notice or undo"
    HIDDEN = "hidden_machine", "The machine is not seen"
    WORSE = "groups_worse", "Groups served worse"
    OBJECTS = "outside_objects", "Somebody would object"


class Concern(Record):
    """A worry somebody voiced, and what became of it."""

    concern: LongText = text("Concern", core=True, example="People who work shifts are served worse.")
    outcome: Outcome | None = ask("What came of it", core=True)
    owner: Text = text("Who looks after it", core=True)
    raised_by: Text = text("Raised by", "May stay empty: a concern counts without a name.")
    raised_on: date | None = ask("Raised on")
    debated_by: Text = text("Debated by")
    debated_on: date | None = ask("Debated on")
    reason: LongText = text("The answer, and why", core=True, help="Needed when a concern is accepted, made smaller or overruled.")
    accepted_by: Text = text(
        "Goes ahead although it is open: accepted by",
        "Nobody signs over an open concern, unless a person looks after it or accepts it by name.",
        example="Ana Ruiz, sponsor",
    )
    risk: Link = text("Also a risk", refers_to="ethics.risks")
    monitor: Link = text("Also watched after launch", refers_to="rollout.monitors")
    milestone: Link = text("Stops the milestone", refers_to="milestones.milestones")
    planned: Link = text("Also a milestone", refers_to="milestones.milestones")


class ChecklistItem(Record):
    """One question of a pack in the words it was asked in, and the answer; its id is that of the question."""

    question: LongText = text("Question", tabled=True)
    answered: ItemAnswer | None = ask("Answer", tabled=True)
    note: LongText = text("Reason or evidence", "Needed when the question does not apply, or the answer is no.", topic="note")
    owner: Text = text("Who looks after it", topic="note")
    area: Text = text("Area")
    option: Text = text("Short name of the answer", machine=True)
    option_words: Text = text("Answer in words", tabled=True)
    pack: Text = text("Question pack", machine=True)
    pack_version: Whole | None = ask("Version of the pack", ge=1, machine=True)
    evidence: Text = text("Where the evidence is", example="Report of the bias test, page 4", topic="note")
    at_launch: AtLaunch | None = ask(
        "Asked again at launch", "Whether what was promised at the design is true now.", topic="launch"
    )
    launch_note: LongText = text("What was found at launch", topic="launch")


class QuestionPack(Record):
    """A pack of questions that the project adds to those of the workbench."""

    name: Text = text("Name", core=True, example="Questions of our works council")
    definition: Json = text("Questions as TOML", core=True, machine=True)


class LegalAnswer(Record):
    """One step on the way through the decision tree; its id is that of the node."""

    question: LongText = text("Question", tabled=True)
    chosen: Text = text("Short name of the answer", core=True, machine=True)
    chosen_words: Text = text("Answer in words", tabled=True)
    source: Text = text("Source", tabled=True)
    rules: Text = text("Version of the rules")
    note: LongText = text("Reason or evidence", topic="note")


class Risk(Record):
    """What may go wrong, how likely and how bad, before and after something is done against it."""

    risk: LongText = text("What may go wrong", core=True, example="People with irregular hours get later deliveries")
    likelihood: Likelihood | None = ask("Likelihood", core=True)
    severity: Severity | None = ask("Severity", core=True)
    mitigation: LongText = text("What we promise to do", core=True, example="Second look by a person; test per group every month")
    owner: Text = text("Owner", core=True)
    due: date | None = ask("Until when", core=True)
    likelihood_left: Likelihood | None = ask("Likelihood then", "What remains once that is done.", tabled=True)
    severity_left: Severity | None = ask("Severity then", tabled=True)
    remark: LongText = text("Why the rest may stay")
    monitor: Link = text("Also watched after launch", refers_to="rollout.monitors")
    milestone: Link = text("Stops the milestone", refers_to="milestones.milestones")
    planned: Link = text("Also a milestone", refers_to="milestones.milestones")


class Failure(Record):
    """A reason why the project failed, told as if it had happened; what would show it first, and what we then do."""

    story: LongText = text("It failed because", core=True, example="People accepted every proposal unread, so errors went through.")
    signal: Text = text("What would show it first", core=True, example="Proposals that are overruled, in %")
    bound: Bound | None = ask("Alarm", core=True)
    threshold: Number | None = ask("Threshold", core=True)
    commitment: Commitment | None = ask("What we then do", "Agreed now, while nobody has to defend anything.", core=True)
    decider: Text = text("Who decides", core=True)
    unit: Text = text("Unit", tabled=True)
    risk: Link = text("Also a risk", refers_to="ethics.risks")
    monitor: Link = text("Also watched after launch", refers_to="rollout.monitors")
    milestone: Link = text("Stops the milestone", refers_to="milestones.milestones")
    planned: Link = text("Also a milestone", refers_to="milestones.milestones")


class Group(Record):
    """A group of people or cases that must be served, and how large a gap may remain."""

    name: Text = text("Group", core=True, example="People in rural places")
    why: LongText = text("Why it must be served", core=True, example="They wait longer already.")
    metric: Text = text("Metric", core=True, example="Returns that were not foreseen")
    gap: Number | None = ask("Largest acceptable gap", core=True, ge=0)
    unit: Text = text("Unit", core=True, example="percentage points")
    milestone: Link = text("Milestone that proves it", core=True, refers_to="milestones.milestones")
    compared_with: Text = text("Compared with", "All cases, unless another group is named.")
    measured_how: Text = text("How it is measured", example="1,000 cases of each group, kept aside")
    target: Link = text("Target of the group", refers_to="milestones.targets")


class Obligation(Record):
    """Something promised, or that level or legal class demand; where it is demanded, its id is that of the demand."""

    demand: Text = text("Promise", core=True, example="Nobody is rated by how often they change an order.")
    state: ObligationState | None = ask("State", core=True)
    owner: Text = text("Owner", core=True)
    due: date | None = ask("Until when", core=True)
    keeps_low: ScreeningQuestion | None = ask("Answers the yes to", "Which of the eight questions it keeps harmless.")
    because: Text = text("Demanded by", tabled=True)
    milestone: Link = text("Milestone", tabled=True, refers_to="milestones.milestones")
    reason: LongText = text("Reason or evidence", "Needed when it is done or not needed.")
    at_launch: AtLaunch | None = ask("Asked again at launch", topic="launch")
    launch_note: LongText = text("What was found at launch", topic="launch")


class Ethics(Fields):
    """The screening, what is said aloud, the questions of the packs, legal class, concerns, risks, fairness and promises."""

    decides_people: Judgement | None = _screened("decides_people")
    decides_people_reason: LongText = _because("decides_people")
    watches_people: Judgement | None = _screened("watches_people")
    watches_people_reason: LongText = _because("watches_people")
    special_data: Judgement | None = _screened("special_data")
    special_data_reason: LongText = _because("special_data")
    could_hurt: Judgement | None = _screened("could_hurt")
    could_hurt_reason: LongText = _because("could_hurt")
    hard_to_undo: Judgement | None = _screened("hard_to_undo")
    hard_to_undo_reason: LongText = _because("hard_to_undo")
    hidden_machine: Judgement | None = _screened("hidden_machine")
    hidden_machine_reason: LongText = _because("hidden_machine")
    groups_worse: Judgement | None = _screened("groups_worse")
    groups_worse_reason: LongText = _because("groups_worse")
    outside_objects: Judgement | None = _screened("outside_objects")
    outside_objects_reason: LongText = _because("outside_objects")
    net_positive: Judgement | None = ask("Does society gain more by it than it loses?", core=True, topic="aloud")
    net_positive_reason: LongText = text(
        "Why is it good, or not, for everybody together?",
        core=True,
        example="Fewer trips, less noise; nobody is turned away.",
        topic="aloud",
    )
    is_fair: Judgement | None = ask("Is it reasonably fair and free from bias?", core=True, topic="aloud")
    is_fair_reason: LongText = text(
        "Why is it fair enough, or not yet?",
        core=True,
        example="Not yet: rural addresses are few in the data; see the targets per group.",
        topic="aloud",
    )
    aired: Judgement | None = ask("Were concerns openly aired and debated?", core=True, topic="aloud")
    aired_how: LongText = text(
        "Where and by whom", core=True, example="Workshop on 3 May with support, legal and two customers", topic="aloud"
    )
    handed_to: Text = text(
        "Who",
        "Who answers the further questions. You keep working; the charter waits for them.",
        example="Claire Dubois, compliance",
        topic="handover",
    )
    handed_until: date | None = ask("Until", topic="handover")
    handed_note: LongText = text("Note", example="We want to know early whether the works council has to agree.", topic="handover")
    impact_pack: Text = text("Pack of the impact level", machine=True)
    cleared_by: Text = text(
        "Checked and cleared by",
        "Who has looked at all of it and answers for that. It counts once nothing is left to settle.",
        example="Claire Dubois, compliance",
        topic="clearance",
    )
    cleared_on: date | None = ask("Cleared on", topic="clearance")
    checklist: tuple[ChecklistItem, ...] = records(
        "Questions",
        "question",
        "The checklist is empty. Add the questions that your organisation asks of every project.",
        needed=False,
    )
    question_packs: tuple[QuestionPack, ...] = records(
        "Question packs",
        "question pack",
        "Add the questions that your organisation asks beside these.",
        needed=False,
        layout="cards",
    )
    legal_path: tuple[LegalAnswer, ...] = records(
        "Legal class", "legal answer", "Go through the decision tree; each answer is kept with its article.", needed=False
    )
    concerns: tuple[Concern, ...] = records(
        "Concerns",
        "concern",
        "Anybody may raise one, with or without a name. It is never deleted: it is answered.",
        layout="cards",
        lasting="outcome",
    )
    risks: tuple[Risk, ...] = records(
        "Risks", "risk", "Write down what may go wrong, how likely it is and how bad it would be.", needed=False
    )
    premortem: tuple[Failure, ...] = records(
        "It failed: why?",
        "failure",
        "It is a year from now and the project has failed. Everyone writes down why, before anybody speaks.",
        needed=False,
    )
    groups: tuple[Group, ...] = records(
        "Fairness per group", "group", "Which groups or rare cases must be served, and how much worse may they fare?", needed=False
    )
    obligations: tuple[Obligation, ...] = records(
        "Promises", "promise", "What keeps it harmless, and what the law demands where it counts as high-risk.", needed=False
    )


THREE = (
    (
        "net_positive",
        "net_positive_reason",
        "the project creates net positive value for society",
        "the project creates no net positive value for society",
    ),
    ("is_fair", "is_fair_reason", "it is reasonably fair and free from bias", "it is not fair and free from bias"),
    ("aired", "aired_how", "concerns were openly aired and debated", "concerns were not openly aired and debated"),
)
"""What is said aloud: field, field of the reason, what a yes says, and what a no says."""
NO_CONCERN = "No concern is noted yet. Ask everyone what could go wrong, and for whom."


def review(ethics: Ethics) -> list[Finding]:
    """Reasonless answers, yeses without a promise, concerns that go on."""
    findings = [
        advice(f"ethics.{name}_reason", f"Say why you believe that {claim}.")
        for name, because, claim, _ in THREE
        if getattr(ethics, name) is Judgement.YES and not getattr(ethics, because).strip()
    ]
    findings += [
        advice(f"ethics.{name}_reason", f"Say how {words.said}.", field=f"{name}_reason")
        for name, words in SCREENING.items()
        if getattr(ethics, name) is Judgement.YES and not getattr(ethics, f"{name}_reason").strip()
    ]
    return [
        *findings,
        *_review_concerns(ethics),
        *_review_checklist(ethics),
        *_review_risks(ethics),
        *_review_plans(ethics),
        *filter(None, map(why_adrift, ethics.obligations)),
    ]


def lacks_yes(ethics: Ethics, name: str) -> str:
    """Why one of the three questions is no yes yet, as a sentence; "" when it is one."""
    question, denial = next((question, denial) for field, _, question, denial in THREE if field == name)
    if name in ethics.unknown:
        return f"The team does not know yet whether {question}. Find out before going on."
    match getattr(ethics, name):
        case None:
            return f"Nobody has answered yet whether {question}."
        case Judgement.NO:
            return f"The team says that {denial}. Cure it, or stop here."
        case _:
            return ""


def is_open(concern: Concern) -> bool:
    """Whether nothing came of a concern yet."""
    return concern.outcome in (None, Outcome.OPEN)


def why_adrift(obligation: Obligation) -> Finding | None:
    """Why nobody answers for an obligation: without owner and day, or done or not needed without a reason; None when somebody does."""
    name = short(obligation.title, 60)
    if obligation.state in (ObligationState.DONE, ObligationState.NOT_NEEDED):
        if obligation.reason.strip():
            return None
        message = f"Say where it is seen that “{name}” is {obligation.state.label.lower()}."
        return Finding("ethics.obligation_reason", message, obligation.id, "reason", "reason" in obligation.unknown)
    if obligation.owner.strip() and (obligation.due or obligation.milestone):
        return None
    field = "due" if obligation.owner.strip() else "owner"
    message = f"“{name}” needs an owner, and a date or a milestone."
    return Finding("ethics.obligation_adrift", message, obligation.id, field, field in obligation.unknown)


def no_reason(item: ChecklistItem) -> Finding:
    """That an answer needs a reason and has none."""
    what = "the no to " if item.answered is ItemAnswer.NO else ""
    return advice("ethics.checklist_reason", f"Give a reason for {what}“{short(item.title, 70)}”.", item.id)


def _review_concerns(ethics: Ethics) -> list[Finding]:
    if not ethics.concerns:
        return [advice("ethics.no_concern", NO_CONCERN)]
    findings = []
    for c in ethics.concerns:
        name = short(c.title, 80)
        if is_open(c) and c.accepted_by.strip():
            findings.append(
                advice(
                    "ethics.concern_carried",
                    f"{isolated(short(c.accepted_by, 60))} goes ahead with the open concern “{name}”.",
                    c.id,
                )
            )
        elif is_open(c) and c.owner.strip():
            findings.append(
                advice(
                    "ethics.concern_undecided",
                    f"The concern “{name}” is open. {isolated(short(c.owner, 60))} looks after it; say what came of it.",
                    c.id,
                )
            )
        elif is_open(c):
            findings.append(advice("ethics.open_concern", f"Still open: “{name}”. Debate it before you go on.", c.id))
        elif not (c.reason.strip() and c.owner.strip()):
            findings.append(advice("ethics.concern_reason", f"Note reason and owner for the concern “{short(c.title, 60)}”.", c.id))
    return findings


def _review_checklist(ethics: Ethics) -> list[Finding]:
    return [no_reason(i) for i in ethics.checklist if i.answered is ItemAnswer.NOT_APPLICABLE and not i.note.strip()]


def _review_risks(ethics: Ethics) -> list[Finding]:
    findings = []
    for r in ethics.risks:
        name = short(r.title, 60)
        if r.likelihood is None or r.severity is None:
            findings.append(
                advice("ethics.risk_unrated", f"Say how likely and how bad “{name}” is; until then it counts as unknown.", r.id)
            )
        elif risk_level(r.likelihood, r.severity) >= RiskLevel.HIGH and not (r.mitigation.strip() and r.owner.strip()):
            findings.append(advice("ethics.risk_bare", f"“{name}” is a high risk without a promise and an owner.", r.id))
        left = risk_left(r)
        if left is not None and left >= RiskLevel.HIGH and not r.remark.strip():
            findings.append(advice("ethics.risk_left", f"“{name}” stays a high risk. Say why the rest may stay, or do more.", r.id))
    findings += [
        advice(
            "ethics.failure_unwatched", f"Nothing would show early that “{short(f.title, 60)}”. Add a sign and a threshold.", f.id
        )
        for f in ethics.premortem
        if not f.signal.strip() or f.threshold is None
    ]
    return findings


def _review_plans(ethics: Ethics) -> list[Finding]:
    return [
        advice(
            "ethics.group_unmeasured", f"Say for “{short(g.title, 60)}” which metric counts and how large a gap may remain.", g.id
        )
        for g in ethics.groups
        if not g.metric.strip() or g.gap is None
    ]


class RiskLevel(IntEnum):
    """A risk by likelihood times severity: up to 4, 9, 16, and above."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()


def risk_level(likelihood: Likelihood, severity: Severity) -> RiskLevel:
    """The level of a risk on the five by five map."""
    product = int(likelihood) * int(severity)
    return next(level for level, upto in zip(RiskLevel, (4, 9, 16, 25), strict=True) if product <= upto)


def risk_left(risk: Risk) -> RiskLevel | None:
    """The level that remains; None while it is not said."""
    if risk.likelihood_left is None or risk.severity_left is None:
        return None
    return risk_level(risk.likelihood_left, risk.severity_left)


SECTION = SectionOf(
    slug="ethics",
    title="Ethics",
    icon="balance",
    question="Is it right?",
    why="Eight quick questions say whether there is more to ask. Not known yet counts as a yes until somebody knows.",
    good="“Raised by support on 3 May, debated on 10 May; promise: a target of its own for rural addresses, owner Ben.”",
    poor="A clean checklist, filled in alone on the last evening.",
    model=Ethics,
    review=review,
)
