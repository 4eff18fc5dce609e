"""Human-level performance, from a table of labels that people gave."""

from __future__ import annotations

import numpy as np

from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.measuring.hlp import agreement as hlp_agreement
from scoping.measuring.hlp import people as hlp_people
from scoping.measuring.hlp import words
from scoping.measuring.hlp.classes import OfClasses, of_classes
from scoping.measuring.hlp.consensus import majority
from scoping.measuring.hlp.discussion import against_truth, to_discuss
from scoping.measuring.hlp.guessing import guess
from scoping.measuring.hlp.labels import Labels, LabelsError, from_long, from_wide
from scoping.measuring.hlp.people import Share
from scoping.measuring.hlp.plain import IN_PASSING, brief, figure_of, finite, share_of, six
from scoping.measuring.hlp.result import Figure, Layout, Person, Result, Settings
from scoping.numbers.proportions import cases_needed
from scoping.numbers.resampling import Floats
from scoping.tables.table import Table, Tell
from scoping.words import count, short

VERSION = "2"
AS_TEXT = True
AT_MOST = 2_000_000

PEOPLE_AT_MOST = 40
NOTES_AT_MOST = 6


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Compare the labels with the truth, or with each other.

    Raises:
        WorkbenchError: a column is missing or named twice, a cell is wrong, or there is nothing to compare.
    """
    _refuse(table, settings)
    tell(0.02, "Reading the labels")
    labels = _labels(table, settings)
    tell(0.2, "Comparing people with each other" if labels.truth is None else "Comparing with the truth")
    credit = _credit(labels, settings.tolerance)
    share = _pooled(labels, credit)
    tell(0.35, "Measuring agreement")
    seen = hlp_agreement.agreement(labels)
    tell(0.55, "Looking at people")
    people, deviating = _people(labels, credit)
    kinds = of_classes(labels, tell) if labels.values is None else OfClasses()
    tell(0.95, "Choosing items to discuss")
    doubts, doubts_in_all = to_discuss(labels)
    against, against_in_all = against_truth(labels)
    return Result(
        against_truth=labels.truth is not None,
        items=len(labels.items),
        labels=len(labels),
        labellers=len(labels.labellers),
        all_classes=len(labels.classes),
        judged=share.labels,
        judged_items=len(np.unique(labels.item[np.isfinite(credit)])),
        share=share_of(share),
        worth=six(share.worth),
        target=share.target,
        chance_of_asked=_chance_of(settings.asked, share),
        needed=_needed(share, settings.half_width / 100),
        overlap=seen.items,
        repeated=labels.repeated,
        self_agreement=finite(hlp_agreement.self_agreement(labels)),
        agreement=figure_of(seen.observed),
        kappa=figure_of(seen.kappa),
        alpha=figure_of(seen.alpha),
        ac1=figure_of(seen.ac1),
        difference=figure_of(seen.difference),
        pairs=kinds.pairs,
        pairs_in_all=kinds.pairs_in_all,
        mean_kappa=kinds.mean_kappa,
        people=people,
        deviating=deviating,
        classes=kinds.classes,
        confusion=kinds.confusion,
        merges=kinds.merges,
        fences=kinds.fences,
        chance=kinds.chance,
        group=kinds.group,
        doubts=doubts,
        doubts_in_all=doubts_in_all,
        against=against,
        against_in_all=against_in_all,
        duel=kinds.duel,
        notes=_notes(table, labels),
    )


def _refuse(table: Table, settings: Settings) -> None:
    of_layout = (settings.labeller, settings.label) if settings.layout is Layout.LONG else settings.labellers
    named = [c for c in (settings.item, *of_layout, settings.truth, settings.model) if c]
    for column in named:
        if column not in table.frame.columns:
            raise WorkbenchError(f"{table.name} has no column “{short(column, 60)}”.", "Choose another column.")
    if twice := next((c for c in named if named.count(c) > 1), ""):
        raise WorkbenchError(f"The column “{short(twice, 60)}” was chosen twice.", "Give each column one meaning.")
    if settings.layout is Layout.LONG and not (settings.item and settings.label):
        raise WorkbenchError("Items and labels need a column each.", "Choose the columns, or say that every person has a column.")
    if settings.layout is Layout.WIDE and not settings.labellers:
        raise WorkbenchError("No column holds labels.", "Choose the columns of the people who labelled.")


def _labels(table: Table, settings: Settings) -> Labels:
    level, classes, values = settings.level, settings.classes, settings.values
    if settings.layout is Layout.LONG:
        columns = (settings.item, settings.labeller, settings.label)
        return from_long(table.frame, *columns, settings.truth, settings.model, level=level, classes=classes, values=values)
    people = settings.labellers
    return from_wide(
        table.frame, settings.item, people, settings.truth, settings.model, level=level, classes=classes, values=values
    )


def _credit(labels: Labels, tolerance: float) -> Floats:
    """What each label earns: for being right or, without a truth, for being like the others. NaN where neither is known."""
    if labels.truth is None:
        return hlp_people.like_the_others(labels, tolerance)
    return hlp_people.right(labels, labels.truth, tolerance)


def _pooled(labels: Labels, credit: Floats) -> Share:
    share = hlp_people.pooled(labels, credit)
    if share is None:
        raise LabelsError(
            "There is no truth, and no item was labelled by two people, so there is nothing to compare.",
            "Choose a column with the truth, or let two people or more label the same items.",
        )
    return share


def _chance_of(asked: float | None, share: Share) -> float | None:
    """How likely people reach the share that is asked, which is in per cent; None while nothing is asked."""
    return None if asked is None else finite(share.chance_of(asked / 100))


def _needed(share: Share, half_width: float) -> int:
    # A share of 0 or 1 would need no cases at all; the end of its interval is what it may really be.
    likely = share.low if share.value == 1 else share.high if share.value == 0 else share.value
    return cases_needed(likely, half_width)


def _people(labels: Labels, credit: Floats) -> tuple[tuple[Person, ...], int]:
    """Those who deviate first, then those with most labels; and how many deviate."""
    given = np.bincount(labels.labeller, minlength=len(labels.labellers))
    shares = hlp_people.of_each(labels, credit)
    deviating = set(hlp_people.who_deviates(labels, credit))
    order = sorted(range(len(given)), key=lambda who: (who not in deviating, -given[who]))[:PEOPLE_AT_MOST]
    mistakes = _mistakes(labels)
    bias, distance = hlp_people.distances(labels, labels.truth)
    people = []
    for who in order:
        share = shares[who]
        people.append(
            Person(
                name=brief(labels.labellers[who]),
                labels=int(given[who]),
                judged=share.labels if share else 0,
                share=share_of(share) if share else Figure(value=None, problem="no label could be compared"),
                deviates=who in deviating,
                mistake=mistakes.get(who),
                bias=finite(float(bias[who])),
                distance=finite(float(distance[who])),
            )
        )
    return tuple(people), len(deviating)


def _mistakes(labels: Labels) -> dict[int, tuple[str, str, int]]:
    """Each person's commonest way to differ from the truth or, without one, from the majority."""
    if labels.values is not None:
        return {}
    meant = (labels.truth if labels.truth is not None else majority(labels).label)[labels.item]
    wrong = (meant >= 0) & (meant != labels.label)
    classes = len(labels.classes)
    kinds = (labels.labeller[wrong] * classes + meant[wrong]) * classes + labels.label[wrong]
    kind, times = np.unique(kinds, return_counts=True)
    mistakes: dict[int, tuple[str, str, int]] = {}
    for place in np.argsort(times, kind="stable"):
        who, true, chosen = kind[place] // classes**2, kind[place] // classes % classes, kind[place] % classes
        mistakes[int(who)] = (brief(labels.classes[true], IN_PASSING), brief(labels.classes[chosen], IN_PASSING), int(times[place]))
    return mistakes


def _notes(table: Table, labels: Labels) -> tuple[str, ...]:
    notes = (*_thinned(table), *labels.notes, *_repeats(labels))
    return tuple(short(note, 240) for note in notes[:NOTES_AT_MOST])


def _thinned(table: Table) -> list[str]:
    """A note where rows were drawn at random, which leaves items with fewer labels than people gave."""
    if not table.is_sample:
        return []
    return [
        "Rows were drawn at random, so items have fewer labels here than in the file; ties and items to discuss are not complete."
    ]


def _repeats(labels: Labels) -> list[str]:
    if not labels.repeated:
        return []
    labels_were = f"{count(labels.repeated, 'label')} {'was' if labels.repeated == 1 else 'were'}"
    note = f"{labels_were} given by somebody who had labelled the same item before. All count; remove copies made by accident."
    return [note]


METHOD = Method(
    version=VERSION,
    as_text=AS_TEXT,
    at_most=AT_MOST,
    settings=Settings,
    result=Result,
    guess=guess,
    measure=measure,
    headline=words.headline,
    blocks=words.blocks,
)
