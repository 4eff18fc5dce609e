"""The printable page: one page first on the screen and on paper, nothing beside it while nothing is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scoping.document.paper import Document
from scoping.export.html import to_html
from scoping.samples import new_charter, samples
from tests.exports.filled import paper
from tests.tools import text_of

SCREEN = {"width": 1280, "height": 900}


def pages(browser: Browser, document: Document, folder: Path) -> tuple[int, Path, int]:
    """How tall it is on a screen; as a PDF; and how many pages that has."""
    page = browser.new_page(viewport=SCREEN)
    try:
        page.set_content(to_html(document))
        tall = page.evaluate("document.documentElement.scrollHeight")
        content = page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    finally:
        page.close()
    return tall, folder / "page.pdf", len(re.findall(rb"/Type\s*/Page\b", content))


def test_an_empty_charter_fits_one_screen_and_one_page(browser: Browser, tmp_path: Path) -> None:
    tall, _, count = pages(browser, paper(new_charter("A project", "Dana Lee", "EUR")), tmp_path)
    assert tall <= SCREEN["height"]
    assert count == 1


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_the_one_page_is_the_first_page(sample: object, browser: Browser, tmp_path: Path) -> None:
    document = paper(sample.charter)
    _, pdf, count = pages(browser, document, tmp_path)
    assert count > 10
    first = text_of(pdf, 1)
    assert [row.title for row in document.page.rows if row.title.replace(" ", "") not in first] == []
