"""The plan of the house: floors, wings and rooms, each law with a breach that it notices."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from scoping.charter import PARTS, Charter
from tests.house.arrows import Sources, arrows, circles, house, late_libraries, libraries
from tests.tools import ROOT

WINGS = {"feasibility", "value", "ethics", "data_sources", "milestones"}
OVER_THE_WINGS = {
    "rollout",
    "workshop",
    "portfolio",
    "measuring",
    "review",
    "signing",
    "document",
    "export",
    "reading",
    "samples",
    "health",
    "judged",
    "places",
    "version",
    "comparison",
}
GROUND = {"words", "findings", "blocks", "drawing", "errors", "section", "sections", "answers", "editing", "merge", "currency"}
GROUND |= {"measurement", "numbers", "tables", "content", "lacking"}
"""What lies below the charter, or beside it, and knows none."""
HEAVY = {"altair", "jinja2", "openpyxl", "pandas", "pyarrow", "scipy", "sklearn", "streamlit", "xlsxwriter", "yaml", "icalendar"}
HEAVY |= {"docx", "pptx", "typst", "PIL", "numpy", "threadpoolctl", "alembic", "resource"}
"""Libraries that are kept out of the start by importing them, or whatever of ours loads them, inside a function."""
FIRST_ITS_LIMITS = {"storage.child"}
"""What sets limits for itself before it loads anything."""
MOST_BY_PLACE = 5
"""Fields of a dataclass that a call may still tell apart by their order."""
LONGEST = 500
FULLEST = 20


def room(module: str) -> str:
    """The room of scoping in which a module stands; "" outside of scoping."""
    storey, _, rest = module.partition(".")
    return rest.split(".")[0] if storey == "scoping" else ""


def between_wings(sources: Sources) -> list[str]:
    return [str(a) for a in arrows(sources) if room(a.start) in WINGS and room(a.end) in (WINGS | OVER_THE_WINGS) - {room(a.start)}]


def up_from_the_ground(sources: Sources) -> list[str]:
    upstairs = WINGS | OVER_THE_WINGS
    breaches = [a for a in arrows(sources) if room(a.start) in GROUND and room(a.end) in upstairs | {"charter"}]
    return [str(a) for a in (*breaches, *(a for a in arrows(sources) if room(a.start) == "charter" and room(a.end) in upstairs))]


def late_without_a_reason(sources: Sources) -> list[str]:
    loads = libraries(sources, HEAVY)
    late = [a for a in arrows(sources) if a.late and a.start not in FIRST_ITS_LIMITS]
    ours = [str(a) for a in late if not loads[a.end] - loads[a.start]]
    return ours + [f"{place} imports {name}" for place, name in late_libraries(sources) if name not in HEAVY]


def filled_by_place(sources: Sources) -> list[str]:
    """Dataclasses of many fields that a call may fill by their order."""
    return [
        f"{module}:{record.lineno} {record.name}"
        for module, source in sources.items()
        for record in ast.walk(ast.parse(source))
        if isinstance(record, ast.ClassDef)
        for decorator in record.decorator_list
        if re.match(r"(dataclasses\.)?dataclass\b", written := ast.unparse(decorator)) and "kw_only=True" not in written
        if sum(isinstance(line, ast.AnnAssign) and "ClassVar" not in ast.unparse(line.annotation) for line in record.body)
        > MOST_BY_PLACE
    ]


def with_breach(module: str, source: str) -> Sources:
    return {**house(), module: house().get(module, "") + "\n" + source}


def test_no_wing_knows_another() -> None:
    assert not between_wings(house())
    assert between_wings(with_breach("scoping.value.words", "from scoping.ethics import words"))


def test_nothing_below_the_charter_knows_it() -> None:
    assert not up_from_the_ground(house())
    assert up_from_the_ground(with_breach("scoping.numbers.ranges", "from scoping.charter import Charter"))
    assert up_from_the_ground(with_breach("scoping.words", "from scoping.health import Health"))
    assert up_from_the_ground(with_breach("scoping.charter", "from scoping.value import words"))


def test_every_room_has_its_floor() -> None:
    rooms = {room(module) for module in house()} - {""}
    assert rooms - {"charter"} == WINGS | OVER_THE_WINGS | GROUND


def test_no_module_imports_itself_by_a_detour() -> None:
    assert not circles(house())
    assert circles(with_breach("scoping.words", "def late():\n    from scoping.findings import Finding"))


def test_imports_inside_functions_keep_a_heavy_library_out_of_the_start() -> None:
    assert not late_without_a_reason(house())
    assert late_without_a_reason(with_breach("scoping.review", "def late():\n    from scoping.words import short"))
    assert late_without_a_reason(with_breach("scoping.words", "def late():\n    import json"))


@pytest.mark.parametrize("decorator", ["dataclass", "dataclass(frozen=True)", "dataclasses.dataclass(kw_only=False)"])
def test_a_record_of_many_fields_is_filled_by_name(decorator: str) -> None:
    assert not filled_by_place(house())
    fields = "".join(f"    {name}: int\n" for name in "abcde")
    assert not filled_by_place({"scoping.few": f"@{decorator}\nclass Few:\n{fields}"})
    assert filled_by_place(with_breach("scoping.words", f"@{decorator}\nclass Many:\n{fields}    f: int = 0\n"))


@pytest.mark.parametrize("module", house())
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    assert len(house()[module].splitlines()) <= LONGEST


def test_no_folder_holds_more_than_one_looks_through() -> None:
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for storey in ("scoping", "storage", "pages")
        for path in (ROOT / storey).rglob("*.py")
        if path.name != "__init__.py"
    )
    assert not {folder: number for folder, number in folders.items() if number > FULLEST}


def test_the_charter_has_a_typed_field_for_every_part() -> None:
    assert {name: field.annotation for name, field in Charter.model_fields.items()} == {part.slug: part.model for part in PARTS}


def test_whoever_means_one_part_asks_for_it_by_name() -> None:
    assert not [module for module, source in house().items() if re.search(r'\.part\("', source)]


def test_a_charter_is_never_anything() -> None:
    """No parameter that is a charter, or one of its parts, is typed as Any."""
    names = {"charter", *(part.slug for part in PARTS)} - {"value"}  # which is any value, mostly
    found = [
        f"{module}:{argument.lineno}"
        for module, source in house().items()
        for argument in ast.walk(ast.parse(source))
        if isinstance(argument, ast.arg) and argument.arg in names
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "Any"
    ]
    assert not found
