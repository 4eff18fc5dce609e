"""The log of decisions: what was decided, by whom and why; most of it is told from where it stands."""

from __future__ import annotations

from pages.parts import here, markup, steps
from pages.parts.charter import records
from pages.parts.markup import Html
from scoping.section import spelt
from scoping.signing.decisions import Decided, Kind, decided
from scoping.words import capital
from storage.opened import Opened


def told(step: here.Step) -> None:
    """All decisions, newest first, each with the link to where it is written."""
    found = decided(step.project.charter, records.chosen(here.store(), step.project))
    if not found:
        markup.show(markup.note("Verdicts, gates, rejected ideas and accepted risks arrive here by themselves."))
        return
    elsewhere = sum(d.kind is not Kind.OWN for d in found)
    note = (
        f"{capital(spelt(elsewhere))} of them {'is' if elsewhere == 1 else 'are'} told from where they stand in the charter."
        if elsewhere
        else ""
    )
    rows = "".join(f"<li>{_decision(step.project, d)}</li>" for d in found)
    markup.show(
        markup.heading("All decisions, newest first"), markup.note(note) if note else "", f'<ol class="log plain">{rows}</ol>'
    )


def _decision(project: Opened, d: Decided) -> Html:
    meta = " · ".join(filter(None, (d.kind.value, d.who_and_when, f"version {d.version}" if d.version else "")))
    facts = [("Because", d.reasons), ("What else was possible", d.options), ("Decided anew when", d.reopened_if)]
    rows = "".join(
        f'<div><dt>{label}</dt><dd dir="auto">{markup.text(words.strip())}</dd></div>' for label, words in facts if words.strip()
    )
    href = steps.href(project.project_id, d.place)
    title = f'<a class="go t" href="{markup.text(href)}"><span dir="auto">{markup.text(d.what.strip())}</span></a>'
    return Html(f'{title}<p class="meta">{markup.text(meta)}</p>{f"<dl>{rows}</dl>" if rows else ""}')
