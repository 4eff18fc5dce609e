"""Packs for other tools, each judged by a tool that others wrote, for all samples and for an empty, a huge and a Persian project."""

from __future__ import annotations

import pytest

from scoping.export.packs.model_card import MODEL_CARD
from scoping.export.packs.monitoring import MONITORING
from tests.exports.packed import PROJECTS, unpacked
from tests.proofs import judges

EVERY_PROJECT = pytest.mark.parametrize("name", PROJECTS)
ABOUT_A_MODEL = ("model card", "huggingface_hub==2.4.0")


@EVERY_PROJECT
def test_prometheus_takes_the_rules_and_they_fire_when_they_must(name, tmp_path):
    promtool, amtool = judges.debian("prometheus", "promtool"), judges.debian("prometheus-alertmanager", "amtool")
    if not unpacked(MONITORING, name, tmp_path):
        assert name == "empty"
        return
    checks = [
        judges.run(promtool, "check", "rules", *tmp_path.glob("*.rules.yml")),
        judges.run(promtool, "test", "rules", *tmp_path.glob("*.test.yml")),
        judges.run(amtool, "check-config", tmp_path / "alertmanager.yml"),
    ]
    assert [check.stdout + check.stderr for check in checks if check.returncode] == []


def test_prometheus_notices_a_rule_that_does_not_do_what_its_test_says(tmp_path):
    promtool = judges.debian("prometheus", "promtool")
    unpacked(MONITORING, "voice_search", tmp_path)
    file = tmp_path / "monitors.rules.yml"
    file.write_text(file.read_text("utf-8").replace(" > ", " < "), "utf-8")
    assert judges.run(promtool, "check", "rules", file).returncode == 0
    assert judges.run(promtool, "test", "rules", tmp_path / "monitors.test.yml").returncode == 1


@EVERY_PROJECT
def test_hugging_face_reads_the_model_card(name, tmp_path):
    python = judges.python(*ABOUT_A_MODEL) / "python"
    (card,) = unpacked(MODEL_CARD, name, tmp_path)
    asked = "import sys; from huggingface_hub import ModelCard; c = ModelCard.load(sys.argv[1]); print(len(c.data.eval_results or []), len(c.text))"
    told = judges.run(python, "-c", asked, card)
    assert told.returncode == 0, told.stderr
    results, length = map(int, told.stdout.split())
    assert (results > 0) is (name in {"voice_search", "huge", "persian"})
    assert length > 500
