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


class Evidence(Record):
    """One thing that speaks for or against a solution, with its strength."""

    solution: Link = text("About the idea", core=True, refers_to="solutions.solutions")
    check: Check | None = ask("Kind of check", "External benchmarks are papers, other companies and competitors.", core=True)
    finding: LongText = text("What we found", core=True, example="Two dispatchers name 80 % of the returns beforehand.")
    grade: Grade | None = ask("How strong", "Opinion is weakest, a measurement on our own data strongest.", core=True)
    speaks: Speaks | None = ask("For or against", core=True)
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


class Slice(Record):
    """A part of the cases where performance differs."""

    name: Text = text("Group", core=True, example="Saturdays")
    model: Number | None = ask("Model", "Today's performance.", core=True, unit="%", ge=0, le=100)
    hlp: Number | None = ask("People", "How well people do it, for the same group.", core=True, unit="%", ge=0, le=100)
    share: Number | None = ask("Share of the cases", core=True, unit="%", ge=0, le=100)
    ease: Whole | None = ask("How easy to improve", "1 hard, 5 easy.", ge=1, le=5)
    importance: Whole | None = ask("How important", "1 little, 5 much.", ge=1, le=5)
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
    """Evidence, measurements, verdicts and the slice table."""

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
    slices_are: Slices | None = ask("How the groups relate", "Exclusive shares must add to 100 %.", topic="slices")
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
        "If performance differs between kinds of cases, list them to see where work pays most.",
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
    """The sum of the slices' shares in %; None while any share is not known or there are no slices."""
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
    return findings + _review_asked(feasibility) + _review_slices(feasibility)


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
