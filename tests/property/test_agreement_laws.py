"""Agreement on random tables with missing labels: as independent libraries see it, and laws that always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from krippendorff import alpha as krippendorff_alpha
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa
from statsmodels.stats.proportion import proportion_confint

from scoping.measuring.hlp.agreement import agreement, borderlines, both, cohen, confusion, disagreement, illusion, merges
from scoping.measuring.hlp.consensus import agrees_with_the_others, dawid_skene, dawid_skene_problem
from scoping.measuring.hlp.labels import Labels, Level
from scoping.measuring.hlp.people import of_each, pooled
from scoping.numbers.proportions import wilson
from tests.label_tables import typed

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
LETTERS = "abcde"
LEVELS = {Level.NOMINAL: "nominal", Level.ORDINAL: "ordinal"}
NEAR = 1e-9


@st.composite
def tables(draw: st.DrawFn, gaps: bool = True) -> list[str]:
    """Items with the letters of up to six people; a point is a missing label."""
    people, classes = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    letters = st.sampled_from(LETTERS[:classes] + ("." if gaps else ""))
    rows = draw(st.lists(st.text(letters, min_size=people, max_size=people), min_size=3, max_size=25))
    assume(any(set(row) - {"."} for row in rows))
    return rows


def codes(rows: list[str]) -> np.ndarray:
    """People by items, NaN where a label is missing, as other libraries take them."""
    return np.array([[np.nan if c == "." else float(LETTERS.index(c)) for c in row] for row in rows]).T


def letters(rows: list[str]) -> list[str]:
    return sorted(set("".join(rows)) - {"."})


@FEW
@given(tables())
def test_alpha_is_that_of_an_independent_library_for_every_level(rows: list[str]) -> None:
    data = codes(rows)
    pairable = data[:, np.sum(~np.isnan(data), axis=0) >= 2]
    defined = len(np.unique(pairable[~np.isnan(pairable)])) > 1
    for level, called in LEVELS.items():
        ours = agreement(typed(*rows, level=level, classes=letters(rows))).alpha.value
        assert (ours is not None) == defined
        if ours is not None:
            assert ours == pytest.approx(krippendorff_alpha(reliability_data=data, level_of_measurement=called), abs=NEAR)
    if defined:
        numbers = [row.translate({ord(c): str(i) for i, c in enumerate(LETTERS)}) for row in rows]
        ours = agreement(typed(*numbers, level=Level.NUMERIC)).alpha.value
        assert ours == pytest.approx(krippendorff_alpha(reliability_data=data, level_of_measurement="interval"), abs=NEAR)


@FEW
@given(tables(gaps=False))
def test_kappa_is_that_of_an_independent_library_where_everybody_labels_everything(rows: list[str]) -> None:
    counts = np.array([[row.count(c) for c in letters(rows)] for row in rows])
    ours = agreement(typed(*rows)).kappa.value
    if len(letters(rows)) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(fleiss_kappa(counts), abs=NEAR)


@FEW
@given(tables())
def test_cohens_kappa_is_that_of_an_independent_library(rows: list[str]) -> None:
    common = [(r[0], r[1]) for r in rows if "." not in r[:2]]
    assume(common)
    labels = typed(*rows)
    order = letters(rows)
    one, other = zip(*common, strict=True)
    for weighted, power, weights in ((False, 1, None), (True, 1, "linear"), (True, 2, "quadratic")):
        ours = cohen(both(labels, 0, 1), weighted, power).value
        if len(set(one) | set(other)) == 1:
            assert ours is None
            continue
        theirs = cohen_kappa_score(one, other, labels=order, weights=weights, replace_undefined_by=np.nan)
        assert ours == pytest.approx(theirs, abs=NEAR)


@FEW
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_of_shares_are_those_of_an_independent_library(case: tuple[int, int]) -> None:
    assert wilson(*case) == pytest.approx(proportion_confint(*case, method="wilson"), abs=NEAR)


@FEW
@given(tables(), st.randoms(use_true_random=False))
def test_neither_the_order_of_items_nor_of_people_nor_names_of_classes_matter(rows: list[str], chance: object) -> None:
    order = list(range(len(rows[0])))
    chance.shuffle(order)  # type: ignore[attr-defined]
    other = ["".join(row[i] for i in order).translate(str.maketrans("abcde", "vwxyz")) for row in reversed(rows)]
    one, two = agreement(typed(*rows)), agreement(typed(*other))
    for name in ("observed", "kappa", "alpha", "ac1"):
        ours, theirs = getattr(one, name).value, getattr(two, name).value
        assert (ours is None) == (theirs is None)
        assert ours is None or ours == pytest.approx(theirs, abs=NEAR)


@FEW
@given(tables())
def test_every_figure_lies_in_its_interval_and_its_range(rows: list[str]) -> None:
    labels = typed(*rows)
    found = agreement(labels)
    for name, least in (("observed", 0), ("kappa", -np.inf), ("alpha", -np.inf), ("ac1", -1)):
        figure = getattr(found, name)
        if figure.value is None:
            assert figure.problem
            continue
        assert least - NEAR <= figure.value <= 1 + NEAR
        if figure.low is not None:
            assert figure.low <= figure.value <= figure.high
    chance = illusion(labels)
    assert chance.two_people <= chance.commonest + NEAR
    assert chance.always_same <= chance.commonest + NEAR
    apart = disagreement(labels)
    assert np.all((apart >= 0) & (apart <= 1))
    assert sum(b.items for b in borderlines(labels)) <= len(labels.items)


@FEW
@given(tables())
def test_a_merge_is_what_labels_with_one_class_less_give(rows: list[str]) -> None:
    labels = typed(*rows)
    for merge in merges(confusion(labels))[:3]:
        one, other = labels.classes[merge.one], labels.classes[merge.other]
        assert agreement(typed(*(row.replace(other, one) for row in rows))).alpha.value == pytest.approx(merge.alpha, abs=NEAR)


@FEW
@given(tables())
def test_labels_judged_against_the_others_are_judged_label_by_label(rows: list[str]) -> None:
    labels = typed(*rows)
    credit = agrees_with_the_others(labels)
    at = 0
    for row in (r for r in rows if r.strip(".")):
        for place, own in enumerate(row):
            if own == ".":
                continue
            others = [c for i, c in enumerate(row) if i != place and c != "."]
            most = max((others.count(c) for c in others), default=0)
            leaders = {c for c in others if others.count(c) == most}
            if others:
                assert credit[at] == pytest.approx(1 / len(leaders) if own in leaders else 0)
            else:
                assert np.isnan(credit[at])
            at += 1


@FEW
@given(tables())
def test_people_add_up_to_the_whole_and_the_interval_is_never_narrower_than_for_independent_labels(rows: list[str]) -> None:
    labels: Labels = typed(*rows)
    credit = (labels.label == 0).astype(float)
    share = pooled(labels, credit)
    assert share is not None
    people = [p for p in of_each(labels, credit) if p]
    assert sum(p.labels for p in people) == share.labels
    assert sum(p.labels * p.value for p in people) == pytest.approx(share.labels * share.value)
    assert share.low <= share.value <= share.high
    assert share.worth <= share.labels + NEAR


@FEW
@given(tables())
def test_the_model_of_who_errs_never_loses_likelihood_and_gives_probabilities(rows: list[str]) -> None:
    labels = typed(*rows)
    if dawid_skene_problem(labels):
        return
    found = dawid_skene(labels)
    assert np.all(np.diff(found.trace) >= -1e-7)
    assert found.likelihood.sum(axis=1) == pytest.approx(1)
    assert found.prior.sum() == pytest.approx(1)
