"""A plan as its project runs it: where every milestone stands today, and readings that people note where they look at them."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import NOTED_URL, RUN_URL
from pages.serving import document, handling
from pages.serving.handling import guarded
from scoping import answers, editing
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.merge import added
from scoping.milestones.plan import plan
from scoping.milestones.possible import AHEAD, ImpossibleReadingError, begin_of, day, doubtful, refuse_impossible
from scoping.milestones.reference_class import PAST, kept
from scoping.milestones.run import Course, course
from scoping.rollout.monitors import of_monitors
from scoping.section import SHORT, question
from scoping.sections.milestones import Milestones, Reading, Target

if TYPE_CHECKING:
    from storage.opened import Opened
    from storage.store import CharterStore


@guarded
async def run(request: Request) -> Response:
    """Facts, milestones, targets and monitors as they stand on the reader's day."""
    told = await handling.in_turn(handling.READING, _told, request.path_params["project"], request.query_params.get("day", ""))
    return Response(told, media_type="application/json", headers={"Cache-Control": "no-store"})


def _told(project: str, asked: str) -> bytes:
    store = handling.store()
    opened, today = store.open(project), handling.day_of(asked)
    past = kept(store.portfolio.setting(PAST))

    def work(now: Opened) -> bytes:
        milestones = now.charter.milestones
        return _as_json(now, course(milestones, plan(milestones, today, past)), today)

    return opened.once(("run", today, past), work)


def _as_json(opened: Opened, course: Course, today: date) -> bytes:
    return document.as_json(
        {
            "number": opened.stamp.number,
            "signed": bool(opened.charter.milestones.baselines),
            "facts": [[fact.label, fact.value, fact.remark] for fact in course.facts],
            "rows": {row.id: _row(row, status) for row, status in zip(course.rows, course.statuses, strict=True)},
            "targets": {t.target.id: [t.state, t.state.label, t.rule] for s in course.statuses for t in s.targets},
            "monitors": {m.monitor.id: [m.alarm, m.alarm.label, m.rule] for m in of_monitors(opened.charter.rollout, today)},
        }
    )


def _row(row: Any, status: Any) -> dict[str, Any]:
    seen, drift = row.expected, row.drift
    days = {
        "signed": drift.baseline if drift else None,
        "reached": row.reached,
        "start": seen.start if seen else None,
        "half": seen.p50 if seen else None,
        "most": seen.p80 if seen else None,
        "met": status.met_on,
    }
    told = {name: on.isoformat() for name, on in days.items() if on}
    return {"state": status.state, "label": status.state.label, "rule": status.rule, "later": drift.days if drift else None, **told}


class NotedIn(BaseModel, extra="forbid"):
    """A reading as somebody types it beside the target or the monitor that it is about."""

    of: str = Field(max_length=40)
    value: str = Field(max_length=SHORT)
    when: str = Field(max_length=40)


@guarded
async def noted(request: Request) -> Response:
    """Keep a reading; what cannot be true is refused with the name of the field: `{"ok": false, "error", "field"}`."""
    given = await handling.sent(request, NotedIn)
    work = (_note, handling.store(), request.path_params["project"], given, handling.device_of(request))
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def _note(store: CharterStore, project: str, given: NotedIn, device: str) -> dict[str, Any]:
    by = store.people.name(device)
    charter, today = store.open(project).charter, datetime.now(UTC).date()
    read: dict[str, Any] = {}
    for field, wanted in (("value", "Type a number."), ("when", "Choose a day.")):
        try:
            read[field] = answers.read(question(Reading, field), getattr(given, field))
        except AnswerError as error:
            return _not_kept(field, str(error))
        if read[field] in (None, ""):
            return _not_kept(field, wanted)
    value, when = float(read["value"]), date.fromisoformat(str(read["when"]))
    about = {"value": value, "when": when, "author": by, "source": "Typed"}
    if target := next((t for t in charter.milestones.targets if t.id == given.of), None):
        return _of_target(store, project, charter.milestones, target, about, today)
    if any(monitor.id == given.of for monitor in charter.rollout.monitors):
        if when - today > AHEAD:
            return _not_kept("when", f"{day(when)} is in the future. Note what was measured, on the day it was.")
        return _keep(store, project, "rollout", {"monitor": given.of, **about})
    return _not_kept("value", "What this reading is about was removed meanwhile.")


def _of_target(
    store: CharterStore, project: str, plan: Milestones, target: Target, about: dict[str, Any], today: date
) -> dict[str, Any]:
    value, when = about["value"], about["when"]
    # A value that no day could have is the fault of the value.
    for field, on in (("value", today), ("when", when)):
        try:
            refuse_impossible(target, value, on, today, begin_of(plan))
        except ImpossibleReadingError as error:
            return _not_kept(field, str(error))
    if any((r.target, r.when, r.value) == (target.id, when, value) for r in plan.readings):
        return {"ok": True, "remark": "This reading is here already."}
    return {**_keep(store, project, "milestones", {"target": target.id, **about}), "remark": doubtful(target, value)}


def _not_kept(field: str, why: str) -> dict[str, Any]:
    return {"ok": False, "error": why, "field": field}


def _keep(store: CharterStore, project: str, part: str, about: dict[str, Any]) -> dict[str, Any]:
    row = editing.new_record(PART_BY_SLUG[part], "readings", secrets.token_hex(5), "", **about)
    store.save(project, part, [added("readings", row)], about["author"], "Reading")
    return {"ok": True, "remark": ""}


ROUTES = [Route(f"/{RUN_URL}", run), Route(f"/{NOTED_URL}", noted, methods=["POST"])]
