"""A version: a whole charter that was kept, under a number of the project; and the one way to write a charter so that it can be compared."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scoping.charter import Charter
from scoping.merge import Plain

_BLANK: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, kw_only=True)
class Version:
    """What is known of a version without its charter.

    Attributes:
        revision: at which it was kept.
        schema_version: of the format in which it is written.
        hash: fingerprint of all that it holds.
        terms: fingerprint of what a signature is about.
    """

    number: int
    revision: int
    name: str
    note: str
    at: datetime
    by: str
    schema_version: int
    hash: str
    terms: str

    @property
    def title(self) -> str:
        """Its number, with its name where it has one."""
        return f"Version {self.number}, {self.name}" if self.name else f"Version {self.number}"


def written(charter: Charter) -> str:
    """The charter as JSON: keys in order, no spaces; equal charters give equal texts.

    What is blank is left out, so that a question which a later release asks changes nothing that was written before.
    """
    return spelt(charter.model_dump(mode="json"))


def spelt(plain: Plain) -> str:
    """The same for any part of a charter in plain form."""
    return json.dumps(_filled(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _filled(plain: Plain) -> Plain:
    filled = {name: _inside(value) for name, value in plain.items()}
    return {name: value for name, value in filled.items() if value not in _BLANK}


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return _filled(value)
    return [_inside(one) for one in value] if isinstance(value, list) else value


def fingerprint(text: str) -> str:
    """Names a text: another text has another one."""
    return hashlib.sha256(text.encode()).hexdigest()
