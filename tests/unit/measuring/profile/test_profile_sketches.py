"""What is kept of a stream is exact as long as there is room, and as close as it says afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.measuring.profile.cell_kinds import mixed
from scoping.measuring.profile.sketches import Commonest, Fingerprints, Moments, RowSample


def prints(values: np.ndarray) -> np.ndarray:
    return mixed(values.astype(np.uint64))


def passed(values: np.ndarray, most: int, piece: int = 997) -> Fingerprints:
    kept = Fingerprints(most=most)
    for at in range(0, len(values), piece):
        part = values[at : at + piece]
        kept.add(prints(part), np.ones(len(part), np.int64))
    return kept


def test_different_values_are_counted_exactly_while_there_is_room():
    values = np.random.default_rng(1).integers(0, 900, 20_000)
    kept = passed(values, 1_000)
    assert (kept.different, kept.margin) == (len(np.unique(values)), 0)
    assert kept.repeats == 1 - 900 / 20_000


@pytest.mark.parametrize("most", [200, 1_000])
def test_the_margin_of_an_estimate_holds_in_about_95_of_100_tables(most):
    chance = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        truth = int(chance.integers(5_000, 20_000))
        values = chance.permutation(truth) + int(chance.integers(2**40))
        kept = passed(values, most, 5_000)
        held += abs(kept.different - truth) <= kept.margin * truth
    assert 0.90 * 200 <= held <= 0.99 * 200


def test_repeats_are_estimated_from_the_values_that_are_kept():
    chance = np.random.default_rng(4)
    values = chance.permutation(np.repeat(np.arange(30_000), chance.integers(1, 4, 30_000)))
    assert passed(values, 2_000).repeats == pytest.approx(1 - 30_000 / len(values), abs=0.03)


def test_the_commonest_values_are_never_overcounted_and_short_by_no_more_than_said():
    chance = np.random.default_rng(6)
    values = np.minimum(chance.zipf(1.4, 50_000), 10**6)
    kept = Commonest(100)
    for at in range(0, len(values), 1_000):
        different, counts = np.unique(values[at : at + 1_000], return_counts=True)
        kept.add(prints(different), counts, lambda place, d=different: str(d[place]))
    truth = dict(zip(*(a.tolist() for a in np.unique(values, return_counts=True)), strict=True))
    ranked = kept.ranked()
    assert len(ranked) <= 100
    assert not kept.is_exact
    assert all(truth[int(text)] - kept.short_by <= n <= truth[int(text)] for text, n in ranked)
    found = {text for text, _ in ranked}
    assert all(str(value) in found for value, n in truth.items() if n > kept.short_by)


def test_moments_of_pieces_are_those_of_the_whole_even_far_from_zero():
    values = 1e9 + np.random.default_rng(7).normal(size=10_000)
    kept = Moments()
    for part in np.array_split(values, 13):
        kept.add(part, np.ones(len(part), np.int64))
    assert kept.mean == pytest.approx(values.mean(), rel=1e-15)
    assert kept.sd == pytest.approx(values.std(ddof=1), rel=1e-6)


def test_every_row_has_the_same_chance_to_be_in_the_sample():
    hits = np.zeros(1_000)
    for seed in range(300):
        sample, kept = RowSample(100, seed), np.empty(0, np.int64)
        for at in range(0, 1_000, 70):
            rows = np.arange(at, min(1_000, at + 70))
            old, new = sample.add(len(rows))
            kept = np.append(kept[old], rows[new])
        assert len(np.unique(kept)) == 100
        hits[kept] += 1
    early, late = hits[:500].sum(), hits[500:].sum()
    assert early + late == 30_000
    assert abs(early - 15_000) < 4 * np.sqrt(30_000 * 0.25)
    assert hits.max() < 60


def test_a_table_no_longer_than_the_sample_is_in_it_whole():
    sample = RowSample(100, 1)
    assert list(sample.add(60)[1]) == list(range(60))
    assert sample.is_whole
    sample.add(60)
    assert not sample.is_whole
