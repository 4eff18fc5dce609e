"""The verdict: what speaks for an idea and against it as cards, then what follows from it in a sentence, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.parts import here, markup, notices, times
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping import editing
from scoping.feasibility.board import QUESTIONS, TOLD, WORDS, Board, Card, board
from scoping.feasibility.flips import Flip
from scoping.feasibility.ruling import RULES
from scoping.feasibility.verdict import Judged, untied, verdicts
from scoping.feasibility.weighing import Strength
from scoping.merge import Edit, added
from scoping.places import Place
from scoping.sections import solutions
from scoping.sections.feasibility import SECTION, Check, Opinion, Verdict
from scoping.signing.feasibility import HOPE
from scoping.words import count, day_words, short

CHANGES_AT_MOST = 4
RULED = "From the evidence: "
"""How a reason begins that was taken over from here."""
_LOOKS: dict[Strength, markup.Look] = {Strength.MEASURED: "yes", Strength.PILOT: "yes", Strength.OPINION: "guess"}


def show(step: Step) -> None:
    """One idea with its evidence and its verdict; of several, the chosen one first."""
    today = times.today()
    judged = step.project.once(("verdicts", today), lambda p: verdicts(p.charter, today))
    if not judged:
        markup.show(
            markup.empty("Ideas are judged here by the evidence about them.", step.link(Place("solutions"), "Collect ideas"))
        )
        return
    one = _pick(step, judged)
    said = _team_says(step, one)
    markup.show(step.project.once(("verdict", today, one.solution.id), lambda _: _told(step, judged, one, said)))
    if not (said and said.opinion is one.ruling.opinion):
        _take_over_button(step, one)


def _told(step: Step, judged: tuple[Judged, ...], one: Judged, said: Verdict | None) -> Html:
    pieces = (_sides(step, board(step.charter, one)), _so(step, one, said), _other_ideas(step, judged, one), _foot(step, one))
    return Html("".join(pieces))


def _pick(step: Step, judged: tuple[Judged, ...]) -> Judged:
    """The idea to look at: the chosen one at first."""
    if len(judged) == 1:
        return judged[0]
    one = solutions.chosen(step.charter.solutions)
    titles = {j.solution.id: j.solution.title for j in judged}
    picked = st.selectbox(
        "Idea",
        list(titles),
        index=list(titles).index(one.id) if one else 0,
        format_func=lambda i: titles.get(i, ""),
        key=step.key("idea"),
    )
    return next((j for j in judged if j.solution.id == picked), judged[0])


# Cards


def _sides(step: Step, sides: Board) -> Html:
    mixed = _side(step, "Speaks both ways", "swap_horiz", sides.both) if sides.both else ""
    unweighed = _side(step, "Not weighed yet", "balance", sides.unweighed) if sides.unweighed else ""
    left = _side(step, "Speaks for it", "thumb_up", sides.speaks_for)
    right = _side(step, "Speaks against it", "thumb_down", sides.against)
    return Html(
        f'<div class="two"><section>{left}{mixed}</section><section>{right}{unweighed}{_unknown(step, sides.unknown)}</section></div>'
    )


def _side(step: Step, title: str, symbol: str, cards: Iterable[Card]) -> Html:
    drawn = [_card(step, c) for c in cards]
    head = f'<h2 class="side">{markup.icon(symbol)}{markup.text(title)} <span class="meta">{len(drawn)}</span></h2>'
    return Html(f"{head}{markup.cards(drawn) if drawn else markup.note('Nothing yet.')}")


def _card(step: Step, card: Card) -> Html:
    place = Place("feasibility", card.list, card.record) if card.list else Place("feasibility", "", "", "resembles")
    chip = markup.chip(TOLD[card.kind], _LOOKS.get(card.kind, "")) if card.kind else markup.chip("how strong?", "open")
    weight = (
        step.link(Place("feasibility", card.list, card.record, "speaks"), "Weigh it")
        if card.dashes is None
        else _weight(card.dashes)
    )
    return markup.card(
        card.title,
        *([markup.note(card.about)] if card.about else []),
        *([Html(f'<p class="meta"><b>Counts less:</b> {markup.text(card.less)}</p>')] if card.less else []),
        Html(f'<div class="row between">{chip}{weight}</div>'),
        href=step.href(place),
        look="guess" if card.kind is Strength.OPINION or card.dashes in (None, 0) else "",
    )


def _weight(dashes: int) -> Html:
    drawn = "".join('<i class="f"></i>' if n < dashes else "<i></i>" for n in range(3))
    return Html(f'<span class="row meta"><span class="wt" aria-hidden="true">{drawn}</span>{WORDS[dashes]}</span>')


def _unknown(step: Step, checks: Iterable[Check]) -> Html:
    """The checks that fit the idea and of which there is no more than opinion."""
    rows = [
        f"<p>{markup.text(QUESTIONS[check])} {step.link(_way_to(check), 'Measure it' if check in (Check.HLP, Check.FEATURES) else 'Write it down')}"
        f" · {step.link(Place('feasibility', 'hypotheses'), 'Plan a test')}</p>"
        for check in checks
    ]
    head = f'<h2 class="side">{markup.icon("radio_button_unchecked")}Nobody knows yet</h2>'
    return Html(f"{head}{''.join(rows)}" if rows else "")


def _way_to(check: Check) -> Place:
    lists = {Check.HISTORY: "history", Check.BENCHMARK: "benchmarks"}
    return Place("feasibility", lists.get(check, "measurements"))


# What follows


def _so(step: Step, one: Judged, said: Verdict | None) -> Html:
    left = (
        markup.note("So, from the evidence above"),
        markup.result(one.ruling.sentence),
        markup.lead(one.ruling.reason),
        _team(step, one, said),
    )
    return Html(f'<div class="so"><section>{"".join(left)}</section><section>{_changes(step, one)}</section></div>')


def _team(step: Step, one: Judged, said: Verdict | None) -> Html:
    """The team's own verdict beside that of the evidence, and whether the two contradict each other."""
    if said is None or said.opinion is None:
        place = Place("feasibility", "verdicts", said.id, "opinion") if said else Place("feasibility", "verdicts")
        return Html(f"<p>{markup.unknown('The team has not said yet whether it can work.', step.href(place))}</p>")
    who = f", {said.decided_by.strip()}" if said.decided_by.strip() else ""
    when = f", {day_words(said.decided_on)}" if said.decided_on else ""
    words = f"The team says: {said.opinion.label.lower()}{who}{when}."
    link = step.link(Place("feasibility", "verdicts", said.id), "Look at it")
    if said.opinion is one.ruling.opinion:
        return Html(f"<p>{markup.text(f'{words} That fits the evidence.')} {link}</p>")
    hopes = HOPE.index(said.opinion) > HOPE.index(one.ruling.opinion)
    told = "promises more than the evidence carries" if hopes else "is more careful than the evidence asks for, which is its right"
    return markup.banner(f"{words} The team {told}.", link, calm=not hopes)


def _changes(step: Step, one: Judged) -> Html:
    new = [f for f in one.flips if f.days is not None]
    shown, more = new[:CHANGES_AT_MOST], [f for f in one.flips if f not in new[:CHANGES_AT_MOST]]
    if not one.flips:
        return markup.note("No single piece of evidence would change this.")
    head = "What would change it, fewest days of work first"
    rows = "".join(_change(step, f) for f in shown)
    others = (
        markup.fold(
            f"{count(len(more), 'other change')}", Html(f'<ul class="steps">{"".join(_change(step, f) for f in more[:30])}</ul>')
        )
        if more
        else ""
    )
    rule = markup.note("Days as planned where a test is planned, else as a rule of thumb; money follows the days.")
    return Html(f'{markup.note(head)}<ul class="steps">{rows}</ul>{rule}{others}')


def _change(step: Step, flip: Flip) -> str:
    then = f"becomes “{flip.to.label.lower()}”" + (f", otherwise “{flip.otherwise.label.lower()}”" if flip.otherwise else "")
    what = markup.text(f"If {flip.sentence[0].lower()}{flip.sentence[1:]}")
    if flip.record:
        what = step.link(Place("feasibility", "hypotheses", flip.record), f"If {flip.sentence}")
    return f'<li><span>{what}<br><span class="mute">{markup.text(then)}</span></span><span class="n">{_days(flip.days)}</span></li>'


def _days(days: float | None) -> str:
    if days is None:
        return ""
    return "half a day" if days == 0.5 else "under a day" if days < 1 else count(f"{days:g}", "day")


def _other_ideas(step: Step, judged: tuple[Judged, ...], one: Judged) -> Html:
    """What the evidence and the team say of the other ideas."""
    others = [j for j in judged if j is not one]
    if not others:
        return Html("")
    rows = [
        (
            j.solution.title,
            j.ruling.sentence,
            said.opinion.label if (said := _team_says(step, j)) and said.opinion else "not said yet",
        )
        for j in others
    ]
    return markup.fold(count(len(others), "other idea"), markup.table(("Idea", "From the evidence", "The team says"), rows))


def _foot(step: Step, one: Judged) -> Html:
    """What was left out, and the rules for those who ask."""
    left = [markup.text(why) for why in one.ignored]
    if loose := untied(step.charter):
        names = ", ".join(f"“{short(row.title, 40)}”" for row in loose[:3])
        more = f" and {len(loose) - 3} more" if len(loose) > 3 else ""
        left.append(markup.text(f"Evidence that names no idea counts for none: {names}{more}."))
    told = markup.fold("What does not count yet", markup.lines(left)) if left else ""
    return Html(f"{told}{markup.fold('How evidence is weighed', markup.lines(markup.text(rule) for rule in RULES.values()))}")


# The team's verdict


def _team_says(step: Step, one: Judged) -> Verdict | None:
    return next((v for v in step.charter.feasibility.verdicts if v.solution == one.solution.id), None)


def _take_over_button(step: Step, one: Judged) -> None:
    st.button(
        "Take this over as the team's verdict",
        key=step.key("take", one.solution.id),
        on_click=_take_over,
        args=(step.project.project_id, step.project.stamp.number, one.solution.id, one.ruling.opinion, one.ruling.reason),
        disabled=step.project.is_archived,
        help="Writes the verdict and its reason into the list below, where the team can change them.",
    )


def _take_over(project: str, seen: int, solution: str, opinion: Opinion, reason: str) -> None:
    charter = here.charter_seen(project, seen)
    row = next((v for v in charter.feasibility.verdicts if v.solution == solution), None)
    ruled = f"{RULED}{reason}"
    if row is None:
        record = editing.new_record(SECTION, "verdicts", here.new_id(), "", solution=solution, opinion=opinion, reason=ruled)
        edits = [added("verdicts", record)]
    else:
        own = row.reason.split(RULED, 1)[0].strip()
        edits = [
            Edit("verdicts", row.id, "opinion", row.opinion, opinion),
            Edit("verdicts", row.id, "reason", row.reason, f"{own}\n{ruled}".strip()),
        ]
    with notices.refusals():
        saved = here.save(project, SECTION.slug, edits, "Verdict from the evidence")
        if saved.conflicts:
            st.toast("Somebody has just changed this verdict. Look at it, then take over again.", icon=":material/group:")
