"""Whatever four people do at once, each browser shows in the end what the database holds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pages.parts import here
from pages.serving import rooms
from scoping import samples
from storage import upgrade
from tests.crowd import Person, settle, work
from tests.live import serving

EDITS = 300


@pytest.mark.parametrize("seed", [1, 2])
def test_every_browser_shows_what_the_database_holds(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Few enough that somebody who was away has to read the document anew now and then.
    monkeypatch.setattr(rooms, "REPLAYED_AT_MOST", 15)
    upgrade.prepare(f"sqlite:///{tmp_path / 'workbench.db'}")
    chance = random.Random(seed)  # noqa: S311
    project = here.store().create(samples.samples()[seed].charter, "Ana")
    people = [Person(project, f"browser-{i}", random.Random(seed * 10 + i)) for i in range(4)]  # noqa: S311
    rounds = 0
    while sum(person.asked for person in people) < EDITS:
        # Each time the server is another one.
        with serving() as port:
            for person in people:
                person.come(port)
            upto = sum(person.asked for person in people) + EDITS // 3
            ports = dict.fromkeys((person.name for person in people), port)
            for _ in work(ports, people, upto, chance):
                rounds += 1
            told = settle(ports, people)
            for person in people:
                assert person.model.shown() == told
                person.go()
    assert rounds > 10
    opened = here.store().open(project)
    assert opened.stamp.number == told["number"]
    ids = {(part, name): order for (part, name), order in people[0].model.orders.items()}
    for (part, name), order in ids.items():
        assert [row.id for row in getattr(opened.charter.part(part), name)] == order
