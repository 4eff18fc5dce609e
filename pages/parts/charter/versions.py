"""The versions of a charter, beside it: each can be compared with now and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import markup, times
from pages.parts.charter import exports, moments
from pages.parts.markup import Html
from scoping.sections.project import SignAnswer
from scoping.signing.signatures import called
from scoping.version import Version
from scoping.words import day_words, in_a_row, isolated, short
from storage.opened import Opened

_SHOWN, _NAME = 8, 40


def listed(project: Opened, versions: Sequence[Version]) -> Html:
    """The versions, newest first; what a version is for where there is none."""
    if not versions:
        said = "A version stays as it is, whatever changes later. Keep one before a meeting, or when something is decided."
        return Html(f'<section class="versions"><h2>Versions</h2><p class="meta">{said}</p></section>')
    rows = [f"<li>{_version(project, version, versions)}</li>" for version in versions]
    first, rest = "".join(rows[:_SHOWN]), "".join(rows[_SHOWN:])
    more = markup.fold(f"{len(versions) - _SHOWN} more", f"<ul>{rest}</ul>") if rest else ""
    return Html(f'<section class="versions"><h2>Versions</h2><ul>{first}</ul>{more}</section>')


def _name(project: Opened, version: Version, versions: Sequence[Version]) -> str:
    """What it is called, who signed it, and which older one says the same."""
    signed = [
        isolated(short(called(one).split(",", 1)[0], _NAME))
        for one in project.charter.project.signatures
        if one.answered is SignAnswer.SIGNED and one.version == version.number
    ]
    told = [version.name] if version.name else []
    missing = [name for name in signed if name not in version.name]
    if missing:
        told.append(f"{'signed' if told else 'Signed'} by {in_a_row(missing)}")
    older = next((v.number for v in versions if v.number < version.number and v.terms == version.terms), None)
    if older:
        told.append(f"same text as version {older}")
    return ", ".join(told)


def _version(project: Opened, version: Version, versions: Sequence[Version]) -> str:
    number, name = f"<b>{version.number}</b>", markup.words(_name(project, version, versions))
    day = day_words(times.local(version.at).date())
    head = f'<summary aria-label="{markup.text(version.title)}, {day}">{number} <span class="grow">{name}</span><span class="meta">{day}</span></summary>'
    by = f"Kept by {version.by.strip() or 'somebody'}, {times.moment(version.at)}"
    note = f'<p class="meta" dir="auto">{markup.text(version.note)}</p>' if version.note else ""
    compared = markup.link(moments.href(project, str(version.number), moments.NOW), "Compare with now")
    files = "".join(
        f'<a download href="{markup.text(exports.href(project.project_id, e.name, times.today(), version.number))}">{markup.text(e.label)}</a>'
        for e in exports.EXPORTS
        if e.name.startswith("charter.")
    )
    return f'<details name="version">{head}<div class="about">{note}<p class="meta">{markup.text(by)}</p>{compared}<p class="files">{files}</p></div></details>'
