"""Who imports whom, read off the source: what the laws of the house are judged by."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.tools import ROOT

Sources = Mapping[str, str]
"""The source of every module by its dotted name."""


@dataclass(frozen=True)
class Arrow:
    """An import of one module of ours by another.

    Attributes:
        late: whether it stands inside a function.
    """

    start: str
    end: str
    line: int
    late: bool

    def __str__(self) -> str:
        return f"{self.start}:{self.line} imports {self.end}"


@functools.cache
def house() -> Sources:
    """All modules of the three storeys, migrations left out: they are a record, not rooms."""
    paths = (path for folder in ("scoping", "storage", "pages") for path in sorted((ROOT / folder).rglob("*.py")))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text("utf-8")
        for path in paths
        if "migrations" not in path.parts
    }


def _named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        yield alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"


def _late(tree: ast.Module) -> set[ast.AST]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {inner for function in functions for inner in ast.walk(function)}


def _imports(source: str, *, at_run_time: bool = False) -> Iterator[tuple[str, int, bool]]:
    tree = ast.parse(source)
    late = _late(tree)
    left_out = _for_types(tree) if at_run_time else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in left_out:
            yield from ((name, node.lineno, node in late) for name in _named(node))


def _ours(name: str, sources: Sources) -> str | None:
    """The module of ours that a name belongs to: itself, or the one that defines it."""
    return next((module for module in (name, name.rpartition(".")[0]) if module in sources), None)


def arrows(sources: Sources) -> list[Arrow]:
    """Every import of a module of ours by another."""
    return [
        Arrow(module, end, line, late)
        for module, source in sources.items()
        for name, line, late in _imports(source)
        if (end := _ours(name, sources)) and end != module
    ]


def _for_types(tree: ast.Module) -> set[ast.AST]:
    """What is imported for the type checker only."""
    blocks = (node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    return {inner for block in blocks for inner in ast.walk(block)}


def libraries(sources: Sources, among: Iterable[str]) -> dict[str, set[str]]:
    """Which of some libraries each module loads when it is loaded itself, through whatever it imports."""
    wanted = set(among)
    own = {
        module: {name.split(".")[0] for name, _, late in _imports(source) if not late} & wanted
        for module, source in sources.items()
    }
    ends: dict[str, set[str]] = {module: set() for module in sources}
    for module, source in sources.items():
        for name, _, late in _imports(source, at_run_time=True):
            if not late and (end := _ours(name, sources)):
                ends[module].add(end)
    return {module: set().union(*(own[reached] for reached in _reached(module, ends))) for module in sources}


def _reached(module: str, ends: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [module]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += ends[here]
    return seen


def circles(sources: Sources) -> set[frozenset[str]]:
    """Modules that import each other, over whatever way, late imports counted."""
    ends: dict[str, set[str]] = {module: set() for module in sources}
    for arrow in arrows(sources):
        ends[arrow.start].add(arrow.end)
    reached = {module: _reached(module, ends) for module in sources}
    return {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in sources
        if any(module in reached[end] for end in ends[module])
    }


def late_libraries(sources: Sources) -> Iterator[tuple[str, str]]:
    """Modules with what they import inside a function that is not ours."""
    for module, source in sources.items():
        yield from (
            (f"{module}:{line}", name.split(".")[0]) for name, line, late in _imports(source) if late and not _ours(name, sources)
        )
