"""Feasibility: can it work, judged by evidence of stated strength."""

from __future__ import annotations

from datetime import date

from scoping.findings import Finding, advice
from scoping.measurement import Measurement
from scoping.section import Choice, Fields, Link, LongText, Number, Record, SectionOf, Text, Whole, YesNo, ask, records, text
from scoping.words import day_words, short


class Check(Choice):
    HLP = "hlp", "How well people do it"
    FEATURES = "features", "Predictive features"
    HISTORY = "history", "History of the project"
    BENCHMARK = "benchmark", "External benchmark"
    OTHER = "other", "Something else"


class Grade(Choice):
    """How much a piece of evidence can carry, weakest first."""

    OPINION = "opinion", "Opinion"
    PRECEDENT = "precedent", "Precedent: others did it"
    PILOT = "pilot", "Pilot measurement"
    MEASURED = "measured", "Measured on our data"


class Speaks(Choice):
    FOR = "for", "For it"
    MIXED = "mixed", "Both ways"
    AGAINST = "against", "Against it"


class Opinion(Choice):
    FEASIBLE = "feasible", "Feasible"
    DOUBTFUL = "doubtful", "Doubtful"
    NOT_FEASIBLE = "not_feasible", "Not feasible"
    TOO_LITTLE = "too_little", "Too little evidence"


class Slices(Choice):
    EXCLUSIVE = "exclusive", "Each case falls into one group"
    OVERLAPPING = "overlapping", "Groups overlap"


class Truth(Choice):
    EXTERNAL = "external", "An outside fact"
    HUMAN = "human", "Another person's label"


class Better(Choice):
    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"


class BenchmarkKind(Choice):
    LITERATURE = "literature", "Paper or report"
    COMPANY = "company", "Another company"
    COMPETITOR = "competitor", "Competitor"
    OLDER_SYSTEM = "older_system", "Older system of ours"


class Similarity(Choice):
    HIGH = "high", "Much alike"
    SOME = "some", "Alike in part"
    LOW = "low", "Little alike"


class Resembles(Choice):
    """The slides' examples of predictive features."""

    PURCHASES = "purchases", "Past purchases, to predict purchases"
    WEATHER = "weather", "Weather, to predict visitors of a mall"
    DNA = "dna", "DNA, to predict heart disease"
    CHATTER = "chatter", "Social media chatter, to predict demand for a style"
    STOCK = "stock", "Past prices of a stock, to predict its price"


class SliceKind(Choice):
    ORDINARY = "ordinary", "Ordinary"
    RARE = "rare", "Rare"
    PROTECTED = "protected", "Protected group"


class KnownWhen(Choice):
    BEFORE = "before", "Before the decision"
    AT = "at", "At the decision"
    AFTER = "after", "Only afterwards"


class Signal(Choice):
    """What a check on data says about one feature."""

    CARRIES = "carries", "Carries signal"
    NONE = "none", "No signal found"
    LEAK = "leak", "Suspected leak"


class CameOut(Choice):
    CONFIRMED = "confirmed", "Confirmed"
    REFUTED = "refuted", "Refuted"
    UNCLEAR = "unclear", "Unclear"


class Begun(Choice):
    """How far a first step is; that nobody knows is an answer of its own."""

    YES = "yes", "Yes"
    NOT_YET = "not_yet", "Not yet"


class Evidence(Record):
    """One thing that speaks for or against a solution, with its strength."""

    finding: LongText = text("What we found", core=True, example="Two dispatchers name 80 % of the returns beforehand.")
    speaks: Speaks | None = ask("For or against", core=True)
    grade: Grade | None = ask("How strong", "Opinion is weakest, a measurement on our own data strongest.", core=True)
    check: Check | None = ask("Kind of check", "External benchmarks are papers, other companies and competitors.", core=True)
    solution: Link = text("About the idea", core=True, refers_to="solutions.solutions")
    metric: Text = text("Metric", example="Cases right, in %")
    value: Number | None = ask("Value")
    low: Number | None = ask("Not below", "Where it is known how exact the number is.")
    high: Number | None = ask("Not above", "Where it is known how exact the number is.")
    measurement: Link = text("Worked out by", "The check that it was taken from.", refers_to="feasibility.measurements")
    source: Text = text("Source or link", example="Report of the depot 2026, page 4")
    found_on: date | None = ask("Date")
    owner: Text = text("Who stands behind it")
    similarity: LongText = text("How similar their case is to ours")
    same_inputs: YesNo | None = ask("Did people see only what the model will see?", "Where people were measured.")
    labellers: Whole | None = ask("People asked", ge=0)
    items: Whole | None = ask("Cases looked at", ge=0)
    agreement: Number | None = ask("Agreement", unit="%", ge=0, le=100)
    truth: Truth | None = ask("The truth is", "If truth is only another label, beating people may mean nothing.")
    serving: YesNo | None = ask("Available when predicting?", "For features.")
    delay: Text = text("How late it arrives", "For features.")


class Verdict(Record):
    """What the team concludes about one solution."""

    solution: Link = text("About the idea", core=True, refers_to="solutions.solutions")
    opinion: Opinion | None = ask("Verdict", core=True)
    reason: LongText = text("Because", core=True, example="People manage 80 %; two similar depots report 78 %.")
    decided_by: Text = text("Agreed by")
    decided_on: date | None = ask("Agreed on")
    next_check: LongText = text("What would change our mind", example="A trial below 70 % in the first month")


class HistoryPoint(Record):
    """The performance of one release or period."""

    when: date | None = ask("When", core=True)
    value: Number | None = ask("Reached", core=True, example="8.4")
    metric: Text = text("Metric", core=True, example="Cases wrong, in %")
    better: Better | None = ask("Direction", core=True)
    hlp: Number | None = ask("People reach", "How well people do it, by the same number.", tabled=True)
    solution: Link = text("About the idea", refers_to="solutions.solutions")
    release: Text = text("Release")
    source: Text = text("Source")

    @property
    def title(self) -> str:
        return f"{self.metric or 'Reading'}, {day_words(self.when)}" if self.when else self.metric or "Not dated yet"


class Benchmark(Record):
    """What somebody else reached, and how alike their case is."""

    name: Text = text("Who or what", core=True, example="Depot of the parent company")
    kind: BenchmarkKind | None = ask("Kind of source", core=True)
    metric: Text = text("Metric", core=True, example="Cases right, in %")
    value: Number | None = ask("Reached", core=True)
    found_on: date | None = ask("Date", core=True)
    data_similarity: Similarity | None = ask("Their data", core=True)
    setting_similarity: Similarity | None = ask("Their setting", tabled=True)
    better: Better | None = ask("Direction", tabled=True)
    unit: Text = text("Unit")
    link: Text = text("Link", example="https://example.org/report")
    solution: Link = text("About the idea", refers_to="solutions.solutions")
    remarks: LongText = text("Remarks")


class Feature(Record):
    """Something that is known about a case and may help to predict."""

    name: Text = text("Feature", core=True, example="Orders of the last four weeks")
    known_when: KnownWhen | None = ask("Known", "What is known only afterwards cannot help when it matters.", core=True)
    source: Text = text("Where it comes from", core=True, example="Order system, every night")
    why: LongText = text("Why it should help", core=True, example="Who sends back often does so again.")
    checked_by: Text = text("Checked by", "Who looked whether it is there in time, and helps.")
    signal: Signal | None = ask("What the last check says", "Filled in by a check on data.", tabled=True)
    checked_on: date | None = ask("Checked on")
    measurement: Link = text("Worked out by", "The check that judged it.", refers_to="feasibility.measurements")


class Hypothesis(Record):
    """Something that a proof of concept tries, with the numbers agreed before."""

    belief: LongText = text("What we believe", core=True, example="We name returns at least as well as the dispatchers.")
    how: LongText = text("How we try it", core=True, example="Learn from last year, name the returns of May, compare.")
    data: Text = text("On what data", core=True, example="Orders of two depots, two years")
    metric: Text = text("Judged by", example="Cases right, in %", tabled=True)
    success: Number | None = ask("It works from", "The number that everybody takes for a success.", core=True)
    stop: Number | None = ask("We stop at", "The number at which nobody goes on.", core=True)
    better: Better | None = ask("Direction", tabled=True)
    owner: Text = text("Who tries it", core=True)
    due: date | None = ask("Until", tabled=True)
    days: Number | None = ask("Work it takes", unit="days", ge=0)
    manual: LongText = text("What stays done by hand", "A proof may do by hand whatever does not answer the question.")
    solution: Link = text("About the idea", refers_to="solutions.solutions")
    check: Check | None = ask("Kind of check", "What its result will show.")
    milestone: Link = text("Part of the milestone", refers_to="milestones.milestones")
    result: Number | None = ask("Result", "Once it was tried. It counts as evidence by itself.", tabled=True)
    cases: Whole | None = ask("Cases tried", ge=0)
    tried_on: date | None = ask("Tried on")
    came_out: CameOut | None = ask("It came out", "Left open, the two numbers say it.", tabled=True)
    learnt: LongText = text("What we saw", "Where it is written down, and what surprised us.")

    @property
    def by_numbers(self) -> CameOut | None:
        """What result, success and stop say; None while one of them is missing, or they contradict each other."""
        if self.result is None or self.success is None or self.better is None:
            return None
        sign = 1 if self.better is Better.HIGHER else -1
        if self.stop is not None and sign * self.stop >= sign * self.success:
            return None
        if sign * self.result >= sign * self.success:
            return CameOut.CONFIRMED
        return CameOut.REFUTED if self.stop is not None and sign * self.result <= sign * self.stop else CameOut.UNCLEAR

    @property
    def outcome(self) -> CameOut | None:
        """How it came out: in the team's words, else by the numbers; a contradiction between the two leaves it unclear."""
        if self.came_out and self.by_numbers and self.by_numbers is not self.came_out:
            return CameOut.UNCLEAR
        return self.came_out or self.by_numbers


class Slice(Record):
    """A group of cases in which performance differs."""

    name: Text = text("Group", core=True, example="Saturdays")
    model: Number | None = ask("Model", "Today's performance.", core=True, unit="%", ge=0, le=100)
    hlp: Number | None = ask("People", "How well people do it in the same group.", core=True, unit="%", ge=0, le=100)
    share: Number | None = ask("Share of the cases", core=True, unit="%", ge=0, le=100)
    ease: Whole | None = ask("How easy to improve", "1 hard, 5 easy.", ge=1, le=5)
    importance: Whole | None = ask("How important", "1 little, 5 much.", ge=1, le=5)
    must_not_fail: YesNo | None = ask("Must it never fail here?", "Then it comes first, however few the cases are.")
    importance_why: LongText = text("Why it is important", example="A medicine that comes too late does harm.")
    kind: SliceKind | None = ask("Kind of group", "Rare and protected groups are easily hidden by a good average.")
    cases: Whole | None = ask("Cases measured", "With the errors they tell how exact the share is.", ge=0)
    errors: Whole | None = ask("Errors among them", ge=0)

    @property
    def gap(self) -> float | None:
        """Room for improvement: people minus model, in percentage points. None when either is not known."""
        return None if self.model is None or self.hlp is None else round(self.hlp - self.model, 10)

    @property
    def gain(self) -> float | None:
        """Gap times share: points on all cases if the gap were closed (slide: prioritising what to work on)."""
        return None if self.gap is None or self.share is None else round(self.gap * self.share / 100, 10)


class Feasibility(Fields):
    """Evidence, verdicts, features, the plan for a proof, measurements and groups of cases."""

    asked_metric: Text = text(
        "What performance is asked for", "Evidence and benchmarks are compared with it.", core=True, example="Cases right, in %"
    )
    asked_value: Number | None = ask("How much of it", core=True, example="93")
    asked_better: Better | None = ask("Direction", core=True)
    resembles: Resembles | None = ask(
        "Which example is most like ours",
        "From likely to nearly impossible; for teams without data it counts as an opinion.",
        topic="features",
    )
    resembles_why: LongText = text("Why it is like that", topic="features")
    slices_are: Slices | None = ask(
        "How the groups relate", "Shares of groups that do not overlap must add to 100 %.", topic="slices"
    )
    read_up: Begun | None = ask("Literature and open source were looked at", "Somebody may have solved it.", topic="start")
    simple_baseline: Begun | None = ask("A simple way is in place to be beaten", "A rule, or what people do today.", topic="start")
    overfitted: Begun | None = ask(
        "A tiny set was learnt by heart first", "If a few examples cannot be learnt, the program has a fault.", topic="start"
    )
    error_loop: Begun | None = ask(
        "Errors were looked at by group, and the worst one improved", "Then measured again, and the next one.", topic="start"
    )
    evidence: tuple[Evidence, ...] = records(
        "Evidence", "piece of evidence", "Write down the first thing that makes you believe, or doubt, that it can work."
    )
    verdicts: tuple[Verdict, ...] = records(
        "Verdicts", "verdict", "When the evidence is in, state for each idea whether it can work and why.", layout="cards"
    )
    benchmarks: tuple[Benchmark, ...] = records(
        "External benchmarks",
        "benchmark",
        "Note what papers, other companies, competitors or an older system reached, and how alike their case is.",
        needed=False,
    )
    history: tuple[HistoryPoint, ...] = records(
        "History of the project",
        "reading",
        "For a system that exists: its performance at each release. Four readings are the least for a forecast.",
        needed=False,
    )
    features: tuple[Feature, ...] = records(
        "Predictive features",
        "feature",
        "What is known about a case when somebody decides, and might help? Write down the first thing.",
        needed=False,
    )
    hypotheses: tuple[Hypothesis, ...] = records(
        "Proof of concept",
        "hypothesis",
        "What would have to be true for it to work? Write down the first thing that you are not sure of.",
        needed=False,
    )
    measurements: tuple[Measurement, ...] = records(
        "Measurements",
        "measurement",
        "Nothing is measured on data yet. Upload labels, a table or predictions to see what is possible.",
        needed=False,
        machine=True,
    )
    slices: tuple[Slice, ...] = records(
        "Groups",
        "group",
        "If it goes better for some kinds of cases than for others, list them to see where work pays most.",
        needed=False,
    )


def checks_for(data: str | None, novelty: str | None) -> list[Check]:
    """The checks that fit a cell of the 2x2 (slides, feasibility), always with external benchmarks.

    While either answer is missing, every check that may still apply is named.
    """
    asked = []
    if data != "structured":
        asked.append(Check.HLP)
    if data != "unstructured":
        asked.append(Check.FEATURES)
    if novelty != "new":
        asked.append(Check.HISTORY)
    return [*asked, Check.BENCHMARK]


def share_total(feasibility: Feasibility) -> float | None:
    """The sum of the groups' shares in %; None while any share is not known or there are no groups."""
    shares = [s.share for s in feasibility.slices]
    return round(sum(s for s in shares if s is not None), 10) if shares and None not in shares else None


def _review_evidence(e: Evidence) -> list[Finding]:
    """What one piece lacks before it can carry a verdict."""
    findings = []
    if e.speaks is None and "speaks" not in e.unknown and (e.finding.strip() or e.value is not None):
        findings.append(
            advice("feasibility.speaks", f"Say which way “{short(e.title, 60)}” speaks. Until then it counts for no verdict.", e.id)
        )
    if e.grade in (Grade.PRECEDENT, Grade.PILOT, Grade.MEASURED) and not e.source.strip():
        findings.append(
            advice("feasibility.source", f"Add the source of “{short(e.title, 60)}”, so that others can check it.", e.id)
        )
    if e.check is Check.HLP and e.same_inputs is not YesNo.YES:
        findings.append(
            advice(
                "feasibility.same_inputs",
                f"“{short(e.title, 60)}”: make sure that people saw only what the model will see.",
                e.id,
            )
        )
    if e.check is Check.HLP and e.truth is Truth.HUMAN:
        findings.append(
            advice(
                "feasibility.human_truth",
                f"“{short(e.title, 60)}”: the truth is only another person's label there, so beating people may mean nothing.",
                e.id,
            )
        )
    if e.check is Check.FEATURES and e.serving is YesNo.NO:
        findings.append(
            advice(
                "feasibility.serving",
                f"“{short(e.title, 60)}” is not available when predicting, so a model cannot use it.",
                e.id,
            )
        )
    return findings


def review(feasibility: Feasibility) -> list[Finding]:
    """Evidence with its source, verdicts with reasons, shares of all slices."""
    findings = []
    for e in feasibility.evidence:
        findings += _review_evidence(e)
    for v in feasibility.verdicts:
        if v.opinion is not None and not v.reason.strip():
            findings.append(advice("feasibility.reason", "A verdict has no reason. Say what it rests on.", v.id))
    findings += _review_features(feasibility) + _review_hypotheses(feasibility)
    return findings + _review_asked(feasibility) + _review_slices(feasibility)


def _review_features(feasibility: Feasibility) -> list[Finding]:
    """Features that would let the outcome leak into the prediction, and those of which nobody can tell."""
    findings = []
    for f in feasibility.features:
        name = f"“{short(f.title, 60)}”"
        if f.known_when is KnownWhen.AFTER:
            message = f"{name} is known only afterwards. A model that uses it looks good and fails when it matters: leave it out."
            findings.append(advice("feasibility.feature_late", message, f.id))
        elif f.signal is Signal.LEAK:
            message = f"{name} predicts too well to be true. Find out when it is really known before anybody relies on it."
            findings.append(advice("feasibility.feature_leak", message, f.id))
        elif f.known_when is None and f.signal is Signal.CARRIES:
            message = f"{name} carries signal. Say whether it is known when the decision is made."
            findings.append(advice("feasibility.feature_when", message, f.id))
    return findings


def _review_hypotheses(feasibility: Feasibility) -> list[Finding]:
    """Numbers that were not agreed before, and results that they contradict."""
    findings = []
    for h in feasibility.hypotheses:
        name = f"“{short(h.title, 60)}”"
        if h.result is not None or h.came_out is not None:
            if h.by_numbers and h.came_out and h.came_out is not CameOut.UNCLEAR and h.by_numbers is not h.came_out:
                message = f"{name} is called {h.came_out.label.lower()}, and by its numbers it is {h.by_numbers.label.lower()}."
                findings.append(
                    advice("feasibility.proof_contradicted", f"{message} Until that is settled it counts both ways.", h.id)
                )
        elif h.success is None or h.stop is None:
            message = f"{name}: agree on the number of success and the one to stop at before anybody tries it."
            findings.append(advice("feasibility.proof_numbers", message, h.id))
    return findings


def _review_asked(feasibility: Feasibility) -> list[Finding]:
    """What is asked for, and whether what others reached can be checked."""
    findings = []
    if not feasibility.asked_metric.strip() or feasibility.asked_value is None:
        findings.append(
            advice("feasibility.asked", "Say which performance is asked for, and how much of it. Evidence is compared with it.")
        )
    for b in feasibility.benchmarks:
        if not b.link.strip() or b.found_on is None:
            findings.append(
                advice(
                    "feasibility.benchmark_source",
                    f"Add link and date of “{short(b.title, 60)}”, so that others can check it.",
                    b.id,
                )
            )
        if not b.metric.strip() or b.value is None:
            findings.append(
                advice("feasibility.benchmark_value", f"Say what “{short(b.title, 60)}” reached, in which metric.", b.id)
            )
    return findings


def _review_slices(feasibility: Feasibility) -> list[Finding]:
    if not feasibility.slices or feasibility.slices_are is Slices.OVERLAPPING:
        return []
    if share_total(feasibility) is None:
        return [advice("feasibility.share_unknown", "Some groups have no share of the cases yet, so gains cannot be compared.")]
    return []


SECTION = SectionOf(
    slug="feasibility",
    title="Feasibility",
    icon="science",
    question="Can it work?",
    why="Collect evidence and say how strong it is. An unanswered check is a risk, not a pass.",
    good="“Five dispatchers, seeing only the order, are right for 80 % of 200 (measured, 3 May).”",
    poor="“Our vendor says it is easy.” An opinion, without number, date or similar case.",
    model=Feasibility,
    review=review,
)
