"""What a mistake costs: a sentence, a small picture, a table of settings."""

from __future__ import annotations

from pages.parts import markup
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping import currency as iso
from scoping.places import Place
from scoping.value import decision
from scoping.value import errors as value_errors
from scoping.words import figure, percent, short


def show(step: Step) -> None:
    """Each decision of the model with what being wrong costs, from which precision a model pays, and which setting is worth most."""
    told = [piece for one in value_errors.judged(step.charter.value) for piece in _decision(step, one)]
    if told:
        markup.show(markup.stack(*told))


def _decision(step: Step, one: value_errors.JudgedErrors) -> list[str]:
    pieces: list[str] = [markup.heading(one.row.title)]
    if one.stakes is None and one.errors is None:
        href = step.href(Place("value", "stakes", one.row.id, "cases_per_month"))
        link = markup.unknown("Say them", href)
        return [*pieces, markup.empty("Cases, share of positive cases and at least one amount are needed to work this out.", link)]
    if one.stakes is not None:
        pieces += [markup.result(_sentence(one)), _shape(one, one.stakes), *_settings(one)]
    if one.errors is not None:
        pieces.append(_number(one, one.errors))
    return [*pieces, *(markup.banner(sentence) for sentence in _below(step, one))]


def _sentence(one: value_errors.JudgedErrors) -> str:
    """What a mistake costs, and how good the model must be."""
    row = one.row
    missed = (row.cost_fn or 0) + (row.value_tp or 0)
    amounts = (("a false alarm", row.cost_fp or 0), ("a miss", missed))
    costs = [f"{what} costs {iso.words(minor, row.currency)}" for what, minor in amounts if minor]
    said = " and ".join(costs)
    if one.needs is None:
        return (
            f"{said[:1].upper()}{said[1:]}; with these amounts no precision makes it pay."
            if said
            else "With these amounts no precision makes it pay."
        )
    pays = f"it pays once {percent(one.needs, 1)} of the cases it flags are right."
    return f"{said[:1].upper()}{said[1:]}: {pays}" if said else f"{pays[:1].upper()}{pays[1:]}"


def _shape(one: value_errors.JudgedErrors, stakes: decision.Stakes) -> Html:
    """Doing nothing, flagging everything and the best setting beside each other, as bars on one scale."""
    code = one.row.currency
    best = one.best
    gains = [("Flag nothing", 0.0), ("Flag every case", stakes.everything.gain)]
    if best is not None and best.worth is not None:
        gains.append((f"Best setting: {short(best.point.name, 60)}", best.worth.gain))
    lo, hi = min(0.0, *(g for _, g in gains)), max(0.0, *(g for _, g in gains))
    rows = [(name, markup.range_bar(min(0.0, gain), gain, max(0.0, gain), lo, hi), iso.about(gain, code)) for name, gain in gains]
    table = markup.table(("A month", "Against flagging nothing", "Better by"), rows)
    return markup.stack(table, markup.note(f"Without a model, {_without(stakes, code)}"))


def _without(stakes: decision.Stakes, code: str) -> str:
    lost = stakes.nothing
    return f"misses cost {iso.about(-lost, code)} a month." if lost < 0 else "misses cost nothing."


def _settings(one: value_errors.JudgedErrors) -> list[Html]:
    if not one.points:
        return []
    code, best = one.row.currency, one.best
    rows = []
    for valued in one.points:
        precision = "" if valued.point.precision is None else percent(valued.point.precision, 6)
        gain = iso.about(valued.worth.gain, code) if valued.worth else ""
        remark = valued.problem or ("worth most" if valued is best else "")
        rows.append((valued.point.name, precision, percent(valued.point.recall, 6), gain, remark))
    head = ("Setting", "Right of those flagged", "Flagged of those there are", "Better than nothing, a month", "Remark")
    return [markup.table(head, rows)]


def _below(step: Step, one: value_errors.JudgedErrors) -> list[str]:
    """Targets of milestones from which flagging does not pay."""
    if one.needs is None:
        return []
    return [
        f"The milestone target “{short(target.metric, 50)}” is below the {percent(one.needs, 1)} from which a flag pays."
        for judged, target in value_errors.below_break_even(step.charter.value, step.charter.milestones)
        if judged.row.id == one.row.id
    ]


def _number(one: value_errors.JudgedErrors, stakes: decision.ErrorStakes) -> Html:
    """For a predicted number: what errors cost today and with the model, and below which error it pays."""
    row, code = one.row, one.row.currency
    errors = (("Errors cost today, a month", row.average_error_today), ("With the model", row.average_error))
    told = [(label, iso.about(stakes.cost(error), code)) for label, error in errors if error is not None]
    if row.average_error_today is not None:
        limit = stakes.break_even(row.average_error_today)
        told.append(("The model pays below an error of", "no error at all" if limit is None else figure(limit)))
    return markup.facts(told)
