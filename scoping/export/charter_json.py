"""The charter as JSON for programs, and the JSON Schema that says what such a file may hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from scoping.charter import PARTS, Charter
from scoping.section import FieldSpec, Kind, Model, questions

FORMAT = "ml-scoping-charter"
SCHEMA_VERSION = 1
SCHEMA_ID = f"urn:{FORMAT}:{SCHEMA_VERSION}"
_RULES = (
    "The file is UTF-8, at most 5 MB, without repeated keys, NaN or infinity.",
    "Whole numbers are written without a decimal point or exponent.",
    "Dates exist in the calendar; `saved_at` has a time zone.",
    "Ids are unique within a list.",
    "A question named in `unknown` counts as not known only while its answer is blank.",
    "A link names the id of a record in the list given as `x-refers-to`; a record that is gone is shown as removed.",
    "Money is in the minor unit (cents) of the currency in the field `currency` of the same record.",
    "Text is stored in composed form (NFC), without control characters other than tab and newline.",
)
"""What a reader demands or does beyond what a schema can say."""


class Envelope(Model):
    """A charter on its way to another program: what it is, of which version, and the charter itself."""

    schema_id: str = Field(SCHEMA_ID, alias="$schema", title="Schema")
    format: Literal["ml-scoping-charter"] = Field(title="Format")
    schema_version: Literal[1] = Field(title="Version of this format")
    revision: int | None = Field(None, ge=0, title="Revision", description="Counts the saves of the project.")
    saved_at: AwareDatetime | None = Field(None, title="When the revision was saved")
    charter: Charter = Field(title="The charter")


def to_json(charter: Charter, *, revision: int, saved_at: datetime) -> str:
    """Write the charter with every answer under its stable name; the same charter gives the same bytes."""
    head = {"format": FORMAT, "schema_version": SCHEMA_VERSION, "revision": revision, "saved_at": saved_at.astimezone(UTC)}
    envelope = Envelope.model_validate({**head, "$schema": SCHEMA_ID, "charter": charter})
    return envelope.model_dump_json(by_alias=True, indent=2) + "\n"


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


def schema_text() -> str:
    """The schema as the file that is kept beside this module."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


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
