"""No file of ours is taken for a library: the folder of the running page stands first on the path."""

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = set(sys.stdlib_module_names) | set(packages_distributions())


@pytest.mark.parametrize("folder", [ROOT, ROOT / "pages"], ids=lambda f: f.name)
def test_no_module_has_the_name_of_a_library(folder):
    ours = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/*.py")}
    assert ours
    assert not ours & LIBRARIES


def test_no_page_has_the_name_of_a_package_of_ours():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {path.stem for path in ROOT.glob("*.py")}
    assert "scoping" in packages
    assert not {path.stem for path in (ROOT / "pages").glob("*.py")} & packages
