"""Files that bring changes back from elsewhere: what goes without asking anybody is taken, the rest is told."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import Field

from pages.serving import bring_back
from pages.serving.v1.changing import DryRun
from pages.serving.v1.models.projects import BroughtOut, ImportedOut, LeftOut
from pages.serving.v1.projects import tag
from pages.serving.v1.table import Answer, Asked, Operation, RefusedError
from scoping.merge import Edits
from scoping.reading import dry_run
from scoping.reading.brought import LARGEST_MB
from scoping.reading.dry_run import Look, Stands
from scoping.section import SHORT
from storage.access.tokens import Scope
from storage.opened import Opened


class WhichFile(DryRun):
    """How it is called."""

    name: str = Field("a file", min_length=1, max_length=SHORT, description="For sentences and the history.")


def bring(asked: Asked) -> Answer:
    """Take the changes of a file that stand against nothing, in one transaction."""
    store, project, name = asked.store, asked.project, asked.query.name
    store.number(project)  # or a refusal: there is no such project
    read = asked.read(asked.data, name)
    if refusal := bring_back.other(store, project, read) or bring_back.past(store, project, read):
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, refusal["error"], refusal["hint"])
    brought = bring_back.whole(store, store.open(project), read)
    looks: list[Look] = []
    taken = 0

    def edits(now: Opened) -> Edits:
        nonlocal looks, taken
        looks = dry_run.looks(brought.wishes, now.charter)
        free = {look.wish.id for look in looks if look.stands is Stands.FREE}
        told, left = dry_run.chosen(brought.wishes, now.charter, free, {})
        taken = len(free) - len(left)
        return told

    if asked.query.dry_run:
        number = store.number(project)
        store.tried(project, asked.by, edits)
    else:
        saved = store.change(project, asked.by, edits, f"From {bring_back.WHAT[brought.kind]} {name}")
        number = saved.project.stamp.number
    told = ImportedOut(
        kind=brought.kind,
        revision=number,
        is_dry_run=asked.query.dry_run,
        taken=taken,
        changes=[BroughtOut.of(look) for look in looks],
        refused=[LeftOut(**one.model_dump()) for one in brought.refused],
        remarks=list(brought.remarks),
    )
    return Answer(content=told, tag=tag(number))


OPERATIONS = (
    Operation(
        method="POST", scopes=(Scope.WRITE,), path="/projects/{project}/import", name="bring", summary="Bring changes in from a file",
        work=bring, query=WhichFile, body=bytes, largest=LARGEST_MB << 20, gives=ImportedOut,
        told="A workbook, a charter as JSON, an inventory or a plan as CSV, as the workbench wrote it and somebody changed it. What "
        "somebody else has changed since is left, and told.",
    ),
)  # fmt: skip
