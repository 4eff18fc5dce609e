"""Every place for a file tells in the browser how large it may be: its own limit, or that of the server for tables."""

from __future__ import annotations

import ast

from tests.tools import ROOT

TABLES = "pages/parts/uploads.py"


def test_every_uploader_but_that_of_tables_names_its_own_limit():
    named = {}
    for file in (ROOT / "pages").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("file_uploader"):
                named[f"{file.relative_to(ROOT).as_posix()}"] = "max_upload_size" in {k.arg for k in call.keywords}
    assert len(named) > 3
    assert [place for place, is_named in named.items() if not is_named] == [TABLES]
