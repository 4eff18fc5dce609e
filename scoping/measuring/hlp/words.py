"""Human-level performance in words: the headline, what follows from it, and the whole result for charter and workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scoping.blocks import Block, Facts, Missing, Paragraph, Table
from scoping.measuring.hlp.labels import Level
from scoping.numbers.proportions import TOO_FEW
from scoping.section import YesNo
from scoping.sections.feasibility import Truth
from scoping.words import chance, count, in_percent, percent, short

if TYPE_CHECKING:
    from scoping.measuring.hlp.result import Chance, Figure, Person, Result, Settings

CONSISTENT = 0.95
"""Share below which people who label the same thing should first agree on how."""
_POINT = 0.01


def span(seen: Figure) -> str:
    """The interval of a share; says so where there is none."""
    if seen.low is None or seen.high is None:
        return "too little data for an interval"
    return f"{percent(seen.low, 1)} to {percent(seen.high, 1)}"


def shown_share(seen: Figure) -> str:
    """A share with its interval."""
    return seen.problem or "not defined" if seen.value is None else f"{percent(seen.value, 1)} ({span(seen)})"


def shown(seen: Figure) -> str:
    """A coefficient with its interval."""
    if seen.value is None:
        return seen.problem or "not defined"
    if seen.low is None or seen.high is None:
        return f"{seen.value:.2f} (too little data for an interval)"
    return f"{seen.value:.2f} ({seen.low:.2f} to {seen.high:.2f})"


def chance_words(probability: float) -> str:
    """A probability, without the false certainty of 0 and 100 per cent, but for what cannot be: to be right in every case."""
    return chance(probability) if probability else percent(0)


def what(result: Result, settings: Settings) -> str:
    """What the share counts, in a few words."""
    within = f" within {settings.tolerance:g}" if settings.level is Level.NUMERIC and settings.tolerance else ""
    if result.against_truth:
        return f"right{within}"
    return f"like the mean of the others{within}" if settings.level is Level.NUMERIC else "like most others"


def too_few(result: Result) -> bool:
    """Whether there are too few labels to tell anything."""
    return result.judged < TOO_FEW


def headline(result: Result, settings: Settings) -> str:
    """The share with its interval; never a bare figure, and never accuracy without a truth."""
    share = percent(result.share.value or 0.0, 1)
    who = f"{count(result.judged, 'label')} by {count(result.labellers, 'labeller')} on {count(result.judged_items, 'item')}"
    if too_few(result):
        sentence = f"Too few to tell how often people are {what(result, settings)}: {share} of {who} fit anything from {span(result.share)}."
    else:
        sentence = f"People are {what(result, settings)} in {share} ({span(result.share)}) of {who}."
    if not result.against_truth:
        sentence += " This is agreement, not accuracy."
    if result.chance_of_asked is not None and settings.asked is not None and result.against_truth:
        sentence += f" Chance that they reach {in_percent(settings.asked)}: {chance_words(result.chance_of_asked)}."
    return short(sentence, 280)


def remarks(result: Result, settings: Settings) -> list[str]:
    """What the figures mean and what to do next, a sentence or two each, most important first."""
    return [
        *_about_inputs(settings),
        *_about_truth(result, settings),
        *_about_chance(result, settings),
        *_about_target(result, settings),
        *_about_classes(result),
        *_about_people(result),
        *_about_group(result),
        *_about_model(result),
        *result.notes,
    ]


def _about_inputs(settings: Settings) -> Iterator[str]:
    if settings.same_inputs is YesNo.NO:
        yield "People saw more than the model will see, so this says nothing about what a model can reach. Measure again with the model's inputs only."
    elif settings.same_inputs is None:
        yield "Nobody has said yet whether people saw only what the model will see. Find out before this becomes a target."


def _about_truth(result: Result, settings: Settings) -> Iterator[str]:
    if not result.against_truth:
        yield "Without a truth this says how far people agree with each other, which is not how often they are right."
    elif settings.truth_is is None:
        yield "Say whether the truth is an outside fact or another person's label: only an outside fact shows what is possible at best."
    human = settings.truth_is is Truth.HUMAN or not result.against_truth
    if human and (result.share.value or 0.0) < CONSISTENT:
        yield (
            "The labels are other people's, and people differ. First write clearer instructions for the items below and measure again: "
            "more consistent labels raise what people reach and what a model can learn."
        )


def misleads(chance: Chance) -> bool:
    """Whether repeating what is common already seems better than people."""
    return max(chance.commonest, chance.always_same) - chance.two_people >= _POINT


def _about_chance(result: Result, settings: Settings) -> Iterator[str]:
    chance = result.chance
    if chance is None or result.overlap == 0 or not misleads(chance):
        return
    if settings.truth_is is Truth.EXTERNAL and result.against_truth:
        yield (
            f"Compare a model with the truth, not with people's labels: there it would seem {count(_points(chance.gain), 'point')} better than "
            "people only for repeating the commonest answer."
        )
    else:
        best = max(chance.commonest, chance.always_same)
        yield (
            f"Judged by people's labels, “better than people” would mean nothing: two people picked at random agree in {percent(chance.two_people, 1)}, while a model "
            f"that only repeats the commonest answer agrees in {percent(best, 1)}, {count(_points(best - chance.two_people), 'point')} more without "
            "any skill."
        )


def _points(difference: float) -> str:
    return f"{100 * difference:.1f}".removesuffix(".0")


def _about_target(result: Result, settings: Settings) -> Iterator[str]:
    if not result.against_truth:
        return
    supported = (
        "" if too_few(result) else f" These figures support a target of {percent(result.target, 1)}, the lower end of the interval."
    )
    if settings.asked is not None and result.chance_of_asked is not None:
        reached = f"{in_percent(settings.asked)} is asked for, and people reach that with a chance of {chance_words(result.chance_of_asked)}"
        above = result.share.high is not None and settings.asked / 100 > result.share.high
        ends = f": their interval ends at {percent(result.share.high or 0, 1)}" if above else ""
        yield f"{reached}{ends}.{supported}"
    elif supported:
        yield supported.strip()
    width = f"{count(f'{settings.half_width:g}', 'point')}"
    yield (
        f"To know this share to within {width} takes about {count(result.needed, 'independent label')}; "
        f"these {count(result.judged, 'label')} say as much as {result.worth:,.0f}, as labels of one item or by one person are alike."
        if result.worth < 0.95 * result.judged
        else f"To know this share to within {width} takes about {count(result.needed, 'independent label')}; there are {result.judged:,}."
    )


def _about_classes(result: Result) -> Iterator[str]:
    if result.merges:
        best = result.merges[0]
        yield (
            f"“{best.one}” and “{best.other}” are hard to tell apart. Define them better or make them one class: agreement beyond chance "
            f"(alpha) would go from {best.alpha - (best.gain.value or 0):.2f} to {best.alpha:.2f}."
        )
    for fence in result.fences[:1]:
        yield (
            f"{count(fence.items, 'item')} lie on the fence between “{fence.one}” and “{fence.other}” ({percent(fence.share, 1)} of those with three "
            "labels or more). Agree on examples, or allow a class “borderline”."
        )


def _about_people(result: Result) -> Iterator[str]:
    if result.deviating:
        names = ", ".join(p.name for p in result.people if p.deviates)
        is_one = result.deviating == 1
        if result.against_truth:
            verb = "is right less often" if is_one else "are right less often"
        else:
            verb = "agrees less with the others" if is_one else "agree less with the others"
        yield f"{short(names, 120)} {verb} than all the others, beyond chance. Ask what they see or understand differently."


def _about_group(result: Result) -> Iterator[str]:
    group = result.group
    if group is None or result.overlap == 0:
        return
    if group.ties:
        yield f"The majority decides nothing on {count(group.ties, 'item')} without a commonest label."
    if result.against_in_all:
        yield f"On {count(result.against_in_all, 'item')} everybody contradicts the truth. Look whether the truth is wrong or the input does not show it."


def _about_model(result: Result) -> Iterator[str]:
    duel = result.duel
    if duel is None:
        return
    if duel.p >= 0.05:
        verdict = "too little difference to tell who is better"
    else:
        verdict = "the model is better" if duel.model > duel.people else "people are better"
    yield (
        f"On the same {count(duel.items, 'item')} the model is right {count(duel.model, 'time')} and the majority of people {count(duel.people, 'time')}: "
        f"{verdict} (exact McNemar test, p = {duel.p:.2g})."
    )


def facts(result: Result, settings: Settings) -> list[tuple[str, str]]:
    """Agreement in figures, with their names."""
    graded = {Level.NOMINAL: "kinds", Level.ORDINAL: "grades, Krippendorff's own metric", Level.NUMERIC: "numbers"}[settings.level]
    lines = [(f"Krippendorff's alpha ({graded})", shown(result.alpha))]
    if settings.level is Level.NUMERIC:
        lines.append(("Mean difference of two labels", shown(result.difference)))
    else:
        lines = [("Two labels of an item agree", shown_share(result.agreement)), *lines]
        lines += [("Fleiss' kappa", shown(result.kappa)), ("Gwet's AC1", shown(result.ac1))]
        if result.mean_kappa is not None and result.labellers > 2:
            lines.append(
                (
                    f"Cohen's {'weighted ' * (settings.level is Level.ORDINAL)}kappa, mean of {count(result.pairs_in_all, 'pair')}",
                    f"{result.mean_kappa:.2f}",
                )
            )
    if result.self_agreement is not None:
        lines.append(("People agree with themselves", percent(result.self_agreement, 1)))
    return lines


def person_row(person: Person) -> tuple[str, ...]:
    """A labeller in words, under `PEOPLE`."""
    if person.judged < TOO_FEW and person.share.value is not None:
        share = f"too few to tell ({span(person.share)})"
    else:
        share = shown_share(person.share)
    remark = "differs beyond chance" if person.deviates else ""
    mistake = ""
    if person.mistake:
        true, chosen, times = person.mistake
        mistake = f"“{chosen}” for “{true}”, {times:,} times" if times > 1 else f"“{chosen}” for “{true}”, once"
    if person.bias is not None and person.distance is not None:
        mistake = f"off by {person.distance:.3g}, on average {person.bias:+.3g}"
    return person.name, f"{person.labels:,}", share, remark, mistake


def people_headers(result: Result, settings: Settings) -> tuple[str, ...]:
    """What `person_row` tells."""
    return "Labeller", "Labels", f"{what(result, settings).capitalize()} (95 % interval)", "Remark", "Commonest difference"


def group_facts(result: Result) -> list[tuple[str, str]]:
    """What the people say together, and how right that is."""
    group = result.group
    if group is None or result.overlap == 0:
        return []
    lines = [("Items without a commonest label", f"{group.ties:,}")]
    if (majority := group.majority) is not None:
        ties = f"{count(majority.tied, 'tie that includes', 'ties that include')} the truth"
        lines.append(("Majority right", f"{majority.right:,} of {majority.judged:,}, with {ties}"))
        lines.append(("Majority right, ties broken at random", percent(majority.expected / majority.judged, 1)))
    if (model := group.model) is None:
        return [*lines, ("Model of who errs how", group.problem)]
    rounds = f"{count(model.rounds, 'round')}, log-likelihood {model.first:.1f} to {model.last:.1f}"
    lines.append(("Model of who errs how (Dawid and Skene)", rounds if model.settled else f"not settled after {rounds}"))
    if model.right is not None:
        lines.append(("That model right", percent(model.right, 1)))
    lines.append(("That model overrules the majority", count(model.differs, "item")))
    return lines


def given(settings: Settings) -> list[tuple[str, str]]:
    """What people said about the labels."""
    inputs = "not known" if settings.same_inputs is None else settings.same_inputs.label
    lines = [("People saw only what the model will see", inputs), ("Labels are", settings.level.label)]
    lines.append(("The truth is", settings.truth_is.label if settings.truth_is else "not known"))
    if settings.asked is not None:
        lines.append(("Asked for", f"{in_percent(settings.asked)}"))
    return lines


def blocks(result: Result, settings: Settings) -> list[Block]:
    """The whole result."""
    told: list[Block] = [Paragraph(headline(result, settings)), Facts(tuple(given(settings)), "Said about the labels")]
    told += [Paragraph(sentence) for sentence in remarks(result, settings)]
    if result.overlap:
        title = f"Agreement on {count(result.overlap, 'item')} with two labels or more, with 95 % intervals"
        told.append(Facts(tuple(facts(result, settings)), title))
    else:
        told.append(Missing("No item has two labels, so agreement between people cannot be seen."))
    if result.chance and result.overlap:
        told.append(Facts(tuple(chance_rows(result.chance)), "Agreement without any skill"))
    if group := group_facts(result):
        told.append(Facts(tuple(group), "What the people say together"))
    left = result.labellers - len(result.people)
    more = f" ({left:,} with fewer labels not listed)" if left else ""
    told.append(Table(f"Labellers{more}", people_headers(result, settings), tuple(map(person_row, result.people))))
    return [*told, *_class_tables(result), *item_tables(result)]


def chance_rows(chance: Chance) -> list[tuple[str, str]]:
    """People beside models that only know what is common."""
    return [
        ("Two people picked at random agree", percent(chance.two_people, 1)),
        ("A model that gives every item its commonest label agrees", percent(chance.commonest, 1)),
        (f"A model that always says “{chance.always}” agrees", percent(chance.always_same, 1)),
    ]


def _class_tables(result: Result) -> list[Block]:
    told: list[Block] = []
    if result.classes:
        left = result.all_classes - len(result.classes)
        more = f" ({left:,} rarer ones not listed)" if left else ""
        rows = tuple((c.name, percent(c.share, 1), "" if c.agreement is None else percent(c.agreement, 1)) for c in result.classes)
        told.append(Table(f"Classes{more}", ("Class", "Share of the labels", "Another label is the same"), rows))
    if len(result.classes) > 1:
        names = tuple(c.name for c in result.classes)
        counts = tuple((name, *(f"{n:,}" for n in row)) for name, row in zip(names, result.confusion, strict=True))
        title, corner = ("Truth and label", "Truth") if result.against_truth else ("Two labels of one item", "One label")
        told.append(Table(title, (corner, *names), counts))
    if result.merges:
        merged = tuple((m.one, m.other, f"{m.alpha:.2f}", shown(m.gain)) for m in result.merges)
        told.append(Table("Classes worth merging or defining better", ("Class", "And", "Alpha as one", "Gain"), merged))
    if result.pairs:
        pairs = tuple((p.one, p.other, f"{p.items:,}", percent(p.agree, 1), shown(p.kappa)) for p in result.pairs)
        title = f"Pairs of labellers that agree least ({len(pairs)} of {result.pairs_in_all:,})"
        told.append(Table(title, ("Labeller", "And", "Common items", "Agree", "Cohen's kappa"), pairs))
    return told


def item_tables(result: Result) -> list[Table]:
    """Items to talk about; the truth beside them where there is one."""
    told = []
    for title, doubts, in_all in (
        ("Items to discuss first", result.doubts, result.doubts_in_all),
        ("Everybody against the truth", result.against, result.against_in_all),
    ):
        if doubts:
            headers = ("Item", "Said", "Truth") if result.against_truth else ("Item", "Said")
            rows = tuple((d.item, d.said, d.truth)[: len(headers)] for d in doubts)
            told.append(Table(f"{title} ({len(doubts):,} of {in_all:,})", headers, rows))
    return told
