"""The metric ladder in words: what a target on one step means for the others, and which link is most in doubt."""

from __future__ import annotations

from scoping.blocks import Rows
from scoping.value import ladder, valuation
from scoping.words import chance, figure, measured, number_words, part, short


def start_of(rungs: ladder.Ladder) -> ladder.Rung | None:
    """The lowest rung whose target can be followed upwards: others rest on it, and its present value is known."""
    rested_on = set(rungs.below.values())
    movable = (r for r in rungs.rungs if r.id in rested_on and r.target is not None and r.current is not None)
    return next(movable, None)


def implied(rungs: ladder.Ladder, start: ladder.Rung) -> Rows:
    """What the target of one rung implies for all others."""
    if start.target is None:
        return Rows((), ())
    by_rung = valuation.implied(rungs.rungs, start.id)
    cells = []
    for rung in rungs.rungs:
        if implied_rung := by_rung.get(rung.id):
            value = implied_rung.value
            target = "" if rung.target is None else number_words(rung.target)
            cells.append(
                (
                    short(rung.name, 70) or rung.called,
                    "" if rung.current is None else number_words(rung.current),
                    figure(value.likely) if value else "",
                    f"{figure(value.spread.p10)} to {figure(value.spread.p90)}" if value else "",
                    target,
                    "" if implied_rung.reach is None else chance(implied_rung.reach),
                    implied_rung.problem or ("More than this step gives" if implied_rung.asks_more else ""),
                )
            )
    headers = ("Metric", "Now", "Implied, most likely", "In 8 of 10 cases", "Its target", "Chance to reach it", "Remark")
    return Rows(headers, tuple(cells))


def asked_of_each_other(rungs: ladder.Ladder) -> list[tuple[str, str, str]]:
    """What reaching the lowest target means for each other step: its id, a sentence, and what to do about it or ""."""
    start = start_of(rungs)
    if start is None or start.target is None:
        return []
    by_rung, told = valuation.implied(rungs.rungs, start.id), []
    for rung in rungs.rungs:
        found = by_rung.get(rung.id)
        if found is None:
            continue
        if found.value is None:
            if found.problem:
                told.append((rung.id, found.problem, ""))
            continue
        low, high = figure(found.value.spread.p10), measured(figure(found.value.spread.p90), rung.unit)
        given = f"If {start.called} reaches {measured(number_words(start.target), start.unit)}"
        sentence = f"{given}, {rung.called} comes to {low} to {high} in 8 of 10 cases."
        if found.reach is not None and rung.target is not None:
            sentence += f" Its target of {number_words(rung.target)} is reached with a chance of {chance(found.reach)}."
        told.append((rung.id, sentence, "More is asked than this step gives" if found.asks_more else ""))
    return told


def doubt(rungs: ladder.Ladder, start: ladder.Rung) -> str:
    """Which link makes the highest rung most uncertain; "" when none does."""
    if start.target is None or not rungs.rungs:
        return ""
    top = rungs.rungs[-1]
    top_implied = valuation.implied(rungs.rungs, start.id).get(top.id)
    if top_implied is None or len(top_implied.shares) < 2:
        return ""
    widest = max(top_implied.shares, key=lambda rung: top_implied.shares[rung])
    below = rungs.rung(rungs.below[widest]).called
    return f"{part(top_implied.shares[widest])} of the doubt about {top.called} comes from the link between {below} and {rungs.rung(widest).called}."
