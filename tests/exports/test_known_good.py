"""A sample is exported as it was when somebody last looked at it."""

from pathlib import Path

import pytest

from scoping.export.charter_json import to_json
from scoping.export.markdown import to_markdown
from scoping.samples import samples
from tests.exports import one_pages, signals
from tests.exports.filled import AT, paper

FOLDER = Path(__file__).parent / "known_good"
EXPORTS = {
    "json": lambda charter: to_json(charter, revision=3, saved_at=AT),
    "md": lambda charter: to_markdown(paper(charter)),
}


def test_what_is_said_about_each_project_is_as_it_was_reviewed(known_good):
    known_good(FOLDER / "known_good_signals.md", signals.page())


def test_each_charter_fits_on_one_page_as_it_was_reviewed(known_good):
    known_good(FOLDER / "known_good_one_page.md", one_pages.page())


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_export_is_as_it_was_reviewed(ending, known_good):
    sample = samples()[0]
    known_good(FOLDER / f"{sample.slug}.{ending}", EXPORTS[ending](sample.charter))
