"""Words that product owners may edit: the questions of the ethics step, rubrics and samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scoping.charter import Charter
from scoping.content.questions import standard_checklist
from scoping.content.rubrics import standard_ratings
from scoping.content.sample import Sample, read_sample
from scoping.sections.ethics import Ethics
from scoping.sections.project import Project

__all__ = ["Sample", "new_charter", "read_sample", "samples"]

_SAMPLES = Path(__file__).with_name("samples")


def new_charter(name: str, owner: str, currency: str) -> Charter:
    """An empty charter that asks the questions of the ethics checklist and of the portfolio; none counts as answered."""
    charter = Charter(
        project=Project.model_validate({"name": name, "owner": owner, "ratings": standard_ratings()}),
        ethics=Ethics(checklist=standard_checklist()),
    )
    with_amounts = [(part, value) for part, value in charter.parts() if "currency" in {q.name for q in part.questions}]
    return charter.model_copy(
        update={part.slug: part.model.model_validate({**dict(value), "currency": currency}) for part, value in with_amounts}
    )


@cache
def samples() -> tuple[Sample, ...]:
    """Every sample of the folder, in the order of their `place`.

    Raises:
        UnreadableCharterError: names file, part, record and field of the first mistake.
    """
    found = (read_sample(path.stem, path.read_text(encoding="utf-8")) for path in _SAMPLES.glob("*.toml"))
    return tuple(sorted(found, key=lambda sample: sample.place))
