"""What holds for every charter: it survives JSON, and every document of it can be made and holds no foreign markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from scoping.document.paper import Document, document
from scoping.export.charter_json import json_schema, to_json
from scoping.export.html import to_html
from scoping.export.markdown import to_markdown
from scoping.reading.charter_json import read_charter
from scoping.review import overview
from tests.property.strategies import charters

AT = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
SMALL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SCHEMA = Draft202012Validator(json_schema(), format_checker=FormatChecker())

OURS = {
    *("html", "head", "meta", "title", "style", "body", "div", "header", "p", "h1", "h2", "h3", "section", "ul", "li", "nav"),
    *("ol", "span", "a", "main", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "b"),
}


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def paper(charter) -> Document:
    return document(charter, overview(charter), revision=3, saved_at=AT)


@SMALL
@given(charters())
def test_a_charter_survives_json_byte_for_byte(charter):
    text = to_json(charter, revision=3, saved_at=AT)
    read = read_charter(text.encode())
    assert read == charter
    assert to_json(read, revision=3, saved_at=AT) == text


@SMALL
@given(charters())
def test_the_json_of_any_charter_obeys_the_schema(charter):
    SCHEMA.validate(json.loads(to_json(charter, revision=3, saved_at=AT)))


@SMALL
@given(charters())
def test_nothing_people_write_becomes_a_tag_of_the_page(charter):
    tags = _Tags(to_html(paper(charter)))
    assert tags.names <= OURS
    assert not {name for name in tags.attributes if name.startswith("on") or name == "src"}


@SMALL
@given(charters())
def test_nothing_people_write_becomes_a_tag_in_markdown(charter):
    assert set(re.findall(r"<[^>]*", to_markdown(paper(charter)))) <= {"<br"}
