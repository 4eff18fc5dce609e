"""The model card of Hugging Face's layout, as far as a charter knows the model: purpose, data, targets, risks, limits.

What nobody has said is told as open at its place; the head names no licence and no language that nobody has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scoping.charter import Charter
from scoping.export.packs.pack import Files, Given, Lack, Pack, Plain, as_yaml, lacking, line
from scoping.milestones import status
from scoping.milestones.status import MilestoneStatus, TargetStatus
from scoping.places import Place
from scoping.sections.data_sources import MayUse, Privacy, Source
from scoping.sections.ethics import is_open
from scoping.sections.milestones import Family
from scoping.sections.solutions import Solution, Standing
from scoping.words import count, day_words, listed, short

OPEN = "[More Information Needed]"
"""What the layout says where nothing is known."""


def chosen(charter: Charter) -> Solution | None:
    """The idea that the charter goes with."""
    return next((s for s in charter.solutions.solutions if s.standing is Standing.CHOSEN), None)


def used(charter: Charter) -> list[Source]:
    """The sources that are not ruled out."""
    return [s for s in charter.data_sources.sources if s.may_use is not MayUse.NOT_ALLOWED]


def to_model_card(given: Given) -> str:
    """The card as Markdown with its head in YAML."""
    charter = given.charter
    found = status.of_plan(charter.milestones, given.today)
    head = as_yaml(_head(given, found))
    body = "\n\n".join(f"{'#' * level} {title}\n\n{text}" for level, title, text in _chapters(given, found))
    return f"---\n{head}---\n\n# {line(charter.name)}\n\n{body}\n"


def _head(given: Given, found: Sequence[MilestoneStatus]) -> Plain:
    measured = [t for m in found for t in m.targets if t.latest and t.latest.value is not None]
    metrics = [
        {"type": t.target.metric_key.strip() or t.target.metric.strip(), "value": t.latest.value, "name": _asked(t)}
        for t in measured
        if t.latest and (t.target.metric_key.strip() or t.target.metric.strip())
    ]
    head: Plain = {"tags": ["charter", f"charter-revision-{given.revision}"]}
    if metrics:
        data = {"name": short(given.charter.data_sources.split_plan, 120) or "See Testing Data", "type": "see-testing-data"}
        task = {"type": "other", "name": short(given.charter.data_sources.target_y, 120) or "See Uses"}
        head["model-index"] = [
            {"name": short(given.charter.name, 120), "results": [{"task": task, "dataset": data, "metrics": metrics}]}
        ]
    return head


def _asked(one: TargetStatus) -> str:
    day = f", measured on {day_words(one.latest.when)}" if one.latest and one.latest.when else ""
    return f"{short(one.target.title, 120)} (asked: {status.goal(one.target)}{day})"


def _chapters(given: Given, found: Sequence[MilestoneStatus]) -> Iterator[tuple[int, str, str]]:
    charter = given.charter
    idea, data, rollout, problems = chosen(charter), charter.data_sources, charter.rollout, charter.problems
    yield 2, "Model Details", _text(charter.project.summary)
    yield (
        3,
        "Model Description",
        _facts(
            ("Idea", idea.title if idea else ""),
            ("How it works", idea.description if idea else ""),
            ("What it sees", data.input_x),
            ("What it predicts", data.target_y),
            ("Answers for it", charter.project.owner),
            ("Charter", f"revision {given.revision} of {given.stamp[:10]}, project {given.project}"),
        ),
    )
    yield 2, "Uses", _text(problems.decision_changed)
    yield (
        3,
        "Direct Use",
        _facts(
            ("Who acts on it", idea.who_acts if idea else ""),
            ("Which decision it improves", idea.decision_enabled if idea else ""),
            ("In scope", problems.in_scope),
            ("Automation", rollout.automation_end.label if rollout.automation_end else ""),
        ),
    )
    yield 3, "Out-of-Scope Use", _text(problems.out_of_scope)
    yield 2, "Bias, Risks, and Limitations", _rows(_risks(charter))
    yield 3, "Recommendations", _rows(_promises(charter))
    yield 2, "Training Details", _text(data.label_rule)
    yield 3, "Training Data", _rows(_source(s) for s in used(charter))
    yield 3, "Training Procedure", _rows(f"{line(p.title)}: makes {line(p.makes) or OPEN}" for p in data.pipelines)
    yield 2, "Evaluation", "Each target with what was asked, and what was measured where there is a reading."
    yield (
        3,
        "Testing Data, Factors & Metrics",
        _facts(
            ("How the sets are split", data.split_plan),
            ("Groups looked at", listed([line(g.title) for g in charter.ethics.groups])),
        ),
    )
    yield 3, "Results", _results(found)
    yield (
        2,
        "Technical Specifications",
        _facts(
            ("Where it runs", rollout.place.label if rollout.place else ""),
            ("Expected load", rollout.load),
            ("How long people wait", rollout.latency),
            ("Compute in production", rollout.compute),
        ),
    )
    yield 2, "Model Card Contact", _text(rollout.maintenance_owner or charter.project.owner)


def _results(found: Sequence[MilestoneStatus]) -> str:
    rows = [
        f"| {line(t.target.title)} | {line(t.target.slice or 'all cases')} | {line(status.goal(t.target))} | {line(_reading(t))} |"
        for m in found
        for t in m.targets
        if t.target.family is not Family.BUSINESS
    ]
    return "\n".join(["| Target | Group | Asked | Measured |", "|---|---|---|---|", *rows]) if rows else OPEN


def _reading(one: TargetStatus) -> str:
    last = one.latest
    if last is None or last.when is None:
        return "not measured yet"
    return f"{status.amount(one.target, last.value)}, {day_words(last.when)}"


def _source(s: Source) -> str:
    personal = "" if s.privacy in (None, Privacy.NONE) else f" {s.privacy.label}."
    what = short(s.contents or s.rights, 300)
    return f"**{line(s.title)}**: {line(what) or OPEN}{personal}" + (f" Known gaps: {line(s.known_bias)}" if s.known_bias else "")


def _risks(charter: Charter) -> Iterator[str]:
    for risk in charter.ethics.risks:
        yield f"{line(risk.title)}: {line(risk.mitigation) or 'nothing is promised against it yet'}"
    for concern in charter.ethics.concerns:
        if is_open(concern):
            yield f"Open concern: {line(concern.title)}"
    for source in used(charter):
        if source.known_bias.strip():
            yield f"{line(source.title)}: {line(source.known_bias)}"


def _promises(charter: Charter) -> Iterator[str]:
    for one in charter.ethics.obligations:
        yield f"{line(one.title)} ({one.state.label.lower() if one.state else 'not said how it stands'})"


def _text(words: str) -> str:
    return line(words) or OPEN


def _facts(*rows: tuple[str, str]) -> str:
    return "\n".join(f"- **{label}:** {line(words) or OPEN}" for label, words in rows)


def _rows(rows: Iterable[str]) -> str:
    return "\n".join(f"- {row}" for row in rows) or OPEN


def _make(given: Given) -> Files:
    return {"README.md": to_model_card(given)}


def _told(charter: Charter) -> str:
    measured = len({r.target for r in charter.milestones.readings if r.value is not None})
    return (
        f"Purpose, limits and risks; {count(len(used(charter)), 'data source')}; "
        f"{count(len(charter.milestones.targets), 'target')}, {measured} of them measured."
    )


def lacks(charter: Charter) -> list[Lack]:
    """What anybody who is to trust a model asks first."""
    data, plan = charter.data_sources, charter.milestones
    found = []
    if chosen(charter) is None:
        found.append(Lack("No idea is chosen for the charter.", Place("solutions", "solutions")))
    for field, said in (("input_x", "It is not said what it sees."), ("target_y", "It is not said what it predicts.")):
        if not getattr(data, field).strip():
            found.append(Lack(said, Place("data_sources", "", "", field)))
    if not charter.problems.out_of_scope.strip():
        found.append(Lack("It is not said what it must not be used for.", Place("problems", "", "", "out_of_scope")))
    keyless = [t for t in plan.targets if t.family is Family.ML and not t.metric_key.strip()]
    return [
        *found,
        *lacking(
            [s for s in used(charter) if not s.contents.strip()],
            "data_sources",
            "sources",
            "contents",
            "source",
            "does not say what one row is",
            "do not say what one row is",
        ),
        *lacking(keyless, "milestones", "targets", "metric_key", "target", "has no metric key"),
    ]


MODEL_CARD = Pack(
    name="model-card.zip",
    label="Model card",
    feeds="The Hugging Face Hub, or the README of any repository with a model.",
    use="Put README.md beside the model and push.",
    make=_make,
    told=_told,
    lacks=lacks,
    start=Place("problems", "problems"),
)
