"""What all models of the API have in common, and the one shape of refusals."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Out(BaseModel):
    """Something that is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class In(BaseModel):
    """Something that is sent; a name that means nothing is refused."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Out):
    """Why nothing was done."""

    ok: bool = Field(False, description="Always false.")
    error: str = Field(description="What is wrong, in a sentence or two.")
    errors: list[str] = Field(description="All that is wrong.")
    status: int
    present: Any = Field(None, description="With 412: what it is by now; its ETag is in the header.")
    conflicts: list[ClashOut] = Field(default=[], description="With 409: what others have come before.")


class ClashOut(Out):
    """An answer that somebody else changed."""

    list: str
    record: str
    field: str
    present: Any = Field(description="What stands there now; null when the entry is gone.")


class MetOut(Out):
    """How far a charter is from being signed."""

    met: int
    of: int
