"""Signing: who is asked, what they would sign, and what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import SIGNING_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.section import LONG, SHORT, clean
from scoping.sections.project import SignAnswer
from scoping.signing.acts import Act
from scoping.signing.signatures import Stand
from scoping.signing.terms import MAY_CHANGE, fingerprint

if TYPE_CHECKING:
    from storage.store import CharterStore


class AnswerIn(BaseModel, extra="forbid"):
    """What somebody answers who is asked to sign; no answer takes it back."""

    signature: str = Field(max_length=40)
    answered: SignAnswer | None = None
    seen: str = Field(default="", max_length=64)
    typed: str = Field(max_length=SHORT)
    reason: str = Field(default="", max_length=LONG)
    day: str = Field(default="", max_length=10)


@guarded
async def signing(request: Request) -> Response:
    """Who is asked to sign, and the terms that they would sign, as they are now."""
    told = await handling.in_turn(handling.READING, _told, handling.store(), request.path_params["project"])
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _told(store: CharterStore, project: str) -> dict[str, Any]:
    opened = store.open(project)
    terms = fingerprint(opened.charter)
    return {
        "ok": True,
        "seen": terms,
        "version": store.versions.number_of(project, terms),
        "missing": len(opened.overview.missing),
        "signers": [
            {
                "id": s.id,
                "name": s.signature.name.strip(),
                "role": s.signature.role.strip(),
                "words": s.words,
                "open": s.is_open or s.stand is Stand.WAITS,
                "waits": list(s.before),
                "answered": s.signature.answered,
            }
            for s in opened.signing.signers
        ],
        "apart": MAY_CHANGE,
    }


@guarded
async def sign(request: Request) -> Response:
    """Sign, refuse, ask for changes, or take that back: `{"ok": true, "number", "words"}`; 409 where the terms changed meanwhile."""
    given = await handling.sent(request, AnswerIn)
    work = (_sign, handling.store(), request.path_params["project"], given, handling.device_of(request))
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def _sign(store: CharterStore, project: str, given: AnswerIn, device: str) -> dict[str, Any]:
    act = Act(
        signature=given.signature,
        answered=given.answered,
        seen=given.seen,
        on=handling.day_of(given.day),
        typed=given.typed,
        reason=given.reason,
    )
    by = _known_as(store, project, given) or store.people.name(device) or str(clean(given.typed)).strip()
    saved = store.sign(project, act, by)
    signer = saved.project.signing.signer(given.signature)
    return {"ok": True, "number": saved.project.stamp.number, "words": signer.words if signer else ""}


def _known_as(store: CharterStore, project: str, given: AnswerIn) -> str:
    """The name of whoever is asked, as it is written there; "" where only a role is."""
    signer = store.open(project).signing.signer(given.signature)
    return signer.signature.name.split(",", 1)[0].strip() if signer else ""


ROUTES = [Route(f"/{SIGNING_URL}", signing), Route(f"/{SIGNING_URL}", sign, methods=["POST"])]
