"""Regime: what the size and the kind of the data ask for; the words stand in `content/regime.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from scoping import content
from scoping.words import number_words


@dataclass(frozen=True)
class Advice:
    """What follows from one property of the data."""

    about: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Regime:
    """Where a project's data stands.

    Attributes:
        name: in words, such as "Small data, unstructured"; it names what is not known.
        examples: comparable projects.
    """

    name: str
    advice: tuple[Advice, ...]
    examples: tuple[str, ...]


def regime(examples: int | None, kind: str | None, rare_share: float | None = None) -> Regime:
    """The regime of a number of examples and a kind of data, "structured" or "unstructured"; what is None stays open.

    Args:
        rare_share: of the rarer class, 0 to 1.
    """
    words = _words()
    sizes, kinds = _sizes(examples), list(words["kinds"]) if kind is None else [kind]
    named = [words["sizes"][s]["name"] for s in sizes]
    size_name = "Size not known yet" if examples is None else " or ".join([named[0], *(n.lower() for n in named[1:])])
    kind_name = "kind not known yet" if kind is None else str(words["kinds"][kind]["name"])
    advice = [_advice(words["sizes"][s]) for s in sizes] + [_advice(words["kinds"][k], capital=True) for k in kinds]
    if "big" in sizes:
        advice.append(_tail(examples, rare_share))
    return Regime(f"{size_name}, {kind_name}", tuple(advice), tuple(words["examples"][f"{s}_{k}"] for s in sizes for k in kinds))


def _sizes(examples: int | None) -> list[str]:
    border, width = _words()["border"], _words()["width"]
    small = examples is None or examples < border * width
    big = examples is None or examples > border / width
    return ["small"] * small + ["big"] * big


def _tail(examples: int | None, rare_share: float | None) -> Advice:
    tail = _advice(_words()["long_tail"])
    if examples is None or rare_share is None:
        return tail
    rare = round(examples * rare_share)
    if rare >= _words()["border"]:
        return tail
    return Advice(
        tail.about, (f"The rarer class has about {number_words(rare)} examples: there, this is small data.", *tail.sentences)
    )


def _advice(entry: dict[str, Any], *, capital: bool = False) -> Advice:
    name = f"{entry['name'].capitalize()} data" if capital else entry["name"]
    return Advice(name, tuple(entry["advice"]))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(content.text("regime.toml"))
