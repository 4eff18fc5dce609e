"""The decision tree for the legal class, kept as text in scoping/content."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from scoping import content
from scoping.errors import PackError
from scoping.ethics.legal_class import Answer, LegalClass, Node, Tree


@cache
def standard_tree() -> Tree:
    """The tree that projects go through."""
    return read("eu_ai_act.toml", content.text("legal/eu_ai_act.toml"))


def rules_words(tree: Tree) -> str:
    """Which rules an answer was given to."""
    return f"{tree.title}, version {tree.version}"


def read(file: str, text: str) -> Tree:
    """The tree that a file describes.

    Raises:
        PackError: names file and node of the first mistake.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file} is not written in TOML: {error}.", "Check quotes and brackets there.") from None
    try:
        classes = {c["id"]: LegalClass(**c) for c in plain["classes"]}
        nodes = {n["id"]: _node(n) for n in plain["nodes"]}
        tree = Tree(
            id=plain["id"],
            title=plain["title"],
            version=plain["version"],
            start=plain["start"],
            otherwise=plain["otherwise"],
            classes=classes,
            nodes=nodes,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PackError(f"{file}: a field is missing or not understood: {error}.", "Compare it with the nodes around it.") from None
    _check(file, tree, len(plain["nodes"]))
    return tree


def _node(plain: Mapping[str, Any]) -> Node:
    answers = tuple(
        Answer(a["id"], a["words"], a["to"], tuple(a.get("gives", ())), tuple(a.get("takes", ()))) for a in plain["answers"]
    )
    return Node(plain["id"], plain["ask"], plain["source"], plain.get("help", ""), answers)


def _check(file: str, tree: Tree, nodes: int) -> None:
    if len(tree.nodes) < nodes:
        raise PackError(f"{file}: two nodes share an id.", "Give each an id of its own.")
    for name in (tree.start, *(a.to for n in tree.nodes.values() for a in n.answers)):
        if name and name not in tree.nodes:
            raise PackError(f"{file}: an answer leads to “{name}”, and there is no such node.", "Correct the id.")
    for node in tree.nodes.values():
        _check_answers(f"{file}, node “{node.id}”", node, tree)
    if tree.otherwise not in tree.classes:
        raise PackError(f"{file}: “otherwise” names the class “{tree.otherwise}”, and there is none.", "Correct the id.")
    if left := set(tree.nodes) - set(tree.order):
        raise PackError(f"{file}, node “{min(left)}”: no answer leads there.", "Let one lead there, or take it out.")


def _check_answers(where: str, node: Node, tree: Tree) -> None:
    if not node.answers or len({a.id for a in node.answers}) < len(node.answers):
        raise PackError(f"{where}: it needs answers, each with an id of its own.", "Give each answer an id.")
    for answer in node.answers:
        for name in (*answer.gives, *answer.takes):
            if name not in tree.classes:
                raise PackError(
                    f"{where}: the answer “{answer.id}” names the class “{name}”, and there is none.", "Correct the id."
                )
