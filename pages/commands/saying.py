"""What commands say: sentences for people, JSON for programs, and how far long work is. Exit codes are for build servers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer

from pages.serving.v1.client import Refused, Unreachable
from scoping.errors import WorkbenchError
from storage.backups.copying import Progress, quiet


class Exit(IntEnum):
    """How a command ends."""

    GOOD = 0
    MISSED = 1
    WRONG = 2


def say(told: Any, lines: Sequence[str], *, as_json: bool) -> None:
    """Tell what came out."""
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            typer.echo(line)


@contextmanager
def worded(*, as_json: bool) -> Iterator[None]:
    """End with a sentence, and the code for wrong use, where something cannot be done."""
    try:
        yield
    except (Refused, Unreachable, WorkbenchError) as error:
        errors = error.errors if isinstance(error, Refused) else [str(error)]
        if as_json:
            typer.echo(json.dumps({"ok": False, "error": errors[0], "errors": errors}, ensure_ascii=False))
        else:
            for sentence in errors:
                typer.echo(sentence, err=True)
        raise typer.Exit(Exit.WRONG) from None


@contextmanager
def progress(what: str, *, as_json: bool) -> Iterator[Progress]:
    """A bar while somebody looks at it."""
    if as_json or not sys.stderr.isatty():
        yield quiet
        return
    with typer.progressbar(length=1_000, label=what, file=sys.stderr) as bar:
        shown = 0

        def told(_: str, done: int, of: int) -> None:
            nonlocal shown
            now = round(1_000 * done / max(1, of))
            bar.update(max(0, now - shown))
            shown = max(shown, now)

        yield told
