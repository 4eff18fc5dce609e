"""The inventory of data: its three lists with what they hold in all, how good the sources are, contracts, and import from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, here, markup, notices, uploads
from pages.parts.charter import paper
from pages.parts.here import Step
from scoping import answers, currency
from scoping.data_sources import charts, spreadsheet
from scoping.data_sources.inventory import Summary, counts, only, rated, summary
from scoping.errors import WorkbenchError
from scoping.export.contract import file_names, to_contract
from scoping.export.inventory_csv import to_csv
from scoping.measuring.inventory import Result, Settings
from scoping.merge import Clash, Conflict
from scoping.section import question
from scoping.sections.data_sources import DataSources, Source
from scoping.tables.table import Preview
from scoping.words import count, number_words, short
from storage.opened import Opened

PROBLEMS_AT_MOST = 20
COLUMNS_AT_MOST = 60
"""About twice as many as there are questions. Each is a field on the page, so thousands would hold up everybody."""


def show(step: Step) -> None:
    """What all sources hold together; how good they are, contracts for other tools and the import, for whoever opens them."""
    data = step.charter.data_sources
    if data.sources:
        _totals(data)
        if rated(data.sources):
            with folds.fold("How good they are", step.key("quality")) as place:
                if place.open:
                    parts_charts.show(step.key("chart", "quality"), charts.quality, data, None, parts_charts.theme())
        with folds.fold("Cost against amount", step.key("cost")) as place:
            if place.open:
                parts_charts.cost_against_amount(step)
    with st.container(horizontal=True):
        _contracts(step, data.sources)
        _import(step)


def _totals(data: DataSources) -> None:
    """What is known in all and by list; what is not known stands beside it and is in no sum."""
    lists = [(name.label, summary(only(data, name))) for name in counts(data)]
    rows = [_row(name, found) for name, found in lists if found.sources]
    found = summary(data)
    if len(rows) > 1:
        rows.append(_row("All together", found))
    head = ("List", "Sources", "Known amount", "Known cost", "Slowest")
    open_ends = (
        (found.unmeasured, "without an amount"),
        (found.unpriced, "without a cost"),
        (found.timeless, "without a time"),
        (found.unrated, "not rated on every dimension"),
    )
    lacks = [f"{number} {words}" for number, words in open_ends if number]
    note = [markup.note(f"Of {found.sources}: {', '.join(lacks)}. What is not known is in no sum.")] if lacks else []
    markup.show(markup.stack(markup.table(head, rows, total=len(rows) > 1), *note))


def _row(name: str, found: Summary) -> tuple[str, ...]:
    amounts = ", ".join(f"{number_words(amount)} {unit}".strip() for unit, amount in found.amounts.items())
    costs = ", ".join(currency.words(minor, code) for code, minor in found.costs.items())
    days = "–" if found.days is None else count(found.days, "day")
    return name, f"{found.sources}", amounts or "–", costs or "–", days


def _words(source: Source, name: str) -> str | None:
    if name in source.unknown:
        return answers.UNKNOWN_WORDS
    said = answers.words(question(Source, name), getattr(source, name), source.currency)
    return f"{said} {source.unit}".strip() if said and name == "amount" else said or None


# Contracts


def _contracts(step: Step, sources: Sequence[Source]) -> None:
    """One contract to download, or all of them."""
    if not sources:
        return
    titles = answers.told_apart({s.id: s.title for s in sources})
    with st.popover("Data contracts", icon=":material/contract:", key=step.key("contracts"), on_change="rerun") as place:
        if not place.open:
            return
        st.caption(
            "A file for each source that data catalogues and quality tools read (Open Data Contract Standard, YAML). "
            "What is not answered yet is absent and listed as open."
        )
        picked = st.selectbox("Source", list(titles), format_func=lambda i: titles.get(i, ""), key=step.key("contract", "source"))
        source = next((s for s in sources if s.id == picked), sources[0])
        st.download_button(
            "This contract",
            partial(_contract, step.project, source),
            _name(source),
            "application/yaml",
            on_click="ignore",
            key=step.key("contract", "one"),
            type="tertiary",
        )
        paper.contracts_download(step.project)


def _contract(project: Opened, source: Source) -> str:
    return to_contract(
        project.charter, source, project=project.project_id, revision=project.stamp.number, saved_at=project.stamp.at
    )


def _name(source: Source) -> str:
    return file_names([source])[0]


# Import


def _import(step: Step) -> None:
    with st.popover("Import from a spreadsheet", icon=":material/upload_file:", key=step.key("import"), on_change="rerun") as box:
        if not box.open:
            return
        for sentence in st.session_state.pop(step.key("import", "said"), ()):
            st.markdown(notices.plain(sentence))
        _form(step)
        done = uploads.measured(
            step,
            "inventory",
            _ask,
            intro="One row per source, with headings. Nothing is saved before you have seen what would change.",
            action="Look at the rows",
            keeps=False,
        )
        if done:
            _dry_run(step, done.file_name, done.settings, done.result)


def _form(step: Step) -> None:
    """What is here as a spreadsheet, to be edited there and brought back; an empty one to begin with."""
    sources = step.charter.data_sources.sources
    st.download_button(
        "Download this inventory (CSV)" if sources else "Download an empty form (CSV)",
        partial(to_csv, sources),
        "Inventory.csv",
        "text/csv",
        key=step.key("import", "form"),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _ask(preview: Preview, guessed: Settings) -> Settings | None:
    """Which column answers which question."""
    if len(preview.names) > COLUMNS_AT_MOST:
        st.warning(
            f"The table has {count(len(preview.names), 'column')}; an inventory has {COLUMNS_AT_MOST} at most. "
            "Keep those that describe the sources, and choose the file again.",
            icon=":material/warning:",
        )
        return None
    labels = {"": "Is not read", **{spec.name: spec.label for spec in spreadsheet.fields()}}
    field_of = {column: field for field, column in guessed.columns.items()}
    chosen: dict[str, str] = {}
    columns = st.columns(3)
    for place, name in enumerate(preview.names):
        with columns[place % len(columns)]:
            field = st.selectbox(
                notices.plain(f"“{name}”"),
                list(labels),
                index=list(labels).index(field_of.get(name, "")),
                format_func=lambda i: labels.get(i, ""),
                key=uploads.key(f"column{place}"),
            )
        if field:
            chosen[name] = field
    if left := [name for name in preview.names if name not in chosen]:
        st.caption(f"Not read: {notices.plain(', '.join(f'“{short(name, 60)}”' for name in left))}.")
    if twice := spreadsheet.names_twice(chosen):
        st.warning(
            f"Two columns are to answer {notices.plain(' and '.join(twice))}. Choose one for each.", icon=":material/warning:"
        )
        return None
    if spreadsheet.NAME not in chosen.values():
        st.warning("Choose the column that names the sources.", icon=":material/warning:")
        return None
    return Settings(columns={field: column for column, field in chosen.items()})


def _dry_run(step: Step, file_name: str, settings: Settings, result: Result) -> None:
    """What the rows would add and change, and the button that does it."""
    money = str(step.charter.project.currency)
    found = spreadsheet.dry_run(settings.columns, [dict(row) for row in result.rows], step.charter.data_sources, money, here.new_id)
    _problems(found.problems)
    for remark in found.remarks[:PROBLEMS_AT_MOST]:
        st.caption(notices.plain(remark))
    if (more := len(found.remarks) - PROBLEMS_AT_MOST) > 0:
        st.caption(f"And {count(more, 'more cell was', 'more cells were')} taken as not answered.")
    if found.same:
        st.caption(
            f"{count(len(found.same), 'source')} of the file {'are' if len(found.same) > 1 else 'is'} here already, with the same answers."
        )
    if found.new:
        st.markdown(f"**{count(len(found.new), 'source')} to add**")
        read = [spec for spec in spreadsheet.fields() if spec.name in settings.columns and spec.name not in ("unit", "currency")]
        _rows({spec.label: _words(source, spec.name) for spec in read} for source in found.new)
    updated = _updates(step, found)
    if not found.new and not found.changes:
        st.markdown("Nothing in the file is new.")
        return
    st.button(
        f"Add {len(found.new)} and update {len(updated)}",
        type="primary",
        key=step.key("import", "take"),
        disabled=step.project.is_archived or not (found.new or updated),
        on_click=_take,
        args=(step, found, file_name),
    )


def _problems(problems: Sequence[str]) -> None:
    if not problems:
        return
    told = [
        *problems[:PROBLEMS_AT_MOST],
        *([f"And {len(problems) - PROBLEMS_AT_MOST} more."] if len(problems) > PROBLEMS_AT_MOST else []),
    ]
    st.warning("  \n".join(map(notices.plain, told)), icon=":material/error:", title="Not taken over")


def _rows(rows: Iterable[dict[str, Any]]) -> None:
    told = list(rows)
    if told:
        markup.show(markup.table([*told[0]], [[cell or "" for cell in row.values()] for row in told]))


def _updates(step: Step, found: spreadsheet.DryRun) -> list[str]:
    """The sources to update: all of them unless somebody takes some out."""
    if not found.changes:
        return []
    st.markdown(f"**{count(len(found.changes), 'source')} with other answers than here**")
    _rows(
        {"Source": change.source.title, "Question": label, "Now": now, "In the file": then}
        for change in found.changes
        for label, now, then in change.fields
    )
    titles = answers.told_apart({change.source.id: change.source.title for change in found.changes})
    return st.multiselect(
        "Update these",
        list(titles),
        default=list(titles),
        format_func=lambda i: titles.get(i, ""),
        key=step.key("import", "update"),
        placeholder="None: they stay as they are",
    )


def _take(step: Step, found: spreadsheet.DryRun, file_name: str) -> None:
    """Save what was looked at, without the updates taken out by now. What somebody else changed meanwhile stays and is told."""
    project = step.project.project_id
    updated = st.session_state[step.key("import", "update")] if found.changes else []
    try:
        saved = here.save(project, step.section.slug, found.edits(updated), f"Imported from {file_name}")
    except WorkbenchError as error:
        st.session_state[step.key("import", "said")] = [str(error)]
        return
    st.session_state[step.key("import", "said")] = [
        f"{count(len(found.new), 'source')} added, {count(len(updated), 'source')} updated. History can take it back.",
        *map(_told, saved.conflicts),
    ]


def _told(conflict: Conflict) -> str:
    who = conflict.by or "Somebody"
    if conflict.clash is Clash.REMOVED:
        return f"{who} removed a source meanwhile, so it was not updated."
    label = question(Source, conflict.edit.field).label if conflict.edit.field else "a source"
    return f"{who} changed {label} of a source meanwhile, so that was left as it is. Look at the rows again to see both."
