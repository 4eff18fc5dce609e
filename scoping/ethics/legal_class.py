"""The legal class by decision tree, never by a score: the path taken, and every class that unknown answers leave possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from scoping.errors import PackError


@dataclass(frozen=True, kw_only=True)
class LegalClass:
    """A class that the tree may end in, or a duty that comes on top of it.

    Attributes:
        is_duty: whether it stands beside a class and does not replace one.
        rank: the class with the higher rank holds where two apply.
        is_high: whether it stands for a high risk, so that nothing is settled before its duties are taken on.
    """

    id: str
    name: str
    means: str
    source: str
    rank: int
    is_duty: bool = False
    is_high: bool = False


@dataclass(frozen=True)
class Answer:
    """One answer of a node.

    Attributes:
        to: the next node; "" where the tree ends.
        gives: the classes and duties it adds.
        takes: those it takes away, as an exception does.
    """

    id: str
    words: str
    to: str
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A question of the tree with the article it comes from."""

    id: str
    ask: str
    source: str
    help: str
    answers: tuple[Answer, ...]

    def answer(self, name: str) -> Answer | None:
        """The answer called `name`; None when this version has none."""
        return next((a for a in self.answers if a.id == name), None)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A rule pack.

    Attributes:
        version: the day of the text that it follows.
        otherwise: the class that holds when no answer gives one.
    """

    id: str
    title: str
    version: str
    start: str
    otherwise: str
    classes: Mapping[str, LegalClass] = field(hash=False)
    nodes: Mapping[str, Node] = field(hash=False)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every node that can be reached, each before those it leads to. Raises PackError for a circle."""
        done: dict[str, bool] = {}
        visited: list[str] = []

        def visit(name: str) -> None:
            if done.get(name):
                return
            if name in done:
                raise PackError(f"{self.title}, node “{name}”: its answers lead back to itself.", "Let them lead on.")
            done[name] = False
            for answer in self.nodes[name].answers:
                if answer.to:
                    visit(answer.to)
            done[name] = True
            visited.append(name)

        visit(self.start)
        return tuple(reversed(visited))


@dataclass(frozen=True)
class Step:
    """A node on the way, with the answer taken there; None while it is not known."""

    node: Node
    answer: Answer | None


@dataclass(frozen=True)
class Possible:
    """One result that is still possible: a class and the duties beside it."""

    legal: LegalClass
    duties: tuple[LegalClass, ...]

    @property
    def words(self) -> str:
        return " + ".join([self.legal.name, *(d.name for d in self.duties)])


@dataclass(frozen=True)
class Found:
    """Where the answers lead.

    Attributes:
        path: the nodes that the answers lead over, up to the end; behind an unknown answer the way goes on over all its answers.
        next: the first node that nobody has answered; None at the end of the way.
        possible: every result that is still possible, the gravest first.
    """

    tree: Tree
    path: tuple[Step, ...]
    next: Node | None
    possible: tuple[Possible, ...]

    @property
    def is_asked(self) -> bool:
        """Whether anybody has begun, be it by saying that the first answer is not known yet."""
        return any(step.answer for step in self.path) or self.next is None or self.next.id != self.tree.start

    @property
    def result(self) -> Possible | None:
        """The result; None while more than one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def classes(self) -> tuple[LegalClass, ...]:
        """The classes that are still possible, the gravest first."""
        return tuple(dict.fromkeys(p.legal for p in self.possible))

    @property
    def is_high(self) -> bool:
        """Whether somebody has begun, and every class that is still possible stands for a high risk."""
        return self.is_asked and all(c.is_high for c in self.classes)

    def is_certain(self, name: str) -> bool:
        """Whether a class or duty is part of every result that is still possible."""
        return all(name in _names(p) for p in self.possible)


def find(tree: Tree, answers: Mapping[str, str]) -> Found:
    """Follow the tree. A node without an answer, or with one that this version lacks, may still be answered in any way.

    Args:
        answers: the id of the answer by node; "" where the team does not know.
    """
    return _find(tree, frozenset((node, given) for node, given in answers.items() if node in tree.nodes))


@lru_cache(maxsize=256)
def _find(tree: Tree, given: frozenset[tuple[str, str]]) -> Found:
    answers = dict(given)
    states: dict[str, set[frozenset[str]]] = {name: set() for name in tree.order}
    states[tree.start] = {frozenset()}
    ended: set[frozenset[str]] = set()
    path, first_open = [], None
    for name in tree.order:
        if not states[name]:
            continue
        node = tree.nodes[name]
        chosen = node.answer(answers.get(name, ""))
        path.append(Step(node, chosen))
        if name not in answers and first_open is None:
            first_open = node
        for answer in (chosen,) if chosen else node.answers:
            after = {s - set(answer.takes) | set(answer.gives) for s in states[name]}
            if answer.to:
                states[answer.to] |= after
            else:
                ended |= after
    possible = {_result(tree, state) for state in ended}
    ranked = sorted(possible, key=lambda p: (-p.legal.rank, len(p.duties), p.words))
    cut = next((i for i, step in enumerate(path, 1) if step.answer is None), len(path))
    walked = [s for i, s in enumerate(path) if i < cut or s.node.id in answers]
    return Found(tree, tuple(walked), first_open, tuple(ranked))


def _result(tree: Tree, state: frozenset[str]) -> Possible:
    held = [tree.classes[name] for name in sorted(state)]
    classes = sorted((c for c in held if not c.is_duty), key=lambda c: -c.rank)
    duties = tuple(sorted((c for c in held if c.is_duty), key=lambda c: (-c.rank, c.id)))
    legal = classes[0] if classes else tree.classes[tree.otherwise]
    return Possible(legal, duties)


def _names(possible: Possible) -> set[str]:
    return {possible.legal.id, *(d.id for d in possible.duties)}
