"""Workbooks after LibreOffice has calculated them anew."""

from __future__ import annotations

import math
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl.workbook import Workbook

from tests.exports.workbooks import opened

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(program: Path, folder: Path, contents: dict[str, bytes]) -> dict[str, Workbook]:
    """Every workbook with the results of LibreOffice. Wrong results are planted first, so that none can survive."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    files = [folder / f"{name}.xlsx" for name in contents]
    for path in files:
        path.write_bytes(_with_wrong_results(contents[path.stem]))
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "out",
    ]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {path.stem: opened((folder / "out" / path.name).read_bytes(), results=True) for path in files}


def _with_wrong_results(content: bytes) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>424242</v>", data)
            target.writestr(name, data)
    return changed.getvalue()


def compared(content: bytes, theirs: Workbook) -> tuple[int, list[Any]]:
    """How many formulas were compared, and those whose stored result is not that of LibreOffice."""
    ours, count, differing = opened(content, results=True), 0, []
    for sheet in opened(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                pair = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                if not _same(*pair):
                    differing.append((sheet.title, cell.coordinate, cell.value, *pair))
    return count, differing


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return (ours or "") == (theirs or "")
