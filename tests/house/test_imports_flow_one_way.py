"""Pages know the storage, the storage knows the scoping, and never the other way round."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = {"streamlit", "sqlmodel", "sqlalchemy", "starlette", "storage", "pages", "os", "time", "random", "secrets", "uuid"}
"""What scoping does without: other layers, and the clock, chance and environment that make a result different tomorrow."""
CLOCK = {f"{clock}.{what}" for clock in ("date", "datetime", "Timestamp") for what in ("now", "utcnow", "today")}
ENVIRONMENT = {"environ", "getenv"}


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imports(nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    """Every module that is imported, a name imported from a package counting as a module of it."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong(folders: tuple[str, ...], forbidden: set[str]) -> list[str]:
    return [
        f"{f} imports {name}" for f, tree in trees(*folders) for name in imports(ast.walk(tree)) if name.split(".")[0] in forbidden
    ]


def test_scoping_is_pure():
    assert not wrong(("scoping",), PURE)


def test_scoping_asks_neither_clock_nor_environment():
    found = [
        f"{file}:{node.lineno} asks {ast.unparse(node)}"
        for file, tree in trees("scoping")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        if node.attr in ENVIRONMENT or ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK
    ]
    assert not found


def test_storage_knows_no_page():
    assert not wrong(("storage",), {"streamlit", "pages", "starlette"})


def test_a_section_knows_no_other_section():
    may = {
        f"scoping.{room}"
        for room in ("section", "currency", "answers", "content", "errors", "measurement", "words", "findings", "numbers.shapes")
    }
    found = [
        f"{file} imports {name}"
        for file, tree in trees("scoping/sections")
        for name in imports(ast.walk(tree))
        if name.startswith("scoping.") and not any(name.startswith(f"{module}.") for module in may)
    ]
    assert not found


def test_a_page_knows_its_parts_and_no_other_page_and_no_database():
    found = [
        f"{file} imports {name}"
        for file, tree in trees("pages")
        if file.count("/") == 1 and file != "pages/api.py"
        for name in imports(ast.walk(tree))
        if name.split(".")[0] == "storage" or (name.startswith("pages.") and not name.startswith("pages.parts."))
    ]
    assert not found


def test_parts_and_the_api_know_no_page():
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__", "api"}
    found = [
        f"{file} imports {name}"
        for file, tree in trees("pages/parts")
        for name in imports(ast.walk(tree))
        if name.split(".")[0] == "pages" and name.split(".")[1] in pages
    ]
    assert not found


def test_the_api_loads_without_streamlit():
    found = {file.removesuffix(".py").replace("/", "."): set(imports(tree.body)) for file, tree in trees("pages")}
    seen, coming = set(), {"pages.api"}
    while coming:
        seen |= coming
        coming = {name for module in coming for name in found[module] for name in (name, name.rpartition(".")[0])}
        coming = (coming & found.keys()) - seen
    assert seen >= {"pages.serving.edits", "pages.serving.v1.readings", "pages.serving.calendars", "pages.serving.rooms"}
    assert not [f"{module} imports {name}" for module in seen for name in found[module] if name.split(".")[0] == "streamlit"]


def test_only_the_settings_read_the_environment():
    found = [
        f"{file}:{node.lineno} reads {node.attr}"
        for file, tree in trees("scoping", "storage", "pages")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and file != "storage/settings.py"
    ]
    assert not found


@pytest.mark.parametrize("library", ["pandas", "altair", "openpyxl", "xlsxwriter", "jinja2"])
def test_scoping_loads_no_heavy_library_before_it_is_needed(library):
    found = [
        f"{file} imports {name}"
        for file, tree in trees("scoping")
        if not file.startswith(("scoping/export/", "scoping/tables/"))
        for name in imports(tree.body)
        if name.split(".")[0] == library
    ]
    assert not found
