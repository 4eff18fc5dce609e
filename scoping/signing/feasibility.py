"""What conditions 6 and 7 ask of feasibility: evidence better than opinion, and a verdict that the rules carry."""

from __future__ import annotations

from datetime import date

from scoping.charter import Charter
from scoping.feasibility import proof
from scoping.feasibility.verdict import judged, last_added
from scoping.lacking import Missing, begun, first_blank, is_whole, lack, named, says
from scoping.sections.feasibility import Check, Feasibility, Grade, Opinion, Slices, Verdict, checks_for, share_total
from scoping.sections.solutions import Solution
from scoping.signing.choice import cell_unknown, chosen_idea, learns, no_choice
from scoping.words import in_percent


def _carries(grade: Grade | None) -> bool:
    return grade not in (None, Grade.OPINION)


def checks_have_evidence(charter: Charter) -> Missing:
    feasibility: Feasibility = charter.feasibility
    one = chosen_idea(charter)
    if one is None:
        yield no_choice("solutions.none_chosen", "nobody can tell which checks fit", charter)
        if not begun(feasibility.evidence) and not proof.found(feasibility):
            message = "Nothing shows yet that it can work. Write down the first evidence."
            yield lack("feasibility.no_evidence", message, feasibility, "evidence")
    else:
        yield from _evidence_about(one, feasibility)
    if feasibility.slices and feasibility.slices_are is not Slices.OVERLAPPING:
        total = share_total(feasibility)
        if total is not None and not is_whole(total):
            message = (
                f"The shares of the groups add to {in_percent(total)}, not 100 %. Correct them, or say that the groups overlap."
            )
            yield lack("feasibility.shares", message, feasibility, "slices")


def _evidence_about(one: Solution, feasibility: Feasibility) -> Missing:
    cards = [e for e in feasibility.evidence if e.solution == one.id and (says(e, "finding") or says(e, "value"))]
    # The chosen idea is the one that a hypothesis is about which names none, as with benchmarks.
    tried = [e for e in proof.found(feasibility) if e.solution in ("", one.id)]
    strong = {e.check for e in (*cards, *tried) if e.speaks and _carries(e.grade)}
    if any(b.solution in ("", one.id) and says(b, "value") for b in feasibility.benchmarks):
        strong.add(Check.BENCHMARK)
    if not cards and not strong:
        message = f"Nothing shows yet that {named(one)} can work. Write down the first evidence."
        yield lack("feasibility.no_evidence", message, feasibility, "evidence")
        return
    if not learns(one):
        if not strong:
            message = f"All evidence about {named(one)} is opinion. Find one precedent, or measure something."
            yield lack("feasibility.opinion_only", message, feasibility, "evidence")
        return
    yield from cell_unknown(one)
    held = {e.check: e for e in cards}
    unsorted = [e for e in cards if e.check is None]
    for check in checks_for(one.data, one.novelty):
        if check in strong:
            continue
        if check not in held and unsorted:
            card = unsorted.pop(0)
            message = f"Weigh {named(card)}: for or against, how strong, and which kind of check it is."
            yield lack("feasibility.check_missing", message, card, first_blank(card, "speaks", "grade", "check"))
        elif check in held and held[check].speaks is None:
            message = f"Weigh {named(held[check])}: does it speak for the idea or against it?"
            yield lack("feasibility.check_missing", message, held[check], "speaks")
        elif check in held:
            message = f"{check.label}: there is only opinion about {named(one, 50)}. Find a precedent, or measure something."
            yield lack("feasibility.opinion_only", message, held[check], "grade")
        else:
            message = f"{named(one, 50)} still needs the check: {check.label}."
            yield lack("feasibility.check_missing", message, feasibility, "evidence")


def verdict_holds(charter: Charter) -> Missing:
    feasibility: Feasibility = charter.feasibility
    one = chosen_idea(charter)
    if one is None:
        yield no_choice("solutions.none_chosen", "there is nothing to state a verdict on", charter)
        return
    stated = [v for v in feasibility.verdicts if v.solution == one.id]
    if not any(v.opinion for v in stated):
        # First what keeps the evidence from counting: a verdict on nothing would only be taken back.
        if weak := tuple(_counts_little(one, feasibility)):
            yield from weak
            return
        message = f"State a verdict on {named(one)}: can it work, and why?"
        at, field = (stated[0], "opinion") if stated else (feasibility, "verdicts")
        yield lack("feasibility.no_verdict", message, at, field)
        return
    for v in stated:
        if v.opinion in (Opinion.NOT_FEASIBLE, Opinion.TOO_LITTLE):
            message = f"The verdict on {named(one, 50)} is: {v.opinion.label.lower()}. Collect evidence or choose another idea."
            yield lack("feasibility.verdict", message, v, "opinion")
        elif v.opinion:
            if not says(v, "reason"):
                yield lack("feasibility.reason", "A verdict has no reason. Say what it rests on.", v, "reason")
            yield from _contradicted(one, v, feasibility)


_CURED_AT = {"W2": "source", "W3": "found_on", "W4": "same_inputs", "W5": "truth", "W6": "serving", "W7": "items"}
"""The question of a piece of evidence whose answer makes it count, by the rule that takes weight from it."""


def _counts_little(one: Solution, feasibility: Feasibility) -> Missing:
    """What the best evidence lacks, while all there is counts for no more than opinion."""
    found = judged(one, feasibility, last_added(feasibility), is_chosen=True)
    if found.ruling.opinion is not Opinion.TOO_LITTLE:
        return
    rows = {f"evidence:{e.id}": e for e in feasibility.evidence}
    for piece in sorted(found.pieces, key=lambda p: -p.claimed):
        for rule, why in piece.weakened:
            field, row = _CURED_AT.get(rule, ""), rows.get(piece.key)
            if row is not None and field and not says(row, field):
                message = f"{named(row)} counts for little yet: {why}. Complete it before you judge."
                yield lack("feasibility.counts_little", message, row, field)
                return


HOPE = (Opinion.NOT_FEASIBLE, Opinion.TOO_LITTLE, Opinion.DOUBTFUL, Opinion.FEASIBLE)
"""Verdicts by how much they promise: a team may promise less than the rules allow, never more."""


def _contradicted(one: Solution, stated: Verdict, feasibility: Feasibility) -> Missing:
    # Evidence ages; the rules look at it as of the day on which something was last added or agreed.
    as_of = max(last_added(feasibility), stated.decided_on or date.min)
    ruling = judged(one, feasibility, as_of, is_chosen=True).ruling
    if stated.opinion and HOPE.index(stated.opinion) > HOPE.index(ruling.opinion):
        message = (
            f"The team says of {named(one, 50)}: {stated.opinion.label.lower()}; the evidence says: {ruling.opinion.label.lower()}. "
            f"{ruling.reason}"
        )
        yield lack("feasibility.contradicted", message, stated, "opinion")
