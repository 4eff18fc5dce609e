"""Whatever is typed into a workbook comes back as what it means, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoping.reading.workbook.read import read_workbook
from scoping.samples import Sample, samples
from tests.exports.generated_edits import Generated


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.slug)
def test_generated_edits_come_back_as_what_they_mean(sample: Sample, tmp_path: Path) -> None:
    generated = Generated(sample.charter, 60, seed=len(sample.slug))
    assert generated.count >= 55
    assert generated.wrong(read_workbook(generated.edited.save(tmp_path / "edited.xlsx"))) == []
