"""What was measured is kept, shown and removed; a kept file can be forgotten without measuring it again."""

from __future__ import annotations

from pathlib import Path

from scoping.charter import Charter
from tests.pages.tabs import Tab


def test_a_kept_file_is_forgotten_with_one_press(tab: Tab, tmp_path: Path) -> None:
    project = tab.store.create(Charter(), "Ana")
    (tmp_path / "labels.csv").write_text("item,label\n1,a\n")
    tab.store.files.keep(project, tmp_path / "labels.csv", "labels *of* Ana.csv", "Ana")
    tab.open(project)
    tab.go("feasibility")
    run = tab.turn_to("measure")
    assert any("labels" in m.value and "by Ana" in m.value for m in run.markdown)
    forget = next(b for b in run.button if b.label == "Forget this file")
    forget.click().run()
    assert tab.store.files.of(project) == ()
