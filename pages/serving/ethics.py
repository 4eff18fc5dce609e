"""What the ethics step asks one at a time, and its result: told to browsers after every change, answered by them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import CONCERNS_URL, ETHICS_URL, PROMISES_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.content.screening import SCREENING
from scoping.errors import AnswerError
from scoping.ethics import answering, consequences, feeding, screening, settling
from scoping.ethics import words as ethics_words
from scoping.ethics.demands import Demand
from scoping.ethics.legal_rules import rules_words
from scoping.ethics.state import state
from scoping.ethics.verdict import verdict
from scoping.merge import Edit, added
from scoping.section import LONG
from scoping.sections.ethics import Concern, Ethics
from storage.opened import Opened
from storage.store import CharterStore


class Answered(BaseModel, extra="forbid"):
    """One answer."""

    about: Literal["law", "depth"]
    id: str = Field(max_length=60)
    chosen: str = Field(max_length=60)
    seen: str = Field(max_length=60)
    """The answer that the person saw."""


@guarded
async def told(request: Request) -> Response:
    """The result, and the questions on the law and in depth that are asked by now."""
    return JSONResponse(await handling.in_turn(handling.READING, _read, request.path_params["project"]))


def _read(project: str) -> dict[str, Any]:
    return as_told(handling.store().open(project))


def as_told(opened: Opened) -> dict[str, Any]:
    """The result and the questions of a project, as browsers read them."""
    ethics: Ethics = opened.charter.ethics
    judged, now = consequences.of(ethics), state(ethics)
    return {
        "number": opened.stamp.number,
        "result": asdict(verdict(judged)),
        "answers": {name: ethics_words.screened_words(ethics, name) for name in SCREENING},
        "promises": {name: [[o.id, o.title, o.owner] for o in screening.promises(ethics, name)] for name in SCREENING},
        "state": [now.kind.value, now.label, now.reason],
        "handed": settling.handed_words(ethics),
        "law": [asdict(asked) for asked in answering.law(ethics)] if judged.wants_class else [],
        "rules": f"{rules_words(judged.legal.tree)}. Found by a decision tree, never by a score.",
        "class": consequences.class_words(judged.legal) if judged.legal.is_asked else "",
        "due": [{**_demand(one.demand), "is_certain": one.is_certain} for one in judged.due],
        "due_words": judged.due_words,
        "launch": _at_launch(judged),
        "depth": [asdict(asked) for asked in answering.depth(ethics)],
        "deciding": [q.id for q in judged.deciding],
    }


def _demand(demand: Demand) -> dict[str, str]:
    return {"id": demand.id, "demand": demand.demand, "because": demand.because}


def _at_launch(judged: consequences.Consequences) -> dict[str, Any]:
    """The level at the design, and at launch if only what was kept counts; below it what was promised."""
    levels = (("At the design", judged.impact), ("At launch", judged.at_launch))
    return {
        "head": ["", "Level", "Points of what is done", "Points after it"],
        "rows": [
            [when, consequences.level_words(i), f"{i.mitigation.words} of {i.most_mitigation}", i.score.words] for when, i in levels
        ],
        "promises": [
            {"list": p.list, "id": p.id, "words": p.words, "promised": p.promised, "is_asked": p.found is not None}
            for p in judged.promises
        ],
    }


class Promised(BaseModel, extra="forbid"):
    """What shall come of promises: demands taken on, milestones that fulfil them, or gaps of groups as targets of the plan."""

    what: Literal["take", "plan", "tie", "target"]
    ids: tuple[str, ...] = Field(max_length=200)
    milestone: str = Field(default="", max_length=60)


@guarded
async def promised(request: Request) -> Response:
    """Save what one press makes of promises, both sides together."""
    given = await handling.sent(request, Promised)
    work = (keep_promises, handling.store(), request.path_params["project"], given, handling.device_of(request))
    await handling.in_turn(handling.SAVING, *work)
    return JSONResponse({"ok": True})


_NOTES = {"take": "Taken on", "plan": "Promises planned", "tie": "Promises planned", "target": "Out of the fairness plan"}


def keep_promises(store: CharterStore, project: str, given: Promised, device: str) -> None:
    """Save what comes of promises; what came of them already is left alone."""
    new_ids = [secrets.token_hex(5) for _ in given.ids]

    def wanted(now: Opened) -> Mapping[str, Sequence[Edit]]:
        return feeding.fed(now.charter, given.what, given.ids, new_ids, given.milestone)

    store.change(project, store.people.name(device), wanted, _NOTES[given.what])


@guarded
async def answered(request: Request) -> Response:
    """Keep one answer."""
    given = await handling.sent(request, Answered)
    device = handling.device_of(request)
    work = (_saved, handling.store(), request.path_params["project"], given, device)
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def _saved(store: CharterStore, project: str, given: Answered, device: str) -> dict[str, Any]:
    return {"ok": True, **as_told(save_answer(store, project, given, device))}


def save_answer(store: CharterStore, project: str, given: Answered, device: str) -> Opened:
    """Keep one answer, unless somebody has answered otherwise meanwhile. Raises AnswerError."""
    answer = answering.answer_law if given.about == "law" else answering.answer_depth

    def wanted(now: Opened) -> dict[str, Sequence[Edit]]:
        return {"ethics": answer(now.charter.ethics, given.id, given.chosen, given.seen)}

    return store.change(project, store.people.name(device), wanted).project


class Raised(BaseModel, extra="forbid"):
    """A concern without a name, under an id that is the same for every try."""

    id: str = Field(max_length=40)
    concern: str = Field(max_length=LONG)


@guarded
async def raised(request: Request) -> Response:
    """Keep a concern. Nobody asks which browser sent it."""
    given = await handling.sent(request, Raised)
    await handling.in_turn(handling.SAVING, raise_concern, handling.store(), request.path_params["project"], given)
    return JSONResponse({"ok": True})


def raise_concern(store: CharterStore, project: str, given: Raised) -> None:
    """Save a concern whole, in one save that carries no name, so that nothing stored says whose it is. Raises AnswerError."""
    if not given.concern.strip():
        raise AnswerError("Write the concern first.")
    concern = Concern(id=given.id, concern=given.concern.strip())

    def wanted(now: Opened) -> dict[str, Sequence[Edit]]:
        is_there = any(one.id == concern.id for one in now.charter.ethics.concerns)
        return {"ethics": [] if is_there else [added("concerns", concern)]}

    store.change(project, "", wanted)


ROUTES = [
    Route(f"/{ETHICS_URL}", told, methods=["GET"]),
    Route(f"/{ETHICS_URL}", answered, methods=["POST"]),
    Route(f"/{CONCERNS_URL}", raised, methods=["POST"]),
    Route(f"/{PROMISES_URL}", promised, methods=["POST"]),
]
