"""A kept measurement in words: where it comes from, and what it found."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from scoping import measuring
from scoping.blocks import Block, Facts, Missing
from scoping.measurement import Measurement
from scoping.words import count, day_words, short


def provenance(kept: Measurement) -> str:
    """One sentence: file, rows, who, when, method."""
    method = kept.method.label if kept.method else "Unknown method"
    words = [f"{method}, version {kept.version or 'not known'}"]
    if kept.file_name:
        rows = ""
        if kept.rows is not None:
            used = "" if kept.rows_used in (None, kept.rows) else f"{kept.rows_used:,} of "
            rows = f", {used}{count(kept.rows, 'row')}"
        words.append(f"from {short(kept.file_name, 80)}{rows}")
    if kept.author:
        words.append(f"by {kept.author}")
    if kept.measured_on:
        words.append(f"on {day_words(kept.measured_on)}")
    return " ".join(words[:1]) + (", " + " ".join(words[1:]) if words[1:] else "") + "."


def read(kept: Measurement) -> tuple[measuring.Method[Any, Any], Any, Any] | None:
    """The method, the settings and the result; None when this version cannot read them."""
    if kept.method is None or kept.method.value not in measuring.METHODS:
        return None
    method = measuring.method(kept.method.value)
    try:
        return (
            method,
            method.settings.model_validate_json(kept.settings),
            method.result.model_validate_json(kept.result),
        )
    except ValidationError:
        return None


def blocks(kept: Measurement) -> list[Block]:
    """The whole result, with its provenance below."""
    told = read(kept)
    figures: list[Block] = (
        [Missing("These figures were written by another version of the workbench and cannot be shown here.")]
        if told is None
        else list(told[0].blocks(told[2], told[1]))
    )
    fingerprint = (("Fingerprint of the file", kept.file_hash),) if kept.file_hash else ()
    return [*figures, Facts((("Where it comes from", provenance(kept)), *fingerprint))]


def is_outdated(kept: Measurement) -> bool:
    """Whether the method gives other figures by now, so that the file should be measured again."""
    return bool(
        kept.method and kept.method.value in measuring.METHODS and kept.version != measuring.method(kept.method.value).version
    )
