"""The same edits come back as the identical list whether openpyxl, LibreOffice or Gnumeric saved the workbook: 200 for each sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoping.reading.workbook.read import read_workbook
from scoping.samples import Sample, samples
from tests.exports.brought_back import Edited
from tests.exports.generated_edits import Generated, gnumeric, saved_by_gnumeric, saved_by_libreoffice
from tests.tools import need, soffice

EDITS = 200


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.slug)
@pytest.mark.parametrize("seed", [1, 2])
def test_200_edits_come_back_the_same_from_three_programs(sample: Sample, seed: int, tmp_path: Path) -> None:
    generated = Generated(sample.charter, EDITS, seed)
    assert generated.count >= EDITS - 4
    path = generated.edited.save(tmp_path / "edited.xlsx")
    first = read_workbook(path)
    assert generated.wrong(first) == []
    libreoffice, other = need(soffice(), "LibreOffice"), need(gnumeric(), "Gnumeric (ssconvert)")
    for saved in (saved_by_libreoffice(libreoffice, path, tmp_path / "lo"), saved_by_gnumeric(other, path, tmp_path / "gn")):
        again = read_workbook(saved)
        assert again.wishes == first.wishes
        assert again.refused == ()


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.slug)
def test_saving_an_untouched_workbook_elsewhere_changes_nothing(sample: Sample, tmp_path: Path) -> None:
    path = Edited(sample.charter).save(tmp_path / "plain.xlsx")
    libreoffice, other = need(soffice(), "LibreOffice"), need(gnumeric(), "Gnumeric (ssconvert)")
    for saved in (path, saved_by_libreoffice(libreoffice, path, tmp_path / "lo"), saved_by_gnumeric(other, path, tmp_path / "gn")):
        brought = read_workbook(saved)
        assert (brought.wishes, brought.refused, brought.remarks) == ((), (), ())
