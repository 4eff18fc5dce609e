"""The charter as JSON for programs, and the JSON Schema that says what such a file may hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal, Self

from pydantic import AwareDatetime, Field

from scoping.charter import PARTS, Charter
from scoping.ethics import consequences
from scoping.ethics.state import EthicsKind, state
from scoping.health import Health, Word, health
from scoping.review import Overview, overview
from scoping.section import FieldSpec, Kind, Model, questions
from scoping.sections.ethics import Ethics
from scoping.signing import decisions
from scoping.signing.conditions import ConditionState
from scoping.signing.signatures import Stand, sign_off
from scoping.signing.terms import fingerprint

FORMAT = "ml-scoping-charter"
SCHEMA_VERSION = 1
SCHEMA_ID = f"urn:{FORMAT}:{SCHEMA_VERSION}"
LARGEST_MB = 5
"""What a reader takes at most."""
_RULES = (
    f"The file is UTF-8, at most {LARGEST_MB} MB, without repeated keys, NaN or infinity.",
    "Whole numbers are written without a decimal point or exponent.",
    "Dates exist in the calendar; `saved_at` has a time zone.",
    "Ids are unique within a list.",
    "A question named in `unknown` counts as not known only while its answer is blank.",
    "A link names the id of a record in the list given as `x-refers-to`; a record that is gone is shown as removed.",
    "Money is in the minor unit (cents) of the currency in the field `currency` of the same record.",
    "Text is stored in composed form (NFC), without control characters other than tab and newline.",
)
"""What a reader demands or does beyond what a schema can say."""


class EthicsSaid(Model):
    """Where the project stood with ethics when the file was written, in words; a reader works it out anew."""

    state: EthicsKind = Field(title="State")
    reason: str = Field("", title="Why it is this state")
    cleared_by: str = Field("", title="Cleared by")
    cleared_on: date | None = Field(None, title="Cleared on")
    level: str = Field(
        "", title="Impact level", description="What the eight screening questions say, where nobody has looked closer."
    )
    legal_class: str = Field("", title="Legal class")
    questions: str = Field("", title="Questions in depth")


class Stands(Model):
    """How a project was on a day. Whoever reads the file works it out anew from the charter."""

    word: Word = Field(title="Health in one word")
    days_late: int | None = Field(None, ge=0, title="Days after the date that was missed first")
    reason: str = Field(title="Why, in a sentence or two")
    as_of: date = Field(title="The day on which it was so")


class MissingOut(Model):
    """One thing that is missing, and where it is put right."""

    message: str = Field(title="What is missing")
    part: str = Field(title="Part of the charter")
    field: str = Field(title="Question or list of the part")
    record: str = Field(title="Id of the record, empty where it is about the part itself")


class ConditionOut(Model):
    """One of the conditions for signing."""

    number: int = Field(title="Number")
    step: str = Field(title="Step it belongs to")
    condition: str = Field(title="Condition")
    state: ConditionState = Field(title="State")
    missing: tuple[MissingOut, ...] = Field(title="What is missing")


class ToSign(Model):
    """How far the charter is from being signed, when it was written. A reader works it out anew."""

    met: int = Field(ge=0, title="Conditions that are met")
    of: int = Field(ge=0, title="Conditions in all")
    conditions: tuple[ConditionOut, ...] = Field(title="The conditions")

    @classmethod
    def of_overview(cls, seen: Overview) -> Self:
        """What it takes to sign a charter."""
        told = tuple(
            ConditionOut(
                number=c.number,
                step=c.part,
                condition=c.sentence,
                state=c.state,
                missing=tuple(MissingOut(message=f.message, part=f.part, field=f.field, record=f.record) for f in c.missing),
            )
            for c in seen.conditions
        )
        return cls(met=seen.met, of=len(seen.conditions), conditions=told)


class SignerOut(Model):
    """Somebody who is asked to sign. Whoever reads the file works it out anew from the charter."""

    id: str = Field(title="Id of the record in project.signatures")
    name: str = Field(title="Name, or role while no name is known")
    role: str = Field(title="Role")
    stand: Stand = Field(title="Where they stand")
    words: str = Field(title="The same in words")
    version: int | None = Field(None, title="Version that they answered to")


class SignOffOut(Model):
    """The signatures as they stood when the file was written."""

    is_done: bool = Field(title="Whether everybody has signed these terms")
    terms: str = Field(title="Fingerprint of what a signature is about")
    signers: tuple[SignerOut, ...] = Field(title="Everybody who is asked")

    @classmethod
    def of_charter(cls, charter: Charter, as_of: date) -> Self:
        """Where everybody stands on a day."""
        signing = sign_off(charter, as_of)
        signers = tuple(
            SignerOut(id=s.id, name=s.name, role=s.signature.role, stand=s.stand, words=s.words, version=s.signature.version)
            for s in signing.signers
        )
        return cls(is_done=signing.is_done, terms=fingerprint(charter), signers=signers)


class DecisionOut(Model):
    """A decision, be it written down as one or told from where it stands. Whoever reads the file works it out anew from the charter."""

    kind: decisions.Kind = Field(title="Where it comes from")
    what: str = Field(title="What was decided")
    by: str = Field(title="By whom", description="Empty where nobody said.")
    on: date | None = Field(title="When")
    version: int | None = Field(title="Version that was looked at")
    options: str = Field(title="What else was possible")
    reasons: str = Field(title="Because")
    reopened_if: str = Field(title="Decided anew when")
    part: str = Field(title="Part of the charter where it is written")
    list: str = Field(title="List of the part, empty where it is about the part itself")
    record: str = Field(title="Id of the record")

    @classmethod
    def of(cls, decided: decisions.Decided) -> Self:
        """A decision of the log."""
        place = decided.place
        said = {
            name: getattr(decided, name) for name in ("kind", "what", "by", "on", "version", "options", "reasons", "reopened_if")
        }
        return cls(**said, part=place.part, list=place.list, record=place.record)


class Envelope(Model):
    """A charter on its way to another program: what it is, of which version, and the charter itself."""

    schema_id: str = Field(SCHEMA_ID, alias="$schema", title="Schema")
    format: Literal["ml-scoping-charter"] = Field(title="Format")
    schema_version: Literal[1] = Field(title="Version of this format")
    project: str = Field("", max_length=40, title="Project", description="Its id where it was written; an import makes a new one.")
    revision: int | None = Field(None, ge=0, title="Revision", description="Counts the saves of the project.")
    saved_at: AwareDatetime | None = Field(None, title="When the revision was saved")
    ethics_state: EthicsSaid | None = Field(None, title="Where the project stands with ethics")
    health: Stands | None = Field(None, title="How the project stands", description="Worked out from the charter, never read back.")
    to_sign: ToSign | None = Field(None, title="What it takes to sign")
    sign_off: SignOffOut | None = Field(None, title="Who signs, and where each of them stands")
    decisions: tuple[DecisionOut, ...] | None = Field(None, title="The log of decisions, the newest first")
    charter: Charter = Field(title="The charter")


def to_json(
    charter: Charter,
    *,
    revision: int,
    saved_at: datetime,
    today: date | None = None,
    project: str = "",
    chosen: decisions.Chosen = decisions.NOBODY,
) -> str:
    """Write the charter with every answer under its stable name; the same charter and day give the same bytes.

    Args:
        today: the day whose health is told; that of the revision where none is given.
        project: its id, by which a file that comes back is known; "" for a charter that is in no workbench.
        chosen: who put each idea where it stands, and when, as far as the history tells.
    """
    head = {"format": FORMAT, "schema_version": SCHEMA_VERSION, "project": project}
    head |= {"revision": revision, "saved_at": saved_at.astimezone(UTC)}
    as_of = today or saved_at.astimezone(UTC).date()
    seen = overview(charter)
    now = stands(health(charter, as_of, seen.missing_words), as_of)
    ethics_state = _ethics_said(charter.ethics)
    envelope = Envelope.model_validate(
        {
            **head,
            "$schema": SCHEMA_ID,
            "ethics_state": ethics_state,
            "health": now,
            "to_sign": ToSign.of_overview(seen),
            "sign_off": SignOffOut.of_charter(charter, as_of),
            "decisions": tuple(DecisionOut.of(one) for one in decisions.decided(charter, chosen)),
            "charter": charter,
        }
    )
    return envelope.model_dump_json(by_alias=True, indent=2) + "\n"


def _ethics_said(ethics: Ethics) -> EthicsSaid:
    now, judged = state(ethics), consequences.of(ethics)
    return EthicsSaid(
        state=now.kind,
        reason=now.reason,
        cleared_by=now.by,
        cleared_on=now.on,
        level=consequences.risk_words(judged),
        legal_class=consequences.class_words(judged.legal),
        questions=judged.depth_words if judged.is_called_for else "",
    )


def stands(health: Health, as_of: date) -> Stands:
    """A health for a program."""
    return Stands(word=health.word, days_late=health.days_late, reason=health.reason, as_of=as_of)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` writes, made from the models, with title, help and unit of every field."""
    schema = Envelope.model_json_schema(by_alias=True)
    for part in PARTS:
        for model in (part.model, *(spec.record for spec in part.lists.values())):
            fields = schema["$defs"][model.__name__]["properties"]
            for name, info in model.model_fields.items():
                for key in info.json_schema_extra if isinstance(info.json_schema_extra, dict) else ():
                    fields[name].pop(key, None)  # the workbench's own words, which a strict validator takes for mistakes
            for spec in questions(model):
                _describe(fields[spec.name], spec)
            names = [spec.name for spec in questions(model)]
            fields["unknown"] |= {"title": "Questions whose answer is: not known yet", "items": {"enum": names}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "Charter of a machine learning project",
        "x-rules": list(_RULES),
    }


def _describe(field: dict[str, Any], spec: FieldSpec) -> None:
    """Add the words around a question, and the limits that pydantic leaves out, to its schema."""
    unit = "minor unit of the currency" if spec.kind is Kind.MONEY else spec.unit
    said = {"x-core": spec.core, "x-unit": unit, "x-example": spec.example, "x-refers-to": spec.refers_to}
    field |= {"title": spec.label} | {key: value for key, value in said.items() if value}
    arm = field["anyOf"][0] if "anyOf" in field else field
    if spec.kind is Kind.DATE:
        arm["pattern"] = r"^\d{4}-\d{2}-\d{2}$"
    for ours, pydantics, limit in (("minimum", "ge", spec.minimum), ("maximum", "le", spec.maximum)):
        arm.pop(pydantics, None)
        if limit is not None:
            arm[ours] = limit
