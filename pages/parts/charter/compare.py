"""Two moments of a charter beside each other: first in a sentence, then chapter by chapter what was and what is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from pages.parts import editors, here, live, markup, steps, times
from pages.parts.addresses import COMPARISON_URL
from pages.parts.charter import moments, signing
from pages.parts.charter.moments import FROM_PARAM, NOW, TO_PARAM, Between, Moment
from pages.parts.markup import Html
from scoping.comparison.change import Change, What
from scoping.comparison.pieces import Fate, Piece
from scoping.comparison.summary import summary
from scoping.errors import UnknownProjectError
from scoping.section import spelt
from scoping.sections.project import SECTION as PROJECT
from scoping.version import Version
from scoping.words import capital, count, day_words, in_a_row, isolated, short
from storage.opened import Opened

ALL_PARAM = "all"
"""Names in the address that everything is wanted, beside what matters to sign."""
_FOLDED_FROM = 30
"""Changes from which on chapters are folded."""
_FACTS = 4
_FILES = (("html", "Printable page"), ("md", "Markdown"), ("xlsx", "Excel"))
_MARKS = {Fate.KEPT: "{}", Fate.ADDED: "<ins>{}</ins>", Fate.REMOVED: "<del>{}</del>"}


def page() -> None:
    """The comparison that the address names."""
    step = editors.opened(PROJECT, "Compare", part=PROJECT.slug, title="Compare", whole=True)
    live.follow(step, "compare", _comparing)
    live.view("acts", step.key("acts"), step.project.project_id)


def _comparing(step: here.Step) -> None:
    project, store = step.project, here.store()
    versions = moments.offered(store, project)
    newer = st.query_params.get(TO_PARAM, NOW)
    older = st.query_params.get(FROM_PARAM, "") or moments.usual(versions, project.stamp.number)
    try:
        found = moments.between(store, project, older, newer)
    except UnknownProjectError as error:
        usual = _href(project, moments.usual(versions, project.stamp.number), NOW)
        markup.show(
            markup.title("Nothing to compare"),
            markup.empty(f"{error.message} {error.hint}", markup.link(usual, "Compare with now")),
        )
        return
    is_all = st.query_params.get(ALL_PARAM, "") == "1"
    markup.show(_page(project, found, versions, is_all=is_all))


def _page(project: Opened, found: Between, versions: Sequence[Version], *, is_all: bool) -> Html:
    comparison = found.comparison
    shown = comparison.changes if is_all else comparison.of_terms
    now = project.figures if found.newer.charter is project.charter else None
    said = markup.lead(summary(comparison, now)) if comparison.changes else ""
    told = _chapters(project, found, shown) if shown else _nothing(project, found, is_all=is_all)
    return Html(
        f'<div class="comparing">{markup.title(_title(found, is_all=is_all))}{_choice(project, found, versions)}{said}'
        f"{_seg(project, found, is_all=is_all)}{told}{_untouched(found) if not is_all else ''}{_foot(project)}</div>"
    )


def _title(found: Between, *, is_all: bool) -> str:
    comparison = found.comparison
    if not comparison.changes:
        return "Nothing changed"
    if is_all:
        return f"{capital(spelt(len(comparison.changes)))} {'change' if len(comparison.changes) == 1 else 'changes'}"
    number = len(comparison.of_terms)
    if not number:
        return "Nothing changed that matters to sign"
    return f"{capital(spelt(number))} {'change matters' if number == 1 else 'changes matter'} to sign"


# What is compared


def _choice(project: Opened, found: Between, versions: Sequence[Version]) -> Html:
    older, newer = found.older, found.newer
    from_ = _pick(older, "Compared from", [(k, w, _href(project, k, newer.key)) for k, w in _offers(project, older, versions)])
    to = _pick(newer, "Compared to", [(k, w, _href(project, older.key, k)) for k, w in _offers(project, newer, versions)])
    arrow = f'<span class="dir">{markup.icon("arrow_forward")}</span>'
    return Html(f'<div class="row moments">{from_}{arrow}{to}{_files(project, found)}</div>')


def _offers(project: Opened, chosen: Moment, versions: Sequence[Version]) -> Iterator[tuple[str, str]]:
    """Keys and words of what can be chosen. A revision that is looked at is among them; others are found in the history."""
    yield NOW, f"Now, {times.moment(project.stamp.at)}"
    for one in versions:
        yield str(one.number), _version_words(one)
    if chosen.key != NOW and chosen.version is None:
        yield chosen.key, _words(chosen)
    elif versions or project.stamp.number > 1:
        yield moments.of_revision(1), "As it began"


def _words(moment: Moment) -> str:
    if moment.version:
        return _version_words(moment.version)
    if moment.key == NOW:
        return f"Now, {times.moment(moment.at)}"
    return "As it began" if moment.revision == 1 else f"Change {moment.revision}, {times.moment(moment.at)}"


def _version_words(version: Version) -> str:
    return f"Version {version.number}, {day_words(times.local(version.at).date())}" + (
        f", {isolated(short(version.name, 60))}" if version.name else ""
    )


def _pick(chosen: Moment, label: str, offers: Sequence[tuple[str, str, str]]) -> Html:
    """A choice among addresses, which works without any program."""
    rows = "".join(
        f'<li><a class="item go" href="{markup.text(href)}"{" aria-current=true" if key == chosen.key else ""}><span>{markup.text(words)}</span></a></li>'
        for key, words, href in offers
    )
    return Html(
        f'<details class="pop pick" name="moment"><summary class="btn" aria-label="{label}: {markup.text(_words(chosen))}">'
        f'{markup.text(_words(chosen))}{markup.icon("expand_more")}</summary><ul class="offer">{rows}</ul></details>'
    )


def _files(project: Opened, found: Between) -> Html:
    params = urlencode({FROM_PARAM: found.older.key, TO_PARAM: found.newer.key, "today": times.today().isoformat()})
    rows = "".join(
        f'<li><a class="item" download href="{markup.text(COMPARISON_URL.format(project=project.project_id, kind=kind))}?{markup.text(params)}">'
        f"<b>{label}</b></a></li>"
        for kind, label in _FILES
    )
    return Html(
        f'<details class="pop pick send" name="moment"><summary class="btn">{markup.icon("download")}As a file to send</summary>'
        f'<ul class="offer">{rows}</ul></details>'
    )


def _href(project: Opened, older: str, newer: str, *, is_all: bool = False) -> str:
    return moments.href(project, older, newer, **({ALL_PARAM: "1"} if is_all else {}))


def _seg(project: Opened, found: Between, *, is_all: bool) -> str:
    comparison = found.comparison
    if not comparison.changes:
        return ""
    ways = [("What matters to sign", len(comparison.of_terms), False), ("Everything", len(comparison.changes), True)]
    links = "".join(
        f'<a class="go" href="{markup.text(_href(project, found.older.key, found.newer.key, is_all=wanted))}"'
        f"{' aria-current=true' if wanted is is_all else ''}>{label} {number}</a>"
        for label, number, wanted in ways
    )
    left = len(comparison.changes) - len(comparison.of_terms)
    apart = left - comparison.slight
    told = [f"{count(comparison.slight, 'change')} of order or spacing"] if comparison.slight else []
    told += [f"{count(apart, 'change')} that no signature is about"] if apart else []
    are = "is" if left == 1 else "are"
    note = f'<span class="meta">{in_a_row(told)} {are} left out</span>' if told and not is_all else ""
    return f'<div class="row"><div class="seg" role="group" aria-label="What is shown">{links}</div>{note}</div>'


# What differs


def _nothing(project: Opened, found: Between, *, is_all: bool) -> Html:
    if found.comparison.changes and not is_all:
        every = _href(project, found.older.key, found.newer.key, is_all=True)
        return markup.empty("Whoever signed has nothing to read anew.", markup.link(every, "Show everything"))
    if found.older.charter is found.newer.charter or found.older.key == found.newer.key:
        return markup.empty("Both sides are the same moment. Choose another one above.")
    return markup.empty("Word for word the same.")


def _chapters(project: Opened, found: Between, shown: Sequence[Change]) -> str:
    by_chapter = [(name, list(changes)) for name, changes in groupby(shown, key=lambda c: c.chapter)]
    is_folded = len(shown) > _FOLDED_FROM and len(by_chapter) > 1
    return "".join(_chapter(project, found, name, changes, is_folded=is_folded) for name, changes in by_chapter)


def _chapter(project: Opened, found: Between, name: str, changes: Sequence[Change], *, is_folded: bool) -> str:
    entries = groupby(
        changes, key=lambda c: (c.place.part, c.place.list, c.place.record, c.place.field if not c.place.record else "")
    )
    told = "".join(_entry(project, found, list(some)) for _, some in entries)
    if is_folded:
        head = f'{markup.text(name)} <span class="meta">{count(len(changes), "change")}</span>'
        return (
            f'<details class="fold chapter"><summary><span class="t">{head}</span></summary><ul class="diffs">{told}</ul></details>'
        )
    return f'<section><h2>{markup.text(name)}</h2><ul class="diffs">{told}</ul></section>'


def _entry(project: Opened, found: Between, changes: Sequence[Change]) -> str:
    """All that changed in one record, or in one question of the part itself."""
    first = changes[0]
    is_there = first.what is not What.REMOVED
    title = markup.words(first.entry) if first.entry else markup.text(first.asked)
    head = markup.link(steps.href(project.project_id, first.place), title) if is_there else title
    what = {What.ADDED: markup.chip("added", "yes"), What.REMOVED: markup.chip("removed", "no")}.get(first.what, "")
    kind = f' <span class="meta">{markup.text(first.asked)}</span>' if what else ""
    told = "".join(_told(change, is_named=bool(first.entry)) for change in changes)
    return f'<li><div class="dhead"><h3>{head}{kind} {what}</h3>{_who(found, changes)}</div>{told}</li>'


def _who(found: Between, changes: Sequence[Change]) -> str:
    """Who changed it last, and when."""
    made = [revision for change in changes if (revision := found.last.get(change))]
    if not made:
        return ""
    last = max(made, key=lambda revision: revision.number)
    name = markup.words(last.by) if last.by else "Somebody"
    return f'<span class="row meta by">{markup.avatar(last.by, "s")}<span>{name}, {day_words(times.local(last.at).date())}</span></span>'


def _told(change: Change, *, is_named: bool) -> str:
    label = f'<span class="label">{markup.text(change.asked)}</span>' if is_named and change.what is What.CHANGED else ""
    why = f'<p class="meta" dir="auto">Why: {markup.text(change.why)}</p>' if change.why else ""
    return f"<div>{label}{_body(change)}{why}</div>"


def _body(change: Change) -> str:
    if change.what is What.MOVED:
        return f'<p dir="auto">{markup.text(change.after)}</p>'
    if change.facts:
        return _facts(change)
    if change.pieces:
        return f'<p class="text" dir="auto">{"".join(map(_piece, change.pieces))}</p>'
    after = f"<ins>{markup.text(change.after)}</ins>" if change.after else '<span class="mute">no answer any more</span>'
    before = f"<del>{markup.text(change.before)}</del> " if change.before else ""
    apart = f' <span class="meta">{markup.text(change.difference)}</span>' if change.difference else ""
    if change.is_text and change.before and change.after:
        return f'<p class="text" dir="auto">{before}</p><p class="text" dir="auto">{after}</p>'
    return f'<p class="text" dir="auto">{before}{after}{apart}</p>'


def _piece(piece: Piece) -> str:
    """Words with their mark, the blanks before them outside of it."""
    words = piece.words.lstrip()
    blanks = piece.words[: len(piece.words) - len(words)]
    return markup.text(blanks) + (_MARKS[piece.fate].format(markup.text(words)) if words else "")


def _facts(change: Change) -> str:
    """What an entry holds or held; its title stands above."""
    rows = [(label, said) for label, said in change.facts if said != change.entry]
    told = "".join(
        f'<div><dt>{markup.text(label)}</dt><dd dir="auto">{markup.text(said)}</dd></div>' for label, said in rows[:_FACTS]
    )
    rest = "".join(
        f'<div><dt>{markup.text(label)}</dt><dd dir="auto">{markup.text(said)}</dd></div>' for label, said in rows[_FACTS:]
    )
    more = markup.fold(f"{count(len(rows) - _FACTS, 'more answer')}", _held(rest)) if rest else ""
    return f"{_held(told)}{more}" if told else ""


def _held(rows: str) -> str:
    return f'<div class="log"><dl>{rows}</dl></div>'


def _untouched(found: Between) -> str:
    """What somebody who signed the older one need not read anew."""
    names = found.comparison.untouched
    if not (names and found.comparison.of_terms):
        return ""
    said = f"{in_a_row([f'“{name}”' for name in names])} {'stands' if len(names) == 1 else 'stand'} as {'it' if len(names) == 1 else 'they'} did."
    return markup.banner(said, calm=True)


def _foot(project: Opened) -> str:
    charter = f"charter?{steps.PROJECT_PARAM}={project.project_id}"
    return f'{signing.signed(project)}<div class="row">{signing.button(project)}<a class="btn q go" href="{charter}"><span>Back to the charter</span></a></div>'
