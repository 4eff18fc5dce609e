import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from scoping.charter import Charter
from scoping.document.paper import document
from scoping.export.columns import are_numbers
from scoping.export.html import to_html
from scoping.judged import Judged
from scoping.review import Overview
from scoping.sections.project import Project
from tests.exports.filled import AT, filled_charter, paper
from tests.property.strategies import HOSTILE


class Page(HTMLParser):
    """Tags with attributes, and the texts of headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def signed_off(charter):
    return document(charter, Overview((), (), Judged(charter, {})), revision=3, saved_at=AT)


def test_the_page_loads_nothing_and_runs_nothing():
    page = Page(to_html(paper(filled_charter())))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form"}
    assert not [a for _, attributes in page.tags for a in attributes if a == "src" or a.startswith("on")]
    assert all(a["href"].startswith("#chapter-") for a in page.all("a"))
    assert "url(" not in to_html(paper(filled_charter()))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_they_are(words):
    html = to_html(paper(Charter(project=Project(name=words, owner=words, summary=words))))
    page = Page(html)
    assert page.text.count(Project(summary=words).summary) >= 2
    assert not page.all("script")
    assert not page.all("img")
    assert html.count("</style>") == 1


def test_the_name_cannot_leave_the_page_margin():
    html = to_html(paper(Charter(project=Project(name='"; } body { display: none } /*'))))
    assert "display: none }" not in html[html.index("<style>") : html.index("</style>")]


def test_headings_go_down_one_level_at_a_time():
    levels = [int(tag[1]) for tag, _ in Page(to_html(paper(filled_charter()))).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= before + 1 for before, deeper in pairwise(levels))


def test_every_table_header_has_a_scope():
    headers = Page(to_html(paper(filled_charter()))).all("th")
    assert {h.get("scope") for h in headers} == {"col", "row"}


def test_the_page_says_its_language_and_lets_words_run_in_their_own_direction():
    page = Page(to_html(paper(filled_charter())))
    assert page.all("html") == [{"lang": "en"}]
    for tag in ("h1", "dd"):
        assert all(attributes.get("dir") == "auto" for attributes in page.all(tag))


def test_a_draft_carries_its_mark_and_its_reasons():
    page = Page(to_html(paper(Charter(project=Project(decision_asked="Release two people")))))
    assert {"class": "watermark", "aria-hidden": "true"} in page.all("div")
    assert "Name the project owner" in page.text
    assert "To sign: 0 of 16" in page.text
    assert "When we stop is agreed, and who decides." in page.text


def test_a_charter_past_the_gate_carries_no_draft_mark():
    page = Page(to_html(signed_off(filled_charter())))
    assert "DRAFT" not in page.text
    assert not [d for d in page.all("div") if d.get("class") == "watermark"]


def test_every_signer_has_an_empty_place_to_sign():
    html = to_html(paper(filled_charter()))
    sign = html[html.index('class="sign"') :]
    assert sign[: sign.index("</table>")].count("<td></td>") == 2


def test_numbers_line_up_and_words_do_not():
    rows = (("$1,200", "12%", "4 points", "soon", "Not known yet"), ("€0.50", "", "1 point", "12%", ""))
    assert are_numbers(rows) == [True, True, True, False, False]
    rows = (("-$1.41 million", "below 1%", "$1 to $2"), ("$47,600", "98%", ""))
    assert are_numbers(rows) == [True, True, False]


def test_the_same_charter_gives_the_same_page():
    charter = filled_charter()
    assert to_html(paper(charter)) == to_html(paper(charter))
