"""Error analysis: errors by tag, alone and together, against answers computed with SQL and exhaustive search."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest

from scoping.measuring.slices.tags import COVER_OF, MOST_TAGS, Cells, Cover, analyse

# Slides, "Error analysis example": the tags of four misrecognised queries.
CAR, PEOPLE, LOW = [1, 0, 0, 1], [0, 1, 1, 1], [0, 1, 0, 1]


def marked(**tags):
    return [Cells.marked(name, np.array(values, dtype=bool)) for name, values in tags.items()]


def test_the_four_examples_of_the_slides_give_their_shares_of_errors():
    found = analyse(np.ones(4, dtype=bool), marked(car=CAR, people=PEOPLE, low=LOW))
    assert {t.name: t.errors / found.errors for t in found.tags} == {"car": 0.5, "people": 0.75, "low": 0.5}
    assert found.untagged_errors == 0
    assert found.overlap
    assert {(p.one, p.other): p.errors for p in found.pairs} == {("people", "car"): 1, ("people", "low"): 2, ("car", "low"): 1}
    assert found.covers == (Cover(("people",), 3), Cover(("people", "car"), 4))


@pytest.mark.parametrize("seed", range(8))
def test_counts_pairs_and_covers_equal_an_exhaustive_search(seed):
    draw = np.random.default_rng(seed)
    cases, names = 300, [f"t{i}" for i in range(draw.integers(1, 9))]
    wrong = draw.random(cases) < 0.3
    table = {n: draw.random(cases) < draw.uniform(0.0, 0.5) for n in names}
    found = analyse(wrong, [Cells.marked(n, v) for n, v in table.items()])
    assert {t.name: (t.cases, t.errors) for t in found.tags} == {n: (v.sum(), (v & wrong).sum()) for n, v in table.items()}
    anything = np.any(list(table.values()), axis=0)
    assert (found.untagged_cases, found.untagged_errors) == ((~anything).sum(), (~anything & wrong).sum())
    both = {frozenset((a, b)): int((table[a] & table[b] & wrong).sum()) for a, b in combinations(names, 2)}
    assert {frozenset((p.one, p.other)): p.errors for p in found.pairs} == {k: v for k, v in both.items() if v}
    for cover in found.covers:
        best = max((np.any([table[n] for n in c], axis=0) & wrong).sum() for c in combinations(names, len(cover.tags)))
        assert cover.errors == best == (np.any([table[n] for n in cover.tags], axis=0) & wrong).sum()
    if len(found.covers) < min(COVER_OF, len(names)):
        assert not found.covers or found.covers[-1].errors == (anything & wrong).sum()


def test_names_in_cells_may_be_several_and_empty():
    cells = Cells(np.array([0, 1, -1, 2, 1]), [("a",), ("a", "b"), ()])
    found = analyse(np.array([True, True, True, False, False]), [cells])
    assert {t.name: (t.cases, t.errors) for t in found.tags} == {"a": (3, 2), "b": (2, 1)}
    assert (found.untagged_cases, found.untagged_errors) == (2, 1)


def test_a_tag_in_two_columns_counts_each_case_once():
    one, other = Cells(np.array([0, 0, -1]), [("a",)]), Cells(np.array([0, -1, 0]), [("a",)])
    (tag,) = analyse(np.array([True, True, False]), [one, other]).tags
    assert (tag.cases, tag.errors) == (3, 2)


def test_of_too_many_tags_those_with_most_errors_are_looked_at_and_the_rest_is_named():
    cells = [Cells.marked(f"t{i:03}", np.arange(200) < 200 - i) for i in range(MOST_TAGS + 3)]
    found = analyse(np.ones(200, dtype=bool), cells)
    assert len(found.tags) == MOST_TAGS
    assert found.left_out == ("t062", "t063", "t064")


def test_all_threes_of_the_most_tags_are_searched_in_seconds():
    draw = np.random.default_rng(3)
    table = {f"t{i}": draw.random(200_000) < 0.2 for i in range(MOST_TAGS)}
    begin = time.process_time()
    found = analyse(draw.random(200_000) < 0.2, [Cells.marked(n, v) for n, v in table.items()])
    assert time.process_time() - begin < 8
    assert len(found.pairs) == MOST_TAGS * (MOST_TAGS - 1) / 2
    assert len(found.covers) == COVER_OF


def test_without_errors_nothing_is_explained():
    found = analyse(np.zeros(3, dtype=bool), marked(a=[1, 0, 1]))
    assert (found.errors, found.pairs, found.covers) == (0, (), ())
