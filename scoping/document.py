"""The charter as a sponsor reads and signs it: numbered chapters of sentences, facts and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scoping import currency as money
from scoping.answers import UNKNOWN_WORDS, number_words, words
from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.charter import PART_BY_SLUG, Charter, Overview
from scoping.inventory import DIMENSIONS
from scoping.measurement import Measurement
from scoping.section import Answer, Fields, FieldSpec, Finding, Kind, Record, day_words, question, questions
from scoping.sections.data_sources import Source, total_amount, total_cost, unpriced
from scoping.sections.ethics import ItemAnswer, Outcome, is_open
from scoping.sections.feasibility import Evidence, Grade, Speaks
from scoping.sections.milestones import Family, Target, in_order
from scoping.sections.problems import Side
from scoping.sections.project import AssumptionState
from scoping.sections.solutions import chosen
from scoping.sections.value import Acceptance, Amount, Cost, LinkedCosts, Rung, ladder

if TYPE_CHECKING:
    from scoping.valuation import Valuation
    from scoping.value_words import Rows

NOT_STATED = "Not stated yet"
"""What a table shows for a blank answer that a signed charter should have."""
SHORT_TITLE = 120
"""Characters after which the title of an entry is shortened wherever it is not the answer itself."""


@dataclass(frozen=True)
class Chapter:
    """One numbered chapter.

    Attributes:
        part: slug of the part where its content is written; "" when nobody writes it.
    """

    number: int
    title: str
    part: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """The charter at one revision.

    Attributes:
        reasons: what keeps it a draft; empty when the evidence gate is met.
        saved_at: a moment with a time zone.
    """

    name: str
    reasons: tuple[Finding, ...]
    chapters: tuple[Chapter, ...]
    revision: int
    saved_at: datetime

    @property
    def is_draft(self) -> bool:
        return bool(self.reasons)

    @property
    def saved(self) -> str:
        """When this revision was saved, in words that hold in every time zone."""
        at = self.saved_at.astimezone(UTC)
        return f"{day_words(at.date())}, {at:%H:%M} UTC"


def document(charter: Charter, overview: Overview, *, revision: int, saved_at: datetime) -> Document:
    """Write the charter out: every answer, and a word about every answer that is due."""
    reader = _Reader(charter, saved_at.astimezone(UTC).date())
    chapters = [Chapter(n, title, part, tuple(write(reader))) for n, (title, part, write) in enumerate(_CHAPTERS, 1)]
    paper = Document(charter.name, overview.blockers, tuple(chapters), revision, saved_at)
    history = Paragraph(f"Revision {revision}, saved on {paper.saved}.")
    return replace(paper, chapters=(*chapters, Chapter(len(chapters) + 1, "Change history", "", (history,))))


@dataclass(frozen=True)
class _Column:
    """A column whose cells are made of several answers, or computed from them."""

    header: str
    cell: Callable[[Any], str]
    covers: tuple[str, ...] = ()


class _Reader:
    """Turns answers into words and blocks."""

    def __init__(self, charter: Charter, as_of: date) -> None:
        self.charter, self.as_of = charter, as_of
        self._names = {key: {i: _short(title) for i, title in titles.items()} for key, titles in charter.titles().items()}

    def part(self, slug: str) -> Any:
        return self.charter.part(slug)

    @cached_property
    def worth(self) -> Valuation:
        """The value step in figures."""
        from scoping.valuation import valuation  # with numpy, which nothing else here needs

        return valuation(self.charter)

    def left_out(self, *refs: str) -> list[Block]:
        """What could not be worked out of these lists, and why."""
        titles = self.charter.titles()
        return [Missing(p.about(titles[p.ref].get(p.record, ""))) for p in self.worth.problems if p.ref in refs]

    def words(self, fields: Fields, name: str) -> str:
        """An answer, or how far it is known; "" for a blank that may stay blank."""
        spec = question(type(fields), name)
        match fields.answer(name):
            case Answer.UNKNOWN:
                return UNKNOWN_WORDS
            case Answer.BLANK:
                return NOT_STATED if spec.core else ""
        if unit := _unit_beside(spec, fields):
            spec = replace(spec, unit=unit)
        currency = getattr(fields, "currency", money.Currency.USD)
        return words(spec, getattr(fields, name), currency, self._names.get(spec.refers_to)).strip()

    def joined(self, fields: Fields, *names: str, by: str = " ") -> str:
        """Several answers in one cell, a repeated "not stated" once."""
        return by.join(dict.fromkeys(w for w in (self.words(fields, n) for n in names) if w))

    def said(self, slug: str, *names: str) -> list[Block]:
        """Single questions of a part, all of them unless named: first the answers, then what is not answered."""
        part: Fields = self.part(slug)
        facts, still_open = [], list[Block]()
        asked = (
            [question(type(part), n) for n in names]
            if names
            else [q for q in questions(type(part)) if not (q.assumed or q.machine)]
        )
        for spec in asked:
            match part.answer(spec.name):
                case Answer.ANSWERED:
                    facts.append((spec.label, self.words(part, spec.name)))
                case Answer.UNKNOWN:
                    still_open.append(Unknown(f"The team has no answer yet to “{spec.label}”."))
                case Answer.BLANK if spec.core:
                    still_open.append(Missing(f"“{spec.label}” is not answered yet."))
        return [*([Facts(tuple(facts))] if facts else []), *still_open]

    def told(self, slug: str, name: str) -> list[Block]:
        """A single question whose answer needs no label."""
        if self.part(slug).answer(name) is Answer.ANSWERED:
            return [Paragraph(self.words(self.part(slug), name))]
        return self.said(slug, name)

    def entries(
        self,
        slug: str,
        list_name: str,
        *tables: tuple[str, tuple[str | _Column, ...]],
        rows: Sequence[Record] | None = None,
        elsewhere: Iterable[str] = (),
    ) -> list[Block]:
        """The records of a list: tables of what compares, then what else is known of each.

        Args:
            rows: the records to show, in order; all as they stand unless given.
            elsewhere: questions that another chapter shows.
        """
        spec = PART_BY_SLUG[slug].lists[list_name]
        rows = getattr(self.part(slug), list_name) if rows is None else rows
        if not rows:
            return [Missing(f"No {spec.singular} is written down yet.")] if spec.needed else []
        shown = set(elsewhere)
        blocks = list[Block]()
        for title, columns in tables:
            made = [self._column(spec.record, c) if isinstance(c, str) else c for c in columns]
            shown.update(name for column in made for name in column.covers)
            blocks += _table(title, made, rows)
        return blocks + self.details(rows, shown)

    def _column(self, record: type[Record], name: str) -> _Column:
        return _Column(question(record, name).label, lambda row: self.words(row, name), (name,))

    def details(self, rows: Iterable[Record], shown: Iterable[str] = ()) -> list[Block]:
        """What is known of each record beside the questions already shown."""
        found = list[Block]()
        for row in rows:
            specs = [
                s
                for s in questions(type(row))
                if s.name not in shown and not (s.assumed or s.machine or _stands_behind_a_number(s, row))
            ]
            facts = tuple((s.label, said) for s in specs if (said := self.words(row, s.name)))
            if facts:
                found.append(Facts(facts, _short(row.title)))
        return found


def _unit_beside(spec: FieldSpec, fields: Fields) -> str:
    """The unit in which a number is given, when the record names it in an answer of its own."""
    return getattr(fields, "unit", "").strip() if spec.kind is Kind.NUMBER and not spec.unit else ""


def _stands_behind_a_number(spec: FieldSpec, row: Record) -> bool:
    """Whether the question is the unit of a number that is shown together with it."""
    return spec.name == "unit" and any(
        _unit_beside(other, row) and row.answer(other.name) is Answer.ANSWERED for other in questions(type(row))
    )


def _table(title: str, columns: Sequence[_Column], rows: Iterable[Any]) -> list[Block]:
    """A table without its empty columns; none at all when only the names of the entries would remain."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    kept = [i for i in range(len(columns)) if any(line[i] for line in cells)]
    if not cells or len(kept) < min(2, len(columns)):
        return []
    return [Table(title, tuple(columns[i].header for i in kept), tuple(tuple(line[i] for i in kept) for line in cells))]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT_TITLE else f"{line[: SHORT_TITLE - 1].rstrip()}…"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


Range = tuple[int, int, int]


def _totals(amounts: Iterable[Amount]) -> dict[tuple[str, str], Range]:
    """Sums of complete ranges by currency and period; different currencies or periods are never added."""
    totals: dict[tuple[str, str], Range] = {}
    for a in amounts:
        if a.low is not None and a.likely is not None and a.high is not None:
            key = (a.currency, a.period.label if a.period else "")
            low, likely, high = totals.get(key, (0, 0, 0))
            totals[key] = (low + a.low, likely + a.likely, high + a.high)
    return totals


def _incomplete(amounts: Iterable[Amount]) -> int:
    return sum(None in (a.low, a.likely, a.high) for a in amounts)


def _at_a_glance(r: _Reader) -> Facts:
    one = chosen(r.part("solutions"))
    opinions = [r.words(v, "opinion") for v in r.part("feasibility").verdicts if one and v.solution == one.id]
    plan = in_order(r.part("milestones"))
    days = [day for m in plan for day in (m.start, m.due) if day]
    span = f"{day_words(min(days))} to {day_words(max(days))}, {_count(len(plan), 'milestone')}" if days else NOT_STATED
    from scoping import value_words

    brings, costs = value_words.sums(r.worth)
    return Facts(
        (
            ("Solution", _short(one.title) if one else NOT_STATED),
            ("Can it work", "; ".join(opinions) or NOT_STATED),
            ("What it brings", brings or NOT_STATED),
            ("What it costs", costs or NOT_STATED),
            ("Net present value", value_words.headline(r.worth) or NOT_STATED),
            ("Plan", span),
        ),
        "At a glance",
    )


def _summary(r: _Reader) -> list[Block]:
    unnamed = [] if r.part("project").name.strip() else r.said("project", "name")
    return [
        *r.told("project", "summary"),
        *r.said("project", "decision_asked", "owner", "sponsor"),
        *unnamed,  # a name stands above the document
        _at_a_glance(r),
    ]


def _by_rank(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _problem(r: _Reader) -> list[Block]:
    cost = _Column(
        "Cost of doing nothing",
        lambda p: r.joined(p, "cost_of_doing_nothing", "cost_period"),
        ("cost_of_doing_nothing", "cost_period"),
    )
    columns = ("statement", "who_is_affected", "how_many", "baseline_metric", "baseline_value", cost)
    rows = _by_rank(r.part("problems").problems)
    return [*r.said("problems", "link_to_strategy"), *r.entries("problems", "problems", ("", columns), rows=rows)]


def _goals(r: _Reader) -> list[Block]:
    columns = ("rank", "statement", "problem", "type", "constraint", "measure")
    return r.entries("problems", "goals", ("", columns), rows=_by_rank(r.part("problems").goals))


def _decisions(r: _Reader) -> list[Block]:
    columns = ("action", "executed_by", "acts_on", "how_often", "channel", "today")
    return [*r.told("problems", "decision_changed"), *r.entries("problems", "actions", ("", columns))]


def _solution(r: _Reader) -> list[Block]:
    one = chosen(r.part("solutions"))
    others = [s for s in r.part("solutions").solutions if s is not one]
    columns = ("name", "standing", "approach", "because", "revisit_when")
    return [
        Facts((("Chosen idea", _short(one.title)),)) if one else Missing("No single idea is chosen for this charter yet."),
        *r.said("solutions"),
        *(r.details([one]) if one else []),
        *(
            r.entries("solutions", "solutions", ("Other ideas, and when to look at them again", columns), rows=others)
            if others
            else []
        ),
    ]


def _scope(r: _Reader) -> list[Block]:
    return r.said("problems", "in_scope", "out_of_scope")


def _points(value: float | None) -> str:
    return "" if value is None else f"{number_words(value)} point{'' if value == 1 else 's'}"


def _feasibility(r: _Reader) -> list[Block]:
    from scoping import feasibility_words

    part = r.part("feasibility")
    strength = list(Grade)
    evidence = sorted(part.evidence, key=lambda e: -strength.index(e.grade) if e.grade else 1)
    slices = sorted(part.slices, key=lambda s: (s.gain is None, -(s.gain or 0)))
    history = sorted(part.history, key=lambda h: h.when or date.max)
    measured = _Column("Measured", lambda e: _measured(r, e), ("metric", "value", "low", "high"))
    gap = _Column("Gap", lambda s: _points(s.gap))
    gain = _Column("Gap × share", lambda s: _points(s.gain))
    return [
        *r.said("feasibility"),
        *r.entries(
            "feasibility",
            "verdicts",
            ("Verdicts", ("solution", "opinion", "reason", "decided_by", "decided_on", "next_check")),
        ),
        *feasibility_words.by_the_rules(r.charter, r.as_of),
        *r.entries(
            "feasibility",
            "evidence",
            ("Evidence, strongest first", ("finding", "grade", "speaks", "check", measured, "source", "solution")),
            rows=evidence,
            elsewhere=("measurement",),
        ),
        *_kept(part.measurements),
        *r.entries(
            "feasibility",
            "benchmarks",
            (
                "What others reached",
                (
                    "name",
                    "kind",
                    "metric",
                    "value",
                    "unit",
                    "found_on",
                    "data_similarity",
                    "setting_similarity",
                    "link",
                    "solution",
                ),
            ),
        ),
        *feasibility_words.compared(part),
        *r.entries(
            "feasibility",
            "history",
            ("History of the project", ("when", "release", "metric", "value", "hlp", "solution", "source")),
            rows=history,
        ),
        *feasibility_words.history(part),
        *r.entries(
            "feasibility",
            "slices",
            (
                "Slices, most to gain first",
                ("name", "model", "hlp", gap, "share", gain, "ease", "importance", "kind", "cases", "errors"),
            ),
            rows=slices,
        ),
        *feasibility_words.room(part),
    ]


def _measured(r: _Reader, evidence: Evidence) -> str:
    """Metric and value, with the interval where there is one."""
    ends = [r.words(evidence, name) for name in ("low", "high")]
    words = r.joined(evidence, "metric", "value", by=": ")
    return f"{words} ({' to '.join(ends)})" if words and all(ends) else words


def _kept(measurements: Iterable[Measurement]) -> list[Block]:
    """What was measured on data, each with its figures and where they come from."""
    from scoping.measuring import telling  # with the methods, which nothing else here needs

    found = list[Block]()
    for kept in measurements:
        first, *rest = telling.blocks(kept)
        found += [Facts((("Measured", kept.title),)), first, *rest]
    return found


def _ladder(r: _Reader) -> list[Block]:
    from scoping import value_words

    link = _Column("One unit of the rung below moves it", lambda rung: _link(r, rung), ("low", "likely", "high"))

    def side(name: str, header: str) -> _Column:
        names = (f"{name}_by", f"{name}_on", f"{name}_reservation")
        return _Column(header, lambda rung: r.joined(rung, *names, by="\n"), names)

    rungs, start = ladder(r.part("value")), value_words.start_of(r.worth.ladder)
    return [
        *r.said("value", "minimum_improvement", "guardrails", "measured_how"),
        *_objections(r, rungs),
        *r.entries(
            "value",
            "rungs",
            ("Metric ladder", ("order", "metric", "current", "target", "technical", "business")),
            ("How one rung moves the next", ("metric", "below", link, "shape", "evidence", "source")),
            (
                "Who looked at it, and with which reservations",
                ("metric", side("technical", "Technical side"), side("business", "Business side")),
            ),
            rows=rungs,
        ),
        *(
            _rows(f"What it means if {start.called} reaches its target", value_words.implied(r.worth.ladder, start))
            if start
            else []
        ),
        *([Paragraph(doubt)] if start and (doubt := value_words.doubt(r.worth.ladder, start)) else []),
        *r.left_out("value.rungs"),
    ]


def _objections(r: _Reader, rungs: Sequence[Rung]) -> list[Block]:
    """Who objects to which metric: what is not settled must not be read over."""
    found = []
    for rung in rungs:
        for side in ("technical", "business"):
            if getattr(rung, side) is Acceptance.OBJECTS:
                who, why = r.joined(rung, f"{side}_by", f"{side}_on", by=", "), r.words(rung, f"{side}_reservation")
                words = f"{side.capitalize()} side objects" + (f" ({who})" if who else "") + (f": {why}" if why else "")
                found.append((_short(rung.title), words))
    return [Facts(tuple(found), "Open objections")] if found else []


def _money(r: _Reader) -> list[Block]:
    from scoping import value_words

    worth, part = r.worth, r.part("value")
    found = list[Block]()
    if worth.of_chosen.counted:
        found = [
            Facts(tuple(value_words.result(worth))),
            Paragraph(value_words.basis(worth)),
            *_rows("Beside the alternatives", value_words.alternatives(worth)),
            *_rows("What moves the result most", value_words.movers(worth)),
            *(_rows("Worth knowing before deciding", value_words.worth_knowing(worth)) or [Paragraph(value_words.DECIDED)]),
            *_rows("Year by year, at likely values", value_words.year_by_year(worth)),
        ]
    elif part.benefits or part.costs:
        found = [Missing("No amount of the chosen idea can be counted yet, so its value is not known.")]
    return [
        *found,
        *r.said("value", "horizon_years", "discount_rate", "linked_costs"),
        *r.left_out("value.benefits", "value.costs", "data_sources.sources", "milestones.milestones"),
        *_amounts(r, "benefits", "Benefits"),
        *_amounts(r, "costs", "Costs", "kind"),
        *_rows("Costs counted besides, from other steps", value_words.counted_besides(worth, part.linked_costs)),
        *r.entries("value", "rates", ("Exchange rates", ("foreign", "rate", "as_of", "source"))),
    ]


def _amounts(r: _Reader, name: str, title: str, *more: str) -> list[Block]:
    timing = _Column("When", _timing, ("starts_month", "ramp_months", "lasts_months"))
    cause = _Column("Rises and falls with", _cause, ("cause", "pull"))
    depends = (
        ("name", timing, cause, "shape", "solution") if more else ("name", timing, "rung", cause, "shape", "solution", "accrues_to")
    )
    return r.entries(
        "value",
        name,
        (title, ("name", *more, "low", "likely", "high", "period", "evidence", "source")),
        (f"{title}: when, and what they depend on", depends),
    )


def _timing(row: Amount) -> str:
    starts = f"after {_count(row.starts_month, 'month')}" if row.starts_month else ""
    grows = f"grows over {_count(row.ramp_months, 'month')}" if row.ramp_months else ""
    lasts = f"for {_count(row.lasts_months, 'month')}" if row.lasts_months else ""
    return ", ".join(filter(None, (starts, grows, lasts)))


def _cause(row: Amount) -> str:
    if not row.cause.strip():
        return "" if row.pull is None else number_words(row.pull)
    return row.cause.strip() if row.pull is None else f"{row.cause.strip()} ({number_words(row.pull)})"


def _errors(r: _Reader) -> list[Block]:
    from scoping import value_words

    part = r.part("value")
    if not part.stakes:
        return [*r.said("value", "cost_of_error"), Paragraph("No decision of the model is valued by its hits and errors.")]
    valued = value_words.valued_points(part)
    others = [p for p in part.operating_points if p.id not in valued]
    outcomes = ("name", "cases_per_month", "positive_share", "value_tp", "cost_fp", "cost_fn", "source")
    return [
        *r.said("value", "cost_of_error"),
        *r.entries("value", "stakes", ("What each outcome of a decision is worth", outcomes)),
        *_rows("When a decision pays", value_words.decisions(part)),
        *_rows("What each setting is worth", value_words.points(part)),
        *_rows("What errors of a number cost", value_words.numbers(part)),
        Paragraph("These figures stand beside the net present value and are not part of it."),
        *r.entries(
            "value",
            "operating_points",
            ("Settings without a value", ("name", "stake", "precision", "recall", "source")),
            rows=others,
        ),
    ]


def _came(r: _Reader) -> list[Block]:
    from scoping import value_words

    if not r.part("value").realised:
        return [Paragraph("Nothing is noted yet: this is for the months after launch.")]
    return [
        *_rows("Promised and realised", value_words.promises(r.charter, r.worth.currency)),
        *r.entries("value", "realised", ("What was noted", ("benefit", "month", "amount", "source"))),
    ]


def _ratings(r: _Reader) -> list[Block]:
    ratings = r.part("project").ratings
    rated = [row for row in ratings if row.reason.strip() or (row.low, row.likely, row.high) != (None, None, None)]
    left = [row.title for row in ratings if row not in rated]
    return [
        Paragraph("Ratings compare this project with others in the portfolio. They are no part of the figures above."),
        *(r.entries("project", "ratings", ("", ("criterion", "low", "likely", "high", "reason")), rows=rated) if rated else []),
        *([Missing(f"Not rated yet: {', '.join(left)}.")] if left else []),
    ]


def _rows(title: str, rows: Rows) -> list[Block]:
    """A table without its empty columns; none when it has no rows."""
    return _table(title, _plain_columns(*rows.headers), rows.cells)


def _plain_columns(*headers: str) -> list[_Column]:
    return [_Column(header, lambda row, i=i: row[i]) for i, header in enumerate(headers)]  # type: ignore[misc]


def _link(r: _Reader, rung: Rung) -> str:
    if rung.low is not None and rung.high is not None:
        likely = "" if rung.likely is None else f", most likely {number_words(rung.likely)}"
        return f"by {number_words(rung.low)} to {r.words(rung, 'high')}{likely}"
    known = (("at least", "low"), ("most likely", "likely"), ("at most", "high"))
    return ", ".join(f"{word} {said}" for word, name in known if (said := r.words(rung, name)))


def _ethics(r: _Reader) -> list[Block]:
    from scoping import ethics_words  # with the question packs

    part = r.part("ethics")
    concerns = sorted(part.concerns, key=lambda c: not is_open(c))
    tally = [r.words(i, "answered") for i in part.checklist if i.answered is not ItemAnswer.OPTION]
    counted = ", ".join(f"{tally.count(a)} {a[0].lower()}{a[1:]}" for a in sorted(set(tally)))
    answer = _Column(
        "Answer",
        lambda i: r.joined(i, *(() if i.answered is ItemAnswer.OPTION else ("answered",)), "option_words", by=": "),
        ("answered", "option_words", "option"),
    )
    why = _Column("Reason or evidence", lambda i: r.joined(i, "note", "evidence", by="\n"), ("note", "evidence"))
    pack = _Column("Asked by", lambda i: r.joined(i, "pack", "pack_version", by=", version "), ("pack", "pack_version"))
    before = _Column(
        "Before",
        lambda k: r.joined(k, "likelihood", "severity", by=" × ") + f": {ethics_words.level_of(k)}",
        ("likelihood", "severity"),
    )
    after = _Column(
        "Then",
        lambda k: r.joined(k, "likelihood_left", "severity_left", by=" × ") + f": {ethics_words.left_of(k)}",
        ("likelihood_left", "severity_left"),
    )
    at_launch = _Column("At launch", lambda i: r.joined(i, "at_launch", "launch_note", by=": "), ("at_launch", "launch_note"))
    alarm = _Column("Alarm", lambda f: r.joined(f, "bound", "threshold"), ("bound", "threshold"))
    return [
        *ethics_words.outcome(part),
        *r.said("ethics"),
        *r.entries(
            "ethics",
            "legal_path",
            ("The way through the decision tree", ("question", "chosen_words", "source", "note", "rules")),
            rows=ethics_words.in_tree_order(part.legal_path),
            elsewhere=["chosen"],
        ),
        *r.entries("ethics", "concerns", ("Concerns, open ones first", ("concern", "outcome", "owner", "reason")), rows=concerns),
        *r.entries("ethics", "risks", ("Risks", ("risk", before, "mitigation", "owner", "due", after))),
        *r.entries("ethics", "premortem", ("Pre-mortem: it failed because", ("story", "signal", alarm, "commitment", "decider"))),
        *r.entries("ethics", "groups", ("Who must be served", ("name", "why", "metric", "gap", "compared_with", "milestone"))),
        *r.entries(
            "ethics",
            "obligations",
            ("Obligations", ("demand", "because", "state", "owner", "due", "milestone", "reason")),
            elsewhere=["at_launch", "launch_note"],
        ),
        *ethics_words.promises(part),
        *([Facts((("Questions of yes or no", f"{len(tally)}: {counted}"),))] if tally else []),
        *r.entries(
            "ethics",
            "checklist",
            ("Questions and answers", ("question", answer, why, "owner", "area", pack, at_launch)),
        ),
        *r.entries("ethics", "question_packs", ("Question packs of this project", ("name",)), elsewhere=["definition"]),
        *ethics_words.coverage(part),
    ]


def _unit_cost(source: Source) -> str:
    if source.unit_cost is None:
        return ""
    minor = round(source.unit_cost)
    return money.words(minor, source.currency) if minor or not source.cost else f"under {money.words(1, source.currency)}"


def _data(r: _Reader) -> list[Block]:
    from scoping import data_words  # with scipy, which nothing else here needs

    part = r.part("data_sources")
    columns = ("name", "origin", "amount", "cost", _Column("Cost per unit", _unit_cost), "days", "quality", "privacy")
    totals = [(f"Total cost in {c}", _with_gap(money.words(m, c), unpriced(part), "no cost")) for c, m in total_cost(part).items()]
    totals += [
        (f"Total amount in {unit}" if unit else "Total amount without a unit", number_words(amount))
        for unit, amount in total_amount(part).items()
    ]
    return [
        *r.said("data_sources"),
        *r.entries("data_sources", "sources", ("Sources", columns), ("Quality from 0 to 3", ("name", *DIMENSIONS))),
        *([Facts(tuple(totals), "All sources together")] if totals else []),
        *data_words.plan(r.charter),
        *data_words.labels_and_split(part),
        *r.entries("data_sources", "cases", ("Edge cases and their agreed labels", ("case", "label", "decided_by", "reason"))),
        *r.entries(
            "data_sources",
            "pipelines",
            ("From proof of concept to production", ("step", "poc_how", "replicable", "from_milestone", "owner")),
        ),
        *r.entries("data_sources", "learning_points", ("Learning curve", ("size", "error", "measured_on", "source"))),
        *data_words.curve(part),
        *_kept(part.reports),
    ]


def _with_gap(total: str, left_out: int, what: str) -> str:
    return f"{total}; {_count(left_out, 'source')} with {what} yet" if left_out else total


def _plan(r: _Reader) -> list[Block]:
    part = r.part("milestones")
    columns = ("deliverable", "kind", "start", "due", "owner", "depends_on", "money")
    gate = _Column("Decision at the gate", lambda m: r.joined(m, "gate", "gate_on"), ("gate", "gate_on"))
    span = _Column("Working days", lambda m: r.joined(m, "best_days", "likely_days", "worst_days", by=" / "), _THREE_POINTS)
    return [
        *r.said("milestones", "benchmark", "work_week", *_REFERENCE),
        *r.entries(
            "milestones",
            "milestones",
            ("Milestones", columns),
            ("Best, likely and worst duration", ("deliverable", span)),
            ("Reached and decided", ("deliverable", "reached_on", gate, "gate_reason")),
            rows=in_order(part),
            elsewhere=("kill_criteria", "decider"),
        ),
        *_targets(r),
        *r.entries("milestones", "people", ("People", ("name", "share", "day_rate", "away_from", "away_to"))),
        *r.entries("milestones", "assignments", ("Who works on what", ("milestone", "person", "share"))),
        *r.entries("milestones", "holidays", ("Days off", ("day", "name"))),
    ]


_THREE_POINTS = ("best_days", "likely_days", "worst_days")
_REFERENCE = ("reference_kind", "usual_overrun", "bad_overrun", "overrun_source")


def _progress(r: _Reader) -> list[Block]:
    """What has become of the plan: frozen, moved, measured, talked about, closed."""
    from scoping import progress_words  # with numpy, which nothing else here needs

    part = r.part("milestones")
    readings = progress_words.last_readings(part.readings)
    older = len(part.readings) - len(readings)
    talks = sorted(part.checkins, key=lambda row: row.held_on or date.min, reverse=True)
    found = [
        *r.entries("milestones", "baselines", ("Frozen plans", ("name", "frozen_on", "author", "reason"))),
        *r.entries("milestones", "moves", ("Dates that moved", ("milestone", "before", "after", "reason", "moved_on", "author"))),
        *r.entries("milestones", "readings", ("Readings", ("target", "when", "value", "source", "author", "run")), rows=readings),
        *([Paragraph(f"{_count(older, 'older reading')} not shown here; the workbook has them all.")] if older else []),
        *r.entries(
            "milestones",
            "checkins",
            ("Check-ins, newest first", ("held_on", "changed", "confidence", "risks", "help_needed", "author")),
            rows=talks,
        ),
        *r.entries("rollout", "readings", ("Readings after launch", ("monitor", "when", "value", "source", "author"))),
        *r.said("rollout", *_EXIT),
        *r.entries("rollout", "next_steps", ("Next steps", ("step", "owner", "due"))),
    ]
    if not found and not any(m.reached_on for m in part.milestones):
        return [Paragraph("The plan is not frozen yet, and nothing has been measured against it.")]
    return [
        *_rows("Where each milestone stands", progress_words.milestones(part, r.as_of)),
        *_rows("Where each target stands", progress_words.targets(part, r.as_of)),
        *found,
    ]


_EXIT = tuple(q.name for q in questions(PART_BY_SLUG["rollout"].model) if q.topic == "exit")


def _targets(r: _Reader) -> list[Block]:
    """Targets by milestone and kind; a kind without a target has a line that says so."""
    part = r.part("milestones")
    goal = _Column("Target", lambda t: r.joined(t, "direction", "target"), ("direction", "target"))
    columns = ("family", "metric", goal, "baseline", "slice", "measured_how")
    found = list[Block]()
    for m in in_order(part):
        own = [t for t in part.targets if t.milestone == m.id]
        rows = [t for t in own if t.family is None]
        for family in reversed(Family):
            rows = ([t for t in own if t.family is family] or [Target(id="none", family=family)]) + rows
        title = f"Targets of “{_short(m.title)}”"
        found += r.entries("milestones", "targets", (title, columns), rows=rows, elsewhere=["milestone"])
    ids = {m.id for m in part.milestones}
    alone = [t for t in part.targets if t.milestone not in ids]
    if alone:
        found += r.entries("milestones", "targets", ("Targets of no milestone", columns), rows=alone, elsewhere=["milestone"])
    return found


def _team(r: _Reader) -> list[Block]:
    sides = list(Side)
    people = sorted(r.part("problems").stakeholders, key=lambda s: sides.index(s.side) if s.side else len(sides))
    return [
        *r.entries("problems", "stakeholders", ("", ("name", "side", "raci", "wants")), rows=people),
        *r.said("project", "people_needed", "rhythm"),
    ]


_COUNTED = {
    None: "It is not said which of them overlap, so only the costs under Value are counted there, and nothing is added up here.",
    LinkedCosts.NONE: "The net present value counts the costs under Value. The others show the same money from other steps and are not added.",
    LinkedCosts.DATA: "The net present value counts the costs under Value and the data sources. Milestones show the same money again.",
    LinkedCosts.MILESTONES: "The net present value counts the costs under Value and the milestones. Data sources show part of the same money again.",
    LinkedCosts.BOTH: "The net present value counts all three; they do not overlap.",
}


def _budget(r: _Reader) -> list[Block]:
    """The money by step, each row telling where it comes from; views that overlap are never added to each other."""
    ideas = {s.id for s in r.part("solutions").solutions}
    costs: list[Cost] = [c for c in r.part("value").costs if c.solution not in ideas or c.solution == r.worth.chosen]
    data, plan = r.part("data_sources"), r.part("milestones")
    rows = []
    for kind in dict.fromkeys(c.kind for c in costs):
        name = kind.label if kind else "Kind not stated"
        for (currency, period), total in _totals([c for c in costs if c.kind is kind]).items():
            rows.append(("Costs (Value)", name, period, *(money.words(m, currency) for m in total)))
    for currency, minor in total_cost(data).items():
        rows.append(("Data sources", "All sources that have a cost", "", "", money.words(minor, currency), ""))
    needed: dict[str, int] = {}
    for m in plan.milestones:
        if m.money is not None:
            needed[m.currency] = needed.get(m.currency, 0) + m.money
    for currency, minor in needed.items():
        rows.append(("Milestones", "Money needed by all milestones", "", "", money.words(minor, currency), ""))
    gaps = (
        (_incomplete(costs), "cost", "without a complete range"),
        (unpriced(data), "data source", "without a cost"),
        (sum(m.money is None for m in plan.milestones), "milestone", "without a sum"),
    )
    left = [f"{_count(n, what)} {lack}" for n, what, lack in gaps if n]
    headers = ("Where it comes from", "What", "How often", "At least", "Most likely", "At most")
    if not rows:
        return [Missing("No sum of money is written down yet."), *r.said("milestones", "budget_note")]
    others = len(r.part("value").costs) - len(costs)
    return [
        *_table("", _plain_columns(*headers), rows),
        Paragraph(_COUNTED[r.part("value").linked_costs]),
        *([Paragraph(f"{_count(others, 'cost')} of other ideas left out here.")] if others else []),
        *([Missing(f"Not in these sums: {', '.join(left)}.")] if left else []),
        *r.said("milestones", "budget_note"),
    ]


def _rollout(r: _Reader) -> list[Block]:
    alarm = _Column("Alarm", lambda m: r.joined(m, "bound", "threshold"), ("bound", "threshold"))
    reaction = _Column("What they do", lambda m: r.joined(m, "reaction", "retrain", by="\n"), ("reaction", "retrain"))
    columns = ("trouble", "signal", "metric", alarm, "checked", "who_reacts", reaction)
    named = [q.name for q in questions(PART_BY_SLUG["rollout"].model) if q.topic != "exit"]
    return [*r.said("rollout", *named), *r.entries("rollout", "monitors", ("Monitoring", columns))]


def _risks(r: _Reader) -> list[Block]:
    plan = in_order(r.part("milestones"))
    stops = _table(
        "When we stop or rework",
        [
            _Column("Milestone", lambda m: _short(m.title)),
            _Column("Stop or rework if", lambda m: r.words(m, "kill_criteria") or NOT_STATED),
            _Column("Who decides", lambda m: r.words(m, "decider")),
        ],
        plan,
    )
    risks = _table("What could go wrong", _plain_columns("Risk", "Seen as", "Who looks after it"), list(_risk_rows(r)))
    return [
        *(stops or [Missing("No milestone says yet when to stop or rework.")]),
        *(risks or [Missing("No risk is written down yet.")]),
    ]


def _risk_rows(r: _Reader) -> Iterator[tuple[str, str, str]]:
    from scoping import ethics_words

    for risk in r.part("ethics").risks:
        yield (
            r.words(risk, "risk"),
            f"Risk: {ethics_words.level_of(risk)}, then {ethics_words.left_of(risk)}",
            r.words(risk, "owner"),
        )
    for c in r.part("ethics").concerns:
        if c.outcome is not Outcome.MITIGATED:
            yield r.words(c, "concern"), f"Concern: {r.words(c, 'outcome')}", r.words(c, "owner")
    for e in r.part("feasibility").evidence:
        if e.speaks in (Speaks.AGAINST, Speaks.MIXED):
            yield r.words(e, "finding"), f"Evidence: {r.words(e, 'speaks')}", r.words(e, "owner")
    for a in r.part("project").assumptions:
        if a.state is AssumptionState.WRONG:
            yield r.words(a, "statement"), f"Assumption: {r.words(a, 'state')}", r.words(a, "owner")
    for m in r.part("rollout").monitors:
        yield r.words(m, "trouble"), "Watched after launch", r.words(m, "who_reacts")


def _open_questions(r: _Reader) -> list[Block]:
    unknown = [
        (section.title, _short(entry.title) if isinstance(entry, Record) else "", question(type(entry), name).label)
        for section, part in r.charter.parts()
        for entry in (part, *(row for name in section.lists for row in getattr(part, name)))
        for name in entry.unknown
    ]
    found = [
        *r.entries("project", "assumptions", ("Assumptions and open questions", ("statement", "owner", "due", "state"))),
        *_table("Answers that are not known yet", _plain_columns("Step", "Entry", "Question"), unknown),
    ]
    return found or [Paragraph("No assumption is written down, and no answer is marked as not known.")]


def _sign_offs(r: _Reader) -> list[Block]:
    signers = r.part("project").signatures
    if not signers:
        return [Missing("Nobody is named yet who signs this charter.")]
    headers = ("Role", "Name", "Signed on", "Signature", "Remark or reservation")
    rows = ((r.words(s, "role"), r.words(s, "name"), r.words(s, "signed_on"), "", r.words(s, "remark")) for s in signers)
    return [Table("", headers, tuple(rows))]


_CHAPTERS: tuple[tuple[str, str, Callable[[_Reader], list[Block]]], ...] = (
    ("Summary and decision asked", "project", _summary),
    ("Problem and baseline", "problems", _problem),
    ("Goals, ranked", "problems", _goals),
    ("Decisions and actions", "problems", _decisions),
    ("Solution", "solutions", _solution),
    ("Scope", "problems", _scope),
    ("Feasibility", "feasibility", _feasibility),
    ("Metric ladder", "value", _ladder),
    ("What it is worth", "value", _money),
    ("What being wrong costs", "value", _errors),
    ("Ethics", "ethics", _ethics),
    ("Data plan", "data_sources", _data),
    ("Milestones and targets", "milestones", _plan),
    ("Team and roles", "problems", _team),
    ("Budget", "value", _budget),
    ("Rollout and monitoring", "rollout", _rollout),
    ("Promised and realised", "value", _came),
    ("Progress", "milestones", _progress),
    ("Risks and stop criteria", "milestones", _risks),
    ("Assumptions and open questions", "project", _open_questions),
    ("Ratings for the portfolio", "project", _ratings),
    ("Sign-off", "project", _sign_offs),
)
"""Title, part and content of the chapters in the order of the outline; the change history follows them."""
