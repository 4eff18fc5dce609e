"""Markdown is read alike by those who read it: in chats and repositories, by GitHub's own reader, and by pandoc."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from scoping.charter import Charter
from scoping.export.markdown import to_markdown
from scoping.samples import samples
from scoping.sections.problems import Goal, Problems
from scoping.sections.project import Project
from tests.exports.filled import filled_charter, paper
from tests.persian import persian
from tests.property.strategies import HOSTILE
from tests.tools import cmark_gfm, need, pandoc

SEEN = {"h1", "h2", "h3", "h4", "p", "li", "th", "td", "strong", "em", "code", "blockquote", "a", "del", "pre", "sub", "sup", "ol"}
WORDS = (
    *HOSTILE,
    "ask ana@example.org or mailto:b@c.de, `x@y.org`, xmpp:a@b.org/c",
    "1) one\na. two\n(iv) three\n(@) four\n#. five",
    "Table: a caption\n: another\n[^1]: a note\n~~~\n+---+",
    "H~2~O x^2^ @cite [@cite] :smile: (c) {.x} \\alpha $x$ \\(y\\)",
    "A line\\\nand <b>one</b> more *",
)


class Seen(HTMLParser):
    """What a reader shows: each piece of text with the elements that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stands: list[str] = []
        self.pieces: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, _attrs):
        if tag in SEEN:
            self.stands.append(tag)

    def handle_endtag(self, tag):
        if tag in SEEN:
            while self.stands.pop() != tag:
                pass

    def handle_data(self, data):
        text = re.sub(r"\s+", "", data)
        at = "/".join(self.stands).replace("li/p", "li")
        if text and self.pieces and self.pieces[-1][0] == at:
            self.pieces[-1] = (at, self.pieces[-1][1] + text)
        elif text:
            self.pieces.append((at, text))


def readers(page: str) -> dict[str, list[tuple[str, str]]]:
    def told(*command: object) -> str:
        return subprocess.run(
            [str(c) for c in command], input=page, capture_output=True, text=True, check=True, encoding="utf-8"
        ).stdout

    extensions = [part for name in ("table", "autolink", "strikethrough", "tasklist") for part in ("-e", name)]
    pages = {
        "markdown-it": MarkdownIt("gfm-like").render(page),
        "cmark-gfm": told(need(cmark_gfm(), "cmark-gfm"), "--unsafe", *extensions),
        "pandoc, as GitHub writes it": told(need(pandoc(), "pandoc"), "-f", "gfm", "-t", "html", "--wrap=none"),
        "pandoc": told(need(pandoc(), "pandoc"), "-f", "markdown-smart-auto_identifiers", "-t", "html", "--wrap=none"),
    }
    return {name: Seen(html).pieces for name, html in pages.items()}


def same_for_all(page: str) -> list[tuple[str, str]]:
    found = readers(page)
    first, *others = found.values()
    for name, pieces in zip(list(found)[1:], others, strict=True):
        assert pieces == first, name
    return first


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_every_reader_shows_a_sample_alike(sample):
    pieces = same_for_all(to_markdown(paper(sample.charter)))
    assert sum(at == "h2" for at, _ in pieces) >= 15


def test_every_reader_shows_persian_and_a_charter_with_all_answers_alike():
    for charter in (persian(samples()[0].charter), filled_charter()):
        same_for_all(to_markdown(paper(charter)))


@pytest.mark.parametrize("words", WORDS)
def test_every_reader_shows_what_people_typed_as_they_typed_it(words):
    goal = Goal(id="a", statement=words[:200], measure=words[:200])
    charter = Charter(project=Project(summary=words, owner=words, decision_asked=words), problems=Problems(goals=(goal,)))
    pieces = same_for_all(to_markdown(paper(charter)))
    typed = re.sub(r"\s+", "", charter.project.summary)
    shown = "".join(text for _, text in pieces)
    assert shown.count(typed) >= 2
    assert not [at for at, _ in pieces if {"a", "em", "del", "pre", "sub", "sup", "ol"} & set(at.split("/"))]


def test_columns_keep_a_readable_width_through_pandoc():
    page = to_markdown(paper(samples()[0].charter))
    html = subprocess.run([need(pandoc(), "pandoc"), "-t", "html"], input=page, capture_output=True, text=True, check=True).stdout
    widths = [
        [int(w) for w in re.findall(r"width: (\d+)%", group)] for group in re.findall(r"<colgroup>.*?</colgroup>", html, re.DOTALL)
    ]
    assert len(widths) > 30
    assert min(min(group) for group in widths) >= 3
    assert any(max(group) > 2.5 * min(group) for group in widths)
