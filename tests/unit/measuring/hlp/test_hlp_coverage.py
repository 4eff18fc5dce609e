"""Intervals hold the truth about as often as they say, on people and items whose truth is known because it was made up."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.measuring.hlp.agreement import Merge, agreement, merge_gains
from scoping.measuring.hlp.labels import Labels, Level
from scoping.measuring.hlp.people import pooled

pytestmark = pytest.mark.slow
RUNS = 250
FIGURES = ("observed", "kappa", "alpha", "ac1")


def labels_of(said: np.ndarray, given: np.ndarray, level: Level = Level.NOMINAL) -> Labels:
    """Labels from a table of items by people."""
    item, labeller = np.nonzero(given)
    items, people = said.shape
    classes = int(said.max()) + 1
    return Labels(
        level=level,
        items=tuple(map(str, range(items))),
        labellers=tuple(map(str, range(people))),
        classes=tuple(map(str, range(max(3, classes)))),
        item=item,
        labeller=labeller,
        label=said[item, labeller],
    )


def confused(chance: np.random.Generator, items: int) -> Labels:
    """Four people of unlike skill on items of three classes; all but the first skip one in seven."""
    truth = chance.choice(3, items, p=[0.6, 0.3, 0.1])
    hard = chance.random(items) < 0.3
    skill = np.array([0.95, 0.85, 0.8, 0.7]) * np.where(hard, 0.6, 1.0)[:, None]
    wrong = (truth[:, None] + chance.integers(1, 3, (items, 4))) % 3
    said = np.where(chance.random((items, 4)) < skill, truth[:, None], wrong)
    given = chance.random((items, 4)) < 6 / 7
    given[:, 0] = True
    return labels_of(said, given)


@pytest.mark.parametrize("items", [40, 150])
def test_intervals_of_agreement_hold_the_value_of_all_items_in_95_of_100_samples(items: int) -> None:
    chance = np.random.default_rng(11)
    endless = agreement(confused(chance, 200_000))
    held = dict.fromkeys(FIGURES, 0)
    for _ in range(RUNS):
        found = agreement(confused(chance, items))
        for name in FIGURES:
            figure, truth = getattr(found, name), getattr(endless, name).value
            held[name] += figure.low <= truth <= figure.high
    for name, times in held.items():
        assert 0.915 <= times / RUNS <= 0.985, name


def test_intervals_of_ordinal_alpha_and_of_the_gain_by_a_merge_hold_too() -> None:
    chance = np.random.default_rng(12)

    def graded(items: int) -> Labels:
        lies = chance.normal(size=items)
        seen = lies[:, None] + chance.normal(0, 0.7, (items, 3))
        return labels_of(np.digitize(seen, [-0.7, 0.7]), np.ones((items, 3), dtype=bool), Level.ORDINAL)

    many = graded(200_000)
    merge = Merge(1, 2, 0.0)
    alpha, gain = agreement(many).alpha.value, merge_gains(many, [merge])[0].value
    held = [0, 0]
    for _ in range(RUNS):
        few = graded(80)
        for place, (figure, truth) in enumerate(((agreement(few).alpha, alpha), (merge_gains(few, [merge])[0], gain))):
            held[place] += figure.low <= truth <= figure.high  # type: ignore[operator]
    assert all(0.915 <= times / RUNS <= 0.985 for times in held), held


@pytest.mark.parametrize(
    ("items", "people", "per_item", "level", "of_items", "of_people"),
    [
        (100, 5, 5, 1.5, 1.0, 0.5),
        (100, 3, 3, 2.5, 1.0, 0.3),
        (200, 40, 10, 1.0, 0.0, 0.8),
        (300, 8, 3, 2.0, 1.5, 0.3),
        (60, 2, 2, 2.0, 1.0, 0.3),
    ],
)
def test_the_interval_of_what_people_reach_holds_it_for_other_items_and_other_people(
    items: int, people: int, per_item: int, level: float, of_items: float, of_people: float
) -> None:
    """Never less than nearly 95 of 100; more is meant, for drawing both anew errs to the wide side."""
    chance = np.random.default_rng(13)
    log_odds = level + chance.normal(0, np.hypot(of_items, of_people), 400_000)
    truth = float(np.mean(1 / (1 + np.exp(-log_odds))))
    held = 0
    for _ in range(RUNS):
        odds = level + chance.normal(0, of_items, (items, 1)) + chance.normal(0, of_people, (1, people))
        right = chance.random((items, people)) < 1 / (1 + np.exp(-odds))
        given = np.argsort(chance.random((items, people)), axis=1) < per_item
        labels = labels_of(np.zeros((items, people), dtype=int), given)
        share = pooled(labels, right[given].astype(float))
        assert share is not None
        held += share.low <= truth <= share.high
    assert held / RUNS >= 0.93
