"""Samples: believable charters, each kept as a text file that people may edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from scoping import answers, content
from scoping.charter import PART_BY_SLUG, Charter
from scoping.editing import new_record
from scoping.errors import AnswerError, UnreadableCharterError
from scoping.ethics.demands import standard_demands
from scoping.ethics.legal_rules import rules_words, standard_tree
from scoping.ethics.questions import standard_bank, standard_words
from scoping.portfolio.rubrics import standard_ratings
from scoping.section import Fields, FieldSpec, Kind, Record, Section, questions
from scoping.sections.ethics import ChecklistItem, ItemAnswer, LegalAnswer, Obligation
from scoping.sections.milestones import Baseline
from scoping.sections.problems import SECTION as PROBLEMS
from scoping.sections.project import Project, ProjectKind, Rating
from scoping.words import capital

Built = TypeVar("Built", bound=Fields)

_HEAD = {"title": str, "tagline": str, "begins": date, "place": int}

_WISHING = re.compile(r"^(?:(?:i|we) (?:wish|would like|want)(?: that)?|it would be (?:good|better) if|if only) ", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=\w{3})(?:[.!?;:…](?=\s|$)|,\s|\s[–-]\s)")
_JOINT = re.compile(
    r"(?<=\S) (?=(?:about|after|and|as|at|because|before|but|by|during|for|from|if|in|into|of|on|or|per|since|so|than|that|to|until|when|where|"
    r"which|while|who|with|without) )",
    re.IGNORECASE,
)
"""Where a phrase of a long sentence ends and the next begins."""
_WORDS = 3
"""What a name has at least, where a sentence is cut between two phrases."""
_NAME = 60
"""Characters of a name that is taken from a wish."""
_DAY_IN_JSON = re.compile(r'"(\d{4}-\d{2}-\d{2})"')


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A charter to look at and to copy.

    Attributes:
        begins: the day on which the plan starts, as the file has it.
        today: the day that the file tells of; the plan begins on it unless the file says otherwise.
        place: where it stands among the samples.
    """

    slug: str
    title: str
    tagline: str
    begins: date
    today: date
    charter: Charter
    place: int = 0

    def as_of(self, day: date) -> Charter:
        """The charter with every date moved by whole weeks, so that it stands in the week of `day` as the file has it today."""
        weeks = (_monday(day) - _monday(self.today)) // timedelta(weeks=1)
        return _moved(self.charter, timedelta(weeks=weeks))


def read_sample(slug: str, text: str) -> Sample:
    """The sample that a file describes.

    Money is written in major units, "?" stands for "not known yet", and a record without a currency has the project's.
    Lines of a text may be broken anywhere; an empty line begins a new paragraph.

    Raises:
        UnreadableCharterError: names file, part, record and field of the first mistake.
    """
    file = f"{slug}.toml"
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableCharterError(f"{file} is not written in TOML: {error}.", "Check quotes and brackets there.") from None
    head = {key: plain.pop(key, None) for key in _HEAD}
    head["today"] = plain.pop("today", head["begins"])
    for key, kind in {**_HEAD, "today": date}.items():
        if not isinstance(head[key], kind):
            raise UnreadableCharterError(f"{file}, field “{key}”: a {kind.__name__} is needed, found {head[key]!r}.")
    charter = _charter(file, plain)
    _check_links(file, charter)
    return Sample(slug=slug, charter=charter, **head)


def _charter(file: str, plain: Mapping[str, Any]) -> Charter:
    for slug, value in plain.items():
        if slug not in PART_BY_SLUG:
            raise UnreadableCharterError(f"{file}, part “{slug}”: no such part.", _suggest(slug, PART_BY_SLUG))
        if not isinstance(value, dict):
            raise UnreadableCharterError(f"{file}, part “{slug}”: write it as a table, [{slug}].")
    currency = plain.get("project", {}).get("currency", "USD")
    return Charter.model_validate(
        {slug: _part(PART_BY_SLUG[slug], value, f"{file}, part “{slug}”", currency) for slug, value in plain.items()}
    )


def _part(section: Section, plain: Mapping[str, Any], where: str, currency: str) -> Fields:
    values = _answers(section.model, {k: v for k, v in plain.items() if k not in section.lists}, where, currency, section.lists)
    for name, spec in section.lists.items():
        rows = plain.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UnreadableCharterError(f"{where}, list “{name}”: write each record as a table, [[{section.slug}.{name}]].")
        values[name] = [
            _record(spec.record, row, f"{where}, {spec.singular} {number} of “{name}”", currency)
            for number, row in enumerate(rows, 1)
        ]
    return _built(section.model, values, where)


def _record(model: type[Record], plain: Mapping[str, Any], where: str, currency: str) -> Record:
    if not isinstance(plain.get("id"), str):
        raise UnreadableCharterError(f"{where}, field “id”: give the record an id of small letters, such as “own_data”.")
    where = f"{where} (“{plain['id']}”)"
    given = {k: v for k, v in plain.items() if k != "id"}
    typed = {**_standard_words(model, plain["id"]), **_chosen_words(model, plain["id"], given), **given}
    return _built(model, {"id": plain["id"], **_answers(model, typed, where, currency)}, where)


def _standard_words(model: type[Record], item_id: str) -> dict[str, Any]:
    if model is Rating:
        return next(({"criterion": r.criterion} for r in standard_ratings() if r.id == item_id), {})
    if model is ChecklistItem and (known := standard_words().get(item_id)):
        return known.model_dump(include={"question", "area", "pack", "pack_version"})
    if model is LegalAnswer and (node := standard_tree().nodes.get(item_id)):
        return {"question": node.ask, "source": node.source, "rules": rules_words(standard_tree())}
    if model is Obligation:
        return next(({"demand": d.demand, "because": d.because} for d in standard_demands() if d.id == item_id), {})
    return {}


def _chosen_words(model: type[Record], item_id: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The words of an answer that a file gives by its short name."""
    if model is ChecklistItem and "option" in typed and (asked := standard_bank().asked.get(item_id)):
        option = asked.question.option(typed["option"])
        return {"answered": ItemAnswer.OPTION, "option_words": option.words} if option else {}
    if model is LegalAnswer and (node := standard_tree().nodes.get(item_id)):
        chosen = node.answer(str(typed.get("chosen", "")))
        return {"chosen_words": chosen.words} if chosen else {}
    return {}


def _answers(
    model: type[Fields], plain: Mapping[str, Any], where: str, currency: str, lists: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    specs = {spec.name: spec for spec in questions(model)}
    if "currency" in specs:
        plain = {"currency": currency, **plain}
        currency = _answer(specs["currency"], plain["currency"], where, currency)
    values: dict[str, Any] = {}
    unknown = []
    for name, raw in plain.items():
        if name not in specs:
            raise UnreadableCharterError(f"{where}, field “{name}”: no such question.", _suggest(name, [*specs, *(lists or {})]))
        if raw == answers.UNKNOWN:
            unknown.append(name)
        else:
            values[name] = _answer(specs[name], raw, where, currency)
    return {**values, "unknown": unknown}


def _answer(spec: FieldSpec, raw: Any, where: str, currency: str) -> Any:
    if isinstance(raw, dict) or (isinstance(raw, list) and spec.kind is not Kind.LINKS):
        raise UnreadableCharterError(f"{where}, field “{spec.name}”: a single value is needed, found {raw!r}.")
    try:
        return answers.read(spec, _unfolded(raw) if isinstance(raw, str) else raw, currency)
    except AnswerError as error:
        raise UnreadableCharterError(f"{where}, field “{spec.name}”: {error.message}", error.hint) from None


def _unfolded(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))


def _built(model: type[Built], values: Mapping[str, Any], where: str) -> Built:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise UnreadableCharterError(f"{where}: {answers.sentences(error, model)}.") from None


def _suggest(name: str, known: Any) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f"Did you mean “{close[0]}”?" if close else f"Known are: {', '.join(known)}."


def _entries(charter: Charter) -> Iterator[tuple[str, Fields]]:
    """Every part and record of a charter, with the words for where it stands."""
    for section, part in charter.parts():
        yield f"part “{section.slug}”", part
        for name in section.lists:
            for row in getattr(part, name):
                yield f"part “{section.slug}”, record “{row.id}” of “{name}”", row


def _check_links(file: str, charter: Charter) -> None:
    known = charter.titles()
    for where, entry in _entries(charter):
        for spec in questions(type(entry)):
            if not spec.refers_to:
                continue
            value = getattr(entry, spec.name)
            for target in value if spec.kind is Kind.LINKS else filter(None, [value]):
                if target not in known[spec.refers_to]:
                    raise UnreadableCharterError(
                        f"{file}, {where}, field “{spec.name}”: no record has the id “{target}”.",
                        _suggest(target, known[spec.refers_to]),
                    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _moved(charter: Charter, by: timedelta) -> Charter:
    for section, part in charter.parts():
        rows = {name: tuple(_dates_moved(row, by) for row in getattr(part, name)) for name in section.lists}
        charter = charter.with_part(section.slug, _dates_moved(part, by).model_copy(update=rows))
    frozen = tuple(_frozen_moved(b, by) for b in charter.milestones.baselines)
    return charter.with_part("milestones", charter.milestones.model_copy(update={"baselines": frozen}))


def _frozen_moved(baseline: Baseline, by: timedelta) -> Baseline:
    plan = _DAY_IN_JSON.sub(lambda day: f'"{date.fromisoformat(day[1]) + by}"', baseline.plan)
    return baseline.model_copy(update={"plan": plan})


def _dates_moved(entry: Fields, by: timedelta) -> Fields:
    days = {spec.name: getattr(entry, spec.name) for spec in questions(type(entry)) if spec.kind is Kind.DATE}
    return entry.model_copy(update={name: day + by for name, day in days.items() if day is not None})


def new_charter(name: str, owner: str, currency: str) -> Charter:
    """An empty charter that asks the questions of the portfolio; none counts as answered."""
    charter = Charter(
        project=Project.model_validate({"name": name, "owner": owner, "ratings": standard_ratings()}),
    )
    with_amounts = [(part, value) for part, value in charter.parts() if "currency" in {q.name for q in part.questions}]
    return charter.model_copy(
        update={part.slug: part.model.model_validate({**dict(value), "currency": currency}) for part, value in with_amounts}
    )


def name_of(wish: str) -> str:
    """What a project may be called that begins with a wish: its first clause, without the words of wishing."""
    line = _WISHING.sub("", " ".join(wish.split()))
    clause = _CLAUSE.split(line, maxsplit=1)[0].rstrip(".!?…,;: ")
    return capital(clause if len(clause) <= _NAME else _cut(clause))


def _cut(clause: str) -> str:
    """The whole phrases with which a clause begins; where it has none that are short enough, the words, and that they go on."""
    joints = [m.start() for m in _JOINT.finditer(clause, 0, _NAME + 1) if len(clause[: m.start()].split()) >= _WORDS]
    if joints:
        return clause[: joints[-1]].rstrip(",;: ")
    return clause[: _NAME - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def started_with(wish: str, name: str, kind: ProjectKind | None, *, currency: str, record: str) -> Charter:
    """A charter that begins with what somebody wishes were working better, as its first problem.

    Args:
        name: of the project; "" for one that is taken from the wish.
        record: the id of the problem.
    """
    charter = new_charter(name or name_of(wish), "", currency)
    charter = charter.with_part("project", charter.project.model_copy(update={"kind": kind}))
    if not wish:
        return charter
    problem = new_record(PROBLEMS, "problems", record, currency, statement=wish)
    return charter.with_part(PROBLEMS.slug, charter.problems.model_copy(update={"problems": (problem,)}))


@cache
def samples() -> tuple[Sample, ...]:
    """Every sample of the folder, in the order of their `place`.

    Raises:
        UnreadableCharterError: names file, part, record and field of the first mistake.
    """
    read = (read_sample(PurePosixPath(name).stem, content.text(name)) for name in content.names("samples/*.toml"))
    return tuple(sorted(read, key=lambda sample: sample.place))
