"""Who signs a charter, in which order, and where each of them stands: a signature holds as long as the terms are those that were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoping.charter import Charter
from scoping.milestones.possible import AHEAD
from scoping.sections.project import Project, SignAnswer, Signature, SignOrder, SignRole
from scoping.signing.terms import fingerprint
from scoping.words import bare, day_words, isolated, short

_NAME, _REASON = 40, 160
_OPPOSED = {SignAnswer.REFUSED: "refused", SignAnswer.CHANGES: "asked for changes to"}


class Stand(StrEnum):
    """Where somebody stands who is asked to sign."""

    ASKED = "asked"
    WAITS = "waits"
    HOLDS = "holds"
    VOID = "void"
    REFUSED = "refused"
    CHANGES = "changes"
    SPARED = "spared"


@dataclass(frozen=True)
class Signer:
    """Somebody who is asked to sign, as they stand with the terms of today.

    Attributes:
        before: those who have to sign first, where people sign one after the other.
        is_bound: whether the answer was given to the very terms of today.
    """

    signature: Signature
    stand: Stand
    before: tuple[str, ...] = ()
    is_bound: bool = False

    @property
    def id(self) -> str:
        return self.signature.id

    @property
    def name(self) -> str:
        return called(self.signature)

    @property
    def is_open(self) -> bool:
        """Whether it is up to this person now."""
        return self.stand in (Stand.ASKED, Stand.VOID, Stand.REFUSED, Stand.CHANGES)

    @property
    def words(self) -> str:
        """Where they stand, as it is read behind the name."""
        match self.stand:
            case Stand.HOLDS:
                return f"signed {self._what}"
            case Stand.VOID:
                return f"signed {self._what}; changed since, asked again"
            case Stand.REFUSED:
                return f"does not sign {self._what}"
            case Stand.CHANGES:
                return f"asks for changes to {self._what}"
            case Stand.SPARED:
                return "not needed, somebody of the same role has signed"
            case Stand.WAITS:
                begin = f"signs after {' and '.join(isolated(short(name, _NAME)) for name in self.before[:2])}"
            case Stand.ASKED:
                begin = "asked, not signed yet"
        told = _ONCE.get(self.signature.answered) if self.signature.answered else ""
        return f"{told} {self._what}; changed since, {'asked again' if self.stand is Stand.ASKED else begin}" if told else begin

    @property
    def objection(self) -> str:
        """What they said who do not sign what it says, or did not sign what it said before; "" of all others."""
        one, name = self.signature, isolated(short(self.name, _NAME))
        if one.answered not in _OPPOSED:
            return ""
        if not self.is_bound:
            version = f"version {one.version}" if one.version else "another text"
            return f"{name} {_OPPOSED[one.answered]} {version}; changed since, asked again."
        said = f": “{short(one.remark, _REASON)}”" if one.remark.strip() else ""
        begin = "Refused by" if one.answered is SignAnswer.REFUSED else "Changes are asked for by"
        return f"{begin} {name}{said}" if said else f"{begin} {name}."

    @property
    def _what(self) -> str:
        """The version that was answered to, on which day, and who typed the name."""
        one = self.signature
        version = f"version {one.version}" if one.version else "another text"
        typed = one.typed.strip()
        by = "" if not typed else ", name typed" if bare(typed) == bare(one.name) else f", typed by {isolated(short(typed, _NAME))}"
        return f"{version}{f' on {day_words(one.signed_on)}' if one.signed_on else ''}{by}"


_ONCE = {
    SignAnswer.SIGNED: "signed",
    SignAnswer.REFUSED: "did not sign",
    SignAnswer.CHANGES: "asked for changes to",
}
"""What is told of an answer to terms that are no longer these."""


@dataclass(frozen=True)
class SignOff:
    """All who are asked to sign, and what their answers come to.

    Attributes:
        is_one_enough: whether one signature is enough for all of a role.
    """

    signers: tuple[Signer, ...]
    is_one_enough: bool = False

    @property
    def is_done(self) -> bool:
        """Whether everybody who has to has signed what the charter says now."""
        return bool(self.signers) and all(s.stand in (Stand.HOLDS, Stand.SPARED) for s in self.signers)

    def of(self, stand: Stand) -> tuple[Signer, ...]:
        return tuple(s for s in self.signers if s.stand is stand)

    @property
    def open(self) -> tuple[Signer, ...]:
        """Those whose turn it is, who never answered before those that are asked again."""
        return tuple(sorted((s for s in self.signers if s.is_open), key=lambda s: s.stand is not Stand.ASKED))

    @property
    def was_signed(self) -> bool:
        """Whether somebody has signed this charter, be it as it stood once."""
        return any(s.signature.answered is SignAnswer.SIGNED for s in self.signers)

    @property
    def was_signed_by_all(self) -> bool:
        """Whether everybody who has to has signed it once, be it as it stands or not."""
        names = [_role(s.signature) if self.is_one_enough else s.id for s in self.signers]
        signed = {name for name, s in zip(names, self.signers, strict=True) if s.signature.answered is SignAnswer.SIGNED}
        return bool(names) and signed.issuperset(names)

    @property
    def is_opposed(self) -> bool:
        """Whether somebody has refused or asked for changes, and has not signed since."""
        return any(s.signature.answered in _OPPOSED for s in self.signers if s.stand is not Stand.SPARED)

    @property
    def opposed(self) -> str:
        """What they said who do not sign, and who did not sign an earlier text and are asked again."""
        told = [*(s.objection for s in self.of(Stand.REFUSED)), *(s.objection for s in self.of(Stand.CHANGES))]
        again = [s.objection for s in self.signers if s.stand in (Stand.ASKED, Stand.WAITS) and s.objection]
        return " ".join([*told, *again])

    def signer(self, signature_id: str) -> Signer | None:
        return next((s for s in self.signers if s.id == signature_id), None)

    @property
    def words(self) -> str:
        """What is missing of the signatures, in a sentence or two; "" when everybody has signed."""
        if not self.signers:
            return "Name who signs it."
        waiting = [s for s in self.signers if s.stand in (Stand.ASKED, Stand.WAITS) and not s.objection]
        told = [
            self.opposed,
            _told(self.of(Stand.VOID), "Changed since it was signed, so asked again:"),
            _told(waiting, "Not signed yet:"),
        ]
        return " ".join(filter(None, told))


def _told(signers: Sequence[Signer], what: str) -> str:
    if not signers:
        return ""
    names = ", ".join(isolated(short(s.name, _NAME)) for s in signers[:3])
    return f"{what} {names}{f' and {len(signers) - 3} more' if len(signers) > 3 else ''}."


def called(signature: Signature) -> str:
    """What somebody who signs is called: by name, or while that is not known by role."""
    return signature.name.strip() or signature.role.strip()


_ROLES = (("Sponsor", "sponsor"), ("Product owner", "owner"), ("Technical lead", ""))
"""Those who sign most charters, each with the question of the project that may name them."""

_ENOUGH = 2
"""One from business, and one technical."""


def offered(project: Project) -> tuple[Signature, ...]:
    """The usual roles that nobody has, with names as far as the charter knows them; none once two are asked or one answered."""
    present = asked(project)
    if len(present) >= _ENOUGH or any(one.answered for one in present):
        return ()
    held = {bare(one.role) for one in present}
    named = ((role, getattr(project, field) if field else "") for role, field in _ROLES if bare(role) not in held)
    return tuple(Signature(id=bare(role), role=role, name=name.split(",", 1)[0].strip()) for role, name in named)


def asked(project: Project) -> tuple[Signature, ...]:
    """The signatures that are asked for; a row in which nothing is written yet asks nobody."""
    return tuple(s for s in project.signatures if called(s))


def sign_off(charter: Charter, today: date | None = None) -> SignOff:
    """Where everybody stands who is asked to sign.

    Args:
        today: an answer of a day to come is none yet; None where every answer counts.
    """
    project: Project = charter.project
    signatures = asked(project)
    now = fingerprint(charter) if any(s.answered for s in signatures) else ""
    answers = [_answer(s, now, today) for s in signatures]
    signed_roles = {_role(s) for s, stand in zip(signatures, answers, strict=True) if stand is Stand.HOLDS}
    signers: list[Signer] = []
    for signature, answer in zip(signatures, answers, strict=True):
        stand, before = answer, tuple[str, ...]()
        if stand is not Stand.HOLDS and project.sign_role is SignRole.ONE and _role(signature) in signed_roles:
            stand = Stand.SPARED
        elif stand in (Stand.ASKED, Stand.VOID) and project.sign_order is SignOrder.IN_TURN:
            before = tuple(_before(project, signers, signature))
            stand = Stand.WAITS if before else stand
        signers.append(Signer(signature, stand, before, bool(now) and signature.terms == now))
    return SignOff(tuple(signers), project.sign_role is SignRole.ONE)


def _before(project: Project, signers: Iterable[Signer], signature: Signature) -> Iterator[str]:
    """Those listed before who have not signed; of one role that needs only one of them, nobody waits for the others."""
    for one in signers:
        if project.sign_role is SignRole.ONE and _role(one.signature) == _role(signature):
            continue
        if one.stand not in (Stand.HOLDS, Stand.SPARED):
            yield one.name


def _role(signature: Signature) -> str:
    return " ".join(signature.role.split()).casefold() or signature.id


def _answer(signature: Signature, now: str, today: date | None) -> Stand:
    is_to_come = today is not None and signature.signed_on is not None and signature.signed_on - today > AHEAD
    if signature.answered is None or is_to_come:
        return Stand.ASKED
    if signature.answered is SignAnswer.SIGNED:
        return Stand.HOLDS if signature.terms == now else Stand.VOID
    if signature.terms != now:
        return Stand.ASKED
    return Stand.REFUSED if signature.answered is SignAnswer.REFUSED else Stand.CHANGES


def holding(charter: Charter) -> tuple[Signature, ...]:
    """The signatures that hold."""
    return tuple(s.signature for s in sign_off(charter).of(Stand.HOLDS))


def bound(charter: Charter, version: int) -> Charter:
    """The charter with signatures that name no terms bound to those of today, as a version of this number keeps them."""
    now = fingerprint(charter)
    signatures = tuple(
        s.model_copy(update={"version": version, "terms": now}) if s.answered and not s.terms else s
        for s in charter.project.signatures
    )
    return charter.with_part("project", charter.project.model_copy(update={"signatures": signatures}))
