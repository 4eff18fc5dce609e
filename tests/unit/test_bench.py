"""The bench ends with one line that names the aims that were missed."""

from __future__ import annotations

import pytest

from tests.bench import run
from tests.bench.table import Line

MET = Line.most("start to ready, warm", 1.5, 2, "s")
MISSED = Line("  rerun home", "9.0 / 12.0 ms", "3.1", "<= 2", is_met=False)
WITHOUT_AIM = Line("event loop", "uvloop")


def test_missed_aims_are_named_with_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    missed = run.show("Start", [MET, MISSED, WITHOUT_AIM])
    assert missed == [MISSED]
    assert run.verdict(missed) == "Missed aims (1): rerun home 9.0 / 12.0 ms, ratio 3.1, not <= 2."
    assert "start to ready" in capsys.readouterr().out


def test_nothing_missed_is_said_too() -> None:
    assert run.verdict(run.show("Start", [MET, WITHOUT_AIM])) == "All aims are met."
