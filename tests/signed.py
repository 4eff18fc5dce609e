"""A charter that is ready, with people who sign it and have signed."""

from __future__ import annotations

from datetime import date

from scoping.charter import Charter
from scoping.samples import samples
from scoping.sections.project import SignAnswer, Signature
from scoping.signing.signatures import bound

DAY = date(2027, 3, 1)
READY = next(s.as_of(DAY) for s in samples() if s.slug == "online_retailer")
"""Nothing needed to sign is missing, and three are asked."""


def asking(charter: Charter, *signatures: Signature, **rules: str) -> Charter:
    """The charter with others to sign it, by rules of their own."""
    project = charter.project
    return charter.with_part("project", type(project).model_validate({**dict(project), "signatures": signatures, **rules}))


def person(name: str, role: str = "", answered: SignAnswer | None = None) -> Signature:
    """Somebody who is asked to sign; what they answered is bound to nothing yet."""
    day = DAY if answered else None
    return Signature(id=name.lower().replace(" ", "_"), name=name, role=role or name, answered=answered, signed_on=day)


def signed(charter: Charter, *names: str) -> Charter:
    """The charter, signed by everybody who is asked, or by those of these names."""
    rows = charter.project.signatures
    given = tuple(
        row.model_copy(update={"answered": SignAnswer.SIGNED, "signed_on": DAY}) if not names or row.name in names else row
        for row in rows
    )
    return bound(asking(charter, *given), 1)
