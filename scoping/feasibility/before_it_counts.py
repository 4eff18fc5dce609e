"""What must be known of a measurement before it counts in full as evidence: the rules of weakening, asked as questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoping.feasibility.benchmarks import Asked, same_metric
from scoping.feasibility.weighing import FEW_CASES
from scoping.section import YesNo
from scoping.sections.feasibility import Better, Check, Evidence, Truth
from scoping.words import count, number_words, short


@dataclass(frozen=True)
class Asking:
    """A question and its answer.

    Attributes:
        is_met: None while nobody knows.
    """

    question: str
    is_met: bool | None
    answer: str


def checks(row: Evidence, asked: Asked) -> tuple[Asking, ...]:
    """The questions that fit a piece of evidence, in the order in which they matter."""
    return tuple(_checks(row, asked))


def _checks(row: Evidence, asked: Asked) -> Iterator[Asking]:
    if row.check is Check.HLP:
        yes_no = {None: "Nobody has said yet.", YesNo.YES: "Yes.", YesNo.NO: "No, so it says nothing about a model."}
        is_same = None if row.same_inputs is None else row.same_inputs is YesNo.YES
        yield Asking("Did people see only what the model will see?", is_same, yes_no[row.same_inputs])
        truth = {
            None: "Nobody has said yet.",
            Truth.EXTERNAL: "An outside fact.",
            Truth.HUMAN: "Another person's label: beating it may mean nothing.",
        }
        yield Asking("Who says what is right?", None if row.truth is None else row.truth is Truth.EXTERNAL, truth[row.truth])
    if row.check is Check.FEATURES:
        said = {
            None: "Nobody has said of every column yet.",
            YesNo.YES: "Yes, all that was used.",
            YesNo.NO: "No: part of it comes afterwards.",
        }
        yield Asking(
            "Is it known when the decision is made?", None if row.serving is None else row.serving is YesNo.YES, said[row.serving]
        )
    if row.items is not None:
        few = row.items < FEW_CASES
        yield Asking("Are there enough cases?", not few, f"{count(row.items, 'case')}{f', fewer than {FEW_CASES}' if few else ''}.")
    yield from _as_good_as_asked(row, asked)


def _as_good_as_asked(row: Evidence, asked: Asked) -> Iterator[Asking]:
    question = "Is it as good as asked, with its whole range?"
    if asked.value is None or asked.better is None or not asked.metric.strip():
        yield Asking(question, None, "Nobody has said how good it has to be.")
        return
    if not same_metric(row.metric, asked.metric):
        yield Asking(question, None, f"Not compared: asked for is “{short(asked.metric, 60)}”.")
        return
    end = row.low if asked.better is Better.HIGHER else row.high
    worst = row.value if end is None else end
    if worst is not None:
        met = bool(asked.is_met_by(worst))
        yield Asking(question, met, f"{number_words(worst)} at worst, {number_words(asked.value)} is asked for.")
