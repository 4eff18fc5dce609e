"""How long the signal check takes on 100,000 rows and how much memory, beside the plain scikit-learn calls for the same figures.

Both run in processes of their own, so that each has its own peak, on the rows that the check draws from such a table.
`python -m tests.bench.signal_floor` prints the figures alone.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from storage.children import Finished, Refused, Running, TaskState
from storage.jobs import Jobs, Source
from tests.bench.table import Line, print_line

ROWS, NUMBERS, CATEGORIES, GAPS = 100_000, 40, 5, 5
NAME = f"Signal in {ROWS:,} rows and {NUMBERS + CATEGORIES + GAPS} columns"
FIRST_SECONDS = 10
"""Until the first answer, with the start of the process and the reading of the file."""


def figures() -> dict[str, tuple[float, float]]:
    """Seconds: the whole check, and the plain calls."""
    return {NAME: (measured("ours")[0], measured("floor")[0])}


def measured(what: str) -> tuple[float, float]:
    """Seconds of work without the imports, and the peak memory of its process in MB."""
    work = subprocess.run([sys.executable, "-m", "tests.bench.signal_floor", what], check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(work.stdout)
    return float(seconds), float(megabytes)


def lines() -> Iterator[Line]:
    """How long a person waits for the first answer, and for the whole one, as the page starts the check."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder, contextlib.closing(Jobs()) as jobs:
        path = Path(folder) / "cases.csv"
        every_case().round(4).to_csv(path, index=False)
        jobs.take("bench", "signal", Source(path.name, path))
        begin = time.perf_counter()
        jobs.start("bench", {"target": "target"})
        first = _seconds_until(begin, jobs, lambda work: isinstance(work, Running) and work.first is not None)
        yield Line.most(f"{NAME}: first answer", first, FIRST_SECONDS, "s")
        whole = _seconds_until(begin, jobs, lambda work: isinstance(work, Finished))
        yield Line(f"{NAME}: whole answer", f"{whole:.1f} s")


def _seconds_until(begin: float, jobs: Jobs, is_so: Callable[[TaskState | None], bool]) -> float:
    while (desk := jobs.look("bench")) and not is_so(desk.work):
        if isinstance(desk.work, Refused):
            raise desk.work.error
        time.sleep(0.05)
    return time.perf_counter() - begin


def cases() -> pd.DataFrame:
    """The rows that the check draws from such a table."""
    from scoping.measuring.signal.rows import AT_MOST

    return every_case().sample(AT_MOST, random_state=1).sort_index().reset_index(drop=True)


def every_case() -> pd.DataFrame:
    """Three columns say something, two of them only together."""
    chance = np.random.default_rng(1)
    table = pd.DataFrame(chance.normal(size=(ROWS, NUMBERS)), columns=[f"number {i}" for i in range(NUMBERS)])
    for i in range(CATEGORIES):
        table[f"kind {i}"] = chance.choice(list("abcdefgh"), ROWS)
    for i in range(GAPS):
        table[f"gap {i}"] = np.where(chance.random(ROWS) < 0.1, np.nan, chance.normal(size=ROWS))
    strength = table["number 0"] + 0.5 * table["number 1"] * table["number 2"] + (table["kind 0"] == "a")
    table["target"] = np.where(strength + 2 * chance.normal(size=ROWS) > 0, "yes", "no")
    return table


def ours(table: pd.DataFrame) -> None:
    """Two models beside simple rules, shuffled targets, every column alone and together, leaks, a learning curve."""
    from scoping.measuring.signal import check as signal_check
    from scoping.measuring.signal import result as signal_result
    from scoping.tables.table import Table

    signal_check.measure(Table("cases.csv", "", ROWS, table), signal_result.Settings(target="target"), lambda *_: None)


def floor(table: pd.DataFrame) -> None:
    """Scores of the two models, of shuffled targets, of shuffled columns, and with fewer rows."""
    from sklearn import model_selection
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.inspection import permutation_importance
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    from threadpoolctl import threadpool_limits

    numbers, kinds = make_column_selector(dtype_include="number"), make_column_selector(dtype_exclude="number")
    scaled = make_pipeline(SimpleImputer(), StandardScaler())
    linear = make_pipeline(make_column_transformer((scaled, numbers), (OneHotEncoder(), kinds)), LogisticRegression(max_iter=200))
    coded = make_column_transformer((OrdinalEncoder(), kinds), remainder="passthrough")
    trees = make_pipeline(coded, HistGradientBoostingClassifier(random_state=1))
    light = make_pipeline(coded, HistGradientBoostingClassifier(max_iter=15, max_leaf_nodes=8, random_state=1))
    columns, target = table.drop(columns="target"), table["target"]
    few, few_targets = columns.head(1500), target.head(1500)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for model in (linear, trees):
            model_selection.cross_val_score(model, columns, target, cv=5, scoring="roc_auc")
        for model in (linear, light):
            model_selection.permutation_test_score(model, few, few_targets, cv=3, n_permutations=39, scoring="roc_auc")
        model_selection.learning_curve(
            trees, columns, target, cv=2, train_sizes=[1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0], scoring="roc_auc"
        )
        trees.fit(columns.tail(len(table) - 2000), target.tail(len(table) - 2000))
        permutation_importance(trees, columns.head(2000), target.head(2000), n_repeats=2, scoring="roc_auc")


def _main(what: str) -> None:
    import resource

    table = cases()
    # Imports are not what is measured.
    {"ours": ours, "floor": floor}[what](table.head(4000))
    begin = time.perf_counter()
    {"ours": ours, "floor": floor}[what](table)
    seconds = time.perf_counter() - begin
    json.dump([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _main(sys.argv[1])
    else:
        (seconds, megabytes), (least, least_megabytes) = measured("ours"), measured("floor")
        print(f"{NAME}: {seconds:.1f} s, {seconds / least:.1f} times; {megabytes:.0f} MB, {megabytes / least_megabytes:.1f} times")
        for line in lines():
            print_line(line)
