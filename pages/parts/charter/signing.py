"""Beside the charter: who signs it, where each of them stands, and what was changed since somebody signed."""

from __future__ import annotations

from datetime import date

from pages.parts import here, markup, steps
from pages.parts.charter import moments
from pages.parts.markup import Html
from scoping.comparison.change import Change
from scoping.comparison.comparing import compare
from scoping.places import Place, Places
from scoping.sections.project import SECTION as PROJECT
from scoping.signing.conditions import to_sign_words
from scoping.signing.signatures import Signer, Stand, offered
from scoping.words import bare, capital, count, isolated, short
from storage.opened import Opened

_CHANGES = 4
_CHANGE = 90
_ICONS = {Stand.HOLDS: "check_circle", Stand.VOID: "warning", Stand.REFUSED: "close", Stand.CHANGES: "edit"}
_LOOKS = {Stand.HOLDS: "met", Stand.VOID: "warm", Stand.REFUSED: "bad", Stand.CHANGES: "warm"}


def card(project: Opened, today: date) -> Html:
    """Who signs in which role, what is asked of them, and what they wait for."""
    now, overview, signing = project.health(today), project.overview, project.signing
    met = to_sign_words(overview.met)
    who = steps.href(project.project_id, Place(PROJECT.slug, "signatures"))
    if overview.missing:
        lacks = count(len(overview.missing_words), "condition is", "conditions are")
        said = f"{signing.opposed} {met}. Nobody signs a draft: {lacks} not met yet.".strip()
        way = _link(steps.href(project.project_id, Places(project.charter).of(overview.missing[0])), "Do the first one")
    elif not signing.signers:
        said, way = f"{met}. Name one from business and one technical.", Html()
    elif signing.is_done:
        said, way = f"{met}. Everybody has signed.", Html()
    elif not signing.open:
        said, way = f"{met}. {signing.words}", Html()
    elif signing.open[0].stand in (Stand.REFUSED, Stand.CHANGES):
        first = signing.open[0]
        said = f"{signing.opposed} {met}."
        ask = _link(
            steps.href(project.project_id, Place(PROJECT.slug, "signatures", first.id, "remark")), f"See what {_short(first)} asks"
        )
        way = Html(ask + _act("sign", "Sign it after all", "btn q"))
    else:
        said = f"{signing.opposed} {met}. {_next(signing.open[0])} signs version {_number(project)} next.".strip()
        way = Html(_act("sign", "Sign this version", "btn p", "signature") + _act("stop", "Say what stops me", "btn q"))
    people = "".join(f"<li>{_signer(s, is_draft=bool(overview.missing))}</li>" for s in signing.signers)
    named = f'<ul class="ch">{people}</ul>' if people else ""
    edit = "" if project.is_archived or not signing.signers else markup.link(who, "Who signs", "edit")
    ways = "" if project.is_archived else way
    roles = "" if project.is_archived else _roles(project, who)
    return Html(
        f'<section class="card"><h2>Sign-off</h2>{markup.badge(now)}<p>{markup.text(said)}</p>{ways}{named}{roles}{edit}</section>{_since(project)}'
    )


def _roles(project: Opened, who: str) -> str:
    """Roles that can be asked to sign, while too few are."""
    roles = offered(project.charter.project)
    if not roles:
        return ""
    rows = "".join(
        f'<li><span class="grow">{markup.text(one.role)}<span class="meta">{markup.words(one.name) if one.name else "no name yet"}</span></span>'
        f"{_act(f'ask:{one.role}:{one.name}', 'Add', 'btn sm', label=f'Add {one.role}')}</li>"
        for one in roles
    )
    title, own = (
        ("Who else signs?", "") if project.signing.signers else ("Who signs?", markup.link(who, "Add another role", "edit"))
    )
    return f'<h3>{title}</h3><ul class="ch">{rows}</ul>{own}'


def button(project: Opened) -> str:
    """Signing from elsewhere; nothing while it is nobody's turn."""
    me = bare(here.me().split(",", 1)[0])
    is_mine = any(me and me == bare(s.name.split(",", 1)[0]) for s in project.signing.of(Stand.HOLDS))
    if project.is_archived or project.overview.missing or not project.signing.open or is_mine:
        return ""
    return _act("sign", f"Sign version {_number(project)}", "btn p", "signature")


def signed(project: Opened) -> str:
    """Who has signed what the charter says now; "" while nobody has."""
    holders = project.signing.of(Stand.HOLDS)
    told = "; ".join(f"{isolated(short(s.name, 40))} {s.words}" for s in holders)
    return markup.banner(f"{told}.", calm=True) if told else ""


def _number(project: Opened) -> int:
    return here.store().versions.number_of(project.project_id, project.terms)


def readers(project: Opened) -> str:
    """How others come to read it."""
    return "" if project.is_archived else _act("share", "Read-only link", "btn q readers", "link")


def _next(signer: Signer) -> str:
    role = signer.signature.role.strip()
    return isolated(short(signer.name, 40)) + (f", {short(role, 40)}," if role and role != signer.name else "")


def _short(signer: Signer) -> str:
    """By what somebody is called among those who know them."""
    return isolated(signer.name.split(",", 1)[0].split(" ", 1)[0])


def _link(href: str, label: str) -> Html:
    return Html(f'<a class="btn p go" href="{markup.text(href)}"><span>{markup.text(label)}</span></a>')


def _act(does: str, words: str, look: str, symbol: str = "", label: str = "") -> str:
    """A button that does something, see `acts.js`.

    Args:
        label: for people who hear the page, where the words alone do not say it.
    """
    named = f' aria-label="{markup.text(label)}"' if label else ""
    face = f"{markup.icon(symbol) if symbol else ''}<span>{markup.text(words)}</span>"
    return f'<button type="button" class="{look}" data-act="{markup.text(does)}"{named}>{face}</button>'


def _signer(signer: Signer, *, is_draft: bool) -> str:
    one, stand = signer.signature, signer.stand
    said = "will be asked" if is_draft and one.answered is None else signer.words
    symbol = markup.icon(_ICONS[stand]) if stand in _ICONS else ""
    role = f", {markup.words(one.role)}" if one.name.strip() and one.role.strip() else ""
    remark = f'<span class="meta said" dir="auto">“{markup.text(one.remark)}”</span>' if one.remark.strip() else ""
    back = _act(f"back:{one.id}", "Take it back", "linkish") if one.answered else ""
    return (
        f'{markup.avatar(one.name, "s")}<span class="grow">{markup.words(one.name or one.role)}{role}'
        f'<span class="meta state {_LOOKS.get(stand, "")}">{symbol}{markup.text(said)}</span>{remark}{back}</span>'
    )


def _since(project: Opened) -> str:
    """What was changed since those signed whose signatures do not hold any more, and since others answered."""
    stale = [s for s in project.signing.signers if s.signature.version and not s.is_bound]
    if not stale:
        return ""
    latest = max(stale, key=lambda s: s.signature.version or 0)
    number = latest.signature.version or 0
    changes = compare(here.store().versions.charter(project.project_id, number), project.charter).of_terms
    name = latest.name.split(",", 1)[0].split(" ", 1)[0]
    told = {Stand.VOID: "signed"}.get(latest.stand, "answered")
    rows = "".join(f"<li>{markup.words(_sentence(change))}</li>" for change in changes[:_CHANGES])
    href = moments.href(project, str(number), moments.NOW)
    label = "Read it" if len(changes) == 1 else f"Read all {count(len(changes), 'change')}"
    return (
        f'<section class="since"><h2>Changed since {markup.words(name)} {told}</h2>'
        f'<p class="meta">Version {number}, now: {count(len(changes), "change")}.</p><ul>{rows}</ul>{markup.link(href, label)}</section>'
    )


def _sentence(change: Change) -> str:
    what = f"{change.entry}: {change.asked}" if change.entry and change.entry != change.asked else change.asked
    if change.difference:
        return f"{change.chapter}: {short(what, _CHANGE)}, {change.difference}"
    return f"{change.chapter}: {short(capital(what), _CHANGE)} {change.what.value}"
