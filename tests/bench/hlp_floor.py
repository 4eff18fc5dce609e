"""How long a million labels take and how much memory, beside the plain library calls that give the same figures without intervals.

Both run in processes of their own, so that each has its own peak. `python -m tests.bench.hlp_floor` prints the figures alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import combinations

import numpy as np
import pandas as pd

ITEMS, PEOPLE, CLASSES = 200_000, 5, 5
NAME = f"{ITEMS * PEOPLE:,} labels by {PEOPLE} people"


def figures() -> dict[str, tuple[float, float]]:
    """Seconds: the whole check with all intervals, and the plain calls."""
    return {NAME: (measured("ours")[0], measured("floor")[0])}


def measured(what: str) -> tuple[float, float]:
    """Seconds of work without the imports, and the peak memory of its process in MB."""
    work = subprocess.run([sys.executable, "-m", "tests.bench.hlp_floor", what], check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(work.stdout)
    return float(seconds), float(megabytes)


def labels() -> pd.DataFrame:
    """People who are right four times in five, in a long table of text."""
    chance = np.random.default_rng(1)
    truth = chance.integers(0, CLASSES, ITEMS)
    given = np.where(chance.random((ITEMS, PEOPLE)) < 0.8, truth[:, None], chance.integers(0, CLASSES, (ITEMS, PEOPLE)))
    names = np.array([f"class {i}" for i in range(CLASSES)])
    return pd.DataFrame(
        {
            "item": np.repeat([f"item {i}" for i in range(ITEMS)], PEOPLE),
            "labeller": np.tile([f"person {i}" for i in range(PEOPLE)], ITEMS),
            "label": names[given.ravel()],
            "truth": np.repeat(names[truth], PEOPLE),
        },
        dtype="str",
    )


def ours(table: pd.DataFrame) -> None:
    """Accuracy, agreement, classes, consensus, items to discuss, with intervals."""
    from scoping.measuring.hlp import check as hlp_check
    from scoping.measuring.hlp import result as hlp_result
    from scoping.tables.table import Table

    settings = hlp_result.Settings(item="item", labeller="labeller", label="label", truth="truth", asked=99)
    hlp_check.measure(Table("labels.csv", "", len(table), table), settings, lambda *_: None)


def floor(table: pd.DataFrame) -> None:
    """Accuracy, alpha, Fleiss' kappa, Cohen's kappas and the majority, a figure each."""
    from krippendorff import alpha
    from sklearn.metrics import accuracy_score, cohen_kappa_score
    from statsmodels.stats.inter_rater import fleiss_kappa

    accuracy_score(table["truth"], table["label"])
    codes, _ = pd.factorize(table["label"])
    wide = codes[np.lexsort((table["labeller"], pd.factorize(table["item"])[0]))].reshape(ITEMS, PEOPLE)
    counts = np.stack([(wide == one).sum(axis=1) for one in range(CLASSES)], axis=1)
    alpha(value_counts=counts, level_of_measurement="nominal")
    fleiss_kappa(counts)
    for one, other in combinations(range(PEOPLE), 2):
        cohen_kappa_score(wide[:, one], wide[:, other])
    counts.argmax(axis=1)


def _main(what: str) -> None:
    import resource
    from importlib import import_module

    # Imports are not what is measured.
    for library in ("krippendorff", "scipy.sparse", "scipy.stats", "sklearn.metrics", "statsmodels.stats.inter_rater"):
        import_module(library)
    table = labels()
    begin = time.perf_counter()
    {"ours": ours, "floor": floor}[what](table)
    seconds = time.perf_counter() - begin
    json.dump([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _main(sys.argv[1])
    else:
        for name, both in {NAME: (measured("ours"), measured("floor"))}.items():
            (seconds, megabytes), (least, least_megabytes) = both
            print(
                f"{name}: {seconds:.1f} s, {seconds / least:.1f} times; {megabytes:.0f} MB, {megabytes / least_megabytes:.1f} times"
            )
