"""What somebody does who is asked to sign: sign, refuse, ask for changes, take it back; and what of a charter that was brought in still counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoping.charter import Charter
from scoping.errors import WorkbenchError
from scoping.merge import Edit
from scoping.section import SHORT
from scoping.sections.project import SignAnswer, Signature
from scoping.signing.signatures import Signer, SignOff, Stand, called
from scoping.signing.terms import fingerprint
from scoping.words import bare, count, isolated, short

LIST = "signatures"
_BLANK = {"answered": None, "signed_on": None, "version": None, "terms": "", "typed": ""}


class SigningError(WorkbenchError):
    """Something that cannot be signed, or not by this person."""


class ChangedError(SigningError):
    """The terms are no longer those that the person has read."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody does.

    Attributes:
        signature: id of the row in which they are asked.
        answered: None takes back what was answered.
        seen: fingerprint of the terms that they have read.
        typed: the name that they typed, as nobody signs in.
        reason: why they refuse, or what should be changed.
    """

    signature: str
    answered: SignAnswer | None
    seen: str
    on: date
    typed: str
    reason: str = ""


def allowed(act: Act, charter: Charter, signing: SignOff, missing: int) -> Signer:
    """Who does it, where they may.

    Args:
        missing: how many conditions are not met yet.

    Raises:
        SigningError: says why not. ChangedError: the terms are no longer those that were read.
    """
    signer = signing.signer(act.signature)
    if signer is None:
        raise SigningError("Nobody is asked to sign in this place any more.", "Reload the page.")
    _is_named(signer, act.typed)
    if act.answered is None:
        if signer.signature.answered is None:
            raise SigningError(f"{signer.name} has not answered yet, so there is nothing to take back.")
        return signer
    if act.seen != fingerprint(charter):
        raise ChangedError("The charter was changed while you read it.", "Read what changed, then answer again.")
    if act.answered is not SignAnswer.SIGNED:
        if not act.reason.strip():
            raise SigningError("Say what stops you.", "One sentence is enough.")
        return signer
    if missing:
        raise SigningError(
            f"Nobody signs a draft: {count(missing, 'condition is', 'conditions are')} not met yet.", "Home lists them."
        )
    if signer.stand is Stand.WAITS:
        before = " and ".join(isolated(short(name, 40)) for name in signer.before)
        raise SigningError(f"People sign one after the other: {before} first.")
    if signer.stand is Stand.HOLDS:
        raise SigningError(f"{signer.name} has signed this already.")
    return signer


def _is_named(signer: Signer, typed: str) -> None:
    """A role may be signed in by whoever gives a name; a name only by whoever types it."""
    if not typed.strip():
        raise SigningError("Type your name.", "It stands beside the signature, marked as typed.")
    name = signer.signature.name
    if name.strip() and bare(typed) not in (bare(name), bare(name.split(",", 1)[0])):
        raise SigningError(f"{isolated(short(name, 60))} is asked to sign here, and nobody else.", "Type that name if it is yours.")


def edits(act: Act, signature: Signature, version: int | None, terms: str) -> list[Edit]:
    """What an act makes of the row of whoever does it."""
    after: dict[str, object] = dict(_BLANK)
    if signature.answered in (SignAnswer.REFUSED, SignAnswer.CHANGES):
        after["remark"] = ""  # the reason of an answer goes with it
    if act.answered is not None:
        typed = " ".join(act.typed.split())[:SHORT]
        after |= {"answered": act.answered, "signed_on": act.on.isoformat(), "version": version, "terms": terms, "typed": typed}
        if not signature.name.strip():
            after["name"] = typed
        if act.reason.strip():
            after["remark"] = act.reason.strip()
    plain = signature.model_dump(mode="json")
    return [Edit(LIST, signature.id, name, plain[name], value) for name, value in after.items() if plain[name] != value]


def following(before: Charter, after: Charter) -> list[Edit]:
    """What follows where somebody else, or somebody in another role, is named in a row that was answered: they are asked anew."""
    was = {row.id: row for row in before.project.signatures}
    made: list[Edit] = []
    for row in after.project.signatures:
        old = was.get(row.id, row)
        is_same = (bare(old.name), bare(old.role)) == (bare(row.name), bare(row.role))
        plain = row.model_dump(mode="json")
        # Whoever signs in a role without a name gives one, and answers in the same moment.
        if is_same or any(getattr(old, name) != getattr(row, name) for name in _BLANK):
            continue
        made += [Edit(LIST, row.id, name, plain[name], blank) for name, blank in _BLANK.items() if plain[name] != blank]
    return made


def told(act: Act, signature: Signature) -> str:
    """What a version is called that was kept because of it."""
    by = isolated(short(signature.name.split(",", 1)[0].strip() or act.typed, 60))
    return {SignAnswer.SIGNED: f"Signed by {by}", SignAnswer.REFUSED: f"Refused by {by}"}.get(
        act.answered or SignAnswer.CHANGES, f"Changes asked for by {by}"
    )


def brought(charter: Charter, *, is_ready: bool) -> tuple[Charter, tuple[str, ...]]:
    """A charter that comes from elsewhere, with the answers that were given to its very terms; who is asked anew comes with it.

    Nobody can have signed a draft. Answers that count are bound to the first version here.
    """
    now = fingerprint(charter)
    kept, anew = [], []
    for one in charter.project.signatures:
        counts = one.terms == now and (is_ready or one.answered is not SignAnswer.SIGNED)
        if counts and one.answered:
            kept.append(one.model_copy(update={"version": 1}))
            continue
        if one.answered or one.signed_on:
            anew.append(isolated(short(called(one), 60)))
        kept.append(one.model_copy(update=_BLANK))
    return charter.with_part("project", charter.project.model_copy(update={LIST: tuple(kept)})), tuple(anew)


def anew_words(names: tuple[str, ...]) -> str:
    """What is said of those whose signatures were brought in and do not fit; "" where all do."""
    if not names:
        return ""
    who = " and ".join(names)
    return f"{who} {'has' if len(names) == 1 else 'have'} signed another text than this one and {'is' if len(names) == 1 else 'are'} asked again."
