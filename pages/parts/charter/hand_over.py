"""What goes to the tools that do the work: a row per pack, with what it feeds, what it contains and what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import editors, here, live, markup, steps, times
from pages.parts.charter import exports
from pages.parts.markup import Html
from scoping.export.packs.pack import Files, Lack, Pack
from scoping.export.packs.shelf import PACKS
from scoping.sections.project import SECTION as PROJECT
from scoping.words import count
from storage.opened import Opened

_LINES, _LETTERS = 24, 2_000
"""How much of a file is shown before it is taken."""


def page() -> None:
    """All packs of the open project, which follow what people write."""
    step = editors.opened(PROJECT, "Hand over", part=PROJECT.slug, title="Hand over", whole=True)
    live.follow(step, "packs", _packs)


def _packs(step: here.Step) -> None:
    today = times.today()
    markup.show(step.project.once(("packs", today), lambda project: _page(exports.Told(project=project, today=today))))


def _page(told: exports.Told) -> Html:
    rows = [(pack, pack.make(exports.given(told)), list(pack.lacks(told.project.charter))) for pack in PACKS]
    first = next((lacks[0] for _, files, lacks in rows if files and lacks), None)
    pieces = (
        _next(told.project, first),
        markup.title("Which tools take it from here?"),
        markup.lead(
            "Each pack is written from the charter as it stands. Take it again after a change: its entries keep their names."
        ),
        _everything(told),
        f'<ul class="diffs plain">{"".join(_row(told, *row) for row in rows)}</ul>',
    )
    return Html(f'<div class="comparing">{"".join(pieces)}</div>')


def _next(project: Opened, lack: Lack | None) -> Html:
    said = (
        f"Next: {markup.link(steps.href(project.project_id, lack.place), lack.said)}"
        if lack
        else "Nothing is missing for any tool."
    )
    return Html(f'<div class="next">{markup.icon("arrow_forward")}<span>{said}</span></div>')


def _everything(told: exports.Told) -> Html:
    one = exports.EVERYTHING
    href = exports.href(told.project.project_id, one.name, told.today)
    take = f'<a class="btn p" download href="{markup.text(href)}">{markup.icon("download")}Download everything</a>'
    return markup.row(take, markup.note(one.told))


def _row(told: exports.Told, pack: Pack, files: Files, lacks: Sequence[Lack]) -> Html:
    project, head = told.project, f'<h2>{markup.text(pack.label)}</h2><p class="meta">{markup.text(pack.feeds)}</p>'
    if not files:
        lack = lacks[0] if lacks else Lack("There is nothing to hand over here yet.", pack.start)
        return Html(f"<li>{head}{markup.unknown(lack.said, steps.href(project.project_id, lack.place))}</li>")
    missing = markup.lines(markup.unknown(lack.said, steps.href(project.project_id, lack.place)) for lack in lacks)
    href = exports.href(project.project_id, pack.name, told.today)
    take = f'<a class="btn" download href="{markup.text(href)}">{markup.icon("download")}Download</a>'
    inside = f"Look inside: {count(len(files), 'file')}"
    use = f'<p class="meta">Then: <code>{markup.text(pack.use)}</code></p>'
    return Html(
        f'<li><div class="dhead"><div class="grow">{head}</div>{take}</div><p>{markup.text(pack.told(project.charter))}</p>'
        f"{missing if lacks else ''}{markup.fold(inside, use + _inside(files))}</li>"
    )


def _inside(files: Files) -> str:
    return "".join(f"<h3>{markup.text(path)}</h3>{_beginning(content)}" for path, content in files.items())


def _beginning(content: str | bytes) -> str:
    if isinstance(content, bytes):
        return markup.note(f"{count(len(content), 'byte')}, not to be read by people.")
    lines = content[:_LETTERS].splitlines()[:_LINES]
    left = content.count("\n") - len(lines)
    more = markup.note(f"and {count(left, 'line')} more") if left > 0 else ""
    return f'<pre tabindex="0" dir="auto">{markup.text(chr(10).join(lines))}</pre>{more}'
