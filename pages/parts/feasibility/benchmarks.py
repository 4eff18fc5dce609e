"""What other people's results say about what is asked for."""

from __future__ import annotations

import streamlit as st

from pages.parts.charter import paper
from pages.parts.here import Step
from scoping.blocks import Table
from scoping.feasibility.benchmarks import Asked, compare


def show(step: Step) -> None:
    """Which results of others may be held against what is asked for, and which not."""
    found = compare(step.charter.feasibility.benchmarks, Asked.of(step.charter.feasibility))
    if not found:
        return
    rows = tuple(
        (
            c.benchmark.title,
            {True: "yes", False: "no", None: "not compared"}[c.meets],
            "yes" if c.meets is not None and c.is_alike else "no",
            c.why,
        )
        for c in found
    )
    paper.told([Table("", ("Benchmark", "As good as asked", "Counts in full", "Why"), rows)])
    st.caption("Compared are only figures on the metric asked for; in full count those whose data and setting are much alike.")
